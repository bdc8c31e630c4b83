//! Changes: what differs between two editions, version by version.
//!
//! Versions are compared by their reference as published. What differs only in typography (spacing, quotes, bullets,
//! case) is told apart: it makes most of the differences between two editions (FORMATS section 3), and none of those
//! that matter.

mod fields;

use serde::Serialize;

use crate::register::{Project, Version};

/// What became of one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VersionChange {
    /// Its reference as published.
    pub reference: String,
    /// Its title, where it has one.
    pub title: Option<String>,
    /// Its organisation, in the newer edition if it is there.
    pub organisation: String,
    /// What became of it.
    pub change: Change,
}

/// What became of a version between two editions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// It is in the newer edition only.
    Added,
    /// It is in the older edition only.
    Withdrawn,
    /// It stands in both, with different values under the same reference.
    Amended(Vec<FieldChange>),
    /// It differs in typography only.
    TypographyOnly,
}

/// A field that was amended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// Its key: `controllers`, `end`, `objectives`.
    pub field: &'static str,
    /// What stood there, as published; lists have a line for each value.
    pub before: Option<String>,
    /// What stands there now.
    pub after: Option<String>,
}

/// Compares what two editions say of one project. Versions that are equal are left out.
pub fn compare(before: Option<&Project>, after: Option<&Project>) -> Vec<VersionChange> {
    let (before, after) = (versions(before), versions(after));
    let mut changes = Vec::new();
    for old in before {
        match after.iter().find(|new| new.reference == old.reference) {
            None => changes.push(VersionChange::new(old, Change::Withdrawn)),
            Some(new) => changes.extend(difference(old, new).map(|change| VersionChange::new(new, change))),
        }
    }
    let is_new = |new: &&Version| !before.iter().any(|old| old.reference == new.reference);
    changes.extend(after.iter().filter(is_new).map(|new| VersionChange::new(new, Change::Added)));
    changes
}

fn versions(project: Option<&Project>) -> &[Version] {
    project.map_or(&[], |project| &project.versions)
}

impl VersionChange {
    fn new(version: &Version, change: Change) -> Self {
        Self {
            reference: version.reference.clone(),
            title: version.title.clone(),
            organisation: version.organisation.clone(),
            change,
        }
    }
}

/// How two versions of the same reference differ, if they do.
fn difference(old: &Version, new: &Version) -> Option<Change> {
    let differing = fields::differing(old, new);
    if differing.is_empty() {
        return None;
    }
    let amended: Vec<FieldChange> = differing.into_iter().filter(FieldChange::is_more_than_typography).collect();
    Some(if amended.is_empty() { Change::TypographyOnly } else { Change::Amended(amended) })
}

#[cfg(test)]
mod tests;
