//! What is said of searches and of what they find.

use crate::index::Trouble;
use crate::library::saved::{Known, Watched};

/// `1 project`, `2 projects`.
pub fn projects_counted(count: usize) -> String {
    format!("{count} {}", if count == 1 { "project" } else { "projects" })
}

/// A query as it is shown where it stands alone: one without words finds every project.
pub fn query_shown(query: &str) -> &str {
    if query.trim().is_empty() { "every project" } else { query }
}

/// What could not be read of a query, beside the part of it that is meant.
pub fn trouble_told(query: &str, trouble: &Trouble) -> String {
    let part = query.get(trouble.range.clone()).unwrap_or_default();
    if part.is_empty() { trouble.message.clone() } else { format!("\"{part}\": {}", trouble.message) }
}

/// Why it is not known what a saved search finds, in a few words that follow its name and in full; none where it is known.
pub fn why_unknown(watched: &Watched) -> Option<(&'static str, String)> {
    match &watched.known {
        Known::Whole => None,
        Known::Unread(trouble) => {
            let told = trouble.iter().map(|trouble| trouble_told(&watched.search.query, trouble));
            Some(("cannot be read as written", told.collect::<Vec<_>>().join("; ")))
        }
        Known::Stopped(said) => Some(("takes too long", said.clone())),
    }
}
