//! Folding: two spellings of the same thing become the same text. For comparing only, never for display.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// Folds text for comparison: compatibility forms joined (NFKC), quotes, dashes and bullets made alike, white space
/// collapsed and trimmed, case ignored, and characters that show nothing dropped. What is folded folds to itself.
///
/// Typography alone makes most of the differences between two editions (FORMATS: 105 of 122 amended rows).
pub fn fold(text: &str) -> String {
    let mut folded = String::new();
    fold_into(text, &mut folded);
    folded
}

/// The same, written behind what is there.
pub fn fold_into(text: &str, folded: &mut String) {
    let start = folded.len();
    folded.reserve(text.len());
    // Nearly all of the register is plain ASCII or has the usual typography, where there is nothing to normalise.
    if is_tidy(text) {
        folded.push_str(text);
        folded[start..].make_ascii_lowercase();
        return;
    }
    if !fold_usual(text, start, folded) {
        folded.truncate(start);
        // What shows nothing is dropped first: it would keep a mark from the letter before it.
        for letter in text.chars().filter(|letter| !super::is_hidden(*letter)).nfkc() {
            push_folded(letter, start, folded);
        }
        // A small letter can have a form with a mark where its capital has none.
        if is_nfkc_quick(folded[start..].chars()) != IsNormalized::Yes {
            let joined: String = folded[start..].nfkc().collect();
            folded.truncate(start);
            folded.push_str(&joined);
        }
    }
    let kept = folded[start..].trim_end().len();
    folded.truncate(start + kept);
}

/// Whether a text is ASCII with single spaces, and so folded but for its case.
fn is_tidy(text: &str) -> bool {
    let mut before = b' ';
    for byte in text.bytes() {
        // As char::is_whitespace has it, which knows the vertical tab too.
        if !byte.is_ascii() || matches!(byte, b'\t'..=b'\r') || (byte == b' ' && before == b' ') {
            return false;
        }
        before = byte;
    }
    before != b' ' || text.is_empty()
}

/// Folds text of ASCII and characters that normalising leaves alone, and that do not join with their neighbours; stops
/// and says no at any other.
fn fold_usual(text: &str, start: usize, folded: &mut String) -> bool {
    for letter in text.chars() {
        match letter {
            '\u{A0}' => push_folded(' ', start, folded),
            '\0'..='\u{7F}'
            | '\u{A3}'
            | '\u{2010}'
            | '\u{2012}'..='\u{2015}'
            | '\u{2018}'..='\u{201D}'
            | '\u{2022}'
            | '\u{F0B7}'
            | '\u{F0A7}' => push_folded(letter, start, folded),
            _ => return false,
        }
    }
    true
}

fn push_folded(letter: char, start: usize, folded: &mut String) {
    match letter {
        '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{02BC}' => folded.push('\''),
        '\u{201C}' | '\u{201D}' => folded.push('"'),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => folded.push('-'),
        // Bullets, those of symbol fonts (private use) too.
        '\u{F0B7}' | '\u{F0A7}' | '\u{F02D}' | '\u{25AA}' | '\u{25CF}' | '\u{2023}' => folded.push('\u{2022}'),
        space if space.is_whitespace() => {
            if folded.len() > start && !folded.ends_with(' ') {
                folded.push(' ');
            }
        }
        plain if plain.is_ascii() => folded.push(plain.to_ascii_lowercase()),
        hidden if super::is_hidden(hidden) => {}
        other => folded.extend(other.to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typography_is_no_difference() {
        assert_eq!(fold("  King\u{2019}s\u{a0} College \n LONDON "), "king's college london");
        assert_eq!(fold("DSA 2020 \u{2013} 2021"), fold("dsa 2020 - 2021"));
        assert_eq!(fold(""), "");
    }

    #[test]
    fn a_hidden_character_and_a_capital_keep_no_mark_from_its_letter() {
        assert_eq!(fold("Caf\u{e9}"), fold("cafe\u{200b}\u{301}"));
        assert_eq!(fold("J\u{30c}"), "\u{1f0}");
    }

    proptest::proptest! {
        #[test]
        fn what_is_folded_folds_to_itself(text in "\\PC{0,20}|[a-eA-EJT\u{300}-\u{338}\u{ad}\u{200b}\u{1160}\u{3164}\u{345} \u{a8}\u{2019}\u{130}\u{1e9e}]{0,20}") {
            let folded = fold(&text);
            proptest::prop_assert_eq!(fold(&folded), folded);
        }

        #[test]
        fn usual_typography_folds_as_any_other(text in "[ -~\t\n£\u{a0}\u{2010}-\u{2015}\u{2018}-\u{201d}\u{2022}\u{f0b7}\u{f0a7}]{0,40}") {
            let mut long = String::new();
            text.nfkc().for_each(|letter| push_folded(letter, 0, &mut long));
            proptest::prop_assert_eq!(fold(&text), long.trim_end());
            // What stands before is left alone.
            let mut behind = String::from("A ");
            fold_into(&text, &mut behind);
            proptest::prop_assert_eq!(behind, format!("A {}", fold(&text)));
        }

        #[test]
        fn plain_text_folds_as_any_other(text in "[ -~\t\n\r\u{b}\u{c}\u{1f}\u{0}]{0,40}") {
            // A letter beyond ASCII takes the long way; it is the same for what comes before.
            let long = fold(&format!("{text}\u{e9}"));
            let short = fold(&format!("{text}x"));
            proptest::prop_assert_eq!(long.strip_suffix('\u{e9}'), short.strip_suffix('x'));
        }
    }
}
