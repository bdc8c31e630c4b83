//! `outflow datasets`: all of them, or one with who got it.

use color_eyre::eyre::Report;

use super::Outcome;
use super::arguments::Global;
use super::named::{self, Listed, Named};
use super::printer::{Printer, Role};
use crate::index::IndexError;
use crate::report::{DatasetDetail, DatasetReport, Datasets, Groups, counted, more_spellings, sent_told};

pub(super) fn run(global: &Global, asked: &Named, printer: &mut Printer) -> Result<Outcome, Report> {
    let edition = super::open(global)?;
    let names = named::names(global);
    let all = Datasets::of(&edition.index, &names)?;
    named::show(&all, edition.index.header(), global, asked, printer)
}

impl Listed for Datasets<'_> {
    const ONE: &'static str = "dataset";
    const SEVERAL: &'static str = "datasets";

    type Line = DatasetReport;
    type Detail = DatasetDetail;

    fn groups(&self) -> &Groups<'_> {
        self.groups()
    }

    fn list(&self) -> Result<Vec<DatasetReport>, IndexError> {
        Ok(self.list())
    }

    fn detail(&self, at: usize) -> Result<DatasetDetail, IndexError> {
        self.detail(at)
    }

    fn print_list(list: &[DatasetReport], printer: &mut Printer) -> Result<(), Report> {
        let heading = format!("{:>8}{:>9}{:>13}{:>7}{:>10}", "files", "applied", "not applied", "orgs", "projects");
        printer.line_as(Role::Strong, &heading)?;
        for dataset in list {
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
        printer
            .line_as(Role::Strong, &format!("Organisations with an agreement for it ({})", detail.recipients.len()))?;
        for recipient in &detail.recipients {
            printer.line(&recipient.organisation)?;
            printer.block(4, &sent_told(&recipient.sent))?;
            printer.block(4, &recipient.references.join(", "))?;
        }
        Ok(())
    }
}
