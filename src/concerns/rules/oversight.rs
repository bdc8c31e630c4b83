//! `no-oversight-recorded` and `gp-records`: advice that is not listed, and records of general practice.

use std::collections::BTreeSet;

use crate::register::Field;
use crate::text::fold;

use super::super::case::{Answer, Case, Finding, ROWS_QUOTED, distinct, quoted, row};
use super::super::{Evidence, RuleId, Severity};

pub(super) fn no_oversight(case: &Case<'_>) -> Answer {
    let rule = RuleId::NoOversightRecorded;
    if !case.layout.records_minutes() {
        return Answer::cannot_tell(rule, "This source does not list the minutes of the advisory group.");
    }
    if !case.facts.minutes.is_empty() {
        return Answer::silent();
    }
    let statement = "The page lists no minutes of the advisory group or its predecessors for this project.";
    Answer::one(case.concern(Finding {
        rule,
        severity: Severity::Note,
        statement: statement.to_owned(),
        evidence: vec![case.field(Field::Minutes, "")],
        files: 0,
    }))
}

pub(super) fn gp_records(case: &Case<'_>) -> Answer {
    let rule = RuleId::GpRecords;
    let words = &case.settings.words.gp_datasets;
    // Names are looked at once each, however many files there are.
    let all = case.facts.datasets.iter().map(|dataset| dataset.name.as_str());
    let all: BTreeSet<&str> = all.chain(case.project.releases().map(|release| release.dataset.as_str())).collect();
    let of_practice: BTreeSet<&str> = all.iter().copied().filter(|name| words.are_in(&fold(name))).collect();
    let datasets = case.datasets_once(|name| of_practice.contains(name));
    let rows = || case.project.releases().filter(|release| of_practice.contains(release.dataset.as_str()));
    let listed = datasets.iter().map(|dataset| dataset.name.as_str());
    let names = distinct(listed.chain(rows().map(|release| release.dataset.as_str())));
    if names.is_empty() {
        let why = "The entry names no dataset.";
        return if all.is_empty() { Answer::cannot_tell(rule, why) } else { Answer::silent() };
    }
    let mut evidence: Vec<Evidence> = datasets.iter().map(|dataset| case.dataset(dataset, &dataset.name)).collect();
    // Files of a dataset that no version names prove it themselves.
    let is_listed = |name: &str| datasets.iter().any(|dataset| dataset.name == name);
    evidence.extend(rows().filter(|release| !is_listed(&release.dataset)).take(ROWS_QUOTED).map(row));
    Answer::one(case.concern(Finding {
        rule,
        severity: Severity::Note,
        statement: format!("The data comes from the records of general practice: {}.", quoted(&names)),
        evidence,
        files: rows().filter(|release| release.is_file()).count(),
    }))
}
