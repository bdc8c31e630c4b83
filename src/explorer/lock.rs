//! Locked mode: what the explorer offers on an account that strangers log in to. It is made of what is allowed: whoever adds an
//! action, or a kind of work, says here whether locked mode has it, and the compiler asks for that.
//!
//! The table is asked by the keys, the footer, the list of actions and the help, so that what is not allowed is nowhere; and
//! again before an action is done, and before a piece of work is, so that no way leads around it. What the kernel refuses beside
//! is another part's ([`crate::locked`]).

use super::actions::{Action, ActionEntry};
use super::message::{Job, Keep};

/// Whether the explorer is locked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Lock {
    /// It is a person's own: everything is there.
    #[default]
    Open,
    /// It is locked: it reads, and does nothing else.
    Locked,
}

impl Lock {
    /// Whether an action is there.
    pub fn has(self, action: Action) -> bool {
        match self {
            Self::Open => true,
            Self::Locked => is_allowed(action),
        }
    }

    /// Whether a piece of work is done.
    pub(super) fn does(self, job: &Job) -> bool {
        match self {
            Self::Open => true,
            Self::Locked => is_allowed_work(job),
        }
    }

    /// What an action does, in one sentence: of one that does several things, those that are there.
    pub fn help(self, entry: &ActionEntry) -> &'static str {
        match (self, entry.action) {
            (Self::Locked, Action::Home) => "Go home: the edition in figures, and where to begin.",
            (Self::Locked, Action::TakeAnswer) => "Take what you typed: keep to the names.",
            (Self::Locked, Action::LeaveAnswer) => "Leave the list whole.",
            (Self::Locked, Action::Theme) => "Draw in the colours of the next theme, until you quit.",
            _ => entry.help,
        }
    }

    /// What is said of an example of the query language: without the fields that ask for what a person keeps.
    pub(super) fn about(self, example: &'static str) -> &'static str {
        match self {
            Self::Open => example,
            Self::Locked => example.strip_suffix(OWN_FIELDS).unwrap_or(example),
        }
    }
}

/// The fields of what a person keeps, as an example names them.
const OWN_FIELDS: &str = " mine: tag:";

/// What locked mode has: searching, reading, every view, and what is sent to the reader's own terminal.
#[rustfmt::skip]
fn is_allowed(action: Action) -> bool {
    match action {
        // Searching. What was searched for is known until one quits, and kept nowhere.
        Action::Search | Action::Finish | Action::Leave | Action::Sort | Action::Facets | Action::Exclude
        | Action::OlderQuery | Action::NewerQuery | Action::Complete | Action::NextMatch | Action::PreviousMatch
        // Moving.
        | Action::Open | Action::Back | Action::OtherPane | Action::Down | Action::Up | Action::PageDown | Action::PageUp
        | Action::HalfDown | Action::HalfUp | Action::Top | Action::Bottom | Action::OpenCell | Action::LeaveGrid
        | Action::ColumnLeft | Action::ColumnRight | Action::ColumnsLeft | Action::ColumnsRight
        // Reading. A citation goes to the clipboard of the reader's own terminal.
        | Action::NextSection | Action::PreviousSection | Action::NextConcern | Action::PreviousConcern | Action::Evidence
        | Action::Cite | Action::History | Action::Files | Action::Words | Action::Glossary
        // The views, of any edition in the library.
        | Action::Home | Action::Projects | Action::Organisations | Action::Datasets | Action::Concerns | Action::Unsure
        | Action::Changes | Action::Editions | Action::Grid | Action::Counted | Action::Narrow
        // What is typed where something is asked for: here that is the names to keep to.
        | Action::TakeAnswer | Action::LeaveAnswer
        // The program.
        | Action::Help | Action::Redraw | Action::Quit | Action::Palette | Action::DoAction | Action::LeavePalette
        | Action::Theme => true,
        // What is kept for a person: here everyone is the same one.
        Action::Dismiss | Action::Bookmark | Action::Note | Action::NextNote | Action::Tags | Action::Collect
        | Action::Searches | Action::SaveSearch | Action::RemoveSearch
        // What is written to a file.
        | Action::Export
        // What hands the terminal to another program.
        | Action::Suspend => false,
    }
}

/// The work that is done in locked mode.
#[rustfmt::skip]
fn is_allowed_work(job: &Job) -> bool {
    match job {
        Job::Find { .. } | Job::Facets { .. } | Job::Rows { .. } | Job::Open { .. } | Job::Hints { .. }
        | Job::Elsewhere { .. } | Job::LayOver | Job::Sheet(_) | Job::Months | Job::Examples | Job::Switch(_)
        // Both come by themselves. Where a person has no folder, there are no earlier queries, and none is kept.
        | Job::Queries | Job::Keep(Keep::Query(_)) => true,
        Job::Keep(Keep::Search { .. } | Keep::Visit { .. } | Keep::Removal { .. }) | Job::Judge { .. } | Job::Mark { .. }
        | Job::Export { .. } => false,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::explorer::actions::{ACTIONS, Place};
    use crate::explorer::desk::IndexDesk;
    use crate::explorer::help::LANGUAGE;
    use crate::explorer::keymap::Keymap;
    use crate::explorer::message::{Answer, Dossier, Marking, Verdict};
    use crate::explorer::worker::Desk;
    use crate::index::Sort;
    use crate::library::{Edition, Judging, Own, SearchName};
    use crate::report::dossier::Quoted;

    #[test]
    fn no_key_does_what_is_not_there() {
        let locked = Keymap::built_in().under(Lock::Locked);
        let mut gone = 0;
        for entry in &ACTIONS {
            for chord in entry.chords {
                for place in Place::ALL {
                    let does = locked.action_for(*place, *chord);
                    assert!(does.is_none_or(|action| Lock::Locked.has(action)), "{} by {chord}", entry.name);
                    // Whoever presses it is told why nothing happens.
                    let is_taken = does.is_none() && Keymap::built_in().action_for(*place, *chord).is_some();
                    assert_eq!(locked.is_locked_away(*place, *chord), is_taken, "{} by {chord}", entry.name);
                    gone += usize::from(does != Keymap::built_in().action_for(*place, *chord));
                }
            }
        }
        assert!(gone > 20);
        assert!(locked.of(Action::Export).is_empty() && !locked.of(Action::Cite).is_empty());
    }

    #[test]
    fn the_help_speaks_of_nothing_that_a_person_keeps() {
        let about = |lock: Lock| LANGUAGE.map(|(_, about)| lock.about(about)).concat();
        assert!(about(Lock::Open).contains("mine:") && about(Lock::Open).contains("tag:"));
        assert!(!about(Lock::Locked).contains("mine:") && !about(Lock::Locked).contains("tag:"));
        assert!(about(Lock::Locked).contains("severity:"));
    }

    #[test]
    fn no_work_is_done_that_is_not_there_whoever_asks_for_it() {
        let index = Arc::new(Edition::sample().unwrap().index);
        let project = index.search(&crate::index::Request::default(), &|| false).unwrap().projects[0];
        let concern = Box::new(index.record(project).unwrap().findings.concerns[0].clone());
        let folder = tempfile::tempdir().unwrap();
        let own = Some(Own::at(folder.path().join("own")));
        let date = crate::register::Date::day(2026, 11, 24);
        let name = || SearchName::new("mine").unwrap();
        let search = |name| Keep::Search { name, query: "dementia".to_owned(), sort: Sort::Relevance };
        let dossier = Dossier { projects: vec![project], query: String::new(), quoted: Quoted::None };
        let jobs = [
            Job::Judge { project, concern, verdict: Verdict::Dismiss { reason: "mine".to_owned(), date } },
            Job::Mark { project, marking: Marking::Bookmark, date },
            Job::Keep(search(name())),
            Job::Keep(Keep::Visit { name: "mine".to_owned() }),
            Job::Keep(Keep::Removal { name: "mine".to_owned() }),
            Job::Export { dossier, path: "mine.md".to_owned(), date },
        ];
        // Even where there is a folder of one's own, and one to write into.
        let desk = |lock| {
            let mut judging = Judging::default();
            judging.own.clone_from(&own);
            let desk = IndexDesk::new(Arc::clone(&index)).judging(judging);
            desk.saving_to(Some(folder.path().to_owned())).under(lock)
        };
        let locked = desk(Lock::Locked);
        for job in &jobs {
            let answer = locked.work(job, &|| false);
            assert!(
                matches!(answer, Some(Answer::Failed { ref message, .. }) if message.contains("locked mode")),
                "{job:?}"
            );
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        for job in &jobs {
            let answer = desk(Lock::Open).work(job, &|| false);
            assert!(!matches!(answer, Some(Answer::Failed { .. }) | None), "{job:?}: {answer:?}");
        }
    }
}
