//! The order in which versions stand in an index: the latest one of every project first, in the register's order, and behind
//! them all earlier ones. A search looks at the latest alone unless it is told otherwise, and so reads a beginning of each
//! posting, which is a third of it.

use tantivy::DocId;
use tantivy::directory::{Directory, OwnedBytes};

use super::columns::rows_before;
use super::files::{damaged, map, write};
use super::{Index, IndexError, ProjectId};
use crate::register::{Project, Version};

/// The name of the file: the project of each version, and whether it is that project's latest.
pub(super) const DOCUMENTS: &str = "documents.column";

/// Bytes of an entry.
const ENTRY: usize = 4;

/// The bit of an entry of a version that is its project's latest.
const LATEST: u32 = 1;

/// Which version of which project each document is.
#[derive(Debug, Clone)]
pub(super) struct Documents {
    column: OwnedBytes,
    /// How many of them are latest versions.
    latest: usize,
}

/// A version, and where it stands in the register.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed<'a> {
    pub(super) project: &'a Project,
    pub(super) version: &'a Version,
    /// Which project, counted from 0.
    row: usize,
    /// Which version of it.
    at: usize,
}

/// The versions of projects in the order in which they stand in an index.
pub(super) fn in_order(projects: &[Project]) -> impl Iterator<Item = Placed<'_>> {
    let latest = projects.iter().enumerate().filter_map(|(row, project)| placed(row, project, project.latest_at()?));
    let earlier = projects.iter().enumerate().flat_map(|(row, project)| {
        let earlier = (0..project.versions.len()).filter(|at| project.latest_at() != Some(*at));
        earlier.filter_map(move |at| placed(row, project, at))
    });
    latest.chain(earlier)
}

fn placed(row: usize, project: &Project, at: usize) -> Option<Placed<'_>> {
    project.versions.get(at).map(|version| Placed { project, version, row, at })
}

/// The documents of the versions of each project.
pub(super) fn numbers(projects: &[Project]) -> Vec<Vec<u32>> {
    let mut numbers: Vec<Vec<u32>> = projects.iter().map(|project| vec![0; project.versions.len()]).collect();
    for (number, Placed { row, at, .. }) in (0..).zip(in_order(projects)) {
        numbers[row][at] = number;
    }
    numbers
}

impl Documents {
    pub(super) fn write(directory: &dyn Directory, projects: &[Project]) -> Result<(), IndexError> {
        let entry = |Placed { project, row, at, .. }: Placed<'_>| {
            let row = u32::try_from(row).unwrap_or(u32::MAX);
            (row << 1 | u32::from(project.latest_at() == Some(at))).to_le_bytes()
        };
        let column: Vec<u8> = in_order(projects).flat_map(entry).collect();
        write(directory, DOCUMENTS, &column)
    }

    pub(super) fn open(directory: &dyn Directory) -> Result<Self, IndexError> {
        let column = map(directory, DOCUMENTS)?;
        if !column.len().is_multiple_of(ENTRY) {
            return Err(damaged(DOCUMENTS, &"it is cut off"));
        }
        let latest = rows_before(column.len() / ENTRY, |document| entry(&column, document) & LATEST != 0);
        Ok(Self { column, latest })
    }

    /// How many versions there are.
    pub(super) fn len(&self) -> usize {
        self.column.len() / ENTRY
    }

    /// How many of them are the latest of their project: these are the first.
    pub(super) fn latest(&self) -> usize {
        self.latest
    }

    /// The project of a version.
    pub(super) fn project(&self, document: usize) -> ProjectId {
        ProjectId(entry(&self.column, document) >> 1)
    }

    /// The projects of the first so many versions.
    pub(super) fn projects(&self, documents: usize) -> impl Iterator<Item = ProjectId> {
        let entries = self.column.as_chunks::<ENTRY>().0.iter().take(documents);
        entries.map(|entry| ProjectId(u32::from_le_bytes(*entry) >> 1))
    }

    /// The latest version of a project.
    pub(super) fn latest_of(&self, project: ProjectId) -> Option<usize> {
        let found = rows_before(self.latest, |document| self.project(document) < project);
        (found < self.latest && self.project(found) == project).then_some(found)
    }

    /// The first of the earlier versions of projects from one on.
    fn earlier_from(&self, project: ProjectId) -> usize {
        self.latest + rows_before(self.len() - self.latest, |row| self.project(self.latest + row) < project)
    }
}

impl Index {
    /// The place of a project's version among the documents, by its place in the project, where the latest is told.
    pub(super) fn document_of(&self, id: ProjectId, at: usize, latest_at: Option<usize>) -> Option<usize> {
        let latest_at = latest_at?;
        if at == latest_at {
            return self.documents.latest_of(id);
        }
        Some(self.documents.earlier_from(id) + at - usize::from(at > latest_at))
    }

    /// The place of a document in its project, where the latest is told.
    pub(super) fn place_of(&self, document: DocId, latest_at: Option<usize>) -> Option<usize> {
        let (document, latest_at) = (document as usize, latest_at?);
        if document < self.documents.latest() {
            return Some(latest_at);
        }
        let at = document.checked_sub(self.documents.earlier_from(self.documents.project(document)))?;
        Some(at + usize::from(at >= latest_at))
    }
}

fn entry(column: &OwnedBytes, document: usize) -> u32 {
    let bytes = column.get(document * ENTRY..(document + 1) * ENTRY).and_then(|bytes| bytes.try_into().ok());
    u32::from_le_bytes(bytes.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::concerns::examine;
    use crate::register::{Listing, Place, Register};

    fn version(number: usize, at: usize) -> Version {
        let mut version = Version::new(&format!("NIC-{number}-v{at}"), "A trust", Place::row(0, "Agreements", 2));
        // The latest is not the last where that is named by rows alone.
        if at > 2 {
            version.listing = Listing::RowsOnly;
        }
        version
    }

    /// Projects of so many versions each.
    fn register(versions: &[usize]) -> Register {
        let project = |(number, count): (usize, &usize)| Project {
            reference: format!("NIC-{number}"),
            versions: (0..*count).map(|at| version(number, at)).collect(),
        };
        Register { projects: versions.iter().enumerate().map(project).collect(), ..Register::default() }
    }

    #[test]
    fn every_version_is_found_by_its_place_and_its_place_by_it() {
        for versions in [&[][..], &[1], &[3, 1, 2], &[0, 2, 0, 4, 1, 0]] {
            let register = register(versions);
            let index = Index::in_memory(&register, || examine(&register)).unwrap();
            let documents = &index.documents;
            assert_eq!(documents.len(), versions.iter().sum::<usize>());
            assert_eq!(documents.latest(), versions.iter().filter(|count| **count > 0).count());
            for (row, project) in (0_u32..).zip(&register.projects) {
                let (id, latest_at) = (ProjectId(row), project.latest_at());
                assert_eq!(documents.latest_of(id).is_some(), latest_at.is_some());
                for at in 0..project.versions.len() {
                    let document = index.document_of(id, at, latest_at).unwrap();
                    assert_eq!(documents.project(document), id);
                    assert_eq!(document < documents.latest(), latest_at == Some(at));
                    assert_eq!(index.place_of(u32::try_from(document).unwrap(), latest_at), Some(at));
                    let placed = in_order(&register.projects).nth(document).unwrap();
                    assert_eq!((placed.row, placed.at), (row as usize, at));
                }
            }
        }
    }
}
