//! Saved searches on the command line: what is kept of them and where, and what is told as new since the last visit.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Stdio;
use std::thread;

use crate::support::program::{Ran, json, outflow_of};
use crate::support::uses::publish_named;
use assert_cmd::cargo::CommandCargoExt;
use outflow::index::Sort;
use outflow::library::saved::{save, see};
use outflow::library::{Library, Own, SavedSearch, SearchName};
use serde_json::Value;

/// One agreement in September; one more in October, and another one that no search of these tests finds.
fn imported() -> (tempfile::TempDir, Library) {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::at(folder.path().join("library"));
    publish_named(folder.path(), &library, "september2026", &[("DARS-NIC-1-AAAAA-v1.0", "FENLAND TRUST")]);
    (folder, library)
}

fn october(folder: &Path, library: &Library) {
    // The first entry stands under a later version, and is the same project.
    let entries = [
        ("DARS-NIC-1-AAAAA-v2.0", "FENLAND TRUST"),
        ("DARS-NIC-2-BBBBB-v1.0", "FENLAND COLLEGE"),
        ("DARS-NIC-3-CCCCC-v1.0", "MARSH COLLEGE"),
    ];
    publish_named(folder, library, "october2026", &entries);
}

fn saved(folder: &Path) -> Ran {
    outflow_of(folder, &["search", "org:fenland", "--save", " my\nbeds ", "--sort", "organisation"])
}

fn kept(folder: &Path) -> String {
    fs::read_to_string(folder.join("own/searches.json")).unwrap()
}

fn one(report: &Value) -> &Value {
    let searches = report["searches"].as_array().unwrap();
    assert_eq!(searches.len(), 1, "{report}");
    &searches[0]
}

#[test]
fn a_search_is_saved_beside_what_it_prints_and_nothing_of_it_is_new() {
    let (folder, _) = imported();
    let folder = folder.path();
    let plain = outflow_of(folder, &["search", "org:fenland", "--sort", "organisation"]);
    let ran = saved(folder);
    assert_eq!((ran.code, &ran.stdout), (0, &plain.stdout));
    assert_eq!(ran.stderr, "saved as \"my beds\"; `outflow watch` tells what is new from now on\n");
    let file: Value = serde_json::from_str(&kept(folder)).unwrap();
    let seen = serde_json::json!({"edition": "2026-09", "projects": ["nic-1-aaaaa"]});
    let expected = serde_json::json!({"name": "my beds", "query": "org:fenland", "sort": "organisation", "seen": seen});
    assert_eq!((&file["schema"], &file["searches"][0]), (&1.into(), &expected));
    let mode = fs::metadata(folder.join("own/searches.json")).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o600);
    let listed = outflow_of(folder, &["searches"]);
    assert_eq!(listed.code, 0);
    assert_eq!(listed.stdout, "my beds\n  org:fenland\n  1 project in edition 2026-09, 0 new since edition 2026-09\n");
    let nothing = outflow_of(folder, &["watch"]);
    assert_eq!((nothing.code, nothing.stdout.as_str(), nothing.stderr.as_str()), (1, "", ""));
    // One that finds nothing is saved too: something can come.
    let empty = outflow_of(folder, &["search", "zebra", "--save", "zebras"]);
    assert_eq!(empty.code, 1);
    assert_eq!(json(folder, &["searches", "--json"])["searches"][1]["found"], 0);
    // One without words finds every project, now and later.
    outflow_of(folder, &["search", "", "--save", "all"]);
    assert!(outflow_of(folder, &["searches"]).stdout.contains("all\n  every project\n  1 project in"));
}

#[test]
fn a_project_of_the_next_edition_is_new_until_it_was_told() {
    let (folder, library) = imported();
    saved(folder.path());
    october(folder.path(), &library);
    let folder = folder.path();
    let report = json(folder, &["searches", "--json"]);
    let search = one(&report);
    assert_eq!((&report["edition"], &search["found"], &search["new"]), (&"2026-10".into(), &2.into(), &1.into()));
    assert_eq!((&search["since"], &search["trouble"]), (&"2026-09".into(), &Value::Null));
    // Listing them is no visit, and one can look without being seen to.
    let before = kept(folder);
    let looked = outflow_of(folder, &["watch", "--keep"]);
    assert_eq!((looked.code, kept(folder)), (0, before));
    let report = json(folder, &["watch", "--json"]);
    let new = &one(&report)["new"];
    assert_eq!((new.as_array().unwrap().len(), &new[0]["reference"]), (1, &"DARS-NIC-2-BBBBB".into()));
    assert_eq!((&new[0]["organisation"], &new[0]["title"]), (&"FENLAND COLLEGE".into(), &"Beds".into()));
    assert!(kept(folder).contains("nic-2-bbbbb") && kept(folder).contains("2026-10"));
    let again = outflow_of(folder, &["watch", "--json"]);
    assert_eq!(again.code, 1);
    let none: Value = serde_json::from_str(&again.stdout).unwrap();
    assert_eq!(none, serde_json::json!({"edition": "2026-10", "searches": []}));
    // What it told to people is the same, with the marks of the concerns and the credit of the register.
    let marks = json(folder, &["search", "ref:BBBBB", "--json"])["projects"][0]["concerns"][0].clone();
    for said in [
        "my beds: org:fenland\n1 project new since edition 2026-09; 2 projects in edition 2026-10\n",
        "\nDARS-NIC-2-BBBBB  Beds\n  FENLAND COLLEGE\n",
        marks.as_str().unwrap(),
        "Open Government Licence",
    ] {
        assert!(looked.stdout.contains(said), "{said} is not in {}", looked.stdout);
    }
    assert!(!looked.stdout.contains("AAAAA") && !looked.stdout.contains("CCCCC"), "{}", looked.stdout);
}

#[test]
fn news_that_nobody_could_read_stays_new() {
    let (folder, library) = imported();
    saved(folder.path());
    october(folder.path(), &library);
    let before = kept(folder.path());
    // The reader is gone before anything is printed.
    let mut command = std::process::Command::cargo_bin("outflow").unwrap();
    command.env_clear().env("OUTFLOW_LIBRARY", folder.path().join("library"));
    command.env("XDG_CONFIG_HOME", folder.path().join("config")).env("OUTFLOW_OWN", folder.path().join("own"));
    let mut running = command.arg("watch").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    drop(running.stdout.take());
    running.wait().unwrap();
    assert_eq!(kept(folder.path()), before);
}

#[test]
fn a_name_stands_for_one_search_and_is_removed_by_it() {
    let (folder, _) = imported();
    let folder = folder.path();
    saved(folder);
    let replaced = outflow_of(folder, &["search", "--save", "MY BEDS", "births"]);
    assert!(replaced.stderr.contains("that name stood for another search before: org:fenland"), "{}", replaced.stderr);
    let report = json(folder, &["searches", "--json"]);
    assert_eq!((&one(&report)["name"], &one(&report)["query"]), (&"MY BEDS".into(), &"births".into()));
    let removed = outflow_of(folder, &["searches", "--remove", "my beds"]);
    assert_eq!((removed.code, removed.stdout.as_str()), (0, "MY BEDS\n  no longer saved; its query was: births\n"));
    let twice = outflow_of(folder, &["searches", "--remove", "my beds", "--json"]);
    assert_eq!(twice.code, 1);
    assert_eq!(serde_json::from_str::<Value>(&twice.stdout).unwrap()["removed"], Value::Null);
    for command in ["searches", "watch"] {
        let nothing = outflow_of(folder, &[command]);
        assert_eq!((nothing.code, nothing.stdout.as_str()), (1, ""));
        assert!(nothing.stderr.contains("you have saved no search"), "{}", nothing.stderr);
    }
}

#[test]
fn what_cannot_be_read_as_written_is_not_saved() {
    let (folder, _) = imported();
    let folder = folder.path();
    let long = "x".repeat(81);
    for (arguments, said) in [
        (["search", "births", "--save", " "], "a saved search needs a name"),
        (["search", "births", "--save", &long], "has 81 characters"),
        (["search", "concern:no-such-rule", "--save", "beds"], "the search was not saved, because it cannot be read"),
    ] {
        let ran = outflow_of(folder, &arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(said), "{arguments:?}: {}", ran.stderr);
    }
    assert!(!folder.join("own").exists(), "what is refused writes nothing");
}

#[test]
fn a_query_that_can_no_longer_be_read_is_told_and_forgets_nothing() {
    let (folder, library) = imported();
    let folder = folder.path();
    saved(folder);
    let gone = kept(folder).replace("\"org:fenland\"", "\"concern:old-rule OR org:fenland\"");
    fs::write(folder.join("own/searches.json"), &gone).unwrap();
    october(folder, &library);
    let ran = outflow_of(folder, &["watch"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "whether anything is new is not known");
    assert!(ran.stderr.contains("\"my beds\" cannot be read as written"), "{}", ran.stderr);
    assert!(ran.stderr.contains("old-rule"), "{}", ran.stderr);
    assert_eq!(kept(folder), gone);
    assert!(outflow_of(folder, &["searches"]).stdout.contains("It cannot be read as written: "));
    // Beside it another one has news, which is told.
    outflow_of(folder, &["search", "org:marsh", "--save", "marsh", "--edition", "2026-09"]);
    let report = outflow_of(folder, &["watch", "--json"]);
    assert_eq!(report.code, 0);
    let searches: Value = serde_json::from_str(&report.stdout).unwrap();
    assert!(searches["searches"][0]["trouble"].is_string() && searches["searches"][0]["new"] == serde_json::json!([]));
    assert_eq!(searches["searches"][1]["new"][0]["reference"], "DARS-NIC-3-CCCCC");
}

#[test]
fn a_file_that_cannot_be_used_costs_a_sentence_and_is_left_as_it_is() {
    let (folder, _) = imported();
    let folder = folder.path();
    let own = folder.join("own");
    let file = own.join("searches.json");
    fs::create_dir(&own).unwrap();
    for (text, said) in [
        ("{", "is damaged"),
        ("{\"schema\": 1, \"searches\": [{\"name\": 1}]}", "is damaged"),
        ("{\"schema\": 2, \"folders\": []}", "was written by a newer version"),
    ] {
        fs::write(&file, text).unwrap();
        for arguments in [vec!["searches"], vec!["watch"], vec!["search", "births", "--save", "beds"]] {
            let ran = outflow_of(folder, &arguments);
            assert_eq!(ran.code, 2, "{arguments:?}");
            assert!(ran.stderr.contains(said) && ran.stderr.contains("searches.json"), "{}", ran.stderr);
            assert_eq!(fs::read_to_string(&file).unwrap(), text);
        }
    }
    let elsewhere = folder.join("elsewhere.json");
    fs::write(&elsewhere, "{\"schema\": 1, \"searches\": []}").unwrap();
    fs::remove_file(&file).unwrap();
    symlink(&elsewhere, &file).unwrap();
    let linked = saved(folder);
    assert!(linked.code == 2 && linked.stderr.contains("is a symbolic link"), "{}", linked.stderr);
    assert_eq!(fs::read_to_string(&elsewhere).unwrap(), "{\"schema\": 1, \"searches\": []}");
}

#[test]
fn writers_at_the_same_time_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let own = Own::at(folder.path().join("own"));
    let search = |name: &str| SavedSearch::new(&SearchName::new(name).unwrap(), "births", Sort::Relevance);
    own.change_searches(|all| drop(save(all, search("first")))).unwrap();
    thread::scope(|scope| {
        for writer in 0..4 {
            let own = own.clone();
            scope.spawn(move || {
                for number in 0..10 {
                    own.change_searches(|all| drop(save(all, search(&format!("{writer}-{number}"))))).unwrap();
                    own.change_searches(|all| see(all, &search("first"))).unwrap();
                    own.remember_query(&format!("{writer} {number}")).unwrap();
                }
            });
        }
    });
    assert_eq!((own.searches().unwrap().len(), own.queries().unwrap().len()), (41, 40));
}
