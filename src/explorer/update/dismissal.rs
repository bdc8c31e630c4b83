//! Dismissing a concern with a reason, and bringing it back.

use std::sync::Arc;

use super::asking;
use super::wanted::read_anew;
use crate::concerns::{Concern, Reason, Stand};
use crate::explorer::document::Subject;
use crate::explorer::message::{Effect, Job, Verdict};
use crate::explorer::state::{Asked, Spot, State, Then};
use crate::index::{Header, ProjectId};

/// Asks why the concern one is at is to be dismissed; brings it back if it is dismissed.
pub(super) fn ask(state: &mut State, effects: &mut Vec<Effect>) {
    let Some((project, concern)) = concern_at(state) else {
        state.notice = Some("go to a concern first: c".to_owned());
        return;
    };
    let record = state.detail.as_ref().and_then(|detail| detail.document.record.as_ref());
    if record.is_some_and(|record| matches!(record.stand(&concern), Stand::Dismissed(_))) {
        effects.push(Effect::Work(Job::Judge { project, concern: Box::new(concern), verdict: Verdict::Restore }));
        return;
    }
    asking::ask(state, Asked::Reason { project, concern: Box::new(concern) }, effects);
}

fn concern_at(state: &State) -> Option<(ProjectId, Concern)> {
    let detail = state.detail.as_ref()?;
    let (Subject::Project(project), Spot::Concern(number)) = (detail.subject, detail.spot) else { return None };
    Some((project, detail.document.concern(number)?.clone()))
}

/// Takes a reason, and dismisses the finding; or says why it is none.
pub(super) fn take(
    state: &State,
    project: ProjectId,
    concern: Box<Concern>,
    reason: &str,
    effects: &mut Vec<Effect>,
) -> Result<(), String> {
    Reason::new(reason).map_err(|error| error.to_string())?;
    let verdict = Verdict::Dismiss { reason: reason.to_owned(), date: state.today };
    effects.push(Effect::Work(Job::Judge { project, concern, verdict }));
    Ok(())
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
    let then = match (of, spot) {
        (Job::Judge { verdict: Verdict::Dismiss { .. }, .. }, Spot::Concern(number)) => Then::Concern(number),
        _ => Then::Stay,
    };
    let shown = subject.filter(|subject| matches!(subject, Subject::Project(_))).map(|subject| (subject, then));
    read_anew(state, shown, effects);
    state.notice = Some(notice);
}
