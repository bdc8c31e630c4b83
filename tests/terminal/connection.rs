//! The real binary in a pseudo-terminal that is cut off, stands still or is none: it ends at once, and leaves the terminal as it was.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::processes;
use crate::support::processes::{KINDS, SOON};
use crate::support::terminal::{Start, Terminal};
use rustix::process::Signal;

/// How long nothing must come before a program counts as silent.
const QUIET: Duration = Duration::from_millis(300);

/// The signals that end a program, with the code that it ends with.
const SIGNALS: [(Signal, u32); 4] = [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131)];

fn start(columns: u16, rows: u16, arguments: &[&str]) -> (tempfile::TempDir, Terminal) {
    let folder = tempfile::tempdir().unwrap();
    let start = Start { columns, rows, library: folder.path(), arguments, environment: &[] };
    let terminal = Terminal::start(&start);
    (folder, terminal)
}

/// Starts the program from a shell, which does something before and is then the program itself.
fn start_after(before: &str, arguments: &str) -> (tempfile::TempDir, Terminal) {
    let folder = tempfile::tempdir().unwrap();
    let script = format!("{before}\nexec \"$0\" {arguments}");
    let arguments = ["-c", &script, env!("CARGO_BIN_EXE_outflow")];
    let environment = [("PATH", "/usr/bin:/bin")];
    let start =
        Start { columns: 80, rows: 24, library: folder.path(), arguments: &arguments, environment: &environment };
    let terminal = Terminal::run(80, 24, start.command("/bin/sh"));
    (folder, terminal)
}

#[test]
fn a_hang_up_ends_it_within_a_second_even_where_the_signal_is_ignored() {
    for before in ["", "trap '' HUP"] {
        for (arguments, shows) in KINDS {
            // The end of the input, which the test's own library sends with the last key, is not what is to end it.
            let (_folder, mut terminal) = start_after(&format!("stty eof undef\n{before}"), arguments);
            terminal.wait_for(shows);
            let ended = processes::end_by(terminal.process(), || terminal.hang_up(90, 30));
            ended.is_soon(&format!("{before} {arguments}"));
            let code = terminal.wait_for_end();
            // Where the dialogue does not ignore the signal, it ends it without more, which a shell tells by the same number.
            let is_ended = arguments == "--plain" && before.is_empty() && terminal.was_ended_by("Hangup");
            assert!(code == 129 || is_ended, "{before} {arguments}: {code}");
        }
    }
}

/// Keys that lead somewhere, and whether pasted text is told apart there.
const PLACES: [(&str, &str, bool); 4] =
    [("", "home", false), ("/dem", "/ dem", true), (":ci", "cite", true), ("1\ra", "Note on", true)];

#[test]
fn every_signal_gives_the_terminal_back_wherever_one_is() {
    for (signal, code) in SIGNALS {
        for (keys, shows, tells_pasting) in PLACES {
            let own = tempfile::tempdir().unwrap();
            let own = own.path().to_str().unwrap();
            let (_folder, mut terminal) = start(80, 24, &["--mouse", "--own", own]);
            terminal.wait_for("42 projects");
            terminal.press(keys);
            terminal.wait_until(shows, |terminal| terminal.text().to_lowercase().contains(&shows.to_lowercase()));
            terminal.wait_until("pasting told apart", |terminal| terminal.screen().bracketed_paste() == tells_pasting);
            assert_ne!(terminal.screen().mouse_protocol_mode(), vt100::MouseProtocolMode::None);
            terminal.signal(signal);
            assert_eq!(terminal.wait_for_end(), code, "{signal:?} at {shows}");
            terminal.is_given_back();
        }
    }
}

#[test]
fn a_dialogue_has_nothing_to_give_back() {
    for (signal, name) in
        [(Signal::TERM, "Terminated"), (Signal::HUP, "Hangup"), (Signal::INT, "Interrupt"), (Signal::QUIT, "Quit")]
    {
        let (_folder, mut terminal) = start_after("ulimit -c 0", "--plain");
        terminal.wait_for("At: home");
        terminal.signal(signal);
        terminal.wait_for_end();
        assert!(terminal.was_ended_by(name), "{signal:?}");
        terminal.is_given_back();
        assert!(!terminal.raw().contains(&0x1b));
    }
}

#[test]
fn a_signal_ends_it_within_a_second_where_its_output_is_blocked() {
    for (signal, code) in SIGNALS {
        let (_folder, mut terminal) = blocked();
        ends(&mut terminal, signal, code);
    }
}

#[test]
fn keys_and_sizes_that_wait_do_not_keep_a_signal_from_ending_it() {
    let (_folder, mut terminal) = blocked();
    // More keys than there is room for, so that whoever tells of a change of size waits, too.
    for _ in 0..1_500 {
        terminal.press("j");
    }
    processes::wait_until_still(terminal.process());
    terminal.resize(499, 200);
    processes::wait_until_still(terminal.process());
    ends(&mut terminal, Signal::TERM, 143);
}

/// A program that stands still because nobody reads what it draws.
fn blocked() -> (tempfile::TempDir, Terminal) {
    let (folder, mut terminal) = start(500, 200, &[]);
    terminal.wait_for("42 projects");
    terminal.press("1");
    terminal.wait_for("Projects as published");
    terminal.stall();
    let process = terminal.process();
    // The system holds some screens back.
    for _ in 0..200 {
        let before = processes::written(process);
        terminal.press("\u{c}");
        processes::wait_until_still(process);
        if processes::written(process) == before {
            return (folder, terminal);
        }
    }
    panic!("its output is never blocked");
}

/// Ends a program that stands still.
fn ends(terminal: &mut Terminal, signal: Signal, code: u32) {
    let begun = Instant::now();
    terminal.signal(signal);
    assert_eq!(terminal.wait_for_end(), code);
    let after = begun.elapsed();
    eprintln!("{signal:?}: gone after {after:?}");
    assert!(after < SOON, "{signal:?}: {after:?}");
}

/// What a program says that has no terminal: one line, without an escape.
fn is_refusal(said: &str, why: &str) {
    assert!(said.trim_end().lines().count() == 1 && !said.contains('\u{1b}'), "{said:?}");
    assert!(said.starts_with(&format!("outflow: the explorer needs a terminal ({why})")), "{said:?}");
    assert!(said.contains("`outflow --plain`") && said.contains("`outflow search WORDS`"), "{said:?}");
}

#[test]
fn without_a_terminal_it_says_so_in_a_line() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_outflow"));
    command.env_clear().env("OUTFLOW_LIBRARY", folder.path()).env("TERM", "xterm");
    let output = command.stdin(Stdio::null()).output().unwrap();
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), &b""[..]));
    is_refusal(&String::from_utf8(output.stderr).unwrap(), "input or output is a pipe or a file");
    for (before, arguments, why) in [
        ("", "</dev/null", "input or output is a pipe or a file"),
        ("", ">/dev/null", "input or output is a pipe or a file"),
        ("TERM=dumb", "", "TERM says dumb"),
        ("TERM=", "", "TERM is not set"),
        ("unset TERM", "", "TERM is not set"),
    ] {
        let (_folder, mut terminal) = start_after(before, arguments);
        assert_eq!(terminal.wait_for_end(), 2, "{before} {arguments}");
        is_refusal(&String::from_utf8_lossy(terminal.raw()), why);
        terminal.is_given_back();
    }
}

#[test]
fn a_terminal_without_a_size_is_drawn_as_80_by_24() {
    for before in ["stty rows 0 cols 0", "stty rows 0", "stty cols 0"] {
        let (_folder, mut terminal) = start_after(before, "");
        terminal.wait_for("q quit");
        terminal.settle(QUIET);
        let rows: Vec<String> = terminal.screen().rows(0, 80).collect();
        assert!(rows[23].contains("q quit") && rows[0].starts_with('/'), "{before}: {rows:#?}");
        terminal.press("q");
        assert_eq!(terminal.wait_for_end(), 0);
        terminal.is_given_back();
    }
}

#[test]
fn a_closed_pipe_ends_a_dialogue_without_a_word() {
    let folder = tempfile::tempdir().unwrap();
    let script = "yes dementia | \"$0\" --plain 2>\"$OUTFLOW_LIBRARY/said\" | head -n 3; echo \"${PIPESTATUS[1]}\"";
    let mut command = Command::new("bash");
    command.args(["-c", script, env!("CARGO_BIN_EXE_outflow")]);
    command.env_clear().env("PATH", "/usr/bin:/bin").env("OUTFLOW_LIBRARY", folder.path());
    let output = command.stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.ends_with("\n0\n") && said.lines().count() == 4, "{said}");
    assert_eq!(std::fs::read_to_string(folder.path().join("said")).unwrap(), "");
}
