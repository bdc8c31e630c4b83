//! What a document is about, and where it leads.

use crate::concerns::RuleId;
use crate::explorer::state::View;
use crate::index::ProjectId;

/// What a document is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A project.
    Project(ProjectId),
    /// What the editions and versions of a project changed.
    History(ProjectId),
    /// The files of a project, month by dataset.
    Files(ProjectId),
    /// The words of the law that stand in a project, explained.
    Words(ProjectId),
    /// The edition as a whole, in figures.
    Edition,
    /// A change between two editions.
    Change(Told),
    /// A rule, and what it found.
    Rule(RuleId),
    /// What is said of the edition as a whole, by its number.
    Finding(usize),
    /// An organisation, by its place among those of the edition.
    Organisation(usize),
    /// A dataset, by its place.
    Dataset(usize),
}

impl Subject {
    /// The project that it is, or that it tells something of.
    pub fn of_project(self) -> Option<ProjectId> {
        match self {
            Self::Project(project) | Self::History(project) | Self::Files(project) | Self::Words(project) => {
                Some(project)
            }
            Self::Edition
            | Self::Change(_)
            | Self::Rule(_)
            | Self::Finding(_)
            | Self::Organisation(_)
            | Self::Dataset(_) => None,
        }
    }

    /// The list of its own that it has, whose rows lead on.
    pub fn view(self) -> Option<View> {
        match self {
            Self::Organisation(at) => Some(View::Organisation(at)),
            Self::Dataset(at) => Some(View::Dataset(at)),
            _ => None,
        }
    }

    /// Whether it is laid over a project, which stands there again when one goes back.
    pub fn is_aside(self) -> bool {
        matches!(self, Self::History(_) | Self::Files(_) | Self::Words(_))
    }
}

/// A change among those between two editions, by its number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// What is said of all projects that left the register.
    Departures(usize),
    /// One that many entries share.
    Shared(usize),
    /// What became of one version.
    Version(usize),
}

/// Where a document about something else than a project leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lead {
    /// To a project of the edition that is open, by its stem reference.
    Project(String),
    /// To one that only another edition lists.
    InEdition {
        /// The edition's name.
        slug: String,
        /// The project's stem reference.
        reference: String,
    },
    /// To the projects that a search finds.
    Search(String),
    /// To a list.
    View(View),
}
