//! Denial: whether a clause says that something is not so.

use std::ops::Range;

use crate::concerns::Settings;
use crate::concerns::phrases::Phrases;

/// Where one clause ends and another begins, in folded text. A denial reaches no further.
const BREAKS: [&str; 6] = ["; ", " but ", " however ", " although ", " whereas ", " except "];

/// Words that deny, and those that only seem to.
#[derive(Debug, Clone, Copy)]
pub(in crate::concerns) struct Denials<'a> {
    words: &'a Phrases,
    except: &'a Phrases,
}

impl<'a> Denials<'a> {
    pub(in crate::concerns) fn of(settings: &'a Settings) -> Self {
        Self { words: &settings.words.denials, except: &settings.words.not_denials }
    }

    /// Whether the clause of a folded sentence that holds a place denies it. In a lead-in the end stands for what
    /// follows.
    pub(in crate::concerns) fn deny(&self, folded: &str, at: &Range<usize>) -> bool {
        let clause = clause(folded, at);
        let excepted: Vec<Range<usize>> = self.except.find_all(clause).collect();
        let is_meant =
            |word: &Range<usize>| excepted.iter().all(|other| word.end <= other.start || other.end <= word.start);
        self.words.find_all(clause).any(|word| is_meant(&word))
    }
}

/// The clause around a place.
fn clause<'a>(folded: &'a str, at: &Range<usize>) -> &'a str {
    let (before, after) = (&folded[..at.start], &folded[at.end..]);
    let start = BREAKS.iter().filter_map(|mark| before.rfind(mark).map(|found| found + mark.len())).max();
    let end = BREAKS.iter().filter_map(|mark| after.find(mark)).min();
    &folded[start.unwrap_or(0)..end.map_or(folded.len(), |end| at.end + end)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_denied(folded: &str, word: &str) -> bool {
        let at = folded.find(word).unwrap();
        Denials::of(Settings::built_in()).deny(folded, &(at..at + word.len()))
    }

    #[test]
    fn a_clause_denies_what_stands_in_it() {
        for denied in [
            "data will not be used for marketing",
            "there will be no marketing",
            "marketing is prohibited",
            "it is used neither for sales nor for marketing",
            "data is shared; no marketing is done with it",
            "to minimise the risk of marketing",
        ] {
            assert!(is_denied(denied, "marketing"), "{denied}");
        }
        for said in [
            "data is used for marketing",
            "not only for research and for marketing",
            "data is not sold, but marketing is done",
            "marketing is done; data is not sold",
            "including but not limited to marketing",
            "a notable marketing plan",
        ] {
            assert!(!is_denied(said, "marketing"), "{said}");
        }
    }
}
