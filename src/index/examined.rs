//! Reading an index whole, to see that nothing of it is damaged: what a search reads of it where it is asked for is read here all
//! at once.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use tantivy::directory::ManagedDirectory;

use super::files::{Published, damaged};
use super::{CONCERNS, FINGERPRINTS, Index, IndexError, ProjectId, RECORDS, REFERENCES, ROWS, WORDINGS};
use super::{bits_at, build, documents};
use crate::changes::ProjectFingerprint;

/// Endings of the files that carry a sum of their own: those of postings.
const WITH_SUMS: [&str; 6] = ["idx", "pos", "term", "fieldnorm", "fast", "store"];

/// What was read of an index, and what is wrong with it.
#[derive(Debug, Default)]
pub struct Examined {
    /// Versions of projects.
    pub versions: usize,
    /// What the rules found in all projects.
    pub concerns: usize,
    /// What is wrong, a file once.
    pub faults: BTreeMap<String, String>,
}

impl Examined {
    /// Notes what is wrong with a file, unless something was found before.
    fn note(&mut self, read: Result<(), IndexError>) {
        let Err(error) = read else { return };
        let (file, message) = match error {
            IndexError::Damaged { file, message } | IndexError::Missing { file, message } => (file, message),
            error => (error.file().unwrap_or_default(), error.to_string()),
        };
        self.faults.entry(file).or_insert(message);
    }
}

/// The files of postings in a folder that do not have the sum that they carry, or of which it cannot be read.
///
/// # Errors
/// Where the folder cannot be read, or tantivy's list of its files.
pub fn differing(folder: &Path) -> Result<BTreeMap<String, String>, IndexError> {
    // tantivy's own look at all files passes over those that the list of its files does not name; so each is looked at by itself.
    let directory = ManagedDirectory::wrap(Box::new(Published::open(folder)?))?;
    let mut wrong = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !name.rsplit_once('.').is_some_and(|(_, ending)| WITH_SUMS.contains(&ending)) {
            continue;
        }
        match directory.validate_checksum(Path::new(&name)) {
            Ok(true) => {}
            Ok(false) => drop(wrong.insert(name, "its bytes are not those that were written".to_owned())),
            Err(error) => drop(wrong.insert(name, error.to_string())),
        }
    }
    Ok(wrong)
}

impl Index {
    /// Reads all of it, and sees that its parts belong together; tells how many projects were read.
    pub fn examine_whole(&self, tell: &mut dyn FnMut(usize)) -> Examined {
        let mut examined = Examined::default();
        self.examine_projects(&mut examined, tell);
        examined.note(self.examine_documents(examined.versions));
        examined.note(self.examine_names());
        examined.note(self.examine_groups());
        examined.note(self.values.examine());
        examined.note(self.classes.examine());
        examined.note(self.spellings.examine());
        examined.note(self.beginnings.examine());
        examined.note(self.organisations().map(drop));
        examined.note(self.datasets().map(drop));
        if self.header.counts.versions != examined.versions {
            examined.note(Err(apart(super::HEADER)));
        }
        examined
    }

    fn examine_projects(&self, examined: &mut Examined, tell: &mut dyn FnMut(usize)) {
        for row in 0..self.len() {
            tell(row);
            let id = ProjectId(u32::try_from(row).unwrap_or(u32::MAX));
            if let Err(error) = self.examine_project(id, examined) {
                examined.note(Err(error));
            }
        }
        for document in 0..self.documents.len() {
            examined.note(self.texts.examine(document));
        }
    }

    fn examine_project(&self, id: ProjectId, examined: &mut Examined) -> Result<(), IndexError> {
        let record = self.stored(id)?;
        let (project, findings) = (&record.project, &record.findings);
        examined.versions += project.versions.len();
        examined.concerns += findings.concerns.len();
        let row: super::Row = self.rows.get(id.0 as usize)?;
        let latest = project.latest();
        let is_its_own = row.reference == project.reference
            && row.title == latest.and_then(|version| version.title.clone())
            && row.organisation == latest.map(|version| version.organisation.clone()).unwrap_or_default();
        if !is_its_own {
            return Err(apart(ROWS));
        }
        let latest_at = project.latest_at();
        for at in 0..project.versions.len() {
            let document = self.document_of(id, at, latest_at);
            if document.is_none_or(|document| self.documents.project(document) != id) {
                return Err(apart(documents::DOCUMENTS));
            }
        }
        if bits_at(&self.concerns, id) != build::bits(findings.concerns.iter().map(|concern| concern.rule)) {
            return Err(apart(CONCERNS));
        }
        if bits_at(&self.unsure, id) != build::bits(findings.cannot_tell.iter().map(|unknown| unknown.rule)) {
            return Err(apart(super::UNSURE));
        }
        Ok(())
    }

    fn examine_documents(&self, versions: usize) -> Result<(), IndexError> {
        let projects = self.documents.projects(self.documents.len());
        let all_known = projects.into_iter().all(|project| (project.0 as usize) < self.len());
        let latest = self.documents.latest();
        if all_known && latest <= self.len() && self.documents.len() == versions {
            return Ok(());
        }
        // Where records could not be read, there are fewer versions than documents.
        Err(apart(if self.documents.len() == versions { documents::DOCUMENTS } else { RECORDS }))
    }

    /// References and fingerprints name the projects in their order.
    fn examine_names(&self) -> Result<(), IndexError> {
        let references: super::References = self.kept.references.json()?;
        if !self.are_stems(references.stems()) {
            return Err(apart(REFERENCES));
        }
        let fingerprints: Vec<ProjectFingerprint> = self.kept.fingerprints.binary()?;
        if !self.are_stems(fingerprints.iter().map(|fingerprint| fingerprint.stem.as_str())) {
            return Err(apart(FINGERPRINTS));
        }
        Ok(())
    }

    fn are_stems<'a>(&self, mut stems: impl Iterator<Item = &'a str>) -> bool {
        let rows = (0..self.len()).map(|row| self.rows.get::<super::Row>(row));
        // A row that cannot be read is told of as such.
        let all = rows.into_iter().all(|row| {
            let stem = stems.next();
            row.map_or(stem.is_some(), |row| stem == Some(row.reference.as_str()))
        });
        all && stems.next().is_none()
    }

    fn examine_groups(&self) -> Result<(), IndexError> {
        if self.wording_groups()?.len() == self.len() { Ok(()) } else { Err(apart(WORDINGS)) }
    }
}

/// What is wrong with a file that can be read and says something else than those beside it.
pub(super) fn apart(file: &'static str) -> IndexError {
    damaged(file, &"it does not go with the other files")
}
