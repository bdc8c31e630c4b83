//! The help: the table of actions, and the query language.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::spans::Pieces;
use super::{place_cursor, put};
use crate::explorer::actions::{ActionEntry, groups};
use crate::explorer::state::State;
use crate::explorer::theme::{Role, Theme};
use crate::text;

/// Columns that keys and queries take.
const KEYS: usize = 22;

/// The query language by examples.
const LANGUAGE: [(&str, &str); 18] = [
    ("insurance claims", "both words, in any section or name; plurals and other forms too"),
    ("\"machine learning\"", "the phrase"),
    ("\"data linkage\"~3", "both words, in any order, with three others between them at most"),
    ("police OR council", "either of them"),
    ("-council", "without this word"),
    ("( ... )", "grouping"),
    ("pharma*", "words that begin so"),
    ("=insurer", "exactly this form"),
    ("palentir~", "near spellings too"),
    ("benefits:dementia", "in that field: objectives: processing: outputs: benefits: yielded:"),
    ("org:ims", "also title: controller: dataset: legal: ref:"),
    ("optouts:not-applied", "by value; also commercial: sublicensing: sensitive: type: access: orgtype: severity:"),
    ("org:=\"IMS HEALTH LTD\"", "that name and no other; also dataset: legal: type: access: orgtype:"),
    ("ends:<2026-01", "by date; also started:2020..2022 released:2024-03"),
    ("files:>100", "by number"),
    ("missing:objectives", "not published; also has:"),
    ("concern:commercial", "projects that have this concern; 4 lists all"),
    ("unsure:commercial", "projects of which this rule cannot tell"),
];

/// A line of the help.
enum HelpLine {
    Blank,
    Heading(&'static str),
    Entry(String, String),
}

/// How many lines the help has on a screen of so many columns.
pub(in crate::explorer) fn help_lines(columns: u16) -> usize {
    lines(columns).len()
}

fn lines(columns: u16) -> Vec<HelpLine> {
    let mut lines = vec![HelpLine::Heading("What to type in the search line")];
    lines.extend(LANGUAGE.iter().flat_map(|(query, help)| entry((*query).to_owned(), help, columns)));
    for (group, entries) in groups() {
        lines.push(HelpLine::Blank);
        lines.push(HelpLine::Heading(group));
        lines.extend(entries.into_iter().flat_map(|action| entry(chords(action), action.help, columns)));
    }
    lines
}

/// An entry, its sentence wrapped beside its keys.
fn entry(keys: String, help: &str, columns: u16) -> Vec<HelpLine> {
    let room = usize::from(columns).saturating_sub(KEYS).max(10);
    let pieces = text::wrap(help, room).into_iter().map(|range| help[range].trim_end().to_owned());
    if keys.len() >= KEYS {
        // Many keys stand on a line of their own.
        let below = pieces.map(|piece| HelpLine::Entry(String::new(), piece));
        return std::iter::once(HelpLine::Entry(keys, String::new())).chain(below).collect();
    }
    let mut keys = Some(keys);
    pieces.map(|piece| HelpLine::Entry(keys.take().unwrap_or_default(), piece)).collect()
}

fn chords(entry: &ActionEntry) -> String {
    entry.chords.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

pub(super) fn draw(state: &State, theme: Theme, frame: &mut Frame<'_>, top: usize) {
    let width = usize::from(state.columns);
    let mut bar = Pieces::new(theme, width).under(Role::Bar);
    bar.push(Role::Plain, "Help  (q goes back; Down, PgDn and Space scroll)");
    bar.fill();
    put(frame, Rect::new(0, 0, state.columns, 1), bar.line());
    let rows = state.rows.saturating_sub(2);
    for (y, line) in (1..=rows).zip(lines(state.columns).into_iter().skip(top)) {
        let mut pieces = Pieces::new(theme, width);
        match line {
            HelpLine::Blank => {}
            HelpLine::Heading(text) => pieces.push(Role::Heading, text),
            HelpLine::Entry(keys, help) => {
                let before = pieces.room();
                pieces.push(Role::Key, &keys);
                pieces.gap(KEYS.saturating_sub(before - pieces.room()).max(1));
                pieces.push(Role::Plain, &help);
            }
        }
        put(frame, Rect::new(0, y, state.columns, 1), pieces.line());
    }
    place_cursor(frame, Rect::new(0, 1, state.columns, rows), 0, 0);
}
