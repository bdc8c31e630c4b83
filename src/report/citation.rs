//! Citations: enough to find the words again in the published file, and to prove which file it was.

use std::fmt::Write;

use jiff::tz::TimeZone;

use crate::index::{Header, Record};
use crate::register::{Date, Field, Place, Version, Wording};
use crate::text::{self, CELLS};

/// How many characters of a SHA-256 a citation shows: enough to tell any two editions apart.
const HASH_SHOWN: usize = 12;

/// How a citation is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Style {
    /// With a quotation mark at the line and emphasis.
    #[default]
    Markdown,
    /// Without any mark-up.
    Plain,
}

/// The words that are cited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quote<'a> {
    /// Which field holds them.
    pub field: Field,
    /// The words, as published.
    pub text: &'a str,
    /// Where they stand.
    pub place: &'a Place,
}

/// Cites a project, or words in its entry: what, whose, in which edition, file and place, and when it was read.
pub fn cite(
    header: &Header,
    record: &Record,
    quote: Option<Quote<'_>>,
    accessed: Option<Date>,
    style: Style,
) -> String {
    let mut citation = String::new();
    if let Some(quote) = quote {
        write_quote(&mut citation, quote.text, style);
        citation.push('\n');
    }
    let Some(line) = source_line(header, record, quote, accessed, style) else { return citation };
    citation.push_str(&line);
    citation.push('\n');
    if header.edition.wording == Wording::Summary {
        let _ = writeln!(citation, "{}.", super::SUMMARY_NOTICE);
    }
    let _ = writeln!(citation, "{}.", super::CREDIT);
    citation
}

/// What, whose, in which edition, file and place, and when it was read, in one line; `None` for a project without versions.
pub fn source_line(
    header: &Header,
    record: &Record,
    quote: Option<Quote<'_>>,
    accessed: Option<Date>,
    style: Style,
) -> Option<String> {
    let latest = record.project.latest()?;
    let place = quote.map_or(&latest.place, |quote| quote.place);
    let mut parts = match (version_at(record, place), quote) {
        // A row of another agreement proves what is said of both: it is named as it names itself, and is not this project's.
        (None, Some(Quote { field: Field::Release, text, .. })) => {
            vec![text.split(CELLS).next().unwrap_or_default().trim().to_owned()]
        }
        (version, _) => {
            let version = version.unwrap_or(latest);
            vec![title(version, style), version.reference.clone(), version.organisation.clone()]
        }
    };
    if let Some(quote) = quote {
        parts.push(quote.field.name().to_owned());
    }
    parts.push(edition(header));
    if let Some(source) = header.file_of(place) {
        let hash: String = source.sha256.chars().take(HASH_SHOWN).collect();
        parts.push(format!("{}, {}, SHA-256 {hash}", source.file, place.position));
    }
    parts.extend(accessed.map(|date| format!("accessed {date}")));
    let shown: Vec<String> =
        parts.iter().filter(|part| !part.is_empty()).map(|part| text::safe(part).into_owned()).collect();
    Some(format!("{}.", shown.join(". ")))
}

/// Today by the system's clock and time zone: the date on which something was read.
pub fn today() -> Option<Date> {
    Clock::default().today()
}

/// What tells the date on which something is read.
#[derive(Debug, Clone, Default)]
pub enum Clock {
    /// The system's clock, in the time zone of whoever runs the program.
    #[default]
    OfUser,
    /// The system's clock, in this time zone whatever the environment says.
    In(TimeZone),
}

/// Where a machine keeps its own time zone.
const OF_MACHINE: &str = "/etc/localtime";

impl Clock {
    /// The clock in the machine's own time zone, else in universal time. The environment, which can name any file as a time zone,
    /// is not asked; the file is read now, and none later.
    pub fn of_machine() -> Self {
        let zone = std::fs::read(OF_MACHINE).ok().and_then(|bytes| TimeZone::tzif("Local", &bytes).ok());
        Self::In(zone.unwrap_or(TimeZone::UTC))
    }

    /// Today.
    pub fn today(&self) -> Option<Date> {
        let now = match self {
            Self::OfUser => jiff::ZonedDateTime::now(),
            Self::In(zone) => jiff::Timestamp::now().to_zoned_datetime(zone.clone()),
        };
        let today = now.date();
        let parts = u8::try_from(today.month()).ok().zip(u8::try_from(today.day()).ok());
        parts.and_then(|(month, day)| Date::day(today.year(), month, day))
    }
}

fn write_quote(citation: &mut String, words: &str, style: Style) {
    for line in text::safe_lines(words.trim()) {
        let _ = match style {
            Style::Markdown => writeln!(citation, "> {line}"),
            Style::Plain => writeln!(citation, "{line}"),
        };
    }
}

fn title(version: &Version, style: Style) -> String {
    match (&version.title, style) {
        (Some(title), Style::Markdown) => format!("*{title}*"),
        (Some(title), Style::Plain) => title.clone(),
        (None, _) => String::new(),
    }
}

/// The edition by the title it was published under, else by the name it has here.
fn edition(header: &Header) -> String {
    let edition = &header.edition;
    match (&edition.title, edition.date) {
        (Some(title), Some(date)) => format!("{title} (edition {date})"),
        (Some(title), None) => title.clone(),
        (None, Some(date)) => format!("edition {date}"),
        (None, None) => format!("edition {}", edition.slug),
    }
}

/// The version whose entry or release row a place belongs to.
fn version_at<'a>(record: &'a Record, place: &Place) -> Option<&'a Version> {
    record.project.versions.iter().find(|version| {
        version.place == *place
            || version.releases.iter().any(|release| release.place == *place)
            || version.statements.iter().any(|statement| statement.place == *place)
            || version.places.iter().any(|(_, named)| named == place)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::concerns::Findings;
    use crate::register::{Edition, Layout, Project, Source};

    fn header(wording: Wording) -> Header {
        let source = Source {
            file: "page.txt".to_owned(),
            sha256: "ab".repeat(32),
            layout: Layout::Page2025,
            date: None,
            lacks: Vec::new(),
        };
        let edition = Edition { slug: "page".to_owned(), title: None, date: "2026-03".parse().ok(), wording };
        Header { edition, sources: vec![source], ..Header::default() }
    }

    fn record() -> Record {
        let mut version = Version::new("NIC-1-v2", "A council", Place::line(0, 5));
        version.title = Some("Counting beds".to_owned());
        Record {
            project: Project { reference: "NIC-1".to_owned(), versions: vec![version] },
            findings: Findings::default(),
            dismissals: Vec::new(),
            marks: crate::index::marks::ProjectMarks::default(),
        }
    }

    #[test]
    fn a_quote_is_cited_with_its_place() {
        let place = Place::line(0, 9);
        let quote = Quote { field: Field::OptOuts, text: "No\nat all", place: &place };
        let date = Date::day(2026, 11, 24);
        let markdown = cite(&header(Wording::Published), &record(), Some(quote), date, Style::Markdown);
        assert_eq!(
            markdown,
            "> No\n> at all\n\n*Counting beds*. NIC-1-v2. A council. Opt-outs. edition 2026-03. page.txt, line 9, \
             SHA-256 abababababab. accessed 2026-11-24.\nContains information from NHS Digital and NHS England, \
             licensed under the Open Government Licence v3.0.\n"
        );
    }

    #[test]
    fn a_row_of_another_agreement_is_cited_as_its_own() {
        let place = Place::row(0, "DataReleases", 648);
        let row = Quote { field: Field::Release, text: "NIC-7-v1 | FILE1 | HES | Y", place: &place };
        let line = source_line(&header(Wording::Published), &record(), Some(row), None, Style::Plain).unwrap();
        assert_eq!(
            line,
            "NIC-7-v1. Release. edition 2026-03. page.txt, sheet DataReleases, row 648, SHA-256 abababababab."
        );
    }

    #[test]
    fn a_summary_is_never_cited_as_the_registers_words() {
        let date = Date::day(2026, 11, 24);
        let plain = cite(&header(Wording::Summary), &record(), None, date, Style::Plain);
        assert!(plain.starts_with("Counting beds. NIC-1-v2. A council. "), "{plain}");
        assert!(plain.contains("Summary; import the register for its words."), "{plain}");
    }
}
