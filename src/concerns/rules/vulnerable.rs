//! `vulnerable-groups`: datasets about people who have reason to fear being known.

use std::collections::BTreeSet;

use crate::text::fold;

use super::super::case::{Answer, Case, Finding, distinct, quoted};
use super::super::{RuleId, Severity};

pub(super) fn answer(case: &Case<'_>) -> Answer {
    let groups_in = |name: &str| {
        let name = fold(name);
        let groups = case.settings.vulnerable_groups.iter().filter(move |(_, words)| words.are_in(&name));
        groups.map(|(group, _)| group.as_str())
    };
    let datasets = case.datasets_once(|name| groups_in(name).next().is_some());
    if datasets.is_empty() {
        let why = "The entry names no dataset.";
        let is_untold = case.facts.datasets.is_empty();
        return if is_untold { Answer::cannot_tell(RuleId::VulnerableGroups, why) } else { Answer::silent() };
    }
    let names: Vec<&str> = datasets.iter().map(|dataset| dataset.name.as_str()).collect();
    let groups = distinct(names.iter().flat_map(|name| groups_in(name)));
    let known: BTreeSet<&str> = names.iter().copied().collect();
    let files = case.files().filter(|(_, release)| known.contains(release.dataset.as_str())).count();
    let statement = format!("The data is about {}: {}.", groups.join(" and about "), quoted(&names));
    let evidence = datasets.iter().map(|dataset| case.dataset(dataset, &dataset.name));
    Answer::one(case.concern(Finding {
        rule: RuleId::VulnerableGroups,
        severity: Severity::Note,
        statement,
        evidence: evidence.collect(),
        files,
    }))
}
