//! The real binary in a pseudo-terminal: it takes the terminal, gives it back whatever happens, and is silent between.

use std::time::Duration;

use crate::support::disk::FIXTURE;
use crate::support::terminal::{Start, Terminal};
use rustix::process::Signal;

/// How long nothing must come before a program counts as silent.
const QUIET: Duration = Duration::from_millis(300);

fn start(columns: u16, rows: u16, environment: &[(&str, &str)]) -> (tempfile::TempDir, Terminal) {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(&Start { columns, rows, library: folder.path(), arguments: &[], environment });
    terminal.wait_for("42 projects");
    (folder, terminal)
}

#[test]
fn a_dialogue_writes_no_escape_sequence() {
    for term in ["dumb", "xterm-256color"] {
        let folder = tempfile::tempdir().unwrap();
        let (library, environment) = (folder.path(), [("TERM", term)]);
        let start = Start { columns: 80, rows: 24, library, arguments: &["--plain"], environment: &environment };
        let mut terminal = Terminal::start(&start);
        terminal.wait_for("At: home");
        terminal.press("dementia\r");
        terminal.wait_for("At: projects for dementia, by match, 1 of 1");
        terminal.press("1\r");
        terminal.wait_for("At: project ");
        terminal.press("evidence 1\r");
        terminal.wait_for(", evidence of concern 1");
        // The end of the input, as a terminal sends it.
        terminal.press("\u{4}");
        assert_eq!(terminal.wait_for_end(), 0);
        assert!(!terminal.raw().contains(&0x1b), "{}", String::from_utf8_lossy(terminal.raw()));
        // The terminal itself has shown what was typed, which is not said again.
        let raw = String::from_utf8_lossy(terminal.raw()).into_owned();
        assert!(raw.contains("\ndementia\r\n") && !raw.contains("You: "), "{raw}");
    }
}

#[test]
fn ctrl_c_ends_a_dialogue() {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path();
    let start = Start { columns: 80, rows: 24, library, arguments: &["--plain"], environment: &[] };
    let mut terminal = Terminal::start(&start);
    terminal.wait_for("At: home");
    terminal.press("\u{3}");
    terminal.wait_for_end();
    assert!(!terminal.raw().contains(&0x1b));
}

#[test]
fn the_mouse_is_listened_to_only_where_one_asks_for_it() {
    let modes = ["?1000h", "?1002h", "?1003h", "?1006h", "?1015h"];
    let heard = |terminal: &Terminal| {
        let raw = String::from_utf8_lossy(terminal.raw()).into_owned();
        modes.into_iter().filter(|mode| raw.contains(mode)).collect::<Vec<_>>()
    };
    let (_folder, mut terminal) = start(80, 24, &[]);
    terminal.press("1/dementia\r");
    terminal.wait_for("1 of 42 projects");
    terminal.press("\u{3}");
    assert_eq!(terminal.wait_for_end(), 0);
    assert_eq!(heard(&terminal), Vec::<&str>::new());
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("config.toml");
    std::fs::write(&config, "mouse = true\n").unwrap();
    let config = config.to_str().unwrap();
    for (arguments, ending) in [(vec!["--mouse"], "\u{3}"), (vec!["--config", config], "")] {
        let start = Start { columns: 80, rows: 24, library: folder.path(), arguments: &arguments, environment: &[] };
        let mut terminal = Terminal::start(&start);
        terminal.wait_for("42 projects");
        // Nothing is told while it is only moved.
        assert_eq!(heard(&terminal), ["?1000h", "?1006h"]);
        terminal.press("1");
        terminal.wait_until("the list", |terminal| !terminal.text().contains("Home:"));
        // The button, pressed and let go, on the first project, which is selected.
        terminal.press("\u{1b}[<0;11;4M\u{1b}[<0;11;4m");
        terminal.wait_for("top");
        if ending.is_empty() {
            terminal.signal(Signal::TERM);
            assert_eq!(terminal.wait_for_end(), 143);
        } else {
            terminal.press(ending);
            assert_eq!(terminal.wait_for_end(), 0);
        }
        terminal.is_given_back();
    }
}

#[test]
fn it_opens_searches_reads_and_quits() {
    let (_folder, mut terminal) = start(80, 24, &[]);
    assert!(terminal.screen().alternate_screen());
    terminal.press("/dementia");
    terminal.wait_for("1 of 42 projects");
    terminal.press("\rn");
    terminal.wait_for("match 1 of 1");
    // A frame can come in pieces: what is below may not be there yet.
    terminal.wait_for("stroke, diabetes, dementia and many others");
    terminal.press("c");
    terminal.wait_for("concern 1 of 4");
    terminal.press("e");
    terminal.wait_for("row 729: FILE0029821");
    terminal.press("qq");
    terminal.wait_for("Home: edition sample");
    terminal.press("q");
    assert_eq!(terminal.wait_for_end(), 0);
    terminal.is_given_back();
}

#[test]
fn a_query_on_the_command_line_opens_what_it_finds() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, found) in [
        (&["--query", "objectives:dementia OR dementia"][..], "1 of 42 projects"),
        (&["--query", "-hospital", "--sort", "organisation"], "Projects by organisation"),
    ] {
        let mut terminal =
            Terminal::start(&Start { columns: 80, rows: 24, library: folder.path(), arguments, environment: &[] });
        terminal.wait_for(found);
        assert!(terminal.text().starts_with(&format!("/ {}", arguments[1])), "{}", terminal.text());
        terminal.press("q");
        assert_eq!(terminal.wait_for_end(), 0);
    }
}

#[test]
fn nothing_is_asked_of_the_terminal() {
    let (_folder, mut terminal) = start(80, 24, &[]);
    terminal.press("/dementia\rn?qy");
    terminal.wait_for("citation sent to your terminal");
    terminal.press("\u{c}");
    terminal.settle(QUIET);
    let written = String::from_utf8_lossy(terminal.raw()).into_owned();
    for query in ["\u{1b}[6n", "\u{1b}[c", "\u{1b}[?u", "\u{1b}]10;?", "\u{1b}]11;?", "\u{1b}[>c"] {
        assert!(!written.contains(query), "{query:?} was written");
    }
}

#[test]
fn it_is_silent_while_nothing_happens() {
    let (_folder, mut terminal) = start(80, 24, &[]);
    terminal.settle(QUIET);
    let before = ticks(&terminal);
    assert_eq!(terminal.settle(Duration::from_secs(2)), 0, "something was written while idle");
    assert_eq!(ticks(&terminal), before, "the processor was used while idle");
}

#[test]
fn a_typed_letter_costs_few_bytes() {
    let (_folder, mut terminal) = start(80, 24, &[]);
    let first = terminal.settle(QUIET) + terminal.raw().len();
    assert!(first < 8_000, "{first} bytes for the first screen");
    terminal.press("/xyzz");
    terminal.wait_for("/ xyzz");
    terminal.settle(QUIET);
    terminal.press("y");
    terminal.wait_for("/ xyzzy");
    terminal.settle(QUIET);
    let before = terminal.raw().len();
    terminal.press("q");
    terminal.wait_for("/ xyzzyq");
    terminal.settle(QUIET);
    let cost = terminal.raw().len() - before;
    assert!(cost <= 100, "{cost} bytes for a letter");
}

#[test]
fn a_burst_of_keys_is_a_few_frames() {
    let (_folder, mut terminal) = start(80, 24, &[]);
    terminal.press("1");
    terminal.wait_for("Projects as published");
    terminal.settle(QUIET);
    let before = terminal.raw().len();
    terminal.press(&"j".repeat(200));
    terminal.wait_until("the last project", |terminal| terminal.text().contains("> -  NUVIA LTD"));
    terminal.settle(QUIET);
    let frames = String::from_utf8_lossy(&terminal.raw()[before..]).matches("\u{1b}[?2026h").count();
    assert!(frames <= 6, "{frames} frames for 200 keys");
}

#[test]
fn a_changed_size_is_drawn_and_too_small_a_one_said() {
    let (_folder, mut terminal) = start(80, 24, &[]);
    terminal.press("1");
    terminal.wait_until("the list", |terminal| !terminal.text().contains("Home:"));
    terminal.resize(120, 40);
    terminal.wait_for("Concerns (");
    terminal.wait_until("the project beside the list", |terminal| terminal.text().contains("Concerns ("));
    terminal.resize(30, 8);
    terminal.wait_for("Too small: needs 40x10");
    terminal.resize(80, 24);
    terminal.wait_for("42 projects");
    terminal.resize(30, 8);
    terminal.wait_for("Too small");
    terminal.press("q");
    assert_eq!(terminal.wait_for_end(), 0);
}

#[test]
fn ctrl_z_where_no_shell_waits_is_harmless() {
    let (_folder, mut terminal) = start(80, 24, &[]);
    terminal.press("\u{1a}");
    terminal.press("/dementia");
    terminal.wait_for("1 of 42 projects");
    assert!(terminal.screen().alternate_screen());
    terminal.press("\u{3}");
    assert_eq!(terminal.wait_for_end(), 0);
    terminal.is_given_back();
}

#[test]
fn a_citation_is_sent_by_osc_52() {
    let (_folder, mut terminal) = start(80, 24, &[]);
    terminal.press("/glaucoma\r\rny");
    terminal.wait_for("citation sent to your terminal");
    let written = String::from_utf8_lossy(terminal.raw()).into_owned();
    let start = written.find("\u{1b}]52;c;").expect("no OSC 52") + 7;
    let length = written[start..].find('\u{1b}').unwrap();
    assert!((400..12_000).contains(&length), "{length} letters");
}

#[test]
fn an_arrow_key_in_pieces_is_an_arrow_key() {
    let (_folder, mut terminal) = start(80, 24, &[]);
    terminal.press("1");
    terminal.wait_for("Projects as published");
    terminal.settle(QUIET);
    assert_eq!(terminal.screen().cursor_position().0, 2);
    terminal.press("\u{1b}");
    terminal.press("[B");
    terminal.wait_until("the second project", |terminal| terminal.screen().cursor_position().0 == 5);
    assert!(terminal.text().contains("42 projects"));
}

#[test]
fn pasting_is_told_apart_only_in_the_search_line() {
    let (_folder, mut terminal) = start(80, 24, &[]);
    assert!(!terminal.screen().bracketed_paste());
    terminal.press("/");
    terminal.wait_until("pasting told apart", |terminal| terminal.screen().bracketed_paste());
    terminal.press("\u{1b}[200~glaucoma\nq\u{1b}[201~");
    terminal.wait_for("/ glaucoma q");
    terminal.press("\r");
    terminal.wait_until("pasting no longer told apart", |terminal| !terminal.screen().bracketed_paste());
}

#[test]
fn without_colour_and_in_ascii_nothing_else_is_sent() {
    for environment in [&[("NO_COLOR", "1"), ("LC_ALL", "C")][..], &[("LC_ALL", "POSIX"), ("NO_COLOR", "1")]] {
        let (_folder, mut terminal) = start(80, 24, environment);
        terminal.press("jj?");
        terminal.wait_for("Keys here: home");
        terminal.press("q");
        terminal.wait_for("q quit");
        terminal.settle(QUIET);
        let written = String::from_utf8_lossy(terminal.raw()).into_owned();
        assert!(written.is_ascii(), "{:?}", written.chars().find(|letter| !letter.is_ascii()));
        for style in written.split("\u{1b}[").filter_map(|rest| rest.split_once('m')).map(|(style, _)| style) {
            // Resetting a colour and setting an attribute: nothing else is a style here.
            let is_style = style.chars().all(|letter| letter.is_ascii_digit() || letter == ';');
            let is_plain = style
                .split(';')
                .all(|part| ["", "0", "1", "2", "4", "7", "22", "24", "27", "39", "49", "59"].contains(&part));
            assert!(!is_style || is_plain, "{style:?}");
        }
        assert!(written.contains("\u{1b}[0;7m") || written.contains("\u{1b}[7m"), "no selection is shown");
    }
}

#[test]
fn settings_are_in_force_and_their_faults_are_told() {
    let own = tempfile::tempdir().unwrap();
    let path = own.path().join("config.toml");
    std::fs::write(&path, "[theme]\nname = \"dark\"\n[keys]\nprojects = \"p\"\nsort = \"hyper\"\n").unwrap();
    let config = path.to_str().unwrap();
    let styles = |environment: &[(&str, &str)]| {
        let (_folder, mut terminal) = start(80, 24, environment);
        terminal.wait_for("your own files have faults, and not all is used: see outflow config check");
        terminal.press("p");
        terminal.wait_for("Projects as published");
        terminal.settle(QUIET);
        let written = String::from_utf8_lossy(terminal.raw()).into_owned();
        assert!(written.contains("config.toml, line 5: sort: \"hyper\" is no key"), "{written}");
        written
    };
    assert!(styles(&[("OUTFLOW_CONFIG", config)]).contains("48;5;234"));
    let plain = styles(&[("OUTFLOW_CONFIG", config), ("NO_COLOR", "1")]);
    assert!(!plain.contains("8;5;") && plain.contains("\u{1b}[7m"), "{plain}");
}

#[test]
fn an_import_shows_how_far_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["import", FIXTURE];
    let mut terminal = Terminal::start(&Start {
        columns: 100,
        rows: 24,
        library: folder.path(),
        arguments: &arguments,
        environment: &[],
    });
    assert_eq!(terminal.wait_for_end(), 0);
    let written = String::from_utf8_lossy(terminal.raw()).into_owned();
    assert!(written.contains("reading page.txt") || written.contains("building the index"), "{written:?}");
    assert!(terminal.text().contains("imported as edition page"), "{}", terminal.text());
}

/// Clock ticks of processor time that the program has used.
fn ticks(terminal: &Terminal) -> u64 {
    let number = terminal.process().as_raw_nonzero();
    let stat = std::fs::read_to_string(format!("/proc/{number}/stat")).unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or_default();
    let fields: Vec<u64> = after.split_whitespace().map(|field| field.parse().unwrap_or(0)).collect();
    fields.get(11).copied().unwrap_or(0) + fields.get(12).copied().unwrap_or(0)
}
