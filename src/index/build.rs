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
use super::documents::{self, Placed};
use super::files;
use super::spellings::Spellings;
use super::tables::write_tables;
use super::words::MANY;
use super::{Format, Index, IndexError, SearchField, schema};
use crate::concerns::Examining;
use crate::register::{Project, Register, Version};

/// Memory that tantivy may use while it begins to build.
const MEMORY: usize = 256 << 20;

/// Memory that the postings of a part may take. tantivy addresses it by 32 bits and does not see where they run over, so that a
/// register of which all takes more is written in parts, which are then made one: a single document adds far less than what is left.
const PART: usize = 2 << 30;

impl Index {
    /// Builds an index in an empty folder. The postings need the register's words only, so they are written on a thread
    /// of their own while the register is examined, and what is found of a project is written as it comes. How many
    /// concerns were found is returned, each counted on every project that has it.
    ///
    /// # Errors
    /// Where the folder cannot be written, or the register and its findings do not belong together.
    pub fn build<'a, E: Into<Examining<'a>>>(
        folder: &Path,
        register: &Register,
        examine: impl FnOnce() -> E,
    ) -> Result<usize, IndexError> {
        let directory = MmapDirectory::open(folder)
            .map_err(|error| IndexError::Missing { file: folder.display().to_string(), message: error.to_string() })?;
        write(&directory, register, examine)
    }

    /// Builds an index in memory, by the same code.
    ///
    /// # Errors
    /// Where the register and its findings do not belong together.
    pub fn in_memory<'a, E: Into<Examining<'a>>>(
        register: &Register,
        examine: impl FnOnce() -> E,
    ) -> Result<Self, IndexError> {
        let directory = RamDirectory::create();
        write(&directory, register, examine)?;
        Self::from_directory(&directory)
    }
}

fn write<'a, E: Into<Examining<'a>>>(
    directory: &dyn Directory,
    register: &Register,
    examine: impl FnOnce() -> E,
) -> Result<usize, IndexError> {
    let concerns = thread::scope(|scope| {
        let own = directory.box_clone();
        let postings = scope.spawn(move || write_postings(own.as_ref(), register, PART));
        let concerns = write_tables(directory, register, examine().into())?;
        // A fault of that thread goes on in this one.
        postings.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault))?;
        Ok::<_, IndexError>(concerns)
    })?;
    // Last, so that a folder with a stamp is whole.
    files::write_json(directory, super::FORMAT, &Format { schema: super::SCHEMA })?;
    Ok(concerns)
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
    let of_datasets = version.datasets.iter().filter_map(|dataset| dataset.legal_basis.as_deref());
    let of_files = version.releases.iter().filter_map(|release| release.legal_basis.as_deref());
    let of_entry = version.legal_bases.iter().map(String::as_str);
    let all: BTreeSet<&str> = of_entry.chain(of_datasets).chain(of_files).collect();
    all.into_iter().map(str::to_owned).collect()
}

/// The applicant, and every other name that a release row gives it.
fn organisations(version: &Version) -> Vec<String> {
    let mut names = vec![version.organisation.clone()];
    for name in version.releases.iter().filter_map(|release| release.organisation.as_ref()) {
        if !names.iter().any(|known| name == known) {
            names.push(name.to_string());
        }
    }
    names
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
