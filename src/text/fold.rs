//! Folding: two spellings of the same thing become the same text. For comparing only, never for display.

use unicode_normalization::UnicodeNormalization;

/// Folds text for comparison: compatibility forms joined (NFKC), quotes, dashes and bullets made alike, white space
/// collapsed and trimmed, case ignored, and characters that show nothing dropped.
///
/// Typography alone makes most of the differences between two editions (FORMATS: 105 of 122 amended rows).
pub fn fold(text: &str) -> String {
    // Nearly all of the register is plain ASCII, where there is nothing to normalise.
    if text.is_ascii() {
        return fold_ascii(text);
    }
    let mut folded = String::with_capacity(text.len());
    for letter in text.nfkc() {
        match letter {
            '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{02BC}' => folded.push('\''),
            '\u{201C}' | '\u{201D}' => folded.push('"'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => folded.push('-'),
            // Bullets, those of symbol fonts (private use) too.
            '\u{F0B7}' | '\u{F0A7}' | '\u{F02D}' | '\u{25AA}' | '\u{25CF}' | '\u{2023}' => folded.push('\u{2022}'),
            space if space.is_whitespace() => {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            hidden if super::is_hidden(hidden) => {}
            other => folded.extend(other.to_lowercase()),
        }
    }
    let kept = folded.trim_end().len();
    folded.truncate(kept);
    folded
}

fn fold_ascii(text: &str) -> String {
    let mut folded = Vec::with_capacity(text.len());
    for byte in text.bytes() {
        // As char::is_whitespace has it, which knows the vertical tab too.
        let is_space = matches!(byte, b' ' | b'\t'..=b'\r');
        if !is_space {
            folded.push(byte.to_ascii_lowercase());
        } else if folded.last().is_some_and(|last| *last != b' ') {
            folded.push(b' ');
        }
    }
    if folded.last() == Some(&b' ') {
        folded.pop();
    }
    String::from_utf8(folded).unwrap_or_default()
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

    proptest::proptest! {
        #[test]
        fn plain_text_folds_as_any_other(text in "[ -~\t\n\r\u{b}\u{c}\u{1f}\u{0}]{0,40}") {
            // A letter beyond ASCII takes the long way; it is the same for what comes before.
            let long = fold(&format!("{text}\u{e9}"));
            let short = fold(&format!("{text}x"));
            proptest::prop_assert_eq!(long.strip_suffix('\u{e9}'), short.strip_suffix('x'));
        }
    }
}
