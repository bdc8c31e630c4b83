//! `outflow mark` and `outflow marks`: bookmarks, tags, notes and the collection, and how they stand in the open edition.

use clap::{Args, ValueEnum};
use color_eyre::eyre::{Report, eyre};
use serde::Serialize;

use super::Outcome;
use super::arguments::Global;
use super::printer::{Printer, Role, remark};
use crate::index::marks::{Collected, Marks, Note, NoteText, ProjectMarks, Tag};
use crate::index::{Index, Record};
use crate::register::{Date, Section, plain_reference, stem_of};
use crate::report::{self, MarksReport, noted_on};

/// Arguments of `mark`.
#[derive(Debug, Args)]
pub(super) struct Mark {
    /// The project's reference, in any case, with or without DARS- and -vN.N
    #[arg(value_name = "REFERENCE")]
    pub(super) reference: String,
    #[command(flatten)]
    pub(super) bookmarking: Bookmarking,
    /// Tag it with a word; can be given several times
    #[arg(long, value_name = "TAG")]
    pub(super) tag: Vec<String>,
    /// Take a tag away
    #[arg(long, value_name = "TAG")]
    pub(super) untag: Vec<String>,
    /// Write a note on it
    #[arg(long, value_name = "TEXT")]
    pub(super) note: Option<String>,
    /// The section that the note is on [default: the project as a whole]
    #[arg(long, value_name = "SECTION", requires = "note")]
    pub(super) on: Option<NotedSection>,
    /// Remove a note, by its number as they are shown
    #[arg(long, value_name = "N")]
    pub(super) remove_note: Option<usize>,
    #[command(flatten)]
    pub(super) collecting: Collecting,
}

/// What becomes of a bookmark.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Bookmarking {
    /// Bookmark it
    #[arg(long)]
    pub(super) bookmark: bool,
    /// Take its bookmark away
    #[arg(long, conflicts_with = "bookmark")]
    pub(super) no_bookmark: bool,
}

/// Whether it is in the collection from now on.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Collecting {
    /// Put it into your collection
    #[arg(long)]
    pub(super) collect: bool,
    /// Take it out of your collection
    #[arg(long, conflicts_with = "collect")]
    pub(super) uncollect: bool,
}

/// Sections that a note can be on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum NotedSection {
    /// What the data is for.
    Objectives,
    /// What is done with it.
    Processing,
    /// What comes out.
    Outputs,
    /// What good is expected.
    Benefits,
    /// What good came of it.
    Yielded,
}

/// What is said where nothing is marked.
const NOTHING: &str = "you have marked nothing; `outflow mark REFERENCE --bookmark` does, or --tag, --note, --collect";

/// The JSON of what is marked.
#[derive(Debug, Serialize)]
struct AllReport {
    edition: String,
    /// In the order in which they were marked first.
    projects: Vec<OneReport>,
    /// The references of the collection, in the order in which it was put together.
    collection: Vec<String>,
}

/// What is marked of one project.
#[derive(Debug, Serialize)]
struct OneReport {
    reference: String,
    /// Absent where the edition does not list the project, or gives none.
    title: Option<String>,
    organisation: Option<String>,
    in_edition: bool,
    #[serde(flatten)]
    marks: MarksReport,
}

/// The JSON of one project's marks.
#[derive(Debug, Serialize)]
struct MarkedReport {
    edition: String,
    reference: String,
    /// Absent where nothing of it is marked.
    marks: Option<MarksReport>,
}

/// Marks a project, or shows what is marked of it.
pub(super) fn mark(global: &Global, asked: &Mark, printer: &mut Printer) -> Result<Outcome, Report> {
    let own = super::own(global)?;
    // What cannot be read is an error here, and no remark.
    let known = own.marks()?;
    let edition = super::open(global)?;
    let index = &edition.index;
    let Some((reference, record)) = subject(global, index, &known, &asked.reference)? else {
        return Ok(Outcome::Nothing);
    };
    let marks = if asks_for_a_change(asked) {
        let date = report::today().ok_or_else(|| eyre!("today's date is not known, and a mark has one"))?;
        let change = |all: &mut Marks| {
            let place = all.next_place();
            all.change(&reference, |marks| change(marks, asked, (record.as_ref(), index), (date, place)))
        };
        own.change_marks::<_, Report>(change)?.0
    } else {
        known
    };
    let marks = marks.of(&reference);
    let project = record.as_ref().map(|record| &record.project);
    let edition = &index.header().edition;
    let report = marks.map(|marks| MarksReport::new(marks, project, edition));
    let is_marked = report.is_some();
    if global.json {
        printer.json(&MarkedReport { edition: edition.slug.clone(), reference, marks: report })?;
    } else if let Some(report) = report {
        printer.line_as(Role::Strong, &reference)?;
        print(2, &report, printer)?;
    } else if asks_for_a_change(asked) {
        printer.line_as(Role::Strong, &reference)?;
        printer.block(2, "no longer marked")?;
    } else {
        remark(&format!("nothing of {reference} is marked"));
    }
    Ok(if is_marked || asks_for_a_change(asked) { Outcome::Done } else { Outcome::Nothing })
}

/// The project that is meant: one of the edition, or one that is marked and no longer in it; none where there is neither,
/// which is said then.
fn subject(
    global: &Global,
    index: &Index,
    known: &Marks,
    written: &str,
) -> Result<Option<(String, Option<Record>)>, Report> {
    if index.find_reference(written)?.is_empty() {
        let wanted = plain_reference(stem_of(written));
        let begins = |marks: &&ProjectMarks| {
            let reference = plain_reference(&marks.reference);
            reference.strip_prefix(wanted.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        match known.projects.iter().filter(begins).collect::<Vec<_>>().as_slice() {
            [] => {}
            [one] => return Ok(Some((one.reference.clone(), None))),
            several => {
                let named: Vec<&str> = several.iter().map(|marks| marks.reference.as_str()).collect();
                return Err(eyre!("{written} fits several projects that are marked, name one: {}", named.join(", ")));
            }
        }
    }
    let Some(id) = super::show::find(global, index, written)? else { return Ok(None) };
    let record = index.record(id)?;
    Ok(Some((record.project.reference.clone(), Some(record))))
}

fn asks_for_a_change(asked: &Mark) -> bool {
    let Mark { bookmarking, tag, untag, note, remove_note, collecting, .. } = asked;
    let sets = bookmarking.bookmark || bookmarking.no_bookmark || collecting.collect || collecting.uncollect;
    sets || !tag.is_empty() || !untag.is_empty() || note.is_some() || remove_note.is_some()
}

/// Changes what is marked of a project as asked; where one thing cannot be done, nothing is.
fn change(
    marks: &mut ProjectMarks,
    asked: &Mark,
    (record, index): (Option<&Record>, &Index),
    (date, place): (Date, u64),
) -> Result<(), Report> {
    // By the numbers that were shown.
    if let Some(number) = asked.remove_note {
        let count = marks.notes.len();
        let at = number.checked_sub(1).filter(|at| *at < count);
        let at = at.ok_or_else(|| {
            eyre!("there is no number {number} among {count} notes; --remove-note counts from 1, as they are shown")
        })?;
        marks.notes.remove(at);
    }
    if let Some(text) = &asked.note {
        let header = index.header();
        let Some(record) = record else {
            let (slug, reference) = (&header.edition.slug, &marks.reference);
            return Err(eyre!(
                "edition {slug} does not list {reference}, so that there is no text for a note; add --edition SLUG"
            ));
        };
        let on = asked.on.map(section);
        if let Some(on) = on
            && record.project.latest().and_then(|latest| latest.section(on)).is_none()
        {
            return Err(eyre!(
                "no text is published for {} of this project: leave --on out, or name another section",
                noted_on(on)
            ));
        }
        let text = NoteText::new(text)?;
        marks.add_note(Note::new(text, on, date, &record.project, &header.edition))?;
    }
    for tag in &asked.untag {
        let tag = Tag::new(tag)?;
        marks.tags.retain(|known| !known.is_as(&tag));
    }
    marks.add_tags(asked.tag.iter().map(|tag| Tag::new(tag)).collect::<Result<_, _>>()?)?;
    // What is so already keeps its date.
    if asked.bookmarking.bookmark {
        marks.bookmarked.get_or_insert(date);
    }
    if asked.bookmarking.no_bookmark {
        marks.bookmarked = None;
    }
    if asked.collecting.collect {
        marks.collected.get_or_insert(Collected { place, date });
    }
    if asked.collecting.uncollect {
        marks.collected = None;
    }
    Ok(())
}

fn section(on: NotedSection) -> Section {
    match on {
        NotedSection::Objectives => Section::Objectives,
        NotedSection::Processing => Section::Processing,
        NotedSection::Outputs => Section::Outputs,
        NotedSection::Benefits => Section::ExpectedBenefits,
        NotedSection::Yielded => Section::YieldedBenefits,
    }
}

/// Lists all that is marked.
pub(super) fn list(global: &Global, printer: &mut Printer) -> Result<Outcome, Report> {
    let marks = super::own(global)?.marks()?;
    let edition = super::open(global)?;
    let report = AllReport::new(&edition.index, &marks)?;
    if global.json {
        printer.json(&report)?;
    } else if report.projects.is_empty() {
        remark(NOTHING);
    } else {
        for one in &report.projects {
            printer.line_as(Role::Strong, &one.reference)?;
            for line in [&one.title, &one.organisation].into_iter().flatten() {
                printer.block(2, line)?;
            }
            if !one.in_edition {
                printer.block(2, &format!("Not in edition {}.", report.edition))?;
            }
            print(2, &one.marks, printer)?;
        }
        if !report.collection.is_empty() {
            printer.line("")?;
            printer.line_as(Role::Strong, "Your collection, in the order in which you put it together")?;
            for reference in &report.collection {
                printer.block(2, reference)?;
            }
        }
    }
    Ok(if report.projects.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

impl AllReport {
    fn new(index: &Index, marks: &Marks) -> Result<Self, Report> {
        let ids = index.projects_by_stem()?;
        let edition = &index.header().edition;
        let mut projects = Vec::new();
        for marks in &marks.projects {
            let id = ids.get(&plain_reference(&marks.reference));
            let record = id.map(|id| index.record(*id)).transpose()?;
            let project = record.as_ref().map(|record| &record.project);
            let latest = project.and_then(|project| project.latest());
            projects.push(OneReport {
                reference: marks.reference.clone(),
                title: latest.and_then(|version| version.title.clone()),
                organisation: latest.map(|version| report::organisation_shown(&version.organisation).to_owned()),
                in_edition: project.is_some(),
                marks: MarksReport::new(marks, project, edition),
            });
        }
        let collection = marks.collection().iter().map(|marks| marks.reference.clone()).collect();
        Ok(Self { edition: edition.slug.clone(), projects, collection })
    }
}

/// Prints what is marked of a project.
pub(super) fn print(indent: usize, marks: &MarksReport, printer: &mut Printer) -> std::io::Result<()> {
    if let Some(line) = marks.line() {
        printer.block(indent, &line)?;
    }
    for note in &marks.notes {
        let on = note.on.map(|section| format!(" on {}", noted_on(section))).unwrap_or_default();
        printer.block(indent, &format!("Note {}{on}, {}: {}", note.number, note.date, note.text))?;
        if let Some(told) = &note.told {
            printer.block(indent + 2, &format!("({told})"))?;
        }
    }
    Ok(())
}
