//! Editions of our own making, laid out as the Data Uses Register workbook.

use std::path::{Path, PathBuf};

use outflow::library::Library;

use super::workbook::{Sheet, write};

/// Headings of the agreements, in the published order.
pub(crate) const AGREEMENTS: [&str; 15] = [
    "Reference Number",
    "Application Title",
    "Applicant Organisation",
    "Applicant Organisation Type",
    "Data Controller(s)",
    "Sole/Joint Data Controller",
    "DSA Start Date",
    "DSA End Date",
    "Does Sublicensing Apply",
    "For Commercial Purposes",
    "Objective for Processing",
    "Processing Activities",
    "Expected Output",
    "Expected Measurable Benefits",
    "Yielded Benefits",
];

/// Headings of the datasets.
pub(crate) const DATASETS: [&str; 7] = [
    "Reference Number",
    "Dataset",
    "Type of Data",
    "Sensitive or Non-Sensitive",
    "Frequency",
    "Legal Basis for Provision of Data",
    "Common Law Duty of Confidentiality",
];

/// Headings of the files.
pub(crate) const FILES: [&str; 9] = [
    "File Reference",
    "Reference Number",
    "Dataset",
    "Type of Data",
    "Sensitive or Non-Sensitive",
    "Patient Opt-Outs Applied",
    "Legal Basis for Provision of Data",
    "Frequency",
    "Month File Released",
];

const BASIS: &str = "Health and Social Care Act 2012 - s261(2)(a)";

/// One agreement of an edition.
#[derive(Debug, Clone)]
pub(crate) struct Agreement {
    pub(crate) reference: String,
    pub(crate) organisation: String,
    pub(crate) controllers: String,
    pub(crate) end: String,
    pub(crate) objectives: String,
    pub(crate) datasets: Vec<String>,
    pub(crate) basis: String,
    /// Reference, opt-out answer and month of each file, all of the first dataset.
    pub(crate) files: Vec<(String, String, String)>,
}

impl Agreement {
    pub(crate) fn new(reference: &str, organisation: &str) -> Self {
        Self {
            reference: reference.to_owned(),
            organisation: organisation.to_owned(),
            controllers: organisation.to_owned(),
            end: "date:2030-01-31".to_owned(),
            objectives: "It is asked how long people wait for a bed. It counts the days. Nobody is named.".to_owned(),
            datasets: vec!["Births".to_owned()],
            basis: BASIS.to_owned(),
            files: Vec::new(),
        }
    }

    pub(crate) fn file(mut self, id: &str, answer: &str, month: &str) -> Self {
        self.files.push((id.to_owned(), answer.to_owned(), month.to_owned()));
        self
    }
}

/// Writes an edition as the workbook of a month, such as `september2026`.
pub(crate) fn write_edition(folder: &Path, month: &str, agreements: &[Agreement]) -> PathBuf {
    write_edition_without(folder, month, agreements, None)
}

/// The same without one of its sheets.
pub(crate) fn write_edition_without(
    folder: &Path,
    month: &str,
    agreements: &[Agreement],
    missing: Option<&str>,
) -> PathBuf {
    let mut sheets: Vec<Sheet<'_>> = vec![
        ("Agreements", vec![AGREEMENTS.to_vec()]),
        ("Datasets", vec![DATASETS.to_vec()]),
        ("DataReleases", vec![FILES.to_vec()]),
    ];
    for agreement in agreements {
        let Agreement { reference, organisation, controllers, end, objectives, datasets, basis, files } = agreement;
        let (kind, sole, start) = ("NHS Trust", "Sole Data Controller", "date:2020-02-01");
        sheets[0].1.push(vec![
            reference,
            "Beds",
            organisation,
            kind,
            controllers,
            sole,
            start,
            end,
            "No",
            "No",
            objectives,
            "Records are joined.",
            "A report.",
            "Shorter waits.",
            "",
        ]);
        for dataset in datasets {
            sheets[1].1.push(vec![
                reference,
                dataset,
                "Identifiable",
                "Sensitive",
                "One-Off",
                basis,
                "Consent (Reasonable Expectation)",
            ]);
        }
        let dataset = datasets.first().map_or("Births", String::as_str);
        for (id, answer, month) in files {
            sheets[2].1.push(vec![
                id,
                reference,
                dataset,
                "Identifiable",
                "Sensitive",
                answer,
                basis,
                "One-Off",
                month,
            ]);
        }
    }
    sheets.retain(|(name, _)| missing != Some(*name));
    write(folder, &format!("datausesregister_{month}.xlsx"), &sheets)
}

/// Three agreements of September 2026.
pub(crate) fn three_agreements() -> Vec<Agreement> {
    vec![
        Agreement::new("DARS-NIC-1-AAAAA-v1.0", "FENLAND TRUST").file("F1", "No", "Jul-26"),
        Agreement::new("DARS-NIC-2-BBBBB-v1.0", "MARSH COLLEGE").file("F9", "No", "Jul-26"),
        Agreement::new("DARS-NIC-3-CCCCC-v1.0", "MOOR UNIVERSITY"),
    ]
}

/// A library with these, below a folder.
pub(crate) fn with_three() -> (tempfile::TempDir, Library) {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::at(folder.path().join("library"));
    publish(folder.path(), &library, "september2026", &three_agreements());
    (folder, library)
}

/// Publishes agreements as an edition.
pub(crate) fn publish(folder: &Path, library: &Library, month: &str, agreements: &[Agreement]) {
    library.publish(&[write_edition(folder, month, agreements)], None, &mut |_| {}).unwrap();
}

/// Publishes an agreement for each of these references and organisations as an edition.
pub(crate) fn publish_named(folder: &Path, library: &Library, month: &str, named: &[(&str, &str)]) {
    let agreements: Vec<Agreement> =
        named.iter().map(|(reference, organisation)| Agreement::new(reference, organisation)).collect();
    publish(folder, library, month, &agreements);
}
