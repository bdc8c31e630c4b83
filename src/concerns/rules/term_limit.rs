//! `term-over-limit`: how long an agreement runs, against the standard that was in force when it started.

use crate::register::{Answer as Stated, Date, Field, Section, Version, YesNo};
use crate::text::fold;

use super::super::case::{Answer, Case, Finding, term};
use super::super::{Evidence, RuleId, Severity};

const RULE: RuleId = RuleId::TermOverLimit;

/// The first and last day of the standard (CONCERNS, `term-over-limit`), as year, month and day.
const FIRST: (i16, u8, u8) = (2019, 7, 24);
const LAST: (i16, u8, u8) = (2021, 4, 16);

/// The years that the standard allowed.
const COMMERCIAL: i32 = 1;
const USUAL: i32 = 3;
const ARCHIVING: i32 = 5;

/// The limit that a term is held to, in years, and why that one.
struct Limit {
    years: i32,
    because: &'static str,
}

pub(super) fn answer(case: &Case<'_>) -> Answer {
    if !case.layout.records_term() {
        return Answer::cannot_tell(RULE, "This layout does not give the agreement's term.");
    }
    let (mut over, mut reasons) = (Vec::new(), Vec::new());
    for version in &case.project.versions {
        match judged(case, version) {
            Ok(Some(limit)) => over.push((version, limit)),
            Ok(None) => {}
            Err(why) => reasons.push(why),
        }
    }
    let told: Vec<String> = over.iter().map(|(version, limit)| told(version, limit)).collect();
    if told.is_empty() {
        return Answer::partly(RULE, Vec::new(), &reasons);
    }
    let statement = format!("{}.", told.join("; "));
    let evidence = over.iter().flat_map(|(version, _)| evidence(version)).collect();
    let concern = case.concern(Finding { rule: RULE, severity: Severity::Note, statement, evidence, files: 0 });
    Answer::partly(RULE, vec![concern], &reasons)
}

fn told(version: &Version, limit: &Limit) -> String {
    let date = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
    format!(
        "{} runs from {} to {}, longer than the {} that the standard of that time allowed {}",
        version.reference,
        date(version.term.start),
        date(version.term.end),
        years(limit.years),
        limit.because,
    )
}

/// The limit that a version's term is over, if it is over one; or why that cannot be told.
fn judged(case: &Case<'_>, version: &Version) -> Result<Option<Limit>, String> {
    let reference = &version.reference;
    let (Some(start), Some(end)) = (version.term.start, version.term.end) else {
        return Err(format!("The register does not give the whole term of {reference}."));
    };
    let [first, last] = [FIRST, LAST].map(|(year, month, day)| Date::day(year, month, day));
    let in_force =
        first.is_some_and(|first| start.first_day() >= first) && last.is_some_and(|last| start.last_day() <= last);
    if !in_force {
        return Err(format!("{reference} started ({start}) when another standard applied, which is not known here."));
    }
    let is_over = |years: i32| {
        let limit = start.last_day().after_months(years * 12 + 1);
        limit.is_some_and(|limit| end.first_day() >= limit)
    };
    let limits = limits(case, version);
    let longest = limits.iter().map(|limit| limit.years).max().unwrap_or(ARCHIVING);
    let shortest = limits.iter().map(|limit| limit.years).min().unwrap_or(COMMERCIAL);
    if is_over(longest) {
        return Ok(limits.into_iter().max_by_key(|limit| limit.years));
    }
    if is_over(shortest) {
        return Err(format!(
            "{reference} is over the shortest limit that can apply to it ({}), and not over the longest ({}): its answers \
             and its text do not say which does.",
            years(shortest),
            years(longest)
        ));
    }
    Ok(None)
}

/// The limits that can apply: one, where the entry says enough.
fn limits(case: &Case<'_>, version: &Version) -> Vec<Limit> {
    let is_commercial = |answer: &Stated| answer.value == YesNo::Yes;
    let is_not = |answer: &Stated| answer.value == YesNo::No;
    let answers = [&version.commercial, &version.sublicensing];
    let mut limits = Vec::new();
    if !answers.iter().all(|answer| is_not(answer)) {
        limits.push(Limit { years: COMMERCIAL, because: "where data is used commercially or sublicensed" });
    }
    // One that is surely commercial had the short limit, unless it archives too, for which the longest can have applied.
    let surely = answers.iter().any(|answer| is_commercial(answer));
    let texts: Vec<String> = Section::ALL.iter().filter_map(|section| version.section(*section)).collect();
    let archives = texts.iter().any(|text| case.settings.words.archiving.are_in(&fold(text)));
    // A summary can leave the word out.
    let is_silent = texts.is_empty() || case.edition.is_sample();
    if archives || is_silent {
        limits.push(Limit { years: ARCHIVING, because: "where data is archived" });
    }
    if !surely && !archives {
        limits.push(Limit { years: USUAL, because: "where it is neither commercial, nor sublicensed, nor archived" });
    }
    limits
}

fn years(number: i32) -> String {
    if number == 1 { "1 year".to_owned() } else { format!("{number} years") }
}

/// The term, and the answers that the limit rests on.
fn evidence(version: &Version) -> Vec<Evidence> {
    let answer = |field: Field, answer: &Stated| Evidence {
        field,
        quote: answer.as_published.clone().unwrap_or_default(),
        place: version.place_of(field).clone(),
    };
    vec![
        term(version),
        answer(Field::Purposes, &version.commercial),
        answer(Field::Sublicensing, &version.sublicensing),
    ]
}
