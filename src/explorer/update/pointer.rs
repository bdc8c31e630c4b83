//! What the mouse does, where one has asked for it: a click goes to what is under it, a click on what is selected opens it, and the
//! wheel moves as the arrow keys do. It can do nothing that no key does.

use ratatui::layout::{Position, Rect};

use super::{facets, focus, grid, list, perform, query, sheet};
use crate::explorer::actions::{Action, Place};
use crate::explorer::layout::{GRID_CELL, GRID_HEAD, grid_fitting, grid_names};
use crate::explorer::message::{Effect, Gesture, Pointed};
use crate::explorer::sheet::Leads;
use crate::explorer::state::{FacetRow, Focus, State, View};

/// Rows that the wheel moves.
const ROWS_OF_WHEEL: usize = 3;

/// Takes what the mouse did. While something is still looked for nothing is done: what is under it would be something else.
pub(super) fn take(state: &mut State, pointed: Pointed, effects: &mut Vec<Effect>) {
    let place = state.place();
    if !state.typed_ahead.is_empty() || super::keys::must_wait(state, Action::Open, place) {
        return;
    }
    match (place, pointed.gesture) {
        (Place::Cramped | Place::Answer, _) | (Place::Help | Place::Palette, Gesture::Click) => {}
        (Place::Help | Place::Palette, Gesture::Up | Gesture::Down) => turn(state, pointed.gesture, effects),
        (_, Gesture::Click) => click(state, pointed.at, effects),
        (_, Gesture::Up | Gesture::Down) => {
            if let Some((under, _)) = pane_under(state, pointed.at)
                && (state.focus == under || give_keys(state, under, effects))
            {
                turn(state, pointed.gesture, effects);
            }
        }
    }
}

/// The part of the screen that a place lies in, and where it stands.
fn pane_under(state: &State, at: Position) -> Option<(Focus, Rect)> {
    let areas = state.areas()?;
    let panes = [(Focus::List, areas.list), (Focus::Detail, areas.detail), (Focus::Facets, areas.facets)];
    let panes = panes.into_iter().filter_map(|(part, pane)| Some((part, pane?.body)));
    panes.into_iter().find(|(_, body)| body.contains(at))
}

/// Gives the keys to a part of the screen, as its key would; says whether it took them.
fn give_keys(state: &mut State, part: Focus, effects: &mut Vec<Effect>) -> bool {
    if part == Focus::Detail && state.shown().is_none() {
        return false;
    }
    if state.focus == Focus::Query {
        query::act(state, Action::Finish, None, effects);
    }
    focus(state, part, effects);
    // What a search finds is not there before it is done.
    !state.is_searching()
}

fn turn(state: &mut State, gesture: Gesture, effects: &mut Vec<Effect>) {
    let action = if gesture == Gesture::Up { Action::Up } else { Action::Down };
    for _ in 0..ROWS_OF_WHEEL {
        perform(state, action, None, effects);
    }
}

fn click(state: &mut State, at: Position, effects: &mut Vec<Effect>) {
    let is_on_query = state.areas().is_some_and(|areas| areas.query.contains(at));
    if is_on_query && state.focus != Focus::Query {
        perform(state, Action::Search, None, effects);
        return;
    }
    let Some((part, body)) = pane_under(state, at) else { return };
    let had_keys = state.focus == part;
    if !had_keys && !give_keys(state, part, effects) {
        return;
    }
    (state.notice, state.redraw) = (None, true);
    let is_selected = match part {
        Focus::List if state.view == View::Projects => select_project(state, at, body, effects),
        Focus::List if matches!(state.view, View::Grid(_)) => select_cell(state, at, body),
        Focus::List => select_item(state, at, body, effects),
        Focus::Facets => select_value(state, at, body),
        Focus::Detail | Focus::Query => Hit::Nothing,
    };
    if is_selected == Hit::Selected && had_keys {
        perform(state, Action::Open, None, effects);
    }
}

/// What a click has met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hit {
    /// Nothing that can be selected.
    Nothing,
    /// Something that is selected now.
    Other,
    /// What was selected before.
    Selected,
}

impl Hit {
    fn on<T: PartialEq>(place: &T, before: &T) -> Self {
        if place == before { Self::Selected } else { Self::Other }
    }
}

fn select_project(state: &mut State, at: Position, body: Rect, effects: &mut Vec<Effect>) -> Hit {
    let places = state.list.places(body);
    let Some((place, _)) = places.into_iter().find(|(_, area)| area.contains(at)) else { return Hit::Nothing };
    let hit = Hit::on(&place, &state.list.selected);
    list::go_to(state, place, effects);
    hit
}

fn select_item(state: &mut State, at: Position, body: Rect, effects: &mut Vec<Effect>) -> Hit {
    let places = state.sheet.places(body);
    let Some((place, _)) = places.into_iter().find(|(_, area)| area.contains(at)) else { return Hit::Nothing };
    if state.sheet.items.get(place).is_none_or(|item| item.leads == Leads::Nowhere) {
        return Hit::Nothing;
    }
    let hit = Hit::on(&place, &state.sheet.selected);
    sheet::go_to(state, place, effects);
    hit
}

fn select_cell(state: &mut State, at: Position, body: Rect) -> Hit {
    let names = body.x + grid_names(body.width);
    let Some(across) = at.x.checked_sub(names) else { return Hit::Nothing };
    let Some(down) = at.y.checked_sub(body.y + GRID_HEAD) else { return Hit::Nothing };
    let (row, column) = (usize::from(down), usize::from(across / GRID_CELL));
    let (rows, columns) = grid_fitting(body);
    let Some(shown) = state.sheet.grid.as_ref().filter(|_| row < rows && column < columns) else { return Hit::Nothing };
    let place = (shown.top + row, shown.left + column);
    if place.0 >= shown.table.rows.len() || place.1 >= shown.table.columns.len() {
        return Hit::Nothing;
    }
    let hit = Hit::on(&place, &(shown.row, shown.column));
    grid::go_to(state, place);
    hit
}

fn select_value(state: &mut State, at: Position, body: Rect) -> Hit {
    let Some(pane) = &state.facets else { return Hit::Nothing };
    let places = pane.places(body);
    let value = places.into_iter().find(|(_, row, area)| area.contains(at) && !matches!(row, FacetRow::Heading(_)));
    let Some((place, ..)) = value else { return Hit::Nothing };
    let hit = Hit::on(&place, &pane.selected);
    facets::go_to(state, place);
    hit
}
