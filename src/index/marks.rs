//! What a person has marked for themselves, by project: bookmarks, tags, notes and a collection. Plain data: the library
//! keeps it, and it is laid over an edition so that it can be asked for.
//!
//! A note keeps a mark of the text that it was made on, so that it can say later whether that reads the same.

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::changes::without_typography;
use crate::register::{Date, Edition, Project, Section, Wording, plain_reference};
use crate::text::words;

/// The longest note, in characters.
const LONGEST_NOTE: usize = 2_000;

/// The longest tag, in characters.
const LONGEST_TAG: usize = 40;

/// The most notes, and the most tags, of one project.
const MOST_NOTES: usize = 100;
const MOST_TAGS: usize = 30;

/// All that a person has marked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marks {
    /// By project; those are there that have a mark.
    pub projects: Vec<ProjectMarks>,
}

/// What a person has marked of one project.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectMarks {
    /// The project's stem reference.
    pub reference: String,
    /// Since when it is bookmarked, if it is.
    pub bookmarked: Option<Date>,
    /// Its tags, as they were typed, each once.
    pub tags: Vec<Tag>,
    /// Its notes, oldest first.
    pub notes: Vec<Note>,
    /// Its place in the collection, if it is in there.
    pub collected: Option<Collected>,
}

/// The place of a project in the collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collected {
    /// A number that is higher than those of all that were put in before.
    pub place: u64,
    /// When it was put in.
    pub date: Date,
}

/// A word under which a person keeps projects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Tag(String);

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

/// What of it a query asks for, in the order in which a list shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mine {
    /// It is bookmarked.
    Bookmarked,
    /// It has a note.
    Noted,
    /// It is in the collection.
    Collected,
    /// It has a tag.
    Tagged,
    /// The text below a note reads otherwise now.
    Changed,
}

/// Why something cannot be marked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoMark {
    /// A note that says nothing.
    #[error("the note says nothing")]
    EmptyNote,
    /// A note that is too long.
    #[error("the note has {0} characters; it can have {LONGEST_NOTE}")]
    LongNote(usize),
    /// A project with too many notes.
    #[error("the project has {MOST_NOTES} notes, and no more are kept; remove one first")]
    ManyNotes,
    /// What is no tag.
    #[error("\"{0}\" is no tag: one word of letters, figures, - and _, such as to-check")]
    NoTag(String),
    /// A tag that is too long.
    #[error("the tag has {0} characters; it can have {LONGEST_TAG}")]
    LongTag(usize),
    /// A project with too many tags.
    #[error("these are {0} tags; a project can have {MOST_TAGS}")]
    ManyTags(usize),
}

impl Tag {
    /// A tag, without the sign that is often written before one.
    ///
    /// # Errors
    /// Where it is no word, or too long.
    pub fn new(text: &str) -> Result<Self, NoMark> {
        let text = text.trim();
        let tag = text.strip_prefix('#').unwrap_or(text);
        let length = tag.chars().count();
        if length > LONGEST_TAG {
            return Err(NoMark::LongTag(length));
        }
        let is_plain = tag.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_'));
        if !is_plain || tag.starts_with('-') || words(tag).next().is_none() {
            return Err(NoMark::NoTag(text.to_owned()));
        }
        Ok(Self(tag.to_owned()))
    }

    /// Several, with blanks between them; each once, as it was typed first.
    ///
    /// # Errors
    /// Where one is none, or they are too many.
    pub fn several(text: &str) -> Result<Vec<Self>, NoMark> {
        let mut tags: Vec<Self> = Vec::new();
        for word in text.split_whitespace() {
            let tag = Self::new(word)?;
            if tags.iter().all(|known| !known.is_as(&tag)) {
                tags.push(tag);
            }
        }
        if tags.len() > MOST_TAGS { Err(NoMark::ManyTags(tags.len())) } else { Ok(tags) }
    }

    /// As it was typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether both are one tag: case and accents make no difference.
    pub fn is_as(&self, other: &Self) -> bool {
        self.folded() == other.folded()
    }

    /// Its words, folded, as a query asks for them.
    pub fn folded(&self) -> String {
        folded(&self.0)
    }
}

/// The folded words of a tag as it is written in a query.
pub(super) fn folded(tag: &str) -> String {
    words(tag).map(|word| word.folded).collect::<Vec<_>>().join(" ")
}

impl TryFrom<String> for Tag {
    type Error = NoMark;

    fn try_from(text: String) -> Result<Self, NoMark> {
        Self::new(&text)
    }
}

impl From<Tag> for String {
    fn from(tag: Tag) -> Self {
        tag.0
    }
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

impl ProjectMarks {
    /// Whether nothing of the project is marked.
    pub fn is_empty(&self) -> bool {
        self.bookmarked.is_none() && self.tags.is_empty() && self.notes.is_empty() && self.collected.is_none()
    }

    /// Adds a note.
    ///
    /// # Errors
    /// Where there are too many.
    pub fn add_note(&mut self, note: Note) -> Result<(), NoMark> {
        if self.notes.len() >= MOST_NOTES {
            return Err(NoMark::ManyNotes);
        }
        self.notes.push(note);
        Ok(())
    }

    /// Adds tags to those that are there.
    ///
    /// # Errors
    /// Where they are too many.
    pub fn add_tags(&mut self, tags: Vec<Tag>) -> Result<(), NoMark> {
        let new = tags.into_iter().filter(|tag| self.tags.iter().all(|known| !known.is_as(tag)));
        let all: Vec<Tag> = self.tags.iter().cloned().chain(new).collect();
        if all.len() > MOST_TAGS {
            return Err(NoMark::ManyTags(all.len()));
        }
        self.tags = all;
        Ok(())
    }

    /// Its tags on one line, as they can be typed.
    pub fn tags_told(&self) -> String {
        self.tags.iter().map(Tag::as_str).collect::<Vec<_>>().join(" ")
    }

    /// What of it stands in a list, each with its sign.
    pub fn signs(&self) -> String {
        Mine::ALL.into_iter().filter(|mine| self.is(*mine)).filter_map(Mine::sign).collect()
    }

    /// Whether it is marked so, as far as the marks alone tell.
    pub(super) fn is(&self, mine: Mine) -> bool {
        match mine {
            Mine::Bookmarked => self.bookmarked.is_some(),
            Mine::Noted => !self.notes.is_empty(),
            Mine::Collected => self.collected.is_some(),
            Mine::Tagged => !self.tags.is_empty(),
            Mine::Changed => false,
        }
    }
}

impl Mine {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Bookmarked, Self::Noted, Self::Collected, Self::Tagged, Self::Changed];

    /// How it is written in a query: `mine:bookmarked`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Bookmarked => "bookmarked",
            Self::Noted => "noted",
            Self::Collected => "collected",
            Self::Tagged => "tagged",
            Self::Changed => "changed",
        }
    }

    /// The letter that stands for it in a list.
    fn sign(self) -> Option<char> {
        match self {
            Self::Bookmarked => Some('B'),
            Self::Noted => Some('N'),
            Self::Collected => Some('C'),
            Self::Tagged => Some('T'),
            Self::Changed => None,
        }
    }
}

impl Marks {
    /// What is marked of a project, by any spelling of its stem reference.
    pub fn of(&self, reference: &str) -> Option<&ProjectMarks> {
        let wanted = plain_reference(reference);
        self.projects.iter().find(|marks| plain_reference(&marks.reference) == wanted)
    }

    /// Changes what is marked of a project; what holds no mark any more is gone.
    ///
    /// # Errors
    /// What the change says. Nothing is changed then.
    pub fn change<T, E>(
        &mut self,
        reference: &str,
        change: impl FnOnce(&mut ProjectMarks) -> Result<T, E>,
    ) -> Result<T, E> {
        let known = self.of(reference).cloned();
        let mut marks =
            known.unwrap_or_else(|| ProjectMarks { reference: reference.to_owned(), ..ProjectMarks::default() });
        let done = change(&mut marks)?;
        let plain = plain_reference(reference);
        let at = self.projects.iter().position(|known| plain_reference(&known.reference) == plain);
        match at {
            Some(at) if marks.is_empty() => {
                self.projects.remove(at);
            }
            Some(at) => self.projects[at] = marks,
            None if marks.is_empty() => {}
            None => self.projects.push(marks),
        }
        Ok(done)
    }

    /// The place of what is put into the collection next.
    pub fn next_place(&self) -> u64 {
        self.projects.iter().filter_map(|marks| marks.collected).map(|collected| collected.place + 1).max().unwrap_or(1)
    }

    /// The collection, in the order in which it was put together.
    pub fn collection(&self) -> Vec<&ProjectMarks> {
        let mut collected: Vec<(u64, &ProjectMarks)> =
            self.projects.iter().filter_map(|marks| Some((marks.collected?.place, marks))).collect();
        collected.sort_by_key(|(place, _)| *place);
        collected.into_iter().map(|(_, marks)| marks).collect()
    }
}

#[cfg(test)]
mod tests {
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
    fn tags_are_plain_words_and_each_is_there_once() {
        let tags = Tag::several("  Money #to-check money MONEY caf\u{e9}_2 ").unwrap();
        assert_eq!(tags.iter().map(Tag::as_str).collect::<Vec<_>>(), ["Money", "to-check", "caf\u{e9}_2"]);
        assert_eq!(tags[2].folded(), "cafe 2");
        for text in ["", "-", "--x", "a\"b", "a:b", "(a)", "a\u{202e}b", "a\u{1b}[31m", "__"] {
            assert!(matches!(Tag::new(text), Err(NoMark::NoTag(_))), "{text:?}");
        }
        assert_eq!(Tag::new(&"x".repeat(41)), Err(NoMark::LongTag(41)));
        let many: Vec<String> = (0..31).map(|number| format!("t{number}")).collect();
        assert_eq!(Tag::several(&many.join(" ")), Err(NoMark::ManyTags(31)));
        let mut marks = ProjectMarks::default();
        marks.add_tags(Tag::several(&many[..30].join(" ")).unwrap()).unwrap();
        assert_eq!(marks.add_tags(vec![Tag::new("T1").unwrap()]), Ok(()));
        assert_eq!(marks.add_tags(vec![Tag::new("more").unwrap()]), Err(NoMark::ManyTags(31)));
    }

    #[test]
    fn notes_have_bounds() {
        assert_eq!(NoteText::new("a\u{2028}b \t c").unwrap().as_str(), "a b c");
        assert_eq!(NoteText::new(" \n"), Err(NoMark::EmptyNote));
        assert_eq!(NoteText::new(&"x".repeat(2_001)), Err(NoMark::LongNote(2_001)));
        let mut marks = ProjectMarks::default();
        for _ in 0..100 {
            marks.add_note(note(None)).unwrap();
        }
        assert_eq!(marks.add_note(note(None)), Err(NoMark::ManyNotes));
    }

    #[test]
    fn the_collection_keeps_its_order_and_what_holds_nothing_is_gone() {
        let mut marks = Marks::default();
        let date = Date::day(2026, 11, 24).unwrap();
        let set = |marks: &mut Marks, reference: &str, collected| {
            let change = |one: &mut ProjectMarks| {
                one.collected = collected;
                Ok::<(), NoMark>(())
            };
            marks.change(reference, change).unwrap();
        };
        for reference in ["NIC-2", "NIC-1", "NIC-3"] {
            let place = marks.next_place();
            set(&mut marks, reference, Some(Collected { place, date }));
        }
        set(&mut marks, "dars-nic-1", None);
        let order = |marks: &Marks| marks.collection().iter().map(|one| one.reference.clone()).collect::<Vec<_>>();
        assert_eq!((order(&marks), marks.projects.len()), (vec!["NIC-2".to_owned(), "NIC-3".to_owned()], 2));
        let refused: Result<(), NoMark> = marks.change("NIC-2", |one| {
            one.collected = None;
            Err(NoMark::EmptyNote)
        });
        assert!(refused.is_err() && order(&marks).len() == 2, "a change that is refused changes nothing");
    }
}
