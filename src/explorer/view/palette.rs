//! The list of all actions.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::query::visible;
use super::spans::Pieces;
use super::{place_cursor, put};
use crate::explorer::actions::Place;
use crate::explorer::keymap::{Keymap, listed};
use crate::explorer::palette::{Offered, Palette, PaletteLine, Reach, areas, works_where};
use crate::explorer::state::State;
use crate::explorer::theme::{Role, Theme};
use crate::text;

/// What stands before what is typed.
const PROMPT: &str = ": ";

/// Columns of the pointer, of a name and of keys.
const POINTER: usize = 2;
const NAME: usize = 18;
const KEYS: usize = 16;

/// The fewest columns that tell anything of what an action does.
const LEAST_HELP: usize = 12;

pub(super) fn draw(state: &State, theme: Theme, frame: &mut Frame<'_>, palette: &Palette) {
    let areas = areas(state.columns, state.rows);
    let place = state.place_beneath();
    let width = usize::from(state.columns);
    let offered = palette.offered(place, &state.keys);
    let here = offered.iter().filter(|one| one.reach == Reach::Here).count();
    let mut bar = Pieces::new(theme, width).under(Role::Bar);
    bar.push(Role::Plain, "Actions");
    bar.group(&[(Role::Plain, &format!(": {here} here, {} elsewhere", offered.len() - here))]);
    bar.fill();
    put(frame, areas.heading, bar.line());
    let selected = offered.get(palette.place_of_selected(&offered)).copied();
    let lines = palette.lines(place, &state.keys);
    if lines.is_empty() {
        let mut said = Pieces::new(theme, width);
        said.push(Role::Plain, "No action has that in its name or in what it says.");
        put(frame, Rect { height: 1, ..areas.list }, said.line());
    }
    for (y, line) in (areas.list.y..areas.list.bottom()).zip(lines.into_iter().skip(palette.top)) {
        let drawn = match line {
            PaletteLine::Elsewhere => {
                let mut heading = Pieces::new(theme, width);
                heading.push(Role::Heading, "Not here");
                heading
            }
            PaletteLine::Action(one) => {
                let is_selected = selected.is_some_and(|selected| selected.entry.action == one.entry.action);
                draw_action(one, &first_keys(&state.keys, one, place), is_selected, theme, width)
            }
        };
        put(frame, Rect { y, height: 1, ..areas.list }, drawn.line());
    }
    if let Some(one) = selected {
        let keys = listed(&state.keys.chords_in(one.entry, place));
        draw_about(one, &keys, theme, frame, (areas.name, areas.about));
    }
    draw_input(palette, theme, frame, areas.input);
}

/// What is typed, with the terminal's own cursor in it.
fn draw_input(palette: &Palette, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let width = usize::from(area.width);
    let mut pieces = Pieces::new(theme, width);
    pieces.push(Role::Key, PROMPT);
    let room = width.saturating_sub(PROMPT.len() + 1).max(1);
    let scroll = palette.input.visual_scroll(room);
    match palette.input.value() {
        "" => pieces.push(Role::Quiet, "type a few letters of what you want to do"),
        value => pieces.push(Role::Strong, visible(value, scroll, room).1),
    }
    put(frame, area, pieces.line());
    place_cursor(frame, area, PROMPT.len() + palette.input.visual_cursor().saturating_sub(scroll), 0);
}

fn draw_action(one: Offered, keys: &str, is_selected: bool, theme: Theme, width: usize) -> Pieces {
    let mut pieces = Pieces::new(theme, width);
    if is_selected {
        pieces = pieces.under(Role::Selected);
    }
    let (name, key) = match one.reach {
        Reach::Here => (Role::Strong, Role::Key),
        Reach::Elsewhere => (Role::Quiet, Role::Quiet),
    };
    pieces.push(Role::Plain, if is_selected { theme.pointer() } else { " " });
    pieces.gap(POINTER - 1);
    column(&mut pieces, name, one.entry.name, NAME, theme);
    column(&mut pieces, key, keys, KEYS, theme);
    if pieces.room() >= LEAST_HELP {
        let help = match one.reach {
            Reach::Here => one.help.to_owned(),
            Reach::Elsewhere => format!("In: {}", works_where(one.entry)),
        };
        pieces.push(if one.reach == Reach::Here { Role::Plain } else { Role::Quiet }, &help);
    }
    if is_selected {
        pieces.fill();
    }
    pieces
}

/// A text in a column of its own, cut where it is too long for that.
fn column(pieces: &mut Pieces, role: Role, shown: &str, columns: usize, theme: Theme) {
    let fitted = text::fit(shown, (columns - 1).min(pieces.room()), theme.cut());
    pieces.push(role, fitted.as_str());
    pieces.gap(columns.saturating_sub(fitted.columns()));
}

/// All that is said of the selected action.
fn draw_about(one: Offered, keys: &str, theme: Theme, frame: &mut Frame<'_>, (name, about): (Rect, Rect)) {
    let width = usize::from(name.width);
    let mut heading = Pieces::new(theme, width).under(Role::QuietBar);
    heading.push(Role::Plain, one.entry.name);
    if !keys.is_empty() {
        heading.group(&[(Role::Plain, theme.dot()), (Role::Plain, keys)]);
    }
    heading.fill();
    put(frame, name, heading.line());
    let said = match one.reach {
        Reach::Here => one.help.to_owned(),
        Reach::Elsewhere => format!("Not here, but in: {}. {}", works_where(one.entry), one.help),
    };
    let pieces = text::wrap(&said, width);
    let rows = usize::from(about.height);
    for (y, (row, range)) in (about.y..about.bottom()).zip(pieces.iter().enumerate()) {
        let mut line = Pieces::new(theme, width);
        // Where there is more than fits, the last line is cut, and shows it.
        let end = if row + 1 == rows { said.len() } else { range.end };
        line.push(Role::Plain, said.get(range.start..end).unwrap_or_default().trim_end());
        put(frame, Rect { y, height: 1, ..about }, line.line());
    }
}

/// As many of an action's keys as there is a column for; all stand below the list.
fn first_keys(keymap: &Keymap, one: Offered, place: Place) -> String {
    let mut keys = String::new();
    for chord in keymap.chords_in(one.entry, place) {
        let longer = if keys.is_empty() { chord.to_string() } else { format!("{keys}, {chord}") };
        if !keys.is_empty() && longer.len() >= KEYS {
            break;
        }
        keys = longer;
    }
    keys
}
