//! Text that is safe to show: what a record holds must never steer a terminal.
//!
//! Drawing libraries drop escape characters but pass direction overrides, zero-width characters and heaps of combining
//! marks (measured with ratatui 0.30), so every text goes through here before it is shown or printed.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

/// How many combining marks a character may carry: more are a way to paint over neighbouring lines.
const MARKS_SHOWN: usize = 8;

/// One line of text without anything that a terminal would obey.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Safe<'a>(Cow<'a, str>);

impl<'a> Safe<'a> {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, owned.
    pub fn into_owned(self) -> String {
        self.0.into_owned()
    }

    /// The text, borrowed where nothing had to be changed.
    pub fn into_inner(self) -> Cow<'a, str> {
        self.0
    }
}

impl fmt::Display for Safe<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&self.0)
    }
}

/// Makes one safe line: white space of every kind becomes a space, control characters become their pictures (`␛`),
/// bullets of symbol fonts (private use) become `•`, invisible and direction-changing characters are dropped, and
/// heaps of combining marks are cut.
pub fn safe(text: &str) -> Safe<'_> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Safe(Cow::Borrowed(text));
    }
    let mut shown = String::with_capacity(text.len());
    let mut marks = 0;
    for letter in text.chars() {
        marks = if is_combining_mark(letter) { marks + 1 } else { 0 };
        if marks <= MARKS_SHOWN {
            shown.extend(shown_as(letter));
        }
    }
    if shown == text { Safe(Cow::Borrowed(text)) } else { Safe(Cow::Owned(shown)) }
}

/// The lines of a text, each safe. Every kind of line end counts, U+2028 and carriage return too.
pub fn safe_lines(text: &str) -> impl Iterator<Item = Safe<'_>> {
    lines(text).map(safe)
}

/// The lines of a text without their ends; a carriage return and line feed together are one end.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    line_ranges(text).map(|range| &text[range])
}

/// The number of the line of a file, counted from 1, that a byte stands in: as editors count, by line feeds alone.
pub fn line_number(text: &str, byte: usize) -> usize {
    text.get(..byte).unwrap_or(text).matches('\n').count() + 1
}

/// Where the lines of a text stand in it, without their ends.
pub fn line_ranges(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        let rest = &text[start..];
        let Some(at) = rest.find(ends_line) else {
            next = None;
            return Some(start..text.len());
        };
        let end = if rest[at..].starts_with("\r\n") { 2 } else { rest[at..].chars().next().map_or(1, char::len_utf8) };
        next = Some(start + at + end);
        Some(start..start + at)
    })
}

/// Whether a character ends a line.
pub fn ends_line(letter: char) -> bool {
    matches!(letter, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether a character shows nothing of its own, and can hide text or turn its direction.
pub fn is_hidden(letter: char) -> bool {
    matches!(letter,
        '\u{AD}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
        | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}')
}

fn shown_as(letter: char) -> Option<char> {
    match letter {
        '\t' => Some(' '),
        space if ends_line(space) || space.is_whitespace() => Some(' '),
        '\u{0}'..='\u{1F}' => char::from_u32(0x2400 + u32::from(letter)),
        '\u{7F}' => Some('\u{2421}'),
        '\u{80}'..='\u{9F}' => Some('\u{FFFD}'),
        hidden if is_hidden(hidden) => None,
        '\u{F02D}' | '\u{F0A7}' | '\u{F0B7}' | '\u{F0D8}' | '\u{F0FC}' => Some('\u{2022}'),
        '\u{E000}'..='\u{F8FF}' => Some('\u{FFFD}'),
        other => Some(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_file_are_counted_as_editors_count_them() {
        let text = "a\r\nb\n\nc";
        let numbers = [0, 1, 3, 5, 6, text.len()].map(|byte| line_number(text, byte));
        assert_eq!(numbers, [1, 1, 2, 3, 4, 4]);
    }

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(safe("a\u{1b}[31mred\u{7}").as_str(), "a␛[31mred␇");
        assert_eq!(safe("\u{9b}2J \u{202e}evil\u{200b}").as_str(), "\u{FFFD}2J evil");
        assert_eq!(safe("one\ttwo\r\nthree\u{2028}four").as_str(), "one two  three four");
        assert_eq!(safe("\u{f0b7} item").as_str(), "• item");
    }

    #[test]
    fn marks_are_bounded() {
        let heap = format!("a{}b", "\u{301}".repeat(1000));
        assert_eq!(safe(&heap).as_str().chars().count(), 10);
    }

    #[test]
    fn plain_text_is_borrowed() {
        assert!(matches!(safe("King's College").into_inner(), Cow::Borrowed(_)));
        assert!(matches!(safe("Café – naïve").into_inner(), Cow::Borrowed(_)));
    }

    #[test]
    fn every_line_end_ends_a_line_once() {
        let split: Vec<&str> = lines("a\r\nb\nc\u{2028}d\re\n").collect();
        assert_eq!(split, ["a", "b", "c", "d", "e", ""]);
    }

    proptest::proptest! {
        #[test]
        fn what_is_safe_stays_as_it_is(text in "\\PC*|.*") {
            let once = safe(&text).into_owned();
            proptest::prop_assert!(!once.chars().any(|letter| letter.is_control() || is_hidden(letter)));
            let twice = safe(&once).into_owned();
            proptest::prop_assert_eq!(twice, once);
        }
    }
}
