//! Redlines: the words that were taken out of a text and put into it.

use std::time::{Duration, Instant};

use similar::{Algorithm, ChangeTag, capture_diff_slices_deadline};
use unicode_segmentation::UnicodeSegmentation;

use crate::text::fold;

/// How long one pair of texts may take; what is not told apart by then is taken out and put in whole.
const PATIENCE: Duration = Duration::from_millis(500);

/// Words that are shown around what changed.
const AROUND: usize = 12;

/// How many new sentences are looked at for one that is like an old one.
const AHEAD: usize = 8;

/// A piece of a redline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What became of it.
    pub kind: PieceKind,
    /// The words, as published, with the white space that follows them.
    pub text: String,
    /// The same words as they stood before, where they stand in both; empty elsewhere.
    pub was: String,
}

/// What became of a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PieceKind {
    /// It stands in both, typography apart; shown as it stands now.
    Same,
    /// It was taken out.
    Removed,
    /// It was put in.
    Added,
}

/// A part of a redline that holds a change, with some words around it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passage {
    /// Its pieces.
    pub pieces: Vec<Piece>,
    /// Whether text before it is left out.
    pub is_cut_before: bool,
    /// Whether text after it is left out.
    pub is_cut_after: bool,
}

/// The redline from one text to another. Sentences are compared first, and word by word only where one took the place of
/// another that is like it: between texts that have nothing in common every shared "the" would be told as kept. Words that
/// differ in typography only are the same.
///
/// The pieces that are not added make the old text again, and those that are not removed the new one.
pub fn redline(before: &str, after: &str) -> Vec<Piece> {
    let deadline = Instant::now().checked_add(PATIENCE);
    let (old, new) = (sentences(before), sentences(after));
    let mut redline = Redline::default();
    let (mut removed, mut added): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    for difference in differences(&old, &new, deadline) {
        match difference {
            Difference::Same(was, is) => {
                redline.replace(&mut removed, &mut added, deadline);
                redline.push(PieceKind::Same, is, was);
            }
            Difference::Removed(text) => removed.push(text),
            Difference::Added(text) => added.push(text),
        }
    }
    redline.replace(&mut removed, &mut added, deadline);
    redline.pieces
}

/// A redline that is being made.
#[derive(Default)]
struct Redline {
    pieces: Vec<Piece>,
}

/// One unit of text in two texts.
enum Difference<'a> {
    Same(&'a str, &'a str),
    Removed(&'a str),
    Added(&'a str),
}

impl Redline {
    fn push(&mut self, kind: PieceKind, text: &str, was: &str) {
        match self.pieces.last_mut().filter(|last| last.kind == kind) {
            Some(last) => {
                last.text.push_str(text);
                last.was.push_str(was);
            }
            None => self.pieces.push(Piece { kind, text: text.to_owned(), was: was.to_owned() }),
        }
    }

    /// Sentences that others took the place of: each beside the next one that is like it, those two word by word.
    fn replace(&mut self, removed: &mut Vec<&str>, added: &mut Vec<&str>, deadline: Option<Instant>) {
        let new = std::mem::take(added);
        let mut next = 0;
        for old in std::mem::take(removed) {
            let mut ahead = new.iter().enumerate().skip(next).take(AHEAD);
            let like = ahead.find_map(|(at, new)| Some((at, word_by_word(old, new, deadline)?)));
            let Some((at, words)) = like else {
                self.push(PieceKind::Removed, old, "");
                continue;
            };
            for sentence in &new[next..at] {
                self.push(PieceKind::Added, sentence, "");
            }
            for word in words {
                match word {
                    Difference::Same(was, is) => self.push(PieceKind::Same, is, was),
                    Difference::Removed(text) => self.push(PieceKind::Removed, text, ""),
                    Difference::Added(text) => self.push(PieceKind::Added, text, ""),
                }
            }
            next = at + 1;
        }
        for sentence in &new[next..] {
            self.push(PieceKind::Added, sentence, "");
        }
    }
}

/// The words of two sentences, where they share at least half of those of the shorter one.
fn word_by_word<'a>(old: &'a str, new: &'a str, deadline: Option<Instant>) -> Option<Vec<Difference<'a>>> {
    let (old, new) = (words(old), words(new));
    let least = old.len().min(new.len());
    let differences = differences(&old, &new, deadline);
    let shared = differences.iter().filter(|difference| matches!(difference, Difference::Same(..))).count();
    (least > 0 && shared * 2 >= least).then_some(differences)
}

fn differences<'a>(old: &[&'a str], new: &[&'a str], deadline: Option<Instant>) -> Vec<Difference<'a>> {
    let keys = |units: &[&str]| -> Vec<String> { units.iter().map(|unit| fold(unit)).collect() };
    let (old_keys, new_keys) = (keys(old), keys(new));
    let operations = capture_diff_slices_deadline(Algorithm::Myers, &old_keys, &new_keys, deadline);
    let changes = operations.iter().flat_map(|operation| operation.iter_changes(&old_keys, &new_keys));
    let told = changes.filter_map(|change| {
        let was = change.old_index().and_then(|at| old.get(at)).copied();
        let is = change.new_index().and_then(|at| new.get(at)).copied();
        match change.tag() {
            ChangeTag::Equal => was.zip(is).map(|(was, is)| Difference::Same(was, is)),
            ChangeTag::Delete => was.map(Difference::Removed),
            ChangeTag::Insert => is.map(Difference::Added),
        }
    });
    told.collect()
}

/// The parts of a redline that hold changes, with some words around each; what lies further away is left out.
pub fn passages(pieces: Vec<Piece>) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    let mut open = Passage::default();
    let last = pieces.len().saturating_sub(1);
    for (number, piece) in pieces.into_iter().enumerate() {
        let (is_first, is_last) = (number == 0, number == last);
        let kept = if is_first || is_last { AROUND } else { 2 * AROUND };
        if piece.kind != PieceKind::Same || words(&piece.text).len() <= kept {
            open.pieces.push(piece);
            continue;
        }
        if !is_first {
            open.pieces.push(piece.beginning());
            open.is_cut_after = true;
            passages.push(std::mem::take(&mut open));
        }
        open.is_cut_before = true;
        if !is_last {
            open.pieces.push(piece.end());
        }
    }
    passages.push(open);
    passages.retain(|passage| passage.pieces.iter().any(|piece| piece.kind != PieceKind::Same));
    passages
}

impl Passage {
    /// The passage as it stood before, as published.
    pub fn before(&self) -> String {
        let of = |piece: &Piece| match piece.kind {
            PieceKind::Same => piece.was.clone(),
            PieceKind::Removed => piece.text.clone(),
            PieceKind::Added => String::new(),
        };
        self.pieces.iter().map(of).collect()
    }

    /// The passage as it stands now, as published.
    pub fn after(&self) -> String {
        let kept = self.pieces.iter().filter(|piece| piece.kind != PieceKind::Removed);
        kept.map(|piece| piece.text.as_str()).collect()
    }
}

impl Piece {
    /// The first words of a piece that stands in both texts.
    fn beginning(&self) -> Self {
        let first = |text: &str| words(text).into_iter().take(AROUND).collect();
        Self { kind: self.kind, text: first(&self.text), was: first(&self.was) }
    }

    /// Its last words.
    fn end(&self) -> Self {
        let last = |text: &str| {
            let words = words(text);
            words[words.len().saturating_sub(AROUND)..].concat()
        };
        Self { kind: self.kind, text: last(&self.text), was: last(&self.was) }
    }
}

/// The sentences and lines of a text, each with the white space that follows it; joined they are the text.
fn sentences(text: &str) -> Vec<&str> {
    let mut sentences: Vec<&str> = Vec::new();
    for line in text.split_inclusive('\n') {
        sentences.extend(line.split_sentence_bounds());
    }
    sentences
}

/// The words of a text, each with the white space that follows it; joined they are the text.
fn words(text: &str) -> Vec<&str> {
    let mut words: Vec<&str> = Vec::new();
    let mut start = 0;
    let mut is_blank = true;
    for (at, segment) in text.split_word_bound_indices() {
        let is_space = segment.chars().all(char::is_whitespace);
        if !is_space && !is_blank && at > start {
            words.push(&text[start..at]);
            start = at;
        }
        is_blank &= is_space;
    }
    if start < text.len() {
        words.push(&text[start..]);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(before: &str, after: &str) -> String {
        let mark = |piece: Piece| match piece.kind {
            PieceKind::Same => piece.text,
            PieceKind::Removed => format!("[-{}-]", piece.text),
            PieceKind::Added => format!("{{+{}+}}", piece.text),
        };
        redline(before, after).into_iter().map(mark).collect()
    }

    #[test]
    fn words_are_taken_out_and_put_in() {
        assert_eq!(shown("We count beds.", "We count all beds."), "We count {+all +}beds.");
        assert_eq!(shown("The King's beds", "The King\u{2019}s  beds"), "The King\u{2019}s  beds");
        assert_eq!(shown("", "new"), "{+new+}");
        assert_eq!(shown("old", ""), "[-old-]");
        assert_eq!(shown("for 3 years", "for 5 years"), "for [-3 -]{+5 +}years");
    }

    #[test]
    fn passages_leave_out_what_did_not_change() {
        let long = "word, ".repeat(100);
        let passages = passages(redline(&format!("{long}old {long}"), &format!("{long}new {long}")));
        assert_eq!(passages.len(), 1);
        assert!(passages[0].is_cut_before && passages[0].is_cut_after);
        let shown: usize = passages[0].pieces.iter().map(|piece| piece.text.len()).sum();
        assert_eq!(shown, 2 * 6 * 6 + 8);
        assert!(super::passages(redline("same", "same")).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn both_texts_can_be_made_again(before in "[a-d \n.,'-]{0,60}", after in "[a-d \n.,'-]{0,60}") {
            let pieces = redline(&before, &after);
            let whole = Passage { pieces: pieces.clone(), ..Passage::default() };
            proptest::prop_assert_eq!(whole.before(), before);
            proptest::prop_assert_eq!(whole.after(), after);
        }

        #[test]
        fn no_change_is_left_out_of_the_passages(before in "([a-c] ){0,60}", after in "([a-c] ){0,60}") {
            let pieces = redline(&before, &after);
            let changed = |pieces: &[Piece]| -> String {
                let changed = pieces.iter().filter(|piece| piece.kind != PieceKind::Same);
                changed.map(|piece| piece.text.as_str()).collect()
            };
            let whole = changed(&pieces);
            let told: String = passages(pieces).iter().map(|passage| changed(&passage.pieces)).collect();
            proptest::prop_assert_eq!(told, whole);
        }
    }
}
