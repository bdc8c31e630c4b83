//! The Data Uses Register workbook (July 2021 on): `Agreements`, a row a version; `Datasets`, a row a dataset of a
//! version; `DataReleases`, a row a file with its month. The three are joined on the reference as published.
//!
//! FORMATS section 3 describes the layout.

mod agreements;
mod controllers;
mod datasets;
mod files;

use std::collections::{BTreeMap, HashMap};

use crate::register::{Register, Version};

use super::super::Entry;
use super::cells::{self, Row};
use super::{Sheet, Workbook, group, named, place};

/// Reads the workbook, of which the sheet of agreements is known. Another that is missing is named, and the rest is read.
pub(super) fn read(
    workbook: &mut Workbook,
    agreements: &str,
    sheets: &[(String, Sheet)],
    register: &mut Register,
    entry: &mut Entry<'_>,
) -> Result<(), String> {
    let rows = cells::rows(workbook, agreements, entry)?;
    let mut versions = agreements::read(agreements, &rows, entry)?;
    drop(rows);
    let numbers: HashMap<String, usize> =
        versions.iter().enumerate().map(|(at, version)| (version.reference.clone(), at)).collect();
    match named(sheets, Sheet::Datasets) {
        Some(name) => {
            let rows = cells::rows(workbook, name, entry)?;
            datasets::read(name, &rows, &mut versions, &numbers, entry);
        }
        None => entry.warn(None, "there is no sheet Datasets: what each dataset is, and on what basis, is not stated"),
    }
    match named(sheets, Sheet::DataReleases) {
        Some(name) => {
            let rows = cells::rows(workbook, name, entry)?;
            files::read(name, &rows, &mut versions, &numbers, entry);
        }
        None => entry.warn(None, "there is no sheet DataReleases: no file is recorded"),
    }
    group(versions, register, entry);
    Ok(())
}

/// Rows that name a reference which the sheet `Agreements` lacks: told once a reference, and not read, since nothing
/// says whose they are.
#[derive(Default)]
struct Orphans<'a> {
    rows: BTreeMap<&'a str, (&'a Row, usize)>,
}

impl<'a> Orphans<'a> {
    fn add(&mut self, reference: &'a str, row: &'a Row) {
        self.rows.entry(reference).or_insert((row, 0)).1 += 1;
    }

    fn warn(self, sheet: &str, entry: &mut Entry<'_>) {
        for (reference, (row, count)) in self.rows {
            let at = place(sheet, row, entry);
            let rows = if count == 1 { "1 row".to_owned() } else { format!("{count} rows") };
            let message = format!("{rows} of {reference}, which the sheet Agreements does not have, were not read");
            entry.warn(Some(&at), message);
        }
    }
}

/// The version that a row belongs to.
fn version_of<'v>(
    reference: &str,
    versions: &'v mut [Version],
    numbers: &HashMap<String, usize>,
) -> Option<&'v mut Version> {
    versions.get_mut(*numbers.get(reference)?)
}
