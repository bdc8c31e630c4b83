//! `empty-section`: objectives, outputs or expected benefits that are missing or hardly filled in.

use crate::register::{Field, Section, Statement, Wording};

use super::super::case::{Answer, Case, Finding};
use super::super::{Evidence, RuleId, Severity};

/// The sections that an entry owes its reader.
const OWED: [Section; 3] = [Section::Objectives, Section::Outputs, Section::ExpectedBenefits];

/// What a layout that prints one text leaves untold.
const ONE_TEXT: &str = "This layout prints one text, and no outputs or expected benefits apart from it.";

/// What a file that lacks a column leaves untold.
const LACKING: &str = "The file that was read lacks the column of a section.";

pub(super) fn answer(case: &Case<'_>) -> Answer {
    let cannot_tell = |why: &str| Answer::cannot_tell(RuleId::EmptySection, why);
    if let (Wording::Published, Some(why)) = (case.edition.wording, case.why_unread()) {
        return cannot_tell(why);
    }
    if is_old_form(case) {
        return Answer::silent();
    }
    let hardly_filled = case.settings.thresholds.hardly_filled;
    let mut missing = Vec::new();
    let mut short = Vec::new();
    let mut evidence = Vec::new();
    let owed = if case.layout.records_outputs() { &OWED[..] } else { &OWED[..1] };
    let is_held = |section: &Section| !case.lacks_column(Field::Section(*section));
    for section in owed.iter().copied().filter(is_held) {
        let text = case.latest.section(section).unwrap_or_default();
        let length = text.trim().chars().count();
        if length >= hardly_filled {
            continue;
        }
        let listed = if length == 0 { &mut missing } else { &mut short };
        listed.push(section.name().to_lowercase());
        evidence.push(evidence_of(case, section, &text));
    }
    if evidence.is_empty() {
        return match case.layout.records_outputs() {
            false => cannot_tell(ONE_TEXT),
            true if owed.iter().all(is_held) => Answer::silent(),
            true => cannot_tell(LACKING),
        };
    }
    let mut said = Vec::new();
    if !missing.is_empty() {
        said.push(format!("no {} are published", missing.join(" and no ")));
    }
    if !short.is_empty() {
        said.push(format!("fewer than {hardly_filled} characters are published of its {}", short.join(" and ")));
    }
    let statement = format!("For this entry {}.", said.join(", and "));
    Answer::one(case.concern(Finding {
        rule: RuleId::EmptySection,
        severity: Severity::Medium,
        statement,
        evidence,
        files: 0,
    }))
}

/// Whether the entry is an old one that holds everything in its objective: the workbook's own notes say that those
/// are whole.
fn is_old_form(case: &Case<'_>) -> bool {
    let objective_only = |statement: &Statement| {
        let present: Vec<Section> =
            Section::ALL.into_iter().filter(|section| statement.sections.get(*section).is_some()).collect();
        present == [Section::Objectives]
    };
    case.layout.lists_files() && case.latest.statements.iter().all(objective_only) && !case.latest.statements.is_empty()
}

fn evidence_of(case: &Case<'_>, section: Section, text: &str) -> Evidence {
    let stated = case.latest.statements.iter().find(|statement| statement.sections.get(section).is_some());
    let first = case.latest.statements.first();
    let place = match (case.layout.lists_files(), stated.or(first)) {
        (true, Some(statement)) => &statement.place,
        _ => case.latest.place_of(Field::Section(section)),
    };
    Evidence { field: Field::Section(section), quote: text.to_owned(), place: place.clone() }
}
