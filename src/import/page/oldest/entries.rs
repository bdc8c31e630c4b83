//! What one project of a page of 2016 or 2017 says: its facts, its datasets, and its text.

use std::collections::{BTreeMap, BTreeSet};

use crate::register::vocabulary::split_format;
use crate::register::{Dataset, Field, Place, Repeated, Section, Sections, Statement, Version};

use super::super::super::Entry;
use super::super::{Line, fields, warn_of_lost_label};
use super::{Block, HEADING, Kind, OBJECTIVE, Row, repeats};

/// A project's lines, sorted by what they are.
pub(super) struct Parts<'b, 'a> {
    /// Lines that state facts, in order; a line that is not understood is among them.
    pub(super) facts: Vec<&'b Row<'a>>,
    /// The text, with its labels.
    text: &'b [Row<'a>],
}

/// Sorts the lines of all projects of a page.
///
/// Prose can end in a line that looks like a fact, and on some pages facts follow the text. A fact follows the text
/// where its label stands nowhere on the page before a text, and follows it in half of the projects or more.
pub(super) fn parts<'b, 'a>(blocks: &'b [Block<'a>]) -> Vec<Parts<'b, 'a>> {
    let split: Vec<(usize, usize)> = blocks.iter().map(text_and_run).collect();
    let labels = |rows: &[Row<'_>]| rows.iter().filter_map(|row| row.kind.fact()).collect::<BTreeSet<&'static str>>();
    let usual: BTreeSet<&str> =
        blocks.iter().zip(&split).flat_map(|(block, (text, _))| labels(&block.rows[..*text])).collect();
    let mut following: BTreeMap<&str, usize> = BTreeMap::new();
    for (block, (_, run)) in blocks.iter().zip(&split) {
        for label in labels(&block.rows[*run..]) {
            *following.entry(label).or_default() += 1;
        }
    }
    let with_text = blocks.iter().zip(&split).filter(|(block, (text, _))| *text < block.rows.len()).count();
    let follows =
        |label: &str| !usual.contains(label) && following.get(label).is_some_and(|count| count * 2 >= with_text);
    let parts = blocks.iter().zip(split).map(|(block, (text, run))| {
        let rows = &block.rows;
        // Where the text stands before the reference, the run that ends in it is all facts.
        let is_fact = |row: &Row<'_>| block.text_first || row.kind.fact().is_some_and(&follows);
        let end = (run..rows.len()).rev().take_while(|at| is_fact(&rows[*at])).last().unwrap_or(rows.len()).max(text);
        let facts = rows[..text].iter().chain(&rows[end..]).collect();
        Parts { facts, text: &rows[text..end] }
    });
    parts.collect()
}

/// Where a block's text begins, and where the run of facts begins that ends the block.
fn text_and_run(block: &Block<'_>) -> (usize, usize) {
    let rows = &block.rows;
    let labelled = rows.iter().position(|row| matches!(row.kind, Kind::Text(..)));
    let text = labelled.unwrap_or_else(|| text_without_label(block));
    let mut seen: BTreeSet<&str> = rows[..text].iter().filter_map(|row| row.kind.fact()).collect();
    let mut run = rows.len();
    while run > text {
        let is_identifier = matches!(rows[run - 1].kind, Kind::Identifier(_));
        let label = rows[run - 1].kind.fact();
        let is_new = label.is_some_and(|label| seen.insert(label) || (repeats(label) && run < rows.len()));
        if !is_identifier && !is_new {
            break;
        }
        run -= 1;
    }
    (text, run)
}

/// Where text without a label begins: with the first line below the reference that is no fact, if none follows it.
fn text_without_label(block: &Block<'_>) -> usize {
    let facts = block.rows.iter().rposition(|row| row.kind != Kind::Prose).map_or(0, |last| last + 1);
    facts.max(block.identifier + 1).min(block.rows.len())
}

/// Reads one project.
pub(super) fn read(block: &Block<'_>, parts: &Parts<'_, '_>, organisation: &str, entry: &mut Entry<'_>) -> Version {
    let at = |row: &Row<'_>| Place::line(entry.source, row.line.number);
    let identifier = &block.rows[block.identifier];
    let place = block.rows.first().map_or_else(|| at(identifier), at);
    let reference = match identifier.kind {
        Kind::Identifier(reference) if !reference.is_empty() => reference.to_owned(),
        _ => {
            let place = at(identifier);
            let own = format!("without reference, {}", place.position);
            entry.warn(Some(&place), format!("a project has no reference; it is kept as \"{own}\""));
            own
        }
    };
    let mut version = Version::new(&reference, organisation, place);
    let plain: Vec<Line<'_>> = parts.facts.iter().filter(|row| is_plain(row)).map(|row| row.line).collect();
    // Lines that are not understood are said there, and text without a label is told apart here.
    fields::read(&plain, true, &mut version, entry);
    read_datasets(&parts.facts, &mut version, entry);
    read_text(parts.text, &mut version, entry);
    version
}

/// A line that is read as on every other page.
fn is_plain(row: &Row<'_>) -> bool {
    !matches!(row.kind, Kind::Identifier(_) | Kind::Data(_) | Kind::Format(_))
}

/// Reads the datasets and formats. Where each dataset has a format beside it, that is its own; else a format is the
/// project's.
fn read_datasets(facts: &[&Row<'_>], version: &mut Version, entry: &mut Entry<'_>) {
    let own = formats_of(facts);
    let mut formats: Vec<&str> = Vec::new();
    for (at, row) in facts.iter().enumerate() {
        let place = Place::line(entry.source, row.line.number);
        match row.kind {
            Kind::Data(name) if !name.is_empty() => {
                let (type_of_data, sensitivity) = own.get(&at).map_or((None, None), |format| split_format(format));
                let kept = |value: Option<&str>| value.map(Repeated::from);
                if !version.places.iter().any(|(known, _)| *known == Field::Datasets) {
                    version.places.push((Field::Datasets, place.clone()));
                }
                version.datasets.push(Dataset {
                    name: name.into(),
                    type_of_data: kept(type_of_data),
                    sensitivity: kept(sensitivity),
                    place: Some(place),
                    ..Dataset::default()
                });
            }
            Kind::Format(value) if !value.is_empty() => {
                let (type_of_data, sensitivity) = split_format(value);
                for (field, value) in [(Field::TypeOfData, type_of_data), (Field::Sensitivity, sensitivity)] {
                    let Some(value) = value else { continue };
                    if !version.places.iter().any(|(known, _)| *known == field) {
                        version.places.push((field, place.clone()));
                    }
                    fields::set(field, value, &place, version, entry);
                }
                if !formats.contains(&value) {
                    formats.push(value);
                }
            }
            _ => {}
        }
    }
    if formats.len() > 1 && own.is_empty() {
        let message = format!(
            "{} has {} formats, which do not stand beside its datasets: which is whose is not told",
            version.reference,
            formats.len()
        );
        entry.warn(Some(&version.place.clone()), message);
    }
}

/// The format that stands beside each dataset, by the dataset's index, where formats and datasets take turns.
fn formats_of<'a>(facts: &[&Row<'a>]) -> BTreeMap<usize, &'a str> {
    let is_either = |row: &Row<'_>| matches!(row.kind, Kind::Data(_) | Kind::Format(_));
    let both: Vec<usize> = (0..facts.len()).filter(|at| is_either(facts[*at])).collect();
    let mut own = BTreeMap::new();
    if both.len() % 2 == 1 {
        return own;
    }
    for pair in both.chunks(2) {
        let &[first, second] = pair else { continue };
        let beside = second == first + 1;
        match (facts[first].kind, facts[second].kind) {
            (Kind::Data(_), Kind::Format(format)) if beside => own.insert(first, format),
            (Kind::Format(format), Kind::Data(_)) if beside => own.insert(second, format),
            _ => return BTreeMap::new(),
        };
    }
    let data_first = |pair: &[usize]| matches!(facts[pair[0]].kind, Kind::Data(_));
    let first = both.chunks(2).next().is_some_and(data_first);
    if both.chunks(2).all(|pair| data_first(pair) == first) { own } else { BTreeMap::new() }
}

/// Reads the text into a statement: an objective under its heading, and what stands before it under labels of its own.
fn read_text(rows: &[Row<'_>], version: &mut Version, entry: &mut Entry<'_>) {
    let Some(first) = rows.first() else { return };
    if !matches!(first.kind, Kind::Text(..)) {
        warn_of_lost_label(&first.line, version, entry);
    }
    let mut texts: BTreeMap<Section, Vec<&str>> = BTreeMap::new();
    let mut begun: BTreeSet<&str> = BTreeSet::new();
    let mut section = Section::Objectives;
    for (at, row) in rows.iter().enumerate() {
        let opened = match row.kind {
            Kind::Text(label, inline) => opened_by(label, &begun).map(|section| (section, label, inline)),
            _ => None,
        };
        let line = match opened {
            None => row.line.text,
            Some((opened, label, inline)) => {
                begun.insert(label);
                section = opened;
                let place = Place::line(entry.source, row.line.number);
                if !version.places.iter().any(|(known, _)| *known == Field::Section(section)) {
                    version.places.push((Field::Section(section), place));
                }
                inline
            }
        };
        if at == 0 && opened.is_none() {
            version.places.push((Field::Section(section), Place::line(entry.source, row.line.number)));
        }
        if !line.is_empty() {
            texts.entry(section).or_default().push(line);
        }
    }
    let mut sections = Sections::default();
    for (section, lines) in texts {
        sections.set(section, Some(lines.join("\n")));
    }
    version.statements.push(Statement { sections, place: Place::line(entry.source, first.line.number) });
}

/// The section that a label begins, where it does: each label once, and below an objective none but it.
fn opened_by(label: &str, begun: &BTreeSet<&str>) -> Option<Section> {
    let is_settled = begun.contains(OBJECTIVE) || begun.contains(label);
    match label {
        _ if is_settled => None,
        OBJECTIVE | HEADING => Some(Section::Objectives),
        // Under the heading alone the text has begun: a line that begins with such a word is a part of it.
        _ if begun.contains(HEADING) => None,
        "Output:" => Some(Section::Outputs),
        "Activities:" => Some(Section::Processing),
        "Benefits:" => Some(Section::ExpectedBenefits),
        _ => None,
    }
}
