//! The history of a project as lines that are read: what each edition changed, and what each version did.

use crate::changes::between_versions;
use crate::index::{Header, Record};
use crate::library::{History, HistoryStep};
use crate::register::{Listing, Project, Version, plain_reference};

use super::changes::{ChangeLine, LineKind, Row, counted, field_change, version_change};

/// What every edition in the library says of a project, oldest first.
pub fn history(history: &History) -> Vec<ChangeLine> {
    let mut lines = vec![ChangeLine::new(LineKind::Heading, 0, "Through the editions in the library")];
    if history.editions.is_empty() {
        lines.push(ChangeLine::new(LineKind::Quiet, 1, "no edition of this register is in the library"));
    }
    for edition in &history.editions {
        let said = match &edition.step {
            HistoryStep::Absent => "not listed".to_owned(),
            HistoryStep::First(versions) => format!("listed, with {}", counted(*versions, "version")),
            HistoryStep::Back(versions) => format!("listed again, with {}", counted(*versions, "version")),
            HistoryStep::Same => "unchanged".to_owned(),
            HistoryStep::Gone => "no longer listed".to_owned(),
            HistoryStep::NoPage => "the page of its organisation is not in this edition".to_owned(),
            HistoryStep::OutsidePeriod => "no file in this period, which is all that the edition lists".to_owned(),
            HistoryStep::Undated(None) => "not listed; the edition's month is not known".to_owned(),
            HistoryStep::Undated(Some(versions)) => {
                format!("listed, with {}; the edition's month is not known", counted(*versions, "version"))
            }
            HistoryStep::Changed(changes) => format!("{} changed", counted(changes.len(), "version")),
        };
        lines.push(ChangeLine::new(LineKind::Name, 1, format!("{}  {said}", edition.slug)));
        if let HistoryStep::Changed(changes) = &edition.step {
            let told = changes.iter().flat_map(version_change);
            lines.extend(told.map(|line| ChangeLine { depth: line.depth + 2, ..line }));
        }
    }
    lines
}

/// What each version of a project changed, newest first: the short fields, then the sections word by word.
pub fn versions(header: &Header, record: &Record) -> Vec<ChangeLine> {
    let mut lines = vec![ChangeLine::new(LineKind::Heading, 0, "From version to version")];
    let pairs = version_pairs(&record.project);
    if pairs.is_empty() {
        let listed = if record.project.versions.len() < 2 {
            "this edition lists one version only"
        } else {
            "this edition has the entries of no two versions"
        };
        lines.push(ChangeLine::new(LineKind::Quiet, 1, listed));
    }
    for (before, after) in pairs.into_iter().rev() {
        let named = ChangeLine::new(LineKind::Name, 1, format!("{} to {}", before.reference, after.reference));
        lines.push(named.in_rows(vec![Row::of(&before.reference, &after.reference)]));
        let sources = header.sources.get(before.place.source).zip(header.sources.get(after.place.source));
        let changes = sources.map(|(old, new)| between_versions((before, old), (after, new))).unwrap_or_default();
        if changes.is_empty() {
            lines.push(ChangeLine::new(LineKind::Quiet, 2, "no difference but, at most, in typography"));
        }
        lines.extend(changes.iter().flat_map(|change| field_change(change, 2)));
    }
    lines
}

/// The versions of a project that follow each other, oldest first. One that only rows name has no entry that could be compared,
/// and of several entries of one reference the last is taken.
pub fn version_pairs(project: &Project) -> Vec<(&Version, &Version)> {
    let mut entries: Vec<&Version> = Vec::new();
    for version in project.versions.iter().filter(|version| version.listing == Listing::Entry) {
        let plain = plain_reference(&version.reference);
        entries.retain(|known| plain_reference(&known.reference) != plain);
        entries.push(version);
    }
    entries.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?))).collect()
}
