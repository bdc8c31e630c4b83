//! `outflow searches`: the saved searches with what they find, and what of it is new.

use clap::Args;
use color_eyre::eyre::{Report, eyre};
use serde::Serialize;

use super::Outcome;
use super::arguments::Global;
use super::printer::{Printer, Role, remark};
use crate::index::{Index, Sort};
use crate::library::saved::{self, Watched};
use crate::library::{SavedSearch, SearchName};
use crate::report::{projects_counted, query_shown, why_unknown};

/// Arguments of `searches`.
#[derive(Debug, Args)]
pub(super) struct Searches {
    /// Remove this one
    #[arg(long, value_name = "NAME")]
    pub(super) remove: Option<String>,
}

/// What is said where nothing is saved.
pub(super) const NOTHING: &str = "you have saved no search; `outflow search QUERY --save NAME` does";

/// The JSON of the saved searches.
#[derive(Debug, Serialize)]
struct SearchesReport {
    edition: String,
    searches: Vec<SearchReport>,
}

/// One saved search, and what it finds in the edition that is open.
#[derive(Debug, Serialize)]
struct SearchReport {
    #[serde(flatten)]
    named: NamedReport,
    found: usize,
    new: usize,
    /// The edition of the last visit.
    since: String,
    /// Why its query cannot be read as written; absent where it can.
    trouble: Option<String>,
}

/// What a search is.
#[derive(Debug, Serialize)]
pub(super) struct NamedReport {
    name: String,
    query: String,
    sort: Sort,
}

/// The JSON of what was removed.
#[derive(Debug, Serialize)]
struct RemovedReport {
    removed: Option<NamedReport>,
}

impl NamedReport {
    pub(super) fn new(search: &SavedSearch) -> Self {
        Self { name: search.name.clone(), query: search.query.clone(), sort: search.sort }
    }
}

pub(super) fn run(global: &Global, asked: &Searches, printer: &mut Printer) -> Result<Outcome, Report> {
    if let Some(name) = &asked.remove {
        return remove(global, name, printer);
    }
    // What cannot be read is told before an edition is opened.
    let searches = super::own(global)?.searches()?;
    let edition = super::open(global)?;
    let watched = saved::watch(&edition.index, searches)?;
    let slug = &edition.index.header().edition.slug;
    if global.json {
        let searches = watched.iter().map(SearchReport::new).collect();
        printer.json(&SearchesReport { edition: slug.clone(), searches })?;
    } else if watched.is_empty() {
        remark(NOTHING);
    }
    for search in watched.iter().filter(|_| !global.json) {
        print(search, slug, printer)?;
    }
    Ok(if watched.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

/// A name as it was written on the command line.
pub(super) fn named(name: &str) -> Result<SearchName, Report> {
    Ok(SearchName::new(name)?)
}

/// Saves a search; what it finds now will not be new later.
pub(super) fn save(global: &Global, index: &Index, search: SavedSearch) -> Result<(), Report> {
    let own = super::own(global)?;
    for watched in saved::watch(index, vec![search])? {
        if let Some((why, trouble)) = why_unknown(&watched) {
            return Err(eyre!("the search was not saved, because it {why}: {trouble}"));
        }
        let mut before = None;
        own.change_searches(|all| before = saved::save(all, watched.visited()))?;
        remark(&format!("saved as \"{}\"; `outflow watch` tells what is new from now on", watched.search.name));
        if let Some(before) = before {
            remark(&format!("that name stood for another search before: {}", query_shown(&before.query)));
        }
    }
    Ok(())
}

fn remove(global: &Global, name: &str, printer: &mut Printer) -> Result<Outcome, Report> {
    let mut removed = None;
    let own = super::own(global)?;
    // Where there is none, nothing is written.
    if own.searches()?.iter().any(|search| search.is_named(name)) {
        own.change_searches(|all| removed = saved::remove(all, name))?;
    }
    if global.json {
        printer.json(&RemovedReport { removed: removed.as_ref().map(NamedReport::new) })?;
    } else if let Some(search) = &removed {
        printer.line_as(Role::Strong, &search.name)?;
        printer.block(2, &format!("no longer saved; its query was: {}", query_shown(&search.query)))?;
    } else {
        remark(&format!("no search \"{name}\" is saved; `outflow searches` lists those that are"));
    }
    Ok(if removed.is_some() { Outcome::Done } else { Outcome::Nothing })
}

impl SearchReport {
    fn new(watched: &Watched) -> Self {
        Self {
            named: NamedReport::new(&watched.search),
            found: watched.found.len(),
            new: watched.new.len(),
            since: watched.search.seen.edition.clone(),
            trouble: why_unknown(watched).map(|(_, trouble)| trouble),
        }
    }
}

fn print(watched: &Watched, slug: &str, printer: &mut Printer) -> Result<(), Report> {
    let search = &watched.search;
    printer.line_as(Role::Strong, &search.name)?;
    printer.block(2, query_shown(&search.query))?;
    let told = if let Some((why, trouble)) = why_unknown(watched) {
        format!("It {why}: {trouble}")
    } else {
        let found = projects_counted(watched.found.len());
        format!("{found} in edition {slug}, {} new since edition {}", watched.new.len(), search.seen.edition)
    };
    printer.block(2, &told)?;
    Ok(())
}
