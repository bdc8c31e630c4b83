//! One file, read: a register of its own, in which it is source 0.

use serde::{Deserialize, Serialize};

use crate::register::{Layout, Place, Register, Sharing};

use super::file::{self, Content};
use super::{Amount, Unit, page, workbook};

/// The most remarks of one file that are kept one by one; no published register is worth a hundredth of them.
const MOST_REMARKS: usize = 10_000;

/// What one file holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    /// How the file is laid out.
    pub(super) layout: Layout,
    /// What was read. It has no sources and no name: every place points to source 0.
    pub(super) register: Register,
    /// What was not understood, in order.
    pub(super) remarks: Vec<Remark>,
    /// What was understood and kept apart.
    pub(super) notes: Vec<String>,
    /// Sheets and columns that the file lacks.
    pub(super) lacks: Vec<String>,
}

/// Something that was not understood, in a file whose name the reader of the file need not know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Remark {
    /// Where: `line 12`, or `sheet DataReleases, row 17`; absent where it is about the whole file.
    pub(super) place: Option<String>,
    /// What was not understood, and what was done.
    pub(super) message: String,
}

impl Part {
    /// Reads a file, or says why it cannot be read and what to do.
    pub(super) fn read(bytes: Vec<u8>, progress: &mut dyn FnMut(Amount)) -> Result<Self, String> {
        let content = file::recognise(bytes)?;
        let mut register = Register::default();
        let unit = match content {
            Content::Page { .. } => Unit::Lines,
            Content::Workbook(_) => Unit::Rows,
        };
        let mut entry = Entry {
            source: 0,
            unit,
            warnings: Vec::new(),
            unlisted: 0,
            notes: Vec::new(),
            lacks: Vec::new(),
            values: Sharing::default(),
            progress,
        };
        let layout = match content {
            Content::Page { lines, note } => {
                if let Some(note) = note {
                    entry.note(note);
                }
                page::read(&lines, &mut register, &mut entry)?
            }
            Content::Workbook(bytes) => workbook::read(bytes, &mut register, &mut entry)?,
        };
        let Entry { mut warnings, notes, unlisted, lacks, .. } = entry;
        if unlisted > 0 {
            warnings.push(Remark { place: None, message: format!("{unlisted} more warnings are not listed") });
        }
        Ok(Self { layout, register, remarks: warnings, notes, lacks })
    }
}

/// One file while it is being read.
pub(super) struct Entry<'a> {
    /// Its number among the sources.
    pub(super) source: usize,
    /// What was not understood.
    pub(super) warnings: Vec<Remark>,
    unit: Unit,
    unlisted: usize,
    notes: Vec<String>,
    lacks: Vec<String>,
    /// What its rows repeat.
    pub(super) values: Sharing,
    progress: &'a mut dyn FnMut(Amount),
}

impl Entry<'_> {
    pub(super) fn warn(&mut self, place: Option<&Place>, message: impl Into<String>) {
        if self.warnings.len() >= MOST_REMARKS {
            self.unlisted += 1;
            return;
        }
        self.warnings.push(Remark { place: place.map(|place| place.position.to_string()), message: message.into() });
    }

    /// Keeps in mind that the file lacks a sheet or column of its layout.
    pub(super) fn lacks(&mut self, name: &str) {
        self.lacks.push(name.to_owned());
    }

    pub(super) fn note(&mut self, message: impl Into<String>) {
        self.notes.push(message.into());
    }

    pub(super) fn progress(&mut self, done: u64, total: u64) {
        (self.progress)(Amount { done, total, unit: self.unit });
    }
}
