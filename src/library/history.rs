//! The history of one project: what every edition of the register in the library says of it, month by month.

use crate::changes::{Change, Side, VersionChange, compare};
use crate::index::{Index, Record};
use crate::register::{Date, Layout, Source};
use crate::text::fold;

use super::comparison::{Publication, publication};
use super::{Library, LibraryError};

/// What became of a project from edition to edition, oldest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    /// The editions, each with what it changed.
    pub editions: Vec<InEdition>,
}

/// One edition in a project's history.
#[derive(Debug, Clone, PartialEq)]
pub struct InEdition {
    /// The edition's name.
    pub slug: String,
    /// Its month.
    pub date: Option<Date>,
    /// What it says of the project.
    pub step: Step,
}

/// What an edition says of a project, beside the edition before it.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// It does not list it.
    Absent,
    /// It is the first in the library that lists it, with so many versions.
    First(usize),
    /// It lists it again after an edition that did not.
    Back(usize),
    /// It says the same as the edition before.
    Same,
    /// What it changed.
    Changed(Vec<VersionChange>),
    /// It no longer lists it.
    Gone,
    /// It is of pages, and that of the project's organisation is not among them.
    NoPage,
    /// It lists one period only, in which the project had no file.
    OutsidePeriod,
    /// The edition has no month; it lists so many versions of it, or none.
    Undated(Option<usize>),
}

impl Library {
    /// The history of the project of a stem reference over the editions that were published as this one was. Those that cannot be opened are
    /// left out.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn history(&self, index: &Index, reference: &str) -> Result<History, LibraryError> {
        let kind = publication(index.header().sources.iter().map(|source| source.layout));
        let mut listed = self.editions()?;
        listed.retain(|edition| {
            let manifest = edition.manifest.as_ref();
            manifest.is_ok_and(|manifest| publication(manifest.sources.iter().map(|source| source.layout)) == kind)
        });
        // Of an edition without a month nothing says where it belongs: it comes last, and is compared with none.
        listed.sort_by_key(|edition| (edition.date().is_none(), edition.date(), edition.slug.clone()));
        let mut history = History::default();
        let mut before: Option<(Record, Index)> = None;
        let mut was_listed = false;
        for edition in listed {
            let Ok(opened) = self.open(Some(&edition.slug)) else { continue };
            let record = opened.index.stem(reference)?;
            if edition.date().is_none() {
                let versions = record.map(|record| record.project.versions.len());
                history.editions.push(InEdition { date: None, slug: edition.slug, step: Step::Undated(versions) });
                continue;
            }
            if record.is_none() && is_silent(&opened.index, index, reference)? {
                let step = if kind == Some(Publication::ReleaseRegister) { Step::OutsidePeriod } else { Step::NoPage };
                history.editions.push(InEdition { date: edition.date(), slug: edition.slug, step });
                continue;
            }
            let step = step(before.as_ref(), record.as_ref().map(|record| (record, &opened.index)), was_listed);
            was_listed |= record.is_some();
            before = record.map(|record| (record, opened.index));
            history.editions.push(InEdition { date: edition.date(), slug: edition.slug, step });
        }
        Ok(history)
    }
}

/// Whether it says nothing of a project that an edition does not list it: it lists one period only, or it is of pages, and
/// that of the project's organisation was not saved for it.
fn is_silent(edition: &Index, index: &Index, reference: &str) -> Result<bool, LibraryError> {
    let header = edition.header();
    if header.sources.iter().any(|source| source.layout == Layout::ReleaseRegister) {
        return Ok(true);
    }
    if !header.sources.iter().all(|source| source.layout.is_page()) {
        return Ok(false);
    }
    let record = index.stem(reference)?;
    let latest = record.as_ref().and_then(|record| record.project.latest());
    let is_of = |name: &str| latest.is_some_and(|version| fold(&version.organisation) == fold(name));
    Ok(!header.pages.iter().any(|page| is_of(&page.organisation)))
}

fn step(before: Option<&(Record, Index)>, after: Option<(&Record, &Index)>, was_listed: bool) -> Step {
    match (before, after) {
        (None, None) => Step::Absent,
        (Some(_), None) => Step::Gone,
        (None, Some((record, _))) if was_listed => Step::Back(record.project.versions.len()),
        (None, Some((record, _))) => Step::First(record.project.versions.len()),
        (Some((old, old_index)), Some((new, new_index))) => {
            let mut changes = compare(side(old, old_index), side(new, new_index));
            let is_of_period = |source: &Source| source.layout == Layout::ReleaseRegister;
            if new_index.header().sources.iter().any(is_of_period) {
                // A version that sent nothing in the period was not withdrawn.
                changes.retain(|change| change.change != Change::Withdrawn);
            }
            if changes.is_empty() { Step::Same } else { Step::Changed(changes) }
        }
    }
}

fn side<'a>(record: &'a Record, index: &'a Index) -> Side<'a> {
    Side { project: Some(&record.project), sources: &index.header().sources }
}
