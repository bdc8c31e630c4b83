//! A key that is pressed: what it means where one is, and whether it has to wait for what it is meant for.

use super::super::actions::{Action, Place};
use super::super::keys::Chord;
use super::super::message::Effect;
use super::super::state::State;
use super::{asking, palette, perform, query};

pub(super) fn press(state: &mut State, chord: Chord, effects: &mut Vec<Effect>) {
    let place = state.place();
    let is_waiting = state.is_searching() || state.wanted.is_some() || state.awaited.is_some() || state.going.is_some();
    let is_waiting = is_waiting || state.marking.is_some();
    let means_the_same = [Action::Redraw, Action::Suspend];
    let goes_ahead = chord == Chord::control('c')
        || state.keys.action_for(place, chord).is_some_and(|action| means_the_same.contains(&action));
    if is_waiting && !state.typed_ahead.is_empty() && !goes_ahead {
        // What it means depends on the keys before it.
        state.typed_ahead.push(chord);
        return;
    }
    let Some(action) = state.keys.action_for(place, chord) else {
        match place {
            Place::Query => query::edit(state, chord, effects),
            Place::Answer => asking::edit(state, chord, effects),
            Place::Palette => palette::edit(state, chord),
            place if state.keys.is_locked_away(place, chord) => {
                state.redraw = true;
                state.notice = Some("this account searches, reads and cites; it keeps and writes nothing".to_owned());
            }
            _ => {}
        }
        return;
    };
    if must_wait(state, action, place) {
        state.typed_ahead.push(chord);
        return;
    }
    perform(state, action, Some(chord), effects);
}

/// Whether what an action is meant for is still being looked for. Over a slow link several keys come at once, and the
/// second must not act on what stood there before the first.
pub(super) fn must_wait(state: &State, action: Action, place: Place) -> bool {
    if let (Action::DoAction, Place::Palette) = (action, place) {
        // What waits is what is done.
        let beneath = state.place_beneath();
        let chosen = state.palette.as_ref().and_then(|palette| palette.selected(beneath));
        return chosen.is_some_and(|chosen| must_wait(state, chosen.entry.action, beneath));
    }
    let never = [Action::Quit, Action::Help, Action::Redraw, Action::Suspend, Action::Theme];
    let views = [
        Action::Home,
        Action::Projects,
        Action::Organisations,
        Action::Datasets,
        Action::Concerns,
        Action::Changes,
        Action::Editions,
        Action::Searches,
    ];
    if never.contains(&action) || matches!(place, Place::Help | Place::Palette | Place::Cramped) {
        return false;
    }
    if state.going.is_some() {
        // Whatever it is, it is meant for the other edition.
        return true;
    }
    if views.contains(&action) || matches!(action, Action::Search | Action::Back | Action::LeaveGrid) {
        return false;
    }
    let about_project = [
        Action::NextMatch,
        Action::PreviousMatch,
        Action::NextConcern,
        Action::PreviousConcern,
        Action::Evidence,
        Action::Cite,
        Action::History,
        Action::Files,
        Action::NextNote,
    ];
    if state.marking.is_some() && matches!(action, Action::Bookmark | Action::Note | Action::Tags | Action::Collect) {
        // What is marked already is known once that is kept.
        return true;
    }
    match place {
        Place::Home | Place::Sheet | Place::Named | Place::Grid => state.awaited.is_some(),
        // A value is chosen by what is counted, and counts are of the newest search.
        Place::Facets => state.is_searching() || state.facets.as_ref().is_some_and(|pane| pane.of != Some(state.asked)),
        Place::Change => state.wanted.is_some(),
        Place::Detail => state.is_searching() || state.wanted.is_some(),
        Place::List | Place::Led => state.is_searching() || (state.wanted.is_some() && about_project.contains(&action)),
        // What is offered is known once the search is answered.
        Place::Query => action == Action::Complete && state.is_searching() && state.is_at_end(),
        Place::Answer | Place::Help | Place::Palette | Place::Cramped => false,
    }
}

/// Takes the keys that were pressed too early, until one has to wait again.
pub(super) fn catch_up(state: &mut State, effects: &mut Vec<Effect>) {
    let typed = std::mem::take(&mut state.typed_ahead);
    for chord in typed {
        press(state, chord, effects);
    }
}
