//! `outflow export`: what a query finds, as a dossier.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use color_eyre::eyre::{Report, eyre};
use serde::Serialize;

use super::Outcome;
use super::arguments::{Global, orders};
use super::printer::{Printer, remark};
use super::search::{elsewhere, say_elsewhere};
use crate::index::{Index, LastWord, ProjectId, Request, Sort};
use crate::report;
use crate::report::dossier::{self, Asked, Format, Quoted};
use crate::report::saving::{self, Existing};

/// Arguments of `export`.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// What to find, as for `search`, or one reference
    #[arg(required_unless_present = "all", value_name = "QUERY")]
    pub(super) query: Vec<String>,
    /// All projects of the edition instead
    #[arg(long, conflicts_with = "query")]
    pub(super) all: bool,
    /// In which form [default: by the name of the file, else Markdown]
    #[arg(long, value_name = "FORM")]
    pub(super) format: Option<ExportFormat>,
    /// The file to write [default: the standard output]
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Replace the file if it is there
    #[arg(long, requires = "output")]
    pub(super) overwrite: bool,
    /// How many projects at most [default: all]
    #[arg(long, value_name = "N")]
    pub(super) limit: Option<usize>,
    /// In which order
    #[arg(long, value_name = "KEY", default_value = Sort::Relevance.name(), value_parser = orders())]
    pub(super) sort: Sort,
    /// Which words of the entries are quoted [default: whole sections of one project, else the passages that match]
    #[arg(long, value_name = "WHICH")]
    pub(super) text: Option<ExportText>,
    /// With `--format ndjson`: each project as a flat document for a search engine, such as Quickwit
    #[arg(long, conflicts_with = "text")]
    pub(super) flat: bool,
}

/// Forms of a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportFormat {
    /// Markdown.
    Md,
    /// One page with its charts, to read and to print.
    Html,
    /// A table for spreadsheets, a row for each project.
    Csv,
    /// One JSON value.
    Json,
    /// A JSON value for each project, each on its line.
    Ndjson,
}

/// Which words of the entries are quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportText {
    /// All sections of the latest version.
    Whole,
    /// The passages that hold most of the query.
    Matching,
    /// None.
    None,
}

/// The JSON of what was saved.
#[derive(Debug, Serialize)]
struct SavedReport {
    file: String,
    format: &'static str,
    projects: usize,
    bytes: u64,
}

pub(super) fn run(global: &Global, asked: &Export, printer: &mut Printer) -> Result<Outcome, Report> {
    let format = format(global, asked)?;
    let edition = super::open(global)?;
    let index = &edition.index;
    let query = asked.query.join(" ");
    let mut projects = found(index, asked, &query)?;
    let all = projects.len();
    projects.truncate(asked.limit.unwrap_or(usize::MAX));
    if projects.is_empty() {
        let slug = &index.header().edition.slug;
        remark(&format!("no project of edition {slug} is found by {query}; nothing was written"));
        if all == 0 {
            say_elsewhere(&elsewhere(global, index, &request(asked, &query)));
        }
        return Ok(Outcome::Nothing);
    }
    let quoted = match asked.text {
        Some(ExportText::Whole) => Quoted::Whole,
        Some(ExportText::None) => Quoted::None,
        None if projects.len() == 1 => Quoted::Whole,
        Some(ExportText::Matching) | None => Quoted::Matching,
    };
    let wanted = Asked { query: &query, projects: &projects, found: all, quoted, accessed: report::today() };
    let Some(path) = &asked.output else {
        dossier::write(index, &wanted, format, printer.out(), &|| false)?;
        return Ok(Outcome::Done);
    };
    let existing = if asked.overwrite { Existing::Replaced } else { Existing::Kept };
    let bytes = saving::save(path, existing, |out| dossier::write(index, &wanted, format, out, &|| false))?;
    let file = path.display().to_string();
    if global.json {
        printer.json(&SavedReport { file, format: format.extension(), projects: projects.len(), bytes })?;
    } else {
        printer.line(&format!("{} written to {file} ({bytes} bytes)", report::projects_counted(projects.len())))?;
    }
    Ok(Outcome::Done)
}

fn request(asked: &Export, query: &str) -> Request {
    Request { query: query.to_owned(), last_word: LastWord::Whole, sort: asked.sort }
}

/// The project that is named, or what a query finds.
fn found(index: &Index, asked: &Export, query: &str) -> Result<Vec<ProjectId>, Report> {
    if let [reference] = asked.query.as_slice()
        && let [one] = index.find_reference(reference)?.as_slice()
    {
        return Ok(vec![*one]);
    }
    let found = index.search(&request(asked, query), &|| false)?;
    if let Some(trouble) = found.trouble.first() {
        return Err(eyre!("the query cannot be read as it is written: {}; nothing was written", trouble.message));
    }
    Ok(found.projects)
}

/// The form that is asked for, else that of the file's name, else Markdown; with `--json` JSON.
fn format(global: &Global, asked: &Export) -> Result<Format, Report> {
    match (named_format(global, asked)?, asked.flat) {
        (Format::Ndjson, true) => Ok(Format::Flat),
        (_, true) => Err(eyre!("--flat goes with --format ndjson; nothing was written")),
        (format, false) => Ok(format),
    }
}

fn named_format(global: &Global, asked: &Export) -> Result<Format, Report> {
    Ok(match (asked.format, asked.output.as_deref()) {
        (Some(ExportFormat::Md), _) => Format::Markdown,
        (Some(ExportFormat::Html), _) => Format::Html,
        (Some(ExportFormat::Csv), _) => Format::Csv,
        (Some(ExportFormat::Json), _) => Format::Json,
        (Some(ExportFormat::Ndjson), _) => Format::Ndjson,
        (None, None) if global.json => Format::Json,
        (None, path) => Format::named(path.unwrap_or(Path::new("")))?,
    })
}
