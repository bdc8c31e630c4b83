//! The help.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::spans::Pieces;
use super::{place_cursor, put};
use crate::explorer::actions::Action;
use crate::explorer::help::{HelpLine, HelpPane, KEYS};
use crate::explorer::state::State;
use crate::explorer::theme::{Role, Theme};
use crate::report::projects_counted;

pub(super) fn draw(state: &State, theme: Theme, frame: &mut Frame<'_>, pane: &HelpPane) {
    let width = usize::from(state.columns);
    let mut bar = Pieces::new(theme, width).under(Role::Bar);
    bar.push(Role::Plain, "Help");
    let next = state.keys.named(Action::NextSection);
    bar.group(&[(Role::Plain, &format!(": keys of where you were, then the query language; {next} next part"))]);
    bar.fill();
    put(frame, Rect::new(0, 0, state.columns, 1), bar.line());
    let area = Rect::new(0, 1, state.columns, state.rows.saturating_sub(2));
    let mut seen = false;
    for (y, line) in (area.y..area.bottom()).zip(pane.lines(&state.keys, state.columns).into_iter().skip(pane.top)) {
        let is_selected = matches!(line, HelpLine::Entry { number, .. } if number == pane.selected) && !seen;
        put(frame, Rect { y, height: 1, ..area }, draw_line(line, is_selected, theme, width).line());
        if is_selected {
            seen = true;
            place_cursor(frame, area, 0, usize::from(y - area.y));
        }
    }
}

fn draw_line(line: HelpLine, is_selected: bool, theme: Theme, width: usize) -> Pieces {
    let mut pieces = Pieces::new(theme, width);
    match line {
        HelpLine::Blank => {}
        HelpLine::Heading(text) => pieces.push(Role::Heading, &text),
        HelpLine::Entry { keys, found, about, indent, .. } => {
            if is_selected {
                pieces = pieces.under(Role::Selected);
            }
            pieces.push(Role::Key, &keys);
            if let Some(projects) = found {
                pieces.gap(KEYS.saturating_sub(width - pieces.room()).max(1));
                pieces.push(Role::Quiet, &projects_counted(projects));
            }
            if !about.is_empty() {
                pieces.gap(indent.saturating_sub(width - pieces.room()).max(1));
                pieces.push(Role::Plain, &about);
            }
            if is_selected {
                pieces.fill();
            }
        }
    }
    pieces
}
