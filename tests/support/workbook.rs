//! Workbooks of our own making, laid out as those of 2016 to 2021.

use std::path::{Path, PathBuf};

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

/// Headings of the releases, in the published order; the dataset's is published as `us`.
pub(crate) const RELEASES: [&str; 11] = [
    "RowID",
    "Organisation Name",
    "us",
    "Data provided to customer",
    "Sensitive or Non-Sensitive",
    "Legal Basis for Provision of Data",
    "Purpose",
    "One off release or Ongoing releases",
    "NIC Number",
    "MR Number",
    "Patient Opt-Outs applied",
];

/// Headings of the statements.
pub(crate) const STATEMENTS: [&str; 6] = [
    "Reference Number",
    "Organisation",
    "Objective for Processing",
    "Processing Activities",
    "Expected Output",
    "Expected Measurable Benefits",
];

/// One sheet: its name, and rows of cells.
pub(crate) type Sheet<'a> = (&'a str, Vec<Vec<&'a str>>);

/// Writes a workbook; an empty cell is left out, and `date:2024-05-01` is a cell that holds a date,
/// `number:44378` one with a number, and `bool:true` one with a truth value.
pub(crate) fn write(folder: &Path, name: &str, sheets: &[Sheet<'_>]) -> PathBuf {
    let mut workbook = Workbook::new();
    let format = Format::new().set_num_format("yyyy-mm-dd");
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet().set_name(*name).unwrap();
        for (number, row) in (0..).zip(rows) {
            for (column, text) in (0..).zip(row) {
                if let Some(date) = text.strip_prefix("date:") {
                    let date = ExcelDateTime::parse_from_str(date).unwrap();
                    sheet.write_with_format(number, column, &date, &format).unwrap();
                } else if let Some(figure) = text.strip_prefix("number:") {
                    sheet.write(number, column, figure.parse::<f64>().unwrap()).unwrap();
                } else if let Some(value) = text.strip_prefix("bool:") {
                    sheet.write(number, column, value == "true").unwrap();
                } else if !text.is_empty() {
                    sheet.write(number, column, *text).unwrap();
                }
            }
        }
    }
    let path = folder.join(name);
    workbook.save(&path).unwrap();
    path
}

/// Two organisations, three projects and six rows, of which one is access.
pub(crate) fn sheets() -> Vec<Sheet<'static>> {
    let act = "Health and Social Care Act 2012 - s261(1)";
    let hes = "Hospital Episode Statistics Outpatients";
    let file = |id, who, dataset, kind, reference, answer| {
        vec![id, who, dataset, kind, "Sensitive", act, "", "One-Off", reference, "", answer]
    };
    let trust = "FENLAND TRUST";
    let long = "The trust studies how long people wait for an appointment, and why some of them never come at all.";
    vec![
        ("READ ME", vec![vec!["Data released, January to March 2018"]]),
        (
            "DataReleases",
            vec![
                RELEASES.to_vec(),
                file("FILE1", trust, hes, "Identifiable", "DARS-NIC-10-AAAAA-v1.0", "Y"),
                file("FILE2", trust, hes, "Identifiable", "DARS-NIC-10-AAAAA-v1.0", "N"),
                file("FILE3", trust, hes, "Anonymised - ICO code compliant", "DARS-NIC-10-AAAAA-v2.0", "N"),
                file("FILE4", "DELTA COLLEGE", "Births", "Identifiable", "NIC-20-BBBBB", "Perhaps"),
                file("HDIS5", "DELTA COLLEGE", "HES Data Interrogation System", "", "NIC-30-CCCCC", "N"),
            ],
        ),
        (
            "PurposeStatements",
            vec![
                STATEMENTS.to_vec(),
                vec!["DARS-NIC-10-AAAAA-v1.0", trust, "An older text of this trust", "", "", ""],
                vec!["DARS-NIC-10-AAAAA-v2.0", trust, long, "Joined by number.", long, ""],
                vec!["NIC-20-BBBBB", "DELTA COLLEGE", long, long, long, long],
                vec!["NIC-99-ZZZZZ", "NOBODY", "A statement of an agreement without a release", "", "", ""],
            ],
        ),
    ]
}

/// A workbook that takes a while to read and to index.
pub(crate) fn large_workbook(folder: &Path, name: &str) -> PathBuf {
    let mut workbook = Workbook::new();
    let act = "Health and Social Care Act 2012 - s261(1)";
    let releases = workbook.add_worksheet().set_name("DataReleases").unwrap();
    releases.write_row(0, 0, RELEASES).unwrap();
    let reference = |number: u32| format!("DARS-NIC-{number}-ABCDE-v1.0");
    for row in 0..12_000_u32 {
        let (id, reference) = (format!("FILE{row}"), reference(row / 4));
        let cells =
            [&id, "FENLAND TRUST", "Births", "Identifiable", "Sensitive", act, "", "One-Off", &reference, "", "Y"];
        releases.write_row(row + 1, 0, cells).unwrap();
    }
    let statements = workbook.add_worksheet().set_name("PurposeStatements").unwrap();
    statements.write_row(0, 0, STATEMENTS).unwrap();
    for row in 0..3_000_u32 {
        let words: Vec<String> = (0..400).map(|word| format!("word{}", (word * 7919 + row * 31) % 20_000)).collect();
        let text = words.join(" ");
        statements.write_row(row + 1, 0, [&reference(row), "FENLAND TRUST", &text, &text]).unwrap();
    }
    let path = folder.join(name);
    workbook.save(&path).unwrap();
    path
}
