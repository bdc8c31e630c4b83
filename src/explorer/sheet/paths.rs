//! Where the names and numbers of an organisation or a dataset lead. A number leads to as many projects as it says: the query
//! is tried first, and where it finds others the projects are named one by one, or the row says what the query finds.

use std::collections::BTreeSet;

use super::Leads;
use crate::explorer::state::View;
use crate::index::{Index, ProjectId, Request, SearchError};
use crate::names::{Key, Names};
use crate::report::{Datasets, Organisations};

/// The most projects that a query names one by one: more do not fit the search line's bounds.
const MOST_NAMED: usize = 20;

/// What is needed to tell where names lead.
pub(in crate::explorer) struct Paths<'a> {
    /// The edition.
    pub(in crate::explorer) index: &'a Index,
    /// Its organisations.
    pub(in crate::explorer) organisations: &'a Organisations<'a>,
    /// Its datasets.
    pub(in crate::explorer) datasets: &'a Datasets<'a>,
    /// Whether nobody waits for the answer any more.
    pub(in crate::explorer) cancelled: &'a dyn Fn() -> bool,
}

/// A query for some projects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::explorer) struct Led {
    /// The query.
    pub(in crate::explorer) query: String,
    /// How many projects it finds, where these are not the ones that are meant.
    pub(in crate::explorer) finds: Option<usize>,
}

impl Led {
    /// What is said beside a number to which the query does not lead exactly.
    pub(in crate::explorer) fn told(&self) -> String {
        self.finds.map(|found| format!("the search finds {found}")).unwrap_or_default()
    }
}

impl Paths<'_> {
    /// An organisation by a published spelling.
    pub(in crate::explorer) fn organisation(&self, name: &str) -> Leads {
        leads(self.organisations.groups().of_spelling(name), View::Organisation)
    }

    /// A dataset by a published spelling.
    pub(in crate::explorer) fn dataset(&self, name: &str) -> Leads {
        leads(self.datasets.groups().of_spelling(name), View::Dataset)
    }

    /// The query for some projects: the one that is offered if it finds them and no other.
    pub(in crate::explorer) fn to_projects(&self, offered: String, projects: &[ProjectId]) -> Result<Led, SearchError> {
        let wanted: BTreeSet<ProjectId> = projects.iter().copied().collect();
        let found = self.found(&offered)?;
        if found == wanted {
            return Ok(Led { query: offered, finds: None });
        }
        if (1..=MOST_NAMED).contains(&wanted.len()) {
            let references: Result<Vec<String>, _> = wanted
                .iter()
                .map(|project| self.index.row(*project).map(|row| format!("ref:{}", row.reference)))
                .collect();
            let named = references?.join(" OR ");
            if self.found(&named)? == wanted {
                return Ok(Led { query: named, finds: None });
            }
        }
        Ok(Led { query: offered, finds: Some(found.len()) })
    }

    /// What a query finds.
    pub(super) fn found(&self, query: &str) -> Result<BTreeSet<ProjectId>, SearchError> {
        let request = Request { query: query.to_owned(), ..Request::default() };
        let found = self.index.search(&request, self.cancelled)?;
        // What could not be read is not what was asked.
        Ok(if found.trouble.is_empty() { found.projects.into_iter().collect() } else { BTreeSet::new() })
    }
}

/// Where a name leads, by its place among those of the edition.
pub(in crate::explorer) fn leads(at: Option<usize>, view: fn(usize) -> View) -> Leads {
    at.map_or(Leads::Nowhere, |at| Leads::View(view(at)))
}

/// The query for an organisation, under whichever of its spellings.
pub(in crate::explorer) fn organisation_query(spellings: &[String]) -> String {
    one_of("org", spellings, |name| Names::built_in().organisation_key(name))
}

/// The query for a dataset, under whichever of its spellings.
pub(in crate::explorer) fn dataset_query(spellings: &[String]) -> String {
    one_of("dataset", spellings, |name| Names::built_in().dataset_key(name))
}

/// A search knows by itself which spellings are one, but not those that a user's own list makes one.
fn one_of(field: &str, spellings: &[String], key: impl Fn(&str) -> Key) -> String {
    let mut seen = BTreeSet::new();
    let different = spellings.iter().filter(|name| seen.insert(key(name)));
    let parts: Vec<String> = different.map(|name| format!("{field}:=\"{name}\"")).collect();
    match parts.as_slice() {
        [one] => one.clone(),
        several => format!("({})", several.join(" OR ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_that_a_search_makes_one_are_written_once() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(organisation_query(&names(&["IMS HEALTH LTD", "IMS Health Limited"])), "org:=\"IMS HEALTH LTD\"");
        assert_eq!(dataset_query(&names(&["A", "B"])), "(dataset:=\"A\" OR dataset:=\"B\")");
    }
}
