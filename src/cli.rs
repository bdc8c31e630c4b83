//! The command line: one file a subcommand, and printing for people and for programs.
//!
//! Exit codes: 0 found or done, 1 nothing found, 2 error. People's output and JSON go to stdout, messages and progress
//! to stderr.

mod arguments;
mod bar;
mod changes;
mod check;
mod completions;
mod concerns;
mod config;
mod connection;
mod datasets;
mod dialogue;
mod dismiss;
mod editions;
mod explore;
mod export;
mod glossary;
mod import;
mod interruption;
mod keys;
mod locked;
mod manual;
mod marks;
mod named;
mod organisations;
mod printer;
mod request;
mod search;
mod searches;
mod show;
mod stats;
mod watch;

use std::io::{self, Write};
use std::panic;
use std::process::ExitCode;

use color_eyre::eyre::{Report, eyre};

use crate::explorer::Faults;
use crate::explorer::faulty::Faulty;
use crate::library::{Edition, Judging, Library, LibraryError, Named, Own, OwnError, lay_over};
use arguments::{Arguments, Command, Global, Unread};
use connection::Connection;
use printer::Printer;

/// Exit code of an error.
const FAILED: u8 = 2;

/// What a shell adds to a signal's number for the exit code.
const SIGNALLED: i32 = 128;

/// What a command comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Found, or done.
    Done,
    /// Nothing found.
    Nothing,
    /// Ended by the explorer with a code of its own, such as 129 after a hang-up.
    Code(u8),
}

/// The definition of the command line, for what is written about it.
pub fn definition() -> clap::Command {
    arguments::definition()
}

/// Runs the program with the process's arguments.
pub fn main() -> ExitCode {
    // Told at the end: what is being shown meanwhile, such as a bar, is cleared by then. The explorer, which has the screen to
    // look after, puts a hook of its own in the place of this while it runs.
    let faults = Faults::heard();
    let code = panic::catch_unwind(run_to_end).unwrap_or(ExitCode::from(FAILED));
    if let Some(fault) = faults.take() {
        printer::complain(&format!(
            "a fault in the program ({fault}); nothing that was imported is harmed: if it comes back report this line"
        ));
    }
    code
}

fn run_to_end() -> ExitCode {
    let connection = Connection::begun();
    let arguments = match arguments::read() {
        Ok(arguments) => arguments,
        Err(Unread::Asked(help)) => return told(&help),
        Err(Unread::Wrong(said)) => {
            crate::text::lines(said.trim_end()).for_each(printer::remark);
            return ExitCode::from(FAILED);
        }
    };
    let mut printer = Printer::stdout(&arguments.global);
    let outcome = run(&arguments, &mut printer).and_then(|outcome| {
        printer.finish()?;
        Ok(outcome)
    });
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Ok(Outcome::Code(code)) => ExitCode::from(code),
        // Whoever read the output has seen enough: `outflow search … | head` is no error.
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) if connection.is_lost(&error) => ExitCode::from(signalled(signal_hook::consts::SIGHUP)),
        Err(error) => {
            printer::complain(&error.to_string());
            ExitCode::from(FAILED)
        }
    }
}

/// Prints what was asked for, help or the version. Where it cannot be written that is an error, as with every other output; whoever
/// closed the pipe has seen enough.
fn told(help: &clap::Error) -> ExitCode {
    match help.print().and_then(|()| io::stdout().flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            printer::complain(&error.to_string());
            ExitCode::from(FAILED)
        }
        _ => ExitCode::SUCCESS,
    }
}

/// The exit code of a program that a signal has ended.
fn signalled(signal: i32) -> u8 {
    u8::try_from(SIGNALLED + signal).unwrap_or(u8::MAX)
}

fn run(arguments: &Arguments, printer: &mut Printer) -> Result<Outcome, Report> {
    let global = &arguments.global;
    if global.locking.locked {
        return locked::run(global, arguments, printer);
    }
    if arguments.query.is_some() && arguments.command.is_some() {
        return Err(eyre!("--query opens the explorer; with a command leave it out: outflow search QUERY"));
    }
    if arguments.theme.is_some() && arguments.command.is_some() {
        return Err(eyre!("--theme is for the explorer; with a command leave it out"));
    }
    if arguments.mouse && arguments.command.is_some() {
        return Err(eyre!("--mouse is for the explorer; with a command leave it out"));
    }
    match &arguments.command {
        None => explore::run(global, arguments, printer),
        Some(Command::Import(import)) => {
            import::run(global, import, Faulty::named(arguments.test_panic.as_deref()), printer)
        }
        Some(Command::Search(search)) => search::run(global, search, printer),
        Some(Command::Searches(asked)) => searches::run(global, asked, printer),
        Some(Command::Watch(asked)) => watch::run(global, asked, printer),
        Some(Command::Show(show)) => show::run(global, show, printer),
        Some(Command::Export(asked)) => export::run(global, asked, printer),
        Some(Command::Request(asked)) => request::run(global, asked, printer),
        Some(Command::Concerns(concerns)) => concerns::run(global, concerns, printer),
        Some(Command::Dismiss(asked)) => dismiss::run(global, asked, printer),
        Some(Command::Mark(asked)) => marks::mark(global, asked, printer),
        Some(Command::Marks) => marks::list(global, printer),
        Some(Command::Changes(changes)) => changes::run(global, changes, printer),
        Some(Command::Organisations(asked)) => organisations::run(global, asked, printer),
        Some(Command::Datasets(asked)) => datasets::run(global, asked, printer),
        Some(Command::Stats) => stats::run(global, printer),
        Some(Command::Editions(editions)) => editions::run(global, editions, printer),
        Some(Command::Check(asked)) => check::run(global, asked, check::Reach::WithOwn, printer),
        Some(Command::Glossary(asked)) => glossary::run(global, asked, printer),
        Some(Command::Keys) => keys::run(global, printer),
        Some(Command::Config(asked)) => config::run(global, asked, printer),
        Some(Command::Man(asked)) => manual::run(global, asked, printer),
        Some(Command::Completions(asked)) => completions::run(global, asked, printer),
        Some(Command::ReadFile(limits)) => {
            crate::import::serve(limits.memory, limits.seconds)?;
            Ok(Outcome::Done)
        }
    }
}

/// The library that the arguments or the environment name, else the user's own.
fn library(global: &Global) -> Result<Library, LibraryError> {
    match &global.library {
        Some(root) => Ok(Library::at(root)),
        None => Library::of_user(),
    }
}

/// The folder of the user's own things that the arguments or the environment name, else the one in the user's data folder.
fn own(global: &Global) -> Result<Own, OwnError> {
    global.own.as_ref().map_or_else(Own::of_user, |folder| Ok(Own::at(folder)))
}

/// The edition to read, with what the editions around it say of it, and what the user brings.
fn open(global: &Global) -> Result<Edition, LibraryError> {
    open_judged(global).map(|(edition, _)| edition)
}

/// The same, and what the user brings to it.
fn open_judged(global: &Global) -> Result<(Edition, Judging), LibraryError> {
    let edition = open_alone(global)?;
    let (judging, faults) = judging(global);
    for fault in &faults {
        printer::remark(fault);
    }
    // Only the sample opens without a library.
    lay_over(&edition.index, library(global).ok().as_ref(), &judging)?;
    Ok((edition, judging))
}

/// What the user brings to an edition, and all that is wrong with it.
fn judging(global: &Global) -> (Judging, Vec<String>) {
    Judging::of_user(Named {
        audits: global.audits.as_deref(),
        settings: global.concern_settings.as_deref(),
        own: global.own.as_deref(),
    })
}

/// The edition to read, as it is. The sample needs no library, so it opens where there is no home folder either.
fn open_alone(global: &Global) -> Result<Edition, LibraryError> {
    let asked = global.edition.as_deref();
    match library(global) {
        Ok(library) => library.open(asked),
        Err(LibraryError::NoHome) if asked.is_none_or(|slug| slug == crate::library::SAMPLE) => Edition::sample(),
        Err(error) => Err(error),
    }
}

fn is_closed_pipe(error: &Report) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
