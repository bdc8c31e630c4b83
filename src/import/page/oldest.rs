//! The pages of 2016 and 2017: no heads. Each project names its reference in a line `HSCIC Id: …` inside its block, and
//! nothing marks where a block begins.
//!
//! How projects are told apart is not documented, so it is found out from the page. Each project has one reference, so
//! between two references lies one boundary. The text is the one part of a block that is no label; on which side of the
//! reference it stands is seen on the first project. The labels on the other side make an unbroken run, and the run, or
//! the label that the page opens with, is where the next project begins.

mod boundaries;
mod entries;

use crate::register::{Field, Place, Version};

use super::super::Entry;
use super::generation::Found;
use super::{Line, fields};

pub(super) use boundaries::Block;

/// The line of a project's reference.
const IDENTIFIER: &str = "HSCIC Id:";

/// The line of a dataset; a project has one for each.
const DATA: &str = "Data:";

/// The line of a type of data and a sensitivity; a project has one, or one for each dataset.
const FORMAT: &str = "Format:";

/// What such a page ends with.
const END: &str = "Source: NHS Digital";

/// The heading above a project's text.
const HEADING: &str = "Project info";

/// The label of the text.
const OBJECTIVE: &str = "Objective:";

/// Labels of texts that pages print before the objective, or instead of it. Below an objective these are its own words.
const OTHER_TEXTS: [&str; 3] = ["Output:", "Activities:", "Benefits:"];

/// A line of the page, and what it is as far as it alone tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Row<'a> {
    line: Line<'a>,
    kind: Kind<'a>,
    /// Its index among all lines of the page, empty ones too.
    at: usize,
}

/// What a line looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind<'a> {
    /// The reference.
    Identifier(&'a str),
    /// A dataset.
    Data(&'a str),
    /// A type of data and a sensitivity.
    Format(&'a str),
    /// A field.
    Fact(&'static str, Field),
    /// The beginning of a text, by its label.
    Text(&'static str, &'a str),
    /// The last line of a page, or of a project.
    End,
    /// Anything else.
    Prose,
}

impl Kind<'_> {
    fn of(text: &str) -> Kind<'_> {
        let after = |label: &str| text.strip_prefix(label).map(str::trim);
        if let Some(value) = after(IDENTIFIER) {
            Kind::Identifier(value)
        } else if let Some(value) = after(DATA) {
            Kind::Data(value)
        } else if let Some(value) = after(FORMAT) {
            Kind::Format(value)
        } else if text.trim_end_matches('.') == END {
            Kind::End
        } else if let Some(text) = text_label(text) {
            text
        } else if let Some(labelled) = fields::labelled(text) {
            Kind::Fact(labelled.label, labelled.field)
        } else {
            Kind::Prose
        }
    }

    /// The label of a line that states a fact and is no reference.
    fn fact(self) -> Option<&'static str> {
        match self {
            Kind::Data(_) => Some(DATA),
            Kind::Format(_) => Some(FORMAT),
            Kind::Fact(label, _) => Some(label),
            Kind::Identifier(_) | Kind::Text(..) | Kind::End | Kind::Prose => None,
        }
    }

    /// The label of a line, whatever it labels.
    fn label(self) -> Option<&'static str> {
        match self {
            Kind::Identifier(_) => Some(IDENTIFIER),
            Kind::Text(label, _) => Some(label),
            other => other.fact(),
        }
    }
}

/// Whether a project can have several lines with a label.
fn repeats(label: &str) -> bool {
    label == DATA || label == FORMAT
}

fn text_label(text: &str) -> Option<Kind<'_>> {
    let heading = text.strip_prefix(HEADING).filter(|rest| rest.is_empty() || rest.starts_with(':'));
    if let Some(rest) = heading {
        return Some(Kind::Text(HEADING, rest.trim_start_matches(':').trim()));
    }
    if text == "Objectives:" {
        return Some(Kind::Text(OBJECTIVE, ""));
    }
    let labels = std::iter::once(OBJECTIVE).chain(OTHER_TEXTS);
    labels.into_iter().find_map(|label| Some(Kind::Text(label, text.strip_prefix(label)?.trim())))
}

/// Whether a line begins with a label of such a page, or is its last.
pub(super) fn is_label(line: &str) -> bool {
    let kind = Kind::of(line);
    kind.label().is_some() || kind == Kind::End
}

/// Whether a line is a label that has a line of its own.
pub(super) fn stands_alone(line: &str) -> bool {
    line.trim_end_matches(':') == HEADING
}

/// Whether lines are such a page though they lack its title: a reference, and two more of its labels.
pub(super) fn is_page(lines: &[Line<'_>]) -> bool {
    let facts = lines.iter().filter(|line| Kind::of(line.text).fact().is_some()).take(2).count();
    facts == 2 && lines.iter().any(|line| matches!(Kind::of(line.text), Kind::Identifier(_)))
}

/// The lines of a page without those that only number its projects, `Project 1` above a label: they are no organisation's
/// name, and no part of the text above them.
pub(super) fn without_numbers(lines: Vec<Line<'_>>) -> Vec<Line<'_>> {
    let mut numbers = 1..;
    let mut next = numbers.next().unwrap_or(1);
    let is_number = |at: usize| {
        let number: Option<u32> = lines[at].text.strip_prefix("Project ").and_then(|number| number.parse().ok());
        let below = lines[at + 1..].iter().find(|line| !line.text.is_empty());
        let is_next = number == Some(next) && below.is_some_and(|line| is_label(line.text));
        if is_next {
            next = numbers.next().unwrap_or(next);
        }
        is_next
    };
    let dropped: Vec<bool> = (0..lines.len()).map(is_number).collect();
    lines.into_iter().zip(dropped).filter(|(_, dropped)| !dropped).map(|(line, _)| line).collect()
}

/// The blocks of a page's projects; none where the page names no reference.
pub(super) fn blocks<'a>(lines: &[Line<'a>], entry: &mut Entry<'_>) -> Vec<Block<'a>> {
    let shown = lines.iter().enumerate().filter(|(_, line)| !line.text.is_empty());
    let rows: Vec<Row<'a>> = shown.map(|(at, line)| Row { line: *line, kind: Kind::of(line.text), at }).collect();
    boundaries::find(&rows, entry)
}

/// Reads the projects of a page.
pub(super) fn read(blocks: &[Block<'_>], organisation: &str, found: &mut Found, entry: &mut Entry<'_>) -> Vec<Version> {
    let total = blocks.last().map_or(0, |block| block.first_line() + block.rows.len()) as u64;
    let parts: Vec<entries::Parts<'_, '_>> = entries::parts(blocks);
    let mut versions = Vec::with_capacity(blocks.len());
    for (block, parts) in blocks.iter().zip(&parts) {
        entry.progress((block.first_line() as u64).min(total), total);
        let version = entries::read(block, parts, organisation, entry);
        let facts: Vec<Line<'_>> = parts.facts.iter().map(|row| row.line).collect();
        found.add_facts(&facts);
        found.add_version(&version);
        versions.push(version);
    }
    if let (Some(last), Some(version)) = (blocks.last().filter(|block| !block.has_end), versions.last()) {
        let line = last.rows.last().map_or(version.place.clone(), |row| Place::line(entry.source, row.line.number));
        super::warn_of_cut(&line, version, entry);
    }
    versions
}
