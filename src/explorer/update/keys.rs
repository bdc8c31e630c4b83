//! A key that is pressed: what it means where one is, and whether it has to wait for what it is meant for.

use super::super::actions::{Action, Place};
use super::super::keys::Chord;
use super::super::message::Effect;
use super::super::state::State;
use super::{asking, palette, perform, query};

pub(super) fn press(state: &mut State, chord: Chord, effects: &mut Vec<Effect>) {
    let place = state.place();
    let goes_ahead = chord == Chord::control('c')
        || state.keys.action_for(place, chord).is_some_and(|action| meant_for(action) == MeantFor::Terminal);
    if state.is_waiting() && !state.typed_ahead.is_empty() && !goes_ahead {
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
        let chosen = state.palette.as_ref().and_then(|palette| palette.selected(beneath, &state.keys));
        return chosen.is_some_and(|chosen| must_wait(state, chosen.entry.action, beneath));
    }
    if matches!(place, Place::Help | Place::Palette | Place::Cramped) {
        return false;
    }
    match meant_for(action) {
        MeantFor::Terminal | MeantFor::Program => false,
        // Whatever it is, it is meant for the other edition.
        _ if state.going.is_some() => true,
        MeantFor::Edition => false,
        // What is marked already is known once that is kept.
        MeantFor::Marks if state.marking.is_some() => true,
        meant => match place {
            Place::Home | Place::Sheet | Place::Named | Place::Grid => state.awaited.is_some(),
            // A value is chosen by what is counted, and counts are of the newest search.
            Place::Facets => state.is_searching() || state.is_counting(),
            Place::Change => state.wanted.is_some(),
            Place::Detail => state.is_searching() || state.wanted.is_some(),
            // What is marked of the selected project stands in its row.
            Place::List | Place::Led if meant == MeantFor::Marks => state.is_searching() || state.is_reading_row(),
            Place::List | Place::Led => state.is_searching() || (state.wanted.is_some() && meant == MeantFor::Project),
            // What is offered is known once the search is answered.
            Place::Query => action == Action::Complete && state.is_searching() && state.is_at_end(),
            Place::Answer | Place::Help | Place::Palette | Place::Cramped => false,
        },
    }
}

/// What an action is meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MeantFor {
    /// The terminal: it means the same whatever was pressed before.
    Terminal,
    /// The program as a whole: it is done whatever is on its way.
    Program,
    /// The edition, whatever of it is shown.
    Edition,
    /// The project that is shown or selected, as it is read.
    Project,
    /// What is marked of that project.
    Marks,
    /// What is shown where one is.
    Shown,
}

/// Whoever adds an action says here what it is meant for, and the compiler asks for that.
#[rustfmt::skip]
fn meant_for(action: Action) -> MeantFor {
    match action {
        Action::Redraw | Action::Suspend => MeantFor::Terminal,
        Action::Quit | Action::Help | Action::Theme => MeantFor::Program,
        Action::Home | Action::Projects | Action::Organisations | Action::Datasets | Action::Concerns | Action::Changes
        | Action::Editions | Action::Searches | Action::Search | Action::Back | Action::LeaveGrid => MeantFor::Edition,
        Action::NextMatch | Action::PreviousMatch | Action::NextConcern | Action::PreviousConcern | Action::Evidence
        | Action::Cite | Action::History | Action::Files | Action::NextNote => MeantFor::Project,
        Action::Bookmark | Action::Note | Action::Tags | Action::Collect => MeantFor::Marks,
        Action::Finish | Action::Leave | Action::Open | Action::OtherPane | Action::Down | Action::Up | Action::PageDown
        | Action::PageUp | Action::HalfDown | Action::HalfUp | Action::Top | Action::Bottom | Action::NextSection
        | Action::PreviousSection | Action::Dismiss | Action::TakeAnswer | Action::LeaveAnswer | Action::Sort
        | Action::Words | Action::Glossary | Action::Facets | Action::Exclude | Action::Unsure | Action::SaveSearch
        | Action::RemoveSearch | Action::OlderQuery | Action::NewerQuery | Action::Complete | Action::Narrow
        | Action::Grid | Action::Counted | Action::OpenCell | Action::ColumnLeft | Action::ColumnRight
        | Action::ColumnsLeft | Action::ColumnsRight | Action::Palette | Action::DoAction | Action::LeavePalette
        | Action::Export => MeantFor::Shown,
    }
}

/// Takes the keys that were pressed too early, until one has to wait again.
pub(super) fn catch_up(state: &mut State, effects: &mut Vec<Effect>) {
    let typed = std::mem::take(&mut state.typed_ahead);
    for chord in typed {
        press(state, chord, effects);
    }
}
