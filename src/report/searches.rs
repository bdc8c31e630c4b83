//! What is said of searches and of what they find.

use crate::index::Trouble;
use crate::library::Elsewhere;
use crate::library::saved::{Known, Watched};

/// How many editions are named of those that are alike.
const NAMED: usize = 5;

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

/// What the other editions of a library have where a search finds nothing in the one that is open, in a line each; `another` says
/// how one is opened, or searched.
pub fn elsewhere_told(elsewhere: &Elsewhere, another: &str) -> Vec<String> {
    let Elsewhere { found, without, unknown } = elsewhere;
    let found: Vec<String> =
        found.iter().map(|found| format!("{} ({})", found.slug, projects_counted(found.projects))).collect();
    let mut told = Vec::new();
    if !found.is_empty() {
        told.push(format!("found in {}", named(&found)));
    } else if !without.is_empty() {
        told.push(format!("nothing in {} either", named(without)));
    }
    if !unknown.is_empty() {
        told.push(format!("not looked in: {}", named(unknown)));
    }
    // Where no other edition has it, there is no reason to go to one.
    if let Some(last) = told.last_mut().filter(|_| !(found.is_empty() && unknown.is_empty())) {
        last.push_str("; ");
        last.push_str(another);
    }
    told
}

/// Names in a row, those that come first.
fn named(names: &[String]) -> String {
    let first = names[..names.len().min(NAMED)].join(", ");
    match names.len().saturating_sub(NAMED) {
        0 => first,
        others => format!("{first} and {others} more"),
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::FoundIn;

    #[test]
    fn what_other_editions_have_is_told_with_the_way_there() {
        let told = |found: &[(&str, usize)], without: &[&str], unknown: &[&str]| {
            let found = found.iter().map(|(slug, projects)| FoundIn { slug: (*slug).to_owned(), projects: *projects });
            let named = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
            let elsewhere = Elsewhere { found: found.collect(), without: named(without), unknown: named(unknown) };
            elsewhere_told(&elsewhere, "E opens another")
        };
        assert_eq!(told(&[], &[], &[]), Vec::<String>::new());
        assert_eq!(
            told(&[("2026-08", 1), ("2017-11", 12)], &["2026-07"], &[]),
            ["found in 2026-08 (1 project), 2017-11 (12 projects); E opens another"]
        );
        assert_eq!(told(&[], &["2026-07"], &[]), ["nothing in 2026-07 either"]);
        assert_eq!(
            told(&[], &["2026-07"], &["2017-11"]),
            ["nothing in 2026-07 either", "not looked in: 2017-11; E opens another"]
        );
        let many = ["a", "b", "c", "d", "e", "f", "g"];
        assert_eq!(told(&[], &many, &[]), ["nothing in a, b, c, d, e and 2 more either"]);
    }
}
