//! The list.

use super::{MARGIN, detail, focus, moved, query, want};
use crate::explorer::actions::Action;
use crate::explorer::layout::{self, Opened};
use crate::explorer::message::{Effect, Job};
use crate::explorer::state::{Focus, State, Then, rows_of_project};
use crate::index::Marker;

/// An action in the list.
pub(super) fn act(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::Back => {
            super::frames::back(state, effects);
        }
        Action::Search => focus(state, Focus::Query, effects),
        Action::Open | Action::OtherPane => enter(state, Then::Stay, effects),
        Action::NextMatch | Action::PreviousMatch | Action::NextConcern | Action::PreviousConcern => {
            step_in_detail(state, action, effects);
        }
        Action::NextNote => enter(state, Then::FirstNote, effects),
        Action::Evidence => match state.shown() {
            Some(_) if state.shows_project() => detail::act(state, action, effects),
            _ => enter(state, Then::FirstConcern, effects),
        },
        Action::Cite => match state.shown() {
            Some(_) => detail::cite(state, effects),
            None if state.list.projects.is_empty() => state.notice = Some("there is nothing to cite".to_owned()),
            None => {
                state.notice =
                    Some(format!("open the project first ({}), then cite it", state.keys.named(Action::Open)));
            }
        },
        Action::Sort => sort(state, effects),
        _ => go(state, action, effects),
    }
}

/// How many projects fit on the screen.
pub(super) fn visible(state: &State) -> usize {
    usize::from(size(state).1 / state.list.rows_of_project()).max(1)
}

/// How many projects of the search that the query line asks for will fit.
pub(super) fn visible_next(state: &State) -> usize {
    let marker = Marker::new(state.query.value(), state.last_word);
    usize::from(size(state).1 / rows_of_project(&marker)).max(1)
}

/// Columns that a project has in the list.
pub(super) fn columns(state: &State) -> u16 {
    size(state).0
}

/// Columns and rows of the list, which keeps its size while something else covers it or another is shown.
fn size(state: &State) -> (u16, u16) {
    let opened = if state.facets.is_some() { Opened::Facets } else { Opened::ListAndProject };
    let list = layout::areas(state.columns, state.rows, opened, Focus::List).and_then(|areas| areas.list);
    list.map_or((state.columns, 0), |list| (list.body.width, list.body.height))
}

/// Asks for rows that have not been read and are visible, or soon will be.
pub(super) fn read_missing(state: &mut State, effects: &mut Vec<Effect>) {
    let columns = columns(state);
    let Some(rows) = state.list.missing(visible(state), MARGIN, columns) else { return };
    let projects = state.list.projects.get(rows.clone()).unwrap_or_default().to_vec();
    effects.push(Effect::Work(Job::Rows {
        asked: state.list.of,
        from: rows.start,
        projects,
        request: state.list.request.clone(),
        columns,
    }));
}

fn go(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    let visible = visible(state);
    let last = state.list.projects.len().saturating_sub(1);
    let to = moved(state.list.selected, action, visible, last);
    if to != state.list.selected {
        go_to(state, to, effects);
    }
}

/// Goes to a place of the list.
pub(super) fn go_to(state: &mut State, place: usize, effects: &mut Vec<Effect>) {
    let visible = visible(state);
    state.list.select(place, visible);
    read_missing(state, effects);
    if state.is_wide() {
        want(state, Then::Stay, effects);
    }
}

/// Gives the keys to the selected project.
fn enter(state: &mut State, then: Then, effects: &mut Vec<Effect>) {
    if state.list.selected_project().is_some() {
        focus(state, Focus::Detail, effects);
        want(state, then, effects);
    } else if let Some(offered) = state.list.offered().map(str::to_owned) {
        super::frames::to_list(state, offered, effects);
    }
}

/// Walks matches or concerns from the list: the project comes to the screen first if it is not there.
fn step_in_detail(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    let is_concern = matches!(action, Action::NextConcern | Action::PreviousConcern);
    if state.shows_project() && state.shown().is_some() {
        detail::act(state, action, effects);
    } else {
        enter(state, if is_concern { Then::FirstConcern } else { Then::FirstMatch }, effects);
    }
}

fn sort(state: &mut State, effects: &mut Vec<Effect>) {
    state.sort = state.sort.next();
    query::search(state, effects);
}
