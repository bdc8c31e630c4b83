//! An organisation, from name to name: in which roles it is named, what it was sent, what was found in its projects, its
//! datasets and its projects.

use super::paths::{Paths, organisation_query};
use super::rows::Rows;
use super::{Leads, Shape, Sheet, Tone, counted};
use crate::concerns::rule;
use crate::index::{ProjectId, SearchError};
use crate::report::{
    LinkReport, MatchReport, OrganisationDetail, link_told, organisation_shown, roles_in_project, roles_told,
    sent_beside_told, way_told,
};

/// An organisation, whole.
pub(in crate::explorer) fn of_organisation(
    detail: &OrganisationDetail,
    paths: &Paths<'_>,
) -> Result<Sheet, SearchError> {
    let name = organisation_shown(&detail.summary.name).to_owned();
    let mut rows = Rows::default();
    rows.spellings(detail);
    rows.counts(detail, paths)?;
    rows.sent(&detail.summary.sent);
    rows.links("body", &detail.predecessors, &detail.successors, |name| paths.organisation(name));
    rows.found(detail, paths)?;
    rows.datasets(detail, paths);
    rows.projects(detail);
    let mut sheet = Sheet { heading: name.clone(), name, shape: Shape::Rows, items: rows.items(), ..Sheet::default() };
    sheet.select(0, usize::MAX);
    Ok(sheet)
}

impl Rows {
    /// In which roles each spelling is published.
    fn spellings(&mut self, detail: &OrganisationDetail) {
        if let [only] = detail.roles.as_slice() {
            self.remark(Tone::Quiet, roles_told(only));
            return;
        }
        for roles in &detail.roles {
            self.remark(Tone::Quiet, format!("{}: {}", organisation_shown(&roles.name), roles_told(roles)));
        }
    }

    fn counts(&mut self, detail: &OrganisationDetail, paths: &Paths<'_>) -> Result<(), SearchError> {
        let summary = &detail.summary;
        let ids = |projects: &mut dyn Iterator<Item = &MatchReport>| -> Vec<ProjectId> {
            projects.map(|project| project.project).collect()
        };
        let own = ids(&mut detail.own());
        if !own.is_empty() {
            let led = paths.to_projects(organisation_query(&summary.spellings), &own)?;
            let versions = counted(summary.versions, "version", "versions");
            let ways = &detail.by_system_access;
            let by_access = match (ways.wholly, ways.partly) {
                (0, 0) => String::new(),
                (wholly, partly) => format!("by system access: {wholly} wholly, {partly} partly"),
            };
            self.push(
                Some(summary.projects),
                if summary.projects == 1 { "project" } else { "projects" },
                joined(&[versions, by_access, led.told()]),
                Leads::Query(led.query),
            );
        }
        let is_controller = |project: &&MatchReport| project.roles.contains(&crate::report::Role::Controller);
        let controlled = ids(&mut detail.matches.iter().filter(is_controller));
        if !controlled.is_empty() {
            let offered = summary.spellings.iter().map(|name| format!("controller:\"{name}\"")).collect::<Vec<_>>();
            let led = paths.to_projects(offered.join(" OR "), &controlled)?;
            let name = if summary.controller_of == 1 { "project" } else { "projects" };
            let told = joined(&["for whose data it answers".to_owned(), led.told()]);
            self.push(Some(summary.controller_of), format!("{name} as controller"), told, Leads::Query(led.query));
        }
        Ok(())
    }

    fn found(&mut self, detail: &OrganisationDetail, paths: &Paths<'_>) -> Result<(), SearchError> {
        let concerns = detail.concerns();
        let projects = counted(detail.summary.projects, "project", "projects");
        self.heading(match concerns.len() {
            0 => "No concerns found".to_owned(),
            found => format!("Concerns ({found}), by how many of its {projects} have them"),
        });
        self.counting("projects");
        for concern in concerns {
            let query = format!("concern:{} {}", concern.rule, organisation_query(&detail.summary.spellings));
            let led = paths.to_projects(query, &concern.projects)?;
            let told = joined(&[rule(concern.rule).title.to_owned(), led.told()]);
            let leads = Leads::Among(concern.rule, led.query);
            self.push(Some(concern.projects.len()), concern.rule.to_string(), told, leads);
            self.weigh(Some(concern.gravest));
        }
        Ok(())
    }

    fn datasets(&mut self, detail: &OrganisationDetail, paths: &Paths<'_>) {
        self.heading(format!("Datasets ({}), by files", detail.datasets.len()));
        self.counting("files");
        for dataset in &detail.datasets {
            let named = counted(dataset.projects, "project", "projects");
            let told = joined(&[named, sent_beside_told(&dataset.sent)]);
            self.push(figure(dataset.sent.files), &*dataset.name, told, paths.dataset(&dataset.name));
        }
    }

    fn projects(&mut self, detail: &OrganisationDetail) {
        self.heading(format!("Projects ({}), with their files", detail.matches.len()));
        self.counting("files");
        for project in &detail.matches {
            let way = way_told(project.way).unwrap_or_default().to_owned();
            let concerns: Vec<&str> = project.concerns.iter().map(|rule| rule.as_str()).collect();
            let told = joined(&[roles_in_project(project), way, concerns.join(", ")]);
            let name = match &project.title {
                Some(title) => format!("{}  {title}", project.reference),
                None => project.reference.clone(),
            };
            let leads = Leads::Project(project.project, project.reference.clone());
            self.push(figure(project.files), name, told, leads);
            self.weigh(project.weights.first().copied());
        }
    }

    /// What was sent, a figure a row.
    pub(super) fn sent(&mut self, sent: &crate::report::SentReport) {
        let months = crate::report::months_told(sent);
        if sent.files.is_none() {
            self.remark(Tone::Quiet, "how many files were sent is not published by project");
        }
        let figures = [
            (sent.files, "", "files sent", months.as_str()),
            (sent.opt_outs_applied, "files", "with opt-outs applied", ""),
            (sent.opt_outs_not_applied, "files", "with opt-outs not applied", ""),
            (sent.opt_outs_not_stated.filter(|count| *count > 0), "files", "of which neither is stated", ""),
            (
                Some(sent.system_access).filter(|count| *count > 0),
                "",
                "rows of access to a remote system: no files",
                "",
            ),
        ];
        for (count, counts, name, told) in figures {
            if count.is_some() {
                self.counting(counts);
                self.push(figure(count), name, told, Leads::Nowhere);
            }
        }
        self.counting("");
    }

    /// What came before and after. It is another one, and leads on where this edition names it.
    pub(super) fn links(
        &mut self,
        what: &str,
        before: &[LinkReport],
        after: &[LinkReport],
        leads: impl Fn(&str) -> Leads,
    ) {
        let before = before.iter().map(|link| ("before it", link));
        for (when, link) in before.chain(after.iter().map(|link| ("after it", link))) {
            match link.in_edition.as_deref().map(&leads).unwrap_or_default() {
                Leads::Nowhere => self.remark(Tone::Quiet, link_told(what, when, link)),
                leads => self.push(None, link_told(what, when, link), "", leads),
            }
        }
    }
}

/// A number of files as a figure.
pub(super) fn figure(files: Option<u64>) -> Option<usize> {
    files.map(|files| usize::try_from(files).unwrap_or(usize::MAX))
}

/// Parts of what is said of a row, those that say something.
pub(super) fn joined(parts: &[String]) -> String {
    let said: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    said.join("; ")
}
