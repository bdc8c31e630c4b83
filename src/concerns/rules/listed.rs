//! `dataset-not-in-agreement`: files of a dataset that no known version of their agreement names.
//!
//! Two labels can mean one dataset, and most datasets got new labels in January 2023. So a name that no version lists
//! proves nothing by itself: where another label could explain it, the rule cannot tell. Labels that differ in brackets,
//! an acronym or the number of a version, and datasets that took the place of one another, are such; so is any name where
//! the file was sent on the other side of that January from the start of its version, when the list was written.

use std::collections::{BTreeMap, BTreeSet};

use crate::names::{Key, Kind, Names};
use crate::register::{Date, Field, Layout, Listing, Release, Version};
use crate::text::fold;

use super::super::case::{Answer, Case, Finding, ROWS_QUOTED, count, distinct, evidence, quoted, row};
use super::super::{Evidence, RuleId, Severity};

const RULE: RuleId = RuleId::DatasetNotInAgreement;

/// The month in which most datasets got new labels.
const RELABELLED: (i16, u8) = (2023, 1);

/// The names of datasets that an agreement lists, over all its versions.
struct Listed<'a>(BTreeSet<&'a str>);

/// What the list says of a file's dataset.
enum Place {
    Listed,
    /// Another label of a listed one, or one that cannot be compared.
    Unclear(&'static str),
    NotListed,
}

pub(super) fn answer(case: &Case<'_>) -> Answer {
    let cannot_tell = |why: &str| Answer::cannot_tell(RULE, why);
    if case.layout.is_page() {
        return cannot_tell("A page names datasets and lists no single file.");
    }
    if case.layout != Layout::DataUsesRegister {
        return cannot_tell("This register lists the datasets of its files, and not those that agreements name.");
    }
    if case.lacks("datasets") {
        return cannot_tell("The file that was read lacks the sheet of datasets.");
    }
    let listed = Listed::of(&case.project.versions);
    let unlisted = |release: &&Release| !release.dataset.is_empty() && !listed.0.contains(release.dataset.as_str());
    let mut places: BTreeMap<&str, Place> = BTreeMap::new();
    let mut found: Vec<(&Version, &Release)> = Vec::new();
    let mut why = None;
    for (version, release) in case.files().filter(|(_, release)| unlisted(release)) {
        let place = places.entry(&release.dataset).or_insert_with(|| listed.place_of(&release.dataset));
        match place {
            Place::Listed => {}
            Place::Unclear(reason) => why = why.or(Some(*reason)),
            Place::NotListed => match unclear(case, version, release) {
                Some(reason) => why = why.or(Some(reason)),
                None => found.push((version, release)),
            },
        }
    }
    if found.is_empty() {
        return why.map_or_else(Answer::silent, cannot_tell);
    }
    if let Some(why) = missing(&case.project.versions) {
        return cannot_tell(why);
    }
    let names = distinct(found.iter().map(|(_, release)| release.dataset.as_str()));
    let verb = if found.len() == 1 { "is" } else { "are" };
    let statement = format!(
        "{} {verb} of {}, which no listed version of the agreement names.",
        count(found.len(), "file", "files"),
        quoted(&names)
    );
    let mut evidence: Vec<Evidence> = found.iter().take(ROWS_QUOTED).map(|(_, release)| row(release)).collect();
    evidence.extend(case.project.versions.iter().filter(|version| !version.datasets.is_empty()).map(list));
    let files = found.len();
    Answer::one(case.concern(Finding { rule: RULE, severity: Severity::Medium, statement, evidence, files }))
}

/// What a version names.
fn list(version: &Version) -> Evidence {
    let names = distinct(version.datasets.iter().map(|dataset| dataset.name.as_str()));
    let place = version.datasets.iter().find_map(|dataset| dataset.place.as_ref());
    let quote = format!("{}: {}", version.reference, names.join("; "));
    evidence(Field::Datasets, &quote, place.unwrap_or_else(|| version.place_of(Field::Datasets)))
}

/// Why a version may be missing that names what no other does: a version with rows and no entry, or numbers that jump. An
/// agreement begins with version 0 or 1; the second number counts drafts, and jumps.
fn missing(versions: &[Version]) -> Option<&'static str> {
    if versions.iter().any(|version| version.listing == Listing::RowsOnly) {
        return Some("A version is not listed that can name the dataset: only its rows are.");
    }
    let majors: BTreeSet<u32> = versions.iter().filter_map(|version| version.number.0.first().copied()).collect();
    let jumps = majors.iter().zip(majors.iter().skip(1)).any(|(one, next)| next - one > 1);
    let begins_late = majors.first().is_some_and(|first| *first > 1);
    (jumps || begins_late).then_some("Versions of the agreement are not listed that can name the dataset.")
}

/// Why the list of a file's own version cannot be held against the file.
fn unclear(case: &Case<'_>, version: &Version, release: &Release) -> Option<&'static str> {
    if version.datasets.is_empty() {
        return Some("The version under which the file was sent names no dataset at all.");
    }
    let is_after = |date: Date| (date.year(), date.month_of_year()) >= RELABELLED;
    if case.edition.date.is_some_and(|edition| !is_after(edition)) {
        return None;
    }
    let (Some(month), Some(start)) = (release.month, version.term.start) else {
        return Some(
            "Datasets got new labels in January 2023, and the register does not give the month of the file or the start of \
             its version.",
        );
    };
    (is_after(month) != is_after(start)).then_some(
        "Datasets got new labels in January 2023, between the start of the version and the month of the file, so the name \
         can be another label of a listed dataset.",
    )
}

impl<'a> Listed<'a> {
    fn of(versions: &'a [Version]) -> Self {
        let datasets = versions.iter().flat_map(|version| &version.datasets);
        Self(datasets.map(|dataset| dataset.name.as_str()).collect())
    }

    /// The place of a name that is not listed letter for letter.
    fn place_of(&self, name: &str) -> Place {
        let keys = Names::built_in();
        let key = keys.dataset_key(name);
        if self.0.iter().any(|listed| keys.dataset_key(listed) == key) {
            return Place::Listed;
        }
        let labels = labels(name);
        if self.0.iter().any(|listed| !self::labels(listed).is_disjoint(&labels)) {
            return Place::Unclear("The name of a file's dataset can be another label of a listed one.");
        }
        let linked = keys.successors(Kind::Dataset, name).into_iter().chain(keys.predecessors(Kind::Dataset, name));
        let linked: BTreeSet<Key> = linked.map(|link| keys.dataset_key(&link.name)).collect();
        if self.0.iter().any(|listed| linked.contains(&keys.dataset_key(listed))) {
            return Place::Unclear("A file's dataset and a listed one took the place of one another.");
        }
        Place::NotListed
    }
}

/// The labels that a name can be known by: its words without brackets and version, and what stands in each bracket.
fn labels(name: &str) -> BTreeSet<String> {
    let plain = |text: &str| -> String {
        let key = Names::built_in().dataset_key_without_version(text);
        key.as_str().chars().filter(|letter| letter.is_alphanumeric()).collect()
    };
    let folded = fold(name);
    let (mut outside, mut inside) = (String::new(), vec![String::new()]);
    let mut depth = 0_usize;
    for letter in folded.chars() {
        match letter {
            '(' | '[' => {
                depth += 1;
                inside.push(String::new());
            }
            ')' | ']' => depth = depth.saturating_sub(1),
            other if depth == 0 => outside.push(other),
            other => inside.last_mut().into_iter().for_each(|bracket| bracket.push(other)),
        }
    }
    let labels = inside.iter().map(|bracket| plain(bracket)).chain([plain(&outside)]);
    labels.filter(|label| !label.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_one_dataset_have_one_in_common() {
        let alike = |one: &str, two: &str| !labels(one).is_disjoint(&labels(two));
        for (one, two) in [
            ("Mental Health Services Data Set (MHSDS) v5.0", "Mental Health Services Data Set"),
            ("Mental Health Services Data Set (MHSDS) v5.0", "MHSDS"),
            ("Patient Level Costing data (PLICS)", "Patient Level Costing data"),
            (
                "Office for National Statistics Mortality Data (linkable to HES)",
                "Office for National Statistics Mortality Data",
            ),
        ] {
            assert!(alike(one, two), "{one} / {two}");
        }
        for (one, two) in [
            ("Civil Registrations of Death", "Office for National Statistics Mortality Data"),
            ("Hospital Episode Statistics Outpatients (HES OP)", "Hospital Episode Statistics Critical Care (HES CC)"),
        ] {
            assert!(!alike(one, two), "{one} / {two}");
        }
    }
}
