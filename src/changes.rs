//! Changes: what differs between two editions, version by version, and between two versions of one agreement.
//!
//! Versions are compared by their reference as published. What differs only in typography (spacing, quotes, bullets,
//! case) is told apart: it makes most of the differences between two editions (FORMATS section 3), and none of those
//! that matter. Files are compared row by row. A change that many entries share, such as a name that reads otherwise
//! everywhere, is told once.

mod fields;
mod files;
mod fingerprint;
mod redline;
mod shared;
mod typography;

use std::collections::BTreeMap;

use serde::Serialize;

pub use fields::Compared;
pub use files::{AlteredFile, FileChanges};
pub use fingerprint::{Fingerprint, NameMarks, ProjectFingerprint, Role, fingerprint, mark};
pub use redline::{Passage, Piece, PieceKind, passages, redline};
pub use shared::{SharedChange, share, split_dataset};

use crate::register::{Layout, Place, Project, Source, Version, VersionNumber};

/// One project in one edition, with the files that the edition was read from.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The project.
    pub project: &'a Project,
    /// The sources that its places point into.
    pub sources: &'a [Source],
}

/// What became of one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VersionChange {
    /// Its reference as published.
    pub reference: String,
    /// The reference of its project.
    pub stem: String,
    /// Its title, where it has one.
    pub title: Option<String>,
    /// Its organisation, in the newer edition if it is there.
    pub organisation: String,
    /// What became of it.
    pub change: Change,
    /// What became of its files.
    pub files: FileChanges,
    /// Where its entry begins in the older edition, if it is there.
    #[serde(skip)]
    pub before: Option<Place>,
    /// Where it begins in the newer edition, if it is there.
    #[serde(skip)]
    pub after: Option<Place>,
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
    TypographyOnly(Vec<FieldChange>),
    /// Its entry is the same; files were added, taken away or altered.
    FilesOnly,
}

/// A field that was amended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// Which.
    pub field: Compared,
    /// What stood there, as published; lists have a line for each value.
    pub before: Option<String>,
    /// What stands there now.
    pub after: Option<String>,
    /// Where the field stands in the older edition.
    #[serde(skip)]
    pub before_place: Place,
    /// Where it stands in the newer edition.
    #[serde(skip)]
    pub after_place: Place,
    /// The number of the change that many entries share, if this is a part of one ([`share`]).
    #[serde(skip)]
    pub shared: Option<usize>,
}

/// Compares what two editions say of one project. Versions that are equal are left out. A field is compared only where
/// both layouts can hold it.
pub fn compare(before: Option<Side<'_>>, after: Option<Side<'_>>) -> Vec<VersionChange> {
    let (old, new) = (by_reference(before), by_reference(after));
    let mut changes = Vec::new();
    for (reference, mut old) in old {
        let mut new = new.get(reference).cloned().unwrap_or_default();
        // A reference can stand in an edition more than once. What says the same goes together first.
        let differ =
            |one: &Version, other: &Version| difference((one, layout(before, one)), (other, layout(after, other)));
        if old.len() > 1 || new.len() > 1 {
            old.retain(|one| {
                let same = new.iter().position(|other| differ(one, other).is_none());
                same.map(|at| new.remove(at)).is_none()
            });
        }
        let pairs = old.len().min(new.len());
        changes.extend(old.iter().zip(&new).filter_map(|(one, other)| differ(one, other)));
        changes.extend(old[pairs..].iter().map(|version| VersionChange {
            before: Some(version.place.clone()),
            ..VersionChange::new(version, Change::Withdrawn)
        }));
        changes.extend(new[pairs..].iter().map(|version| added(version)));
    }
    let is_new = |version: &&Version| !versions(before).iter().any(|old| old.reference == version.reference);
    changes.extend(versions(after).iter().filter(is_new).map(added));
    files::forget_moved(&mut changes);
    changes
}

/// How one version of an agreement differs from the version before it: the fields that read otherwise, without those
/// that differ in typography only. Dates of the term are among them, and the files are not: each version has its own.
pub fn between_versions(before: &Version, after: &Version, layout: Layout) -> Vec<FieldChange> {
    let differing = fields::differing((before, layout), (after, layout));
    differing.into_iter().filter(FieldChange::is_more_than_typography).collect()
}

fn added(version: &Version) -> VersionChange {
    let files = FileChanges { added: version.releases.clone(), ..FileChanges::default() };
    VersionChange { files, after: Some(version.place.clone()), ..VersionChange::new(version, Change::Added) }
}

/// The versions of a side by their reference as published.
fn by_reference(side: Option<Side<'_>>) -> BTreeMap<&str, Vec<&Version>> {
    let mut found: BTreeMap<&str, Vec<&Version>> = BTreeMap::new();
    for version in versions(side) {
        found.entry(&version.reference).or_default().push(version);
    }
    found
}

fn versions(side: Option<Side<'_>>) -> &[Version] {
    side.map_or(&[], |side| &side.project.versions)
}

fn layout(side: Option<Side<'_>>, version: &Version) -> Option<Layout> {
    side.and_then(|side| side.sources.get(version.place.source)).map(|source| source.layout)
}

impl VersionChange {
    fn new(version: &Version, change: Change) -> Self {
        Self {
            reference: version.reference.clone(),
            stem: crate::register::stem_of(&version.reference).to_owned(),
            title: version.title.clone(),
            organisation: version.organisation.clone(),
            change,
            files: FileChanges::default(),
            before: None,
            after: None,
        }
    }

    /// The number of its version, for ordering.
    pub fn number(&self) -> VersionNumber {
        crate::register::version_of(&self.reference)
    }

    /// The fields that were amended, typography apart.
    pub fn amended(&self) -> &[FieldChange] {
        match &self.change {
            Change::Amended(fields) => fields,
            _ => &[],
        }
    }

    /// Whether all that was amended is a part of changes that many entries share.
    pub fn is_shared_only(&self) -> bool {
        let fields = self.amended();
        !fields.is_empty() && fields.iter().all(|field| field.shared.is_some()) && self.files.altered.is_empty()
    }
}

/// How two versions of the same reference differ, if they do.
fn difference(
    (old, before): (&Version, Option<Layout>),
    (new, after): (&Version, Option<Layout>),
) -> Option<VersionChange> {
    let (before, after) = (before?, after?);
    let differing = fields::differing((old, before), (new, after));
    let files = if before.is_cumulative() && after.is_cumulative() {
        files::compare(&old.releases, &new.releases)
    } else {
        FileChanges::default()
    };
    let (amended, typography): (Vec<_>, Vec<_>) = differing.into_iter().partition(FieldChange::is_more_than_typography);
    let change = match (amended.is_empty(), typography.is_empty()) {
        (false, _) => Change::Amended(amended),
        (true, false) => Change::TypographyOnly(typography),
        (true, true) if files.is_empty() => return None,
        (true, true) => Change::FilesOnly,
    };
    Some(VersionChange {
        files,
        before: Some(old.place.clone()),
        after: Some(new.place.clone()),
        ..VersionChange::new(new, change)
    })
}

#[cfg(test)]
mod tests;
