//! Output that nobody takes: a pipe that is closed ends a command in silence, a full disk or a closed output with one line.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::support::disk::FIXTURE;
use crate::support::program::{Ran, outflow, ran};

/// A project of the fixture.
const REFERENCE: &str = "DARS-NIC-00001-A1B2C";

/// Every command that prints, as a person gives it. The first names the fixture's edition, which the others open.
const COMMANDS: &[&[&str]] = &[
    &["import", FIXTURE],
    &["search", "bed"],
    &["search", "bed", "--json"],
    &["search", "bed", "--facets"],
    &["search", "nothing-such-as-this"],
    &["searches"],
    &["watch"],
    &["show", REFERENCE],
    &["show", REFERENCE, "--json"],
    &["show", REFERENCE, "--cite"],
    &["show", REFERENCE, "--files"],
    &["export", REFERENCE],
    &["export", "bed", "--format", "csv"],
    &["export", "bed", "--format", "html"],
    &["export", "bed", "--json"],
    &["request", REFERENCE],
    &["concerns"],
    &["concerns", "--json"],
    &["marks"],
    &["mark", REFERENCE, "--bookmark"],
    &["changes", "sample", "page"],
    &["organisations"],
    &["organisations", "--json"],
    &["datasets"],
    &["stats"],
    &["editions"],
    &["glossary"],
    &["glossary", "s251"],
    &["keys"],
    &["config"],
    &["man"],
    &["man", "search"],
    &["completions", "bash"],
    &["completions", "zsh"],
    &["completions", "fish"],
    &["config", "check"],
    &["--help"],
    &["import", "--help"],
    &["--version"],
];

/// A shell that starts the program, `$0`, with arguments, as a script says.
fn shell(folder: &Path, script: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new("/bin/sh");
    command.arg("-c").arg(script).arg(env!("CARGO_BIN_EXE_outflow")).args(arguments);
    command.env_clear().env("PATH", "/usr/bin:/bin").env("RUST_BACKTRACE", "full").env("HOME", folder);
    command.env("OUTFLOW_LIBRARY", folder.join("library")).env("OUTFLOW_OWN", folder.join("own"));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn in_shell(folder: &Path, script: &str, arguments: &[&str]) -> Ran {
    ran(shell(folder, script, arguments).spawn().unwrap())
}

fn prepared() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_owned();
    assert_eq!(outflow(&path.join("library"), &["import", FIXTURE]).code, 0);
    (folder, path)
}

/// Nothing that only a programmer reads.
fn is_plain(said: &str, what: &str) {
    for word in
        ["panick", "RUST_BACKTRACE", "Backtrace", "stack backtrace", "src/", "a fault in the program", "Location"]
    {
        assert!(!said.contains(word), "{what}: {said}");
    }
}

#[test]
fn every_command_is_tried() {
    let help = outflow(Path::new("/nonexistent"), &["--help"]).stdout;
    let commands = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    for line in commands.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   ")) {
        let name = line.split_whitespace().next().unwrap();
        let needs_more = ["help", "dismiss"].contains(&name);
        assert!(needs_more || COMMANDS.iter().any(|command| command.contains(&name)), "{name} is not tried");
    }
}

#[test]
fn a_pipe_that_nobody_reads_ends_every_command_in_silence() {
    let (_folder, path) = prepared();
    for arguments in COMMANDS {
        let whole = in_shell(&path, "exec \"$0\" \"$@\"", arguments);
        assert!(!whole.stdout.is_empty() || !whole.stderr.is_empty(), "{arguments:?} prints nothing");
        // The reader is gone before the program writes: the pipe breaks for certain.
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let ran = ran(shell(&path, "exec \"$0\" \"$@\"", arguments).stdout(writer).spawn().unwrap());
        is_plain(&ran.stderr, &format!("{arguments:?}"));
        let code = if whole.stdout.is_empty() { whole.code } else { 0 };
        assert_eq!((ran.code, ran.stderr.contains("roken pipe")), (code, false), "{arguments:?}: {}", ran.stderr);
        // What is read is the beginning of what would have been.
        let ran = in_shell(&path, "\"$0\" \"$@\" | head -n 1", arguments);
        is_plain(&ran.stderr, &format!("{arguments:?}"));
        assert!(ran.stdout.lines().count() <= 1, "{arguments:?}");
    }
}

#[test]
fn an_output_that_is_full_or_closed_is_an_error_of_one_line() {
    let (_folder, path) = prepared();
    for arguments in COMMANDS {
        let whole = in_shell(&path, "exec \"$0\" \"$@\"", arguments);
        let full = in_shell(&path, "exec \"$0\" \"$@\" >/dev/full", arguments);
        is_plain(&full.stderr, &format!("{arguments:?}"));
        if whole.stdout.is_empty() {
            assert_eq!(full.code, whole.code, "{arguments:?}: {}", full.stderr);
            continue;
        }
        assert_eq!(full.code, 2, "{arguments:?} to a full disk: {}", full.stderr);
        assert!(full.stderr.contains("No space left on device"), "{arguments:?}: {}", full.stderr);
    }
}

#[test]
fn closed_outputs_break_nothing() {
    let (_folder, path) = prepared();
    for arguments in COMMANDS {
        let whole = in_shell(&path, "exec \"$0\" \"$@\"", arguments);
        for (script, what) in [
            ("exec \"$0\" \"$@\" >&-", "stdout is closed"),
            ("exec \"$0\" \"$@\" 2>&-", "stderr is closed"),
            ("exec \"$0\" \"$@\" 2>/dev/full", "stderr is full"),
            ("exec \"$0\" \"$@\" <&- >&- 2>&-", "all are closed"),
        ] {
            let ran = in_shell(&path, script, arguments);
            is_plain(&ran.stderr, &format!("{arguments:?}, {what}"));
            assert_eq!(ran.code, whole.code, "{arguments:?}, {what}: {}", ran.stderr);
        }
    }
    // An error keeps its code where there is nowhere to tell it.
    let failed = in_shell(&path, "exec \"$0\" show no-such-project 2>&-", &[]);
    let told = in_shell(&path, "exec \"$0\" show no-such-project", &[]);
    assert_eq!(failed.code, told.code);
    let none = in_shell(&path, "exec \"$0\" --edition none search x 2>/dev/full", &[]);
    assert_eq!(none.code, 2);
}
