//! `outflow concerns`: the catalogue with counts, or the projects that have one.

use clap::Args;
use color_eyre::eyre::{Report, eyre};
use serde::Serialize;

use super::Outcome;
use super::arguments::Global;
use super::printer::{Printer, Role};
use super::show::print_concern;
use crate::concerns::{EditionFinding, RuleId, Settings, Severity, Standing, Tally, measured, rule};
use crate::index::{Header, Index, ProjectId};
use crate::report::{ConcernReport, RuleSettingReport, SettingsReport, false_alarms, organisation_shown};

/// Arguments of `concerns`.
#[derive(Debug, Args)]
pub(super) struct Concerns {
    /// The concern, such as mixed-opt-outs
    #[arg(value_name = "ID")]
    pub(super) id: Option<String>,
}

/// The JSON of the catalogue.
#[derive(Debug, Serialize)]
struct CatalogueReport {
    edition: String,
    concerns: Vec<RuleReport>,
    /// The settings that are in force.
    settings: SettingsReport,
    #[serde(skip_serializing_if = "Option::is_none")]
    matches: Option<Vec<MatchReport>>,
}

#[derive(Debug, Serialize)]
struct RuleReport {
    id: RuleId,
    title: &'static str,
    condition: &'static str,
    caveat: &'static str,
    needs: &'static str,
    source: &'static str,
    family: &'static str,
    severity: Severity,
    severities: Severities,
    standing: Standing,
    projects: usize,
    findings: usize,
    files: usize,
    organisations: usize,
    cannot_tell: usize,
    /// What reading its findings in a published file showed; absent where that file lacks what the rule needs.
    #[serde(skip_serializing_if = "Option::is_none")]
    false_alarms: Option<FalseAlarms>,
    /// Findings that the user has dismissed, counted on each project; they are among the others.
    dismissed: usize,
    /// The settings that the rule goes by.
    settings: Vec<RuleSettingReport>,
    /// The statement of the first of `edition_notes`.
    #[serde(skip_serializing_if = "Option::is_none")]
    edition_note: Option<String>,
    /// What is said of the edition as a whole, and not of its projects.
    edition_notes: Vec<NoteReport>,
}

/// A finding about the edition as a whole.
#[derive(Debug, Serialize)]
struct NoteReport {
    statement: String,
    caveat: String,
    references: Vec<String>,
}

/// What reading a rule's findings one by one showed.
#[derive(Debug, Serialize)]
struct FalseAlarms {
    findings: usize,
    read: usize,
    right: usize,
    remark: Option<String>,
}

/// Findings by severity.
#[derive(Debug, Serialize)]
struct Severities {
    high: usize,
    medium: usize,
    note: usize,
}

/// A project that has a concern.
#[derive(Debug, Serialize)]
struct MatchReport {
    reference: String,
    title: Option<String>,
    #[serde(serialize_with = "crate::report::absent_if_empty")]
    organisation: String,
    #[serde(flatten)]
    concern: ConcernReport,
}

pub(super) fn run(global: &Global, asked: &Concerns, printer: &mut Printer) -> Result<Outcome, Report> {
    let (edition, judging) = super::open_judged(global)?;
    let header = edition.index.header();
    let settings = judging.settings();
    let file = judging.settings_file().map(|path| path.display().to_string());
    let in_force = SettingsReport::new(settings, file);
    let slug = header.edition.slug.clone();
    let Some(written) = &asked.id else {
        let rules = header.tallies.iter().map(|tally| RuleReport::new(header, tally, settings)).collect();
        let report = CatalogueReport { edition: slug, concerns: rules, settings: in_force, matches: None };
        if global.json {
            printer.json(&report)?;
        } else {
            print_catalogue(&report, printer)?;
        }
        return Ok(Outcome::Done);
    };
    let id = named(written)?;
    let matches = matches(&edition.index, id)?;
    let of_rule = header.tallies.iter().filter(|tally| tally.rule == id);
    let rules: Vec<RuleReport> = of_rule.map(|tally| RuleReport::new(header, tally, settings)).collect();
    // What is said of the edition is found too: what left it stands on no project.
    let has_notes = rules.iter().any(|rule| !rule.edition_notes.is_empty());
    let found = if matches.is_empty() && !has_notes { Outcome::Nothing } else { Outcome::Done };
    let report = CatalogueReport { edition: slug, concerns: rules, settings: in_force, matches: Some(matches) };
    if global.json {
        printer.json(&report)?;
    } else {
        print_matches(&report, printer)?;
        super::show::print_credit(header, printer)?;
    }
    Ok(found)
}

/// The rule of a name.
pub(super) fn named(written: &str) -> Result<RuleId, Report> {
    let wanted = written.to_lowercase();
    RuleId::ALL
        .iter()
        .copied()
        .find(|id| id.as_str() == wanted)
        .ok_or_else(|| eyre!("there is no concern \"{written}\"; `outflow concerns` lists them all"))
}

fn matches(index: &Index, id: RuleId) -> Result<Vec<MatchReport>, Report> {
    let mut matches = Vec::new();
    for number in 0..u32::try_from(index.len())? {
        let project = ProjectId(number);
        if index.has_concern(project, id) {
            let (row, record) = (index.row(project)?, index.record(project)?);
            for concern in record.findings.concerns.iter().filter(|concern| concern.rule == id) {
                matches.push(MatchReport {
                    reference: row.reference.clone(),
                    title: row.title.clone(),
                    organisation: row.organisation.clone(),
                    concern: ConcernReport::judged(index.header(), &record, concern),
                });
            }
        }
    }
    matches.sort_by_key(|found| (found.concern.is_dismissed(), found.concern.severity));
    Ok(matches)
}

impl RuleReport {
    fn new(header: &Header, tally: &Tally, settings: &Settings) -> Self {
        let rule = rule(tally.rule);
        let notes = header.findings.iter().filter(|finding| finding.rule == tally.rule);
        let edition_notes: Vec<NoteReport> = notes.map(NoteReport::new).collect();
        Self {
            id: tally.rule,
            title: rule.title,
            condition: rule.condition,
            caveat: rule.caveat,
            needs: rule.needs,
            source: rule.source,
            family: rule.family,
            severity: tally
                .gravest()
                .unwrap_or_else(|| rule.severities.iter().copied().min().unwrap_or(Severity::Note)),
            severities: Severities { high: tally.high, medium: tally.medium, note: tally.note },
            standing: rule.standing,
            projects: tally.projects,
            findings: tally.findings,
            files: tally.files,
            organisations: tally.organisations,
            cannot_tell: tally.cannot_tell,
            false_alarms: measured(tally.rule).map(|measured| FalseAlarms {
                findings: measured.findings,
                read: measured.read,
                right: measured.right,
                remark: measured.remark.clone(),
            }),
            dismissed: tally.dismissed,
            settings: RuleSettingReport::of(rule, settings),
            edition_note: edition_notes.first().map(|note| note.statement.clone()),
            edition_notes,
        }
    }
}

impl NoteReport {
    fn new(finding: &EditionFinding) -> Self {
        let EditionFinding { statement, caveat, references, .. } = finding;
        Self { statement: statement.clone(), caveat: caveat.clone(), references: references.clone() }
    }
}

fn print_catalogue(report: &CatalogueReport, printer: &mut Printer) -> Result<(), Report> {
    printer.line_as(Role::Quiet, &format!("Concerns in edition {}", report.edition))?;
    let heading = format!("{:<37}{:>9}{:>9}{:>8}{:>7}{:>8}", "", "projects", "findings", "files", "orgs", "unsure");
    printer.line_as(Role::Strong, &heading)?;
    for rule in &report.concerns {
        let name = printer
            .paint(Role::Weight(rule.severity), &format!("{:<2} {:<34}", rule.severity.mark(), rule.id.as_str()));
        let counts = format!(
            "{:>9}{:>9}{:>8}{:>7}{:>8}",
            rule.projects, rule.findings, rule.files, rule.organisations, rule.cannot_tell
        );
        printer.painted(&name.plain(&counts))?;
        if rule.dismissed > 0 {
            printer.line_as(Role::Quiet, &format!("   dismissed by you, of these: {}", rule.dismissed))?;
        }
        print_notes(rule, 3, printer)?;
    }
    printer.line("")?;
    printer.line_as(Role::Quiet, "!! high  ! medium  - note; unsure: projects for which the entry does not tell")?;
    printer.line_as(Role::Quiet, "outflow concerns ID lists the projects that have one")?;
    print_settings(&report.settings, printer)?;
    Ok(())
}

/// Prints which settings are in force.
fn print_settings(settings: &SettingsReport, printer: &mut Printer) -> std::io::Result<()> {
    let Some(file) = &settings.file else {
        return printer.line_as(Role::Quiet, "Settings: those of the program");
    };
    if settings.changed.is_empty() {
        return printer.block(0, &format!("Settings: {file}, which says the same as the program's"));
    }
    printer.block(0, &format!("Settings: {file}, and for the rest those of the program"))?;
    for setting in &settings.changed {
        let programs = setting.programs.as_deref().unwrap_or("none");
        printer.block(2, &format!("{} = {} (the program's: {programs})", setting.key, setting.value))?;
    }
    Ok(())
}

/// Prints the settings that a rule goes by.
fn print_rule_settings(rule: &RuleReport, printer: &mut Printer) -> std::io::Result<()> {
    for RuleSettingReport { key, value, programs, yours } in &rule.settings {
        let whose = match (yours, programs) {
            (true, Some(programs)) => format!("yours; the program's: {programs}"),
            (true, None) => "yours".to_owned(),
            (false, _) => "the program's".to_owned(),
        };
        printer.block(0, &format!("Setting {key} ({whose}): {value}"))?;
    }
    Ok(())
}

/// Prints what is said of the edition as a whole, each with what it does not prove.
fn print_notes(rule: &RuleReport, indent: usize, printer: &mut Printer) -> std::io::Result<()> {
    for note in &rule.edition_notes {
        printer.block(indent, &note.statement)?;
        printer.block(indent, &format!("But: {}", note.caveat))?;
    }
    Ok(())
}

fn print_matches(report: &CatalogueReport, printer: &mut Printer) -> Result<(), Report> {
    for rule in &report.concerns {
        printer.line_as(Role::Strong, rule.title)?;
        printer.block(0, rule.condition)?;
        printer.block(0, &format!("Source: {}. Needs: {}.", rule.source, rule.needs))?;
        printer.block(0, &format!("But: {}", rule.caveat))?;
        printer.block(0, &format!("False alarms: {}", false_alarms(rule.id)))?;
        print_rule_settings(rule, printer)?;
        let counts = format!(
            "{} projects, {} findings, {} files, {} organisations in edition {}",
            rule.projects, rule.findings, rule.files, rule.organisations, report.edition
        );
        let of_edition = match rule.edition_notes.len() {
            0 => String::new(),
            notes => format!("; said of the edition as a whole: {notes}"),
        };
        printer.line_as(Role::Quiet, &format!("{counts}{of_edition}"))?;
        if rule.dismissed > 0 {
            printer.line_as(Role::Quiet, &format!("dismissed by you, of these findings: {}", rule.dismissed))?;
        }
        print_notes(rule, 0, printer)?;
    }
    for found in report.matches.iter().flatten() {
        printer.line("")?;
        let title = found.title.as_deref().unwrap_or_default();
        printer.line_as(Role::Strong, format!("{}  {title}", found.reference).trim_end())?;
        printer.line(&format!("  {}", organisation_shown(&found.organisation)))?;
        print_concern(&found.concern, printer)?;
    }
    Ok(())
}
