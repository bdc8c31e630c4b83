//! Marking what matched: the same cutting and the same forms as in searching, on any text.

use std::ops::Range;

use super::forms::class_of;
use super::query::{self, Form, Node, Term, WordsNode};
use super::search::stands_for;
use super::{Index, LastWord, Record, SearchField, Snippet};
use crate::register::Section;
use crate::text::{Word, folded_prefix, words};

/// How long a snippet is, in bytes, before it is drawn out to whole words.
const SNIPPET: usize = 160;

/// How much of a snippet stands before its first match.
const BEFORE: usize = 40;

/// Marks what a query matches in texts.
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
struct Match {
    wanted: usize,
    range: Range<usize>,
}

impl Index {
    /// What marks the matches of a query, in snippets and in whole texts alike. What a query leaves out is not marked.
    pub fn marker(&self, query: &str, last_word: LastWord) -> Marker {
        Marker::new(query, last_word)
    }
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
        let mut ranges: Vec<Range<usize>> = self.matches(field, text).into_iter().map(|found| found.range).collect();
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

    /// The best pieces of a project's sections, at most one of each: those with the most parts of the query first.
    pub fn snippets(&self, record: &Record, limit: usize) -> Vec<Snippet> {
        let Some(latest) = record.project.latest() else { return Vec::new() };
        let mut found: Vec<(usize, Snippet)> = Vec::new();
        for section in Section::ALL {
            let field = SearchField::Section(section);
            let Some(text) = latest.section(section) else { continue };
            let matches = self.matches(field, &text);
            let Some((parts, window)) = best_window(&text, &matches) else { continue };
            let piece = &text[window.clone()];
            let inside = self.mark(field, &text).into_iter().filter_map(|range| within(&range, &window));
            found.push((parts, Snippet { field, text: piece.to_owned(), matches: inside.collect() }));
        }
        found.sort_by_key(|(parts, _)| std::cmp::Reverse(*parts));
        found.into_iter().take(limit).map(|(_, snippet)| snippet).collect()
    }

    fn collect(&mut self, node: Node) {
        match node {
            Node::All(parts) | Node::Any(parts) => parts.into_iter().for_each(|part| self.collect(part)),
            Node::Words(node) => {
                let classes = node.words.iter().map(|word| class_of(&word.folded)).collect();
                self.wanted.push(Wanted { node, classes });
            }
            Node::Not(_) | Node::Concern(_) | Node::Nothing => {}
        }
    }

    fn matches(&self, field: SearchField, text: &str) -> Vec<Match> {
        let wanted: Vec<(usize, &Wanted)> =
            self.wanted.iter().enumerate().filter(|(_, wanted)| wanted.node.fields.list().contains(&field)).collect();
        if wanted.is_empty() {
            return Vec::new();
        }
        let cut: Vec<Word> = words(text).collect();
        let mut matches = Vec::new();
        for at in 0..cut.len() {
            for (number, wanted) in &wanted {
                if let Some(range) = wanted.match_at(text, &cut[at..]) {
                    matches.push(Match { wanted: *number, range });
                }
            }
        }
        matches
    }
}

impl Wanted {
    /// What matched, if the words in a row begin here.
    fn match_at(&self, text: &str, cut: &[Word]) -> Option<Range<usize>> {
        let here = cut.get(..self.node.words.len())?;
        let mut pairs = self.node.words.iter().zip(&self.classes).zip(here);
        if !pairs.all(|((term, class), word)| stands_for(term, class, &word.folded)) {
            return None;
        }
        let (first, last) = (here.first()?, here.last()?);
        let (term, class) = (self.node.words.last()?, self.classes.last()?);
        Some(first.range.start..end_of_match(term, class, last, text))
    }
}

/// A form is marked whole, a beginning as far as it was written: the characters that matched and no others.
fn end_of_match(term: &Term, class: &str, word: &Word, text: &str) -> usize {
    let begins_only = match term.form {
        Form::Exact | Form::Class => false,
        Form::Beginning => true,
        Form::Typed => word.folded.starts_with(&term.folded) && class_of(&word.folded) != class,
    };
    if begins_only {
        word.range.start + folded_prefix(&text[word.range.clone()], term.folded.len())
    } else {
        word.range.end
    }
}

/// The part of a text with the most different parts of the query, drawn out to whole words.
fn best_window(text: &str, matches: &[Match]) -> Option<(usize, Range<usize>)> {
    let mut best: Option<(usize, usize)> = None;
    for (number, first) in matches.iter().enumerate() {
        let near = matches[number..].iter().take_while(|other| other.range.end <= first.range.start + SNIPPET - BEFORE);
        let mut parts: Vec<usize> = near.map(|other| other.wanted).collect();
        parts.sort_unstable();
        parts.dedup();
        if best.is_none_or(|(most, _)| parts.len() > most) {
            best = Some((parts.len(), number));
        }
    }
    let (parts, number) = best?;
    let first = &matches.get(number)?.range;
    let start = boundary_before(text, first.start.saturating_sub(BEFORE));
    let end = boundary_after(text, (start + SNIPPET).max(first.end));
    Some((parts, start..end))
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
