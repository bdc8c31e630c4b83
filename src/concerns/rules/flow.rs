//! How the data left, and what became of it.

use crate::register::Field;

use super::super::case::{Answer, Case, Finding, count, distinct, period, quoted, rows};
use super::super::{RuleId, Severity};

/// How many datasets a statement names.
const DATASETS_NAMED: usize = 3;

pub(super) fn files_disseminated(case: &Case<'_>) -> Answer {
    if case.layout.lists_files() { by_file(case) } else { by_entry(case) }
}

fn by_file(case: &Case<'_>) -> Answer {
    let files: Vec<_> = case.files().map(|(_, release)| release).collect();
    if files.is_empty() {
        return Answer::silent();
    }
    let datasets = distinct(files.iter().map(|release| release.dataset.as_str()));
    let named = quoted(&datasets[..datasets.len().min(DATASETS_NAMED)]);
    let of = match datasets.len().checked_sub(DATASETS_NAMED) {
        Some(more) if more > 0 => format!("{} datasets, {named} and {more} more", datasets.len()),
        _ => named,
    };
    let months = distinct_months(case);
    let statement = format!(
        "{} of {of} left the publisher's control{}.",
        count(files.len(), "file", "files"),
        if months.is_empty() { String::new() } else { format!(", {months}") },
    );
    Answer::one(case.concern(Finding {
        rule: RuleId::FilesDisseminated,
        severity: Severity::Note,
        statement,
        files: files.len(),
        evidence: rows(files.into_iter()),
    }))
}

fn distinct_months(case: &Case<'_>) -> String {
    let mut months: Vec<_> = case.files().filter_map(|(_, release)| case.month(release)).collect();
    months.sort_unstable();
    months.dedup();
    match months.as_slice() {
        [] => String::new(),
        [one] => period(*one, case.files().map(|(_, release)| release)),
        [first, .., last] => format!("in {} from {first} to {last}", count(months.len(), "month", "months")),
    }
}

/// A page counts files for its whole organisation only: the number is never put down to one project.
fn by_entry(case: &Case<'_>) -> Answer {
    let system_access_only =
        !case.facts.access.is_empty() && case.facts.access.iter().all(|way| way.eq_ignore_ascii_case("system access"));
    if system_access_only {
        return Answer::silent();
    }
    if !case.shows_releases() {
        let why = if case.page.is_some_and(|page| page.files.is_none()) {
            "The page counts no files, and shows no month of release for this project's files."
        } else {
            "The page counts files for its whole organisation, and shows no month of release for this project's files."
        };
        return Answer::cannot_tell(RuleId::FilesDisseminated, why);
    }
    let statement = format!(
        "The register says that data was released ({}); how many files this project was sent is not published.",
        case.months_released()
    );
    Answer::one(case.concern(Finding {
        rule: RuleId::FilesDisseminated,
        severity: Severity::Note,
        statement,
        evidence: vec![case.field(Field::Term, case.months_released())],
        files: 0,
    }))
}

pub(super) fn expired_fate_unknown(case: &Case<'_>) -> Answer {
    let cannot_tell = |why: &str| Answer::cannot_tell(RuleId::ExpiredFateUnknown, why);
    if !case.layout.records_term() {
        return cannot_tell("This layout does not give the agreement's term.");
    }
    let Some(end) = case.facts.term.end else {
        return cannot_tell("The entry does not give the end of the agreement's term.");
    };
    let Some(edition) = case.edition.date else {
        return cannot_tell("The edition's month is not known.");
    };
    if end.last_day() >= edition.first_day() {
        return Answer::silent();
    }
    if !case.shows_releases() {
        return cannot_tell("The agreement has ended, and the entry does not show whether files were sent.");
    }
    let statement = format!(
        "The agreement ended ({end}) before this edition ({edition}), data was released under it ({}), and no newer \
         version is listed: what became of the data is not recorded.",
        case.months_released()
    );
    Answer::one(case.concern(Finding {
        rule: RuleId::ExpiredFateUnknown,
        severity: Severity::Medium,
        statement,
        evidence: vec![case.field(Field::Term, format!("ended {end}; released {}", case.months_released()))],
        files: 0,
    }))
}
