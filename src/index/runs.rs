//! Runs: plain words of a query that are written one after another. They match wherever they stand, and projects that have them in
//! a row come first: who writes two words mostly means the one thing that they name together.

use std::ops::Range;

use super::SearchError;
use super::query::{Fields, Form, Node, Query, Standing, Term, WordsNode};
use super::scores::Hits;
use super::search::Evaluation;

impl Evaluation<'_> {
    /// Raises the scores of versions that have every run of a query in a row, and of alternatives those of any, above those of all
    /// others. `written` is the query as it was written. Where the rows stand is kept behind the parts of the query, in the order of
    /// [`rows`].
    pub(super) fn raise(&self, hits: &mut Hits, query: &Query, written: &str) -> Result<(), SearchError> {
        if let Some(first) = query.root.as_ref().map(|root| self.in_rows(root, written)).transpose()?.flatten() {
            hits.raise(&first);
        }
        Ok(())
    }

    /// What comes first. `None` where a query has no runs.
    fn in_rows(&self, root: &Node, written: &str) -> Result<Option<Hits>, SearchError> {
        match root {
            Node::All(parts) => {
                let mut first: Option<Hits> = None;
                for run in runs(parts, written) {
                    let hits = self.words(&row(&run))?;
                    match &mut first {
                        Some(first) => first.and(&hits),
                        None => first = Some(hits),
                    }
                }
                Ok(first)
            }
            Node::Any(parts) => {
                let rows = parts.iter().map(|part| self.in_rows(part, written)).collect::<Result<Vec<_>, _>>()?;
                if rows.iter().all(Option::is_none) {
                    return Ok(None);
                }
                let mut first = Hits::none(self.documents);
                for (row, part) in rows.into_iter().zip(parts) {
                    // What is one word has it in a row wherever it stands.
                    first.or(&match row {
                        Some(row) => row,
                        None => self.unkept(part)?,
                    });
                }
                Ok(Some(first))
            }
            _ => Ok(None),
        }
    }
}

/// The rows of a query's runs, in the order of the query.
pub(super) fn rows(root: &Node, written: &str) -> Vec<WordsNode> {
    match root {
        Node::All(parts) => runs(parts, written).iter().map(|run| row(run)).collect(),
        Node::Any(parts) => parts.iter().flat_map(|part| rows(part, written)).collect(),
        _ => Vec::new(),
    }
}

/// The runs of two pieces and more among parts of a query that must all match.
pub(super) fn runs<'a>(parts: &'a [Node], written: &str) -> Vec<Vec<&'a WordsNode>> {
    let mut runs: Vec<Vec<&WordsNode>> = Vec::new();
    for words in parts.iter().filter_map(plain) {
        let follows = |before: &&WordsNode| {
            let between = written.get(before.written.end..words.written.start);
            between.is_some_and(|between| between.chars().all(char::is_whitespace))
        };
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(follows) => run.push(words),
            _ => runs.push(vec![words]),
        }
    }
    runs.retain(|run| run.len() > 1);
    runs
}

/// The words of a run in a row. One that is still being typed counts as a whole word: a beginning stands for so many words that the
/// places of them all take longer to read than there is between two keys.
fn row(run: &[&WordsNode]) -> WordsNode {
    let whole = |term: &Term| Term { form: Form::Class, ..term.clone() };
    let words = run.iter().flat_map(|words| words.words.iter().map(whole)).collect();
    WordsNode { words, fields: Fields::Any, standing: Standing::InARow, written: range_of(run) }
}

/// Where a run stands in the query, in bytes.
pub(super) fn range_of(run: &[&WordsNode]) -> Range<usize> {
    run.first().map_or(0, |first| first.written.start)..run.last().map_or(0, |last| last.written.end)
}

/// A piece that is neither quoted nor kept to a field: a word in any of its forms, or several by a hyphen.
pub(super) fn plain(part: &Node) -> Option<&WordsNode> {
    match part {
        Node::Words(words)
            if words.fields == Fields::Any
                && words.standing == Standing::InARow
                && words.words.iter().all(|term| matches!(term.form, Form::Class | Form::Typed)) =>
        {
            Some(words)
        }
        _ => None,
    }
}
