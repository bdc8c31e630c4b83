//! Changes that many entries share: one name reads otherwise everywhere. They are told once, not a hundred times.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::names::Names;
use crate::register::Release;
use crate::text::fold;

use super::files::AlteredFile;
use super::fingerprint::Role;
use super::{Change, Compared, FieldChange, VersionChange};

/// How many projects have to share a change before it is told once for all of them.
const FEWEST: usize = 2;

/// A name that was taken out and another put in its place, in several projects and everywhere it stood.
///
/// It can be a renaming, a merger, or agreements that were handed over: the register does not say which.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SharedChange {
    /// What the name is the name of.
    pub role: Role,
    /// What stood there, as published first.
    pub before: String,
    /// What stands there now.
    pub after: String,
    /// The versions that share it, by reference.
    pub references: Vec<String>,
    /// How many projects they are of.
    pub projects: usize,
}

/// Finds changes that several projects share and marks the fields that are wholly a part of them. A name that is still
/// in use in its role (`is_used`, asked of the newer edition) was not replaced by another: such changes stay as they are.
pub fn share(changes: &mut [VersionChange], is_used: &dyn Fn(Role, &str) -> bool) -> Vec<SharedChange> {
    let mut found: BTreeMap<(Role, String, String), Found> = BTreeMap::new();
    for change in changes.iter() {
        for field in change.amended() {
            for replaced in replacements(field) {
                let entry = found.entry(replaced.key()).or_insert_with(|| Found::new(&replaced));
                entry.references.insert(change.reference.clone());
                entry.stems.insert(change.stem.clone());
            }
        }
    }
    found.retain(|(role, ..), found| found.stems.len() >= FEWEST && !is_used(*role, &found.before));
    let numbers: BTreeMap<(Role, String, String), usize> = found.keys().cloned().zip(0..).collect();
    for change in changes.iter_mut() {
        let Change::Amended(fields) = &mut change.change else { continue };
        for field in fields {
            let mut parts = replacements(field).into_iter().map(|replaced| numbers.get(&replaced.key()).copied());
            let first = parts.next().flatten();
            field.shared = first.filter(|_| parts.all(|part| part.is_some()));
        }
    }
    let of_datasets: BTreeSet<(String, String)> = found
        .keys()
        .filter(|(role, ..)| *role == Role::Dataset)
        // Another label for the same data; what is not known to be the same stays an altered row.
        .map(|(_, before, after)| (before.clone(), after.clone()))
        .collect();
    for change in changes.iter_mut().filter(|_| !of_datasets.is_empty()) {
        change.files.altered.retain(|pair| !is_relabelled(pair, &of_datasets));
    }
    found.into_iter().map(|((role, ..), found)| found.told(role)).collect()
}

/// Whether a row of a file reads otherwise only because its dataset is called otherwise everywhere.
fn is_relabelled(pair: &AlteredFile, datasets: &BTreeSet<(String, String)>) -> bool {
    let named_as_before =
        Release { dataset: pair.before.dataset.clone(), place: pair.before.place.clone(), ..pair.after.clone() };
    let names = Names::built_in();
    let is_same = names.dataset_key(&pair.before.dataset) == names.dataset_key(&pair.after.dataset);
    is_same
        && named_as_before == pair.before
        && datasets.contains(&(fold(&pair.before.dataset), fold(&pair.after.dataset)))
}

/// One name in place of another.
struct Replaced<'a> {
    role: Role,
    before: &'a str,
    after: &'a str,
}

impl Replaced<'_> {
    fn key(&self) -> (Role, String, String) {
        (self.role, fold(self.before), fold(self.after))
    }
}

struct Found {
    before: String,
    after: String,
    references: BTreeSet<String>,
    stems: BTreeSet<String>,
}

impl Found {
    fn new(replaced: &Replaced<'_>) -> Self {
        Self {
            before: replaced.before.to_owned(),
            after: replaced.after.to_owned(),
            references: BTreeSet::new(),
            stems: BTreeSet::new(),
        }
    }

    fn told(self, role: Role) -> SharedChange {
        SharedChange {
            role,
            before: self.before,
            after: self.after,
            references: self.references.into_iter().collect(),
            projects: self.stems.len(),
        }
    }
}

/// The names that a field has in place of others; empty where it changed in any other way too.
fn replacements(change: &FieldChange) -> Vec<Replaced<'_>> {
    let role = match change.field {
        Compared::Organisation => Role::Organisation,
        Compared::Controllers => Role::Controller,
        Compared::Datasets => Role::Dataset,
        _ => return Vec::new(),
    };
    let (before, after) = (lines(change.before.as_deref()), lines(change.after.as_deref()));
    let gone: Vec<&str> = left_over(&before, &after);
    let come: Vec<&str> = left_over(&after, &before);
    if gone.is_empty() || gone.len() != come.len() {
        return Vec::new();
    }
    if role == Role::Dataset {
        return datasets(&gone, &come);
    }
    match (gone.as_slice(), come.as_slice()) {
        ([gone], [come]) => vec![Replaced { role, before: gone, after: come }],
        // Which of several took the place of which, nothing says.
        _ => Vec::new(),
    }
}

/// Datasets that are called otherwise and of which everything else is the same: lines are in order, so those that go
/// together are told by what stands in the bracket.
fn datasets<'a>(gone: &[&'a str], come: &[&'a str]) -> Vec<Replaced<'a>> {
    let mut replaced = Vec::new();
    for before in gone {
        let (name, details) = split_dataset(before);
        let mut same = come.iter().map(|line| split_dataset(line)).filter(|(_, other)| *other == details);
        let begins = fold(name);
        let mut named = come.iter().map(|line| split_dataset(line)).filter(|(other, _)| {
            let other = fold(other);
            other.starts_with(&begins) || begins.starts_with(&other)
        });
        let after = match (same.next(), same.next()) {
            (Some(only), None) => only,
            _ => match (named.next(), named.next()) {
                (Some((other, bracket)), None) if bracket == details => (other, bracket),
                _ => return Vec::new(),
            },
        };
        replaced.push(Replaced { role: Role::Dataset, before: name, after: after.0 });
    }
    replaced
}

/// A line of a list of datasets that is compared, as [`crate::register::described`] writes it: the name, and the bracket with
/// what is said of it.
pub fn split_dataset(line: &str) -> (&str, &str) {
    let opened = line.char_indices().rev().scan(0_i32, |depth, (at, letter)| {
        *depth += i32::from(letter == ')') - i32::from(letter == '(');
        Some((at, letter, *depth))
    });
    let start = line
        .ends_with(')')
        .then(|| opened.filter(|(_, letter, depth)| *letter == '(' && *depth == 0).map(|(at, ..)| at).next());
    match start.flatten() {
        Some(at) if line[at..].contains("; ") => (line[..at].trim_end(), &line[at..]),
        _ => (line, ""),
    }
}

fn lines(text: Option<&str>) -> Vec<&str> {
    text.into_iter().flat_map(str::lines).collect()
}

/// Lines that the other side does not have, typography apart.
fn left_over<'a>(lines: &[&'a str], other: &[&str]) -> Vec<&'a str> {
    let known: BTreeSet<String> = other.iter().map(|line| fold(line)).collect();
    lines.iter().copied().filter(|line| !known.contains(&fold(line))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::changes::FileChanges;
    use crate::register::Place;

    fn amended(reference: &str, field: Compared, before: &str, after: &str) -> VersionChange {
        VersionChange {
            reference: reference.to_owned(),
            stem: reference.trim_end_matches("-v1").to_owned(),
            title: None,
            organisation: String::new(),
            term: crate::register::DateRange::default(),
            change: Change::Amended(vec![FieldChange {
                field,
                before: Some(before.to_owned()),
                after: Some(after.to_owned()),
                before_place: Place::line(0, 1),
                after_place: Place::line(0, 1),
                shared: None,
            }]),
            files: FileChanges::default(),
            before: None,
            after: None,
        }
    }

    #[test]
    fn a_name_that_is_replaced_everywhere_is_told_once() {
        let mut changes = vec![
            amended("NIC-1-v1", Compared::Controllers, "NHS DIGITAL\nA TRUST", "NHS England\nA TRUST"),
            amended("NIC-2-v1", Compared::Controllers, "NHS Digital", "NHS ENGLAND"),
            amended("NIC-3-v1", Compared::Controllers, "B TRUST", "C TRUST"),
        ];
        let shared = share(&mut changes, &|_, _| false);
        assert_eq!(shared.len(), 1);
        assert_eq!((shared[0].before.as_str(), shared[0].after.as_str()), ("NHS DIGITAL", "NHS England"));
        assert_eq!((shared[0].references.len(), shared[0].projects), (2, 2));
        let marked: Vec<bool> = changes.iter().map(VersionChange::is_shared_only).collect();
        assert_eq!(marked, [true, true, false]);
    }

    #[test]
    fn a_name_that_is_still_used_was_not_replaced() {
        let mut changes = vec![
            amended("NIC-1-v1", Compared::Organisation, "A TRUST", "B TRUST"),
            amended("NIC-2-v1", Compared::Organisation, "A TRUST", "B TRUST"),
        ];
        assert!(share(&mut changes, &|role, name| role == Role::Organisation && name == "A TRUST").is_empty());
        assert!(changes.iter().all(|change| !change.is_shared_only()));
    }

    #[test]
    fn datasets_are_relabelled_together() {
        let before = "Births (Identifiable; One-Off)\nOutpatients (Anonymised; Ongoing)";
        let after = "Births (CRB) (Identifiable; One-Off)\nOutpatients (HES OP) (Anonymised; Ongoing)";
        let mut changes = vec![
            amended("NIC-1-v1", Compared::Datasets, before, after),
            amended("NIC-2-v1", Compared::Datasets, before, after),
            amended("NIC-3-v1", Compared::Datasets, before, &format!("{after}\nDeaths (Identifiable; One-Off)")),
        ];
        let shared = share(&mut changes, &|_, _| false);
        let told: Vec<(&str, &str)> =
            shared.iter().map(|change| (change.before.as_str(), change.after.as_str())).collect();
        assert_eq!(told, [("Births", "Births (CRB)"), ("Outpatients", "Outpatients (HES OP)")]);
        assert!(changes[0].is_shared_only() && !changes[2].is_shared_only());
    }
}
