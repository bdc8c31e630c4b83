//! `outflow dismiss`: dismisses a concern with a reason, brings it back, or lists what is dismissed.

use std::collections::BTreeSet;

use clap::Args;
use color_eyre::eyre::{Report, eyre};
use serde::Serialize;

use super::Outcome;
use super::arguments::Global;
use super::concerns::named;
use super::printer::{Printer, Role, remark};
use crate::concerns::{Concern, Dismissal, Reason, RuleId, Stand, dismiss};
use crate::index::{Index, Record};
use crate::library::Own;
use crate::register::{plain_reference, stem_of};
use crate::report::{self, DismissalReport, DismissalState};

/// Arguments of `dismiss`.
#[derive(Debug, Args)]
pub(super) struct Dismiss {
    /// The project's reference; without one, what you have dismissed is listed
    #[arg(value_name = "REFERENCE", requires = "rule")]
    pub(super) reference: Option<String>,
    /// The concern, such as mixed-opt-outs
    #[arg(value_name = "CONCERN")]
    pub(super) rule: Option<String>,
    /// Why: it is kept with the concern, and shown beside it
    #[arg(long, value_name = "TEXT", conflicts_with = "undo")]
    pub(super) reason: Option<String>,
    /// Which one, where the project has several of this concern, as they are shown [default: all]
    #[arg(long, value_name = "N", requires = "reference")]
    pub(super) finding: Option<usize>,
    /// Bring back what you dismissed
    #[arg(long, requires = "reference")]
    pub(super) undo: bool,
}

/// The JSON of what is, or was, dismissed.
#[derive(Debug, Serialize)]
struct DismissedReport {
    edition: String,
    dismissed: Vec<OneReport>,
}

/// One dismissal, and how the finding stands in the edition that is open.
#[derive(Debug, Serialize)]
struct OneReport {
    reference: String,
    id: String,
    #[serde(flatten)]
    dismissal: DismissalReport,
    /// What the finding says in the edition that is open; absent where it has none.
    statement_now: Option<String>,
}

pub(super) fn run(global: &Global, asked: &Dismiss, printer: &mut Printer) -> Result<Outcome, Report> {
    let own = super::own(global)?;
    // What cannot be read is an error here, and no remark.
    let dismissals = own.dismissals()?;
    let edition = super::open(global)?;
    let index = &edition.index;
    let touched = match (&asked.reference, &asked.rule) {
        (Some(reference), Some(rule)) if asked.undo => undo(&own, asked, reference, rule, &dismissals)?,
        (Some(reference), Some(rule)) => match take(global, index, &own, asked, (reference, rule))? {
            Ok(taken) => taken,
            Err(outcome) => return Ok(outcome),
        },
        _ => dismissals,
    };
    let slug = &index.header().edition.slug;
    let report = DismissedReport { edition: slug.clone(), dismissed: reports(index, &touched)? };
    if global.json {
        printer.json(&report)?;
    } else if touched.is_empty() && asked.reference.is_none() {
        remark("you have dismissed nothing; `outflow dismiss REFERENCE CONCERN --reason TEXT` does");
    } else {
        print(&report, asked, printer)?;
    }
    Ok(if touched.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

/// Dismisses the findings that are asked for, and says which; or what stands in the way, told already.
fn take(
    global: &Global,
    index: &Index,
    own: &Own,
    asked: &Dismiss,
    (reference, rule): (&str, &str),
) -> Result<Result<Vec<Dismissal>, Outcome>, Report> {
    let rule = named(rule)?;
    let reason = Reason::new(asked.reason.as_deref().unwrap_or_default())
        .map_err(|error| eyre!("{error}; write it as --reason TEXT"))?;
    let date = report::today().ok_or_else(|| eyre!("today's date is not known, and a dismissal has one"))?;
    let Some(id) = super::show::find(global, index, reference)? else { return Ok(Err(Outcome::Nothing)) };
    let record = index.record(id)?;
    let slug = &index.header().edition.slug;
    let of_rule = findings(&record, rule, slug)?;
    let chosen = one_of(&of_rule, asked.finding, "findings")?;
    let reference = &record.project.reference;
    let new: Vec<(&Concern, Dismissal)> = chosen
        .into_iter()
        .map(|concern| (*concern, Dismissal::new(reference, concern, reason.clone(), date, slug)))
        .collect();
    own.change(|all| {
        for (concern, dismissal) in &new {
            dismiss(all, concern, &record.findings.concerns, dismissal.clone());
        }
    })?;
    Ok(Ok(new.into_iter().map(|(_, dismissal)| dismissal).collect()))
}

/// The findings of a rule, as they are shown; there must be some.
fn findings<'a>(record: &'a Record, rule: RuleId, slug: &str) -> Result<Vec<&'a Concern>, Report> {
    let reference = &record.project.reference;
    let found: Vec<&Concern> = record.findings.concerns.iter().filter(|concern| concern.rule == rule).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let untold = record.findings.cannot_tell.iter().find(|unknown| unknown.rule == rule);
    Err(match untold {
        Some(unknown) => eyre!("whether {reference} has {rule} cannot be told in edition {slug}: {}", unknown.why),
        None => {
            eyre!("{reference} does not have {rule} in edition {slug}; `outflow show {reference}` lists what it has")
        }
    })
}

/// Brings back what was dismissed, and says what that was.
fn undo(
    own: &Own,
    asked: &Dismiss,
    reference: &str,
    rule: &str,
    dismissals: &[Dismissal],
) -> Result<Vec<Dismissal>, Report> {
    let wanted = plain_reference(stem_of(reference));
    let is_meant = |dismissal: &&Dismissal| {
        let known = plain_reference(&dismissal.reference);
        let begins = known.strip_prefix(wanted.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
        begins && dismissal.rule.eq_ignore_ascii_case(rule)
    };
    let meant: Vec<&Dismissal> = dismissals.iter().filter(is_meant).collect();
    let references: BTreeSet<&str> = meant.iter().map(|dismissal| dismissal.reference.as_str()).collect();
    if references.len() > 1 {
        let listed = references.into_iter().collect::<Vec<_>>().join(", ");
        return Err(eyre!("{reference} fits several projects of which {rule} is dismissed, name one: {listed}"));
    }
    if meant.is_empty() {
        named(rule)?;
        remark(&format!("{rule} of {reference} is not dismissed; `outflow dismiss` lists what is"));
        return Ok(Vec::new());
    }
    let gone: Vec<Dismissal> =
        one_of(&meant, asked.finding, "dismissed findings")?.into_iter().map(|one| (*one).clone()).collect();
    own.change(|all| all.retain(|dismissal| !gone.contains(dismissal)))?;
    Ok(gone)
}

/// All of several, or the one of a number as they are shown.
fn one_of<'a, T>(all: &'a [T], number: Option<usize>, what: &str) -> Result<Vec<&'a T>, Report> {
    let Some(number) = number else { return Ok(all.iter().collect()) };
    let one = number.checked_sub(1).and_then(|at| all.get(at));
    one.map(|one| vec![one]).ok_or_else(|| {
        let count = all.len();
        eyre!("there is no number {number} among {count} {what}; --finding counts from 1, as they are shown")
    })
}

/// How each stands in the edition that is open.
fn reports(index: &Index, dismissals: &[Dismissal]) -> Result<Vec<OneReport>, Report> {
    let projects = index.projects_by_stem()?;
    let mut reports = Vec::new();
    for dismissal in dismissals {
        let id = projects.get(&plain_reference(&dismissal.reference));
        let record = id.map(|id| index.record(*id)).transpose()?;
        let (state, statement_now) = record.map_or((DismissalState::NotFound, None), |mut record| {
            // What was only now dismissed, or brought back, is not known to the edition yet.
            if !record.dismissals.contains(dismissal) {
                record.dismissals.push(dismissal.clone());
            }
            state(&record, dismissal)
        });
        reports.push(OneReport {
            reference: dismissal.reference.clone(),
            id: dismissal.rule.clone(),
            dismissal: DismissalReport::new(dismissal, state),
            statement_now,
        });
    }
    Ok(reports)
}

fn state(record: &Record, dismissal: &Dismissal) -> (DismissalState, Option<String>) {
    for concern in &record.findings.concerns {
        let state = match record.stand(concern) {
            Stand::Dismissed(found) if found == dismissal => DismissalState::Dismissed,
            Stand::Changed(found) if found == dismissal => DismissalState::Changed,
            _ => continue,
        };
        return (state, Some(concern.statement.clone()));
    }
    (DismissalState::NotFound, None)
}

fn print(report: &DismissedReport, asked: &Dismiss, printer: &mut Printer) -> std::io::Result<()> {
    for one in &report.dismissed {
        let DismissalReport { state, statement, date, reason, .. } = &one.dismissal;
        printer.line_as(Role::Strong, &format!("{}  {}", one.reference, one.id))?;
        if asked.undo {
            printer.block(2, "no longer dismissed")?;
        }
        printer.block(2, statement)?;
        printer.block(2, &format!("Dismissed by you on {date}: {reason}"))?;
        match state {
            DismissalState::Dismissed => {}
            DismissalState::Changed => {
                let now = one.statement_now.as_deref().unwrap_or_default();
                printer.block(
                    2,
                    &format!("It counts again, having changed since. In edition {}: {now}", report.edition),
                )?;
            }
            DismissalState::NotFound => {
                printer.block(2, &format!("Edition {} has no such finding.", report.edition))?;
            }
        }
    }
    Ok(())
}
