//! What the other editions of a library have where a search finds nothing in the one that is open.

use std::time::{Duration, Instant};

use super::{Library, LibraryError};
use crate::index::{Request, SearchError, follows_from_edition};

/// How long is spent on it at most: it is said beside a list that is shown already.
const LONGEST: Duration = Duration::from_secs(1);

/// What the other editions have of what a search asks for. All are named newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Elsewhere {
    /// Those that have something.
    pub found: Vec<FoundIn>,
    /// Those that have nothing.
    pub without: Vec<String>,
    /// Those of which it is not known: there was no time for them, they cannot be opened, or what is asked for does not follow from
    /// an edition by itself.
    pub unknown: Vec<String>,
}

/// What one edition has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundIn {
    /// Its name.
    pub slug: String,
    /// How many of its projects match.
    pub projects: usize,
}

impl Library {
    /// What the other editions have of what a request asks for; none where that was cancelled. Each is asked by itself: what the
    /// editions around it say of it, and what a person keeps, is not laid over it.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn elsewhere(
        &self,
        open: &str,
        request: &Request,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Option<Elsewhere>, LibraryError> {
        self.elsewhere_within(LONGEST, open, request, cancelled)
    }

    /// The same, for which so much time is spent.
    ///
    /// # Errors
    /// As for [`Library::elsewhere`].
    pub fn elsewhere_within(
        &self,
        longest: Duration,
        open: &str,
        request: &Request,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Option<Elsewhere>, LibraryError> {
        let started = Instant::now();
        let is_known = follows_from_edition(&request.query);
        let mut elsewhere = Elsewhere::default();
        for slug in self.editions()?.into_iter().map(|listed| listed.slug).filter(|slug| slug != open) {
            if cancelled() {
                return Ok(None);
            }
            let left = longest.saturating_sub(started.elapsed());
            let opened = if left.is_zero() { None } else { self.open(Some(&slug)).ok() };
            match opened.map(|edition| edition.index.count_within(left, request, cancelled)) {
                Some(Err(SearchError::Cancelled)) => return Ok(None),
                Some(Ok(0)) if is_known => elsewhere.without.push(slug),
                Some(Ok(projects)) if projects > 0 => elsewhere.found.push(FoundIn { slug, projects }),
                _ => elsewhere.unknown.push(slug),
            }
        }
        Ok(Some(elsewhere))
    }
}
