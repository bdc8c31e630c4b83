//! A project as a flat document, for a search engine on other machines: the fields that a query asks for, by their names there,
//! each a value or a list of values, and every text once. What an engine is told of them stands in `assets/quickwit.yaml`.

use serde::Serialize;

use crate::concerns::{Concern, RuleId, Severity, Stand, Standing};
use crate::index::{Header, Record};
use crate::register::{Date, Facts, OptOutState, Project, Section, Version, Wording, YesNo};
use crate::report::{CREDIT, SourceReport, Style, source_line};

/// Years whose days an engine can hold that counts nanoseconds from 1970 in 64 bits.
const YEARS: std::ops::RangeInclusive<i16> = 1678..=2261;

/// A project as a document. What is not published is `null` or an empty list. Names and values are those of all its versions,
/// the title and the texts those of the latest, as in a search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FlatProject {
    /// Stem reference: no two documents of an edition have the same.
    pub reference: String,
    /// The same, and the references of its versions as published.
    #[serde(rename = "ref")]
    pub references: Vec<String>,
    /// Title.
    pub title: Option<String>,
    /// Who applied, and every other name that a row of a file gives.
    pub org: Vec<String>,
    /// What kinds of organisation applied.
    pub orgtype: Vec<String>,
    /// Who answers for the data.
    pub controller: Vec<String>,
    /// Datasets.
    pub dataset: Vec<String>,
    /// Powers to share.
    pub legal: Vec<String>,
    /// What the data is for.
    pub objectives: Option<String>,
    /// What is done with it.
    pub processing: Option<String>,
    /// What comes out.
    pub outputs: Option<String>,
    /// What good is expected, and what good came of it.
    pub benefits: Vec<String>,
    /// What good came of it.
    pub yielded: Option<String>,
    /// Which sections are published, by their names in a query.
    pub has: Vec<&'static str>,
    /// `applied`, `not-applied`, `mixed` or `not-stated`.
    pub optouts: OptOutState,
    /// `yes`, `no`, `mixed` or `not-stated`.
    pub commercial: &'static str,
    /// The same.
    pub sublicensing: &'static str,
    /// Types of data.
    #[serde(rename = "type")]
    pub types_of_data: Vec<String>,
    /// `yes` where the register calls some of the data sensitive, `no` where it calls none so.
    pub sensitive: Option<&'static str>,
    /// Sensitivity values.
    pub sensitivity: Vec<String>,
    /// Ways of access.
    pub access: Vec<String>,
    /// First start of its terms: a day, of a month the first.
    pub started: Option<String>,
    /// Last end of its terms: a day, of a month the last.
    pub ends: Option<String>,
    /// Months in which something was released, each by its first day; where rows tell none, the first and the last.
    pub released: Vec<String>,
    /// Files sent; `null` where the layout lists none.
    pub files: Option<usize>,
    /// How many versions the edition has of it.
    pub versions: usize,
    /// Rules that found something, each once.
    pub concern: Vec<RuleId>,
    /// Weights of what they found, without what the user has dismissed.
    pub severity: Vec<Severity>,
    /// Rules that cannot tell.
    pub unsure: Vec<RuleId>,
    /// What they found, gravest first, to be shown with the document.
    pub concerns: Vec<FlatConcern>,
    /// The edition.
    pub edition: String,
    /// Whose words the sections are.
    pub wording: Wording,
    /// The published file.
    pub source_file: Option<String>,
    /// Where in it the latest version's entry begins.
    pub source_place: Option<String>,
    /// SHA-256 of the file.
    pub source_sha256: Option<String>,
    /// The citation.
    pub citation: Option<String>,
    /// The credit that the register's licence asks for.
    pub credit: &'static str,
}

/// A concern without its evidence, which `outflow show` tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FlatConcern {
    /// Rule.
    pub id: RuleId,
    /// Severity.
    pub severity: Severity,
    /// Standing.
    pub standing: Standing,
    /// The sentence.
    pub statement: String,
    /// What it does not prove.
    pub caveat: String,
    /// Whether the user has dismissed it.
    pub dismissed: bool,
}

impl FlatProject {
    /// A project as a document; `None` for one without versions, which no import makes.
    pub fn new(header: &Header, record: &Record, accessed: Option<Date>) -> Option<Self> {
        let project = &record.project;
        let latest = project.latest()?;
        let facts = Facts::of(project, header.lists_files(latest));
        let source = SourceReport::new(header, &latest.place);
        let (file, place, sha256) =
            source.map_or((None, None, None), |source| (Some(source.file), Some(source.place), Some(source.sha256)));
        let [objectives, processing, outputs, expected, yielded] = Section::ALL.map(|section| latest.section(section));
        let is_open = |concern: &&Concern| !matches!(record.stand(concern), Stand::Dismissed(_));
        let concerns = &record.findings.concerns;
        Some(Self {
            reference: project.reference.clone(),
            references: once(
                [project.reference.as_str()]
                    .into_iter()
                    .chain(of_versions(project, |version| Some(version.reference.as_str()))),
            ),
            title: latest.title.clone(),
            org: organisations(project),
            orgtype: once(of_versions(project, |version| version.organisation_type.as_deref())),
            controller: facts.controllers.clone(),
            dataset: once(facts.datasets.iter().map(|dataset| dataset.name.as_str())),
            legal: legal_bases(project, &facts),
            has: Section::ALL.into_iter().filter(|one| latest.section(*one).is_some()).map(name_of).collect(),
            benefits: expected.into_iter().chain(yielded.clone()).collect(),
            objectives,
            processing,
            outputs,
            yielded,
            optouts: facts.opt_outs.state,
            commercial: answer(facts.commercial),
            sublicensing: answer(facts.sublicensing),
            sensitive: sensitive(&facts.sensitivity),
            released: released(project, &facts),
            started: facts.term.start.map(Date::first_day).and_then(day),
            ends: facts.term.end.map(Date::last_day).and_then(day),
            types_of_data: facts.types_of_data,
            sensitivity: facts.sensitivity,
            access: facts.access,
            files: facts.releases.files,
            versions: project.versions.len(),
            concern: once_sorted(concerns.iter().map(|concern| concern.rule)),
            severity: once_sorted(concerns.iter().filter(is_open).map(|concern| concern.severity)),
            unsure: once_sorted(record.findings.cannot_tell.iter().map(|unknown| unknown.rule)),
            concerns: concerns.iter().map(|concern| FlatConcern::new(record, concern)).collect(),
            edition: header.edition.slug.clone(),
            wording: header.edition.wording,
            source_file: file,
            source_place: place,
            source_sha256: sha256,
            citation: source_line(header, record, None, accessed, Style::Plain),
            credit: CREDIT,
        })
    }
}

impl FlatConcern {
    fn new(record: &Record, concern: &Concern) -> Self {
        Self {
            id: concern.rule,
            severity: concern.severity,
            standing: concern.standing,
            statement: concern.statement.clone(),
            caveat: concern.caveat.clone(),
            dismissed: matches!(record.stand(concern), Stand::Dismissed(_)),
        }
    }
}

/// The name of a section in a query.
fn name_of(section: Section) -> &'static str {
    match section {
        Section::Objectives => "objectives",
        Section::Processing => "processing",
        Section::Outputs => "outputs",
        Section::ExpectedBenefits => "benefits",
        Section::YieldedBenefits => "yielded",
    }
}

/// An answer as a query writes it.
fn answer(answer: YesNo) -> &'static str {
    match answer {
        YesNo::Yes => "yes",
        YesNo::No => "no",
        YesNo::Mixed => "mixed",
        YesNo::NotStated => "not-stated",
    }
}

fn sensitive(values: &[String]) -> Option<&'static str> {
    let says_so = values.iter().any(|value| value.eq_ignore_ascii_case("sensitive"));
    (!values.is_empty()).then_some(if says_so { "yes" } else { "no" })
}

fn of_versions<'a>(
    project: &'a Project,
    value: impl Fn(&'a Version) -> Option<&'a str> + 'a,
) -> impl Iterator<Item = &'a str> {
    project.versions.iter().filter_map(value)
}

fn organisations(project: &Project) -> Vec<String> {
    let applied = of_versions(project, |version| Some(version.organisation.as_str()));
    let of_rows = project.releases().filter_map(|release| release.organisation.as_deref());
    once(applied.chain(of_rows).filter(|name| !name.is_empty()))
}

/// Those of the entries, of their datasets and of their files, as they are searched.
fn legal_bases(project: &Project, facts: &Facts) -> Vec<String> {
    let of_datasets = facts.datasets.iter().filter_map(|dataset| dataset.legal_basis.as_deref());
    let of_files = project.releases().filter_map(|release| release.legal_basis.as_deref());
    once(facts.legal_bases.iter().map(String::as_str).chain(of_datasets).chain(of_files))
}

fn released(project: &Project, facts: &Facts) -> Vec<String> {
    let mut months: Vec<Date> = project.releases().filter_map(|release| release.month).collect();
    if months.is_empty() {
        months.extend([facts.releases.first, facts.releases.last].into_iter().flatten());
    }
    once_sorted(months.into_iter().map(Date::whole_month)).into_iter().map(Date::first_day).filter_map(day).collect()
}

fn day(date: Date) -> Option<String> {
    YEARS.contains(&date.year()).then(|| date.to_string())
}

/// Different values in the order in which they first come.
fn once<'a>(values: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut known = std::collections::HashSet::new();
    values.filter(|value| known.insert(*value)).map(str::to_owned).collect()
}

fn once_sorted<T: Ord>(values: impl Iterator<Item = T>) -> Vec<T> {
    values.collect::<std::collections::BTreeSet<T>>().into_iter().collect()
}
