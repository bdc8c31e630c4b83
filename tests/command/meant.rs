//! What is answered to somebody who uses the program for the first time: what was probably meant, and what comes next.

use crate::support::disk::FIXTURE;
use crate::support::editions::library;
use crate::support::program::{each_says, json, outflow_of};

#[test]
fn a_first_word_that_is_no_command_is_told_what_was_probably_meant() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("register.xlsx");
    std::fs::write(&file, "").unwrap();
    let file = file.to_str().unwrap();
    let asked = [
        (vec!["insurance", "claims"], 2, "to search for it: outflow search insurance claims"),
        (vec![file], 2, "to read that file: outflow import "),
        (vec!["help"], 2, "`outflow --help` lists the commands"),
    ];
    each_says(folder.path(), &asked);
    let known = outflow_of(folder.path(), &["show"]);
    assert!(known.code == 2 && !known.stderr.contains("to search for it"), "{}", known.stderr);
}

#[test]
fn an_import_says_what_opens_and_what_its_files_do_not_tell() {
    let folder = tempfile::tempdir().unwrap();
    let first = outflow_of(folder.path(), &["import", FIXTURE, "--edition", "first"]);
    assert!(first.stdout.ends_with("`outflow` opens it\n"), "{}", first.stdout);
    // A page tells of no file whether opt-outs were applied: a nought would say that none were.
    assert!(!first.stdout.contains("rows with opt-outs"), "{}", first.stdout);
    assert!(first.stdout.contains("a page lists no file by itself"), "{}", first.stdout);
    let chosen = outflow_of(folder.path(), &["editions", "--use", "first"]);
    assert!(chosen.stdout.contains("1 organisation, "), "{}", chosen.stdout);
    let second = outflow_of(folder.path(), &["import", FIXTURE, "--edition", "second"]);
    assert!(
        second.stdout.ends_with(
            "`outflow --edition second` opens it; `outflow` alone opens first, until `outflow editions --use second`\n"
        ),
        "{}",
        second.stdout
    );
}

#[test]
fn a_file_that_is_not_there_is_sought_under_a_name_that_is_nearly_so() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("Release-2017.xlsx"), "").unwrap();
    let mistyped = folder.path().join("relaese-2017.xlsx");
    let far = folder.path().join("other.xlsx");
    let asked = [
        (vec!["import", mistyped.to_str().unwrap()], 2, "no such file; there is one named \"Release-2017.xlsx\""),
        (vec!["import", far.to_str().unwrap()], 2, "No such file"),
        (vec!["import", "https://example.org/page"], 2, "nothing is fetched; save it from your browser"),
    ];
    each_says(folder.path(), &asked);
}

#[test]
fn a_search_that_finds_nothing_says_which_other_editions_have_it() {
    let folder = tempfile::tempdir().unwrap();
    library(folder.path());
    let search = |words: &[&str]| outflow_of(folder.path(), &[&["search"], words].concat());
    let other = search(&["org:evenfield"]);
    assert_eq!((other.code, other.stdout.as_str()), (1, ""));
    let told = "found in 2026-08 (2 projects); --edition NAME searches another\n";
    assert!(other.stderr.ends_with(told), "{}", other.stderr);
    assert!(search(&["org:evenfield", "--edition", "2026-08"]).stdout.contains("2 projects"));
    let nowhere = search(&["xyzzyx"]);
    assert!(nowhere.stderr.ends_with("nothing in 2026-08 either\n"), "{}", nowhere.stderr);
    let unsure = search(&["mine:bookmarked"]);
    assert!(unsure.stderr.ends_with("not looked in: 2026-08; --edition NAME searches another\n"), "{}", unsure.stderr);
    let exported = outflow_of(folder.path(), &["export", "org:evenfield"]);
    assert_eq!((exported.code, exported.stdout.as_str()), (1, ""));
    assert!(exported.stderr.ends_with(told), "{}", exported.stderr);
    let none_wanted = outflow_of(folder.path(), &["export", "fenland", "--limit", "0"]);
    assert!(none_wanted.code == 1 && !none_wanted.stderr.contains("2026-08"), "{}", none_wanted.stderr);
    let found = search(&["fenland"]);
    assert!(!found.stderr.contains("2026-08"), "{}", found.stderr);
    let json = |words: &[&str]| {
        let json = json(folder.path(), &[&["search", "--json"], words].concat());
        (json["elsewhere"].clone(), json["not_looked_in"].clone())
    };
    let other = serde_json::json!([{ "edition": "2026-08", "projects": 2 }]);
    assert_eq!(json(&["org:evenfield"]), (other, serde_json::json!([])));
    assert_eq!(json(&["mine:bookmarked"]), (serde_json::json!([]), serde_json::json!(["2026-08"])));
}
