//! The sheets beside the releases: amendments to earlier registers, and tracing requests.

use crate::register::{Amendment, Note, Register, Version};

use super::super::Entry;
use super::{Row, place};

/// Reads amendments onto the versions they name. They amend earlier editions, so they are kept, shown, and counted in
/// nothing. The published sheet lacks the first column of `DataReleases`, and its last column, which says why a row
/// was added, has no heading: so cells are kept by heading, and a reference is told by its value.
pub(super) fn read_amendments(
    sheet: &str,
    rows: &[Row],
    versions: &mut [Version],
    register: &mut Register,
    entry: &mut Entry<'_>,
) {
    let Some((headings, data)) = rows.split_first() else { return };
    let mut references: Vec<String> = Vec::new();
    for row in data {
        let at = place(sheet, row, entry);
        let reason = row.cells.iter().filter(|(column, _)| headings.get(Some(*column)).is_none());
        let reason: Vec<&str> = reason.map(|(_, text)| text.as_str()).collect();
        let headed = row.cells.iter().filter_map(|(column, text)| {
            let heading = headings.get(Some(*column))?.lines().next().unwrap_or_default();
            Some((heading.trim().to_owned(), text.clone()))
        });
        let amendment = Amendment {
            cells: headed.collect(),
            reason: (!reason.is_empty()).then(|| reason.join("; ")),
            month: None,
            place: at.clone(),
        };
        let named = versions.iter_mut().find(|version| row.cells.iter().any(|(_, text)| *text == version.reference));
        if let Some(version) = named {
            if !references.contains(&version.reference) {
                references.push(version.reference.clone());
            }
            version.amendments.push(amendment);
        } else {
            entry.warn(Some(&at), "an amendment names no project of this edition; it is kept as a note of the edition");
            let lines = amendment.cells.iter().map(|(heading, text)| format!("{heading}: {text}"));
            let lines = lines.chain(amendment.reason.clone()).collect();
            register.notes.push(Note { title: "Amendment to an earlier register".to_owned(), lines, place: at });
        }
    }
    if !references.is_empty() {
        entry.note(format!(
            "{} rows of the sheet {sheet} amend earlier registers; they are shown on {} and counted nowhere",
            data.len(),
            references.join(", ")
        ));
    }
}

/// Keeps the counts of tracing requests as a note of the edition: a table with bodies across and outcomes down.
pub(super) fn read_tracing_requests(sheet: &str, rows: &[Row], register: &mut Register, entry: &mut Entry<'_>) {
    let Some((headings, data)) = rows.split_first() else { return };
    let mut lines = Vec::new();
    for row in data {
        let first = row.get(Some(0)).unwrap_or_default();
        let figures: Vec<String> = row
            .cells
            .iter()
            .filter_map(|(column, figure)| {
                Some(format!("{} {figure}", headings.get(Some(*column)).filter(|_| *column > 0)?))
            })
            .collect();
        lines.push(if figures.is_empty() { first.to_owned() } else { format!("{first}: {}", figures.join(", ")) });
    }
    let at = place(sheet, headings, entry);
    register.notes.push(Note { title: "Tracing requests to the National Back Office".to_owned(), lines, place: at });
    entry.note(format!(
        "the sheet {sheet} counts tracing requests and is no project; it is kept as a note of the edition"
    ));
}
