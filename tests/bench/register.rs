//! The register that is measured on: the published workbook of 2017 where it is at hand, else one made here.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use outflow::index::Index;
use outflow::library::Library;

#[path = "../support/workbook.rs"]
#[allow(dead_code, reason = "a benchmark uses a part of what tests use")]
mod workbook;

/// Projects of a made register, each with a file and a statement.
const PROJECTS: usize = 500;

/// The workbook, by its name in the report.
pub(crate) fn file(folder: &Path) -> (&'static str, PathBuf) {
    let published = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/register/ReleaseRegister-sep-nov-2017.xlsx");
    if published.is_file() { ("2017 workbook", published) } else { ("made workbook", made(folder)) }
}

/// An index of it, published and opened as the program does.
#[allow(dead_code, reason = "not every benchmark searches")]
pub(crate) fn index(folder: &Path) -> (&'static str, Arc<Index>) {
    let (name, file) = file(folder);
    let library = Library::at(folder.join("library"));
    library.publish(&[file], None, &mut |_| {}).unwrap();
    (name, Arc::new(library.open(None).unwrap().index))
}

/// The full register: the workbook that `OUTFLOW_WORKBOOK` names, else one made by the script beside the published files.
#[allow(dead_code, reason = "not every benchmark measures on it")]
pub(crate) fn full(folder: &Path) -> Option<(&'static str, PathBuf)> {
    if let Some(named) = std::env::var_os("OUTFLOW_WORKBOOK") {
        return Some(("named workbook", PathBuf::from(named)));
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/register/make_data_uses_register.py");
    let made = Command::new("python3")
        .arg(&script)
        .args(["--agreements", "1950", "--releases", "104000", "--seed", "7", "--out"])
        .arg(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    made.is_ok_and(|status| status.success())
        .then(|| ("full register", folder.join("datausesregister_september2026.xlsx")))
}

fn made(folder: &Path) -> PathBuf {
    let mut releases: Vec<Vec<String>> = vec![workbook::RELEASES.map(str::to_owned).to_vec()];
    let mut statements: Vec<Vec<String>> = vec![workbook::STATEMENTS.map(str::to_owned).to_vec()];
    let topics = ["dementia", "diabetes", "frailty", "cancer", "births", "waiting times", "machine learning"];
    for number in 0..PROJECTS {
        let reference = format!("DARS-NIC-{number:05}-AAAAA-v1.0");
        let organisation = format!("TRUST OF COUNTY {}", number % 90);
        let act = "Health and Social Care Act 2012";
        let answer = if number % 5 == 0 { "Y" } else { "N" };
        let row =
            ["FILE", &organisation, "HES", "Identifiable", "Sensitive", act, "", "One-Off", &reference, "", answer];
        releases.push(row.map(str::to_owned).to_vec());
        let text = |part: &str| {
            format!("This {part} is about {} in county {number}. ", topics[number % topics.len()]).repeat(60)
        };
        statements.push(vec![
            reference,
            organisation,
            text("objective"),
            text("work"),
            text("output"),
            text("benefit"),
        ]);
    }
    let rows = |rows: &[Vec<String>]| -> Vec<Vec<String>> { rows.to_vec() };
    let (releases, statements) = (rows(&releases), rows(&statements));
    let borrowed =
        |rows: &'static [Vec<String>]| rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let sheets: Vec<workbook::Sheet<'_>> =
        vec![("DataReleases", borrowed(Vec::leak(releases))), ("PurposeStatements", borrowed(Vec::leak(statements)))];
    workbook::write(folder, "ReleaseRegister-sep-nov-2017.xlsx", &sheets)
}
