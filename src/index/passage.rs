//! The passage of a text that a list shows: where most of what a query asks for stands together, cut between words and
//! drawn out to fill its lines.

mod laying;
mod pieces;
mod stretch;

use std::cmp::Reverse;
use std::ops::{ControlFlow, Range};

use laying::{CUT, Laid, Laying};
use pieces::{each_piece, least_columns};
use stretch::Stretch;

use crate::text;

/// A passage begins before what matched by no more than this part of its room.
const BEFORE: usize = 3;

/// Bytes beyond those of plain text that fill the room.
const AHEAD: usize = 40;

/// The room that a passage has, its label included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Columns of a line.
    pub columns: usize,
    /// Lines.
    pub lines: usize,
}

impl Room {
    /// The most columns that a passage can take.
    pub(super) fn most(self) -> usize {
        self.columns * self.lines
    }
}

/// How good a passage is; the greatest is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Worth {
    /// Different parts of the query that it holds whole.
    pub(super) parts: usize,
    /// Marks that it holds whole.
    pub(super) marks: usize,
}

/// The best passage of some texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Best {
    /// How good it is.
    pub(super) worth: Worth,
    /// Which of the texts it is of.
    pub(super) text: usize,
    /// With the word that this byte stands in, it begins.
    pub(super) byte: usize,
}

/// A text that was searched, with what matched in it.
#[derive(Debug)]
pub(super) struct Searched<'a> {
    /// The text.
    pub(super) text: &'a str,
    /// Parts of the query, each with where it matched, in order; never empty.
    pub(super) parts: Vec<(usize, Range<usize>)>,
    /// What is marked, in order and apart.
    pub(super) marks: Vec<Range<usize>>,
    /// How far it was read.
    pub(super) read: Read,
    /// Columns of what stands before it on its first line.
    pub(super) label: usize,
}

/// How far a text was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Read {
    /// To its end.
    Whole,
    /// So far that more may match behind what is known.
    InPart,
}

/// Where a passage may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Start {
    /// No passage from here is better than this.
    bound: Worth,
    /// Which of the texts.
    text: usize,
    /// With the word that this byte stands in.
    byte: usize,
}

/// The best passage of some texts: with the most different parts of the query, then with the most marks, and the first of those;
/// none where surely none holds more parts than are enough.
pub(super) fn best(texts: &[Searched<'_>], room: Room, enough: usize) -> Option<Best> {
    if !texts.iter().any(|text| text.holds_more_than(enough)) {
        return None;
    }
    let mut starts: Vec<Start> = texts.iter().enumerate().flat_map(|(at, text)| text.starts(at, room)).collect();
    if enough > 0 {
        starts.retain(|start| start.bound.parts > enough);
    }
    starts.sort_by_key(|start| (Reverse(start.bound), start.text, start.byte));
    let mut best: Option<(Worth, Start)> = None;
    for start in starts {
        if let Some((most, first)) = &best {
            if start.bound < *most {
                break;
            }
            if start.bound == *most && (start.text, start.byte) > (first.text, first.byte) {
                continue;
            }
        }
        let worth = texts[start.text].worth_of(start, room);
        let is_better = best.as_ref().is_none_or(|(most, first)| {
            (worth, Reverse((start.text, start.byte))) > (*most, Reverse((first.text, first.byte)))
        });
        if is_better {
            best = Some((worth, start));
        }
    }
    let (mut worth, start) = best?;
    let (mut text, mut byte) = (start.text, start.byte);
    if worth.parts == 0 {
        // What matched is longer than the room.
        (text, byte) = (0, texts.first()?.parts.first()?.1.start);
        worth = Worth { parts: 1, marks: 0 };
    }
    Some(Best { worth, text, byte })
}

impl Searched<'_> {
    /// Whether it holds more different parts of the query than so many.
    fn holds_more_than(&self, enough: usize) -> bool {
        let is_first = |at: usize| self.parts[..at].iter().all(|(part, _)| *part != self.parts[at].0);
        (0..self.parts.len()).filter(|at| is_first(*at)).nth(enough).is_some()
    }

    /// Where a passage may begin. Whatever holds something holds it still if it begins with its first match, and takes no more
    /// room then; but for the beginning of the text, before which stands no mark.
    ///
    /// Laying words on lines is slow, so it is first told of each how good it can be at most: every letter and sign of ASCII
    /// takes a column, however it is laid, and so does a space but where a line breaks.
    fn starts(&self, at: usize, room: Room) -> Vec<Start> {
        let most = (room.most() + room.lines.saturating_sub(1)).saturating_sub(self.label).max(room.columns);
        // How many columns at least stand before each match, and how many with it. Matches overlap: a later one can begin before
        // an earlier one ends.
        let (mut counted, mut columns) = (0, 0);
        let mut before = Vec::with_capacity(self.parts.len());
        for (_, range) in &self.parts {
            columns += least_columns(self.text, counted..range.start, most);
            counted = range.start;
            before.push((columns, columns + least_columns(self.text, range.clone(), most)));
        }
        // For which bound each part was counted last.
        let mut counted_for = vec![0; self.parts.iter().map(|(part, _)| part + 1).max().unwrap_or_default()];
        let mut bounds = 0;
        let mut bound = |first: usize, from: usize| {
            bounds += 1;
            let here = self.parts[first..].iter().zip(&before[first..]);
            let here = here.take_while(|(_, (start, _))| start - from <= most);
            let mut worth = Worth { parts: 0, marks: 0 };
            for ((part, _), _) in here.filter(|(_, (_, end))| end - from <= most) {
                worth.marks += 1;
                worth.parts += usize::from(counted_for[*part] != bounds);
                counted_for[*part] = bounds;
            }
            worth
        };
        let beginning = Start { bound: bound(0, 0), text: at, byte: 0 };
        let matches = self.parts.iter().enumerate();
        let matches = matches.map(|(first, (_, range))| (bound(first, before[first].0), range.start));
        std::iter::once(beginning).chain(matches.map(|(bound, byte)| Start { bound, text: at, byte })).collect()
    }

    /// How good the passage is that begins at a start. A lone match that there is surely room for on the first line need not be
    /// laid.
    fn worth_of(&self, start: Start, room: Room) -> Worth {
        let Start { bound, byte, .. } = start;
        let first = self.parts.partition_point(|(_, range)| range.start < byte);
        if let Some((_, range)) = self.parts.get(first)
            && bound.marks == 1
            && range.start == byte
        {
            let word = &self.text[text::start_of_segment(self.text, byte)..range.end];
            let is_plain = word.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
            if is_plain && word.len() + CUT + CUT + self.label <= room.columns {
                return bound;
            }
        }
        self.worth_from(byte, room)
    }

    /// How good the passage is that begins with the word at a byte.
    fn worth_from(&self, byte: usize, room: Room) -> Worth {
        let from = text::start_of_segment(self.text, byte);
        let mut before = if from > 0 { CUT } else { 0 };
        let mut laying: Option<(Laying, Range<usize>)> = None;
        each_piece(self.text, from..self.text.len(), room.columns, |piece| {
            if piece.range.end <= byte {
                before = CUT;
                return ControlFlow::Continue(());
            }
            let gap = if laying.is_some() { piece.gap } else { 0 };
            let begun = || (Laying::new(room, self.label, before), piece.range.clone());
            let (laying, inside) = laying.get_or_insert_with(begun);
            match laying.lay(gap, piece.width) {
                Laid::Beyond => return ControlFlow::Break(()),
                Laid::Inside => inside.end = piece.range.end,
                Laid::IfLast if self.text[piece.range.end..].trim().is_empty() => inside.end = piece.range.end,
                Laid::IfLast => {}
            }
            ControlFlow::Continue(())
        });
        self.worth_in(laying.map_or(0..0, |(_, inside)| inside))
    }

    /// Parts of the query that a stretch holds whole.
    fn parts_in(&self, inside: Range<usize>) -> impl Iterator<Item = &(usize, Range<usize>)> {
        let from = self.parts.partition_point(|(_, range)| range.start < inside.start);
        let here = self.parts[from..].iter().take_while(move |(_, range)| range.start < inside.end);
        here.filter(move |(_, range)| range.end <= inside.end)
    }

    /// What a stretch holds.
    fn worth_in(&self, inside: Range<usize>) -> Worth {
        let mut parts: Vec<usize> = self.parts_in(inside.clone()).map(|(part, _)| *part).collect();
        parts.sort_unstable();
        parts.dedup();
        let marks = &self.marks;
        let from = marks.partition_point(|range| range.start < inside.start);
        Worth { parts: parts.len(), marks: marks[from..].iter().take_while(|range| range.end <= inside.end).count() }
    }

    /// The passage that holds what the one holds that begins with the word at a byte, drawn out to fill its room.
    pub(super) fn drawn_out(&self, byte: usize, room: Room) -> Range<usize> {
        // What ends before its room does is drawn out further.
        let is_near_end = self.text.len() - byte <= room.most();
        let back = if is_near_end { room.most() } else { room.most() / BEFORE };
        let (mut behind, mut ahead) = (back + AHEAD, room.most() + AHEAD);
        loop {
            let from = text::start_of_segment(self.text, floor(self.text, byte.saturating_sub(behind)));
            let stretch = Stretch::of(self, from, byte + ahead, room);
            let first = stretch.piece_at(byte);
            if first < stretch.pieces.len() || (stretch.begins && stretch.ends) {
                let start = stretch.drawn_out(first);
                let end = stretch.end_from(start);
                let is_known = |end: usize| end < stretch.pieces.len() || stretch.ends;
                if (start > 0 || stretch.begins) && is_known(end) && is_known(stretch.end_from(first)) {
                    return stretch.bytes(start, end);
                }
            }
            (behind, ahead) = (behind * 2, ahead * 2);
        }
    }
}

/// The character boundary at a byte or before it.
pub(super) fn floor(text: &str, byte: usize) -> usize {
    (0..=byte.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

#[cfg(test)]
mod tests;
