//! The project that is wanted: it is asked for once it is known which one that is, and not again where it is there.

use super::super::document::Subject;
use super::super::message::{Effect, Job};
use super::super::state::{State, Then, Wanted};
use super::{aside, detail, query};

/// Asks for the selected project, with the matches of the newest results, unless it is there already.
pub(super) fn want(state: &mut State, then: Then, effects: &mut Vec<Effect>) {
    match state.selected() {
        Some(subject) => want_subject(state, subject, then, effects),
        None => state.wanted = None,
    }
}

pub(super) fn want_subject(state: &mut State, subject: Subject, then: Then, effects: &mut Vec<Effect>) {
    if state.is_searching() {
        // Which project that will be is known once the search is answered.
        state.wanted = Some(Wanted { subject, asked: state.asked, then });
        return;
    }
    let asked = state.list.of;
    let is_there = state.detail.as_ref().is_some_and(|detail| (detail.subject, detail.asked) == (subject, asked));
    if is_there {
        state.wanted = None;
        detail::go(state, then);
        return;
    }
    if aside::lift(state, subject, asked) {
        state.wanted = None;
        detail::go(state, then);
        return;
    }
    state.wanted = Some(Wanted { subject, asked, then });
    effects.push(Effect::Work(Job::Open { asked, subject, request: state.list.request.clone() }));
}

/// Reads anew what is shown, which can say more now: one stays where one is, and goes in the shown project where is said. Who has
/// meanwhile asked for something else, such as its files, is led there; a list of another query that is on its way is its own.
pub(super) fn read_anew(state: &mut State, shown: Option<(Subject, Then)>, effects: &mut Vec<Effect>) {
    let is_same_list = !state.is_searching() || state.keep_place == Some(state.asked);
    query::search(state, effects);
    if !is_same_list {
        return;
    }
    state.keep_place = Some(state.asked);
    let asked = state.asked;
    let again = shown.map(|(subject, then)| Wanted { subject, asked, then });
    let meanwhile = state.wanted.take().filter(|wanted| again.is_none_or(|again| wanted.subject != again.subject));
    state.wanted = meanwhile.map(|wanted| Wanted { asked, ..wanted }).or(again);
}
