//! Organisations by datasets.

use super::{frames, moved, sheet};
use crate::explorer::actions::Action;
use crate::explorer::layout;
use crate::explorer::message::Effect;
use crate::explorer::sheet::{Leads, Sheet};
use crate::explorer::state::{Counted, Fitting, Focus, Grid, State, View};

/// Goes to the grid, at the organisation and dataset that one is at.
pub(super) fn open(state: &mut State, effects: &mut Vec<Effect>) {
    frames::show(state, View::Grid(Counted::Files), effects);
}

/// An action in the grid.
pub(super) fn act(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::LeaveGrid if !frames::back(state, effects) => frames::projects(state, effects),
        Action::LeaveGrid => {}
        Action::Search => frames::search_line(state, effects),
        Action::OpenCell => enter(state, effects),
        Action::Counted => count_other(state, effects),
        _ => go(state, action),
    }
}

/// Keeps the place of the one before, or takes that from where one came.
pub(super) fn take(state: &State, sheet: &mut Sheet) {
    let Some(grid) = &mut sheet.grid else { return };
    if let Some(before) = &state.sheet.grid {
        (grid.row, grid.column, grid.top, grid.left) = (before.row, before.column, before.top, before.left);
        return;
    }
    let Some(frame) = state.frames.last() else { return };
    let selected = frame.sheet.selected_item().map(|item| &item.leads);
    let selected = if let Some(Leads::View(view)) = selected { Some(*view) } else { None };
    for view in [Some(frame.view), selected].into_iter().flatten() {
        match view {
            View::Organisation(at) => {
                grid.row = grid.table.rows.iter().position(|entry| entry.at == at).unwrap_or(grid.row);
            }
            View::Dataset(at) => {
                grid.column = grid.table.columns.iter().position(|entry| entry.at == at).unwrap_or(grid.column);
            }
            _ => {}
        }
    }
}

/// Scrolls so that the place that one is at is on the screen.
pub(super) fn reveal(state: &mut State) {
    let fitting = fitting(state);
    if let Some(grid) = &mut state.sheet.grid {
        grid.go(grid.row, grid.column, fitting);
    }
}

/// How many organisations and datasets fit on the screen.
fn fitting(state: &State) -> Fitting {
    let body = state.areas_for(Focus::List).and_then(|areas| areas.list).map(|list| list.body);
    body.map_or((1, 1), layout::grid_fitting)
}

fn go(state: &mut State, action: Action) {
    let (rows, columns) = fitting(state);
    let Some(grid) = &mut state.sheet.grid else { return };
    let Grid { row, column, .. } = *grid;
    let column = match action {
        Action::ColumnLeft => column.saturating_sub(1),
        Action::ColumnRight => column + 1,
        Action::ColumnsLeft => column.saturating_sub(columns),
        Action::ColumnsRight => column + columns,
        _ => column,
    };
    let row = moved(row, action, rows, grid.table.rows.len().saturating_sub(1));
    grid.go(row, column, (rows, columns));
}

/// Goes to a cell.
pub(super) fn go_to(state: &mut State, (row, column): (usize, usize)) {
    let fitting = fitting(state);
    if let Some(grid) = &mut state.sheet.grid {
        grid.go(row, column, fitting);
    }
}

/// Goes to the projects that one is at.
fn enter(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(grid) = &state.sheet.grid else { return };
    match grid.query() {
        Some(query) => frames::to_list(state, query, effects),
        None => state.notice = Some("no project of this organisation names this dataset".to_owned()),
    }
}

/// Counts months instead of files, or files again.
fn count_other(state: &mut State, effects: &mut Vec<Effect>) {
    let counted = match state.view {
        View::Grid(Counted::Files) => Counted::Months,
        _ => Counted::Files,
    };
    // The same grid, and no step to go back.
    state.view = View::Grid(counted);
    sheet::ask(state, effects);
}
