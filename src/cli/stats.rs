//! `outflow stats`: the edition in figures.

use color_eyre::eyre::Report;
use serde::Serialize;

use super::Outcome;
use super::arguments::Global;
use super::printer::{Printer, Role};
use crate::index::Header;
use crate::register::Counts;

/// An edition in figures, as `import` and `stats` give it in JSON.
#[derive(Debug, Serialize)]
pub(super) struct Figures {
    pub(super) edition: String,
    title: Option<String>,
    date: Option<crate::register::Date>,
    #[serde(flatten)]
    counts: Counts,
    /// Findings, each counted once however many projects share it.
    concerns: usize,
    /// Whether a file of the edition has a row for each file that was sent.
    #[serde(skip)]
    lists_files: bool,
}

impl Figures {
    pub(super) fn new(header: &Header) -> Self {
        Self {
            edition: header.edition.slug.clone(),
            title: header.edition.title.clone(),
            date: header.edition.date,
            counts: header.counts.clone(),
            concerns: header.tallies.iter().map(|tally| tally.findings).sum(),
            lists_files: header.sources.iter().any(|source| source.layout.lists_files()),
        }
    }

    /// Prints the figures for people.
    pub(super) fn print(&self, printer: &mut Printer) -> std::io::Result<()> {
        printer.line_as(Role::Strong, self.title.as_deref().unwrap_or(&self.edition))?;
        let counts = &self.counts;
        let named = [
            ("projects", counts.projects as u64),
            ("versions", counts.versions as u64),
            ("organisations, by their names as published", counts.organisations as u64),
            ("datasets, by their names as published", counts.datasets as u64),
            ("files sent", counts.files),
        ];
        let by_row = [
            ("of them called identifiable", counts.identifiable_files),
            ("rows of access to a remote system", counts.system_access),
            ("rows with opt-outs applied", counts.opt_outs.applied),
            ("rows with opt-outs not applied", counts.opt_outs.not_applied),
        ];
        let rows = named.into_iter().chain(by_row.into_iter().filter(|_| self.lists_files));
        for (label, figure) in rows.chain([("concerns found", self.concerns as u64)]) {
            printer.line(&format!("{figure:>9}  {label}"))?;
        }
        if !self.lists_files {
            printer
                .line("           a page lists no file by itself: of none it is told whether opt-outs were applied")?;
        }
        Ok(())
    }
}

pub(super) fn run(global: &Global, printer: &mut Printer) -> Result<Outcome, Report> {
    let edition = super::open(global)?;
    let header = edition.index.header();
    let figures = Figures::new(header);
    if global.json {
        printer.json(&figures)?;
        return Ok(Outcome::Done);
    }
    printer.line_as(Role::Quiet, &format!("edition {}", figures.edition))?;
    figures.print(printer)?;
    for finding in &header.findings {
        printer.line("")?;
        printer.block(0, &format!("{}: {}", finding.rule, finding.statement))?;
        printer.block(0, &format!("But: {}", finding.caveat))?;
    }
    for note in &header.notes {
        printer.line("")?;
        printer.line_as(Role::Strong, &note.title)?;
        for line in &note.lines {
            printer.block(2, line)?;
        }
    }
    for page in &header.pages {
        for flag in &page.flags {
            printer.block(0, &format!("The page of {} says: {}", page.organisation, flag.text))?;
        }
    }
    super::show::print_credit(header, printer)?;
    Ok(Outcome::Done)
}
