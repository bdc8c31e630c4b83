//! Words: what searching looks at. The index, the query reader and the highlighter all cut text here, so that what
//! matched is what is marked.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The most bytes of a folded word. Longer runs are no words; what is beyond is not looked at.
const LONGEST: usize = 100;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Which bytes of the text it is.
    pub range: Range<usize>,
    /// Its form for comparing: lower case, without accents and apostrophes, ligatures opened.
    pub folded: String,
}

/// The words of a text: runs of letters and figures. An apostrophe inside a word belongs to it and is dropped, so that
/// `kings` finds `King's`; everything else between words separates them, hyphens too.
pub fn words(text: &str) -> Words<'_> {
    Words { text, at: 0 }
}

/// Iterator over the words of a text.
#[derive(Debug, Clone)]
pub struct Words<'a> {
    pub(super) text: &'a str,
    /// Where the next word is sought.
    pub(super) at: usize,
}

impl Iterator for Words<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        let mut folded = String::new();
        let range = self.next_into(&mut folded)?;
        Some(Word { range, folded })
    }
}

impl Words<'_> {
    /// The next word, its folded form written over a text that is used again: an index is built of millions of words.
    pub fn next_into(&mut self, folded: &mut String) -> Option<Range<usize>> {
        loop {
            let start = self.start_of_word()?;
            let end = self.end_of_word(start);
            self.at = end;
            fold_word_into(&self.text[start..end], folded);
            if !folded.is_empty() {
                return Some(start..end);
            }
        }
    }

    pub(super) fn start_of_word(&self) -> Option<usize> {
        let rest = self.text.get(self.at..)?;
        // Nearly all text is plain: bytes tell as much as letters do, up to the first that is not.
        let plain = rest.bytes().position(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())?;
        if rest.as_bytes()[plain].is_ascii() {
            return Some(self.at + plain);
        }
        Some(self.at + plain + rest[plain..].find(is_word_letter)?)
    }

    pub(super) fn end_of_word(&self, start: usize) -> usize {
        let rest = &self.text.as_bytes()[start..];
        let plain = rest.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
        if plain > 0 && rest.get(plain).is_none_or(|byte| byte.is_ascii() && *byte != b'\'') {
            return start + plain;
        }
        let mut end = start;
        let mut letters = self.text[start..].char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            let inside = is_word_letter(letter) || is_combining_mark(letter);
            let joins = is_apostrophe(letter) && letters.peek().is_some_and(|(_, next)| is_word_letter(*next));
            if !inside && !joins {
                break;
            }
            end = start + at + letter.len_utf8();
        }
        end
    }
}

/// The folded form of a word.
pub fn fold_word(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    fold_word_into(word, &mut folded);
    folded
}

fn fold_word_into(word: &str, folded: &mut String) {
    folded.clear();
    if word.len() <= LONGEST && word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        folded.push_str(word);
        folded.make_ascii_lowercase();
        return;
    }
    for letter in word.nfkd() {
        fold_letter(letter, folded);
        if folded.len() >= LONGEST {
            break;
        }
    }
}

/// How many bytes of a word, as it is written, the first `count` bytes of its folded form come from.
pub fn folded_prefix(word: &str, count: usize) -> usize {
    // Nearly all words are plain, and each of their letters is folded to one.
    if word.bytes().take(count + 1).all(|byte| byte.is_ascii_alphanumeric()) {
        return count.min(word.len());
    }
    let mut folded = String::new();
    for (at, letter) in word.char_indices() {
        if folded.len() >= count && !is_combining_mark(letter) {
            return at;
        }
        for part in std::iter::once(letter).nfkd() {
            fold_letter(part, &mut folded);
        }
    }
    word.len()
}

fn fold_letter(letter: char, folded: &mut String) {
    match letter {
        'ß' | 'ẞ' => folded.push_str("ss"),
        'æ' | 'Æ' => folded.push_str("ae"),
        'œ' | 'Œ' => folded.push_str("oe"),
        'ø' | 'Ø' => folded.push('o'),
        'ł' | 'Ł' => folded.push('l'),
        'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
        'þ' | 'Þ' => folded.push_str("th"),
        'ı' => folded.push('i'),
        mark if is_combining_mark(mark) => {}
        other => folded.extend(other.to_lowercase().filter(|lower| lower.is_alphanumeric())),
    }
}

/// Whether a byte is a character that stands in no word.
pub(super) fn is_separator(byte: u8) -> bool {
    byte.is_ascii() && !byte.is_ascii_alphanumeric() && byte != b'\''
}

fn is_word_letter(letter: char) -> bool {
    // Quotation marks, dashes and bullets are most of what is not plain, and are told apart sooner than all letters there are.
    !matches!(letter, '\u{2010}'..='\u{2027}' | '\u{E000}'..='\u{F8FF}') && letter.is_alphanumeric()
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '\u{2018}' | '\u{2019}' | '\u{02BC}' | '\u{FF07}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).map(|word| word.folded).collect()
    }

    #[test]
    fn words_are_folded() {
        assert_eq!(folded("King\u{2019}s College, don't"), ["kings", "college", "dont"]);
        assert_eq!(
            folded("Café ﬁle STRASSE Straße İstanbul œuvre"),
            ["cafe", "file", "strasse", "strasse", "istanbul", "oeuvre"]
        );
        assert_eq!(folded("opt-outs/NIC-791919_x"), ["opt", "outs", "nic", "791919", "x"]);
        assert_eq!(folded("\u{f0b7}one\u{2028}two 'three' four'"), ["one", "two", "three", "four"]);
        assert_eq!(folded("e\u{301}t\u{301}e"), ["ete"]);
    }

    #[test]
    fn a_range_is_the_word_as_written() {
        let text = "The café's (Ærø) end";
        let cut: Vec<&str> = words(text).map(|word| &text[word.range]).collect();
        assert_eq!(cut, ["The", "café's", "Ærø", "end"]);
    }

    #[test]
    fn a_prefix_is_counted_in_written_bytes() {
        assert_eq!(folded_prefix("dementia", 3), 3);
        assert_eq!(&"éclair"[..folded_prefix("éclair", 2)], "éc");
        assert_eq!(&"o'neill"[..folded_prefix("o'neill", 2)], "o'n");
        assert_eq!(folded_prefix("ab", 9), 2);
        assert_eq!(&"e\u{301}a"[..folded_prefix("e\u{301}a", 1)], "e\u{301}");
    }

    /// Words by letters alone, without the shorter way for plain bytes.
    fn by_letters(text: &str) -> Vec<Range<usize>> {
        let mut ranges = Vec::new();
        let letters: Vec<(usize, char)> = text.char_indices().collect();
        let mut at = 0;
        while at < letters.len() {
            if !is_word_letter(letters[at].1) {
                at += 1;
                continue;
            }
            let start = letters[at].0;
            while at < letters.len() {
                let inside = is_word_letter(letters[at].1) || is_combining_mark(letters[at].1);
                let next = letters.get(at + 1).is_some_and(|(_, next)| is_word_letter(*next));
                if !(inside || is_apostrophe(letters[at].1) && next) {
                    break;
                }
                at += 1;
            }
            ranges.push(start..letters.get(at).map_or(text.len(), |(end, _)| *end));
        }
        ranges.retain(|range| !fold_word(&text[range.clone()]).is_empty());
        ranges
    }

    proptest::proptest! {
        #[test]
        fn the_shorter_way_cuts_where_letters_do(text in "[a-c' \u{2019}\u{301}\u{e9}.-]{0,24}|.*") {
            let cut: Vec<Range<usize>> = words(&text).map(|word| word.range).collect();
            proptest::prop_assert_eq!(cut, by_letters(&text));
        }

        #[test]
        fn every_range_lies_in_the_text(text in ".*") {
            let mut last = 0;
            for word in words(&text) {
                proptest::prop_assert!(word.range.start >= last && !text[word.range.clone()].is_empty());
                proptest::prop_assert!(word.folded.chars().all(char::is_alphanumeric));
                proptest::prop_assert_eq!(fold_word(&word.folded), word.folded.clone());
                last = word.range.end;
            }
        }
    }
}
