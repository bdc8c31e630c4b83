//! The line on which a reason is asked for.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::query::visible;
use super::spans::Pieces;
use super::{place_cursor, put};
use crate::explorer::state::{Asking, State};
use crate::explorer::theme::{Role, Theme};

/// What stands before the reason.
const PROMPT: &str = "Why? ";

/// What stands there until something is typed.
const HINT: &str = "the reason that is kept with it; Enter dismisses, Esc leaves it as it is";

pub(super) fn draw(state: &State, asking: &Asking, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let width = usize::from(area.width);
    let mut pieces = Pieces::new(theme, width);
    pieces.push(Role::Key, PROMPT);
    let room = width.saturating_sub(PROMPT.len() + 1).max(1);
    let scroll = asking.input.visual_scroll(room);
    match (asking.input.value(), &state.notice) {
        ("", notice) => pieces.push(Role::Quiet, notice.as_deref().unwrap_or(HINT)),
        (_, Some(notice)) => pieces.push(Role::Notice, notice),
        (value, None) => pieces.push(Role::Strong, visible(value, scroll, room).1),
    }
    put(frame, area, pieces.line());
    let column = PROMPT.len() + asking.input.visual_cursor().saturating_sub(scroll);
    place_cursor(frame, area, column, 0);
}
