//! Lists of words and phrases, found in folded text at the beginnings of words.

use std::cmp::Reverse;
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;

use crate::text::fold;

/// A list of phrases, as `assets/concerns.toml` writes them: each must begin where a word begins and end where one ends;
/// one that ends in `*` may go on.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub(super) struct Phrases {
    automaton: AhoCorasick,
    goes_on: Vec<bool>,
}

impl Phrases {
    /// Where its phrases stand in a folded text, in order. Of several that begin at one place the longest is meant.
    pub(super) fn find_all(&self, folded: &str) -> impl Iterator<Item = Range<usize>> {
        let found = self.automaton.find_iter(folded);
        found.filter(|found| self.is_whole(folded, found)).map(|found| found.range())
    }

    /// Where the first of its phrases stands in a folded text.
    pub(super) fn find(&self, folded: &str) -> Option<Range<usize>> {
        self.find_all(folded).next()
    }

    /// Whether a folded text holds one of its phrases.
    pub(super) fn are_in(&self, folded: &str) -> bool {
        self.find(folded).is_some()
    }

    /// Whether a folded text is one of its phrases and nothing else.
    pub(super) fn is(&self, folded: &str) -> bool {
        self.find_all(folded).any(|range| range == (0..folded.len()))
    }

    fn is_whole(&self, folded: &str, found: &aho_corasick::Match) -> bool {
        let before = folded[..found.start()].chars().next_back();
        let after = folded[found.end()..].chars().next();
        let ends = self.goes_on[found.pattern().as_usize()] || !after.is_some_and(char::is_alphanumeric);
        ends && !before.is_some_and(char::is_alphanumeric)
    }
}

impl TryFrom<Vec<String>> for Phrases {
    type Error = String;

    fn try_from(written: Vec<String>) -> Result<Self, String> {
        let mut phrases: Vec<(String, bool)> = Vec::new();
        for phrase in &written {
            let stem = phrase.strip_suffix('*');
            let folded = fold(stem.unwrap_or(phrase));
            if folded.is_empty() {
                return Err(format!("\"{phrase}\" holds no word"));
            }
            phrases.push((folded, stem.is_some()));
        }
        // Where one phrase is the beginning of another, the longer is tried first.
        phrases.sort_by_key(|(words, _)| Reverse(words.len()));
        let (patterns, goes_on): (Vec<String>, Vec<bool>) = phrases.into_iter().unzip();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(patterns)
            .map_err(|error| error.to_string())?;
        Ok(Self { automaton, goes_on })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrases(written: &[&str]) -> Phrases {
        Phrases::try_from(written.iter().map(|&phrase| phrase.to_owned()).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn a_phrase_begins_and_ends_with_a_word() {
        let list = phrases(&["ons", "client*", "Home Office"]);
        for held in ["ons births", "the ons-linked", "a client", "clients", "the home office"] {
            assert!(list.are_in(&fold(held)), "{held}");
        }
        for other in ["conson", "onset", "iclient", "home offices", ""] {
            assert!(!list.are_in(&fold(other)), "{other}");
        }
        assert!(list.is("ons") && !list.is("ons births"));
    }

    #[test]
    fn the_longer_phrase_is_meant() {
        let list = phrases(&["marketing", "marketing approval*"]);
        let found: Vec<_> = list.find_all("marketing approvals and marketing").collect();
        assert_eq!(found, [0..18, 24..33]);
        assert!(Phrases::try_from(vec!["*".to_owned()]).is_err());
    }
}
