//! The tables of an index: everything but its postings. What is found of a project is written as it comes, and not kept.

use tantivy::directory::Directory;

use super::documents::Documents;
use super::files::{self, Table, TableWriter};
use super::marks::ProjectMarks;
use super::named::{self, Named};
use super::texts::{self, Texts};
use super::values::{Values, Weights};
use super::{Header, IndexError, RecordRef, References, Row, order};
use crate::changes::fingerprint;
use crate::concerns::{Concern, EditionFinding, Examining, Findings, RuleId, Severity, Tallies, WordingGroups};
use crate::register::{Counts, Facts, Layout, Project, Register, Section};

/// Writes all tables; says how many concerns there are, each counted on every project that has it.
pub(super) fn write_tables(
    directory: &dyn Directory,
    register: &Register,
    examining: Examining<'_>,
) -> Result<usize, IndexError> {
    let Examining { edition, projects } = examining;
    let found = write_findings(directory, register, projects)?;
    Texts::write(directory, register)?;
    let named = Named::of(register);
    Table::write(directory, named::ORGANISATIONS, named.organisations.iter())?;
    Table::write(directory, named::DATASETS, named.datasets.iter())?;
    files::write_json(directory, super::REFERENCES, &References::of(&register.projects))?;
    let fingerprints: Vec<_> = register.projects.iter().map(fingerprint).collect();
    files::write_binary(directory, super::FINGERPRINTS, &fingerprints)?;
    Documents::write(directory, &register.projects)?;
    files::write(directory, super::CONCERNS, found.concerns.as_flattened())?;
    files::write(directory, super::UNSURE, found.unsure.as_flattened())?;
    Values::write(directory, register, &found.weights)?;
    files::write_binary(directory, super::WORDINGS, &found.wordings)?;
    let number = found.number;
    files::write_json(directory, super::HEADER, &header(register, edition, found))?;
    Ok(number)
}

/// What of the findings of all projects is kept until all are written.
#[derive(Default)]
struct Found {
    /// How many concerns there are.
    number: usize,
    /// For each project the bits of the rules that found something.
    concerns: Vec<[u8; 8]>,
    /// Of those that cannot tell.
    unsure: Vec<[u8; 8]>,
    weights: Vec<Weights>,
    wordings: Vec<WordingGroups>,
    tallies: Tallies,
}

/// Writes the records of projects and their rows.
fn write_findings(
    directory: &dyn Directory,
    register: &Register,
    mut findings: impl Iterator<Item = Findings>,
) -> Result<Found, IndexError> {
    let mut found = Found::default();
    let mut records = TableWriter::new(directory, super::RECORDS)?;
    let mut rows = TableWriter::new(directory, super::ROWS)?;
    for project in &register.projects {
        let Some(findings) = findings.next() else { break };
        records.add(&RecordRef { project: texts::without_texts(project), findings: &findings })?;
        let row = row(register, project, &findings);
        rows.add(&row)?;
        found.weights.push(order::weights(&row.concerns));
        found.add(findings);
    }
    let judged = found.wordings.len() + findings.count();
    if judged != register.projects.len() {
        return Err(IndexError::Unequal { projects: register.projects.len(), findings: judged });
    }
    records.end()?;
    rows.end()?;
    Ok(found)
}

impl Found {
    fn add(&mut self, findings: Findings) {
        self.number += findings.concerns.len();
        self.concerns.push(super::bits(findings.concerns.iter().map(|concern| concern.rule)).to_le_bytes());
        self.unsure.push(super::bits(findings.cannot_tell.iter().map(|unknown| unknown.rule)).to_le_bytes());
        self.tallies.add(&findings);
        self.wordings.push(findings.shared.groups);
    }
}

fn header(register: &Register, findings: Vec<EditionFinding>, found: Found) -> Header {
    Header {
        edition: register.edition.clone(),
        sources: register.sources.clone(),
        pages: register.pages.clone(),
        notes: register.notes.clone(),
        counts: Counts::of(register),
        findings,
        tallies: found.tallies.counted(),
        ..Header::default()
    }
}

fn row(register: &Register, project: &Project, findings: &Findings) -> Row {
    let latest = project.latest();
    let lists_files = latest.and_then(|version| register.layout(version)).is_some_and(Layout::lists_files);
    let facts = Facts::of(project, lists_files);
    let mut concerns = Vec::new();
    add_gravest(&mut concerns, &findings.concerns);
    Row {
        reference: project.reference.clone(),
        title: latest.and_then(|version| version.title.clone()),
        organisation: latest.map(|version| version.organisation.clone()).unwrap_or_default(),
        opt_outs: facts.opt_outs.state,
        files: facts.releases.files.map(|files| files as u64),
        concerns,
        begins: latest.and_then(|version| version.section(Section::Objectives)).map(|text| beginning(&text)),
        marks: ProjectMarks::default(),
    }
}

/// Adds the rules that found something, each once with its gravest severity, gravest first.
pub(super) fn add_gravest<'a>(rules: &mut Vec<(RuleId, Severity)>, concerns: impl IntoIterator<Item = &'a Concern>) {
    for concern in concerns {
        match rules.iter_mut().find(|(rule, _)| *rule == concern.rule) {
            Some((_, severity)) => *severity = (*severity).min(concern.severity),
            None => rules.push((concern.rule, concern.severity)),
        }
    }
    rules.sort_by_key(|(rule, severity)| (*severity, *rule));
}

/// The first words of a text, for a list.
fn beginning(text: &str) -> String {
    text.chars().take(160).collect()
}
