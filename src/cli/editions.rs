//! `outflow editions`: what has been imported.

use color_eyre::eyre::Report;
use serde::Serialize;

use super::Outcome;
use super::arguments::Global;
use super::printer::{Printer, Role};
use crate::library::{Listed, SAMPLE};
use crate::register::{Counts, Date};

#[derive(Debug, Serialize)]
struct EditionsReport {
    library: String,
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

pub(super) fn run(global: &Global, printer: &mut Printer) -> Result<Outcome, Report> {
    let library = super::library(global)?;
    let editions: Vec<EditionReport> = library.editions()?.iter().map(EditionReport::new).collect();
    let report = EditionsReport { library: library.root().display().to_string(), editions };
    if global.json {
        printer.json(&report)?;
        return Ok(Outcome::Done);
    }
    if report.editions.is_empty() {
        printer
            .line(&format!("No edition has been imported into {}; `outflow import PATH` makes one", report.library))?;
    }
    for (number, edition) in report.editions.iter().enumerate() {
        let opens = if number == 0 { "  (opens unless --edition names another)" } else { "" };
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
                "{} projects, {} organisations, {} files; from {}",
                counts.projects,
                counts.organisations,
                counts.files,
                self.sources.join(", ")
            ),
            (None, trouble) => trouble.clone().unwrap_or_default(),
        }
    }
}
