//! Searching: the only part that knows tantivy.
//!
//! An index holds an edition whole: the postings, and beside them the records and rows that a search shows. It is
//! built once, never changed, and read by any number of users without a lock.

use std::ops::Range;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::concerns::{EditionFinding, Findings, RuleId, Severity};
use crate::register::{Counts, Edition, Note, OptOutState, Page, Project, Section, Source};

/// A project's place in its edition, counted from 0 in the register's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProjectId(pub u32);

/// Whether the last word of a query is still being typed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LastWord {
    /// It matches as a beginning.
    Beginning,
    /// It is a word like the others.
    #[default]
    Whole,
}

/// What to search for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// The query as written.
    pub query: String,
    /// Whether its last word is whole.
    pub last_word: LastWord,
    /// In which order results come.
    pub sort: Sort,
}

/// The order of results.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// Best match first; ties, and searches without words, by the register's order.
    #[default]
    Relevance,
    /// By title, then reference.
    Title,
    /// By organisation, then title.
    Organisation,
    /// Gravest concerns first.
    Concerns,
    /// Most files first.
    Files,
}

/// What a search found.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// Every project that matches, in the order asked for.
    pub projects: Vec<ProjectId>,
    /// What was wrong with the query, if anything; it was read as well as it could be.
    pub trouble: Vec<Trouble>,
    /// How long it took.
    pub took: Duration,
}

/// A part of a query that could not be read as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// Which characters of the query (offsets in bytes, on character boundaries).
    pub range: Range<usize>,
    /// What is wrong, in plain words.
    pub message: String,
}

/// A piece of a section with what matched in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// Which field it is from.
    pub field: SearchField,
    /// The text, as published, cut at word boundaries.
    pub text: String,
    /// What matched, as ranges of bytes into `text`.
    pub matches: Vec<Range<usize>>,
}

/// A field that can be searched and marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SearchField {
    /// `title:`
    Title,
    /// `org:`
    Organisation,
    /// `dataset:`
    Dataset,
    /// `ref:`
    Reference,
    /// `objectives:`, `processing:`, `outputs:`; both benefits sections answer to `benefits:`.
    Section(Section),
}

/// What a list shows of a project; small, so that rows are read for the visible ones only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Stem reference.
    pub reference: String,
    /// Title as published, if there is one.
    pub title: Option<String>,
    /// Organisation as published.
    pub organisation: String,
    /// State of the opt-outs.
    pub opt_outs: OptOutState,
    /// Files sent, where the layout lists them.
    pub files: Option<u64>,
    /// Rules that found something, gravest first, each once with its gravest severity.
    pub concerns: Vec<(RuleId, Severity)>,
}

/// A project whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The project as the register has it.
    pub project: Project,
    /// What the rules say of it.
    pub findings: Findings,
}

/// What an index says of its edition as a whole.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// Which edition it is.
    pub edition: Edition,
    /// The files it was read from; every [`crate::register::Place`] points into this list.
    pub sources: Vec<Source>,
    /// What pages say of themselves.
    pub pages: Vec<Page>,
    /// What the edition publishes that belongs to no project.
    pub notes: Vec<Note>,
    /// The edition in figures.
    pub counts: Counts,
    /// Findings about the edition as a whole.
    pub findings: Vec<EditionFinding>,
}
