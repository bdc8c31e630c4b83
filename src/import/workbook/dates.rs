//! Dates in cells: real ones, which come as `2019-07-01`, and those written as text.

use super::super::months::month_named;
use crate::register::Date;

/// The day that workbooks number 0 (ECMA-376 part 1, 18.17.4.1), corrected for their leap day in 1900.
const FIRST_SERIAL: jiff::civil::Date = jiff::civil::date(1899, 12, 30);

/// Numbers that are taken for days.
const SERIALS: std::ops::RangeInclusive<i64> = 30_000..=60_000;

/// A day: `2019-07-01`, `01/07/2019` (day first, as the publisher writes it), `1 July 2019`; or only its month.
pub(super) fn day(text: &str) -> Option<Date> {
    if let Some(date) = of_serial(text) {
        return Some(date);
    }
    let text = text.split(['T', ' ']).next().filter(|first| first.len() >= 8).unwrap_or(text);
    if let Ok(date) = text.parse() {
        return Some(date);
    }
    let parts: Vec<&str> = text.split(['/', '.', '-', ' ']).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [day, month, year] => {
            let month = month.parse().ok().or_else(|| month_named(month))?;
            Date::day(year_of(year)?, month, day.parse().ok()?)
        }
        _ => self::month(text),
    }
}

/// A month: `Jul-19`, `July 2019`, `2019-07`, `07/2019`, or a day of it.
pub(super) fn month(text: &str) -> Option<Date> {
    if let Some(date) = of_serial(text) {
        return Some(date.whole_month());
    }
    if let Some(date) = text.get(..10).or(text.get(..7)).and_then(|start| start.parse::<Date>().ok()) {
        return Some(date.whole_month());
    }
    let parts: Vec<&str> = text.split(['/', '.', '-', ' ']).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [month, year] => Date::month(year_of(year)?, month.parse().ok().or_else(|| month_named(month))?),
        [_, _, _] => day(text).map(Date::whole_month),
        _ => None,
    }
}

/// A day that lost its format and shows as its number: days from 30 December 1899 on, as workbooks count them. Only days
/// of 1982 to 2064 are taken for one, so that no other number is.
fn of_serial(text: &str) -> Option<Date> {
    let number: i64 = text.parse().ok().filter(|number| SERIALS.contains(number))?;
    let day = FIRST_SERIAL.checked_add(jiff::Span::new().days(number)).ok()?;
    Date::day(day.year(), day.month().unsigned_abs(), day.day().unsigned_abs())
}

/// A year of four figures, or of two: these are of this century.
fn year_of(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok()?;
    match text.len() {
        2 => Some(2000 + year),
        4 => Some(year),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_they_are_written() {
        let table = [
            ("2019-07-01", Some("2019-07-01")),
            ("2019-07-01 00:00:00", Some("2019-07-01")),
            ("2019-07-01T00:00:00", Some("2019-07-01")),
            ("01/07/2019", Some("2019-07-01")),
            ("31/12/2020", Some("2020-12-31")),
            ("1 July 2019", Some("2019-07-01")),
            ("1-Jul-19", Some("2019-07-01")),
            ("Jul-19", Some("2019-07")),
            ("43647", Some("2019-07-01")),
            ("44378", Some("2021-07-01")),
            ("2019", None),
            ("43647.5", None),
            ("31/02/2020", None),
            ("12/31/2020", None),
            ("soon", None),
            ("", None),
        ];
        for (text, read) in table {
            assert_eq!(day(text).map(|date| date.to_string()).as_deref(), read, "{text}");
        }
    }

    #[test]
    fn months_are_read_as_they_are_written() {
        let table = [
            ("Jul-19", Some("2019-07")),
            ("July 2019", Some("2019-07")),
            ("Sept 2024", Some("2024-09")),
            ("2019-07", Some("2019-07")),
            ("2019-07-01", Some("2019-07")),
            ("07/2019", Some("2019-07")),
            ("01/07/2019", Some("2019-07")),
            ("43677", Some("2019-07")),
            ("Jul", None),
            ("19-Jul", None),
            ("x", None),
        ];
        for (text, read) in table {
            assert_eq!(month(text).map(|date| date.to_string()).as_deref(), read, "{text}");
        }
    }
}
