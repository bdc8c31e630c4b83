//! `malformed-value`: values that the publisher's vocabulary does not have.

use crate::register::vocabulary::{
    is_access, is_sensitivity, is_type_of_data, is_undisclosed_type, opt_out_answers, opt_out_state,
    unknown_confidentiality,
};
use crate::register::{Field, OptOutState, Release, Version, YesNo};

use super::super::case::{Answer, Case, Finding, distinct, quoted, row};
use super::super::{Evidence, RuleId, Severity};

/// Whether a value is one that a field has.
type Fits = fn(&str) -> bool;

/// A value in a field that does not have it.
struct Malformed {
    value: String,
    evidence: Evidence,
    /// What the value is elsewhere, where that is certain: `a type of data`.
    is: Option<&'static str>,
}

pub(super) fn answer(case: &Case<'_>) -> Answer {
    let mut found: Vec<Malformed> = Vec::new();
    let fits: [(Field, Fits); 4] = [
        (Field::TypeOfData, |value| is_type_of_data(value) || is_undisclosed_type(value)),
        (Field::Sensitivity, is_sensitivity),
        (Field::Access, is_access),
        // A legal basis is free text: only what is known for something else is no basis.
        (Field::LegalBasis, |value| kind_of(value).is_none()),
    ];
    for (field, fits) in fits {
        for version in &case.project.versions {
            for value in values(version, field).iter().filter(|value| !fits(value)) {
                let is_known = found.iter().any(|known| known.value == *value && known.evidence.field == field);
                let cell = release_with(case, field, value).map(row);
                if !is_known || cell.is_none() {
                    let evidence = cell.unwrap_or_else(|| in_entry(version, field, value));
                    found.push(Malformed { value: value.clone(), evidence, is: kind_of(value) });
                }
            }
        }
    }
    for version in &case.project.versions {
        found.extend(answers(version));
        if case.layout.lists_files() {
            found.extend(row_answers(version));
        } else {
            found.extend(opt_outs(version));
        }
    }
    if found.is_empty() {
        return Answer::silent();
    }
    let statement = statement(&found);
    let mut evidence: Vec<Evidence> = found.into_iter().map(|one| one.evidence).collect();
    // One line can hold several such values.
    evidence.dedup();
    Answer::one(case.concern(Finding {
        rule: RuleId::MalformedValue,
        severity: Severity::Note,
        statement,
        evidence,
        files: 0,
    }))
}

/// What is wrong, in words: values that belong to another field are told with where they stand and what they are.
fn statement(found: &[Malformed]) -> String {
    let mut said = Vec::new();
    let (slipped, unknown): (Vec<&Malformed>, Vec<&Malformed>) = found.iter().partition(|one| one.is.is_some());
    let values = distinct(unknown.iter().map(|one| one.value.as_str()));
    if !values.is_empty() {
        let verb = if values.len() == 1 { "is not a value" } else { "are not values" };
        said.push(format!("{} {verb} that the register's own vocabulary has.", quoted(&values)));
    }
    let mut places: Vec<(Field, &str)> = Vec::new();
    for one in &slipped {
        let place = (one.evidence.field, one.is.unwrap_or_default());
        if !places.contains(&place) {
            places.push(place);
        }
    }
    for (field, is) in places {
        let there = slipped.iter().filter(|one| (one.evidence.field, one.is.unwrap_or_default()) == (field, is));
        let values = distinct(there.map(|one| one.value.as_str()));
        let (verb, each) = if values.len() == 1 { ("stands", "is") } else { ("stand", "each is") };
        said.push(format!("{} {verb} in the field \"{}\", and {each} {is}.", quoted(&values), field.name()));
    }
    said.join(" ")
}

/// What a value is known for, whatever field it stands in.
fn kind_of(value: &str) -> Option<&'static str> {
    if is_type_of_data(value) {
        Some("a type of data")
    } else if is_sensitivity(value) {
        Some("a sensitivity")
    } else if is_access(value) {
        Some("a way of access")
    } else if opt_out_state(value) != OptOutState::NotStated {
        Some("a yes or a no")
    } else {
        None
    }
}

fn values(version: &Version, field: Field) -> &[String] {
    match field {
        Field::TypeOfData => &version.types_of_data,
        Field::Sensitivity => &version.sensitivity,
        Field::Access => &version.access,
        _ => &version.legal_bases,
    }
}

fn in_entry(version: &Version, field: Field, value: &str) -> Evidence {
    Evidence { field, quote: value.to_owned(), place: version.place_of(field).clone() }
}

/// What stands in a page's opt-outs field and is no answer, and what stands beside it and is no known basis.
fn opt_outs(version: &Version) -> Vec<Malformed> {
    let published = version.opt_outs.as_published.as_deref().unwrap_or_default();
    let no_answers = opt_out_answers(published).into_iter().filter(|(_, says)| *says == OptOutState::NotStated);
    let reasons = version.opt_outs.reasons.iter().filter_map(|reasons| unknown_confidentiality(reasons));
    let evidence = |quote: &str| in_entry(version, Field::OptOuts, quote);
    no_answers
        .map(|(part, _)| Malformed { value: part.to_owned(), evidence: evidence(published), is: kind_of(part) })
        .chain(reasons.map(|words| Malformed { evidence: evidence(&words), value: words, is: None }))
        .collect()
}

/// Answers that stand in the entry and were not understood.
fn answers(version: &Version) -> Vec<Malformed> {
    let answers = [(Field::Purposes, &version.commercial), (Field::Sublicensing, &version.sublicensing)];
    let strange = answers.into_iter().filter(|(_, answer)| answer.value == YesNo::NotStated);
    let worded = strange.filter_map(|(field, answer)| Some((field, answer.as_published.as_ref()?)));
    worded
        .map(|(field, words)| Malformed {
            value: words.clone(),
            evidence: in_entry(version, field, words),
            is: kind_of(words),
        })
        .collect()
}

/// Opt-out answers of release rows that were not understood.
fn row_answers(version: &Version) -> Vec<Malformed> {
    let strange = version.releases.iter().filter(|release| release.opt_outs == OptOutState::NotStated);
    let worded = strange.filter_map(|release| Some((release, String::from(release.opt_outs_as_published.as_ref()?))));
    worded.map(|(release, value)| Malformed { is: None, value, evidence: row(release) }).collect()
}

fn release_with<'a>(case: &Case<'a>, field: Field, value: &str) -> Option<&'a Release> {
    case.project.releases().find(|release| {
        let cell = match field {
            Field::TypeOfData => &release.type_of_data,
            Field::Sensitivity => &release.sensitivity,
            Field::Access => &release.frequency,
            _ => &release.legal_basis,
        };
        cell.as_deref() == Some(value)
    })
}
