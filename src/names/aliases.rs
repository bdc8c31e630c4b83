//! The list of aliases, as it is written: TOML tables that join names, keep names apart, or tell who followed whom.
//!
//! ```toml
//! [[alias]]
//! kind = "organisation"   # or "dataset"
//! names = ["The Nuffield Trust", "Nuffield Trust"]
//! reason = "the article is no part of the name"
//! source = "who says so"  # may be left out
//!
//! [[apart]]
//! kind = "organisation"
//! names = ["NHS One ICB - 01A", "NHS One ICB - 02B"]
//! reason = "I compare its places"
//!
//! [[successor]]
//! kind = "organisation"
//! from = ["Public Health England"]
//! to = ["UK Health Security Agency"]
//! date = "2021-10-01"     # or only the month
//! reason = "what happened"
//! ```

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::joined::Joined;
use super::{Kind, Succession};
use crate::register::Date;
use crate::text::{Fault, Written};

/// Names that are one, or that are to be kept apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) kind: Kind,
    pub(super) names: Vec<String>,
    pub(super) line: usize,
}

/// What a list says.
#[derive(Debug, Clone, Default)]
pub(super) struct Entries {
    pub(super) aliases: Vec<Entry>,
    pub(super) apart: Vec<Entry>,
    pub(super) successions: Vec<Succession>,
}

impl Entries {
    /// Entries that join what others of the same list keep apart.
    pub(super) fn contradictions(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        for kind in [Kind::Organisation, Kind::Dataset] {
            let joined = Joined::new(kind, std::slice::from_ref(self));
            for entry in self.aliases.iter().filter(|entry| entry.kind == kind) {
                let first = joined.key(&entry.names[0]);
                let apart = entry.names.iter().skip(1).filter(|name| joined.key(name) != first);
                faults.extend(apart.map(|name| Fault {
                    line: entry.line,
                    message: format!(
                        "this joins \"{name}\" to \"{}\", and another entry keeps them apart; remove one of the two",
                        entry.names[0]
                    ),
                }));
            }
        }
        faults
    }
}

/// Reads a list as far as it can be read, with all that is wrong with it.
pub(super) fn read(text: &str) -> (Entries, Vec<Fault>) {
    let (written, document) = match Written::parse(text) {
        Ok(read) => read,
        Err(faults) => return (Entries::default(), faults),
    };
    let mut reader = Reader { written };
    let mut entries = Entries::default();
    for (name, value) in document.get_ref() {
        let tables = match (name.get_ref().as_ref(), value.get_ref()) {
            ("alias" | "apart" | "successor", DeValue::Array(tables)) => tables,
            ("alias" | "apart" | "successor", _) => {
                let name = name.get_ref();
                reader
                    .written
                    .fault(&value.span(), format!("{name} is to be written as tables, each under [[{name}]]"));
                continue;
            }
            (other, _) => {
                reader.written.fault(
                    &name.span(),
                    format!("\"{other}\" is not known; a list has [[alias]], [[apart]] and [[successor]]"),
                );
                continue;
            }
        };
        for table in tables {
            match (name.get_ref().as_ref(), table.get_ref()) {
                ("alias", DeValue::Table(fields)) => entries.aliases.extend(reader.names(fields, &table.span())),
                ("apart", DeValue::Table(fields)) => entries.apart.extend(reader.names(fields, &table.span())),
                (_, DeValue::Table(fields)) => entries.successions.extend(reader.succession(fields, &table.span())),
                (name, _) => {
                    reader.written.fault(&table.span(), format!("this is no table; write it under [[{name}]]"));
                }
            }
        }
    }
    (entries, reader.written.faults())
}

/// A list while it is read.
struct Reader<'a> {
    written: Written<'a>,
}

impl Reader<'_> {
    /// A table that joins names or keeps them apart.
    fn names(&mut self, fields: &DeTable<'_>, span: &Range<usize>) -> Option<Entry> {
        self.known(fields, &["kind", "names", "reason", "source"]);
        let kind = self.kind(fields, span);
        let names = self.list(fields, "names", span, 2);
        let reason = self.text(fields, "reason", span, true);
        self.text(fields, "source", span, false);
        reason?;
        Some(Entry { kind: kind?, names: names?, line: self.written.line(span) })
    }

    fn kind(&mut self, fields: &DeTable<'_>, table: &Range<usize>) -> Option<Kind> {
        let (kind, span) = self.text(fields, "kind", table, true)?;
        match kind.as_str() {
            "organisation" => Some(Kind::Organisation),
            "dataset" => Some(Kind::Dataset),
            other => {
                self.written.fault(&span, format!("kind is \"{other}\"; it can be \"organisation\" or \"dataset\""));
                None
            }
        }
    }

    fn succession(&mut self, fields: &DeTable<'_>, span: &Range<usize>) -> Option<Succession> {
        self.known(fields, &["kind", "from", "to", "date", "reason", "source"]);
        let kind = self.kind(fields, span);
        let from = self.list(fields, "from", span, 1);
        let to = self.list(fields, "to", span, 1);
        let date = self.text(fields, "date", span, true).and_then(|(date, span)| {
            let parsed = date.parse::<Date>();
            if let Err(error) = &parsed {
                self.written.fault(&span, error.to_string());
            }
            parsed.ok()
        });
        let reason = self.text(fields, "reason", span, true);
        let source = self.text(fields, "source", span, false);
        Some(Succession {
            kind: kind?,
            from: from?,
            to: to?,
            date: date?,
            reason: reason?.0,
            source: source.map(|(source, _)| source),
            line: self.written.line(span),
        })
    }

    fn known(&mut self, fields: &DeTable<'_>, known: &[&str]) {
        for name in fields.keys().filter(|name| !known.contains(&name.get_ref().as_ref())) {
            let message = format!("\"{}\" is not known here; an entry has {}", name.get_ref(), known.join(", "));
            self.written.fault(&name.span(), message);
        }
    }

    fn text(
        &mut self,
        fields: &DeTable<'_>,
        name: &str,
        table: &Range<usize>,
        needed: bool,
    ) -> Option<(String, Range<usize>)> {
        match fields.get(name).map(|value| (value.get_ref(), value.span())) {
            Some((DeValue::String(text), span)) if !text.trim().is_empty() => {
                return Some((text.trim().to_owned(), span));
            }
            Some((_, span)) => self.written.fault(&span, format!("{name} is to be a text in quotation marks")),
            None if needed => self.written.fault(table, format!("this entry has no {name}")),
            None => {}
        }
        None
    }

    fn list(&mut self, fields: &DeTable<'_>, name: &str, table: &Range<usize>, least: usize) -> Option<Vec<String>> {
        let Some(value) = fields.get(name) else {
            self.written.fault(table, format!("this entry has no {name}"));
            return None;
        };
        let texts = match value.get_ref() {
            DeValue::Array(values) => values.iter().map(text_of).collect::<Option<Vec<String>>>(),
            _ => None,
        };
        let texts = texts.filter(|texts| texts.len() >= least);
        if texts.is_none() {
            let many = if least == 1 { "one name or more" } else { "two names or more" };
            self.written.fault(&value.span(), format!("{name} is to be a list of {many}, each in quotation marks"));
        }
        texts
    }
}

fn text_of(value: &Spanned<DeValue<'_>>) -> Option<String> {
    match value.get_ref() {
        DeValue::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
