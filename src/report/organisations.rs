//! The organisations of an edition: in a list, and one with all that is published under its spellings.

mod matches;
mod ways;

use std::collections::BTreeSet;

use serde::Serialize;

pub use matches::{ConcernOfOrganisation, MatchReport, Role};
pub use ways::{Way, WaysReport};

use super::grouped::{self, Grouped, Groups, LinkReport, SentReport};
use crate::concerns::Severity;
use crate::index::{Index, IndexError, NamedDataset, NamedOrganisation, ProjectId, Sent, VersionId};
use crate::names::{Kind, Names};

/// The organisations of an edition, grouped by name.
#[derive(Debug)]
pub struct Organisations<'a> {
    index: &'a Index,
    names: &'a Names,
    spellings: Vec<NamedOrganisation>,
    groups: Groups<'a>,
}

/// An organisation in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OrganisationReport {
    /// The spelling that is published most.
    pub name: String,
    /// All published spellings, the most published first.
    pub spellings: Vec<String>,
    /// Projects that it applied for, or whose release rows name it.
    pub projects: usize,
    /// Versions of them.
    pub versions: usize,
    /// Projects for whose data it answers.
    pub controller_of: usize,
    /// What was sent to it.
    #[serde(flatten)]
    pub sent: SentReport,
    /// Projects of it that have a concern of high severity.
    pub high_concerns: usize,
}

/// One organisation with what is published of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OrganisationDetail {
    /// As in the list.
    #[serde(flatten)]
    pub summary: OrganisationReport,
    /// In which role each spelling is published.
    pub roles: Vec<RolesReport>,
    /// Whom it took over from.
    pub predecessors: Vec<LinkReport>,
    /// Who took over from it.
    pub successors: Vec<LinkReport>,
    /// What it was given, or may be.
    pub datasets: Vec<ReceivedReport>,
    /// Its projects, in the register's order.
    pub matches: Vec<MatchReport>,
    /// How the projects that it applied for or received from were reached.
    pub by_system_access: WaysReport,
    /// How many of them have files; null where the layout has no row for each file.
    pub projects_with_files: Option<usize>,
}

/// How many projects a spelling is published in, by role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RolesReport {
    /// As published.
    pub name: String,
    /// As the applicant.
    pub applicant: usize,
    /// As a controller.
    pub controller: usize,
    /// In release rows of another applicant.
    pub recipient: usize,
}

/// A dataset that an organisation was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReceivedReport {
    /// The dataset, in the spelling that is published most.
    pub name: String,
    /// Projects that name it.
    pub projects: usize,
    /// What was sent.
    #[serde(flatten)]
    pub sent: SentReport,
}

impl<'a> Organisations<'a> {
    /// Groups the organisations of an edition.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn of(index: &'a Index, names: &'a Names) -> Result<Self, IndexError> {
        let spellings = index.organisations()?;
        let published = spellings.iter().map(|named| (named.name.as_str(), named.published));
        let groups = Groups::of(names, Kind::Organisation, published);
        Ok(Self { index, names, spellings, groups })
    }

    /// Their names, to find one by.
    pub fn groups(&self) -> &Groups<'a> {
        &self.groups
    }

    /// All of them, most files first.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn list(&self) -> Result<Vec<OrganisationReport>, IndexError> {
        let high = self.projects_of_high_concern()?;
        let mut list: Vec<OrganisationReport> =
            self.groups.all().iter().map(|group| self.summary(group, &high)).collect();
        list.sort_by_cached_key(|report| report.sent.order(&report.name));
        Ok(list)
    }

    /// One that was found, whole.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn detail(&self, at: usize) -> Result<OrganisationDetail, IndexError> {
        let group = self.groups.at(at);
        let matches = self.matches(group)?;
        let own = || matches.iter().filter(|project| project.is_own());
        let lists_files = own().any(|project| project.files.is_some());
        let with_files = own().filter(|project| project.files.is_some_and(|files| files > 0)).count();
        Ok(OrganisationDetail {
            by_system_access: WaysReport::of(own().map(|project| project.way)),
            projects_with_files: lists_files.then_some(with_files),
            summary: self.summary(group, &self.projects_of_high_concern()?),
            roles: group.rows.iter().map(|row| self.roles(&self.spellings[*row])).collect(),
            predecessors: self.groups.predecessors(group),
            successors: self.groups.successors(group),
            datasets: self.received(group)?,
            matches,
        })
    }

    fn summary(&self, group: &Grouped, high: &BTreeSet<ProjectId>) -> OrganisationReport {
        let own = grouped::distinct(self.rows(group).flat_map(|named| named.applied_for.iter().chain(&named.received)));
        let controls = grouped::distinct(self.rows(group).flat_map(|named| &named.controls));
        let projects = grouped::projects(self.index, &own);
        OrganisationReport {
            name: group.name.clone(),
            spellings: group.spellings.clone(),
            projects: projects.len(),
            versions: own.len(),
            controller_of: grouped::projects(self.index, &controls).len(),
            sent: SentReport::of(self.rows(group).map(|named| &named.sent)),
            high_concerns: projects.intersection(high).count(),
        }
    }

    fn rows(&self, group: &Grouped) -> impl Iterator<Item = &NamedOrganisation> {
        group.rows.iter().filter_map(|row| self.spellings.get(*row))
    }

    fn projects_of_high_concern(&self) -> Result<BTreeSet<ProjectId>, IndexError> {
        let mut high = BTreeSet::new();
        for number in (0..).take(self.index.len()) {
            let row = self.index.row(ProjectId(number))?;
            if row.concerns.iter().any(|(_, severity)| *severity == Severity::High) {
                high.insert(ProjectId(number));
            }
        }
        Ok(high)
    }

    fn roles(&self, named: &NamedOrganisation) -> RolesReport {
        let projects =
            |versions: &[VersionId]| grouped::projects(self.index, &grouped::distinct(versions.iter())).len();
        RolesReport {
            name: named.name.clone(),
            applicant: projects(&named.applied_for),
            controller: projects(&named.controls),
            recipient: projects(&named.received),
        }
    }

    fn received(&self, group: &Grouped) -> Result<Vec<ReceivedReport>, IndexError> {
        let datasets = self.index.datasets()?;
        let published = datasets.iter().map(|named| (named.name.as_str(), named.published));
        let is_mine = |organisation: u32| group.rows.contains(&(organisation as usize));
        let mut received = Vec::new();
        for dataset in Groups::of(self.names, Kind::Dataset, published).all() {
            let named: Vec<&NamedDataset> = dataset.rows.iter().map(|row| &datasets[*row]).collect();
            let mine = || {
                let recipients = named.iter().flat_map(|named| &named.recipients);
                recipients.filter(|recipient| is_mine(recipient.organisation))
            };
            let versions = grouped::distinct(mine().flat_map(|recipient| &recipient.versions));
            if !versions.is_empty() {
                let sent: Vec<&Sent> = mine().map(|recipient| &recipient.sent).collect();
                received.push(ReceivedReport {
                    name: dataset.name.clone(),
                    projects: grouped::projects(self.index, &versions).len(),
                    sent: SentReport::of(sent.into_iter()),
                });
            }
        }
        received.sort_by_cached_key(|report| report.sent.order(&report.name));
        Ok(received)
    }

    fn matches(&self, group: &Grouped) -> Result<Vec<MatchReport>, IndexError> {
        let in_role = |versions: &dyn Fn(&NamedOrganisation) -> &Vec<VersionId>| {
            let versions = grouped::distinct(self.rows(group).flat_map(versions));
            grouped::projects(self.index, &versions)
        };
        let applicant = in_role(&|named| &named.applied_for);
        // Rows that name the applicant in another spelling name no other recipient.
        let recipient = in_role(&|named| &named.received).difference(&applicant).copied().collect();
        let controller = in_role(&|named| &named.controls);
        let roles = [(Role::Applicant, applicant), (Role::Controller, controller), (Role::Recipient, recipient)];
        let all: BTreeSet<ProjectId> = roles.iter().flat_map(|(_, projects)| projects.iter().copied()).collect();
        all.into_iter()
            .map(|project| {
                let row = self.index.row(project)?;
                let named = roles.iter().filter(|(_, projects)| projects.contains(&project));
                Ok(MatchReport {
                    reference: row.reference,
                    title: row.title,
                    organisation: row.organisation,
                    roles: named.map(|(role, _)| *role).collect(),
                    files: row.files,
                    way: Way::of(&self.index.record(project)?.project),
                    opt_outs: row.opt_outs,
                    weights: row.concerns.iter().map(|(_, severity)| *severity).collect(),
                    concerns: row.concerns.into_iter().map(|(rule, _)| rule).collect(),
                    project,
                })
            })
            .collect()
    }
}
