//! `basis-does-not-fit-type`: identifiable data whose only power is one for information that identifies no patient, or
//! whose confidentiality basis says that nothing confidential flows.

use crate::register::{Dataset, Release, Version};
use crate::text::{CELLS, fold};

use super::super::basis::{self, names_provision};
use super::super::case::{Answer, Case, Finding, ROWS_QUOTED, distinct, quoted, row};
use super::super::{Evidence, RuleId, Severity};
use super::footing::{dataset_row, dataset_rows, datasets_and_files, given};
use super::opt_outs::{legal_basis_field, opt_outs_field};

const RULE: RuleId = RuleId::BasisDoesNotFitType;

/// The register's value for data that is not confidential, folded.
const NOT_CONFIDENTIAL: &str = "does not include the flow of confidential data";

/// What a legal basis may be made of, without spaces and marks, where it names no other power than the limbs of section
/// 261(2) for information that identifies no patient. A longer part goes before one that it begins with.
const PARTS: [&str; 17] = [
    "otherdisseminationofinformation",
    "healthandsocialcareact2012",
    "healthandsocialcareact(2012)",
    "other",
    "sections261",
    "section261",
    "s261",
    "261",
    "(2)(b)(ii)",
    "(b)(ii)",
    "(2)(a)",
    "(1)",
    "and",
    "under",
    "or",
    "of",
    "the",
];

/// Those of them that are such a limb.
const LIMBS: [&str; 2] = ["(2)(b)(ii)", "(2)(a)"];

/// What power a legal basis names.
#[derive(Debug, PartialEq, Eq)]
enum Power {
    /// For information that identifies no patient, and no other.
    ForNoPatient,
    /// Another one.
    Other,
    /// An Act or a section without saying which of its powers; or nothing.
    Untold,
}

impl Power {
    fn of(legal_basis: &str) -> Self {
        let marks = |letter: &char| letter.is_alphanumeric() || matches!(letter, '(' | ')');
        let compact: String = fold(legal_basis).chars().filter(marks).collect();
        let mut rest = compact.as_str();
        let mut has_limb = false;
        while !rest.is_empty() {
            let part = PARTS.iter().find_map(|part| rest.strip_prefix(part).map(|after| (part, after)));
            let Some((part, after)) = part else {
                return if names_provision(legal_basis) { Self::Other } else { Self::Untold };
            };
            has_limb |= LIMBS.contains(part);
            rest = after;
        }
        if has_limb { Self::ForNoPatient } else { Self::Untold }
    }
}

/// What is at odds with the type of data, of one row.
#[derive(Clone, Copy)]
struct Odds<'a> {
    /// The legal basis, where it is the only power and one for no patient.
    power: Option<&'a str>,
    /// The confidentiality basis, where it says that nothing confidential flows.
    confidentiality: Option<&'a str>,
}

impl<'a> Odds<'a> {
    fn of(legal_basis: Option<&'a str>, confidentiality: &'a str) -> Option<Self> {
        let odds = Self {
            // What lacks this figure names neither limb, and needs no reading.
            power: legal_basis.filter(|basis| basis.contains("(2)") && Power::of(basis) == Power::ForNoPatient),
            confidentiality: Some(confidentiality).filter(|value| says_not_confidential(value)),
        };
        (odds.power.is_some() || odds.confidentiality.is_some()).then_some(odds)
    }

    fn of_dataset(dataset: &'a Dataset) -> Option<Self> {
        Self::of(dataset.legal_basis.as_deref(), dataset.confidentiality.as_deref().unwrap_or_default())
    }

    fn of_file(version: &'a Version, release: &'a Release) -> Option<Self> {
        Self::of(release.legal_basis.as_deref(), basis::of_file(version, release))
    }
}

fn is_identifiable(type_of_data: Option<&str>) -> bool {
    type_of_data.is_some_and(|value| value.trim().eq_ignore_ascii_case("identifiable"))
}

fn says_not_confidential(confidentiality: &str) -> bool {
    confidentiality.starts_with(['D', 'd', ' ']) && fold(confidentiality) == NOT_CONFIDENTIAL
}

pub(super) fn answer(case: &Case<'_>) -> Answer {
    if !case.layout.lists_files() {
        return by_entry(case);
    }
    let identifiable = |dataset: &&Dataset| is_identifiable(dataset.type_of_data.as_deref());
    let datasets: Vec<(&Dataset, Odds<'_>)> = dataset_rows(case)
        .filter(identifiable)
        .filter_map(|dataset| Odds::of_dataset(dataset).map(|odds| (dataset, odds)))
        .collect();
    let files: Vec<(&Version, &Release, Odds<'_>)> = case
        .files()
        .filter(|(_, release)| is_identifiable(release.type_of_data.as_deref()))
        .filter_map(|(version, release)| Odds::of_file(version, release).map(|odds| (version, release, odds)))
        .collect();
    if datasets.is_empty() && files.is_empty() {
        return unanswered(case);
    }
    let odds: Vec<Odds<'_>> =
        datasets.iter().map(|(_, odds)| *odds).chain(files.iter().map(|(_, _, odds)| *odds)).collect();
    let named: Vec<&Dataset> = datasets.iter().map(|(dataset, _)| *dataset).collect();
    let statement = statement(&datasets_and_files(&named, files.len()), &odds);
    let mut evidence: Vec<Evidence> =
        named.iter().take(ROWS_QUOTED).map(|dataset| dataset_row(case, dataset)).collect();
    evidence.extend(files.iter().take(ROWS_QUOTED).map(|(_, release, odds)| file_row(release, *odds)));
    let files = files.len();
    Answer::one(case.concern(Finding { rule: RULE, severity: Severity::Medium, statement, evidence, files }))
}

/// A file's row, with the confidentiality basis of its dataset where that is at odds.
fn file_row(release: &Release, odds: Odds<'_>) -> Evidence {
    let evidence = row(release);
    match odds.confidentiality {
        Some(value) => Evidence { quote: format!("{}{CELLS}{value}", evidence.quote), ..evidence },
        None => evidence,
    }
}

fn statement(what: &str, odds: &[Odds<'_>]) -> String {
    let mut said = Vec::new();
    let powers = distinct(odds.iter().filter_map(|odds| odds.power));
    if !powers.is_empty() {
        said.push(format!(
            "the only power that is named is {}, which is for information that identifies no patient",
            quoted(&powers)
        ));
    }
    if let Some(value) = odds.iter().find_map(|odds| odds.confidentiality) {
        said.push(format!("the confidentiality basis is \"{value}\""));
    }
    // Where both are said and not of the same rows, neither is said of all.
    let of_all = odds.iter().all(|odds| odds.power.is_some() && odds.confidentiality.is_some());
    if said.len() == 1 || of_all {
        return format!("The register calls {what} identifiable, and {}.", said.join(", and "));
    }
    format!("The register calls {what} identifiable; for some of it {}.", said.join(", and for some "))
}

/// Where nothing is at odds: silent, unless a row of identifiable data does not tell its power, or a row does not tell
/// its type.
fn unanswered(case: &Case<'_>) -> Answer {
    let untyped = dataset_rows(case)
        .any(|dataset| dataset.type_of_data.is_none() && Odds::of_dataset(dataset).is_some())
        || case
            .files()
            .any(|(version, release)| release.type_of_data.is_none() && Odds::of_file(version, release).is_some());
    if untyped {
        return Answer::cannot_tell(RULE, "The register does not give the type of some of the data.");
    }
    let of_datasets =
        dataset_rows(case).map(|dataset| (dataset.type_of_data.as_deref(), dataset.legal_basis.as_deref()));
    let of_files = case.files().map(|(_, release)| (release.type_of_data.as_deref(), release.legal_basis.as_deref()));
    let untold = |(kind, basis): (Option<&str>, Option<&str>)| {
        is_identifiable(kind) && Power::of(basis.unwrap_or_default()) == Power::Untold
    };
    if of_datasets.chain(of_files).any(untold) {
        let why = "The legal basis of identifiable data does not say which power it means.";
        return Answer::cannot_tell(RULE, why);
    }
    Answer::silent()
}

/// A page merges its values: only with one type of data does its basis belong to it.
fn by_entry(case: &Case<'_>) -> Answer {
    let types = &case.facts.types_of_data;
    let known = !case.is_type_unknown();
    if known && !types.iter().any(|value| is_identifiable(Some(value))) {
        return Answer::silent();
    }
    let legal: Vec<&str> = case.legal_bases().collect();
    let given = distinct(given(case).into_iter());
    let powers: Vec<Power> = legal.iter().map(|basis| Power::of(basis)).collect();
    let is_for_none = |power: &Power| *power == Power::ForNoPatient;
    let some_not_confidential = given.iter().any(|value| says_not_confidential(value));
    if !powers.iter().any(is_for_none) && !some_not_confidential {
        return if powers.contains(&Power::Untold) || powers.is_empty() {
            Answer::cannot_tell(RULE, "The legal basis does not say which power it means.")
        } else {
            Answer::silent()
        };
    }
    if !known {
        return Answer::cannot_tell(RULE, "The entry does not give the type of its data.");
    }
    let odds = Odds {
        power: legal.first().copied().filter(|_| legal.len() == 1 && powers.iter().all(is_for_none)),
        confidentiality: given.first().copied().filter(|_| given.len() == 1 && some_not_confidential),
    };
    if types.len() > 1 || (odds.power.is_none() && odds.confidentiality.is_none()) {
        let why = "The page merges several types of data or bases, and does not say which belong together.";
        return Answer::cannot_tell(RULE, why);
    }
    Answer::one(case.concern(Finding {
        rule: RULE,
        severity: Severity::Medium,
        statement: statement("the data", &[odds]),
        evidence: [case.types_of_data(), legal_basis_field(case), opt_outs_field(case)].concat(),
        files: 0,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_told_from_published_bases() {
        let table = [
            ("Health and Social Care Act 2012 - s261(2)(a)", Power::ForNoPatient),
            ("Health and Social Care Act 2012 s261(2)(a)", Power::ForNoPatient),
            ("Health and Social Care Act 2012 \u{2013} s261(1) and s261(2)(b)(ii)", Power::ForNoPatient),
            (
                "Health and Social Care Act 2012 - S261(2)(a); Health and Social Care Act 2012 - s261 (2) (b)(ii)",
                Power::ForNoPatient,
            ),
            ("Health and Social Care Act 2012 \u{2013} s261(2)(c)", Power::Other),
            ("Health and Social Care Act 2012 - s261(5)(d)", Power::Other),
            ("Health and Social Care Act 2012 - s261(2)(a) and s261(5)(d)", Power::Other),
            ("Health and Social Care Act 2012 \u{2013} s261(7)", Power::Other),
            (
                "Health and Social Care Act 2012 - s261(2)(a); National Health Service Act 2006 - s251 - 'Control of patient information'.",
                Power::Other,
            ),
            (
                "CV19: Regulation 3 (4) of the Health Service (Control of Patient Information) Regulations 2002",
                Power::Other,
            ),
            (
                "Informed Patient consent to permit the receipt, processing and release of data by the HSCIC",
                Power::Other,
            ),
            ("Health and Social Care Act 2012 - s261 - 'Other dissemination of information'", Power::Untold),
            ("Health and Social Care Act 2012", Power::Untold),
            ("Other-National Audit Act 1983", Power::Untold),
            ("", Power::Untold),
        ];
        for (published, power) in table {
            assert_eq!(Power::of(published), power, "{published}");
        }
    }
}
