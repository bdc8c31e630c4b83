//! What is laid over a project, such as its history or its files: going back shows the project as it was left.

use super::focus;
use super::wanted::want_subject;
use crate::explorer::document::{Block, Subject};
use crate::explorer::message::Effect;
use crate::explorer::state::{Detail, Focus, State, Then};
use crate::index::ProjectId;

/// Lays something over the project that is shown or selected, or goes back from there.
pub(super) fn lay(state: &mut State, what: fn(ProjectId) -> Subject, effects: &mut Vec<Effect>) {
    // What a list covers is not gone back from.
    let seen = state.shown().filter(|_| state.shows_project());
    let shown = seen.map(|detail| detail.subject).or_else(|| state.selected());
    let Some((shown, project)) = shown.and_then(|shown| Some((shown, shown.of_project()?))) else { return };
    let wanted = if shown == what(project) { Subject::Project(project) } else { what(project) };
    focus(state, Focus::Detail, effects);
    want_subject(state, wanted, Then::Stay, effects);
}

/// Goes back to the project below.
pub(super) fn off(state: &mut State, effects: &mut Vec<Effect>) {
    let project = state.detail.as_ref().and_then(|detail| detail.subject.of_project());
    if let Some(project) = project {
        focus(state, Focus::Detail, effects);
        want_subject(state, Subject::Project(project), Then::Stay, effects);
    }
}

/// Keeps of what was shown before what belongs to what is shown now: its place if it is the same, or the project below.
pub(super) fn keep(opened: &mut Detail, before: Detail, columns: u16) {
    if before.subject == opened.subject {
        opened.open.clone_from(&before.open);
        opened.lay_out(columns);
        opened.top = same_top(opened, &before);
        opened.under = before.under;
    } else if opened.subject.is_aside() && opened.subject.of_project() == before.subject.of_project() {
        opened.under = if before.subject.is_aside() { before.under } else { Some(Box::new(before)) };
    }
}

/// The line that was on top, where other lines can stand above it now; as many lines down where it is no longer there.
fn same_top(opened: &Detail, before: &Detail) -> usize {
    let found = || {
        let line = before.laid.lines.get(before.top).filter(|_| before.top > 0)?;
        let is_same = |one: &Block, other: &Block| one.kind == other.kind && one.text == other.text;
        let (above, on_top) = (before.document.blocks.get(..line.block)?, before.document.blocks.get(line.block)?);
        let earlier = above.iter().filter(|block| is_same(block, on_top)).count();
        let blocks = opened.document.blocks.iter().enumerate();
        let (block, _) = blocks.filter(|(_, block)| is_same(block, on_top)).nth(earlier)?;
        opened.laid.lines.iter().position(|now| now.block == block && now.range == line.range)
    };
    found().unwrap_or(before.top)
}

/// Shows the project below again, if it is the one that is wanted.
pub(super) fn lift(state: &mut State, subject: Subject, asked: u64) -> bool {
    let under = state
        .detail
        .as_mut()
        .and_then(|detail| detail.under.take_if(|under| (under.subject, under.asked) == (subject, asked)));
    let Some(under) = under else { return false };
    state.detail = Some(*under);
    // The screen may have another size now.
    super::detail::lay_out(state);
    true
}
