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

/// Why it is not known what a saved search finds, where something is [`unread`]: what follows its name in a sentence.
pub fn why_unknown(watched: &Watched) -> &'static str {
    // What is wrong with a query stands at some place of it, or is the query as a whole.
    let is_stopped = watched.trouble.iter().all(|trouble| trouble.range.is_empty());
    if is_stopped && !watched.search.query.is_empty() { "takes too long" } else { "cannot be read as written" }
}

/// All that could not be read of the query of a saved search; none where all of it could.
pub fn unread(watched: &Watched) -> Option<String> {
    let told: Vec<String> =
        watched.trouble.iter().map(|trouble| trouble_told(&watched.search.query, trouble)).collect();
    (!told.is_empty()).then(|| told.join("; "))
}
