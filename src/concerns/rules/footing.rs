//! On what footing data went out: section 251 for what is called anonymised, consent, and a notice that had expired.

use crate::register::vocabulary::{begins_confidentiality, opt_out_answers};
use crate::register::{Dataset, Date, Field, Layout, Release, Version};
use crate::text::{CELLS, fold};

use super::super::basis::{self, Basis};
use super::super::case::{Answer, Case, Finding, ROWS_QUOTED, count, distinct, quoted, row, rows};
use super::super::{Evidence, RuleId, Severity};
use super::opt_outs::{legal_basis_field, opt_outs_field};

/// The register's value for consent in the law of confidentiality, folded.
const CONSENT: &str = "consent (reasonable expectation)";

/// How the types of anonymised data begin.
const ANONYMISED: &str = "anonymised";

/// The first whole month but one after the notices expired on 30 June 2022, so that no file of their last days counts.
const AFTER_NOTICES: (i16, u8) = (2022, 8);

/// A column without which a workbook does not state the basis in the law of confidentiality.
pub(super) const CONFIDENTIALITY: &str = "datasets: Common Law Duty of Confidentiality";

/// Whether the file that was read lacks what states the basis of each dataset.
pub(super) fn lacks_confidentiality(case: &Case<'_>) -> bool {
    case.layout == Layout::DataUsesRegister && case.lacks(CONFIDENTIALITY)
}

/// The rows of the sheet of datasets. The workbooks of 2016 to 2021 have none: there datasets are told from files.
pub(super) fn dataset_rows<'a>(case: &Case<'a>) -> impl Iterator<Item = &'a Dataset> {
    let versions = case.project.versions.iter().filter(|_| case.layout == Layout::DataUsesRegister);
    versions.flat_map(|version| &version.datasets)
}

/// Evidence from a row of the sheet of datasets: its cells that matter here, as published.
pub(super) fn dataset_row(case: &Case<'_>, dataset: &Dataset) -> Evidence {
    let cells = [&dataset.type_of_data, &dataset.sensitivity, &dataset.legal_basis, &dataset.confidentiality];
    let mut quote = vec![dataset.name.as_str()];
    quote.extend(cells.into_iter().filter_map(|cell| cell.as_deref()));
    case.dataset(dataset, quote.join(CELLS))
}

fn is_anonymised(type_of_data: Option<&str>) -> bool {
    let begins = |value: &str| {
        value.trim_start().get(..ANONYMISED.len()).is_some_and(|start| start.eq_ignore_ascii_case(ANONYMISED))
    };
    type_of_data.is_some_and(begins)
}

/// What a basis comes to, of those that name section 251: no other is asked for, and most are other ones.
fn naming_251(published: &str) -> Option<Basis> {
    published.contains("251").then(|| Basis::of(published))
}

fn of_dataset(dataset: &Dataset) -> &str {
    dataset.confidentiality.as_deref().or(dataset.legal_basis.as_deref()).unwrap_or_default()
}

pub(super) fn anonymised_yet_251(case: &Case<'_>) -> Answer {
    if !case.layout.lists_files() {
        return anonymised_by_entry(case);
    }
    let rule = RuleId::AnonymisedYetS251;
    let datasets: Vec<&Dataset> =
        dataset_rows(case).filter(|dataset| is_anonymised(dataset.type_of_data.as_deref())).collect();
    let files: Vec<(&Version, &Release)> =
        case.files().filter(|(_, release)| is_anonymised(release.type_of_data.as_deref())).collect();
    let bases = || {
        let of_files = files.iter().map(|(version, release)| basis::of_file(version, release));
        datasets.iter().map(|dataset| of_dataset(dataset)).chain(of_files).filter_map(naming_251)
    };
    if !bases().any(|basis| basis == Basis::Section251) {
        let is_any = !datasets.is_empty() || !files.is_empty();
        return if bases().any(|basis| basis == Basis::Mixture) {
            Answer::cannot_tell(rule, "The basis is a mixture, and does not say what rests on section 251.")
        } else if is_any && lacks_confidentiality(case) {
            Answer::cannot_tell(rule, "The file that was read lacks the basis in the law of confidentiality.")
        } else {
            Answer::silent()
        };
    }
    let datasets: Vec<&Dataset> =
        datasets.into_iter().filter(|dataset| naming_251(of_dataset(dataset)) == Some(Basis::Section251)).collect();
    let files: Vec<&Release> = files
        .into_iter()
        .filter(|(version, release)| naming_251(basis::of_file(version, release)) == Some(Basis::Section251))
        .map(|(_, release)| release)
        .collect();
    let statement = format!(
        "The register calls {} anonymised, and the basis that it gives is section 251 support.",
        datasets_and_files(&datasets, files.len())
    );
    let mut evidence: Vec<Evidence> =
        datasets.iter().take(ROWS_QUOTED).map(|dataset| dataset_row(case, dataset)).collect();
    let count = files.len();
    evidence.extend(rows(files.into_iter()));
    Answer::one(case.concern(Finding { rule, severity: Severity::Note, statement, evidence, files: count }))
}

/// `2 datasets and 14 files`.
pub(super) fn datasets_and_files(datasets: &[&Dataset], files: usize) -> String {
    let named = distinct(datasets.iter().map(|dataset| dataset.name.as_str())).len();
    match (named, files) {
        (0, files) => count(files, "file", "files"),
        (named, 0) => count(named, "dataset", "datasets"),
        (named, files) => format!("{} and {}", count(named, "dataset", "datasets"), count(files, "file", "files")),
    }
}

/// The bases that a page gives: the bracket beside its answer, else the words after "No - ", else its legal bases. A
/// bracket can hold several values.
pub(super) fn given<'a>(case: &'a Case<'_>) -> Vec<&'a str> {
    if let Some(reasons) = &case.facts.opt_outs.reasons {
        return reasons.lines().flat_map(values_of_bracket).collect();
    }
    let published = case.facts.opt_outs.as_published.as_deref().unwrap_or_default();
    let explained = opt_out_answers(published).into_iter().filter_map(|(answer, _)| answer.strip_prefix("No - "));
    let explained = distinct(explained);
    if explained.is_empty() { case.legal_bases().collect() } else { explained }
}

/// The values in a bracket: each begins as a basis in the law of confidentiality does.
fn values_of_bracket(bracket: &str) -> Vec<&str> {
    let mut starts = vec![0];
    let separators = bracket.match_indices([',', ';']).map(|(at, _)| at + 1);
    starts.extend(separators.filter(|at| begins_confidentiality(bracket[*at..].trim_start())));
    starts.push(bracket.len());
    let parts = starts.windows(2).map(|pair| bracket[pair[0]..pair[1]].trim().trim_end_matches([',', ';']));
    parts.filter(|part| !part.is_empty()).collect()
}

fn anonymised_by_entry(case: &Case<'_>) -> Answer {
    let cannot_tell = |why: &str| Answer::cannot_tell(RuleId::AnonymisedYetS251, why);
    let types = &case.facts.types_of_data;
    if !case.is_type_unknown() && !types.iter().any(|value| is_anonymised(Some(value))) {
        return Answer::silent();
    }
    let given = distinct(given(case).into_iter());
    if given.is_empty() {
        return cannot_tell("The entry gives no basis.");
    }
    let bases: Vec<Basis> = given.iter().map(|value| Basis::of(value)).collect();
    let named = given.iter().filter_map(|value| naming_251(value));
    if !named.into_iter().any(|basis| matches!(basis, Basis::Section251 | Basis::Mixture)) {
        return Answer::silent();
    }
    if case.is_type_unknown() {
        return cannot_tell("The entry does not give the type of its data.");
    }
    if types.len() > 1 || bases.as_slice() != [Basis::Section251] {
        return cannot_tell("The page merges several types of data or bases, and does not say which belong together.");
    }
    let statement = "The register calls the data anonymised, and the basis that it gives is section 251 support.";
    Answer::one(case.concern(Finding {
        rule: RuleId::AnonymisedYetS251,
        severity: Severity::Note,
        statement: statement.to_owned(),
        evidence: [case.types_of_data(), opt_outs_field(case), legal_basis_field(case)].concat(),
        files: 0,
    }))
}

pub(super) fn consent(case: &Case<'_>) -> Answer {
    let rule = RuleId::ConsentReliedOn;
    let cannot_tell = |why: &str| Answer::cannot_tell(rule, why);
    if !case.layout.records_confidentiality() {
        return cannot_tell("This layout does not record the basis in the law of confidentiality.");
    }
    if lacks_confidentiality(case) {
        return cannot_tell("The file that was read lacks the basis in the law of confidentiality.");
    }
    let is_consent = |value: &str| value.starts_with(['C', 'c', ' ']) && fold(value) == CONSENT;
    let bracket = case.facts.opt_outs.reasons.as_deref().unwrap_or_default();
    let values: Vec<&str> = if case.layout.is_page() {
        bracket.lines().flat_map(values_of_bracket).collect()
    } else {
        dataset_rows(case).filter_map(|dataset| dataset.confidentiality.as_deref()).collect()
    };
    if values.is_empty() {
        return cannot_tell("The entry gives no basis in the law of confidentiality.");
    }
    let Some(published) = values.iter().find(|value| is_consent(value)) else {
        let names_consent = |value: &&str| Basis::of(value) == Basis::Mixture && fold(value).contains("with consent");
        return if values.iter().any(names_consent) {
            cannot_tell("The basis is a mixture that names consent, and does not say what rests on it.")
        } else {
            Answer::silent()
        };
    };
    let datasets: Vec<&Dataset> =
        dataset_rows(case).filter(|dataset| dataset.confidentiality.as_deref().is_some_and(is_consent)).collect();
    let files = case.files().filter(|(version, release)| is_consent(basis::of_file(version, release))).count();
    let (what, evidence) = if case.layout.is_page() {
        let among = if distinct(values.iter().copied()).len() > 1 { ", among others" } else { "" };
        (format!("this entry{among}"), opt_outs_field(case))
    } else {
        let evidence = datasets.iter().take(ROWS_QUOTED).map(|dataset| dataset_row(case, dataset)).collect();
        (datasets_and_files(&datasets, files), evidence)
    };
    let statement = format!("The basis in the law of confidentiality is \"{published}\" for {what}.");
    Answer::one(case.concern(Finding { rule, severity: Severity::Note, statement, evidence, files }))
}

/// Whether a basis is regulation 3(4) of the Control of Patient Information Regulations 2002, or a notice under it.
fn names_notice(published: &str) -> bool {
    // Most bases hold neither, which is told without folding them.
    let has_notice = || published.as_bytes().windows(6).any(|part| part.eq_ignore_ascii_case(b"notice"));
    if !published.contains('4') && !has_notice() {
        return false;
    }
    let words = fold(published);
    let compact: String =
        words.chars().filter(|letter| letter.is_alphanumeric() || matches!(letter, '(' | ')')).collect();
    ["regulation3(4)", "regulations3(4)", "reg3(4)"].iter().any(|form| compact.contains(form))
        || (words.contains("copi") && words.contains("notice"))
}

/// The bases that a row gives, of either kind.
fn bases_of<'a>(version: &'a Version, release: &'a Release) -> [&'a str; 2] {
    [release.legal_basis.as_deref().unwrap_or_default(), basis::of_file(version, release)]
}

fn is_after_notices(month: Date) -> bool {
    (month.year(), month.month_of_year()) >= AFTER_NOTICES
}

pub(super) fn covid_basis(case: &Case<'_>) -> Answer {
    if !case.layout.lists_files() {
        return covid_by_entry(case);
    }
    let rule = RuleId::CovidBasisAfterNotice;
    let on_notice: Vec<(&Version, &Release)> =
        case.files().filter(|(version, release)| bases_of(version, release).into_iter().any(names_notice)).collect();
    let after: Vec<(&Version, &Release)> =
        on_notice.iter().copied().filter(|(_, release)| case.month(release).is_some_and(is_after_notices)).collect();
    if after.is_empty() {
        let is_undated = on_notice.iter().any(|(_, release)| case.month(release).is_none());
        let why = "A file is listed on a notice of the pandemic, and the month in which it was sent is not.";
        return if is_undated { Answer::cannot_tell(rule, why) } else { Answer::silent() };
    }
    let months: Vec<Date> = after.iter().filter_map(|(_, release)| case.month(release)).collect();
    let named =
        after.iter().flat_map(|(version, release)| bases_of(version, release)).filter(|basis| names_notice(basis));
    let statement = format!(
        "{} on the basis {}; the notices under regulation 3(4) had expired on 30 June 2022.",
        match (after.len(), months.iter().min(), months.iter().max()) {
            (1, Some(month), _) => format!("1 file was sent in {month}"),
            (files, Some(first), Some(last)) if first != last =>
                format!("{files} files were sent from {first} to {last}"),
            (files, Some(month), _) => format!("{files} files were sent in {month}"),
            (files, ..) => format!("{files} files were sent"),
        },
        quoted(&distinct(named)),
    );
    let files = after.len();
    let evidence = after.iter().take(ROWS_QUOTED).map(|(version, release)| covid_evidence(version, release)).collect();
    Answer::one(case.concern(Finding { rule, severity: Severity::Medium, statement, evidence, files }))
}

/// The row, with the basis in the law of confidentiality where that is what names the notice.
fn covid_evidence(version: &Version, release: &Release) -> Evidence {
    let [legal, confidentiality] = bases_of(version, release);
    let evidence = row(release);
    if names_notice(legal) || confidentiality == legal {
        return evidence;
    }
    Evidence { quote: format!("{}{CELLS}{confidentiality}", evidence.quote), ..evidence }
}

/// A page merges its bases and gives the last month: with one basis, that month's file went out on it.
fn covid_by_entry(case: &Case<'_>) -> Answer {
    let rule = RuleId::CovidBasisAfterNotice;
    let cannot_tell = |why: &str| Answer::cannot_tell(rule, why);
    let legal: Vec<&str> = case.legal_bases().collect();
    let bracket = case.facts.opt_outs.reasons.as_deref().unwrap_or_default();
    if !legal.iter().any(|basis| names_notice(basis)) && !names_notice(bracket) {
        return Answer::silent();
    }
    let Some(last) = case.facts.releases.last.or(case.facts.releases.first) else {
        return cannot_tell("The entry names a notice of the pandemic, and no month in which files were sent.");
    };
    if !is_after_notices(last) {
        return Answer::silent();
    }
    if legal.len() != 1 || !names_notice(legal[0]) {
        return cannot_tell("The entry gives several bases, and does not say which file went out on which.");
    }
    let statement = format!(
        "Data was sent as late as {last} on the basis {}; the notices under regulation 3(4) had expired on 30 June 2022.",
        quoted(&legal)
    );
    let evidence = [legal_basis_field(case), vec![case.field(Field::Term, case.months_released())]].concat();
    Answer::one(case.concern(Finding { rule, severity: Severity::Medium, statement, evidence, files: 0 }))
}
