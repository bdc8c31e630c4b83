//! Marking what matched: the same cutting and the same forms as in searching, on any text.

mod found;
mod passages;
mod reading;

use std::ops::Range;

use super::forms::class_of;
use super::query::{self, Node, WordsNode};
use super::runs::rows;
use super::{Held, Index, IndexError, LastWord, ProjectId, Room, SearchField, Snippet};
use found::{Asked, Judged, Reading, Role, Wanted};
pub use passages::Passages;

/// Marks what a query matches, in snippets and in whole texts alike. What a query leaves out is not marked.
#[derive(Debug, Clone, Default)]
pub struct Marker {
    /// The parts of the query, and behind them the rows of its runs.
    wanted: Vec<Wanted>,
}

impl Marker {
    /// A marker for a query.
    pub fn new(query: &str, last_word: LastWord) -> Self {
        let mut marker = Self::default();
        if let Some(root) = query::read(query, last_word).root {
            let rows = rows(&root, query);
            marker.collect(root);
            for row in rows {
                marker.want(Role::Row, row);
            }
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
        let asked = Asked::new(&self.wanted, field);
        asked.find(text, &mut Judged::new(&self.wanted), |found| {
            if !asked.rows().contains(&found.wanted) {
                ranges.push(found.range);
            }
            Reading::On
        });
        apart(ranges)
    }

    /// The passages of the projects of an edition. What a search for the same query has seen of where it stands spares reading
    /// texts for nothing, and changes none of them.
    pub fn passages<'a>(&'a self, index: &'a Index, room: Room, held: Option<&'a Held>) -> Passages<'a> {
        Passages::new(self, index, room, held)
    }

    /// The passages of one project that matter most ([`Passages::of`]).
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
        self.passages(index, room, None).of(project, limit)
    }

    fn collect(&mut self, node: Node) {
        match node {
            Node::All(parts) | Node::Any(parts) => parts.into_iter().for_each(|part| self.collect(part)),
            Node::Words(node) => self.want(Role::Part, node),
            Node::Not(_) | Node::Concern(_) | Node::Unsure(_) | Node::Alike(..) | Node::Value(_) | Node::Nothing => {}
        }
    }

    fn want(&mut self, role: Role, node: WordsNode) {
        let classes = node.words.iter().map(|word| class_of(&word.folded)).collect();
        self.wanted.push(Wanted { role, node, classes });
    }
}

/// Ranges in order, those that overlap joined.
fn apart(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    joined(ranges.into_iter())
}

/// Ranges that come in order of where they begin, those that overlap joined.
fn joined(ranges: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(ranges.size_hint().1.unwrap_or_default());
    for range in ranges {
        match apart.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}
