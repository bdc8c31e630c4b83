//! What the real program sends through a terminal, counted: a whole screen, a typed letter, a burst of keys or of sizes. And what it
//! never sends: a question.

use std::path::Path;
use std::time::Duration;

use crate::support::published;
use crate::support::terminal::{Start, Terminal};

/// How long nothing must come before a program counts as silent.
const QUIET: Duration = Duration::from_millis(150);

/// The most that a whole screen of 80 by 24 may cost.
const SCREEN: usize = 5_000;

/// The most that a typed letter may cost where nothing else changes.
const LETTER: usize = 100;

/// The beginning of a frame.
const FRAME: &str = "\u{1b}[?2026h";

/// Arguments and environment of a look.
type Look = (&'static [&'static str], &'static [(&'static str, &'static str)]);

/// In each theme, without colour and in ASCII.
const LOOKS: [Look; 6] = [
    (&["--theme", "terminal"], &[]),
    (&["--theme", "light"], &[]),
    (&["--theme", "dark"], &[]),
    (&["--theme", "high-contrast"], &[]),
    (&[], &[("NO_COLOR", "1")]),
    (&[], &[("LC_ALL", "C")]),
];

/// Every view, one after another: its name, the keys that lead there from the one before, and what it shows in whatever edition.
const VIEWS: [(&str, &str, &str); 22] = [
    ("home", "", "Home: edition"),
    ("list", "1", "Projects as published"),
    ("typing", "/hospital", "/ hospital"),
    ("found", "\r", "s sort"),
    ("detail", "\r", "e evidence"),
    ("match", "n", "match 1 of"),
    ("evidence", "ce", "concern "),
    ("files", "F", "Files of"),
    ("words", "K", "Words of"),
    ("versions", "v", "History of"),
    ("help", "?", "Help: keys of where you were"),
    ("palette", "q:", "Actions:"),
    ("organisations", "\u{3}2", "organisations in"),
    ("organisation", "\r", "Organisations > "),
    ("datasets", "3", "datasets in"),
    ("grid", "t", "Files: "),
    ("concerns", "4", "rules found something"),
    ("concern", "\t", ""),
    ("changes", "5", "Changes"),
    ("editions", "E", "Editions"),
    ("searches", "w", "Saved searches"),
    ("facets", "1f", "Choose by value"),
];

fn start(library: &Path, look: Look) -> Terminal {
    let (arguments, environment) = look;
    let mut terminal = Terminal::start(&Start { columns: 80, rows: 24, library, arguments, environment });
    terminal.wait_for("Home: edition");
    terminal.settle(QUIET);
    terminal
}

fn frames_since(terminal: &Terminal, before: usize) -> usize {
    String::from_utf8_lossy(&terminal.raw()[before..]).matches(FRAME).count()
}

/// Walks through all views, and counts what drawing each of them anew costs.
fn whole_screens(library: &Path, look: Look) -> Vec<(&'static str, usize)> {
    let mut terminal = start(library, look);
    let mut costs = Vec::new();
    for (name, keys, shown) in VIEWS {
        // The palette is left by Esc, which is waited for before the next key.
        match keys.strip_prefix('\u{3}') {
            Some(keys) => {
                terminal.press("\u{1b}");
                terminal.wait_until("the palette closed", |terminal| !terminal.text().contains("Actions:"));
                terminal.press(keys);
            }
            None => terminal.press(keys),
        }
        terminal.wait_for(shown);
        terminal.settle(QUIET);
        let before = terminal.raw().len();
        terminal.press("\u{c}");
        // What is drawn anew was on the screen before: only that something comes tells that it has begun.
        terminal.wait_until("the screen to be drawn anew", |terminal| terminal.raw().len() > before);
        terminal.wait_for(shown);
        terminal.settle(QUIET);
        costs.push((name, terminal.raw().len() - before));
    }
    costs
}

fn every_screen_is_small(library: &Path) {
    let costs: Vec<_> = std::thread::scope(|scope| {
        let walks: Vec<_> =
            LOOKS.into_iter().map(|look| scope.spawn(move || (look, whole_screens(library, look)))).collect();
        walks.into_iter().map(|walk| walk.join().unwrap()).collect()
    });
    for ((arguments, environment), costs) in costs {
        for (name, cost) in costs {
            assert!(cost > 300, "{name} was not drawn anew: {cost} bytes");
            assert!(cost <= SCREEN, "{name} costs {cost} bytes with {arguments:?} {environment:?}");
        }
    }
}

#[test]
fn a_whole_screen_of_the_sample_costs_little() {
    every_screen_is_small(tempfile::tempdir().unwrap().path());
}

#[test]
fn a_whole_screen_of_a_published_register_costs_little() {
    let Some(workbook) = published::file(published::WORKBOOK) else { return };
    let folder = tempfile::tempdir().unwrap();
    outflow::library::Library::at(folder.path()).publish(&[workbook], None, &mut |_| {}).unwrap();
    every_screen_is_small(folder.path());
}

#[test]
fn a_letter_that_changes_no_list_costs_few_bytes() {
    let folder = tempfile::tempdir().unwrap();
    for look in LOOKS {
        let mut terminal = start(folder.path(), look);
        // The first finds nothing, and the second the same as before.
        for (typed, letter) in [("/xyzzy", "q"), (" OR hospital OR zz", "z")] {
            terminal.press(typed);
            terminal.wait_for(typed.trim_start_matches('/'));
            terminal.settle(QUIET * 2);
            let before = terminal.raw().len();
            terminal.press(letter);
            terminal.wait_for(&format!("{}{letter}", typed.trim_start_matches('/')));
            terminal.settle(QUIET * 2);
            let cost = terminal.raw().len() - before;
            assert!(cost <= LETTER, "{cost} bytes for a letter after {typed:?} with {look:?}");
        }
    }
}

#[test]
fn a_burst_is_a_few_frames_whatever_comes() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = start(folder.path(), LOOKS[0]);
    terminal.press("1");
    terminal.wait_for("Projects as published");
    for count in [30, 100, 300] {
        terminal.press("g");
        terminal.wait_until("the first project", |terminal| terminal.screen().cursor_position().0 == 2);
        terminal.settle(QUIET);
        let before = terminal.raw().len();
        terminal.press(&"j".repeat(count));
        terminal.wait_until("another project", |terminal| terminal.screen().cursor_position().0 > 2);
        terminal.settle(QUIET);
        let frames = frames_since(&terminal, before);
        // The selection, the rows that are read for it, and once more where a burst comes in two.
        assert!(frames <= 6, "{frames} frames for {count} keys");
    }
    let before = terminal.raw().len();
    for step in 1..=40 {
        terminal.resize(80 + step, 24 + step % 7);
    }
    terminal.wait_for("Concerns (");
    terminal.settle(QUIET * 2);
    let frames = frames_since(&terminal, before);
    assert!(frames <= 8, "{frames} frames for 40 sizes");
    let before = terminal.raw().len();
    terminal.press("/");
    terminal.press(&"dementia ".repeat(11));
    terminal.wait_for("dementia dementia");
    terminal.settle(QUIET * 2);
    let frames = frames_since(&terminal, before);
    assert!(frames <= 12, "{frames} frames for 100 letters");
}

#[test]
fn nothing_is_asked_of_the_terminal_in_a_whole_session() {
    let folder = tempfile::tempdir().unwrap();
    for look in [LOOKS[0], (&["--mouse"][..], &[("SSH_CONNECTION", "a 1 b 2")][..])] {
        let mut terminal = start(folder.path(), look);
        for (_, keys, shown) in VIEWS {
            if keys.starts_with('\u{3}') {
                terminal.press("\u{1b}");
                terminal.wait_until("the palette closed", |terminal| !terminal.text().contains("Actions:"));
            }
            terminal.press(keys.trim_start_matches('\u{3}'));
            terminal.wait_for(shown);
        }
        terminal.press("q\u{c}\u{1a}y");
        terminal.resize(120, 40);
        terminal.resize(30, 8);
        terminal.wait_for("Too small");
        terminal.resize(80, 24);
        terminal.signal(rustix::process::Signal::CONT);
        terminal.press("\u{3}");
        assert_eq!(terminal.wait_for_end(), 0);
        let written = String::from_utf8_lossy(terminal.raw()).into_owned();
        let questions = asked(&written);
        assert!(questions.is_empty(), "{questions:?}");
    }
    assert_eq!(asked("\u{1b}[6n\u{1b}[?25h\u{1b}]11;?\u{7}\u{1b}[>c").len(), 3, "what finds questions finds none");
}

/// Sequences that a terminal answers: of its kind, its state, its modes and keys, its colours and what it can do.
fn asked(written: &str) -> Vec<String> {
    let mut found = Vec::new();
    for rest in written.split('\u{1b}').skip(1) {
        let inside = rest.strip_prefix('[').map(|rest| {
            let end = rest.find(|letter: char| ('@'..='~').contains(&letter)).unwrap_or(rest.len());
            (&rest[..end], rest[end..].chars().next())
        });
        let is_question = match inside {
            Some((_, Some('c' | 'n' | 't'))) => true,
            Some((numbers, Some('u' | 'q' | 'x'))) => !numbers.ends_with(' '),
            Some((numbers, Some('p'))) => numbers.ends_with('$'),
            Some(_) => false,
            // Colours and the clipboard; what a terminal can do.
            None => rest.starts_with(']') && rest.contains(";?") || rest.starts_with('P') || rest.starts_with('Z'),
        };
        if is_question {
            found.push(rest.chars().take(12).collect());
        }
    }
    found
}

#[test]
fn nothing_undoes_reversed_text_before_it_is_written() {
    let folder = tempfile::tempdir().unwrap();
    for look in LOOKS {
        let mut terminal = start(folder.path(), look);
        terminal.press("1jj/hospital\rnc");
        terminal.wait_for("concern 1 of");
        terminal.press("q");
        terminal.wait_for("s sort");
        terminal.settle(QUIET);
        let written = String::from_utf8_lossy(terminal.raw()).into_owned();
        assert!(!written.contains("\u{1b}[m") && !written.contains("\u{1b}[;m"), "an empty style with {look:?}");
        let mut reversed = 0;
        for (at, _) in written.match_indices("\u{1b}[7m").chain(written.match_indices("\u{1b}[0;7m")) {
            let mut rest = &written[at..];
            // Until the text begins, other styles may follow, but for one that undoes it.
            while let Some(style) = rest.strip_prefix("\u{1b}[") {
                let Some(end) = style.find(|letter: char| letter.is_ascii_alphabetic()) else { break };
                let is_style = style[end..].starts_with('m');
                let undoes = is_style && style[..end].split(';').any(|part| ["0", "27"].contains(&part));
                assert!(!undoes || style.starts_with("0;7m"), "{look:?}: {:?}", &written[at..].get(..40));
                rest = &style[end + 1..];
            }
            reversed += 1;
        }
        assert!(reversed > 3, "nothing is reversed with {look:?}");
        // Where the cursor is, on the selected project, the row is reversed on the screen too.
        let (row, _) = terminal.screen().cursor_position();
        let cell = terminal.screen().cell(row, 0).unwrap();
        assert!(cell.inverse(), "the selected row with {look:?}");
    }
}
