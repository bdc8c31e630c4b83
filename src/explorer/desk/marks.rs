//! Marking a project for the user, and keeping that.

use std::sync::{Arc, PoisonError};

use color_eyre::eyre::{Report, eyre};

use super::IndexDesk;
use crate::explorer::message::{Answer, Job, Marking};
use crate::index::ProjectId;
use crate::index::marks::{Collected, Note, NoteText, ProjectMarks, Tag};
use crate::library::OwnError;
use crate::register::{Date, Edition, Project, Section};
use crate::report::projects_counted;

/// What a project is marked with, and when.
struct Occasion<'a> {
    project: &'a Project,
    edition: &'a Edition,
    date: Date,
    /// The place in the collection that is free.
    place: u64,
}

impl IndexDesk {
    /// Marks a project, or takes a mark away, and keeps that.
    pub(super) fn mark(
        &self,
        job: &Job,
        project: ProjectId,
        marking: &Marking,
        date: Option<Date>,
    ) -> Result<Answer, Report> {
        let index = self.index();
        let project = index.record(project)?.project;
        let date = date.ok_or_else(|| eyre!("today's date is not known, and a mark has one"))?;
        let mut judging = self.judging.lock().unwrap_or_else(PoisonError::into_inner);
        let own = judging.own.clone().ok_or(OwnError::NoHome)?;
        let (marks, done) = own.change_marks(|all| {
            let place = all.next_place();
            let occasion = Occasion { project: &project, edition: &index.header().edition, date, place };
            all.change(&project.reference, |marks| occasion.mark(marks, marking))
        })?;
        let reference = &project.reference;
        let notice = match marking {
            Marking::Collect => {
                let collected = marks.projects.iter().filter(|marks| marks.collected.is_some()).count();
                format!("{reference} {done}, which holds {}", projects_counted(collected))
            }
            _ => format!("{reference} {done}"),
        };
        let marked = Arc::new(index.marked_anew(&marks)?);
        judging.marks = marks;
        let header = Box::new(marked.header().clone());
        self.open().index = marked;
        Ok(Answer::Marked { of: job.clone(), header, notice })
    }
}

impl Occasion<'_> {
    /// Marks the project, and says what was done.
    fn mark(&self, marks: &mut ProjectMarks, marking: &Marking) -> Result<String, Report> {
        Ok(match marking {
            Marking::Bookmark if marks.bookmarked.take().is_some() => "is no longer bookmarked".to_owned(),
            Marking::Bookmark => {
                marks.bookmarked = Some(self.date);
                "is bookmarked; mine:bookmarked finds it".to_owned()
            }
            Marking::Collect if marks.collected.take().is_some() => "is taken out of your collection".to_owned(),
            Marking::Collect => {
                marks.collected = Some(Collected { place: self.place, date: self.date });
                "is in your collection".to_owned()
            }
            Marking::Tags(text) => {
                marks.tags = Tag::several(text)?;
                if marks.tags.is_empty() {
                    "has no tags".to_owned()
                } else {
                    format!("has the tags {}", marks.tags_told())
                }
            }
            Marking::Note { on, before, text } => self.note(marks, (*on, before.as_deref()), text)?,
        })
    }

    fn note(
        &self,
        marks: &mut ProjectMarks,
        (on, before): (Option<Section>, Option<&Note>),
        text: &str,
    ) -> Result<String, Report> {
        let at = before.map(|before| marks.notes.iter().position(|note| note == before));
        if at == Some(None) {
            return Err(eyre!("this note was changed elsewhere meanwhile; look at it again"));
        }
        let at = at.flatten();
        if let (Some(at), true) = (at, text.trim().is_empty()) {
            let removed = marks.notes.remove(at);
            return Ok(format!("lost your note, which read: {}", removed.text.as_str()));
        }
        let note = Note::new(NoteText::new(text)?, on, self.date, self.project, self.edition);
        if let Some(at) = at {
            marks.notes[at] = note;
            return Ok("has your note, changed".to_owned());
        }
        marks.add_note(note)?;
        Ok("has your note".to_owned())
    }
}
