//! `outflow datasets`: all of them, or one with who got it.

use color_eyre::eyre::Report;
use serde::Serialize;

use super::Outcome;
use super::arguments::Global;
use super::named::Named;
use super::named::{self, Fit};
use super::printer::{Printer, Role};
use crate::report::{DatasetDetail, DatasetReport, Datasets, counted, more_spellings, sent_told};

/// The JSON of the list, and of one: then the list has one entry.
#[derive(Debug, Serialize)]
struct ListReport<T> {
    edition: String,
    /// Published spellings of all names.
    spellings: usize,
    datasets: Vec<T>,
}

pub(super) fn run(global: &Global, asked: &Named, printer: &mut Printer) -> Result<Outcome, Report> {
    let edition = super::open(global)?;
    let header = edition.index.header();
    let slug = header.edition.slug.clone();
    let names = named::names(global);
    let all = Datasets::of(&edition.index, &names)?;
    let spellings = all.spellings();
    let Some(written) = asked.written() else {
        let report = ListReport { edition: slug, spellings, datasets: all.list() };
        let outcome = if report.datasets.is_empty() { Outcome::Nothing } else { Outcome::Done };
        if global.json {
            printer.json(&report)?;
        } else {
            print_list(&report, printer)?;
        }
        return Ok(outcome);
    };
    let at = match named::settle(&written, "dataset", &slug, (&all.find(&written), all.len()), |at| all.name(at)) {
        Fit::One(at) => at,
        Fit::Unclear(outcome) => return Ok(outcome),
    };
    let detail = all.detail(at)?;
    if global.json {
        printer.json(&ListReport { edition: slug, spellings, datasets: vec![detail] })?;
    } else {
        print_detail(&detail, &slug, printer)?;
        super::show::print_credit(header, printer)?;
    }
    Ok(Outcome::Done)
}

fn print_list(report: &ListReport<DatasetReport>, printer: &mut Printer) -> Result<(), Report> {
    let head = format!(
        "{} in edition {}, published in {}",
        counted(report.datasets.len() as u64, "dataset", "datasets"),
        report.edition,
        counted(report.spellings as u64, "spelling", "spellings")
    );
    printer.line_as(Role::Quiet, &head)?;
    let heading = format!("{:>8}{:>9}{:>13}{:>7}{:>10}", "files", "applied", "not applied", "orgs", "projects");
    printer.line_as(Role::Strong, &heading)?;
    for dataset in &report.datasets {
        printer.line(&format!(
            "{:>8}{:>9}{:>13}{:>7}{:>10}  {}{}",
            named::figure(dataset.sent.files),
            named::figure(dataset.sent.opt_outs_applied),
            named::figure(dataset.sent.opt_outs_not_applied),
            dataset.organisations,
            dataset.projects,
            dataset.name,
            more_spellings(&dataset.spellings)
        ))?;
    }
    printer.line("")?;
    printer.line_as(Role::Quiet, "applied, not applied: files with and without opt-outs; -: not published")?;
    printer.line_as(Role::Quiet, "outflow datasets NAME shows one with who got it")?;
    Ok(())
}

fn print_detail(detail: &DatasetDetail, slug: &str, printer: &mut Printer) -> Result<(), Report> {
    let summary = &detail.summary;
    printer.line_as(Role::Strong, &summary.name)?;
    named::print_spellings(&summary.spellings, printer)?;
    let projects = format!(
        "named in {} of {} in edition {slug}",
        counted(summary.projects as u64, "project", "projects"),
        counted(summary.organisations as u64, "organisation", "organisations")
    );
    printer.block(0, &projects)?;
    printer.block(0, &sent_told(&summary.sent))?;
    named::print_links("dataset", &detail.predecessors, &detail.successors, printer)?;
    for other in &detail.other_versions {
        printer.block(0, &format!("another version, another dataset: {other}"))?;
    }
    printer.line("")?;
    printer.line_as(Role::Strong, &format!("Organisations with an agreement for it ({})", detail.recipients.len()))?;
    for recipient in &detail.recipients {
        printer.line(&recipient.organisation)?;
        printer.block(4, &sent_told(&recipient.sent))?;
        printer.block(4, &recipient.references.join(", "))?;
    }
    Ok(())
}
