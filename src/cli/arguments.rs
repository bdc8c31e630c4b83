//! The arguments, in one definition that the parser, the help and the documentation share.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, Resettable};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::explorer::faulty::PARTS;
use crate::explorer::theme::NAMES;
use crate::text::safe;

/// Explore the NHS data release registers: who was given patients' records, for what stated purpose, on what legal
/// basis, whether opt-outs were applied, and what should worry you.
#[derive(Debug, Parser)]
#[command(name = "outflow", bin_name = "outflow", version, disable_help_subcommand = true)]
#[command(after_help = "Without a command the explorer opens; on the embedded sample until something is imported.\n\
                        With --plain it is a dialogue of plain lines, for screen readers and scripts.\n\
                        Exit codes: 0 found or done, 1 nothing found, 2 error.")]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) global: Global,
    /// Open the explorer on what a query finds
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    pub(super) query: Option<String>,
    /// In which order that comes
    #[arg(long, value_name = "ORDER", requires = "query")]
    pub(super) sort: Option<SortKey>,
    /// In which colours the explorer is drawn [default: what config.toml says, else the terminal's own]
    #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(NAMES.map(|(name, _)| name)))]
    pub(super) theme: Option<String>,
    /// Listen to the mouse in the explorer, too [default: what config.toml says, else not]
    #[arg(long)]
    pub(super) mouse: bool,
    /// Which part of the program fails on purpose, to see that a fault in it does no harm
    #[arg(long, hide = true, value_name = "PART", value_parser = PossibleValuesParser::new(PARTS.map(|(name, _)| name)))]
    pub(super) test_panic: Option<String>,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// What every command takes.
#[derive(Debug, Clone, Args)]
pub(super) struct Global {
    /// The folder of imported editions [default: your own data folder]
    #[arg(long, global = true, value_name = "DIR", env = "OUTFLOW_LIBRARY", hide_env_values = true)]
    pub(super) library: Option<PathBuf>,
    /// The edition to read, or "sample"; on import the name to make [default: the newest]
    #[arg(long, global = true, value_name = "SLUG")]
    pub(super) edition: Option<String>,
    /// Your own list of names that are one, or are to be kept apart [default: aliases.toml in your configuration folder]
    #[arg(long, global = true, value_name = "FILE", env = "OUTFLOW_ALIASES", hide_env_values = true)]
    pub(super) aliases: Option<PathBuf>,
    /// Your own list of audit findings [default: audits.csv in your configuration folder]
    #[arg(long, global = true, value_name = "FILE", env = "OUTFLOW_AUDITS", hide_env_values = true)]
    pub(super) audits: Option<PathBuf>,
    /// Your own settings of the rules [default: concerns.toml in your configuration folder]
    #[arg(long, global = true, value_name = "FILE", env = "OUTFLOW_CONCERN_SETTINGS", hide_env_values = true)]
    pub(super) concern_settings: Option<PathBuf>,
    /// Your own keys and colours of the explorer [default: config.toml in your configuration folder]
    #[arg(long, global = true, value_name = "FILE", env = "OUTFLOW_CONFIG", hide_env_values = true)]
    pub(super) config: Option<PathBuf>,
    /// The folder of your own things, such as what you dismissed [default: own in your data folder]
    #[arg(long, global = true, value_name = "DIR", env = "OUTFLOW_OWN", hide_env_values = true)]
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
    Import(Import),
    /// List the projects that match
    Search(Search),
    /// List the searches you saved, with how much they find and how much of it is new
    Searches(Searches),
    /// Print what is new in the searches you saved, and remember it as seen; exit code 1 where nothing is
    Watch(Watch),
    /// Show one project, whole
    Show(Show),
    /// Write what a query finds as a dossier: Markdown, a page, a table or JSON
    Export(Export),
    /// Draft a request for information about one agreement; nothing is sent
    Request(Ask),
    /// List the concerns with counts, or the projects that have one
    Concerns(Concerns),
    /// Dismiss a concern of a project, with a reason; list what you dismissed, or bring it back
    Dismiss(Dismiss),
    /// Mark a project for yourself: a bookmark, tags, notes, your collection; without an option, show its marks
    Mark(Mark),
    /// List what you marked, with how it stands in the edition that is open
    Marks,
    /// List the organisations, or show one with its projects
    Organisations(Named),
    /// List the datasets, or show one with who got it
    Datasets(Named),
    /// Show what changed between two editions
    Changes(Changes),
    /// Show the edition in figures
    Stats,
    /// List the imported editions, choose the one that opens, or remove one
    Editions(Editions),
    /// Explain the words of the law and of the publisher in plain English, with sources
    Glossary(Asked),
    /// List the explorer's keys, with the names by which your config.toml can change them
    Keys,
    /// Show your own files and what is in force, check them, or print a config.toml to begin with
    Config(Config),
    /// Read the file that is the standard input, for another process of this program
    #[command(name = READ_FILE, hide = true)]
    ReadFile(ReadFile),
}

/// The command with which this program starts itself to read one file.
pub(super) const READ_FILE: &str = "read-file";

/// Arguments of `glossary`.
#[derive(Debug, Args)]
pub(super) struct Asked {
    /// What to explain, such as `s261(2)(a)`, as it is written in the register; all terms unless said
    #[arg(value_name = "TERM")]
    pub(super) words: Vec<String>,
}

/// Arguments of `import`.
#[derive(Debug, Args)]
pub(super) struct Import {
    /// Files, or folders of them
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// Add the files to this edition; the same file again, or another of its name, replaces the older one
    #[arg(long, value_name = "SLUG")]
    pub(super) into: Option<String>,
    /// How long to wait for another import of the same edition
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    pub(super) wait: u64,
}

/// Arguments of the process that reads one file: its limits.
#[derive(Debug, Args)]
pub(super) struct ReadFile {
    /// Bytes of memory
    pub(super) memory: u64,
    /// Seconds of computing
    pub(super) seconds: u64,
}

/// Arguments of `search`.
#[derive(Debug, Args)]
pub(super) struct Search {
    /// What to find: words, "a phrase", "near words"~3, OR, -without, =exactly, begin*, near~, brackets, objectives: org:
    /// concern: optouts: started: and others, as README lists them
    #[arg(required_unless_present = "facets", value_name = "QUERY")]
    pub(super) query: Vec<String>,
    /// Count what is found by value instead of listing it: concerns, opt-outs, datasets, years and others
    #[arg(long, conflicts_with = "save")]
    pub(super) facets: bool,
    /// How many projects to list
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(super) limit: usize,
    /// In which order
    #[arg(long, value_name = "KEY", default_value = "relevance")]
    pub(super) sort: SortKey,
    /// Save it under this name, to be told later what is new; in the place of what has the name already
    #[arg(long, value_name = "NAME")]
    pub(super) save: Option<String>,
}

/// Orders of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SortKey {
    /// Best match first.
    Relevance,
    /// By title.
    Title,
    /// By organisation.
    Organisation,
    /// Gravest concerns first.
    Concerns,
    /// Most files first.
    Files,
    /// Those that started last first.
    Newest,
    /// Those that end soonest first.
    Ending,
}

/// Arguments of `searches`.
#[derive(Debug, Args)]
pub(super) struct Searches {
    /// Remove this one
    #[arg(long, value_name = "NAME")]
    pub(super) remove: Option<String>,
}

/// Arguments of `watch`.
#[derive(Debug, Args)]
pub(super) struct Watch {
    /// Keep what is new as new
    #[arg(long)]
    pub(super) keep: bool,
}

/// Arguments of `show`.
#[derive(Debug, Args)]
pub(super) struct Show {
    /// The project's reference, in any case, with or without DARS- and -vN.N
    #[arg(value_name = "REFERENCE")]
    pub(super) reference: String,
    /// Print a citation instead
    #[arg(long)]
    pub(super) cite: bool,
    /// Print what the editions and versions changed instead: [-taken out-] and {+put in+}
    #[arg(long, conflicts_with = "cite")]
    pub(super) history: bool,
    /// Print its files instead, month by dataset, with and without opt-outs; with --json they are added
    #[arg(long, conflicts_with_all = ["cite", "history"])]
    pub(super) files: bool,
}

/// Arguments of `export`.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// What to find, as for `search`, or one reference
    #[arg(required_unless_present = "all", value_name = "QUERY")]
    pub(super) query: Vec<String>,
    /// All projects of the edition instead
    #[arg(long, conflicts_with = "query")]
    pub(super) all: bool,
    /// In which form [default: by the name of the file, else Markdown]
    #[arg(long, value_name = "FORM")]
    pub(super) format: Option<ExportFormat>,
    /// The file to write [default: the standard output]
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Replace the file if it is there
    #[arg(long, requires = "output")]
    pub(super) overwrite: bool,
    /// How many projects at most [default: all]
    #[arg(long, value_name = "N")]
    pub(super) limit: Option<usize>,
    /// In which order
    #[arg(long, value_name = "KEY", default_value = "relevance")]
    pub(super) sort: SortKey,
    /// Which words of the entries are quoted [default: whole sections of one project, else the passages that match]
    #[arg(long, value_name = "WHICH")]
    pub(super) text: Option<ExportText>,
    /// With `--format ndjson`: each project as a flat document for a search engine, such as Quickwit
    #[arg(long, conflicts_with = "text")]
    pub(super) flat: bool,
}

/// Forms of a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportFormat {
    /// Markdown.
    Md,
    /// One page with its charts, to read and to print.
    Html,
    /// A table for spreadsheets, a row for each project.
    Csv,
    /// One JSON value.
    Json,
    /// A JSON value for each project, each on its line.
    Ndjson,
}

/// Which words of the entries are quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportText {
    /// All sections of the latest version.
    Whole,
    /// The passages that hold most of the query.
    Matching,
    /// None.
    None,
}

/// Arguments of `request`.
#[derive(Debug, Args)]
pub(super) struct Ask {
    /// The project's reference, in any case, with or without DARS- and -vN.N
    #[arg(value_name = "REFERENCE")]
    pub(super) reference: String,
    /// Print the web address at which the letter stands filled in instead
    #[arg(long)]
    pub(super) address: bool,
}

/// Arguments of `concerns`.
#[derive(Debug, Args)]
pub(super) struct Concerns {
    /// The concern, such as mixed-opt-outs
    #[arg(value_name = "ID")]
    pub(super) id: Option<String>,
}

/// Arguments of `dismiss`.
#[derive(Debug, Args)]
pub(super) struct Dismiss {
    /// The project's reference; without one, what you have dismissed is listed
    #[arg(value_name = "REFERENCE", requires = "rule")]
    pub(super) reference: Option<String>,
    /// The concern, such as mixed-opt-outs
    #[arg(value_name = "CONCERN")]
    pub(super) rule: Option<String>,
    /// Why: it is kept with the concern, and shown beside it
    #[arg(long, value_name = "TEXT", conflicts_with = "undo")]
    pub(super) reason: Option<String>,
    /// Which one, where the project has several of this concern, as they are shown [default: all]
    #[arg(long, value_name = "N", requires = "reference")]
    pub(super) finding: Option<usize>,
    /// Bring back what you dismissed
    #[arg(long, requires = "reference")]
    pub(super) undo: bool,
}

/// Arguments of `mark`.
#[derive(Debug, Args)]
pub(super) struct Mark {
    /// The project's reference, in any case, with or without DARS- and -vN.N
    #[arg(value_name = "REFERENCE")]
    pub(super) reference: String,
    #[command(flatten)]
    pub(super) bookmarking: Bookmarking,
    /// Tag it with a word; can be given several times
    #[arg(long, value_name = "TAG")]
    pub(super) tag: Vec<String>,
    /// Take a tag away
    #[arg(long, value_name = "TAG")]
    pub(super) untag: Vec<String>,
    /// Write a note on it
    #[arg(long, value_name = "TEXT")]
    pub(super) note: Option<String>,
    /// The section that the note is on [default: the project as a whole]
    #[arg(long, value_name = "SECTION", requires = "note")]
    pub(super) on: Option<NotedSection>,
    /// Remove a note, by its number as they are shown
    #[arg(long, value_name = "N")]
    pub(super) remove_note: Option<usize>,
    #[command(flatten)]
    pub(super) collecting: Collecting,
}

/// What becomes of a bookmark.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Bookmarking {
    /// Bookmark it
    #[arg(long)]
    pub(super) bookmark: bool,
    /// Take its bookmark away
    #[arg(long, conflicts_with = "bookmark")]
    pub(super) no_bookmark: bool,
}

/// Whether it is in the collection from now on.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Collecting {
    /// Put it into your collection
    #[arg(long)]
    pub(super) collect: bool,
    /// Take it out of your collection
    #[arg(long, conflicts_with = "collect")]
    pub(super) uncollect: bool,
}

/// Sections that a note can be on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum NotedSection {
    /// What the data is for.
    Objectives,
    /// What is done with it.
    Processing,
    /// What comes out.
    Outputs,
    /// What good is expected.
    Benefits,
    /// What good came of it.
    Yielded,
}

/// Arguments of `organisations` and `datasets`.
#[derive(Debug, Args)]
pub(super) struct Named {
    /// A name in any spelling, or a part of it
    #[arg(value_name = "NAME")]
    pub(super) name: Vec<String>,
}

impl Named {
    /// The name, if one is asked for.
    pub(super) fn written(&self) -> Option<String> {
        let name = self.name.join(" ");
        (!name.trim().is_empty()).then_some(name)
    }
}

/// Arguments of `editions`.
#[derive(Debug, Args)]
pub(super) struct Editions {
    /// Open this edition from now on, unless another is named
    #[arg(long = "use", value_name = "SLUG")]
    pub(super) chosen: Option<String>,
    /// Remove this edition, with the published files that are kept in it
    #[arg(long, value_name = "SLUG", conflicts_with = "chosen")]
    pub(super) remove: Option<String>,
}

/// Arguments of `config`.
#[derive(Debug, Args)]
pub(super) struct Config {
    /// What to do
    #[arg(value_name = "WHAT", default_value = "show")]
    pub(super) what: ConfigTask,
}

/// What `config` does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ConfigTask {
    /// Show where your own files are looked for, and what is in force.
    Show,
    /// List all that is wrong with them; exit code 2 where something is.
    Check,
    /// Print a config.toml with everything that it can hold.
    Example,
}

/// Arguments of `changes`.
#[derive(Debug, Args)]
pub(super) struct Changes {
    /// The older edition [default: the one before the newest]
    #[arg(value_name = "FROM", requires = "to")]
    pub(super) from: Option<String>,
    /// The newer edition [default: the newest]
    #[arg(value_name = "TO")]
    pub(super) to: Option<String>,
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
        Unread::Wrong(Arguments::try_parse_from(shown).err().unwrap_or(error).render().to_string())
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

/// The commands that take a query.
const QUERIED: [&str; 2] = ["search", "export"];

/// Puts the words of a search behind `--`, so that `-council` is a word to leave out and no option, while the options
/// that are known are still options wherever they stand.
pub(super) fn in_order(arguments: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = arguments.collect();
    let definition = Arguments::command();
    let Some((at, name)) = position_of_query(&arguments, &definition) else {
        return arguments;
    };
    let words = arguments.split_off(at + 1);
    let search = definition.find_subcommand(name).cloned().unwrap_or_default();
    let known: Vec<&clap::Arg> = definition.get_arguments().chain(search.get_arguments()).collect();
    let mut query = Vec::new();
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        if word == "--" {
            query.extend(words.by_ref());
        } else if matches!(word.to_str(), Some("-h" | "--help" | "--version")) && query.is_empty() {
            arguments.push(word);
        } else if let Some(option) = option_of(&word, &known) {
            let inline = word.to_string_lossy().contains('=');
            arguments.push(word);
            if option.get_action().takes_values() && !inline {
                arguments.extend(words.next());
            }
        } else {
            query.push(word);
        }
    }
    if !query.is_empty() {
        arguments.push("--".into());
        arguments.extend(query);
    }
    arguments
}

/// Where a command that takes a query stands, and which; not where its name is the value of an option.
fn position_of_query(arguments: &[OsString], definition: &clap::Command) -> Option<(usize, &'static str)> {
    let known: Vec<&clap::Arg> = definition.get_arguments().collect();
    let mut at = 1;
    while let Some(argument) = arguments.get(at) {
        let named = argument.to_string_lossy();
        if !named.starts_with('-') {
            return QUERIED.into_iter().find(|name| *name == named).map(|name| (at, name));
        }
        let takes_next = option_of(argument, &known).is_some_and(|option| option.get_action().takes_values());
        at += if takes_next && !named.contains('=') { 2 } else { 1 };
    }
    None
}

fn option_of<'a>(word: &OsStr, known: &[&'a clap::Arg]) -> Option<&'a clap::Arg> {
    let word = word.to_str()?;
    let Some(name) = word.strip_prefix("--") else {
        // A short option stands alone: `-council` leaves a word out.
        let letter = word.strip_prefix('-').filter(|name| name.chars().count() == 1)?;
        return known.iter().find(|option| option.get_short().is_some_and(|short| letter.starts_with(short))).copied();
    };
    let name = name.split('=').next()?;
    known.iter().find(|option| option.get_long() == Some(name)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query_of(line: &str) -> (Vec<String>, Global, usize) {
        let words = line.split_whitespace().map(OsString::from);
        let parsed = Arguments::try_parse_from(in_order(words)).unwrap();
        match parsed.command {
            Some(Command::Search(search)) => (search.query, parsed.global, search.limit),
            other => panic!("{line} is no search: {other:?}"),
        }
    }

    #[test]
    fn the_definition_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_hyphen_in_a_query_is_no_option() {
        let (query, global, limit) = query_of("outflow search dementia -council --json --limit 3 =insurer");
        assert_eq!(query, ["dementia", "-council", "=insurer"]);
        assert!(global.json);
        assert_eq!(limit, 3);
    }

    #[test]
    fn options_before_the_command_stay_there() {
        let (query, global, limit) = query_of("outflow --edition search --json search -a --limit=7 -- --json");
        assert_eq!(query, ["-a", "--json"]);
        assert_eq!(global.edition.as_deref(), Some("search"));
        assert_eq!(limit, 7);
    }
}
