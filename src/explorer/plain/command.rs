//! What a line means: a number, a command, or words to find.

use crate::explorer::lock::Lock;
use crate::index::Sort;
use crate::register::Section;

/// What one is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// At home, or at a list of something else than projects.
    Sheet,
    /// At the organisations or datasets, which can be narrowed.
    Names,
    /// At the projects that a search found.
    Results,
    /// At the facets of what was found.
    Facets,
    /// At the values of one of them.
    Values,
    /// At a project.
    Project,
    /// At something else that is read.
    Document,
    /// At a rule.
    Rule,
}

impl Standing {
    /// What it is called.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Sheet => "a list",
            Self::Names => "the organisations or the datasets",
            Self::Results => "a list of projects",
            Self::Facets | Self::Values => "the values to choose from",
            Self::Project => "a project",
            Self::Document => "a text",
            Self::Rule => "a rule",
        }
    }
}

/// A command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Search,
    Open,
    More,
    Again,
    Back,
    Home,
    Organisations,
    Datasets,
    Concerns,
    Rules,
    Changes,
    Searches,
    Editions,
    Sort,
    Facets,
    Narrow,
    Exclude,
    Facts,
    Timeline,
    Sections,
    Section(Section),
    Unsure,
    Next,
    Previous,
    NextMatch,
    PreviousMatch,
    Evidence,
    Cite,
    History,
    Files,
    Glossary,
    Language,
    SaveSearch,
    Help,
    Quit,
}

/// What may stand behind a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    Nothing,
    /// A number.
    Number,
    /// The name of an order.
    Order,
    /// Words, all that are left of the line.
    Words,
}

/// What stands behind a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Argument<'a> {
    Nothing,
    Number(usize),
    Order(Sort),
    Words(&'a str),
}

/// A row of the table of commands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    /// What it is written as: the name that the action has elsewhere in the explorer first, where it is one.
    pub(super) names: &'static [&'static str],
    pub(super) word: Word,
    pub(super) takes: Takes,
    /// Where it can be done; everywhere where this is empty.
    pub(super) at: &'static [Standing],
    /// What it does, in one sentence.
    pub(super) help: &'static str,
}

/// What a line means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Heard<'a> {
    /// Nothing was typed.
    Silence,
    /// What has this number.
    Number(usize),
    /// Words to find.
    Search(&'a str),
    /// A command.
    Command(&'static Entry, Argument<'a>),
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.word == other.word
    }
}

const PROJECT: &[Standing] = &[Standing::Project];

const fn entry(names: &'static [&'static str], word: Word, takes: Takes, help: &'static str) -> Entry {
    Entry { names, word, takes, at: &[], help }
}

impl Entry {
    const fn at(self, at: &'static [Standing]) -> Self {
        Self { at, ..self }
    }

    /// Whether it is there at all. As for the actions (`Lock`), each command says so itself.
    pub(super) fn is_there(&self, lock: Lock) -> bool {
        lock == Lock::Open || is_allowed(self.word)
    }

    /// What it does, as far as that is there.
    pub(super) fn help(&self, lock: Lock) -> &'static str {
        match (lock, self.word) {
            (Lock::Locked, Word::Home) => "The edition in figures, and where to begin.",
            _ => self.help,
        }
    }

    /// Whether it can be done there.
    pub(super) fn works_at(&self, standing: Standing) -> bool {
        self.at.is_empty() || self.at.contains(&standing)
    }
}

/// All commands, in the order in which help names them.
pub(super) static COMMANDS: [Entry; 39] = [
    entry(&["open"], Word::Open, Takes::Number, "Open what has the number; a number alone does the same. Of a change or a rule, open alone goes on to its project or projects."),
    entry(&["more"], Word::More, Takes::Nothing, "Go on with the list or the text that you are at."),
    entry(&["again", "where"], Word::Again, Takes::Nothing, "Say once more what you are at, from where you last read."),
    entry(&["back"], Word::Back, Takes::Nothing, "Go back to where you came from."),
    entry(&["sort"], Word::Sort, Takes::Order, "Order the projects: sort relevance, newest, ending, concerns, files, organisation or title.")
        .at(&[Standing::Results]),
    entry(&["facets"], Word::Facets, Takes::Nothing, "Count what is found by value, to choose from.").at(&[Standing::Results]),
    entry(&["save-search"], Word::SaveSearch, Takes::Words, "Save this search under the name that follows, to be told later what is new.")
        .at(&[Standing::Results]),
    entry(&["exclude"], Word::Exclude, Takes::Number, "Leave the value of the number out of what is found, or take that back; a number alone chooses it.")
        .at(&[Standing::Values]),
    entry(&["narrow"], Word::Narrow, Takes::Words, "Keep to the names that hold the words; narrow alone lists all again.").at(&[Standing::Names]),
    entry(&["concerns"], Word::Concerns, Takes::Nothing, "In a project, its concerns, each with what it does not prove; elsewhere what every rule found."),
    entry(&["evidence"], Word::Evidence, Takes::Number, "What proves the concern of the number; the number alone does the same. evidence alone goes through all of them.").at(PROJECT),
    entry(&["facts"], Word::Facts, Takes::Nothing, "The facts of the project.").at(PROJECT),
    entry(&["timeline"], Word::Timeline, Takes::Nothing, "What its terms leave open, and the files outside of them.").at(PROJECT),
    entry(&["sections"], Word::Sections, Takes::Nothing, "Which parts there are to read, and how long they are.").at(PROJECT),
    entry(&["objectives"], Word::Section(Section::Objectives), Takes::Nothing, "What the data is for.").at(PROJECT),
    entry(&["processing"], Word::Section(Section::Processing), Takes::Nothing, "What is done with it.").at(PROJECT),
    entry(&["outputs"], Word::Section(Section::Outputs), Takes::Nothing, "What comes out of it.").at(PROJECT),
    entry(&["benefits"], Word::Section(Section::ExpectedBenefits), Takes::Nothing, "What good is expected of it.").at(PROJECT),
    entry(&["yielded"], Word::Section(Section::YieldedBenefits), Takes::Nothing, "What good came of it.").at(PROJECT),
    entry(&["unsure"], Word::Unsure, Takes::Nothing, "In a project, of what the rules cannot tell; at a rule, the projects of which it cannot tell.")
        .at(&[Standing::Project, Standing::Rule]),
    entry(&["next-part", "next"], Word::Next, Takes::Nothing, "Read the next part of the project.").at(PROJECT),
    entry(&["previous-part", "previous"], Word::Previous, Takes::Nothing, "Read the part before.").at(PROJECT),
    entry(&["next-match", "match"], Word::NextMatch, Takes::Nothing, "Read the next passage of the project in which something matched.").at(PROJECT),
    entry(&["previous-match"], Word::PreviousMatch, Takes::Nothing, "Read the passage before.").at(PROJECT),
    entry(&["cite"], Word::Cite, Takes::Nothing, "A citation of the project, or of the evidence or match that you read last.").at(PROJECT),
    entry(&["files"], Word::Files, Takes::Nothing, "Its files, month by dataset, with and without opt-outs.").at(PROJECT),
    entry(&["history", "versions"], Word::History, Takes::Nothing, "What the editions and the versions of the project changed.").at(PROJECT),
    entry(&["glossary"], Word::Glossary, Takes::Nothing, "The words of the law that stand in the project, explained.").at(PROJECT),
    entry(&["search"], Word::Search, Takes::Words, "Find projects by the words that follow, whatever they are; search alone lists every project."),
    entry(&["home"], Word::Home, Takes::Nothing, "The edition in figures, your saved searches with what is new, and where to begin."),
    entry(&["organisations"], Word::Organisations, Takes::Nothing, "The organisations, most files first."),
    entry(&["datasets"], Word::Datasets, Takes::Nothing, "The datasets, most files first."),
    entry(&["rules"], Word::Rules, Takes::Nothing, "What every rule found, and of how many projects it cannot tell."),
    entry(&["changes"], Word::Changes, Takes::Nothing, "What changed since the edition before."),
    entry(&["searches"], Word::Searches, Takes::Nothing, "The searches you saved, with what is new in each."),
    entry(&["editions"], Word::Editions, Takes::Nothing, "The editions in the library, to open another."),
    entry(&["language"], Word::Language, Takes::Nothing, "How a query is written, by examples, each of which can be opened."),
    entry(&["help"], Word::Help, Takes::Nothing, "The commands for where you are."),
    entry(&["quit"], Word::Quit, Takes::Nothing, "Leave the program. Ctrl-C and the end of the input do so too."),
];

/// The commands of locked mode: all that search and read.
fn is_allowed(word: Word) -> bool {
    match word {
        Word::Search
        | Word::Open
        | Word::More
        | Word::Again
        | Word::Back
        | Word::Home
        | Word::Organisations
        | Word::Datasets
        | Word::Concerns
        | Word::Rules
        | Word::Changes
        | Word::Editions
        | Word::Sort
        | Word::Facets
        | Word::Narrow
        | Word::Exclude
        | Word::Facts
        | Word::Timeline
        | Word::Sections
        | Word::Section(_)
        | Word::Unsure
        | Word::Next
        | Word::Previous
        | Word::NextMatch
        | Word::PreviousMatch
        | Word::Evidence
        | Word::Cite
        | Word::History
        | Word::Files
        | Word::Glossary
        | Word::Language
        | Word::Help
        | Word::Quit => true,
        // What is kept for a person: here everyone is the same one.
        Word::Searches | Word::SaveSearch => false,
    }
}

/// What a line means, wherever one is. A number is a choice; a line is a command if its first word is one and what follows is
/// what that command takes; everything else is searched for.
pub(super) fn heard(line: &str, lock: Lock) -> Heard<'_> {
    let line = line.trim();
    if line.is_empty() {
        return Heard::Silence;
    }
    if let Some(query) = line.strip_prefix('/') {
        return Heard::Search(query.trim());
    }
    if line.bytes().all(|digit| digit.is_ascii_digit()) {
        // One that is too large is that of nothing, too.
        return Heard::Number(line.parse().unwrap_or(usize::MAX));
    }
    let (first, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let first = first.to_lowercase();
    let entry = COMMANDS.iter().find(|entry| entry.is_there(lock) && entry.names.contains(&first.as_str()));
    match entry.and_then(|entry| Some((entry, argument(entry.takes, rest.trim())?))) {
        Some((entry, argument)) => Heard::Command(entry, argument),
        None => Heard::Search(line),
    }
}

/// What stands behind a command; none where it does not take that.
fn argument(takes: Takes, rest: &str) -> Option<Argument<'_>> {
    match takes {
        Takes::Words => Some(Argument::Words(rest)),
        _ if rest.is_empty() => Some(Argument::Nothing),
        Takes::Nothing => None,
        Takes::Number => rest.parse().ok().map(Argument::Number),
        Takes::Order => {
            let named = rest.to_lowercase();
            Sort::named(&named).map(Argument::Order)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::explorer::actions::ACTIONS;

    fn word(line: &str) -> Option<Word> {
        match heard(line, Lock::Open) {
            Heard::Command(entry, _) => Some(entry.word),
            _ => None,
        }
    }

    #[test]
    fn a_line_that_is_no_command_is_searched() {
        assert_eq!(word("Files"), Some(Word::Files));
        assert_eq!(heard("files after expiry", Lock::Open), Heard::Search("files after expiry"));
        assert_eq!(heard("evidence of harm", Lock::Open), Heard::Search("evidence of harm"));
        assert_eq!(word(" evidence  2 "), Some(Word::Evidence));
        assert_eq!(heard("sort newest", Lock::Open), Heard::Command(&COMMANDS[4], Argument::Order(Sort::Newest)));
        assert_eq!(heard("sort of care", Lock::Open), Heard::Search("sort of care"));
        assert_eq!(heard("/files", Lock::Open), Heard::Search("files"));
        assert!(
            matches!(heard("search files", Lock::Open), Heard::Command(entry, Argument::Words("files")) if entry.word == Word::Search)
        );
        assert_eq!(heard(" 12 ", Lock::Open), Heard::Number(12));
        assert_eq!(heard("  ", Lock::Open), Heard::Silence);
        assert_eq!(heard("99999999999999999999999", Lock::Open), Heard::Number(usize::MAX));
    }

    #[test]
    fn commands_are_named_once_and_explained() {
        let mut names = BTreeSet::new();
        for entry in &COMMANDS {
            assert!(!entry.help.is_empty());
            entry.names.iter().for_each(|name| assert!(names.insert(*name), "{name} is there twice"));
        }
    }

    #[test]
    fn what_is_an_action_elsewhere_has_its_name() {
        // What only a dialogue has, and the parts of a project, are no actions.
        let own = ["more", "again", "facts", "timeline", "sections", "objectives", "processing", "outputs", "benefits"];
        let own: BTreeSet<&str> = own.into_iter().chain(["yielded", "rules", "language"]).collect();
        for entry in &COMMANDS {
            let is_action = ACTIONS.iter().any(|action| action.name == entry.names[0]);
            assert!(is_action != own.contains(entry.names[0]), "{}", entry.names[0]);
        }
    }
}
