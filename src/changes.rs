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
pub use files::{AlteredFile, FileChanges, MovedFile, forget_moved, says_the_same};
pub use fingerprint::{Fingerprint, NameMarks, ProjectFingerprint, Role, fingerprint, mark};
pub use redline::{Passage, Piece, PieceKind, passages, redline};
pub use shared::{SharedChange, share, split_dataset};
pub use typography::plain as without_typography;

use crate::register::{DateRange, Listing, Place, Project, Source, Version, VersionNumber, plain_reference};

/// One project in one edition, with the files that the edition was read from.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The project, if the edition lists it.
    pub project: Option<&'a Project>,
    /// The sources of the edition, that its places point into.
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
    /// Its term, in the newer edition if it is there.
    #[serde(skip)]
    pub term: DateRange,
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
    /// Its entry is in the newer edition only; rows named its reference before.
    EntryAdded,
    /// Its entry is in the older edition only; rows still name its reference.
    EntryRemoved,
    /// Another number of entries stands under its reference.
    Recounted {
        /// How many stood there.
        before: usize,
        /// How many stand there now.
        after: usize,
    },
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
/// both files can hold it, and a version is missing only where it could have been listed. Files that moved between projects
/// are told apart later ([`forget_moved`]).
pub fn compare(before: Side<'_>, after: Side<'_>) -> Vec<VersionChange> {
    let (old, mut new) = (by_reference(before), by_reference(after));
    let mut changes = Vec::new();
    for (reference, old) in old {
        let new = new.remove(&reference).unwrap_or_default();
        changes.extend(entries_of(old, new, before, after));
    }
    for version in new.into_values().flatten().filter(|version| could_list(before, version)) {
        let files = FileChanges { added: version.releases.clone(), ..FileChanges::default() };
        let after = Some(version.place.clone());
        changes.push(VersionChange { files, after, ..VersionChange::new(version, Change::Added) });
    }
    changes.sort_by_key(VersionChange::number);
    files::mark_moved(&mut changes, before.sources, after.sources);
    changes
}

/// Whether an edition could list a version of another: a file without the sheet of agreements lists no entry, and one without
/// the sheets whose rows name it says nothing of one that rows alone name.
fn could_list(side: Side<'_>, version: &Version) -> bool {
    let needed: &[&str] = match version.listing {
        Listing::Entry => &["agreements"],
        Listing::RowsOnly => &["datasets", "datareleases"],
    };
    !side.sources.iter().any(|source| needed.iter().any(|sheet| source.lacks(sheet)))
}

/// Compares the entries of one reference, of which an edition can have several: those that are most alike go together.
fn entries_of(mut old: Vec<&Version>, mut new: Vec<&Version>, before: Side<'_>, after: Side<'_>) -> Vec<VersionChange> {
    let mut changes = Vec::new();
    let (counted, count) = (old.len(), new.len());
    let differ = |one: &Version, other: &Version| difference((one, source(before, one)), (other, source(after, other)));
    while !old.is_empty() && !new.is_empty() {
        let pairs = old
            .iter()
            .enumerate()
            .flat_map(|(at, one)| new.iter().enumerate().map(move |(to, other)| (at, to, *one, *other)));
        let told = pairs.map(|(at, to, one, other)| (at, to, differ(one, other)));
        let nearest = told.min_by_key(|(.., change)| change.as_ref().map_or(0, VersionChange::weight_of_difference));
        let Some((at, to, change)) = nearest else { break };
        old.remove(at);
        new.remove(to);
        changes.extend(change);
    }
    let change = match (counted, count) {
        (_, 0) => Change::Withdrawn,
        (before, after) => Change::Recounted { before, after },
    };
    // Their files are told too, for that they can stand under another version now.
    if let Some(version) = old.first().filter(|version| could_list(after, version)) {
        let removed = old.iter().flat_map(|version| version.releases.clone()).collect();
        let files = FileChanges { removed, ..FileChanges::default() };
        let before = Some(version.place.clone());
        changes.push(VersionChange { files, before, ..VersionChange::new(version, change) });
    } else if let Some(version) = new.first().filter(|version| could_list(before, version)) {
        let added = new.iter().flat_map(|version| version.releases.clone()).collect();
        let files = FileChanges { added, ..FileChanges::default() };
        let after = Some(version.place.clone());
        changes.push(VersionChange { files, after, ..VersionChange::new(version, change) });
    }
    changes
}

/// How one version of an agreement differs from the version before it: the fields that read otherwise, without those
/// that differ in typography only. Dates of the term are among them, and the files are not: each version has its own.
pub fn between_versions((before, old): (&Version, &Source), (after, new): (&Version, &Source)) -> Vec<FieldChange> {
    let differing = fields::differing((before, old), (after, new)).into_iter();
    differing.filter(|change| change.field != Compared::Reference && change.is_more_than_typography()).collect()
}

/// The versions of a side by their reference, however it is written.
fn by_reference(side: Side<'_>) -> BTreeMap<String, Vec<&Version>> {
    let mut found: BTreeMap<String, Vec<&Version>> = BTreeMap::new();
    for version in side.project.into_iter().flat_map(|project| &project.versions) {
        found.entry(plain_reference(&version.reference)).or_default().push(version);
    }
    found
}

fn source<'a>(side: Side<'a>, version: &Version) -> Option<&'a Source> {
    side.sources.get(version.place.source)
}

impl VersionChange {
    fn new(version: &Version, change: Change) -> Self {
        Self {
            reference: version.reference.clone(),
            stem: crate::register::stem_of(&version.reference).to_owned(),
            title: version.title.clone(),
            organisation: version.organisation.clone(),
            term: version.term,
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

    /// How far apart two versions are, for finding those that go together.
    fn weight_of_difference(&self) -> usize {
        let fields = match &self.change {
            Change::Amended(fields) => 100 * fields.len(),
            Change::TypographyOnly(fields) => fields.len(),
            _ => 0,
        };
        fields + 10 * (self.files.added.len() + self.files.removed.len() + self.files.altered.len())
    }

    /// Whether all that was amended is a part of changes that many entries share.
    pub fn is_shared_only(&self) -> bool {
        let fields = self.amended();
        !fields.is_empty() && fields.iter().all(|field| field.shared.is_some()) && self.files.altered.is_empty()
    }
}

/// How two versions of the same reference differ, if they do.
fn difference(
    (old, before): (&Version, Option<&Source>),
    (new, after): (&Version, Option<&Source>),
) -> Option<VersionChange> {
    let (before, after) = (before?, after?);
    let files = files::compare((&old.releases, before), (&new.releases, after));
    let change = match (old.listing, new.listing) {
        (Listing::Entry, Listing::RowsOnly) if !after.lacks("agreements") => Change::EntryRemoved,
        (Listing::RowsOnly, Listing::Entry) if !before.lacks("agreements") => Change::EntryAdded,
        _ => {
            let differing = fields::differing((old, before), (new, after));
            let (amended, typography): (Vec<_>, Vec<_>) =
                differing.into_iter().partition(FieldChange::is_more_than_typography);
            match (amended.is_empty(), typography.is_empty()) {
                (false, _) => Change::Amended(amended),
                (true, false) => Change::TypographyOnly(typography),
                (true, true) if files.is_empty() => return None,
                (true, true) => Change::FilesOnly,
            }
        }
    };
    let named = if new.listing == Listing::Entry { new } else { old };
    Some(VersionChange {
        files,
        before: Some(old.place.clone()),
        after: Some(new.place.clone()),
        ..VersionChange::new(named, change)
    })
}

#[cfg(test)]
mod tests;
