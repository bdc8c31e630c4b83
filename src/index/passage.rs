//! The passage of a text that a list shows: where most of what a query asks for stands together, cut between words and
//! drawn out to fill its lines.

use std::cmp::Reverse;
use std::ops::{ControlFlow, Range};

use crate::text;

/// Columns that are kept for each mark that says that the text goes on: as many as the widest form of it has.
const CUT: usize = 3;

/// A passage begins before what matched by no more than this part of its room.
const BEFORE: usize = 3;

/// Bytes beyond those of plain text that fill the room.
const AHEAD: usize = 40;

/// Bytes whose columns are counted at once.
const COUNTED: usize = 16;

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

/// A word with what clings to it, or a part of one that is longer than a line.
#[derive(Debug)]
struct Piece {
    range: Range<usize>,
    width: usize,
    /// Columns of the white space before it.
    gap: usize,
    /// Bytes of the white space before it; none of a later part of a word.
    white: usize,
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

/// A stretch of a text in pieces, and the room for a passage of it.
struct Stretch<'a> {
    searched: &'a Searched<'a>,
    pieces: Vec<Piece>,
    /// Whether it begins where the text does.
    begins: bool,
    /// Whether it ends where the text does.
    ends: bool,
    room: Room,
}

impl<'a> Stretch<'a> {
    /// The words of a text from one byte, where a word begins, to about another.
    fn of(searched: &'a Searched<'a>, from: usize, to: usize, room: Room) -> Self {
        let text = searched.text;
        let to = floor(text, to.min(text.len()));
        // A word that is cut off would be another word.
        let end = if to == text.len() { to } else { text::start_of_segment(text, to).max(from) };
        let pieces = pieces(text, from..end, room.columns);
        Self { searched, pieces, begins: from == 0, ends: end == text.len(), room }
    }

    /// The piece that a byte lies in.
    fn piece_at(&self, byte: usize) -> usize {
        self.pieces.partition_point(|piece| piece.range.end <= byte)
    }

    /// The bytes of the pieces from one to another.
    fn bytes(&self, start: usize, end: usize) -> Range<usize> {
        let from = self.pieces.get(start).map_or(0, |piece| piece.range.start);
        let last = end.checked_sub(1).and_then(|last| self.pieces.get(last));
        from..last.map_or(from, |piece| piece.range.end)
    }

    /// How far the room reaches from a piece on.
    fn end_from(&self, start: usize) -> usize {
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
    fn drawn_out(&self, start: usize) -> usize {
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

/// Lines on which pieces are laid, as they are wrapped when they are drawn.
struct Laying {
    room: Room,
    line: usize,
    used: usize,
    /// Columns of the mark of what is left out, which clings to the first word.
    before: usize,
}

/// Whether a piece that was laid has room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Laid {
    /// It has, whatever follows.
    Inside,
    /// It has if nothing is left out behind it: the mark of that would cling to it.
    IfLast,
    /// It has none, and nothing behind it has.
    Beyond,
}

impl Laying {
    fn new(room: Room, label: usize, before: usize) -> Self {
        Self { room, line: 1, used: label, before }
    }

    /// Lays a piece behind a gap; neither counts where the line breaks between them.
    fn lay(&mut self, gap: usize, width: usize) -> Laid {
        let Room { columns, lines } = self.room;
        let width = std::mem::take(&mut self.before) + width;
        if self.used > 0 && self.used + gap + width > columns {
            (self.line, self.used) = (self.line + 1, width);
        } else {
            self.used += gap + width;
        }
        if self.line > lines {
            Laid::Beyond
        } else if self.line < lines || self.used + CUT <= columns {
            Laid::Inside
        } else if self.used <= columns {
            Laid::IfLast
        } else {
            Laid::Beyond
        }
    }
}

/// How many columns the bytes of a text take at least: its letters and signs of ASCII, and each first space after them. Those
/// far beyond the most that matters are not counted.
fn least_columns(text: &str, range: Range<usize>, most: usize) -> usize {
    let bytes = text.as_bytes();
    let mut columns = 0;
    if range.start == 0 {
        columns += bytes[range.clone()].first().map_or(0, |byte| usize::from(byte.is_ascii_graphic()));
    }
    let from = range.start.max(1).min(range.end);
    let (pairs, last) = bytes[from..range.end].as_chunks::<COUNTED>();
    let (before, before_last) = bytes[from.saturating_sub(1)..range.end.max(1) - 1].as_chunks::<COUNTED>();
    // Without branches, as there are many bytes.
    let takes =
        |before: u8, byte: u8| u8::from(byte.is_ascii_graphic()) | (u8::from(byte == b' ') & u8::from(before != b' '));
    for (block, before) in pairs.iter().zip(before) {
        let mut inside = 0;
        for at in 0..COUNTED {
            inside += takes(before[at], block[at]);
        }
        columns += usize::from(inside);
        if columns > most {
            return columns;
        }
    }
    columns + last.iter().zip(before_last).map(|(byte, before)| usize::from(takes(*before, *byte))).sum::<usize>()
}

/// The character boundary at a byte or before it.
pub(super) fn floor(text: &str, byte: usize) -> usize {
    (0..=byte.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

/// Cuts a stretch of a text between words, and inside those that are longer than a line.
fn pieces(text: &str, stretch: Range<usize>, columns: usize) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::with_capacity(stretch.len() / 4);
    each_piece(text, stretch, columns, |piece| {
        pieces.push(piece);
        ControlFlow::Continue(())
    });
    pieces
}

/// Visits the pieces of a stretch, until the visitor has seen enough.
fn each_piece(text: &str, stretch: Range<usize>, columns: usize, mut visit: impl FnMut(Piece) -> ControlFlow<()>) {
    let (bytes, mut at, mut gap) = (text.as_bytes(), stretch.start, 0..0);
    while at < stretch.end {
        // Nearly all words are plain, with one space between them: each of their letters takes a column.
        let plain = bytes[at..stretch.end].iter().position(|byte| !byte.is_ascii_graphic());
        let plain = plain.unwrap_or(stretch.end - at);
        let is_whole = at + plain == stretch.end || is_plain_break(bytes[at + plain]);
        if plain > 0 && plain <= columns && is_whole {
            let is_space = gap.len() == 1 && bytes[gap.start] == b' ';
            let width = if is_space { 1 } else { text::width(&text[gap.clone()]) };
            if visit(Piece { range: at..at + plain, width: plain, gap: width, white: gap.len() }).is_break() {
                return;
            }
            (at, gap) = (at + plain, 0..0);
            continue;
        }
        if bytes[at] == b' ' && bytes[at + 1..stretch.end].first().is_some_and(u8::is_ascii_graphic) {
            gap = at..at + 1;
        } else {
            let segment = text::segments(&text[at..stretch.end]).next().map_or("", |(_, segment)| segment);
            if segment.trim().is_empty() {
                gap = at..at + segment.len();
            } else {
                if cut_word(text, at..at + segment.len(), &gap, columns, &mut visit).is_break() {
                    return;
                }
                (at, gap) = (at + segment.len(), 0..0);
                continue;
            }
        }
        at = gap.end;
    }
}

/// Whether a line may break at a byte that is plain.
fn is_plain_break(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ')
}

/// Cuts a word, where it is longer than a line or not plain.
fn cut_word(
    text: &str,
    word: Range<usize>,
    gap: &Range<usize>,
    columns: usize,
    visit: &mut impl FnMut(Piece) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let (at, segment) = (word.start, &text[word]);
    for (number, part) in text::wrap(segment, columns).into_iter().enumerate() {
        let (gap, white) = if number == 0 { (text::width(&text[gap.clone()]), gap.len()) } else { (0, 0) };
        let width = text::width(&segment[part.clone()]);
        visit(Piece { range: at + part.start..at + part.end, width, gap, white })?;
    }
    ControlFlow::Continue(())
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::index::{LastWord, Marker, SearchField};
    use crate::register::Section;

    const ROOM: Room = Room { columns: 30, lines: 2 };

    /// A passage that was chosen and drawn out.
    #[derive(Debug)]
    struct Passage {
        range: Range<usize>,
        worth: Worth,
    }

    /// What stands before and after a passage, as it is drawn.
    fn drawn(text: &str, label: usize, range: &Range<usize>) -> String {
        let cut = |left_out: &str| if left_out.trim().is_empty() { "" } else { "..." };
        let label = "x".repeat(label.saturating_sub(1)) + if label > 0 { " " } else { "" };
        format!("{label}{}{}{}", cut(&text[..range.start]), &text[range.clone()], cut(&text[range.end..]))
    }

    fn fits(text: &str, label: usize, range: &Range<usize>, room: Room) -> bool {
        text::wrap(&drawn(text, label, range), room.columns).len() <= room.lines
    }

    /// Where the words of a vocabulary stand in a text, each a part of the query.
    fn found(text: &str, wanted: &[&str]) -> Vec<(usize, Range<usize>)> {
        let mut parts: Vec<(usize, Range<usize>)> = Vec::new();
        for (at, segment) in text::segments(text) {
            let word = segment.trim_end_matches(['.', ',']);
            if let Some(part) = wanted.iter().position(|wanted| *wanted == word) {
                parts.push((part, at..at + word.len()));
            }
        }
        parts
    }

    fn held(parts: &[(usize, Range<usize>)], range: &Range<usize>) -> Worth {
        let inside = parts.iter().filter(|(_, found)| range.start <= found.start && found.end <= range.end);
        let mut different: Vec<usize> = inside.clone().map(|(part, _)| *part).collect();
        different.sort_unstable();
        different.dedup();
        Worth { parts: different.len(), marks: inside.count() }
    }

    fn chosen_of(
        text: &str,
        parts: Vec<(usize, Range<usize>)>,
        marks: Vec<Range<usize>>,
        label: usize,
        room: Room,
    ) -> Option<Passage> {
        let searched = Searched { text, parts, marks, read: Read::Whole, label };
        let texts: Vec<Searched<'_>> = Some(searched).filter(|one| !one.parts.is_empty()).into_iter().collect();
        let best = best(&texts, room, 0)?;
        Some(Passage { range: texts[best.text].drawn_out(best.byte, room), worth: best.worth })
    }

    fn chosen(text: &str, wanted: &[&str], label: usize) -> Option<Passage> {
        let parts = found(text, wanted);
        let marks: Vec<Range<usize>> = parts.iter().map(|(_, range)| range.clone()).collect();
        chosen_of(text, parts, marks, label, ROOM)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

        #[test]
        fn no_passage_holds_more_than_the_one_that_is_chosen(
            words in prop::collection::vec(prop_oneof![
                3 => Just("of"), 3 => Just("patients"), 2 => Just("records."), 1 => Just("dementia"),
                1 => Just("risk"), 1 => Just("cohort,"), 1 => Just("\n\nNew"), 1 => Just("ward. Next"),
            ], 1..60),
            label in 0_usize..20,
        ) {
            let wanted = ["dementia", "risk", "cohort"];
            let text = words.join(" ");
            let parts = found(&text, &wanted);
            let Some(passage) = chosen(&text, &wanted, label) else {
                prop_assert!(parts.is_empty());
                return Ok(());
            };
            prop_assert!(fits(&text, label, &passage.range, ROOM), "{}", drawn(&text, label, &passage.range));
            prop_assert_eq!(held(&parts, &passage.range), passage.worth);
            // All windows from the beginning of a word to the end of another that there is room for.
            let ends: Vec<Range<usize>> = text::segments(&text)
                .filter(|(_, segment)| !segment.trim().is_empty())
                .map(|(at, segment)| at..at + segment.len())
                .collect();
            for (number, first) in ends.iter().enumerate() {
                for last in ends[number..].iter().take_while(|last| fits(&text, label, &(first.start..last.end), ROOM)) {
                    let worth = held(&parts, &(first.start..last.end));
                    prop_assert!(worth <= passage.worth, "{worth:?} in {}", &text[first.start..last.end]);
                }
            }
            // It is cut between words, and neither line could hold another word.
            prop_assert!(ends.iter().any(|word| word.start == passage.range.start));
            let last = ends.iter().position(|word| word.end == passage.range.end);
            prop_assert!(last.is_some());
            if let Some(next) = last.and_then(|last| ends.get(last + 1)) {
                prop_assert!(!fits(&text, label, &(passage.range.start..next.end), ROOM));
            }
        }

        #[test]
        fn whatever_is_searched_for_in_whatever_text_the_passage_stands_in_it(
            text in "[a-zA-Z .,\n\u{a0}日\u{301}é'-]{0,400}",
            query in "[a-z]{1,3}( [a-z]{1,2}){0,2}",
            columns in 1_usize..60,
        ) {
            let field = SearchField::Section(Section::Objectives);
            let marks = Marker::new(&query, LastWord::Beginning).mark(field, &text);
            let parts: Vec<(usize, Range<usize>)> = marks.iter().cloned().enumerate().collect();
            let room = Room { columns, lines: 2 };
            let passage = chosen_of(&text, parts, marks.clone(), 12, room);
            prop_assert_eq!(passage.is_some(), !marks.is_empty());
            if let Some(passage) = passage {
                let shown = &text[passage.range.clone()];
                prop_assert!(!shown.trim().is_empty() && text::width(shown) <= columns * 2);
                prop_assert!(marks.iter().any(|mark| mark.start < passage.range.end && passage.range.start < mark.end));
            }
        }
    }

    fn shown(text: &str, wanted: &[&str]) -> String {
        drawn(text, 0, &chosen(text, wanted, 0).unwrap().range)
    }

    #[test]
    fn a_passage_begins_with_its_sentence_where_that_is_near() {
        let text = "Many words that say nothing of it stand here, and go on. We study dementia in the whole country, \
                    and what comes of it.";
        assert_eq!(shown(text, &["dementia"]), "...We study dementia in the whole country, and what...");
        // An abbreviation ends no sentence; without one near some words stand before what matched.
        let text = "Many words that say nothing of it stand here and go on e.g. in care for dementia as it is in the \
                    whole country, and what comes of it.";
        assert_eq!(shown(text, &["dementia"]), "...on e.g. in care for dementia as it is in the...");
        assert_eq!(shown("Dementia and care", &["care"]), "Dementia and care");
    }

    #[test]
    fn different_words_outweigh_many_and_the_first_of_equals_is_chosen() {
        let filler = "and much that is neither of the two stands between them ".repeat(3);
        let text = format!("risk risk risk risk {filler} dementia risk {filler} dementia risk, all {filler}");
        let passage = chosen(&text, &["dementia", "risk"], 0).unwrap();
        assert_eq!(passage.worth, Worth { parts: 2, marks: 2 });
        assert!(passage.range.contains(&text.find("dementia").unwrap()));
    }

    #[test]
    fn a_text_that_ends_before_its_room_begins_earlier() {
        let text = "Many words that say nothing of it stand here and go on and on, and at last: dementia";
        let passage = shown(text, &["dementia"]);
        assert_eq!(passage, "...of it stand here and go on and on, and at last: dementia");
    }

    #[test]
    fn a_match_longer_than_the_room_is_cut() {
        let text = "a".repeat(500) + " b";
        let whole = std::iter::once(0..500).collect();
        let passage = chosen_of(&text, vec![(0, 0..500)], whole, 0, ROOM).unwrap();
        assert!(passage.range.start == 0 && passage.range.len() <= 60, "{passage:?}");
        assert_eq!(passage.worth, Worth { parts: 1, marks: 0 });
    }
}
