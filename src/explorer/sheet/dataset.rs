//! A dataset, from name to name: who has an agreement for it and what was sent to whom, and the projects that name it.

use std::collections::BTreeSet;

use super::organisation::{figure, joined};
use super::paths::{Paths, dataset_query};
use super::rows::Rows;
use super::{Leads, Shape, Sheet, Tone, counted};
use crate::index::{ProjectId, SearchError};
use crate::report::{DatasetDetail, organisation_shown, sent_beside_told};

/// A dataset, whole.
pub(in crate::explorer) fn of_dataset(detail: &DatasetDetail, paths: &Paths<'_>) -> Result<Sheet, SearchError> {
    let summary = &detail.summary;
    let mut rows = Rows::default();
    for spelling in summary.spellings.iter().skip(1) {
        rows.remark(Tone::Quiet, format!("also published as: {spelling}"));
    }
    let projects: BTreeSet<ProjectId> =
        detail.recipients.iter().flat_map(|recipient| &recipient.projects).copied().collect();
    let projects: Vec<ProjectId> = projects.into_iter().collect();
    let led = paths.to_projects(dataset_query(&summary.spellings), &projects)?;
    let name = if summary.projects == 1 { "project names it" } else { "projects name it" };
    let organisations = counted(summary.organisations, "organisation", "organisations");
    let told = joined(&[format!("of {organisations}"), led.told()]);
    rows.push(Some(summary.projects), name, told, Leads::Query(led.query));
    rows.sent(&summary.sent);
    rows.links("dataset", &detail.predecessors, &detail.successors, |name| paths.dataset(name));
    for other in &detail.other_versions {
        rows.push(None, other, "another version, another dataset", paths.dataset(other));
    }
    rows.recipients(detail, paths);
    rows.named_in(&projects, paths)?;
    let mut sheet = Sheet {
        heading: summary.name.clone(),
        name: summary.name.clone(),
        shape: Shape::Rows,
        items: rows.items(),
        ..Sheet::default()
    };
    sheet.select(0, usize::MAX);
    Ok(sheet)
}

impl Rows {
    fn recipients(&mut self, detail: &DatasetDetail, paths: &Paths<'_>) {
        self.heading(format!("Organisations with an agreement for it ({}), by files", detail.recipients.len()));
        self.counting("files");
        for recipient in &detail.recipients {
            let projects = counted(recipient.projects.len(), "project", "projects");
            let told = joined(&[projects, sent_beside_told(&recipient.sent)]);
            let name = organisation_shown(&recipient.organisation);
            let leads = paths.organisation(&recipient.organisation);
            self.push(figure(recipient.sent.files), name, told, leads);
        }
    }

    fn named_in(&mut self, projects: &[ProjectId], paths: &Paths<'_>) -> Result<(), SearchError> {
        self.heading(format!("Projects that name it ({}), with all their files", projects.len()));
        self.counting("files");
        for project in projects {
            let row = paths.index.row(*project)?;
            let name = match &row.title {
                Some(title) => format!("{}  {title}", row.reference),
                None => row.reference.clone(),
            };
            let told = organisation_shown(&row.organisation);
            self.push(figure(row.files), name, told, Leads::Project(*project, row.reference));
            self.weigh(row.concerns.first().map(|(_, severity)| *severity));
        }
        Ok(())
    }
}
