//! The words of the law, of the publisher and of its data, in plain English with sources: one list, from which the explorer and
//! the command line explain what stands in an entry.
//!
//! Plain text in, plain answers out: nothing here opens a file.

use std::ops::Range;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::text::{fold_word, words};

/// The list, as it is written.
const BUILT_IN: &str = include_str!("../assets/glossary.toml");

/// A term that is explained.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// What it is called.
    pub name: String,
    /// Other ways in which it is written.
    #[serde(default)]
    pub written: Vec<String>,
    /// What it means, in plain English.
    pub meaning: String,
    /// Who says so: pages and documents that were read.
    pub source: Vec<String>,
    /// What of its meaning no source was read for.
    pub unread: Option<String>,
}

/// Where a term stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Which term, by its place in the glossary.
    pub term: usize,
    /// Which bytes of the text.
    pub range: Range<usize>,
}

/// The terms, in the order in which they are listed.
#[derive(Debug, Clone, Default)]
pub struct Glossary {
    terms: Vec<Term>,
    /// Every way to write each term, those of most words first: `s261(2)(a)` is found before `s261`.
    spellings: Vec<Spelling>,
}

/// A way to write a term.
#[derive(Debug, Clone)]
struct Spelling {
    term: usize,
    words: Vec<SpelledWord>,
}

/// A word of it.
#[derive(Debug, Clone)]
struct SpelledWord {
    folded: String,
    /// As it has to be written, where its capitals tell it from a common word.
    exact: Option<String>,
}

/// The file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    term: Vec<Term>,
}

/// The glossary of the program.
pub fn glossary() -> &'static Glossary {
    static GLOSSARY: LazyLock<Glossary> = LazyLock::new(|| {
        // A test reads it: what is built in cannot be wrong.
        let file: File = toml::from_str(BUILT_IN).unwrap_or_default();
        Glossary::new(file.term)
    });
    &GLOSSARY
}

impl Glossary {
    fn new(terms: Vec<Term>) -> Self {
        let mut spellings: Vec<Spelling> = Vec::new();
        for (term, entry) in terms.iter().enumerate() {
            let written = std::iter::once(&entry.name).chain(&entry.written);
            spellings.extend(written.map(|written| Spelling { term, words: spelled(written) }));
        }
        spellings.retain(|spelling| !spelling.words.is_empty());
        spellings.sort_by_key(|spelling| std::cmp::Reverse(spelling.words.len()));
        Self { terms, spellings }
    }

    /// All terms.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Where terms stand in a text, in order and apart: where one begins with another, the longer is meant.
    pub fn find(&self, text: &str) -> Vec<Standing> {
        let cut: Vec<(Range<usize>, String)> = words(text).map(|word| (word.range, word.folded)).collect();
        let mut found = Vec::new();
        let mut at = 0;
        while at < cut.len() {
            let here = self.spellings.iter().find(|spelling| spelling.stands_at(text, &cut[at..]));
            let Some(spelling) = here else {
                at += 1;
                continue;
            };
            let end = at + spelling.words.len();
            found.push(Standing { term: spelling.term, range: cut[at].0.start..cut[end - 1].0.end });
            at = end;
        }
        found
    }

    /// The terms that a person asks for: those that stand in what was written, else those whose names or meanings have it.
    pub fn asked(&self, written: &str) -> Vec<&Term> {
        let mut named: Vec<usize> = self.find(written).into_iter().map(|standing| standing.term).collect();
        named.dedup();
        if named.is_empty() {
            let wanted: Vec<String> = words(written).map(|word| word.folded).collect();
            let has = |term: &Term| {
                let written = term.written.join(" ");
                let all = [term.name.as_str(), &written, &term.meaning];
                let all: Vec<String> = all.into_iter().flat_map(words).map(|word| word.folded).collect();
                !wanted.is_empty() && wanted.iter().all(|word| all.contains(word))
            };
            named = (0..self.terms.len()).filter(|term| has(&self.terms[*term])).collect();
        }
        named.into_iter().filter_map(|term| self.terms.get(term)).collect()
    }
}

impl Spelling {
    /// Whether these words of a text begin with it.
    fn stands_at(&self, text: &str, cut: &[(Range<usize>, String)]) -> bool {
        let Some(here) = cut.get(..self.words.len()) else { return false };
        let is_it = |(word, (range, folded)): (&SpelledWord, &(Range<usize>, String))| match &word.exact {
            Some(exact) => is_written_so(&text[range.clone()], exact),
            None => *folded == word.folded,
        };
        let is_it = self.words.iter().zip(here).all(is_it);
        // Words of one term stand side by side; another sentence or line between them makes them two things.
        is_it && here.windows(2).all(|pair| joins(&text[pair[0].0.end..pair[1].0.start]))
    }
}

/// Whether a word of a text is written with these capitals, as one or as several.
fn is_written_so(word: &str, exact: &str) -> bool {
    word == exact || word.strip_suffix('s').is_some_and(|one| one == exact)
}

/// Whether what stands between two words leaves them one term.
fn joins(between: &str) -> bool {
    between.chars().all(|letter| matches!(letter, ' ' | '(' | ')' | '-' | '.' | '\u{2010}' | '\u{2011}' | '\u{2013}'))
        && !between.contains(". ")
}

/// The words of a way to write a term.
fn spelled(written: &str) -> Vec<SpelledWord> {
    let capitals = |word: &str| word.chars().filter(|letter| letter.is_uppercase()).count();
    let word = |range: Range<usize>| {
        let word = &written[range];
        SpelledWord { folded: fold_word(word), exact: (capitals(word) > 1).then(|| word.to_owned()) }
    };
    words(written).map(|found| word(found.range)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&'static str, &str)> {
        let standing = glossary().find(text).into_iter();
        standing.map(|found| (glossary().terms()[found.term].name.as_str(), &text[found.range])).collect()
    }

    #[test]
    fn what_is_built_in_is_read_and_every_term_has_a_meaning_and_a_source() {
        let file: File = toml::from_str(BUILT_IN).unwrap();
        assert_eq!(file.term.len(), glossary().terms().len());
        for term in glossary().terms() {
            assert!(term.meaning.ends_with('.') && !term.source.is_empty(), "{}", term.name);
            let itself = found(&term.name);
            assert_eq!(itself.first().map(|(name, _)| *name), Some(term.name.as_str()));
        }
    }

    #[test]
    fn every_way_to_write_a_term_is_one_terms_alone() {
        let mut known: Vec<(String, usize)> = Vec::new();
        for spelling in &glossary().spellings {
            let exact = |word: &SpelledWord| word.exact.clone().unwrap_or_else(|| word.folded.clone());
            let written = spelling.words.iter().map(exact).collect::<Vec<_>>().join(" ");
            assert!(known.iter().all(|(other, _)| *other != written), "{written} stands twice");
            known.push((written, spelling.term));
        }
    }

    #[test]
    fn terms_stand_where_the_register_writes_them() {
        let basis = "Health and Social Care Act 2012 - s261(1) and s261(2)(b)(ii)";
        assert_eq!(found(basis), [("s261(1)", "s261(1"), ("s261(2)(b)(ii)", "s261(2)(b)(ii")]);
        let basis = "National Health Service Act 2006 - s251 - 'Control of patient information'.";
        assert_eq!(found(basis), [("section 251", "s251"), ("COPI", "Control of patient information")]);
        assert_eq!(found("Section 261(2)(c) of the Act"), [("s261(2)(c)", "Section 261(2)(c")]);
        assert_eq!(found("access in a TRE, or in several SDEs"), [("TRE", "TRE"), ("TRE", "SDEs")]);
        assert_eq!(found("Type 2 objections were applied"), [("type 2 objection", "Type 2 objections")]);
    }

    #[test]
    fn common_words_are_no_terms() {
        for text in
            ["we sus out", "a tre", "he says", "HESs3", "cag", "section 25", "s261", "control. Of patient information"]
        {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
        // A contract and a service that differ in one small letter.
        assert_eq!(found("DSFC"), [("DSFC", "DSFC")]);
        assert_eq!(found("DSfC"), [("Data Services for Commissioners", "DSfC")]);
    }

    #[test]
    fn a_person_asks_by_name_or_by_what_it_is_about() {
        let names =
            |written: &str| -> Vec<&str> { glossary().asked(written).iter().map(|term| term.name.as_str()).collect() };
        assert_eq!(names("section 251"), ["section 251"]);
        assert!(names("maternity").is_empty());
        assert!(names("agreed consent form").contains(&"s261(2)(c)"), "{:?}", names("agreed consent form"));
        assert!(names("").is_empty());
    }

    proptest::proptest! {
        #[test]
        fn what_is_found_lies_in_the_text_in_order_and_apart(text in "(s261|\\(2\\)|\\(a\\)|[ .-]|DSA|TREs|type|2|opt|out|é|•){0,30}") {
            let found = glossary().find(&text);
            let mut end = 0;
            for standing in found {
                proptest::prop_assert!(standing.range.start >= end && text.get(standing.range.clone()).is_some());
                end = standing.range.end;
            }
        }
    }
}
