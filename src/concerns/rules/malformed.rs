//! `malformed-value`: values that the publisher's vocabulary does not have.

use crate::register::{Field, Release, YesNo};

use super::super::case::{Answer, Case, Finding, distinct, quoted, row};
use super::super::{Evidence, RuleId, Severity};

/// The types of data that are published.
const TYPES: [&str; 5] = [
    "Identifiable",
    "Anonymised - ICO Code Compliant",
    "Aggregated",
    "Aggregated - Small Numbers Not Suppressed",
    "Aggregated - Small Numbers Suppressed",
];

/// The words for sensitivity.
const SENSITIVITIES: [&str; 2] = ["Sensitive", "Non-Sensitive"];

/// The ways of access and frequencies.
const ACCESS: [&str; 4] = ["One-Off", "Ongoing", "Frequent Adhoc Flow", "System Access"];

pub(super) fn answer(case: &Case<'_>) -> Answer {
    let mut found: Vec<(String, Evidence)> = Vec::new();
    let entry = [
        (Field::TypeOfData, &case.facts.types_of_data, TYPES.as_slice()),
        (Field::Sensitivity, &case.facts.sensitivity, SENSITIVITIES.as_slice()),
        (Field::Access, &case.facts.access, ACCESS.as_slice()),
    ];
    for (field, values, known) in entry {
        for value in values.iter().filter(|value| !is_known(value, known)) {
            let evidence = release_with(case, field, value).map_or_else(|| case.field(field, value.as_str()), row);
            found.push((value.clone(), evidence));
        }
    }
    found.extend(answers(case));
    if found.is_empty() {
        return Answer::silent();
    }
    let values = distinct(found.iter().map(|(value, _)| value.as_str()));
    let verb = if values.len() == 1 { "is not a value" } else { "are not values" };
    let statement = format!("{} {verb} that the register's own vocabulary has.", quoted(&values));
    Answer::one(case.concern(Finding {
        rule: RuleId::MalformedValue,
        severity: Severity::Note,
        statement,
        evidence: found.into_iter().map(|(_, evidence)| evidence).collect(),
        files: 0,
    }))
}

/// Answers that stand in the entry and were not understood.
fn answers(case: &Case<'_>) -> Vec<(String, Evidence)> {
    let mut found = Vec::new();
    for version in &case.project.versions {
        for (field, answer) in [(Field::Purposes, &version.commercial), (Field::Sublicensing, &version.sublicensing)] {
            if let (YesNo::NotStated, Some(words)) = (answer.value, &answer.as_published) {
                found.push((
                    words.clone(),
                    Evidence { field, quote: words.clone(), place: version.place_of(field).clone() },
                ));
            }
        }
        let states =
            version.releases.iter().filter(|release| release.opt_outs == crate::register::OptOutState::NotStated);
        for release in states {
            found.extend(release.opt_outs_as_published.clone().map(|words| (words, row(release))));
        }
    }
    found
}

fn is_known(value: &str, known: &[&str]) -> bool {
    let plain = |text: &str| text.to_lowercase().replace([' ', '-', '\u{2013}'], "");
    known.iter().any(|word| plain(word) == plain(value))
}

fn release_with<'a>(case: &Case<'a>, field: Field, value: &str) -> Option<&'a Release> {
    case.project.releases().find(|release| {
        let cell = match field {
            Field::TypeOfData => &release.type_of_data,
            Field::Sensitivity => &release.sensitivity,
            _ => &release.frequency,
        };
        cell.as_deref() == Some(value)
    })
}
