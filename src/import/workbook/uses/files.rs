//! The sheet `DataReleases`: a row a file, with its month and its answer on opt-outs.

use crate::register::{OptOutState, Release, ReleaseKind, Repeated, Version};

use super::super::super::Entry;
use super::super::columns::{self, Column, Columns};
use super::super::dates;
use super::super::{Row, add_values, place};
use super::{Unlisted, Versions};

/// Columns of the sheet. The file's reference stands before the agreement's, whose heading its own ends with.
const COLUMNS: [Column; 9] = [
    Column { name: "File Reference", begins: &["file reference", "file ref"], is: &["file"] },
    Column { name: "Reference Number", begins: &["reference"], is: &[] },
    Column { name: "Dataset", begins: &["dataset", "data set", "name of dataset"], is: &[] },
    Column { name: "Type of Data", begins: &["type of data"], is: &["type"] },
    Column { name: "Sensitive or Non-Sensitive", begins: &["sensitive"], is: &["sensitivity"] },
    Column { name: "Patient Opt-Outs Applied", begins: &["patient opt", "opt-outs", "opt outs"], is: &[] },
    Column { name: "Legal Basis for Provision of Data", begins: &["legal basis"], is: &[] },
    Column { name: "Frequency", begins: &["frequency"], is: &[] },
    Column { name: "Month File Released", begins: &["month"], is: &["released"] },
];

const FILE: usize = 0;
const REFERENCE: usize = 1;
const DATASET: usize = 2;
const OPT_OUTS: usize = 5;
const FREQUENCY: usize = 7;
const MONTH: usize = 8;

/// Reads the rows onto their versions.
pub(super) fn read(sheet: &str, rows: &[Row], versions: &mut Versions, entry: &mut Entry<'_>) {
    // Only the frequency tells access to the publisher's systems from a file that was sent.
    let needed = [REFERENCE, DATASET, FREQUENCY];
    let Some((columns, data)) = columns::open(&COLUMNS, &needed, sheet, rows, entry) else { return };
    let mut unlisted = Unlisted::default();
    for row in data {
        let Some(reference) = row.get(columns.at(REFERENCE)) else {
            let at = place(sheet, row, entry);
            entry.warn(Some(&at), "a release without a reference was not read");
            continue;
        };
        let at = place(sheet, row, entry);
        let version = versions.of_row(reference, &at, &mut unlisted);
        let mut release = release(sheet, row, &columns, entry);
        entry.values.release(&mut release);
        add(version, release);
    }
    unlisted.warn(versions, entry);
}

fn release(sheet: &str, row: &Row, columns: &Columns, entry: &mut Entry<'_>) -> Release {
    let owned = |column: usize| row.get(columns.at(column)).map(Repeated::from);
    let at = place(sheet, row, entry);
    let answer = owned(OPT_OUTS);
    let opt_outs = match answer.as_deref().map(str::to_lowercase).as_deref() {
        Some("yes" | "y" | "true") => OptOutState::Applied,
        Some("no" | "n" | "false") => OptOutState::NotApplied,
        None => OptOutState::NotStated,
        Some(_) => {
            let words = answer.as_deref().unwrap_or_default();
            let message = format!("the opt-out answer \"{words}\" is neither Yes nor No; it is kept as published");
            entry.warn(Some(&at), message);
            OptOutState::NotStated
        }
    };
    let month = row.get(columns.at(MONTH)).and_then(|value| {
        let month = dates::month(value);
        if month.is_none() {
            entry.warn(Some(&at), format!("\"{value}\" is no month of release and is taken as not stated"));
        }
        month
    });
    let dataset = owned(DATASET).unwrap_or_default();
    if dataset.is_empty() {
        entry.warn(Some(&at), "a release without a dataset");
    }
    let (id, frequency) = (row.get(columns.at(FILE)), owned(FREQUENCY));
    Release {
        kind: ReleaseKind::of(id, &dataset, frequency.as_deref()),
        id: id.map(str::to_owned),
        organisation: None,
        dataset,
        type_of_data: owned(3),
        sensitivity: owned(4),
        legal_basis: owned(6),
        confidentiality: None,
        frequency,
        opt_outs,
        opt_outs_as_published: answer,
        month,
        place: at,
    }
}

/// Adds a release to its version. The version's datasets come from their own sheet: a release that disagrees with them
/// keeps its own values, and adds no dataset.
fn add(version: &mut Version, release: Release) {
    add_values(version, &release);
    version.releases.push(release);
}
