//! Marking a project: a bookmark, a note, tags, the collection.

use std::sync::Arc;

use tui_input::Input;

use super::wanted::read_anew;
use super::{asking, sheet};
use crate::explorer::actions::{Action, Place};
use crate::explorer::document::{Kind, Subject};
use crate::explorer::message::{Effect, Job, Marking};
use crate::explorer::state::{Asked, Detail, Spot, State, Then, View};
use crate::index::marks::{Note, NoteText, ProjectMarks, Tag};
use crate::index::{Header, ProjectId};
use crate::register::Section;

/// An action on the project that one is at.
pub(super) fn act(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    let Some((project, marks)) = project_here(state) else {
        state.notice = Some("there is no project here to mark".to_owned());
        return;
    };
    match action {
        Action::Bookmark => mark(state, project, Marking::Bookmark, effects),
        Action::Collect => mark(state, project, Marking::Collect, effects),
        Action::Tags => ask(state, Asked::Tags { project }, marks.tags_told(), effects),
        Action::Note => {
            let (on, before) = note_here(state, &marks);
            let text = before.as_ref().map(|note| note.text.as_str().to_owned()).unwrap_or_default();
            ask(state, Asked::Note { project, on, before: before.map(Box::new) }, text, effects);
        }
        _ => {}
    }
}

/// The project that one is at, and what is marked of it; none where that was not read yet.
fn project_here(state: &State) -> Option<(ProjectId, ProjectMarks)> {
    let project = state.list.selected_project()?;
    let shown = state.shown().filter(|_| state.place() == Place::Detail);
    let record = shown.and_then(|shown| shown.document.record.as_ref());
    let listed = || state.list.row(state.list.selected).map(|listed| listed.row.marks.clone());
    Some((project, record.map(|record| record.marks.clone()).or_else(listed)?))
}

/// What a note would be on: the section one reads, or the project as a whole; and the note of the user's own that one is at.
fn note_here(state: &State, marks: &ProjectMarks) -> (Option<Section>, Option<Note>) {
    let reading = state.shown().filter(|shown| state.place() == Place::Detail && !shown.subject.is_aside());
    let Some(shown) = reading else { return (None, None) };
    if let Some(note) = shown.note_at().and_then(|number| marks.notes.get(number)) {
        return (note.on, Some(note.clone()));
    }
    (section_here(shown), None)
}

/// The section of what one is at, else of the line on top.
fn section_here(shown: &Detail) -> Option<Section> {
    let line = match shown.spot {
        Spot::Concern(_) => return None,
        Spot::Match(_) | Spot::Section(_) | Spot::Evidence(_) | Spot::Note(_) => shown.spot_line()?,
        Spot::Nowhere => shown.top,
    };
    let at = shown.laid.lines.get(line)?.block;
    let blocks = shown.document.blocks.get(at..)?;
    for block in blocks {
        match block.kind {
            Kind::Paragraph(section) => return Some(section),
            // Between the heading and the text, or above the heading.
            Kind::Heading | Kind::Note(_) | Kind::NoteTold => {}
            Kind::Plain if block.text.is_empty() => {}
            _ => return None,
        }
    }
    None
}

fn ask(state: &mut State, asked: Asked, text: String, effects: &mut Vec<Effect>) {
    asking::ask(state, asked, effects);
    if let Some(asking) = &mut state.asking {
        asking.input = Input::new(text);
    }
}

fn mark(state: &mut State, project: ProjectId, marking: Marking, effects: &mut Vec<Effect>) {
    state.marking = Some(project);
    effects.push(Effect::Work(Job::Mark { project, marking, date: state.today }));
}

/// Takes what a note says; or says why that is none. A new one that says nothing is none, and one that was changed to
/// nothing is removed.
pub(super) fn take_note(
    state: &mut State,
    project: ProjectId,
    (on, before): (Option<Section>, Option<Box<Note>>),
    text: &str,
    effects: &mut Vec<Effect>,
) -> Result<(), String> {
    let is_empty = text.trim().is_empty();
    let is_as_before = before.as_ref().map_or(is_empty, |before| before.text.as_str() == text.trim());
    if is_as_before {
        return Ok(());
    }
    if !is_empty {
        NoteText::new(text).map_err(|error| error.to_string())?;
    }
    mark(state, project, Marking::Note { on, before, text: text.to_owned() }, effects);
    Ok(())
}

/// Takes the tags of a project; or says which of them is none.
pub(super) fn take_tags(
    state: &mut State,
    project: ProjectId,
    text: &str,
    effects: &mut Vec<Effect>,
) -> Result<(), String> {
    Tag::several(text).map_err(|error| error.to_string())?;
    mark(state, project, Marking::Tags(text.to_owned()), effects);
    Ok(())
}

/// What was marked is kept: the list and the project are read anew, and one stays where one was.
pub(super) fn marked(state: &mut State, header: Header, of: &Job, notice: String, effects: &mut Vec<Effect>) {
    state.header = Arc::new(header);
    state.marking = None;
    state.redraw = true;
    let shown = state.detail.as_ref().map(|detail| (detail.subject, then(state, detail, of)));
    read_anew(state, shown.filter(|(subject, _)| matches!(subject, Subject::Project(_))), effects);
    if matches!(state.view, View::Home | View::Searches) {
        sheet::ask(state, effects);
    }
    state.notice = Some(notice);
}

/// Where to go in the project that is shown, once it was read anew: to the note that was written, else where one is.
fn then(state: &State, shown: &Detail, of: &Job) -> Then {
    let Job::Mark { marking: Marking::Note { before, text, .. }, .. } = of else { return stay(shown) };
    let notes = shown.document.record.as_ref().map_or(&[][..], |record| record.marks.notes.as_slice());
    if state.place() != Place::Detail || text.trim().is_empty() {
        return stay(shown);
    }
    let place = before.as_ref().and_then(|before| notes.iter().position(|note| note == before.as_ref()));
    Then::Note(place.unwrap_or(notes.len()))
}

fn stay(shown: &Detail) -> Then {
    match (shown.spot, shown.left) {
        // Lines can stand above it that did not.
        (Spot::Evidence(_), Some(left)) => Then::Evidence(left.concern, left.evidence),
        (Spot::Evidence(_) | Spot::Note(_), _) => Then::Stay,
        (spot, _) => Then::Spot(spot),
    }
}

/// It could not be kept, which is said: what was typed stands there again.
pub(super) fn not_marked(state: &mut State, project: ProjectId, marking: &Marking, effects: &mut Vec<Effect>) {
    state.marking = None;
    if state.asking.is_some() {
        return;
    }
    match marking {
        Marking::Bookmark | Marking::Collect => {}
        Marking::Tags(text) => ask(state, Asked::Tags { project }, text.clone(), effects),
        Marking::Note { on, before, text } => {
            ask(state, Asked::Note { project, on: *on, before: before.clone() }, text.clone(), effects);
        }
    }
}
