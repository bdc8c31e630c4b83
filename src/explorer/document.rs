//! A project as the detail shows it: blocks of text with what matched in them, not yet cut into lines.

mod changes;
mod concerns;
mod edition;
mod evidence;
mod marks;
mod rows;
mod rules;
mod subject;
mod words;

use std::ops::Range;

use crate::concerns::{Concern, Passage, Severity};
use crate::index::{Header, LastWord, Marker, Record, SearchField};
use crate::register::{Field, Place, Section, Wording};
use crate::report::changes::ChangeLine;
use crate::report::files::{self, FileLine, FileLineKind, FileList};
use crate::report::timeline::{self, Timeline, TimelineKind};
use crate::report::{self, MarksReport, ProjectReport};
use crate::text::{self, Characters};

pub use evidence::{Leading, Spotlight};
pub use subject::{Lead, Subject, Told};

/// Columns that the names of facts take.
pub const LABEL: u16 = 14;

/// What is shown of a project, or of what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// What it is called, above it.
    pub name: String,
    /// The project whole, for citations; absent where the document is about something else.
    pub record: Option<Record>,
    /// Where the document leads.
    pub leads_to: Option<Lead>,
    /// What is shown, from the top down.
    pub blocks: Vec<Block>,
    /// The timeline of the project, if it is shown.
    pub timeline: Option<Timeline>,
    /// The files of the project, if they are shown.
    pub files: Option<FileList>,
}

/// A paragraph, a heading or a labelled value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// Where it stands, where there are two columns.
    pub column: Column,
    /// Columns before it.
    pub indent: u16,
    /// What stands in these columns, on the first line.
    pub label: String,
    /// The text, as published.
    pub text: String,
    /// What matched in it, as ranges of bytes.
    pub marks: Vec<Range<usize>>,
    /// What was taken out of it and put into it, as ranges of bytes.
    pub edits: Vec<(Range<usize>, Edit)>,
    /// What of it several organisations publish, as ranges of bytes.
    pub shared: Vec<Range<usize>>,
}

/// Where a block stands in a document of two columns.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Column {
    /// Across both, and in one column alike.
    #[default]
    Across,
    /// In one column only: in two, those that follow say the same.
    Single,
    /// On the left: what stood there before.
    Before,
    /// On the right, beside what is before it: what stands there now.
    After,
}

/// What became of a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// It was taken out.
    Removed,
    /// It was put in.
    Added,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The name of the project.
    Title,
    /// Plain text.
    Plain,
    /// Something beside the point.
    Quiet,
    /// A heading.
    Heading,
    /// A labelled fact.
    Fact,
    /// The head of a concern, by its number in the project.
    ConcernHead(usize, Severity),
    /// The head of a concern that the user has dismissed.
    DismissedHead(usize),
    /// What a concern says.
    ConcernText(usize),
    /// What proves it: shown when asked for.
    Evidence(usize),
    /// What the user has marked, beside notes.
    Mine,
    /// A note of the user's own, by its number in the project.
    Note(usize),
    /// What is said of the text below a note.
    NoteTold,
    /// A paragraph of a section.
    Paragraph(Section),
    /// A line of the timeline, by its number: drawn anew for every width.
    Timeline(usize),
    /// A line that says what the timeline's marks mean.
    Legend(usize),
    /// The files of a dataset in a month, by their place in the list.
    Files(usize),
}

impl Document {
    /// What is shown of a project, with the matches of a query marked.
    pub fn new(header: &Header, record: Record, marker: &Marker) -> Self {
        let mut builder = Builder { marker, blocks: Vec::new() };
        let timeline = Timeline::new(&record.project, &header.sources, header.edition.date);
        if let Some(project) = ProjectReport::new(header, &record) {
            let marks = MarksReport::new(&record.marks, Some(&record.project), &header.edition);
            builder.head(&project);
            builder.marks(&marks, &project);
            builder.concerns(&project);
            builder.facts(&project);
            builder.timeline(timeline.as_ref());
            builder.sections(&project, &record.findings.shared.passages, &marks);
            builder.cannot_tell(&project);
            builder.gap();
            builder.push(Kind::Quiet, 0, report::CREDIT);
        }
        let name = record.project.reference.clone();
        Self { name, blocks: builder.blocks, record: Some(record), leads_to: None, timeline, files: None }
    }

    /// What became of something, from the lines of a report on changes.
    pub fn of_changes(name: &str, leads_to: Option<Lead>, lines: &[ChangeLine]) -> Self {
        let marker = Marker::new("", LastWord::Whole);
        let mut builder = Builder { marker: &marker, blocks: Vec::new() };
        builder.changes(lines);
        builder.gap();
        builder.push(Kind::Quiet, 0, report::CREDIT);
        Self { name: name.to_owned(), record: None, leads_to, blocks: builder.blocks, timeline: None, files: None }
    }

    /// The files of a project, month by dataset.
    pub fn of_files(header: &Header, record: Record) -> Self {
        let marker = Marker::new("", LastWord::Whole);
        let mut builder = Builder { marker: &marker, blocks: Vec::new() };
        let list = FileList::new(header, &record);
        let latest = record.project.latest();
        let title = latest.and_then(|version| version.title.clone());
        let organisation = latest.map(|version| report::organisation_shown(&version.organisation).to_owned());
        for (number, name) in title.into_iter().chain(organisation).enumerate() {
            builder.push(if number == 0 { Kind::Title } else { Kind::Plain }, 0, name);
        }
        list.lines().into_iter().for_each(|line| builder.file_line(line));
        builder.gap();
        builder.push(Kind::Quiet, 0, report::CREDIT);
        Self {
            name: format!("Files of {}", record.project.reference),
            record: Some(record),
            leads_to: None,
            blocks: builder.blocks,
            timeline: None,
            files: Some(list),
        }
    }

    /// Draws the timeline for a width. The number of blocks stays.
    pub fn fit(&mut self, columns: u16) {
        let Some(timeline) = &self.timeline else { return };
        let lines = timeline.lines(usize::from(columns));
        for block in &mut self.blocks {
            if let Kind::Timeline(number) | Kind::Legend(number) = block.kind
                && let Some(line) = lines.get(number)
            {
                block.text = line.text(Characters::Unicode);
            }
        }
    }

    /// Whether it stands in two columns where there is room: what stands above them begins it then.
    pub fn has_columns(&self) -> bool {
        self.blocks.first().is_some_and(|block| block.column != Column::Across)
    }

    /// Leaves columns free before the paragraphs of the sections.
    pub fn set_margin(&mut self, columns: u16) {
        for block in self.blocks.iter_mut().filter(|block| matches!(block.kind, Kind::Paragraph(_))) {
            block.indent = columns;
        }
    }

    /// The concern of a number.
    pub fn concern(&self, number: usize) -> Option<&Concern> {
        self.record.as_ref()?.findings.concerns.get(number)
    }

    /// How many concerns there are.
    pub fn concerns(&self) -> usize {
        self.record.as_ref().map_or(0, |record| record.findings.concerns.len())
    }

    /// Where a paragraph of a section stands in the published file: the first statement that holds it.
    pub fn place_of(&self, section: Section, paragraph: &str) -> Option<&Place> {
        let latest = self.record.as_ref()?.project.latest()?;
        let holds = |text: &str| text::lines(text).any(|line| line == paragraph);
        let statements = latest.statements.iter();
        let holder = statements.clone().find(|statement| statement.sections.get(section).is_some_and(holds));
        let statement = holder.or_else(|| statements.clone().next())?;
        let own = latest.place_of(Field::Section(section));
        Some(if *own == latest.place { &statement.place } else { own })
    }
}

/// Blocks while they are being made.
struct Builder<'a> {
    marker: &'a Marker,
    blocks: Vec<Block>,
}

impl Builder<'_> {
    fn push(&mut self, kind: Kind, indent: u16, text: impl Into<String>) {
        let (label, text) = (String::new(), text.into());
        let (marks, edits, shared) = (Vec::new(), Vec::new(), Vec::new());
        let column = Column::default();
        self.blocks.push(Block { kind, column, indent, label, text, marks, edits, shared });
    }

    /// Puts words into the columns before the block that was made last.
    fn label(&mut self, label: &str) {
        if let Some(block) = self.blocks.last_mut() {
            label.clone_into(&mut block.label);
        }
    }

    fn marked(&mut self, kind: Kind, field: SearchField, text: &str) {
        self.push(kind, 0, text);
        if let Some(block) = self.blocks.last_mut() {
            block.marks = self.marker.mark(field, text);
        }
    }

    fn gap(&mut self) {
        self.push(Kind::Plain, 0, "");
    }

    fn heading(&mut self, text: impl Into<String>) {
        self.gap();
        self.push(Kind::Heading, 0, text);
    }

    fn head(&mut self, project: &ProjectReport) {
        let organisation = report::organisation_shown(&project.organisation);
        if let Some(title) = &project.title {
            self.marked(Kind::Title, SearchField::Title, title);
            self.marked(Kind::Plain, SearchField::Organisation, organisation);
        } else {
            self.marked(Kind::Title, SearchField::Organisation, organisation);
        }
        self.marked(Kind::Plain, SearchField::Reference, &project.reference);
        if project.wording == Wording::Summary {
            self.push(Kind::Quiet, 0, report::SUMMARY_NOTICE);
        }
    }

    fn file_line(&mut self, line: FileLine) {
        let (kind, indent) = match line.kind {
            FileLineKind::Heading => (Kind::Heading, 0),
            FileLineKind::Columns | FileLineKind::Rows(_) => (Kind::Quiet, files::COUNTS),
            FileLineKind::Month => (Kind::Title, 0),
            FileLineKind::Row(number) => (Kind::Files(number), files::COUNTS),
            FileLineKind::Note => (Kind::Quiet, 0),
        };
        if kind == Kind::Heading {
            self.gap();
        }
        self.push(kind, indent, line.text);
        self.label(&line.counts);
    }

    fn facts(&mut self, project: &ProjectReport) {
        self.heading("Facts");
        for fact in report::facts(project) {
            for (at, line) in text::lines(&fact.value).enumerate() {
                let marks = fact.searched.map(|field| self.marker.mark(field, line)).unwrap_or_default();
                self.push(Kind::Fact, LABEL, line);
                self.label(if at == 0 { fact.label } else { "" });
                if let Some(block) = self.blocks.last_mut() {
                    block.marks = marks;
                }
            }
            if let Some(beside) = fact.beside {
                self.push(Kind::Quiet, LABEL, format!("({beside})"));
            }
        }
    }

    /// The timeline, for whatever width: [`Document::fit`] draws it for the one that there is.
    fn timeline(&mut self, drawn: Option<&Timeline>) {
        let Some(drawn) = drawn else { return };
        self.heading("Timeline");
        for (number, line) in drawn.lines(usize::from(u16::MAX)).into_iter().enumerate() {
            let (kind, indent) = match line.kind {
                TimelineKind::Drawn => (Kind::Timeline(number), timeline::LABEL),
                TimelineKind::Legend => (Kind::Legend(number), 0),
                TimelineKind::Note => (Kind::Quiet, 0),
            };
            self.push(kind, indent, line.text(Characters::Unicode));
            self.label(&line.label);
        }
    }

    fn sections(&mut self, project: &ProjectReport, shared: &[Passage], marks: &MarksReport) {
        for section in Section::ALL {
            let Some(whole) = project.sections.get(section) else { continue };
            self.heading(match project.wording {
                Wording::Published => section.name().to_owned(),
                Wording::Summary => format!("{} ({})", section.name(), report::SUMMARY_NOTICE),
            });
            self.notes_on(marks, section);
            // Marked whole and then cut, so that a phrase over a line end is marked on both lines.
            let marks = self.marker.mark(SearchField::Section(section), whole);
            let passages = shared.iter().filter(|passage| passage.section == section);
            for line in text::line_ranges(whole) {
                let inside = marks.iter().filter_map(|mark| within(mark, &line)).collect();
                let shared = passages.clone().filter_map(|passage| within(&passage.range, &line)).collect();
                self.push(Kind::Paragraph(section), 0, &whole[line]);
                if let Some(block) = self.blocks.last_mut() {
                    (block.marks, block.shared) = (inside, shared);
                }
            }
        }
    }
}

/// A range of the whole as a range of a part of it.
fn within(range: &Range<usize>, part: &Range<usize>) -> Option<Range<usize>> {
    let (start, end) = (range.start.max(part.start), range.end.min(part.end));
    (start < end).then(|| start - part.start..end - part.start)
}
