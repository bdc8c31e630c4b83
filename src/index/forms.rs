//! Forms of a word: which words of a text a word of a query stands for.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use frostem::{Algorithm, Stemmer};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::query::{Form, Term};
use crate::text::{Beginnings, is_near, nearness};

/// Words from this length on are matched by their stem; shorter ones whole, so that `ai` never finds `maintain`.
const STEMMED_FROM: usize = 4;

/// Three-letter words in s that are no plural of a two-letter acronym, as `GPs` is of `GP`.
const NO_PLURALS: [&str; 8] = ["its", "his", "has", "was", "yes", "gas", "bus", "ads"];

/// The class of a folded word: two words are forms of one another when their classes are equal.
///
/// Words of four letters or more share a class with all words of the same stem (Snowball English, which tantivy uses
/// too). A shorter word is its own class, without the s of a plural.
pub(super) fn class_of(folded: &str) -> String {
    let length = folded.chars().count();
    if length >= STEMMED_FROM {
        return Stemmer::new(Algorithm::English).stem(folded).into_owned();
    }
    match folded.strip_suffix('s') {
        Some(acronym) if length == 3 && !NO_PLURALS.contains(&folded) => acronym.to_owned(),
        _ => folded.to_owned(),
    }
}

/// What all words of a class begin with. A stem can end otherwise than the words it stands for (`happi` and `happy`, `hope` and
/// `hoping`, `abl` and `ability`), so a last letter that can have come so is left out; of `die`, which `dying` is of too, only the
/// first letter stays.
fn shared_beginning(class: &str) -> &str {
    let letters = class.chars().count();
    let kept = match letters {
        3 if class.ends_with("ie") => 1,
        3.. if class.ends_with(['e', 'i', 'l', 'y']) => letters - 1,
        _ => return class,
    };
    class.char_indices().nth(kept).map_or(class, |(at, _)| &class[..at])
}

/// How a word of a query stands for a word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    /// It does not.
    Not,
    /// For its beginning alone.
    ForBeginning,
    /// For all of it.
    ForWhole,
}

/// Words of texts that were compared with one word of a query: stemming and spelling are slow, and the same few forms come again
/// and again.
#[derive(Debug, Clone, Default)]
pub(super) struct Known(HashMap<String, bool, Hashes>);

/// Hashes of words, which need not withstand anybody: they are forgotten with the request.
type Hashes = BuildHasherDefault<Hash>;

#[derive(Debug, Clone, Default)]
struct Hash(u64);

impl Hasher for Hash {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64_with_seed(bytes, self.0);
    }

    fn write_u8(&mut self, end: u8) {
        self.0 = self.0.rotate_left(1) ^ u64::from(end);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

impl Known {
    fn or_told(&mut self, text: &str, tell: impl FnOnce() -> bool) -> bool {
        if let Some(known) = self.0.get(text) {
            return *known;
        }
        let told = tell();
        self.0.insert(text.to_owned(), told);
        told
    }
}

/// How a word of a query, of a class, stands for a word of a text. Both are folded; what is known is of this word of the query.
pub(super) fn stands_for(word: &Term, class: &str, text: &str, known: &mut Known) -> Stands {
    let begins = text.starts_with(&word.folded);
    let is_same = begins && text.len() == word.folded.len();
    // What begins otherwise is told apart without its stem.
    let mut is_of_class = |may_be: bool| may_be && known.or_told(text, || class_of(text) == class);
    let is_whole = match word.form {
        Form::Exact => is_same,
        Form::Beginning => false,
        Form::Class => is_same || is_of_class(text.starts_with(shared_beginning(class))),
        Form::Typed => is_same || is_of_class(begins || text.starts_with(shared_beginning(class))),
        Form::Near => is_same || known.or_told(text, || is_near(&word.folded, text).is_some()),
    };
    match word.form {
        _ if is_whole => Stands::ForWhole,
        Form::Beginning | Form::Typed if begins => Stands::ForBeginning,
        _ => Stands::Not,
    }
}

/// Adds how the words of a text begin that a word of a query, of a class, can stand for.
pub(super) fn add_beginnings(word: &Term, class: &str, beginnings: &mut Beginnings) {
    match word.form {
        Form::Exact | Form::Beginning => beginnings.add(&word.folded),
        Form::Class | Form::Typed => {
            beginnings.add(&word.folded);
            beginnings.add(shared_beginning(class));
        }
        Form::Near => beginnings.add_near(&word.folded, nearness(&word.folded)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_share_a_class() {
        for pair in [
            ["council", "councils"],
            ["happy", "happiness"],
            ["gp", "gps"],
            ["icb", "icbs"],
            ["use", "using"],
            ["dying", "die"],
        ] {
            assert_eq!(class_of(pair[0]), class_of(pair[1]), "{pair:?}");
        }
        for pair in [["ai", "maintain"], ["it", "its"], ["gp", "group"], ["national", "nationwide"]] {
            assert_ne!(class_of(pair[0]), class_of(pair[1]), "{pair:?}");
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig { cases: 20_000, ..Default::default() })]

        #[test]
        fn whatever_is_stemmed_begins_as_its_class_says(
            word in "[a-z]{1,3}(y|i|e|at|bl|iz|ll|ab|og|al)?(s|es|ies|ied|ed|ing|ying|ingly|edly|y|ly|ability|bility|ation|ator|ational|\
                     izer|ization|ance|ency|ency|ful|fulness|ousness|ously|iveness|ivity|ble|bly|ogy|ologist|alism|ality|ally|\
                     icate|icity|ical|ness|ment|ion|ize|ise|er|est|e){0,2}s?",
        ) {
            let class = class_of(&word);
            proptest::prop_assert!(word.starts_with(shared_beginning(&class)), "{} {}", word, class);
        }
    }

    #[test]
    fn every_form_begins_as_its_class_says() {
        for word in
            ["happy", "happiness", "dying", "skies", "capability", "organisation", "hoping", "tied", "gps", "élan"]
        {
            let class = class_of(word);
            assert!(word.starts_with(shared_beginning(&class)), "{word} {class}");
        }
    }
}
