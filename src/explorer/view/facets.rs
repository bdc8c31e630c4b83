//! The facets of what is found, in place of the list.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::spans::Pieces;
use super::{bar, place_cursor, put};
use crate::explorer::state::{FacetPane, FacetRow, Focus, State};
use crate::explorer::theme::{Role, Theme};
use crate::index::Choice;

/// Columns of a count.
const COUNT: usize = 7;

pub(super) fn draw(state: &State, pane: &FacetPane, theme: Theme, frame: &mut Frame<'_>, heading: Rect, area: Rect) {
    let mut pieces = Pieces::new(theme, usize::from(heading.width)).under(bar(state, Focus::List));
    pieces.push(Role::Plain, "Choose by value: each is counted as if its own choice were not made");
    pieces.fill();
    put(frame, heading, pieces.line());
    let rows = pane.rows();
    if rows.is_empty() {
        place_cursor(frame, area, 0, 0);
    }
    for (y, (at, row)) in (area.y..area.bottom()).zip(rows.iter().enumerate().skip(pane.top)) {
        let pieces = draw_row(pane, *row, at == pane.selected, theme, usize::from(area.width));
        put(frame, Rect { y, height: 1, ..area }, pieces.line());
        if at == pane.selected {
            place_cursor(frame, area, 0, usize::from(y - area.y));
        }
    }
}

fn draw_row(pane: &FacetPane, row: FacetRow, is_selected: bool, theme: Theme, width: usize) -> Pieces {
    let mut pieces = Pieces::new(theme, width);
    if is_selected {
        pieces = pieces.under(Role::Selected);
    }
    match row {
        FacetRow::Heading(facet) => {
            let name = pane.facets.get(facet).map_or("", |facet| facet.field.name());
            pieces.push(Role::Heading, name);
        }
        FacetRow::Value(facet, value) => {
            let Some(value) = pane.facets.get(facet).and_then(|facet| facet.values.get(value)) else { return pieces };
            // What is chosen is told by its sign, and not by its look alone.
            let (sign, role) = match value.choice {
                Choice::None => (" ", Role::Plain),
                Choice::Taken => ("+", Role::Strong),
                Choice::Excluded => ("-", Role::Quiet),
            };
            pieces.push(Role::Plain, if is_selected { theme.pointer() } else { " " });
            pieces.push(role, &format!("{sign}{:>COUNT$}  ", value.projects));
            pieces.push(role, &value.label);
        }
        FacetRow::More(_, hidden) => {
            pieces.push(Role::Plain, if is_selected { theme.pointer() } else { " " });
            pieces.push(Role::Quiet, &format!(" {:COUNT$}  {hidden} more", ""));
        }
    }
    if is_selected {
        pieces.fill();
    }
    pieces
}
