//! The datasets of an edition: in a list, and one with who got it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::grouped::{self, Grouped, Groups, LinkReport, SentReport};
use crate::index::{Index, IndexError, NamedDataset, ProjectId, Recipient};
use crate::names::{Key, Kind, Names};

/// The datasets of an edition, grouped by name.
#[derive(Debug)]
pub struct Datasets<'a> {
    index: &'a Index,
    names: &'a Names,
    spellings: Vec<NamedDataset>,
    groups: Groups<'a>,
    /// The name of each spelling of an organisation: its key, and what is shown.
    shown: Vec<(Key, String)>,
}

/// A dataset in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DatasetReport {
    /// The spelling that is published most.
    pub name: String,
    /// All published spellings, the most published first.
    pub spellings: Vec<String>,
    /// Projects that name it.
    pub projects: usize,
    /// Versions of them.
    pub versions: usize,
    /// Organisations that may have it.
    pub organisations: usize,
    /// What was sent of it.
    #[serde(flatten)]
    pub sent: SentReport,
}

/// One dataset with who got it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DatasetDetail {
    /// As in the list.
    #[serde(flatten)]
    pub summary: DatasetReport,
    /// Which datasets it took the place of.
    pub predecessors: Vec<LinkReport>,
    /// Which datasets took its place.
    pub successors: Vec<LinkReport>,
    /// Other versions of it: other specifications under the same name.
    pub other_versions: Vec<String>,
    /// Who got it, most files first; those with an agreement and no file recorded too.
    pub recipients: Vec<RecipientReport>,
}

/// An organisation that has a dataset, or may have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecipientReport {
    /// The organisation, in the spelling that is published most.
    pub organisation: String,
    /// References of the projects, without versions.
    pub references: Vec<String>,
    /// The projects themselves, for who reads on from them.
    #[serde(skip)]
    pub projects: Vec<ProjectId>,
    /// What was sent.
    #[serde(flatten)]
    pub sent: SentReport,
}

impl<'a> Datasets<'a> {
    /// Groups the datasets of an edition.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn of(index: &'a Index, names: &'a Names) -> Result<Self, IndexError> {
        let spellings = index.datasets()?;
        let published = spellings.iter().map(|named| (named.name.as_str(), named.published));
        let groups = Groups::of(names, Kind::Dataset, published);
        let organisations = index.organisations()?;
        let published = organisations.iter().map(|named| (named.name.as_str(), named.published));
        let mut shown = vec![None; organisations.len()];
        for group in Groups::of(names, Kind::Organisation, published).all() {
            for row in &group.rows {
                shown[*row] = Some((group.key.clone(), group.name.clone()));
            }
        }
        let shown = shown.into_iter().flatten().collect();
        Ok(Self { index, names, spellings, groups, shown })
    }

    /// Their names, to find one by.
    pub fn groups(&self) -> &Groups<'a> {
        &self.groups
    }

    /// All of them, most files first.
    pub fn list(&self) -> Vec<DatasetReport> {
        let mut list: Vec<DatasetReport> = self.groups.all().iter().map(|group| self.summary(group)).collect();
        list.sort_by_cached_key(|report| report.sent.order(&report.name));
        list
    }

    /// One that was found, whole.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn detail(&self, at: usize) -> Result<DatasetDetail, IndexError> {
        let group = self.groups.at(at);
        let same = self.names.dataset_key_without_version(&group.name);
        let others = self
            .groups
            .all()
            .iter()
            .filter(|other| other.key != group.key && self.names.dataset_key_without_version(&other.name) == same);
        Ok(DatasetDetail {
            summary: self.summary(group),
            predecessors: self.groups.predecessors(group),
            successors: self.groups.successors(group),
            other_versions: others.map(|other| other.name.clone()).collect(),
            recipients: self.recipient_reports(group)?,
        })
    }

    fn recipients(&self, group: &Grouped) -> impl Iterator<Item = &Recipient> {
        group.rows.iter().filter_map(|row| self.spellings.get(*row)).flat_map(|named| &named.recipients)
    }

    /// Who has one of them, or may have it, by name.
    pub(super) fn recipients_of(&self, at: usize) -> Vec<(&str, Vec<&Recipient>)> {
        let by_name = self.by_name(self.groups.at(at));
        by_name.into_iter().map(|((_, name), recipients)| (name.as_str(), recipients)).collect()
    }

    /// The recipients by the name of the organisation.
    fn by_name(&self, group: &Grouped) -> BTreeMap<&(Key, String), Vec<&Recipient>> {
        let mut by_name: BTreeMap<&(Key, String), Vec<&Recipient>> = BTreeMap::new();
        for recipient in self.recipients(group) {
            if let Some(name) = self.shown.get(recipient.organisation as usize) {
                by_name.entry(name).or_default().push(recipient);
            }
        }
        by_name
    }

    fn summary(&self, group: &Grouped) -> DatasetReport {
        let versions = grouped::distinct(self.recipients(group).flat_map(|recipient| &recipient.versions));
        DatasetReport {
            name: group.name.clone(),
            spellings: group.spellings.clone(),
            projects: grouped::projects(self.index, &versions).len(),
            versions: versions.len(),
            organisations: self.by_name(group).len(),
            sent: SentReport::of(self.recipients(group).map(|recipient| &recipient.sent)),
        }
    }

    fn recipient_reports(&self, group: &Grouped) -> Result<Vec<RecipientReport>, IndexError> {
        let mut reports = Vec::new();
        for ((_, name), recipients) in self.by_name(group) {
            let versions = grouped::distinct(recipients.iter().flat_map(|recipient| &recipient.versions));
            let projects = grouped::projects(self.index, &versions);
            reports.push(RecipientReport {
                organisation: name.clone(),
                references: grouped::references(self.index, &projects)?,
                projects: projects.into_iter().collect(),
                sent: SentReport::of(recipients.iter().map(|recipient| &recipient.sent)),
            });
        }
        reports.sort_by_cached_key(|report| report.sent.order(&report.organisation));
        Ok(reports)
    }
}
