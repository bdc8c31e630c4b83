//! What became of a text, in one column and in two: what was taken out and put in is marked by its own signs and by colour.

use super::{Builder, Column, Edit, Kind};
use crate::changes::PieceKind;
use crate::report::changes::{ChangeLine, LineKind, Row, Shown};

/// Columns of a step that a line of changes stands in.
const STEP: u16 = 2;

/// What stands above two columns.
const BESIDE: [&str; 2] = ["Before: [-taken out-]", "After: {+put in+}"];

impl Builder<'_> {
    /// The lines of a report on changes. Those that are told otherwise in two columns stand there in both ways.
    pub(super) fn changes(&mut self, lines: &[ChangeLine]) {
        if lines.iter().any(|line| line.rows.is_some()) {
            self.beside(Kind::Quiet, 0, &Row::of(BESIDE[0], BESIDE[1]));
        }
        for (number, line) in lines.iter().enumerate() {
            let kind = match line.kind {
                LineKind::Heading => Kind::Heading,
                LineKind::Name => Kind::Title,
                LineKind::Plain => Kind::Plain,
                LineKind::Quiet => Kind::Quiet,
            };
            if line.kind == LineKind::Heading && number > 0 {
                self.gap();
            }
            let column = if line.rows.is_some() { Column::Single } else { Column::Across };
            self.edited(kind, column, line.depth * STEP, line.shown());
            for row in line.rows.iter().flatten() {
                self.beside(kind, line.depth * STEP, row);
            }
        }
    }

    /// A row of two columns. Nothing is an empty paragraph, so that every row has both.
    fn beside(&mut self, kind: Kind, indent: u16, row: &Row) {
        let (before, after) = row.shown();
        for (column, mut paragraphs) in [(Column::Before, before), (Column::After, after)] {
            if paragraphs.is_empty() {
                paragraphs.push(Shown::new());
            }
            for paragraph in paragraphs {
                self.edited(kind, column, indent, paragraph.into_iter());
            }
        }
    }

    fn edited(&mut self, kind: Kind, column: Column, indent: u16, pieces: impl Iterator<Item = (PieceKind, String)>) {
        let (mut text, mut edits) = (String::new(), Vec::new());
        for (kind, shown) in pieces {
            let start = text.len();
            text.push_str(&shown);
            match kind {
                PieceKind::Same => {}
                PieceKind::Removed => edits.push((start..text.len(), Edit::Removed)),
                PieceKind::Added => edits.push((start..text.len(), Edit::Added)),
            }
        }
        self.push(kind, indent, text);
        if let Some(block) = self.blocks.last_mut() {
            (block.column, block.edits) = (column, edits);
        }
    }
}
