//! The organisations and datasets of an edition, a spelling a row: who is named where, and what was sent to whom. Read
//! when it is asked for, so that lists of them need no record.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::documents::numbers;
use super::files;
use super::{Index, IndexError, ProjectId};
use crate::register::{Date, DateRange, Layout, OptOutCounts, OptOutState, Register, Release, ReleaseKind, Version};

/// Names of the files.
pub(super) const ORGANISATIONS: &str = "organisations.table";
pub(super) const DATASETS: &str = "datasets.table";

/// A version of an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct VersionId(pub u32);

/// One published spelling of an organisation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedOrganisation {
    /// As published.
    pub name: String,
    /// How often it is published: as applicant, as controller, in release rows that name an organisation.
    pub published: u64,
    /// Versions that it applied for.
    pub applied_for: Vec<VersionId>,
    /// Versions for whose data it answers.
    pub controls: Vec<VersionId>,
    /// Versions of another applicant whose release rows name it.
    pub received: Vec<VersionId>,
    /// What was sent to it.
    pub sent: Sent,
}

/// One published spelling of a dataset.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedDataset {
    /// As published.
    pub name: String,
    /// How often it is published: in agreements and in release rows.
    pub published: u64,
    /// Who is named beside it.
    pub recipients: Vec<Recipient>,
}

/// Who may have a dataset, and what of it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// Which spelling of [`Index::organisations`], counted from 0.
    pub organisation: u32,
    /// The versions that name the dataset.
    pub versions: Vec<VersionId>,
    /// What was sent.
    pub sent: Sent,
}

/// Files that were sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "SentRow", into = "SentRow")]
pub struct Sent {
    /// How many; unknown where the layout has no row for each file. A page's own count of its organisation's files
    /// counts.
    pub files: Option<u64>,
    /// The files by their opt-out answer; unknown where the layout has no row for each file.
    pub opt_outs: Option<OptOutCounts>,
    /// Rows that record access to a remote system.
    pub system_access: u64,
    /// The first and last month of release, where months are published.
    pub months: DateRange,
}

/// How [`Sent`] is written: without the names of its fields, since there are many.
type SentRow = (Option<u64>, Option<[u64; 3]>, u64, Option<Date>, Option<Date>);

impl From<SentRow> for Sent {
    fn from((files, opt_outs, system_access, start, end): SentRow) -> Self {
        let opt_outs =
            opt_outs.map(|[applied, not_applied, not_stated]| OptOutCounts { applied, not_applied, not_stated });
        Self { files, opt_outs, system_access, months: DateRange { start, end } }
    }
}

impl From<Sent> for SentRow {
    fn from(sent: Sent) -> Self {
        let opt_outs = sent.opt_outs.map(|counts| [counts.applied, counts.not_applied, counts.not_stated]);
        (sent.files, opt_outs, sent.system_access, sent.months.start, sent.months.end)
    }
}

impl Sent {
    /// Adds what was sent beside it; what is unknown adds nothing.
    pub fn add(&mut self, other: &Self) {
        self.files = self.files.map_or(other.files, |files| Some(files + other.files.unwrap_or(0)));
        if let Some(more) = other.opt_outs {
            let counts = self.opt_outs.get_or_insert_default();
            counts.applied += more.applied;
            counts.not_applied += more.not_applied;
            counts.not_stated += more.not_stated;
        }
        self.system_access += other.system_access;
        self.months = self.months.union(other.months);
    }

    fn add_row(&mut self, release: &Release) {
        if release.kind == ReleaseKind::SystemAccess {
            self.system_access += 1;
            return;
        }
        self.list_rows();
        self.files = self.files.map(|files| files + 1);
        let counts = self.opt_outs.get_or_insert_default();
        match release.opt_outs {
            OptOutState::Applied => counts.applied += 1,
            OptOutState::NotApplied => counts.not_applied += 1,
            OptOutState::Mixed | OptOutState::NotStated => counts.not_stated += 1,
        }
        self.months = self.months.union(DateRange { start: release.month, end: release.month });
    }

    /// Where the layout has a row for each file, no row is no file.
    fn list_rows(&mut self) {
        self.files.get_or_insert_default();
        self.opt_outs.get_or_insert_default();
    }
}

impl Index {
    /// The published spellings of organisations, in the order in which the register first names them.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn organisations(&self) -> Result<Vec<NamedOrganisation>, IndexError> {
        let table = &self.organisations;
        let organisations: Vec<NamedOrganisation> =
            (0..table.len()).map(|row| table.get(row)).collect::<Result<_, _>>()?;
        let versions = organisations
            .iter()
            .flat_map(|named| named.applied_for.iter().chain(&named.controls).chain(&named.received));
        self.check_versions(versions, ORGANISATIONS)?;
        Ok(organisations)
    }

    /// The published spellings of datasets, in the order in which the register first names them.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn datasets(&self) -> Result<Vec<NamedDataset>, IndexError> {
        let table = &self.datasets;
        let datasets: Vec<NamedDataset> = (0..table.len()).map(|row| table.get(row)).collect::<Result<_, _>>()?;
        let recipients = || datasets.iter().flat_map(|dataset| &dataset.recipients);
        self.check_versions(recipients().flat_map(|recipient| &recipient.versions), DATASETS)?;
        let organisations = self.organisations.len();
        if recipients().any(|recipient| recipient.organisation as usize >= organisations) {
            return Err(files::damaged(DATASETS, &"it does not go with the other files"));
        }
        Ok(datasets)
    }

    /// The project of a version.
    pub fn project_of_version(&self, version: VersionId) -> ProjectId {
        self.documents.project(version.0 as usize)
    }

    fn check_versions<'a>(
        &self,
        mut versions: impl Iterator<Item = &'a VersionId>,
        file: &'static str,
    ) -> Result<(), IndexError> {
        if versions.any(|version| version.0 as usize >= self.documents.len()) {
            return Err(files::damaged(file, &"it does not go with the other files"));
        }
        Ok(())
    }
}

/// What a register names, being gathered.
#[derive(Default)]
pub(super) struct Named<'a> {
    pub(super) organisations: Vec<NamedOrganisation>,
    pub(super) datasets: Vec<NamedDataset>,
    organisation_rows: HashMap<&'a str, usize>,
    dataset_rows: HashMap<&'a str, usize>,
    /// Of a dataset and an organisation, the recipient.
    recipient_rows: HashMap<(usize, usize), usize>,
}

impl<'a> Named<'a> {
    pub(super) fn of(register: &'a Register) -> Self {
        let mut named = Self::default();
        let versions = register.projects.iter().flat_map(|project| &project.versions);
        let numbers = numbers(&register.projects).into_iter().flatten();
        for (number, version) in numbers.zip(versions) {
            named.add_version(register.layout(version), version, VersionId(number));
        }
        for page in &register.pages {
            let Some((files, _)) = &page.files else { continue };
            let at = named.organisation(&page.organisation);
            let entry = &mut named.organisations[at];
            entry.published += 1;
            entry.sent.files = Some(entry.sent.files.unwrap_or(0) + files);
        }
        named
    }

    fn add_version(&mut self, layout: Option<Layout>, version: &'a Version, id: VersionId) {
        let lists_files = layout.is_some_and(Layout::lists_files);
        let applicant = self.organisation(&version.organisation);
        let entry = &mut self.organisations[applicant];
        entry.published += 1;
        entry.applied_for.push(id);
        entry.sent.months = entry.sent.months.union(version.released);
        if lists_files {
            entry.sent.list_rows();
        }
        for controller in &version.controllers {
            let at = self.organisation(controller);
            self.organisations[at].published += 1;
            add_last(&mut self.organisations[at].controls, id);
        }
        for dataset in &version.datasets {
            let at = self.dataset(&dataset.name);
            self.datasets[at].published += 1;
            self.recipient(at, applicant, id, lists_files);
        }
        for release in &version.releases {
            let organisation = match &release.organisation {
                Some(name) => self.organisation(name),
                None => applicant,
            };
            let entry = &mut self.organisations[organisation];
            entry.sent.add_row(release);
            // In the older workbook each row names its organisation.
            entry.published += u64::from(layout == Some(Layout::ReleaseRegister));
            if organisation != applicant {
                add_last(&mut entry.received, id);
            }
            if release.dataset.is_empty() {
                continue;
            }
            let dataset = self.dataset(&release.dataset);
            self.datasets[dataset].published += 1;
            self.recipient(dataset, organisation, id, lists_files).sent.add_row(release);
        }
    }

    fn organisation(&mut self, name: &'a str) -> usize {
        *self.organisation_rows.entry(name).or_insert_with(|| {
            self.organisations.push(NamedOrganisation { name: name.to_owned(), ..NamedOrganisation::default() });
            self.organisations.len() - 1
        })
    }

    fn dataset(&mut self, name: &'a str) -> usize {
        *self.dataset_rows.entry(name).or_insert_with(|| {
            self.datasets.push(NamedDataset { name: name.to_owned(), ..NamedDataset::default() });
            self.datasets.len() - 1
        })
    }

    fn recipient(
        &mut self,
        dataset: usize,
        organisation: usize,
        version: VersionId,
        lists_files: bool,
    ) -> &mut Recipient {
        let recipients = &mut self.datasets[dataset].recipients;
        let at = *self.recipient_rows.entry((dataset, organisation)).or_insert_with(|| {
            let organisation = u32::try_from(organisation).unwrap_or(u32::MAX);
            recipients.push(Recipient { organisation, versions: Vec::new(), sent: Sent::default() });
            recipients.len() - 1
        });
        let recipient = &mut recipients[at];
        add_last(&mut recipient.versions, version);
        if lists_files {
            recipient.sent.list_rows();
        }
        recipient
    }
}

/// Adds a version to a list in the register's order, once.
fn add_last(versions: &mut Vec<VersionId>, version: VersionId) {
    if versions.last() != Some(&version) {
        versions.push(version);
    }
}
