//! `outflow organisations`: all of them, or one with its projects.

use color_eyre::eyre::Report;
use serde::Serialize;

use super::Outcome;
use super::arguments::{Global, Named};
use super::named::{self, Fit, counted};
use super::printer::{Printer, Role};
use crate::report::{MatchReport, OrganisationDetail, OrganisationReport, Organisations, RolesReport, Way};

/// The JSON of the list, and of one: then the list has one entry.
#[derive(Debug, Serialize)]
struct ListReport<T> {
    edition: String,
    /// Published spellings of all names.
    spellings: usize,
    organisations: Vec<T>,
}

pub(super) fn run(global: &Global, asked: &Named, printer: &mut Printer) -> Result<Outcome, Report> {
    let edition = super::open(global)?;
    let header = edition.index.header();
    let slug = header.edition.slug.clone();
    let names = named::names(global);
    let all = Organisations::of(&edition.index, &names)?;
    let spellings = all.spellings();
    let Some(written) = asked.written() else {
        let report = ListReport { edition: slug, spellings, organisations: all.list()? };
        let outcome = if report.organisations.is_empty() { Outcome::Nothing } else { Outcome::Done };
        if global.json {
            printer.json(&report)?;
        } else {
            print_list(&report, printer)?;
        }
        return Ok(outcome);
    };
    let at = match named::settle(&written, "organisation", &slug, &all.find(&written), |at| all.name(at)) {
        Fit::One(at) => at,
        Fit::Unclear(outcome) => return Ok(outcome),
    };
    let detail = all.detail(at)?;
    if global.json {
        printer.json(&ListReport { edition: slug, spellings, organisations: vec![detail] })?;
    } else {
        print_detail(&detail, &slug, printer)?;
        super::show::print_credit(header, printer)?;
    }
    Ok(Outcome::Done)
}

fn print_list(report: &ListReport<OrganisationReport>, printer: &mut Printer) -> Result<(), Report> {
    let head = format!(
        "{} in edition {}, published in {}",
        counted(report.organisations.len() as u64, "organisation", "organisations"),
        report.edition,
        counted(report.spellings as u64, "spelling", "spellings")
    );
    printer.line_as(Role::Quiet, &head)?;
    printer.line_as(Role::Strong, &format!("{:>8}{:>13}{:>10}{:>6}", "files", "not applied", "projects", "high"))?;
    for organisation in &report.organisations {
        printer.line(&format!(
            "{:>8}{:>13}{:>10}{:>6}  {}{}",
            named::figure(organisation.sent.files),
            named::figure(organisation.sent.opt_outs_not_applied),
            organisation.projects,
            organisation.high_concerns,
            organisation.name,
            named::more_spellings(&organisation.spellings)
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
    printer.block(0, &named::sent(&summary.sent))?;
    printer.block(0, &in_all(detail))?;
    named::print_links("body", &detail.predecessors, &detail.successors, printer)?;
    if detail.roles.len() > 1 {
        heading(printer, "Spellings")?;
        for roles in &detail.roles {
            printer.block(0, &format!("{}: {}", roles.name, in_roles(roles)))?;
        }
    }
    heading(printer, &format!("Datasets ({})", detail.datasets.len()))?;
    for dataset in &detail.datasets {
        printer.line(&dataset.name)?;
        printer.block(4, &named::sent(&dataset.sent))?;
    }
    heading(printer, &format!("Projects ({})", detail.matches.len()))?;
    for project in &detail.matches {
        print_project(project, printer)?;
    }
    Ok(())
}

/// What its files are over, and how many of its projects were reached without any.
fn in_all(detail: &OrganisationDetail) -> String {
    let summary = &detail.summary;
    let projects = counted(summary.projects as u64, "project", "projects");
    let over = match (summary.sent.files, detail.projects_with_files) {
        (_, Some(with_files)) => format!("files sent under {with_files} of {projects}"),
        (Some(_), None) => {
            format!("the page's own count of files, over {projects}, without what was used by system access")
        }
        (None, None) => projects,
    };
    let ways = &detail.by_system_access;
    let untold = if ways.not_stated > 0 { format!(", not stated for {}", ways.not_stated) } else { String::new() };
    format!("{over}; projects by system access: {} wholly, {} partly{untold}", ways.wholly, ways.partly)
}

fn in_roles(roles: &RolesReport) -> String {
    let named = [
        (roles.applicant, "applicant of"),
        (roles.controller, "controller of"),
        (roles.recipient, "named in release rows of"),
    ];
    let parts: Vec<String> = named
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, role)| format!("{role} {}", counted(count as u64, "project", "projects")))
        .collect();
    if parts.is_empty() { "named by its page".to_owned() } else { parts.join(", ") }
}

fn print_project(project: &MatchReport, printer: &mut Printer) -> std::io::Result<()> {
    let title = project.title.as_deref().unwrap_or_default();
    printer.line(format!("{}  {title}", project.reference).trim_end())?;
    let roles: Vec<&str> = project.roles.iter().map(|role| role.as_str()).collect();
    let mut facts = vec![roles.join(" and ")];
    facts.extend(project.files.map(|files| counted(files, "file", "files")));
    facts.extend(match project.way {
        Way::SystemAccess => Some("by system access".to_owned()),
        Way::PartlySystemAccess => Some("partly by system access".to_owned()),
        Way::Files | Way::NotStated => None,
    });
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
