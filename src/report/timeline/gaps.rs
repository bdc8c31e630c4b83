//! Terms together: what they hold, and what lies between them.

use crate::register::{Date, DateRange};

/// The union of the terms of versions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Union {
    /// First and last day of each stretch without a break, in order and apart.
    stretches: Vec<(Date, Date)>,
    gaps: Vec<(Date, Date)>,
    /// Whether a version does not state both ends of its term, or states ends that contradict each other.
    unknown: usize,
}

impl Union {
    /// Joins terms. Where one lacks an end, what lies between the others is not told.
    pub(super) fn of(terms: impl Iterator<Item = DateRange>) -> Self {
        let mut union = Self::default();
        let mut known = Vec::new();
        for term in terms {
            match (term.start.map(Date::first_day), term.end.map(Date::last_day)) {
                (Some(start), Some(end)) if start <= end => known.push((start, end)),
                _ => union.unknown += 1,
            }
        }
        known.sort_unstable();
        for (start, end) in known {
            match union.stretches.last_mut() {
                Some((_, last)) if start <= day_after(*last) => *last = end.max(*last),
                _ => union.stretches.push((start, end)),
            }
        }
        if union.unknown == 0 {
            let pairs = union.stretches.windows(2);
            union.gaps = pairs.map(|pair| (day_after(pair[0].1), day_before(pair[1].0))).collect();
        }
        union
    }

    /// First and last day of each gap between terms.
    pub(super) fn gaps(&self) -> &[(Date, Date)] {
        &self.gaps
    }

    /// Whether a term is not known.
    pub(super) fn is_unknown(&self) -> bool {
        self.unknown > 0
    }

    /// Whether a month lies outside every term for certain.
    pub(super) fn excludes(&self, month: Date) -> bool {
        let (first, last) = (month.first_day(), month.last_day());
        let is_outside = |(start, end): &(Date, Date)| last < *start || first > *end;
        !self.is_unknown() && !self.stretches.is_empty() && self.stretches.iter().all(is_outside)
    }
}

/// The next day of the calendar.
fn day_after(day: Date) -> Date {
    let (year, month) = (day.year(), day.month_of_year());
    let next = day.day_of_month().and_then(|number| Date::day(year, month, number + 1));
    let of_next_month = || if month < 12 { Date::day(year, month + 1, 1) } else { Date::day(year + 1, 1, 1) };
    // At the end of the calendar a day follows itself.
    next.or_else(of_next_month).unwrap_or(day)
}

/// The day of the calendar before.
fn day_before(day: Date) -> Date {
    let (year, month) = (day.year(), day.month_of_year());
    let number = day.day_of_month().unwrap_or(1);
    let before = if number > 1 {
        Date::day(year, month, number - 1)
    } else {
        let month = if month > 1 { Date::month(year, month - 1) } else { Date::month(year - 1, 12) };
        month.map(Date::last_day)
    };
    before.unwrap_or(day)
}
