//! Joining what was read of several files into one edition.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::register::{Layout, Page, Place, Project, Register, Source, Version};

use super::page::{COMPARED, conflicts_told, is_same};
use super::part::Part;
use super::{Report, Warning, edition};

/// An edition while files are added to it, in the order of its sources.
#[derive(Debug, Default)]
pub(super) struct Joining {
    /// The edition so far.
    pub(super) register: Register,
    /// What is said of the files so far.
    pub(super) report: Report,
    /// Where each project stands, by its reference.
    projects: HashMap<String, usize>,
    /// The references of all versions of the files before.
    versions: HashSet<String>,
    /// Projects that more than one file names.
    shared: BTreeSet<usize>,
    /// The first title of a page: the edition's where no workbook is among the files.
    page_title: Option<String>,
}

impl Joining {
    /// Adds what was read of a file, which becomes the next source.
    pub(super) fn add(&mut self, file: &str, sha256: String, part: Part) {
        let source = self.register.sources.len();
        let pages = self.register.pages.len();
        let Part { layout, register, remarks, notes, lacks } = part;
        let date = edition::month_of(layout, file, register.edition.title.as_deref());
        self.register.sources.push(Source { file: file.to_owned(), sha256, layout, date, lacks });
        self.report.warnings.extend(remarks.into_iter().map(|remark| Warning {
            file: file.to_owned(),
            place: remark.place,
            message: remark.message,
        }));
        self.report.notes.extend(notes.into_iter().map(|note| format!("{file}: {note}")));
        self.title(layout, register.edition.title);
        self.register.pages.extend(register.pages.into_iter().map(|mut page| {
            page.source = source;
            places_of_page(&mut page).for_each(|place| place.source = source);
            page
        }));
        self.register.notes.extend(register.notes.into_iter().map(|mut note| {
            note.place.source = source;
            note
        }));
        let mut references = Vec::new();
        let mut repeated = 0;
        for mut project in register.projects {
            for version in &mut project.versions {
                places_of_version(version).for_each(|place| place.source = source);
                version.page = version.page.map(|page| page + pages);
                references.push(version.reference.clone());
            }
            repeated += self.project(file, layout, project);
        }
        self.versions.extend(references);
        if repeated > 0 {
            let entries = if repeated == 1 { "1 entry".to_owned() } else { format!("{repeated} entries") };
            let note = format!("{file}: {entries} had been read word for word before, and each is kept once");
            self.report.notes.push(note);
        }
    }

    /// The edition, whole.
    pub(super) fn finish(mut self) -> (Register, Report) {
        for at in self.shared {
            let sources = &self.register.sources;
            let since = |version: &Version| sources.get(version.place.source).map(|source| source.layout.since());
            // What a later layout says is newer, whatever the number: pages from 2018 on print none. Stable: of equal
            // numbers the earlier file's comes first.
            let versions = &mut self.register.projects[at].versions;
            versions.sort_by(|one, two| (since(one), &one.number).cmp(&(since(two), &two.number)));
        }
        if self.register.sources.iter().all(|source| source.layout.is_page()) {
            self.register.edition.title = self.page_title;
        }
        (self.register, self.report)
    }

    /// A workbook's title is the edition's, and a page's only where there is no workbook, with a title or without.
    fn title(&mut self, layout: Layout, title: Option<String>) {
        if layout.is_page() {
            self.page_title = self.page_title.take().or(title);
        } else {
            let slot = &mut self.register.edition.title;
            *slot = title.or(slot.take());
        }
    }

    /// Adds a project; returns how many of its versions were there before, word for word.
    fn project(&mut self, file: &str, layout: Layout, project: Project) -> usize {
        let Some(&at) = self.projects.get(&project.reference) else {
            self.projects.insert(project.reference.clone(), self.register.projects.len());
            self.register.projects.push(project);
            return 0;
        };
        let mut repeated = 0;
        self.shared.insert(at);
        for version in project.versions {
            let known = &self.register.projects[at].versions;
            let others: Vec<&Version> = if self.versions.contains(&version.reference) {
                known.iter().filter(|other| other.reference == version.reference).take(COMPARED).collect()
            } else {
                Vec::new()
            };
            // Only of pages: rows of two periods are two files, though they may say the same.
            if layout.is_page() && others.iter().any(|other| is_same(other, &version)) {
                repeated += 1;
                continue;
            }
            let messages = if layout.is_page() {
                // The same agreement stands on the pages of several organisations, and of several years.
                let sources = &self.register.sources;
                let file_of = |other: &Version| sources.get(other.place.source).map(|source| source.file.clone());
                conflicts_told(&others, &version, &|other| file_of(other).unwrap_or_default())
            } else {
                let twice = || format!("{} stands in the edition more than once; both are kept", version.reference);
                others.first().map(|_| twice()).into_iter().collect()
            };
            let place = Some(version.place.position.to_string());
            let warning = |message| Warning { file: file.to_owned(), place: place.clone(), message };
            self.report.warnings.extend(messages.into_iter().map(warning));
            self.register.projects[at].versions.push(version);
        }
        repeated
    }
}

/// Every place that a page names.
pub(super) fn places_of_page(page: &mut Page) -> impl Iterator<Item = &mut Place> {
    let flags = page.flags.iter_mut().map(|flag| &mut flag.place);
    page.files.iter_mut().map(|(_, place)| place).chain(flags)
}

/// Every place that a version names.
pub(super) fn places_of_version(version: &mut Version) -> impl Iterator<Item = &mut Place> {
    let fields = version.places.iter_mut().map(|(_, place)| place);
    let datasets = version.datasets.iter_mut().filter_map(|dataset| dataset.place.as_mut());
    let releases = version.releases.iter_mut().map(|release| &mut release.place);
    let statements = version.statements.iter_mut().map(|statement| &mut statement.place);
    let amendments = version.amendments.iter_mut().map(|amendment| &mut amendment.place);
    std::iter::once(&mut version.place)
        .chain(fields)
        .chain(datasets)
        .chain(releases)
        .chain(statements)
        .chain(amendments)
}
