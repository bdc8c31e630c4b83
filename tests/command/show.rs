//! What the binary shows of one project and one organisation: the timeline, the files, and how data was reached.

use std::path::{Path, PathBuf};

use crate::support::disk::FIXTURE;
use crate::support::program::{json, outflow_of, program, ran};
use crate::support::uses::{Agreement, write_edition};
use serde_json::{Value, json as value};

fn text(folder: &Path, arguments: &[&str]) -> String {
    outflow_of(folder, arguments).text()
}

fn import(folder: &Path, path: &Path) {
    text(folder, &["import", path.to_str().unwrap()]);
}

/// An edition with one agreement of two versions and files in and outside their term.
fn edition(folder: &Path) -> PathBuf {
    let mut first = Agreement::new("DARS-NIC-1-AAAAA-v1.0", "FENLAND TRUST")
        .file("F1", "Yes", "Jul-21")
        .file("F2", "No", "Jul-21")
        .file("F3", "No", "Jul-21")
        .file("F4", "", "Mar-24");
    "date:2021-12-31".clone_into(&mut first.end);
    write_edition(folder, "september2026", &[first])
}

#[test]
fn the_files_are_listed_month_by_dataset() {
    let folder = tempfile::tempdir().unwrap();
    import(folder.path(), &edition(folder.path()));
    let shown = text(folder.path(), &["show", "nic-1-aaaaa", "--files"]);
    for part in [
        "4 files, opt-outs applied to 1, not applied to 2, not stated for 1",
        "Rows are those of datausesregister_september2026.xlsx, sheet DataReleases.",
        "2024-03\n      0           0          1 Births\n                               row 5\n",
        "2021-07\n      1           2          0 Births\n                               rows 2-4\n",
    ] {
        assert!(shown.contains(part), "{part} is not in:\n{shown}");
    }
    let report = json(folder.path(), &["show", "nic-1-aaaaa", "--files", "--json"]);
    assert_eq!(report["reference"], "DARS-NIC-1-AAAAA");
    let rows =
        value!([{ "file": "datausesregister_september2026.xlsx", "sheet": "DataReleases", "first": 2, "last": 4 }]);
    let second = value!({
        "kind": "file", "month": "2021-07", "period_to": null, "dataset": "Births",
        "applied": 1, "not_applied": 2, "not_stated": 0, "rows": rows,
    });
    assert_eq!(report["files"][1], second);
    assert_eq!(json(folder.path(), &["show", "nic-1-aaaaa", "--json"])["files"], Value::Null);
}

#[test]
fn the_timeline_is_drawn_in_both_kinds_of_characters() {
    let folder = tempfile::tempdir().unwrap();
    import(folder.path(), &edition(folder.path()));
    let plain = text(folder.path(), &["show", "nic-1-aaaaa", "--ascii"]);
    let timeline = plain.split("\nTimeline\n").nth(1).unwrap().split("\n\n").next().unwrap();
    assert!(timeline.is_ascii() && timeline.contains("[===") && timeline.contains("outside"), "{timeline}");
    assert!(timeline.contains("1 file is of months that no listed term holds: 2024-03."), "{timeline}");
    // A locale that does not say UTF-8 has no other characters; one that says so has.
    assert_eq!(text(folder.path(), &["show", "nic-1-aaaaa"]), plain);
    let mut command = program(&folder.path().join("library"), &["show", "nic-1-aaaaa"]);
    let drawn = ran(command.env("LANG", "en_GB.UTF-8").spawn().unwrap()).text();
    assert!(drawn.contains("┣━━"), "{drawn}");
    assert!(!text(folder.path(), &["--edition", "sample", "show", "nic-10891"]).contains("Timeline"));
}

#[test]
fn a_page_lists_no_files_and_the_layout_without_months_gives_its_period() {
    let folder = tempfile::tempdir().unwrap();
    import(folder.path(), Path::new(FIXTURE));
    let page = text(folder.path(), &["show", "lm-local-7", "--files"]);
    assert!(page.contains("A page has no row for each file"), "{page}");
    let sample = text(folder.path(), &["--edition", "sample", "show", "nic-10891", "--files"]);
    assert!(sample.contains("period to 2017-11\n"), "{sample}");
}

#[test]
fn an_organisation_says_how_its_projects_were_reached() {
    let folder = tempfile::tempdir().unwrap();
    import(folder.path(), Path::new(FIXTURE));
    let shown = text(folder.path(), &["organisations", "lower marsh"]);
    let said = "the page's own count of files, over 3 projects, without what was used by system access; \
                projects by system access: 1 wholly, 0 partly";
    assert!(shown.contains(said), "{shown}");
    let found = json(folder.path(), &["organisations", "lower marsh", "--json"]);
    let one = &found["organisations"][0];
    assert_eq!(one["by_system_access"], value!({ "wholly": 1, "partly": 0, "not": 2, "not_stated": 0 }));
    assert_eq!((&one["files"], &one["projects_with_files"]), (&value!(14), &Value::Null));
    let folder = tempfile::tempdir().unwrap();
    import(folder.path(), &edition(folder.path()));
    let listed = text(folder.path(), &["organisations", "fenland"]);
    assert!(listed.contains("files sent under 1 of 1 project; projects by system access: 0 wholly"), "{listed}");
}

#[test]
fn a_page_quotes_once_what_rows_have_in_common_and_says_last_what_it_cannot_tell() {
    let folder = tempfile::tempdir().unwrap();
    import(folder.path(), &edition(folder.path()));
    let shown = text(folder.path(), &["show", "nic-1-aaaaa"]);
    let mixed = shown.split("mixed-opt-outs (").nth(1).unwrap();
    for part in
        ["Release, in datausesregister_september2026.xlsx, sheet DataReleases:\n", "in each row: ", "row 2: F1 | Yes\n"]
    {
        assert!(mixed.contains(part), "{part} is not in:\n{shown}");
    }
    // What misleads has a word beside it, in brackets and not as published.
    assert!(shown.contains("(the agreement's term, not proof of when data was used or destroyed)"), "{shown}");
    let places: Vec<usize> = ["\nConcerns (", "\nFacts\n", "\nTimeline\n", "\nObjectives\n", "\nCannot tell\n"]
        .iter()
        .map(|heading| shown.find(heading).unwrap_or_else(|| panic!("{heading} is not in:\n{shown}")))
        .collect();
    assert!(places.is_sorted(), "{shown}");
    assert!(shown.contains(" rules cannot tell; what they lack is said at the end."), "{shown}");
}
