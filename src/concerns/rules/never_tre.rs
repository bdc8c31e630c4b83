//! `never-tre`: an organisation that was sent files under several agreements, and has access to the publisher's systems
//! under none.

use std::collections::BTreeMap;

use crate::names::Key;
use crate::register::{Date, Field, Layout, Register, Release};
use crate::text::CELLS;

use super::super::case::{Answer, Case, ROWS_QUOTED, count, distinct, row};
use super::super::keys::Keys;
use super::super::{Concern, Evidence, RuleId, Settings, Severity, rule};
use super::released::NO_FILES;

const RULE: RuleId = RuleId::NeverTre;

/// What is told of one project.
#[derive(Debug, Clone)]
pub(super) enum Told {
    /// Nothing.
    Silent,
    /// It is one of those that a finding speaks of.
    Found(Concern),
    /// Nothing, for a reason.
    CannotTell(String),
}

/// Whether an agreement was in force after the register first lists access to a system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Active {
    Surely,
    Perhaps,
    Never,
}

/// An agreement of an organisation.
struct Agreement<'a> {
    case: Case<'a>,
    files: Vec<&'a Release>,
}

/// The first access to the publisher's systems that an edition lists, and what says so.
struct FirstAccess {
    month: Date,
    evidence: Evidence,
}

/// Looks at all organisations of an edition; tells what is to be said of each project.
pub(super) fn find(register: &Register, settings: &Settings) -> Vec<Told> {
    let mut told = vec![Told::Silent; register.projects.len()];
    let mut organisations: BTreeMap<Key, Vec<Agreement<'_>>> = BTreeMap::new();
    let mut keys = Keys::of_organisations(register);
    for (number, project) in register.projects.iter().enumerate() {
        let Some(case) = Case::new(register, settings, number, project) else { continue };
        if let Some(why) = unreadable(&case) {
            told[number] = Told::CannotTell(why.to_owned());
            continue;
        }
        let files = case.files().map(|(_, release)| release).collect();
        let key = keys.key(&case.latest.organisation);
        organisations.entry(key).or_default().push(Agreement { case, files });
    }
    let first = first_access(&organisations);
    for (key, agreements) in &organisations {
        for (number, one) in of_organisation(key, agreements, first.as_ref(), settings) {
            told[number] = one;
        }
    }
    told
}

impl Answer {
    /// What is told of a project for its organisation.
    pub(super) fn of_organisation(told: &Told) -> Self {
        match told {
            Told::Silent => Self::silent(),
            Told::Found(concern) => Self::one(concern.clone()),
            Told::CannotTell(why) => Self::cannot_tell(RULE, why),
        }
    }
}

/// Why a project cannot be looked at, if it cannot.
fn unreadable(case: &Case<'_>) -> Option<&'static str> {
    if case.layout.is_page() {
        Some("The page does not say when system access was first recorded, nor which files are of which term.")
    } else if case.layout != Layout::DataUsesRegister {
        Some("This layout does not give the agreement's term.")
    } else if case.some_file_lacks("agreements") || case.latest.organisation.is_empty() {
        Some("The register does not say whose agreement it is.")
    } else if case.some_file_lacks("datareleases") {
        Some(NO_FILES)
    } else if case.some_file_lacks("datasets") {
        Some("The file that was read lacks the sheet of datasets, which gives system access.")
    } else {
        None
    }
}

/// The first row of access: by its own month, else, where no row of access has one, by the start of the first version
/// of which a dataset is reached so.
fn first_access(organisations: &BTreeMap<Key, Vec<Agreement<'_>>>) -> Option<FirstAccess> {
    let versions = || {
        organisations
            .values()
            .flatten()
            .flat_map(|one| one.case.project.versions.iter().map(move |version| (one, version)))
    };
    let rows =
        versions().flat_map(|(one, version)| version.releases.iter().map(move |release| (one, version, release)));
    let dated = rows
        .filter(|(_, _, release)| !release.is_file())
        .filter_map(|(one, version, release)| Some((one.case.credible_month(release)?, version, release)));
    if let Some((month, version, release)) = dated.min_by_key(|(month, ..)| *month) {
        let row = row(release);
        let quote = format!("{}{CELLS}{}", version.reference, row.quote);
        return Some(FirstAccess { month, evidence: Evidence { quote, ..row } });
    }
    let datasets = versions().flat_map(|(_, version)| version.datasets.iter().map(move |dataset| (version, dataset)));
    let started = datasets
        .filter(|(_, dataset)| is_access(dataset.frequency.as_deref()))
        .filter_map(|(version, dataset)| Some((version.term.start?, version, dataset)));
    let (start, version, dataset) = started.min_by_key(|(start, ..)| start.first_day())?;
    let way = dataset.frequency.as_deref().unwrap_or_default();
    let quote = format!("{}{CELLS}{}{CELLS}{way}", version.reference, dataset.name);
    let place = dataset.place.clone().unwrap_or_else(|| version.place.clone());
    Some(FirstAccess { month: start.whole_month(), evidence: Evidence { field: Field::Access, quote, place } })
}

fn is_access(way: Option<&str>) -> bool {
    way.is_some_and(|way| way.eq_ignore_ascii_case("system access"))
}

/// What is told of the projects of one organisation, by their numbers.
fn of_organisation(
    key: &Key,
    agreements: &[Agreement<'_>],
    first: Option<&FirstAccess>,
    settings: &Settings,
) -> Vec<(usize, Told)> {
    let with_files: Vec<&Agreement<'_>> = agreements.iter().filter(|one| !one.files.is_empty()).collect();
    let many = settings.thresholds.never_tre_projects;
    if with_files.len() < many || agreements.iter().any(Agreement::has_access) {
        return Vec::new();
    }
    let untold = |agreements: &[&Agreement<'_>], why: &str| {
        agreements.iter().map(|one| (one.case.number, Told::CannotTell(why.to_owned()))).collect()
    };
    let Some(first) = first else {
        return untold(
            &with_files,
            "The edition lists no row of system access, so since when there was any is not known.",
        );
    };
    let of = |wanted: Active| with_files.iter().copied().filter(move |one| one.active(first.month) == wanted);
    let surely: Vec<&Agreement<'_>> = of(Active::Surely).collect();
    let perhaps: Vec<&Agreement<'_>> = of(Active::Perhaps).collect();
    if surely.len() >= many {
        let concern = concern(key, &surely, first);
        return surely.iter().map(|one| (one.case.number, Told::Found(concern.clone()))).collect();
    }
    if surely.len() + perhaps.len() < many {
        return Vec::new();
    }
    let all: Vec<&Agreement<'_>> = surely.into_iter().chain(perhaps).collect();
    untold(&all, "Until when some of the organisation's agreements were in force is not known.")
}

impl Agreement<'_> {
    /// Whether any row of it is of access to the publisher's systems.
    fn has_access(&self) -> bool {
        let versions = &self.case.project.versions;
        let way = |version: &crate::register::Version| version.access.iter().any(|way| is_access(Some(way)));
        versions.iter().any(way) || self.case.project.releases().any(|release| !release.is_file())
    }

    fn active(&self, since: Date) -> Active {
        let terms = self.case.terms();
        if terms.last_end().is_some_and(|(end, _)| end.months_since(since) > 0) {
            Active::Surely
        } else if terms.later_doubt().is_some() || terms.last_end().is_none() {
            Active::Perhaps
        } else {
            Active::Never
        }
    }
}

fn concern(key: &Key, agreements: &[&Agreement<'_>], first: &FirstAccess) -> Concern {
    let about = rule(RULE);
    let spellings = distinct(agreements.iter().map(|one| one.case.latest.organisation.as_str()));
    let files = agreements.iter().map(|one| one.files.len()).sum();
    let also = match spellings.as_slice() {
        [_, others @ ..] if !others.is_empty() => format!(" (also published as {})", others.join(" and as ")),
        _ => String::new(),
    };
    let name = spellings.first().copied().unwrap_or_default();
    let statement = format!(
        "The register lists {} sent to {name}{also} under {} that ran on after {}, when it first lists system access, and \
         lists system access under no agreement of that organisation.",
        count(files, "file", "files"),
        count(agreements.len(), "agreement", "agreements"),
        first.month,
    );
    let mut evidence = vec![first.evidence.clone()];
    evidence.extend(agreements.iter().take(ROWS_QUOTED - 1).filter_map(|one| {
        let row = row(one.files.first()?);
        Some(Evidence { quote: format!("{}{CELLS}{}", one.case.project.reference, row.quote), ..row })
    }));
    Concern {
        rule: RULE,
        severity: Severity::Note,
        standing: about.standing,
        statement,
        evidence,
        caveat: about.caveat.to_owned(),
        files,
        organisations: vec![name.to_owned()],
        key: format!("{RULE}|{}", key.as_str()),
    }
}
