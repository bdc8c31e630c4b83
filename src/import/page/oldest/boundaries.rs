//! Where one project of a page of 2016 or 2017 ends and the next begins.

use std::collections::{BTreeMap, BTreeSet};

use crate::register::Place;

use super::super::super::Entry;
use super::super::short;
use super::{DATA, Kind, Row, repeats};

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
    /// How often a label stands above another in the runs above the references.
    above: BTreeMap<(&'static str, &'static str), usize>,
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
    let order = Order::of(rows, start, &identifiers);
    let mut starts = vec![start];
    for pair in identifiers.windows(2) {
        let boundary = order.between(rows, pair[0], pair[1]);
        let Kind::Identifier(reference) = rows[pair[1]].kind else { continue };
        if !boundary.is_certain {
            let opening = rows[boundary.at].line;
            let message = format!(
                "where {reference} begins is not certain; it is read from this line on: \"{}\"",
                short(opening.text)
            );
            entry.warn(Some(&Place::line(entry.source, opening.number)), message);
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

/// The different labels of facts among lines, in order of their first lines.
fn labels(rows: &[Row<'_>]) -> Vec<&'static str> {
    let mut labels = Vec::new();
    for label in rows.iter().filter_map(|row| row.kind.fact()) {
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels
}

impl Order {
    fn of(rows: &[Row<'_>], start: usize, identifiers: &[usize]) -> Self {
        let first = identifiers.first().copied().unwrap_or(start);
        let is_text = |row: &Row<'_>| matches!(row.kind, Kind::Text(..));
        let text_first = rows[start..first].iter().any(is_text);
        let before = if text_first {
            let text = rows[start..first].iter().position(is_text).unwrap_or(0) + start;
            let run = run_above(rows, first, text, |_| true);
            labels(&rows[start..text]).into_iter().chain(labels(&rows[run.at..first])).collect()
        } else {
            labels(&rows[start..first]).into_iter().collect()
        };
        let opener = rows[start].kind.label().unwrap_or_default();
        let mut order = Self { opener, before, after: BTreeSet::new(), text_first, above: BTreeMap::new() };
        order.after = order.labels_below(rows, identifiers);
        order.learn(&labels(&rows[start..first]));
        for pair in identifiers.windows(2) {
            let run = run_above(rows, pair[1], pair[0] + 1, |label| order.is_above(label));
            order.learn(&labels(&rows[run.at..pair[1]]));
        }
        order
    }

    /// Labels that certainly stand below a reference: those between one and the text below it, those below the last, and
    /// those below the last text that stand nowhere above it.
    fn labels_below(&self, rows: &[Row<'_>], identifiers: &[usize]) -> BTreeSet<&'static str> {
        let mut below = BTreeSet::new();
        for (number, identifier) in identifiers.iter().enumerate() {
            let rest = &rows[identifier + 1..];
            let facts = rest.iter().take_while(|row| row.kind.fact().is_some()).count();
            let ends_in_text = rest.get(facts).is_some_and(|row| matches!(row.kind, Kind::Text(..) | Kind::Prose));
            if number + 1 == identifiers.len() || (ends_in_text && !self.text_first) {
                below.extend(labels(&rest[..facts]));
            }
        }
        let end = rows.iter().rposition(|row| row.kind != Kind::End).map_or(0, |last| last + 1);
        let last = identifiers.last().map_or(0, |identifier| identifier + 1).min(end);
        let run = run_above(rows, end, last, |label| !self.before.contains(label) && !below.contains(label));
        below.extend(labels(&rows[run.at..end]));
        below
    }

    /// Learns in which order labels stand above a reference.
    fn learn(&mut self, run: &[&'static str]) {
        for (at, upper) in run.iter().enumerate() {
            for lower in &run[at + 1..] {
                *self.above.entry((*upper, *lower)).or_default() += 1;
            }
        }
    }

    /// Whether a label can stand above a reference. Where the page does not show it, datasets stand below, as on the
    /// pages that are known, and the rest above.
    fn is_above(&self, label: &str) -> bool {
        self.before.contains(label) || !(self.after.contains(label) || label == DATA)
    }

    /// Whether the page shows on which side of a reference a label stands.
    fn is_shown(&self, label: &str) -> bool {
        self.before.contains(label) || self.after.contains(label)
    }

    /// The boundary between the references at `from` and `to`.
    fn between(&self, rows: &[Row<'_>], from: usize, to: usize) -> Boundary {
        if let Some(end) = rows[from..to].iter().rposition(|row| row.kind == Kind::End) {
            return Boundary { at: from + end + 1, is_certain: true };
        }
        if self.text_first { self.below(rows, from, to) } else { self.above(rows, from, to) }
    }

    /// The text stands last: the labels directly above a reference belong to it. A line at their top is prose after all
    /// where its label stands below one of the others everywhere else.
    fn above(&self, rows: &[Row<'_>], from: usize, to: usize) -> Boundary {
        let run = run_above(rows, to, from + 1, |label| self.is_above(label));
        let mut at = run.at;
        while at < to {
            let run = labels(&rows[at..to]);
            let count = |pair: (&'static str, &'static str)| self.above.get(&pair).copied().unwrap_or(0);
            let Some((top, others)) = run.split_first() else { break };
            if !others.iter().any(|other| count((*other, *top)) >= count((*top, *other))) {
                break;
            }
            at += rows[at..to].iter().take_while(|row| row.kind.fact() == Some(*top)).count();
        }
        let is_trimmed = at != run.at;
        let opening = rows[at].kind.label().unwrap_or_default();
        let opens = |row: &Row<'_>| row.kind.label() == Some(self.opener);
        // Above the label that the page opens with stands another, here alone.
        let is_new = opening != self.opener
            && rows[at..to].iter().any(opens)
            && self.above.get(&(opening, self.opener)).is_none_or(|times| *times < 2);
        let above = rows[from + 1..run.at].last().and_then(|row| row.kind.fact());
        let is_shown = above.is_none_or(|label| self.is_shown(label));
        Boundary { at, is_certain: is_shown && !is_trimmed && !is_new && !run.met_again }
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
