//! Searching, and what is done with what is found.

use super::facets::Facets;
use super::pages::{ITEMS, Item, Numbered};
use super::results::Results;
use super::step::Listing;
use super::{COLUMNS, Dialogue, Said, Showing, Step};
use crate::explorer::message::{Answer, Job, Keep};
use crate::explorer::sheet::Leads;
use crate::explorer::worker::Desk;
use crate::index::{Choice, Found, LastWord, Request, Sort, choose};
use crate::library::{Elsewhere, SearchName};
use crate::register::Wording;
use crate::report::SUMMARY_NOTICE;

impl<D: Desk> Dialogue<D> {
    pub(super) fn search_for(&mut self, query: &str) -> Said {
        self.search(Request { query: query.to_owned(), ..Request::default() })
    }

    /// Lists the projects that a search finds.
    pub(super) fn search(&mut self, request: Request) -> Said {
        let results = self.find(Request { last_word: LastWord::Whole, ..request })?;
        let mut head = results.head(&self.header.edition.slug);
        if self.header.edition.wording == Wording::Summary && !results.projects.is_empty() {
            head.push(format!("Note: {SUMMARY_NOTICE}"));
        }
        self.show(Showing::Results(results), head)
    }

    /// Orders the projects anew, in their place.
    pub(super) fn sort(&mut self, sort: Sort) -> Said {
        let Some(Showing::Results(results)) = self.showing() else { return Ok(Vec::new()) };
        let request = Request { sort, ..results.request.clone() };
        let ordered = self.find(request)?;
        if let Some(step) = self.steps.last_mut() {
            *step = Step { showing: Showing::Results(ordered), chosen: None };
        }
        self.page()
    }

    pub(super) fn find(&self, request: Request) -> Result<Results, String> {
        let job = Job::Find { asked: 0, request: request.clone(), rows: 0, columns: COLUMNS };
        let found = match self.work(&job)? {
            Answer::Found { found, .. } => found,
            _ => Found::default(),
        };
        let job = Job::Hints { asked: 0, request: request.clone(), found: found.projects.len() };
        let hints = match self.work(&job)? {
            Answer::Hints { hints, .. } => hints,
            _ => Vec::new(),
        };
        let elsewhere = if found.projects.is_empty() { self.elsewhere(&request)? } else { Elsewhere::default() };
        Ok(Results::new(request, found, hints, &elsewhere))
    }

    fn elsewhere(&self, request: &Request) -> Result<Elsewhere, String> {
        Ok(match self.work(&Job::Elsewhere { asked: 0, request: request.clone() })? {
            Answer::Elsewhere { elsewhere, .. } => elsewhere,
            _ => Elsewhere::default(),
        })
    }

    /// Counts what is found by value.
    pub(super) fn facets(&mut self) -> Said {
        let Some(Showing::Results(results)) = self.showing() else { return Ok(Vec::new()) };
        let (request, found) = (results.request.clone(), Some(results.projects.clone()));
        let job = Job::Facets { asked: 0, request: request.clone(), found };
        let Answer::Facets { facets, .. } = self.work(&job)? else { return Ok(Vec::new()) };
        self.show(Showing::Facets(Facets::new(request, facets)), Vec::new())
    }

    /// Chooses a value, or takes that back, and goes to what is found then; back leads to what was found before.
    pub(super) fn take(&mut self, number: usize, choice: Choice) -> Said {
        let Some(Showing::Values(values)) = self.showing() else { return Ok(Vec::new()) };
        let Some(offered) = values.list.get(number) else {
            return Err("there is no such number here".to_owned());
        };
        let wanted = if offered.choice == choice { Choice::None } else { choice };
        let query = choose(&values.request.query, offered.field, &offered.value, wanted);
        let request = Request { query, ..values.request.clone() };
        while matches!(self.steps.last(), Some(Step { showing: Showing::Values(_) | Showing::Facets(_), .. })) {
            self.steps.pop();
        }
        self.search(request)
    }

    pub(super) fn save_search(&mut self, name: &str) -> Said {
        let Some(Showing::Results(results)) = self.showing() else { return Ok(Vec::new()) };
        let Request { query, sort, .. } = results.request.clone();
        let name = SearchName::new(name).map_err(|error| error.to_string())?;
        self.keep(Keep::Search { name, query, sort })
    }

    /// Lists the query language by examples.
    pub(super) fn language(&mut self) -> Said {
        let Answer::Examples { examples } = self.work(&Job::Examples)? else { return Ok(Vec::new()) };
        let items = examples.into_iter().map(|example| {
            let found = example.projects.map(crate::report::projects_counted);
            let found = found.map(|found| format!("; here it finds {found}")).unwrap_or_default();
            let line = format!("Query: {}; {}{found}", example.query, example.about);
            Item::of(Leads::Query(example.query), line)
        });
        let list = Numbered::new(items.collect(), ITEMS);
        self.show(Showing::Listing(Listing::named("how a query is written".to_owned(), list)), Vec::new())
    }
}
