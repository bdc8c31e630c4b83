//! `vulnerable-groups`: datasets about people who have reason to fear being known.

use std::sync::LazyLock;

use crate::register::{Dataset, Field};
use crate::text::fold;

use super::super::case::{Answer, Case, Finding, distinct, names, quoted};
use super::super::{Evidence, RuleId, Severity};

/// The list: a group and words in the names of datasets about it.
const LIST: &str = include_str!("../../../assets/vulnerable-groups.txt");

/// A group of people, and words that name it in the name of a dataset.
struct Group {
    name: &'static str,
    words: Vec<String>,
}

static GROUPS: LazyLock<Vec<Group>> = LazyLock::new(|| {
    let lines = LIST.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let parts = lines.filter_map(|line| line.split_once(':'));
    parts.map(|(name, words)| Group { name: name.trim(), words: words.split(',').map(fold).collect() }).collect()
});

pub(super) fn answer(case: &Case<'_>) -> Answer {
    let mut groups: Vec<&'static str> = Vec::new();
    let mut named: Vec<&Dataset> = Vec::new();
    for dataset in &case.facts.datasets {
        let name = fold(&dataset.name);
        for group in GROUPS.iter().filter(|group| group.words.iter().any(|words| names(&name, words))) {
            groups.push(group.name);
            if !named.iter().any(|known| known.name == dataset.name) {
                named.push(dataset);
            }
        }
    }
    if named.is_empty() {
        return Answer::silent();
    }
    let named_once = distinct(named.iter().map(|dataset| dataset.name.as_str()));
    let files = case.files().filter(|(_, release)| named_once.contains(&release.dataset.as_str())).count();
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
