//! The sections of the program's page that are not about its options.

use clap_mangen::roff::{Inline, Roff, bold, roman};

use crate::explorer::actions::groups;
use crate::explorer::help::LANGUAGE;
use crate::explorer::keymap::listed;
use crate::index::{QueryField, query_fields};

/// What it does without a command.
const OPENING: [&str; 3] = [
    "Without a command the explorer opens: on the newest edition, or on a sample that is built in until a register is imported. \
     The texts of the sample are summaries; a register is quoted from an import.",
    "With --plain it is a dialogue of plain lines, for screen readers and scripts. With --locked it is for an account that strangers \
     log in to.",
    "Nothing is fetched from a network: registers are files that you download and import.",
];

/// Files of a user, where nothing else is said.
const FILES: [(&str, &str); 6] = [
    (
        "~/.local/share/outflow/editions",
        "the editions that were imported, with the published files; other users may read them",
    ),
    ("~/.local/share/outflow/own", "your saved searches, marks, notes and dismissed concerns; readable by you alone"),
    ("~/.config/outflow/config.toml", "your keys and colours; outflow config example prints one to begin with"),
    ("~/.config/outflow/aliases.toml", "names that are one, or are to be kept apart"),
    ("~/.config/outflow/audits.csv", "audit findings"),
    ("~/.config/outflow/concerns.toml", "thresholds and words of the rules"),
];

/// What the environment says beside the options.
const ENVIRONMENT: [(&str, &str); 3] = [
    ("NO_COLOR", "print and draw without colour, whatever it holds"),
    ("XDG_DATA_HOME, XDG_CONFIG_HOME", "where data and configuration are kept instead of ~/.local/share and ~/.config"),
    ("LC_ALL, LC_CTYPE, LANG", "draw with Unicode characters where they name UTF-8, else with ASCII alone"),
];

const EXAMPLES: [(&str, &str); 7] = [
    ("outflow", "open the explorer"),
    ("outflow import ReleaseRegister-sep-nov-2017.xlsx", "import a register"),
    ("outflow search insurance commercial:yes --sort newest", "list the projects that match"),
    ("outflow show nic-791919", "show one project, whole"),
    ("outflow export concern:mixed-opt-outs -o mixed.html", "write a dossier"),
    ("outflow check", "see whether the library is whole, after a copy or a full disk"),
    ("outflow man search | man -l -", "read the page of a command where none is installed"),
];

/// How the program is called. Its options are many, and stand below.
pub(super) fn synopsis() -> Roff {
    let mut section = headed("SYNOPSIS");
    section.text([bold("outflow"), roman(" [OPTION]...")]).control("br", []);
    section.text([bold("outflow"), roman(" [OPTION]... COMMAND [ARGUMENT]...")]);
    section
}

/// What it does without a command, as a part of its description.
pub(super) fn opening() -> Roff {
    let mut section = Roff::new();
    for paragraph in OPENING {
        section.control("PP", []).text([roman(paragraph)]);
    }
    section
}

/// The commands, each with the name of its own page.
pub(super) fn commands(program: &clap::Command) -> Roff {
    let mut section = headed("COMMANDS");
    for command in program.get_subcommands().filter(|command| !command.is_hide_set()) {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        entry(&mut section, &format!("outflow-{}(1)", command.get_name()), &about);
    }
    section
}

/// The query language: examples, then its fields.
pub(super) fn language() -> Roff {
    let mut section = headed("QUERY LANGUAGE");
    section.text([roman(
        "All words must match. A query looks at the latest version of each project, and lists projects.",
    )]);
    for (query, about) in LANGUAGE {
        entry(&mut section, query, about);
    }
    section.control("SS", ["Fields"]);
    for field in query_fields() {
        entry(&mut section, &format!("{}:", field.name), &sentence(&field));
    }
    section
}

/// What is said of a field: what it asks, and what it takes.
fn sentence(field: &QueryField) -> String {
    let takes = field.takes.told(str::to_owned);
    let also = field.also.map(|also| format!(" Also {also}:.")).unwrap_or_default();
    format!("{}: {takes}.{also}", field.asks)
}

/// The keys of the explorer, as they are where the user has not set others.
pub(super) fn keys() -> Roff {
    let mut section = headed("KEYS");
    section.text([roman("Those of config.toml are listed by outflow-keys(1), and by ? in the explorer.")]);
    for (group, entries) in groups() {
        section.control("SS", [group]);
        for action in entries {
            entry(&mut section, &listed(action.chords), action.help);
        }
    }
    section
}

/// Where files are.
pub(super) fn files() -> Roff {
    let mut section = headed("FILES");
    for (file, about) in FILES {
        entry(&mut section, file, about);
    }
    section
}

/// What the environment says: in the place of options, and of itself.
pub(super) fn environment(program: &clap::Command) -> Roff {
    let mut section = headed("ENVIRONMENT");
    for option in program.get_arguments() {
        if let (Some(variable), Some(name)) = (option.get_env(), option.get_long()) {
            entry(&mut section, &variable.to_string_lossy(), &format!("what --{name} says, where that is not given"));
        }
    }
    for (variable, about) in ENVIRONMENT {
        entry(&mut section, variable, about);
    }
    section
}

/// Exit codes.
pub(super) fn ends() -> Roff {
    let mut section = headed("EXIT STATUS");
    entry(&mut section, "0", "found, or done");
    entry(&mut section, "1", "nothing found");
    entry(&mut section, "2", "an error, which is said on the standard error");
    entry(&mut section, "129", "the connection is gone; after another signal, 128 with its number");
    section
}

/// What the program does, by examples.
pub(super) fn of_program() -> Roff {
    examples(None, &EXAMPLES)
}

/// Lines as they are written, and what each does.
pub(super) fn examples(before: Option<&str>, examples: &[(&str, &str)]) -> Roff {
    let mut section = headed("EXAMPLES");
    if let Some(before) = before {
        section.text([roman(before)]);
    }
    for (line, about) in examples {
        entry(&mut section, line, about);
    }
    section
}

fn headed(name: &str) -> Roff {
    let mut section = Roff::new();
    section.control("SH", [name]);
    section
}

/// A term, and what it means below it.
fn entry(section: &mut Roff, term: &str, about: &str) {
    let term: Vec<Inline> = vec![bold(term)];
    section.control("TP", []).text(term).text([roman(about)]);
}
