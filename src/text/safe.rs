//! Text that is safe to show: what a record holds must never steer a terminal.
//!
//! Drawing libraries drop escape characters but pass direction overrides, zero-width characters and heaps of combining
//! marks (measured with ratatui 0.30), so every text goes through here before it is shown or printed.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many marks a character may carry that take no room of their own: more are a way to paint over neighbouring lines.
const MARKS_SHOWN: usize = 8;

/// How many joins a chain of joined characters may have: without an end it is one character of any length to a terminal. The
/// longest that is in use, two people and a heart with colours of skin, has three.
const JOINS_SHOWN: usize = 8;

/// What makes one character of its neighbours.
const JOINER: char = '\u{200D}';

/// What stands where characters are hidden, or have no picture of their own.
const STAND_IN: char = '\u{FFFD}';

/// One line of text without anything that a terminal would obey. The explorer's lines and what commands print for people are made
/// of nothing else.
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

    /// How many columns it takes.
    pub fn columns(&self) -> usize {
        self.0.width()
    }
}

impl Safe<'static> {
    /// So many empty columns.
    pub fn spaces(columns: usize) -> Self {
        Self(Cow::Owned(" ".repeat(columns)))
    }

    /// Texts that are safe, one behind the other.
    pub(super) fn joined(parts: &[&str]) -> Self {
        // What one ends with could go on in the next.
        safe(&parts.concat()).owned()
    }
}

impl Safe<'_> {
    /// The same, of its own.
    pub fn owned(self) -> Safe<'static> {
        Safe(Cow::Owned(self.0.into_owned()))
    }
}

impl fmt::Display for Safe<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&self.0)
    }
}

/// Makes one safe line: white space of every kind becomes a space, control characters become their pictures (`␛`),
/// bullets of symbol fonts (private use) become `•`, a run of invisible and direction-changing characters becomes one `�`, so that
/// one sees that something is hidden, and heaps of marks and endless joins are cut.
pub fn safe(text: &str) -> Safe<'_> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Safe(Cow::Borrowed(text));
    }
    let mut shown = String::with_capacity(text.len());
    let mut cluster = Cluster::default();
    for letter in text.chars() {
        if let Some(letter) = cluster.shown(letter) {
            shown.push(letter);
        }
    }
    if shown == text { Safe(Cow::Borrowed(text)) } else { Safe(Cow::Owned(shown)) }
}

/// How much of what belongs to one character was shown.
#[derive(Debug, Default)]
struct Cluster {
    marks: usize,
    joins: usize,
    last: Option<char>,
    is_hidden: bool,
}

impl Cluster {
    /// What stands for the next character of the text; nothing where it is one too many.
    fn shown(&mut self, letter: char) -> Option<char> {
        if is_hidden(letter) {
            return (!std::mem::replace(&mut self.is_hidden, true)).then(|| self.begin(STAND_IN));
        }
        self.is_hidden = false;
        let letter = shown_as(letter);
        if letter.width().unwrap_or(0) > 0 && !is_combining_mark(letter) {
            return Some(self.begin(letter));
        }
        self.marks += 1;
        if letter == JOINER {
            self.joins += 1;
        }
        let is_one_too_many = self.marks > MARKS_SHOWN || self.joins > JOINS_SHOWN;
        (!is_one_too_many).then(|| {
            self.last = Some(letter);
            letter
        })
    }

    /// A character that takes room: what a joiner stands before belongs to the chain.
    fn begin(&mut self, letter: char) -> char {
        if self.last != Some(JOINER) {
            self.joins = 0;
        }
        self.marks = 0;
        self.last = Some(letter);
        letter
    }
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

/// What a character is shown as, one for one.
fn shown_as(letter: char) -> char {
    match letter {
        '\t' => ' ',
        space if ends_line(space) || space.is_whitespace() => ' ',
        '\u{0}'..='\u{1F}' => char::from_u32(0x2400 + u32::from(letter)).unwrap_or(STAND_IN),
        '\u{7F}' => '\u{2421}',
        '\u{F02D}' | '\u{F0A7}' | '\u{F0B7}' | '\u{F0D8}' | '\u{F0FC}' => '\u{2022}',
        '\u{80}'..='\u{9F}' | '\u{E000}'..='\u{F8FF}' => STAND_IN,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use unicode_segmentation::UnicodeSegmentation;

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
        assert_eq!(safe("\u{9b}2J \u{202e}evil").as_str(), "\u{FFFD}2J \u{FFFD}evil");
        assert_eq!(safe("one\ttwo\r\nthree\u{2028}four").as_str(), "one two  three four");
        assert_eq!(safe("\u{f0b7} item").as_str(), "• item");
    }

    #[test]
    fn what_is_hidden_leaves_a_mark() {
        assert_eq!(safe("a\u{200b}\u{202e}\u{e0041}b\u{feff}").as_str(), "a\u{fffd}b\u{fffd}");
        // Marks behind it belong to the mark that is seen.
        assert_eq!(safe("a\u{ad}\u{301}").as_str(), "a\u{fffd}\u{301}");
    }

    #[test]
    fn marks_are_bounded() {
        let heap = format!("a{}b", "\u{301}".repeat(1000));
        assert_eq!(safe(&heap).as_str().chars().count(), 10);
        // Neither are they where others that take no room stand between: joiners, vowels of Hangul, selectors.
        let heap = format!("a{}b", "\u{301}\u{200d}\u{200c}\u{1161}\u{fe0f}".repeat(1000));
        assert_eq!(safe(&heap).as_str().chars().count(), 10);
    }

    #[test]
    fn a_chain_of_joined_characters_has_an_end() {
        let family = "\u{1F469}\u{1F3FB}\u{200D}\u{2764}\u{FE0F}\u{200D}\u{1F48B}\u{200D}\u{1F468}\u{1F3FF}";
        assert_eq!(safe(family).as_str(), family);
        let chain = "\u{1F469}\u{200D}".repeat(1000);
        let shown = safe(&chain);
        let longest = shown.as_str().graphemes(true).map(|one| one.chars().count()).max();
        assert_eq!(longest, Some(2 * JOINS_SHOWN + 1));
        assert_eq!(shown.as_str().matches('\u{1F469}').count(), 1000);
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

        #[test]
        fn no_column_takes_more_than_a_few_characters(
            text in "[a \u{301}\u{200d}\u{200c}\u{1F469}\u{1F3FB}\u{fe0f}\u{915}\u{94d}\u{1161}\u{e0041}\u{1f1e6}]{0,200}"
        ) {
            let shown = safe(&text);
            let most = (MARKS_SHOWN + 1) * (shown.columns() + 1);
            proptest::prop_assert!(shown.as_str().chars().count() <= most, "{:?}", shown.as_str());
            let longest = shown.as_str().graphemes(true).map(|one| one.chars().count()).max().unwrap_or(0);
            proptest::prop_assert!(longest <= (MARKS_SHOWN + 1) * (JOINS_SHOWN + 1), "{:?}", shown.as_str());
        }
    }
}
