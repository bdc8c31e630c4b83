//! What home counts: off the screen's thread, and giving way to whatever is searched for meanwhile.

use std::sync::Arc;

use color_eyre::eyre::Report;

use super::IndexDesk;
use crate::changes::Change;
use crate::concerns::{Alone, RuleId, Severity};
use crate::explorer::compared::Compared;
use crate::explorer::lock::Lock;
use crate::explorer::message::Answer;
use crate::explorer::sheet::{self, Home, Kind, Named, Saved, Sheet, Since};
use crate::index::{Facet, FacetField, Index, LONGEST_SEARCH, LastWord, Request, SearchError};
use crate::library::saved;
use crate::report::timeline::FilesByMonth;
use crate::report::{Datasets, Organisations};

/// How many searches worth trying are shown.
const SHOWN: usize = 5;

impl IndexDesk {
    /// Home with all that is counted for it; none where that was cancelled.
    pub(super) fn home(&self, cancelled: &dyn Fn() -> bool) -> Result<Option<Sheet>, Report> {
        match self.counted(&self.index(), cancelled) {
            Ok(home) => Ok(Some(sheet::of_home(self.index().header(), Some(&home)))),
            Err(error) if matches!(error.downcast_ref(), Some(SearchError::Cancelled)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn counted(&self, index: &Index, cancelled: &dyn Fn() -> bool) -> Result<Home, Report> {
        let mut weights = Vec::new();
        let of_edition = self.of_edition(index, cancelled)?;
        for severity in [Severity::High, Severity::Medium, Severity::Note] {
            weights.push((severity, found(index, &format!("severity:{}", severity.as_str()), cancelled)?));
        }
        let searches = self.saved(index, cancelled)?;
        let mut tries = Vec::new();
        let has_saved = !searches.known().is_empty();
        for (query, about) in sheet::tries(&index.header().edition).filter(|_| !has_saved) {
            let projects = found(index, query, cancelled)?;
            if projects > 0 && tries.len() < SHOWN {
                tries.push((query, projects, about));
            }
        }
        let months = self.open().months.clone();
        let released = match months.as_ref().and_then(|months| months.peak()) {
            Some(peak) => Some(found(index, &format!("released:{}", peak.month.year()), cancelled)?),
            None => None,
        };
        let OfEdition { named, kinds } = (*of_edition).clone();
        Ok(Home { named, weights, kinds, months, released, searches, tries, changes: self.since(index)? })
    }

    /// The searches that the person has saved, with what is new in each.
    fn saved(&self, index: &Index, cancelled: &dyn Fn() -> bool) -> Result<Saved, Report> {
        if self.lock == Lock::Locked {
            return Ok(Saved::NotKept);
        }
        Ok(match self.own().and_then(|own| own.searches()) {
            Ok(searches) => Saved::Kept(saved::watch_while(index, searches, cancelled)?),
            Err(crate::library::OwnError::NoHome) => Saved::Kept(Vec::new()),
            Err(error) => Saved::Unread(error.to_string()),
        })
    }

    /// What is counted of an edition once, since it stays as it is.
    fn of_edition(&self, index: &Index, cancelled: &dyn Fn() -> bool) -> Result<Arc<OfEdition>, Report> {
        if let Some(known) = self.open().of_edition.clone() {
            return Ok(known);
        }
        let named = Named {
            organisations: Organisations::of(index, &self.names)?.groups().len(),
            datasets: Datasets::of(index, &self.names)?.groups().len(),
        };
        let facets = index.facets("", LastWord::Whole, cancelled)?;
        let kinds = facets.iter().filter(|facet| facet.field == FacetField::OrganisationType);
        let kinds = kinds.flat_map(Facet::values).map(|value| Kind {
            name: value.label.to_owned(),
            projects: value.projects,
            query: value.query().into_owned(),
        });
        let counted = Arc::new(OfEdition { named, kinds: kinds.collect() });
        self.open().of_edition = Some(Arc::clone(&counted));
        Ok(counted)
    }

    /// Counts the files of the edition by month, for home; nothing where that gave way.
    pub(super) fn months(&self, cancelled: &dyn Fn() -> bool) -> Result<Option<Answer>, Report> {
        let index = self.index();
        let Some(months) = FilesByMonth::of(&index, cancelled)? else { return Ok(None) };
        self.open().months = Some(Arc::new(months));
        Ok(Some(Answer::Months))
    }

    /// What changed since the edition before. Comparing the two takes its time, so that home tells what is known already.
    fn since(&self, index: &Index) -> Result<Result<Since, Alone>, Report> {
        let edition = match &self.library {
            Some(library) if !index.header().edition.is_sample() => library.earlier(index)?,
            _ => Err(Alone::Only),
        };
        let compared = self.open().compared.clone();
        Ok(edition.map(|edition| {
            let told = match compared.filter(|compared| compared.from == edition) {
                Some(compared) => changes_told(&compared),
                None => ruled(index),
            };
            Since { edition, told }
        }))
    }
}

/// What is counted of an edition once.
#[derive(Debug, Clone)]
pub(super) struct OfEdition {
    named: Named,
    kinds: Vec<Kind>,
}

/// How many projects a query finds.
pub(super) fn found(index: &Index, query: &str, cancelled: &dyn Fn() -> bool) -> Result<usize, SearchError> {
    let request = Request { query: query.to_owned(), ..Request::default() };
    index.count_within(LONGEST_SEARCH, &request, cancelled)
}

fn changes_told(compared: &Compared) -> String {
    let count = |is_it: &dyn Fn(&Change) -> bool| {
        compared.comparison.changes.iter().filter(|change| is_it(&change.change)).count()
    };
    let left = count(&|change| matches!(change, Change::Withdrawn | Change::EntryRemoved));
    let amended = count(&|change| matches!(change, Change::Amended(_) | Change::Recounted { .. }));
    let came = count(&|change| matches!(change, Change::Added | Change::EntryAdded));
    format!("{left} left, {amended} amended, {came} came")
}

/// What the rules between editions have found so far.
fn ruled(index: &Index) -> String {
    let header = index.header();
    let removed = header.findings.iter().filter(|finding| finding.rule == RuleId::RemovedFromRegister);
    let removed: usize = removed.map(|finding| finding.references.len()).sum();
    let edited = header.tallies.iter().find(|tally| tally.rule == RuleId::EditedInPlace);
    match (removed, edited.map_or(0, |tally| tally.projects)) {
        (0, 0) => "what left, what was amended and what came".to_owned(),
        (removed, edited) => format!("{removed} projects left, {edited} edited in place"),
    }
}
