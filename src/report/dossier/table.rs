//! A dossier as a table for spreadsheets: a row for each project. A spreadsheet takes a cell that begins with certain signs for a
//! formula and runs it: such a cell gets an apostrophe before it.

use std::io::{self, Write};

use csv::{Terminator, WriterBuilder};

use super::{DossierError, Entry};
use crate::concerns::Severity;
use crate::register::{Date, Wording};
use crate::report::{AnswerReport, ProjectReport};
use crate::text;

/// What stands before the table: without it, spreadsheets take what is not ASCII for something else.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Writes a dossier.
pub(super) fn write(
    out: &mut dyn Write,
    entries: impl Iterator<Item = Result<Entry, DossierError>>,
) -> Result<(), DossierError> {
    out.write_all(BYTE_ORDER_MARK)?;
    let mut table = WriterBuilder::new().flexible(true).terminator(Terminator::CRLF).from_writer(out);
    for (number, entry) in entries.enumerate() {
        let cells = cells(&entry?.project);
        if number == 0 {
            table.write_record(cells.iter().map(|(name, _)| name)).map_err(failed)?;
        }
        table.write_record(cells.iter().map(|(_, cell)| cell_of(cell))).map_err(failed)?;
    }
    Ok(table.flush()?)
}

/// What the system said, as it said it: a closed pipe is no error of ours.
fn failed(error: csv::Error) -> DossierError {
    DossierError::Write(match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    })
}

/// The cells of a row, each with its heading.
fn cells(project: &ProjectReport) -> Vec<(&'static str, String)> {
    let date = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
    let several = |values: &[String]| values.join("; ");
    let open = || project.concerns.iter().filter(|concern| !concern.is_dismissed());
    let weighing = |severity: Severity| open().filter(|concern| concern.severity == severity).count().to_string();
    let mut concerns: Vec<&str> = open().map(|concern| concern.id.as_str()).collect();
    concerns.dedup();
    let datasets: Vec<&str> = project.datasets.iter().map(|dataset| dataset.name.as_str()).collect();
    let source = project.source.as_ref();
    let wording = if project.wording == Wording::Summary { "summary" } else { "published" };
    vec![
        ("reference", project.reference.clone()),
        ("title", project.title.clone().unwrap_or_default()),
        ("organisation", project.organisation.clone()),
        ("organisation_type", project.organisation_type.clone().unwrap_or_default()),
        ("controllers", several(&project.controllers)),
        ("term_start", date(project.term.start)),
        ("term_end", date(project.term.end)),
        ("opt_outs", project.opt_outs.state.as_str().to_owned()),
        ("opt_outs_as_published", project.opt_outs.as_published.clone().unwrap_or_default()),
        ("legal_bases", several(&project.legal_bases)),
        ("commercial", answer(project.commercial)),
        ("sublicensing", answer(project.sublicensing)),
        ("sensitivity", several(&project.sensitivity)),
        ("types_of_data", several(&project.types_of_data)),
        ("access", several(&project.access)),
        ("datasets", datasets.join("; ")),
        ("files", project.releases.files.map(|files| files.to_string()).unwrap_or_default()),
        ("first_release", date(project.releases.first)),
        ("last_release", date(project.releases.last)),
        ("versions", project.versions.len().to_string()),
        ("concerns_high", weighing(Severity::High)),
        ("concerns_medium", weighing(Severity::Medium)),
        ("concerns_note", weighing(Severity::Note)),
        ("concerns", concerns.join("; ")),
        ("edition", project.edition.clone()),
        ("wording", wording.to_owned()),
        ("source_file", source.map(|source| source.file.clone()).unwrap_or_default()),
        ("source_place", source.map(|source| source.place.clone()).unwrap_or_default()),
        ("source_sha256", source.map(|source| source.sha256.clone()).unwrap_or_default()),
        ("credit", crate::report::CREDIT.to_owned()),
    ]
}

fn answer(answer: AnswerReport) -> String {
    match answer {
        AnswerReport::Plain(true) => "yes".to_owned(),
        AnswerReport::Plain(false) => "no".to_owned(),
        AnswerReport::Mixed(mixed) => mixed.to_owned(),
        AnswerReport::Absent(()) => String::new(),
    }
}

/// A cell that a spreadsheet shows as it stands: each of its lines safe, and an apostrophe before what it would take for a
/// formula, white space before it or not. Where a spreadsheet parts cells by another sign than a comma, as many do in the rest of
/// Europe, a cell can begin behind that sign, behind a quotation mark or in a new line: a formula there gets its apostrophe too.
fn cell_of(text: &str) -> String {
    let lines: Vec<String> = text::safe_lines(text).map(text::Safe::into_owned).collect();
    let shown = lines.join("\n");
    let mut cell = String::with_capacity(shown.len() + 1);
    // Before the white space that a spreadsheet passes over.
    if shown.trim_start().starts_with(is_formula) {
        cell.push('\'');
    }
    let mut could_begin = false;
    for letter in shown.chars() {
        if could_begin && is_formula(letter) {
            cell.push('\'');
        }
        could_begin = parts_cells(letter) || could_begin && letter.is_whitespace();
        cell.push(letter);
    }
    cell
}

/// Whether a cell that begins so is taken for a formula, or for a call of another program. Fullwidth signs count: some
/// spreadsheets read them as the plain ones.
fn is_formula(letter: char) -> bool {
    matches!(letter, '=' | '+' | '-' | '@' | '|' | '%' | '\u{FF1D}' | '\u{FF0B}' | '\u{FF0D}' | '\u{FF20}')
}

/// Whether a spreadsheet may begin a new cell behind it.
fn parts_cells(letter: char) -> bool {
    matches!(letter, ',' | ';' | '"' | '\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for text in ["=1+1", "+44", "-1", "@x", "\t=1", "\r=1", " =1", "＝1", "＋1", "－1", "＠x", "|calc", "%0"] {
            assert!(cell_of(text).starts_with('\''), "{text:?}");
        }
        assert_eq!(cell_of("a = b - c | d\r\n=c"), "a = b - c | d\n'=c");
        assert_eq!(cell_of("x\u{1b}[2J\u{202e}y"), "x\u{241b}[2J\u{fffd}y");
    }

    #[test]
    fn no_part_of_a_cell_is_a_formula_where_other_signs_part_cells() {
        let cells = [
            ("a;=1+1", "a;'=1+1"),
            ("a; =1", "a; '=1"),
            ("a\";\"=1", "a\";\"'=1"),
            ("a,@x", "a,'@x"),
            ("a\t=1", "a =1"),
        ];
        for (text, cell) in cells {
            assert_eq!(cell_of(text), cell);
        }
    }
}
