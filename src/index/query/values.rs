//! What is asked of a project by value, date or number.

use std::ops::Range;

use crate::concerns::Severity;
use crate::index::marks::{self, Mine};
use crate::register::{Date, OptOutState, Section, YesNo};
use crate::text::words;

/// What is asked of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::index) enum Test {
    /// One of these states of its opt-outs.
    OptOuts(Vec<OptOutState>),
    /// One of these answers.
    Answer(Answered, Vec<YesNo>),
    /// A concern of one of these weights.
    Severity(Vec<Severity>),
    /// Data that the register calls sensitive, or none of it.
    Sensitive(bool),
    /// One of its published values.
    Listed(Listed, Matching),
    /// A moment that lies within these days.
    Within(Moment, Days),
    /// How many files.
    Files(Numbers),
    /// A section that is published.
    Has(Section),
    /// One of these marks of the user's own.
    Mine(Vec<Mine>),
    /// A tag of the user's own.
    Tag(TagSought),
}

/// Which tag is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::index) struct TagSought {
    /// Its folded words.
    pub(in crate::index) words: String,
    /// Whether it may go on.
    pub(in crate::index) is_beginning: bool,
}

/// A question that the register answers with yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::index) enum Answered {
    Commercial,
    Sublicensing,
}

/// Values that a project has several of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::index) enum Listed {
    TypeOfData,
    Sensitivity,
    Access,
    OrganisationType,
    /// Who applied: one spelling for all that are one name.
    Organisation,
    /// Datasets, the same.
    Dataset,
    LegalBasis,
}

impl Listed {
    /// All of them, in order.
    pub(in crate::index) const ALL: [Self; 7] = [
        Self::TypeOfData,
        Self::Sensitivity,
        Self::Access,
        Self::OrganisationType,
        Self::Organisation,
        Self::Dataset,
        Self::LegalBasis,
    ];
}

/// Which published values are meant: those with these words in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::index) struct Matching {
    /// The value as written.
    pub(in crate::index) written: String,
    /// Its folded words.
    pub(in crate::index) words: Vec<String>,
    /// Whether the value has no others.
    pub(in crate::index) is_whole: bool,
    /// Whether the last of them may go on.
    pub(in crate::index) is_beginning: bool,
}

/// A moment of a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::index) enum Moment {
    /// The first start of its terms.
    Start,
    /// The last end of its terms.
    End,
    /// A month in which something was released.
    Release,
}

/// Days from and to, both included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::index) struct Days {
    pub(in crate::index) from: Option<Date>,
    pub(in crate::index) to: Option<Date>,
}

/// Numbers from and to, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::index) struct Numbers {
    pub(in crate::index) least: u64,
    pub(in crate::index) most: u64,
}

/// What a field that is asked by value holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Valued {
    OptOuts,
    Answer(Answered),
    Severity,
    Sensitive,
    Listed(Listed),
    Within(Moment),
    Files,
    Has,
    Mine,
    Tag,
}

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written<'a> {
    pub(super) text: &'a str,
    /// Whether it may go on, as what is still being typed does.
    pub(super) is_beginning: bool,
}

const OPT_OUTS: [(&str, OptOutState); 4] = [
    ("applied", OptOutState::Applied),
    ("not-applied", OptOutState::NotApplied),
    ("mixed", OptOutState::Mixed),
    ("not-stated", OptOutState::NotStated),
];

const ANSWERS: [(&str, YesNo); 4] =
    [("yes", YesNo::Yes), ("no", YesNo::No), ("mixed", YesNo::Mixed), ("not-stated", YesNo::NotStated)];

const SEVERITIES: [(&str, Severity); 3] =
    [("high", Severity::High), ("medium", Severity::Medium), ("note", Severity::Note)];

/// How an answer is written in a query.
pub(in crate::index) fn answer_name(answer: YesNo) -> &'static str {
    ANSWERS.iter().find(|(_, known)| *known == answer).map_or("not-stated", |(name, _)| name)
}

/// A published value asked for as a whole: a quotation mark would end it, and words are what it is found by.
pub(in crate::index) fn whole(field: &str, value: &str) -> String {
    format!("{field}:=\"{}\"", value.replace(['"', '\u{201C}', '\u{201D}'], " "))
}

/// The values that are written the same in every edition.
pub(super) fn written(valued: Valued) -> Vec<&'static str> {
    match valued {
        Valued::OptOuts => OPT_OUTS.map(|(name, _)| name).into(),
        Valued::Answer(_) => ANSWERS.map(|(name, _)| name).into(),
        Valued::Severity => SEVERITIES.map(|(name, _)| name).into(),
        Valued::Sensitive => SENSITIVE.map(|(name, _)| name).into(),
        Valued::Has => SECTIONS.map(|(name, _)| name).into(),
        Valued::Mine => MINE.map(|(name, _)| name).into(),
        Valued::Listed(_) | Valued::Within(_) | Valued::Files | Valued::Tag => Vec::new(),
    }
}

const MINE: [(&str, Mine); Mine::ALL.len()] = [
    (Mine::Bookmarked.as_str(), Mine::Bookmarked),
    (Mine::Noted.as_str(), Mine::Noted),
    (Mine::Collected.as_str(), Mine::Collected),
    (Mine::Tagged.as_str(), Mine::Tagged),
    (Mine::Changed.as_str(), Mine::Changed),
];

const SENSITIVE: [(&str, bool); 2] = [("yes", true), ("no", false)];

const SECTIONS: [(&str, Section); 5] = [
    ("objectives", Section::Objectives),
    ("processing", Section::Processing),
    ("outputs", Section::Outputs),
    ("benefits", Section::ExpectedBenefits),
    ("yielded", Section::YieldedBenefits),
];

/// Reads a value; says how it is written where it cannot be read.
pub(super) fn read(valued: Valued, written: Written<'_>) -> Result<Vec<Test>, String> {
    Ok(match valued {
        Valued::OptOuts => vec![Test::OptOuts(chosen(&OPT_OUTS, written)?)],
        Valued::Answer(answered) => vec![Test::Answer(answered, chosen(&ANSWERS, written)?)],
        Valued::Severity => vec![Test::Severity(chosen(&SEVERITIES, written)?)],
        Valued::Sensitive => chosen(&SENSITIVE, written)?.into_iter().map(Test::Sensitive).collect(),
        Valued::Has => chosen(&SECTIONS, written)?.into_iter().map(Test::Has).collect(),
        Valued::Listed(listed) => vec![Test::Listed(listed, matching(written)?)],
        Valued::Within(moment) => vec![Test::Within(moment, days(written.text)?)],
        Valued::Files => vec![Test::Files(numbers(written.text)?)],
        Valued::Mine => vec![Test::Mine(chosen(&MINE, written)?)],
        Valued::Tag => vec![Test::Tag(tag(written)?)],
    })
}

fn chosen<T: Copy>(known: &[(&str, T)], written: Written<'_>) -> Result<Vec<T>, String> {
    let wanted = written.text.to_lowercase();
    if let Some((_, value)) = known.iter().find(|(name, _)| *name == wanted) {
        return Ok(vec![*value]);
    }
    let begins = known.iter().filter(|(name, _)| written.is_beginning && name.starts_with(&wanted));
    let values: Vec<T> = begins.map(|(_, value)| *value).collect();
    if values.is_empty() {
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        return Err(format!("is no value here; write {}", listed(&names)));
    }
    Ok(values)
}

fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [before @ .., last] => format!("{} or {last}", before.join(", ")),
    }
}

fn matching(written: Written<'_>) -> Result<Matching, String> {
    let (text, is_whole) = written.text.strip_prefix('=').map_or((written.text, false), |rest| (rest, true));
    let words: Vec<String> = words(text).map(|word| word.folded).collect();
    if words.is_empty() {
        return Err("holds no word".to_owned());
    }
    Ok(Matching { written: text.to_owned(), words, is_whole, is_beginning: written.is_beginning })
}

fn tag(written: Written<'_>) -> Result<TagSought, String> {
    let words = marks::folded(written.text.trim_start_matches(['=', '#']));
    if words.is_empty() {
        return Err("holds no word".to_owned());
    }
    Ok(TagSought { words, is_beginning: written.is_beginning })
}

/// How dates are written, for who wrote another one.
const DATES: &str = "a date is written 2024, 2024-03 or 2024-03-15, a span 2020..2022, <2026-01 or >=2024";

fn days(written: &str) -> Result<Days, String> {
    let span = |text: &str| span_of(text).ok_or_else(|| format!("\"{text}\" is no date: {DATES}"));
    let (from, to) = match bounds(written) {
        Bounds::One(text) => {
            let days = span(text)?;
            (Some(days.start), Some(days.end))
        }
        Bounds::Below(text) => (None, span(text)?.start.day_before()),
        Bounds::UpTo(text) => (None, Some(span(text)?.end)),
        Bounds::Above(text) => (span(text)?.end.next_day(), None),
        Bounds::From(text) => (Some(span(text)?.start), None),
        Bounds::Between(from, to) => {
            let from = if from.is_empty() { None } else { Some(span(from)?.start) };
            let to = if to.is_empty() { None } else { Some(span(to)?.end) };
            if from.is_none() && to.is_none() {
                return Err(format!("\"{written}\" is no date: {DATES}"));
            }
            (from, to)
        }
    };
    Ok(Days { from, to })
}

fn numbers(written: &str) -> Result<Numbers, String> {
    let number = |text: &str| {
        let digits: String = text.chars().filter(|letter| *letter != ',').collect();
        digits.parse::<u64>().map_err(|_| format!("\"{text}\" is no number: write 100, >100, <=20 or 10..50"))
    };
    let between = |least, most| Numbers { least, most };
    Ok(match bounds(written) {
        Bounds::One(text) => between(number(text)?, number(text)?),
        // Nothing is below none.
        Bounds::Below(text) => number(text)?.checked_sub(1).map_or(between(1, 0), |most| between(0, most)),
        Bounds::UpTo(text) => between(0, number(text)?),
        Bounds::Above(text) => number(text)?.checked_add(1).map_or(between(1, 0), |least| between(least, u64::MAX)),
        Bounds::From(text) => between(number(text)?, u64::MAX),
        Bounds::Between(from, to) => {
            between(if from.is_empty() { 0 } else { number(from)? }, if to.is_empty() { u64::MAX } else { number(to)? })
        }
    })
}

/// How a span is written.
enum Bounds<'a> {
    One(&'a str),
    Below(&'a str),
    UpTo(&'a str),
    Above(&'a str),
    From(&'a str),
    Between(&'a str, &'a str),
}

fn bounds(written: &str) -> Bounds<'_> {
    if let Some((from, to)) = written.split_once("..") {
        return Bounds::Between(from, to);
    }
    // The longer signs first: `<=` begins as `<` does.
    if let Some(bound) = written.strip_prefix("<=") {
        return Bounds::UpTo(bound);
    }
    if let Some(bound) = written.strip_prefix(">=") {
        return Bounds::From(bound);
    }
    if let Some(bound) = written.strip_prefix('<') {
        return Bounds::Below(bound);
    }
    if let Some(bound) = written.strip_prefix('>') {
        return Bounds::Above(bound);
    }
    Bounds::One(written)
}

/// The first and the last day of a year, a month or a day.
fn span_of(text: &str) -> Option<Range<Date>> {
    let year_of = |text: &str| text.parse::<i16>().ok().filter(|_| text.len() == 4);
    if let Some(year) = year_of(text) {
        return Some(Date::month(year, 1)?.first_day()..Date::month(year, 12)?.last_day());
    }
    let date: Date = text.parse().ok()?;
    Some(date.first_day()..date.last_day())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Option<Date> {
        text.parse().ok()
    }

    #[test]
    fn spans_of_days_are_read() {
        for (written, from, to) in [
            ("2024", date("2024-01-01"), date("2024-12-31")),
            ("2024-02", date("2024-02-01"), date("2024-02-29")),
            ("2024-02-03", date("2024-02-03"), date("2024-02-03")),
            ("2020..2022", date("2020-01-01"), date("2022-12-31")),
            ("2020-05..", date("2020-05-01"), None),
            ("..2020-05", None, date("2020-05-31")),
            ("<2026-01", None, date("2025-12-31")),
            ("<=2026-01", None, date("2026-01-31")),
            (">2026-01", date("2026-02-01"), None),
            (">=2026", date("2026-01-01"), None),
        ] {
            assert_eq!(days(written), Ok(Days { from, to }), "{written}");
        }
        for written in ["", "..", "20", "next year", "2024-13", ">", "2024-02-30"] {
            assert!(days(written).is_err(), "{written}");
        }
    }

    #[test]
    fn spans_of_numbers_are_read() {
        for (written, least, most) in [
            ("100", 100, 100),
            (">100", 101, u64::MAX),
            (">=1,000", 1000, u64::MAX),
            ("<20", 0, 19),
            ("<0", 1, 0),
            ("..5", 0, 5),
            ("3..5", 3, 5),
        ] {
            assert_eq!(numbers(written), Ok(Numbers { least, most }), "{written}");
        }
        assert!(numbers("many").is_err() && numbers("").is_err());
    }

    #[test]
    fn a_value_that_is_not_known_is_told_with_those_that_are() {
        let of = |text, is_beginning| read(Valued::OptOuts, Written { text, is_beginning });
        assert_eq!(of("Not-Applied", false), Ok(vec![Test::OptOuts(vec![OptOutState::NotApplied])]));
        assert_eq!(of("not", true), Ok(vec![Test::OptOuts(vec![OptOutState::NotApplied, OptOutState::NotStated])]));
        let why = of("never", false).unwrap_err();
        assert!(why.contains("applied, not-applied, mixed or not-stated"), "{why}");
    }
}
