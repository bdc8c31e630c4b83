//! The one table of actions: it drives the keys, the footer, the help and `outflow keys`.

mod table;

use super::keys::Chord;
pub use super::place::Place;
pub use table::ACTIONS;

/// What a person can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the table says what each action does")]
pub enum Action {
    Search,
    Finish,
    Leave,
    Open,
    Back,
    OtherPane,
    Down,
    Up,
    PageDown,
    PageUp,
    HalfDown,
    HalfUp,
    Top,
    Bottom,
    NextMatch,
    PreviousMatch,
    NextSection,
    PreviousSection,
    NextConcern,
    PreviousConcern,
    Evidence,
    Dismiss,
    TakeAnswer,
    LeaveAnswer,
    Cite,
    Sort,
    History,
    Files,
    Words,
    Glossary,
    Facets,
    Exclude,
    Home,
    Projects,
    Concerns,
    Unsure,
    Changes,
    Editions,
    Help,
    Redraw,
    Suspend,
    Quit,
    Searches,
    SaveSearch,
    RemoveSearch,
    OlderQuery,
    NewerQuery,
    Complete,
    Organisations,
    Datasets,
    Narrow,
    Grid,
    Counted,
    OpenCell,
    LeaveGrid,
    ColumnLeft,
    ColumnRight,
    ColumnsLeft,
    ColumnsRight,
    Palette,
    DoAction,
    LeavePalette,
    Theme,
    Export,
    Bookmark,
    Note,
    NextNote,
    Tags,
    Collect,
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct ActionEntry {
    /// Which action.
    pub action: Action,
    /// Its name on the command line.
    pub name: &'static str,
    /// The heading it stands under.
    pub group: &'static str,
    /// Its keys, the usual one first.
    pub chords: &'static [Chord],
    /// Where they work.
    pub places: &'static [Place],
    /// What the footer calls it; not in the footer where this is empty.
    pub label: &'static str,
    /// Where the footer has no room for it.
    pub unnamed_in: &'static [Place],
    /// What it does, in one sentence.
    pub help: &'static str,
}

/// Whether an action can be done in a place: where the table says, and those that one can do everywhere.
pub fn works_in(entry: &ActionEntry, place: Place) -> bool {
    entry.places.contains(&place) || matches!(entry.action, Action::Quit | Action::Help)
}

/// The actions that the footer names in a place.
pub fn footer(place: Place) -> impl Iterator<Item = &'static ActionEntry> {
    ACTIONS.iter().filter(move |entry| {
        entry.places.contains(&place) && !entry.label.is_empty() && !entry.unnamed_in.contains(&place)
    })
}

/// The table by its headings, in order of first appearance.
pub fn groups() -> Vec<(&'static str, Vec<&'static ActionEntry>)> {
    let mut groups: Vec<(&str, Vec<&ActionEntry>)> = Vec::new();
    for entry in &ACTIONS {
        match groups.iter_mut().find(|(name, _)| *name == entry.group) {
            Some((_, entries)) => entries.push(entry),
            None => groups.push((entry.group, vec![entry])),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::table::BROWSE;
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_action_is_explained() {
        for entry in &ACTIONS {
            assert!(!entry.places.is_empty() && !entry.help.is_empty(), "{}", entry.name);
        }
    }

    #[test]
    fn the_footer_fits_a_small_terminal() {
        for place in BROWSE.iter().copied().chain([Place::Query, Place::Facets]) {
            // What stands last gives way: to the key that walks matches, where some are marked, and the list of all actions; a list
            // of rules is not one of names.
            let gives_way = [Action::NextMatch, Action::Palette, Action::Grid, Action::Narrow];
            let named = footer(place).filter(|entry| !gives_way.contains(&entry.action));
            let named: Vec<String> = named.map(|entry| format!("{} {}", entry.chords[0], entry.label)).collect();
            let line = named.join("  ");
            assert!(line.len() <= 80, "{place:?}: {line}");
        }
        assert!(footer(Place::List).any(|entry| entry.action == Action::Quit));
    }

    #[test]
    fn names_are_unique() {
        let names: BTreeSet<&str> = ACTIONS.iter().map(|entry| entry.name).collect();
        assert_eq!(names.len(), ACTIONS.len());
    }
}
