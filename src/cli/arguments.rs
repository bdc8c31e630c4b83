//! The arguments, in one definition that the parser, the help and the documentation share.

mod words;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser, Resettable, TypedValueParser};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum, ValueHint};

use super::{
    changes, check, completions, concerns, config, dismiss, editions, export, glossary, import, manual, marks, named,
    request, search, searches, show, watch,
};
use crate::explorer::faulty::PARTS;
use crate::explorer::theme::NAMES;
use crate::index::Sort;
use crate::text::safe;
use words::in_order;

/// What the program is called.
pub(super) const NAME: &str = "outflow";

/// Explore the NHS data release registers: who was given patients' records, for what stated purpose, on what legal
/// basis, whether opt-outs were applied, and what should worry you.
#[derive(Debug, Parser)]
#[command(name = NAME, bin_name = NAME, version, disable_help_subcommand = true)]
#[command(after_help = "Without a command the explorer opens; on the embedded sample until something is imported.\n\
                        With --plain it is a dialogue of plain lines, for screen readers and scripts.\n\
                        Exit codes: 0 found or done, 1 nothing found, 2 error.")]
pub(super) struct Arguments {
    /// Open the explorer on what a query finds
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    pub(super) query: Option<String>,
    /// In which order that comes
    #[arg(long, value_name = "ORDER", requires = "query", value_parser = orders())]
    pub(super) sort: Option<Sort>,
    /// In which colours the explorer is drawn [default: what config.toml says, else the terminal's own]
    #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(NAMES.map(|(name, _)| name)))]
    pub(super) theme: Option<String>,
    /// Listen to the mouse in the explorer, too [default: what config.toml says, else not]
    #[arg(long)]
    pub(super) mouse: bool,
    /// Which part of the program fails on purpose, to see that a fault in it does no harm
    #[arg(long, hide = true, value_name = "PART", value_parser = PossibleValuesParser::new(PARTS.map(|(name, _)| name)))]
    pub(super) test_panic: Option<String>,
    // Last: what follows its heading would stand under it.
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// What every command takes.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Options of every command")]
pub(super) struct Global {
    /// The folder of imported editions [default: your own data folder]
    #[arg(long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath, env = "OUTFLOW_LIBRARY", hide_env_values = true)]
    pub(super) library: Option<PathBuf>,
    /// The edition to read, or "sample"; on import the name to make [default: the newest]
    #[arg(long, global = true, value_name = "NAME")]
    pub(super) edition: Option<String>,
    /// Your own list of names that are one, or are to be kept apart [default: aliases.toml in your configuration folder]
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath, env = "OUTFLOW_ALIASES", hide_env_values = true)]
    pub(super) aliases: Option<PathBuf>,
    /// Your own list of audit findings [default: audits.csv in your configuration folder]
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath, env = "OUTFLOW_AUDITS", hide_env_values = true)]
    pub(super) audits: Option<PathBuf>,
    /// Your own settings of the rules [default: concerns.toml in your configuration folder]
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath, env = "OUTFLOW_CONCERN_SETTINGS", hide_env_values = true)]
    pub(super) concern_settings: Option<PathBuf>,
    /// Your own keys and colours of the explorer [default: config.toml in your configuration folder]
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath, env = "OUTFLOW_CONFIG", hide_env_values = true)]
    pub(super) config: Option<PathBuf>,
    /// The folder of your own things, such as what you dismissed [default: own in your data folder]
    #[arg(long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath, env = "OUTFLOW_OWN", hide_env_values = true)]
    pub(super) own: Option<PathBuf>,
    /// Print one JSON value
    #[arg(long, global = true)]
    pub(super) json: bool,
    /// Print without colour and without wrapping; without a command the explorer is a dialogue of plain lines
    #[arg(long, global = true)]
    pub(super) plain: bool,
    /// When to colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(super) color: ColourWhen,
    /// Draw with ASCII characters only
    #[arg(long, global = true)]
    pub(super) ascii: bool,
    #[command(flatten)]
    pub(super) locking: Locking,
}

/// Whether the program is for strangers.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Locking {
    /// Only search and read the library that --library names: nothing is written, started, connected to or read elsewhere; for
    /// the ForceCommand of an SSH server. Nothing is taken from the environment that names a file
    #[arg(long, global = true)]
    pub(super) locked: bool,
    /// With --locked: start even where the kernel cannot refuse all of that
    #[arg(long, global = true, requires = "locked")]
    pub(super) allow_unsandboxed: bool,
}

/// When output is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ColourWhen {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Read published workbooks or pages into a new edition
    Import(import::Import),
    /// List the projects that match
    Search(search::Search),
    /// List the searches you saved, with how much they find and how much of it is new
    Searches(searches::Searches),
    /// Print what is new in the searches you saved, and remember it as seen; exit code 1 where nothing is
    Watch(watch::Watch),
    /// Show one project, whole
    Show(show::Show),
    /// Write what a query finds as a dossier: Markdown, a page, a table or JSON
    Export(export::Export),
    /// Draft a request for information about one agreement; nothing is sent
    Request(request::Ask),
    /// List the concerns with counts, or the projects that have one
    Concerns(concerns::Concerns),
    /// Dismiss a concern of a project, with a reason; list what you dismissed, or bring it back
    Dismiss(dismiss::Dismiss),
    /// Mark a project for yourself: a bookmark, tags, notes, your collection; without an option, show its marks
    Mark(marks::Mark),
    /// List what you marked, with how it stands in the edition that is open
    Marks,
    /// List the organisations, or show one with its projects
    Organisations(named::Named),
    /// List the datasets, or show one with who got it
    Datasets(named::Named),
    /// Show what changed between two editions
    Changes(changes::Changes),
    /// Show the edition in figures
    Stats,
    /// List the imported editions, choose the one that opens, or remove one
    Editions(editions::Editions),
    /// Read every file of every edition, and say whether the library is whole; exit code 1 where nothing was imported, 2
    /// where something is damaged
    Check(check::Check),
    /// Explain the words of the law and of the publisher in plain English, with sources
    Glossary(glossary::Asked),
    /// List the explorer's keys, with the names by which your config.toml can change them
    Keys,
    /// Show your own files and what is in force, check them, or print a config.toml to begin with
    Config(config::Config),
    /// Print a manual page, of the program or of one command
    Man(manual::Manual),
    /// Print what a shell completes: bash, zsh or fish
    Completions(completions::Completions),
    /// Read the file that is the standard input, for another process of this program
    #[command(name = import::READ_FILE, hide = true)]
    ReadFile(import::ReadFile),
}

/// What reads the order of a list, by its name.
pub(super) fn orders() -> impl TypedValueParser<Value = Sort> {
    let names = Sort::ALL.map(|sort| PossibleValue::new(sort.name()).help(sort.about()));
    PossibleValuesParser::new(names).try_map(|name| Sort::named(&name).ok_or("there is no such order"))
}

/// The definition of the command line, as its users know it.
pub(super) fn definition() -> clap::Command {
    Arguments::command()
}

/// Why arguments cannot be run.
pub(super) enum Unread {
    /// Help or the version was asked for, which the library prints.
    Asked(clap::Error),
    /// They are not understood. What is said of it quotes no character that a terminal would obey.
    Wrong(String),
}

/// Reads the process's arguments. In locked mode the environment is that of a stranger, and names no file.
///
/// # Errors
/// Where they cannot be run.
pub(super) fn read() -> Result<Arguments, Unread> {
    let words = in_order(std::env::args_os());
    parse(&words).map_err(|error| {
        if !error.use_stderr() {
            return Unread::Asked(error);
        }
        // The library quotes arguments as they are, and leaves out what it takes for colours.
        let shown: Vec<String> = words.iter().map(|word| safe(&word.to_string_lossy()).into_owned()).collect();
        let said = Arguments::try_parse_from(&shown).err().unwrap_or(error).render().to_string();
        Unread::Wrong(match advice(&shown) {
            Some(advice) => format!("{said}\n  {advice}\n"),
            None => said,
        })
    })
}

/// What was probably meant by a first word that is no command: help, the name of a file, or words to search for.
fn advice(words: &[String]) -> Option<String> {
    let word = words.get(1).filter(|word| !word.starts_with('-'))?;
    if definition().get_subcommands().any(|command| command.get_name() == word) {
        return None;
    }
    Some(if word == "help" {
        "`outflow --help` lists the commands, `outflow COMMAND --help` explains one".to_owned()
    } else if Path::new(word).exists() {
        format!("to read that file: outflow import \"{word}\"")
    } else {
        format!("to search for it: outflow search {}", words[1..].join(" "))
    })
}

fn parse(words: &[OsString]) -> Result<Arguments, clap::Error> {
    if words.iter().any(|word| word == LOCKED) {
        let without_environment = Arguments::command().mut_args(|argument| argument.env(Resettable::Reset));
        let arguments = Arguments::from_arg_matches(&without_environment.try_get_matches_from(words)?)?;
        // Elsewhere it was the word of a query.
        if arguments.global.locking.locked {
            return Ok(arguments);
        }
    }
    Arguments::try_parse_from(words)
}

/// The option that locks.
const LOCKED: &str = "--locked";
