//! The lists beside that of projects, and going from one view to another.

use super::{focus, moved, query, want};
use crate::explorer::actions::Action;
use crate::explorer::document::Subject;
use crate::explorer::layout::ROWS_OF_ITEM;
use crate::explorer::message::{Effect, Job};
use crate::explorer::sheet::{Leads, Sheet};
use crate::explorer::state::{Focus, State, Then, View};
use crate::index::LastWord;

/// An action in a list that is not of projects.
pub(super) fn act(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::Back => show(state, View::Projects, effects),
        Action::Search => {
            show(state, View::Projects, effects);
            focus(state, Focus::Query, effects);
        }
        Action::Open | Action::OtherPane => enter(state, action, effects),
        _ => go(state, action, effects),
    }
}

/// Goes to a view.
pub(super) fn show(state: &mut State, view: View, effects: &mut Vec<Effect>) {
    state.wanted = None;
    focus(state, Focus::List, effects);
    if state.view != view {
        state.view = view;
        state.detail = None;
        state.sheet = Sheet::default();
    }
    if view == View::Projects {
        if state.is_wide() {
            want(state, Then::Stay, effects);
        }
    } else {
        effects.push(Effect::Work(Job::Sheet(view)));
    }
}

/// Takes the list of a view, unless one has gone to another meanwhile.
pub(super) fn take(state: &mut State, view: View, sheet: Sheet, effects: &mut Vec<Effect>) {
    if state.view != view {
        return;
    }
    let (selected, visible) = (sheet.selected, visible(state));
    state.sheet = sheet;
    state.sheet.select(selected, visible);
    state.redraw = true;
    if state.is_wide() {
        want(state, Then::Stay, effects);
    }
}

/// Begins anew on another edition, with the query as it was.
pub(super) fn switched(state: &mut State, effects: &mut Vec<Effect>) {
    state.view = View::Projects;
    state.sheet = Sheet::default();
    state.detail = None;
    state.wanted = None;
    state.notice = Some(format!("edition {} is open", state.header.edition.slug));
    focus(state, Focus::List, effects);
    query::search(state, effects);
    effects.push(Effect::Work(Job::LayOver));
}

/// Goes to the project that a document leads to.
pub(super) fn follow(state: &mut State, effects: &mut Vec<Effect>) {
    let leads_to = state.detail.as_ref().and_then(|detail| detail.document.leads_to.clone());
    let Some(reference) = leads_to else {
        state.notice = Some("this leads to no single project".to_owned());
        return;
    };
    state.view = View::Projects;
    state.sheet = Sheet::default();
    state.query = tui_input::Input::new(format!("ref:{reference}"));
    state.last_word = LastWord::Whole;
    focus(state, Focus::Detail, effects);
    query::search(state, effects);
}

/// How many items fit on the screen.
fn visible(state: &State) -> usize {
    let rows = state.areas().and_then(|areas| areas.list).map_or(0, |list| list.height);
    usize::from(rows / ROWS_OF_ITEM).max(1)
}

fn go(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    let visible = visible(state);
    let to = moved(state.sheet.selected, action, visible, state.sheet.items.len().saturating_sub(1));
    if to == state.sheet.selected {
        return;
    }
    state.sheet.select(to, visible);
    if state.is_wide() {
        want(state, Then::Stay, effects);
    }
}

fn enter(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    let Some(item) = state.sheet.selected_item() else { return };
    match &item.leads {
        Leads::Edition(slug) if action == Action::Open => effects.push(Effect::Work(Job::Switch(slug.clone()))),
        Leads::Edition(_) => {}
        Leads::Change(_) => {
            focus(state, Focus::Detail, effects);
            want(state, Then::Stay, effects);
        }
    }
}

/// Goes to what the editions and versions of the selected project changed, or back from there.
pub(super) fn history(state: &mut State, effects: &mut Vec<Effect>) {
    let of_detail = state.shown().map(|detail| detail.subject);
    let wanted = match of_detail.or_else(|| state.selected()) {
        Some(Subject::Project(project)) => Subject::History(project),
        Some(Subject::History(project)) => Subject::Project(project),
        _ => return,
    };
    focus(state, Focus::Detail, effects);
    super::want_subject(state, wanted, Then::Stay, effects);
}
