//! A project as the JSON of `outflow show` gives it: keys that keep their meaning within a major version.

use serde::Serialize;

use super::WordingReport;
use super::concern::{CannotTellReport, ConcernReport};
use super::judged::ChangedReport;
use crate::index::{Header, Record};
use crate::register::{
    Amendment, Dataset, Date, DateRange, Facts, OptOutState, Place, Repeated, Sections, Statement, Version, Wording,
    YesNo,
};

/// A project whole.
#[derive(Debug, Clone, Serialize)]
pub struct ProjectReport {
    /// Edition it is from.
    pub edition: String,
    /// Whose words the sections are.
    pub wording: Wording,
    /// Stem reference.
    pub reference: String,
    /// Title of the latest version.
    pub title: Option<String>,
    /// Who applied.
    #[serde(serialize_with = "crate::report::absent_if_empty")]
    pub organisation: String,
    /// What kind of organisation.
    pub organisation_type: Option<String>,
    /// Who answers for the data.
    pub controllers: Vec<String>,
    /// All versions in this edition, oldest first.
    pub versions: Vec<VersionReport>,
    /// Whether opt-outs were applied.
    pub opt_outs: OptOutReport,
    /// Powers to share.
    pub legal_bases: Vec<String>,
    /// `true`, `false`, `"mixed"` or `null`.
    pub commercial: AnswerReport,
    /// `true`, `false`, `"mixed"` or `null`.
    pub sublicensing: AnswerReport,
    /// Sensitivity values.
    pub sensitivity: Vec<String>,
    /// Types of data.
    pub types_of_data: Vec<String>,
    /// Ways of access.
    pub access: Vec<String>,
    /// What a page adds about system access.
    pub access_note: Option<String>,
    /// Term over all versions.
    pub term: TermReport,
    /// What was released.
    pub releases: ReleaseReport,
    /// What was named.
    pub datasets: Vec<DatasetReport>,
    /// Advisory minutes.
    pub minutes: Vec<String>,
    /// Text of the latest version, a string a section.
    pub sections: Sections,
    /// What of that text several organisations publish; `null` where it could not be compared.
    pub shared_wording: Option<WordingReport>,
    /// Statements of the latest version whole, those that differ.
    pub statements: Vec<StatementReport>,
    /// Rows that amend an earlier edition: counted nowhere.
    pub amendments: Vec<AmendmentReport>,
    /// Concerns, gravest first; those that the user has dismissed come last.
    pub concerns: Vec<ConcernReport>,
    /// The user's own settings by which they were found, where they differ from the program's.
    pub own_settings: Vec<ChangedReport>,
    /// Rules that could not answer.
    pub cannot_tell: Vec<CannotTellReport>,
    /// Where the latest version's entry begins.
    pub source: Option<SourceReport>,
}

/// One version of a project.
#[derive(Debug, Clone, Serialize)]
pub struct VersionReport {
    /// Reference as published.
    pub reference: String,
    /// Title.
    pub title: Option<String>,
    /// Who applied.
    #[serde(serialize_with = "crate::report::absent_if_empty")]
    pub organisation: String,
    /// Start of its term.
    pub start: Option<Date>,
    /// End of its term.
    pub end: Option<Date>,
    /// Text of this version.
    pub sections: Sections,
    /// Where it stands.
    pub source: Option<SourceReport>,
}

/// Opt-outs as a state and as published.
#[derive(Debug, Clone, Serialize)]
pub struct OptOutReport {
    /// `applied`, `not-applied`, `mixed` or `not-stated`.
    pub state: OptOutState,
    /// Words as published.
    pub as_published: Option<String>,
    /// What stands in the bracket beside the answer, each once.
    pub reasons: Vec<String>,
}

/// An answer: `true`, `false`, `"mixed"` or `null`.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(untagged)]
pub enum AnswerReport {
    /// Yes or no.
    Plain(bool),
    /// Both.
    Mixed(&'static str),
    /// Not stated.
    Absent(()),
}

/// First and last day or month of a term.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct TermReport {
    /// Start.
    pub start: Option<Date>,
    /// End.
    pub end: Option<Date>,
}

/// How much was released, and when.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct ReleaseReport {
    /// Files sent; `null` where the layout lists none.
    pub files: Option<usize>,
    /// Rows of access to a remote system.
    pub system_access: Option<usize>,
    /// First month.
    pub first: Option<Date>,
    /// Last month.
    pub last: Option<Date>,
}

/// A named dataset.
#[derive(Debug, Clone, Serialize)]
pub struct DatasetReport {
    /// Name.
    pub name: Repeated,
    /// Type of data.
    pub type_of_data: Option<Repeated>,
    /// Sensitivity.
    pub sensitivity: Option<Repeated>,
    /// Frequency.
    pub frequency: Option<Repeated>,
    /// Legal basis.
    pub legal_basis: Option<Repeated>,
    /// Confidentiality basis.
    pub confidentiality: Option<Repeated>,
}

/// One statement of purpose.
#[derive(Debug, Clone, Serialize)]
pub struct StatementReport {
    /// Its text.
    #[serde(flatten)]
    pub sections: Sections,
    /// Where it stands.
    pub source: Option<SourceReport>,
}

/// A row that amends an earlier edition.
#[derive(Debug, Clone, Serialize)]
pub struct AmendmentReport {
    /// Heading and value of its cells.
    pub cells: Vec<(String, String)>,
    /// Why it was added.
    pub reason: Option<String>,
    /// Where it stands.
    pub source: Option<SourceReport>,
}

/// A place in a published file.
#[derive(Debug, Clone, Serialize)]
pub struct SourceReport {
    /// File name.
    pub file: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// `line 12`, or `sheet DataReleases, row 17`.
    pub place: String,
}

impl ProjectReport {
    /// Reports on a project; `None` for one without versions, which no import makes.
    pub fn new(header: &Header, record: &Record) -> Option<Self> {
        let project = &record.project;
        let latest = project.latest()?;
        let facts = Facts::of(project, header.lists_files(latest));
        Some(Self {
            edition: header.edition.slug.clone(),
            wording: header.edition.wording,
            reference: project.reference.clone(),
            title: latest.title.clone(),
            organisation: latest.organisation.clone(),
            organisation_type: latest.organisation_type.clone(),
            versions: project.versions.iter().map(|version| VersionReport::new(header, version)).collect(),
            controllers: facts.controllers,
            opt_outs: OptOutReport {
                state: facts.opt_outs.state,
                as_published: facts.opt_outs.as_published,
                reasons: reasons(facts.opt_outs.reasons.as_deref()),
            },
            legal_bases: facts.legal_bases,
            commercial: facts.commercial.into(),
            sublicensing: facts.sublicensing.into(),
            sensitivity: facts.sensitivity,
            types_of_data: facts.types_of_data,
            access: facts.access,
            access_note: latest.access_note.clone(),
            term: facts.term.into(),
            releases: ReleaseReport {
                files: facts.releases.files,
                system_access: facts.releases.system_access,
                first: facts.releases.first,
                last: facts.releases.last,
            },
            datasets: facts.datasets.into_iter().map(DatasetReport::from).collect(),
            minutes: facts.minutes,
            shared_wording: WordingReport::new(&record.findings.shared, &latest.sections()),
            sections: latest.sections(),
            statements: latest.statements.iter().map(|one| StatementReport::new(header, one)).collect(),
            amendments: amendments(header, &project.versions),
            concerns: record.findings.concerns.iter().map(|one| ConcernReport::judged(header, record, one)).collect(),
            own_settings: header.settings.iter().cloned().map(ChangedReport::from).collect(),
            cannot_tell: record
                .findings
                .cannot_tell
                .iter()
                .map(|one| CannotTellReport { id: one.rule, why: one.why.clone() })
                .collect(),
            source: SourceReport::new(header, &latest.place),
        })
    }
}

impl VersionReport {
    fn new(header: &Header, version: &Version) -> Self {
        Self {
            reference: version.reference.clone(),
            title: version.title.clone(),
            organisation: version.organisation.clone(),
            start: version.term.start,
            end: version.term.end,
            sections: version.sections(),
            source: SourceReport::new(header, &version.place),
        }
    }
}

impl StatementReport {
    fn new(header: &Header, statement: &Statement) -> Self {
        Self { sections: statement.sections.clone(), source: SourceReport::new(header, &statement.place) }
    }
}

impl SourceReport {
    /// Reports on a place; `None` if it lies in no source of the edition.
    pub fn new(header: &Header, place: &Place) -> Option<Self> {
        let source = header.file_of(place)?;
        Some(Self { file: source.file.to_owned(), sha256: source.sha256.to_owned(), place: place.position.to_string() })
    }
}

impl From<YesNo> for AnswerReport {
    fn from(answer: YesNo) -> Self {
        match answer {
            YesNo::Yes => Self::Plain(true),
            YesNo::No => Self::Plain(false),
            YesNo::Mixed => Self::Mixed("mixed"),
            YesNo::NotStated => Self::Absent(()),
        }
    }
}

impl From<DateRange> for TermReport {
    fn from(range: DateRange) -> Self {
        Self { start: range.start, end: range.end }
    }
}

impl From<Dataset> for DatasetReport {
    fn from(dataset: Dataset) -> Self {
        Self {
            name: dataset.name,
            type_of_data: dataset.type_of_data,
            sensitivity: dataset.sensitivity,
            frequency: dataset.frequency,
            legal_basis: dataset.legal_basis,
            confidentiality: dataset.confidentiality,
        }
    }
}

/// The parts of a bracket: they are listed with commas, and each begins with a capital letter. A comma inside round
/// brackets or before a small letter belongs to a part.
fn reasons(bracket: Option<&str>) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for line in bracket.into_iter().flat_map(str::lines) {
        let (mut start, mut depth) = (0_usize, 0_usize);
        for (at, letter) in line.char_indices() {
            match letter {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                ',' if depth == 0 && line[at..].chars().nth(2).is_some_and(char::is_uppercase) => {
                    add_part(&mut parts, &line[start..at]);
                    start = at + 1;
                }
                _ => {}
            }
        }
        add_part(&mut parts, &line[start..]);
    }
    parts
}

fn add_part(parts: &mut Vec<String>, part: &str) {
    let part = part.trim();
    if !part.is_empty() && !parts.iter().any(|known| known == part) {
        parts.push(part.to_owned());
    }
}

fn amendments(header: &Header, versions: &[Version]) -> Vec<AmendmentReport> {
    let report = |amendment: &Amendment| AmendmentReport {
        cells: amendment.cells.clone(),
        reason: amendment.reason.clone(),
        source: SourceReport::new(header, &amendment.place),
    };
    versions.iter().flat_map(|version| &version.amendments).map(report).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bracket_is_read_in_its_parts() {
        let bracket = "Consent (Reasonable Expectation, Given), Does not include the flow of data, or of names\nOther";
        let parts =
            ["Consent (Reasonable Expectation, Given)", "Does not include the flow of data, or of names", "Other"];
        assert_eq!(reasons(Some(bracket)), parts);
        assert_eq!(reasons(Some("Other\nOther")), ["Other"]);
        assert!(reasons(None).is_empty());
    }
}
