//! The JSON of `outflow show --history`.

use serde::Serialize;

use crate::changes::{Change, FieldChange, VersionChange, between_versions};
use crate::index::{Header, Record};
use crate::library::{History, HistoryStep};
use crate::register::{Date, Release};
use crate::report::changes::row;
use crate::report::history::version_pairs;

/// What became of a project: from edition to edition, and from version to version. Both oldest first.
#[derive(Debug, Serialize)]
pub(super) struct HistoryReport {
    reference: String,
    /// The edition whose versions are compared.
    edition: String,
    editions: Vec<EditionReport>,
    versions: Vec<PairReport>,
}

/// What an edition says of the project, beside the edition before it.
#[derive(Debug, Serialize)]
struct EditionReport {
    edition: String,
    date: Option<Date>,
    step: &'static str,
    /// How many versions it lists, where the edition before did not list the project.
    versions: Option<usize>,
    /// What became of the versions, where that is anything.
    changes: Option<Vec<ChangeReport>>,
}

/// What became of one version.
#[derive(Debug, Serialize)]
struct ChangeReport {
    reference: String,
    title: Option<String>,
    #[serde(serialize_with = "crate::report::absent_if_empty")]
    organisation: String,
    change: &'static str,
    fields: Vec<FieldReport>,
    /// Rows of files, as published.
    files_added: Vec<String>,
    files_removed: Vec<String>,
}

/// What a version changed that came after another.
#[derive(Debug, Serialize)]
struct PairReport {
    from: String,
    to: String,
    fields: Vec<FieldReport>,
}

/// A field on both sides; `files` is a row of a file with another value.
#[derive(Debug, Serialize)]
struct FieldReport {
    field: &'static str,
    before: Option<String>,
    after: Option<String>,
}

impl HistoryReport {
    pub(super) fn new(header: &Header, record: &Record, history: &History) -> Self {
        let editions = history.editions.iter().map(|edition| {
            let (step, versions, changes) = match &edition.step {
                HistoryStep::Absent => ("absent", None, None),
                HistoryStep::First(versions) => ("first", Some(*versions), None),
                HistoryStep::Back(versions) => ("back", Some(*versions), None),
                HistoryStep::Same => ("same", None, None),
                HistoryStep::Gone => ("gone", None, None),
                HistoryStep::NoPage => ("no-page", None, None),
                HistoryStep::OutsidePeriod => ("outside-period", None, None),
                HistoryStep::Undated(versions) => ("undated", *versions, None),
                HistoryStep::Changed(changes) => {
                    ("changed", None, Some(changes.iter().map(ChangeReport::new).collect()))
                }
            };
            EditionReport { edition: edition.slug.clone(), date: edition.date, step, versions, changes }
        });
        let versions = version_pairs(&record.project).into_iter().map(|(before, after)| {
            let sources = header.sources.get(before.place.source).zip(header.sources.get(after.place.source));
            let changes = sources.map(|(old, new)| between_versions((before, old), (after, new))).unwrap_or_default();
            PairReport {
                from: before.reference.clone(),
                to: after.reference.clone(),
                fields: changes.iter().map(FieldReport::new).collect(),
            }
        });
        Self {
            reference: record.project.reference.clone(),
            edition: header.edition.slug.clone(),
            editions: editions.collect(),
            versions: versions.collect(),
        }
    }
}

impl ChangeReport {
    fn new(change: &VersionChange) -> Self {
        let (kind, fields) = match &change.change {
            Change::Added => ("added", &[][..]),
            Change::Withdrawn => ("withdrawn", &[][..]),
            Change::EntryAdded => ("entry-added", &[][..]),
            Change::EntryRemoved => ("entry-removed", &[][..]),
            Change::Recounted { .. } => ("recounted", &[][..]),
            Change::Amended(fields) => ("amended", fields.as_slice()),
            Change::TypographyOnly(fields) => ("typography-only", fields.as_slice()),
            Change::FilesOnly => ("files-only", &[][..]),
        };
        let altered = change.files.altered.iter().map(|pair| FieldReport {
            field: "files",
            before: Some(row(&pair.before)),
            after: Some(row(&pair.after)),
        });
        let rows = |releases: &[Release]| releases.iter().map(row).collect();
        Self {
            reference: change.reference.clone(),
            title: change.title.clone(),
            organisation: change.organisation.clone(),
            change: kind,
            fields: fields.iter().map(FieldReport::new).chain(altered).collect(),
            files_added: rows(&change.files.added),
            // What left whole took its files along.
            files_removed: if change.change == Change::Withdrawn { Vec::new() } else { rows(&change.files.removed) },
        }
    }
}

impl FieldReport {
    fn new(change: &FieldChange) -> Self {
        Self { field: change.field.key(), before: change.before.clone(), after: change.after.clone() }
    }
}
