//! A list with several figures in each row, under names that stay where they are.

use super::spans::Pieces;
use crate::explorer::sheet::{Leads, SheetItem};
use crate::explorer::theme::{Role, Theme};
use crate::text;

/// The fewest columns of a figure.
const FIGURE: usize = 5;

/// Columns between two figures.
const BETWEEN: usize = 2;

/// The fewest columns that the name of a row keeps, on narrow and on wide screens.
const NAME: (usize, usize) = (28, 36);

/// The figures that there is room for, by their places, each with its columns.
fn fitting(columns: &[&str], width: usize) -> Vec<(usize, usize)> {
    let name = (width / 2).clamp(NAME.0, NAME.1);
    let mut left = width.saturating_sub(name + BETWEEN + 1);
    let mut fitting = Vec::new();
    for (place, name) in columns.iter().enumerate() {
        let needed = name.len().max(FIGURE) + BETWEEN;
        if needed <= left {
            left -= needed;
            fitting.push((place, needed));
        }
    }
    fitting
}

/// The names of the figures.
pub(super) fn names(columns: &[&str], theme: Theme, width: usize) -> Pieces {
    let mut pieces = Pieces::new(theme, width);
    pieces.gap(1);
    for (place, needed) in fitting(columns, width) {
        pieces.push(Role::Label, &format!("{:>needed$}", columns[place]));
    }
    pieces
}

/// A row, or a remark below them; a figure that is not published is a dash.
pub(super) fn row(columns: &[&str], item: &SheetItem, is_selected: bool, theme: Theme, width: usize) -> Pieces {
    let mut pieces = Pieces::new(theme, width);
    if item.leads == Leads::Nowhere {
        pieces.gap(BETWEEN);
        pieces.push(Role::Quiet, &item.name);
        return pieces;
    }
    if is_selected {
        pieces = pieces.under(Role::Selected);
    }
    pieces.push(Role::Plain, if is_selected { theme.pointer() } else { " " });
    for (place, needed) in fitting(columns, width) {
        let figure = item.figures.get(place).copied().flatten();
        let figure = figure.map_or_else(|| "-".to_owned(), |figure| figure.to_string());
        pieces.push(Role::Plain, &format!("{figure:>needed$}"));
    }
    pieces.gap(BETWEEN);
    let name = text::fit_ends(&item.name, pieces.room(), theme.cut());
    pieces.push(Role::Strong, name.as_str());
    let [told, _] = &item.lines;
    pieces.group(&[(Role::Plain, "  "), (Role::Quiet, told)]);
    if is_selected {
        pieces.fill();
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_without_room_are_left_out_and_names_keep_theirs() {
        let columns = ["files", "not applied", "projects", "high"];
        let places = |width| fitting(&columns, width).into_iter().map(|(place, _)| place).collect::<Vec<_>>();
        assert_eq!(places(80), [0, 1, 2, 3]);
        assert_eq!(places(48), [0, 2]);
        assert_eq!(places(40), [0]);
        assert!(places(20).is_empty());
    }
}
