//! `mixed-opt-outs`: one organisation, one dataset, one period, and two answers.

use std::collections::BTreeMap;

use crate::names::Key;
use crate::register::{Date, Field, Layout, OptOutState, Project, Register, Release, Version};
use crate::text::{CELLS, fold};

use super::super::basis::{self, Basis};
use super::super::case::{Answer, Case, count, distinct, period, row};
use super::super::keys::Keys;
use super::super::{CannotTell, Concern, Evidence, RuleId, Settings, Severity, rule};

/// The most rows of either side that are quoted; the statement says how many there are.
const ROWS_A_SIDE: usize = 6;

/// A file, and whose it is.
#[derive(Clone, Copy)]
struct File<'a> {
    number: usize,
    project: &'a Project,
    version: &'a Version,
    release: &'a Release,
}

/// Files of one organisation, dataset and period.
#[derive(Default)]
struct Group<'a> {
    applied: Vec<File<'a>>,
    not_applied: Vec<File<'a>>,
}

/// What makes files comparable: the organisation that the row names and the dataset, however they are spelled, and the
/// month. Only the list that comes with the program counts: what an edition holds follows from it alone.
type Comparable = (Key, Key, Option<Date>);

/// Finds the mixed answers of an edition, for each project that has a part in them.
pub(super) fn find(register: &Register) -> Vec<Vec<Concern>> {
    let mut found = vec![Vec::new(); register.projects.len()];
    for (comparable, group) in groups(register) {
        if group.applied.is_empty() || group.not_applied.is_empty() {
            continue;
        }
        let concern = group.concern(&comparable);
        let mut numbers: Vec<usize> = group.applied.iter().chain(&group.not_applied).map(|file| file.number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        for number in numbers {
            found[number].push(concern.clone());
        }
    }
    found
}

impl Answer {
    /// The findings that a project shares; a layout without rows cannot tell.
    pub(super) fn shared(case: &Case<'_>, concerns: &[Concern]) -> Self {
        if case.layout.lists_files() {
            return Self { concerns: concerns.to_vec(), cannot_tell: None };
        }
        let why =
            "The page gives one answer for a whole project and no row for each file, so files cannot be compared.";
        Self { concerns: Vec::new(), cannot_tell: Some(CannotTell { rule: RuleId::MixedOptOuts, why: why.to_owned() }) }
    }
}

fn groups(register: &Register) -> BTreeMap<Comparable, Group<'_>> {
    let mut groups: BTreeMap<Comparable, Group<'_>> = BTreeMap::new();
    let (mut organisations, mut datasets) = (Keys::of_organisations(register), Keys::of_datasets());
    for (number, project) in register.projects.iter().enumerate() {
        let Some(case) = Case::new(register, Settings::built_in(), number, project) else { continue };
        for (version, release) in case.files().filter(|(_, release)| case.could_opt_out(release)) {
            let file = File { number, project, version, release };
            let month = case.month(release);
            let is_of_no_period = month.is_none() && case.layout != Layout::ReleaseRegister;
            if is_of_no_period || file.organisation().is_empty() {
                // What has no month or no name in common with others cannot be compared with them.
                continue;
            }
            let key = (organisations.key(file.organisation()), datasets.key(&release.dataset), month);
            match release.opt_outs {
                OptOutState::Applied => groups.entry(key).or_default().applied.push(file),
                OptOutState::NotApplied => groups.entry(key).or_default().not_applied.push(file),
                OptOutState::Mixed | OptOutState::NotStated => {}
            }
        }
    }
    groups
}

impl<'a> Group<'a> {
    /// The gravest that any two files of the group come to.
    fn severity(&self) -> Severity {
        let without_consent = || self.not_applied.iter().filter(|file| !file.is_on_consent());
        let same_agreement =
            |applied: &File<'_>, other: &File<'_>| applied.project.reference == other.project.reference;
        let any = |alike: &dyn Fn(&File<'_>, &File<'_>) -> bool| {
            without_consent().any(|other| self.applied.iter().any(|applied| alike(applied, other)))
        };
        if any(&|one, two| same_agreement(one, two) && one.type_of_data() == two.type_of_data()) {
            Severity::High
        } else if any(&same_agreement) {
            Severity::Medium
        } else {
            Severity::Note
        }
    }

    /// The organisation and the dataset as they are published, in each spelling that a file has.
    fn spellings(&self, name: impl Fn(&File<'a>) -> &'a str) -> Vec<&'a str> {
        distinct(self.applied.iter().chain(&self.not_applied).map(name))
    }

    fn concern(&self, (organisation, dataset, month): &Comparable) -> Concern {
        let about = rule(RuleId::MixedOptOuts);
        let severity = self.severity();
        let organisations = self.spellings(|file| file.organisation());
        let datasets = self.spellings(|file| file.release.dataset.as_str());
        let files = self.applied.len() + self.not_applied.len();
        let releases = self.applied.iter().chain(&self.not_applied).map(|file| file.release);
        let period = month.map(|month| format!(" {}", period(month, releases))).unwrap_or_default();
        let statement = format!(
            "The register says that {} were applied to {} of {} sent to {}{period}, and not to {}; {}.",
            Case::opt_outs_of(*month),
            count(self.applied.len(), "file", "files"),
            spelled(&datasets, "\""),
            spelled(&organisations, ""),
            count(self.not_applied.len(), "other", "others"),
            self.alike(severity),
        );
        Concern {
            rule: RuleId::MixedOptOuts,
            severity,
            standing: about.standing,
            statement,
            evidence: self.evidence(severity),
            caveat: about.caveat.to_owned(),
            files,
            organisations: organisations.into_iter().take(1).map(str::to_owned).collect(),
            key: format!("{}|{}|{}|{month:?}", RuleId::MixedOptOuts, organisation.as_str(), dataset.as_str()),
        }
    }

    /// What the two sides have in common, in words.
    fn alike(&self, severity: Severity) -> &'static str {
        match severity {
            Severity::High => "some of both are under one agreement and of one type of data",
            Severity::Medium => "some of both are under one agreement, of different types of data",
            Severity::Note if self.not_applied.iter().all(File::is_on_consent) => {
                "the others all went out on consent, so they can be about other people"
            }
            Severity::Note => "they are under different agreements",
        }
    }

    /// Rows of both sides, with those first that the severity rests on.
    fn evidence(&self, severity: Severity) -> Vec<Evidence> {
        let decisive = |file: &File<'_>, others: &[File<'_>]| match severity {
            Severity::High => others.iter().any(|other| {
                other.project.reference == file.project.reference && other.type_of_data() == file.type_of_data()
            }),
            Severity::Medium => others.iter().any(|other| other.project.reference == file.project.reference),
            Severity::Note => false,
        };
        let quote = |files: &[File<'_>], others: &[File<'_>]| -> Vec<Evidence> {
            let mut ordered: Vec<&File<'_>> = files.iter().collect();
            ordered.sort_by_key(|file| (!decisive(file, others), file.is_on_consent()));
            ordered.into_iter().take(ROWS_A_SIDE).map(File::evidence).collect()
        };
        let mut evidence = quote(&self.applied, &self.not_applied);
        evidence.extend(quote(&self.not_applied, &self.applied));
        evidence
    }
}

impl<'a> File<'a> {
    fn is_on_consent(&self) -> bool {
        Basis::of(basis::of_file(self.version, self.release)) == Basis::Consent
    }

    fn type_of_data(&self) -> String {
        fold(self.release.type_of_data.as_deref().unwrap_or_default())
    }

    /// Whose it is, as the row names it.
    fn organisation(&self) -> &'a str {
        self.release.organisation.as_deref().unwrap_or(&self.version.organisation)
    }

    /// The row, under the reference of its agreement: the two sides can be of different ones.
    fn evidence(&self) -> Evidence {
        let row = row(self.release);
        Evidence { field: Field::Release, quote: format!("{}{CELLS}{}", self.version.reference, row.quote), ..row }
    }
}

/// A name in all its published spellings: `"A" (also published as "B")`.
fn spelled(spellings: &[&str], mark: &str) -> String {
    let marked: Vec<String> = spellings.iter().map(|spelling| format!("{mark}{spelling}{mark}")).collect();
    match marked.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first, others @ ..] => format!("{first} (also published as {})", others.join(" and as ")),
    }
}
