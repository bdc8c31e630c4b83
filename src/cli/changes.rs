//! `outflow changes`: what differs between two editions.

use std::collections::{BTreeMap, BTreeSet};

use clap::Args;
use color_eyre::eyre::{Report, eyre};
use serde::Serialize;

use super::Outcome;
use super::arguments::Global;
use super::printer::{Printer, Role, remark};
use crate::changes::{Change, FieldChange, SharedChange, VersionChange};
use crate::concerns::{EditionFinding, Settings};
use crate::index::Index;
use crate::library::{Comparison, Library, Relation, compare_editions, judged, relation};
use crate::register::{Date, Release};
use crate::report::changes::{ChangeLine, LineKind, head, shared_change, version_change};

/// Arguments of `changes`.
#[derive(Debug, Args)]
pub(super) struct Changes {
    /// The older edition [default: the one before the newest]
    #[arg(value_name = "FROM", requires = "to")]
    pub(super) from: Option<String>,
    /// The newer edition [default: the newest]
    #[arg(value_name = "TO")]
    pub(super) to: Option<String>,
}

/// Columns of a step that a line stands in.
const STEP: usize = 2;

/// The JSON of `changes`.
#[derive(Debug, Default, Serialize)]
struct ChangesReport {
    from: String,
    to: String,
    /// Versions by reference; `projects_added` and `projects_withdrawn` are those that came or went whole.
    added: Vec<String>,
    withdrawn: Vec<String>,
    projects_added: Vec<String>,
    projects_withdrawn: Vec<String>,
    amended: Vec<AmendedReport>,
    /// Changes that many entries share. The versions that share them are among `amended` too.
    shared: Vec<SharedChange>,
    typography_only: usize,
    files_added: Vec<FilesReport>,
    files_removed: Vec<FilesReport>,
    files_moved: Vec<MovedReport>,
    recounted: Vec<RecountedReport>,
    /// What is said of the editions as a whole.
    findings: Vec<EditionFinding>,
    /// What has to be known of how the two stand to each other.
    note: Option<String>,
}

#[derive(Debug, Serialize)]
struct AmendedReport {
    reference: String,
    title: Option<String>,
    #[serde(serialize_with = "crate::report::absent_if_empty")]
    organisation: String,
    fields: Vec<AmendedField>,
}

#[derive(Debug, Serialize)]
struct AmendedField {
    field: &'static str,
    before: Option<String>,
    after: Option<String>,
}

#[derive(Debug, Serialize)]
struct FilesReport {
    reference: String,
    files: usize,
    first: Option<Date>,
    last: Option<Date>,
}

/// Files that stood under another version before.
#[derive(Debug, Serialize)]
struct MovedReport {
    reference: String,
    from: String,
    files: usize,
}

/// References with another number of entries than before.
#[derive(Debug, Serialize)]
struct RecountedReport {
    reference: String,
    before: usize,
    after: usize,
}

pub(super) fn run(global: &Global, asked: &Changes, printer: &mut Printer) -> Result<Outcome, Report> {
    let library = super::library(global)?;
    let (from, to) = match (&asked.from, &asked.to) {
        (Some(from), Some(to)) => (from.clone(), to.clone()),
        _ => newest_two(&library)?,
    };
    let (before, after) = (library.open(Some(&from))?.index, library.open(Some(&to))?.index);
    let relation = relation(&before, &after);
    let notes = note(relation, &before, &after)?.into_iter().chain(missing(&before, &after));
    let note = notes.collect::<Vec<_>>().join("; ");
    let note = (!note.is_empty()).then_some(note);
    if let Some(note) = &note {
        remark(note);
    }
    let comparison = compare_editions(&before, &after)?;
    let findings = match relation {
        Relation::Follows | Relation::Periods => {
            judged(&before, &after, &comparison, Settings::built_in(), &|_, _| false).edition
        }
        // What left the register is told only where one edition follows the other.
        _ => Vec::new(),
    };
    let report = ChangesReport { note, ..ChangesReport::new(from, to, &comparison, findings) };
    if global.json {
        printer.json(&report)?;
    } else {
        print(&report, &comparison, printer)?;
    }
    Ok(if comparison.changes.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

/// What has to be said of how two editions stand to each other; an error where comparing them would say what is not so.
fn note(relation: Relation, before: &Index, after: &Index) -> Result<Option<String>, Report> {
    let (from, to) = (&before.header().edition.slug, &after.header().edition.slug);
    let layouts = |index: &Index| {
        let names: BTreeSet<&str> = index.header().sources.iter().map(|source| source.layout.name()).collect();
        names.into_iter().collect::<Vec<_>>().join(" and ")
    };
    let only = format!("\"withdrawn\" means only in {from}, \"added\" only in {to}");
    Ok(match relation {
        Relation::Follows => None,
        Relation::Reversed => {
            return Err(eyre!("edition {from} is newer than {to}; name the older first: outflow changes {to} {from}"));
        }
        Relation::Unlike => {
            return Err(eyre!(
                "edition {from} ({}) and {to} ({}) are not editions of one publication: what one lists, the other can leave \
                 out, so nothing can be said of what changed; name two of one kind",
                layouts(before),
                layouts(after)
            ));
        }
        Relation::Undated => Some(format!(
            "{from} or {to} has no month, or both are of one month, so nothing says which is older: {only}"
        )),
        Relation::Generations => Some(format!(
            "the pages are of several generations ({}; {}): only what both can hold is compared, and what is missing was \
             perhaps left out by the generator; {only}",
            layouts(before),
            layouts(after)
        )),
        Relation::Periods => Some(
            "each edition of this register lists the files of its own period: files and datasets are not compared, and an \
             agreement that is missing sent none"
                .to_owned(),
        ),
    })
}

/// What is not compared, because a file of one edition has no place for it.
fn missing(before: &Index, after: &Index) -> Option<String> {
    let lacking = |index: &Index| -> BTreeSet<String> {
        index.header().sources.iter().flat_map(|source| source.lacks.iter().map(|name| missing_name(name))).collect()
    };
    let told = [before, after].map(|index| (index.header().edition.slug.clone(), lacking(index)));
    let told: Vec<String> = told
        .into_iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(slug, names)| format!("{slug} ({})", names.into_iter().collect::<Vec<_>>().join(", ")))
        .collect();
    (!told.is_empty()).then(|| format!("what a file lacks is not compared: {}", told.join(", ")))
}

/// A sheet or column as a reader knows it.
fn missing_name(name: &str) -> String {
    match name.split_once(": ") {
        Some((sheet, column)) => format!("column {column} of {sheet}"),
        None => format!("sheet {name}"),
    }
}

/// The newest edition and the one of the same publication before it, the older first.
fn newest_two(library: &Library) -> Result<(String, String), Report> {
    let listed = library.editions()?;
    let Some(newest) = listed.first() else {
        return Err(eyre!("no edition has been imported; `outflow import PATH` makes one"));
    };
    match library.before(&library.open(Some(&newest.slug))?.index)? {
        Ok(before) => Ok((before.index.header().edition.slug.clone(), newest.slug.clone())),
        Err(_) if listed.len() == 1 => Err(eyre!(
            "there is only one edition, {}; import another, or name two: outflow changes FROM TO",
            newest.slug
        )),
        Err(_) => Err(eyre!(
            "the library holds no edition of the same publication before {}; name two: outflow changes FROM TO",
            newest.slug
        )),
    }
}

impl ChangesReport {
    fn new(from: String, to: String, comparison: &Comparison, findings: Vec<EditionFinding>) -> Self {
        let only_in = |one: &BTreeSet<String>, other: &BTreeSet<String>| one.difference(other).cloned().collect();
        let mut report = Self {
            from,
            to,
            // Of pages not all that differs was compared: what came and went is told by the changes.
            projects_added: only_in(&comparison.listed_after, &comparison.listed_before),
            projects_withdrawn: only_in(&comparison.listed_before, &comparison.listed_after),
            shared: comparison.shared.clone(),
            findings,
            ..Self::default()
        };
        let compared: BTreeSet<&str> = comparison.changes.iter().map(|change| change.stem.as_str()).collect();
        report.projects_added.retain(|stem| compared.contains(stem.as_str()));
        report.projects_withdrawn.retain(|stem| compared.contains(stem.as_str()));
        for change in &comparison.changes {
            report.add(change);
        }
        report
    }

    fn add(&mut self, change: &VersionChange) {
        match &change.change {
            Change::Added | Change::EntryAdded => self.added.push(change.reference.clone()),
            Change::Withdrawn | Change::EntryRemoved => self.withdrawn.push(change.reference.clone()),
            Change::TypographyOnly(_) if change.files.altered.is_empty() => self.typography_only += 1,
            Change::Recounted { before, after } => {
                let (before, after) = (*before, *after);
                self.recounted.push(RecountedReport { reference: change.reference.clone(), before, after });
            }
            _ => {}
        }
        self.files_moved.extend(MovedReport::of(change));
        if !change.amended().is_empty() || !change.files.altered.is_empty() {
            self.amended.push(AmendedReport::new(change));
        }
        if !matches!(change.change, Change::Added | Change::Withdrawn) {
            self.files_added.extend(FilesReport::new(change, &change.files.added));
            self.files_removed.extend(FilesReport::new(change, &change.files.removed));
        }
    }
}

/// Whether a version was amended in a way of its own.
fn is_amended(change: &VersionChange) -> bool {
    let has_own = change.amended().iter().any(|field| field.shared.is_none());
    has_own || !change.files.altered.is_empty()
}

impl AmendedReport {
    fn new(change: &VersionChange) -> Self {
        let fields = change.amended().iter().map(|FieldChange { field, before, after, .. }| AmendedField {
            field: field.key(),
            before: before.clone(),
            after: after.clone(),
        });
        let files = change.files.altered.iter().map(|pair| AmendedField {
            field: "files",
            before: Some(crate::report::changes::row(&pair.before)),
            after: Some(crate::report::changes::row(&pair.after)),
        });
        Self {
            reference: change.reference.clone(),
            title: change.title.clone(),
            organisation: change.organisation.clone(),
            fields: fields.chain(files).collect(),
        }
    }
}

impl FilesReport {
    fn new(change: &VersionChange, releases: &[Release]) -> Option<Self> {
        let months = || releases.iter().filter_map(|release| release.month);
        (!releases.is_empty()).then(|| Self {
            reference: change.reference.clone(),
            files: releases.len(),
            first: months().min(),
            last: months().max(),
        })
    }
}

impl MovedReport {
    /// One for each version that files of a version stood under.
    fn of(change: &VersionChange) -> Vec<Self> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for moved in &change.files.moved {
            *counts.entry(&moved.from).or_default() += 1;
        }
        let told =
            |(from, files): (&str, usize)| Self { reference: change.reference.clone(), from: from.to_owned(), files };
        counts.into_iter().map(told).collect()
    }
}

fn print(report: &ChangesReport, comparison: &Comparison, printer: &mut Printer) -> Result<(), Report> {
    let alike = comparison.changes.iter().filter(|change| change.is_shared_only()).count();
    let alike = if alike > 0 { format!(" ({alike} of them only as many entries are)") } else { String::new() };
    let heading = format!(
        "From edition {} to {}: {} added, {} withdrawn, {} amended{alike}, {} in typography only",
        report.from,
        report.to,
        report.added.len(),
        report.withdrawn.len(),
        report.amended.len(),
        report.typography_only
    );
    printer.line_as(Role::Strong, &heading)?;
    for finding in &report.findings {
        printer.line("")?;
        printer.block(0, &finding.statement)?;
        printer.block(0, &format!("But: {}", finding.caveat))?;
    }
    let shared: Vec<_> = comparison.shared.iter().map(shared_change).collect();
    group("Changed alike in many entries", &shared, printer)?;
    let of = |is_wanted: &dyn Fn(&VersionChange) -> bool, lines: &dyn Fn(&VersionChange) -> Vec<ChangeLine>| {
        comparison.changes.iter().filter(|change| is_wanted(change)).map(lines).collect::<Vec<_>>()
    };
    let is_added = |change: &VersionChange| matches!(change.change, Change::Added | Change::EntryAdded);
    let is_withdrawn = |change: &VersionChange| matches!(change.change, Change::Withdrawn | Change::EntryRemoved);
    group("Added", &of(&is_added, &head), printer)?;
    group("Withdrawn", &of(&is_withdrawn, &head), printer)?;
    let is_recounted = |change: &VersionChange| matches!(change.change, Change::Recounted { .. });
    group("Another number of entries", &of(&is_recounted, &version_change), printer)?;
    group("Amended under the same reference", &of(&is_amended, &version_change), printer)?;
    let has_files = |change: &VersionChange| {
        let files = &change.files;
        let is_whole = matches!(change.change, Change::Added | Change::Withdrawn | Change::Recounted { .. });
        let is_told = is_whole || is_amended(change);
        let is_untouched = files.added.is_empty() && files.removed.is_empty() && files.moved.is_empty();
        !is_told && !is_untouched
    };
    let files = |change: &VersionChange| {
        let mut lines = head(change);
        lines.truncate(1);
        lines.extend(crate::report::changes::files(change));
        lines
    };
    group("Files listed, or no longer listed, under entries that are the same", &of(&has_files, &files), printer)
}

/// Prints changes of one kind under a heading.
fn group(name: &str, changes: &[Vec<ChangeLine>], printer: &mut Printer) -> Result<(), Report> {
    if changes.is_empty() {
        return Ok(());
    }
    printer.line("")?;
    printer.line_as(Role::Strong, &format!("{name} ({})", changes.len()))?;
    for line in changes.iter().flatten() {
        print_line(line, printer)?;
    }
    Ok(())
}

/// Prints a line of a report on changes.
pub(super) fn print_line(line: &ChangeLine, printer: &mut Printer) -> std::io::Result<()> {
    let text = line.text();
    match line.kind {
        LineKind::Heading => {
            printer.line("")?;
            printer.line_as(Role::Strong, &text)
        }
        LineKind::Name | LineKind::Plain | LineKind::Quiet => printer.block(usize::from(line.depth) * STEP, &text),
    }
}
