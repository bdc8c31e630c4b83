//! Marking what matched: the same cutting and the same forms as in searching, on any text.

use std::collections::VecDeque;
use std::ops::{ControlFlow, Range};

use super::forms::class_of;
use super::nearby::windows_in;
use super::passage::{self, Matched, Passage, Room, Worth};
use super::query::{self, Form, Node, Standing, Term, WordsNode};
use super::search::stands_for;
use super::{Edge, LastWord, Record, SearchField, Snippet};
use crate::register::Section;
use crate::text::{Word, folded_prefix, words};

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

    /// The passages of a project that matter most, at most one of each field: those with the most different parts of the
    /// query first, then those with the most marks. Of equal ones texts come before names, because they say what for, and
    /// then what comes first. Title, organisation and reference are not among them: whoever lists a project shows them whole.
    pub fn snippets(&self, record: &Record, limit: usize, room: Room) -> Vec<Snippet> {
        let Some(latest) = record.project.latest() else { return Vec::new() };
        let names = [
            (SearchField::Dataset, latest.datasets.iter().map(|dataset| dataset.name.clone()).collect()),
            (SearchField::Controller, latest.controllers.clone()),
            (SearchField::LegalBasis, latest.legal_bases.clone()),
        ];
        let sections = Section::ALL.into_iter().map(|section| {
            let text: Vec<String> = latest.section(section).into_iter().collect();
            (SearchField::Section(section), text)
        });
        let mut found: Vec<(Worth, Snippet)> = Vec::new();
        for (field, texts) in sections.chain(names) {
            let passages = texts.iter().filter_map(|text| self.passage(field, text, room));
            // The first of the best.
            let best = passages.reduce(|best, other| if other.0 > best.0 { other } else { best });
            found.extend(best);
        }
        found.sort_by_key(|(worth, _)| std::cmp::Reverse(*worth));
        found.into_iter().take(limit).map(|(_, snippet)| snippet).collect()
    }

    /// The best passage of a text, and how good it is.
    fn passage(&self, field: SearchField, text: &str, room: Room) -> Option<(Worth, Snippet)> {
        let mut parts = Vec::new();
        self.find(field, text, |found| {
            parts.push((found.wanted, found.range));
            ControlFlow::Continue(())
        });
        parts.sort_by_key(|(part, range)| (range.start, *part));
        let marks = apart(parts.iter().map(|(_, range)| range.clone()).collect());
        // The name of the field stands before it, with a colon and a space.
        let label = field.name().len() + 2;
        let Passage { range, worth } = passage::best(text, Matched { parts: &parts, marks: &marks }, label, room)?;
        let edge = |left_out: &str| if left_out.trim().is_empty() { Edge::Whole } else { Edge::Cut };
        let snippet = Snippet {
            field,
            begins: edge(&text[..range.start]),
            ends: edge(&text[range.end..]),
            matches: marks.iter().filter_map(|mark| within(mark, &range)).collect(),
            text: text[range].to_owned(),
        };
        Some((worth, snippet))
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
        let longest = in_a_row.iter().map(|(_, wanted)| wanted.node.words.len()).max().unwrap_or(0);
        let mut rest = words(text);
        let mut ahead: VecDeque<Word> = rest.by_ref().take(longest).collect();
        while let Some(first) = ahead.front().map(|word| word.range.start) {
            while ahead_near.front().is_some_and(|found| found.range.start <= first) {
                let Some(earlier) = ahead_near.pop_front() else { break };
                if visit(earlier).is_break() {
                    return;
                }
            }
            let here: &[Word] = ahead.make_contiguous();
            for (number, wanted) in &in_a_row {
                if let Some(range) = wanted.match_at(text, here)
                    && visit(Match { wanted: *number, range }).is_break()
                {
                    return;
                }
            }
            ahead.pop_front();
            ahead.extend(rest.next());
        }
        for found in ahead_near {
            if visit(found).is_break() {
                return;
            }
        }
    }
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
        Form::Exact | Form::Class | Form::Near => false,
        Form::Beginning => true,
        Form::Typed => word.folded.starts_with(&term.folded) && class_of(&word.folded) != class,
    };
    if begins_only {
        word.range.start + folded_prefix(&text[word.range.clone()], term.folded.len())
    } else {
        word.range.end
    }
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

/// A range of the text as a range of a window of it.
fn within(range: &Range<usize>, window: &Range<usize>) -> Option<Range<usize>> {
    let (start, end) = (range.start.max(window.start), range.end.min(window.end));
    (start < end).then(|| start - window.start..end - window.start)
}
