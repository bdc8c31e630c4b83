//! Forms of a word: which words of a text a word of a query stands for.

use frostem::{Algorithm, Stemmer};

use super::query::{Form, Term, is_near};

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

/// What all words of a class begin with. A stem can end otherwise than the words it stands for (`happi`, `dying` and
/// `die`), so the last letter of a long one is left out, and of a short one only the first letter stays.
fn shared_beginning(class: &str) -> &str {
    let letters = class.chars().count();
    let kept = if letters > 3 { letters - 1 } else { 1 };
    class.char_indices().nth(kept).map_or(class, |(at, _)| &class[..at])
}

/// Whether a word of a query, of a class, stands for a word of a text. Both are folded.
pub(super) fn stands_for(word: &Term, class: &str, text: &str) -> bool {
    match word.form {
        Form::Exact => text == word.folded,
        Form::Beginning => text.starts_with(&word.folded),
        Form::Near => is_near(&word.folded, text).is_some(),
        Form::Class => text == word.folded || is_of_class(text, class),
        Form::Typed => text.starts_with(&word.folded) || is_of_class(text, class),
    }
}

/// Whether a word of a text is of a class. Stemming is slow, so what begins otherwise is told apart first.
fn is_of_class(text: &str, class: &str) -> bool {
    text.starts_with(shared_beginning(class)) && class_of(text) == class
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
