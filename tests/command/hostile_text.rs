//! Nothing that a register, a file's name, a query or a user's own file holds reaches a terminal as more than text: on the screen, in
//! plain output, in JSON, in messages.

use std::fs;
use std::path::Path;

use crate::support::pages;
use crate::support::pages::{Shape, Written};
use crate::support::poison;
use crate::support::poison::{Allowed, POISON, file_name, on_one_line, poisoned, steering};
use crate::support::program::{Ran, json, outflow_of};
use crate::support::terminal::{Start, Terminal};
use tempfile::TempDir;

/// A folder with a library of hostile editions, two workbooks and a page before them, what the import said, and a hostile user.
fn hostile() -> (TempDir, Vec<Ran>) {
    let folder = tempfile::tempdir().unwrap();
    let workbooks = [("august2026", "Insurance"), ("september2026", "Lending")]
        .map(|(month, word)| poison::write_workbook(folder.path(), month, word));
    let project = |reference: &str| Written {
        reference: reference.to_owned(),
        title: on_one_line("Insurance title"),
        opt_outs: on_one_line("No"),
        legal_basis: on_one_line("Health and Social Care Act 2012"),
        type_of_data: on_one_line("Identifiable"),
        sensitivity: on_one_line("Sensitive"),
        years: Some((2019, 2021)),
        access: on_one_line("One-Off"),
        datasets: vec![on_one_line("Births"), on_one_line("Deaths")],
        objectives: vec![on_one_line("Insurance objectives"), on_one_line("More of them")],
    };
    let page =
        pages::page(Shape::Of2021, &on_one_line("FENLAND TRUST"), &[project("NIC-1-AAAAA"), project("NIC-2-BBBBB")]);
    let saved = folder.path().join(file_name("page.txt"));
    fs::write(&saved, page).unwrap();
    let mut imported = vec![outflow_of(folder.path(), &["import", saved.to_str().unwrap(), "--edition", "2026-06"])];
    imported
        .extend(workbooks.iter().map(|workbook| outflow_of(folder.path(), &["import", workbook.to_str().unwrap()])));
    for ran in &imported {
        assert_eq!(ran.code, 0, "{}", ran.stderr);
    }
    own_things(folder.path());
    (folder, imported)
}

/// Notes, tags and saved searches of a user, which others may have written.
fn own_things(folder: &Path) {
    let text = poisoned("mine");
    let own = |arguments: &[&str]| {
        let ran = outflow_of(folder, arguments);
        assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.stderr);
        assert_eq!(steers(&ran, Allowed::Nothing), "", "{arguments:?}");
    };
    own(&["mark", "NIC-1-AAAAA", "--note", &text]);
    own(&["mark", "NIC-1-AAAAA", "--tag", "beds"]);
    own(&["dismiss", "NIC-1-AAAAA", "files-disseminated", "--reason", &text]);
    // A name can have 80 characters.
    own(&["search", "insurance", "--save", &POISON.chars().take(75).collect::<String>()]);
}

fn steers(ran: &Ran, allowed: Allowed) -> String {
    let found = [(&ran.stdout, allowed), (&ran.stderr, Allowed::Nothing)];
    found.into_iter().flat_map(|(text, allowed)| steering(text.as_bytes(), allowed)).collect::<Vec<_>>().join(", ")
}

/// Every command that prints, with hostile words where it takes words.
fn asked() -> Vec<Vec<String>> {
    let hostile = poisoned("x");
    let plain: [&[&str]; 21] = [
        &["search", "insurance"],
        &["search", "insurance", "--facets"],
        &["show", "NIC-1-AAAAA"],
        &["show", "NIC-1-AAAAA", "--files"],
        &["show", "NIC-1-AAAAA", "--history"],
        &["show", "NIC-1-AAAAA", "--cite"],
        &["show", "NIC-2-BBBBB", "--edition", "2026-06"],
        &["export", "insurance", "--format", "md"],
        &["export", "insurance", "--format", "csv"],
        &["export", "insurance", "--format", "ndjson"],
        &["request", "NIC-1-AAAAA"],
        &["concerns"],
        &["concerns", "files-disseminated"],
        &["changes"],
        &["organisations"],
        &["organisations", "fenland"],
        &["datasets"],
        &["stats"],
        &["editions"],
        &["searches"],
        &["watch"],
    ];
    let mut asked: Vec<Vec<String>> =
        plain.iter().map(|words| words.iter().map(ToString::to_string).collect()).collect();
    asked.push(vec!["marks".to_owned()]);
    // What is not understood, not found or not there is quoted.
    let wrong: [&[&str]; 22] = [
        &["search", "HOSTILE"],
        &["search", "\"HOSTILE"],
        &["search", "basis:HOSTILE"],
        &["search", "HOSTILE:x"],
        &["search", "(HOSTILE"],
        &["search", "x", "--sort", "HOSTILE"],
        &["search", "x", "--HOSTILE"],
        &["HOSTILE"],
        &["--HOSTILE"],
        &["--theme", "HOSTILE"],
        &["show", "HOSTILE"],
        &["concerns", "HOSTILE"],
        &["organisations", "HOSTILE"],
        &["datasets", "HOSTILE"],
        &["glossary", "HOSTILE"],
        &["request", "HOSTILE"],
        &["changes", "HOSTILE", "HOSTILE"],
        &["--edition", "HOSTILE", "stats"],
        &["--library", "HOSTILE", "editions"],
        &["import", "HOSTILE"],
        &["export", "x", "-o", "HOSTILE"],
        &["--locked", "HOSTILE"],
    ];
    asked.extend(wrong.iter().map(|words| words.iter().map(|word| word.replace("HOSTILE", &hostile)).collect()));
    asked
}

#[test]
fn nothing_steers_a_terminal_in_what_commands_print() {
    let (folder, imported) = hostile();
    for ran in &imported {
        assert_eq!(steers(ran, Allowed::Nothing), "");
    }
    for words in asked() {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let ran = outflow_of(folder.path(), &words);
        assert!(words == ["watch"] || ran.stdout.len() + ran.stderr.len() > 10, "{words:?} said nothing");
        // A spreadsheet is told the encoding at the start.
        let ran = Ran { stdout: ran.stdout.trim_start_matches('\u{feff}').replace("\r\n", "\n"), ..ran };
        assert_eq!(steers(&ran, Allowed::Nothing), "", "{words:?}");
        if !words.contains(&"export") {
            let coloured: Vec<&str> = ["--color", "always"].into_iter().chain(words.iter().copied()).collect();
            assert_eq!(steers(&outflow_of(folder.path(), &coloured), Allowed::Colours), "", "{coloured:?}");
        }
    }
}

#[test]
fn json_steers_nothing_and_says_what_is_published() {
    let (folder, _) = hostile();
    let asked: [&[&str]; 14] = [
        &["search", "insurance", "--facets"],
        &["show", "NIC-1-AAAAA"],
        &["show", "NIC-1-AAAAA", "--files"],
        &["show", "NIC-1-AAAAA", "--history"],
        &["export", "insurance"],
        &["concerns"],
        &["concerns", "files-disseminated"],
        &["changes"],
        &["organisations", "fenland"],
        &["datasets"],
        &["stats"],
        &["editions"],
        &["searches"],
        &["marks"],
    ];
    for words in asked {
        let words: Vec<&str> = words.iter().copied().chain(["--json"]).collect();
        let ran = outflow_of(folder.path(), &words);
        assert_eq!(steers(&ran, Allowed::Nothing), "", "{words:?}");
        serde_json::from_str::<serde_json::Value>(&ran.stdout).unwrap_or_else(|error| panic!("{words:?}: {error}"));
    }
    let shown = json(folder.path(), &["show", "NIC-2-BBBBB", "--edition", "2026-06", "--json"]);
    assert_eq!(shown["title"], on_one_line("Insurance title"));
    assert!(shown["sections"]["objectives"].as_str().unwrap().contains(POISON));
}

#[test]
fn a_hostile_entry_reads_as_text_with_a_mark_where_something_is_hidden() {
    let (folder, _) = hostile();
    let shown = outflow_of(folder.path(), &["show", "NIC-2-BBBBB", "--edition", "2026-06"]).stdout;
    let facts = shown.split("Timeline").next().unwrap();
    insta::assert_snapshot!("hostile_entry", facts);
}

/// The keys that lead through every view, each with what the view shows.
const WALK: [(&str, &str); 15] = [
    ("1", "Projects as published"),
    ("/insurance", "/ insurance"),
    ("\r", "s sort"),
    ("\r", "Concerns ("),
    ("ce", "concern "),
    ("F", "Files of"),
    ("v", "History of"),
    ("?", "Help: keys of where you were"),
    ("q2", "organisation in"),
    ("\r", "applicant of"),
    ("3", "dataset in"),
    ("t", "Files: "),
    ("4", "rules found something"),
    ("5", "Changes"),
    ("E", "Editions"),
];

#[test]
fn nothing_steers_the_terminal_of_the_explorer() {
    let (folder, _) = hostile();
    let own = folder.path().join("own");
    let environment = [("OUTFLOW_OWN", own.to_str().unwrap())];
    let library = folder.path().join("library");
    let mut terminal =
        Terminal::start(&Start { columns: 80, rows: 60, library: &library, arguments: &[], environment: &environment });
    terminal.wait_for("Home: edition");
    for (keys, shown) in WALK {
        terminal.press(keys);
        terminal.wait_for(shown);
        // Down to the end, so that all of it is drawn; a letter that is typed is part of the query.
        if !keys.starts_with('/') {
            terminal.press("G");
        }
    }
    // What is pasted into the search line, what it finds, and what is said of it.
    terminal.press("1/");
    terminal.wait_for("/ ");
    terminal.press(&format!("\u{1b}[200~\"{}\u{1b}[201~zyx\r", POISON.replace('\u{1b}', "")));
    terminal.wait_for("zyx");
    terminal.press("w");
    terminal.wait_for("Saved searches");
    terminal.press("\u{3}");
    terminal.wait_for_end();
    assert_eq!(steering(terminal.raw(), Allowed::Screen), Vec::<String>::new());
}

#[test]
fn what_a_terminal_obeys_is_found() {
    for (text, allowed) in [
        ("\u{1b}[31mred", Allowed::Nothing),
        ("\u{1b}]0;title\u{7}", Allowed::Screen),
        ("\u{1b}[6n", Allowed::Screen),
        ("\u{1b}[?9h", Allowed::Screen),
        ("\u{1b}[2J", Allowed::Colours),
        ("\u{1b}c", Allowed::Screen),
        ("\u{1b}Pq\u{1b}\\", Allowed::Screen),
        ("a\u{202e}b", Allowed::Screen),
        ("a\u{9b}b", Allowed::Screen),
        ("a\u{8}b", Allowed::Screen),
        ("a\rb", Allowed::Colours),
    ] {
        assert_ne!(steering(text.as_bytes(), allowed), Vec::<String>::new(), "{text:?}");
    }
    assert_eq!(steering("\u{1b}[31ma\u{1b}[0m\n".as_bytes(), Allowed::Colours), Vec::<String>::new());
    assert_eq!(steering("\u{1b}[?2026h\u{1b}[1;1Ha\u{1b}[?25l".as_bytes(), Allowed::Screen), Vec::<String>::new());
}
