//! The line on which something is asked for.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::query::visible;
use super::spans::Pieces;
use super::{place_cursor, put};
use crate::explorer::actions::Action;
use crate::explorer::keymap::Keymap;
use crate::explorer::state::{Asked, Asking, State};
use crate::explorer::theme::{Role, Theme};

/// What stands before the answer, and in its place until something is typed.
fn prompt(asked: &Asked, keys: &Keymap) -> (&'static str, String) {
    let (take, leave) = (keys.named(Action::TakeAnswer), keys.named(Action::LeaveAnswer));
    match asked {
        Asked::Reason { .. } => {
            ("Why? ", format!("the reason that is kept with it; {take} dismisses, {leave} leaves it as it is"))
        }
        Asked::Held => ("Named? ", format!("a part of the name; {take} keeps to those, {leave} shows all again")),
        Asked::File(_) => {
            ("File? ", format!("the name of a file, such as dossier.html; {take} writes it, {leave} does not"))
        }
        Asked::Name => ("Name? ", format!("what to call this search; {take} saves it, {leave} does not")),
    }
}

pub(super) fn draw(state: &State, asking: &Asking, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let (prompt, hint) = prompt(&asking.asked, &state.keys);
    let width = usize::from(area.width);
    let mut pieces = Pieces::new(theme, width);
    pieces.push(Role::Key, prompt);
    let room = width.saturating_sub(prompt.len() + 1).max(1);
    let scroll = asking.input.visual_scroll(room);
    match (asking.input.value(), &state.notice) {
        ("", notice) => pieces.push(Role::Quiet, notice.as_deref().unwrap_or(&hint)),
        (_, Some(notice)) => pieces.push(Role::Notice, notice),
        (value, None) => pieces.push(Role::Strong, visible(value, scroll, room).1),
    }
    put(frame, area, pieces.line());
    let column = prompt.len() + asking.input.visual_cursor().saturating_sub(scroll);
    place_cursor(frame, area, column, 0);
}
