//! Building: a register and its findings become an index, once.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::thread;

use tantivy::directory::error::DeleteError;
use tantivy::directory::{Directory, MmapDirectory, RamDirectory};
use tantivy::index::SegmentComponent;
use tantivy::indexer::merge_filtered_segments;
use tantivy::schema::{IndexRecordOption, TantivyDocument};
use tantivy::{Index as Tantivy, IndexSettings, Segment, SegmentReader};

use super::beginnings::Gathered;
use super::classes::Classes;
use super::documents::{self, Documents, Placed};
use super::files::{self, Table};
use super::marks::ProjectMarks;
use super::named::{self, Named};
use super::spellings::Spellings;
use super::texts::{self, Texts};
use super::values::Values;
use super::words::MANY;
use super::{Format, Header, Index, IndexError, References, Row, SearchField, schema};
use crate::changes::fingerprint;
use crate::concerns::{Concern, Examination, Findings, RuleId, Severity, tally};
use crate::register::{Counts, Facts, Layout, Project, Register, Section, Version};

/// Memory that tantivy may use while it begins to build.
const MEMORY: usize = 256 << 20;

/// Memory that the postings of a part may take. tantivy addresses it by 32 bits and does not see where they run over, so that a
/// register of which all takes more is written in parts, which are then made one: a single document adds far less than what is left.
const PART: usize = 2 << 30;

impl Index {
    /// Builds an index in an empty folder. The postings need the register's words only, so they are written on a thread
    /// of their own while the register is examined; what was found is returned.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    pub fn build(
        folder: &Path,
        register: &Register,
        examine: impl FnOnce() -> Examination,
    ) -> Result<Examination, IndexError> {
        let directory = MmapDirectory::open(folder)
            .map_err(|error| IndexError::Missing { file: folder.display().to_string(), message: error.to_string() })?;
        write(&directory, register, examine)
    }

    /// Builds an index in memory, by the same code.
    ///
    /// # Errors
    /// Where the register and its findings do not belong together.
    pub fn in_memory(register: &Register, examine: impl FnOnce() -> Examination) -> Result<Self, IndexError> {
        let directory = RamDirectory::create();
        write(&directory, register, examine)?;
        Self::from_directory(&directory)
    }
}

fn write(
    directory: &dyn Directory,
    register: &Register,
    examine: impl FnOnce() -> Examination,
) -> Result<Examination, IndexError> {
    let examination = thread::scope(|scope| {
        let own = directory.box_clone();
        let postings = scope.spawn(move || write_postings(own.as_ref(), register, PART));
        let examination = examine();
        write_tables(directory, register, &examination)?;
        // A fault of that thread goes on in this one.
        postings.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault))?;
        Ok::<_, IndexError>(examination)
    })?;
    // Last, so that a folder with a stamp is whole.
    files::write_json(directory, super::FORMAT, &Format { schema: super::SCHEMA })?;
    Ok(examination)
}

/// Everything but the postings.
fn write_tables(directory: &dyn Directory, register: &Register, examination: &Examination) -> Result<(), IndexError> {
    if register.projects.len() != examination.projects.len() {
        return Err(IndexError::Unequal { projects: register.projects.len(), findings: examination.projects.len() });
    }
    let pairs = || register.projects.iter().zip(&examination.projects);
    let record = |(project, findings)| super::RecordRef { project: texts::without_texts(project), findings };
    Table::write(directory, super::RECORDS, pairs().map(record))?;
    Texts::write(directory, register)?;
    Table::write(directory, super::ROWS, pairs().map(|(project, findings)| row(register, project, findings)))?;
    let named = Named::of(register);
    Table::write(directory, named::ORGANISATIONS, named.organisations.iter())?;
    Table::write(directory, named::DATASETS, named.datasets.iter())?;
    files::write_json(directory, super::REFERENCES, &References::of(&register.projects))?;
    let fingerprints: Vec<_> = register.projects.iter().map(fingerprint).collect();
    files::write_binary(directory, super::FINGERPRINTS, &fingerprints)?;
    Documents::write(directory, &register.projects)?;
    let concerns = |findings: &Findings| bits(findings.concerns.iter().map(|concern| concern.rule));
    let unsure = |findings: &Findings| bits(findings.cannot_tell.iter().map(|unknown| unknown.rule));
    files::write(directory, super::CONCERNS, &column_of_rules(&examination.projects, concerns))?;
    files::write(directory, super::UNSURE, &column_of_rules(&examination.projects, unsure))?;
    Values::write(directory, register, &examination.projects)?;
    let wordings: Vec<_> = examination.projects.iter().map(|findings| &findings.shared.groups).collect();
    files::write_binary(directory, super::WORDINGS, &wordings)?;
    let header = Header {
        edition: register.edition.clone(),
        sources: register.sources.clone(),
        pages: register.pages.clone(),
        notes: register.notes.clone(),
        counts: Counts::of(register),
        findings: examination.edition.clone(),
        tallies: tally(examination),
        ..Header::default()
    };
    files::write_json(directory, super::HEADER, &header)
}

/// A document a version, in one segment: a document's number is its place in the columns.
fn write_postings(directory: &dyn Directory, register: &Register, part: usize) -> Result<(), IndexError> {
    let mut versions = documents::in_order(&register.projects).peekable();
    let mut postings = write_part(directory, &mut versions, part)?;
    if versions.peek().is_some() {
        // Each part takes the place of the one before as the index of this folder, whose segment is kept in hand.
        let mut parts = postings.searchable_segments()?;
        while versions.peek().is_some() {
            parts.extend(write_part(directory, &mut versions, part)?.searchable_segments()?);
        }
        let all = parts.iter().map(|_| None).collect();
        postings = merge_filtered_segments(&parts, settings(), all, directory.box_clone())?;
        for part in &parts {
            remove(directory, part)?;
        }
    }
    write_words(directory, &postings)
}

/// Documents until there are no more, or their postings take so much memory.
fn write_part<'a>(
    directory: &dyn Directory,
    versions: &mut impl Iterator<Item = Placed<'a>>,
    part: usize,
) -> Result<Tantivy, IndexError> {
    let mut writer = Tantivy::builder()
        .schema(schema::schema())
        .settings(settings())
        .tokenizers(schema::tokenizers())
        .single_segment_index_writer::<TantivyDocument>(directory.box_clone(), MEMORY)?;
    for placed in versions {
        writer.add_document(document(placed.project, placed.version))?;
        if writer.mem_usage() >= part {
            break;
        }
    }
    Ok(writer.finalize()?)
}

/// No text is stored. A thread of tantivy's own would write that it is none, and tell of a full disk in words alone.
fn settings() -> IndexSettings {
    IndexSettings {
        docstore_compression: tantivy::store::Compressor::None,
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    }
}

/// What a part can have on the disk.
const OF_PART: [SegmentComponent; 6] = [
    SegmentComponent::Postings,
    SegmentComponent::Positions,
    SegmentComponent::Terms,
    SegmentComponent::FieldNorms,
    SegmentComponent::FastFields,
    SegmentComponent::Store,
];

/// Removes the files of a part that has become a part of another.
fn remove(directory: &dyn Directory, part: &Segment) -> Result<(), IndexError> {
    for component in OF_PART {
        match directory.delete(&part.meta().relative_path(component)) {
            Ok(()) | Err(DeleteError::FileDoesNotExist(_)) => {}
            Err(DeleteError::IoError { io_error, filepath }) => {
                let (file, source) = (filepath.display().to_string(), io::Error::other(io_error.to_string()));
                return Err(IndexError::Write { file, source });
            }
        }
    }
    Ok(())
}

/// What follows from the words of the edition: their classes and letters, and where those stand that begin alike.
fn write_words(directory: &dyn Directory, postings: &Tantivy) -> Result<(), IndexError> {
    let mut words = BTreeSet::new();
    let mut gathered = None;
    // Without a reader, which would leave a lock file behind.
    for segment in postings.searchable_segments()? {
        let segment = SegmentReader::open(&segment)?;
        let gathered = gathered.get_or_insert_with(|| Gathered::new(segment.max_doc() as usize, MANY));
        for field in SearchField::ALL {
            let inverted = segment.inverted_index(schema::field(field))?;
            let mut stream = inverted.terms().stream()?;
            gathered.add(field, |documents| {
                let Some((word, found)) = stream.next() else { return Ok(None) };
                let mut block = inverted.read_block_postings_from_terminfo(found, IndexRecordOption::Basic)?;
                while !block.docs().is_empty() {
                    documents.extend_from_slice(block.docs());
                    block.advance();
                }
                let word = String::from_utf8_lossy(word).into_owned();
                if !words.contains(&word) {
                    words.insert(word.clone());
                }
                Ok(Some(word))
            })?;
        }
    }
    gathered.unwrap_or_else(|| Gathered::new(0, MANY)).write(directory)?;
    Classes::write(directory, &words)?;
    Spellings::write(directory, &words)
}

fn document(project: &Project, version: &Version) -> TantivyDocument {
    let mut document = TantivyDocument::default();
    for field in SearchField::ALL {
        for text in texts(project, version, field) {
            document.add_text(schema::field(field), text);
        }
    }
    document
}

/// What a version says in a field: what is searched, and what the truth is tested against.
pub(super) fn texts(project: &Project, version: &Version, field: SearchField) -> Vec<String> {
    match field {
        SearchField::Title => version.title.iter().cloned().collect(),
        SearchField::Organisation => organisations(version),
        SearchField::Dataset => {
            let names: BTreeSet<&str> = version.datasets.iter().map(|dataset| dataset.name.as_str()).collect();
            names.into_iter().map(str::to_owned).collect()
        }
        SearchField::Controller => version.controllers.clone(),
        SearchField::LegalBasis => legal_bases(version),
        SearchField::Reference => {
            let versions = project.versions.iter().map(|version| version.reference.clone());
            versions.chain([project.reference.clone()]).collect::<BTreeSet<_>>().into_iter().collect()
        }
        SearchField::Section(section) => version.section(section).into_iter().collect(),
    }
}

/// The bases of the entry, of its datasets and of its files, each once.
fn legal_bases(version: &Version) -> Vec<String> {
    let of_datasets = version.datasets.iter().filter_map(|dataset| dataset.legal_basis.as_ref());
    let of_files = version.releases.iter().filter_map(|release| release.legal_basis.as_ref());
    let all: BTreeSet<&String> = version.legal_bases.iter().chain(of_datasets).chain(of_files).collect();
    all.into_iter().cloned().collect()
}

/// The applicant, and every other name that a release row gives it.
fn organisations(version: &Version) -> Vec<String> {
    let mut names = vec![version.organisation.clone()];
    for name in version.releases.iter().filter_map(|release| release.organisation.as_ref()) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

fn row(register: &Register, project: &Project, findings: &Findings) -> Row {
    let latest = project.latest();
    let lists_files = latest.and_then(|version| register.layout(version)).is_some_and(Layout::lists_files);
    let facts = Facts::of(project, lists_files);
    let mut concerns = Vec::new();
    add_gravest(&mut concerns, &findings.concerns);
    Row {
        reference: project.reference.clone(),
        title: latest.and_then(|version| version.title.clone()),
        organisation: latest.map(|version| version.organisation.clone()).unwrap_or_default(),
        opt_outs: facts.opt_outs.state,
        files: facts.releases.files.map(|files| files as u64),
        concerns,
        begins: latest.and_then(|version| version.section(Section::Objectives)).map(|text| beginning(&text)),
        marks: ProjectMarks::default(),
    }
}

/// Adds the rules that found something, each once with its gravest severity, gravest first.
pub(super) fn add_gravest(rules: &mut Vec<(RuleId, Severity)>, concerns: &[Concern]) {
    for concern in concerns {
        match rules.iter_mut().find(|(rule, _)| *rule == concern.rule) {
            Some((_, severity)) => *severity = (*severity).min(concern.severity),
            None => rules.push((concern.rule, concern.severity)),
        }
    }
    rules.sort_by_key(|(rule, severity)| (*severity, *rule));
}

/// The first words of a text, for a list.
fn beginning(text: &str) -> String {
    text.chars().take(160).collect()
}

/// A column of projects: a bit for each rule, by what it says of the project.
fn column_of_rules(findings: &[Findings], bits: impl Fn(&Findings) -> u64) -> Vec<u8> {
    findings.iter().flat_map(|findings| bits(findings).to_le_bytes()).collect()
}

pub(super) fn bits(rules: impl Iterator<Item = RuleId>) -> u64 {
    rules.fold(0, |bits, rule| bits | super::bit(rule))
}

#[cfg(test)]
mod tests {
    use tantivy::DocSet;
    use tantivy::postings::Postings;

    use super::*;
    use crate::library::sample;

    /// Every word of every field, with the versions in which it stands, how often and where.
    fn postings(directory: &RamDirectory) -> Vec<(String, u32, Vec<u32>)> {
        let index = Tantivy::open(directory.clone()).unwrap();
        let segments = index.searchable_segments().unwrap();
        assert_eq!(segments.len(), 1);
        let segment = SegmentReader::open(&segments[0]).unwrap();
        let mut all = Vec::new();
        for field in SearchField::ALL {
            let inverted = segment.inverted_index(schema::field(field)).unwrap();
            let mut words = inverted.terms().stream().unwrap();
            while let Some((word, found)) = words.next() {
                let mut places =
                    inverted.read_postings_from_terminfo(found, IndexRecordOption::WithFreqsAndPositions).unwrap();
                while places.doc() != tantivy::TERMINATED {
                    let mut here = Vec::new();
                    places.positions(&mut here);
                    all.push((format!("{}:{}", field.key(), String::from_utf8_lossy(word)), places.doc(), here));
                    places.advance();
                }
            }
        }
        all
    }

    #[test]
    fn an_index_that_was_written_in_parts_is_that_of_one() {
        let register = sample().unwrap();
        let [whole, parts] = [PART, 0].map(|part| {
            let directory = RamDirectory::create();
            write_postings(&directory, &register, part).unwrap();
            directory
        });
        let expected = postings(&whole);
        assert!(expected.len() > 5_000, "{}", expected.len());
        assert!(expected == postings(&parts));
        for name in ["spellings.columns", "beginnings.columns"] {
            let read = |directory: &RamDirectory| directory.atomic_read(Path::new(name)).unwrap();
            assert!(read(&whole) == read(&parts), "{name}");
        }
    }
}
