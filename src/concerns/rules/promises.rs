//! Benefits that cannot be measured, and promises whose date is past.

use std::ops::Range;

use crate::register::{Field, Section};

use super::super::case::{Answer, Case, Finding, count, quoted};
use super::super::prose::{Denials, Quoted, Sentence};
use super::super::{Evidence, RuleId, Severity};
use super::Around;

/// How many sentences one concern quotes.
const QUOTED: usize = 6;

/// Fewer bytes than this are a heading or a catchword.
const HEADING: usize = 40;

pub(super) fn unmeasurable(case: &Case<'_>, around: &Around) -> Answer {
    let rule = RuleId::UnmeasurableBenefits;
    if !case.layout.records_outputs() {
        return Answer::cannot_tell(rule, "This layout prints no expected benefits apart from the objectives.");
    }
    if let Some(why) = case.why_unread() {
        return Answer::cannot_tell(rule, why);
    }
    let prose = case.prose();
    let benefits = || prose.numbered().filter(|(_, sentence)| sentence.section == Section::ExpectedBenefits);
    let own: Vec<(usize, &Sentence<'_>)> =
        benefits().filter(|(_, sentence)| !sentence.is_shared(&around.shared)).collect();
    // What is not there, or says next to nothing, is for another rule; and where most is shared wording, it is a template
    // that names no figure and not the applicant.
    let length: usize = own.iter().map(|(_, sentence)| sentence.text.chars().count()).sum();
    if length < case.settings.thresholds.hardly_filled || own.len() * 2 < benefits().count() {
        return Answer::silent();
    }
    if benefits().any(|(_, sentence)| is_measured(case, prose.folded(sentence))) {
        return Answer::silent();
    }
    let skipped = benefits().count() - own.len();
    let apart = if skipped == 0 {
        String::new()
    } else {
        format!(", {} of shared wording left out", count(skipped, "sentence", "sentences"))
    };
    Answer::one(case.concern(Finding {
        rule,
        severity: Severity::Note,
        statement: format!(
            "The expected benefits name neither a quantity nor a date ({}{apart}).",
            count(own.len(), "sentence", "sentences")
        ),
        evidence: quotes(&own).filter_map(|at| prose.evidence(at)).collect(),
        files: 0,
    }))
}

/// The first sentences that are more than a heading; all of them where none is.
fn quotes(own: &[(usize, &Sentence<'_>)]) -> impl Iterator<Item = usize> {
    let mut ordered: Vec<&(usize, &Sentence<'_>)> = own.iter().collect();
    ordered.sort_by_key(|(at, sentence)| (sentence.text.len() < HEADING, *at));
    let mut first: Vec<usize> = ordered.into_iter().take(QUOTED).map(|(at, _)| *at).collect();
    first.sort_unstable();
    first.into_iter()
}

/// Whether a sentence names a quantity or a date. A figure counts wherever it stands, but for names that hold one.
fn is_measured(case: &Case<'_>, folded: &str) -> bool {
    let words = &case.settings.words;
    if words.quantities.are_in(folded) || folded.contains(['%', '£']) {
        return true;
    }
    let names: Vec<Range<usize>> = words.not_quantities.find_all(folded).collect();
    let figures = folded.match_indices(|letter: char| letter.is_numeric());
    figures.into_iter().any(|(at, _)| !names.iter().any(|name| name.contains(&at)))
}

pub(super) fn overdue(case: &Case<'_>, around: &Around) -> Answer {
    let rule = RuleId::PromiseOverdue;
    if !case.layout.records_yielded_benefits() {
        return Answer::cannot_tell(rule, "This layout does not record yielded benefits.");
    }
    if let Some(why) = case.why_unread() {
        return Answer::cannot_tell(rule, why);
    }
    let Some(edition) = case.edition.date else {
        return Answer::cannot_tell(rule, "The edition's month is not known.");
    };
    if !is_nothing(case, case.latest.section(Section::YieldedBenefits)) {
        return Answer::silent();
    }
    let (prose, denials) = (case.prose(), Denials::of(case.settings));
    let promises: Vec<(usize, &str)> = prose
        .numbered()
        .filter(|(_, sentence)| matches!(sentence.section, Section::Outputs | Section::ExpectedBenefits))
        .filter(|(_, sentence)| sentence.quoted == Quoted::No && !sentence.is_shared(&around.shared))
        .filter_map(|(at, sentence)| {
            let (year, place) = promised(case, prose.folded(sentence), edition.year())?;
            (!prose.is_denied(at, &place, &denials)).then_some((at, year))
        })
        .collect();
    if promises.is_empty() {
        return Answer::silent();
    }
    let mut years: Vec<&str> = promises.iter().map(|(_, year)| *year).collect();
    years.sort_unstable();
    years.dedup();
    let mut evidence: Vec<Evidence> = promises.iter().take(QUOTED).filter_map(|(at, _)| prose.evidence(*at)).collect();
    let yielded = case.latest.section(Section::YieldedBenefits).unwrap_or_default();
    evidence.push(case.field(Field::Section(Section::YieldedBenefits), yielded));
    Answer::one(case.concern(Finding {
        rule,
        severity: Severity::Note,
        statement: format!(
            "{} of {} in {}, and no yielded benefits are published.",
            if promises.len() == 1 { "A sentence speaks" } else { "Sentences speak" },
            "something to come by a year that is past,",
            quoted(&years),
        ),
        evidence,
        files: 0,
    }))
}

/// Whether a field for yielded benefits says nothing: it is empty, or holds a word for that.
pub(super) fn is_nothing(case: &Case<'_>, text: Option<String>) -> bool {
    let folded = crate::text::fold(&text.unwrap_or_default());
    let plain = folded.trim_matches(|letter: char| !letter.is_alphanumeric());
    plain.is_empty() || case.settings.words.nothing.is(plain)
}

/// The past year by which a sentence promises something, and where its promise stands: a verb of the future before it, and
/// not "in", "since" or a law's or source's name beside it.
fn promised<'a>(case: &Case<'_>, folded: &'a str, now: i16) -> Option<(&'a str, Range<usize>)> {
    let words = &case.settings.words;
    let promise = words.future.find(folded)?;
    // What was done by then is no promise.
    let is_told = [" was ", " were ", " been ", " had "].iter().any(|verb| folded.contains(verb));
    if words.citations.are_in(folded) || is_told {
        return None;
    }
    let is_word_end = |at: usize| !folded[at..].chars().next().is_some_and(char::is_alphanumeric);
    for (at, _) in folded.match_indices("20") {
        let Some(year) = folded.get(at..at + 4).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit())) else {
            continue;
        };
        let before = &folded[..at];
        let begins =
            !before.chars().next_back().is_some_and(|letter| letter.is_alphanumeric() || "/-.".contains(letter));
        let word = before.trim_end().rsplit(' ').next().unwrap_or_default();
        let is_past = year.parse::<i16>().is_ok_and(|year| year < now);
        if begins && is_word_end(at + 4) && is_past && promise.end <= at && !matches!(word, "in" | "since" | "from") {
            return Some((year, promise));
        }
    }
    None
}
