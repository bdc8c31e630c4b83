//! What proves a concern, with where it stands: rows of one sheet together, with what all of them say once, and one citation that
//! names each row.

use std::fmt::Write;

use super::entry::own_list;
use crate::concerns::{Concern, Evidence};
use crate::index::{Header, Record};
use crate::register::{Date, Field, Position};
use crate::report::evidence::in_common;
use crate::report::{Quote, Style, source_line};
use crate::text;

/// A quotation, or several rows of one sheet, with its citation.
#[derive(Debug, Clone)]
pub(super) struct Proof {
    /// The name of the field.
    pub(super) field: &'static str,
    /// The words; none where nothing is published.
    pub(super) words: Option<String>,
    /// Where they stand.
    pub(super) citation: String,
}

/// A piece of evidence with its citation.
struct Cited<'a> {
    evidence: &'a Evidence,
    citation: String,
}

/// What proves a concern.
pub(super) fn proofs(header: &Header, record: &Record, concern: &Concern, accessed: Option<Date>) -> Vec<Proof> {
    let cited = |evidence: &Evidence| {
        // A list of the user's own is not the register, and is not cited as if it were.
        if evidence.field == Field::AuditFinding {
            return own_list(header, &evidence.place);
        }
        let quote = Quote { field: evidence.field, text: &evidence.quote, place: &evidence.place };
        source_line(header, record, Some(quote), accessed, Style::Plain).unwrap_or_default()
    };
    let all: Vec<Cited<'_>> =
        concern.evidence.iter().map(|evidence| Cited { citation: cited(evidence), evidence }).collect();
    all.chunk_by(stand_together)
        .filter_map(|group| match group {
            [one] => Some(Proof {
                field: one.evidence.field.name(),
                words: (!one.evidence.quote.is_empty()).then(|| one.evidence.quote.clone()),
                citation: one.citation.clone(),
            }),
            several => together(several),
        })
        .collect()
}

impl Cited<'_> {
    /// The number of the row that it is; none of what is no row of the list of files, or of several lines.
    fn row(&self) -> Option<u32> {
        let is_row = self.evidence.field == Field::Release && text::lines(&self.evidence.quote).count() == 1;
        match &self.evidence.place.position {
            Position::Row { row, .. } if is_row => Some(*row),
            _ => None,
        }
    }

    /// The citation before and behind the number of the row.
    fn around(&self) -> Option<(&str, &str)> {
        let row = self.row()?;
        self.citation.split_once(&format!(", row {row}, "))
    }
}

/// Whether two pieces are rows whose citations differ in the number of the row alone.
fn stand_together(one: &Cited<'_>, other: &Cited<'_>) -> bool {
    one.around().is_some_and(|around| other.around() == Some(around))
}

fn together(group: &[Cited<'_>]) -> Option<Proof> {
    let first = group.first()?;
    let (before, behind) = first.around()?;
    let rows: Vec<u32> = group.iter().filter_map(Cited::row).collect();
    let quotes: Vec<Vec<&str>> = group.iter().map(|one| vec![one.evidence.quote.as_str()]).collect();
    let (common, told) = match in_common(&quotes) {
        Some((common, differing)) => (Some(format!("in each row: {common}")), differing),
        None => (None, group.iter().map(|one| one.evidence.quote.clone()).collect()),
    };
    let each = rows.iter().zip(told).map(|(row, told)| format!("row {row}: {told}"));
    let words: Vec<String> = common.into_iter().chain(each).collect();
    let citation = format!("{before}, rows {}, {behind}", spans(&rows));
    Some(Proof { field: first.evidence.field.name(), words: Some(words.join("\n")), citation })
}

/// Numbers in their order, those that follow one another as a span: `648-653, 638-643`.
fn spans(rows: &[u32]) -> String {
    let mut told = String::new();
    for span in rows.chunk_by(|one, next| one.checked_add(1) == Some(*next)) {
        let separator = if told.is_empty() { "" } else { ", " };
        let _ = match span {
            [first, .., last] => write!(told, "{separator}{first}-{last}"),
            span => write!(told, "{separator}{}", span.first().copied().unwrap_or_default()),
        };
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_follow_one_another_are_a_span() {
        assert_eq!(spans(&[648, 649, 650, 638, 640, 641]), "648-650, 638, 640-641");
        assert_eq!((spans(&[7]), spans(&[])), ("7".to_owned(), String::new()));
    }
}
