//! The projects of a dossier in figures.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::DossierError;
use crate::concerns::{Severity, Stand};
use crate::index::{Index, ProjectId, Record};
use crate::register::{Date, Facts, OptOutState};
use crate::report::{counted, organisation_shown};

/// Projects in figures.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Summary {
    /// Projects.
    pub projects: usize,
    /// Their versions in this edition.
    pub versions: usize,
    /// Organisations that applied, by the names of the latest versions as published.
    pub organisations: usize,
    /// Files, of the projects whose files are told.
    pub files: usize,
    /// Files by what their rows say of opt-outs, of the files that have a row each.
    pub files_by_opt_outs: OptOutsCounted,
    /// Projects of which the register does not tell how many files were sent.
    pub without_files_told: usize,
    /// Projects by what they say of opt-outs.
    pub opt_outs: OptOutsCounted,
    /// Findings by weight.
    pub concerns: ConcernsCounted,
    /// Files by month, for rows that tell their month.
    pub months: Vec<MonthReport>,
    /// The projects, each in a line.
    pub contents: Vec<ContentReport>,
}

/// A project in a line.
#[derive(Debug, Clone, Serialize)]
pub struct ContentReport {
    /// Its reference.
    pub reference: String,
    /// Its title, where it has one.
    pub title: Option<String>,
    /// Who applied, by the latest version.
    pub organisation: String,
    /// Files, where the register tells how many.
    pub files: Option<usize>,
    /// What it says of opt-outs.
    pub opt_outs: OptOutState,
    /// Its findings by weight.
    pub concerns: ConcernsCounted,
}

impl ContentReport {
    /// The project in a sentence, behind its reference.
    pub(super) fn told(&self) -> String {
        let mut parts = vec![organisation_shown(&self.organisation).to_owned()];
        parts.extend(self.title.clone());
        parts.push(match self.files {
            Some(files) => counted(files as u64, "file", "files"),
            None => "files not told".to_owned(),
        });
        parts.push(format!("opt-outs {}", self.opt_outs.as_str().replace('-', " ")));
        let ConcernsCounted { high, medium, note, .. } = self.concerns;
        parts.push(format!("concerns: {high} high, {medium} medium, {note} notes"));
        parts.join("; ")
    }
}

/// The findings of a project by weight.
fn concerns_of(record: &Record) -> ConcernsCounted {
    let mut concerns = ConcernsCounted::default();
    for concern in &record.findings.concerns {
        let is_dismissed = matches!(record.stand(concern), Stand::Dismissed(_));
        concerns.add((!is_dismissed).then_some(concern.severity));
    }
    concerns
}

/// Projects by what they say of opt-outs.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct OptOutsCounted {
    /// Applied.
    pub applied: usize,
    /// Not applied.
    pub not_applied: usize,
    /// Applied to some files, not to others.
    pub mixed: usize,
    /// Not stated.
    pub not_stated: usize,
}

/// Findings by weight.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct ConcernsCounted {
    /// High.
    pub high: usize,
    /// Medium.
    pub medium: usize,
    /// Notes.
    pub note: usize,
    /// Dismissed by the user: in none of the others.
    pub dismissed: usize,
}

/// Files of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct MonthReport {
    /// The month.
    pub month: Date,
    /// How many.
    pub files: usize,
}

impl Summary {
    /// Counts projects.
    ///
    /// # Errors
    /// Where the edition cannot be read, or nobody wants to know any more.
    pub(super) fn of(
        index: &Index,
        projects: &[ProjectId],
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Self, DossierError> {
        let mut summary = Self::default();
        let (mut organisations, mut months) = (BTreeSet::new(), BTreeMap::new());
        for id in projects {
            if cancelled() {
                return Err(DossierError::Cancelled);
            }
            let record = index.record(*id)?;
            let Some(latest) = record.project.latest() else { continue };
            let facts = Facts::of(&record.project, index.header().lists_files(latest));
            summary.projects += 1;
            summary.versions += record.project.versions.len();
            if !latest.organisation.is_empty() {
                organisations.insert(latest.organisation.clone());
            }
            match facts.releases.files {
                Some(files) => summary.files += files,
                None => summary.without_files_told += 1,
            }
            summary.opt_outs.add(facts.opt_outs.state);
            summary.concerns.add_all(concerns_of(&record));
            for file in record.project.files() {
                summary.files_by_opt_outs.add(file.opt_outs);
            }
            summary.contents.push(ContentReport {
                reference: record.project.reference.clone(),
                title: latest.title.clone(),
                organisation: latest.organisation.clone(),
                files: facts.releases.files,
                opt_outs: facts.opt_outs.state,
                concerns: concerns_of(&record),
            });
            for month in record.project.files().filter_map(|file| file.month) {
                *months.entry(month.whole_month()).or_default() += 1;
            }
        }
        summary.organisations = organisations.len();
        summary.months = months.into_iter().map(|(month, files)| MonthReport { month, files }).collect();
        Ok(summary)
    }

    /// What the rows of the files say of opt-outs; nothing where no file has a row of its own.
    fn files_by_opt_outs_told(&self) -> String {
        let OptOutsCounted { applied, not_applied, mixed, not_stated } = self.files_by_opt_outs;
        let rows = applied + not_applied + mixed + not_stated;
        if rows == 0 {
            return String::new();
        }
        let of_them = if rows == self.files { String::new() } else { format!("Of {rows} that have a row each: ") };
        let unsaid = if not_stated > 0 { format!(", not stated for {not_stated}") } else { String::new() };
        format!(" {of_them}Opt-outs applied to {applied}, not applied to {not_applied}{unsaid}.")
    }

    /// The figures as sentences.
    pub(super) fn told(&self) -> Vec<String> {
        let Self { projects, versions, organisations, files, without_files_told, opt_outs, concerns, .. } = self;
        let untold = match without_files_told {
            0 => String::new(),
            some => format!(" Of {} it is not told how many.", counted(*some as u64, "project", "projects")),
        };
        vec![
            format!(
                "{} in {}, of {}.",
                counted(*projects as u64, "project", "projects"),
                counted(*versions as u64, "version", "versions"),
                counted(*organisations as u64, "organisation", "organisations")
            ),
            format!("{}.{}{untold}", counted(*files as u64, "file", "files"), self.files_by_opt_outs_told()),
            format!(
                "Projects by opt-outs: applied in {}, not applied in {}, applied to some in {}, not stated in {}.",
                opt_outs.applied, opt_outs.not_applied, opt_outs.mixed, opt_outs.not_stated
            ),
            format!("Concerns: {} high, {} medium, {} notes.", concerns.high, concerns.medium, concerns.note),
        ]
    }
}

impl OptOutsCounted {
    fn add(&mut self, state: OptOutState) {
        *match state {
            OptOutState::Applied => &mut self.applied,
            OptOutState::NotApplied => &mut self.not_applied,
            OptOutState::Mixed => &mut self.mixed,
            OptOutState::NotStated => &mut self.not_stated,
        } += 1;
    }
}

impl ConcernsCounted {
    fn add_all(&mut self, other: Self) {
        self.high += other.high;
        self.medium += other.medium;
        self.note += other.note;
        self.dismissed += other.dismissed;
    }

    fn add(&mut self, severity: Option<Severity>) {
        *match severity {
            Some(Severity::High) => &mut self.high,
            Some(Severity::Medium) => &mut self.medium,
            Some(Severity::Note) => &mut self.note,
            None => &mut self.dismissed,
        } += 1;
    }
}
