//! The palette: all actions of the table by name, found by a few letters. Those that can be done where one is stand first,
//! the others below them with where they work, so that nothing is missing and nothing is promised.

use ratatui::layout::Rect;
use tui_input::Input;

use super::actions::{ACTIONS, Action, ActionEntry, Place, works_in};
use super::keymap::Keymap;
use crate::text::fold;

/// The list of all actions as it is shown.
#[derive(Debug, Clone, Default)]
pub struct Palette {
    /// What has been typed.
    pub input: Input,
    /// The action that one is at; the first where that is not listed.
    pub at: Option<Action>,
    /// The first line on the screen.
    pub top: usize,
}

/// An action in the list.
#[derive(Debug, Clone, Copy)]
pub struct Offered {
    /// Its row of the table.
    pub entry: &'static ActionEntry,
    /// Whether it can be done where one is.
    pub reach: Reach,
    /// What it does.
    pub help: &'static str,
}

/// Whether an action can be done where one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// It can.
    Here,
    /// It works in other places only.
    Elsewhere,
}

/// A line of the list.
#[derive(Debug, Clone, Copy)]
pub(super) enum PaletteLine {
    /// What stands below cannot be done here.
    Elsewhere,
    /// An action.
    Action(Offered),
}

/// How well a word fits an action, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    NameBegins,
    HelpBegins,
    NameHolds,
    HelpHolds,
}

/// The parts of the screen while the list is open.
#[derive(Debug, Clone, Copy)]
pub(super) struct PaletteAreas {
    /// What is typed.
    pub(super) input: Rect,
    /// What the list is.
    pub(super) heading: Rect,
    /// The list.
    pub(super) list: Rect,
    /// The name of the selected action.
    pub(super) name: Rect,
    /// What it does, whole.
    pub(super) about: Rect,
}

impl Palette {
    /// The actions that what was typed fits: those that can be done in a place first, and of these the best fit.
    pub fn offered(&self, place: Place, keys: &Keymap) -> Vec<Offered> {
        let typed = fold(self.input.value());
        let typed: Vec<&str> = words(&typed).collect();
        let fitting = ACTIONS.iter().filter(|entry| keys.has(entry.action)).filter_map(|entry| {
            let reach = if works_in(entry, place) { Reach::Here } else { Reach::Elsewhere };
            Some((reach, fit(entry, keys.lock().help(entry), &typed)?, entry))
        });
        let mut fitting: Vec<_> = fitting.collect();
        // Where two fit as well, the table's order stays.
        fitting.sort_by_key(|(reach, fit, _)| (*reach, *fit));
        fitting.into_iter().map(|(reach, _, entry)| Offered { entry, reach, help: keys.lock().help(entry) }).collect()
    }

    /// The action that one is at.
    pub fn selected(&self, place: Place, keys: &Keymap) -> Option<Offered> {
        let offered = self.offered(place, keys);
        offered.get(self.place_of_selected(&offered)).copied()
    }

    /// Where the action that one is at stands among others.
    pub(super) fn place_of_selected(&self, offered: &[Offered]) -> usize {
        offered.iter().position(|one| Some(one.entry.action) == self.at).unwrap_or(0)
    }

    /// Its lines.
    pub(super) fn lines(&self, place: Place, keys: &Keymap) -> Vec<PaletteLine> {
        let mut lines = Vec::new();
        let mut reach = Reach::Here;
        for one in self.offered(place, keys) {
            if one.reach != reach {
                lines.push(PaletteLine::Elsewhere);
                reach = one.reach;
            }
            lines.push(PaletteLine::Action(one));
        }
        lines
    }

    /// Goes to an action, and scrolls as little as it takes to show it in so many lines.
    pub(super) fn select(&mut self, action: Option<Action>, place: Place, keys: &Keymap, visible: usize) {
        self.at = action;
        let lines = self.lines(place, keys);
        let is_at = |line: &PaletteLine| matches!(line, PaletteLine::Action(one) if Some(one.entry.action) == action);
        let Some(line) = lines.iter().position(is_at) else {
            self.top = 0;
            return;
        };
        // The heading above the first of the others comes with it.
        let heading = line.checked_sub(1).filter(|above| matches!(lines.get(*above), Some(PaletteLine::Elsewhere)));
        self.top = self.top.min(heading.unwrap_or(line)).max((line + 1).saturating_sub(visible));
        // A shorter list has no empty end.
        self.top = self.top.min(lines.len().saturating_sub(visible));
    }
}

/// Divides a screen that is large enough to show something.
pub(super) fn areas(columns: u16, rows: u16) -> PaletteAreas {
    let about_rows = (rows / 6).clamp(2, 4);
    let row = |y, height| Rect::new(0, y, columns, height);
    let about = rows.saturating_sub(1 + about_rows);
    let name = about.saturating_sub(1);
    PaletteAreas {
        input: row(0, 1),
        heading: row(1, 1),
        list: row(2, name.saturating_sub(2)),
        name: row(name, 1),
        about: row(about, about_rows),
    }
}

/// Where an action works, each place once.
pub(super) fn works_where(entry: &ActionEntry) -> String {
    let mut names: Vec<&str> = Vec::new();
    for place in entry.places {
        if !names.contains(&place.name()) {
            names.push(place.name());
        }
    }
    names.join(", ")
}

/// How well what was typed fits an action: as well as the word that fits worst, and not at all where one does not.
fn fit(entry: &ActionEntry, help: &str, typed: &[&str]) -> Option<Fit> {
    let help = fold(help);
    let fit_of = |word: &&str| {
        let begins = |text: &str| words(text).any(|begun| begun.starts_with(*word));
        match () {
            // By the word for it in the footer as well as by its name.
            () if begins(entry.name) || begins(entry.label) => Some(Fit::NameBegins),
            () if begins(&help) => Some(Fit::HelpBegins),
            () if entry.name.contains(*word) => Some(Fit::NameHolds),
            () if help.contains(*word) => Some(Fit::HelpHolds),
            () => None,
        }
    };
    // Nothing typed fits all of them alike.
    typed.iter().map(fit_of).try_fold(Fit::NameBegins, |worst, fit| Some(worst.max(fit?)))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(typed: &str, place: Place) -> Vec<&'static str> {
        let palette = Palette { input: Input::new(typed.to_owned()), ..Palette::default() };
        palette.offered(place, &Keymap::built_in()).into_iter().map(|one| one.entry.name).collect()
    }

    #[test]
    fn nothing_is_missing_and_what_can_be_done_here_stands_first() {
        for place in [Place::Home, Place::List, Place::Detail, Place::Change, Place::Help] {
            let palette = Palette::default();
            let offered = palette.offered(place, &Keymap::built_in());
            assert_eq!(offered.len(), ACTIONS.len());
            assert!(offered.is_sorted_by_key(|one| one.reach));
            for one in offered {
                assert_eq!(one.reach == Reach::Here, works_in(one.entry, place), "{}", one.entry.name);
            }
        }
    }

    #[test]
    fn words_are_found_by_their_beginnings_first() {
        assert_eq!(names("cite", Place::Detail)[0], "cite");
        assert_eq!(names("next m", Place::Detail)[0], "next-match");
        assert_eq!(names("NEXT-MATCH", Place::Detail)[0], "next-match");
        assert_eq!(names("clipboard", Place::Detail), ["cite"]);
        // Inside a word it is found too, below those that begin so.
        let found = names("down", Place::List);
        assert_eq!(&found[..3], ["down", "page-down", "half-down"]);
        assert!(names("ormer", Place::List).is_empty() && names("cite xyzzy", Place::List).is_empty());
        assert!(names("edraw", Place::List).contains(&"redraw"));
    }

    #[test]
    fn what_one_is_at_is_on_the_screen() {
        let (mut palette, keys) = (Palette::default(), Keymap::built_in());
        for visible in [4, 16] {
            for one in palette.offered(Place::List, &keys) {
                palette.select(Some(one.entry.action), Place::List, &keys, visible);
                let lines = palette.lines(Place::List, &keys);
                let shown = lines.iter().skip(palette.top).take(visible);
                let is_at = |line: &PaletteLine| matches!(line, PaletteLine::Action(shown) if shown.entry.name == one.entry.name);
                assert!(shown.clone().any(is_at), "{}", one.entry.name);
                assert_eq!(shown.count(), visible);
            }
        }
    }

    #[test]
    fn the_parts_fill_the_screen() {
        for (columns, rows) in [(40, 10), (80, 24), (200, 60)] {
            let areas = areas(columns, rows);
            assert!(areas.list.height >= 4);
            assert_eq!(areas.list.bottom(), areas.name.y);
            assert_eq!(areas.name.bottom(), areas.about.y);
            assert_eq!(areas.about.bottom(), rows - 1);
        }
    }
}
