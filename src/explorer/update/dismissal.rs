//! Dismissing a concern with a reason, and bringing it back.

use std::sync::Arc;

use tui_input::{Input, InputRequest};

use super::query::{self, can_be_typed, request_of};
use crate::concerns::{Concern, Reason, Stand};
use crate::explorer::actions::Action;
use crate::explorer::document::Subject;
use crate::explorer::keys::Chord;
use crate::explorer::message::{Effect, Job, Verdict};
use crate::explorer::state::{Asking, Spot, State, Then, Wanted};
use crate::index::Header;

/// The longest reason that can be typed, in bytes; the longest that is taken is shorter.
const LONGEST: usize = 4096;

/// Asks why the concern one is at is to be dismissed; brings it back if it is dismissed.
pub(super) fn ask(state: &mut State, effects: &mut Vec<Effect>) {
    let Some((project, number, concern)) = concern_at(state) else {
        state.notice = Some("go to a concern first: c".to_owned());
        return;
    };
    let record = state.detail.as_ref().and_then(|detail| detail.document.record.as_ref());
    if record.is_some_and(|record| matches!(record.stand(&concern), Stand::Dismissed(_))) {
        effects.push(Effect::Work(Job::Judge { project, concern: Box::new(concern), verdict: Verdict::Restore }));
        return;
    }
    state.asking = Some(Asking { project, concern, number, input: Input::default() });
    effects.push(Effect::Pasting(true));
}

fn concern_at(state: &State) -> Option<(crate::index::ProjectId, usize, Concern)> {
    let detail = state.detail.as_ref()?;
    let (Subject::Project(project), Spot::Concern(number)) = (detail.subject, detail.spot) else { return None };
    Some((project, number, detail.document.concern(number)?.clone()))
}

/// An action on the line of the reason.
pub(super) fn act(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::TakeReason => take_reason(state, effects),
        Action::LeaveReason => leave(state, effects),
        _ => {}
    }
}

fn take_reason(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(asking) = &state.asking else { return };
    if let Err(error) = Reason::new(asking.input.value()) {
        // The line stays, so that nothing that was typed is lost.
        state.notice = Some(error.to_string());
        return;
    }
    let verdict = Verdict::Dismiss { reason: asking.input.value().to_owned(), date: state.today };
    let (project, concern) = (asking.project, Box::new(asking.concern.clone()));
    effects.push(Effect::Work(Job::Judge { project, concern, verdict }));
    leave(state, effects);
}

fn leave(state: &mut State, effects: &mut Vec<Effect>) {
    state.asking = None;
    effects.push(Effect::Pasting(false));
}

/// A key that is no action: text, or editing.
pub(super) fn edit(state: &mut State, chord: Chord) {
    let Some(asking) = &mut state.asking else { return };
    let Some(request) = request_of(chord) else { return };
    if let InputRequest::InsertChar(letter) = request
        && (!can_be_typed(letter) || asking.input.value().len() + letter.len_utf8() > LONGEST)
    {
        return;
    }
    if asking.input.handle(request).is_some() {
        state.notice = None;
        state.redraw = true;
    }
}

/// Pasted text goes in as one line.
pub(super) fn paste(state: &mut State, text: &str) {
    let Some(asking) = &mut state.asking else { return };
    for letter in text.chars().map(|letter| if letter.is_whitespace() { ' ' } else { letter }) {
        if can_be_typed(letter) && asking.input.value().len() + letter.len_utf8() <= LONGEST {
            asking.input.handle(InputRequest::InsertChar(letter));
        }
    }
    state.notice = None;
    state.redraw = true;
}

/// What was judged is kept: the list and the project are read anew, and one stays where one was. The next concern stands
/// where the dismissed one stood; one that was brought back stands elsewhere, and none is gone to in its place.
pub(super) fn judged(state: &mut State, header: Header, of: &Job, notice: String, effects: &mut Vec<Effect>) {
    state.header = Arc::new(header);
    state.redraw = true;
    let (subject, spot) = match &state.detail {
        Some(detail) => (Some(detail.subject), detail.spot),
        None => (None, Spot::Nowhere),
    };
    if let Some(detail) = &mut state.detail {
        // The numbers of the concerns are others now.
        detail.open.clear();
    }
    query::search(state, effects);
    state.keep_place = Some(state.asked);
    let then = match (of, spot) {
        (Job::Judge { verdict: Verdict::Dismiss { .. }, .. }, Spot::Concern(number)) => Then::Concern(number),
        _ => Then::Stay,
    };
    if let Some(subject @ Subject::Project(_)) = subject {
        state.wanted = Some(Wanted { subject, asked: state.asked, then });
    }
    state.notice = Some(notice);
}
