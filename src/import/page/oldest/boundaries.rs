//! Where one project of a page of 2016 or 2017 ends and the next begins.

use std::collections::BTreeSet;

use crate::register::Place;

use super::super::super::Entry;
use super::super::short;
use super::{Kind, Row, repeats};

/// The lines of one project.
#[derive(Debug, Clone)]
pub(in super::super) struct Block<'a> {
    pub(super) rows: Vec<Row<'a>>,
    /// Index of its reference among them.
    pub(super) identifier: usize,
    /// Whether the page's last line, or a project's, closes it.
    pub(super) has_end: bool,
    /// Whether the text stands before the reference, as on the page's first project.
    pub(super) text_first: bool,
}

impl Block<'_> {
    /// Index of its first line among all lines of the page.
    pub(in super::super) fn first_line(&self) -> usize {
        self.rows.first().map_or(0, |row| row.at)
    }
}

/// What the first and the last project show of the page's order.
struct Order {
    /// The label that the page opens with.
    opener: &'static str,
    /// Labels that stand before the reference.
    before: BTreeSet<&'static str>,
    /// Labels that stand after it.
    after: BTreeSet<&'static str>,
    /// Whether the text stands before the reference.
    text_first: bool,
}

/// A boundary that was found.
struct Boundary {
    at: usize,
    is_certain: bool,
}

/// The blocks of a page, in order.
pub(super) fn find<'a>(rows: &[Row<'a>], entry: &mut Entry<'_>) -> Vec<Block<'a>> {
    let is_identifier = |row: &Row<'_>| matches!(row.kind, Kind::Identifier(_));
    let identifiers: Vec<usize> =
        rows.iter().enumerate().filter(|(_, row)| is_identifier(row)).map(|(at, _)| at).collect();
    let (Some(first), Some(last)) = (identifiers.first(), identifiers.last()) else { return Vec::new() };
    let start = rows.iter().position(|row| row.kind.label().is_some()).unwrap_or(*first);
    let order = Order::of(rows, start, *first, *last);
    let mut starts = vec![start];
    for pair in identifiers.windows(2) {
        let boundary = order.between(rows, pair[0], pair[1]);
        if !boundary.is_certain {
            let place = Place::line(entry.source, rows[boundary.at].line.number);
            let Kind::Identifier(reference) = rows[pair[1]].kind else { continue };
            let message = format!(
                "where {reference} begins is not certain; it is read from this line on: \"{}\"",
                short(rows[boundary.at].line.text)
            );
            entry.warn(Some(&place), message);
        }
        starts.push(boundary.at);
    }
    let end = end_of_last(rows, &order, starts.last().copied().unwrap_or(start), *last, entry);
    starts.push(end);
    let blocks = starts.windows(2).zip(&identifiers);
    blocks.map(|(pair, identifier)| block(&rows[pair[0]..pair[1]], identifier - pair[0], order.text_first)).collect()
}

fn block<'a>(rows: &[Row<'a>], identifier: usize, text_first: bool) -> Block<'a> {
    let has_end = rows.iter().any(|row| row.kind == Kind::End);
    let rows = rows.iter().copied().filter(|row| row.kind != Kind::End).collect();
    Block { rows, identifier, has_end, text_first }
}

/// Where the last project ends: with the page's last line, before what follows it, or before the beginning of a project
/// whose reference was cut off.
fn end_of_last(rows: &[Row<'_>], order: &Order, start: usize, identifier: usize, entry: &mut Entry<'_>) -> usize {
    if let Some(end) = rows.iter().rposition(|row| row.kind == Kind::End).filter(|end| *end > identifier) {
        for row in &rows[end + 1..] {
            let place = Place::line(entry.source, row.line.number);
            let message = format!("a line below the last project was not understood: \"{}\"", short(row.line.text));
            entry.warn(Some(&place), message);
        }
        return end + 1;
    }
    let opens = |row: &Row<'_>| row.kind.label() == Some(order.opener);
    let is_open = !order.text_first && !repeats(order.opener) && rows[start..identifier].iter().any(opens);
    let run = run_above(rows, rows.len(), identifier + 1, |_| true);
    let again = (run.at..rows.len()).rev().find(|at| opens(&rows[*at])).filter(|_| is_open);
    if let Some(at) = again {
        let place = Place::line(entry.source, rows[at].line.number);
        let message = "a project begins here, and the page ends before its reference: it was cut off, and these lines are not read";
        entry.warn(Some(&place), message);
    }
    again.unwrap_or(rows.len())
}

/// An unbroken run of facts above a line.
struct Run {
    /// Where it begins.
    at: usize,
    /// Whether a label that the run holds already ended it.
    met_again: bool,
}

/// The longest unbroken run of facts directly above `end`, down to `lowest`, in which no label comes twice that a project
/// has once, and whose labels all belong there.
fn run_above(rows: &[Row<'_>], end: usize, lowest: usize, belongs: impl Fn(&'static str) -> bool) -> Run {
    let mut seen = BTreeSet::new();
    let mut at = end;
    while at > lowest {
        let Some(label) = rows[at - 1].kind.fact().filter(|label| belongs(label)) else { break };
        if !seen.insert(label) && !repeats(label) {
            return Run { at, met_again: true };
        }
        at -= 1;
    }
    Run { at, met_again: false }
}

impl Order {
    fn of(rows: &[Row<'_>], start: usize, first: usize, last: usize) -> Self {
        let is_text = |row: &Row<'_>| matches!(row.kind, Kind::Text(..));
        let text_first = rows[start..first].iter().any(is_text);
        let labels = |rows: &[Row<'_>]| rows.iter().filter_map(|row| row.kind.fact()).collect::<BTreeSet<_>>();
        let before = if text_first {
            let text = rows[start..first].iter().position(is_text).unwrap_or(0) + start;
            let run = run_above(rows, first, text, |_| true);
            labels(&rows[start..text]).union(&labels(&rows[run.at..first])).copied().collect()
        } else {
            labels(&rows[start..first])
        };
        let is_fact = |row: &&Row<'_>| row.kind.fact().is_some();
        let after = rows[last + 1..].iter().take_while(is_fact).filter_map(|row| row.kind.fact()).collect();
        Self { opener: rows[start].kind.label().unwrap_or_default(), before, after, text_first }
    }

    /// The boundary between the references at `from` and `to`.
    fn between(&self, rows: &[Row<'_>], from: usize, to: usize) -> Boundary {
        if let Some(end) = rows[from..to].iter().rposition(|row| row.kind == Kind::End) {
            return Boundary { at: from + end + 1, is_certain: true };
        }
        if self.opener == super::IDENTIFIER {
            return Boundary { at: to, is_certain: true };
        }
        if self.text_first { self.below(rows, from, to) } else { self.above(rows, from, to) }
    }

    /// The text stands last: the labels directly above a reference belong to it.
    fn above(&self, rows: &[Row<'_>], from: usize, to: usize) -> Boundary {
        let belongs = |label: &'static str| {
            if repeats(label) {
                self.before.contains(label)
            } else {
                self.before.contains(label) || !self.after.contains(label)
            }
        };
        let run = run_above(rows, to, from + 1, belongs);
        let opens = |at: &usize| rows[*at].kind.label() == Some(self.opener);
        if repeats(self.opener) {
            return Boundary { at: run.at, is_certain: !run.met_again };
        }
        match (run.at..to).rev().find(opens) {
            Some(at) => Boundary { at, is_certain: at == run.at },
            // The project lacks the label that the first one opens with.
            None => Boundary { at: run.at, is_certain: !run.met_again },
        }
    }

    /// The text stands first: the labels directly below a reference belong to it.
    fn below(&self, rows: &[Row<'_>], from: usize, to: usize) -> Boundary {
        let mut seen = BTreeSet::new();
        let belongs = |label: &'static str| !self.before.contains(label) || self.after.contains(label);
        let mut at = from + 1;
        while at < to {
            let Some(label) = rows[at].kind.fact().filter(|label| belongs(label)) else { break };
            if label == self.opener || (!seen.insert(label) && !repeats(label)) {
                break;
            }
            at += 1;
        }
        // A line that is no label goes on with the one above.
        let opening = (at..to).find(|at| rows[*at].kind.label().is_some()).unwrap_or(to);
        let is_text = matches!(rows[opening].kind, Kind::Text(..));
        let opens = rows[opening].kind.label() == Some(self.opener) || is_text;
        Boundary { at: opening, is_certain: opening == at && opens }
    }
}
