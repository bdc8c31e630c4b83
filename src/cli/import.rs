//! `outflow import`: published files into a new edition.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use color_eyre::eyre::Report;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;

use super::Outcome;
use super::arguments::{Global, Import};
use super::printer::{Printer, Role, remark};
use super::stats::Figures;
use crate::import::{self, Progress, Warning};
use crate::library::Step;
use crate::text::safe;

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

pub(super) fn run(global: &Global, arguments: &Import, printer: &mut Printer) -> Result<Outcome, Report> {
    let started = Instant::now();
    let library = super::library(global)?;
    let files = import::expand(&arguments.paths)?;
    let bar = progress_bar();
    let published = library.publish(&files, global.edition.as_deref(), &mut |step| show(&bar, step));
    bar.finish_and_clear();
    let published = published?;
    let report = ImportReport {
        figures: Figures::new(published.index()?.header()),
        warnings: published.manifest.warnings,
        notes: published.manifest.notes,
        seconds: started.elapsed().as_secs_f64(),
    };
    if global.json {
        printer.json(&report)?;
    } else {
        print(&report, printer)?;
    }
    Ok(Outcome::Done)
}

fn print(report: &ImportReport, printer: &mut Printer) -> io::Result<()> {
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
    report.figures.print(printer)
}

/// A bar on stderr where that is a terminal, and nothing elsewhere.
fn progress_bar() -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{msg:40!} [{bar:24}] {percent:>3}%") {
        bar.set_style(style.progress_chars("=> "));
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

fn show(bar: &ProgressBar, step: Step<'_>) {
    match step {
        Step::Reading(Progress::Reading { file, done, total }) => {
            bar.set_message(format!("reading {}", safe(file)));
            bar.set_length(total);
            bar.set_position(done);
        }
        Step::Examining => bar.set_message("looking for concerns"),
        Step::Indexing => bar.set_message("building the index"),
        Step::Publishing => bar.set_message("putting the edition into place"),
    }
}
