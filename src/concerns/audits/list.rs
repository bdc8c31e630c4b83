//! A user's list of audit findings, as it is written: CSV with a heading.
//!
//! ```csv
//! reference,date,finding,url
//! DARS-NIC-12345-A1B2C,2021-03-04,"Data was kept after the agreement ended",https://example.org/audit
//! ```

use std::collections::{BTreeMap, HashMap};

use csv::{ReaderBuilder, StringRecord, Trim};

use crate::register::Date;
use crate::text::Fault;

/// The columns of a list. Others are passed over.
const COLUMNS: [&str; 4] = ["reference", "date", "finding", "url"];

/// What a list says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditList {
    /// The findings, in the list's order.
    pub findings: Vec<AuditFinding>,
}

/// One finding of an audit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditFinding {
    /// The reference of the agreement, as the list writes it.
    pub reference: String,
    /// When it was found, or published: the day or the month.
    pub date: Date,
    /// What was found.
    pub finding: String,
    /// Where that is published.
    pub url: Option<String>,
    /// The line of the list, counted from 1.
    pub line: u32,
}

impl AuditList {
    /// Reads a list.
    ///
    /// # Errors
    /// All that is wrong with it, each with its line.
    pub fn read(text: &str) -> Result<Self, Vec<Fault>> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        // Every row is read by the same rules, the heading too: then each one's place in the text is known.
        let mut rows =
            ReaderBuilder::new().has_headers(false).flexible(true).trim(Trim::All).from_reader(text.as_bytes());
        let mut reader = Reader { list: Self::default(), seen: HashMap::new(), faults: Vec::new() };
        let mut lines = Lines { text, counted: 0, line: 1 };
        let mut columns = None;
        let mut row = StringRecord::new();
        loop {
            let from = place(&rows);
            // A text is all UTF-8 and in memory, so no row fails.
            if !rows.read_record(&mut row).unwrap_or(false) {
                break;
            }
            let at = lines.of_row(from, place(&rows));
            match &columns {
                None => columns = Some(reader.columns(&row, at.line)?),
                Some(columns) => reader.row(&row, columns, at),
            }
        }
        if columns.is_none() {
            reader.fault(1, format!("the list is empty; its first line is to be: {}", COLUMNS.join(",")));
        }
        if reader.faults.is_empty() { Ok(reader.list) } else { Err(reader.faults) }
    }

    /// The findings of each project, by its plain stem reference, oldest first.
    pub fn by_stem(&self) -> BTreeMap<String, Vec<&AuditFinding>> {
        let mut stems: BTreeMap<String, Vec<&AuditFinding>> = BTreeMap::new();
        for finding in &self.findings {
            stems.entry(super::plain_stem(&finding.reference)).or_default().push(finding);
        }
        for findings in stems.values_mut() {
            findings.sort_by_key(|finding| finding.date);
        }
        stems
    }
}

/// Where in the text the reader of rows is.
fn place(rows: &csv::Reader<&[u8]>) -> usize {
    usize::try_from(rows.position().byte()).unwrap_or(usize::MAX)
}

/// A text whose lines are counted as its rows are read.
struct Lines<'a> {
    text: &'a str,
    /// How much of it has been counted.
    counted: usize,
    /// The line that stands there.
    line: usize,
}

impl<'a> Lines<'a> {
    /// The row between two places; empty lines before it are not of it.
    fn of_row(&mut self, from: usize, to: usize) -> Row<'a> {
        let whole = self.text.get(from..to.min(self.text.len())).unwrap_or_default();
        let written = whole.trim_start_matches(['\r', '\n']);
        let start = from + (whole.len() - written.len());
        let passed = self.text.get(self.counted..start).unwrap_or_default();
        // A row begins after a whole line end, so none is counted twice.
        self.line += passed.matches('\n').count() + passed.replace("\r\n", "").matches('\r').count();
        self.counted = start;
        Row { line: self.line, written }
    }
}

/// Where a row stands.
#[derive(Clone, Copy)]
struct Row<'a> {
    /// Its first line, counted from 1.
    line: usize,
    /// The row as it is written.
    written: &'a str,
}

impl Row<'_> {
    /// Whether a quotation mark in it is left open: the row would go on over all that follows.
    fn is_open(self) -> bool {
        self.written.matches('"').count() % 2 == 1
    }
}

/// A list while it is read.
struct Reader {
    list: AuditList,
    /// The lines of the findings that were read, by what they say.
    seen: HashMap<(String, Date, String), usize>,
    faults: Vec<Fault>,
}

impl Reader {
    fn fault(&mut self, line: usize, message: String) {
        self.faults.push(Fault { line, message });
    }

    /// Where each of the four columns is. Without them no row can be read.
    fn columns(&mut self, heading: &StringRecord, line: usize) -> Result<[usize; 4], Vec<Fault>> {
        let mut columns = [0; 4];
        for (at, wanted) in columns.iter_mut().zip(COLUMNS) {
            let mut found = heading.iter().enumerate().filter(|(_, name)| name.eq_ignore_ascii_case(wanted));
            match (found.next(), found.next()) {
                (Some((number, _)), None) => *at = number,
                (None, _) => self.fault(
                    line,
                    format!("there is no column \"{wanted}\"; the first line is to be: {}", COLUMNS.join(",")),
                ),
                (Some(_), Some(_)) => self.fault(line, format!("the column \"{wanted}\" is there twice; keep one")),
            }
        }
        if self.faults.is_empty() { Ok(columns) } else { Err(std::mem::take(&mut self.faults)) }
    }

    fn row(&mut self, row: &StringRecord, columns: &[usize; 4], at: Row<'_>) {
        if row.iter().all(str::is_empty) {
            return;
        }
        if at.is_open() {
            let message = "a quotation mark is not closed; a field that holds one is written in quotation marks, and each \
                           inside it twice";
            self.fault(at.line, message.to_owned());
            return;
        }
        let faults = self.faults.len();
        let [reference, date, finding, url] =
            columns.map(|column| row.get(column).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" "));
        for (name, value) in [("reference", &reference), ("date", &date), ("finding", &finding)] {
            if value.is_empty() {
                self.fault(at.line, format!("this line has no {name}"));
            }
        }
        let read = date.parse::<Date>();
        if let (Err(error), false) = (&read, date.is_empty()) {
            self.fault(at.line, error.to_string());
        }
        if !url.is_empty() && !url.starts_with("https://") && !url.starts_with("http://") {
            self.fault(at.line, format!("\"{url}\" is no address; it is to begin with https:// or http://"));
        }
        let Ok(date) = read else { return };
        let same = (super::plain_stem(&reference), date, finding.clone());
        if let Some(line) = self.seen.insert(same, at.line) {
            self.fault(at.line, format!("this finding stands in line {line} already; keep one"));
        }
        if self.faults.len() == faults {
            let url = (!url.is_empty()).then_some(url);
            let line = u32::try_from(at.line).unwrap_or(u32::MAX);
            self.list.findings.push(AuditFinding { reference, date, finding, url, line });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<usize> {
        AuditList::read(text).expect_err("the list has faults").iter().map(|fault| fault.line).collect()
    }

    #[test]
    fn columns_stand_in_any_order_and_case_beside_others() {
        let text = "\u{feff}URL, Finding ,auditor,Reference,DATE\r\n\
                    https://example.org/a,\"Kept, and \"\"copied\"\"\",someone,NIC-1-AAAAA-v2.0,2021-03-04\r\n\
                    \r\n,\"Two\nlines\",,NIC-1-AAAAA,2020-01\r\n,,,,\r\n,Last,,NIC-2-BBBBB,2020-02\r\n";
        let list = AuditList::read(text).expect("this is a list");
        let read: Vec<(&str, String, &str, u32)> = list
            .findings
            .iter()
            .map(|one| (one.reference.as_str(), one.date.to_string(), one.finding.as_str(), one.line))
            .collect();
        assert_eq!(
            read,
            [
                ("NIC-1-AAAAA-v2.0", "2021-03-04".to_owned(), "Kept, and \"copied\"", 2),
                ("NIC-1-AAAAA", "2020-01".to_owned(), "Two lines", 4),
                ("NIC-2-BBBBB", "2020-02".to_owned(), "Last", 7),
            ]
        );
        assert_eq!(list.findings[0].url.as_deref(), Some("https://example.org/a"));
        assert_eq!(list.findings[1].url, None);
        // Both are of one project, whatever version is named, and the older stands first.
        let stems = list.by_stem();
        assert_eq!(stems.keys().collect::<Vec<_>>(), ["nic-1-aaaaa", "nic-2-bbbbb"]);
        assert_eq!(stems["nic-1-aaaaa"][0].line, 4);
        assert_eq!(AuditList::read("reference,date,finding,url\n"), Ok(AuditList::default()));
    }

    #[test]
    fn all_faults_are_told_with_their_lines() {
        let text = "reference,date,finding,url\n\
                    ,2021-03-04,a,\n\
                    NIC-1,4 March 2021,b,\n\
                    NIC-1,2021-03,c,example.org\n\
                    NIC-1,2021-03,d,\n\
                    nic-1,2021-03,d,\n\
                    NIC-1\n";
        assert_eq!(lines(text), [2, 3, 4, 6, 7, 7]);
        assert_eq!(lines(""), [1]);
        assert_eq!(lines("reference;date;finding;url\n"), [1, 1, 1, 1]);
        assert_eq!(lines("reference,date,finding,url,Date\n"), [1]);
        assert_eq!(lines("reference,date,finding,url\nNIC-1,2021-03,\"open,\nNIC-2,2021-03,x,\n"), [2]);
        assert_eq!(lines("reference,date,finding,url\rNIC-1,soon,x,\r"), [2]);
    }
}
