//! How the data left, and what became of it.

use std::collections::BTreeMap;

use crate::register::{Date, Field, Release};

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

pub(super) fn monthly_files(case: &Case<'_>) -> Answer {
    const RULE: RuleId = RuleId::MonthlyFiles;
    if !case.layout.lists_files() {
        return Answer::cannot_tell(RULE, "The page shows the first and the last month of release only.");
    }
    if !case.layout.records_months() {
        return Answer::cannot_tell(RULE, "This layout gives no month for a file, only the period of all files.");
    }
    let many = case.settings.thresholds.monthly_files;
    let mut by_month: BTreeMap<Date, Vec<&Release>> = BTreeMap::new();
    let mut undated = 0;
    for (_, release) in case.files() {
        match case.credible_month(release) {
            Some(month) => by_month.entry(month.whole_month()).or_default().push(release),
            None => undated += 1,
        }
    }
    let months: Vec<Date> = by_month.keys().copied().collect();
    let runs = months.chunk_by(|month, next| next.months_since(*month) == 1);
    // Of runs that are equally long the newest.
    let Some(longest) = runs.max_by_key(|run| run.len()).filter(|run| run.len() >= many) else {
        if case.some_file_lacks("datareleases") {
            return Answer::cannot_tell(RULE, super::released::NO_FILES);
        }
        // Files without a month could fill what is missing.
        if undated > 0 && by_month.len() + undated >= many {
            return Answer::cannot_tell(RULE, "Not every file has a month that can be meant.");
        }
        return Answer::silent();
    };
    let (Some(first), Some(last)) = (longest.first(), longest.last()) else { return Answer::silent() };
    let of_run: Vec<&Vec<&Release>> = by_month.range(*first..=*last).map(|(_, files)| files).collect();
    let files = of_run.iter().map(|files| files.len()).sum();
    let statement = format!(
        "The register lists files in every month from {first} to {last}, {} on end: {} in all.",
        count(longest.len(), "month", "months"),
        count(files, "file", "files"),
    );
    let evidence = rows(of_run.iter().filter_map(|files| files.first().copied()));
    Answer::one(case.concern(Finding { rule: RULE, severity: Severity::Note, statement, evidence, files }))
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
