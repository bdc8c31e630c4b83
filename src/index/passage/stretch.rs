//! A stretch of a text around what matched, and how far a passage of it is drawn out to fill its room.

use std::ops::Range;

use super::laying::{CUT, Laid, Laying};
use super::pieces::{Piece, pieces};
use super::{BEFORE, Room, Searched, floor};
use crate::text;

/// A stretch of a text in pieces, and the room for a passage of it.
pub(super) struct Stretch<'a> {
    searched: &'a Searched<'a>,
    pub(super) pieces: Vec<Piece>,
    /// Whether it begins where the text does.
    pub(super) begins: bool,
    /// Whether it ends where the text does.
    pub(super) ends: bool,
    room: Room,
}

impl<'a> Stretch<'a> {
    /// The words of a text from one byte, where a word begins, to about another.
    pub(super) fn of(searched: &'a Searched<'a>, from: usize, to: usize, room: Room) -> Self {
        let text = searched.text;
        let to = floor(text, to.min(text.len()));
        // A word that is cut off would be another word.
        let end = if to == text.len() { to } else { text::start_of_segment(text, to).max(from) };
        let pieces = pieces(text, from..end, room.columns);
        Self { searched, pieces, begins: from == 0, ends: end == text.len(), room }
    }

    /// The piece that a byte lies in.
    pub(super) fn piece_at(&self, byte: usize) -> usize {
        self.pieces.partition_point(|piece| piece.range.end <= byte)
    }

    /// The bytes of the pieces from one to another.
    pub(super) fn bytes(&self, start: usize, end: usize) -> Range<usize> {
        let from = self.pieces.get(start).map_or(0, |piece| piece.range.start);
        let last = end.checked_sub(1).and_then(|last| self.pieces.get(last));
        from..last.map_or(from, |piece| piece.range.end)
    }

    /// How far the room reaches from a piece on.
    pub(super) fn end_from(&self, start: usize) -> usize {
        self.reach(start, self.pieces.len())
    }

    /// How far the room reaches from a piece on, but no further than is asked: the pieces are laid on its lines as they are
    /// wrapped when they are drawn.
    fn reach(&self, start: usize, enough: usize) -> usize {
        // One piece is shown, however little room there is.
        let mut end = start + 1;
        let before = if start > 0 || !self.begins { CUT } else { 0 };
        let mut laying = Laying::new(self.room, self.searched.label, before);
        for (at, piece) in self.pieces.iter().enumerate().skip(start) {
            if end >= enough && at > start {
                break;
            }
            let gap = if at == start { 0 } else { piece.gap };
            match laying.lay(gap, piece.width) {
                Laid::Beyond => break,
                Laid::Inside => end = at + 1,
                Laid::IfLast if at + 1 == self.pieces.len() && self.ends => end = at + 1,
                Laid::IfLast => {}
            }
        }
        end.min(self.pieces.len())
    }

    /// Where a passage begins that holds what the one from this piece on holds: with its sentence if that begins near
    /// enough, else some words before; and further ahead where the text would end before the room does.
    pub(super) fn drawn_out(&self, start: usize) -> usize {
        let held = self.searched.parts_in(self.bytes(start, self.end_from(start)));
        let last = held.map(|(_, range)| self.piece_at(range.end.saturating_sub(1)) + 1).max().unwrap_or(start + 1);
        let most = self.room.most() / BEFORE;
        let (mut begin, mut before) = (start, 0);
        while begin > 0 && begin < self.pieces.len() && !self.starts_sentence(begin) {
            before += self.pieces[begin].gap + self.pieces[begin - 1].width;
            if before > most || self.reach(begin - 1, last) < last {
                break;
            }
            begin -= 1;
        }
        let all = self.pieces.len();
        while self.ends && begin > 0 && self.end_from(begin) == all && self.end_from(begin - 1) == all {
            begin -= 1;
        }
        begin
    }

    /// Whether a sentence begins with a piece.
    fn starts_sentence(&self, piece: usize) -> bool {
        let (text, Piece { range, white, .. }) = (self.searched.text, &self.pieces[piece]);
        if *white == 0 {
            return false;
        }
        let before = piece.checked_sub(1).map(|before| &text[self.pieces[before].range.clone()]);
        text[range.start - white..range.start].contains(text::ends_line)
            || before.is_some_and(|before| ends_sentence(before) && begins_anew(&text[range.start..]))
    }
}

/// Whether a sentence ends with a word.
fn ends_sentence(word: &str) -> bool {
    word.trim_end_matches(['"', '\'', ')', ']', '\u{201d}', '\u{2019}']).ends_with(['.', '!', '?'])
}

/// Whether the word that a text begins with may be the first of a sentence: no abbreviation stands before it then.
fn begins_anew(text: &str) -> bool {
    let word = text::segments(text).next().map_or("", |(_, word)| word);
    let first = word.chars().find(|letter| letter.is_alphanumeric());
    first.is_some_and(|letter| letter.is_uppercase() || letter.is_numeric())
}
