//! What an agreement says when it is renewed: what good came of it, and whether its words are still the same.

use crate::register::{Date, Field, Layout, Listing, Section, Version};
use crate::text::{CELLS, fold};

use super::super::case::{Answer, Case, Finding, evidence};
use super::super::{Evidence, RuleId, Severity};

/// The day from which the publisher's standard on benefits asks at renewal what good came of the data.
fn asked_from() -> Option<Date> {
    Date::day(2019, 7, 24)
}

pub(super) fn no_yielded_benefits(case: &Case<'_>) -> Answer {
    let rule = RuleId::NoYieldedBenefits;
    let cannot_tell = |why: &str| Answer::cannot_tell(rule, why);
    if !case.layout.records_yielded_benefits() {
        return cannot_tell("This layout has no field for yielded benefits.");
    }
    if case.lacks("agreements: Yielded Benefits") {
        return cannot_tell("The file that was read lacks the yielded benefits.");
    }
    let entries = || case.project.versions.iter().filter(|version| version.listing == Listing::Entry);
    let yielded = |version: &Version| version.section(Section::YieldedBenefits).unwrap_or_default();
    if !says_nothing(case, &yielded(case.latest)) {
        return Answer::silent();
    }
    // A term that has not begun by the edition's month is none to look back from.
    let has_begun = |version: &&Version| match (version.term.start, case.edition.date) {
        (Some(start), Some(edition)) => start.first_day() <= edition.last_day(),
        _ => true,
    };
    let Some(latest) = entries().rev().find(has_begun) else { return Answer::silent() };
    let published = yielded(latest);
    if !says_nothing(case, &published) {
        return Answer::silent();
    }
    let Some(start) = latest.term.start else {
        return cannot_tell("The entry names no yielded benefits, and does not give the start of its term.");
    };
    if asked_from().is_some_and(|asked| start.last_day() <= asked) {
        return Answer::silent();
    }
    let is_before = |version: &&Version| version.term.start.is_some_and(|first| first.last_day() < start.first_day());
    let earlier = entries().filter(|version| version.number < latest.number).find(is_before);
    let Some(earlier) = earlier else {
        return if may_be_first(case) {
            Answer::silent()
        } else {
            cannot_tell("No version with an earlier term is listed, so whether this term is a renewal is not known.")
        };
    };
    let names = if published.is_empty() { "is empty".to_owned() } else { format!("says \"{published}\"") };
    let first = earlier.term.start.map(|date| date.to_string()).unwrap_or_default();
    let statement = format!(
        "A term that began on {first} was followed by one that began on {start}, and the field for yielded benefits {names}."
    );
    let term = |version: &Version, start: &str| {
        evidence(Field::Term, &format!("{}{CELLS}started {start}", version.reference), version.place_of(Field::Term))
    };
    let section = Field::Section(Section::YieldedBenefits);
    let evidence = vec![
        evidence(section, &published, latest.place_of(section)),
        term(earlier, &first),
        term(latest, &start.to_string()),
    ];
    Answer::one(case.concern(Finding { rule, severity: Severity::Medium, statement, evidence, files: 0 }))
}

/// Whether an answer is empty, or one of the words for nothing.
fn says_nothing(case: &Case<'_>, published: &str) -> bool {
    let folded = fold(published);
    let words = folded.trim_matches(|letter: char| !letter.is_alphanumeric());
    words.is_empty() || case.settings.words.nothing.is(words)
}

/// Whether the latest version can be the agreement's first: version 0 is, and a workbook lists one without a number once.
/// A page shows one term whichever it is.
fn may_be_first(case: &Case<'_>) -> bool {
    let entries = || case.project.versions.iter().filter(|version| version.listing == Listing::Entry);
    let is_first = |version: &Version| version.number.0.first().is_none_or(|major| *major == 0);
    !case.layout.is_page()
        && entries().any(is_first)
        && case.project.versions.iter().all(|version| version.term.start.is_some())
}

/// Versions on end with the same words.
struct Run<'a> {
    /// Objectives and expected benefits of the first of them.
    words: [String; 2],
    versions: Vec<&'a Version>,
}

impl Run<'_> {
    /// The major versions in it, each once.
    fn majors(&self) -> Vec<u32> {
        let mut majors: Vec<u32> = self.versions.iter().filter_map(|version| major(version)).collect();
        majors.dedup();
        majors
    }
}

fn major(version: &Version) -> Option<u32> {
    version.number.0.first().copied()
}

pub(super) fn frozen_text(case: &Case<'_>) -> Answer {
    let rule = RuleId::FrozenText;
    let cannot_tell = |why: &str| Answer::cannot_tell(rule, why);
    if [FROZEN.0, FROZEN.1].iter().any(|column| case.lacks(column)) {
        return cannot_tell("The file that was read lacks objectives or expected benefits.");
    }
    if case.layout.is_page() {
        return cannot_tell("A page prints the words of one version.");
    }
    if case.edition.is_sample() {
        return cannot_tell("The sample holds summaries, and not the words of each version.");
    }
    let least = case.settings.thresholds.unchanged_versions;
    let versions = || case.project.versions.iter().filter(|version| major(version).is_some());
    let mut majors: Vec<u32> = versions().filter_map(major).collect();
    majors.dedup();
    if majors.len() < least {
        return if case.layout == Layout::ReleaseRegister {
            cannot_tell("This register lists a version only in the period in which something was sent under it.")
        } else {
            Answer::silent()
        };
    }
    let is_entry = |version: &&Version| version.listing == Listing::Entry;
    let runs = runs(versions().filter(is_entry));
    let is_on_end = |majors: &[u32]| majors.windows(2).all(|pair| pair[1] == pair[0] + 1);
    let long: Vec<&Run<'_>> = runs.iter().filter(|run| run.majors().len() >= least).collect();
    let Some(run) = long.iter().rev().find(|run| is_on_end(&run.majors())) else {
        return if long.is_empty() {
            Answer::silent()
        } else {
            cannot_tell("Versions between those with the same words are not listed.")
        };
    };
    let references: Vec<&str> = run.versions.iter().map(|version| version.reference.as_str()).collect();
    let (from, to) = (references.first().unwrap_or(&""), references.last().unwrap_or(&""));
    let statement = format!(
        "The objectives and expected benefits are the same, but for typography, in {} major versions on end, {from} to {to}.",
        run.majors().len()
    );
    let evidence = run.versions.iter().map(|version| Evidence {
        field: Field::Section(Section::Objectives),
        quote: version.reference.clone(),
        place: version.place_of(Field::Section(Section::Objectives)).clone(),
    });
    let evidence = evidence.collect();
    Answer::one(case.concern(Finding { rule, severity: Severity::Note, statement, evidence, files: 0 }))
}

/// The columns that are compared.
const FROZEN: (&str, &str) = ("agreements: Objective for Processing", "agreements: Expected Measurable Benefits");

/// Versions on end with the same words. Those without objectives or benefits have no words to stay the same.
fn runs<'a>(versions: impl Iterator<Item = &'a Version>) -> Vec<Run<'a>> {
    let mut runs: Vec<Run<'a>> = Vec::new();
    for version in versions {
        let text = |section| version.section(section).unwrap_or_default();
        let words = [text(Section::Objectives), text(Section::ExpectedBenefits)];
        let is_same = |run: &Run<'_>| run.words.iter().zip(&words).all(|(one, other)| is_same(one, other));
        match runs.last_mut() {
            Some(run) if is_same(run) => run.versions.push(version),
            _ => runs.push(Run { words, versions: vec![version] }),
        }
    }
    runs.retain(|run| run.words.iter().all(|text| !text.trim().is_empty()));
    runs
}

/// Whether two texts are the same but for typography. Folding is slow for so much text: most that differ are told apart
/// by their plain letters and figures alone.
fn is_same(one: &str, other: &str) -> bool {
    one == other || (may_be_same(one, other) && fold(one) == fold(other))
}

fn may_be_same(one: &str, other: &str) -> bool {
    let letters = |text: &str| -> Vec<u8> {
        text.bytes().filter(u8::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
    };
    one.chars().chain(other.chars()).any(can_fold_to_letters) || letters(one) == letters(other)
}

/// Whether folding can make plain letters or figures of a character that is none. The usual marks of the register are no
/// such: spaces, quotes, dashes and bullets, private ones too.
fn can_fold_to_letters(letter: char) -> bool {
    let is_mark = matches!(letter, '\u{A0}' | '\u{A3}' | '\u{A7}' | '\u{AB}' | '\u{B0}' | '\u{B7}' | '\u{BB}'
        | '\u{2000}'..='\u{206F}' | '\u{20AC}' | '\u{25A0}'..='\u{25FF}' | '\u{E000}'..='\u{F8FF}');
    !letter.is_ascii() && !is_mark
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_the_same_but_for_typography() {
        for (one, other) in [
            ("King\u{2019}s \u{2013} a  study", "KING'S - a study"),
            ("the \u{FB01}rst caf\u{e9}", "The first CAF\u{c9}"),
            ("\u{F0B7}\u{a0}one", "\u{2022} one"),
            ("x\u{b2}", "X2"),
        ] {
            assert!(is_same(one, other), "{one} / {other}");
        }
        for (one, other) in [("a study", "a study of 2"), ("caf\u{e9}", "cafe"), ("a, b", "a b")] {
            assert!(!is_same(one, other), "{one} / {other}");
        }
    }
}
