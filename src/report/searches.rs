//! What is said of searches and of what they find.

use crate::index::Trouble;
use crate::library::saved::Watched;

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

/// All that could not be read of the query of a saved search; none where all of it could.
pub fn unread(watched: &Watched) -> Option<String> {
    let told: Vec<String> =
        watched.trouble.iter().map(|trouble| trouble_told(&watched.search.query, trouble)).collect();
    (!told.is_empty()).then(|| told.join("; "))
}
