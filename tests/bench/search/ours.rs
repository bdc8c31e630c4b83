//! Outflow, as its explorer uses it: the only calls into it that are measured.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use outflow::explorer::desk::IndexDesk;
use outflow::explorer::message::{Answer, Job};
use outflow::explorer::worker::Desk;
use outflow::index::{Index, LastWord, Request, Sort};

/// Rows that are made ready, with snippets: as many as a list of 24 lines shows at most.
pub(crate) const ROWS: usize = 20;

/// Columns of the list.
const COLUMNS: u16 = 80;

pub(crate) struct Ours {
    desk: IndexDesk,
}

/// What one query costs, in parts that follow one another.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cost {
    pub(crate) hits: usize,
    pub(crate) search: Duration,
    pub(crate) rows: Duration,
    pub(crate) facets: Duration,
}

impl Ours {
    pub(crate) fn open(folder: &Path) -> Self {
        Self { desk: IndexDesk::new(Arc::new(Index::open(folder).unwrap())) }
    }

    /// What the explorer does for a query with its facets open: the list with its first rows, then the counts.
    pub(crate) fn work(&self, query: &str, last_word: LastWord) -> Cost {
        self.attempt(query, last_word).unwrap_or_else(|why| panic!("{query}: {why}"))
    }

    /// The same; what the explorer says where a search is stopped, for it took too long.
    pub(crate) fn attempt(&self, query: &str, last_word: LastWord) -> Result<Cost, String> {
        let request = Request { query: query.to_owned(), last_word, sort: Sort::Relevance };
        let begun = Instant::now();
        let job = Job::Find { asked: 1, request: request.clone(), rows: ROWS, columns: COLUMNS };
        let found = self.desk.work(&job, &|| false);
        let to_rows = begun.elapsed();
        let Some(Answer::Found { found, rows, .. }) = found else { return Err(format!("{found:?}")) };
        let begun = Instant::now();
        // As the explorer asks: it knows what was found.
        let job = Job::Facets { asked: 1, request, found: Some(found.projects.clone()) };
        let counted = self.desk.work(&job, &|| false);
        let facets_took = begun.elapsed();
        let Some(Answer::Facets { facets, .. }) = counted else { return Err(format!("{counted:?}")) };
        assert!(found.trouble.is_empty(), "{query}: {:?}", found.trouble);
        assert_eq!(rows.rows.len(), found.projects.len().min(ROWS), "{query}");
        assert!(found.projects.is_empty() || !facets.is_empty(), "{query}");
        let search = found.took;
        Ok(Cost { hits: found.projects.len(), search, rows: to_rows.saturating_sub(search), facets: facets_took })
    }

    /// How many projects a query finds that is whole.
    pub(crate) fn count(&self, query: &str) -> usize {
        self.work(query, LastWord::Whole).hits
    }
}

impl Cost {
    /// What a keystroke costs while no facets are shown.
    pub(crate) fn key(self) -> Duration {
        self.search + self.rows
    }

    pub(crate) fn whole(self) -> Duration {
        self.key() + self.facets
    }
}
