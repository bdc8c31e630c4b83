//! What home counts: off the screen's thread, and giving way to whatever is searched for meanwhile.

use color_eyre::eyre::Report;

use super::IndexDesk;
use crate::changes::Change;
use crate::concerns::{Alone, RuleId, Severity};
use crate::explorer::compared::Compared;
use crate::explorer::sheet::{self, Home, Sheet, Since};
use crate::index::{Index, Request, SearchError};
use crate::library::saved;

/// Queries worth trying, each with what it asks; those are shown that find something.
const TRIES: [(&str, &str); 9] = [
    ("concern:mixed-opt-outs", "opt-outs applied to one file, not to another"),
    ("concern:released-after-expiry", "sent after the agreement had ended"),
    ("insurance OR insurers", "in what a project says it is for"),
    ("type:identifiable optouts:not-applied", "identifiable, opt-outs not applied"),
    ("commercial:yes severity:high", "commercial, with a grave concern"),
    ("\"machine learning\" OR \"artificial intelligence\"", "in any text"),
    ("missing:yielded files:>12", "many files, no benefits told of"),
    ("orgtype:commercial", "companies"),
    ("hospital", "in any text or name"),
];

/// How many of them are shown.
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
        for severity in [Severity::High, Severity::Medium, Severity::Note] {
            weights.push((severity, found(index, &format!("severity:{}", severity.as_str()), cancelled)?));
        }
        let searches = match self.own().and_then(|own| own.searches()) {
            Ok(searches) => Ok(saved::watch_while(index, searches, cancelled)?),
            Err(crate::library::OwnError::NoHome) => Ok(Vec::new()),
            Err(error) => Err(error.to_string()),
        };
        let mut tries = Vec::new();
        let has_saved = searches.as_ref().is_ok_and(|searches| !searches.is_empty());
        for (query, about) in TRIES.iter().filter(|_| !has_saved) {
            let projects = found(index, query, cancelled)?;
            if projects > 0 && tries.len() < SHOWN {
                tries.push((*query, projects, *about));
            }
        }
        Ok(Home { weights, searches, tries, changes: self.since(index)? })
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

/// How many projects a query finds.
pub(super) fn found(index: &Index, query: &str, cancelled: &dyn Fn() -> bool) -> Result<usize, SearchError> {
    let request = Request { query: query.to_owned(), ..Request::default() };
    Ok(index.search(&request, cancelled)?.projects.len())
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
