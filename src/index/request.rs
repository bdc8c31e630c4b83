//! What is searched for, and what a search finds.

use std::ops::Range;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Held, ProjectId};
use crate::register::Section;

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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// Best match first; of equal ones the newest; searches without words by the register's order.
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
    /// Those whose newest version started last first; what has no start comes last.
    Newest,
    /// Those that end soonest after the edition's month first, then those that ended last; what has no end comes last.
    Ending,
}

impl Sort {
    /// All of them, in the order in which one goes from one to the next.
    pub const ALL: [Self; 7] =
        [Self::Relevance, Self::Newest, Self::Ending, Self::Concerns, Self::Files, Self::Organisation, Self::Title];

    /// The name by which one asks for it, and by which it is kept.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Title => "title",
            Self::Organisation => "organisation",
            Self::Concerns => "concerns",
            Self::Files => "files",
            Self::Newest => "newest",
            Self::Ending => "ending",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.name() == name)
    }

    /// What comes first, in a few words.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Relevance => "Best match first",
            Self::Title => "By title",
            Self::Organisation => "By organisation",
            Self::Concerns => "Gravest concerns first",
            Self::Files => "Most files first",
            Self::Newest => "Those that started last first",
            Self::Ending => "Those that end soonest first",
        }
    }

    /// The next order, and after the last one the first.
    #[must_use]
    pub fn next(self) -> Self {
        let after = Self::ALL.into_iter().skip_while(|sort| *sort != self).nth(1);
        after.unwrap_or(Self::ALL[0])
    }
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
    /// Queries that are spelled nearly so and find something, where this one finds nothing.
    pub offers: Vec<Offer>,
    /// How the query may go on while its last word is typed: the names of fields and their values, each as the query whole.
    pub completions: Vec<String>,
    /// Where the words of the query stand, for reading the passages of what was found.
    pub held: Held,
}

/// A query that is offered in place of one that finds nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The words that are spelled otherwise.
    pub spelling: String,
    /// The query with them.
    pub query: String,
}

/// A part of a query that could not be read as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// Which characters of the query (offsets in bytes, on character boundaries).
    pub range: Range<usize>,
    /// What is wrong, in plain words.
    pub message: String,
}

/// A passage of a field with what matched in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// Which field it is from.
    pub field: SearchField,
    /// The text, as published, cut between words.
    pub text: String,
    /// Where it begins; behind what denies it, whether something is left out between them.
    pub begins: Edge,
    /// Where it ends.
    pub ends: Edge,
    /// What matched, as ranges of bytes into `text`.
    pub matches: Vec<Range<usize>>,
    /// What denies it, where that stands before the passage: nobody is to read as said what is denied.
    pub denied: Option<DeniedBy>,
}

impl Snippet {
    /// What denies the passage, as it stands before it, with a mark where something is left out; nothing where nothing does.
    pub fn denied_told(&self, cut: &str) -> String {
        let Some(DeniedBy { text, begins }) = &self.denied else { return String::new() };
        format!("{}{text} ", if *begins == Edge::Cut { cut } else { "" })
    }
}

/// Words before a passage that deny what stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeniedBy {
    /// The words, as published.
    pub text: String,
    /// Whether their sentence begins before them.
    pub begins: Edge,
}

/// Where a passage begins or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// Where the field's own text does.
    Whole,
    /// Inside that text: something was left out.
    Cut,
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
    /// `controller:`
    Controller,
    /// `legal:`; only where it is asked for by name.
    LegalBasis,
    /// `ref:`
    Reference,
    /// `objectives:`, `processing:`, `outputs:`; both benefits sections answer to `benefits:`.
    Section(Section),
}

impl SearchField {
    /// All of them; their order is that of the index.
    pub const ALL: [Self; 11] = [
        Self::Title,
        Self::Organisation,
        Self::Dataset,
        Self::Controller,
        Self::LegalBasis,
        Self::Reference,
        Self::Section(Section::Objectives),
        Self::Section(Section::Processing),
        Self::Section(Section::Outputs),
        Self::Section(Section::ExpectedBenefits),
        Self::Section(Section::YieldedBenefits),
    ];

    /// The key in JSON and in the index: `expected_benefits`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Organisation => "organisation",
            Self::Dataset => "dataset",
            Self::Controller => "controller",
            Self::LegalBasis => "legal_basis",
            Self::Reference => "reference",
            Self::Section(section) => section.key(),
        }
    }

    /// The name that people read.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "Title",
            Self::Organisation => "Organisation",
            Self::Dataset => "Dataset",
            Self::Controller => "Controller",
            Self::LegalBasis => "Legal basis",
            Self::Reference => "Reference",
            Self::Section(section) => section.name(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_kept_by_the_name_by_which_one_asks_for_it() {
        for sort in Sort::ALL {
            assert_eq!(serde_json::to_value(sort).unwrap(), sort.name());
            assert_eq!(Sort::named(sort.name()), Some(sort));
        }
        assert_eq!(Sort::named("match"), None);
    }

    #[test]
    fn one_goes_through_all_orders_and_comes_back() {
        let mut sort = Sort::default();
        for known in Sort::ALL {
            assert_eq!(sort, known);
            sort = sort.next();
        }
        assert_eq!(sort, Sort::default());
    }
}
