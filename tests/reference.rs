//! `assets/reference.md` lists every key, command and field of the query language, as the program itself has them.
//!
//! It is written anew by `OUTFLOW_REFERENCE=write cargo test --test reference`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and this one writes the file where it is asked to"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{Arg, Command};
use outflow::cli;
use outflow::explorer::actions::{ACTIONS, ActionEntry, groups};
use outflow::index::query_fields;

fn reference() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/reference.md")
}

/// The whole of it.
fn written() -> String {
    let mut text = String::from(
        "# Every command, field and key\n\n\
         Written from the program's own tables by a test, which fails where they differ. `outflow man` says the same at the \
         terminal, `outflow COMMAND --help` more of a command, and `?` in the explorer more of where you are.\n",
    );
    commands(&mut text);
    fields(&mut text);
    keys(&mut text);
    text
}

fn commands(text: &mut String) {
    let program = cli::definition();
    text.push_str("\n## Commands\n\n`outflow` alone opens the explorer. A command takes what is listed for it, and what every command takes.\n");
    text.push_str("\n| command | what it does |\n| --- | --- |\n");
    for command in shown(&program) {
        writeln!(text, "| [`{}`](#{}) | {} |", command.get_name(), command.get_name(), cell(&about(command))).unwrap();
    }
    text.push_str("\n### Options of the explorer\n");
    options(text, program.get_arguments().filter(|option| !option.is_global_set()));
    text.push_str("\n### Options of every command\n");
    options(text, program.get_arguments().filter(|option| option.is_global_set()));
    for command in shown(&program) {
        writeln!(text, "\n### {}\n\n{}.", command.get_name(), about(command)).unwrap();
        options(text, command.get_arguments());
        if let Some(examples) = command.get_after_help() {
            write!(text, "\n```\n{examples}\n```\n").unwrap();
        }
    }
}

fn shown(program: &Command) -> impl Iterator<Item = &Command> {
    program.get_subcommands().filter(|command| !command.is_hide_set())
}

fn about(command: &Command) -> String {
    command.get_about().expect("every command says what it does").to_string()
}

fn options<'a>(text: &mut String, all: impl Iterator<Item = &'a Arg>) {
    let all: Vec<&Arg> = all.filter(|option| !option.is_hide_set()).collect();
    if all.is_empty() {
        return;
    }
    text.push_str("\n| write | to |\n| --- | --- |\n");
    for option in all {
        let mut about = option.get_help().expect("every argument says what it is").to_string();
        let values: Vec<String> =
            option.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
        if option.get_action().takes_values() && !values.is_empty() {
            write!(about, ": {}", values.join(", ")).unwrap();
        }
        let defaults: Vec<_> = option.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
        if option.get_action().takes_values() && !defaults.is_empty() {
            write!(about, " [default: {}]", defaults.join(" ")).unwrap();
        }
        if let Some(variable) = option.get_env() {
            write!(about, " [or by {}]", variable.to_string_lossy()).unwrap();
        }
        writeln!(text, "| `{}` | {} |", usage(option), cell(&about)).unwrap();
    }
}

/// How an argument is written.
fn usage(option: &Arg) -> String {
    let value = option.get_value_names().and_then(|names| names.first()).map_or("", |name| name.as_str());
    let short = option.get_short().map(|letter| format!("-{letter}, ")).unwrap_or_default();
    match option.get_long() {
        Some(long) if option.get_action().takes_values() => format!("{short}--{long} {value}"),
        Some(long) => format!("{short}--{long}"),
        None => value.to_owned(),
    }
}

fn fields(text: &mut String) {
    text.push_str("\n## Fields of a query\n\nBehind each stands a colon and what it takes; `-` before it asks for the opposite.\n");
    text.push_str("\n| field | asks of a project | takes |\n| --- | --- | --- |\n");
    for field in query_fields() {
        let also = field.also.map(|also| format!(", `{also}:`")).unwrap_or_default();
        let takes = field.takes.told(|written| format!("`{written}`"));
        writeln!(text, "| `{}:`{also} | {} | {takes} |", field.name, field.asks).unwrap();
    }
}

fn keys(text: &mut String) {
    text.push_str("\n## Keys of the explorer\n\nThe name is what `config.toml` calls it.\n");
    for (group, entries) in groups() {
        writeln!(text, "\n### {group}\n\n| keys | name | where | what it does |\n| --- | --- | --- | --- |").unwrap();
        for entry in entries {
            let row = format!("| {} | `{}` | {} | {} |", chords(entry), entry.name, places(entry), cell(entry.help));
            writeln!(text, "{row}").unwrap();
        }
    }
}

fn chords(entry: &ActionEntry) -> String {
    let chords = entry.chords.iter().map(|chord| format!("`{}`", chord.to_string().replace('|', "\\|")));
    chords.collect::<Vec<_>>().join(", ")
}

fn places(entry: &ActionEntry) -> String {
    entry.places.iter().map(|place| place.name()).collect::<Vec<_>>().join(", ")
}

/// A sentence as it can stand in a cell.
fn cell(sentence: &str) -> String {
    sentence.trim_end_matches('.').replace('|', "\\|").replace('<', "&lt;")
}

#[test]
fn the_reference_lists_what_the_program_has() {
    let written = written();
    if std::env::var_os("OUTFLOW_REFERENCE").is_some_and(|what| what == "write") {
        fs::write(reference(), &written).unwrap();
    }
    let kept = fs::read_to_string(reference()).unwrap_or_default();
    let differs = written.lines().zip(kept.lines()).find(|(now, before)| now != before);
    assert!(
        written == kept,
        "assets/reference.md is not what the program has: OUTFLOW_REFERENCE=write cargo test --test reference; first {differs:?}"
    );
}

#[test]
fn nothing_is_missing_from_the_reference() {
    let written = written();
    for entry in &ACTIONS {
        assert!(written.contains(&format!("| `{}` |", entry.name)), "{}", entry.name);
    }
    for field in query_fields() {
        assert!(written.contains(&format!("| `{}:`", field.name)), "{}", field.name);
        assert!(!field.asks.is_empty());
    }
    let program = cli::definition();
    for command in shown(&program) {
        assert!(written.contains(&format!("\n### {}\n", command.get_name())), "{}", command.get_name());
    }
    assert!(
        !written.contains("read-file") && !written.contains("test-panic"),
        "what is for the program itself is listed"
    );
}
