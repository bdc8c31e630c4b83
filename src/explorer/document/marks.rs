//! What the user has marked of a project: below its head, and at the sections that notes are on.

use super::{Builder, Kind, LABEL};
use crate::register::Section;
use crate::report::{MarksReport, NoteReport, ProjectReport, noted_on};

impl Builder<'_> {
    /// Marks, and notes on the project as a whole; notes on sections that are not published stand here too.
    pub(super) fn marks(&mut self, marks: &MarksReport, project: &ProjectReport) {
        if let Some(line) = marks.line() {
            self.push(Kind::Mine, LABEL, line);
            self.label("Yours");
        }
        for note in &marks.notes {
            match note.on {
                None => self.note(note, None),
                Some(section) if project.sections.get(section).is_none() => self.note(note, Some(section)),
                Some(_) => {}
            }
        }
    }

    /// Notes on a section, below its heading.
    pub(super) fn notes_on(&mut self, marks: &MarksReport, section: Section) {
        for note in marks.notes.iter().filter(|note| note.on == Some(section)) {
            self.note(note, None);
        }
    }

    fn note(&mut self, note: &NoteReport, on: Option<Section>) {
        let on = on.map(|section| format!(", on {}", noted_on(section))).unwrap_or_default();
        self.push(Kind::Note(note.number - 1), LABEL, format!("{}{on}: {}", note.date, note.text));
        self.label("Your note");
        if let Some(told) = &note.told {
            self.push(Kind::NoteTold, LABEL, format!("({told})"));
        }
    }
}
