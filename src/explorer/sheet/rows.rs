//! Rows under headings, while a list is being made of them.

use super::{Leads, Picture, SheetItem, Tone};
use crate::concerns::Severity;

/// The rows of a list.
#[derive(Debug, Default)]
pub(super) struct Rows {
    rows: Vec<SheetItem>,
    /// What the figures below the last heading count, where the names beside them do not say.
    counts: &'static str,
}

impl Rows {
    /// A row: how many there are, what of, what is said of it, and where it leads.
    pub(super) fn push(
        &mut self,
        figure: Option<usize>,
        name: impl Into<String>,
        told: impl Into<String>,
        leads: Leads,
    ) {
        let lines = [told.into(), String::new()];
        let counts = self.counts;
        self.rows.push(SheetItem { figure, counts, name: name.into(), lines, leads, ..SheetItem::default() });
    }

    /// Says what the figures below a heading count: on the screen the heading does.
    pub(super) fn counting(&mut self, counts: &'static str) {
        self.counts = counts;
    }

    /// How much the row weighs that was made last.
    pub(super) fn weigh(&mut self, weight: Option<Severity>) {
        if let Some(last) = self.rows.last_mut() {
            last.weight = weight;
        }
    }

    /// What is drawn beside the row that was made last.
    pub(super) fn draw(&mut self, picture: Picture) {
        if let Some(last) = self.rows.last_mut() {
            last.picture = picture;
        }
    }

    /// A row that leads nowhere.
    pub(super) fn remark(&mut self, tone: Tone, text: impl Into<String>) {
        self.rows.push(SheetItem { name: text.into(), tone, ..SheetItem::default() });
    }

    /// A heading, with an empty row above all but the first.
    pub(super) fn heading(&mut self, text: impl Into<String>) {
        if !self.rows.is_empty() {
            self.remark(Tone::Quiet, "");
        }
        self.remark(Tone::Heading, text);
        self.counts = "";
    }

    /// All of them.
    pub(super) fn items(self) -> Vec<SheetItem> {
        self.rows
    }
}
