//! Drawing: a plain function of the state. Every text passes through [`crate::text::safe`] before it is drawn.

mod asking;
mod detail;
mod facets;
mod grid;
mod help;
mod list;
mod palette;
mod picture;
mod query;
mod scroll_bar;
mod sheet;
mod spans;
mod table;
mod trail;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use super::actions::{Action, Place, footer};
use super::layout::Pane;
use super::state::{Detail, Focus, State, View};
use super::theme::{Role, Theme};
use spans::Pieces;

/// Draws the whole screen.
pub(super) fn draw(state: &State, theme: Theme, frame: &mut Frame<'_>) {
    let theme = Theme { colours: state.colours.unwrap_or(theme.colours), ..theme };
    let area = frame.area();
    frame.buffer_mut().set_style(area, theme.ground());
    let Some(areas) = state.areas() else {
        cramped(state, theme, frame);
        return;
    };
    if let Some(pane) = &state.palette {
        palette::draw(state, theme, frame, pane);
        draw_footer(state, theme, frame, areas.footer);
        return;
    }
    if let Some(pane) = &state.help {
        help::draw(state, theme, frame, pane);
        draw_footer(state, theme, frame, areas.footer);
        return;
    }
    query::draw(state, theme, frame, areas.query);
    if let Some(Pane { heading, body }) = areas.list {
        match state.view {
            View::Projects => list::draw(state, theme, frame, heading, body),
            View::Grid(_) if state.sheet.grid.as_ref().is_some_and(|grid| !grid.table.rows.is_empty()) => {
                if let Some(grid) = &state.sheet.grid {
                    grid::draw(state, grid, theme, frame, heading, body);
                }
            }
            _ => sheet::draw(state, theme, frame, heading, body),
        }
    }
    if let Some(Pane { heading, body }) = areas.detail {
        detail::draw(state, theme, frame, heading, body);
    }
    if let (Some(Pane { heading, body }), Some(pane)) = (areas.facets, &state.facets) {
        facets::draw(state, pane, theme, frame, heading, body);
    }
    draw_footer(state, theme, frame, areas.footer);
}

/// What is said on a screen that holds nothing else.
fn cramped(state: &State, theme: Theme, frame: &mut Frame<'_>) {
    let area = frame.area();
    let needed = format!("{}x{}", super::layout::SMALLEST.0, super::layout::SMALLEST.1);
    let said = [format!("Too small: needs {needed}"), format!("{} quits", state.keys.named(Action::Quit))];
    for (row, line) in said.iter().take(usize::from(area.height)).enumerate() {
        let mut pieces = Pieces::new(theme, usize::from(state.columns));
        pieces.push(Role::Plain, line);
        put(frame, Rect::new(0, u16::try_from(row).unwrap_or_default(), area.width, 1), pieces.line());
    }
}

fn draw_footer(state: &State, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    if let Some(asking) = state.asking.as_ref().filter(|_| state.place() == Place::Answer) {
        asking::draw(state, asking, theme, frame, area);
        return;
    }
    let mut pieces = Pieces::new(theme, usize::from(area.width));
    if let Some(notice) = &state.notice {
        pieces.push(Role::Notice, notice);
        put(frame, area, pieces.line());
        return;
    }
    let place = state.place();
    let open = state.keys.named(Action::Open);
    if let (Place::Query, Some(_)) = (place, state.completion()) {
        // What else it could become, as far as there is room.
        pieces.group(&[(Role::Key, &state.keys.named(Action::Complete)), (Role::Plain, " take  ")]);
        for other in state.list.completions.iter().skip(1) {
            pieces.group(&[(Role::Quiet, &format!("{other}  "))]);
        }
        if state.list.completions.len() > 1 {
            put(frame, area, pieces.line());
            return;
        }
    }
    if place == Place::Detail && state.shown().is_some_and(Detail::leads_to_evidence) {
        pieces.group(&[(Role::Key, &open), (Role::Plain, " place  ")]);
    }
    if place == Place::Detail && state.shown().is_some_and(|detail| detail.note_at().is_some()) {
        pieces.group(&[(Role::Key, &state.keys.named(Action::Note)), (Role::Plain, " change  ")]);
    }
    if place == Place::Help {
        pieces.group(&[(Role::Key, &open), (Role::Plain, " try  ")]);
    }
    if place == Place::Facets {
        pieces.group(&[(Role::Key, &open), (Role::Plain, " choose  ")]);
    }
    for entry in footer(place).filter(|entry| state.keys.has(entry.action) && is_of_use(state, entry.action)) {
        let chords = state.keys.chords_in(entry, place);
        let Some(chord) = chords.first() else { continue };
        pieces.group(&[(Role::Key, &chord.to_string()), (Role::Plain, &format!(" {}  ", entry.label))]);
    }
    if place == Place::Query {
        let mut help = state.keys.of(Action::Help).iter().filter(|chord| !chord.is_text());
        if let Some(chord) = help.next() {
            pieces.group(&[(Role::Key, &chord.to_string()), (Role::Plain, " help  ")]);
        }
        pieces.group(&[(Role::Key, "Ctrl-C"), (Role::Plain, " quit")]);
    }
    put(frame, area, pieces.line());
}

/// Whether an action that the footer names in a place does anything there now.
fn is_of_use(state: &State, action: Action) -> bool {
    match (state.place(), action) {
        // A change that leads to no single project is not opened any further.
        (Place::Change, Action::Open) => state.leads_on(),
        (Place::Detail, Action::NextMatch) => state.shown().is_some_and(|detail| !detail.laid.matches.is_empty()),
        (_, Action::Unsure) => state.untold() > 0,
        (_, Action::Grid) => state.view.is_of_names(),
        (_, Action::Narrow) => state.sheet.is_of_names(),
        (Place::Detail, Action::NextConcern | Action::Evidence) => {
            !state.shown().is_some_and(|detail| detail.subject.is_aside())
        }
        _ => true,
    }
}

/// The style of the bar above a part of the screen: reversed where the keys are.
fn bar(state: &State, focus: Focus) -> Role {
    let has_keys = state.focus == focus || (state.focus == Focus::Query && focus == Focus::List);
    if has_keys { Role::Bar } else { Role::QuietBar }
}

/// Draws one line where it fits.
fn put(frame: &mut Frame<'_>, area: Rect, line: Line<'_>) {
    frame.render_widget(line, area.intersection(frame.area()));
}

/// Puts the terminal's own cursor where the reader is: screen readers follow it.
fn place_cursor(frame: &mut Frame<'_>, area: Rect, column: usize, row: usize) {
    let column = u16::try_from(column).unwrap_or(u16::MAX).min(area.width.saturating_sub(1));
    let row = u16::try_from(row).unwrap_or(u16::MAX).min(area.height.saturating_sub(1));
    frame.set_cursor_position(Position::new(area.x + column, area.y + row));
}
