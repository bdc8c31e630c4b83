//! A project's facts as labelled lines, the same on the screen and in print.

use crate::index::SearchField;
use crate::register::{Date, OptOutState, described};
use crate::text::CELLS;

use super::project::{AmendmentReport, AnswerReport, DatasetReport, ProjectReport, SourceReport, VersionReport};
use super::{WordingReport, beside};

/// One labelled value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is; empty where the line goes on from the one before.
    pub label: &'static str,
    /// What it says. Values that the register gives are as published.
    pub value: String,
    /// The field that a search finds it by, if there is one.
    pub searched: Option<SearchField>,
    /// What is said beside it in our words, where the value alone misleads.
    pub beside: Option<&'static str>,
}

/// The facts of a project, in the order in which they are read. What the register does not say is said to be missing
/// only where a reader would look for it.
pub fn facts(project: &ProjectReport) -> Vec<Fact> {
    let mut list = Facts(Vec::new());
    opt_outs(&mut list, project);
    list.beside(beside::opt_outs(project.opt_outs.state));
    list.all("Legal basis", &project.legal_bases);
    list.beside(beside::legal_bases(&project.legal_bases));
    list.one("Commercial", answer(project.commercial));
    list.beside(beside::commercial(project.commercial));
    list.one("Sublicensing", answer(project.sublicensing));
    list.all("Sensitivity", &project.sensitivity);
    list.beside(beside::sensitivity(&project.sensitivity));
    list.all("Type of data", &project.types_of_data);
    list.beside(beside::types(&project.types_of_data));
    list.all("Access", &project.access);
    list.all("", project.access_note.as_slice());
    list.one("Term", span(project.term.start, project.term.end));
    list.beside(beside::term(project.term.start, project.term.end));
    list.one("Released", released(project));
    list.all("Kind", project.organisation_type.as_slice());
    list.all("Controllers", &project.controllers);
    list.all("Minutes", &project.minutes);
    list.all("Versions", &project.versions.iter().map(version).collect::<Vec<_>>());
    for (number, dataset) in project.datasets.iter().enumerate() {
        let label = if number == 0 { "Datasets" } else { "" };
        list.0.push(Fact { label, value: dataset_line(dataset), searched: Some(SearchField::Dataset), beside: None });
    }
    list.beside(beside::datasets(&project.datasets));
    list.all("Own words", project.shared_wording.as_ref().map(WordingReport::own).as_slice());
    list.beside(project.shared_wording.as_ref().and_then(beside::wording));
    list.all("Amendments", &project.amendments.iter().map(amendment).collect::<Vec<_>>());
    list.all("Source", project.source.as_ref().map(source).as_slice());
    list.0
}

/// A growing list of facts.
struct Facts(Vec<Fact>);

impl Facts {
    fn one(&mut self, label: &'static str, value: impl Into<String>) {
        self.0.push(Fact { label, value: value.into(), searched: None, beside: None });
    }

    /// Says something beside what was added last.
    fn beside(&mut self, words: Option<&'static str>) {
        if let Some(fact) = self.0.last_mut() {
            fact.beside = words;
        }
    }

    fn all(&mut self, label: &'static str, values: &[String]) {
        for (number, value) in values.iter().enumerate() {
            self.one(if number == 0 { label } else { "" }, value);
        }
    }
}

fn opt_outs(list: &mut Facts, project: &ProjectReport) {
    let opt_outs = &project.opt_outs;
    list.one(
        "Opt-outs",
        match opt_outs.state {
            OptOutState::Applied => "applied",
            OptOutState::NotApplied => "not applied",
            OptOutState::Mixed => "applied to some, not to others",
            OptOutState::NotStated => "not stated",
        },
    );
    if let Some(words) = &opt_outs.as_published {
        list.one("", format!("as published: {}", words.replace('\n', "; ")));
    }
    if !opt_outs.reasons.is_empty() {
        list.one("", format!("given beside it: {}", opt_outs.reasons.join("; ")));
    }
}

fn answer(answer: AnswerReport) -> &'static str {
    match answer {
        AnswerReport::Plain(true) => "yes",
        AnswerReport::Plain(false) => "no",
        AnswerReport::Mixed(_) => "both yes and no",
        AnswerReport::Absent(()) => "not stated",
    }
}

fn span(start: Option<Date>, end: Option<Date>) -> String {
    match (start, end) {
        (None, None) => "not stated".to_owned(),
        (Some(start), None) => format!("from {start}"),
        (None, Some(end)) => format!("to {end}"),
        (Some(start), Some(end)) => format!("{start} to {end}"),
    }
}

fn released(project: &ProjectReport) -> String {
    let releases = &project.releases;
    let mut parts = Vec::new();
    match releases.files {
        Some(1) => parts.push("1 file".to_owned()),
        Some(files) => parts.push(format!("{files} files")),
        None => parts.push("number of files not stated for this project".to_owned()),
    }
    if let Some(rows) = releases.system_access.filter(|rows| *rows > 0) {
        let counted = if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") };
        parts.push(format!("{counted} of access to a remote system"));
    }
    match (releases.first, releases.last) {
        (Some(first), Some(last)) if first == last => parts.push(first.to_string()),
        (None, None) => {}
        (first, last) => parts.push(span(first, last)),
    }
    parts.join(", ")
}

fn version(version: &VersionReport) -> String {
    match (version.start, version.end) {
        (None, None) => version.reference.clone(),
        (start, end) => format!("{}  {}", version.reference, span(start, end)),
    }
}

fn dataset_line(dataset: &DatasetReport) -> String {
    let DatasetReport { name, type_of_data, sensitivity, frequency, legal_basis, confidentiality } = dataset;
    described(name, [type_of_data, sensitivity, frequency, legal_basis, confidentiality])
}

fn amendment(amendment: &AmendmentReport) -> String {
    let cells: Vec<&str> = amendment.cells.iter().map(|(_, value)| value.as_str()).collect();
    let reason = amendment.reason.as_deref().unwrap_or("no reason given");
    format!("{} ({reason}; counted nowhere)", cells.join(CELLS))
}

fn source(source: &SourceReport) -> String {
    format!("{}, {}, SHA-256 {}", source.file, source.place, source.sha256)
}
