//! A note on a project, and whether the text that it was made on still reads the same.

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::NoMark;
use crate::changes::without_typography;
use crate::register::{Date, Edition, Project, Section, Wording};

/// The longest note, in characters.
pub(super) const LONGEST_NOTE: usize = 2_000;

/// What a note says, on one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NoteText(String);

/// A note on a project, or on a section of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What it says.
    pub text: NoteText,
    /// When it was written.
    pub date: Date,
    /// The section that it is on; the project as a whole where there is none.
    pub on: Option<Section>,
    /// The edition in which that was read.
    pub edition: String,
    /// The month of that edition, where it has one.
    pub edition_date: Option<Date>,
    /// Whose words its sections are.
    pub wording: Wording,
    /// The text below the note as it was then: of its section, or of all.
    pub below: Vec<Below>,
}

/// A section below a note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Below {
    /// Which.
    pub section: Section,
    /// A mark of its text; absent where none was published.
    pub text: Option<TextMark>,
}

/// A mark of a text: of its letters, and of its words whatever their typography. Texts are the same where one of the two is,
/// so that another version of the program, which takes other signs for typography, takes no equal texts for different ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextMark {
    letters: String,
    words: String,
}

/// How the text below a note reads in an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoteStanding {
    /// As it did.
    Same,
    /// Otherwise: these sections.
    Changed(Vec<(Section, Became)>),
    /// One of the two editions holds summaries: they cannot be compared.
    NotCompared,
}

/// What became of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Became {
    /// It reads otherwise.
    Changed,
    /// It is no longer published.
    Removed,
    /// It was not published before.
    Published,
}

impl NoteText {
    /// A text on one line, without the white space around it.
    ///
    /// # Errors
    /// Where it says nothing, or too much.
    pub fn new(text: &str) -> Result<Self, NoMark> {
        let note = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match note.chars().count() {
            0 => Err(NoMark::EmptyNote),
            length if length > LONGEST_NOTE => Err(NoMark::LongNote(length)),
            _ => Ok(Self(note)),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for NoteText {
    type Error = NoMark;

    fn try_from(text: String) -> Result<Self, NoMark> {
        Self::new(&text)
    }
}

impl From<NoteText> for String {
    fn from(text: NoteText) -> Self {
        text.0
    }
}

impl TextMark {
    fn of(text: &str) -> Self {
        let mark = |text: &str| format!("{:016x}", xxh3_64(text.as_bytes()));
        Self { letters: mark(text), words: mark(&without_typography(text)) }
    }

    fn is_of_the_same(&self, other: &Self) -> bool {
        self.letters == other.letters || self.words == other.words
    }
}

/// What of a project's latest version stands below a note.
fn below(on: Option<Section>, project: &Project) -> Vec<Below> {
    let latest = project.latest();
    let sections = Section::ALL.into_iter().filter(|section| on.is_none_or(|on| on == *section));
    let text = |section| latest.and_then(|version| version.section(section)).map(|text| TextMark::of(&text));
    sections.map(|section| Below { section, text: text(section) }).collect()
}

impl Note {
    /// A note on a project, or on a section of it, as an edition has it.
    pub fn new(text: NoteText, on: Option<Section>, date: Date, project: &Project, edition: &Edition) -> Self {
        Self {
            text,
            date,
            on,
            edition: edition.slug.clone(),
            edition_date: edition.date,
            wording: edition.wording,
            below: below(on, project),
        }
    }

    /// How the text below it reads in an edition.
    pub fn standing(&self, project: &Project, edition: &Edition) -> NoteStanding {
        if self.wording != edition.wording {
            return NoteStanding::NotCompared;
        }
        let now = below(self.on, project);
        let changes = self.below.iter().filter_map(|before| {
            let after = now.iter().find(|after| after.section == before.section)?;
            let became = match (&before.text, &after.text) {
                (Some(before), Some(after)) if !before.is_of_the_same(after) => Became::Changed,
                (Some(_), None) => Became::Removed,
                (None, Some(_)) => Became::Published,
                _ => return None,
            };
            Some((before.section, became))
        });
        let changes: Vec<_> = changes.collect();
        if changes.is_empty() { NoteStanding::Same } else { NoteStanding::Changed(changes) }
    }

    /// Whether the text below it reads otherwise in an edition.
    pub fn has_changed(&self, project: &Project, edition: &Edition) -> bool {
        matches!(self.standing(project, edition), NoteStanding::Changed(_))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{MOST_NOTES, ProjectMarks};
    use super::*;
    use crate::register::{Place, Sections, Statement, Version};

    fn project(objectives: Option<&str>, outputs: Option<&str>) -> Project {
        let mut version = Version::new("NIC-1-v1.0", "A trust", Place::line(0, 1));
        let mut sections = Sections::default();
        sections.set(Section::Objectives, objectives.map(str::to_owned));
        sections.set(Section::Outputs, outputs.map(str::to_owned));
        version.statements.push(Statement { sections, place: Place::line(0, 2) });
        Project { reference: "NIC-1".to_owned(), versions: vec![version] }
    }

    fn edition(slug: &str) -> Edition {
        Edition { slug: slug.to_owned(), date: slug.parse().ok(), ..Edition::default() }
    }

    fn note(on: Option<Section>) -> Note {
        let date = Date::day(2026, 11, 24).unwrap();
        let text = NoteText::new(" ask\nthem ").unwrap();
        Note::new(text, on, date, &project(Some("It counts the beds."), None), &edition("2026-08"))
    }

    #[test]
    fn a_note_tells_what_of_the_text_below_it_changed() {
        let (whole, on) = (note(None), note(Some(Section::Objectives)));
        let stands = |note: &Note, project: &Project| note.standing(project, &edition("2026-09"));
        // Typography is no change.
        let same = project(Some("It counts  the BEDS ."), None);
        assert_eq!((stands(&whole, &same), stands(&on, &same)), (NoteStanding::Same, NoteStanding::Same));
        let changed = project(Some("It counts the days."), Some("A report."));
        let objectives = (Section::Objectives, Became::Changed);
        assert_eq!(
            stands(&whole, &changed),
            NoteStanding::Changed(vec![objectives, (Section::Outputs, Became::Published)])
        );
        assert_eq!(stands(&on, &changed), NoteStanding::Changed(vec![objectives]));
        let removed = project(None, None);
        assert_eq!(stands(&on, &removed), NoteStanding::Changed(vec![(Section::Objectives, Became::Removed)]));
        let summary = Edition { wording: Wording::Summary, ..edition("sample") };
        assert_eq!(on.standing(&changed, &summary), NoteStanding::NotCompared);
    }

    #[test]
    fn notes_have_bounds() {
        assert_eq!(NoteText::new("a\u{2028}b \t c").unwrap().as_str(), "a b c");
        assert_eq!(NoteText::new(" \n"), Err(NoMark::EmptyNote));
        assert_eq!(NoteText::new(&"x".repeat(2_001)), Err(NoMark::LongNote(2_001)));
        let mut marks = ProjectMarks::default();
        for _ in 0..MOST_NOTES {
            marks.add_note(note(None)).unwrap();
        }
        assert_eq!(marks.add_note(note(None)), Err(NoMark::ManyNotes));
    }
}
