//! The project that is wanted: it is asked for once it is known which one that is, and not again where it is there.

use super::super::document::Subject;
use super::super::message::{Effect, Job};
use super::super::state::{State, Then, Wanted};
use super::{aside, detail};

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
