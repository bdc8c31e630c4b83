//! Saving a search, going to a saved one, and removing one.

use super::{asking, frames, query, sheet};
use crate::explorer::actions::Action;
use crate::explorer::message::{Effect, Job, Keep};
use crate::explorer::sheet::Leads;
use crate::explorer::state::{Asked, State, View};
use crate::index::{LastWord, Sort};
use crate::library::SearchName;

/// An action on saved searches.
pub(super) fn act(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::Searches => frames::show(state, View::Searches, effects),
        Action::SaveSearch => asking::ask(state, Asked::Name, effects),
        Action::RemoveSearch => remove(state, effects),
        _ => {}
    }
}

/// Takes a name, and saves the search that is shown; or says why it is none.
pub(super) fn take(state: &mut State, name: &str, effects: &mut Vec<Effect>) -> Result<(), String> {
    let name = SearchName::new(name).map_err(|error| error.to_string())?;
    if state.last_word == LastWord::Beginning {
        // What is shown is what is saved, and there the last word is whole.
        state.last_word = LastWord::Whole;
        query::search(state, effects);
    }
    let keep = Keep::Search { name, query: state.query.value().to_owned(), sort: state.sort };
    effects.push(Effect::Work(Job::Keep(keep)));
    Ok(())
}

/// Goes to what a saved search finds, which counts as seen from then on.
pub(super) fn open(state: &mut State, (name, query, sort): (String, String, Sort), effects: &mut Vec<Effect>) {
    frames::to_list_by(state, query, sort, effects);
    effects.push(Effect::Work(Job::Keep(Keep::Visit { name })));
}

fn remove(state: &mut State, effects: &mut Vec<Effect>) {
    let selected = state.sheet.selected_item().map(|item| item.leads.clone());
    let Some(Leads::Search { name, .. }) = selected else {
        state.notice = Some(if state.sheet.is_of_names() {
            let (open, export) = (state.keys.named(Action::Open), state.keys.named(Action::Export));
            format!("open one first ({open}), then {export} writes a dossier of its projects")
        } else {
            format!("there is no saved search here to remove; {} lists them", state.keys.named(Action::Searches))
        });
        return;
    };
    effects.push(Effect::Work(Job::Keep(Keep::Removal { name })));
    // The next key is meant for the one after it.
    state.sheet.items.remove(state.sheet.selected);
    sheet::reveal(state);
}

/// Something is kept: what was done is said, and the list made anew, which may have been read before.
pub(super) fn kept(state: &mut State, notice: Option<String>, effects: &mut Vec<Effect>) {
    state.redraw |= notice.is_some();
    state.notice = notice.or(state.notice.take());
    list_anew(state, effects);
}

/// Makes the list of saved searches anew, where it is shown.
pub(super) fn list_anew(state: &mut State, effects: &mut Vec<Effect>) {
    if matches!(state.view, View::Home | View::Searches) {
        sheet::ask(state, effects);
    }
}
