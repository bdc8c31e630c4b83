//! Marking what matched: the same cutting and the same forms as in searching, on any text.

use std::collections::VecDeque;
use std::ops::{ControlFlow, Range};

use super::forms::{class_of, stands_for};
use super::nearby::windows;
use super::passage::{self, Passage, Read, Room, Searched};
use super::query::{self, Form, Node, Standing, Term, WordsNode};
use super::{Edge, Index, IndexError, LastWord, ProjectId, SearchField, Snippet};
use crate::register::Section;
use crate::text::{Beginnings, Word, Words, folded_prefix, words};

/// How many more matches are looked at where all that is asked for has stood together once: beginnings of a letter or two stand
/// everywhere.
const LOOKED_AT: usize = 24;

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
    /// query first, and of as many what comes first, since objectives say what for. Nothing is read behind sections that hold the
    /// whole query, and names are asked only for what no section has. Title, organisation and reference are not among them:
    /// whoever lists a project shows them whole.
    ///
    /// # Errors
    /// Where the files of the index are damaged.
    pub fn snippets(
        &self,
        index: &Index,
        project: ProjectId,
        limit: usize,
        room: Room,
    ) -> Result<Vec<Snippet>, IndexError> {
        let Some(latest) = index.documents.latest_of(project) else { return Ok(Vec::new()) };
        let mut found: Vec<(usize, Snippet)> = Vec::new();
        let mut held = vec![false; self.wanted.len()];
        let mut whole = 0;
        for section in Section::ALL {
            let field = SearchField::Section(section);
            let parts = self.parts_in(field);
            if whole >= limit || parts == 0 {
                continue;
            }
            let Some(text) = index.texts.get(latest, section)? else { continue };
            let searched: Vec<Searched<'_>> = self.searched(field, text, room).into_iter().collect();
            searched.iter().flat_map(|one| &one.parts).for_each(|(part, _)| held[*part] = true);
            let Some(best) = self.best(&searched, room) else { continue };
            whole += usize::from(best.0 >= parts);
            found.push(best);
        }
        let may_be_named = |wanted: &Wanted| NAMES.iter().any(|name| wanted.node.fields.list().contains(name));
        let is_left = self.wanted.iter().zip(&held).any(|(wanted, held)| !held && may_be_named(wanted));
        if whole < limit && is_left {
            for field in NAMES {
                let names = index.texts.names(latest, field)?;
                let searched: Vec<Searched<'_>> = names.filter_map(|name| self.searched(field, name, room)).collect();
                found.extend(self.best(&searched, room));
            }
        }
        found.sort_by_key(|(parts, _)| std::cmp::Reverse(*parts));
        Ok(found.into_iter().take(limit).map(|(_, snippet)| snippet).collect())
    }

    /// The best passage of texts of one field, with how many parts of the query it holds.
    fn best(&self, searched: &[Searched<'_>], room: Room) -> Option<(usize, Snippet)> {
        let (at, passage) = passage::best(searched, room)?;
        Some((passage.worth.parts, self.snippet(&searched[at], passage)))
    }

    /// What matches in a text, if anything does. Where all that is asked for first stands together is near enough to where it
    /// stands closest: so many more matches are looked at, and no others.
    fn searched<'a>(&self, field: SearchField, text: &'a str, room: Room) -> Option<Searched<'a>> {
        let mut parts = Vec::new();
        let all = self.parts_in(field);
        let mut last: Vec<Option<usize>> = vec![None; self.wanted.len()];
        let mut enough = None;
        self.find(field, text, |found| {
            last[found.wanted] = Some(found.range.start);
            let from = found.range.start.saturating_sub(room.most());
            parts.push((found.wanted, found.range));
            if enough.is_none() && last.iter().flatten().filter(|start| **start >= from).count() >= all {
                enough = Some(parts.len() + LOOKED_AT);
            }
            let has_enough = enough.is_some_and(|enough| parts.len() >= enough);
            if has_enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        let read = if enough.is_some_and(|enough| parts.len() >= enough) { Read::InPart } else { Read::Whole };
        parts.sort_by_key(|(part, range)| (range.start, *part));
        let marks = apart(parts.iter().map(|(_, range)| range.clone()).collect());
        // The name of the field stands before it, with a colon and a space.
        let label = field.name().len() + 2;
        (!parts.is_empty()).then_some(Searched { field, text, parts, marks, read, label })
    }

    /// A passage of a text as it is shown.
    fn snippet(&self, searched: &Searched<'_>, Passage { range, .. }: Passage) -> Snippet {
        let (field, text) = (searched.field, searched.text);
        let edge = |left_out: &str| if left_out.trim().is_empty() { Edge::Whole } else { Edge::Cut };
        // Behind the last match that was looked at stand others.
        let anew = (searched.read == Read::InPart).then(|| {
            let is_word = self.wanted.iter().all(|wanted| wanted.node.words.len() == 1);
            let rest = text[range.end..].find(char::is_whitespace).filter(|_| is_word);
            self.mark(field, rest.map_or(text, |rest| &text[..range.end + rest]))
        });
        let marks = anew.as_ref().unwrap_or(&searched.marks);
        Snippet {
            field,
            begins: edge(&text[..range.start]),
            ends: edge(&text[range.end..]),
            matches: marks.iter().filter_map(|mark| within(mark, &range)).collect(),
            text: text[range].to_owned(),
        }
    }

    /// How many parts of the query may match in a field.
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
        let firsts = in_a_row.iter().filter_map(|(_, wanted)| wanted.first());
        let beginnings = beginnings(firsts);
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

/// How words that are looked for may begin, by these words and their classes.
fn beginnings<'a>(sought: impl Iterator<Item = (&'a Term, &'a String)>) -> Beginnings {
    let mut beginnings = Beginnings::default();
    for (term, class) in sought {
        if term.form == Form::Near {
            beginnings.add_any();
        }
        beginnings.add(&term.folded);
        beginnings.add(class);
    }
    beginnings
}

/// Names that a passage can be of.
const NAMES: [SearchField; 3] = [SearchField::Dataset, SearchField::Controller, SearchField::LegalBasis];

/// The words of a text that stand near one another as asked, each a match of its own, in order.
fn found_near(near: &[(usize, &Wanted)], text: &str) -> Vec<Match> {
    if near.is_empty() {
        return Vec::new();
    }
    let sought = near.iter().flat_map(|(_, wanted)| wanted.node.words.iter().zip(&wanted.classes));
    let beginnings = beginnings(sought);
    let mut places: Vec<Vec<Vec<u32>>> =
        near.iter().map(|(_, wanted)| vec![Vec::new(); wanted.node.words.len()]).collect();
    // Words that stand for something, with their numbers in the text.
    let mut standing: Vec<(u32, Range<usize>)> = Vec::new();
    let (mut rest, mut folded, mut number) = (words(text), String::new(), 0);
    while let Some((range, may_stand)) = rest.next_counted(&beginnings, &mut folded) {
        if may_stand {
            let mut stands = false;
            for ((_, wanted), places) in near.iter().zip(&mut places) {
                for ((term, class), places) in wanted.node.words.iter().zip(&wanted.classes).zip(places) {
                    if stands_for(term, class, &folded) {
                        places.push(number);
                        stands = true;
                    }
                }
            }
            if stands {
                standing.push((number, range));
            }
        }
        number += 1;
    }
    let mut found = Vec::new();
    for ((at, wanted), places) in near.iter().zip(&places) {
        let Standing::Within(others) = wanted.node.standing else { continue };
        let places: Vec<&[u32]> = places.iter().map(Vec::as_slice).collect();
        for place in windows(&places, others).into_iter().flatten() {
            let Ok(word) = standing.binary_search_by_key(&place, |(number, _)| *number) else { continue };
            found.push(Match { wanted: *at, range: standing[word].1.clone() });
        }
    }
    found.sort_by_key(|found| (found.range.start, found.wanted));
    found.dedup_by_key(|found| (found.range.start, found.wanted));
    found
}

impl Wanted {
    /// Its first word, with the class of that.
    fn first(&self) -> Option<(&Term, &String)> {
        self.node.words.iter().zip(&self.classes).next()
    }

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
        // What was written whole needs no stem.
        Form::Typed => folded != term.folded && folded.starts_with(&term.folded) && class_of(folded) != class,
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

/// A range of the text as a range of a window of it.
fn within(range: &Range<usize>, window: &Range<usize>) -> Option<Range<usize>> {
    let (start, end) = (range.start.max(window.start), range.end.min(window.end));
    (start < end).then(|| start - window.start..end - window.start)
}
