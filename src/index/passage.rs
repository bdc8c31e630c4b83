//! The passage of a text that a list shows: where most of what a query asks for stands together, cut between words and
//! drawn out to fill its lines.

use std::ops::Range;

use crate::text;

/// Columns that are kept for each mark that says that the text goes on: as many as the widest form of it has.
const CUT: usize = 3;

/// A passage begins before what matched by no more than this part of its room.
const BEFORE: usize = 3;

/// The room that a passage has, its label included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Columns of a line.
    pub columns: usize,
    /// Lines.
    pub lines: usize,
}

/// How good a passage is; the greatest is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Worth {
    /// Different parts of the query that it holds whole.
    pub(super) parts: usize,
    /// Marks that it holds whole.
    pub(super) marks: usize,
}

/// A passage of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Passage {
    /// Which bytes of the text.
    pub(super) range: Range<usize>,
    /// How good it is.
    pub(super) worth: Worth,
}

/// What matched in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Matched<'a> {
    /// Parts of the query, each with where it matched, in order.
    pub(super) parts: &'a [(usize, Range<usize>)],
    /// What is marked, in order and apart.
    pub(super) marks: &'a [Range<usize>],
}

/// A word with what clings to it, or a part of one that is longer than a line.
#[derive(Debug)]
struct Piece {
    range: Range<usize>,
    width: usize,
    /// Columns of the white space before it.
    gap: usize,
    starts_sentence: bool,
}

/// A text with what matched, and the room for a passage of it.
struct Chooser<'a> {
    pieces: Vec<Piece>,
    matched: Matched<'a>,
    label: usize,
    room: Room,
}

/// The best passage of a text: with the most different parts of the query, then with the most marks, and the first of
/// those. `label` columns stand before it on its first line.
pub(super) fn best(text: &str, matched: Matched<'_>, label: usize, room: Room) -> Option<Passage> {
    let (_, first) = matched.parts.first()?;
    let chooser = Chooser { pieces: pieces(text, room.columns), matched, label, room };
    // Whatever holds something holds it still if it begins with its first match, and takes no more room then; but for the
    // beginning of the text, before which stands no mark.
    let starts = matched.parts.iter().map(|(_, range)| chooser.piece_at(range.start));
    let mut best: Option<(usize, Worth)> = None;
    for start in std::iter::once(0).chain(starts) {
        let worth = chooser.worth(start, chooser.end_from(start));
        if best.is_none_or(|(_, most)| worth > most) {
            best = Some((start, worth));
        }
    }
    let (start, worth) = best.filter(|(_, worth)| worth.parts > 0).unwrap_or_else(|| {
        // What matched is longer than the room.
        (chooser.piece_at(first.start), Worth { parts: 1, marks: 0 })
    });
    let start = chooser.drawn_out(start);
    Some(Passage { range: chooser.bytes(start, chooser.end_from(start)), worth })
}

impl Chooser<'_> {
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

    /// Parts of the query that pieces hold whole.
    fn parts_in(&self, inside: Range<usize>) -> impl Iterator<Item = &(usize, Range<usize>)> {
        let from = self.matched.parts.partition_point(|(_, range)| range.start < inside.start);
        let here = self.matched.parts[from..].iter().take_while(move |(_, range)| range.start < inside.end);
        here.filter(move |(_, range)| range.end <= inside.end)
    }

    /// What the pieces from one to another hold.
    fn worth(&self, start: usize, end: usize) -> Worth {
        let inside = self.bytes(start, end);
        let mut parts: Vec<usize> = self.parts_in(inside.clone()).map(|(part, _)| *part).collect();
        parts.sort_unstable();
        parts.dedup();
        let from = self.matched.marks.partition_point(|range| range.start < inside.start);
        let marks = self.matched.marks[from..].iter().take_while(|range| range.end <= inside.end);
        Worth { parts: parts.len(), marks: marks.count() }
    }

    /// How far the room reaches from a piece on: the pieces are laid on its lines as they are wrapped when they are drawn.
    fn end_from(&self, start: usize) -> usize {
        let (mut line, mut used) = (1, self.label);
        // One piece is shown, however little room there is.
        let mut end = start + 1;
        for (at, piece) in self.pieces.iter().enumerate().skip(start) {
            // The marks of what is left out cling to the first word and the last.
            let (gap, before) = if at == start { (0, if start > 0 { CUT } else { 0 }) } else { (piece.gap, 0) };
            let after = if at + 1 == self.pieces.len() { 0 } else { CUT };
            let width = before + piece.width;
            if used > 0 && used + gap + width > self.room.columns {
                (line, used) = (line + 1, width);
            } else {
                used += gap + width;
            }
            if line > self.room.lines {
                break;
            }
            if used + after <= self.room.columns || line < self.room.lines {
                end = at + 1;
            }
        }
        end.min(self.pieces.len())
    }

    /// Where a passage begins that holds what the one from this piece on holds: with its sentence if that begins near
    /// enough, else some words before; and further ahead where the text would end before the room does.
    fn drawn_out(&self, start: usize) -> usize {
        let held = self.parts_in(self.bytes(start, self.end_from(start)));
        let last = held.map(|(_, range)| self.piece_at(range.end.saturating_sub(1)) + 1).max().unwrap_or(start + 1);
        let most = self.room.columns * self.room.lines / BEFORE;
        let (mut begin, mut before) = (start, 0);
        while begin > 0 && !self.pieces[begin].starts_sentence {
            before += self.pieces[begin].gap + self.pieces[begin - 1].width;
            if before > most || self.end_from(begin - 1) < last {
                break;
            }
            begin -= 1;
        }
        let all = self.pieces.len();
        while begin > 0 && self.end_from(begin) == all && self.end_from(begin - 1) == all {
            begin -= 1;
        }
        begin
    }
}

/// Cuts a text between words, and inside those that are longer than a line.
fn pieces(text: &str, columns: usize) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut gap = "";
    for (at, segment) in text::segments(text) {
        if segment.trim().is_empty() {
            gap = segment;
            continue;
        }
        let before = pieces.last().map(|piece| &text[piece.range.clone()]);
        let starts_sentence =
            gap.contains(text::ends_line) || before.is_some_and(|before| ends_sentence(before) && begins_anew(segment));
        for (number, part) in text::wrap(segment, columns).into_iter().enumerate() {
            pieces.push(Piece {
                width: text::width(&segment[part.clone()]),
                range: at + part.start..at + part.end,
                gap: if number == 0 { text::width(gap) } else { 0 },
                starts_sentence: starts_sentence && number == 0,
            });
        }
        gap = "";
    }
    pieces
}

/// Whether a sentence ends with a word.
fn ends_sentence(word: &str) -> bool {
    word.trim_end_matches(['"', '\'', ')', ']', '\u{201d}', '\u{2019}']).ends_with(['.', '!', '?'])
}

/// Whether a word may be the first of a sentence: no abbreviation stands before it then.
fn begins_anew(word: &str) -> bool {
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

    fn chosen(text: &str, wanted: &[&str], label: usize) -> Option<Passage> {
        let parts = found(text, wanted);
        let marks: Vec<Range<usize>> = parts.iter().map(|(_, range)| range.clone()).collect();
        best(text, Matched { parts: &parts, marks: &marks }, label, ROOM)
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
            let passage = best(&text, Matched { parts: &parts, marks: &marks }, 12, room);
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
        let all: [(usize, Range<usize>); 1] = [(0, 0..500)];
        let matched = Matched { parts: &all, marks: std::slice::from_ref(&all[0].1) };
        let passage = best(&text, matched, 0, ROOM).unwrap();
        assert!(passage.range.start == 0 && passage.range.len() <= 60, "{passage:?}");
        assert_eq!(passage.worth, Worth { parts: 1, marks: 0 });
    }
}
