//! Typography: what makes two texts differ without a reader seeing another word.

use std::collections::BTreeSet;

use crate::register::plain_reference;
use crate::text::{self, fold};

use super::{Compared, FieldChange};

/// Marks of a list that also mean something of their own: they are marks only where they stand alone.
const MARKS: [char; 3] = ['-', '*', '~'];

/// Bullets: marks wherever they stand, with white space behind them or without.
const BULLETS: [char; 16] = [
    '\u{2022}', '\u{2023}', '\u{B7}', '\u{25E6}', '\u{25A0}', '\u{25A1}', '\u{25AA}', '\u{25CB}', '\u{25CF}',
    '\u{2043}', '\u{F02D}', '\u{F076}', '\u{F0A7}', '\u{F0B7}', '\u{F0D8}', '\u{F0FC}',
];

impl FieldChange {
    /// Whether the values differ once typography is ignored: spacing and line ends, quotes, dashes, bullets, case, and
    /// characters that show nothing; in a list the order of its values and their repeating too.
    pub(super) fn is_more_than_typography(&self) -> bool {
        let (before, after) = (self.before.as_deref(), self.after.as_deref());
        match self.field {
            Compared::Reference => {
                plain_reference(before.unwrap_or_default()) != plain_reference(after.unwrap_or_default())
            }
            field if field.is_list() => values(before) != values(after),
            _ => plain(before.unwrap_or_default()) != plain(after.unwrap_or_default()),
        }
    }
}

fn values(text: Option<&str>) -> BTreeSet<String> {
    text.into_iter().flat_map(text::lines).map(plain).collect()
}

/// A text with its typography taken away, for comparing.
pub fn plain(text: &str) -> String {
    let mut plain = String::new();
    let even: String = text.chars().map(|letter| if BULLETS.contains(&letter) { ' ' } else { quote(letter) }).collect();
    for word in fold(&even).split(' ') {
        // A mark of a list stands alone, at the start of a line or in the middle of one that was run together.
        let is_mark = word.len() == 1 && word.chars().all(|letter| MARKS.contains(&letter));
        if is_mark || word.is_empty() {
            continue;
        }
        // White space before a point says nothing.
        if !plain.is_empty() && !word.starts_with(['.', ',', ';', ':', '?', '!', ')']) && !plain.ends_with('(') {
            plain.push(' ');
        }
        plain.push_str(word);
    }
    plain
}

/// Quotation marks made alike that folding leaves apart.
fn quote(letter: char) -> char {
    match letter {
        '`' | '\u{B4}' | '\u{2032}' | '\u{201A}' => '\'',
        '\u{201E}' | '\u{201F}' | '\u{2033}' | '\u{AB}' | '\u{BB}' => '"',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_lists_are_typography_and_words_are_not() {
        let same = [
            ("- one\n* two", "\u{f0b7} one\n\u{2022} two"),
            ("beds: - acute - other", "beds:\n- acute\n- other"),
            ("\u{2022}c d", "\u{25A0} c d"),
            ("None yet .", "None yet."),
            ("the `King\u{B4}s\u{B4} \u{201E}beds\u{201F}", "the 'King's' \"beds\""),
            ("a\u{200b}b  c", "AB c"),
            ("x\n\ny", "x y"),
        ];
        for (one, two) in same {
            assert_eq!(plain(one), plain(two), "{one:?} and {two:?}");
        }
        for (one, two) in [("ab", "a b"), ("-5", "5"), ("one", "one two"), ("opt-out", "optout"), ("a 5", "a - 6")] {
            assert_ne!(plain(one), plain(two), "{one:?} and {two:?}");
        }
        assert_eq!(plain(""), plain("  "));
    }
}
