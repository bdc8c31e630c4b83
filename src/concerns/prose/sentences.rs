//! Ends of sentences, within a line: a full stop, question or exclamation mark that a capital follows, and that no
//! abbreviation explains.

use std::ops::Range;

/// What ends in a full stop without ending a sentence, in small letters and without the stop.
const ABBREVIATIONS: [&str; 33] = [
    "al", "approx", "art", "cf", "co", "corp", "dept", "dr", "e.g", "eg", "etc", "fig", "i.e", "ie", "inc", "jr",
    "ltd", "mr", "mrs", "ms", "no", "nos", "para", "pp", "prof", "ref", "rev", "sch", "sec", "st", "v", "vol", "vs",
];

/// The sentences of a line, without white space around them.
pub(super) fn split(line: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    for at in memchr::memchr3_iter(b'.', b'?', b'!', line.as_bytes()) {
        if ends_sentence(line, start, at) {
            let end = at + 1 + closing(&line[at + 1..]);
            push(&mut ranges, line, start..end);
            start = end;
        }
    }
    push(&mut ranges, line, start..line.len());
    ranges
}

/// How many quotations are open after a text, when so many were before it. Only marks that tell opening from closing
/// count.
pub(super) fn open_quotes(before: usize, text: &str) -> usize {
    // Both marks begin with one byte, which few other characters have.
    if memchr::memchr(0xE2, text.as_bytes()).is_none() {
        return before;
    }
    text.chars().fold(before, |open, letter| match letter {
        '\u{201c}' => open + 1,
        '\u{201d}' => open.saturating_sub(1),
        _ => open,
    })
}

/// Bytes of closing quotes and brackets that belong to the sentence before them.
fn closing(rest: &str) -> usize {
    rest.len() - rest.trim_start_matches(['\u{201d}', '\u{2019}', '"', ')']).len()
}

fn ends_sentence(line: &str, start: usize, at: usize) -> bool {
    let rest = &line[at + 1..];
    let rest = &rest[closing(rest)..];
    let next = rest.trim_start();
    if rest.len() == next.len() {
        return false;
    }
    let begins =
        |letter: char| letter.is_uppercase() || letter.is_ascii_digit() || "\u{201c}\u{2018}\"([".contains(letter);
    if !next.chars().next().is_some_and(begins) {
        return false;
    }
    if line[at..].starts_with('.') {
        let before = &line[start..at];
        let word = before.rsplit(|letter: char| letter.is_whitespace() || letter == '(').next().unwrap_or_default();
        let lower = word.to_lowercase();
        // A single capital is an initial; a number alone is a heading's or an item's.
        let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
        return !is_initial && !ABBREVIATIONS.contains(&lower.as_str());
    }
    true
}

fn push(ranges: &mut Vec<Range<usize>>, line: &str, range: Range<usize>) {
    let piece = &line[range.clone()];
    let start = range.start + (piece.len() - piece.trim_start().len());
    let end = range.end - (piece.len() - piece.trim_end().len());
    if start < end {
        ranges.push(start..end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(line: &str) -> Vec<&str> {
        split(line).into_iter().map(|range| &line[range]).collect()
    }

    #[test]
    fn a_line_comes_apart_at_its_full_stops() {
        assert_eq!(sentences(" One. Two? (Three.) Four"), ["One.", "Two?", "(Three.)", "Four"]);
        assert_eq!(
            sentences("He said \u{201c}no.\u{201d} Then he left."),
            ["He said \u{201c}no.\u{201d}", "Then he left."]
        );
        assert!(sentences("  ").is_empty());
    }

    #[test]
    fn abbreviations_initials_and_figures_end_nothing() {
        for whole in [
            "IMS Health Ltd. The client's, e.g. London, vs. Paris et al. 2014 and No. 10 Downing",
            "Smith, A. Brown and J. Jones found 3.5 per cent in v1.2 of www.nhs.uk",
        ] {
            assert_eq!(sentences(whole).len(), 1, "{:?}", sentences(whole));
        }
    }
}
