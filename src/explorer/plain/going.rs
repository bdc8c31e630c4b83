//! Where numbers and texts lead.

use super::{Dialogue, Said, Showing};
use crate::explorer::document::{Lead, Subject};
use crate::explorer::message::{Answer, Job, Keep};
use crate::explorer::sheet::Leads;
use crate::explorer::state::View;
use crate::explorer::worker::Desk;
use crate::index::{Choice, Request};

impl<D: Desk> Dialogue<D> {
    /// Goes where a number leads.
    pub(super) fn choose(&mut self, number: usize) -> Said {
        let Some(step) = self.steps.last_mut() else { return Ok(Vec::new()) };
        let numbers = step.showing.numbers();
        if !(1..=numbers).contains(&number) {
            return Err(match numbers {
                0 => "there are no numbers here".to_owned(),
                1 => "there is no such number here; the only one is 1".to_owned(),
                _ => format!("there is no such number here; they go from 1 to {numbers}"),
            });
        }
        step.chosen = Some(number);
        match &step.showing {
            Showing::Listing(listing) => match listing.list.get(number).cloned() {
                Some(leads) => self.go(leads),
                None => Ok(Vec::new()),
            },
            Showing::Results(results) => match (results.projects.get(number - 1), results.offers.get(number)) {
                (Some(project), _) => {
                    let (project, request) = (*project, results.request.clone());
                    self.open(project, request)
                }
                (None, Some(offer)) => {
                    let request = Request { query: offer.clone(), ..results.request.clone() };
                    self.search(request)
                }
                (None, None) => Ok(Vec::new()),
            },
            Showing::Facets(facets) => match facets.values(number) {
                Some(values) => self.show(Showing::Values(values), Vec::new()),
                None => Ok(Vec::new()),
            },
            Showing::Values(_) => self.take(number, Choice::Taken),
            Showing::Project(_) => self.evidence(number),
            Showing::Text(_) => Ok(Vec::new()),
        }
    }

    /// Goes where an item leads.
    pub(super) fn go(&mut self, leads: Leads) -> Said {
        match leads {
            Leads::Nowhere => Ok(Vec::new()),
            Leads::Edition => self.read(Subject::Edition),
            Leads::View(view) => self.sheet(view),
            Leads::Project(project, _) => self.open(project, Request::default()),
            Leads::Query(query) | Leads::Among(_, query) => self.search(Request { query, ..Request::default() }),
            Leads::Change(told) => self.read(Subject::Change(told)),
            Leads::OtherEdition(slug) => {
                self.switch(&slug)?;
                let mut lines = vec![format!("Note: edition {slug} is open")];
                lines.extend(self.sheet(View::Home)?);
                Ok(lines)
            }
            Leads::Rule(rule) => self.read(Subject::Rule(rule)),
            Leads::Finding(number) => self.read(Subject::Finding(number)),
            Leads::Search { name, query, sort } => {
                let mut lines = self.search(Request { query, sort, ..Request::default() })?;
                lines.extend(self.keep(Keep::Visit { name })?);
                Ok(lines)
            }
        }
    }

    /// Goes on to what a text is about.
    pub(super) fn follow(&mut self) -> Said {
        let Some(Showing::Text(text)) = self.showing() else {
            return Err("say what to open, by its number: open 1".to_owned());
        };
        match text.leads_to.clone() {
            None => Err("this leads to no project".to_owned()),
            Some(Lead::View(view)) => self.sheet(view),
            Some(Lead::Search(query)) => self.search(Request { query, ..Request::default() }),
            Some(Lead::Project(reference)) => self.open_named(&reference),
            Some(Lead::InEdition { slug, reference }) => {
                let left = self.header.edition.slug.clone();
                self.switch(&slug)?;
                self.sheet(View::Home)?;
                let mut lines = vec![format!("Note: edition {slug} is open; {left} no longer lists this project")];
                lines.extend(self.open_named(&reference)?);
                Ok(lines)
            }
        }
    }

    /// Opens a project by its stem reference.
    pub(super) fn open_named(&mut self, reference: &str) -> Said {
        let results = self.find(Request { query: format!("ref:{reference}"), ..Request::default() })?;
        match results.projects.as_slice() {
            [project] => self.open(*project, Request::default()),
            _ => self.search(results.request),
        }
    }

    /// Opens another edition; what was listed of the one before leads nowhere any more.
    pub(super) fn switch(&mut self, slug: &str) -> Result<(), String> {
        if let Answer::Switched { header } = self.work(&Job::Switch(slug.to_owned()))? {
            self.header = *header;
            self.steps.clear();
        }
        if let Answer::LaidOver { header } = self.work(&Job::LayOver)? {
            self.header = *header;
        }
        Ok(())
    }
}
