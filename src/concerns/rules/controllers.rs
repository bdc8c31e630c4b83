//! Who answers for the data: how many, and whether the applicant is one of them.

use std::collections::BTreeSet;

use crate::names::{Codes, Names};
use crate::register::{Field, Version};

use super::super::case::{Answer, Case, Finding, evidence};
use super::super::{RuleId, Severity};

/// Why a layout or a file without controllers tells nothing of them.
fn untold(case: &Case<'_>) -> Option<&'static str> {
    if !case.layout.records_controllers() {
        Some("This layout does not record who answers for the data.")
    } else if case.lacks("agreements: Data Controller(s)") {
        Some("The file that was read lacks the controllers.")
    } else if case.project.versions.iter().all(|version| version.controllers.is_empty()) {
        Some("The entry names no controller.")
    } else {
        None
    }
}

/// The codes of the names that one version gives: two bodies of one name and different codes are two.
fn codes(version: &Version) -> Codes {
    let names = version.controllers.iter().chain([&version.organisation]);
    Names::built_in().codes(names.map(String::as_str))
}

pub(super) fn many(case: &Case<'_>) -> Answer {
    let rule = RuleId::JointControllersMany;
    if let Some(why) = untold(case) {
        return Answer::cannot_tell(rule, why);
    }
    let limit = case.settings.thresholds.many_controllers;
    // The latest version with so many speaks for the entry.
    let many = case.project.versions.iter().rev().find_map(|version| {
        let bodies = if version.controllers.len() > limit { bodies(version) } else { 0 };
        (bodies > limit).then_some((version, bodies))
    });
    let Some((version, bodies)) = many else { return Answer::silent() };
    let says_sole = |joint: &String| joint.to_lowercase().starts_with("sole");
    if version.joint.as_ref().is_some_and(says_sole) {
        let why = "The entry says that there is a sole controller, and its list of names reads as many.";
        return Answer::cannot_tell(rule, why);
    }
    let statement = format!("{bodies} organisations answer for the data, by {}.", version.reference);
    let found =
        vec![evidence(Field::Controllers, &version.controllers.join("; "), version.place_of(Field::Controllers))];
    Answer::one(case.concern(Finding { rule, severity: Severity::Note, statement, evidence: found, files: 0 }))
}

/// How many bodies a version names as controllers, however each is spelled.
fn bodies(version: &Version) -> usize {
    let codes = codes(version);
    let keys = version.controllers.iter().map(|name| Names::built_in().organisation_key_among(&codes, name));
    keys.collect::<BTreeSet<_>>().len()
}

pub(super) fn applicant(case: &Case<'_>) -> Answer {
    let rule = RuleId::ApplicantNotController;
    if let Some(why) = untold(case) {
        return Answer::cannot_tell(rule, why);
    }
    let version = case.latest;
    if version.organisation.is_empty() {
        return Answer::cannot_tell(rule, "The entry does not name who applied.");
    }
    if version.controllers.is_empty() {
        return Answer::cannot_tell(rule, "The latest version names no controller.");
    }
    if is_controller(version) {
        return Answer::silent();
    }
    let statement = format!("The applicant, {}, is not among the controllers.", version.organisation);
    let found = vec![
        evidence(Field::Organisation, &version.organisation, version.place_of(Field::Organisation)),
        evidence(Field::Controllers, &version.controllers.join("; "), version.place_of(Field::Controllers)),
    ];
    Answer::one(case.concern(Finding { rule, severity: Severity::Note, statement, evidence: found, files: 0 }))
}

/// Whether the applicant is one of the controllers, in any spelling. A name with a comma can stand in the list in pieces.
fn is_controller(version: &Version) -> bool {
    if version.controllers.contains(&version.organisation) {
        return true;
    }
    let (names, codes) = (Names::built_in(), codes(version));
    let applicant = names.organisation_key_among(&codes, &version.organisation);
    let is_applicant = |name: &str| names.organisation_key_among(&codes, name) == applicant;
    if version.controllers.iter().any(|name| is_applicant(name)) {
        return true;
    }
    let pieces = version.organisation.split([',', ';']).count();
    pieces > 1 && version.controllers.windows(pieces).any(|run| is_applicant(&run.join(", ")))
}
