//! `backdated`: agreements that are first listed long after they started.

use crate::changes::{Change, VersionChange};
use crate::register::{Date, Field, Position};
use crate::text::CELLS;

use super::super::case::count;
use super::super::{CannotTell, Concern, Evidence, RuleId, Severity};
use super::{Standpoint, concern};

const RULE: RuleId = RuleId::Backdated;

/// What is told of a first version.
pub(super) enum Told {
    Nothing,
    Found(Concern),
    CannotTell(CannotTell),
}

/// Judges a version that the edition before did not list, of an agreement of which neither lists another. The edition that
/// listed it first is later than the one before, so that its start lies further back than is counted here.
pub(super) fn backdated(at: Standpoint<'_>, change: &VersionChange) -> Told {
    let (Change::Added, Some(place), Some(known)) = (&change.change, &change.after, at.other_date) else {
        return Told::Nothing;
    };
    // Its number says that others came before it, whatever is listed.
    if change.number().0.first().is_some_and(|major| *major > 1) {
        return Told::Nothing;
    }
    let cannot_tell = |why: String| Told::CannotTell(CannotTell { rule: RULE, why });
    if matches!(place.position, Position::Line(_)) {
        return cannot_tell("The page shows the newest term only: it may not be the first.".to_owned());
    }
    let Some(start) = change.term.start else {
        return cannot_tell(format!("The register does not give the start of {}.", change.reference));
    };
    let months = usize::try_from(known.months_since(start)).unwrap_or(0);
    if months <= at.settings.thresholds.backdated_months || at.settings.is_too_old(start) {
        return Told::Nothing;
    }
    let dated = if known.to_string() == at.other { String::new() } else { format!(" ({known})") };
    let statement = format!(
        "{} starts {start}, {} before edition {}{dated}, which does not list it; edition {} does.",
        change.reference,
        count(months, "month", "months"),
        at.other,
        at.slug,
    );
    let date = |date: Option<Date>| date.map_or_else(|| "not stated".to_owned(), |date| date.to_string());
    let quote = format!("{}{CELLS}{start} to {}", change.reference, date(change.term.end));
    let evidence = vec![Evidence { field: Field::Term, quote, place: place.clone() }];
    Told::Found(concern(RULE, Severity::Note, change, statement, evidence))
}
