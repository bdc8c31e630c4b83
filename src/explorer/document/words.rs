//! The words of the law that stand in a project, explained in the order in which one meets them.

use super::{Block, Builder, Document, Kind};
use crate::glossary::{Term, glossary};
use crate::index::{Header, LastWord, Marker, Record};

/// Columns before what is said of a term.
const STEP: u16 = 2;

impl Document {
    /// The terms of the glossary that stand in what is shown of a project.
    pub fn of_words(header: &Header, record: Record) -> Self {
        let marker = Marker::new("", LastWord::Whole);
        let shown = Self::new(header, record, &marker);
        let mut builder = Builder { marker: &marker, blocks: Vec::new() };
        let met = met(&shown.blocks);
        builder.push(Kind::Title, 0, "The words of the law and of the publisher that stand in this entry");
        builder.push(Kind::Plain, 0, &shown.name);
        if met.is_empty() {
            builder.gap();
            builder.push(Kind::Plain, 0, "None that the glossary has. outflow glossary lists all that it has.");
        }
        for (term, written) in met {
            builder.term(term, &written);
        }
        let name = format!("Words of {}", shown.name);
        Self { name, record: shown.record, leads_to: None, blocks: builder.blocks, timeline: None, files: None }
    }
}

/// The terms that stand in blocks, each once, with how it is written where it stands first.
fn met(blocks: &[Block]) -> Vec<(&'static Term, String)> {
    let mut met: Vec<(usize, String)> = Vec::new();
    for block in blocks {
        for standing in glossary().find(&block.text) {
            if met.iter().all(|(known, _)| *known != standing.term) {
                met.push((standing.term, block.text[standing.range].to_owned()));
            }
        }
    }
    met.into_iter().filter_map(|(term, written)| Some((glossary().terms().get(term)?, written))).collect()
}

impl Builder<'_> {
    fn term(&mut self, term: &Term, written: &str) {
        let is_named_otherwise = !term.name.starts_with(written);
        let heading = if is_named_otherwise { format!("{} (here: {written})", term.name) } else { term.name.clone() };
        self.heading(heading);
        self.push(Kind::Plain, STEP, &term.meaning);
        if let Some(unread) = &term.unread {
            self.push(Kind::Plain, STEP, format!("Not read: {unread}"));
        }
        self.push(Kind::Quiet, STEP, format!("Source: {}", term.source.join("; ")));
    }
}
