//! Rules that need another edition: what was taken out, changed under an unchanged reference, or listed late.
//!
//! An edition holds the findings that follow from it alone. These are worked out when it is opened beside others, and
//! lie over it ([`Overlay`]).

mod backdated;
mod edited;
mod removed;

use std::collections::{BTreeMap, BTreeSet};

use crate::changes::{Change, SharedChange, VersionChange};
use crate::register::{Date, Field, Place, Release, Source, plain_reference};

use super::case::{ROWS_QUOTED, count, row};
use backdated::{Told, backdated};
pub use edited::weight_in_place;
use edited::{edited, told_once};
use removed::{OWN_FLOWS, departures, files_removed, first_quoted, merger, version_removed};

use super::{
    CannotTell, Concern, Dismissal, EditionFinding, Evidence, Examination, ListFile, RuleId, SettingChange, Settings,
    Severity, rule,
};

/// The rules of this file, in the catalogue's order.
pub(super) const BETWEEN: [RuleId; 4] =
    [RuleId::Backdated, RuleId::RemovedFromRegister, RuleId::EditedInPlace, RuleId::BackFilled];

/// What other editions of the register add to the findings of one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Overlay {
    /// Concerns of projects, by plain stem reference.
    pub projects: BTreeMap<String, Vec<Concern>>,
    /// What cannot be told of any project of the edition.
    pub cannot_tell: Vec<CannotTell>,
    /// Findings about the edition as a whole.
    pub edition: Vec<EditionFinding>,
    /// Published files of the other edition that evidence points into; their places follow those of the edition's own.
    pub sources: Vec<Source>,
    /// What cannot be told of some projects, by plain stem reference.
    pub untold: BTreeMap<String, Vec<CannotTell>>,
    /// Lists of the user's own that evidence points into; their places follow those of all published files.
    pub lists: Vec<ListFile>,
    /// What the rules find by settings of the user's own: it stands in place of what is stored.
    pub examined: Option<Examination>,
    /// Those settings that differ from the program's.
    pub settings: Vec<SettingChange>,
    /// What the user has dismissed.
    pub dismissals: Vec<Dismissal>,
}

impl Overlay {
    /// Lays another beside it, whose places need no moving.
    pub fn add(&mut self, other: Self) {
        for (stem, concerns) in other.projects {
            self.projects.entry(stem).or_default().extend(concerns);
        }
        for (stem, untold) in other.untold {
            self.untold.entry(stem).or_default().extend(untold);
        }
        self.cannot_tell.extend(other.cannot_tell);
        self.edition.extend(other.edition);
        self.lists.extend(other.lists);
    }
}

/// From where an edition is judged.
#[derive(Debug, Clone, Copy)]
pub struct Standpoint<'a> {
    /// The name of the edition that is judged.
    pub slug: &'a str,
    /// Its month.
    pub date: Option<Date>,
    /// The name of the other edition.
    pub other: &'a str,
    /// The other's month.
    pub other_date: Option<Date>,
    /// How many sources the edition has of its own.
    pub sources: usize,
    /// What the two list.
    pub lists: Lists,
    /// What the rules go by.
    pub settings: &'a Settings,
}

/// What both of two editions list, and so what can be missing from one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lists {
    /// Everything up to their months.
    Everything,
    /// Entries up to their months. A file of one of them lacks the sheet of files.
    EntriesOnly,
    /// A file of one of them lacks the sheet of agreements.
    NoEntries,
    /// What was sent in a period of their own.
    OwnPeriod,
}

impl Standpoint<'_> {
    /// Whether an entry that one of the two does not list is missing from it.
    fn lists_entries(self) -> bool {
        matches!(self.lists, Lists::Everything | Lists::EntriesOnly)
    }

    /// What cannot be told by comparing the two, and why.
    fn cannot_tell(self) -> Vec<CannotTell> {
        let both = format!("{} or {}", self.slug, self.other);
        let undated = "The edition before has no date, so it cannot be told what it should have listed.".to_owned();
        let (rules, why): (&[RuleId], String) = match self.lists {
            Lists::OwnPeriod => (
                &[RuleId::Backdated, RuleId::RemovedFromRegister, RuleId::BackFilled],
                "Each edition of this register lists what was sent in its own period only.".to_owned(),
            ),
            Lists::NoEntries => {
                (&BETWEEN, format!("The file of edition {both} was read without a sheet of agreements."))
            }
            Lists::EntriesOnly => (
                &[RuleId::RemovedFromRegister, RuleId::BackFilled],
                format!("The file of edition {both} was read without a sheet of files."),
            ),
            Lists::Everything if self.other_date.is_none() => (&[RuleId::BackFilled], undated.clone()),
            Lists::Everything => (&[], String::new()),
        };
        let mut untold: Vec<CannotTell> =
            rules.iter().map(|rule| CannotTell { rule: *rule, why: why.clone() }).collect();
        if self.lists_entries() && self.other_date.is_none() {
            untold.push(CannotTell { rule: RuleId::Backdated, why: undated });
        }
        untold
    }
}

/// Why an edition has none before it to be compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alone {
    /// The library holds no other edition of the same register.
    Only,
    /// Those that it holds are newer.
    Oldest,
    /// The edition has no month, so which others are older is not known.
    Undated,
    /// It was read from files that are not of one kind, and no other edition is like it.
    Unlike,
}

impl Alone {
    /// The reason, in a sentence.
    pub fn why(self) -> &'static str {
        match self {
            Self::Only => {
                "It compares this edition with one before it, and the library holds no other of the same register."
            }
            Self::Oldest => "It compares this edition with one before it, and the library holds none that is older.",
            Self::Undated => "It compares this edition with the one before it, and this edition's month is not known.",
            Self::Unlike => {
                "It compares editions that were published in one form, and the files of this one are of several."
            }
        }
    }
}

/// What can be said without an earlier edition: nothing, and why.
pub fn alone(reason: Alone) -> Overlay {
    let cannot_tell = BETWEEN.map(|rule| CannotTell { rule, why: reason.why().to_owned() });
    Overlay { cannot_tell: cannot_tell.into(), ..Overlay::default() }
}

/// Judges an edition by the one before it. `changes` lead from that one to it; `stems` are the projects that the two list,
/// the older first, by their plain references. `was_listed` tells of a project's file, or of the project itself where no
/// file is given, whether an edition before both had it already.
pub fn against_earlier(
    at: Standpoint<'_>,
    changes: &[VersionChange],
    shared: &[SharedChange],
    [stems_before, stems]: [&BTreeSet<String>; 2],
    was_listed: &dyn Fn(&str, Option<&Release>) -> bool,
    sources: Vec<Source>,
) -> Overlay {
    let mut overlay = Overlay { sources, ..Overlay::default() };
    let mut departed: Vec<&VersionChange> = Vec::new();
    let mut versions: BTreeMap<String, usize> = BTreeMap::new();
    for change in changes {
        *versions.entry(plain_reference(&change.stem)).or_default() += 1;
    }
    for change in changes {
        let stem = plain_reference(&change.stem);
        let mut concerns = Vec::new();
        if at.lists_entries() {
            match change.change {
                Change::Withdrawn if !stems.contains(&stem) => departed.push(change),
                Change::Withdrawn | Change::EntryRemoved => concerns.extend(version_removed(at, change)),
                Change::Recounted { before, after } if after < before => concerns.extend(version_removed(at, change)),
                _ => {}
            }
            if at.lists == Lists::Everything && change.change != Change::Withdrawn {
                concerns.extend(back_filled(at, change, &|release| was_listed(&stem, Some(release))));
                concerns.extend(files_removed(at, change));
            }
            // All that a new agreement lists is new: of one with several versions it is not told which is the first.
            let is_first = versions.get(&stem) == Some(&1) && !stems_before.contains(&stem);
            if is_first && !was_listed(&stem, None) {
                match backdated(at, change) {
                    Told::Nothing => {}
                    Told::Found(found) => concerns.push(found),
                    Told::CannotTell(why) => overlay.untold.entry(stem.clone()).or_default().push(why),
                }
            }
        }
        concerns.extend(edited(at, change, shared));
        if !concerns.is_empty() {
            overlay.projects.entry(stem).or_default().extend(concerns);
        }
    }
    overlay.edition.extend(departures(at, &departed));
    overlay.edition.extend(shared.iter().map(|change| told_once(at, change)));
    overlay.cannot_tell.extend(at.cannot_tell());
    overlay
}

/// What the edition after it says of an edition's projects: those that it no longer lists. `changes` lead to that one.
pub fn against_later(
    at: Standpoint<'_>,
    changes: &[VersionChange],
    stems_later: &BTreeSet<String>,
) -> BTreeMap<String, Vec<Concern>> {
    let mut found: BTreeMap<String, Vec<Concern>> = BTreeMap::new();
    let gone = changes.iter().filter(|change| {
        at.lists_entries()
            && change.change == Change::Withdrawn
            && !stems_later.contains(&plain_reference(&change.stem))
    });
    for change in gone {
        let concerns = found.entry(plain_reference(&change.stem)).or_default();
        if concerns.is_empty() {
            let statement =
                format!("Edition {} no longer lists this agreement, which edition {} lists.", at.other, at.slug);
            let statement = statement + merger(at.date, at.other_date, change).map_or("", |()| OWN_FLOWS);
            concerns.push(concern(RuleId::RemovedFromRegister, Severity::High, change, statement, Vec::new()));
        }
        if let (Some(first), Some(place)) = (concerns.first_mut(), &change.before) {
            first.evidence.push(Evidence {
                field: Field::Entry,
                quote: change.reference.clone(),
                place: place.clone(),
            });
        }
    }
    found
}

/// A concern about the project of a change.
fn concern(
    id: RuleId,
    severity: Severity,
    change: &VersionChange,
    statement: String,
    evidence: Vec<Evidence>,
) -> Concern {
    let about = rule(id);
    Concern {
        rule: id,
        severity,
        standing: about.standing,
        statement,
        evidence,
        caveat: about.caveat.to_owned(),
        files: 0,
        organisations: vec![change.organisation.clone()],
        key: format!("{id}|{}|{severity:?}", change.reference),
    }
}

/// Files that this edition lists and the one before did not, though that came after the month in which they were sent. A
/// file that an edition before that one had is listed again, and not late.
fn back_filled(at: Standpoint<'_>, change: &VersionChange, was_listed: &dyn Fn(&Release) -> bool) -> Option<Concern> {
    let known = at.other_date?.whole_month();
    let is_late =
        |release: &&Release| release.is_file() && release.month.is_some_and(|month| month.whole_month() < known);
    let late: Vec<&Release> =
        change.files.added.iter().filter(is_late).filter(|release| !was_listed(release)).collect();
    let months = late.iter().filter_map(|release| release.month);
    let (first, last) = (months.clone().min()?, months.max()?);
    let sent = if first == last { format!("in {first}") } else { format!("from {first} to {last}") };
    let (is, it) = if late.len() == 1 { ("is", "it") } else { ("are", "them") };
    let statement = format!(
        "{} of {}, sent {sent}, {is} listed in edition {}; edition {}, which is later than that, did not have {it}.{}",
        count(late.len(), "file", "files"),
        change.reference,
        at.slug,
        at.other,
        first_quoted(late.len()),
    );
    let evidence = late.iter().take(ROWS_QUOTED).map(|release| row(release)).collect();
    let found = concern(RuleId::BackFilled, Severity::Medium, change, statement, evidence);
    Some(Concern { files: late.len(), ..found })
}

/// A place in the other edition, whose sources follow those of the edition that is judged.
fn shifted(place: &Place, at: Standpoint<'_>) -> Place {
    Place { source: place.source + at.sources, position: place.position.clone() }
}
