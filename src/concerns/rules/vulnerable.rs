//! `vulnerable-groups`: datasets about people who have reason to fear being known.

use std::collections::BTreeSet;

use crate::register::{Dataset, Field};
use crate::text::fold;

use super::super::case::{Answer, Case, Finding, distinct, quoted};
use super::super::{Evidence, RuleId, Severity};

pub(super) fn answer(case: &Case<'_>) -> Answer {
    let mut groups: Vec<&str> = Vec::new();
    let mut named: Vec<&Dataset> = Vec::new();
    let mut known = BTreeSet::new();
    for dataset in &case.facts.datasets {
        let name = fold(&dataset.name);
        for (group, _) in case.settings.vulnerable_groups.iter().filter(|(_, words)| words.are_in(&name)) {
            groups.push(group);
            if known.insert(dataset.name.as_str()) {
                named.push(dataset);
            }
        }
    }
    if named.is_empty() {
        let why = "The entry names no dataset.";
        let is_untold = case.facts.datasets.is_empty();
        return if is_untold { Answer::cannot_tell(RuleId::VulnerableGroups, why) } else { Answer::silent() };
    }
    let named_once = distinct(named.iter().map(|dataset| dataset.name.as_str()));
    let files = case.files().filter(|(_, release)| known.contains(release.dataset.as_str())).count();
    let statement =
        format!("The data is about {}: {}.", distinct(groups.into_iter()).join(" and about "), quoted(&named_once));
    let evidence = named.iter().map(|dataset| Evidence {
        field: Field::Datasets,
        quote: dataset.name.clone(),
        place: dataset.place.clone().unwrap_or_else(|| case.latest.place_of(Field::Datasets).clone()),
    });
    Answer::one(case.concern(Finding {
        rule: RuleId::VulnerableGroups,
        severity: Severity::Note,
        statement,
        evidence: evidence.collect(),
        files,
    }))
}
