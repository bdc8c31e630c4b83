//! Facets: what the projects that a search finds are, by value, with counts. Each is counted as if its own choice were not made,
//! so that one can widen; a choice is a part of the query, and can be read and changed there as text.

mod choice;
mod counts;
mod values;

use super::query::{self, Listed};
use super::search::Evaluation;
use super::{Index, LONGEST_SEARCH, LastWord, ProjectId, SearchError};
pub use choice::{Choice, choose};
use choice::{Part, parts};
pub use values::{Facet, FacetValue};

/// What projects are told apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "their names say what they are")]
pub enum FacetField {
    Severity,
    Concern,
    OptOuts,
    TypeOfData,
    Sensitivity,
    LegalBasis,
    Commercial,
    Sublicensing,
    Access,
    OrganisationType,
    Organisation,
    Dataset,
    Started,
    Released,
}

impl FacetField {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 14] = [
        Self::Severity,
        Self::Concern,
        Self::OptOuts,
        Self::TypeOfData,
        Self::Sensitivity,
        Self::LegalBasis,
        Self::Commercial,
        Self::Sublicensing,
        Self::Access,
        Self::OrganisationType,
        Self::Organisation,
        Self::Dataset,
        Self::Started,
        Self::Released,
    ];

    /// The name that people read.
    pub fn name(self) -> &'static str {
        match self {
            Self::Severity => "Weight of concerns",
            Self::Concern => "Concern",
            Self::OptOuts => "Opt-outs",
            Self::TypeOfData => "Type of data",
            Self::Sensitivity => "Sensitivity",
            Self::LegalBasis => "Legal basis",
            Self::Commercial => "Commercial",
            Self::Sublicensing => "Sublicensing",
            Self::Access => "Access",
            Self::OrganisationType => "Kind of organisation",
            Self::Organisation => "Organisation",
            Self::Dataset => "Dataset",
            Self::Started => "Year of start",
            Self::Released => "Year of release",
        }
    }

    /// The key in JSON.
    pub fn key(self) -> &'static str {
        match self {
            Self::Severity => "severity",
            Self::Concern => "concern",
            Self::OptOuts => "opt_outs",
            Self::TypeOfData => "type_of_data",
            Self::Sensitivity => "sensitivity",
            Self::LegalBasis => "legal_basis",
            Self::Commercial => "commercial",
            Self::Sublicensing => "sublicensing",
            Self::Access => "access",
            Self::OrganisationType => "organisation_type",
            Self::Organisation => "organisation",
            Self::Dataset => "dataset",
            Self::Started => "started",
            Self::Released => "released",
        }
    }

    /// The list of published values that it shows, and the field that asks for one of them.
    fn listed(self) -> Option<(Listed, &'static str)> {
        Some(match self {
            Self::TypeOfData => (Listed::TypeOfData, "type"),
            Self::Sensitivity => (Listed::Sensitivity, "sensitivity"),
            Self::LegalBasis => (Listed::LegalBasis, "legal"),
            Self::Access => (Listed::Access, "access"),
            Self::OrganisationType => (Listed::OrganisationType, "orgtype"),
            Self::Organisation => (Listed::Organisation, "org"),
            Self::Dataset => (Listed::Dataset, "dataset"),
            _ => return None,
        })
    }

    /// The part of a query that asks for a value of it by what the value is called.
    fn asking(self, label: &str) -> String {
        let name = match self {
            Self::Severity => "severity",
            Self::Concern => "concern",
            Self::OptOuts => "optouts",
            Self::Commercial => "commercial",
            Self::Sublicensing => "sublicensing",
            Self::Started => "started",
            Self::Released => "released",
            _ => return self.listed().map(|(_, name)| query::whole(name, label)).unwrap_or_default(),
        };
        format!("{name}:{label}")
    }

    /// Whether its values have an order of their own.
    fn is_ordered(self) -> bool {
        matches!(self, Self::Severity | Self::Started | Self::Released)
    }
}

impl Index {
    /// The facets of what a query finds; those without values are left out.
    ///
    /// # Errors
    /// [`SearchError::Cancelled`], or where the index cannot be read.
    pub fn facets(
        &self,
        query: &str,
        last_word: LastWord,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Vec<Facet>, SearchError> {
        self.facets_of(query, last_word, None, cancelled)
    }

    /// The same, where what the whole query finds may be known already: without a choice in it nothing is searched again.
    ///
    /// # Errors
    /// As for [`Index::facets`].
    pub fn facets_of(
        &self,
        query: &str,
        last_word: LastWord,
        known: Option<&[ProjectId]>,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Vec<Facet>, SearchError> {
        let parts = parts(query);
        let known = known.filter(|_| parts.iter().all(|part| part.facet.is_none()));
        // Which versions are looked at is said of the query as a whole.
        let evaluation = Evaluation::new(self, query::read(query, LastWord::Whole).versions, LONGEST_SEARCH, cancelled);
        let is_found = |text: &str, last_word| {
            let found = evaluation.projects(&query::read(text, last_word))?;
            Ok::<_, SearchError>(self.marked(found.into_iter().map(|(project, _)| project)))
        };
        let searched = if known.is_some() { &[] } else { parts.as_slice() };
        let found: Vec<Vec<bool>> = searched
            .iter()
            .enumerate()
            .map(|(at, part)| is_found(part.text, if at + 1 == parts.len() { last_word } else { LastWord::Whole }))
            .collect::<Result<_, _>>()?;
        let of_others = |field: Option<FacetField>| {
            let others = parts.iter().zip(&found).filter(|(part, _)| field.is_none() || part.facet != field);
            let mut is_found = vec![true; self.len()];
            for (_, found) in others {
                is_found.iter_mut().zip(found).for_each(|(one, other)| *one &= other);
            }
            is_found
        };
        // What is known is marked and gathered, which is sooner done than sorting it.
        let marked = |known: &[ProjectId]| self.marked(known.iter().copied());
        let all = self.among(&known.map_or_else(|| of_others(None), marked));
        let mut facets = Vec::new();
        for field in FacetField::ALL {
            evaluation.go_on()?;
            let own: Vec<&Part<'_>> = parts.iter().filter(|part| part.facet == Some(field)).collect();
            let widened = (!own.is_empty()).then(|| self.among(&of_others(Some(field))));
            let among = widened.as_ref().unwrap_or(&all);
            let mut facet = Facet::of(field);
            facet.add(&self.values, self.counted(field, among)?);
            for (leaf, choice) in own.iter().flat_map(|part| part.leaves.iter().map(|leaf| (leaf, part.choice))) {
                if facet.choose(leaf, choice) {
                    continue;
                }
                // What is asked for in other words, or has no project.
                let holds = is_found(leaf, LastWord::Whole)?;
                let has = |project: &&ProjectId| holds.get(project.0 as usize) == Some(&true);
                facet.add_asked(&choice::label(leaf), leaf, among.projects.iter().filter(has).count(), choice);
            }
            if !facet.is_empty() {
                facets.push(facet);
            }
        }
        Ok(facets)
    }

    /// For each project of the edition whether it is among some.
    fn marked(&self, projects: impl Iterator<Item = ProjectId>) -> Vec<bool> {
        let mut is_among = vec![false; self.len()];
        for project in projects {
            if let Some(mark) = is_among.get_mut(project.0 as usize) {
                *mark = true;
            }
        }
        is_among
    }
}
