//! What an index keeps of a project and of its edition.

use serde::{Deserialize, Serialize};

use super::marked::Marked;
use super::marks::ProjectMarks;
use crate::concerns::{
    Concern, Dismissal, EditionFinding, Findings, ListFile, RuleId, SettingChange, Severity, Stand, Tally, stand,
};
use crate::register::{Counts, Edition, Note, OptOutState, Page, Place, Project, Source, Version};

/// What a list shows of a project; small, so that rows are read for the visible ones only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Stem reference.
    pub reference: String,
    /// Title as published, if there is one.
    pub title: Option<String>,
    /// Organisation as published.
    pub organisation: String,
    /// State of the opt-outs.
    pub opt_outs: OptOutState,
    /// Files sent, where the layout lists them.
    pub files: Option<u64>,
    /// Rules that found something, gravest first, each once with its gravest severity.
    pub concerns: Vec<(RuleId, Severity)>,
    /// The first words of the objectives.
    pub begins: Option<String>,
    /// What the user has marked of it.
    #[serde(skip)]
    pub marks: ProjectMarks,
}

/// A project whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The project as the register has it.
    pub project: Project,
    /// What the rules say of it; what the user has dismissed stands last.
    pub findings: Findings,
    /// What the user has dismissed of it.
    #[serde(skip)]
    pub dismissals: Vec<Dismissal>,
    /// What the user has marked of it.
    #[serde(skip)]
    pub marks: ProjectMarks,
}

/// What an index says of its edition as a whole.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// Which edition it is.
    pub edition: Edition,
    /// The files it was read from; every [`crate::register::Place`] points into this list.
    pub sources: Vec<Source>,
    /// What pages say of themselves.
    pub pages: Vec<Page>,
    /// What the edition publishes that belongs to no project.
    pub notes: Vec<Note>,
    /// The edition in figures.
    pub counts: Counts,
    /// Findings about the edition as a whole.
    pub findings: Vec<EditionFinding>,
    /// How often each rule found something.
    pub tallies: Vec<Tally>,
    /// Lists of the user's own that evidence points into, after all sources.
    #[serde(skip)]
    pub lists: Vec<ListFile>,
    /// Settings of the user's own by which the findings were made, where they differ from the program's.
    #[serde(skip)]
    pub settings: Vec<SettingChange>,
    /// How much of it the user has marked.
    #[serde(skip)]
    pub marked: Marked,
}

/// A file that a place points into, and whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedFile<'a> {
    /// Its name, without its folders.
    pub file: &'a str,
    /// SHA-256 of its bytes.
    pub sha256: &'a str,
}

impl Header {
    /// Whether the file that a version is from has a row for each file that was sent.
    pub fn lists_files(&self, version: &Version) -> bool {
        self.sources.get(version.place.source).is_some_and(|source| source.layout.lists_files())
    }

    /// The published file, or the user's own list, that a place points into.
    pub fn file_of(&self, place: &Place) -> Option<NamedFile<'_>> {
        if let Some(Source { file, sha256, .. }) = self.sources.get(place.source) {
            return Some(NamedFile { file, sha256 });
        }
        let ListFile { file, sha256 } = self.lists.get(place.source.checked_sub(self.sources.len())?)?;
        Some(NamedFile { file, sha256 })
    }
}

impl Record {
    /// How one of its findings stands to what the user has dismissed.
    pub fn stand(&self, concern: &Concern) -> Stand<'_> {
        stand(concern, &self.findings.concerns, &self.dismissals)
    }

    /// How many of its findings are dismissed.
    pub fn dismissed(&self) -> usize {
        let concerns = self.findings.concerns.iter();
        concerns.filter(|concern| matches!(self.stand(concern), Stand::Dismissed(_))).count()
    }
}
