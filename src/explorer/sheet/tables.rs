//! The organisations and the datasets of an edition as lists, with the figures and in the order of `outflow organisations` and
//! `outflow datasets`: most files first.

use super::{Leads, Shape, Sheet, SheetItem, counted};
use crate::report::{DatasetReport, OrganisationReport, more_spellings};

/// The figures of an organisation.
const OF_ORGANISATION: [&str; 4] = ["files", "not applied", "projects", "high"];

/// What they mean.
const OF_ORGANISATION_MEANS: [&str; 2] =
    ["not applied: files without opt-outs; -: not published", "high: projects with a concern of high weight"];

/// The figures of a dataset. What stands last gives way first, and can be told from the others.
const OF_DATASET: [&str; 5] = ["files", "not applied", "orgs", "projects", "applied"];

/// What they mean.
const OF_DATASET_MEANS: [&str; 2] =
    ["not applied, applied: files without and with opt-outs; -: not published", "orgs: organisations that may have it"];

/// The organisations, each with where it leads.
pub(in crate::explorer) fn of_organisations(
    slug: &str,
    spellings: usize,
    organisations: Vec<(Leads, OrganisationReport)>,
) -> Sheet {
    let heading = format!(
        "{} in {slug}, published in {}",
        counted(organisations.len(), "organisation", "organisations"),
        counted(spellings, "spelling", "spellings")
    );
    let item = |(leads, report): (Leads, OrganisationReport)| {
        let sent = &report.sent;
        let high = report.high_concerns as u64;
        let figures = vec![sent.files, sent.opt_outs_not_applied, Some(report.projects as u64), Some(high)];
        row(&report.name, &report.spellings, figures, leads)
    };
    sheet(heading, (&OF_ORGANISATION, &OF_ORGANISATION_MEANS), organisations.into_iter().map(item))
}

/// The datasets, each with where it leads.
pub(in crate::explorer) fn of_datasets(slug: &str, spellings: usize, datasets: Vec<(Leads, DatasetReport)>) -> Sheet {
    let heading = format!(
        "{} in {slug}, published in {}",
        counted(datasets.len(), "dataset", "datasets"),
        counted(spellings, "spelling", "spellings")
    );
    let item = |(leads, report): (Leads, DatasetReport)| {
        let sent = &report.sent;
        let (organisations, projects) = (report.organisations as u64, report.projects as u64);
        let [applied, not_applied] = [sent.opt_outs_applied, sent.opt_outs_not_applied];
        let figures = vec![sent.files, not_applied, Some(organisations), Some(projects), applied];
        row(&report.name, &report.spellings, figures, leads)
    };
    sheet(heading, (&OF_DATASET, &OF_DATASET_MEANS), datasets.into_iter().map(item))
}

fn row(name: &str, spellings: &[String], figures: Vec<Option<u64>>, leads: Leads) -> SheetItem {
    let name = crate::report::organisation_shown(name).to_owned();
    // The others are found by what they hold, too.
    let others = spellings.get(1..).unwrap_or_default().join("\n");
    let lines = [more_spellings(spellings).trim_start().to_owned(), others];
    SheetItem { figures, name, lines, leads, ..SheetItem::default() }
}

/// The rows, and below them what their figures mean.
fn sheet(
    heading: String,
    (columns, means): (&'static [&'static str], &[&str]),
    items: impl Iterator<Item = SheetItem>,
) -> Sheet {
    let mut items: Vec<SheetItem> = items.collect();
    if !items.is_empty() {
        items.push(SheetItem::default());
        items.extend(means.iter().map(|text| SheetItem { name: (*text).to_owned(), ..SheetItem::default() }));
    }
    let empty = "This edition names none.".to_owned();
    Sheet { heading, shape: Shape::Table(columns), items, empty, ..Sheet::default() }
}
