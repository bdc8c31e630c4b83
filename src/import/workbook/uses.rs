//! The Data Uses Register workbook (July 2021 on): `Agreements`, a row a version; `Datasets`, a row a dataset of a
//! version; `DataReleases`, a row a file with its month. The three are joined on the reference as published.
//!
//! FORMATS section 3 describes the layout.

mod agreements;
mod controllers;
mod datasets;
mod files;

use std::collections::{BTreeMap, HashMap};

use crate::register::{Listing, Place, Register, Version, plain_reference};

use super::super::Entry;
use super::cells;
use super::{Sheet, Workbook, group, named};

/// Reads the workbook. A sheet that is missing is named, and the rest is read.
pub(super) fn read(
    workbook: &mut Workbook,
    agreements: Option<&str>,
    sheets: &[(String, Sheet)],
    register: &mut Register,
    entry: &mut Entry<'_>,
) -> Result<(), String> {
    let mut unread = None;
    let listed = if let Some(name) = agreements {
        let rows = cells::rows(workbook, name, entry)?;
        agreements::read(name, &rows, entry).unwrap_or_else(|what| {
            entry.lacks("agreements");
            entry.warn(None, format!("{what}; the sheet was not read"));
            unread = Some(what);
            Vec::new()
        })
    } else {
        entry.lacks("agreements");
        entry.warn(None, "there is no sheet Agreements: who, why and until when is not stated");
        Vec::new()
    };
    let mut versions = Versions::new(listed);
    if let Some(name) = named(sheets, Sheet::Datasets) {
        let rows = cells::rows(workbook, name, entry)?;
        datasets::read(name, &rows, &mut versions, entry);
    } else {
        entry.lacks("datasets");
        entry.warn(None, "there is no sheet Datasets: what each dataset is, and on what basis, is not stated");
    }
    if let Some(name) = named(sheets, Sheet::DataReleases) {
        let rows = cells::rows(workbook, name, entry)?;
        files::read(name, &rows, &mut versions, entry);
    } else {
        entry.lacks("datareleases");
        entry.warn(None, "there is no sheet DataReleases: no file is recorded");
    }
    if let Some(what) = unread.filter(|_| versions.list.is_empty()) {
        // Nothing is left to import.
        return Err(what);
    }
    group(versions.list, register, entry);
    Ok(())
}

/// The versions of the workbook, found by their reference however it is written. Where several entries have one reference,
/// rows belong to the first: nothing tells which of them they mean.
struct Versions {
    list: Vec<Version>,
    numbers: HashMap<String, usize>,
}

impl Versions {
    fn new(list: Vec<Version>) -> Self {
        let mut numbers = HashMap::new();
        for (at, version) in list.iter().enumerate() {
            numbers.entry(plain_reference(&version.reference)).or_insert(at);
        }
        Self { list, numbers }
    }

    /// The version that a row names. One that has no agreement is made of its rows alone: nothing says whose they are, and
    /// they are kept.
    fn of_row(&mut self, reference: &str, at: &Place, unlisted: &mut Unlisted) -> &mut Version {
        let number = *self.numbers.entry(plain_reference(reference)).or_insert_with(|| {
            self.list.push(Version { listing: Listing::RowsOnly, ..Version::new(reference, "", at.clone()) });
            self.list.len() - 1
        });
        let version = &mut self.list[number];
        if version.listing == Listing::RowsOnly {
            unlisted.rows.entry(reference.to_owned()).or_insert_with(|| (at.clone(), 0)).1 += 1;
        }
        version
    }
}

/// Rows of a sheet that name a reference which has no agreement: told once a reference.
#[derive(Default)]
struct Unlisted {
    rows: BTreeMap<String, (Place, usize)>,
}

impl Unlisted {
    fn warn(self, versions: &Versions, entry: &mut Entry<'_>) {
        // Without the sheet of agreements that is so of every row, and was said once.
        if versions.list.iter().all(|version| version.listing == Listing::RowsOnly) {
            return;
        }
        for (reference, (at, count)) in self.rows {
            let named = if count == 1 { "1 row names".to_owned() } else { format!("{count} rows name") };
            entry.warn(Some(&at), format!("{named} {reference}, which has no agreement; kept without one"));
        }
    }
}
