//! Lists beside that of projects.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::spans::Pieces;
use super::{bar, picture, place_cursor, put, table, trail};
use crate::explorer::actions::Action;
use crate::explorer::layout::INDENT;
use crate::explorer::sheet::{Leads, Picture, Shape, SheetItem, Tone};
use crate::explorer::state::{Focus, State, View};
use crate::explorer::theme::{Role, Theme};

/// Columns of a figure.
const FIGURE: usize = 6;

pub(super) fn draw(state: &State, theme: Theme, frame: &mut Frame<'_>, heading: Rect, area: Rect) {
    let sheet = &state.sheet;
    let mut pieces = Pieces::new(theme, usize::from(heading.width)).under(bar(state, Focus::List));
    let mut shown = sheet.heading_shown();
    if state.view == View::Searches && !sheet.items.is_empty() {
        shown = format!("{shown}; {} removes one", state.keys.named(Action::RemoveSearch));
    }
    pieces.push(Role::Plain, &trail::led(&state.trail(), &shown, theme, usize::from(heading.width)));
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
    if let Shape::Table(columns) = sheet.shape {
        put(frame, Rect { height: 1, ..area }, table::names(columns, theme, usize::from(area.width)).line());
    }
    for (at, place) in sheet.places(area) {
        let (item, is_selected) = (&sheet.items[at], at == sheet.selected);
        match sheet.shape {
            Shape::Blocks => draw_item(item, is_selected, theme, frame, place),
            Shape::Rows | Shape::Parts => {
                put(frame, place, on_one_row(item, is_selected, theme, place.width).line());
            }
            Shape::Table(columns) => {
                let width = usize::from(place.width);
                let row = table::row(columns, item, is_selected, theme, width);
                put(frame, place, row.line());
            }
        }
        if is_selected && state.focus == Focus::List {
            place_cursor(frame, place, 0, 0);
        }
    }
}

/// An item on one row.
fn on_one_row(item: &SheetItem, is_selected: bool, theme: Theme, width: u16) -> Pieces {
    let mut pieces = Pieces::new(theme, usize::from(width));
    if item.leads == Leads::Nowhere && item.figure.is_none() {
        if let Picture::Months(months, row) = &item.picture {
            picture::months(&mut pieces, months.as_deref(), *row, &item.name, theme);
            return pieces;
        }
        if item.tone != Tone::Heading {
            pieces.gap(2);
        }
        pieces.push(role_of(item.tone), &item.name);
        return pieces;
    }
    if is_selected {
        pieces = pieces.under(Role::Selected);
    }
    pieces.push(Role::Plain, if is_selected { theme.pointer() } else { " " });
    let figure = item.figure.map(|figure| figure.to_string()).unwrap_or_default();
    pieces.push(Role::Plain, &format!(" {figure:>FIGURE$}  "));
    if let (Picture::Share(of), Some(figure)) = (&item.picture, item.figure) {
        pieces.push(Role::Plain, &picture::share(figure, *of, theme));
        pieces.gap(2);
    }
    if let Some(severity) = item.weight {
        pieces.push(Role::Weight(severity), &format!("{:<2} ", severity.mark()));
    } else if matches!(item.leads, Leads::Project(..)) {
        // Among others that weigh something.
        pieces.gap(3);
    }
    let role = if item.leads == Leads::Nowhere { Role::Plain } else { role_of(item.tone) };
    pieces.push(role, &item.name);
    let [told, _] = &item.lines;
    if !told.is_empty() {
        pieces.gap(2);
        pieces.push(Role::Quiet, told);
    }
    if is_selected {
        pieces.fill();
    }
    pieces
}

fn role_of(tone: Tone) -> Role {
    match tone {
        Tone::Strong => Role::Strong,
        Tone::Quiet => Role::Quiet,
        Tone::Heading => Role::Heading,
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
    name.push(role_of(item.tone), &item.name);
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
