//! The line on which something is asked for.

use std::borrow::Cow;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::query::visible;
use super::spans::Pieces;
use super::{place_cursor, put};
use crate::explorer::actions::Action;
use crate::explorer::keymap::Keymap;
use crate::explorer::state::{Asked, Asking, State};
use crate::explorer::theme::{Role, Theme};
use crate::report::noted_on;

/// What stands before the answer, and in its place until something is typed.
fn prompt(asked: &Asked, keys: &Keymap) -> (Cow<'static, str>, String) {
    let (take, leave) = (keys.named(Action::TakeAnswer), keys.named(Action::LeaveAnswer));
    match asked {
        Asked::Reason { .. } => {
            ("Why? ".into(), format!("the reason that is kept with it; {take} dismisses, {leave} leaves it as it is"))
        }
        Asked::Held => {
            ("Named? ".into(), format!("a part of the name; {take} keeps to those, {leave} shows all again"))
        }
        Asked::File(_) => {
            ("File? ".into(), format!("the name of a file, such as dossier.html; {take} writes it, {leave} does not"))
        }
        Asked::Note { on, before: None, .. } => {
            let on = on.map_or("the project", noted_on);
            (format!("Note on {on}? ").into(), format!("what you make of it; {take} keeps it, {leave} does not"))
        }
        Asked::Note { before: Some(_), .. } => {
            ("Note? ".into(), format!("nothing: {take} removes the note, {leave} leaves it as it was"))
        }
        Asked::Tags { .. } => {
            ("Tags? ".into(), format!("words, with blanks between; {take} keeps just these, {leave} does not"))
        }
        Asked::Name => ("Name? ".into(), format!("what to call this search; {take} saves it, {leave} does not")),
    }
}

pub(super) fn draw(state: &State, asking: &Asking, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let (prompt, hint) = prompt(&asking.asked, &state.keys);
    let width = usize::from(area.width);
    let mut pieces = Pieces::new(theme, width);
    pieces.push(Role::Key, &prompt);
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
