//! Dismissing a concern: on the command line and in the explorer, what is kept of it and where, and when it counts again.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::thread;

use crate::support::own::judging;
use crate::support::program::{Ran, each_says, json, outflow_of};
use crate::support::stage::{Played, keys, play_judged};
use crate::support::uses::{Agreement, write_edition};
use assert_cmd::Command;
use outflow::explorer::actions::Place;
use outflow::explorer::message::{Effect, Message};
use outflow::explorer::state::Spot;
use outflow::library::{Judging, Library, Own};
use serde_json::Value;

/// Two agreements with files to which opt-outs were not applied; the first has a file more in October.
fn imported() -> (tempfile::TempDir, Library) {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::at(folder.path().join("library"));
    import(folder.path(), &library, "september2026", &["F1"]);
    (folder, library)
}

fn import(folder: &Path, library: &Library, month: &str, files: &[&str]) {
    let mut first = Agreement::new("DARS-NIC-1-AAAAA-v1.0", "FENLAND TRUST");
    for id in files {
        first = first.file(id, "No", "Jul-26");
    }
    let second = Agreement::new("DARS-NIC-2-BBBBB-v1.0", "MARSH COLLEGE").file("F9", "No", "Jul-26");
    library.publish(&[write_edition(folder, month, &[first, second])], None, &mut |_| {}).unwrap();
}

/// Another rule finds something in every project that has files, and stands after this one.
const RULE: &str = "opt-outs-not-applied";

fn dismissed(folder: &Path) -> Ran {
    outflow_of(folder, &["dismiss", "nic-1-aaaaa", RULE, "--reason", "  as agreed\nwith them "])
}

fn shown(folder: &Path, arguments: &[&str]) -> (Vec<String>, Value) {
    let project = json(folder, &[&["show", "NIC-1-AAAAA", "--json"], arguments].concat());
    let concerns = project["concerns"].as_array().unwrap();
    let ids = concerns.iter().map(|concern| concern["id"].as_str().unwrap().to_owned()).collect();
    (ids, concerns.iter().find(|concern| concern["id"] == RULE).unwrap().clone())
}

#[test]
fn a_dismissed_concern_is_shown_last_with_its_reason_and_no_longer_counts() {
    let (folder, _) = imported();
    let folder = folder.path();
    let (before, open) = shown(folder, &[]);
    assert_ne!(before.last().map(String::as_str), Some(RULE), "the test needs a concern after it");
    assert_eq!(open["dismissed"], Value::Null);
    let ran = dismissed(folder);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert!(
        ran.stdout.contains("DARS-NIC-1-AAAAA  opt-outs-not-applied") && ran.stdout.contains("as agreed with them")
    );
    let (after, concern) = shown(folder, &[]);
    assert_eq!((after.len(), after.last().map(String::as_str)), (before.len(), Some(RULE)));
    let dismissal = &concern["dismissed"];
    assert_eq!((&dismissal["state"], &dismissal["reason"]), (&"dismissed".into(), &"as agreed with them".into()));
    assert_eq!((&dismissal["edition"], &dismissal["statement"]), (&"2026-09".into(), &concern["statement"]));
    let page = outflow_of(folder, &["show", "NIC-1-AAAAA"]).stdout;
    for said in
        [&format!("Concerns ({}, and 1 that you dismissed)", before.len() - 1), "; dismissed)", "Dismissed by you on "]
    {
        assert!(page.contains(said), "{said} is not in {page}");
    }
    // The list leaves it out of its marks, the query finds it still, and the counts say how many of them are dismissed.
    let found = json(folder, &["search", &format!("concern:{RULE}"), "--json"]);
    assert_eq!(found["total"], 2);
    let marks = |at: usize| found["projects"][at]["concerns"].as_array().unwrap().contains(&RULE.into());
    assert_eq!((marks(0), marks(1)), (false, true));
    let report = json(folder, &["concerns", RULE, "--json"]);
    let rule = &report["concerns"][0];
    assert_eq!((&rule["projects"], &rule["findings"], &rule["dismissed"]), (&2.into(), &2.into(), &1.into()));
    let matches = report["matches"].as_array().unwrap();
    assert_eq!((&matches[0]["reference"], matches.len()), (&"DARS-NIC-2-BBBBB".into(), 2));
    assert!(outflow_of(folder, &["concerns"]).stdout.contains("dismissed by you, of these: 1"));
    assert!(outflow_of(folder, &["concerns", RULE]).stdout.contains("dismissed by you, of these findings: 1"));
}

#[test]
fn what_is_dismissed_is_listed_and_brought_back() {
    let (folder, _) = imported();
    let folder = folder.path();
    let nothing = outflow_of(folder, &["dismiss"]);
    assert_eq!((nothing.code, nothing.stdout.as_str()), (1, ""));
    assert!(nothing.stderr.contains("you have dismissed nothing"), "{}", nothing.stderr);
    assert_eq!(json(folder, &["dismiss", "--json"])["dismissed"], serde_json::json!([]));
    dismissed(folder);
    let report = json(folder, &["dismiss", "--json"]);
    let one = &report["dismissed"][0];
    assert_eq!(
        (&one["reference"], &one["id"], &one["state"]),
        (&"DARS-NIC-1-AAAAA".into(), &RULE.into(), &"dismissed".into())
    );
    assert_eq!(one["statement"], one["statement_now"]);
    let listed = outflow_of(folder, &["dismiss"]);
    assert!(listed.code == 0 && listed.stdout.contains(": as agreed with them"), "{}", listed.stdout);
    // Dismissed once more it has another reason, and stands there once.
    assert_eq!(outflow_of(folder, &["dismiss", "NIC-1-AAAAA", RULE, "--reason", "known"]).code, 0);
    let again = json(folder, &["dismiss", "--json"]);
    assert_eq!((again["dismissed"].as_array().unwrap().len(), &again["dismissed"][0]["reason"]), (1, &"known".into()));
    // What another edition does not have is told, and can be brought back there.
    let sample = json(folder, &["dismiss", "--json", "--edition", "sample"]);
    assert_eq!(
        (&sample["dismissed"][0]["state"], &sample["dismissed"][0]["statement_now"]),
        (&"not-found".into(), &Value::Null)
    );
    let undone = outflow_of(folder, &["dismiss", "--undo", "nic-1", RULE]);
    assert!(undone.code == 0 && undone.stdout.contains("no longer dismissed"), "{}", undone.stdout);
    assert_eq!(shown(folder, &[]).1["dismissed"], Value::Null);
    let twice = outflow_of(folder, &["dismiss", "--undo", "NIC-1-AAAAA", RULE]);
    assert_eq!((twice.code, twice.stdout.as_str()), (1, ""));
    assert!(twice.stderr.contains("is not dismissed"), "{}", twice.stderr);
}

#[test]
fn what_cannot_be_dismissed_is_refused_with_the_reason() {
    let (folder, _) = imported();
    let folder = folder.path();
    let long = "x".repeat(1_001);
    let refused = [
        (vec!["dismiss", "NIC-1-AAAAA", "commercial", "--reason", "r"], 2, "DARS-NIC-1-AAAAA does not have commercial"),
        (vec!["dismiss", "NIC-1-AAAAA", "audit-finding", "--reason", "r"], 2, "cannot be told"),
        (vec!["dismiss", "NIC-1-AAAAA", "no-such-rule", "--reason", "r"], 2, "there is no concern \"no-such-rule\""),
        (vec!["dismiss", "NIC-1-AAAAA", RULE], 2, "say why: a dismissal needs a reason; write it as --reason TEXT"),
        (vec!["dismiss", "NIC-1-AAAAA", RULE, "--reason", " "], 2, "needs a reason"),
        (vec!["dismiss", "NIC-1-AAAAA", RULE, "--reason", &long], 2, "has 1001 characters"),
        (vec!["dismiss", "NIC-1-AAAAA", RULE, "--reason", "r", "--finding", "2"], 2, "no number 2 among 1 findings"),
        (vec!["dismiss", "NIC-1-AAAAA", RULE, "--reason", "r", "--finding", "0"], 2, "no number 0"),
        (vec!["dismiss", "NIC-7", RULE, "--reason", "r"], 1, "no project NIC-7"),
        (vec!["dismiss", "NIC-1-AAAAA"], 2, "CONCERN"),
        (vec!["dismiss", "--undo"], 2, "REFERENCE"),
        (vec!["dismiss", "--undo", "NIC-1-AAAAA", "no-such-rule"], 2, "there is no concern"),
    ];
    each_says(folder, &refused);
    assert!(!folder.join("own").exists(), "what is refused writes nothing");
}

#[test]
fn a_dismissal_outlives_the_edition_and_ends_with_what_it_was_about() {
    let (folder, library) = imported();
    dismissed(folder.path());
    // The next edition says the same, in other rows.
    import(folder.path(), &library, "october2026", &["F1"]);
    let (_, same) = shown(folder.path(), &[]);
    assert_eq!(same["dismissed"]["state"], "dismissed");
    // The one after it lists a file more.
    import(folder.path(), &library, "november2026", &["F1", "F2"]);
    let (ids, changed) = shown(folder.path(), &[]);
    assert_eq!(changed["dismissed"]["state"], "changed");
    assert_ne!(changed["dismissed"]["statement"], changed["statement"]);
    assert_ne!(ids.last().map(String::as_str), Some(RULE), "it counts again");
    let page = outflow_of(folder.path(), &["show", "NIC-1-AAAAA"]).stdout;
    assert!(
        page.contains("Changed since you dismissed it on ") && page.contains("when it read: The register says"),
        "{page}"
    );
    assert_eq!(json(folder.path(), &["concerns", RULE, "--json"])["concerns"][0]["dismissed"], 0);
    let listed = outflow_of(folder.path(), &["dismiss"]).stdout;
    assert!(
        listed.contains("It counts again, having changed since. In edition 2026-11: The register says"),
        "{listed}"
    );
    // The older edition reads as it did.
    assert_eq!(shown(folder.path(), &["--edition", "2026-09"]).1["dismissed"]["state"], "dismissed");
    // Dismissed anew, it stands there once.
    dismissed(folder.path());
    assert_eq!(json(folder.path(), &["dismiss", "--json"])["dismissed"].as_array().unwrap().len(), 1);
    assert_eq!(shown(folder.path(), &[]).1["dismissed"]["state"], "dismissed");
}

#[test]
fn the_same_sentence_with_other_proof_counts_again() {
    let (folder, library) = imported();
    dismissed(folder.path());
    import(folder.path(), &library, "october2026", &["F8"]);
    let (_, changed) = shown(folder.path(), &[]);
    assert_eq!(
        (&changed["dismissed"]["state"], &changed["dismissed"]["statement"]),
        (&"changed".into(), &changed["statement"])
    );
    let page = outflow_of(folder.path(), &["show", "NIC-1-AAAAA"]).stdout;
    assert!(page.contains("what proves it, or how much it weighs, is not the same"), "{page}");
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn what_is_dismissed_is_the_users_own_and_stands_in_no_library() {
    let (folder, _) = imported();
    dismissed(folder.path());
    let own = folder.path().join("own");
    assert_eq!((mode(&own), mode(&own.join("dismissed.json"))), (0o700, 0o600));
    let left: Vec<PathBuf> = fs::read_dir(&own).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(left.len(), 2, "the file and its lock: {left:?}");
    let inside = Command::new("grep").args(["-rl", "as agreed"]).arg(folder.path().join("library")).output().unwrap();
    assert!(inside.stdout.is_empty());
    // Without a folder named it stands beside the library of the user's data folder.
    let data = folder.path().join("data");
    let mut command = Command::cargo_bin("outflow").unwrap();
    command.env_clear().env("XDG_DATA_HOME", &data).env("XDG_CONFIG_HOME", folder.path().join("config"));
    command.args(["dismiss", "38002", RULE, "--reason", "r"]).assert().code(1);
    let mut command = Command::cargo_bin("outflow").unwrap();
    command.env_clear().env("XDG_DATA_HOME", &data).env("XDG_CONFIG_HOME", folder.path().join("config"));
    command.args(["dismiss", "NIC-38002-S3K0V", "mixed-opt-outs", "--reason", "r"]).assert().code(0);
    assert!(data.join("outflow/own/dismissed.json").is_file());
    assert_ne!(mode(&data.join("outflow")), 0o700, "others can reach the library beside it");
}

#[test]
fn a_folder_that_cannot_be_used_costs_a_sentence_and_is_left_as_it_is() {
    let (folder, _) = imported();
    let own = folder.path().join("own");
    let file = own.join("dismissed.json");
    fs::create_dir(&own).unwrap();
    for (text, said) in [
        ("{", "is damaged"),
        ("{\"schema\": 1, \"dismissed\": [{}]}", "is damaged"),
        ("{\"schema\": 2, \"lists\": []}", "was written by a newer version"),
    ] {
        fs::write(&file, text).unwrap();
        let ran = dismissed(folder.path());
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
        assert_eq!(fs::read_to_string(&file).unwrap(), text);
        // Reading goes on without it, and says so.
        let show = outflow_of(folder.path(), &["show", "NIC-1-AAAAA"]);
        assert!(show.code == 0 && show.stderr.contains("nothing counts as dismissed"), "{}", show.stderr);
    }
    // Nothing is written through a link.
    let elsewhere = folder.path().join("elsewhere.json");
    fs::write(&elsewhere, "{\"schema\": 1, \"dismissed\": []}").unwrap();
    fs::remove_file(&file).unwrap();
    symlink(&elsewhere, &file).unwrap();
    let linked = dismissed(folder.path());
    assert!(linked.code == 2 && linked.stderr.contains("is a symbolic link"), "{}", linked.stderr);
    fs::remove_file(&file).unwrap();
    fs::remove_file(own.join(".lock")).unwrap();
    symlink(&elsewhere, own.join(".lock")).unwrap();
    let locked = dismissed(folder.path());
    assert!(locked.code == 2 && locked.stderr.contains("is a symbolic link"), "{}", locked.stderr);
    assert_eq!(fs::read_to_string(&elsewhere).unwrap(), "{\"schema\": 1, \"dismissed\": []}");
    // A file stands where the folder should.
    fs::remove_dir_all(&own).unwrap();
    fs::write(&own, "").unwrap();
    let blocked = dismissed(folder.path());
    assert!(blocked.code == 2 && blocked.stderr.contains("--own DIR"), "{}", blocked.stderr);
}

#[test]
fn writers_at_the_same_time_lose_nothing() {
    let (folder, _) = imported();
    dismissed(folder.path());
    let own = Own::at(folder.path().join("own"));
    let known = own.dismissals().unwrap()[0].clone();
    thread::scope(|scope| {
        for writer in 0..4 {
            let (own, known) = (own.clone(), known.clone());
            scope.spawn(move || {
                for number in 0..10 {
                    let mut new = known.clone();
                    new.reference = format!("NIC-{writer}-{number}");
                    own.change(|all| all.push(new)).unwrap();
                }
            });
        }
    });
    assert_eq!(own.dismissals().unwrap().len(), 41);
    assert_eq!(shown(folder.path(), &[]).1["dismissed"]["state"], "dismissed");
}

fn played(folder: &Path, library: &Library, script: &str) -> Played {
    play_judged(library, judging(folder), (80, 50), keys(script))
}

/// Goes to the concern of the test in the first project.
fn go(folder: &Path) -> String {
    let at = shown(folder, &[]).0.iter().position(|id| id == RULE).unwrap();
    format!("/ref:AAAAA<Enter><Enter>{}", "c".repeat(at + 1))
}

#[test]
fn in_the_explorer_a_reason_is_asked_for_and_kept() {
    let (folder, library) = imported();
    let folder = folder.path();
    let go = go(folder);
    let at = played(folder, &library, &go);
    assert!(at.text().contains("opt-outs-not-applied (fact): "), "{}", at.text());
    let asked = played(folder, &library, &format!("{go}d"));
    assert_eq!(asked.state.place(), Place::Answer);
    assert_eq!(asked.effects.last(), Some(&Effect::Pasting(true)));
    assert!(asked.text().contains("Why? the reason that is kept with it"), "{}", asked.text());
    // Letters are text there, and Esc leaves the concern as it is.
    let typed = played(folder, &library, &format!("{go}dquite so<Backspace>"));
    assert!(typed.text().trim_end().ends_with("Why? quite s"), "{}", typed.text());
    assert_eq!(typed.cursor, (12, 49));
    let left = played(folder, &library, &format!("{go}dquite so<Esc>"));
    assert_eq!((left.state.place(), left.effects.last()), (Place::Detail, Some(&Effect::Pasting(false))));
    assert!(!folder.join("own/dismissed.json").exists());
    let empty = played(folder, &library, &format!("{go}d <Enter>"));
    assert_eq!(empty.state.place(), Place::Answer);
    assert!(empty.text().contains("say why: a dismissal needs a reason"), "{}", empty.text());
    let done = played(folder, &library, &format!("{go}das agreed<Enter>"));
    let text = done.text();
    for said in [
        "and 1 that you dismissed)",
        "opt-outs-not-applied (fact, dismissed): ",
        "Dismissed by you on 2026-11-24: as agreed",
        "opt-outs-not-applied is dismissed, and stands last; d there brings it back",
    ] {
        assert!(text.contains(said), "{said} is not in {text}");
    }
    // The list says it too, and a new start.
    let listed = played(folder, &library, "");
    let marks = |at: usize| {
        let row = &listed.state.list.row(at).unwrap().row;
        row.concerns.iter().any(|(rule, _)| rule.as_str() == RULE)
    };
    assert_eq!((marks(0), marks(1)), (false, true));
    assert_eq!(json(folder, &["dismiss", "--json"])["dismissed"][0]["date"], "2026-11-24");
}

#[test]
fn in_the_explorer_a_dismissed_concern_is_brought_back() {
    let (folder, library) = imported();
    let folder = folder.path();
    let go = go(folder);
    played(folder, &library, &format!("{go}das agreed<Enter>"));
    // It stands last, and C goes there.
    let back = played(folder, &library, "/ref:AAAAA<Enter><Enter>cCd");
    assert!(back.text().contains("opt-outs-not-applied counts again"), "{}", back.text());
    assert!(!back.text().contains("dismissed"), "{}", back.text());
    assert_eq!(back.state.detail.unwrap().spot, Spot::Nowhere);
    assert_eq!(outflow_of(folder, &["dismiss"]).code, 1);
    // Away from any concern it is said what to do.
    let nowhere = played(folder, &library, "/ref:AAAAA<Enter><Enter>d");
    assert!(nowhere.text().contains("go to a concern first: c"), "{}", nowhere.text());
}

#[test]
fn in_the_explorer_one_stays_with_the_project_and_goes_on() {
    let (folder, library) = imported();
    let folder = folder.path();
    // By concerns, so that the project moves in the list as it has fewer.
    let done = played(folder, &library, "s<Enter>cdone<Enter>");
    let detail = done.state.detail.as_ref().unwrap();
    assert_eq!(detail.document.name, "DARS-NIC-1-AAAAA");
    assert_eq!((done.state.place(), detail.spot), (Place::Detail, Spot::Concern(0)));
    assert_eq!(done.state.list.selected_project().map(|project| project.0), Some(0));
    // Pasted text is a part of the reason, on one line.
    let mut script = keys("/ref:AAAAA<Enter><Enter>cd");
    script.push(Message::Paste("as they\nsaid\u{202e}".to_owned()));
    script.extend(keys("<Enter>"));
    let pasted = play_judged(&library, judging(folder), (80, 50), script);
    assert!(pasted.text().contains(": as they said"), "{}", pasted.text());
}

#[test]
fn in_the_explorer_a_folder_that_cannot_be_written_costs_a_sentence() {
    let (folder, library) = imported();
    let go = go(folder.path());
    fs::write(folder.path().join("own"), "").unwrap();
    let played = played(folder.path(), &library, &format!("{go}das agreed<Enter>"));
    assert!(played.text().contains("own"), "{}", played.text());
    assert!(played.text().contains("opt-outs-not-applied (fact): "), "{}", played.text());
    let homeless = play_judged(&library, Judging::default(), (80, 50), keys(&format!("{go}das agreed<Enter>")));
    assert!(homeless.text().contains("there is no home folder to keep your own things in"), "{}", homeless.text());
}
