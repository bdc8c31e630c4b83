//! Facets: what the projects that a search finds are, by value, with counts. Each is counted as if its own choice were not made,
//! so that one can widen; a choice is a part of the query, and can be read and changed there as text.

mod choice;
mod counts;

use super::query::{self, Listed};
use super::search::Evaluation;
use super::values::Values;
use super::{Index, LONGEST_SEARCH, LastWord, ProjectId, SearchError};
use counts::Value;

pub use choice::{Choice, choose};
use choice::{Part, parts};

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

/// A facet with its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// Which.
    pub field: FacetField,
    /// Its values, most projects first; weights and years in their own order.
    pub values: Vec<FacetValue>,
}

/// A value of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetValue {
    /// As published, or as it is written.
    pub label: String,
    /// The part of a query that asks for it.
    pub query: String,
    /// How many projects have it, of those that are found but for this facet.
    pub projects: usize,
    /// What is chosen.
    pub choice: Choice,
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
            let mut is_found = vec![false; self.len()];
            for (project, _) in found {
                if let Some(mark) = is_found.get_mut(project.0 as usize) {
                    *mark = true;
                }
            }
            Ok::<_, SearchError>(is_found)
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
            let projects = (0..).map(ProjectId).zip(is_found).filter(|(_, is_found)| *is_found);
            projects.map(|(project, _)| project).collect::<Vec<_>>()
        };
        // In the register's order, in which the columns are.
        let all = known.map_or_else(
            || of_others(None),
            |known| {
                let mut known = known.to_vec();
                known.sort_unstable();
                known
            },
        );
        let mut facets = Vec::new();
        for field in FacetField::ALL {
            evaluation.go_on()?;
            let own: Vec<&Part<'_>> = parts.iter().filter(|part| part.facet == Some(field)).collect();
            let widened = (!own.is_empty()).then(|| of_others(Some(field)));
            let others = widened.as_ref().unwrap_or(&all);
            let counted = self.counted(field, others)?.into_iter();
            let mut values: Vec<FacetValue> =
                counted.map(|(value, projects)| shown(field, &self.values, value, projects)).collect();
            for (leaf, choice) in own.iter().flat_map(|part| part.leaves.iter().map(|leaf| (leaf, part.choice))) {
                if let Some(value) = values.iter_mut().find(|value| value.query == *leaf) {
                    value.choice = choice;
                    continue;
                }
                // What is asked for in other words, or has no project.
                let holds = is_found(leaf, LastWord::Whole)?;
                let projects = others.iter().filter(|project| holds.get(project.0 as usize) == Some(&true)).count();
                values.push(FacetValue { label: choice::label(leaf), query: leaf.clone(), projects, choice });
            }
            if !values.is_empty() {
                facets.push(Facet { field, values });
            }
        }
        Ok(facets)
    }
}

fn shown(field: FacetField, values: &Values, value: Value, projects: usize) -> FacetValue {
    let written = |name: &str, value: &str| (value.to_owned(), format!("{name}:{value}"));
    let (label, query) = match value {
        Value::Severity(weight) => written("severity", weight.as_str()),
        Value::Rule(rule) => written("concern", rule.as_str()),
        Value::OptOuts(state) => written("optouts", state.as_str()),
        Value::Answer(answer) => {
            let name = if field == FacetField::Commercial { "commercial" } else { "sublicensing" };
            written(name, query::answer_name(answer))
        }
        Value::Year(year) => {
            let name = if field == FacetField::Started { "started" } else { "released" };
            written(name, &year.to_string())
        }
        Value::Listed(number) => {
            let (listed, name) = field.listed().unwrap_or((Listed::Access, "access"));
            let label = values.name(listed, number).to_owned();
            let query = query::whole(name, &label);
            (label, query)
        }
    };
    FacetValue { label, query, projects, choice: Choice::None }
}
