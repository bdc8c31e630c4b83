//! Width and wrapping, of text as it is shown ([`super::safe`]). Ranges are into the text as published, so that what
//! is marked there can be marked on the screen.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::{Safe, safe};

/// How many columns a text takes when it is shown as one line.
pub fn width(text: &str) -> usize {
    safe(text).columns()
}

/// Cuts a line into pieces of at most `columns` columns, between words where it can and inside a word where it must.
///
/// The pieces follow one another without a gap; white space where a line breaks ends the piece before it and does not
/// count. An empty line is one empty piece.
pub fn wrap(line: &str, columns: usize) -> Vec<Range<usize>> {
    let columns = columns.max(1);
    let mut pieces = Vec::new();
    let (mut start, mut used) = (0, 0);
    for (at, segment) in segments(line) {
        let taken = width(segment);
        if is_space(segment) {
            used += taken;
            continue;
        }
        if used > 0 && used + taken > columns {
            if at > start {
                pieces.push(start..at);
            }
            (start, used) = (at, 0);
        }
        if taken <= columns {
            used += taken;
        } else {
            (start, used) = cut(segment, at, start, columns, &mut pieces);
        }
    }
    pieces.push(start..line.len());
    pieces
}

/// Text cut to a number of columns, with a mark where something was left out.
pub fn fit(text: &str, columns: usize, mark: &str) -> Safe<'static> {
    let shown = safe(text);
    if shown.columns() <= columns {
        return shown.owned();
    }
    let room = columns.saturating_sub(mark.width());
    let mut fitted = String::new();
    let mut used = 0;
    for grapheme in shown.as_str().graphemes(true) {
        used += grapheme.width();
        if used > room {
            break;
        }
        fitted.push_str(grapheme);
    }
    Safe::joined(&[&fitted, if mark.width() <= columns { mark } else { "" }])
}

/// Text cut in its middle to a number of columns, with a mark where something was left out: names that begin alike are told
/// apart by their ends.
pub fn fit_ends(text: &str, columns: usize, mark: &str) -> Safe<'static> {
    let shown = safe(text);
    let room = columns.saturating_sub(mark.width());
    if shown.columns() <= columns || room < 2 {
        return fit(text, columns, mark);
    }
    let mut end = Vec::new();
    let mut used = 0;
    for grapheme in shown.as_str().graphemes(true).rev() {
        used += grapheme.width();
        if used > room / 2 {
            break;
        }
        end.push(grapheme);
    }
    let end: String = end.into_iter().rev().collect();
    Safe::joined(&[fit(shown.as_str(), columns - end.width(), mark).as_str(), &end])
}

/// Words with what clings to them, and the white space between them that a line may break at.
pub fn segments(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = line.get(at..).filter(|rest| !rest.is_empty())?;
        let space = rest.chars().next().is_some_and(breaks);
        let length = rest.find(|letter| breaks(letter) != space).unwrap_or(rest.len());
        let segment = (at, &rest[..length]);
        at += length;
        Some(segment)
    })
}

/// Where the word that a byte stands in begins, with what clings to it.
pub fn start_of_segment(text: &str, byte: usize) -> usize {
    let before = text.get(..byte).unwrap_or_default();
    before.char_indices().rev().find(|(_, letter)| breaks(*letter)).map_or(0, |(at, space)| at + space.len_utf8())
}

/// White space that a line may break at: not the kinds that hold words together.
fn breaks(letter: char) -> bool {
    letter.is_whitespace() && !matches!(letter, '\u{A0}' | '\u{202F}' | '\u{2007}')
}

fn is_space(segment: &str) -> bool {
    segment.chars().next().is_some_and(breaks)
}

/// Cuts a word that is longer than a line; returns where its last piece begins, and how wide that is.
fn cut(word: &str, at: usize, start: usize, columns: usize, pieces: &mut Vec<Range<usize>>) -> (usize, usize) {
    let (mut start, mut used) = (start.max(at), 0);
    for (inside, grapheme) in word.grapheme_indices(true) {
        let taken = width(grapheme);
        if used + taken > columns && at + inside > start {
            pieces.push(start..at + inside);
            (start, used) = (at + inside, 0);
        }
        used += taken;
    }
    (start, used)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(line: &str, columns: usize) -> Vec<&str> {
        wrap(line, columns).into_iter().map(|range| line[range].trim_end()).collect()
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrapped("one two three four", 9), ["one two", "three", "four"]);
        assert_eq!(wrapped("one two three four", 80), ["one two three four"]);
        assert_eq!(wrapped("", 10), [""]);
        assert_eq!(wrapped("a  b", 1), ["a", "b"]);
    }

    #[test]
    fn a_word_longer_than_a_line_is_cut() {
        assert_eq!(wrapped("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrapped("xy abcdefgh", 3), ["xy", "abc", "def", "gh"]);
        assert_eq!(wrapped("日本語", 4), ["日本", "語"]);
    }

    #[test]
    fn a_text_is_fitted_with_a_mark() {
        let fitted = |text: &str, columns| fit(text, columns, "…").into_owned();
        assert_eq!(fitted("Population health", 10), "Populatio…");
        assert_eq!(fitted("short", 10), "short");
        assert_eq!(fitted("a\tb\u{202e}", 4), "a b\u{fffd}");
        assert_eq!(fitted("a\tb\u{202e}", 3), "a …");
        assert_eq!(fitted("long text", 0), "");
    }

    #[test]
    fn names_that_begin_alike_are_told_apart_by_their_ends() {
        let fitted = |name: &str| fit_ends(name, 20, "…").into_owned();
        assert_eq!(fitted("Health and Social Care Act 2012 - s261(1)"), "Health and…- s261(1)");
        assert_eq!(fitted("Health and Social Care Act 2012 - s261(7)"), "Health and…- s261(7)");
        assert_eq!(fitted("Section 251"), "Section 251");
        assert_eq!(fit_ends("Section 251", 2, "…").as_str(), "S…");
    }

    proptest::proptest! {
        #[test]
        fn pieces_join_to_the_line_and_fit(line in "[a-z \u{301}日\t\u{a0}é]{0,80}", columns in 2_usize..20) {
            let pieces = wrap(&line, columns);
            let joined: String = pieces.iter().map(|range| &line[range.clone()]).collect();
            proptest::prop_assert_eq!(&joined, &line);
            for range in &pieces {
                proptest::prop_assert!(width(line[range.clone()].trim_end_matches(breaks)) <= columns);
            }
        }

        #[test]
        fn what_is_fitted_fits(text in "\\PC{0,60}", columns in 0_usize..30) {
            proptest::prop_assert!(fit(&text, columns, "…").columns() <= columns);
            proptest::prop_assert!(fit_ends(&text, columns, "...").columns() <= columns);
        }
    }
}
