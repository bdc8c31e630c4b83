//! The sheet `DataReleases`: one row a file, or a row of access to a remote system.

use std::collections::HashMap;

use crate::register::{Dataset, OptOutState, Release, ReleaseKind, Repeated, Version};

use super::super::Entry;
use super::columns::{self, Column, Columns};
use super::{Row, add_values, place};

/// Columns of the sheet, in the published order. The dataset's heading was published as `us`.
const COLUMNS: [Column; 11] = [
    Column { name: "RowID", begins: &["rowid", "row id"], is: &[] },
    Column { name: "Organisation Name", begins: &["organisation name"], is: &["organisation"] },
    Column { name: "dataset", begins: &["dataset", "data set", "name of dataset"], is: &["us"] },
    Column { name: "Data provided to customer", begins: &["data provided to customer", "type of data"], is: &[] },
    Column { name: "Sensitive or Non-Sensitive", begins: &["sensitive or non"], is: &["sensitive"] },
    Column { name: "Legal Basis for Provision of Data", begins: &["legal basis"], is: &[] },
    Column { name: "Purpose", begins: &["purpose"], is: &[] },
    Column { name: "One off release or Ongoing releases", begins: &["one off", "one-off"], is: &["frequency"] },
    Column { name: "NIC Number", begins: &["nic number", "nic no", "reference number"], is: &["nic"] },
    Column { name: "MR Number", begins: &["mr number"], is: &[] },
    Column {
        name: "Patient Opt-Outs applied",
        begins: &["patient opt-outs applied", "patient opt outs applied", "opt-outs applied"],
        is: &[],
    },
];

const ROW_ID: usize = 0;
const ORGANISATION: usize = 1;
const DATASET: usize = 2;
const TYPE: usize = 3;
const SENSITIVITY: usize = 4;
const LEGAL_BASIS: usize = 5;
const PURPOSE: usize = 6;
const FREQUENCY: usize = 7;
const REFERENCE: usize = 8;
const MR_NUMBER: usize = 9;
const OPT_OUTS: usize = 10;

/// Columns without which a row says nothing.
const NEEDED: [usize; 3] = [ORGANISATION, DATASET, REFERENCE];

/// Reads the rows into versions, in the order in which the sheet first names them.
pub(super) fn read(sheet: &str, rows: &[Row], entry: &mut Entry<'_>) -> Result<Vec<Version>, String> {
    let rows = columns::from_headings(&COLUMNS, &NEEDED, sheet, rows, entry);
    let Some((headings, data)) = rows.split_first() else {
        return Err(format!("sheet {sheet} is empty; download the workbook again"));
    };
    let columns = Columns::find(&COLUMNS, headings);
    columns.need(&COLUMNS, &NEEDED, sheet, headings)?;
    columns.warn_of(&[TYPE, SENSITIVITY, LEGAL_BASIS, FREQUENCY, OPT_OUTS], &COLUMNS, sheet, headings, entry);
    columns::warn(
        &columns,
        &[("Purpose", columns.at(PURPOSE)), ("MR Number", columns.at(MR_NUMBER))],
        sheet,
        rows,
        entry,
    );
    let mut versions: Vec<Version> = Vec::new();
    let mut named: HashMap<String, usize> = HashMap::new();
    for row in data {
        let (Some(reference), Some(organisation)) = (row.get(columns.at(REFERENCE)), row.get(columns.at(ORGANISATION)))
        else {
            let at = place(sheet, row, entry);
            entry.warn(Some(&at), "a row without a reference or an organisation was not read");
            continue;
        };
        let number = *named.entry(reference.to_owned()).or_insert_with(|| {
            versions.push(Version::new(reference, organisation, place(sheet, row, entry)));
            versions.len() - 1
        });
        let mut release = release(sheet, row, &columns, entry);
        entry.values.release(&mut release);
        add(&mut versions[number], release);
    }
    for version in &mut versions {
        settle_organisation(version, entry);
    }
    Ok(versions)
}

fn release(sheet: &str, row: &Row, columns: &Columns, entry: &mut Entry<'_>) -> Release {
    let owned = |number: usize| row.get(columns.at(number)).map(Repeated::from);
    let at = place(sheet, row, entry);
    let answer = owned(OPT_OUTS);
    let opt_outs = match answer.as_deref().map(str::to_lowercase).as_deref() {
        Some("y" | "yes" | "true") => OptOutState::Applied,
        Some("n" | "no" | "false") => OptOutState::NotApplied,
        None => OptOutState::NotStated,
        Some(_) => {
            let other = answer.as_deref().unwrap_or_default();
            entry
                .warn(Some(&at), format!("the opt-out answer \"{other}\" is neither Y nor N; it is kept as published"));
            OptOutState::NotStated
        }
    };
    let dataset = owned(DATASET).unwrap_or_default();
    if dataset.is_empty() {
        entry.warn(Some(&at), "a release without a dataset");
    }
    let (id, frequency) = (row.get(columns.at(ROW_ID)), owned(FREQUENCY));
    Release {
        kind: ReleaseKind::of(id, &dataset, frequency.as_deref()),
        id: id.map(str::to_owned),
        organisation: owned(ORGANISATION),
        dataset,
        type_of_data: owned(TYPE),
        sensitivity: owned(SENSITIVITY),
        legal_basis: owned(LEGAL_BASIS),
        confidentiality: None,
        frequency,
        opt_outs,
        opt_outs_as_published: answer,
        month: None,
        place: at,
    }
}

/// Adds a release to its version, with what it says of the version as a whole.
fn add(version: &mut Version, release: Release) {
    add_values(version, &release);
    let same = |known: &Dataset| {
        known.name == release.dataset
            && known.type_of_data == release.type_of_data
            && known.sensitivity == release.sensitivity
            && known.legal_basis == release.legal_basis
            && known.frequency == release.frequency
    };
    if !release.dataset.is_empty() && !version.datasets.iter().any(same) {
        version.datasets.push(Dataset {
            name: release.dataset.clone(),
            type_of_data: release.type_of_data.clone(),
            sensitivity: release.sensitivity.clone(),
            frequency: release.frequency.clone(),
            legal_basis: release.legal_basis.clone(),
            confidentiality: None,
            place: Some(release.place.clone()),
        });
    }
    version.releases.push(release);
}

/// A version's organisation is the one that most of its rows name; a row keeps only a name that differs.
fn settle_organisation(version: &mut Version, entry: &mut Entry<'_>) {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for name in version.releases.iter().filter_map(|release| release.organisation.as_deref()) {
        match counts.iter_mut().find(|(known, _)| known == name) {
            Some((_, count)) => *count += 1,
            None => counts.push((name.to_owned(), 1)),
        }
    }
    let mut most = 0;
    for (name, count) in &counts {
        if *count > most {
            (most, version.organisation) = (*count, name.clone());
        }
    }
    for release in &mut version.releases {
        let differs = release.organisation.as_deref().is_some_and(|name| name != version.organisation);
        release.organisation = release.organisation.take().filter(|_| differs);
    }
    let other = version.releases.iter().find_map(|release| Some((release.organisation.as_ref()?, &release.place)));
    if let Some((name, at)) = other {
        let message = format!(
            "{} is released to \"{name}\" here and to \"{}\" elsewhere; each row keeps its own name",
            version.reference, version.organisation
        );
        entry.warn(Some(at), message);
    }
}
