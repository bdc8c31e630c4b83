//! Rules that read the text: they ask, and never state, and always with the sentence.

use std::ops::Range;

use crate::register::{Field, Section, YesNo};

use super::super::case::{Answer, Case, Finding, count, quoted};
use super::super::prose::{Denials, Prose, Quoted};
use super::super::{Concern, Evidence, RuleId, Severity};
use super::Around;
use super::opt_outs::says_yes;

/// How many sentences one concern quotes; the statement says how many there are.
const QUOTED: usize = 6;

/// How many sentences before one say what it is about.
const BEFORE: usize = 3;

/// A sentence that a rule asks about: its place among the sentences, and what it was found by.
type Hit = (usize, Range<usize>);

/// What a rule that reads the text says of the sentences that it found.
struct Asked<'a> {
    rule: RuleId,
    severity: Severity,
    /// What the entry says, before the words that were found: `The text speaks of`.
    says: &'a str,
}

/// Whose sentences a rule asks about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    /// The entry's own alone.
    Own,
    /// Those that it shares with others too, each of which is one finding however many entries have it.
    All,
}

pub(super) fn commercial(case: &Case<'_>, around: &Around) -> Answer {
    let rule = RuleId::CommercialWords;
    match case.facts.commercial {
        YesNo::No => {}
        YesNo::Yes | YesNo::Mixed => return Answer::silent(),
        YesNo::NotStated if case.layout.records_commercial() => {
            return Answer::cannot_tell(rule, "The entry gives no answer on commercial purposes.");
        }
        YesNo::NotStated => return Answer::cannot_tell(rule, "This layout does not record commercial purposes."),
    }
    let asked = Asked {
        rule,
        severity: Severity::Medium,
        says: "The register says that the purposes are not commercial, and the entry's own words speak of",
    };
    let hits =
        said(case, case.prose().hits(&case.settings.words.commercial, Some(&case.settings.words.not_commercial)));
    read(case, around, &asked, hits, Whose::Own)
}

pub(super) fn marketing(case: &Case<'_>, around: &Around) -> Answer {
    let words = &case.settings.words;
    let asked = Asked { rule: RuleId::MarketingOrInsuranceWords, severity: Severity::Note, says: "The text speaks of" };
    let hits = said(case, case.prose().hits(&words.marketing, Some(&words.not_marketing)));
    read(case, around, &asked, hits, Whose::All)
}

pub(super) fn re_identification(case: &Case<'_>, around: &Around) -> Answer {
    let words = &case.settings.words;
    let asked = Asked { rule: RuleId::ReIdentification, severity: Severity::Medium, says: "The text speaks of" };
    let prose = case.prose();
    // Whose patients they are often stands a sentence or two before.
    let is_of_own_patients = |at: usize| {
        let before = &prose.sentences[at.saturating_sub(BEFORE)..=at];
        let same = before.iter().filter(|sentence| sentence.section == prose.sentences[at].section);
        let around = prose.lead_ins(at).into_iter().chain(same);
        around.into_iter().any(|sentence| words.own_patients.are_in(prose.folded(sentence)))
    };
    let mut hits = said(case, prose.hits(&words.re_identification, None));
    hits.retain(|(at, _)| !is_of_own_patients(*at));
    read(case, around, &asked, hits, Whose::All)
}

pub(super) fn abroad(case: &Case<'_>, around: &Around) -> Answer {
    let words = &case.settings.words;
    let asked = Asked {
        rule: RuleId::Abroad,
        severity: Severity::Medium,
        says: "The text speaks of data and of a place outside the United Kingdom:",
    };
    let prose = case.prose();
    let mut hits = said(case, prose.hits(&words.places_abroad, None));
    hits.retain(|(at, hit)| {
        let folded = prose.folded(&prose.sentences[*at]);
        // Data that came from abroad is not data that went there.
        let before = folded[..hit.start].trim_end();
        let is_from = before.ends_with(" from") || before.ends_with(" from the");
        if is_from && !folded.contains("access") {
            return false;
        }
        words.data_handling.are_in(folded) && words.records_named.are_in(folded) && !words.citations.are_in(folded)
    });
    read(case, around, &asked, hits, Whose::All)
}

pub(super) fn sublicensing_unexplained(case: &Case<'_>) -> Answer {
    let rule = RuleId::SublicensingUnexplained;
    match case.facts.sublicensing {
        YesNo::No => return Answer::silent(),
        YesNo::NotStated if case.layout.records_sublicensing() => {
            return Answer::cannot_tell(rule, "The entry gives no answer on sublicensing.");
        }
        YesNo::NotStated => return Answer::cannot_tell(rule, "This layout does not record sublicensing."),
        YesNo::Yes | YesNo::Mixed => {}
    }
    if let Some(why) = case.why_unread() {
        return Answer::cannot_tell(rule, why);
    }
    if Section::ALL.iter().any(|section| case.lacks_column(Field::Section(*section))) {
        return Answer::cannot_tell(
            rule,
            "The file that was read lacks the column of a section, which could say who gets it.",
        );
    }
    if case.prose().sentences.is_empty() {
        return Answer::cannot_tell(rule, "The entry publishes no text that could say who gets the data.");
    }
    // That no sub-licences are granted explains too.
    if case.prose().hits(&case.settings.words.sublicensing, None).next().is_some() {
        return Answer::silent();
    }
    debug_assert!(says_yes(case.facts.sublicensing));
    Answer::one(
        case.concern(Finding {
            rule,
            severity: Severity::Medium,
            statement:
                "The register says that sublicensing is allowed, and none of the entry's text speaks of it: not to \
                    whom, not how many, not who decides."
                    .to_owned(),
            evidence: super::money::sublicensing_field(case),
            files: 0,
        }),
    )
}

/// Hits that are the entry's own assertions: not denied, and not quoted from a statute or letter.
fn said(case: &Case<'_>, hits: impl Iterator<Item = Hit>) -> Vec<Hit> {
    let (prose, denials) = (case.prose(), Denials::of(case.settings));
    hits.filter(|(at, hit)| {
        let is_quoted = prose.sentences.get(*at).is_none_or(|sentence| sentence.quoted == Quoted::Yes);
        !is_quoted && !prose.is_denied(*at, hit, &denials)
    })
    .collect()
}

/// The concerns of the sentences that were found: one for the entry's own, and one for each that it shares.
fn read(case: &Case<'_>, around: &Around, asked: &Asked<'_>, hits: Vec<Hit>, whose: Whose) -> Answer {
    if let Some(why) = case.why_unread() {
        return Answer::cannot_tell(asked.rule, why);
    }
    let prose = case.prose();
    let (shared, own): (Vec<Hit>, Vec<Hit>) =
        hits.into_iter().partition(|(at, _)| prose.sentences[*at].is_shared(&around.shared));
    let mut answer = Answer::silent();
    if !own.is_empty() {
        answer.concerns.push(asked.concern(case, &own, ""));
    }
    if whose == Whose::All {
        for hit in shared {
            let found = asked.concern(case, std::slice::from_ref(&hit), ", in words that several organisations use");
            let mark = prose.sentences[hit.0].mark.unwrap_or_default();
            answer.concerns.push(Concern { key: format!("{}|shared {mark:016x}", asked.rule), ..found });
        }
    }
    answer
}

impl Asked<'_> {
    fn concern(&self, case: &Case<'_>, hits: &[Hit], how: &str) -> Concern {
        let prose = case.prose();
        let mut named: Vec<&str> = Vec::new();
        for word in hits.iter().map(|(at, hit)| word_at(prose.folded(&prose.sentences[*at]), hit)) {
            if !named.contains(&word) && named.len() < QUOTED {
                named.push(word);
            }
        }
        let first = if hits.len() > QUOTED { format!(", the first {QUOTED} quoted") } else { String::new() };
        let statement =
            format!("{} {}{how} ({}{first}).", self.says, quoted(&named), count(hits.len(), "sentence", "sentences"));
        case.concern(Finding {
            rule: self.rule,
            severity: self.severity,
            statement,
            evidence: evidence(prose, hits),
            files: 0,
        })
    }
}

fn evidence(prose: &Prose<'_>, hits: &[Hit]) -> Vec<Evidence> {
    hits.iter().take(QUOTED).filter_map(|(at, _)| prose.evidence(*at)).collect()
}

/// The whole words that a hit stands in.
fn word_at<'a>(folded: &'a str, hit: &Range<usize>) -> &'a str {
    let rest = &folded[hit.end..];
    let end = rest.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(rest.len());
    &folded[hit.start..hit.end + end]
}
