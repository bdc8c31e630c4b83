//! A project's own words, told from those that several organisations publish.

use serde::Serialize;

use crate::concerns::SharedWording;
use crate::register::{Section, Sections};

/// How many of a project's sentences several organisations publish, and which.
#[derive(Debug, Clone, Serialize)]
pub struct WordingReport {
    /// Sentences of its sections.
    pub sentences: usize,
    /// How many of them are shared.
    pub shared: usize,
    /// Those, as published; sentences that stand side by side together.
    pub passages: Vec<PassageReport>,
}

/// Words that several organisations publish.
#[derive(Debug, Clone, Serialize)]
pub struct PassageReport {
    /// In which section they stand.
    pub section: Section,
    /// The words.
    pub text: String,
}

impl WordingReport {
    /// Reports on the words of a project; `None` where they could not be compared with those of others.
    pub fn new(shared: &SharedWording, sections: &Sections) -> Option<Self> {
        let passage = |section, range: &std::ops::Range<usize>| {
            let text = sections.get(section)?.get(range.clone())?.to_owned();
            Some(PassageReport { section, text })
        };
        let passages = shared.passages.iter().filter_map(|one| passage(one.section, &one.range)).collect();
        (shared.sentences > 0).then_some(Self { sentences: shared.sentences, shared: shared.shared, passages })
    }

    /// How much is the project's own, as a fact.
    pub(super) fn own(&self) -> String {
        let own = self.sentences - self.shared;
        let others = if self.shared == 1 { "1 other stands" } else { &format!("{} others stand", self.shared) };
        match self.shared {
            0 => format!("all {own} sentences"),
            _ => format!("{own} of {} sentences; the {others} in entries of several organisations", self.sentences),
        }
    }
}

/// How many sentences are dimmed, in a line; `None` where a project's words could not be compared with those of others.
pub fn shared_wording(shared: &SharedWording) -> Option<String> {
    let sentences = shared.sentences;
    match shared.shared {
        _ if sentences == 0 => None,
        0 => Some("no sentence here stands in entries of several organisations".to_owned()),
        common => Some(format!("{common} of {sentences} sentences stand in entries of several organisations (~)")),
    }
}
