//! Checking what the process that read a file says to have read: it may be anything.

use super::super::join::{places_of_page, places_of_version};
use super::super::part::Part;
use super::messages::Head;
use crate::register::{Dataset, Place, Project, Register, Release, Version};

/// The most memory that what was read of one file may take. The register of September 2026 takes about 350 MB.
const MOST_MEMORY: usize = 2 << 30;

/// What was read of a file, as far as it has come.
#[derive(Default)]
pub(super) struct Checked {
    part: Option<Part>,
    memory: usize,
}

impl Checked {
    pub(super) fn head(&mut self, head: Head) -> Result<(), &'static str> {
        let Head { layout, title, mut pages, notes, remarks, said } = head;
        if self.part.is_some() {
            return Err("two beginnings");
        }
        let layout = layout.ok_or("a file without a layout")?;
        if pages.iter().any(|page| page.source != 0) || !notes.iter().all(|note| is_here(&note.place)) {
            return Err("a place in another file");
        }
        if !pages.iter_mut().flat_map(places_of_page).all(|place| is_here(place)) {
            return Err("a place in another file");
        }
        let mut register = Register { pages, notes, ..Register::default() };
        register.edition.title = title;
        self.part = Some(Part { layout, register, remarks, notes: said });
        Ok(())
    }

    pub(super) fn project(&mut self, mut project: Project) -> Result<(), &'static str> {
        let register = &mut self.part.as_mut().ok_or("a project before the beginning")?.register;
        if project.versions.is_empty() {
            return Err("a project without a version");
        }
        for version in &mut project.versions {
            if version.page.is_some_and(|page| page >= register.pages.len()) {
                return Err("a page that is not there");
            }
            if !places_of_version(version).all(|place| is_here(place)) {
                return Err("a place in another file");
            }
            self.memory += memory_of(version);
        }
        if self.memory > MOST_MEMORY {
            return Err("more than a register holds");
        }
        register.projects.push(project);
        Ok(())
    }

    pub(super) fn finish(self) -> Result<Part, &'static str> {
        self.part.ok_or("an end without a beginning")
    }
}

fn is_here(place: &Place) -> bool {
    place.source == 0
}

/// About how much memory a version takes beside its texts, which are bounded by the message that they came in.
fn memory_of(version: &Version) -> usize {
    let texts = version.controllers.len()
        + version.legal_bases.len()
        + version.sensitivity.len()
        + version.types_of_data.len()
        + version.access.len()
        + version.minutes.len()
        + version.amendments.len()
        + version.places.len()
        + version.statements.len();
    size_of::<Version>()
        + version.datasets.len() * size_of::<Dataset>()
        + version.releases.len() * size_of::<Release>()
        + texts * 64
}
