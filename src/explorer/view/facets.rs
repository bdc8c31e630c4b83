//! The facets of what is found.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::spans::Pieces;
use super::{bar, place_cursor, put};
use crate::explorer::actions::Action;
use crate::explorer::state::{FacetPane, FacetRow, Focus, State};
use crate::explorer::theme::{Role, Theme};
use crate::index::Choice;
use crate::text;

/// Columns of a count.
const COUNT: usize = 6;

pub(super) fn draw(state: &State, pane: &FacetPane, theme: Theme, frame: &mut Frame<'_>, heading: Rect, area: Rect) {
    let mut pieces = Pieces::new(theme, usize::from(heading.width)).under(bar(state, Focus::Facets));
    pieces.push(Role::Plain, "Choose by value");
    let (open, exclude) = (state.keys.named(Action::Open), state.keys.named(Action::Exclude));
    pieces.group(&[(Role::Plain, &format!(": {open} keeps to one, {exclude} leaves one out, again takes it back"))]);
    pieces.fill();
    put(frame, heading, pieces.line());
    let has_keys = state.focus == Focus::Facets;
    if pane.rows().is_empty() && has_keys {
        place_cursor(frame, area, 0, 0);
    }
    for (at, row, place) in pane.places(area) {
        let pieces = draw_row(pane, row, at == pane.selected, theme, usize::from(area.width));
        put(frame, place, pieces.line());
        if at == pane.selected && has_keys {
            place_cursor(frame, place, 0, 0);
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
            let Some(value) = pane.facets.get(facet).and_then(|facet| facet.value(value)) else { return pieces };
            // What is chosen is told by its sign, and not by its look alone.
            let (sign, role) = match value.choice {
                Choice::None => (" ", Role::Plain),
                Choice::Taken => ("+", Role::Strong),
                Choice::Excluded => ("-", Role::Quiet),
            };
            pieces.push(Role::Plain, if is_selected { theme.pointer() } else { " " });
            pieces.push(role, &format!("{sign}{:>COUNT$}  ", value.projects));
            let label = text::fit_ends(value.label, pieces.room(), theme.cut());
            pieces.push(role, label.as_str());
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
