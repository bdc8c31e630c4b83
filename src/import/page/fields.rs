//! The labelled lines of a project, between its head and its first section.

use crate::register::{Dataset, Field, Place, Version};

use super::super::Entry;
use super::{Line, opt_outs, short, values};

/// The labels of single lines. Sections have labels too, but on lines of their own.
/// The last two were printed before 2021.
const LABELS: [(&str, Field); 13] = [
    ("Opt outs honoured:", Field::OptOuts),
    ("Legal basis:", Field::LegalBasis),
    ("Purposes:", Field::Purposes),
    ("Sensitive:", Field::Sensitivity),
    ("When:", Field::Term),
    ("Access method:", Field::Access),
    ("Data-controller type:", Field::Controllers),
    ("Sublicensing allowed:", Field::Sublicensing),
    ("AGD/predecessor discussions:", Field::Minutes),
    ("Datasets:", Field::Datasets),
    ("Type of data:", Field::TypeOfData),
    ("Repeats:", Field::Access),
    ("Categories:", Field::TypeOfData),
];

/// Marks that stand before an item of a list.
const MARKS: [&str; 3] = ["- ", "\u{2022} ", "* "];

/// Whether a line begins with a label.
pub(super) fn is_label(line: &str) -> bool {
    label(line).is_some() || super::sections::label(line).is_some()
}

/// Reads the labelled lines of a project.
pub(super) fn read(lines: &[Line<'_>], version: &mut Version, entry: &mut Entry<'_>) {
    let mut last = None;
    for line in lines {
        let place = Place::line(entry.source, line.number);
        if let Some((field, value)) = label(line.text) {
            if version.places.iter().any(|(known, _)| *known == field) {
                entry.warn(
                    Some(&place),
                    format!("\"{}\" stands twice in {}; both are read", field.name(), version.reference),
                );
            } else {
                version.places.push((field, place.clone()));
            }
            set(field, value, &place, version, entry);
            last = Some(field);
        } else if last == Some(Field::Datasets) || is_numbered(line.text) {
            add_dataset(line.text, &place, version, entry);
        } else if last == Some(Field::Access) && line.text.starts_with('(') {
            version.access_note = Some(line.text.to_owned());
        } else {
            let message = format!("a line of {} was not understood: \"{}\"", version.reference, short(line.text));
            entry.warn(Some(&place), message);
        }
    }
}

fn label(line: &str) -> Option<(Field, &str)> {
    LABELS.iter().find_map(|(label, field)| Some((*field, line.strip_prefix(label)?.trim())))
}

fn set(field: Field, value: &str, place: &Place, version: &mut Version, entry: &mut Entry<'_>) {
    if value.is_empty() {
        return;
    }
    match field {
        Field::OptOuts => {
            let read = opt_outs::read(value);
            if !read.is_understood {
                entry.warn(
                    Some(place),
                    format!("an opt-out answer was not understood and is kept as published: \"{}\"", short(value)),
                );
            }
            version.opt_outs = read.opt_outs;
        }
        Field::LegalBasis => extend(&mut version.legal_bases, values::statutes(value)),
        Field::Purposes => {
            let (answer, kind) = values::answer_and_bracket(value);
            version.commercial = values::answer(answer);
            version.organisation_type = kind.map(str::to_owned);
            warn_unless_answered(&version.commercial, "commercial purposes", place, entry);
        }
        Field::Sublicensing => {
            version.sublicensing = values::answer(value);
            warn_unless_answered(&version.sublicensing, "sublicensing", place, entry);
        }
        Field::Sensitivity => extend(&mut version.sensitivity, values::sensitivities(value)),
        Field::Term => set_term(value, place, version, entry),
        Field::Access => extend(&mut version.access, values::list(value)),
        Field::Controllers => extend(&mut version.controllers, values::organisations(value)),
        Field::Minutes => extend(&mut version.minutes, values::file_names(value)),
        Field::Datasets => add_dataset(value, place, version, entry),
        Field::TypeOfData => extend(&mut version.types_of_data, values::list(value)),
        _ => {}
    }
}

fn set_term(value: &str, place: &Place, version: &mut Version, entry: &mut Entry<'_>) {
    let when = values::when(value);
    version.term = when.term;
    version.released = when.released;
    if let Some(rest) = when.not_understood {
        entry.warn(Some(place), format!("part of the dates was not understood: \"{}\"", short(&rest)));
    }
}

fn add_dataset(line: &str, place: &Place, version: &mut Version, entry: &mut Entry<'_>) {
    let name = MARKS.iter().find_map(|mark| line.strip_prefix(mark)).or_else(|| without_number(line));
    if name.is_none() {
        entry.warn(
            Some(place),
            format!("a line among the datasets has no mark and is kept as a dataset: \"{}\"", short(line)),
        );
    }
    let name = name.unwrap_or(line).trim().to_owned();
    version.datasets.push(Dataset { name, place: Some(place.clone()), ..Dataset::default() });
}

/// Whether a line is an item of a numbered list: pages of 2021 to 2024 number the datasets, some without a label above.
fn is_numbered(line: &str) -> bool {
    without_number(line).is_some()
}

/// `2. Emergency Care Data Set` without its number.
fn without_number(line: &str) -> Option<&str> {
    let (number, name) = line.split_once(['.', ')'])?;
    let is_number = !number.is_empty() && number.len() <= 3 && number.bytes().all(|byte| byte.is_ascii_digit());
    name.strip_prefix(' ').filter(|_| is_number).map(str::trim)
}

fn warn_unless_answered(answer: &crate::register::Answer, what: &str, place: &Place, entry: &mut Entry<'_>) {
    if let (crate::register::YesNo::NotStated, Some(words)) = (answer.value, &answer.as_published) {
        entry.warn(
            Some(place),
            format!("the answer on {what} was not understood and is kept as published: \"{}\"", short(words)),
        );
    }
}

fn extend(list: &mut Vec<String>, values: Vec<String>) {
    for value in values {
        if !list.contains(&value) {
            list.push(value);
        }
    }
}
