//! Where things stand on the screen: one pure step that updating and drawing share.

use ratatui::layout::Rect;

use super::state::Focus;
use crate::index::Room;

/// From this many columns on, the list and the project stand side by side.
pub const WIDE: u16 = 100;

/// The smallest screen that shows anything.
pub const SMALLEST: (u16, u16) = (40, 10);

/// Rows of an item of a list.
pub const ROWS_OF_ITEM: u16 = 3;

/// Rows of a project in a list that shows what matched: the passage has two lines.
pub const ROWS_OF_MATCH: u16 = ROWS_OF_ITEM + 1;

/// Columns before all rows of an item but the first.
pub const INDENT: u16 = 5;

/// Empty columns between the list and the project. There is no line: it would stand right of text whose width
/// terminals disagree about.
const GAP: u16 = 2;

/// The parts of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Areas {
    /// The search line.
    pub query: Rect,
    /// What the list is, and in which order.
    pub list_heading: Option<Rect>,
    /// The list.
    pub list: Option<Rect>,
    /// Which project, and where in it.
    pub detail_heading: Option<Rect>,
    /// The project.
    pub detail: Option<Rect>,
    /// Keys, or a notice.
    pub footer: Rect,
}

/// Divides a screen; `None` where it is too small.
pub fn areas(columns: u16, rows: u16, focus: Focus) -> Option<Areas> {
    if columns < SMALLEST.0 || rows < SMALLEST.1 {
        return None;
    }
    let line = |y| Rect::new(0, y, columns, 1);
    let body = |x, width| (Rect::new(x, 1, width, 1), Rect::new(x, 2, width, rows - 3));
    let mut areas = Areas {
        query: line(0),
        list_heading: None,
        list: None,
        detail_heading: None,
        detail: None,
        footer: line(rows - 1),
    };
    let list_columns = if is_wide(columns) { columns * 2 / 5 } else { columns };
    if is_wide(columns) || focus != Focus::Detail {
        let (heading, list) = body(0, list_columns);
        (areas.list_heading, areas.list) = (Some(heading), Some(list));
    }
    if is_wide(columns) {
        let (heading, detail) = body(list_columns + GAP, columns - list_columns - GAP);
        (areas.detail_heading, areas.detail) = (Some(heading), Some(detail));
    } else if focus == Focus::Detail {
        let (heading, detail) = body(0, columns);
        (areas.detail_heading, areas.detail) = (Some(heading), Some(detail));
    }
    Some(areas)
}

/// The room for a passage in a list of so many columns.
pub fn passage_room(columns: u16) -> Room {
    Room { columns: usize::from(columns.saturating_sub(INDENT)), lines: usize::from(ROWS_OF_MATCH - ROWS_OF_ITEM + 1) }
}

/// Whether a screen holds the list and the project side by side.
pub fn is_wide(columns: u16) -> bool {
    columns >= WIDE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_screen_shows_one_thing_and_a_wide_one_both() {
        let narrow = areas(80, 24, Focus::List).unwrap();
        assert!(narrow.list.is_some() && narrow.detail.is_none());
        let reading = areas(80, 24, Focus::Detail).unwrap();
        assert!(reading.list.is_none() && reading.detail.is_some());
        let wide = areas(120, 40, Focus::List).unwrap();
        assert!(wide.list.is_some() && wide.detail.is_some());
    }

    #[test]
    fn what_is_too_small_has_no_parts() {
        assert_eq!(areas(39, 10, Focus::List), None);
        assert_eq!(areas(40, 9, Focus::List), None);
        assert_eq!(areas(0, 0, Focus::Query), None);
        assert!(areas(40, 10, Focus::List).is_some());
    }

    proptest::proptest! {
        #[test]
        fn parts_lie_inside_the_screen_and_apart(columns in 0_u16..600, rows in 0_u16..300, focus in 0..3) {
            let focus = [Focus::Query, Focus::List, Focus::Detail][usize::try_from(focus).unwrap()];
            let Some(areas) = areas(columns, rows, focus) else { return Ok(()) };
            let screen = Rect::new(0, 0, columns, rows);
            let parts: Vec<Rect> =
                [Some(areas.query), areas.list_heading, areas.list, areas.detail_heading, areas.detail, Some(areas.footer)]
                    .into_iter()
                    .flatten()
                    .collect();
            for (number, part) in parts.iter().enumerate() {
                proptest::prop_assert!(!part.is_empty() && screen.intersection(*part) == *part);
                for other in &parts[number + 1..] {
                    proptest::prop_assert!(part.intersection(*other).is_empty());
                }
            }
        }
    }
}
