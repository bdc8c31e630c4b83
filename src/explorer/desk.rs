//! The work itself: the index is searched and read, and what is shown is made ready.

use std::sync::Arc;

use crate::index::{Index, IndexError, Marker, ProjectId, Request, SearchError};

use super::document::Document;
use super::message::{Answer, Job, Listed, Rows};
use super::worker::Desk;

/// A desk with the index of an edition on it.
#[derive(Debug, Clone)]
pub struct IndexDesk {
    index: Arc<Index>,
}

impl IndexDesk {
    /// A desk for an edition.
    pub fn new(index: Arc<Index>) -> Self {
        Self { index }
    }

    fn find(
        &self,
        asked: u64,
        request: &Request,
        rows: usize,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Option<Answer>, SearchError> {
        let found = match self.index.search(request, cancelled) {
            Err(SearchError::Cancelled) => return Ok(None),
            found => found?,
        };
        let first: Vec<ProjectId> = found.projects.iter().take(rows).copied().collect();
        let Some(rows) = self.rows(0, &first, request, cancelled)? else { return Ok(None) };
        Ok(Some(Answer::Found { asked, found, rows }))
    }

    fn rows(
        &self,
        from: usize,
        projects: &[ProjectId],
        request: &Request,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Option<Rows>, SearchError> {
        let marker = marker(request);
        let mut rows = Vec::with_capacity(projects.len());
        for project in projects {
            if cancelled() {
                return Ok(None);
            }
            let snippets =
                if marker.is_empty() { Vec::new() } else { marker.snippets(&self.index.record(*project)?, 1) };
            rows.push(Listed { row: self.index.row(*project)?, snippet: snippets.into_iter().next() });
        }
        Ok(Some(Rows { from, rows }))
    }

    fn open(&self, asked: u64, project: ProjectId, request: &Request) -> Result<Answer, IndexError> {
        let record = self.index.record(project)?;
        let document = Document::new(self.index.header(), record, &marker(request));
        Ok(Answer::Opened { asked, project, document: Box::new(document) })
    }
}

/// What marks the matches of a request.
fn marker(request: &Request) -> Marker {
    Marker::new(&request.query, request.last_word)
}

impl Desk for IndexDesk {
    fn work(&self, job: &Job, cancelled: &dyn Fn() -> bool) -> Option<Answer> {
        let answer = match job {
            Job::Find { asked, request, rows } => self.find(*asked, request, *rows, cancelled),
            Job::Rows { asked, from, projects, request } => {
                let rows = self.rows(*from, projects, request, cancelled);
                rows.map(|rows| rows.map(|rows| Answer::Rows { asked: *asked, rows }))
            }
            Job::Open { asked, project, request } => {
                self.open(*asked, *project, request).map(Some).map_err(SearchError::from)
            }
        };
        answer.unwrap_or_else(|error| Some(Answer::Failed { of: job.clone(), message: error.to_string() }))
    }
}
