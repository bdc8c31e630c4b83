//! Editions that a program of its own has made, with known changes between them: exactly these are found.

use std::collections::BTreeMap;
use std::process::Command;

use super::editions::compared;
use crate::support::published;
use outflow::changes::Change;
use outflow::library::{Comparison, Library};

/// The publisher's look-alikes are made with known changes: these must be found, no more and no less.
#[test]
fn the_changes_of_generated_editions_are_found_exactly() {
    let Some(script) = published::file("make_data_uses_register.py") else { return };
    let folder = tempfile::tempdir().unwrap();
    let made = Command::new("python3")
        .arg(script)
        .args(["--agreements", "120", "--releases", "900", "--editions", "3", "--out"])
        .arg(folder.path())
        .output();
    if !made.is_ok_and(|made| made.status.success()) {
        eprintln!("skipped: python3 with openpyxl and xlsxwriter is not at hand");
        return;
    }
    let library = Library::at(folder.path().join("library"));
    for month in ["september", "october", "november"] {
        let file = folder.path().join(format!("datausesregister_{month}2026.xlsx"));
        library.publish(&[file], None, &mut |_| {}).unwrap();
    }
    let known = std::fs::read(folder.path().join("changes.json")).unwrap();
    let known: BTreeMap<String, BTreeMap<String, Vec<String>>> = serde_json::from_slice(&known).unwrap();
    for (from, to, month) in [("2026-09", "2026-10", "october2026"), ("2026-10", "2026-11", "november2026")] {
        let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let Comparison { changes, shared, .. } = compared(&library, from, to);
        assert_eq!(shared, []);
        for change in changes {
            let kinds: Vec<&str> = match &change.change {
                Change::Added => vec!["added"],
                Change::Withdrawn => vec!["withdrawn"],
                Change::TypographyOnly(_) => vec!["typography_only"],
                Change::FilesOnly => vec!["files"],
                Change::Amended(fields) => fields
                    .iter()
                    .map(|field| match field.field.key() {
                        "end" => "end_date",
                        "datasets" => "dataset_added",
                        "objectives" => "prose",
                        key => key,
                    })
                    .collect(),
                other => panic!("{other:?} is in no list of the maker's"),
            };
            for kind in kinds {
                found.entry(kind.to_owned()).or_default().push(change.reference.clone());
            }
        }
        let sorted = |lists: &BTreeMap<String, Vec<String>>| -> BTreeMap<String, Vec<String>> {
            let sort = |list: &Vec<String>| {
                let mut list = list.clone();
                list.sort();
                list
            };
            lists.iter().map(|(kind, list)| (kind.clone(), sort(list))).collect()
        };
        assert_eq!(sorted(&found), sorted(&known[month]), "{from} to {to}");
    }
}
