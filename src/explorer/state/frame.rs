//! What was shown before a step, whole: going back shows it again as it was left.

use std::sync::Arc;

use tui_input::Input;

use super::{Detail, Focus, List, State, View};
use crate::explorer::sheet::Sheet;
use crate::index::{Header, LastWord, Sort};

/// The most steps that one can go back; the oldest are forgotten.
const MOST: usize = 32;

/// What was shown before a step.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The edition, with what was known of it then.
    pub header: Arc<Header>,
    /// Which list was shown.
    pub view: View,
    /// Which part had the keys.
    pub focus: Focus,
    /// The list of that view, where it is not that of projects.
    pub sheet: Sheet,
    /// The list that was asked for and not there yet.
    pub awaited: Option<View>,
    /// The search line.
    pub query: Input,
    /// Whether its last word was still being typed.
    pub last_word: LastWord,
    /// The order of the projects.
    pub sort: Sort,
    /// What the program had put into the search line.
    pub put: Option<Put>,
    /// The number of the newest search then.
    pub asked: u64,
    /// The results.
    pub list: List,
    /// What was shown whole, if anything was.
    pub detail: Option<Detail>,
}

/// A search that the program itself has put into the search line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Put {
    /// For one project, which is opened: going back leads out of the search.
    Project(String),
    /// For the projects that a number stands for: going back leads from a project to them.
    List(String),
}

impl Put {
    /// The query.
    pub fn query(&self) -> &str {
        match self {
            Self::Project(query) | Self::List(query) => query,
        }
    }
}

impl Frame {
    /// Whether its query was typed, and not put there by the program.
    pub fn is_typed(&self) -> bool {
        self.put.as_ref().is_none_or(|put| put.query() != self.query.value())
    }
}

/// Where a switch of edition leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Going {
    /// To its projects, with the query as it is.
    Browsing,
    /// To a project that the edition open now no longer lists, by its stem reference.
    ToProject(String),
    /// Back to what was shown before the last step.
    Back,
}

impl State {
    /// Keeps what is shown, before a step leads on from it.
    pub fn push_frame(&mut self) {
        self.facets = None;
        let focus = if self.focus == Focus::Facets { Focus::List } else { self.focus };
        if self.frames.len() == MOST {
            self.frames.remove(0);
        }
        self.frames.push(Frame {
            header: Arc::clone(&self.header),
            view: self.view,
            focus,
            sheet: std::mem::take(&mut self.sheet),
            awaited: self.awaited.take(),
            query: self.query.clone(),
            last_word: self.last_word,
            sort: self.sort,
            put: self.put.clone(),
            asked: self.asked,
            // The next view counts what was found, too.
            list: self.list.clone(),
            detail: self.detail.take(),
        });
    }

    /// Whether what is searched for is what the program has put into the search line.
    pub fn is_led(&self) -> bool {
        !self.frames.is_empty() && self.put.as_ref().is_some_and(|put| put.query() == self.query.value())
    }

    /// Whether the project was opened by the program's own search for it, so that going back leads out of that search.
    pub fn is_led_to_project(&self) -> bool {
        self.is_led() && matches!(self.put, Some(Put::Project(_)))
    }
}
