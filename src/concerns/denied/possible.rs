//! Where nothing can be denied, told without cutting a text into sentences: a list of results asks it of each of its passages.
//!
//! A sentence is denied by its own line, or by what leads it in: a line that ends as a lead-in does, or a sentence that it goes on with.
//! Where none of these holds a word that denies, nothing does. What is told too often costs time and no truth; a property test holds
//! that it is never told too seldom.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use memchr::{memchr, memchr2_iter, memrchr};

use super::DENY;
use crate::concerns::prose::is_item;
use crate::text::ends_line;

/// The first words of a sentence that goes on with the one before it, and the second: any, where none is named.
const GOES_ON: [(&str, &[&str]); 4] =
    [("this", &["includes", "would"]), ("these", &["include", "are"]), ("such", &["as"]), ("including", &[])];

static DENYING: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| finder(&DENY));
static GOING_ON: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| finder(&GOES_ON.map(|(first, _)| first)));

/// Where the denial of a place can stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Possible {
    /// Nowhere.
    Nowhere,
    /// In the line of the place alone, which begins at this byte.
    InLine(usize),
    /// Anywhere before it.
    Before,
}

/// Where what denies a byte of a text can stand.
pub(super) fn possible(text: &str, at: usize) -> Possible {
    let line = line_start(text, at);
    let end = memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |end| at + end);
    let is_led = || can_be_led(text, line..end) && leads_in(text, at).any(|lead| may_lead(&text[lead]));
    if holds_going_on(&text[line..end], at - line) || is_led() {
        return Possible::Before;
    }
    if holds_denial(&text[line..at]) { Possible::InLine(line) } else { Possible::Nowhere }
}

/// Whether a line can belong to a list: it is an item of one, or the line before it leads in what follows.
fn can_be_led(text: &str, line: Range<usize>) -> bool {
    let before = text[..line.start].trim_end();
    if before.ends_with([':', '-', '\u{2013}']) {
        return true;
    }
    let line = text[line].trim_end();
    // Signs that end a line and are no line feed: lines in it are not looked at one by one.
    line.contains(ends_line) || is_item(line)
}

fn may_lead(line: &str) -> bool {
    holds_denial(line) || holds_going_on(line, line.len())
}

/// Lines that end as one does that leads in what follows.
fn leads_in(text: &str, at: usize) -> impl Iterator<Item = Range<usize>> + '_ {
    let signs = memchr2_iter(b':', b'-', &text.as_bytes()[..at]);
    signs.filter(move |sign| ends_a_line(text, *sign, at)).map(move |sign| line_start(text, sign)..sign)
}

/// Whether nothing but what belongs to the sign of a lead-in stands between a colon or dash and the end of its line.
fn ends_a_line(text: &str, sign: usize, at: usize) -> bool {
    let behind = &text[sign + 1..at];
    let behind = behind.strip_prefix(['-', '\u{2013}']).unwrap_or(behind);
    behind.chars().find(|letter| !letter.is_whitespace() || ends_line(*letter)).is_none_or(ends_line)
}

/// Where the line begins that holds a byte; earlier, where another sign than a line feed ends the line before.
fn line_start(text: &str, at: usize) -> usize {
    memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |end| end + 1)
}

fn holds_denial(text: &str) -> bool {
    let Some(finder) = DENYING.as_ref() else { return true };
    let is_letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = text.as_bytes();
    finder.find_overlapping_iter(text).any(|found| {
        let before = found.start().checked_sub(1).and_then(|before| bytes.get(before));
        !is_letter(before) && !is_letter(bytes.get(found.end()))
    })
}

/// Whether a sentence may begin up to a byte that goes on with the one before it.
fn holds_going_on(text: &str, at: usize) -> bool {
    let Some(finder) = GOING_ON.as_ref() else { return true };
    finder.find_overlapping_iter(text).filter(|found| found.start() <= at).any(|found| {
        let before = text[..found.start()].trim_end().chars().next_back();
        let begins = before.is_none_or(|letter| !letter.is_alphanumeric() && letter != ',');
        let next = text[found.end()..].split_whitespace().next().unwrap_or_default();
        let seconds = GOES_ON.get(found.pattern().as_usize()).map_or(&[][..], |(_, seconds)| seconds);
        let goes_on = seconds.is_empty() || next.is_empty() || seconds.iter().any(|second| begins_with(next, second));
        begins && goes_on
    })
}

fn begins_with(word: &str, beginning: &str) -> bool {
    word.get(..beginning.len()).is_some_and(|start| start.eq_ignore_ascii_case(beginning))
        || beginning.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// Finds words in any case. Nothing is ruled out where that cannot be built.
fn finder(words: &[&str]) -> Option<AhoCorasick> {
    AhoCorasick::builder().ascii_case_insensitive(true).match_kind(MatchKind::Standard).build(words).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::concerns::denied::{denied_before, denied_within};

    /// Pieces of which texts are made that deny, lead in, go on, and end lines and sentences in every way.
    const PIECES: &[&str] = &[
        "not",
        "No",
        "cannot",
        "never",
        "notes",
        "permitted",
        "used",
        "for",
        "insurance",
        "analysis",
        "such as",
        "Such as",
        "including",
        "This includes",
        "These are",
        "this",
        "these include",
        "but",
        "prevent",
        " ",
        " ",
        " ",
        ". ",
        ": ",
        ":",
        ":\n",
        ":-\n",
        ":\u{2013}\n",
        " -\n",
        ": \n",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\n• ",
        "\n- ",
        "\n1. ",
        "\n(a) ",
        "\n(b) ",
        "; ",
        ", ",
        "\u{2028}",
        "\u{201C}",
        "é",
    ];

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]

        #[test]
        fn nothing_is_ruled_out_that_is_denied(
            pieces in prop::collection::vec(prop::sample::select(PIECES), 1..40),
            passage in 0.0..1.0_f64,
            at in 0.0..1.0_f64,
        ) {
            let text = pieces.concat();
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place in the text")]
            let place = |share: f64| (0..=(text.len() as f64 * share) as usize).rev().find(|at| text.is_char_boundary(*at)).unwrap();
            let (passage, at) = (place(passage), place(at));
            prop_assert_eq!(denied_before(&text, passage, at), denied_within(&text, 0..text.len(), passage, at), "{:?} {} {}", text, passage, at);
        }
    }

    #[test]
    fn what_rules_nothing_out_is_told() {
        let denied = "They may not:\n• sell\n• insure";
        assert_eq!(possible(denied, denied.len()), Possible::Before);
        let own = "One line:\nIt is not sold";
        assert_eq!(possible(own, own.len()), Possible::InLine(10));
        let nothing = "It is noted:\n• sold";
        assert_eq!(possible(nothing, nothing.len()), Possible::Nowhere);
        let goes_on = "It is not for others. Such as insurers";
        assert_eq!(possible(goes_on, goes_on.len()), Possible::Before);
    }
}
