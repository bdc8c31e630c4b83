//! An organisation or a dataset beside the list: the same rows as where one goes on from them.

use super::{Builder, Document, Kind, Lead, Subject};
use crate::explorer::sheet::{Sheet, SheetItem, Tone};
use crate::index::{LastWord, Marker};

/// Columns that figures take.
const FIGURE: u16 = 8;

impl Document {
    /// A list as it is read, and where it stands as a list.
    pub(in crate::explorer) fn of_rows(sheet: &Sheet, subject: Subject) -> Self {
        let marker = Marker::new("", LastWord::Whole);
        let mut builder = Builder { marker: &marker, blocks: Vec::new() };
        builder.push(Kind::Title, 0, &*sheet.name);
        sheet.items.iter().for_each(|item| builder.row(item));
        Self::told(sheet.name.clone(), builder.blocks, subject.view().map(Lead::View))
    }
}

impl Builder<'_> {
    fn row(&mut self, item: &SheetItem) {
        let [told, _] = &item.lines;
        let kind = match item.tone {
            Tone::Heading => Kind::Heading,
            Tone::Quiet => Kind::Quiet,
            Tone::Strong => Kind::Plain,
        };
        if kind != Kind::Plain {
            self.push(kind, 0, &*item.name);
            return;
        }
        let mark = item.weight.map(|severity| format!("{} ", severity.mark())).unwrap_or_default();
        let gap = if told.is_empty() { "" } else { "  " };
        self.push(kind, FIGURE, format!("{mark}{}{gap}{told}", item.name));
        let figure = item.figure.map(|figure| figure.to_string()).unwrap_or_default();
        self.label(&format!("{figure:>6}"));
    }
}
