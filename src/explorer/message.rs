//! What happens to the explorer, and what it asks for.

use crossterm::event::KeyEvent;
use ratatui::layout::Position;

use crate::concerns::Concern;
use crate::index::marks::Note;
use crate::index::{Facet, Found, Header, Hint, ProjectId, Request, Row, Snippet, Sort};
use crate::library::{Elsewhere, SearchName};

use crate::register::{Date, Section};
use crate::report::dossier::Quoted;

use super::document::{Document, Subject};
use super::help::Example;
use super::sheet::Sheet;
use super::state::View;

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// A key was pressed.
    Key(KeyEvent),
    /// Text was pasted into the search line.
    Paste(String),
    /// The mouse was used; it is listened to only where one has asked for that.
    Pointed(Pointed),
    /// The screen has a new size, in columns and rows.
    Resized(u16, u16),
    /// The worker has answered.
    Answer(Answer),
    /// The program goes on after it was stopped.
    Resumed,
    /// The program must end because of a signal, by its number.
    Terminate(i32),
    /// A thread that the explorer cannot do without has failed.
    Fault,
}

/// What was done with the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pointed {
    /// Where on the screen.
    pub at: Position,
    /// What.
    pub gesture: Gesture,
}

/// What can be done with a mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gesture {
    /// Its left button was pressed.
    Click,
    /// Its wheel was turned up.
    Up,
    /// Its wheel was turned down.
    Down,
}

/// What the worker answers.
#[derive(Debug, Clone)]
pub enum Answer {
    /// A search is done.
    Found {
        /// The number of the request.
        asked: u64,
        /// What was found.
        found: Found,
        /// The first of it.
        rows: Rows,
    },
    /// What is to be said beside what was found is known.
    Hints {
        /// The number of the search that it is of.
        asked: u64,
        /// What is said.
        hints: Vec<Hint>,
    },
    /// What the other editions have is known.
    Elsewhere {
        /// The number of the search that it is of.
        asked: u64,
        /// What they have.
        elsewhere: Elsewhere,
    },
    /// What is found was counted by value.
    Facets {
        /// The number of the search that it is of.
        asked: u64,
        /// The facets.
        facets: Vec<Facet>,
    },
    /// Rows of the list were read.
    Rows {
        /// The number of the search that they are of.
        asked: u64,
        /// The rows.
        rows: Rows,
    },
    /// A project, or a change, was read.
    Opened {
        /// The number of the search whose matches are marked in it.
        asked: u64,
        /// What it is about.
        subject: Subject,
        /// What is shown of it.
        document: Box<Document>,
    },
    /// What other editions say lies over this one now.
    LaidOver {
        /// What is said of the edition as a whole, with that.
        header: Box<Header>,
    },
    /// A list of another view.
    Sheet {
        /// Of which view.
        view: View,
        /// The list.
        sheet: Sheet,
    },
    /// The files of the edition were counted by month: home can show them.
    Months,
    /// What the help's examples find was counted.
    Examples {
        /// The examples.
        examples: Vec<Example>,
    },
    /// Another edition is open.
    Switched {
        /// What is said of it as a whole.
        header: Box<Header>,
    },
    /// A concern was dismissed or brought back, and that is kept.
    Judged {
        /// What was asked for.
        of: Job,
        /// What is said of the edition as a whole, with that.
        header: Box<Header>,
        /// What was done, in a sentence.
        notice: String,
    },
    /// What was to be marked is marked, and that is kept.
    Marked {
        /// What was asked for.
        of: Job,
        /// What is said of the edition as a whole, with that.
        header: Box<Header>,
        /// What was done, in a sentence.
        notice: String,
    },
    /// The queries that were taken in earlier runs.
    Queries {
        /// Each once, the newest last.
        queries: Vec<String>,
        /// Why they cannot be read, in a sentence.
        notice: Option<String>,
    },
    /// What was to be kept is kept.
    Kept {
        /// What was done, in a sentence, where there is something to say.
        notice: Option<String>,
    },
    /// A piece of work failed.
    Failed {
        /// Which.
        of: Job,
        /// What went wrong, in a sentence.
        message: String,
    },
}

/// Consecutive rows of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    /// Place of the first one in the results.
    pub from: usize,
    /// Columns that a row has: passages are cut for them.
    pub columns: u16,
    /// The rows.
    pub rows: Vec<Listed>,
}

/// A project as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// What the index keeps for lists.
    pub row: Row,
    /// The passage that matters most, if the query has words.
    pub snippet: Option<Snippet>,
}

/// Work for the worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Job {
    /// Search.
    Find {
        /// The number of the request; the highest is the newest.
        asked: u64,
        /// What to find.
        request: Request,
        /// How many rows of the result to read at once.
        rows: usize,
        /// Columns that a row has.
        columns: u16,
    },
    /// Work out what is to be said beside what was found.
    Hints {
        /// The number of the search that it is of.
        asked: u64,
        /// What was asked for.
        request: Request,
        /// How many projects were found.
        found: usize,
    },
    /// Look what the other editions have, where this one has nothing.
    Elsewhere {
        /// The number of the search that it is of.
        asked: u64,
        /// What was asked for.
        request: Request,
    },
    /// Count what is found by value.
    Facets {
        /// The number of the search that it is of.
        asked: u64,
        /// What is found.
        request: Request,
        /// What that is, where it is known already.
        found: Option<Vec<ProjectId>>,
    },
    /// Read rows of the list.
    Rows {
        /// The number of the search that they are of.
        asked: u64,
        /// Place of the first one in the results.
        from: usize,
        /// The projects.
        projects: Vec<ProjectId>,
        /// The query whose matches are shown.
        request: Request,
        /// Columns that a row has.
        columns: u16,
    },
    /// Read a project, or a change.
    Open {
        /// The number of the search that its marks are of.
        asked: u64,
        /// What to read.
        subject: Subject,
        /// The query whose matches are marked.
        request: Request,
    },
    /// Work out what other editions say of this one.
    LayOver,
    /// Dismiss a finding of a project, or bring it back.
    Judge {
        /// The project.
        project: ProjectId,
        /// The finding as it was read.
        concern: Box<Concern>,
        /// What becomes of it.
        verdict: Verdict,
    },
    /// Mark a project for the user.
    Mark {
        /// The project.
        project: ProjectId,
        /// How.
        marking: Marking,
        /// Today, where that is known.
        date: Option<Date>,
    },
    /// Make the list of a view that is not that of projects.
    Sheet(View),
    /// Count the files of the edition by month.
    Months,
    /// Count what the help's examples find.
    Examples,
    /// Open another edition, by its name.
    Switch(String),
    /// Read the queries that were taken in earlier runs.
    Queries,
    /// Keep something in the person's own folder.
    Keep(Keep),
    /// Write a dossier.
    Export {
        /// What of.
        dossier: Dossier,
        /// The file, as it was typed.
        path: String,
        /// Today, where that is known.
        date: Option<Date>,
    },
}

/// What a dossier is to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dossier {
    /// The projects.
    pub projects: Vec<ProjectId>,
    /// The query that finds them.
    pub query: String,
    /// Which of their words are quoted.
    pub quoted: Quoted,
}

/// What is to be kept in the person's own folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keep {
    /// A query that was taken.
    Query(String),
    /// A search under a name.
    Search {
        /// The name.
        name: SearchName,
        /// The query as written.
        query: String,
        /// In which order its projects come.
        sort: Sort,
    },
    /// That a saved search is looked at.
    Visit {
        /// Its name.
        name: String,
    },
    /// That a saved search is no longer wanted.
    Removal {
        /// Its name.
        name: String,
    },
}

/// How a project is marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Marking {
    /// It gets a bookmark, or loses the one it has.
    Bookmark,
    /// It goes into the collection, or out of it.
    Collect,
    /// It has these tags and no others.
    Tags(String),
    /// It has a note.
    Note {
        /// The section that it is on; the project as a whole where there is none.
        on: Option<Section>,
        /// The note in whose place it comes, if it is not a new one.
        before: Option<Box<Note>>,
        /// What it says; nothing where the one before is to be removed.
        text: String,
    },
}

/// What becomes of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is dismissed.
    Dismiss {
        /// Why.
        reason: String,
        /// Today, where that is known.
        date: Option<Date>,
    },
    /// It counts again.
    Restore,
}

/// What the explorer asks of the world outside it.
#[derive(Debug, PartialEq, Eq)]
pub enum Effect {
    /// Give work to the worker.
    Work(Job),
    /// Send text to the clipboard of the user's terminal.
    Copy(String),
    /// Tell pasted text from typed text, or stop doing so.
    Pasting(bool),
    /// Draw everything anew.
    Repaint,
    /// Take the terminal again, which others have used meanwhile, and draw everything anew.
    Retake,
    /// Stop the program until the shell lets it go on.
    Suspend,
}

/// How the explorer ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The user quit.
    Quit,
    /// A signal ended it, by its number.
    Signal(i32),
    /// A fault in the program ended it.
    Fault,
}
