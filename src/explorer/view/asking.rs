//! The line on which something is asked for.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::query::visible;
use super::spans::Pieces;
use super::{place_cursor, put};
use crate::explorer::state::{Asked, Asking, State};
use crate::explorer::theme::{Role, Theme};

/// What stands before the answer, and in its place until something is typed.
fn prompt(asked: &Asked) -> (&'static str, &'static str) {
    match asked {
        Asked::Reason { .. } => ("Why? ", "the reason that is kept with it; Enter dismisses, Esc leaves it as it is"),
        Asked::Held => ("Named? ", "a part of the name; Enter keeps to those, Esc shows all again"),
        Asked::Name => ("Name? ", "what to call this search; Enter saves it, Esc does not"),
    }
}

pub(super) fn draw(state: &State, asking: &Asking, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let (prompt, hint) = prompt(&asking.asked);
    let width = usize::from(area.width);
    let mut pieces = Pieces::new(theme, width);
    pieces.push(Role::Key, prompt);
    let room = width.saturating_sub(prompt.len() + 1).max(1);
    let scroll = asking.input.visual_scroll(room);
    match (asking.input.value(), &state.notice) {
        ("", notice) => pieces.push(Role::Quiet, notice.as_deref().unwrap_or(hint)),
        (_, Some(notice)) => pieces.push(Role::Notice, notice),
        (value, None) => pieces.push(Role::Strong, visible(value, scroll, room).1),
    }
    put(frame, area, pieces.line());
    let column = prompt.len() + asking.input.visual_cursor().saturating_sub(scroll);
    place_cursor(frame, area, column, 0);
}
