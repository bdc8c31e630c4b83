//! Where nothing can be denied, told without cutting a text into sentences: a list of results asks it of each of its passages.
//!
//! A sentence is denied by its own line, or by what leads it in: a line that ends as a lead-in does, or a sentence that it goes on with.
//! Where none of these holds a word that denies, nothing does. What is told too often costs time and no truth; a property test holds
//! that it is never told too seldom.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use memchr::{memchr, memchr2_iter, memrchr};

use super::DENY;
use crate::concerns::prose::{GOES_ON, is_item};
use crate::text::ends_line;

/// How far behind a place the words are read with which its sentence may begin, in bytes.
const AHEAD: usize = 24;

static DENYING: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| finder(&DENY));
static GOING_ON: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| finder(&GOES_ON.map(|words| two_of(words).0)));

/// Where the denial of a place can stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Possible {
    /// Nowhere.
    Nowhere,
    /// In the line of the place alone, which stands here.
    InLine(Range<usize>),
    /// Anywhere before it.
    Before,
}

/// Where what denies a byte of a text can stand.
pub(super) fn possible(text: &str, at: usize) -> Possible {
    let line = line_start(text, at);
    let end = memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |end| at + end);
    let ahead = (at + AHEAD..end).find(|byte| text.is_char_boundary(*byte)).unwrap_or(end);
    // Lines that lead in are told by a sign; whether a line is an item takes its sentences.
    let is_led = || leads_in(text, at).any(|lead| may_lead(&text[lead])) && can_be_led(text, line..end);
    if holds_going_on(&text[line..ahead], at - line) || is_led() {
        return Possible::Before;
    }
    if holds_denial(&text[line..at]) { Possible::InLine(line..end) } else { Possible::Nowhere }
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
    // A word that denies stands between signs: of those that begin at its first letter it is the longest.
    finder.find_iter(text).any(|found| {
        let before = found.start().checked_sub(1).and_then(|before| bytes.get(before));
        !is_letter(before) && !is_letter(bytes.get(found.end()))
    })
}

/// Whether a sentence may begin up to a byte that goes on with the one before it.
fn holds_going_on(text: &str, at: usize) -> bool {
    let Some(finder) = GOING_ON.as_ref() else { return true };
    let begins = |at: usize| {
        let before = text[..at].trim_end().chars().next_back();
        before.is_none_or(|letter| !letter.is_alphanumeric() && letter != ',')
    };
    finder.find_iter(text).take_while(|found| found.start() <= at).any(|found| {
        let next = text[found.end()..].split_whitespace().next().unwrap_or_default();
        let goes_on = |(first, second)| begins_with(&text[found.range()], first) && begins_with(next, second);
        begins(found.start()) && GOES_ON.into_iter().map(two_of).any(goes_on)
    })
}

/// The first two words with which a sentence goes on; the second is empty where there is one alone.
fn two_of(words: &'static str) -> (&'static str, &'static str) {
    let mut words = words.split_whitespace();
    (words.next().unwrap_or_default(), words.next().unwrap_or_default())
}

fn begins_with(word: &str, beginning: &str) -> bool {
    word.get(..beginning.len()).is_some_and(|start| start.eq_ignore_ascii_case(beginning))
        || beginning.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// Finds words in any case. Nothing is ruled out where that cannot be built.
fn finder(words: &[&str]) -> Option<AhoCorasick> {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::DFA))
        .build(words)
        .ok()
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
        assert_eq!(possible(own, own.len()), Possible::InLine(10..24));
        let nothing = "It is noted:\n• sold";
        assert_eq!(possible(nothing, nothing.len()), Possible::Nowhere);
        let goes_on = "It is not for others. Such as insurers";
        assert_eq!(possible(goes_on, goes_on.len()), Possible::Before);
    }
}
