//! Queries: the tree that a query means, and what was wrong with it.

mod begun;
mod bounds;
mod fields;
mod lexer;
mod reader;
mod values;

use std::ops::Range;

use crate::concerns::RuleId;
use crate::register::Section;

use super::{LastWord, SearchField, Trouble};
pub(super) use begun::{Begun, Ways, begun};
pub use fields::{QueryField, Takes, query_fields};
pub(super) use lexer::{Kind, Token, lex};
pub(super) use values::{Answered, Days, Listed, Matching, Moment, Numbers, TagSought, Test, answer_name, whole};

/// A query that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Query {
    /// Which versions are looked at.
    pub(super) versions: Versions,
    /// What it means; `None` for an empty one, which every project matches.
    pub(super) root: Option<Node>,
    /// What could not be read as written.
    pub(super) trouble: Vec<Trouble>,
}

/// Which versions of a project a query looks at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Versions {
    /// The latest.
    #[default]
    Latest,
    /// Every one: `version:all`.
    All,
}

/// A part of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    /// All of these.
    All(Vec<Node>),
    /// Any of these.
    Any(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
    /// Words in a row, in any of the fields.
    Words(WordsNode),
    /// One of these concerns.
    Concern(Vec<RuleId>),
    /// One of these rules cannot tell.
    Unsure(Vec<RuleId>),
    /// A section nearly the same as that of a project, by its reference.
    Alike(Section, String),
    /// This is asked by value.
    Value(Test),
    /// Nothing matches: what stood here could not be read, and must not widen the search.
    Nothing,
}

/// Words in a row, in any one of some fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WordsNode {
    /// The words; never empty.
    pub(super) words: Vec<Term>,
    /// Where they may stand.
    pub(super) fields: Fields,
    /// How they stand to one another.
    pub(super) standing: Standing,
    /// Where they stand in the query, in bytes.
    pub(super) written: Range<usize>,
}

/// How the words of a part stand to one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// In a row.
    InARow,
    /// In any order, with so many other words between them at most.
    Within(u32),
}

/// One word of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    /// The folded word.
    pub(super) folded: String,
    /// Which words of a text it stands for.
    pub(super) form: Form,
}

/// Which words of a text a word of a query stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Just this form.
    Exact,
    /// Every form of the same class ([`super::forms::class_of`]).
    Class,
    /// Every word that begins so.
    Beginning,
    /// Every word that begins so, and every form: the last word while it is being typed.
    Typed,
    /// Every word that is spelled nearly so ([`crate::text::is_near`]).
    Near,
}

/// Where words may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fields {
    /// In any field that is searched.
    Any,
    /// `title:`
    Title,
    /// `org:`
    Organisation,
    /// `dataset:`
    Dataset,
    /// `controller:`
    Controller,
    /// `legal:`
    LegalBasis,
    /// `ref:`
    Reference,
    /// `benefits:`, expected and yielded.
    Benefits,
    /// A section of its own.
    Section(Section),
}

/// The fields that are searched where none is named.
const ANYWHERE: [SearchField; 10] = [
    SearchField::Title,
    SearchField::Organisation,
    SearchField::Dataset,
    SearchField::Controller,
    SearchField::Reference,
    SearchField::Section(Section::Objectives),
    SearchField::Section(Section::Processing),
    SearchField::Section(Section::Outputs),
    SearchField::Section(Section::ExpectedBenefits),
    SearchField::Section(Section::YieldedBenefits),
];

impl Fields {
    /// The fields that are meant.
    pub(super) fn list(self) -> &'static [SearchField] {
        use Section::{ExpectedBenefits, Objectives, Outputs, Processing, YieldedBenefits};
        match self {
            // Every entry has a legal basis, in words that stand in many texts.
            Self::Any => &ANYWHERE,
            Self::Title => &[SearchField::Title],
            Self::Organisation => &[SearchField::Organisation],
            Self::Dataset => &[SearchField::Dataset],
            Self::Controller => &[SearchField::Controller],
            Self::LegalBasis => &[SearchField::LegalBasis],
            Self::Reference => &[SearchField::Reference],
            Self::Benefits => &[SearchField::Section(ExpectedBenefits), SearchField::Section(YieldedBenefits)],
            Self::Section(Objectives) => &[SearchField::Section(Objectives)],
            Self::Section(Processing) => &[SearchField::Section(Processing)],
            Self::Section(Outputs) => &[SearchField::Section(Outputs)],
            Self::Section(ExpectedBenefits) => &[SearchField::Section(ExpectedBenefits)],
            Self::Section(YieldedBenefits) => &[SearchField::Section(YieldedBenefits)],
        }
    }
}

/// Reads a query. Never fails: what cannot be read is named in the trouble, and never widens the search.
pub(super) fn read(query: &str, last_word: LastWord) -> Query {
    if let Some(trouble) = bounds::exceeded(query) {
        return Query { root: Some(Node::Nothing), trouble: vec![trouble], ..Query::default() };
    }
    reader::read(query, lexer::lex(query), last_word)
}

/// Whether what a query finds follows from an edition by itself: not from the editions around it, nor from what a person keeps
/// or brings.
pub fn follows_from_edition(query: &str) -> bool {
    fn follows(node: &Node) -> bool {
        match node {
            Node::All(parts) | Node::Any(parts) => parts.iter().all(follows),
            Node::Not(inside) => follows(inside),
            Node::Value(test) => !matches!(test, Test::Severity(_) | Test::Mine(_) | Test::Tag(_)),
            Node::Concern(_) | Node::Unsure(_) => false,
            Node::Words(_) | Node::Alike(..) | Node::Nothing => true,
        }
    }
    read(query, LastWord::Whole).root.as_ref().is_none_or(follows)
}

/// Whether a query is read at all: one that exceeds a bound is looked at no further.
pub(super) fn is_read(query: &str) -> bool {
    bounds::exceeded(query).is_none()
}

fn trouble(range: Range<usize>, message: impl Into<String>) -> Trouble {
    Trouble { range, message: message.into() }
}
