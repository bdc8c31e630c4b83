//! `orphan`: files or datasets without an agreement, and agreements without a dataset.

use crate::register::{Field, Listing, Release, Version, plain_reference};

use super::super::case::{Answer, Case, Finding, count, quoted, rows};
use super::super::{Concern, Evidence, RuleId, Severity};

const RULE: RuleId = RuleId::Orphan;

pub(super) fn answer(case: &Case<'_>) -> Answer {
    let versions = &case.project.versions;
    if case.lacks("agreements") {
        return Answer::cannot_tell(RULE, "The file that was read lacks the sheet of agreements.");
    }
    let unlisted: Vec<&Version> = versions.iter().filter(|version| version.listing == Listing::RowsOnly).collect();
    let mut answer =
        if unlisted.is_empty() { Answer::silent() } else { Answer::one(without_agreement(case, &unlisted)) };
    // A list of one period's files has no dataset where nothing was sent in it.
    if !case.layout.is_cumulative() && unlisted.is_empty() {
        let why = "This register lists the datasets of what was sent in its period, and not those of agreements.";
        return Answer::cannot_tell(RULE, why);
    }
    if case.lacks("datasets") && unlisted.is_empty() {
        return Answer::cannot_tell(RULE, "The file that was read lacks the sheet of datasets.");
    }
    let names_none = |version: &&Version| version.listing == Listing::Entry && is_bare(version, versions);
    let bare: Vec<&Version> = versions.iter().filter(names_none).collect();
    if !bare.is_empty() && case.layout.is_cumulative() && !case.lacks("datasets") {
        answer.concerns.push(without_dataset(case, &bare));
    }
    answer
}

/// Whether a version names no dataset, nor another entry of its reference: rows do not say which of these they mean.
fn is_bare(version: &Version, versions: &[Version]) -> bool {
    let plain = plain_reference(&version.reference);
    let mut same = versions.iter().filter(|other| plain_reference(&other.reference) == plain);
    version.datasets.is_empty() && same.all(|other| other.datasets.is_empty())
}

fn without_agreement(case: &Case<'_>, unlisted: &[&Version]) -> Concern {
    let releases = unlisted.iter().flat_map(|version| &version.releases);
    let files: Vec<&Release> = releases.filter(|release| release.is_file()).collect();
    let listed = match files.len() {
        0 => "datasets".to_owned(),
        number => count(number, "file", "files"),
    };
    let statement = format!(
        "The register lists {listed} under {}, for which it lists no agreement: not who, nor why, nor until when.",
        quoted(&references(unlisted))
    );
    let evidence = if files.is_empty() {
        unlisted.iter().flat_map(|version| &version.datasets).filter_map(dataset).collect()
    } else {
        rows(files.iter().copied())
    };
    let files = files.len();
    case.concern(Finding { rule: RULE, severity: Severity::Medium, statement, evidence, files })
}

fn dataset(dataset: &crate::register::Dataset) -> Option<Evidence> {
    Some(Evidence { field: Field::Datasets, quote: dataset.name.to_string(), place: dataset.place.clone()? })
}

fn without_dataset(case: &Case<'_>, bare: &[&Version]) -> Concern {
    let verb = if bare.len() == 1 { "names" } else { "name" };
    let evidence = bare.iter().map(|version| Evidence {
        field: Field::Datasets,
        quote: String::new(),
        place: version.place_of(Field::Datasets).clone(),
    });
    let found = case.concern(Finding {
        rule: RULE,
        severity: Severity::Medium,
        statement: format!(
            "{} {verb} no dataset: the entry does not say what data it is about.",
            quoted(&references(bare))
        ),
        evidence: evidence.collect(),
        files: 0,
    });
    Concern { key: format!("{}|no dataset", found.key), ..found }
}

fn references<'a>(versions: &[&'a Version]) -> Vec<&'a str> {
    versions.iter().map(|version| version.reference.as_str()).collect()
}
