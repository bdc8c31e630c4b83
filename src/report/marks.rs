//! What the user has marked of a project: told beside what is published, and never as a part of it.

use serde::{Serialize, Serializer};

use crate::index::marks::{Became, Note, NoteStanding, ProjectMarks};
use crate::register::{Date, Edition, Project, Section, Wording};

/// What is marked of a project.
#[derive(Debug, Clone, Serialize)]
pub struct MarksReport {
    /// Since when it is bookmarked.
    pub bookmarked: Option<Date>,
    /// Since when it is in the collection.
    pub collected: Option<Date>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Its notes, oldest first.
    pub notes: Vec<NoteReport>,
}

/// A note.
#[derive(Debug, Clone, Serialize)]
pub struct NoteReport {
    /// Its number among the notes of the project, from 1.
    pub number: usize,
    /// When it was written.
    pub date: Date,
    /// What it says.
    pub text: String,
    /// The section that it is on, by its key; absent where it is on the project as a whole.
    #[serde(rename = "section", serialize_with = "by_key")]
    pub on: Option<Section>,
    /// The edition in which that was read.
    pub edition: String,
    /// How the text below it reads now.
    pub state: NoteState,
    /// The sections that read otherwise.
    pub changed: Vec<ChangedSection>,
    /// What is said of that, in a sentence; absent where the text is the same.
    pub told: Option<String>,
}

/// How the text below a note reads in the edition that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteState {
    /// As it did.
    Same,
    /// Otherwise.
    Changed,
    /// A summary cannot be compared with the register's words.
    NotCompared,
    /// The edition does not list the project.
    NotListed,
}

/// A section that reads otherwise than it did.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct ChangedSection {
    /// Its key.
    pub section: &'static str,
    /// What became of it.
    pub became: Became,
}

impl MarksReport {
    /// Reports on what is marked of a project, as an edition has it; none where the edition does not list it.
    pub fn new(marks: &ProjectMarks, project: Option<&Project>, edition: &Edition) -> Self {
        let notes = marks.notes.iter().zip(1..);
        Self {
            bookmarked: marks.bookmarked,
            collected: marks.collected.map(|collected| collected.date),
            tags: marks.tags.iter().map(|tag| tag.as_str().to_owned()).collect(),
            notes: notes.map(|(note, number)| NoteReport::new(note, number, project, edition)).collect(),
        }
    }

    /// Bookmark, collection and tags on one line; none where there is nothing of these.
    pub fn line(&self) -> Option<String> {
        let bookmarked = self.bookmarked.map(|date| format!("bookmarked {date}"));
        let collected = self.collected.map(|date| format!("in your collection since {date}"));
        let tags = (!self.tags.is_empty()).then(|| format!("tags: {}", self.tags.join(" ")));
        let parts: Vec<String> = [bookmarked, collected, tags].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    }
}

impl NoteReport {
    fn new(note: &Note, number: usize, project: Option<&Project>, edition: &Edition) -> Self {
        let standing = project.map(|project| note.standing(project, edition));
        let changes = match &standing {
            Some(NoteStanding::Changed(changes)) => changes.as_slice(),
            _ => &[],
        };
        let (state, told) = match &standing {
            None => (NoteState::NotListed, Some(format!("edition {} does not list this project", edition.slug))),
            Some(NoteStanding::Same) => (NoteState::Same, None),
            Some(NoteStanding::Changed(_)) => (NoteState::Changed, Some(changed(note, changes, edition))),
            Some(NoteStanding::NotCompared) => (NoteState::NotCompared, Some(not_compared(note, edition))),
        };
        Self {
            number,
            date: note.date,
            text: note.text.as_str().to_owned(),
            on: note.on,
            edition: note.edition.clone(),
            state,
            changed: changes
                .iter()
                .map(|(section, became)| ChangedSection { section: section.key(), became: *became })
                .collect(),
            told,
        }
    }
}

#[allow(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "serde gives a field so")]
fn by_key<S: Serializer>(section: &Option<Section>, serializer: S) -> Result<S::Ok, S::Error> {
    section.map(Section::key).serialize(serializer)
}

/// Where a note stands, in words.
pub fn noted_on(section: Section) -> &'static str {
    match section {
        Section::Objectives => "the objectives",
        Section::Processing => "the processing",
        Section::Outputs => "the outputs",
        Section::ExpectedBenefits => "the expected benefits",
        Section::YieldedBenefits => "the yielded benefits",
    }
}

fn changed(note: &Note, changes: &[(Section, Became)], edition: &Edition) -> String {
    let named: Vec<String> = changes
        .iter()
        .map(|(section, became)| match became {
            Became::Changed => noted_on(*section).to_owned(),
            Became::Removed => format!("{} (not published now)", noted_on(*section)),
            Became::Published => format!("{} (not published then)", noted_on(*section)),
        })
        .collect();
    let named = named.join(", ");
    let is_older = note.edition_date.zip(edition.date).is_some_and(|(then, now)| now < then);
    if is_older {
        // Not after the note, but before it.
        return format!(
            "read otherwise here, in edition {}, than where this was noted, in {}: {named}",
            edition.slug, note.edition
        );
    }
    format!("changed after this note, edition {} -> {}: {named}", note.edition, edition.slug)
}

fn not_compared(note: &Note, edition: &Edition) -> String {
    match note.wording {
        Wording::Summary => "made on a summary, which is not compared with the register's words".to_owned(),
        Wording::Published => {
            format!(
                "made on the words of edition {}, which are not compared with the summaries of {}",
                note.edition, edition.slug
            )
        }
    }
}
