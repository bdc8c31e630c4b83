//! The scale of a timeline: how many months a column holds, so that all of them fit.

use std::collections::BTreeMap;

use super::marks::Mark;
use crate::register::Date;

/// The longest time that is drawn, in months. A slip of the pen (2099) must not press all the rest into one column.
const LONGEST: i32 = 40 * 12;

/// How much of that lies after the edition.
const AFTER_EDITION: i32 = 15 * 12;

/// Columns that a month takes where there is room.
const COLUMNS_PER_MONTH: [i32; 4] = [4, 3, 2, 1];

/// Months that a column holds where there is not.
const MONTHS_PER_COLUMN: [i32; 7] = [2, 3, 4, 6, 12, 24, 48];

/// A month, counted from the year 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Month(i32);

/// Where months stand.
#[derive(Debug)]
pub(super) struct Scale {
    first: Month,
    last: Month,
    /// Columns that a month takes; 1 where a column holds several.
    columns_per_month: i32,
    /// Months that a column holds; 1 where a month takes several.
    months_per_column: i32,
    room: usize,
}

/// A line of marks.
pub(super) struct Strip(Vec<Option<Mark>>);

impl Month {
    /// The month of a date.
    pub(super) fn of(date: Date) -> Self {
        Self(i32::from(date.year()) * 12 + i32::from(date.month_of_year()) - 1)
    }

    /// The month as a date.
    pub(super) fn date(self) -> Option<Date> {
        Date::month(i16::try_from(self.0.div_euclid(12)).ok()?, u8::try_from(self.0.rem_euclid(12) + 1).ok()?)
    }

    fn january(self) -> Self {
        Self(self.0.div_euclid(12) * 12)
    }
}

impl Scale {
    /// A scale of whole years from one month to another.
    pub(super) fn new(first: Month, last: Month, edition: Option<Month>, room: usize) -> Self {
        let (mut first, mut last) = (first.january(), Month(last.january().0 + 11));
        if last.0 - first.0 >= LONGEST {
            let furthest = edition.map_or(first.0 + LONGEST, |edition| edition.january().0 + AFTER_EDITION) - 1;
            last = Month(last.0.min(furthest.max(first.0 + 11)));
            first = Month(first.0.max(last.0 + 1 - LONGEST));
        }
        let months = last.0 - first.0 + 1;
        let fits = |columns: i32| usize::try_from(columns).is_ok_and(|columns| columns <= room);
        let wide = COLUMNS_PER_MONTH.into_iter().find(|columns| fits(months * columns));
        let close = MONTHS_PER_COLUMN.into_iter().find(|held| fits((months + held - 1) / held));
        let (columns_per_month, months_per_column) = match (wide, close) {
            (Some(columns), _) => (columns, 1),
            (None, Some(held)) => (1, held),
            (None, None) => (1, months),
        };
        Self { first, last, columns_per_month, months_per_column, room }
    }

    /// The first month.
    pub(super) fn first(&self) -> Month {
        self.first
    }

    /// The last month.
    pub(super) fn last(&self) -> Month {
        self.last
    }

    /// The first column of a month.
    pub(super) fn column(&self, month: Month) -> usize {
        let inside = month.max(self.first).min(self.last);
        let column = (inside.0 - self.first.0) * self.columns_per_month / self.months_per_column;
        usize::try_from(column).unwrap_or_default()
    }

    /// The last column of a month.
    pub(super) fn last_column(&self, month: Month) -> usize {
        self.column(month) + usize::try_from(self.columns_per_month - 1).unwrap_or_default()
    }

    fn holds(&self, month: Month) -> bool {
        (self.first..=self.last).contains(&month)
    }

    /// Counts of months as counts of columns. A month that takes several columns counts in each of them.
    pub(super) fn counts(&self, months: &BTreeMap<Month, u64>) -> BTreeMap<usize, u64> {
        let mut columns = BTreeMap::new();
        for (month, count) in months.iter().filter(|(month, _)| self.holds(**month)) {
            for column in self.column(*month)..=self.last_column(*month) {
                *columns.entry(column).or_default() += count;
            }
        }
        columns
    }

    /// The years: a tick in January's column with the year after it. A year that would run into the one before, or over
    /// the edge, is left out.
    pub(super) fn axis(&self) -> String {
        let mut axis = String::new();
        let mut used = 0;
        for january in (self.first.0..=self.last.0).step_by(12) {
            let at = self.column(Month(january));
            let label = format!("╷{}", january.div_euclid(12));
            let end = at + label.chars().count();
            if at < used || end > self.room {
                continue;
            }
            axis.extend(std::iter::repeat_n(' ', at - used));
            axis.push_str(&label);
            used = end;
        }
        axis
    }

    /// What counts are of: a month where it has columns of its own.
    pub(super) fn counted(&self) -> &'static str {
        if self.months_per_column == 1 { "files in a month" } else { "files in a column" }
    }

    /// A mark under a month, with what it is beside it.
    pub(super) fn pointer(&self, month: Month, name: &str) -> String {
        let at = self.column(month);
        if at + 2 + name.len() <= self.room {
            format!("{}▲ {name}", " ".repeat(at))
        } else {
            format!("{}{name} ▲", " ".repeat(at.saturating_sub(name.len() + 1)))
        }
    }

    /// What a column is, in words.
    pub(super) fn unit(&self) -> String {
        match (self.columns_per_month, self.months_per_column) {
            (1, 1) => "a column: 1 month".to_owned(),
            (1, 12) => "a column: 1 year".to_owned(),
            (1, held) if held % 12 == 0 => format!("a column: {} years", held / 12),
            (1, held) => format!("a column: {held} months"),
            (columns, _) => format!("a month: {columns} columns"),
        }
    }

    /// A line without marks.
    pub(super) fn strip(&self) -> Strip {
        Strip(vec![None; self.last_column(self.last) + 1])
    }
}

impl Strip {
    /// Sets a mark.
    pub(super) fn set(&mut self, column: usize, mark: Mark) {
        if let Some(place) = self.0.get_mut(column) {
            *place = Some(mark);
        }
    }

    /// Sets a mark from one month to another, as far as the scale reaches.
    pub(super) fn fill(&mut self, scale: &Scale, from: Month, to: Month, mark: Mark) {
        if to < scale.first || from > scale.last {
            return;
        }
        for column in scale.column(from)..=scale.last_column(to) {
            self.set(column, mark);
        }
    }

    /// Sets the ends of a bar: where it starts and ends, or that it reaches further than the scale.
    pub(super) fn end(&mut self, scale: &Scale, from: Month, to: Month) {
        let (start, end) = (scale.column(from), scale.last_column(to));
        if start < end && scale.holds(from) {
            self.set(start, Mark::Start);
        }
        if start < end && scale.holds(to) {
            self.set(end, Mark::End);
        }
        if from < scale.first {
            self.set(0, Mark::Before);
        }
        if to > scale.last {
            let last = self.0.len().saturating_sub(1);
            self.set(last, Mark::Beyond);
        }
    }

    /// The line as it is drawn.
    pub(super) fn text(&self) -> String {
        let drawn: String = self.0.iter().map(|mark| mark.map_or(' ', Mark::glyph)).collect();
        drawn.trim_end().to_owned()
    }
}
