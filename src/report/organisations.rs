//! The organisations of an edition: in a list, and one with all that is published under its spellings.

use std::collections::BTreeSet;

use serde::Serialize;

use super::grouped::{self, Grouped, LinkReport, SentReport};
use crate::concerns::{RuleId, Severity};
use crate::index::{Index, IndexError, NamedDataset, NamedOrganisation, ProjectId, Sent, VersionId};
use crate::names::{Kind, Link, Names};
use crate::register::{OptOutState, Project};

/// The access method that is no file, as published.
const SYSTEM_ACCESS: &str = "System Access";

/// The organisations of an edition, grouped by name.
#[derive(Debug)]
pub struct Organisations<'a> {
    index: &'a Index,
    names: &'a Names,
    spellings: Vec<NamedOrganisation>,
    groups: Vec<Grouped>,
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

/// How many projects were reached through the publisher's own systems.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct WaysReport {
    /// By system access alone.
    pub wholly: usize,
    /// By system access and by files.
    pub partly: usize,
    /// By files alone.
    pub not: usize,
    /// Where neither is stated.
    pub not_stated: usize,
}

/// How the data of a project was reached. The pages mark the second as `(partially via "system access")`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// Through the publisher's own systems alone.
    SystemAccess,
    /// Through these, and as files.
    PartlySystemAccess,
    /// As files.
    Files,
    /// Neither is stated.
    NotStated,
}

impl Way {
    /// The way of a project: by its rows where there are any, and by its access method.
    fn of(project: &Project) -> Self {
        let is_system = |way: &String| way.eq_ignore_ascii_case(SYSTEM_ACCESS);
        let ways = || project.versions.iter().flat_map(|version| &version.access);
        let has_rows = project.releases().next().is_some();
        let by_system = ways().any(is_system) || project.releases().any(|release| !release.is_file());
        // Beside rows the method of a row of access is no sign of a file.
        let by_files = if has_rows { project.files().next().is_some() } else { !ways().all(is_system) };
        match (by_system, by_files) {
            (true, false) => Self::SystemAccess,
            (true, true) => Self::PartlySystemAccess,
            (false, true) => Self::Files,
            (false, false) => Self::NotStated,
        }
    }
}

impl WaysReport {
    fn of(ways: impl Iterator<Item = Way>) -> Self {
        let mut report = Self::default();
        for way in ways {
            *match way {
                Way::SystemAccess => &mut report.wholly,
                Way::PartlySystemAccess => &mut report.partly,
                Way::Files => &mut report.not,
                Way::NotStated => &mut report.not_stated,
            } += 1;
        }
        report
    }
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

/// A project of an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MatchReport {
    /// Stem reference.
    pub reference: String,
    /// Title of the latest version.
    pub title: Option<String>,
    /// Its applicant.
    pub organisation: String,
    /// In which roles the organisation is named.
    pub roles: Vec<Role>,
    /// Files of the whole project.
    pub files: Option<u64>,
    /// How its data was reached.
    pub way: Way,
    /// State of its opt-outs.
    pub opt_outs: OptOutState,
    /// What was found, gravest first.
    pub concerns: Vec<RuleId>,
    /// The project itself, for who reads on from it.
    #[serde(skip)]
    pub project: ProjectId,
    /// How much each of its concerns weighs.
    #[serde(skip)]
    pub weights: Vec<Severity>,
}

/// A rule that found something in projects of an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConcernOfOrganisation {
    /// The rule.
    pub rule: RuleId,
    /// The gravest of its weights there.
    pub gravest: Severity,
    /// The projects, in the register's order.
    pub projects: Vec<ProjectId>,
}

impl OrganisationDetail {
    /// The projects that it applied for or received from, as its summary counts them.
    pub fn own(&self) -> impl Iterator<Item = &MatchReport> {
        self.matches.iter().filter(|project| project.is_own())
    }

    /// What was found in these, gravest first, and then what most of them have.
    pub fn concerns(&self) -> Vec<ConcernOfOrganisation> {
        let mut all: Vec<ConcernOfOrganisation> = Vec::new();
        for project in self.own() {
            for (rule, gravest) in project.concerns.iter().copied().zip(project.weights.iter().copied()) {
                match all.iter_mut().find(|concern| concern.rule == rule) {
                    Some(concern) => {
                        concern.gravest = concern.gravest.min(gravest);
                        if concern.projects.last() != Some(&project.project) {
                            concern.projects.push(project.project);
                        }
                    }
                    None => all.push(ConcernOfOrganisation { rule, gravest, projects: vec![project.project] }),
                }
            }
        }
        all.sort_by_key(|concern| (concern.gravest, std::cmp::Reverse(concern.projects.len()), concern.rule));
        all
    }
}

impl MatchReport {
    /// Whether the organisation applied for it or received from it: one that it only answers for was sent to others.
    fn is_own(&self) -> bool {
        self.roles != [Role::Controller]
    }
}

/// What an organisation is to a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// It applied.
    Applicant,
    /// It answers for the data.
    Controller,
    /// Release rows of another applicant name it.
    Recipient,
}

impl Role {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Applicant => "applicant",
            Self::Controller => "controller",
            Self::Recipient => "recipient",
        }
    }
}

impl<'a> Organisations<'a> {
    /// Groups the organisations of an edition.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn of(index: &'a Index, names: &'a Names) -> Result<Self, IndexError> {
        let spellings = index.organisations()?;
        let published = spellings.iter().map(|named| (named.name.as_str(), named.published));
        let groups = grouped::grouped(names, Kind::Organisation, published);
        Ok(Self { index, names, spellings, groups })
    }

    /// How many spellings there are of all names.
    pub fn spellings(&self) -> usize {
        self.spellings.len()
    }

    /// All of them, most files first.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn list(&self) -> Result<Vec<OrganisationReport>, IndexError> {
        let high = self.projects_of_high_concern()?;
        let mut list: Vec<OrganisationReport> = self.groups.iter().map(|group| self.summary(group, &high)).collect();
        list.sort_by_cached_key(|report| report.sent.order(&report.name));
        Ok(list)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.groups.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// The one that a published spelling is of.
    pub fn of_spelling(&self, name: &str) -> Option<usize> {
        grouped::of_spelling(&self.groups, name)
    }

    /// Which ones a name fits: one in whatever spelling, else all of which it is a part.
    pub fn find(&self, written: &str) -> Vec<usize> {
        grouped::fitting(&self.groups, &self.names.organisation_key(written), written)
    }

    /// The name of one that was found.
    pub fn name(&self, at: usize) -> &str {
        &self.groups[at].name
    }

    /// One that was found, whole.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn detail(&self, at: usize) -> Result<OrganisationDetail, IndexError> {
        let group = &self.groups[at];
        let matches = self.matches(group)?;
        let own = || matches.iter().filter(|project| project.is_own());
        let lists_files = own().any(|project| project.files.is_some());
        let with_files = own().filter(|project| project.files.is_some_and(|files| files > 0)).count();
        Ok(OrganisationDetail {
            by_system_access: WaysReport::of(own().map(|project| project.way)),
            projects_with_files: lists_files.then_some(with_files),
            summary: self.summary(group, &self.projects_of_high_concern()?),
            roles: group.rows.iter().map(|row| self.roles(&self.spellings[*row])).collect(),
            predecessors: self.links(self.names.predecessors(Kind::Organisation, &group.name)),
            successors: self.links(self.names.successors(Kind::Organisation, &group.name)),
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

    fn links(&self, links: Vec<Link>) -> Vec<LinkReport> {
        grouped::links(self.names, Kind::Organisation, &self.groups, links)
    }

    fn received(&self, group: &Grouped) -> Result<Vec<ReceivedReport>, IndexError> {
        let datasets = self.index.datasets()?;
        let published = datasets.iter().map(|named| (named.name.as_str(), named.published));
        let is_mine = |organisation: u32| group.rows.contains(&(organisation as usize));
        let mut received = Vec::new();
        for dataset in grouped::grouped(self.names, Kind::Dataset, published) {
            let named: Vec<&NamedDataset> = dataset.rows.iter().map(|row| &datasets[*row]).collect();
            let mine = || {
                let recipients = named.iter().flat_map(|named| &named.recipients);
                recipients.filter(|recipient| is_mine(recipient.organisation))
            };
            let versions = grouped::distinct(mine().flat_map(|recipient| &recipient.versions));
            if !versions.is_empty() {
                let sent: Vec<&Sent> = mine().map(|recipient| &recipient.sent).collect();
                received.push(ReceivedReport {
                    name: dataset.name,
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
