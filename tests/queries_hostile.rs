//! Queries as attacks: whatever is asked is answered or refused in two seconds and little memory, on a small stack.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking"
)]

mod support;

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::support::agreements::{Agreed, data_uses};
use crate::support::terminal::{Start, Terminal};
use outflow::concerns::examine;
use outflow::index::{Index, LastWord, Marker, Request, Room, SearchError, Sort};
use outflow::library::Edition;
use outflow::register::Section;

/// How long an answer or a refusal may take.
const PROMISED: Duration = Duration::from_secs(2);

/// A stack as small as some systems give a thread.
const STACK: usize = 2 << 20;

/// The most memory that all of them together may have cost a program, in kilobytes.
const MEMORY: u64 = 200 * 1024;

/// Queries that nobody writes but who wants to harm.
fn hostile() -> Vec<(&'static str, String)> {
    let words = |count: usize| (0..count).map(|number| format!("w{number:x}")).collect::<Vec<_>>();
    vec![
        ("nested", format!("{}data{}", "(".repeat(2000), ")".repeat(2000))),
        ("nested behind curly quotation marks", format!("\"\u{201d}{}data", "(".repeat(250))),
        ("nested within the bound", format!("{}data{}", "(".repeat(32), ")".repeat(32))),
        ("nots", "-(".repeat(31) + "data" + &")".repeat(31)),
        ("a chain of nots", "NOT ".repeat(900) + "data"),
        ("dashes", "-".repeat(4000) + "data"),
        ("20,000 alternatives", words(20_000).join(" OR ")),
        ("as many alternatives as are read", words(255).join(" OR ")),
        (
            "as many beginnings as are read",
            (0..200).map(|one| format!("{}*", char::from(b'a' + one % 26))).collect::<Vec<_>>().join(" "),
        ),
        ("alternatives of beginnings", ["a*", "d*", "p*", "s*", "h*"].repeat(40).join(" OR ")),
        ("beginnings in a row", format!("\"{}\"", ["a*", "d*", "p*", "s*"].repeat(15).join(" "))),
        ("a pattern", "/(a+)+$/ /.{1000}{1000}/ [[:alpha:]]* .*.*.*".to_owned()),
        ("stars", "*".repeat(4000)),
        ("quotation marks", "\"".repeat(4000)),
        ("a megabyte", "data ".repeat(200_000)),
        ("a word of a megabyte", "d".repeat(1 << 20)),
        ("a word within the bound", "d".repeat(4090) + "~"),
        ("near spellings", ["insurance~", "pharmaceutical~", "university~", "information~"].repeat(60).join(" OR ")),
        ("near one another", "\"data the of and to for in a\"~100".to_owned()),
        ("the same near itself", "\"data data data data data data data data\"~100".to_owned()),
        ("many near one another", "\"data the of and\"~100 ".repeat(25)),
        ("further apart than can be", "\"data health\"~4000000000".to_owned()),
        ("a row of the same", format!("\"{}\"", "the ".repeat(250))),
        ("fields", "org:title:objectives:".repeat(150)),
        ("an endless number", format!("files:>{}", "9".repeat(4000))),
        ("dates", "started:9999-99-99..0000-00-00 ends:<-1 released:2024-02-31".to_owned()),
        ("all versions", "version:all \"data the of and to for in a\"~100".to_owned()),
        ("marks on marks", format!("a{}", "\u{301}".repeat(2000))),
        ("controls", "\u{0}\u{1b}[2J\u{7f}\u{202e}".repeat(300)),
        ("ligatures that grow when folded", "\u{fdfa}".repeat(1300)),
    ]
}

/// All that the explorer asks for when a query is typed: what it finds, the rows with their passages, the counts by value.
fn ask(index: &Index, query: &str, last_word: LastWord) -> Result<usize, SearchError> {
    let request = Request { query: query.to_owned(), last_word, sort: Sort::Relevance };
    let found = index.search(&request, &|| false)?;
    let marker = Marker::new(query, last_word);
    let mut passages = marker.passages(index, Room { columns: 75, lines: 2 }, Some(&found.held));
    for project in found.projects.iter().take(50) {
        passages.of(*project, 1)?;
    }
    index.facets_of(query, last_word, Some(&found.projects), &|| false)?;
    Ok(found.projects.len())
}

#[test]
fn every_query_is_answered_or_refused_in_time() {
    let index = Arc::new(Edition::sample().unwrap().index);
    for (name, query) in hostile() {
        for last_word in [LastWord::Whole, LastWord::Beginning] {
            let (index, query) = (Arc::clone(&index), query.clone());
            let asked = std::thread::Builder::new().stack_size(STACK).spawn(move || {
                let started = Instant::now();
                let answer = ask(&index, &query, last_word);
                (answer.err().map(|error| error.to_string()), started.elapsed())
            });
            let (error, took) = asked.unwrap().join().unwrap();
            assert_eq!(error, None, "{name}");
            assert!(took < PROMISED, "{name} took {took:?}");
        }
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    if let Some(peak) = peak {
        let kilobytes: u64 = peak.trim().trim_end_matches(" kB").parse().unwrap();
        assert!(kilobytes < MEMORY, "{kilobytes} kB");
    }
}

#[test]
fn the_explorer_takes_a_megabyte_that_is_pasted_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let start = Start { columns: 80, rows: 24, library: folder.path(), arguments: &[], environment: &[] };
    let mut terminal = Terminal::start(&start);
    terminal.wait_for("Home: edition");
    terminal.press("/");
    terminal.press(&format!("\u{1b}[200~{}\u{1b}[201~", "data ".repeat(200_000)));
    terminal.wait_for("was not read");
    terminal.press("\r/\u{15}hospital\r");
    terminal.wait_for("/ hospital");
    terminal.wait_for("Projects by match");
    terminal.press("\u{3}");
    assert_eq!(terminal.wait_for_end(), 0);
}

#[test]
fn a_search_that_takes_too_long_is_stopped_in_the_middle_of_a_text() {
    // All words stand around each of the rare ones, but never two of these: every stretch is tried, and none is found.
    let text = format!("rare {}", "data the of and to for in a ".repeat(15)).repeat(300);
    let agreed: Vec<Agreed> = (0..12)
        .map(|number| {
            let text = text.clone();
            Agreed::new(&format!("DARS-NIC-{number}-AAAAA-v1.0"), "2020-01-01", "2021-01-01")
                .but(move |version| version.statements[0].sections.set(Section::Objectives, Some(text.clone())))
        })
        .collect();
    let register = data_uses(&agreed);
    let index = Index::in_memory(&register, || examine(&register)).unwrap();
    for query in ["\"rare rare data the of and to for\"~100", "NOT \"for to and of the data rare rare\"~100"] {
        let request = Request { query: query.to_owned(), last_word: LastWord::Whole, sort: Sort::Relevance };
        let started = Instant::now();
        let stopped = index.search_within(Duration::from_millis(5), &request, &|| false);
        let took = started.elapsed();
        // One text alone took seconds.
        assert!(took < Duration::from_secs(1), "{query} took {took:?}");
        assert!(matches!(stopped, Ok(_) | Err(SearchError::TooLong { .. })), "{query}");
    }
}
