//! Parts of the program that fail on purpose, so that tests see what a fault in each of them comes to. Only who starts the
//! program can ask for it, and it ends no program but that one.

use super::lock::Lock;
use super::message::{Answer, Job};
use super::worker::Desk;

/// A part of the program that can fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The thread that draws, once it is to draw anew.
    Screen,
    /// The thread that searches, at each search for something.
    Worker,
    /// The thread that reads the keyboard.
    Keyboard,
    /// The thread that waits for the signals that end the program.
    Signals,
    /// The thread that hears of changes of size, and that the program goes on after it was stopped.
    Changes,
    /// The thread that watches the connection.
    Connection,
    /// An import, while the index is built.
    Import,
}

/// The names of the parts.
pub const PARTS: [(&str, Part); 7] = [
    ("ui", Part::Screen),
    ("worker", Part::Worker),
    ("keyboard", Part::Keyboard),
    ("signals", Part::Signals),
    ("changes", Part::Changes),
    ("connection", Part::Connection),
    ("import", Part::Import),
];

/// Which part fails on purpose; none, unless said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Faulty(Option<Part>);

impl Faulty {
    /// The part of this name.
    pub fn named(name: Option<&str>) -> Self {
        Self(PARTS.into_iter().find(|(known, _)| Some(*known) == name).map(|(_, part)| part))
    }

    /// Fails, if it is this part that does.
    #[track_caller]
    pub fn here(self, part: Part) {
        assert!(self.0 != Some(part), "on purpose, as --test-panic says");
    }

    /// A desk that fails where the worker is to.
    pub fn desk<D: Desk>(self, desk: D) -> impl Desk {
        FaultyDesk { faulty: self, desk }
    }
}

/// A desk that can fail.
struct FaultyDesk<D> {
    faulty: Faulty,
    desk: D,
}

impl<D: Desk> Desk for FaultyDesk<D> {
    fn work(&self, job: &Job, cancelled: &dyn Fn() -> bool) -> Option<Answer> {
        // Not where all is found, with which home opens.
        if matches!(job, Job::Find { request, .. } if !request.query.is_empty()) {
            self.faulty.here(Part::Worker);
        }
        self.desk.work(job, cancelled)
    }

    fn lock(&self) -> Lock {
        self.desk.lock()
    }
}
