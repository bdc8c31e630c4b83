//! The real binary on a library of several editions: what is said of an edition as a whole, and a project's history.

use std::path::Path;

use crate::support::editions;
use crate::support::program::{json, outflow_of};
use crate::support::uses;
use crate::support::uses::{Agreement, write_edition};
use serde_json::Value;

fn text(folder: &Path, arguments: &[&str]) -> String {
    outflow_of(folder, arguments).text()
}

/// Two editions between which two names read otherwise in several entries, and no entry was edited by itself.
fn renamed(folder: &Path) {
    let named = |names: [&str; 4]| -> Vec<Agreement> {
        let numbered = names.into_iter().zip(["1-AAAAA", "2-BBBBB", "3-CCCCC", "4-DDDDD"]);
        numbered
            .map(|(name, number)| Agreement {
                controllers: "FENLAND BOARD".to_owned(),
                ..Agreement::new(&format!("DARS-NIC-{number}-v1.0"), name)
            })
            .collect()
    };
    let library = outflow::library::Library::at(folder.join("library"));
    let before = named(["EVENFIELD", "EVENFIELD", "OLD MILL", "OLD MILL"]);
    let after = named(["ODDFIELD", "ODDFIELD", "NEW MILL", "NEW MILL"]);
    for (month, agreements) in [("august2026", before), ("september2026", after)] {
        library.publish(&[write_edition(folder, month, &agreements)], None, &mut |_| {}).unwrap();
    }
}

#[test]
fn all_that_is_said_of_an_edition_is_printed_with_what_it_does_not_prove() {
    let folder = tempfile::tempdir().unwrap();
    renamed(folder.path());
    let report = json(folder.path(), &["concerns", "edited-in-place", "--json"]);
    let rule = &report["concerns"][0];
    let notes = rule["edition_notes"].as_array().unwrap();
    assert_eq!(notes.len(), 2);
    assert_eq!(rule["edition_note"], notes[0]["statement"]);
    for note in notes {
        assert!(note["statement"].is_string() && note["caveat"].is_string() && note["references"].is_array(), "{note}");
    }
    for arguments in [&["concerns"][..], &["concerns", "edited-in-place"]] {
        let printed = text(folder.path(), arguments);
        let lines: Vec<&str> = printed.lines().map(str::trim).collect();
        for note in notes {
            let at = lines.iter().position(|line| note["statement"] == **line).expect("a finding is not printed");
            assert_eq!(lines[at + 1], format!("But: {}", note["caveat"].as_str().unwrap()), "{printed}");
        }
    }
    let quiet = json(folder.path(), &["concerns", "--json"]);
    let commercial = quiet["concerns"].as_array().unwrap().iter().find(|rule| rule["id"] == "commercial").unwrap();
    assert_eq!(commercial["edition_notes"], Value::Array(Vec::new()));
    assert!(commercial.get("edition_note").is_none());
}

#[test]
fn what_is_said_of_the_edition_alone_is_found_too() {
    let folder = tempfile::tempdir().unwrap();
    editions::library(folder.path());
    // What left the register stands on no project of the newer edition.
    let departed = json(folder.path(), &["concerns", "removed-from-register", "--json"]);
    assert_eq!(departed["matches"], Value::Array(Vec::new()));
    assert_eq!(departed["concerns"][0]["edition_notes"][0]["references"][0], "DARS-NIC-3-CCCCC");
    assert_eq!(outflow_of(folder.path(), &["concerns", "removed-from-register"]).code, 0);
    // Nothing is said by a rule that found nothing.
    assert_eq!(outflow_of(folder.path(), &["concerns", "commercial"]).code, 1);
}

#[test]
fn a_history_is_one_json_value() {
    let folder = tempfile::tempdir().unwrap();
    editions::library(folder.path());
    let history = json(folder.path(), &["show", "NIC-1-AAAAA", "--history", "--json"]);
    assert_eq!((&history["reference"], &history["edition"]), (&"DARS-NIC-1-AAAAA".into(), &"2026-09".into()));
    let editions = history["editions"].as_array().unwrap();
    let steps: Vec<_> = editions.iter().map(|edition| (&edition["edition"], &edition["step"])).collect();
    assert_eq!(steps, [(&"2026-08".into(), &"first".into()), (&"2026-09".into(), &"changed".into())]);
    assert_eq!((&editions[0]["date"], &editions[0]["versions"]), (&"2026-08".into(), &1.into()));
    assert_eq!((&editions[0]["changes"], &editions[1]["versions"]), (&Value::Null, &Value::Null));
    let changes = editions[1]["changes"].as_array().unwrap();
    let kinds: Vec<_> = changes.iter().map(|change| (&change["reference"], &change["change"])).collect();
    assert_eq!(
        kinds,
        [(&"DARS-NIC-1-AAAAA-v1.0".into(), &"amended".into()), (&"DARS-NIC-1-AAAAA-v2.0".into(), &"added".into())]
    );
    let end = changes[0]["fields"].as_array().unwrap().iter().find(|field| field["field"] == "end").unwrap();
    assert_eq!((&end["before"], &end["after"]), (&"2030-01-31".into(), &"2031-01-31".into()));
    assert_eq!(changes[1]["files_added"].as_array().unwrap().len(), 1);
    let pair = &history["versions"][0];
    assert_eq!((&pair["from"], &pair["to"]), (&"DARS-NIC-1-AAAAA-v1.0".into(), &"DARS-NIC-1-AAAAA-v2.0".into()));
    let fields = pair["fields"].as_array().unwrap();
    let has_key = |field: &Value, key: &str| field.as_object().unwrap().contains_key(key);
    let is_whole = |field: &Value| ["field", "before", "after"].iter().all(|key| has_key(field, key));
    assert!(!fields.is_empty() && fields.iter().all(is_whole), "{fields:?}");
    // A value of a row of a file is told with both sides.
    let altered = json(folder.path(), &["show", "NIC-2-BBBBB", "--history", "--json"]);
    let files = &altered["editions"][1]["changes"][0]["fields"][0];
    assert_eq!(files["field"], "files");
    assert!(files["before"].as_str().unwrap().contains("No") && files["after"].as_str().unwrap().contains("Yes"));
}

#[test]
fn what_moved_what_is_there_twice_and_what_a_file_lacks_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let library = outflow::library::Library::at(folder.path().join("library"));
    let one = |reference: &str| Agreement::new(reference, "FENLAND TRUST");
    let before = vec![one("DARS-NIC-1-AAAAA-v1.0").file("F1", "Yes", "May-26"), one("DARS-NIC-2-BBBBB-v1.0")];
    let mut after = vec![one("DARS-NIC-1-AAAAA-v2.0").file("F1", "Yes", "May-26")];
    after.extend([one("DARS-NIC-2-BBBBB-v1.0"), one("DARS-NIC-2-BBBBB-v1.0")]);
    for (month, agreements) in [("june2026", &before), ("july2026", &after)] {
        library.publish(&[write_edition(folder.path(), month, agreements)], None, &mut |_| {}).unwrap();
    }
    let without = uses::write_edition_without(folder.path(), "august2026", &after, Some("DataReleases"));
    library.publish(&[without], None, &mut |_| {}).unwrap();

    let report = json(folder.path(), &["changes", "2026-06", "2026-07", "--json"]);
    let moved = serde_json::json!([
        { "reference": "DARS-NIC-1-AAAAA-v2.0", "from": "DARS-NIC-1-AAAAA-v1.0", "files": 1 }
    ]);
    assert_eq!(report["files_moved"], moved);
    let recounted = serde_json::json!([{ "reference": "DARS-NIC-2-BBBBB-v1.0", "before": 1, "after": 2 }]);
    assert_eq!(report["recounted"], recounted);
    assert_eq!((&report["files_added"], &report["files_removed"]), (&serde_json::json!([]), &serde_json::json!([])));
    assert_eq!(report["note"], Value::Null);
    // The file of a version that left is not listed a second time, as one that its own entry lost.
    let printed = text(folder.path(), &["changes", "2026-06", "2026-07"]);
    assert!(!printed.contains("no longer listed"), "{printed}");

    let ran = outflow_of(folder.path(), &["changes", "2026-07", "2026-08", "--json"]);
    let report = ran.json();
    assert_eq!(report["note"], "what a file lacks is not compared: 2026-08 (sheet datareleases)");
    assert_eq!(ran.code, 1);
}
