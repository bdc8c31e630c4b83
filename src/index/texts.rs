//! The sections and names of every version as flat text: a list of results reads its snippets here, where a record would have
//! to be read whole. A text that a version repeats from the one before it stands once.

use std::io::{self, Write};
use std::path::Path;

use tantivy::directory::{Directory, OwnedBytes, TerminatingWrite};

use super::documents::numbers;
use super::files::{damaged, map, number};
use super::{Index, IndexError, ProjectId, Record, SearchField};
use crate::register::{Project, Register, Section, Statement, Version};

/// The name of the file: the texts, where each begins and ends, and how many versions there are.
pub(super) const TEXTS: &str = "texts.table";

/// Bytes of a number.
const NUMBER: usize = 8;

/// Bytes of an entry: where a text begins and ends.
const ENTRY: usize = 2 * NUMBER;

/// What is kept of a version, in this order: names stand in one text, with [`BETWEEN`] them.
const PARTS: [SearchField; 8] = [
    SearchField::Section(Section::Objectives),
    SearchField::Section(Section::Processing),
    SearchField::Section(Section::Outputs),
    SearchField::Section(Section::ExpectedBenefits),
    SearchField::Section(Section::YieldedBenefits),
    SearchField::Dataset,
    SearchField::Controller,
    SearchField::LegalBasis,
];

/// What stands between names: a control character, which a name that is shown does not hold.
const BETWEEN: char = '\u{1F}';

/// Where a text begins that is not there.
const ABSENT: u64 = u64::MAX;

/// The sections of all versions, mapped.
#[derive(Debug, Clone)]
pub(super) struct Texts {
    bytes: OwnedBytes,
    versions: usize,
    /// Where the entries begin.
    entries: usize,
}

impl Texts {
    pub(super) fn write(directory: &dyn Directory, register: &Register) -> Result<(), IndexError> {
        let failed = |source: io::Error| IndexError::Write { file: TEXTS.to_owned(), source };
        let opened = directory.open_write(Path::new(TEXTS));
        let mut file = opened.map_err(|error| failed(io::Error::other(error.to_string())))?;
        let numbers = numbers(&register.projects);
        let versions = numbers.iter().map(Vec::len).sum();
        let mut places = vec![[[ABSENT, 0]; PARTS.len()]; versions];
        let mut at = 0_u64;
        for (project, numbers) in register.projects.iter().zip(&numbers) {
            let mut before: [Option<(String, u64)>; PARTS.len()] = Default::default();
            for (version, number) in project.versions.iter().zip(numbers) {
                let places = &mut places[*number as usize];
                for ((part, before), place) in PARTS.into_iter().zip(&mut before).zip(places) {
                    let Some(text) = text_of(version, part) else { continue };
                    let start = match before {
                        Some((same, start)) if *same == text => *start,
                        _ => {
                            file.write_all(text.as_bytes()).map_err(failed)?;
                            at += text.len() as u64;
                            at - text.len() as u64
                        }
                    };
                    *place = [start, start + text.len() as u64];
                    *before = Some((text, start));
                }
            }
        }
        let entries: Vec<u8> = places.into_iter().flatten().flatten().flat_map(u64::to_le_bytes).collect();
        file.write_all(&entries).map_err(failed)?;
        file.write_all(&(versions as u64).to_le_bytes()).map_err(failed)?;
        file.terminate().map_err(failed)
    }

    /// Opens the texts, and sees that they are whole.
    pub(super) fn open(directory: &dyn Directory) -> Result<Self, IndexError> {
        let cut_off = || damaged(TEXTS, &"it is cut off");
        let bytes = map(directory, TEXTS)?;
        let end = bytes.len().checked_sub(NUMBER).ok_or_else(cut_off)?;
        let versions = number(&bytes, end).ok_or_else(cut_off)?;
        let taken = versions.checked_mul(ENTRY * PARTS.len());
        let entries = taken.and_then(|taken| end.checked_sub(taken)).ok_or_else(cut_off)?;
        Ok(Self { bytes, versions, entries })
    }

    /// How many versions it holds.
    pub(super) fn len(&self) -> usize {
        self.versions
    }

    /// The text of a version's section, if it is published.
    pub(super) fn get(&self, document: usize, section: Section) -> Result<Option<&str>, IndexError> {
        self.part(document, SearchField::Section(section))
    }

    /// The names that a version has in a field.
    pub(super) fn names(&self, document: usize, field: SearchField) -> Result<impl Iterator<Item = &str>, IndexError> {
        let text = self.part(document, field)?;
        Ok(text.into_iter().flat_map(|text| text.split(BETWEEN)))
    }

    /// Reads all texts of a version, and sees that they are text and end before the places begin.
    pub(super) fn examine(&self, document: usize) -> Result<(), IndexError> {
        for (place, part) in PARTS.into_iter().enumerate() {
            if self.part(document, part)?.is_none() {
                continue;
            }
            let end = number(&self.bytes, self.entries + (document * PARTS.len() + place) * ENTRY + NUMBER);
            if end.is_none_or(|end| end > self.entries) {
                return Err(damaged(TEXTS, &format!("entry {document} ends behind all texts")));
            }
        }
        Ok(())
    }

    fn part(&self, document: usize, part: SearchField) -> Result<Option<&str>, IndexError> {
        let Some(place) = PARTS.iter().position(|known| *known == part) else { return Ok(None) };
        let at = self.entries + (document * PARTS.len() + place) * ENTRY;
        let broken = || damaged(TEXTS, &format!("it has no entry {document}"));
        if document >= self.versions {
            return Err(broken());
        }
        if self.bytes.get(at..at + NUMBER) == Some(&ABSENT.to_le_bytes()[..]) {
            return Ok(None);
        }
        let range = number(&self.bytes, at).zip(number(&self.bytes, at + NUMBER));
        let bytes = range.and_then(|(start, end)| self.bytes.get(start..end.min(self.entries)));
        let text = bytes.ok_or_else(broken)?;
        simdutf8::basic::from_utf8(text).map(Some).map_err(|error| damaged(TEXTS, &error))
    }
}

/// What is kept of a version in a field, if anything is published there.
fn text_of(version: &Version, part: SearchField) -> Option<String> {
    let names: Vec<&str> = match part {
        SearchField::Section(section) => return version.section(section),
        SearchField::Dataset => version.datasets.iter().map(|dataset| dataset.name.as_str()).collect(),
        SearchField::Controller => version.controllers.iter().map(String::as_str).collect(),
        SearchField::LegalBasis => version.legal_bases.iter().map(String::as_str).collect(),
        SearchField::Title | SearchField::Organisation | SearchField::Reference => Vec::new(),
    };
    (!names.is_empty()).then(|| names.join(&BETWEEN.to_string()))
}

/// A project as its record holds it: a text that stands in the texts stands there alone.
pub(super) fn without_texts(project: &Project) -> Project {
    let mut project = project.clone();
    for version in &mut project.versions {
        // Several statements are joined there, and can be told apart only where they stand by themselves.
        let [statement] = version.statements.as_mut_slice() else { continue };
        for section in Section::ALL {
            if statement.sections.get(section).is_some() {
                statement.sections.set(section, Some(String::new()));
            }
        }
    }
    project
}

impl Index {
    /// A project as it was read, with what its own edition alone says of it.
    pub(super) fn stored(&self, id: ProjectId) -> Result<Record, IndexError> {
        let mut record: Record = self.records.get(id.0 as usize)?;
        let latest_at = record.project.latest_at();
        for (at, version) in record.project.versions.iter_mut().enumerate() {
            let document = self.document_of(id, at, latest_at);
            if let (Some(document), [statement]) = (document, version.statements.as_mut_slice()) {
                self.put_texts(document, statement)?;
            }
        }
        Ok(record)
    }

    fn put_texts(&self, document: usize, statement: &mut Statement) -> Result<(), IndexError> {
        for section in Section::ALL {
            if statement.sections.get(section).is_some() {
                statement.sections.set(section, self.texts.get(document, section)?.map(str::to_owned));
            }
        }
        Ok(())
    }
}
