//! Choosing by value: every choice is a part of the query, which can be read and changed there too.

use tui_input::Input;

use super::{detail, list, moved, query};
use crate::explorer::actions::Action;
use crate::explorer::message::{Effect, Job};
use crate::explorer::state::{FacetPane, FacetRow, Focus, State};
use crate::index::{Choice, Facet, LastWord, choose};

/// Opens the facets, goes to them where they are open, or closes them where one is in them.
pub(super) fn toggle(state: &mut State, effects: &mut Vec<Effect>) {
    if state.focus == Focus::Facets {
        close(state, effects);
        return;
    }
    if state.facets.is_none() {
        state.facets = Some(FacetPane::default());
        ask(state, effects);
    }
    super::focus(state, Focus::Facets, effects);
    lay_out(state, effects);
}

/// Closes the facets; one who was in them goes to the list.
pub(super) fn close(state: &mut State, effects: &mut Vec<Effect>) {
    state.facets = None;
    if state.focus == Focus::Facets {
        super::focus(state, Focus::List, effects);
    }
    lay_out(state, effects);
}

/// Goes on to the list: the facets stay open where they stand beside it.
fn leave(state: &mut State, effects: &mut Vec<Effect>) {
    super::focus(state, Focus::List, effects);
    close_if_covered(state, effects);
}

/// Closes the facets where they stand beside nothing, and one is not in them: what cannot be seen is not counted.
pub(super) fn close_if_covered(state: &mut State, effects: &mut Vec<Effect>) {
    if state.facets.is_some() && state.focus != Focus::Facets && !state.is_wide() {
        close(state, effects);
    }
}

/// The other parts of the screen have other sizes now.
fn lay_out(state: &mut State, effects: &mut Vec<Effect>) {
    state.list.show_selected(list::visible(state));
    list::read_missing(state, effects);
    detail::lay_out(state);
}

/// An action among the facets.
pub(super) fn act(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::Back => close(state, effects),
        Action::OtherPane => leave(state, effects),
        Action::Search => {
            leave(state, effects);
            super::frames::search_line(state, effects);
        }
        Action::Open => match state.facets.as_ref().and_then(FacetPane::selected_row) {
            Some(FacetRow::More(facet, _)) => {
                if let Some(pane) = &mut state.facets {
                    pane.whole.insert(facet);
                }
            }
            _ => take(state, Choice::Taken, effects),
        },
        Action::Exclude => take(state, Choice::Excluded, effects),
        _ => go(state, action),
    }
}

/// Asks for the facets of what is searched for.
pub(super) fn ask(state: &State, effects: &mut Vec<Effect>) {
    if state.facets.is_some() {
        let found = (!state.is_searching()).then(|| state.list.projects.clone());
        effects.push(Effect::Work(Job::Facets { asked: state.asked, request: state.request(), found }));
    }
}

/// Takes facets that were counted.
pub(super) fn counted(state: &mut State, asked: u64, facets: Vec<Facet>, effects: &mut Vec<Effect>) {
    let visible = visible(state);
    let Some(pane) = &mut state.facets else { return };
    pane.of = Some(asked);
    pane.take(facets, visible);
    state.redraw = true;
    super::keys::catch_up(state, effects);
}

/// Chooses the selected value, or takes the choice back.
fn take(state: &mut State, choice: Choice, effects: &mut Vec<Effect>) {
    let Some((field, value)) = state.facets.as_ref().and_then(FacetPane::selected_value) else { return };
    let wanted = if value.choice == choice { Choice::None } else { choice };
    let written = choose(state.query.value(), field, &value.query(), wanted);
    if written.len() > query::LONGEST {
        state.notice = Some("the query is as long as it can be; take a choice back first".to_owned());
        return;
    }
    (state.query, state.last_word) = (Input::new(written), LastWord::Whole);
    query::search(state, effects);
}

fn go(state: &mut State, action: Action) {
    let visible = visible(state);
    let Some(pane) = &mut state.facets else { return };
    let last = pane.rows().len().saturating_sub(1);
    let is_onward = !matches!(action, Action::Up | Action::PageUp | Action::HalfUp);
    let at = moved(pane.selected, action, visible.saturating_sub(1).max(1), last);
    pane.select(at, visible, is_onward);
}

/// Goes to a row.
pub(super) fn go_to(state: &mut State, place: usize) {
    let visible = visible(state);
    if let Some(pane) = &mut state.facets {
        pane.select(place, visible, true);
    }
}

/// Rows that fit on the screen.
fn visible(state: &State) -> usize {
    state.areas_for(Focus::Facets).and_then(|areas| areas.facets).map_or(1, |pane| usize::from(pane.body.height))
}
