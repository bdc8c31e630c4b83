//! Reading an index whole, to see that nothing of it is damaged: what a search reads of it where it is asked for is read here all
//! at once.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::Path;

use tantivy::directory::ManagedDirectory;
use xxhash_rust::xxh3::xxh3_64;

use super::files::{Published, damaged};
use super::values::VALUES;
use super::{CONCERNS, FINGERPRINTS, Index, IndexError, ProjectId, RECORDS, REFERENCES, ROWS, WORDINGS};
use super::{SearchField, bits_at, documents, named, schema};
use crate::changes::ProjectFingerprint;
use crate::concerns::{Tallies, Tally};
use crate::register::Version;

/// Endings of the files that carry a sum of their own: those of postings.
const WITH_SUMS: [&str; 6] = ["idx", "pos", "term", "fieldnorm", "fast", "store"];

/// What was read of an index, and what is wrong with it.
#[derive(Debug, Default)]
pub struct Examined {
    /// Versions of projects.
    pub versions: usize,
    /// What the rules found in all projects, where what several projects have in common counts in each.
    pub findings: usize,
    /// The same, each once: as the edition's figures count it.
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

/// What the other files say of the versions that are being read.
#[derive(Debug, Default)]
struct Beside {
    /// Who applied for each version, as a hash: of a large edition the names would take much memory. Nothing where that cannot be read.
    applicants: Option<Vec<u64>>,
    /// The versions that name each dataset; nothing where that cannot be read.
    datasets: Option<HashMap<String, BTreeSet<u32>>>,
    /// What was found so far, counted as the edition's figures count it.
    found: Tallies,
}

impl Beside {
    fn read_organisations(&mut self, index: &Index) -> Result<(), IndexError> {
        let mut applicants = vec![0; index.documents.len()];
        for named in index.organisations()? {
            for version in &named.applied_for {
                // Which versions there are was looked at when they were read.
                applicants[version.0 as usize] = xxh3_64(named.name.as_bytes());
            }
        }
        self.applicants = Some(applicants);
        Ok(())
    }

    fn read_datasets(&mut self, index: &Index) -> Result<(), IndexError> {
        let mut datasets: HashMap<String, BTreeSet<u32>> = HashMap::new();
        for named in index.datasets()? {
            let versions = named.recipients.iter().flat_map(|recipient| &recipient.versions);
            datasets.entry(named.name).or_default().extend(versions.map(|version| version.0));
        }
        self.datasets = Some(datasets);
        Ok(())
    }

    /// Sees that who applied for a version, and each dataset that it names, are listed with it.
    fn check(&self, document: usize, version: &Version) -> Result<(), IndexError> {
        let applicant = self.applicants.as_ref().and_then(|applicants| applicants.get(document));
        if applicant.is_some_and(|applicant| *applicant != xxh3_64(version.organisation.as_bytes())) {
            return Err(apart(named::ORGANISATIONS));
        }
        let Some(datasets) = &self.datasets else { return Ok(()) };
        let number = u32::try_from(document).unwrap_or(u32::MAX);
        let is_listed = |name: &str| datasets.get(name).is_some_and(|versions| versions.contains(&number));
        if version.datasets.iter().all(|dataset| is_listed(&dataset.name)) {
            return Ok(());
        }
        Err(apart(named::DATASETS))
    }
}

impl Index {
    /// Reads all of it, and sees that its parts belong together; tells how many projects were read.
    pub fn examine_whole(&self, tell: &mut dyn FnMut(usize)) -> Examined {
        let mut examined = Examined::default();
        let counted = self.examine_projects(&mut examined, tell);
        examined.note(self.examine_documents(examined.versions));
        examined.note(self.examine_names());
        examined.note(self.examine_groups());
        examined.note(self.values.examine());
        examined.note(self.classes.examine());
        examined.note(self.spellings.examine());
        examined.note(self.beginnings.examine());
        examined.note(self.examine_words());
        // Where a record could not be read, what is in it was not counted.
        let is_read = examined.faults.is_empty();
        if is_read && (self.header.counts.versions != examined.versions || self.header.tallies != counted) {
            examined.note(Err(apart(super::HEADER)));
        }
        examined
    }

    /// Reads every project, and counts what was found in them.
    fn examine_projects(&self, examined: &mut Examined, tell: &mut dyn FnMut(usize)) -> Vec<Tally> {
        let mut beside = Beside::default();
        examined.note(beside.read_organisations(self));
        examined.note(beside.read_datasets(self));
        for row in 0..self.len() {
            tell(row);
            let id = ProjectId(u32::try_from(row).unwrap_or(u32::MAX));
            if let Err(error) = self.examine_project(id, examined, &mut beside) {
                examined.note(Err(error));
            }
        }
        for document in 0..self.documents.len() {
            examined.note(self.texts.examine(document));
        }
        let counted = beside.found.counted();
        examined.concerns = counted.iter().map(|tally| tally.findings).sum();
        counted
    }

    fn examine_project(&self, id: ProjectId, examined: &mut Examined, beside: &mut Beside) -> Result<(), IndexError> {
        let record = self.stored(id)?;
        let (project, findings) = (&record.project, &record.findings);
        examined.versions += project.versions.len();
        examined.findings += findings.concerns.len();
        beside.found.add(findings);
        let row: super::Row = self.rows.get(id.0 as usize)?;
        let latest = project.latest();
        let is_its_own = row.reference == project.reference
            && row.title == latest.and_then(|version| version.title.clone())
            && row.organisation == latest.map(|version| version.organisation.clone()).unwrap_or_default();
        if !is_its_own {
            return Err(apart(ROWS));
        }
        let latest_at = project.latest_at();
        for (at, version) in project.versions.iter().enumerate() {
            let document = self.document_of(id, at, latest_at);
            let document = document.filter(|document| self.documents.project(*document) == id);
            let document = document.ok_or_else(|| apart(documents::DOCUMENTS))?;
            beside.check(document, version)?;
        }
        if bits_at(&self.concerns, id) != super::bits(findings.concerns.iter().map(|concern| concern.rule)) {
            return Err(apart(CONCERNS));
        }
        if bits_at(&self.unsure, id) != super::bits(findings.cannot_tell.iter().map(|unknown| unknown.rule)) {
            return Err(apart(super::UNSURE));
        }
        if !self.values.has_weights_of(id, findings) {
            return Err(apart(VALUES));
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

    /// The words of the postings are those of which classes and spellings are kept.
    fn examine_words(&self) -> Result<(), IndexError> {
        let mut words = BTreeSet::new();
        for segment in self.searcher.segment_readers() {
            for field in SearchField::ALL {
                let inverted = segment.inverted_index(schema::field(field))?;
                let mut stream = inverted.terms().stream()?;
                while let Some((word, _)) = stream.next() {
                    let word = String::from_utf8_lossy(word);
                    if !words.contains(word.as_ref()) {
                        words.insert(word.into_owned());
                    }
                }
            }
        }
        self.spellings.examine_words(&words)?;
        self.classes.examine_words(words.len())
    }

    fn examine_groups(&self) -> Result<(), IndexError> {
        if self.wording_groups()?.len() == self.len() { Ok(()) } else { Err(apart(WORDINGS)) }
    }
}

/// What is wrong with a file that can be read and says something else than those beside it.
pub(super) fn apart(file: &'static str) -> IndexError {
    damaged(file, &"it does not go with the other files")
}
