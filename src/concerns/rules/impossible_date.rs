//! `impossible-date`: terms that end before they start, files from the future, and years before all registers.

use crate::register::{Date, Release, Version};

use super::super::case::{Answer, Case, Finding, ROWS_QUOTED, count, rows, term};
use super::super::{RuleId, Severity};

const RULE: RuleId = RuleId::ImpossibleDate;

pub(super) fn answer(case: &Case<'_>) -> Answer {
    let versions = &case.project.versions;
    let dates = |version: &Version| {
        let term = [version.term.start, version.term.end];
        let released = [version.released.start, version.released.end];
        term.into_iter().chain(released).flatten().count() + version.releases.iter().filter_map(|one| one.month).count()
    };
    if versions.iter().all(|version| dates(version) == 0) {
        return Answer::cannot_tell(RULE, "The entry gives no date.");
    }
    let is_too_old = |date: Option<Date>| date.is_some_and(|date| case.settings.is_too_old(date));
    let is_reversed = |version: &&Version| {
        version.term.start.zip(version.term.end).is_some_and(|(start, end)| end.last_day() < start.first_day())
    };
    let has_old = |version: &&Version| {
        [version.term.start, version.term.end, version.released.start, version.released.end].into_iter().any(is_too_old)
    };
    let reversed: Vec<&Version> = versions.iter().filter(is_reversed).collect();
    let old: Vec<&Version> = versions.iter().filter(has_old).collect();
    let files = || case.files().map(|(_, release)| release);
    let future: Vec<&Release> =
        files().filter(|release| release.month.is_some_and(|month| case.is_future(month))).collect();
    let old_files: Vec<&Release> = files().filter(|release| is_too_old(release.month)).collect();
    let parts = statements(case, &reversed, &old, &future, &old_files);
    let reasons = untold(case);
    if parts.is_empty() {
        return Answer::partly(RULE, Vec::new(), &reasons);
    }
    let mut evidence: Vec<_> = reversed.iter().chain(&old).take(ROWS_QUOTED).map(|version| term(version)).collect();
    evidence.dedup();
    let room = ROWS_QUOTED.saturating_sub(evidence.len());
    evidence.extend(rows(future.iter().chain(&old_files).copied().take(room)));
    let concern = case.concern(Finding {
        rule: RULE,
        severity: Severity::Note,
        statement: format!("{}.", parts.join("; ")),
        evidence,
        files: future.len() + old_files.len(),
    });
    Answer::partly(RULE, vec![concern], &reasons)
}

/// What is wrong, each in a clause.
fn statements(
    case: &Case<'_>,
    reversed: &[&Version],
    old: &[&Version],
    future: &[&Release],
    old_files: &[&Release],
) -> Vec<String> {
    let oldest = case.settings.thresholds.oldest_year;
    let date = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
    let reversed = reversed.iter().map(|version| {
        let (start, end) = (date(version.term.start), date(version.term.end));
        format!("the term of {} ends ({end}) before it starts ({start})", version.reference)
    });
    let old = old.iter().map(|version| format!("{} gives a date in a year before {oldest}", version.reference));
    let mut parts: Vec<String> = reversed.chain(old).collect();
    let files = |releases: &[&Release]| {
        let verb = if releases.len() == 1 { "is" } else { "are" };
        format!("{} {verb}", count(releases.len(), "file", "files"))
    };
    if let Some(last) = future.iter().filter_map(|release| release.month).max() {
        let edition = date(case.edition.date);
        parts.push(format!("{} dated after the edition itself ({edition}), the last in {last}", files(future)));
    }
    if !old_files.is_empty() {
        parts.push(format!("{} dated in a year before {oldest}", files(old_files)));
    }
    if let Some(first) = parts.first_mut() {
        // "The term of …" begins the sentence; a reference or a number stays as it is.
        if let Some(rest) = first.strip_prefix("the ") {
            *first = format!("The {rest}");
        }
    }
    parts
}

/// What cannot be told of a date: a page has no month of its own, and the newest month that it shows stands for that.
fn untold(case: &Case<'_>) -> Vec<String> {
    let why = if case.layout.is_page() {
        "The page has no month of its own, so whether a month lies after it cannot be told."
    } else if case.edition.date.is_none() {
        "The edition's month is not known, so whether a month lies after it cannot be told."
    } else if case.some_file_lacks("datareleases") {
        super::released::NO_FILES
    } else {
        return Vec::new();
    };
    vec![why.to_owned()]
}
