//! The words of a query among the arguments.

use std::ffi::{OsStr, OsString};

use clap::CommandFactory;

use super::Arguments;

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
    use clap::Parser;

    use super::*;
    use crate::cli::arguments::{Command, Global};

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
