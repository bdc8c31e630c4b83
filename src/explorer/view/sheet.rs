//! Lists beside that of projects.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::spans::Pieces;
use super::{bar, place_cursor, put};
use crate::explorer::layout::{INDENT, ROWS_OF_ITEM};
use crate::explorer::sheet::{SheetItem, Tone};
use crate::explorer::state::{Focus, State};
use crate::explorer::theme::{Role, Theme};

pub(super) fn draw(state: &State, theme: Theme, frame: &mut Frame<'_>, heading: Rect, area: Rect) {
    let sheet = &state.sheet;
    let mut pieces = Pieces::new(theme, usize::from(heading.width)).under(bar(state, Focus::List));
    pieces.push(Role::Plain, &sheet.heading);
    pieces.fill();
    put(frame, heading, pieces.line());
    if sheet.items.is_empty() {
        for (y, piece) in (area.y..area.bottom()).zip(crate::text::wrap(&sheet.empty, usize::from(area.width))) {
            let mut pieces = Pieces::new(theme, usize::from(area.width));
            pieces.push(Role::Plain, sheet.empty[piece].trim_end());
            put(frame, Rect { y, height: 1, ..area }, pieces.line());
        }
        if state.focus == Focus::List {
            place_cursor(frame, area, 0, 0);
        }
        return;
    }
    let visible = usize::from(area.height / ROWS_OF_ITEM).max(1);
    for (row, at) in (sheet.top..sheet.items.len()).take(visible).enumerate() {
        let y = u16::try_from(row).unwrap_or_default() * ROWS_OF_ITEM;
        let place = Rect::new(area.x, area.y + y, area.width, ROWS_OF_ITEM).intersection(area);
        draw_item(&sheet.items[at], at == sheet.selected, theme, frame, place);
        if at == sheet.selected && state.focus == Focus::List {
            place_cursor(frame, place, 0, 0);
        }
    }
}

fn draw_item(item: &SheetItem, is_selected: bool, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let mut name = Pieces::new(theme, usize::from(area.width));
    if is_selected {
        name = name.under(Role::Selected);
    }
    name.push(Role::Plain, if is_selected { theme.pointer() } else { " " });
    name.gap(1);
    match item.weight {
        Some(severity) => name.push(Role::Weight(severity), &format!("{:<2} ", severity.mark())),
        None => name.gap(3),
    }
    name.push(if item.tone == Tone::Quiet { Role::Quiet } else { Role::Strong }, &item.name);
    if is_selected {
        name.fill();
    }
    let [first, second] = &item.lines;
    let line = |role, text: &str| {
        let mut pieces = Pieces::new(theme, usize::from(area.width));
        pieces.gap(usize::from(INDENT));
        pieces.push(role, text);
        pieces
    };
    let lines = [name, line(Role::Plain, first), line(Role::Quiet, second)];
    for (y, pieces) in (area.y..area.bottom()).zip(lines) {
        put(frame, Rect { y, height: 1, ..area }, pieces.line());
    }
}
