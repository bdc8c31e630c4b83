//! The list of results: which projects, which one is selected, and the rows that have been read.

use std::ops::Range;

use ratatui::layout::Rect;

use crate::explorer::layout::{ROWS_OF_ITEM, ROWS_OF_MATCH};
use crate::explorer::message::{Listed, Rows};
use crate::index::{Hint, Marker, Offer, ProjectId, Request, Sort, Trouble};
use crate::library::Elsewhere;

/// The results of a search.
#[derive(Debug, Clone, Default)]
pub struct List {
    /// The number of the search that they are of; 0 before the first.
    pub of: u64,
    /// That search: what is marked and read of the list is of it, whatever is being typed meanwhile.
    pub request: Request,
    /// What marks its matches.
    pub marker: Marker,
    /// Every project that matches, in order.
    pub projects: Vec<ProjectId>,
    /// Why the search came to no end, if it did not: what matches is not known then.
    pub failed: Option<String>,
    /// What was wrong with the query.
    pub trouble: Vec<Trouble>,
    /// Queries that are spelled nearly so and find something, where this one finds nothing.
    pub offers: Vec<Offer>,
    /// What is to be said beside what was found, once that is known.
    pub hints: Vec<Hint>,
    /// What other editions have, once that is known; nothing is found here then.
    pub elsewhere: Elsewhere,
    /// How the query may go on, each as the query whole.
    pub completions: Vec<String>,
    /// The rows that have been read: some around what is shown.
    pub rows: Rows,
    /// Place of the selected project.
    pub selected: usize,
    /// Place of the first project on the screen.
    pub top: usize,
}

/// Rows that a project has in a list: one more where there are words whose passages are shown.
pub fn rows_of_project(marker: &Marker) -> u16 {
    if marker.is_empty() { ROWS_OF_ITEM } else { ROWS_OF_MATCH }
}

/// In which order projects are listed, as it is said.
pub fn order_told(query: &str, sort: Sort) -> &'static str {
    match sort {
        Sort::Relevance if query.trim().is_empty() => "as published",
        Sort::Relevance => "by match",
        Sort::Concerns => "by concerns",
        Sort::Files => "by files",
        Sort::Organisation => "by organisation",
        Sort::Title => "by title",
        Sort::Newest => "newest first",
        Sort::Ending => "ending soonest",
    }
}

impl List {
    /// The list of a search, in which nothing is found yet.
    pub fn new(of: u64, request: Request) -> Self {
        let marker = Marker::new(&request.query, request.last_word);
        Self { of, request, marker, ..Self::default() }
    }

    /// The query that is offered first where nothing was found.
    pub fn offered(&self) -> Option<&str> {
        let hinted = || self.hints.iter().find_map(|hint| hint.query.as_deref());
        self.offers.first().map(|offer| offer.query.as_str()).or_else(hinted)
    }

    /// Rows that a project has.
    pub fn rows_of_project(&self) -> u16 {
        rows_of_project(&self.marker)
    }

    /// The projects that are on the screen, each with where it stands: one step that drawing and pointing share.
    pub fn places(&self, body: Rect) -> Vec<(usize, Rect)> {
        let height = self.rows_of_project();
        let visible = usize::from(body.height / height).max(1);
        let tops = (body.y..body.bottom()).step_by(usize::from(height));
        let places = (self.top..self.projects.len()).take(visible).zip(tops);
        places.map(|(at, y)| (at, Rect { y, height, ..body }.intersection(body))).collect()
    }

    /// The selected project.
    pub fn selected_project(&self) -> Option<ProjectId> {
        self.projects.get(self.selected).copied()
    }

    /// The row at a place, if it has been read.
    pub fn row(&self, at: usize) -> Option<&Listed> {
        self.rows.rows.get(at.checked_sub(self.rows.from)?)
    }

    /// Selects a place, and scrolls as little as it takes to show it.
    pub fn select(&mut self, at: usize, visible: usize) {
        self.selected = at.min(self.projects.len().saturating_sub(1));
        self.show_selected(visible);
    }

    /// Scrolls so that the selected project is among the visible ones.
    pub fn show_selected(&mut self, visible: usize) {
        let visible = visible.max(1);
        if self.selected < self.top {
            self.top = self.selected;
        } else if self.selected >= self.top + visible {
            self.top = self.selected + 1 - visible;
        }
        self.top = self.top.min(self.projects.len().saturating_sub(visible));
    }

    /// Which rows to read, if some have not been read that are visible or soon will be. So many as `margin` are read
    /// on both sides of the visible ones, and again once half of them is used up: scrolling meets no empty row. Rows that
    /// were cut for other columns count as not read.
    pub fn missing(&self, visible: usize, margin: usize, columns: u16) -> Option<Range<usize>> {
        let around = |beside: usize| {
            let end = (self.top + visible + beside).min(self.projects.len());
            self.top.saturating_sub(beside)..end
        };
        let needed = around(margin / 2);
        let read = self.rows.from..self.rows.from + self.rows.rows.len();
        let is_there = self.rows.columns == columns && read.start <= needed.start && needed.end <= read.end;
        let is_read = needed.is_empty() || is_there;
        (!is_read).then(|| around(margin))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Row;

    fn list(count: u32) -> List {
        List { projects: (0..count).map(ProjectId).collect(), ..List::default() }
    }

    #[test]
    fn selecting_scrolls_as_little_as_it_takes() {
        let mut list = list(20);
        list.select(6, 7);
        assert_eq!((list.selected, list.top), (6, 0));
        list.select(7, 7);
        assert_eq!((list.selected, list.top), (7, 1));
        list.select(99, 7);
        assert_eq!((list.selected, list.top), (19, 13));
        list.select(0, 7);
        assert_eq!((list.selected, list.top), (0, 0));
    }

    #[test]
    fn rows_are_read_around_what_is_shown() {
        let mut list = list(200);
        assert_eq!(list.missing(7, 20, 80), Some(0..27));
        list.select(100, 7);
        assert_eq!(list.missing(7, 20, 80), Some(74..121));
        assert_eq!(List::default().missing(7, 20, 80), None);
    }

    #[test]
    fn rows_for_other_columns_are_read_again() {
        let mut list = list(5);
        let row = Row {
            reference: String::new(),
            title: None,
            organisation: String::new(),
            opt_outs: crate::register::OptOutState::NotStated,
            files: None,
            concerns: Vec::new(),
            begins: None,
            marks: crate::index::marks::ProjectMarks::default(),
        };
        let listed = Listed { row, snippet: None };
        list.rows = Rows { from: 0, columns: 80, rows: vec![listed; 5] };
        assert_eq!(list.missing(7, 20, 80), None);
        assert_eq!(list.missing(7, 20, 48), Some(0..5));
    }
}
