//! `outflow import`: published files into a new edition, or into one that is there.

use std::path::{Path, PathBuf};

use std::io;
use std::time::{Duration, Instant};

use clap::Args;
use color_eyre::eyre::{Report, eyre};
use indicatif::{HumanCount, ProgressBar};
use serde::Serialize;

use super::arguments::Global;
use super::interruption::Watch;
use super::printer::{Printer, Role, remark};
use super::stats::Figures;
use super::{Outcome, bar};
use crate::explorer::faulty::{Faulty, Part};
use crate::import::{self, Apart, Limits, Process, Progress, Unit, Warning};
use crate::library::{Makes, Order, Step, Unfinished};

/// The command with which this program starts itself to read one file.
pub(super) const READ_FILE: &str = "read-file";

/// Arguments of `import`.
#[derive(Debug, Args)]
pub(super) struct Import {
    /// Files, or folders of them
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// Add the files to this edition; the same file again, or another of its name, replaces the older one
    #[arg(long, value_name = "NAME")]
    pub(super) into: Option<String>,
    /// How long to wait for another import of the same edition
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    pub(super) wait: u64,
}

/// Arguments of the process that reads one file: its limits.
#[derive(Debug, Args)]
pub(super) struct ReadFile {
    /// Bytes of memory
    pub(super) memory: u64,
    /// Seconds of computing
    pub(super) seconds: u64,
}

/// Warnings that are printed for people; the rest stay in the manifest, and in JSON.
const WARNINGS_SHOWN: usize = 20;

#[derive(Debug, Serialize)]
struct ImportReport {
    #[serde(flatten)]
    figures: Figures,
    warnings: Vec<Warning>,
    notes: Vec<String>,
    seconds: f64,
}

pub(super) fn run(
    global: &Global,
    arguments: &Import,
    faulty: Faulty,
    printer: &mut Printer,
) -> Result<Outcome, Report> {
    let started = Instant::now();
    let library = super::library(global)?;
    let makes = match (&arguments.into, &global.edition) {
        (Some(_), Some(_)) => {
            return Err(eyre!("--into names the edition to add to, and --edition one to make; give one of them"));
        }
        (Some(slug), None) => Makes::Into(slug),
        (None, Some(slug)) => Makes::Named(slug),
        (None, None) => Makes::NamedByFiles,
    };
    for path in &arguments.paths {
        if let Some(advice) = mistyped(path) {
            return Err(eyre!("{}", crate::text::safe(&format!("{}: {advice}", path.display()))));
        }
    }
    let files = import::expand(&arguments.paths)?;
    let mut warnings = import::passed_over(&arguments.paths)?;
    let bar = bar::on_stderr();
    let clearing = bar::Clearing(bar.clone());
    let unfinished = Unfinished::default();
    let watch = Watch::start(unfinished.clone(), bar.clone())?;
    let order = Order {
        files: &files,
        makes,
        process: Process::Apart(Apart::this_program(READ_FILE, Limits::default())?),
        patience: Duration::from_secs(arguments.wait),
        unfinished,
    };
    let published = library.import(&order, &mut |step| {
        if matches!(step, Step::Indexing) {
            faulty.here(Part::Import);
        }
        show(&bar, arguments.wait, step);
    });
    watch.hold();
    drop(clearing);
    let published = published?;
    warnings.extend(published.manifest.warnings.iter().cloned());
    let report = ImportReport {
        figures: Figures::new(published.index()?.header()),
        warnings,
        notes: published.manifest.notes,
        seconds: started.elapsed().as_secs_f64(),
    };
    if global.json {
        printer.json(&report)?;
    } else {
        print(&report, library.opens()?.as_deref(), printer)?;
    }
    Ok(Outcome::Done)
}

/// What was probably meant by a path where nothing is: an address, or a file whose name is nearly that.
fn mistyped(path: &Path) -> Option<String> {
    let written = path.to_string_lossy();
    if written.starts_with("https://") || written.starts_with("http://") {
        return Some("nothing is fetched; save it from your browser, and give the file".to_owned());
    }
    if path.symlink_metadata().is_ok() {
        return None;
    }
    let wanted = path.file_name()?.to_string_lossy().to_lowercase();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let inside = std::fs::read_dir(folder.unwrap_or(Path::new("."))).ok()?;
    let names = inside.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let distance = |name: &str| strsim::osa_distance(&wanted, &name.to_lowercase());
    let (near, name) = names.map(|name| (distance(&name), name)).min()?;
    (near * NEAR <= wanted.chars().count()).then(|| format!("no such file; there is one named \"{name}\""))
}

/// A name is near where at most one in so many letters differs.
const NEAR: usize = 5;

fn print(report: &ImportReport, opens: Option<&str>, printer: &mut Printer) -> io::Result<()> {
    match report.warnings.len() {
        0 | 1 => {}
        places => remark(&format!("{places} places of what was named are not clear, or were not read:")),
    }
    for warning in report.warnings.iter().take(WARNINGS_SHOWN) {
        let place = warning.place.as_deref().map(|place| format!(", {place}")).unwrap_or_default();
        remark(&format!("warning: {}{place}: {}", warning.file, warning.message));
    }
    if report.warnings.len() > WARNINGS_SHOWN {
        remark(&format!("and {} more warnings; --json lists all", report.warnings.len() - WARNINGS_SHOWN));
    }
    for note in &report.notes {
        remark(&format!("note: {note}"));
    }
    printer
        .line_as(Role::Quiet, &format!("imported as edition {} in {:.1} s", report.figures.edition, report.seconds))?;
    report.figures.print(printer)?;
    let slug = &report.figures.edition;
    printer.line_as(Role::Quiet, &match opens {
        Some(opens) if opens != slug => format!(
            "`outflow --edition {slug}` opens it; `outflow` alone opens {opens}, until `outflow editions --use {slug}`"
        ),
        _ => "`outflow` opens it".to_owned(),
    })
}

fn show(bar: &ProgressBar, wait: u64, step: Step<'_>) {
    let mut length = 0;
    let message = match step {
        Step::Waiting => {
            let message = format!("another import is writing this edition; waiting up to {wait} s for it");
            if bar.is_hidden() {
                remark(&message);
            }
            message
        }
        Step::Reading(Progress::Reading { file, number, of, done, total, unit }) => {
            length = total;
            let done = done.min(total);
            bar.set_position(done);
            let unit = match unit {
                Unit::Lines => "lines",
                Unit::Rows => "rows",
            };
            let amount = if total == 0 {
                String::new()
            } else {
                format!(": {} of {} {unit}", HumanCount(done), HumanCount(total))
            };
            format!("reading file {number} of {of}{amount} ({file})")
        }
        Step::Examining => "looking for concerns".to_owned(),
        Step::Indexing => "building the index".to_owned(),
        Step::Publishing => "publishing the edition".to_owned(),
    };
    bar::tell(bar, length, &message);
}
