//! Where one is in what one reads, and where in it what one searched for stands.

use std::collections::BTreeSet;
use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::put;
use super::spans::Pieces;
use crate::explorer::layout;
use crate::explorer::state::{Detail, Spot};
use crate::explorer::theme::{Role, Theme};

/// Draws the bar right of the text, where there is room for it and more than the screen holds.
pub(super) fn draw(detail: &Detail, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let (_, has_bar) = layout::reading(area.width);
    let scale = Scale { rows: usize::from(area.height), lines: detail.laid.lines.len() };
    if !has_bar || scale.lines <= scale.rows {
        return;
    }
    let seen = scale.seen(detail.top);
    let matches: BTreeSet<usize> = detail.laid.matches.iter().map(|found| scale.row(found.line)).collect();
    let current = match detail.spot {
        Spot::Match(_) => detail.spot_line().map(|line| scale.row(line)),
        Spot::Nowhere | Spot::Concern(_) | Spot::Section(_) | Spot::Evidence(_) | Spot::Note(_) => None,
    };
    let [length, thumb, found, found_here] = theme.scroll_bar();
    let x = area.x + detail.laid.width() + 1;
    for (row, y) in (area.y..area.bottom()).enumerate() {
        let (role, sign) = match (matches.contains(&row), seen.contains(&row)) {
            (true, _) if current == Some(row) => (Role::CurrentMatch, found_here),
            (true, true) => (Role::Strong, found_here),
            (true, false) => (Role::Strong, found),
            (false, true) => (Role::Plain, thumb),
            (false, false) => (Role::Quiet, length),
        };
        let mut pieces = Pieces::new(theme, 1);
        pieces.push(role, sign);
        put(frame, Rect { x, y, width: 1, height: 1 }, pieces.line());
    }
}

/// So many lines on so many rows.
#[derive(Debug, Clone, Copy)]
struct Scale {
    rows: usize,
    lines: usize,
}

impl Scale {
    /// The row of a line.
    fn row(self, line: usize) -> usize {
        line * self.rows / self.lines.max(1)
    }

    /// The rows of the lines on the screen, where a line is on top.
    fn seen(self, top: usize) -> Range<usize> {
        let last = (top + self.rows).min(self.lines).saturating_sub(1);
        self.row(top)..self.row(last) + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn what_is_on_the_screen_lies_beside_the_thumb(rows in 1_usize..200, more in 1_usize..5_000, top in 0_usize..5_000) {
            let scale = Scale { rows, lines: rows + more };
            let top = top.min(more);
            let seen = scale.seen(top);
            proptest::prop_assert!(!seen.is_empty() && seen.end <= rows);
            for line in 0..scale.lines {
                let row = scale.row(line);
                proptest::prop_assert!(row < rows);
                if (top..top + rows).contains(&line) {
                    proptest::prop_assert!(seen.contains(&row));
                }
            }
            // At the top and at the end it reaches the end of the bar.
            proptest::prop_assert_eq!(scale.seen(0).start, 0);
            proptest::prop_assert_eq!(scale.seen(more).end, rows);
        }
    }
}
