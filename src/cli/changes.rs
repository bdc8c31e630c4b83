//! `outflow changes`: what differs between two editions.

use std::collections::BTreeMap;

use color_eyre::eyre::{Report, eyre};
use serde::Serialize;
use similar::{ChangeTag, TextDiff};

use super::Outcome;
use super::arguments::{Changes, Global};
use super::printer::{Printer, Role};
use crate::changes::{Change, FieldChange, VersionChange, compare};
use crate::index::{Index, ProjectId, Record};
use crate::library::{Library, Listed};
use crate::register::Project;

/// The JSON of `changes`.
#[derive(Debug, Default, Serialize)]
struct ChangesReport {
    from: String,
    to: String,
    added: Vec<String>,
    withdrawn: Vec<String>,
    amended: Vec<AmendedReport>,
    typography_only: usize,
}

#[derive(Debug, Serialize)]
struct AmendedReport {
    reference: String,
    title: Option<String>,
    organisation: String,
    fields: Vec<FieldChange>,
}

pub(super) fn run(global: &Global, asked: &Changes, printer: &mut Printer) -> Result<Outcome, Report> {
    let library = super::library(global)?;
    let (from, to) = match (&asked.from, &asked.to) {
        (Some(from), Some(to)) => (from.clone(), to.clone()),
        _ => newest_two(&library.editions()?)?,
    };
    let (changes, mut report) = (all(&library, &from, &to)?, ChangesReport { from, to, ..ChangesReport::default() });
    for change in &changes {
        report.add(change);
    }
    if global.json {
        printer.json(&report)?;
    } else {
        print(&report, &changes, printer)?;
    }
    Ok(if changes.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

/// The two newest editions, the older first.
fn newest_two(listed: &[Listed]) -> Result<(String, String), Report> {
    match listed {
        [newest, before, ..] => Ok((before.slug.clone(), newest.slug.clone())),
        [only] => {
            Err(eyre!("there is only one edition, {}; import another, or name two: outflow changes FROM TO", only.slug))
        }
        [] => Err(eyre!("no edition has been imported; `outflow import PATH` makes one")),
    }
}

/// Every change, by stem reference. Projects are read one at a time: an edition whole would not fit a small machine.
fn all(library: &Library, from: &str, to: &str) -> Result<Vec<VersionChange>, Report> {
    let (old, new) = (library.open(Some(from))?.index, library.open(Some(to))?.index);
    let (in_old, in_new) = (stems(&old)?, stems(&new)?);
    let mut changes = Vec::new();
    for stem in in_old.keys().chain(in_new.keys().filter(|stem| !in_old.contains_key(*stem))) {
        let before = project(&old, in_old.get(stem))?;
        let after = project(&new, in_new.get(stem))?;
        changes.extend(compare(before.as_ref(), after.as_ref()));
    }
    changes.sort_by(|one, two| one.reference.cmp(&two.reference));
    Ok(changes)
}

fn stems(index: &Index) -> Result<BTreeMap<String, ProjectId>, Report> {
    let ids = (0..u32::try_from(index.len())?).map(ProjectId);
    ids.map(|id| Ok((index.row(id)?.reference, id))).collect()
}

fn project(index: &Index, id: Option<&ProjectId>) -> Result<Option<Project>, Report> {
    let record: Option<Record> = id.map(|id| index.record(*id)).transpose()?;
    Ok(record.map(|record| record.project))
}

impl ChangesReport {
    fn add(&mut self, change: &VersionChange) {
        match &change.change {
            Change::Added => self.added.push(change.reference.clone()),
            Change::Withdrawn => self.withdrawn.push(change.reference.clone()),
            Change::TypographyOnly => self.typography_only += 1,
            Change::Amended(fields) => self.amended.push(AmendedReport {
                reference: change.reference.clone(),
                title: change.title.clone(),
                organisation: change.organisation.clone(),
                fields: fields.clone(),
            }),
        }
    }
}

fn print(report: &ChangesReport, changes: &[VersionChange], printer: &mut Printer) -> Result<(), Report> {
    let heading = format!(
        "From edition {} to {}: {} added, {} withdrawn, {} amended, {} in typography only",
        report.from,
        report.to,
        report.added.len(),
        report.withdrawn.len(),
        report.amended.len(),
        report.typography_only
    );
    printer.line_as(Role::Strong, &heading)?;
    for (name, kind) in [("Added", &Change::Added), ("Withdrawn", &Change::Withdrawn)] {
        let of_kind: Vec<&VersionChange> = changes.iter().filter(|change| change.change == *kind).collect();
        if !of_kind.is_empty() {
            printer.line("")?;
            printer.line_as(Role::Strong, name)?;
        }
        for change in of_kind {
            print_head(change, printer)?;
        }
    }
    let amended = changes.iter().filter_map(|change| match &change.change {
        Change::Amended(fields) => Some((change, fields)),
        _ => None,
    });
    for (number, (change, fields)) in amended.enumerate() {
        printer.line("")?;
        if number == 0 {
            printer.line_as(Role::Strong, "Amended under the same reference")?;
        }
        print_head(change, printer)?;
        for field in fields {
            print_field(field, printer)?;
        }
    }
    Ok(())
}

fn print_head(change: &VersionChange, printer: &mut Printer) -> std::io::Result<()> {
    let title = change.title.as_deref().unwrap_or_default();
    let line = format!("{}  {title}", change.reference);
    printer.line(line.trim_end())?;
    printer.block(2, &change.organisation)
}

/// The lines and sentences of a field that were taken out and put in.
fn print_field(field: &FieldChange, printer: &mut Printer) -> std::io::Result<()> {
    printer.line_as(Role::Quiet, &format!("  {}", field.field))?;
    let (before, after) = (sentences(field.before.as_deref()), sentences(field.after.as_deref()));
    for sentence in TextDiff::from_slices(&before, &after).iter_all_changes() {
        let text = sentence.value();
        match sentence.tag() {
            ChangeTag::Equal => {}
            ChangeTag::Delete => printer.block(4, &format!("- {text}"))?,
            ChangeTag::Insert => printer.block(4, &format!("+ {text}"))?,
        }
    }
    Ok(())
}

/// A text in pieces that are compared: its lines, and the sentences of those. White space at their ends is no piece.
fn sentences(text: Option<&str>) -> Vec<&str> {
    let lines = text.into_iter().flat_map(crate::text::lines);
    lines.flat_map(|line| line.split_inclusive(". ")).map(str::trim).filter(|piece| !piece.is_empty()).collect()
}
