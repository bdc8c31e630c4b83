//! What is said beside a list: it is worked out once the list is shown, and said while the list is still of the same search.

use crate::explorer::actions::Place;
use crate::explorer::message::{Effect, Job};
use crate::explorer::state::State;
use crate::index::Hint;
use crate::library::Elsewhere;

/// Asks for what is to be said beside the list.
pub(super) fn ask(state: &State, effects: &mut Vec<Effect>) {
    let list = &state.list;
    if list.failed.is_some() || list.request.query.trim().is_empty() {
        return;
    }
    let (asked, request, found) = (list.of, list.request.clone(), list.projects.len());
    if found == 0 {
        effects.push(Effect::Work(Job::Elsewhere { asked, request: request.clone() }));
    }
    effects.push(Effect::Work(Job::Hints { asked, request, found }));
}

/// Takes hints. Where nothing is found the list says them; beside what is found they are said until the next key, where one still
/// looks at the list.
pub(super) fn hinted(state: &mut State, hints: Vec<Hint>) {
    if state.list.hints == hints {
        return;
    }
    let is_looked_at = matches!(state.place(), Place::List | Place::Led | Place::Facets);
    if !state.list.projects.is_empty() && !hints.is_empty() && is_looked_at {
        let said = || hints.iter().map(Hint::line).collect::<Vec<_>>().join("; ");
        state.notice = state.notice.take().or_else(|| Some(said()));
    }
    state.list.hints = hints;
    state.redraw = true;
}

/// Takes what other editions have, which an empty list says.
pub(super) fn found_elsewhere(state: &mut State, elsewhere: Elsewhere) {
    if state.list.elsewhere != elsewhere {
        state.list.elsewhere = elsewhere;
        state.redraw = true;
    }
}
