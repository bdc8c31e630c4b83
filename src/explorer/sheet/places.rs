//! Where the items of a list stand on the screen: one step that drawing, scrolling and pointing share.

use std::ops::Range;

use ratatui::layout::Rect;

use super::{Leads, Shape, Sheet, Tone};
use crate::explorer::layout::{GAP, WIDE};

impl Sheet {
    /// How many items fit below its head, if it has one.
    pub fn visible(&self, body: Rect) -> usize {
        match self.second_column(body) {
            Some(_) => self.items.len(),
            None => usize::from(self.below_head(body).height / self.rows_of_item()).max(1),
        }
    }

    /// The items that are on the screen, each with where it stands.
    pub fn places(&self, body: Rect) -> Vec<(usize, Rect)> {
        let Some(second) = self.second_column(body) else {
            return self.column(self.top..self.items.len(), self.below_head(body));
        };
        let width = (body.width - GAP) / 2;
        let left = Rect { width, ..body };
        let right = Rect { x: body.x + width + GAP, width: body.width - width - GAP, ..body };
        let mut places = self.column(0..second, left);
        places.extend(self.column(second..self.items.len(), right));
        places
    }

    fn column(&self, items: Range<usize>, area: Rect) -> Vec<(usize, Rect)> {
        let height = self.rows_of_item();
        // One that does not fit whole is left out, but for the first.
        let tops = (area.y..area.bottom()).step_by(usize::from(height));
        let tops = tops.filter(|y| *y == area.y || y + height <= area.bottom());
        items.zip(tops).map(|(at, y)| (at, Rect { y, height, ..area }.intersection(area))).collect()
    }

    fn below_head(&self, body: Rect) -> Rect {
        let head = self.rows_above().min(body.height);
        Rect { y: body.y + head, height: body.height - head, ..body }
    }

    /// Where a second column begins on a wide screen, in a list that is made of parts: at a heading, so that both are as even as
    /// they can be. None where two do not hold it whole.
    pub fn second_column(&self, body: Rect) -> Option<usize> {
        if self.shape != Shape::Parts || body.width < WIDE {
            return None;
        }
        let is_heading = |at: &usize| self.items.get(*at).is_some_and(|item| item.tone == Tone::Heading);
        let longer = |at: &usize| at.saturating_sub(1).max(self.items.len() - at);
        let split = (1..self.items.len()).filter(is_heading).min_by_key(longer)?;
        (longer(&split) <= usize::from(body.height)).then_some(split)
    }

    /// The first item of the other column that leads somewhere.
    pub fn across(&self, body: Rect) -> Option<usize> {
        let second = self.second_column(body)?;
        let other = if self.selected < second { second..self.items.len() } else { 0..second };
        other.into_iter().find(|at| self.items.get(*at).is_some_and(|item| item.leads != Leads::Nowhere))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explorer::sheet::SheetItem;

    fn sheet() -> Sheet {
        let item = |at: usize| match at {
            0 | 7 => SheetItem { tone: Tone::Heading, ..SheetItem::default() },
            _ => SheetItem { leads: Leads::Query(String::new()), ..SheetItem::default() },
        };
        Sheet { shape: Shape::Parts, items: (0..12).map(item).collect(), selected: 1, ..Sheet::default() }
    }

    #[test]
    fn parts_stand_in_two_columns_where_these_hold_them_whole() {
        let sheet = sheet();
        let places = sheet.places(Rect::new(0, 2, 120, 20));
        assert_eq!((places[6], places[7]), ((6, Rect::new(0, 8, 59, 1)), (7, Rect::new(61, 2, 59, 1))));
        assert_eq!((places.len(), sheet.visible(Rect::new(0, 2, 120, 20))), (12, 12));
        assert_eq!(sheet.across(Rect::new(0, 2, 120, 20)), Some(8));
        // Too low, or too narrow: one column, which is scrolled.
        for body in [Rect::new(0, 2, 120, 5), Rect::new(0, 2, 99, 5)] {
            assert_eq!((sheet.places(body).len(), sheet.visible(body), sheet.across(body)), (5, 5, None));
        }
    }
}
