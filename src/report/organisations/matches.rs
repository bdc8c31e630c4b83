//! The projects of an organisation: what it is to each, and what was found in those that are its own.

use serde::Serialize;

use super::{OrganisationDetail, Way};
use crate::concerns::{RuleId, Severity};
use crate::index::ProjectId;
use crate::register::OptOutState;

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
    pub(super) fn is_own(&self) -> bool {
        self.roles != [Role::Controller]
    }
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
