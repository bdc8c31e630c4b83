//! The projects that a search found, said in lines: what each is, its concerns, and the passage that matters most with what
//! matched in it.

use std::ops::Range;

use super::pages::{ITEMS, Item, Numbered, span};
use crate::concerns::{RuleId, Severity, rule};
use crate::explorer::message::Listed;
use crate::explorer::sheet::counted;
use crate::explorer::state::order_told;
use crate::index::marks::ProjectMarks;
use crate::index::{Edge, Found, Hint, Marker, ProjectId, Request, SearchField, Snippet};
use crate::library::Elsewhere;
use crate::report::{elsewhere_told, organisation_shown, projects_counted, query_shown, trouble_told};

/// Concerns that are named of a project; how many others there are is said.
const NAMED: usize = 3;

/// How another edition is opened.
const ANOTHER: &str = "editions lists them, to open another";

/// What a search found.
#[derive(Debug, Clone)]
pub(super) struct Results {
    pub(super) request: Request,
    pub(super) projects: Vec<ProjectId>,
    /// What could not be read of the query.
    trouble: Vec<String>,
    /// What is said beside what was found.
    said: Vec<String>,
    /// Queries that are spelled nearly so, or find what is said, where nothing was found.
    pub(super) offers: Numbered<String>,
    /// The places of those on the page.
    pub(super) page: Range<usize>,
    marker: Marker,
}

impl Results {
    /// What a search found, at its first page.
    pub(super) fn new(request: Request, found: Found, hints: Vec<Hint>, elsewhere: &Elsewhere) -> Self {
        let offers = found.offers.into_iter().map(|offer| {
            let line = format!("Spelled nearly so: {}", offer.query);
            Item::of(offer.query, line)
        });
        let is_offered = |hint: &Hint| found.projects.is_empty() && hint.query.is_some();
        let (hinted, said): (Vec<Hint>, Vec<Hint>) = hints.into_iter().partition(is_offered);
        let hinted = hinted.into_iter().filter_map(|hint| {
            let line = format!("Perhaps: {}", hint.line());
            hint.query.map(|query| Item::of(query, line))
        });
        Self {
            trouble: found.trouble.iter().map(|trouble| trouble_told(&request.query, trouble)).collect(),
            said: said.iter().map(Hint::line).chain(elsewhere_told(elsewhere, ANOTHER)).collect(),
            offers: Numbered::new(offers.chain(hinted).collect(), ITEMS),
            page: 0..ITEMS.min(found.projects.len()),
            projects: found.projects,
            marker: Marker::new(&request.query, request.last_word),
            request,
        }
    }

    /// Goes to the next page, if there is one.
    pub(super) fn go_on(&mut self) -> bool {
        let (from, all) = (self.page.end, self.projects.len());
        if from < all {
            self.page = from..(from + ITEMS).min(all);
        }
        from < all
    }

    /// What was searched for and how much was found, and what could not be read of it.
    pub(super) fn head(&self, slug: &str) -> Vec<String> {
        let query = query_shown(&self.request.query);
        let found = match self.projects.len() {
            0 => format!("Search: {query}; nothing in edition {slug} matches; help lists the commands"),
            found => format!("Search: {query}; {} of edition {slug}", projects_counted(found)),
        };
        let trouble = self.trouble.iter().map(|trouble| format!("Not read as written: {trouble}"));
        let said = self.said.iter().map(|said| format!("Note: {said}"));
        std::iter::once(found).chain(trouble).chain(said).collect()
    }

    /// What is on the page; `listed` are its rows.
    pub(super) fn lines(&self, listed: &[Listed]) -> Vec<String> {
        if self.projects.is_empty() {
            return self.offers.lines();
        }
        let numbered = listed.iter().enumerate().map(|(at, one)| (self.page.start + at + 1, one));
        numbered
            .flat_map(|(number, one)| self.project(one).into_iter().map(move |line| format!("{number}. {line}")))
            .collect()
    }

    /// What it is called, and which of it are on the page.
    pub(super) fn told(&self) -> String {
        let Request { query, sort, .. } = &self.request;
        if self.projects.is_empty() {
            return format!("a search that found nothing, {}", self.offers.told());
        }
        let page = span(self.page.clone(), self.projects.len(), self.page.end < self.projects.len());
        let what = if query.trim().is_empty() { "every project".to_owned() } else { format!("projects for {query}") };
        format!("{what}, {}, {page}", order_told(query, *sort))
    }

    fn project(&self, listed: &Listed) -> Vec<String> {
        let Listed { row, snippet } = listed;
        let organisation = organisation_shown(&row.organisation);
        let mut lines: Vec<String> = row.title.iter().map(|title| format!("Title: {title}")).collect();
        lines.push(format!("Organisation: {organisation}"));
        lines.push(format!("Reference: {}", row.reference));
        lines.extend(yours(&row.marks));
        if !row.concerns.is_empty() {
            lines.push(concerns(&row.concerns));
        }
        let mut matched = Vec::new();
        let title = row.title.as_deref().unwrap_or_default();
        for (field, text) in [(SearchField::Title, title), (SearchField::Organisation, organisation)] {
            add_matched(&mut matched, text, &self.marker.mark(field, text));
        }
        if let Some(snippet) = snippet {
            lines.push(passage(snippet));
            add_matched(&mut matched, &snippet.text, &snippet.matches);
        }
        if !matched.is_empty() {
            lines.push(matched_told(&matched));
        }
        lines
    }
}

/// What the user has marked of a project in words, if anything.
fn yours(marks: &ProjectMarks) -> Option<String> {
    let notes = marks.notes.len();
    let parts = [
        marks.bookmarked.map(|_| "bookmarked".to_owned()),
        (notes > 0).then(|| counted(notes, "note", "notes")),
        marks.collected.map(|_| "in your collection".to_owned()),
        (!marks.tags.is_empty()).then(|| format!("tags {}", marks.tags_told())),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("Yours: {}", parts.join(", ")))
}

/// A project's concerns in words, the gravest of them.
fn concerns(concerns: &[(RuleId, Severity)]) -> String {
    let named = concerns.iter().take(NAMED);
    let mut named: Vec<String> =
        named.map(|(id, severity)| format!("{}, {}", severity.as_str(), rule(*id).title)).collect();
    match concerns.len().saturating_sub(NAMED) {
        0 => {}
        1 => named.push("and 1 other".to_owned()),
        others => named.push(format!("and {others} others")),
    }
    format!("Concerns: {}", named.join("; "))
}

fn passage(snippet: &Snippet) -> String {
    let cut = |edge| if edge == Edge::Cut { "..." } else { "" };
    let (begins, ends) = (cut(snippet.begins), cut(snippet.ends));
    let denied = snippet.denied_told("...");
    format!("Passage from {}: {denied}{begins}{}{ends}", snippet.field.name(), snippet.text)
}

/// Adds what matched in a text, each word once.
pub(super) fn add_matched(matched: &mut Vec<String>, text: &str, marks: &[Range<usize>]) {
    for words in marks.iter().filter_map(|range| text.get(range.clone())) {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        if !matched.contains(&words) {
            matched.push(words);
        }
    }
}

/// What matched.
pub(super) fn matched_told(matched: &[String]) -> String {
    format!("Matched: {}", matched.join(", "))
}
