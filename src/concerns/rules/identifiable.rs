//! `identifiable-opt-outs-not-applied`: identifiable data without opt-outs, weighed by what it went out on.

use crate::register::vocabulary::opt_out_answers;
use crate::register::{Field, OptOutState, Release, Version};
use crate::text::fold;

use super::super::basis::{self, Basis, names_provision};
use super::super::case::{Answer, Case, Finding, count, distinct, quoted, rows};
use super::super::{RuleId, Severity};
use super::opt_outs::{legal_basis_field, not_applied_files, opt_outs_field};

const RULE: RuleId = RuleId::IdentifiableOptOutsNotApplied;

pub(super) fn answer(case: &Case<'_>) -> Answer {
    if case.layout.lists_files() { by_file(case) } else { by_entry(case) }
}

fn by_file(case: &Case<'_>) -> Answer {
    let mut answer = Answer::silent();
    let identifiable: Vec<(&Version, &Release)> =
        not_applied_files(case).filter(|(_, release)| release.is_identifiable()).collect();
    // The footing of a file can stand in a column that the file that was read lacks: consent, for one.
    let is_footing_unread = case.lacks_column(Field::Datasets);
    let weight = |(version, release): &(&Version, &Release)| {
        if is_footing_unread { Severity::Note } else { weigh(case, version, release) }
    };
    let weights: Vec<Severity> = identifiable.iter().map(weight).collect();
    for severity in [Severity::High, Severity::Medium, Severity::Note] {
        let weighed = identifiable.iter().zip(&weights).filter(|(_, weight)| **weight == severity);
        let files: Vec<(&Version, &Release)> = weighed.map(|(file, _)| *file).collect();
        let Some((_, first)) = files.first() else { continue };
        let bases = distinct(files.iter().map(|(version, release)| basis::of_file(version, release)));
        let statement = format!(
            "The register says that {} were not applied to {} that it calls identifiable, {}.",
            Case::opt_outs_of(case.month(first)),
            count(files.len(), "file", "files"),
            on_basis(&bases),
        );
        answer.concerns.push(case.concern(Finding {
            rule: RULE,
            severity,
            statement,
            files: files.len(),
            evidence: rows(files.into_iter().map(|(_, release)| release)),
        }));
    }
    answer
}

fn on_basis(bases: &[&str]) -> String {
    let named: Vec<&str> = bases.iter().copied().filter(|words| !words.is_empty()).collect();
    if named.is_empty() { "on no stated basis".to_owned() } else { format!("on the basis {}", quoted(&named)) }
}

/// How much one file weighs. What is outside the opt-outs is told first, by whatever tells it.
fn weigh(case: &Case<'_>, version: &Version, release: &Release) -> Severity {
    let basis = Basis::of(basis::of_file(version, release));
    if basis.is_outside_opt_outs() || is_outside(case, &release.dataset) { Severity::Note } else { weigh_basis(basis) }
}

fn weigh_basis(basis: Basis) -> Severity {
    match basis {
        Basis::Empty | Basis::NoSection => Severity::High,
        Basis::Section251 | Basis::Provision | Basis::Mixture => Severity::Medium,
        Basis::Consent | Basis::Regulation3 | Basis::NationalStatistics => Severity::Note,
    }
}

fn is_outside(case: &Case<'_>, dataset: &str) -> bool {
    case.settings.words.outside_opt_outs.are_in(&fold(dataset))
}

/// A page merges its files: only an entry with one type, one answer and one basis tells about each of them.
fn by_entry(case: &Case<'_>) -> Answer {
    let facts = &case.facts;
    let is_identifiable = |value: &String| value.eq_ignore_ascii_case("identifiable");
    let cannot_tell = |why: &str| Answer::cannot_tell(RULE, why);
    if case.is_type_unknown() && facts.opt_outs.state != OptOutState::Applied {
        return cannot_tell("The entry does not give the type of its data.");
    }
    if !facts.types_of_data.iter().any(is_identifiable) || facts.opt_outs.state == OptOutState::Applied {
        return Answer::silent();
    }
    if facts.opt_outs.state == OptOutState::NotStated {
        return cannot_tell("Some of the data is identifiable, and the entry says nothing about opt-outs.");
    }
    if facts.opt_outs.state == OptOutState::Mixed || !facts.types_of_data.iter().all(is_identifiable) {
        return cannot_tell("The page merges several types of data or answers, and does not say which file is which.");
    }
    let given = given_by_entry(case);
    let mut told = given.iter().map(|words| Basis::of(words));
    let basis = told.next().unwrap_or(Basis::Empty);
    if basis == Basis::Mixture || told.any(|other| other != basis) || given.iter().any(|words| words.contains('\n')) {
        return cannot_tell("The entry gives several bases, and does not say which file went out on which.");
    }
    let all_outside =
        !facts.datasets.is_empty() && facts.datasets.iter().all(|dataset| is_outside(case, &dataset.name));
    let named = facts.legal_bases.iter().any(|basis| names_provision(basis));
    let severity = match basis {
        outside if outside.is_outside_opt_outs() || all_outside => Severity::Note,
        Basis::Empty => Severity::High,
        _ if !named => Severity::High,
        _ => Severity::Medium,
    };
    let beside = match (given.as_slice(), facts.opt_outs.reasons.is_some()) {
        ([], _) => "on no stated basis".to_owned(),
        (given, true) => format!("and beside it {}", quoted(given)),
        (given, false) => format!("on the basis {}", quoted(given)),
    };
    let evidence = [opt_outs_field(case), case.types_of_data(), legal_basis_field(case)].concat();
    Answer::one(case.concern(Finding {
        rule: RULE,
        severity,
        statement: format!(
            "The register says that opt-outs were not applied to data that it calls identifiable, {beside}."
        ),
        evidence,
        files: 0,
    }))
}

/// The bases that an entry gives: the bracket beside its answer, else the words after "No - ", else the legal bases where
/// its layout has no bracket.
fn given_by_entry<'a>(case: &'a Case<'_>) -> Vec<&'a str> {
    if let Some(reasons) = &case.facts.opt_outs.reasons {
        return vec![reasons];
    }
    let published = case.facts.opt_outs.as_published.as_deref().unwrap_or_default();
    let explained = opt_out_answers(published).into_iter().filter_map(|(answer, _)| answer.strip_prefix("No - "));
    let explained = distinct(explained);
    if explained.is_empty() && !case.layout.records_confidentiality() {
        case.legal_bases().collect()
    } else {
        explained
    }
}
