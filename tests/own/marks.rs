//! Bookmarks, tags, notes and the collection: on the command line, in queries, in the file that keeps them, and from edition
//! to edition.

use crate::support::program::{Ran, each_says, json, outflow_of};
use crate::support::uses::{publish, three_agreements, with_three};
use assert_cmd::Command;
use outflow::index::marks::{Collected, Marks};
use outflow::library::{Own, OwnError};
use outflow::register::Date;
use serde_json::{Value, json as value};
use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::thread;

/// A command that must do what is asked.
fn done(folder: &Path, arguments: &[&str]) -> Ran {
    let ran = outflow_of(folder, arguments);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{arguments:?}");
    ran
}

/// The references that a query finds, in their order.
fn found(folder: &Path, query: &str) -> Vec<String> {
    let report = json(folder, &["search", query, "--json"]);
    assert_eq!(report["trouble"], value!([]), "{query}");
    let projects = report["projects"].as_array().unwrap();
    let references = projects.iter().map(|project| project["reference"].as_str().unwrap().to_owned());
    let sorted: BTreeSet<String> = references.collect();
    sorted.into_iter().collect()
}

fn marks_of(folder: &Path, arguments: &[&str]) -> Value {
    json(folder, &[&["show", "NIC-1-AAAAA", "--json"], arguments].concat())["marks"].clone()
}

#[test]
fn what_is_marked_is_shown_listed_found_and_taken_back() {
    let (folder, _) = with_three();
    let folder = folder.path();
    assert_eq!(marks_of(folder, &[]), Value::Null);
    let bookmark = ["mark", "nic-1", "--bookmark", "--tag", "Money", "--tag", "#to-check", "--collect"];
    let ran = done(folder, &bookmark);
    assert!(ran.stdout.starts_with("DARS-NIC-1-AAAAA\n  bookmarked 2"), "{}", ran.stdout);
    done(folder, &["mark", "nic-1", "--note", " ask\nthem ", "--tag", "MONEY"]);
    done(folder, &["mark", "NIC-1-AAAAA-v1.0", "--note", "counts what?", "--on", "objectives"]);
    done(folder, &["mark", "nic-3", "--collect"]);
    let marks = marks_of(folder, &[]);
    assert_eq!(marks["tags"], value!(["Money", "to-check"]));
    let notes = marks["notes"].as_array().unwrap();
    assert_eq!(
        (&notes[0]["text"], &notes[0]["section"], &notes[0]["number"]),
        (&value!("ask them"), &Value::Null, &value!(1))
    );
    assert_eq!((&notes[1]["section"], &notes[1]["state"]), (&value!("objectives"), &value!("same")));
    assert_eq!((&notes[1]["edition"], &notes[1]["told"]), (&value!("2026-09"), &Value::Null));
    let page = outflow_of(folder, &["show", "nic-1"]).stdout;
    let (head, rest) = page.split_once("Marked by you").unwrap();
    assert!(head.contains("FENLAND TRUST") && rest.contains("Concerns"), "{page}");
    for said in ["; tags: Money to-check", "Note 1, 2", ": ask them", "Note 2 on the objectives, 2", ": counts what?"] {
        assert!(rest.contains(said), "{said} is not in {page}");
    }
    // All of it, with the collection in its order.
    let all = json(folder, &["marks", "--json"]);
    assert_eq!(all["collection"], value!(["DARS-NIC-1-AAAAA", "DARS-NIC-3-CCCCC"]));
    let first = &all["projects"][0];
    assert_eq!((&first["reference"], &first["in_edition"]), (&value!("DARS-NIC-1-AAAAA"), &value!(true)));
    assert_eq!((&first["organisation"], &first["notes"]), (&value!("FENLAND TRUST"), &marks["notes"]));
    assert!(done(folder, &["marks"]).stdout.contains("MOOR UNIVERSITY\n  in your collection since "));
    // By value, like everything else.
    let [one, two, three] = ["DARS-NIC-1-AAAAA", "DARS-NIC-2-BBBBB", "DARS-NIC-3-CCCCC"];
    for (query, expected) in [
        ("mine:bookmarked", vec![one]),
        ("-mine:bookmarked", vec![two, three]),
        ("mine:noted", vec![one]),
        ("mine:collected", vec![one, three]),
        ("mine:collected -tag:money", vec![three]),
        ("tag:TO-CHECK OR org:moor", vec![one, three]),
        ("tag:money org:fenland", vec![one]),
        ("tag:mon*", vec![one]),
        ("tag:mon", vec![]),
        ("mine:tagged", vec![one]),
        ("mine:changed", vec![]),
    ] {
        assert_eq!(found(folder, query), expected, "{query}");
    }
    let facets = json(folder, &["search", "mine:collected", "--facets", "--json"]).to_string();
    assert!(facets.contains("MOOR UNIVERSITY") && !facets.contains("MARSH COLLEGE"), "{facets}");
    // Taken back one by one, until nothing is left.
    done(folder, &["mark", "nic-1", "--remove-note", "1", "--untag", "money", "--no-bookmark"]);
    let marks = marks_of(folder, &[]);
    assert_eq!((&marks["bookmarked"], &marks["tags"]), (&Value::Null, &value!(["to-check"])));
    assert_eq!(marks["notes"][0]["text"], "counts what?");
    done(folder, &["mark", "nic-1", "--remove-note", "1", "--untag", "TO-check", "--uncollect"]);
    assert_eq!(marks_of(folder, &[]), Value::Null);
    let nothing = outflow_of(folder, &["mark", "nic-1"]);
    assert_eq!((nothing.code, nothing.stdout.as_str()), (1, ""));
    assert!(nothing.stderr.contains("nothing of DARS-NIC-1-AAAAA is marked"), "{}", nothing.stderr);
    assert_eq!(json(folder, &["marks", "--json"])["collection"], value!(["DARS-NIC-3-CCCCC"]));
}

#[test]
fn without_marks_nothing_is_found_and_it_is_said_how() {
    let (folder, _) = with_three();
    let nothing = outflow_of(folder.path(), &["marks"]);
    assert_eq!((nothing.code, nothing.stdout.as_str()), (1, ""));
    assert!(nothing.stderr.contains("outflow mark REFERENCE --bookmark"), "{}", nothing.stderr);
    let report = json(folder.path(), &["marks", "--json"]);
    assert_eq!(report, value!({"edition": "2026-09", "projects": [], "collection": []}));
    for query in ["mine:bookmarked", "mine:noted", "mine:collected", "mine:tagged", "mine:changed", "tag:a"] {
        assert_eq!(outflow_of(folder.path(), &["search", query]).code, 1, "{query}");
    }
    let unread = json(folder.path(), &["search", "mine:everything", "--json"]);
    let said = unread["trouble"][0]["message"].as_str().unwrap();
    assert!(said.contains("bookmarked, noted, collected, tagged or changed"), "{said}");
    assert_eq!(unread["total"], 0, "what cannot be read never widens the search");
}

#[test]
fn what_cannot_be_marked_is_refused_whole() {
    let (folder, _) = with_three();
    let folder = folder.path();
    let long = "x".repeat(2_001);
    let refused = [
        (vec!["mark", "nic-7", "--bookmark"], 1, "no project nic-7"),
        (vec!["mark", "nic-1", "--bookmark", "--note", " "], 2, "the note says nothing"),
        (vec!["mark", "nic-1", "--note", &long], 2, "has 2001 characters; it can have 2000"),
        (vec!["mark", "nic-1", "--bookmark", "--tag", "two words"], 2, "\"two words\" is no tag"),
        (vec!["mark", "nic-1", "--tag", "a\"b"], 2, "is no tag"),
        (vec!["mark", "nic-1", "--note", "a", "--on", "yielded"], 2, "no text is published for the yielded benefits"),
        (vec!["mark", "nic-1", "--on", "outputs"], 2, "--note"),
        (vec!["mark", "nic-1", "--collect", "--remove-note", "1"], 2, "there is no number 1 among 0 notes"),
        (vec!["mark", "nic-1", "--bookmark", "--no-bookmark"], 2, "cannot be used"),
    ];
    each_says(folder, &refused);
    assert!(!folder.join("own/marks.json").exists(), "what is refused writes nothing");
}

#[test]
fn marks_outlive_the_edition_and_a_note_tells_what_became_of_its_text() {
    let (folder, library) = with_three();
    let path = folder.path();
    for reference in ["nic-1", "nic-2", "nic-3"] {
        done(path, &["mark", reference, "--note", "first", "--on", "objectives"]);
    }
    done(path, &["mark", "nic-1", "--note", "on all of it", "--bookmark"]);
    // In October one reads otherwise, one is set otherwise, and one is no longer listed.
    let mut next = three_agreements();
    next[0].objectives = next[0].objectives.replace("the days", "the hours of every night");
    next[1].objectives = next[1].objectives.replace("It counts", "It  COUNTS");
    next.pop();
    publish(path, &library, "october2026", &next);
    let notes = marks_of(path, &[])["notes"].clone();
    for note in notes.as_array().unwrap() {
        assert_eq!(note["state"], "changed");
        assert_eq!(note["told"], "changed after this note, edition 2026-09 -> 2026-10: the objectives");
        assert_eq!(note["changed"], value!([{"section": "objectives", "became": "changed"}]));
    }
    assert_eq!(found(path, "mine:changed"), ["DARS-NIC-1-AAAAA"]);
    assert_eq!(found(path, "mine:noted"), ["DARS-NIC-1-AAAAA", "DARS-NIC-2-BBBBB"]);
    assert_eq!(found(path, "mine:bookmarked"), ["DARS-NIC-1-AAAAA"]);
    let listed = done(path, &["marks"]).stdout;
    assert!(
        listed.contains("Not in edition 2026-10.") && listed.contains("edition 2026-10 does not list this project"),
        "{listed}"
    );
    let all = json(path, &["marks", "--json"]);
    assert_eq!(
        (&all["projects"][2]["in_edition"], &all["projects"][2]["notes"][0]["state"]),
        (&value!(false), &value!("not-listed"))
    );
    // In the older edition it reads as it did.
    assert_eq!(marks_of(path, &["--edition", "2026-09"])["notes"][0]["state"], "same");
    // A note of October, read in September, was not followed by a change.
    done(path, &["mark", "nic-1", "--note", "second"]);
    let told = marks_of(path, &["--edition", "2026-09"])["notes"][2]["told"].as_str().unwrap().to_owned();
    assert_eq!(told, "read otherwise here, in edition 2026-09, than where this was noted, in 2026-10: the objectives");
    assert_eq!(marks_of(path, &[])["notes"][2]["state"], "same");
    // What is no longer listed can lose its marks, and gets no note.
    let refused = outflow_of(path, &["mark", "nic-3", "--note", "gone?"]);
    assert!(refused.code == 2 && refused.stderr.contains("does not list DARS-NIC-3-CCCCC"), "{}", refused.stderr);
    done(path, &["mark", "nic-3", "--tag", "gone"]);
    done(path, &["mark", "nic-3", "--remove-note", "1", "--untag", "gone"]);
    assert_eq!(json(path, &["marks", "--json"])["projects"].as_array().unwrap().len(), 2);
    // The sample holds summaries, which are compared with nothing.
    let sample = json(path, &["mark", "NIC-38002-S3K0V", "--edition", "sample", "--note", "n", "--json"]);
    assert_eq!(sample["marks"]["notes"][0]["state"], "same");
}

#[test]
fn a_section_that_goes_or_comes_is_told_as_such() {
    let (folder, library) = with_three();
    let path = folder.path();
    done(path, &["mark", "nic-1", "--note", "all of it"]);
    let mut next = three_agreements();
    next[0].objectives.clear();
    publish(path, &library, "october2026", &next);
    let told = marks_of(path, &[])["notes"][0]["told"].as_str().unwrap().to_owned();
    assert_eq!(told, "changed after this note, edition 2026-09 -> 2026-10: the objectives (not published now)");
    done(path, &["mark", "nic-1", "--note", "now"]);
    publish(path, &library, "november2026", &three_agreements());
    let told = marks_of(path, &[])["notes"][1]["told"].as_str().unwrap().to_owned();
    assert_eq!(told, "changed after this note, edition 2026-10 -> 2026-11: the objectives (not published then)");
}

#[test]
fn a_saved_search_for_marks_tells_what_is_newly_marked() {
    let (folder, _) = with_three();
    let path = folder.path();
    done(path, &["mark", "nic-1", "--bookmark"]);
    assert_eq!(outflow_of(path, &["search", "mine:bookmarked", "--save", "mine"]).code, 0);
    assert_eq!(outflow_of(path, &["watch"]).code, 1);
    done(path, &["mark", "nic-2", "--bookmark"]);
    let watch = outflow_of(path, &["watch"]);
    assert!(watch.code == 0 && watch.stdout.contains("DARS-NIC-2-BBBBB"), "{}", watch.stdout);
    // A dossier of the collection holds it, and none of the marks.
    done(path, &["mark", "nic-2", "--collect", "--note", "between ourselves"]);
    let dossier = outflow_of(path, &["export", "mine:collected", "--format", "md"]).stdout;
    assert!(dossier.contains("DARS-NIC-2-BBBBB") && !dossier.contains("DARS-NIC-1-AAAAA"), "{dossier}");
    assert!(!dossier.contains("between ourselves"));
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn marks_are_the_users_own_and_stand_in_no_library() {
    let (folder, _) = with_three();
    done(folder.path(), &["mark", "nic-1", "--note", "between ourselves"]);
    let own = folder.path().join("own");
    assert_eq!((mode(&own), mode(&own.join("marks.json"))), (0o700, 0o600));
    assert_eq!(fs::read_dir(&own).unwrap().count(), 2, "the file and its lock");
    let inside = Command::new("grep").args(["-rl", "ourselves"]).arg(folder.path().join("library")).output().unwrap();
    assert!(inside.stdout.is_empty());
}

#[test]
fn a_file_that_cannot_be_used_costs_a_sentence_and_is_left_as_it_is() {
    let (folder, _) = with_three();
    let own = folder.path().join("own");
    let file = own.join("marks.json");
    fs::create_dir(&own).unwrap();
    for (text, said) in [
        ("{", "is damaged"),
        ("{\"schema\": 1}", "is damaged"),
        (
            "{\"schema\": 1, \"projects\": [{\"reference\": \"NIC-1\", \"tags\": [\"two words\"], \"notes\": []}]}",
            "is no tag",
        ),
        ("{\"schema\": 2, \"shelves\": []}", "was written by a newer version"),
    ] {
        fs::write(&file, text).unwrap();
        for arguments in [vec!["mark", "nic-1", "--bookmark"], vec!["marks"]] {
            let ran = outflow_of(folder.path(), &arguments);
            assert_eq!(ran.code, 2);
            assert!(ran.stderr.contains(said) && ran.stderr.contains("marks.json"), "{}", ran.stderr);
        }
        assert_eq!(fs::read_to_string(&file).unwrap(), text);
        // Reading goes on without it, and says so.
        let show = outflow_of(folder.path(), &["show", "NIC-1-AAAAA"]);
        assert!(show.code == 0 && show.stderr.contains("nothing counts as marked"), "{}", show.stderr);
    }
    // Nothing is written through a link.
    let elsewhere = folder.path().join("elsewhere.json");
    let text = "{\"schema\": 1, \"projects\": []}";
    fs::write(&elsewhere, text).unwrap();
    fs::remove_file(&file).unwrap();
    symlink(&elsewhere, &file).unwrap();
    let linked = outflow_of(folder.path(), &["mark", "nic-1", "--bookmark"]);
    assert!(linked.code == 2 && linked.stderr.contains("is a symbolic link"), "{}", linked.stderr);
    assert_eq!(fs::read_to_string(&elsewhere).unwrap(), text);
    // A file stands where the folder should.
    fs::remove_dir_all(&own).unwrap();
    fs::write(&own, "").unwrap();
    let blocked = outflow_of(folder.path(), &["mark", "nic-1", "--bookmark"]);
    assert!(blocked.code == 2 && blocked.stderr.contains("--own DIR"), "{}", blocked.stderr);
}

#[test]
fn writers_at_the_same_time_take_turns_and_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let own = Own::at(folder.path().join("own"));
    let date = Date::day(2026, 11, 24).unwrap();
    let collect = |all: &mut Marks, reference: &str| -> Result<(), OwnError> {
        let place = all.next_place();
        all.change(reference, |marks| {
            marks.collected = Some(Collected { place, date });
            Ok(())
        })
    };
    thread::scope(|scope| {
        for writer in 0..4 {
            let own = own.clone();
            scope.spawn(move || {
                for number in 0..10 {
                    own.change_marks(|all| collect(all, &format!("NIC-{writer}-{number}"))).unwrap();
                }
            });
        }
    });
    let marks = own.marks().unwrap();
    let places: BTreeSet<u64> = marks.projects.iter().map(|marks| marks.collected.unwrap().place).collect();
    assert_eq!((marks.projects.len(), places), (40, (1..=40).collect()));
    // A change that is refused in the middle leaves everything as it was.
    let refused: Result<(Marks, ()), Refused> = own.change_marks(|all| {
        all.projects.clear();
        Err(Refused)
    });
    assert!(refused.is_err());
    assert_eq!(own.marks().unwrap(), marks);
}

#[derive(Debug)]
struct Refused;

impl From<OwnError> for Refused {
    fn from(_: OwnError) -> Self {
        Self
    }
}

#[test]
fn what_a_note_holds_steers_no_terminal() {
    let (folder, _) = with_three();
    let path = folder.path();
    let hostile = "\u{1b}[31mred\u{7} \u{202e}back \u{9b}2J \u{200b}hid\u{e007f}";
    done(path, &["mark", "nic-1", "--note", hostile]);
    for arguments in
        [&["show", "nic-1"][..], &["marks"], &["mark", "nic-1"], &["marks", "--json"], &["show", "nic-1", "--json"]]
    {
        let ran = done(path, arguments);
        let steering = ran.stdout.chars().find(|letter| {
            (letter.is_control() && *letter != '\n') || ['\u{202e}', '\u{200b}', '\u{e007f}'].contains(letter)
        });
        assert_eq!(steering, None, "{arguments:?}: {:?}", ran.stdout);
        assert!(ran.stdout.contains("red"));
    }
    // It is kept as it was written.
    assert_eq!(marks_of(path, &[])["notes"][0]["text"], hostile);
}

#[test]
fn the_dialogue_of_plain_lines_tells_what_is_marked() {
    let (folder, _) = with_three();
    let path = folder.path();
    done(path, &["mark", "nic-1", "--bookmark", "--tag", "money", "--note", "ask them"]);
    done(path, &["mark", "nic-1", "--note", "counts what?", "--on", "objectives", "--collect"]);
    let mut command = Command::cargo_bin("outflow").unwrap();
    command.env_clear().env("TERM", "dumb").env("LANG", "C.UTF-8");
    command.env("OUTFLOW_LIBRARY", path.join("library")).env("OUTFLOW_OWN", path.join("own"));
    let output = command.arg("--plain").write_stdin("home\nmine:noted\n1\nquit\n").output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    for line in [
        "Yours: bookmarked, 2 notes, in your collection, tags money",
        "; tags: money\n",
        "Your note: 2",
        ": ask them\n",
        "Your note on the objectives: 2",
        ": counts what?\n",
    ] {
        assert!(said.contains(line), "{line} is not in {said}");
    }
}
