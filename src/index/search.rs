//! Searching: the tree of a query is evaluated over all versions at once, a score for each.

use std::cell::RefCell;
use std::time::{Duration, Instant};

use super::held::Held;
use super::offers;
use super::query::{self, Node, Query, Test, Versions};
use super::scores::{Hits, is_match};
use super::{Found, Index, LastWord, ProjectId, Request, SearchError};
use crate::concerns::{RuleId, Severity};
use crate::register::Section;

/// How long a search may take: whoever waits longer has written another by then.
pub const LONGEST_SEARCH: Duration = Duration::from_secs(2);

impl Index {
    /// Searches for projects by their latest versions.
    ///
    /// `cancelled` is asked between pieces of work; once it says yes, the search ends.
    ///
    /// # Errors
    /// [`SearchError::Cancelled`], [`SearchError::TooLong`] after [`LONGEST_SEARCH`], or where the index cannot be read.
    pub fn search(&self, request: &Request, cancelled: &dyn Fn() -> bool) -> Result<Found, SearchError> {
        self.search_within(LONGEST_SEARCH, request, cancelled)
    }

    /// The same, for a search that may take so long.
    ///
    /// # Errors
    /// As for [`Index::search`].
    pub fn search_within(
        &self,
        longest: Duration,
        request: &Request,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Found, SearchError> {
        let started = Instant::now();
        let query = query::read(&request.query, request.last_word);
        let evaluation = Evaluation::new(self, query.versions, longest, cancelled);
        let mut hits = evaluation.hits(&query)?;
        evaluation.raise(&mut hits, &query, &request.query)?;
        let scored = evaluation.scored(&hits);
        let held = evaluation.held.take();
        let projects = self.in_order(scored, request.sort)?;
        let offers = match &query.root {
            Some(root) if projects.is_empty() => offers::offers(&evaluation, root, &request.query)?,
            _ => Vec::new(),
        };
        let completions = match request.last_word {
            LastWord::Beginning => self.completions(&request.query),
            LastWord::Whole => Vec::new(),
        };
        let (trouble, took) = (query.trouble, started.elapsed());
        Ok(Found { projects, trouble, took, offers, completions, held })
    }

    /// How many projects a search finds that may take so long; nothing is put in order, and nothing offered.
    ///
    /// # Errors
    /// As for [`Index::search`].
    pub fn count_within(
        &self,
        longest: Duration,
        request: &Request,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<usize, SearchError> {
        let query = query::read(&request.query, request.last_word);
        Ok(Evaluation::new(self, query.versions, longest, cancelled).projects(&query)?.len())
    }
}

/// One search under way.
pub(super) struct Evaluation<'a> {
    pub(super) index: &'a Index,
    /// How many versions are looked at, from the first on.
    pub(super) documents: usize,
    cancelled: &'a dyn Fn() -> bool,
    started: Instant,
    longest: Duration,
    /// Where the words stand that were looked for.
    pub(super) held: RefCell<Held>,
}

impl<'a> Evaluation<'a> {
    pub(super) fn new(
        index: &'a Index,
        versions: Versions,
        longest: Duration,
        cancelled: &'a dyn Fn() -> bool,
    ) -> Self {
        let documents = match versions {
            Versions::Latest => index.documents.latest(),
            Versions::All => index.documents.len(),
        };
        Self { index, documents, cancelled, started: Instant::now(), longest, held: RefCell::default() }
    }

    /// Whether to go on.
    pub(super) fn go_on(&self) -> Result<(), SearchError> {
        if (self.cancelled)() {
            return Err(SearchError::Cancelled);
        }
        if self.started.elapsed() >= self.longest {
            return Err(SearchError::TooLong { longest: self.longest });
        }
        Ok(())
    }

    /// The projects that a query finds, in the register's order, with their scores.
    pub(super) fn projects(&self, query: &Query) -> Result<Vec<(ProjectId, f32)>, SearchError> {
        Ok(self.scored(&self.hits(query)?))
    }

    /// The score of each version.
    fn hits(&self, query: &Query) -> Result<Hits, SearchError> {
        self.go_on()?;
        match &query.root {
            None => Ok(Hits::all(self.documents)),
            Some(root) => self.node(root),
        }
    }

    /// The projects of versions that match, in the register's order, with their scores.
    fn scored(&self, hits: &Hits) -> Vec<(ProjectId, f32)> {
        let scored = self.index.documents.projects(self.documents).zip(hits.scores());
        let matching = scored.filter(|(_, score)| is_match(**score));
        let mut scored: Vec<(ProjectId, f32)> = matching.map(|(project, score)| (project, *score)).collect();
        if self.documents > self.index.documents.latest() {
            // A project counts as its best version does.
            scored.sort_by(|(one, score), (other, than)| one.cmp(other).then(than.total_cmp(score)));
            scored.dedup_by_key(|(project, _)| *project);
        }
        scored
    }

    /// Where a part of a query matches; where its words stand is kept by nobody.
    pub(super) fn unkept(&self, node: &Node) -> Result<Hits, SearchError> {
        let known = self.held.borrow().len();
        let hits = self.node(node)?;
        self.held.borrow_mut().forget_behind(known);
        Ok(hits)
    }

    pub(super) fn node(&self, node: &Node) -> Result<Hits, SearchError> {
        let documents = self.documents;
        self.go_on()?;
        match node {
            Node::Nothing => Ok(Hits::none(documents)),
            Node::Concern(rules) => Ok(self.of_rules(rules, Index::concern_bits)),
            Node::Unsure(rules) => Ok(self.of_rules(rules, Index::unsure_bits)),
            Node::Alike(section, reference) => self.alike(*section, reference),
            Node::Value(test) => self.value(test),
            Node::Words(words) => self.words(words),
            Node::Not(inside) => {
                let mut hits = self.unkept(inside)?;
                hits.invert();
                Ok(hits)
            }
            Node::All(parts) => {
                let Some((first, others)) = parts.split_first() else { return Ok(Hits::all(documents)) };
                let mut hits = self.node(first)?;
                for part in others {
                    hits.and(&self.node(part)?);
                }
                Ok(hits)
            }
            Node::Any(parts) => {
                let mut hits = Hits::none(documents);
                for part in parts {
                    hits.or(&self.node(part)?);
                }
                Ok(hits)
            }
        }
    }

    /// Documents of projects that have the bit of one of these rules.
    fn of_rules(&self, rules: &[RuleId], bits: fn(&Index, ProjectId) -> u64) -> Hits {
        let wanted = super::bits(rules.iter().copied());
        let mut hits = Hits::none(self.documents);
        for (document, project) in self.index.documents.projects(self.documents).enumerate() {
            if bits(self.index, project) & wanted != 0 {
                hits.add(document, 0.0);
            }
        }
        hits
    }

    /// Documents of projects that are as asked for by value.
    fn value(&self, test: &Test) -> Result<Hits, SearchError> {
        let is = match test {
            Test::Severity(wanted) => self.weighing(wanted)?,
            Test::Mine(_) | Test::Tag(_) => self.index.is_marked(test),
            test => self.index.values.test(test),
        };
        let mut hits = Hits::none(self.documents);
        for (document, project) in self.index.documents.projects(self.documents).enumerate() {
            if is.get(project.0 as usize) == Some(&true) {
                hits.add(document, 0.0);
            }
        }
        Ok(hits)
    }

    /// For each project whether it has a concern of one of these weights.
    fn weighing(&self, wanted: &[Severity]) -> Result<Vec<bool>, SearchError> {
        let mut is = Vec::with_capacity(self.index.len());
        for number in 0..u32::try_from(self.index.len()).unwrap_or(u32::MAX) {
            let weights = self.index.weights(ProjectId(number))?;
            is.push(wanted.iter().any(|severity| weights[*severity as usize] > 0));
        }
        Ok(is)
    }

    /// Documents of projects that publish nearly the same in a section as a project, which is one of them.
    fn alike(&self, section: Section, reference: &str) -> Result<Hits, SearchError> {
        let groups = self.index.wording_groups()?;
        let of = |project: ProjectId| groups.get(project.0 as usize).map_or(&[][..], |groups| groups.of(section));
        let named = self.index.find_reference(reference)?;
        // What several texts of a project belong to can be several groups: the rule speaks of the first.
        let wanted: Vec<u32> = named.into_iter().filter_map(|project| of(project).first().copied()).collect();
        let mut hits = Hits::none(self.documents);
        for (document, project) in self.index.documents.projects(self.documents).enumerate() {
            if of(project).iter().any(|group| wanted.contains(group)) {
                hits.add(document, 0.0);
            }
        }
        Ok(hits)
    }
}
