//! How a query that is being typed may go on: the names of fields, and the values that the edition has.

use std::cmp::Reverse;

use super::Index;
use super::marks::{self, Tag};
use super::query::{self, Begun, Listed, Matching, Ways};
use crate::text::words;

/// How many are told.
const TOLD: usize = 5;

impl Index {
    /// How a query may go on at its end, each as the query whole: what is asked for most comes first.
    pub(super) fn completions(&self, query: &str) -> Vec<String> {
        let Some(Begun { from, ways }) = query::begun(query) else { return Vec::new() };
        let ways = match ways {
            Ways::Written(ways) => ways,
            Ways::Tags(name, begun) => self.tags(begun).map(|tag| format!("{name}:{tag}")).collect(),
            Ways::Published(name, listed, begun) => self.published(listed, begun, |value| query::whole(name, value)),
        };
        let before = &query[..from];
        ways.into_iter().map(|way| format!("{before}{way}")).filter(|way| way != query).take(TOLD).collect()
    }

    /// The user's own tags that begin so, those that most projects have first.
    fn tags(&self, begun: &str) -> impl Iterator<Item = &str> {
        let begun = marks::folded(begun);
        let fits = move |tag: &&Tag| tag.folded().starts_with(&begun);
        self.header().marked.tags.iter().map(|(tag, _)| tag).filter(fits).map(Tag::as_str)
    }

    /// The values of a list that have words in a row, the last perhaps unfinished: those that begin so first, then those that
    /// most projects have.
    fn published(&self, listed: Listed, begun: &str, written: impl Fn(&str) -> String) -> Vec<String> {
        let wanted: Vec<String> = words(begun).map(|word| word.folded).collect();
        let beginning = wanted.join(" ");
        let matching = Matching { written: begun.to_owned(), words: wanted, is_whole: false, is_beginning: true };
        let fits = self.values.fitting(listed, &matching);
        let mut found: Vec<(bool, Reverse<u32>, u32)> = (0..)
            .zip(fits.into_iter().zip(self.values.totals(listed)))
            .zip(self.values.folded(listed))
            .filter(|((_, (fits, _)), _)| *fits || beginning.is_empty())
            .map(|((number, (_, projects)), folded)| (!folded.starts_with(&beginning), Reverse(projects), number))
            .collect();
        found.sort_unstable();
        found.into_iter().take(TOLD).map(|(_, _, number)| written(self.values.name(listed, number))).collect()
    }
}
