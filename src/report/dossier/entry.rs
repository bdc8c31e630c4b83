//! A project of a dossier.

use serde::Serialize;

use super::proof::{Proof, proofs};
use super::{Asked, DossierError, Quoted};
use crate::index::{Edge, Header, Index, Marker, ProjectId, Record, Room, SearchField, Snippet};
use crate::register::{Field, Place, Section};
use crate::report::{Fact, ProjectReport, Quote, Style, facts, source_line};

/// Passages that are quoted of a project at most.
const PASSAGES: usize = 3;

/// How long each is at most: a paragraph.
const ROOM: Room = Room { columns: 100, lines: 8 };

/// A project with what is quoted of it.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    /// The project, as `outflow show --json` tells it.
    #[serde(flatten)]
    pub project: ProjectReport,
    /// Its citation.
    pub citation: String,
    /// What is quoted of it.
    pub quotes: Vec<QuoteReport>,
    /// Its facts as lines.
    #[serde(skip)]
    pub(super) facts: Vec<Fact>,
    /// What proves each concern.
    #[serde(skip)]
    pub(super) proven: Vec<Vec<Proof>>,
}

/// Words of an entry.
#[derive(Debug, Clone, Serialize)]
pub struct QuoteReport {
    /// The name of the field.
    pub field: &'static str,
    /// The words as published.
    pub text: String,
    /// Words before them that deny what they say, if they stand apart from them.
    pub denied_by: Option<String>,
    /// Whether words of the field stand before them that are left out.
    pub cut_before: bool,
    /// Whether such words stand behind them.
    pub cut_behind: bool,
    /// Where they stand.
    pub citation: String,
}

impl QuoteReport {
    /// The words, with a mark where some are left out.
    pub(super) fn shown(&self) -> String {
        let before = if self.cut_before { "[\u{2026}] " } else { "" };
        let behind = if self.cut_behind { " [\u{2026}]" } else { "" };
        let denied = self.denied_by.as_ref().map(|denied| format!("{denied} ")).unwrap_or_default();
        format!("{denied}{before}{}{behind}", self.text.trim())
    }
}

impl Entry {
    /// Reads a project; `None` for one without versions, which no import makes.
    pub(super) fn read(
        index: &Index,
        id: ProjectId,
        asked: &Asked<'_>,
        marker: &Marker,
    ) -> Result<Option<Self>, DossierError> {
        let (header, record) = (index.header(), index.record(id)?);
        let Some(project) = ProjectReport::new(header, &record) else { return Ok(None) };
        let cited = |quote: Option<Quote<'_>>| {
            source_line(header, &record, quote, asked.accessed, Style::Plain).unwrap_or_default()
        };
        let quote = |field: Field, text: &str, place: &Place| QuoteReport {
            field: field.name(),
            text: text.to_owned(),
            denied_by: None,
            cut_before: false,
            cut_behind: false,
            citation: cited(Some(Quote { field, text, place })),
        };
        let quotes = match asked.quoted {
            Quoted::None => Vec::new(),
            Quoted::Matching if !marker.is_empty() => {
                let passages = marker.snippets(index, id, PASSAGES, ROOM)?;
                let placed = passages.iter().filter_map(|passage| Some((passage, placed(&record, passage)?)));
                let cut = |(passage, (field, place)): (&Snippet, (Field, &Place))| QuoteReport {
                    denied_by: passage
                        .denied
                        .as_ref()
                        .map(|_| passage.denied_told("[\u{2026}] ").trim_end().to_owned()),
                    cut_before: passage.begins == Edge::Cut,
                    cut_behind: passage.ends == Edge::Cut,
                    ..quote(field, &passage.text, place)
                };
                placed.map(cut).collect()
            }
            Quoted::Whole | Quoted::Matching => {
                let whole = |(section, text, place)| quote(Field::Section(section), text, place);
                statements(&record).into_iter().map(whole).collect()
            }
        };
        let concerns = record.findings.concerns.iter();
        let proven = concerns.map(|concern| proofs(header, &record, concern, asked.accessed)).collect();
        Ok(Some(Self { facts: facts(&project), citation: cited(None), quotes, proven, project }))
    }
}

/// Where words stand in a list of the user's own.
pub(super) fn own_list(header: &Header, place: &Place) -> String {
    let file =
        header.file_of(place).map(|file| format!(" ({}, SHA-256 {})", file.file, file.sha256)).unwrap_or_default();
    format!("From a list of the user's own, not from the register: {}{file}.", place.position)
}

/// The texts of the latest version, those that are the same once, with where each stands.
fn statements(record: &Record) -> Vec<(Section, &str, &Place)> {
    let mut texts: Vec<(Section, &str, &Place)> = Vec::new();
    let Some(latest) = record.project.latest() else { return texts };
    for section in Section::ALL {
        for statement in &latest.statements {
            let Some(text) = statement.sections.get(section) else { continue };
            if !texts.iter().any(|(known, other, _)| *known == section && *other == text) {
                texts.push((section, text, &statement.place));
            }
        }
    }
    texts
}

/// The field of a passage, and where it stands: in the statement that has these words.
fn placed<'a>(record: &'a Record, passage: &Snippet) -> Option<(Field, &'a Place)> {
    let latest = record.project.latest()?;
    Some(match passage.field {
        SearchField::Section(section) => {
            let has = |text: Option<&str>| text.is_some_and(|text| text.contains(passage.text.as_str()));
            let statement = latest.statements.iter().find(|statement| has(statement.sections.get(section)));
            (Field::Section(section), statement.map_or(&latest.place, |statement| &statement.place))
        }
        SearchField::Dataset => (Field::Datasets, latest.place_of(Field::Datasets)),
        SearchField::Controller => (Field::Controllers, latest.place_of(Field::Controllers)),
        SearchField::LegalBasis => (Field::LegalBasis, latest.place_of(Field::LegalBasis)),
        SearchField::Title | SearchField::Organisation | SearchField::Reference => return None,
    })
}
