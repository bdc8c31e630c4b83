//! The labelled lines of a project, between its head and its first section.

use crate::register::vocabulary::{is_type_of_data, is_undisclosed_type, opt_out_answers};
use crate::register::{Answer, Dataset, Field, OptOuts, Place, Version, YesNo};

use super::super::Entry;
use super::{Line, opt_outs, short, values};

/// Up to so many values of one line are compared with those before one by one.
const FEW_VALUES: usize = 8;

/// The labels of single lines. Sections have labels too, but on lines of their own.
/// `Repeats` and `Categories` were printed from 2018 to 2020, the last two before.
const LABELS: [(&str, Field); 15] = [
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
    ("Basis:", Field::LegalBasis),
    ("How often:", Field::Access),
];

/// Marks that stand before an item of a list.
const MARKS: [char; 3] = ['-', '\u{2022}', '*'];

/// The longest line that can be the name of a dataset without a mark; longer ones are prose.
const LONGEST_NAME: usize = 120;

/// A line that begins with a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Labelled<'a> {
    /// The label as it is printed.
    pub(super) label: &'static str,
    pub(super) field: Field,
    pub(super) value: &'a str,
}

/// Whether a line begins with a label.
pub(super) fn is_label(line: &str) -> bool {
    labelled(line).is_some() || super::sections::label(line).is_some()
}

/// Reads a line's label.
pub(super) fn labelled(line: &str) -> Option<Labelled<'_>> {
    LABELS
        .iter()
        .find_map(|(label, field)| Some(Labelled { label, field: *field, value: line.strip_prefix(label)?.trim() }))
}

/// Reads the labelled lines of a project. Returns where text without a label of its own begins, which pages of 2021 to
/// 2024 can print after the datasets; `None` where there is none, or where objectives have their label.
pub(super) fn read(
    lines: &[Line<'_>],
    has_objectives: bool,
    version: &mut Version,
    entry: &mut Entry<'_>,
) -> Option<usize> {
    let text = if has_objectives { lines.len() } else { text_without_label(lines) };
    let mut last = None;
    for line in &lines[..text] {
        let place = Place::line(entry.source, line.number);
        if let Some(labelled) = labelled(line.text) {
            note_place(labelled.field, &place, version, entry);
            set(labelled.field, labelled.value, &place, version, entry);
            last = Some(labelled.field);
        } else if last == Some(Field::Access) && line.text.starts_with('(') {
            version.access_note = Some(line.text.to_owned());
        } else if last == Some(Field::Datasets) || (last.is_some() && item(line.text).is_some()) {
            add_dataset(line.text, &place, version, entry);
        } else {
            let message = format!("a line of {} was not understood: \"{}\"", version.reference, short(line.text));
            entry.warn(Some(&place), message);
        }
    }
    add_slipped_types(version);
    (text < lines.len()).then_some(text)
}

/// Where text without a label begins: after the last label, at the first line that is no item of the list of datasets
/// and no sentence about access. The number of lines where there is none.
fn text_without_label(lines: &[Line<'_>]) -> usize {
    let mut seen: Vec<&str> = Vec::new();
    let mut after = 0;
    for (at, line) in lines.iter().enumerate() {
        // Only the first line with a label is one: prose can begin with the same word.
        if let Some(labelled) = labelled(line.text).filter(|found| !seen.contains(&found.label)) {
            seen.push(labelled.label);
            after = at + 1;
        }
    }
    if after == 0 {
        return lines.len();
    }
    let opens = labelled(lines[after - 1].text);
    let is_note =
        |line: &Line<'_>| line.text.starts_with('(') && opens.is_some_and(|opens| opens.field == Field::Access);
    let mut at = after + lines.get(after).map_or(0, |line| usize::from(is_note(line)));
    let bare_names = opens.is_some_and(|opens| opens.field == Field::Datasets)
        && lines.get(at).is_some_and(|line| item(line.text).is_none() && could_be_name(line.text));
    let mut number = 0;
    while let Some(line) = lines.get(at) {
        let goes_on = || lines.get(at + 1).and_then(|next| number_of(next.text)).is_some_and(|next| next == number + 1);
        match item(line.text) {
            Some(_) => number = number_of(line.text).unwrap_or(number),
            None if (bare_names && could_be_name(line.text)) || (number > 0 && goes_on()) => {}
            None => break,
        }
        at += 1;
    }
    at
}

/// Whether a line without a mark could be the name of a dataset: short, and no sentence.
fn could_be_name(line: &str) -> bool {
    line.len() <= LONGEST_NAME && !line.ends_with('.')
}

/// Keeps where a field stands; says where it stands twice.
pub(super) fn note_place(field: Field, place: &Place, version: &mut Version, entry: &mut Entry<'_>) {
    if version.places.iter().any(|(known, _)| *known == field) {
        let message = format!("\"{}\" stands twice in {}; both are read", field.name(), version.reference);
        entry.warn(Some(place), message);
    } else {
        version.places.push((field, place.clone()));
    }
}

/// Sets a field to its published value.
pub(super) fn set(field: Field, value: &str, place: &Place, version: &mut Version, entry: &mut Entry<'_>) {
    if value.is_empty() {
        return;
    }
    match field {
        Field::OptOuts => set_opt_outs(value, place, version, entry),
        Field::LegalBasis => extend(&mut version.legal_bases, values::statutes(value)),
        Field::Purposes => {
            let (answer, kind) = values::answer_and_bracket(value);
            add_answer(&mut version.commercial, values::answer(answer));
            version.organisation_type = kind.map(str::to_owned);
            warn_unless_answered(&version.commercial, "commercial purposes", place, entry);
        }
        Field::Sublicensing => {
            add_answer(&mut version.sublicensing, values::answer(value));
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

fn set_opt_outs(value: &str, place: &Place, version: &mut Version, entry: &mut Entry<'_>) {
    let read = opt_outs::read(value);
    for part in &read.not_understood {
        let message = format!("an opt-out answer was not understood and is kept as published: \"{}\"", short(part));
        entry.warn(Some(place), message);
    }
    if !read.types_of_data.is_empty() {
        let slipped = read.types_of_data.join("\", \"");
        let message = format!(
            "a type of data stands where {} should say whether opt-outs were applied, and is read as a type: \"{slipped}\"",
            version.reference
        );
        entry.warn(Some(place), message);
    }
    let (known, new) = (std::mem::take(&mut version.opt_outs), read.opt_outs);
    version.opt_outs = OptOuts {
        state: known.state.and(new.state),
        as_published: joined(known.as_published, new.as_published),
        reasons: joined(known.reasons, new.reasons),
    };
}

/// Adds the types of data that slipped into the opt-outs field, once all fields are read. They stand there, unless the
/// entry's own line gives types too.
pub(super) fn add_slipped_types(version: &mut Version) {
    let answers = opt_out_answers(version.opt_outs.as_published.as_deref().unwrap_or_default());
    let slipped: Vec<String> =
        answers.into_iter().filter(|(part, _)| is_type_of_data(part)).map(|(part, _)| part.to_owned()).collect();
    if slipped.is_empty() {
        return;
    }
    if version.types_of_data.iter().all(|own| is_undisclosed_type(own)) {
        let place = version.place_of(Field::OptOuts).clone();
        version.places.retain(|(known, _)| *known != Field::TypeOfData);
        version.places.push((Field::TypeOfData, place));
    }
    extend(&mut version.types_of_data, slipped);
}

fn set_term(value: &str, place: &Place, version: &mut Version, entry: &mut Entry<'_>) {
    let when = values::when(value);
    version.term = version.term.union(when.term);
    version.released = version.released.union(when.released);
    if when.or_before {
        let message = "the first month of release is given as \"or before\": the month that is shown is the latest that it can be";
        entry.warn(Some(place), message);
    }
    if let Some(rest) = when.not_understood {
        entry.warn(Some(place), format!("part of the dates was not understood: \"{}\"", short(&rest)));
    }
}

fn add_dataset(line: &str, place: &Place, version: &mut Version, entry: &mut Entry<'_>) {
    let name = item(line);
    if name.is_none() {
        entry.warn(
            Some(place),
            format!("a line among the datasets has no mark and is kept as a dataset: \"{}\"", short(line)),
        );
    }
    let name = name.unwrap_or(line).trim().to_owned();
    version.datasets.push(Dataset { name: name.into(), place: Some(place.clone()), ..Dataset::default() });
}

/// An item of a list without its mark or number.
fn item(line: &str) -> Option<&str> {
    let marked = line.strip_prefix(MARKS).filter(|rest| rest.starts_with(char::is_whitespace));
    marked.map(str::trim).or_else(|| numbered(line).map(|(_, name)| name))
}

/// The number of an item: pages of 2021 to 2024 number the datasets, some without a label above.
fn number_of(line: &str) -> Option<u32> {
    numbered(line).map(|(number, _)| number)
}

/// `2. Emergency Care Data Set`: the number and the name.
fn numbered(line: &str) -> Option<(u32, &str)> {
    let (number, name) = line.split_once(['.', ')'])?;
    let is_number = !number.is_empty() && number.len() <= 3 && number.bytes().all(|byte| byte.is_ascii_digit());
    let name = name.strip_prefix(char::is_whitespace).filter(|_| is_number)?;
    Some((number.parse().ok()?, name.trim()))
}

fn add_answer(known: &mut Answer, new: Answer) {
    let before = std::mem::take(known);
    *known = Answer { value: before.value.and(new.value), as_published: joined(before.as_published, new.as_published) };
}

/// Two published values of one field, a line each.
fn joined(known: Option<String>, new: Option<String>) -> Option<String> {
    match (known, new) {
        (Some(known), Some(new)) => Some(known + "\n" + &new),
        (known, new) => known.or(new),
    }
}

fn warn_unless_answered(answer: &Answer, what: &str, place: &Place, entry: &mut Entry<'_>) {
    if let (YesNo::NotStated, Some(words)) = (answer.value, &answer.as_published) {
        entry.warn(
            Some(place),
            format!("the answer on {what} was not understood and is kept as published: \"{}\"", short(words)),
        );
    }
}

/// Adds to a list what it does not hold yet.
pub(super) fn extend(list: &mut Vec<String>, values: Vec<String>) {
    if values.len() <= FEW_VALUES {
        // A label can stand on thousands of lines.
        for value in values {
            if !list.contains(&value) {
                list.push(value);
            }
        }
        return;
    }
    let mut known: std::collections::HashSet<String> = list.iter().cloned().collect();
    list.extend(values.into_iter().filter(|value| known.insert(value.clone())));
}
