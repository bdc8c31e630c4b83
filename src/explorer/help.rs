//! The help: the keys of where one is, the query language by examples that can be tried, and the rest of the table of actions;
//! laid out for a width.

use std::ops::Range;

use super::actions::{ACTIONS, ActionEntry, Place, footer, groups, works_in};
use super::keymap::{Keymap, listed};
use crate::text;

/// Columns that keys and queries take.
pub(super) const KEYS: usize = 22;

/// Columns of what an example finds: kept free before that is known, so that nothing moves once it is.
pub(super) const FOUND: usize = 15;

/// The query language by examples: a query, and what it asks.
pub const LANGUAGE: [(&str, &str); 18] = [
    ("insurance claims", "both words, in any section or name; plurals and other forms too"),
    ("\"machine learning\"", "the phrase"),
    ("\"data linkage\"~3", "both words, in any order, with three others between them at most"),
    ("police OR council", "either of them"),
    ("-council", "without this word"),
    ("(police OR NHS) -east", "grouping"),
    ("pharma*", "words that begin so"),
    ("=insurer", "exactly this form"),
    ("palentir~", "near spellings too"),
    ("benefits:dementia", "in that field: objectives: processing: outputs: benefits: yielded:"),
    ("org:ims", "also title: controller: dataset: legal: ref:"),
    (
        "optouts:not-applied",
        "by value; also commercial: sublicensing: sensitive: type: access: orgtype: severity: mine: tag:",
    ),
    ("org:=\"IMS HEALTH LTD\"", "that name and no other; also dataset: legal: type: access: orgtype:"),
    ("ends:<2026-01", "by date; also started:2020..2022 released:2024-03"),
    ("files:>100", "by number"),
    ("missing:objectives", "not published; also has:"),
    ("concern:commercial", "projects that have this concern; the list of concerns names all"),
    ("unsure:commercial", "projects of which this rule cannot tell"),
];

/// An example of the query language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The query.
    pub query: String,
    /// What it asks.
    pub about: &'static str,
    /// How many projects of the edition it finds, once that was counted.
    pub projects: Option<usize>,
}

/// The help as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpPane {
    /// Where one was.
    pub place: Place,
    /// The examples.
    pub examples: Vec<Example>,
    /// The entry that one is at, by its number: the actions of the place first, then the examples, then all other actions.
    pub selected: usize,
    /// The first line on the screen.
    pub top: usize,
}

/// A line of the help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum HelpLine {
    Blank,
    Heading(String),
    Entry {
        /// Which entry.
        number: usize,
        /// The query or the keys, on its first line.
        keys: String,
        /// What an example finds, on its first line.
        found: Option<usize>,
        /// A piece of its sentence.
        about: String,
        /// Columns before that.
        indent: usize,
    },
}

impl HelpPane {
    /// The help at its top, for a place, before anything was counted.
    pub fn new(place: Place) -> Self {
        let example = |(query, about): (&str, &'static str)| Example { query: query.to_owned(), about, projects: None };
        Self { place, examples: LANGUAGE.into_iter().map(example).collect(), selected: 0, top: 0 }
    }

    /// The example that one is at, if one is at an example.
    pub fn selected_example(&self, keys: &Keymap) -> Option<&Example> {
        self.examples.get(self.selected.checked_sub(here(self.place, keys).len())?)
    }

    /// Its lines on a screen of so many columns.
    pub(super) fn lines(&self, keys: &Keymap, columns: u16) -> Vec<HelpLine> {
        let columns = usize::from(columns);
        let here = here(self.place, keys);
        let help = |action: &ActionEntry| (keys.lock().help(action), KEYS);
        let mut lines = vec![HelpLine::Heading(format!("Keys here: {}", self.place.name()))];
        let mut number = 0;
        for action in &here {
            let chords = listed(&keys.chords_in(action, self.place));
            lines.extend(entry(number, chords, None, help(action), columns));
            number += 1;
        }
        lines.extend([HelpLine::Blank, HelpLine::Heading("What to type in the search line".to_owned())]);
        for example in &self.examples {
            let about = (keys.lock().about(example.about), KEYS + FOUND);
            lines.extend(entry(number, example.query.clone(), example.projects, about, columns));
            number += 1;
        }
        for (group, entries) in groups() {
            let is_here = |action: &ActionEntry| here.iter().any(|known| known.action == action.action);
            let others: Vec<&ActionEntry> =
                entries.into_iter().filter(|action| !is_here(action) && keys.has(action.action)).collect();
            if !others.is_empty() {
                lines.extend([HelpLine::Blank, HelpLine::Heading(format!("Elsewhere: {}", lower(group)))]);
            }
            for action in others {
                lines.extend(entry(number, keys.all_named(action.action), None, help(action), columns));
                number += 1;
            }
        }
        lines
    }

    /// Goes to an entry, or to the first or last, and scrolls as little as it takes to show all its lines.
    pub(super) fn select(&mut self, number: usize, keys: &Keymap, columns: u16, visible: usize) {
        let entries = entries(&self.lines(keys, columns));
        self.selected = number.min(entries.len().saturating_sub(1));
        let Some(lines) = entries.get(self.selected) else { return };
        // The heading above the first entry of a group comes with it.
        let before = self.selected.checked_sub(1).and_then(|before| entries.get(before)).map_or(0, |lines| lines.end);
        if before < self.top {
            self.top = before;
        }
        if lines.end > self.top + visible {
            self.top = lines.end - visible.min(lines.end);
        }
    }
}

/// The actions of a place: those that the footer names there, then the others.
fn here(place: Place, keys: &Keymap) -> Vec<&'static ActionEntry> {
    let is_named = |entry: &&ActionEntry| footer(place).any(|named| named.action == entry.action);
    let all = || ACTIONS.iter().filter(|entry| works_in(entry, place) && keys.has(entry.action));
    all().filter(is_named).chain(all().filter(|entry| !is_named(entry))).collect()
}

/// A heading as it goes on in a sentence.
fn lower(heading: &str) -> String {
    let mut letters = heading.chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().chain(letters).collect())
}

/// The first entry below each heading.
pub(super) fn parts(lines: &[HelpLine]) -> Vec<usize> {
    let mut parts = Vec::new();
    for pair in lines.windows(2) {
        if let [HelpLine::Heading(_), HelpLine::Entry { number, .. }] = pair {
            parts.push(*number);
        }
    }
    parts
}

/// The lines of each entry.
pub(super) fn entries(lines: &[HelpLine]) -> Vec<Range<usize>> {
    let mut entries: Vec<Range<usize>> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let HelpLine::Entry { number, .. } = line else { continue };
        match entries.get_mut(*number) {
            Some(lines) => lines.end = at + 1,
            None => entries.push(at..at + 1),
        }
    }
    entries
}

/// An entry, its sentence wrapped beside its keys.
fn entry(
    number: usize,
    keys: String,
    found: Option<usize>,
    (about, indent): (&str, usize),
    columns: usize,
) -> Vec<HelpLine> {
    // A narrow screen has no room beside them.
    let indent = if columns < indent + KEYS { KEYS } else { indent };
    let pieces = text::wrap(about, columns.saturating_sub(indent).max(10));
    let mut pieces = pieces.into_iter().map(|range| about[range].trim_end().to_owned()).collect::<Vec<_>>();
    let is_long = keys.len() >= KEYS || (indent == KEYS && found.is_some());
    if is_long {
        // Long ones stand on a line of their own.
        pieces.insert(0, String::new());
    }
    let mut first = Some((keys, found));
    let line = |about| {
        let (keys, found) = first.take().unwrap_or_default();
        HelpLine::Entry { number, keys, found, about, indent }
    };
    pieces.into_iter().map(line).collect()
}
