//! Where things stand on the screen: one pure step that updating and drawing share.

use ratatui::layout::Rect;

use super::state::Focus;
use crate::index::Room;

/// From this many columns on, the list and the project stand side by side.
pub const WIDE: u16 = 100;

/// From this many columns on, the facets stand beside both.
const WIDER: u16 = 120;

/// The fewest and the most columns of facets beside the list and the project.
const FACETS: (u16, u16) = (32, 44);

/// The fewest columns of a list beside something else.
const NARROWEST_LIST: u16 = 40;

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
pub const GAP: u16 = 2;

/// Rows of the names of datasets above a grid.
pub const GRID_HEAD: u16 = 3;
/// Rows below it that tell where one is.
pub const GRID_BELOW: u16 = 2;

/// Widest measure at which long text reads well. A checksum stands on one line beside its label, also on 80 columns.
pub const MEASURE: u16 = 78;

/// From this many columns on, a pane that is read has a scroll bar: every wide screen has one, and no line of a narrow one
/// is shortened for it.
const BAR_FROM: u16 = 58;

/// Columns of a scroll bar: an empty one and the bar.
const BAR: u16 = 2;

/// Columns of a dataset in a grid.
pub const GRID_CELL: u16 = 9;

/// The fewest and the most columns of the names of organisations beside a grid.
const GRID_NAMES: (u16, u16) = (12, 42);

/// The parts of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Areas {
    /// The search line.
    pub query: Rect,
    /// The list.
    pub list: Option<Pane>,
    /// The project.
    pub detail: Option<Pane>,
    /// The facets.
    pub facets: Option<Pane>,
    /// Keys, or a notice.
    pub footer: Rect,
}

/// A part of the screen under its heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pane {
    /// What it is, in one line.
    pub heading: Rect,
    /// What it shows.
    pub body: Rect,
}

/// What is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// The list, and the project.
    ListAndProject,
    /// The facets too.
    Facets,
    /// The list alone, over the whole width.
    ListAlone,
    /// What is read alone, where there is room for two columns of it.
    Columns,
}

/// Divides a screen; `None` where it is too small. A wide one shows the list and the project, a wider one the facets as a
/// third column; on those that are less wide what has the keys takes the place of another.
pub fn areas(columns: u16, rows: u16, opened: Opened, focus: Focus) -> Option<Areas> {
    if columns < SMALLEST.0 || rows < SMALLEST.1 {
        return None;
    }
    let line = |y| Rect::new(0, y, columns, 1);
    let pane = |x, width| Some(Pane { heading: Rect::new(x, 1, width, 1), body: Rect::new(x, 2, width, rows - 3) });
    let mut areas = Areas { query: line(0), list: None, detail: None, facets: None, footer: line(rows - 1) };
    if opened == Opened::ListAlone {
        areas.list = pane(0, columns);
        return Some(areas);
    }
    if !is_wide(columns) || (opened == Opened::Columns && has_two_columns(reading(columns).0)) {
        let only = match focus {
            Focus::Query | Focus::List => &mut areas.list,
            Focus::Detail => &mut areas.detail,
            Focus::Facets => &mut areas.facets,
        };
        *only = pane(0, columns);
        return Some(areas);
    }
    let facets_columns = match opened {
        Opened::Facets if columns >= WIDER => (columns / 4).clamp(FACETS.0, FACETS.1),
        Opened::Facets | Opened::ListAndProject | Opened::ListAlone | Opened::Columns => 0,
    };
    let left = columns - facets_columns - if facets_columns > 0 { GAP } else { 0 };
    // What is read needs no more than its measure, and the names in the list are cut later for it.
    let rest = left.saturating_sub(GAP + MEASURE + BAR);
    let list_columns = (left * 2 / 5).max(NARROWEST_LIST).max(rest);
    areas.list = pane(0, list_columns);
    let beside = pane(list_columns + GAP, left - list_columns - GAP);
    if facets_columns > 0 {
        (areas.detail, areas.facets) = (beside, pane(left + GAP, facets_columns));
    } else if opened == Opened::Facets && focus != Focus::Detail {
        areas.facets = beside;
    } else {
        areas.detail = beside;
    }
    Some(areas)
}

/// The columns of a pane that a text can have, and whether a scroll bar stands beside it.
pub fn reading(columns: u16) -> (u16, bool) {
    if columns < BAR_FROM { (columns, false) } else { (columns - BAR, true) }
}

/// Whether a text of so many columns stands in two columns, where it has two.
pub fn has_two_columns(columns: u16) -> bool {
    columns >= reading(WIDER).0
}

/// Columns of the names of organisations beside a grid.
pub fn grid_names(columns: u16) -> u16 {
    (columns / 3).clamp(GRID_NAMES.0, GRID_NAMES.1)
}

/// How many organisations and datasets of a grid fit.
pub fn grid_fitting(area: Rect) -> (usize, usize) {
    let rows = area.height.saturating_sub(GRID_HEAD + GRID_BELOW).max(1);
    let columns = (area.width.saturating_sub(grid_names(area.width)) / GRID_CELL).max(1);
    (usize::from(rows), usize::from(columns))
}

/// The room for a passage in a list of so many columns.
pub fn passage_room(columns: u16) -> Room {
    let columns = columns.saturating_sub(INDENT).min(MEASURE);
    Room { columns: usize::from(columns), lines: usize::from(ROWS_OF_MATCH - ROWS_OF_ITEM + 1) }
}

/// Whether a screen holds the list and the project side by side.
pub fn is_wide(columns: u16) -> bool {
    columns >= WIDE
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a list, a project and facets are shown.
    fn shown(columns: u16, opened: Opened, focus: Focus) -> (bool, bool, bool) {
        let areas = areas(columns, 24, opened, focus).unwrap();
        (areas.list.is_some(), areas.detail.is_some(), areas.facets.is_some())
    }

    #[test]
    fn a_small_screen_shows_one_thing_and_a_wide_one_both() {
        for opened in [Opened::ListAndProject, Opened::Facets] {
            assert_eq!(shown(80, opened, Focus::List), (true, false, false));
            assert_eq!(shown(80, opened, Focus::Detail), (false, true, false));
        }
        assert_eq!(shown(120, Opened::ListAndProject, Focus::List), (true, true, false));
    }

    #[test]
    fn facets_are_a_third_column_where_there_is_room_for_three() {
        assert_eq!(shown(80, Opened::Facets, Focus::Facets), (false, false, true));
        assert_eq!(shown(119, Opened::Facets, Focus::Facets), (true, false, true));
        assert_eq!(shown(119, Opened::Facets, Focus::Detail), (true, true, false));
        for focus in [Focus::Query, Focus::List, Focus::Detail, Focus::Facets] {
            assert_eq!(shown(120, Opened::Facets, focus), (true, true, true));
        }
        // What has the keys changes the size of nothing.
        let list = |focus| areas(110, 24, Opened::Facets, focus).unwrap().list;
        assert_eq!(list(Focus::Facets), list(Focus::Detail));
    }

    #[test]
    fn on_a_very_wide_screen_the_list_has_what_is_left() {
        let widths = |columns| {
            let areas = areas(columns, 24, Opened::ListAndProject, Focus::List).unwrap();
            (areas.list.unwrap().body.width, areas.detail.unwrap().body.width)
        };
        assert_eq!((widths(120), widths(200)), ((48, 70), (118, 80)));
        assert_eq!(passage_room(118).columns, usize::from(MEASURE));
    }

    #[test]
    fn every_wide_screen_has_a_scroll_bar() {
        for columns in WIDE..WIDER {
            let detail = areas(columns, 24, Opened::ListAndProject, Focus::Detail).unwrap().detail.unwrap();
            assert!(reading(detail.body.width).1, "{columns}");
        }
        assert_eq!((reading(80), reading(40)), ((78, true), (40, false)));
    }

    #[test]
    fn what_is_too_small_has_no_parts() {
        let areas = |columns, rows, focus| areas(columns, rows, Opened::ListAndProject, focus);
        assert_eq!(areas(39, 10, Focus::List), None);
        assert_eq!(areas(40, 9, Focus::List), None);
        assert_eq!(areas(0, 0, Focus::Query), None);
        assert!(areas(40, 10, Focus::List).is_some());
    }

    proptest::proptest! {
        #[test]
        fn parts_lie_inside_the_screen_and_apart(
            columns in 0_u16..600,
            rows in 0_u16..300,
            focus in 0_usize..4,
            has_facets: bool,
        ) {
            let focus = [Focus::Query, Focus::List, Focus::Detail, Focus::Facets][focus];
            let opened = if has_facets { Opened::Facets } else { Opened::ListAndProject };
            let Some(areas) = areas(columns, rows, opened, focus) else { return Ok(()) };
            let screen = Rect::new(0, 0, columns, rows);
            let panes = [areas.list, areas.detail, areas.facets].into_iter().flatten();
            let mut parts: Vec<Rect> = panes.flat_map(|pane| [pane.heading, pane.body]).collect();
            parts.extend([areas.query, areas.footer]);
            for (number, part) in parts.iter().enumerate() {
                proptest::prop_assert!(!part.is_empty() && screen.intersection(*part) == *part);
                for other in &parts[number + 1..] {
                    proptest::prop_assert!(part.intersection(*other).is_empty());
                }
            }
            // What has the keys is on the screen.
            let with_keys = match focus {
                Focus::Query | Focus::List => areas.list,
                Focus::Detail => areas.detail,
                Focus::Facets => areas.facets,
            };
            proptest::prop_assert!(with_keys.is_some() || (focus == Focus::Facets && !has_facets));
        }
    }
}
