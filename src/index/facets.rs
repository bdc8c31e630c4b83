//! Facets: what the projects that a search finds are, by value, with counts. Each is counted as if its own choice were not made,
//! so that one can widen; a choice is a part of the query, and can be read and changed there as text.

mod choice;

use std::collections::HashMap;

use super::query::{self, Listed};
use super::search::Evaluation;
use super::values::Values;
use super::{Index, LastWord, ProjectId, SearchError};
use crate::concerns::{RuleId, Severity};
use crate::register::{OptOutState, YesNo};

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
        let evaluation = Evaluation { index: self, cancelled };
        let parts = parts(query);
        // Which versions are looked at is said of the query as a whole.
        let versions = query::read(query, LastWord::Whole).versions;
        let found: Vec<Vec<bool>> = parts
            .iter()
            .enumerate()
            .map(|(at, part)| {
                let last_word = if at + 1 == parts.len() { last_word } else { LastWord::Whole };
                evaluation.projects(&query::Query { versions, ..query::read(part.text, last_word) })
            })
            .collect::<Result<_, _>>()?;
        let values = self.values()?;
        let mut facets = Vec::new();
        for field in FacetField::ALL {
            if cancelled() {
                return Err(SearchError::Cancelled);
            }
            let others = parts.iter().zip(&found).filter(|(part, _)| part.facet != Some(field));
            let others: Vec<&Vec<bool>> = others.map(|(_, found)| found).collect();
            let is_found = |id: ProjectId| others.iter().all(|found| found[id.0 as usize]);
            let own: Vec<&Part<'_>> = parts.iter().filter(|part| part.facet == Some(field)).collect();
            let mut values = self.counted(field, values, &is_found)?;
            for (leaf, choice) in own.iter().flat_map(|part| part.leaves.iter().map(|leaf| (leaf, part.choice))) {
                if let Some(value) = values.iter_mut().find(|value| value.query == *leaf) {
                    value.choice = choice;
                    continue;
                }
                // What is asked for in other words, or has no project.
                let holds = evaluation.projects(&query::Query { versions, ..query::read(leaf, LastWord::Whole) })?;
                let projects = (0_u32..).zip(&holds).filter(|(id, holds)| **holds && is_found(ProjectId(*id))).count();
                values.push(FacetValue { label: choice::label(leaf), query: leaf.clone(), projects, choice });
            }
            if !values.is_empty() {
                facets.push(Facet { field, values });
            }
        }
        Ok(facets)
    }

    /// The values of a facet with how many of some projects have each.
    fn counted(
        &self,
        field: FacetField,
        values: &Values,
        is_found: &dyn Fn(ProjectId) -> bool,
    ) -> Result<Vec<FacetValue>, SearchError> {
        let mut counts: HashMap<Value, usize> = HashMap::new();
        for id in (0..u32::try_from(self.len()).unwrap_or(u32::MAX)).map(ProjectId).filter(|id| is_found(*id)) {
            for value in self.values_of(field, values, id)? {
                *counts.entry(value).or_default() += 1;
            }
        }
        let mut counted: Vec<(Value, usize)> = counts.into_iter().collect();
        if field.is_ordered() {
            counted.sort_by_key(|(value, _)| *value);
        } else {
            counted.sort_by_key(|(value, count)| (std::cmp::Reverse(*count), *value));
        }
        Ok(counted.into_iter().map(|(value, projects)| shown(field, values, value, projects)).collect())
    }

    /// The values of a facet that a project has, each once.
    fn values_of(&self, field: FacetField, values: &Values, id: ProjectId) -> Result<Vec<Value>, SearchError> {
        if let Some((listed, _)) = field.listed() {
            return Ok(values.listed(id, listed).iter().map(|number| Value::Listed(*number)).collect());
        }
        let answers = values.answers(id);
        Ok(match field {
            FacetField::Severity => {
                let mut weights: Vec<Severity> = self.row(id)?.concerns.iter().map(|(_, weight)| *weight).collect();
                weights.dedup();
                weights.into_iter().map(Value::Severity).collect()
            }
            FacetField::Concern => {
                let bits = self.concern_bits(id);
                RuleId::ALL
                    .iter()
                    .filter(|rule| bits & super::bit(**rule) != 0)
                    .map(|rule| Value::Rule(*rule))
                    .collect()
            }
            FacetField::OptOuts => answers.map(|(state, ..)| Value::OptOuts(state)).into_iter().collect(),
            FacetField::Commercial => answers.map(|(_, answer, _)| Value::Answer(answer)).into_iter().collect(),
            FacetField::Sublicensing => answers.map(|(.., answer)| Value::Answer(answer)).into_iter().collect(),
            FacetField::Started => values.years(id).0.map(Value::Year).into_iter().collect(),
            FacetField::Released => values.years(id).1.into_iter().map(Value::Year).collect(),
            _ => Vec::new(),
        })
    }
}

/// A value, to count by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Value {
    Severity(Severity),
    Rule(RuleId),
    OptOuts(OptOutState),
    Answer(YesNo),
    Listed(u32),
    Year(i16),
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
            let label = values.names(listed).get(number as usize).cloned().unwrap_or_default();
            // A quotation mark would end the value; words are what it is found by.
            let quoted = label.replace(['"', '\u{201C}', '\u{201D}'], " ");
            let query = format!("{name}:=\"{quoted}\"");
            (label, query)
        }
    };
    FacetValue { label, query, projects, choice: Choice::None }
}
