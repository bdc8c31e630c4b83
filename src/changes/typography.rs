//! Typography: what makes two texts differ without a reader seeing another word.

use crate::text::{self, fold};

use super::FieldChange;

/// Marks that begin an item of a list, as they are typed; those of symbol fonts are bullets once folded.
const MARKS: [char; 6] = ['-', '*', '~', '\u{2022}', '\u{B7}', '\u{25E6}'];

impl FieldChange {
    /// Whether the values differ once typography is ignored: spacing and line ends, quotes, dashes, bullets, case, and
    /// characters that show nothing.
    pub(super) fn is_more_than_typography(&self) -> bool {
        plain(self.before.as_deref()) != plain(self.after.as_deref())
    }
}

/// A text with its typography taken away, for comparing.
fn plain(text: Option<&str>) -> String {
    let mut plain = String::new();
    for line in text.into_iter().flat_map(text::lines) {
        let line = fold(line);
        let item = line.strip_prefix(MARKS).filter(|rest| rest.starts_with(' ')).map_or(line.as_str(), str::trim_start);
        if !item.is_empty() {
            plain.push_str(item);
            plain.push(' ');
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_lists_are_typography_and_words_are_not() {
        let same = [("- one\n* two", "\u{f0b7} one\n\u{2022} two"), ("a\u{200b}b  c", "AB c"), ("x\n\ny", "x y")];
        for (one, two) in same {
            assert_eq!(plain(Some(one)), plain(Some(two)), "{one:?} and {two:?}");
        }
        for (one, two) in [("ab", "a b"), ("-5", "5"), ("one", "one two"), ("opt-out", "optout")] {
            assert_ne!(plain(Some(one)), plain(Some(two)), "{one:?} and {two:?}");
        }
        assert_eq!(plain(None), plain(Some("  ")));
    }
}
