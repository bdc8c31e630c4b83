//! Joining what was read of several files into one edition.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::register::{Layout, Page, Place, Project, Register, Source, Version};

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
}

impl Joining {
    /// Adds what was read of a file, which becomes the next source.
    pub(super) fn add(&mut self, file: &str, sha256: String, part: Part) {
        let source = self.register.sources.len();
        let pages = self.register.pages.len();
        let Part { layout, register, remarks, notes } = part;
        let date = edition::month_of(layout, file, register.edition.title.as_deref());
        self.register.sources.push(Source { file: file.to_owned(), sha256, layout, date });
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
        for mut project in register.projects {
            for version in &mut project.versions {
                places_of_version(version).for_each(|place| place.source = source);
                version.page = version.page.map(|page| page + pages);
                references.push(version.reference.clone());
            }
            self.project(file, project);
        }
        self.versions.extend(references);
    }

    /// The edition, whole.
    pub(super) fn finish(mut self) -> (Register, Report) {
        for at in self.shared {
            // Stable: of equal numbers the earlier file's comes first.
            self.register.projects[at].versions.sort_by(|one, two| one.number.cmp(&two.number));
        }
        (self.register, self.report)
    }

    /// A workbook's title is the edition's before any page's.
    fn title(&mut self, layout: Layout, title: Option<String>) {
        let slot = &mut self.register.edition.title;
        *slot = if layout == Layout::Page2025 { slot.take().or(title) } else { title.or(slot.take()) };
    }

    fn project(&mut self, file: &str, project: Project) {
        let Some(&at) = self.projects.get(&project.reference) else {
            self.projects.insert(project.reference.clone(), self.register.projects.len());
            self.register.projects.push(project);
            return;
        };
        for version in &project.versions {
            if self.versions.contains(&version.reference) {
                self.report.warnings.push(Warning {
                    file: file.to_owned(),
                    place: Some(version.place.position.to_string()),
                    message: format!("{} stands in the edition more than once; both are kept", version.reference),
                });
            }
        }
        self.shared.insert(at);
        self.register.projects[at].versions.extend(project.versions);
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
