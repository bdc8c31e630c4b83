//! `scope-grew`: what a later version names that no earlier one did.

use std::collections::BTreeSet;

use crate::names::{Key, Names};
use crate::register::vocabulary::{is_sensitivity, is_type_of_data};
use crate::register::{Answer as Stated, Dataset, Field, Listing, Version, YesNo};
use crate::text::CELLS;

use super::super::case::{Answer, Case, Finding, ROWS_QUOTED, count, quoted};
use super::super::{Evidence, RuleId, Severity};

const RULE: RuleId = RuleId::ScopeGrew;

/// New datasets that a statement names.
const NAMED: usize = 3;

/// What a version adds to all that came before it.
#[derive(Default)]
struct Growth {
    /// In words.
    added: Vec<String>,
    evidence: Vec<Evidence>,
    /// What cannot be told of it.
    reasons: Vec<String>,
}

pub(super) fn answer(case: &Case<'_>) -> Answer {
    if case.layout.is_page() {
        return Answer::cannot_tell(RULE, "The page shows all versions as one entry.");
    }
    if !case.layout.is_cumulative() {
        let why = "This register lists what was sent in its period, and not what each version allows.";
        return Answer::cannot_tell(RULE, why);
    }
    for (sheet, name) in [("agreements", "agreements"), ("datasets", "datasets")] {
        if case.some_file_lacks(sheet) {
            return Answer::cannot_tell(RULE, &format!("The file that was read lacks the sheet of {name}."));
        }
    }
    let is_entry = |version: &&Version| version.listing == Listing::Entry;
    let mut entries: Vec<&Version> = case.project.versions.iter().filter(is_entry).collect();
    entries.sort_by(|one, other| one.number.cmp(&other.number));
    match entries.as_slice() {
        [] => return Answer::cannot_tell(RULE, "No version of the agreement has an entry."),
        // Its number says that others came before it.
        [only] if only.number.0.first().is_some_and(|major| *major > 1) => {
            return Answer::cannot_tell(RULE, "The register lists no earlier version to compare with.");
        }
        [first, _, ..] if first.number.0.is_empty() => {
            return Answer::cannot_tell(RULE, "The entries have no numbers that say which came first.");
        }
        _ => {}
    }
    let (mut told, mut evidence, mut reasons) = (Vec::new(), Vec::new(), Vec::new());
    for later in &entries {
        let earlier: Vec<&Version> = entries.iter().copied().filter(|other| other.number < later.number).collect();
        if earlier.is_empty() {
            continue;
        }
        let growth = Growth::of(later, &earlier, case.settings.thresholds.grown_datasets);
        if !growth.added.is_empty() {
            told.push(format!("{} adds {}", later.reference, listed(&growth.added)));
        }
        evidence.extend(growth.evidence);
        reasons.extend(growth.reasons);
    }
    if told.is_empty() {
        return Answer::partly(RULE, Vec::new(), &reasons);
    }
    let statement = format!("{}: no earlier version that is listed has that.", told.join("; "));
    evidence.truncate(ROWS_QUOTED);
    let finding = Finding { rule: RULE, severity: Severity::Medium, statement, evidence, files: 0 };
    Answer::partly(RULE, vec![case.concern(finding)], &reasons)
}

impl Growth {
    /// What a version adds to those before it, of which the last is the one that it followed.
    fn of(later: &Version, earlier: &[&Version], many: usize) -> Self {
        let mut growth = Self::default();
        let is_identifiable = |value: &str| value.eq_ignore_ascii_case("identifiable");
        let is_sensitive = |value: &str| value.eq_ignore_ascii_case("sensitive");
        growth.value(
            later,
            earlier,
            "identifiable data",
            Field::TypeOfData,
            &Values {
                of: |dataset| dataset.type_of_data.as_deref(),
                is_added: is_identifiable,
                is_known: is_type_of_data,
            },
        );
        growth.value(
            later,
            earlier,
            "data that the register calls sensitive",
            Field::Sensitivity,
            &Values { of: |dataset| dataset.sensitivity.as_deref(), is_added: is_sensitive, is_known: is_sensitivity },
        );
        growth.answer(later, earlier, "commercial purposes", Field::Purposes, |version| &version.commercial);
        growth.answer(later, earlier, "sublicensing", Field::Sublicensing, |version| &version.sublicensing);
        growth.datasets(later, earlier, many);
        growth
    }

    /// A value on some dataset of the later version and on none of the earlier ones, all of which state one that is known.
    fn value(&mut self, later: &Version, earlier: &[&Version], what: &str, field: Field, values: &Values) {
        let has = |dataset: &&Dataset| (values.of)(dataset).is_some_and(values.is_added);
        let all = || earlier.iter().flat_map(|version| &version.datasets);
        let Some(new) = later.datasets.iter().find(has) else { return };
        if all().any(|dataset| has(&dataset)) {
            return;
        }
        let is_known = |dataset: &Dataset| (values.of)(dataset).is_some_and(values.is_known);
        if earlier.iter().any(|version| version.datasets.is_empty()) || !all().all(is_known) {
            self.reasons.push(format!(
                "{} names {what}, and it is not known of all that earlier versions name whether it was that.",
                later.reference
            ));
            return;
        }
        self.added.push(what.to_owned());
        let before = earlier.last().and_then(|version| Some((*version, version.datasets.first()?)));
        for (version, dataset) in before.into_iter().chain([(later, new)]) {
            self.evidence.push(row(version, dataset, field));
        }
    }

    fn answer(
        &mut self,
        later: &Version,
        earlier: &[&Version],
        what: &str,
        field: Field,
        of: impl Fn(&Version) -> &Stated,
    ) {
        if of(later).value != YesNo::Yes || earlier.iter().any(|version| of(version).value == YesNo::Yes) {
            return;
        }
        if earlier.iter().any(|version| of(version).value != YesNo::No) {
            self.reasons.push(format!(
                "{} says yes to {what}, and it is not known of all earlier versions that they did not.",
                later.reference
            ));
            return;
        }
        self.added.push(what.to_owned());
        for version in earlier.last().copied().into_iter().chain([later]) {
            let answer = of(version).as_published.as_deref().unwrap_or_default();
            let quote = format!("{}{CELLS}{answer}", version.reference);
            self.evidence.push(Evidence { field, quote, place: version.place_of(field).clone() });
        }
    }

    /// Datasets that no earlier version names, under any spelling and of any version. Where others are gone, the new names
    /// can be new labels of these: only what is more than that is surely new.
    fn datasets(&mut self, later: &Version, earlier: &[&Version], many: usize) {
        // Nearly all versions name what those before them name, letter for letter: no key is worked out for these.
        let is_unchanged = |dataset: &Dataset| {
            earlier.iter().flat_map(|version| &version.datasets).any(|other| other.name == dataset.name)
        };
        if later.datasets.iter().filter(|dataset| !is_unchanged(dataset)).count() < many {
            return;
        }
        let names = Names::built_in();
        let key = |dataset: &Dataset| names.dataset_key_without_version(&dataset.name);
        let keys = |version: &Version| version.datasets.iter().map(key).collect::<BTreeSet<Key>>();
        let before: BTreeSet<Key> = earlier.iter().flat_map(|version| keys(version)).collect();
        let now = keys(later);
        let mut seen = BTreeSet::new();
        let is_new = |dataset: &&Dataset| !before.contains(&key(dataset)) && seen.insert(key(dataset));
        let new: Vec<&Dataset> = later.datasets.iter().filter(is_new).collect();
        if new.len() < many {
            return;
        }
        let gone = before.difference(&now).count();
        if earlier.iter().any(|version| version.datasets.is_empty()) || new.len() - gone.min(new.len()) < many {
            self.reasons.push(format!(
                "{} names {} that no earlier version names, which can be new labels, or be named in one that lists none.",
                later.reference,
                count(new.len(), "dataset", "datasets")
            ));
            return;
        }
        let shown: Vec<&str> = new.iter().take(NAMED).map(|dataset| dataset.name.as_str()).collect();
        let such_as = if new.len() > NAMED { "such as " } else { "" };
        self.added.push(format!("{} ({such_as}{})", count(new.len(), "dataset", "datasets"), quoted(&shown)));
        if let Some(version) = earlier.last() {
            let all = version.datasets.iter().map(|dataset| dataset.name.as_str()).collect::<Vec<_>>().join("; ");
            let quote = format!("{}{CELLS}{all}", version.reference);
            self.evidence.push(Evidence { field: Field::Datasets, quote, place: version.place.clone() });
        }
        self.evidence.extend(new.iter().take(NAMED).map(|dataset| row(later, dataset, Field::Datasets)));
    }
}

/// A value that datasets have.
struct Values {
    of: fn(&Dataset) -> Option<&str>,
    is_added: fn(&str) -> bool,
    /// Whether it is one of the register's own.
    is_known: fn(&str) -> bool,
}

/// The row of a dataset, under the reference of its version.
fn row(version: &Version, dataset: &Dataset, field: Field) -> Evidence {
    let cells = [dataset.type_of_data.as_deref(), dataset.sensitivity.as_deref()];
    let mut quote = format!("{}{CELLS}{}", version.reference, dataset.name);
    for cell in cells.into_iter().flatten() {
        quote.push_str(CELLS);
        quote.push_str(cell);
    }
    let place = dataset.place.clone().unwrap_or_else(|| version.place_of(field).clone());
    Evidence { field, quote, place }
}

/// `a`, `a and b`, `a, b and c`.
fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
