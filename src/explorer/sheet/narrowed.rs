//! A long list of names, narrowed to those that hold what is written.

use super::{Leads, Sheet, SheetItem, Tone};
use crate::report::holds;

/// What a list was narrowed by, and the list as it was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Narrowed {
    /// What the names hold.
    pub text: String,
    whole: Vec<SheetItem>,
}

impl Sheet {
    /// Keeps to the names that hold a text in one of their spellings, or shows all again where there is none. What is selected
    /// stays so if it is still there.
    pub fn narrow(&mut self, text: &str, visible: usize) {
        let before = self.selected_item().map(|item| item.leads.clone());
        if let Some(narrowed) = self.narrowed.take() {
            self.items = narrowed.whole;
        }
        if !text.trim().is_empty() {
            let whole = std::mem::take(&mut self.items);
            let fits = |item: &&SheetItem| item.leads == Leads::Nowhere || is_named(item, text);
            self.items = whole.iter().filter(fits).cloned().collect();
            if self.count() == 0 {
                let name = "No name holds that.".to_owned();
                self.items.insert(0, SheetItem { name, tone: Tone::Quiet, ..SheetItem::default() });
            }
            self.narrowed = Some(Box::new(Narrowed { text: text.to_owned(), whole }));
        }
        let at = self.items.iter().position(|item| Some(&item.leads) == before.as_ref());
        (self.selected, self.top) = (at.unwrap_or_default(), 0);
        self.select(self.selected, visible);
    }

    /// What it is, and what it was narrowed by.
    pub fn heading_shown(&self) -> String {
        match &self.narrowed {
            None => self.heading.clone(),
            Some(narrowed) => format!("{} with \"{}\", of {}", self.count(), narrowed.text, self.heading),
        }
    }

    /// How many items lead somewhere.
    fn count(&self) -> usize {
        self.items.iter().filter(|item| item.leads != Leads::Nowhere).count()
    }
}

/// The second line of a name in a table holds its other spellings, which are not shown there.
fn is_named(item: &SheetItem, text: &str) -> bool {
    let [_, spellings] = &item.lines;
    holds(&item.name, text) || spellings.lines().any(|spelling| holds(spelling, text))
}
