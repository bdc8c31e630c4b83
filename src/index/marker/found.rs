//! Finding what matches in a text.

use std::collections::VecDeque;
use std::ops::Range;

use crate::index::SearchField;
use crate::index::forms::{Known, Stands, add_beginnings, stands_for};
use crate::index::nearby::windows;
use crate::index::query::{Standing, Term, WordsNode};
use crate::text::{Beginnings, Sought, Words, folded_prefix, words};

/// Why something is looked for in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It is a part of the query, and is marked.
    Part,
    /// It is the row of a run of parts: these are marked, each by itself, and a passage is the better that has it.
    Row,
}

/// Words in a row that are looked for.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    pub(super) role: Role,
    pub(super) node: WordsNode,
    pub(super) classes: Vec<String>,
}

/// A match, and which part of the query it is of.
#[derive(Debug, Clone)]
pub(super) struct Match {
    pub(super) wanted: usize,
    pub(super) range: Range<usize>,
}

/// How far a text is read on behind a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// As far as it was to be read.
    On,
    /// To about a byte: some behind it may still be found, and some that end behind it may not.
    Until(usize),
    /// No further.
    Enough,
}

/// What was told of words of texts, for each word of each part of a query.
#[derive(Debug)]
pub(super) struct Judged {
    known: Vec<Vec<Known>>,
    /// Words are folded here, again and again.
    folded: String,
    next: String,
}

impl Judged {
    pub(super) fn new(wanted: &[Wanted]) -> Self {
        let known = wanted.iter().map(|wanted| vec![Known::default(); wanted.node.words.len()]).collect();
        Self { known, folded: String::new(), next: String::new() }
    }
}

/// What a query asks of a field.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    field: SearchField,
    in_a_row: Vec<(usize, &'a Wanted)>,
    near: Vec<(usize, &'a Wanted)>,
    /// The numbers of those that are rows of runs.
    rows: Vec<usize>,
    /// How words begin that come first in a row.
    firsts: Beginnings,
    /// How words begin that stand near one another.
    nears: Beginnings,
}

impl<'a> Asked<'a> {
    /// What is asked of a field, of all that is wanted.
    pub(super) fn new(wanted: &'a [Wanted], field: SearchField) -> Self {
        let here = wanted.iter().enumerate().filter(|(_, wanted)| wanted.may_stand_in(field));
        let (in_a_row, near): (Vec<_>, Vec<_>) = here.partition(|(_, wanted)| wanted.is_in_a_row());
        let rows = in_a_row.iter().filter(|(_, wanted)| wanted.role == Role::Row).map(|(number, _)| *number).collect();
        let firsts = beginnings(in_a_row.iter().filter_map(|(_, wanted)| wanted.words().next()));
        let nears = beginnings(near.iter().flat_map(|(_, wanted)| wanted.words()));
        Self { field, in_a_row, near, rows, firsts, nears }
    }

    /// Of which field it is asked.
    pub(super) fn field(&self) -> SearchField {
        self.field
    }

    /// How many parts of the query may match here.
    pub(super) fn parts(&self) -> usize {
        self.in_a_row.len() + self.near.len()
    }

    /// The numbers of these parts.
    pub(super) fn numbers(&self) -> impl Iterator<Item = usize> {
        self.in_a_row.iter().chain(&self.near).map(|(number, _)| *number)
    }

    /// Those of the rows of its runs.
    pub(super) fn rows(&self) -> &[usize] {
        &self.rows
    }

    /// How many words in a row are asked for at most; none where words are asked for that stand near one another, since how those
    /// match is known only from the whole text.
    pub(super) fn most_in_a_row(&self) -> Option<usize> {
        let most = self.in_a_row.iter().map(|(_, wanted)| wanted.node.words.len()).max();
        most.filter(|_| self.near.is_empty())
    }

    /// Finds what matches in a text, in the order of where it begins, until the visitor has seen enough.
    pub(super) fn find(&self, text: &str, judged: &mut Judged, mut visit: impl FnMut(Match) -> Reading) {
        // Words near one another are known only once the whole text was read.
        let mut ahead_near: VecDeque<Match> = self.find_near(text, judged).into();
        let mut sought = Sought::new(text, &self.firsts);
        let mut folded = std::mem::take(&mut judged.folded);
        while let Some(range) = sought.next_into(&mut folded) {
            while ahead_near.front().is_some_and(|found| found.range.start <= range.start) {
                let Some(earlier) = ahead_near.pop_front() else { break };
                match visit(earlier) {
                    Reading::On => {}
                    Reading::Until(byte) => sought.end_near(byte),
                    Reading::Enough => return,
                }
            }
            for (number, wanted) in &self.in_a_row {
                let known = judged.known.get_mut(*number).map(Vec::as_mut_slice).unwrap_or_default();
                let first = First { text, range: &range, folded: &folded };
                let Some(range) = wanted.match_at(first, sought.rest(), known, &mut judged.next) else { continue };
                match visit(Match { wanted: *number, range }) {
                    Reading::On => {}
                    Reading::Until(byte) => sought.end_near(byte),
                    Reading::Enough => return,
                }
            }
        }
        judged.folded = folded;
        for found in ahead_near {
            if visit(found) == Reading::Enough {
                return;
            }
        }
    }

    /// The words of a text that stand near one another as asked, each a match of its own, in order.
    fn find_near(&self, text: &str, judged: &mut Judged) -> Vec<Match> {
        if self.near.is_empty() {
            return Vec::new();
        }
        let mut places: Vec<Vec<Vec<u32>>> =
            self.near.iter().map(|(_, wanted)| vec![Vec::new(); wanted.node.words.len()]).collect();
        // Words that stand for something, with numbers that tell how far they stand apart, where that is near enough.
        let mut standing: Vec<(u32, Range<usize>)> = Vec::new();
        let (mut number, mut behind) = (0, words(text));
        let most = self.near.iter().map(|(_, wanted)| wanted.longest()).max().unwrap_or_default();
        let mut sought = Sought::new(text, &self.nears);
        let mut folded = std::mem::take(&mut judged.folded);
        while let Some(range) = sought.next_into(&mut folded) {
            let mut here = None;
            for ((at, wanted), places) in self.near.iter().zip(&mut places) {
                let known = judged.known.get_mut(*at).map(Vec::as_mut_slice).unwrap_or_default();
                for (((term, class), places), known) in wanted.words().zip(places).zip(known) {
                    if stands_for(term, class, &folded, known) != Stands::Not {
                        let here = *here.get_or_insert_with(|| {
                            number + words_before(range.start, &mut behind, most, &mut judged.next)
                        });
                        places.push(here);
                    }
                }
            }
            if let Some(here) = here {
                standing.push((here, range));
                (number, behind) = (here + 1, sought.rest().clone());
            }
        }
        judged.folded = folded;
        let mut found = Vec::new();
        for ((at, wanted), places) in self.near.iter().zip(&places) {
            let Standing::Within(others) = wanted.node.standing else { continue };
            let places: Vec<&[u32]> = places.iter().map(Vec::as_slice).collect();
            for place in windows(&places, others).flatten() {
                let Ok(word) = standing.binary_search_by_key(&place, |(number, _)| *number) else { continue };
                found.push(Match { wanted: *at, range: standing[word].1.clone() });
            }
        }
        found.sort_by_key(|found| (found.range.start, found.wanted));
        found.dedup_by_key(|found| (found.range.start, found.wanted));
        found
    }
}

/// How many words stand before a byte, of those that come; counted to the most that matters.
fn words_before(byte: usize, coming: &mut Words<'_>, most: u32, folded: &mut String) -> u32 {
    (0..most)
        .take_while(|_| coming.next_into(folded).is_some_and(|range| range.start < byte))
        .fold(0, |count, _| count + 1)
}

/// How words that are looked for may begin, by these words and their classes.
fn beginnings<'a>(sought: impl Iterator<Item = (&'a Term, &'a String)>) -> Beginnings {
    let mut beginnings = Beginnings::default();
    sought.for_each(|(term, class)| add_beginnings(term, class, &mut beginnings));
    beginnings
}

/// A word that may be the first in a row.
#[derive(Debug, Clone, Copy)]
struct First<'a> {
    text: &'a str,
    range: &'a Range<usize>,
    folded: &'a str,
}

impl Wanted {
    /// Whether it may stand in a field.
    pub(super) fn may_stand_in(&self, field: SearchField) -> bool {
        self.node.fields.list().contains(&field)
    }

    /// Its words, each with its class.
    fn words(&self) -> impl Iterator<Item = (&Term, &String)> {
        self.node.words.iter().zip(&self.classes)
    }

    /// How many words a stretch of text has at most in which its words stand near one another.
    fn longest(&self) -> u32 {
        let Standing::Within(others) = self.node.standing else { return 0 };
        u32::try_from(self.node.words.len()).unwrap_or(u32::MAX).saturating_add(others)
    }

    fn is_in_a_row(&self) -> bool {
        self.node.standing == Standing::InARow || self.node.words.len() < 2
    }

    /// What matched, if the words in a row begin with this one; `rest` are the words behind it, which are folded into `next`.
    fn match_at(
        &self,
        first: First<'_>,
        rest: &Words<'_>,
        known: &mut [Known],
        next: &mut String,
    ) -> Option<Range<usize>> {
        let mut asked = self.words().zip(known);
        let ((mut term, class), known) = asked.next()?;
        let mut stands = stands_for(term, class, first.folded, known);
        let mut last = first.range.clone();
        let mut rest = rest.clone();
        for ((its_term, class), known) in asked {
            if stands == Stands::Not {
                return None;
            }
            last = rest.next_into(next)?;
            term = its_term;
            stands = stands_for(term, class, next, known);
        }
        // A form is marked whole, a beginning as far as it was written: the characters that matched and no others.
        let end = match stands {
            Stands::Not => return None,
            Stands::ForWhole => last.end,
            Stands::ForBeginning => last.start + folded_prefix(&first.text[last.clone()], term.folded.len()),
        };
        Some(first.range.start..end)
    }
}
