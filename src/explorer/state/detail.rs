//! A project on the screen: its blocks cut into lines for a width, and where one is in them.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::concerns;
use crate::explorer::document::{Block, Column, Document, Kind, Spotlight, Subject};
use crate::explorer::layout::{self, MEASURE};
use crate::text;

/// Empty columns between two columns of text.
pub const BETWEEN: u16 = 3;

/// Columns before a paragraph whose lines can be marked.
const MARGIN: u16 = 2;

/// Columns that the mark of an item has at most, for its words to go on beside it.
const DEEPEST_HANG: u16 = 8;

/// Columns that a text has at least, however far it is indented.
const NARROWEST: u16 = 8;

/// A project that is shown.
#[derive(Debug, Clone)]
pub struct Detail {
    /// What it is about.
    pub subject: Subject,
    /// The number of the search whose matches are marked.
    pub asked: u64,
    /// What is shown of it.
    pub document: Document,
    /// The concerns whose evidence is open.
    pub open: BTreeSet<usize>,
    /// How the words that several organisations publish are shown.
    pub words: Words,
    /// Its lines.
    pub laid: Laid,
    /// The first line on the screen.
    pub top: usize,
    /// What one is at.
    pub spot: Spot,
    /// The concern that one came from, to what proves it.
    pub left: Option<Left>,
    /// The project as it was left, while something else of it lies over it.
    pub under: Option<Box<Detail>>,
}

/// A concern that one left for what proves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// The concern, by its number.
    pub concern: usize,
    /// What one went to: a piece of its evidence, by its number.
    pub evidence: usize,
    /// The line that was on top.
    pub top: usize,
}

/// What one is at in a project.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Spot {
    /// Nothing.
    #[default]
    Nowhere,
    /// A match, by its number.
    Match(usize),
    /// A concern, by its number.
    Concern(usize),
    /// The heading of a section, by its number among the headings.
    Section(usize),
    /// A note of the user's own, by its place among those on the screen.
    Note(usize),
    /// What proves a concern, where it stands.
    Evidence(Spotlight),
}

/// How the words that several organisations publish are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Words {
    /// Like all others.
    #[default]
    Alike,
    /// Dimmed, their lines marked, so that the project's own stand out.
    SharedDimmed,
}

/// The lines of a project for a width.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Laid {
    /// Columns that there are.
    pub columns: u16,
    /// In how many columns of text it stands.
    pub form: Form,
    /// The lines.
    pub lines: Vec<LaidLine>,
    /// Where the matches are, in order.
    pub matches: Vec<MatchPlace>,
    /// The lines of the concerns' heads.
    pub concerns: Vec<usize>,
    /// The lines of the headings.
    pub headings: Vec<usize>,
    /// The first lines of the user's own notes.
    pub notes: Vec<usize>,
}

/// In how many columns of text a document stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Form {
    /// In one.
    #[default]
    Single,
    /// In two where it has two, each so wide.
    Beside(u16),
}

/// A line on the screen: a part of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaidLine {
    /// Which block.
    pub block: usize,
    /// Which part of its text, in bytes.
    pub range: Range<usize>,
    /// Empty columns before it, beyond those of its block: an item of a list goes on below its words, not below its mark.
    pub hang: u16,
    /// What stands in the second column.
    pub beside: Option<Box<LaidLine>>,
}

/// Where a match is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MatchPlace {
    /// The line that it begins on.
    pub line: usize,
    /// The block.
    pub block: usize,
    /// Its number in the block.
    pub mark: usize,
}

impl Detail {
    /// A project, at its top.
    pub fn new(subject: Subject, asked: u64, document: Document, columns: u16, words: Words) -> Self {
        let mut detail = Self {
            subject,
            asked,
            document,
            open: BTreeSet::new(),
            words,
            laid: Laid::default(),
            top: 0,
            spot: Spot::Nowhere,
            left: None,
            under: None,
        };
        detail.lay_out(columns);
        detail
    }

    /// Cuts it into lines for a width, and stays with the block that is on top.
    pub fn lay_out(&mut self, columns: u16) {
        let on_top = self.laid.lines.get(self.top).cloned();
        self.document.fit(columns.min(MEASURE));
        self.document.set_margin(if self.words == Words::SharedDimmed { MARGIN } else { 0 });
        self.laid = Laid::new(&self.document, &self.open, columns);
        if let Some(before) = on_top {
            let same = |line: &LaidLine| (line.block, line.range.start) >= (before.block, before.range.start);
            // What stands in one form only is where what comes before it ends.
            let is_laid = self.laid.lines.iter().any(|line| line.block == before.block);
            let at = if is_laid {
                self.laid.lines.iter().position(same)
            } else {
                self.laid.lines.iter().rposition(|line| line.block < before.block)
            };
            let at = at.unwrap_or_default();
            // A line that began inside the one before is now a part of it.
            let holds = at > 0
                && self.laid.lines[at].block == before.block
                && self.laid.lines[at].range.start > before.range.start;
            self.top = if holds { at - 1 } else { at };
        }
    }

    /// The furthest line that can be on top.
    pub fn last_top(&self, rows: usize) -> usize {
        self.laid.lines.len().saturating_sub(rows)
    }

    /// Scrolls to a line.
    pub fn scroll_to(&mut self, line: usize, rows: usize) {
        self.top = line.min(self.last_top(rows));
    }

    /// Scrolls so that a line is on the screen, a third down from the top if it was not.
    pub fn reveal(&mut self, line: usize, rows: usize) {
        if line < self.top || line >= self.top + rows {
            self.scroll_to(line.saturating_sub(rows / 3), rows);
        }
    }

    /// Whether one is at a concern, or at what proves one, so that a step leads on to its place.
    pub fn leads_to_evidence(&self) -> bool {
        matches!(self.spot, Spot::Concern(_)) || self.left.is_some()
    }

    /// The block of a line.
    pub fn block_at(&self, line: usize) -> Option<&Block> {
        self.document.blocks.get(self.laid.lines.get(line)?.block)
    }

    /// The note that one is at, by its number in the project.
    pub fn note_at(&self) -> Option<usize> {
        let Spot::Note(place) = self.spot else { return None };
        self.note_of(place)
    }

    /// Where a note of the project stands among those on the screen.
    pub fn place_of_note(&self, number: usize) -> Option<usize> {
        (0..self.laid.notes.len()).find(|place| self.note_of(*place) == Some(number))
    }

    fn note_of(&self, place: usize) -> Option<usize> {
        match self.block_at(*self.laid.notes.get(place)?)?.kind {
            Kind::Note(number) => Some(number),
            _ => None,
        }
    }

    /// The line of what one is at.
    pub fn spot_line(&self) -> Option<usize> {
        match self.spot {
            Spot::Nowhere => None,
            Spot::Match(number) => self.laid.matches.get(number).map(|found| found.line),
            Spot::Concern(number) => self.laid.concerns.get(number).copied(),
            Spot::Section(number) => self.laid.headings.get(number).copied(),
            Spot::Note(number) => self.laid.notes.get(number).copied(),
            Spot::Evidence(Spotlight { block, start, .. }) => {
                self.laid.lines.iter().rposition(|line| line.block == block && line.range.start <= start)
            }
        }
    }
}

impl Laid {
    /// Columns that its lines take at most.
    pub fn width(&self) -> u16 {
        match self.form {
            Form::Single => self.columns.min(MEASURE),
            Form::Beside(columns) => 2 * columns + BETWEEN,
        }
    }

    /// Lays out a document; the evidence of the concerns in `open` is shown.
    pub fn new(document: &Document, open: &BTreeSet<usize>, columns: u16) -> Self {
        let form = match (columns.saturating_sub(BETWEEN) / 2).min(MEASURE) {
            each if document.has_columns() && layout::has_two_columns(columns) => Form::Beside(each),
            _ => Form::Single,
        };
        let mut laid = Self { columns, form, ..Self::default() };
        // The line that the second column goes on at, and where the block before stood.
        let (mut beside, mut column) = (0, Column::Across);
        for (number, block) in document.blocks.iter().enumerate() {
            match block.kind {
                Kind::Evidence(concern) if !open.contains(&concern) => continue,
                Kind::ConcernHead(..) | Kind::DismissedHead(_) => laid.concerns.push(laid.lines.len()),
                Kind::Heading => laid.headings.push(laid.lines.len()),
                Kind::Note(_) => laid.notes.push(laid.lines.len()),
                _ => {}
            }
            if block.column == Column::Before && column != Column::Before {
                beside = laid.lines.len();
            }
            column = block.column;
            laid.add(number, block, &mut beside);
        }
        laid
    }

    /// Adds the lines of a block, where it stands in this form.
    fn add(&mut self, number: usize, block: &Block, beside: &mut usize) {
        let measure = match (self.form, block.column) {
            (_, Column::Across) | (Form::Single, Column::Single) => self.columns.min(MEASURE),
            (Form::Beside(each), Column::Before | Column::After) => each,
            (Form::Single, Column::Before | Column::After) | (Form::Beside(_), Column::Single) => return,
        };
        let room = usize::from(measure.saturating_sub(block.indent).max(NARROWEST));
        let first = self.lines.len();
        let lines = match block.kind {
            Kind::Paragraph(_) => wrap(&block.text, room),
            _ => text::wrap(&block.text, room).into_iter().map(|range| (range, 0)).collect(),
        };
        let lines = lines.into_iter().map(|(range, hang)| LaidLine { block: number, range, hang, beside: None });
        if block.column == Column::After {
            self.set_beside(lines, beside);
            return;
        }
        self.lines.extend(lines);
        for (mark, range) in block.marks.iter().enumerate() {
            let lines = &self.lines[first..];
            let line = first + lines.iter().rposition(|line| line.range.start <= range.start).unwrap_or_default();
            self.matches.push(MatchPlace { line, block: number, mark });
        }
    }

    /// Puts lines beside those of a row, and below them where they are more.
    fn set_beside(&mut self, lines: impl Iterator<Item = LaidLine>, beside: &mut usize) {
        for line in lines {
            if *beside == self.lines.len() {
                let Some(last) = self.lines.last() else { return };
                let end = last.range.end;
                self.lines.push(LaidLine { block: last.block, range: end..end, hang: 0, beside: None });
            }
            if let Some(left) = self.lines.get_mut(*beside) {
                left.beside = Some(Box::new(line));
            }
            *beside += 1;
        }
    }
}

/// Cuts a paragraph into lines, with the empty columns before each.
fn wrap(paragraph: &str, room: usize) -> Vec<(Range<usize>, u16)> {
    let mark = concerns::after_mark(paragraph);
    let hang = text::width(&paragraph[..mark]);
    if hang == 0 || hang > usize::from(DEEPEST_HANG) || hang + usize::from(NARROWEST) > room {
        return text::wrap(paragraph, room).into_iter().map(|range| (range, 0)).collect();
    }
    let lines = text::wrap(&paragraph[mark..], room - hang).into_iter().enumerate();
    let hang = u16::try_from(hang).unwrap_or_default();
    let line = |(number, range): (usize, Range<usize>)| match number {
        0 => (0..range.end + mark, 0),
        _ => (range.start + mark..range.end + mark, hang),
    };
    lines.map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_goes_on_below_its_words() {
        let told = |paragraph: &str, room| {
            let lines = wrap(paragraph, room).into_iter();
            lines.map(|(range, hang)| " ".repeat(usize::from(hang)) + paragraph[range].trim_end()).collect::<Vec<_>>()
        };
        assert_eq!(told("\u{2022} beds in every ward", 14), ["\u{2022} beds in", "  every ward"]);
        assert_eq!(told("(ii) beds in every ward", 14), ["(ii) beds in", "     every", "     ward"]);
        assert_eq!(told("o beds", 14), ["o beds"]);
        assert_eq!(told("of beds in every ward", 14), ["of beds in", "every ward"]);
        assert_eq!(told("\u{2022} beds in every ward", 9), ["\u{2022} beds in", "every", "ward"]);
    }

    proptest::proptest! {
        #[test]
        fn lines_are_never_wider_than_their_room_and_hold_all_words(paragraph in "[-o*1.) a-c\u{2022}\u{f0b7}]{0,60}", room in 1_usize..40) {
            let lines = wrap(&paragraph, room);
            let mut at = 0;
            for (range, hang) in lines {
                proptest::prop_assert_eq!(range.start, at);
                at = range.end;
                let width = text::width(paragraph[range.clone()].trim_end());
                proptest::prop_assert!(width + usize::from(hang) <= room.max(1), "{} in {room}", &paragraph[range]);
            }
            proptest::prop_assert_eq!(at, paragraph.len());
        }
    }
}
