//! The sheet `Datasets`: a row a dataset of a version, with its own type, sensitivity, frequency and bases.

use crate::register::{Dataset, Repeated};

use super::super::super::Entry;
use super::super::columns::{self, Column};
use super::super::{Row, add_new, place};
use super::{Unlisted, Versions};

/// Columns of the sheet.
const COLUMNS: [Column; 7] = [
    Column { name: "Reference Number", begins: &["reference"], is: &[] },
    Column { name: "Dataset", begins: &["dataset", "data set", "name of dataset"], is: &[] },
    Column { name: "Type of Data", begins: &["type of data"], is: &["type"] },
    Column { name: "Sensitive or Non-Sensitive", begins: &["sensitive"], is: &["sensitivity"] },
    Column { name: "Frequency", begins: &["frequency"], is: &[] },
    Column { name: "Legal Basis for Provision of Data", begins: &["legal basis"], is: &[] },
    Column { name: "Common Law Duty of Confidentiality", begins: &["common law"], is: &["confidentiality"] },
];

const REFERENCE: usize = 0;
const DATASET: usize = 1;

/// What the sheet says of confidentiality, without the mixtures (FORMATS section 3). Another value is kept, shown and
/// reported.
const CONFIDENTIALITY: [&str; 4] = [
    "does not include the flow of confidential data",
    "section 251 nhs act 2006",
    "consent (reasonable expectation)",
    "statutory exemption to flow confidential data without consent",
];

/// Reads the rows onto their versions.
pub(super) fn read(sheet: &str, rows: &[Row], versions: &mut Versions, entry: &mut Entry<'_>) {
    let needed = [REFERENCE, DATASET];
    let Some((columns, data)) = columns::open(&COLUMNS, &needed, sheet, rows, entry) else { return };
    let mut unlisted = Unlisted::default();
    for row in data {
        let get = |column: usize| row.get(columns.at(column));
        let (Some(reference), Some(name)) = (get(REFERENCE), get(DATASET)) else {
            let at = place(sheet, row, entry);
            entry.warn(Some(&at), "a row without a reference or a dataset was not read");
            continue;
        };
        let at = place(sheet, row, entry);
        let version = versions.of_row(reference, &at, &mut unlisted);
        if let Some(value) = get(6).filter(|value| !is_known(value)) {
            let message = format!("the confidentiality basis \"{value}\" is not known; it is kept as published");
            entry.warn(Some(&at), message);
        }
        add_new(&mut version.types_of_data, get(2));
        add_new(&mut version.sensitivity, get(3));
        add_new(&mut version.access, get(4));
        add_new(&mut version.legal_bases, get(5));
        let owned = |column: usize| get(column).map(Repeated::from);
        let mut dataset = Dataset {
            name: name.into(),
            type_of_data: owned(2),
            sensitivity: owned(3),
            frequency: owned(4),
            legal_basis: owned(5),
            confidentiality: owned(6),
            place: Some(at),
        };
        entry.values.dataset(&mut dataset);
        version.datasets.push(dataset);
    }
    unlisted.warn(versions, entry);
}

fn is_known(confidentiality: &str) -> bool {
    let folded = crate::text::fold(confidentiality);
    folded.starts_with("mixture of confidential data flow") || CONFIDENTIALITY.contains(&folded.as_str())
}
