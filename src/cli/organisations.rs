//! `outflow organisations`: all of them, or one with its projects.

use color_eyre::eyre::Report;

use super::Outcome;
use super::arguments::Global;
use super::named::{self, Listed, Named};
use super::printer::{Printer, Role};
use crate::index::IndexError;
use crate::report::{
    Groups, MatchReport, OrganisationDetail, OrganisationReport, Organisations, counted, more_spellings, reached_told,
    roles_in_project, roles_told, sent_told, way_told,
};

pub(super) fn run(global: &Global, asked: &Named, printer: &mut Printer) -> Result<Outcome, Report> {
    let edition = super::open(global)?;
    let names = named::names(global);
    let all = Organisations::of(&edition.index, &names)?;
    named::show(&all, edition.index.header(), global, asked, printer)
}

impl Listed for Organisations<'_> {
    const ONE: &'static str = "organisation";
    const SEVERAL: &'static str = "organisations";

    type Line = OrganisationReport;
    type Detail = OrganisationDetail;

    fn groups(&self) -> &Groups<'_> {
        self.groups()
    }

    fn list(&self) -> Result<Vec<OrganisationReport>, IndexError> {
        self.list()
    }

    fn detail(&self, at: usize) -> Result<OrganisationDetail, IndexError> {
        self.detail(at)
    }

    fn print_list(list: &[OrganisationReport], printer: &mut Printer) -> Result<(), Report> {
        printer
            .line_as(Role::Strong, &format!("{:>8}{:>13}{:>10}{:>6}", "files", "not applied", "projects", "high"))?;
        for organisation in list {
            printer.line(&format!(
                "{:>8}{:>13}{:>10}{:>6}  {}{}",
                named::figure(organisation.sent.files),
                named::figure(organisation.sent.opt_outs_not_applied),
                organisation.projects,
                organisation.high_concerns,
                organisation.name,
                more_spellings(&organisation.spellings)
            ))?;
        }
        printer.line("")?;
        printer.line_as(
            Role::Quiet,
            "not applied: files without opt-outs; high: projects with a concern of high severity; -: not published",
        )?;
        printer.line_as(Role::Quiet, "outflow organisations NAME shows one with its projects")?;
        Ok(())
    }

    fn print_detail(detail: &OrganisationDetail, slug: &str, printer: &mut Printer) -> Result<(), Report> {
        let summary = &detail.summary;
        printer.line_as(Role::Strong, &summary.name)?;
        named::print_spellings(&summary.spellings, printer)?;
        let projects = format!(
            "{} in edition {slug}, {}; controller of {}",
            counted(summary.projects as u64, "project", "projects"),
            counted(summary.versions as u64, "version", "versions"),
            counted(summary.controller_of as u64, "project", "projects")
        );
        printer.block(0, &projects)?;
        printer.block(0, &sent_told(&summary.sent))?;
        printer.block(0, &reached_told(detail))?;
        named::print_links("body", &detail.predecessors, &detail.successors, printer)?;
        if detail.roles.len() > 1 {
            heading(printer, "Spellings")?;
            for roles in &detail.roles {
                printer.block(0, &format!("{}: {}", roles.name, roles_told(roles)))?;
            }
        }
        heading(printer, &format!("Datasets ({})", detail.datasets.len()))?;
        for dataset in &detail.datasets {
            printer.line(&dataset.name)?;
            printer.block(4, &sent_told(&dataset.sent))?;
        }
        heading(printer, &format!("Projects ({})", detail.matches.len()))?;
        for project in &detail.matches {
            print_project(project, printer)?;
        }
        Ok(())
    }
}

fn print_project(project: &MatchReport, printer: &mut Printer) -> std::io::Result<()> {
    let title = project.title.as_deref().unwrap_or_default();
    printer.line(format!("{}  {title}", project.reference).trim_end())?;
    let mut facts = vec![roles_in_project(project)];
    facts.extend(project.files.map(|files| counted(files, "file", "files")));
    facts.extend(way_told(project.way).map(str::to_owned));
    facts.extend((!project.concerns.is_empty()).then(|| {
        let concerns: Vec<&str> = project.concerns.iter().map(|rule| rule.as_str()).collect();
        concerns.join(", ")
    }));
    printer.block(4, &facts.join("; "))
}

fn heading(printer: &mut Printer, text: &str) -> std::io::Result<()> {
    printer.line("")?;
    printer.line_as(Role::Strong, text)
}
