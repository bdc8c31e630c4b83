//! Searching: the only part that knows tantivy.
//!
//! An index holds an edition whole: the postings, and beside them the rows and texts that a search shows, the values that it
//! asks for and counts in columns, and the records. It is built once, never changed, and read by any number of users without a
//! lock. All of it is mapped and read where it is asked for: nothing is loaded at the start, and users share what they read.
//!
//! tantivy writes and reads the postings; what a query means is worked out here, over all versions at once. Its query parser
//! reads some signs as others, and its queries and snippets have no answer for beginnings and near spellings.
//!
//! | what for | where |
//! | --- | --- |
//! | an edition is written once | `build` writes the postings and `tables` the rest, as it is found, through `files`; versions stand in the order of `documents` |
//! | what it holds beside the postings | `record`, `texts`, `named`, `references`, and `values` in `columns` |
//! | which words are alike | `schema` cuts text into words; `forms` and `classes` of a word; `spellings` near it; `beginnings` |
//! | a query is read | `query` makes a tree of it; `request` is what is asked and found; `completions` and `offers` for whoever types |
//! | a search is answered | `search` goes over the tree; `postings`, `words`, `together` and `nearby` say where words stand, `scores`, `runs` and `order` what comes first, `held` what the list needs to know of that; `facets` count |
//! | what matched is shown | `marker` marks it in any text; `passage` chooses what a list shows of one |
//! | whether it is whole | `examined` |
//! | what lies over an edition | `overlay`; `marks` and `marked` are what a person has marked |

mod beginnings;
mod build;
mod classes;
mod columns;
mod completions;
mod documents;
mod error;
mod examined;
mod facets;
mod files;
mod forms;
mod held;
mod hints;
mod marked;
mod marker;
pub mod marks;
mod named;
mod nearby;
mod offers;
mod order;
mod overlay;
mod passage;
mod postings;
mod query;
mod record;
mod references;
mod request;
mod runs;
mod schema;
mod scores;
mod search;
mod spellings;
mod tables;
mod texts;
mod together;
mod values;
mod words;

use std::fmt;
use std::path::Path;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use tantivy::directory::{Directory, OwnedBytes};
use tantivy::{ReloadPolicy, Searcher};

use beginnings::Beginnings;
use classes::Classes;
use documents::Documents;
pub use error::{IndexError, SearchError};
pub use examined::{Examined, differing};
pub use facets::{Choice, Facet, FacetField, FacetValue, choose};
pub use held::Held;
pub use hints::Hint;
pub use marked::Marked;
pub use marker::{Marker, Passages};
pub use named::{NamedDataset, NamedOrganisation, Recipient, Sent, VersionId};
use overlay::Laid;
pub use passage::Room;
use postings::Fields;
pub use query::{QueryField, Takes, follows_from_edition, query_fields};
pub use record::{Header, NamedFile, Record, Row};
use references::References;
pub use request::{DeniedBy, Edge, Found, LastWord, Offer, Request, SearchField, Snippet, Sort, Trouble};
pub use search::LONGEST_SEARCH;
use spellings::Spellings;
use texts::Texts;
use values::Values;

use crate::concerns::{Findings, RuleId};
use crate::register::{Project, Register, Sharing};

/// A project's place in its edition, counted from 0 in the register's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProjectId(pub u32);

/// The version of the files' layout. An index of another one is not read.
const SCHEMA: u32 = 8;

/// Names of our own files in an index.
const FORMAT: &str = "format.json";
const HEADER: &str = "header.json";
const RECORDS: &str = "records.table";
const ROWS: &str = "rows.table";
const REFERENCES: &str = "references.json";
const FINGERPRINTS: &str = "fingerprints.bin";
const CONCERNS: &str = "concerns.column";
const UNSURE: &str = "unsure.column";
const WORDINGS: &str = "wordings.bin";

/// Bytes of an entry in a column of rules.
const RULE_BYTES: usize = 8;

/// An edition that can be searched. Cheap to open: nothing is loaded but the header. Every file is opened at once, so that a
/// reader goes on when newer editions have taken the place of this one, and its files no longer have names.
pub struct Index {
    searcher: Searcher,
    fields: Fields,
    header: Header,
    records: files::Table,
    rows: files::Table,
    organisations: files::Table,
    datasets: files::Table,
    texts: Texts,
    documents: Documents,
    concerns: OwnedBytes,
    unsure: OwnedBytes,
    values: Values,
    classes: Classes,
    spellings: Spellings,
    beginnings: Beginnings,
    kept: KeptFiles,
    laid: OnceLock<Laid>,
}

/// The stamp of an index.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Format {
    schema: u32,
}

/// A record that is being written.
#[derive(Debug, Serialize)]
struct RecordRef<'a> {
    project: Project,
    findings: &'a Findings,
}

/// Files that are read when they are asked for.
#[derive(Debug, Clone)]
struct KeptFiles {
    references: files::Kept,
    fingerprints: files::Kept,
    wordings: files::Kept,
}

impl Index {
    /// Opens an index for reading. Takes no lock and writes nothing.
    ///
    /// # Errors
    /// Where files are missing or damaged, or were written by another version of the program.
    pub fn open(folder: &Path) -> Result<Self, IndexError> {
        Self::from_directory(&files::Published::open(folder)?)
    }

    fn from_directory(own: &dyn Directory) -> Result<Self, IndexError> {
        let format: Format = files::read_json(own, FORMAT)?;
        if format.schema != SCHEMA {
            return Err(IndexError::Schema { found: format.schema });
        }
        let mut postings = tantivy::Index::open(own.box_clone())?;
        postings.set_tokenizers(schema::tokenizers());
        let reader = postings.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let records = files::Table::open(own, RECORDS)?;
        let documents = Documents::open(own)?;
        let index = Self {
            searcher: reader.searcher(),
            fields: Fields::new(),
            header: files::read_json(own, HEADER)?,
            values: Values::open(own, records.len())?,
            classes: Classes::open(own)?,
            spellings: Spellings::open(own)?,
            beginnings: Beginnings::open(own, documents.len())?,
            records,
            rows: files::Table::open(own, ROWS)?,
            organisations: files::Table::open(own, named::ORGANISATIONS)?,
            datasets: files::Table::open(own, named::DATASETS)?,
            texts: Texts::open(own)?,
            documents,
            concerns: files::map(own, CONCERNS)?,
            unsure: files::map(own, UNSURE)?,
            kept: KeptFiles {
                references: files::Kept::open(own, REFERENCES)?,
                fingerprints: files::Kept::open(own, FINGERPRINTS)?,
                wordings: files::Kept::open(own, WORDINGS)?,
            },
            laid: OnceLock::new(),
        };
        index.check()?;
        Ok(index)
    }

    /// Sees that the columns go with the tables: a column of another length would give a wrong answer, not an error.
    fn check(&self) -> Result<(), IndexError> {
        let projects = self.len();
        let agree = self.rows.len() == projects
            && self.texts.len() == self.documents.len()
            && self.concerns.len() == projects * RULE_BYTES
            && self.unsure.len() == projects * RULE_BYTES
            && self.searcher.num_docs() == self.documents.len() as u64
            && self.header.counts.projects == projects;
        if agree { Ok(()) } else { Err(files::damaged(documents::DOCUMENTS, &"it does not go with the other files")) }
    }

    /// What is said of the edition as a whole.
    pub fn header(&self) -> &Header {
        self.laid.get().map_or(&self.header, |laid| &laid.header)
    }

    /// How many projects it holds.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether it holds no project.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What a list shows of a project.
    ///
    /// # Errors
    /// Where the project is not of this edition, or the file is damaged.
    pub fn row(&self, id: ProjectId) -> Result<Row, IndexError> {
        let mut row: Row = self.rows.get(id.0 as usize)?;
        match self.laid.get() {
            Some(laid) if laid.has_dismissed(id) => overlay::judge_row(&self.record(id)?, &mut row),
            Some(laid) => laid.add_to_row(id, &mut row),
            None => {}
        }
        if let Some(marks) = self.laid.get().and_then(|laid| laid.marks.of(id)) {
            row.marks = marks.clone();
        }
        Ok(row)
    }

    /// A project whole.
    ///
    /// # Errors
    /// Where the project is not of this edition, or the file is damaged.
    pub fn record(&self, id: ProjectId) -> Result<Record, IndexError> {
        let mut record = self.stored(id)?;
        if let Some(laid) = self.laid.get() {
            laid.add_to(id, &mut record);
        }
        Ok(record)
    }

    /// A bit for each rule that found something in a project.
    fn concern_bits(&self, project: ProjectId) -> u64 {
        let own = bits_at(&self.concerns, project);
        self.laid.get().map_or(own, |laid| laid.bits(project, own))
    }

    /// Whether a rule found something in a project, dismissed or not.
    pub fn has_concern(&self, project: ProjectId, rule: RuleId) -> bool {
        self.concern_bits(project) & bit(rule) != 0
    }

    /// The edition whole, as it was read from its files.
    ///
    /// # Errors
    /// Where the records are damaged.
    pub fn register(&self) -> Result<Register, IndexError> {
        let mut values = Sharing::default();
        let mut projects = Vec::with_capacity(self.len());
        for id in (0..u32::try_from(self.len()).unwrap_or(u32::MAX)).map(ProjectId) {
            let mut project = self.stored(id)?.project;
            values.project(&mut project);
            projects.push(project);
        }
        Ok(Register {
            edition: self.header.edition.clone(),
            sources: self.header.sources.clone(),
            projects,
            pages: self.header.pages.clone(),
            notes: self.header.notes.clone(),
        })
    }

    /// A bit for each rule that cannot tell of a project.
    fn unsure_bits(&self, project: ProjectId) -> u64 {
        let own = bits_at(&self.unsure, project);
        self.laid.get().map_or(own, |laid| laid.unsure_bits(project, own))
    }
}

impl fmt::Debug for Index {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Index")
            .field("edition", &self.header.edition.slug)
            .field("projects", &self.len())
            .finish_non_exhaustive()
    }
}

/// The bits of a project in a column of rules.
fn bits_at(column: &OwnedBytes, project: ProjectId) -> u64 {
    let at = project.0 as usize * RULE_BYTES;
    let bytes = column.get(at..at + RULE_BYTES).and_then(|bytes| bytes.try_into().ok());
    u64::from_le_bytes(bytes.unwrap_or_default())
}

/// The bits of rules, in a column of rules.
fn bits(rules: impl Iterator<Item = RuleId>) -> u64 {
    rules.fold(0, |bits, rule| bits | bit(rule))
}

/// The bit of a rule, in a column of rules.
fn bit(rule: RuleId) -> u64 {
    1 << RuleId::ALL.iter().position(|known| *known == rule).unwrap_or_default()
}
