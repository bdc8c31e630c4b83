//! `removed-from-register`: agreements, versions and files that the next edition does not list.

use crate::changes::{Change, VersionChange};
use crate::names::Names;
use crate::register::{Date, Field, Release};

use super::super::case::{ROWS_QUOTED, count, distinct, row};
use super::super::{Concern, EditionFinding, Evidence, RuleId, Severity, rule};
use super::{Standpoint, concern, shifted};

/// References that a finding on the edition names; it says how many there are.
const NAMED: usize = 12;

/// When the publisher's own flows left the register: NHS Digital became part of NHS England on 1 February 2023.
const MERGER: (i32, i32) = (2023, 2);

/// How many months two editions may lie apart for what happened in one of them to explain what differs.
const CLOSE: i32 = 3;

/// The publisher's names before the merger.
const PUBLISHERS: [&str; 2] = ["NHS Digital", "Health and Social Care Information Centre"];

pub(super) fn version_removed(at: Standpoint<'_>, change: &VersionChange) -> Option<Concern> {
    let before = change.before.as_ref()?;
    let reference = &change.reference;
    let statement = match change.change {
        Change::EntryRemoved => format!(
            "{reference} had an entry in edition {} and has none in {}, though rows of datasets or files still name it.",
            at.other, at.slug
        ),
        Change::Recounted { before, after } => format!(
            "Edition {} lists {} under {reference}, and edition {} lists {after}.",
            at.other,
            count(before, "entry", "entries"),
            at.slug
        ),
        _ => format!(
            "{reference} stood in edition {} and is not listed in {}, though the agreement still is.",
            at.other, at.slug
        ),
    };
    let evidence = Evidence { field: Field::Entry, quote: reference.clone(), place: shifted(before, at) };
    Some(concern(RuleId::RemovedFromRegister, Severity::High, change, statement, vec![evidence]))
}

/// Files that the edition before listed under an entry that is still there.
pub(super) fn files_removed(at: Standpoint<'_>, change: &VersionChange) -> Option<Concern> {
    let removed: Vec<&Release> = change.files.removed.iter().filter(|release| release.is_file()).collect();
    if removed.is_empty() {
        return None;
    }
    let statement = format!(
        "{} of {} that edition {} lists {} not listed in {}.{}",
        count(removed.len(), "file", "files"),
        change.reference,
        at.other,
        if removed.len() == 1 { "is" } else { "are" },
        at.slug,
        first_quoted(removed.len()),
    );
    let evidence = removed.iter().take(ROWS_QUOTED).map(|release| {
        let row = row(release);
        Evidence { place: shifted(&row.place, at), ..row }
    });
    let found = concern(RuleId::RemovedFromRegister, Severity::High, change, statement, evidence.collect());
    Some(Concern { files: removed.len(), key: format!("{}|files", found.key), ..found })
}

/// What is said where not all that a statement counts is quoted.
pub(super) fn first_quoted(number: usize) -> String {
    if number > ROWS_QUOTED { format!(" The first {ROWS_QUOTED} are quoted.") } else { String::new() }
}

/// The departures of an edition, said once: what left cannot say it itself.
pub(super) fn departures(at: Standpoint<'_>, departed: &[&VersionChange]) -> Option<EditionFinding> {
    let stems: Vec<&str> = distinct(departed.iter().map(|change| change.stem.as_str()));
    if stems.is_empty() {
        return None;
    }
    let named = |stems: &[&str]| -> String {
        let others = stems.len().saturating_sub(NAMED);
        let more = if others > 0 { format!(" and {others} more") } else { String::new() };
        format!("{}{more}", stems[..stems.len() - others].join(", "))
    };
    let own = departed.iter().filter(|change| merger(at.other_date, at.date, change).is_some());
    let own: Vec<&str> = distinct(own.map(|change| change.stem.as_str()));
    let explained = match own.len() {
        0 => String::new(),
        _ if own.len() == stems.len() => OWN_FLOWS.to_owned(),
        number => format!(" {number} of them ({}):{OWN_FLOWS}", named(&own)),
    };
    let verb = if stems.len() == 1 { "is" } else { "are" };
    Some(EditionFinding {
        rule: RuleId::RemovedFromRegister,
        statement: format!(
            "{} that edition {} lists {verb} not listed in {}: {}.{explained}",
            count(stems.len(), "agreement", "agreements"),
            at.other,
            at.slug,
            named(&stems)
        ),
        caveat: rule(RuleId::RemovedFromRegister).caveat.to_owned(),
        references: stems.into_iter().map(str::to_owned).collect(),
    })
}

/// What explains the departure of the publisher's own agreements over the merger.
pub(super) const OWN_FLOWS: &str = " The applicant is NHS Digital, which became part of NHS England on 1 February 2023: its own flows \
                         became internal then and moved to another record.";

/// Whether a departure is one of the publisher's own over the merger of February 2023: editions further apart do not tell.
pub(super) fn merger(from: Option<Date>, to: Option<Date>, change: &VersionChange) -> Option<()> {
    let months = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month_of_year());
    let (from, to) = (months(from?), months(to?));
    let merger = MERGER.0 * 12 + MERGER.1;
    let spans = from < merger && to >= merger && to - from <= CLOSE;
    let names = Names::built_in();
    let is_own =
        PUBLISHERS.iter().any(|name| names.organisation_key(name) == names.organisation_key(&change.organisation));
    (spans && is_own).then_some(())
}
