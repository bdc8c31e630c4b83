//! An import that ends before its end: by Ctrl-C and other signals, or killed. Nothing of it is left.

use std::path::{Path, PathBuf};

use crate::support::disk::{FIXTURE, contents};
use crate::support::processes::{reader_of, wait_for, wait_until_gone};
use crate::support::program::{outflow, program, ran};
use crate::support::terminal::{Start, Terminal};
use crate::support::workbook::large_workbook;
use rustix::process::{Signal, kill_process};

/// A library with an edition, and a workbook that takes a while.
fn prepared() -> (tempfile::TempDir, PathBuf, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("library");
    assert_eq!(outflow(&library, &["import", FIXTURE]).code, 0);
    let workbook = large_workbook(folder.path(), "large-mar-2018.xlsx");
    (folder, library, workbook)
}

fn import(library: &Path, arguments: &[&str]) -> Terminal {
    Terminal::start(&Start { columns: 80, rows: 24, library, arguments, environment: &[] })
}

#[test]
fn a_signal_leaves_nothing_whatever_the_import_is_at() {
    let (_folder, library, workbook) = prepared();
    let before = contents(&library);
    let workbook = workbook.to_str().unwrap();
    let moments = ["reading file 1 of 1", "rows (", "looking for concerns", "building the index"];
    let signals = [(Signal::INT, 130), (Signal::TERM, 143), (Signal::HUP, 129), (Signal::QUIT, 131)];
    for edition in ["page", "new"] {
        for (moment, (signal, code)) in moments.into_iter().zip(signals) {
            let mut terminal = import(&library, &["import", "--edition", edition, workbook]);
            let reads = moment.starts_with("reading").then(|| reader_of(terminal.process()));
            terminal.wait_until(moment, |terminal| String::from_utf8_lossy(terminal.raw()).contains(moment));
            terminal.signal(signal);
            assert_eq!(terminal.wait_for_end(), code, "{moment}: {}", terminal.text());
            assert!(contents(&library) == before, "{moment}, {edition}: the library has changed");
            assert_eq!(terminal.text().trim(), "", "{moment}: the bar is still there");
            assert!(!terminal.screen().hide_cursor());
            if let Some(reader) = reads {
                wait_until_gone(reader);
            }
        }
    }
}

#[test]
fn ctrl_c_at_the_terminal_is_one_signal_and_no_message() {
    let (_folder, library, workbook) = prepared();
    let before = contents(&library);
    let mut terminal = import(&library, &["import", workbook.to_str().unwrap()]);
    terminal.wait_for("reading file 1 of 1");
    terminal.press("\u{3}");
    assert_eq!(terminal.wait_for_end(), 130);
    assert!(contents(&library) == before);
    let raw = String::from_utf8_lossy(terminal.raw()).into_owned();
    assert_eq!(terminal.text().replace("^C", "").trim(), "", "{raw:?}");
}

#[test]
fn a_library_that_was_not_there_is_not_there_after_a_signal() {
    let (folder, _, workbook) = prepared();
    let library = folder.path().join("data/outflow/library");
    let child = program(&library, &["import", "--edition", "new", workbook.to_str().unwrap()]).spawn().unwrap();
    let process = rustix::process::Pid::from_child(&child);
    reader_of(process);
    kill_process(process, Signal::INT).unwrap();
    let ran = ran(child);
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (130, "", ""));
    assert!(!folder.path().join("data").exists());
}

#[test]
fn an_import_that_is_killed_takes_its_process_along() {
    let (_folder, library, workbook) = prepared();
    let before = contents(&library);
    let mut child = program(&library, &["import", "--edition", "page", workbook.to_str().unwrap()]).spawn().unwrap();
    let reader = reader_of(rustix::process::Pid::from_child(&child));
    child.kill().unwrap();
    child.wait().unwrap();
    wait_until_gone(reader);
    assert!(contents(&library) == before);
}

#[test]
fn what_a_killed_import_left_is_cleared_by_the_next_of_any_edition() {
    let (_folder, library, workbook) = prepared();
    let mut terminal = import(&library, &["import", "--edition", "new", workbook.to_str().unwrap()]);
    terminal.wait_for("building the index");
    let built = || {
        let entries = std::fs::read_dir(library.join("editions/new")).ok()?;
        entries.flatten().find(|entry| entry.file_name().to_string_lossy().starts_with(".import-"))
    };
    wait_for("a folder that is being built", built);
    terminal.signal(Signal::KILL);
    terminal.wait_for_end();
    assert!(built().is_some());
    assert_eq!(outflow(&library, &["import", FIXTURE]).code, 0);
    assert!(!library.join("editions/new").exists());
}

#[test]
fn an_import_that_was_started_to_outlive_its_terminal_does() {
    let (_folder, library, workbook) = prepared();
    let mut command = std::process::Command::new("/bin/sh");
    command.args(["-c", "trap '' HUP; exec \"$0\" import --edition new \"$1\"", env!("CARGO_BIN_EXE_outflow")]);
    command.arg(&workbook).env_clear().env("OUTFLOW_LIBRARY", &library);
    let mut child = command.stdout(std::process::Stdio::null()).spawn().unwrap();
    let process = rustix::process::Pid::from_child(&child);
    reader_of(process);
    kill_process(process, Signal::HUP).unwrap();
    assert!(child.wait().unwrap().success());
}

#[test]
fn the_bar_tells_the_file_its_rows_and_the_phase() {
    let (_folder, library, workbook) = prepared();
    let mut terminal = import(&library, &["import", "--edition", "new", workbook.to_str().unwrap(), FIXTURE]);
    assert_eq!(terminal.wait_for_end(), 0);
    let drawn = String::from_utf8_lossy(terminal.raw()).into_owned();
    for said in ["reading file 1 of 2", " of 12,000 rows (large-mar", "building the index"] {
        assert!(drawn.contains(said), "{said} is not in {drawn}");
    }
    assert!(
        !terminal.text().contains("[=") && terminal.text().contains("imported as edition new"),
        "{}",
        terminal.text()
    );
}

#[test]
fn a_signal_after_the_new_edition_is_in_place_is_too_late() {
    let (_folder, library, _) = prepared();
    let current = library.join("editions/page/current");
    let before = std::fs::read_link(&current).unwrap();
    for _ in 0..3 {
        let child = program(&library, &["import", "--edition", "page", FIXTURE]).spawn().unwrap();
        let process = rustix::process::Pid::from_child(&child);
        let was = std::fs::read_link(&current).unwrap();
        wait_for("the new edition", || std::fs::read_link(&current).is_ok_and(|now| now != was).then_some(()));
        let _ = kill_process(process, Signal::INT);
        let ran = ran(child);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert!(ran.stdout.contains("imported as edition page"), "{}", ran.stdout);
    }
    assert_ne!(std::fs::read_link(&current).unwrap(), before);
}
