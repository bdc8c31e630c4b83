//! What a person has marked for themselves, by project: bookmarks, tags, notes and a collection. Plain data: the library
//! keeps it, and it is laid over an edition so that it can be asked for.
//!
//! A note keeps a mark of the text that it was made on, so that it can say later whether that reads the same.

mod note;
mod tag;

use serde::{Deserialize, Serialize};

use note::LONGEST_NOTE;
pub use note::{Became, Below, Note, NoteStanding, NoteText, TextMark};
use tag::LONGEST_TAG;
pub use tag::Tag;
pub(super) use tag::folded;

use crate::register::{Date, plain_reference};

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
