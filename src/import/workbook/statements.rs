//! The sheet `PurposeStatements`: the prose, a row a statement, several for some references.

use std::collections::HashMap;

use crate::register::{Section, Sections, Statement, Version};

use super::super::Entry;
use super::columns::{self, Column, Columns};
use super::{Row, place};

/// Columns of the sheet, in the published order.
const COLUMNS: [Column; 7] = [
    Column { name: "Reference Number", begins: &["reference", "nic number"], is: &["nic"] },
    Column { name: "Organisation", begins: &["organisation"], is: &[] },
    Column { name: "Objective for Processing", begins: &["objective"], is: &[] },
    Column { name: "Processing Activities", begins: &["processing"], is: &[] },
    Column { name: "Expected Output", begins: &["expected output", "output"], is: &[] },
    Column {
        name: "Expected Measurable Benefits",
        begins: &["expected measurable", "expected benefit", "benefit"],
        is: &[],
    },
    Column { name: "Yielded Benefits", begins: &["yielded"], is: &[] },
];

const REFERENCE: usize = 0;
const ORGANISATION: usize = 1;

/// The yielded benefits, which the workbooks of some years do not have.
const YIELDED: usize = 6;

/// The sections, with their columns.
const SECTIONS: [(usize, Section); 5] = [
    (2, Section::Objectives),
    (3, Section::Processing),
    (4, Section::Outputs),
    (5, Section::ExpectedBenefits),
    (6, Section::YieldedBenefits),
];

/// Reads the statements onto the versions they belong to. Equal statements of one reference are kept once.
pub(super) fn read(sheet: &str, rows: &[Row], versions: &mut Vec<Version>, entry: &mut Entry<'_>) {
    let Some((headings, data)) = rows.split_first() else {
        entry.lacks(&columns::plain_sheet(sheet));
        entry.warn(None, format!("the sheet {sheet} is empty: the projects have no text"));
        return;
    };
    let columns = Columns::find(&COLUMNS, headings);
    columns::warn(&columns, &[], sheet, rows, entry);
    if let Err(missing) = columns.need(&COLUMNS, &[REFERENCE], sheet, headings) {
        entry.lacks(&columns::plain_sheet(sheet));
        entry.warn(None, format!("{missing}; the sheet was not read"));
        return;
    }
    let lasting: Vec<usize> = (0..YIELDED).collect();
    columns.warn_of(&lasting, &COLUMNS, sheet, headings, entry);
    let mut named: HashMap<String, usize> =
        versions.iter().enumerate().map(|(at, version)| (version.reference.clone(), at)).collect();
    for row in data {
        let at = place(sheet, row, entry);
        let Some(reference) = row.get(columns.at(REFERENCE)) else {
            entry.warn(Some(&at), "a statement without a reference was not read");
            continue;
        };
        let organisation = row.get(columns.at(ORGANISATION)).unwrap_or_default();
        let number = *named.entry(reference.to_owned()).or_insert_with(|| {
            entry.warn(Some(&at), format!("{reference} has a statement but no releases; it is kept without them"));
            versions.push(Version::new(reference, organisation, at.clone()));
            versions.len() - 1
        });
        let version = &mut versions[number];
        compare_organisation(version, organisation, &at, entry);
        let mut sections = Sections::default();
        for (column, section) in SECTIONS {
            sections.set(section, row.get(columns.at(column)).map(str::to_owned));
        }
        if !version.statements.iter().any(|known| known.sections == sections) {
            version.statements.push(Statement { sections, place: at });
        }
    }
    for version in versions.iter().filter(|version| version.statements.is_empty()) {
        entry.warn(Some(&version.place), format!("{} has releases but no statement of purpose", version.reference));
    }
}

/// The releases' organisation is the project's; a statement that names another one is worth a warning, once.
fn compare_organisation(version: &Version, named: &str, at: &crate::register::Place, entry: &mut Entry<'_>) {
    let known = version.organisation == named
        || named.is_empty()
        || version.releases.iter().any(|release| release.organisation.as_deref() == Some(named));
    let message = format!(
        "{} is named \"{named}\" here and \"{}\" among the releases; the releases' name is shown",
        version.reference, version.organisation
    );
    let said = entry.warnings.iter().any(|warning| warning.message == message);
    if !known && !said {
        entry.warn(Some(at), message);
    }
}
