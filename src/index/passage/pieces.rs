//! The words of a text as pieces, each with the columns that it takes on a line.

use std::ops::{ControlFlow, Range};

use crate::text;

/// Bytes whose columns are counted at once.
const COUNTED: usize = 16;

/// A word with what clings to it, or a part of one that is longer than a line.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) range: Range<usize>,
    pub(super) width: usize,
    /// Columns of the white space before it.
    pub(super) gap: usize,
    /// Bytes of the white space before it; none of a later part of a word.
    pub(super) white: usize,
}

/// How many columns the bytes of a text take at least: its letters and signs of ASCII, and each first space after them. Those
/// far beyond the most that matters are not counted.
pub(super) fn least_columns(text: &str, range: Range<usize>, most: usize) -> usize {
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

/// Cuts a stretch of a text between words, and inside those that are longer than a line.
pub(super) fn pieces(text: &str, stretch: Range<usize>, columns: usize) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::with_capacity(stretch.len() / 4);
    each_piece(text, stretch, columns, |piece| {
        pieces.push(piece);
        ControlFlow::Continue(())
    });
    pieces
}

/// Visits the pieces of a stretch, until the visitor has seen enough.
pub(super) fn each_piece(
    text: &str,
    stretch: Range<usize>,
    columns: usize,
    mut visit: impl FnMut(Piece) -> ControlFlow<()>,
) {
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
