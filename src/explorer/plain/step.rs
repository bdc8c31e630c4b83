//! What one is at in a dialogue, and what one came from.

use super::command::Standing;
use super::facets::{Facets, Values};
use super::pages::{Numbered, Reading};
use super::project::Project;
use super::results::Results;
use super::rows::of_sheet;
use crate::explorer::document::{Lead, Subject};
use crate::explorer::sheet::{Leads, Sheet};
use crate::explorer::state::View;

/// A step: what is shown, and which number was chosen there.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) showing: Showing,
    pub(super) chosen: Option<usize>,
}

/// What one is at.
#[derive(Debug)]
pub(super) enum Showing {
    /// A list of something else than projects.
    Listing(Listing),
    /// The projects that a search found.
    Results(Results),
    /// The facets of them.
    Facets(Facets),
    /// The values of a facet.
    Values(Values),
    /// A project.
    Project(Box<Project>),
    /// Something else that is read.
    Text(Text),
}

/// A list of something else than projects.
#[derive(Debug)]
pub(super) struct Listing {
    name: String,
    /// The list as the screen has it, where it is one of those.
    sheet: Option<(View, Sheet)>,
    pub(super) list: Numbered<Leads>,
}

/// Something else than a project that is read.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) subject: Subject,
    pub(super) name: String,
    pub(super) leads_to: Option<Lead>,
    pub(super) reading: Reading,
}

impl Listing {
    /// The list of a view.
    pub(super) fn new(view: View, sheet: Sheet) -> Self {
        let name = match view {
            View::Home => "home",
            View::Projects | View::Grid(_) => "projects",
            View::Changes => "changes",
            View::Editions => "editions",
            View::Concerns => "rules",
            View::Searches => "saved searches",
            View::Organisations => "organisations",
            View::Datasets => "datasets",
            View::Organisation(_) | View::Dataset(_) => &sheet.name,
        };
        let (name, list) = (name.to_owned(), of_sheet(view, &sheet));
        Self { name, list, sheet: Some((view, sheet)) }
    }

    /// Another one.
    pub(super) fn named(name: String, list: Numbered<Leads>) -> Self {
        Self { name, sheet: None, list }
    }

    /// Keeps to the names that hold a text.
    pub(super) fn narrow(&mut self, text: &str) {
        if let Some((view, sheet)) = &mut self.sheet {
            sheet.narrow(text, usize::MAX);
            self.list = of_sheet(*view, sheet);
        }
    }

    fn is_of_names(&self) -> bool {
        self.sheet.as_ref().is_some_and(|(_, sheet)| sheet.is_of_names())
    }
}

impl Step {
    /// What one is at, in a few words.
    pub(super) fn told(&self) -> String {
        match &self.showing {
            Showing::Listing(listing) => format!("{}, {}", listing.name, listing.list.told()),
            Showing::Results(results) => results.told(),
            Showing::Facets(facets) => format!("values to choose from, {}", facets.list.told()),
            Showing::Values(values) => format!("values of {}, {}", values.name, values.list.told()),
            Showing::Project(project) => project.told(),
            Showing::Text(text) => {
                let lines = text.reading.told().map(|told| format!(", {told}")).unwrap_or_default();
                format!("{}{lines}", text.name)
            }
        }
    }
}

impl Showing {
    /// What kind of thing it is.
    pub(super) fn standing(&self) -> Standing {
        match self {
            Self::Listing(listing) if listing.is_of_names() => Standing::Names,
            Self::Listing(_) => Standing::Sheet,
            Self::Results(_) => Standing::Results,
            Self::Facets(_) => Standing::Facets,
            Self::Values(_) => Standing::Values,
            Self::Project(_) => Standing::Project,
            Self::Text(Text { subject: Subject::Rule(_), .. }) => Standing::Rule,
            Self::Text(_) => Standing::Document,
        }
    }

    /// How many numbers it has.
    pub(super) fn numbers(&self) -> usize {
        match self {
            Self::Listing(listing) => listing.list.count(),
            Self::Results(results) if results.projects.is_empty() => results.offers.count(),
            Self::Results(results) => results.projects.len(),
            Self::Facets(facets) => facets.list.count(),
            Self::Values(values) => values.list.count(),
            Self::Project(project) => project.report.concerns.len(),
            Self::Text(_) => 0,
        }
    }
}
