//! Choosing by value: every choice is a part of the query, which can be read and changed there too.

use tui_input::Input;

use super::{moved, query};
use crate::explorer::actions::Action;
use crate::explorer::message::{Effect, Job};
use crate::explorer::state::{FacetPane, FacetRow, Focus, State};
use crate::index::{Choice, Facet, LastWord, choose};

/// Lays the facets over the list, or takes them away.
pub(super) fn toggle(state: &mut State, effects: &mut Vec<Effect>) {
    if state.facets.take().is_some() {
        return;
    }
    super::focus(state, Focus::List, effects);
    state.facets = Some(FacetPane::default());
    ask(state, effects);
}

/// An action among the facets.
pub(super) fn act(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::Back => state.facets = None,
        Action::Search => {
            state.facets = None;
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
        effects.push(Effect::Work(Job::Facets { asked: state.asked, request: state.request() }));
    }
}

/// Takes facets that were counted.
pub(super) fn counted(state: &mut State, asked: u64, facets: Vec<Facet>, effects: &mut Vec<Effect>) {
    let visible = visible(state);
    let Some(pane) = &mut state.facets else { return };
    pane.of = Some(asked);
    pane.take(facets, visible);
    state.redraw = true;
    super::catch_up(state, effects);
}

/// Chooses the selected value, or takes the choice back.
fn take(state: &mut State, choice: Choice, effects: &mut Vec<Effect>) {
    let Some((field, value)) = state.facets.as_ref().and_then(FacetPane::selected_value) else { return };
    let wanted = if value.choice == choice { Choice::None } else { choice };
    let written = choose(state.query.value(), field, &value.query, wanted);
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

/// Rows that fit on the screen.
fn visible(state: &State) -> usize {
    state.areas().and_then(|areas| areas.list).map_or(1, |area| usize::from(area.height))
}
