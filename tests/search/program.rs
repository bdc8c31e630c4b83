//! Queries as attacks on the real program, which answers or refuses each within its memory; and how often a search looks at the time.
//! What each costs in time and stack is held to in `queries_hostile`.

use std::cell::Cell;
use std::fs;
use std::path::Path;
use std::time::Duration;

use crate::support::program::{Ran, program, ran};
use outflow::index::{Index, LastWord, Request, Sort};
use outflow::library::Edition;

/// The most memory that the program may use to answer, in kilobytes.
const MEMORY: u64 = 200 << 10;

/// The longest argument that a system passes on is 128 KiB.
const LONGEST_ARGUMENT: usize = 120 << 10;

/// Queries that are made to cost time, memory or the stack, with a name for each.
fn hostile() -> Vec<(&'static str, String)> {
    let letters = || ('a'..='z').map(|letter| format!("{letter}*"));
    let beginnings: Vec<String> = letters().collect();
    let spelled: Vec<String> = (0..60).map(|word| format!("pseudonymisatoin{word}~")).collect();
    let unknown: Vec<String> = (0..120).map(|word| format!("qz{word}xqzzjxkq")).collect();
    let terms: Vec<String> = (0..20_000).map(|word| format!("word{word}")).collect();
    let within: Vec<String> = (0..12).map(|_| "\"the of and to in for data be\"~100".to_owned()).collect();
    vec![
        ("nested", format!("{}data{}", "(".repeat(10_000), ")".repeat(10_000))),
        ("nested as deep as may be", format!("{}data{}", "(".repeat(32), ")".repeat(32))),
        ("open brackets", "(".repeat(4096)),
        ("closing brackets", ")".repeat(4096)),
        ("a chain of NOT", "NOT ".repeat(10_000) + "data"),
        ("a chain of NOT as long as may be", "NOT ".repeat(250) + "data"),
        ("a chain of minus", "-".repeat(4000) + "data"),
        ("NOT in brackets", "NOT (".repeat(30) + "data" + &")".repeat(30)),
        ("20,000 words", terms.join(" OR ")),
        ("operators alone", "AND OR NOT ".repeat(80)),
        ("a regular expression", "/(a+)+$/ /((a{1000}){1000}){1000}/".to_owned()),
        ("a regular expression in a field", "title:/.*.*.*.*.*.*=/".to_owned()),
        ("quotes", "\"".repeat(4096)),
        ("an odd quote", "\"".to_owned() + &"the of ".repeat(500)),
        ("phrases of common words", "\"of the\" ".repeat(120)),
        ("a long phrase", format!("\"{}\"", "the of and to in ".repeat(45))),
        ("beginnings", beginnings.join(" OR ").repeat(4)),
        ("beginnings of all versions", format!("version:all {}", beginnings.join(" "))),
        ("stars", "*".repeat(4096)),
        ("stars apart", "* ".repeat(250)),
        ("words near one another", within.join(" OR ")),
        ("words near one another, far apart", "\"data data data data data data data data\"~4294967295".to_owned()),
        ("near a beginning", "\"the of and to in for be d*\"~100 ".repeat(20)),
        ("near spellings", spelled.join(" OR ")),
        ("unknown words", unknown.join(" ")),
        ("values", "severity:high OR commercial:yes OR released:2000..2030 ".repeat(35)),
        ("fields of fields", "title:".repeat(600) + "data"),
        ("ranges", "started:9999999999..-9999999999 datasets:>99999999999999999999".to_owned()),
        ("a reference of no end", "alike:objectives:".to_owned() + &"NIC-".repeat(900)),
        ("one word", "a".repeat(4096)),
        ("one letter with marks", "e".to_owned() + &"\u{301}".repeat(2000)),
        ("letters that fold to many", "\u{fdfa}".repeat(1300)),
        ("control characters", "\0\u{1b}[2J\u{202e}data\u{7f}\u{9b}31m".repeat(90)),
        ("hyphens", "a-".repeat(2000)),
        ("colons", ":".repeat(4096)),
        ("tildes", "~".repeat(4096)),
        ("a paste of a megabyte", "lorem ipsum \"dolor (sit ".repeat(1 << 20 >> 4)),
    ]
}

fn asked(query: &str, last_word: LastWord) -> Request {
    Request { query: query.to_owned(), last_word, sort: Sort::Relevance }
}

#[test]
fn what_is_longer_deeper_or_more_than_may_be_is_refused_and_finds_nothing() {
    let index = Edition::sample().unwrap().index;
    for (name, said) in [
        ("nested", "longer than 4096"),
        ("open brackets", "nested more than 32"),
        ("20,000 words", "longer than 4096"),
        ("a paste of a megabyte", "longer than 4096"),
        ("a chain of minus", "more than 256 parts"),
    ] {
        let query = hostile().into_iter().find(|(known, _)| *known == name).unwrap().1;
        let found = index.search(&asked(&query, LastWord::Whole), &|| false).unwrap();
        assert!(found.projects.is_empty() && found.trouble[0].message.contains(said), "{name}: {:?}", found.trouble);
    }
}

/// How often a search asks whether anybody still waits.
fn looks(index: &Index, query: &str) -> usize {
    let looks = Cell::new(0);
    let counted = || {
        looks.set(looks.get() + 1);
        false
    };
    index.search(&asked(query, LastWord::Whole), &counted).unwrap();
    looks.get()
}

#[test]
fn a_search_for_words_near_one_another_looks_at_the_time_in_each_entry() {
    let index = Edition::sample().unwrap().index;
    // The two stand in nearly every entry's objectives, and in the names of its controllers.
    let found = index.search(&asked("objectives:\"the of\"~100", LastWord::Whole), &|| false).unwrap();
    assert!(found.projects.len() > 20, "{}", found.projects.len());
    assert!(looks(&index, "objectives:\"the of\"~100") >= found.projects.len());
    let named = index.search(&asked("dataset:\"hospital care\"~100", LastWord::Whole), &|| false).unwrap();
    assert!(named.projects.len() > 3, "{}", named.projects.len());
    // Once where the words stand, and once before an entry is read whole.
    assert!(looks(&index, "dataset:\"hospital care\"~100") >= 2 * named.projects.len());
}

/// Runs the program to its end, and tells the most memory that it used, in kilobytes.
fn measured(library: &Path, arguments: &[&str]) -> (Ran, u64) {
    let child = program(library, arguments).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let watching = std::thread::spawn(move || {
        let mut most = 0;
        // One that has ended has no memory any more.
        while let Some(line) = fs::read_to_string(&status)
            .ok()
            .and_then(|status| Some(status.lines().find(|line| line.starts_with("VmHWM"))?.to_owned()))
        {
            let digits: String = line.chars().filter(char::is_ascii_digit).collect();
            most = most.max(digits.parse().unwrap_or(0));
            std::thread::sleep(Duration::from_millis(1));
        }
        most
    });
    let ran = ran(child);
    (ran, watching.join().unwrap())
}

#[test]
fn the_program_answers_or_refuses_within_its_memory() {
    let folder = tempfile::tempdir().unwrap();
    let mut most = 0;
    for (name, query) in hostile() {
        let query: String = query.chars().filter(|letter| *letter != '\0').collect();
        let mut end = query.len().min(LONGEST_ARGUMENT);
        while !query.is_char_boundary(end) {
            end -= 1;
        }
        let (ran, memory) = measured(folder.path(), &["search", "--", &query[..end]]);
        assert!(matches!(ran.code, 0..=2), "{name}: {}", ran.stderr);
        assert!(!ran.stderr.contains("panicked"), "{name}: {}", ran.stderr);
        most = most.max(memory);
    }
    assert!((1..MEMORY).contains(&most), "{most} kB");
}
