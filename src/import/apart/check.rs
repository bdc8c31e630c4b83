//! Checking what the process that read a file says to have read: it may be anything.

use super::super::join::{places_of_page, places_of_version};
use super::super::part::Part;
use super::messages::Head;
use crate::register::{Dataset, Place, Project, Register, Release, Sharing, Version};

/// The most memory that what was read of one file may take. The register of September 2026 takes about 140 MB.
const MOST_MEMORY: usize = 2 << 30;

/// What was read of a file, as far as it has come.
#[derive(Default)]
pub(super) struct Checked {
    part: Option<Part>,
    values: Sharing,
    memory: usize,
}

impl Checked {
    pub(super) fn head(&mut self, head: Head) -> Result<(), &'static str> {
        let Head { layout, title, mut pages, notes, remarks, said, lacks } = head;
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
        self.part = Some(Part { layout, register, remarks, notes: said, lacks });
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
        self.values.project(&mut project);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::{Layout, Page};

    fn head() -> Head {
        let page = Page { source: 0, organisation: String::new(), files: None, flags: Vec::new() };
        Head { layout: Some(Layout::Page2025), pages: vec![page], ..Head::default() }
    }

    fn version() -> Version {
        Version::new("NIC-1-v1", "A trust", Place::line(0, 1))
    }

    /// What is said of a project with one version.
    fn said(version: Version) -> Result<(), &'static str> {
        let mut checked = Checked::default();
        checked.head(head()).unwrap();
        checked.project(Project { reference: "NIC-1".to_owned(), versions: vec![version] })
    }

    #[test]
    fn what_points_elsewhere_is_refused() {
        assert_eq!(said(version()), Ok(()));
        assert!(said(Version { page: Some(0), ..version() }).is_ok());
        assert!(said(Version { page: Some(1), ..version() }).is_err());
        assert!(said(Version { place: Place::line(1, 1), ..version() }).is_err());
        let dataset = Dataset { place: Some(Place::line(7, 1)), ..Dataset::default() };
        assert!(said(Version { datasets: vec![dataset], ..version() }).is_err());
        let mut pages = head();
        pages.pages[0].files = Some((1, Place::line(1, 1)));
        assert!(Checked::default().head(pages).is_err());
        assert!(Checked::default().head(Head { layout: None, ..head() }).is_err());
    }

    #[test]
    fn what_comes_in_another_order_is_refused() {
        let project = Project { reference: "NIC-1".to_owned(), versions: vec![version()] };
        assert!(Checked::default().project(project.clone()).is_err());
        assert!(Checked::default().finish().is_err());
        let mut checked = Checked::default();
        checked.head(head()).unwrap();
        assert!(checked.head(head()).is_err());
        assert!(checked.project(Project { versions: Vec::new(), ..project.clone() }).is_err());
        checked.project(project).unwrap();
        assert_eq!(checked.finish().unwrap().register.projects.len(), 1);
    }

    #[test]
    fn more_than_a_register_holds_is_refused() {
        let mut checked = Checked::default();
        checked.head(head()).unwrap();
        let versions: Vec<Version> =
            (0..1000).map(|_| Version { access: vec![String::new(); 40], ..version() }).collect();
        let project = Project { reference: "NIC-1".to_owned(), versions };
        let refused = (0..2000).find(|_| {
            let refused = checked.project(project.clone()).is_err();
            // Only the sum counts here.
            if let Some(part) = &mut checked.part {
                part.register.projects.clear();
            }
            refused
        });
        assert!(refused.is_some());
    }
}
