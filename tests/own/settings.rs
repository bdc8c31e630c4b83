//! The user's own settings of the rules: what they change, where that is shown, and that no edition keeps it.

use std::fs;
use std::path::Path;

use crate::support::disk::contents;
use crate::support::program::{json, outflow_of};
use crate::support::stage::{keys, play_judged};
use crate::support::uses::{Agreement, write_edition};
use outflow::concerns::{RuleId, Settings, examine, examine_with};
use outflow::library::{Judging, Library, Named};
use serde_json::Value;

/// Two agreements of September 2026, whose other sections are short, beside an edition of August that lacks the second.
fn imported() -> (tempfile::TempDir, Library) {
    let folder = tempfile::tempdir().unwrap();
    let mut agreements = vec![
        Agreement::new("DARS-NIC-1-AAAAA-v1.0", "FENLAND TRUST"),
        Agreement::new("DARS-NIC-2-BBBBB-v1.0", "MARSH"),
    ];
    let library = Library::at(folder.path().join("library"));
    for month in ["september2026", "august2026"] {
        library.publish(&[write_edition(folder.path(), month, &agreements)], None, &mut |_| {}).unwrap();
        "It is asked for another reason. ".clone_into(&mut agreements[0].objectives);
    }
    (folder, library)
}

/// Settings by which no section is short, and births are of a group of people.
const SETTINGS: &str =
    "[thresholds]\nhardly-filled = 2\nmonthly-files = 12\n\n[vulnerable-groups]\nnewborn = [\"birth*\"]\n";

fn written(folder: &Path) -> String {
    let path = folder.join("mine.toml");
    fs::write(&path, SETTINGS).unwrap();
    path.to_str().unwrap().to_owned()
}

fn has(project: &Value, id: &str) -> bool {
    project["concerns"].as_array().unwrap().iter().any(|concern| concern["id"] == id)
}

#[test]
fn own_settings_replace_what_is_stored_everywhere_and_are_kept_in_no_edition() {
    let (folder, _) = imported();
    let before = contents(&folder.path().join("library"));
    let own = written(folder.path());
    let stored = json(folder.path(), &["show", "NIC-1-AAAAA", "--json"]);
    assert!(has(&stored, "empty-section") && !has(&stored, "vulnerable-groups"), "{stored:#}");
    assert!(has(&stored, "edited-in-place"), "what other editions say is there");
    assert_eq!(stored["own_settings"], serde_json::json!([]));
    let judged = json(folder.path(), &["show", "NIC-1-AAAAA", "--json", "--concern-settings", &own]);
    assert!(!has(&judged, "empty-section") && has(&judged, "vulnerable-groups"), "{judged:#}");
    assert!(has(&judged, "edited-in-place"), "what other editions say is there still");
    assert_eq!(judged["own_settings"][0]["key"], "thresholds.hardly-filled");
    // Lists, filters and counts go by them too.
    let settings = &["--concern-settings", own.as_str(), "--json"];
    let found = |query: &str| json(folder.path(), &[&["search", query], &settings[..]].concat());
    assert_eq!(found("concern:empty-section")["total"], 0);
    let projects = found("concern:vulnerable-groups");
    assert_eq!(projects["total"], 2);
    let listed = projects["projects"][0]["concerns"].as_array().unwrap();
    assert!(listed.contains(&"vulnerable-groups".into()) && !listed.contains(&"empty-section".into()), "{listed:?}");
    let report = json(folder.path(), &[&["concerns"], &settings[..]].concat());
    let counts = |id: &str| {
        let rules = report["concerns"].as_array().unwrap();
        rules.iter().find(|rule| rule["id"] == id).unwrap()["projects"].clone()
    };
    assert_eq!((counts("empty-section"), counts("vulnerable-groups")), (0.into(), 2.into()));
    assert_eq!(
        contents(&folder.path().join("library")),
        before,
        "an edition keeps what follows from the program alone"
    );
}

#[test]
fn the_settings_in_force_are_shown_and_whose_they_are() {
    let (folder, _) = imported();
    let plain = outflow_of(folder.path(), &["concerns"]);
    assert!(plain.stdout.trim_end().ends_with("Settings: those of the program"), "{}", plain.stdout);
    let rule = outflow_of(folder.path(), &["concerns", "empty-section"]);
    assert!(rule.stdout.contains("Setting thresholds.hardly-filled (the program's): 80\n"), "{}", rule.stdout);
    // Beside the other lists of the user.
    let own = folder.path().join("config/outflow/concerns.toml");
    fs::create_dir_all(own.parent().unwrap()).unwrap();
    fs::write(&own, SETTINGS).unwrap();
    let mine = outflow_of(folder.path(), &["concerns"]);
    let file = own.display();
    for line in [
        format!("Settings: {file}, and for the rest those of the program\n"),
        "  thresholds.hardly-filled = 2 (the program's: 80)\n".to_owned(),
        "  vulnerable-groups.newborn = birth* (the program's: none)\n".to_owned(),
    ] {
        assert!(mine.stdout.contains(&line), "{line} is not in {}", mine.stdout);
    }
    assert!(!mine.stdout.contains("monthly-files ="), "what says the same as the program changes nothing");
    let rule = outflow_of(folder.path(), &["concerns", "empty-section"]);
    assert!(rule.stdout.contains("thresholds.hardly-filled (yours; the program's: 80): 2\n"), "{}", rule.stdout);
    let report = json(folder.path(), &["concerns", "vulnerable-groups", "--json"]);
    assert_eq!(report["settings"]["changed"].as_array().unwrap().len(), 2);
    let groups = report["concerns"][0]["settings"].as_array().unwrap();
    let newborn = groups.iter().find(|setting| setting["key"] == "vulnerable-groups.newborn").unwrap();
    assert_eq!(
        (&newborn["value"], &newborn["yours"], &newborn["programs"]),
        (&"birth*".into(), &true.into(), &Value::Null)
    );
    let shown = outflow_of(folder.path(), &["show", "NIC-1-AAAAA"]);
    let said = "Found by your own settings: thresholds.hardly-filled, vulnerable-groups.newborn";
    assert!(shown.stdout.contains(said), "{}", shown.stdout);
}

#[test]
fn settings_with_a_fault_are_left_out_whole_and_all_their_faults_are_told() {
    let (folder, _) = imported();
    let own = folder.path().join("mine.toml");
    fs::write(&own, "[thresholds]\nhardly-filled = 2\nmonthly = 3\n[words]\nfuture = \"will\"\n").unwrap();
    let ran = outflow_of(folder.path(), &["concerns", "--concern-settings", own.to_str().unwrap()]);
    assert_eq!(ran.code, 0);
    for said in ["mine.toml, line 3: thresholds.monthly is not known", "line 5: words.future", "were not used"] {
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
    }
    assert!(ran.stdout.contains("Settings: those of the program"), "{}", ran.stdout);
}

#[test]
fn examining_anew_gives_what_an_import_by_these_settings_would_have_found() {
    let (_folder, library) = imported();
    let index = library.open(Some("2026-09")).unwrap().index;
    let register = index.register().unwrap();
    assert_eq!(register.projects.len(), 2);
    let stored: Vec<_> = (0..2).map(|at| index.record(outflow::index::ProjectId(at)).unwrap().findings).collect();
    assert_eq!(examine(&register).projects, stored);
    let settings = Settings::with(SETTINGS).unwrap();
    let anew = examine_with(&register, &settings);
    let found = |rule| anew.projects.iter().flat_map(|one| &one.concerns).filter(|one| one.rule == rule).count();
    assert_eq!((found(RuleId::EmptySection), found(RuleId::VulnerableGroups)), (0, 2));
}

#[test]
fn the_explorer_goes_by_them_too_and_says_so() {
    let (folder, library) = imported();
    let own = written(folder.path());
    let absent = folder.path().join("own");
    let named = Named { settings: Some(Path::new(&own)), own: Some(&absent), ..Named::default() };
    let (judging, faults) = Judging::of_user(named);
    let of_settings: Vec<&String> = faults.iter().filter(|fault| fault.contains("mine.toml")).collect();
    assert!(of_settings.is_empty(), "{of_settings:?}");
    let played = play_judged(&library, judging.clone(), (80, 24), keys("/concern:vulnerable-groups<Enter>"));
    assert_eq!(played.state.list.projects.len(), 2);
    assert!(
        played.text().contains("vulnerable-groups") && !played.text().contains("empty-section"),
        "{}",
        played.text()
    );
    let detail = play_judged(&library, judging, (80, 60), keys("<Enter>"));
    assert!(detail.text().contains("Found by your own settings: thresholds.hardly-filled"), "{}", detail.text());
    let plain = play_judged(&library, Judging::default(), (80, 60), keys("<Enter>"));
    assert!(!plain.text().contains("your own settings"), "{}", plain.text());
}
