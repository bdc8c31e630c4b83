//! `outflow editions`: what has been imported.

use clap::Args;
use color_eyre::eyre::{Report, eyre};
use serde::Serialize;

use super::Outcome;
use super::arguments::Global;
use super::printer::{Printer, Role, remark};
use crate::library::{Listed, SAMPLE};
use crate::register::{Counts, Date};
use crate::report::counted;

/// Arguments of `editions`.
#[derive(Debug, Args)]
pub(super) struct Editions {
    /// Open this edition from now on, unless another is named
    #[arg(long = "use", value_name = "NAME")]
    pub(super) chosen: Option<String>,
    /// Remove this edition, with the published files that are kept in it
    #[arg(long, value_name = "NAME", conflicts_with = "chosen")]
    pub(super) remove: Option<String>,
}

#[derive(Debug, Serialize)]
struct EditionsReport {
    library: String,
    opens: String,
    editions: Vec<EditionReport>,
}

#[derive(Debug, Serialize)]
struct EditionReport {
    edition: String,
    title: Option<String>,
    date: Option<Date>,
    imported: Option<String>,
    sources: Vec<String>,
    counts: Option<Counts>,
    trouble: Option<String>,
}

pub(super) fn run(global: &Global, asked: &Editions, printer: &mut Printer) -> Result<Outcome, Report> {
    let library = super::library(global)?;
    if let Some(slug) = &asked.chosen {
        library.choose(slug)?;
        remark(&format!("edition {slug} opens from now on"));
    }
    if let Some(slug) = &asked.remove {
        if slug == SAMPLE {
            return Err(eyre!("the sample is built into the program and cannot be removed; name an imported edition"));
        }
        library.remove(slug)?;
        remark(&format!("edition {slug} was removed"));
    }
    let opens = library.opens()?.unwrap_or_else(|| SAMPLE.to_owned());
    let editions: Vec<EditionReport> = library.editions()?.iter().map(EditionReport::new).collect();
    let report = EditionsReport { library: library.root().display().to_string(), opens, editions };
    if global.json {
        printer.json(&report)?;
        return Ok(Outcome::Done);
    }
    if report.editions.is_empty() {
        printer
            .line(&format!("No edition has been imported into {}; `outflow import PATH` makes one", report.library))?;
    }
    for edition in &report.editions {
        let opens = if edition.edition == report.opens { "  (opens unless --edition names another)" } else { "" };
        printer.line_as(Role::Strong, &format!("{}{opens}", edition.edition))?;
        printer.line(&format!("  {}", edition.summary()))?;
    }
    printer.line_as(Role::Quiet, &format!("{SAMPLE}: the embedded sample"))?;
    Ok(Outcome::Done)
}

impl EditionReport {
    fn new(listed: &Listed) -> Self {
        let (manifest, trouble) = match &listed.manifest {
            Ok(manifest) => (Some(manifest), None),
            Err(error) => (None, Some(error.to_string())),
        };
        Self {
            edition: listed.slug.clone(),
            title: manifest.and_then(|manifest| manifest.edition.title.clone()),
            date: listed.date(),
            imported: manifest.map(|manifest| manifest.imported.clone()),
            sources: manifest
                .into_iter()
                .flat_map(|manifest| &manifest.sources)
                .map(|source| source.file.clone())
                .collect(),
            counts: manifest.map(|manifest| manifest.counts.clone()),
            trouble,
        }
    }

    fn summary(&self) -> String {
        match (&self.counts, &self.trouble) {
            (Some(counts), _) => format!(
                "{}, {}, {}; from {}",
                counted(counts.projects as u64, "project", "projects"),
                counted(counts.organisations as u64, "organisation", "organisations"),
                counted(counts.files, "file", "files"),
                self.sources.join(", ")
            ),
            (None, trouble) => trouble.clone().unwrap_or_default(),
        }
    }
}
