//! Marking what matched: the same cutting and the same forms as in searching, on any text.

use std::collections::VecDeque;
use std::ops::{ControlFlow, Range};

use super::forms::{class_of, stands_for};
use super::nearby::windows_in;
use super::query::{self, Form, Node, Standing, Term, WordsNode};
use super::{Index, IndexError, LastWord, ProjectId, SearchField, Snippet};
use crate::register::Section;
use crate::text::{Beginnings, Word, Words, folded_prefix, words};

/// How long a snippet is, in bytes, before it is drawn out to whole words.
const SNIPPET: usize = 160;

/// How much of a snippet stands before its first match.
const BEFORE: usize = 40;

/// Marks what a query matches, in snippets and in whole texts alike. What a query leaves out is not marked.
#[derive(Debug, Clone, Default)]
pub struct Marker {
    wanted: Vec<Wanted>,
}

/// Words in a row that are marked.
#[derive(Debug, Clone)]
struct Wanted {
    node: WordsNode,
    classes: Vec<String>,
}

/// A match, and which part of the query it is of.
#[derive(Debug, Clone)]
struct Match {
    wanted: usize,
    range: Range<usize>,
}

impl Marker {
    /// A marker for a query.
    pub fn new(query: &str, last_word: LastWord) -> Self {
        let mut marker = Self::default();
        if let Some(root) = query::read(query, last_word).root {
            marker.collect(root);
        }
        marker
    }

    /// Whether it marks nothing anywhere.
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty()
    }

    /// The bytes of a text that matched, in order and apart from one another.
    pub fn mark(&self, field: SearchField, text: &str) -> Vec<Range<usize>> {
        let mut ranges = Vec::new();
        self.find(field, text, |found| {
            ranges.push(found.range);
            ControlFlow::Continue(())
        });
        apart(ranges)
    }

    /// The best pieces of a project's sections, at most one of each: those with the most parts of the query first.
    ///
    /// # Errors
    /// Where the texts of the index are damaged.
    pub fn snippets(&self, index: &Index, project: ProjectId, limit: usize) -> Result<Vec<Snippet>, IndexError> {
        if self.is_empty() {
            return Ok(Vec::new());
        }
        let latest = index.latest_document(project);
        let mut found: Vec<(usize, Snippet)> = Vec::new();
        for section in Section::ALL {
            let whole = found.iter().filter(|(parts, _)| *parts == self.wanted.len()).count();
            if whole >= limit {
                break;
            }
            let field = SearchField::Section(section);
            let Some(text) = index.texts.get(latest, section)? else { continue };
            let Some((parts, window)) = self.best_window(field, text) else { continue };
            let matches = self.mark_within(field, text, &window);
            found.push((parts, Snippet { field, text: text[window].to_owned(), matches }));
        }
        found.sort_by_key(|(parts, _)| std::cmp::Reverse(*parts));
        Ok(found.into_iter().take(limit).map(|(_, snippet)| snippet).collect())
    }

    /// The part of a text with the most different parts of the query, drawn out to whole words. Where several have as
    /// many it is the first; nothing is read beyond one that has all.
    fn best_window(&self, field: SearchField, text: &str) -> Option<(usize, Range<usize>)> {
        let all = self.parts_in(field);
        let mut near: VecDeque<Match> = VecDeque::new();
        let mut best: Option<(usize, Range<usize>)> = None;
        self.find(field, text, |found| {
            near.push_back(found.clone());
            while near.front().is_some_and(|first| first.range.start + SNIPPET - BEFORE < found.range.end) {
                near.pop_front();
            }
            let mut parts: Vec<usize> = near.iter().map(|other| other.wanted).collect();
            parts.sort_unstable();
            parts.dedup();
            // A match longer than a snippet is one of its own.
            let first = near.front().unwrap_or(&found).range.clone();
            let count = parts.len().max(1);
            if best.as_ref().is_none_or(|(most, _)| count > *most) {
                best = Some((count, first));
            }
            if count >= all { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        let (parts, first) = best?;
        let start = boundary_before(text, first.start.saturating_sub(BEFORE));
        let end = boundary_after(text, (start + SNIPPET).max(first.end));
        Some((parts, start..end))
    }

    /// What matched in a part of a text, as ranges of that part.
    fn mark_within(&self, field: SearchField, text: &str, window: &Range<usize>) -> Vec<Range<usize>> {
        let mut ranges = Vec::new();
        self.find(field, text, |found| {
            if found.range.start >= window.end {
                return ControlFlow::Break(());
            }
            ranges.push(found.range);
            ControlFlow::Continue(())
        });
        apart(ranges).into_iter().filter_map(|range| within(&range, window)).collect()
    }

    /// How many parts of the query can match in a field.
    fn parts_in(&self, field: SearchField) -> usize {
        self.wanted.iter().filter(|wanted| wanted.node.fields.list().contains(&field)).count()
    }

    fn collect(&mut self, node: Node) {
        match node {
            Node::All(parts) | Node::Any(parts) => parts.into_iter().for_each(|part| self.collect(part)),
            Node::Words(node) => {
                let classes = node.words.iter().map(|word| class_of(&word.folded)).collect();
                self.wanted.push(Wanted { node, classes });
            }
            Node::Not(_) | Node::Concern(_) | Node::Unsure(_) | Node::Alike(..) | Node::Value(_) | Node::Nothing => {}
        }
    }

    /// Finds what matches in a text, in the order of where it begins, until the visitor has seen enough.
    fn find(&self, field: SearchField, text: &str, mut visit: impl FnMut(Match) -> ControlFlow<()>) {
        let wanted = self.wanted.iter().enumerate().filter(|(_, wanted)| wanted.node.fields.list().contains(&field));
        let (in_a_row, near): (Vec<_>, Vec<_>) = wanted.partition(|(_, wanted)| wanted.is_in_a_row());
        // Words near one another are known only once the whole text was read.
        let mut ahead_near: VecDeque<Match> = found_near(&near, text).into();
        let beginnings = beginnings(&in_a_row);
        let (mut rest, mut folded) = (words(text), String::new());
        while let Some(range) = rest.next_beginning(&beginnings, &mut folded) {
            while ahead_near.front().is_some_and(|found| found.range.start <= range.start) {
                let Some(earlier) = ahead_near.pop_front() else { break };
                if visit(earlier).is_break() {
                    return;
                }
            }
            for (number, wanted) in &in_a_row {
                if let Some(range) = wanted.match_at(text, &range, &folded, &rest)
                    && visit(Match { wanted: *number, range }).is_break()
                {
                    return;
                }
            }
        }
        for found in ahead_near {
            if visit(found).is_break() {
                return;
            }
        }
    }
}

/// How the first words of what is looked for may begin.
fn beginnings(wanted: &[(usize, &Wanted)]) -> Beginnings {
    let mut beginnings = Beginnings::default();
    for (term, class) in wanted.iter().filter_map(|(_, wanted)| wanted.node.words.iter().zip(&wanted.classes).next()) {
        if term.form == Form::Near {
            beginnings.add_any();
        }
        beginnings.add(&term.folded);
        beginnings.add(class);
    }
    beginnings
}

/// The words of a text that stand near one another as asked, each a match of its own, in order.
fn found_near(near: &[(usize, &Wanted)], text: &str) -> Vec<Match> {
    if near.is_empty() {
        return Vec::new();
    }
    let all: Vec<Word> = words(text).collect();
    let mut found = Vec::new();
    for (number, wanted) in near {
        let Standing::Within(others) = wanted.node.standing else { continue };
        for place in windows_in(&all, &wanted.node.words, &wanted.classes, others).into_iter().flatten() {
            let Some(word) = all.get(place as usize) else { continue };
            found.push(Match { wanted: *number, range: word.range.clone() });
        }
    }
    found.sort_by_key(|found| (found.range.start, found.wanted));
    found.dedup_by_key(|found| (found.range.start, found.wanted));
    found
}

impl Wanted {
    fn is_in_a_row(&self) -> bool {
        self.node.standing == Standing::InARow || self.node.words.len() < 2
    }

    /// What matched, if the words in a row begin with this one; `rest` are the words behind it.
    fn match_at(&self, text: &str, first: &Range<usize>, folded: &str, rest: &Words<'_>) -> Option<Range<usize>> {
        let mut pairs = self.node.words.iter().zip(&self.classes);
        let (mut term, mut class) = pairs.next()?;
        if !stands_for(term, class, folded) {
            return None;
        }
        let mut last = Word { range: first.clone(), folded: String::new() };
        let mut rest = rest.clone();
        for (next, its_class) in pairs {
            (term, class, last) = (next, its_class, rest.next()?);
            if !stands_for(term, class, &last.folded) {
                return None;
            }
        }
        let folded = if last.folded.is_empty() { folded } else { &last.folded };
        Some(first.start..end_of_match(term, class, &last.range, folded, text))
    }
}

/// A form is marked whole, a beginning as far as it was written: the characters that matched and no others.
fn end_of_match(term: &Term, class: &str, range: &Range<usize>, folded: &str, text: &str) -> usize {
    let begins_only = match term.form {
        Form::Exact | Form::Class | Form::Near => false,
        Form::Beginning => true,
        Form::Typed => folded.starts_with(&term.folded) && class_of(folded) != class,
    };
    if begins_only { range.start + folded_prefix(&text[range.clone()], term.folded.len()) } else { range.end }
}

/// Ranges in order, those that overlap joined.
fn apart(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut apart: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match apart.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}

/// The start of the word that a byte lies in; the text's own start near it.
fn boundary_before(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = text[..at].char_indices().next_back();
    match before {
        Some((_, letter)) if !letter.is_whitespace() => {
            let from = text[..at].rfind(char::is_whitespace).map_or(0, |space| space + 1);
            let start = if at - from > BEFORE { at } else { from };
            (start..=at).find(|start| text.is_char_boundary(*start)).unwrap_or(at)
        }
        _ => at,
    }
}

/// The end of the word that a byte lies in.
fn boundary_after(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    let rest = text[at..].find(char::is_whitespace).unwrap_or(text.len() - at);
    if rest <= BEFORE { at + rest } else { at }
}

/// A range of the text as a range of a window of it.
fn within(range: &Range<usize>, window: &Range<usize>) -> Option<Range<usize>> {
    let (start, end) = (range.start.max(window.start), range.end.min(window.end));
    (start < end).then(|| start - window.start..end - window.start)
}
