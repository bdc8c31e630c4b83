//! Evidence as it is read: what stands in one place together, with that place named once.

use super::concern::{ConcernReport, EvidenceReport};
use crate::text::{self, CELLS};

/// A line of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceLine {
    /// How far it is indented, in steps.
    pub depth: u16,
    /// What it says.
    pub text: String,
}

/// What is said where nothing is published.
const NOTHING: &str = "nothing is published";

/// The evidence of a concern in lines. Each quotation is whole, but for a lead-in that is the same as that of the quotation
/// before it in the same place: that stands once.
pub fn evidence(concern: &ConcernReport) -> Vec<EvidenceLine> {
    let mut lines = Vec::new();
    for group in concern.evidence.chunk_by(stand_together) {
        match group {
            [one] => single(one, &mut lines),
            several => together(several, &mut lines),
        }
    }
    lines.extend(quoted_of(concern).map(|told| line(0, told)));
    lines
}

/// How many of the files that a concern speaks of are quoted, where that is not all.
pub fn quoted_of(concern: &ConcernReport) -> Option<String> {
    let rows = concern.evidence.iter().filter(|piece| piece.field == crate::register::Field::Release.name()).count();
    (rows > 0 && concern.files > rows).then(|| format!("Quoted are {rows} of {} files.", concern.files))
}

fn line(depth: u16, text: impl Into<String>) -> EvidenceLine {
    EvidenceLine { depth, text: text.into() }
}

/// The sheet and row of a place, or the line as a whole.
fn parts(place: &str) -> (&str, Option<&str>) {
    place.rsplit_once(", ").map_or((place, None), |(sheet, row)| (sheet, Some(row)))
}

fn stand_together(one: &EvidenceReport, other: &EvidenceReport) -> bool {
    let (Some(before), Some(after)) = (&one.source, &other.source) else { return false };
    one.field == other.field
        && (&before.file, &before.sha256) == (&after.file, &after.sha256)
        && parts(&before.place).0 == parts(&after.place).0
}

fn single(piece: &EvidenceReport, lines: &mut Vec<EvidenceLine>) {
    let quote = piece.quote.as_deref().unwrap_or(NOTHING);
    for (at, words) in text::lines(quote).enumerate() {
        lines.push(line(0, if at == 0 { format!("{}: {words}", piece.field) } else { words.to_owned() }));
    }
    if let Some(source) = &piece.source {
        lines.push(line(1, text::safe(&format!("{}, {}", source.file, source.place)).into_owned()));
    }
}

fn together(group: &[EvidenceReport], lines: &mut Vec<EvidenceLine>) {
    if let Some((first, source)) = group.first().and_then(|first| Some((first, first.source.as_ref()?))) {
        let told = format!("{}, in {}, {}:", first.field, source.file, parts(&source.place).0);
        lines.push(line(0, text::safe(&told).into_owned()));
    }
    let quotes: Vec<Vec<&str>> =
        group.iter().map(|piece| text::lines(piece.quote.as_deref().unwrap_or(NOTHING)).collect()).collect();
    let places = group.iter().map(|piece| piece.source.as_ref().map_or("", |source| source.place.as_str()));
    if let Some((common, differing)) = in_common(&quotes) {
        lines.push(line(1, format!("in each row: {common}")));
        for (place, cells) in places.zip(differing) {
            lines.push(line(1, format!("{}: {cells}", parts(place).1.unwrap_or(place))));
        }
        return;
    }
    let mut before: (&str, &[&str]) = ("", &[]);
    for (place, quote) in places.zip(&quotes) {
        let Some((last, lead_in)) = quote.split_last() else { continue };
        let row = parts(place).1.map(|row| format!("{row}: ")).unwrap_or_default();
        if !lead_in.is_empty() && before == (place, lead_in) {
            lines.push(line(1, format!("{row}... {last}")));
        } else {
            let (first, rest) = quote.split_first().unwrap_or((last, &[]));
            lines.push(line(1, format!("{row}{first}")));
            lines.extend(rest.iter().map(|words| line(1, *words)));
        }
        before = (place, lead_in);
    }
}

/// The cells that all rows have in common, and what is left of each; `None` where the rows are not of one form, or have
/// nothing or everything in common.
pub(super) fn in_common(quotes: &[Vec<&str>]) -> Option<(String, Vec<String>)> {
    let rows: Vec<Vec<&str>> = quotes
        .iter()
        .map(|quote| match quote.as_slice() {
            [one] => one.split(CELLS).collect(),
            _ => Vec::new(),
        })
        .collect();
    let first = rows.first()?;
    if first.len() < 2 || rows.iter().any(|row| row.len() != first.len()) {
        return None;
    }
    let is_common = |at: usize| rows.iter().all(|row| row[at] == first[at]);
    let joined = |row: &[&str], common: bool| {
        let cells = row.iter().enumerate().filter(|(at, _)| is_common(*at) == common).map(|(_, cell)| *cell);
        cells.collect::<Vec<_>>().join(CELLS)
    };
    let common = joined(first, true);
    let differing: Vec<String> = rows.iter().map(|row| joined(row, false)).collect();
    (!common.is_empty() && differing.iter().all(|cells| !cells.is_empty())).then_some((common, differing))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::concerns::{RuleId, Severity, Standing};
    use crate::report::SourceReport;

    fn piece(field: &'static str, quote: &str, place: &str) -> EvidenceReport {
        let source = SourceReport { file: "a.xlsx".to_owned(), sha256: "0".to_owned(), place: place.to_owned() };
        EvidenceReport { field, quote: (!quote.is_empty()).then(|| quote.to_owned()), source: Some(source) }
    }

    fn shown(evidence: Vec<EvidenceReport>, files: usize) -> Vec<(u16, String)> {
        let concern = ConcernReport {
            id: RuleId::Abroad,
            severity: Severity::Note,
            standing: Standing::Question,
            statement: String::new(),
            evidence,
            caveat: String::new(),
            files,
            dismissed: None,
        };
        super::evidence(&concern).into_iter().map(|line| (line.depth, line.text)).collect()
    }

    #[test]
    fn rows_of_one_sheet_stand_together() {
        let rows = ["sheet Files, row 3", "sheet Files, row 9", "sheet Others, row 1"];
        let pieces = rows.map(|place| piece("Release", "A | Y", place));
        let lines = shown(pieces.into(), 7);
        let expected = [
            (0, "Release, in a.xlsx, sheet Files:"),
            (1, "row 3: A | Y"),
            (1, "row 9: A | Y"),
            (0, "Release: A | Y"),
            (1, "a.xlsx, sheet Others, row 1"),
            (0, "Quoted are 3 of 7 files."),
        ];
        assert_eq!(lines, expected.map(|(depth, text)| (depth, text.to_owned())));
    }

    #[test]
    fn what_all_rows_say_stands_once() {
        let pieces = [("A | one | Y", "sheet F, row 3"), ("A | two | Y", "sheet F, row 4")];
        let lines = shown(pieces.map(|(quote, place)| piece("Release", quote, place)).into(), 2);
        let expected =
            [(0, "Release, in a.xlsx, sheet F:"), (1, "in each row: A | Y"), (1, "row 3: one"), (1, "row 4: two")];
        assert_eq!(lines, expected.map(|(depth, text)| (depth, text.to_owned())));
        // Rows of another form stay as they are.
        let pieces = [("A | one | Y", "sheet F, row 3"), ("A | two", "sheet F, row 4")];
        let lines = shown(pieces.map(|(quote, place)| piece("Release", quote, place)).into(), 2);
        assert_eq!(lines[1..], [(1, "row 3: A | one | Y".to_owned()), (1, "row 4: A | two".to_owned())]);
    }

    #[test]
    fn a_lead_in_stands_once_in_one_place() {
        let lines = shown(
            vec![
                piece("Outputs", "It may not:\nsell", "line 5"),
                piece("Outputs", "It may not:\nlend", "line 5"),
                piece("Outputs", "Plain.", "line 5"),
                piece("Outputs", "It may not:\ngive", "line 6"),
                piece("Opt-outs", "", "line 7"),
            ],
            0,
        );
        let expected = [
            (0, "Outputs, in a.xlsx, line 5:"),
            (1, "It may not:"),
            (1, "sell"),
            (1, "... lend"),
            (1, "Plain."),
            (0, "Outputs: It may not:"),
            (0, "give"),
            (1, "a.xlsx, line 6"),
            (0, "Opt-outs: nothing is published"),
            (1, "a.xlsx, line 7"),
        ];
        assert_eq!(lines, expected.map(|(depth, text)| (depth, text.to_owned())));
    }
}
