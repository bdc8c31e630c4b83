//! Dates as registers give them: to the day, or only the month.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A day or a whole month, written `2026-02-14` or `2026-02`.
///
/// A month sorts before its own days. Compare spans with [`Date::first_day`] and [`Date::last_day`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    year: i16,
    month: u8,
    day: Option<u8>,
}

/// The names of the months.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Text that is no date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is no date: write it as 2026-02 or 2026-02-14")]
pub struct NoDate(String);

impl Date {
    /// A whole month, if `month` is 1 to 12 and the year one that a register can hold (1800 to 2999).
    pub fn month(year: i16, month: u8) -> Option<Self> {
        let known = (1800..=2999).contains(&year) && (1..=12).contains(&month);
        known.then_some(Self { year, month, day: None })
    }

    /// One day, if the calendar has it.
    pub fn day(year: i16, month: u8, day: u8) -> Option<Self> {
        let whole = Self::month(year, month)?;
        let known = (1..=whole.days_in_month()).contains(&day);
        known.then_some(Self { day: Some(day), ..whole })
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month, 1 to 12.
    pub fn month_of_year(self) -> u8 {
        self.month
    }

    /// The day of the month, where it is known.
    pub fn day_of_month(self) -> Option<u8> {
        self.day
    }

    /// The month that this date lies in.
    #[must_use]
    pub fn whole_month(self) -> Self {
        Self { day: None, ..self }
    }

    /// The month in words, as in `March 2021`.
    pub fn month_in_words(self) -> String {
        let month = MONTHS.get(usize::from(self.month) - 1).copied().unwrap_or_default();
        format!("{month} {}", self.year)
    }

    /// The earliest day that this date can mean.
    #[must_use]
    pub fn first_day(self) -> Self {
        Self { day: Some(self.day.unwrap_or(1)), ..self }
    }

    /// The latest day that this date can mean.
    #[must_use]
    pub fn last_day(self) -> Self {
        Self { day: Some(self.day.unwrap_or(self.days_in_month())), ..self }
    }

    /// How many months its month lies after another's; below 0 where it lies before.
    pub fn months_since(self, earlier: Self) -> i32 {
        self.months_counted() - earlier.months_counted()
    }

    /// The same day so many months later, or the last day of a month that is too short for it; of a month the month.
    /// `None` past the years that a register can hold.
    pub fn after_months(self, months: i32) -> Option<Self> {
        let counted = self.months_counted().checked_add(months)?;
        let (year, month) = (counted.div_euclid(12), counted.rem_euclid(12) + 1);
        let whole = Self::month(i16::try_from(year).ok()?, u8::try_from(month).ok()?)?;
        Some(Self { day: self.day.map(|day| day.min(whole.days_in_month())), ..whole })
    }

    /// The day after the latest that this date can mean.
    pub fn next_day(self) -> Option<Self> {
        let last = self.last_day();
        let following = Self::day(last.year, last.month, last.day?.checked_add(1)?);
        following.or_else(|| self.whole_month().after_months(1).map(Self::first_day))
    }

    /// The day before the earliest that this date can mean.
    pub fn day_before(self) -> Option<Self> {
        let first = self.first_day();
        let preceding = Self::day(first.year, first.month, first.day?.checked_sub(1)?);
        preceding.or_else(|| self.whole_month().after_months(-1).map(Self::last_day))
    }

    /// Months since the year 0.
    fn months_counted(self) -> i32 {
        i32::from(self.year) * 12 + i32::from(self.month) - 1
    }

    fn days_in_month(self) -> u8 {
        match self.month {
            2 if self.year % 4 == 0 && (self.year % 100 != 0 || self.year % 400 == 0) => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}", self.year, self.month)?;
        match self.day {
            Some(day) => write!(out, "-{day:02}"),
            None => Ok(()),
        }
    }
}

impl FromStr for Date {
    type Err = NoDate;

    fn from_str(text: &str) -> Result<Self, NoDate> {
        let mut parts = text.split('-');
        let parsed = match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(year), Some(month), None, None) => {
                number(year, 4).zip(number(month, 2)).and_then(|(y, m)| Self::month(y, u8::try_from(m).ok()?))
            }
            (Some(year), Some(month), Some(day), None) => number(year, 4)
                .zip(number(month, 2))
                .zip(number(day, 2))
                .and_then(|((y, m), d)| Self::day(y, u8::try_from(m).ok()?, u8::try_from(d).ok()?)),
            _ => None,
        };
        parsed.ok_or_else(|| NoDate(text.to_owned()))
    }
}

impl TryFrom<String> for Date {
    type Error = NoDate;

    fn try_from(text: String) -> Result<Self, NoDate> {
        text.parse()
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

/// A span of dates, either end of which may be unknown: the term of an agreement.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateRange {
    /// The first day or month.
    pub start: Option<Date>,
    /// The last day or month.
    pub end: Option<Date>,
}

impl DateRange {
    /// The smallest span that holds both; an unknown end adds nothing.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        let earliest = |one: Option<Date>, two: Option<Date>| match (one, two) {
            (Some(one), Some(two)) => Some(if two.first_day() < one.first_day() { two } else { one }),
            (one, two) => one.or(two),
        };
        let latest = |one: Option<Date>, two: Option<Date>| match (one, two) {
            (Some(one), Some(two)) => Some(if two.last_day() > one.last_day() { two } else { one }),
            (one, two) => one.or(two),
        };
        Self { start: earliest(self.start, other.start), end: latest(self.end, other.end) }
    }
}

fn number(digits: &str, length: usize) -> Option<i16> {
    let plain = digits.len() == length && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_reads_as_it_is_written() {
        for text in ["2026-02", "2024-02-29", "1990-12-31"] {
            assert_eq!(text.parse::<Date>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_the_calendar_lacks_is_refused() {
        for text in ["2023-02-29", "2026-13", "2026-00", "2026", "26-02", "2026-2", "2026-02-01-01", "+026-02", ""] {
            assert!(text.parse::<Date>().is_err(), "{text} was taken for a date");
        }
    }

    #[test]
    fn a_month_spans_its_days() {
        let month = Date::month(2024, 2).unwrap();
        assert_eq!(month.first_day(), Date::day(2024, 2, 1).unwrap());
        assert_eq!(month.last_day(), Date::day(2024, 2, 29).unwrap());
    }

    #[test]
    fn months_are_counted_and_days_follow_over_the_ends_of_months() {
        let date = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(date("2020-01-31").months_since(date("2018-12")), 13);
        assert_eq!(date("2018-12").months_since(date("2019-02-01")), -2);
        for (from, months, to) in [
            ("2020-01-31", 1, "2020-02-29"),
            ("2019-11-30", 3, "2020-02-29"),
            ("2019-12", 1, "2020-01"),
            ("2020-01-15", -1, "2019-12-15"),
        ] {
            assert_eq!(date(from).after_months(months), Some(date(to)), "{from} {months}");
        }
        for (day, next) in [("2020-02-28", "2020-02-29"), ("2020-12-31", "2021-01-01"), ("2021-02", "2021-03-01")] {
            assert_eq!(date(day).next_day(), Some(date(next)), "{day}");
            assert_eq!(date(next).day_before(), Some(date(day).last_day()), "{next}");
        }
        assert_eq!(date("2999-12-31").next_day(), None);
        assert_eq!(date("1800-01").day_before(), None);
    }

    #[test]
    fn a_union_keeps_the_outer_ends() {
        let range = |start: &str, end: &str| DateRange { start: start.parse().ok(), end: end.parse().ok() };
        assert_eq!(range("2020-02", "2021-01").union(range("2020-01-15", "")), range("2020-01-15", "2021-01"));
    }
}
