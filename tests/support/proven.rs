//! A register of one project, with a concern for each way in which evidence leads.

use std::sync::Arc;

use outflow::concerns::{
    CannotTell, Concern, EditionFinding, Evidence, Examination, Findings, RuleId, Severity, Standing,
};
use outflow::index::Index;
use outflow::register::{
    Dataset, Date, DateRange, Edition, Field, Layout, OptOutState, Place, Project, Register, Release, ReleaseKind,
    Section, Sections, Source, Statement, Version,
};

const OBJECTIVES: &str = "Records of the county are joined.\n\
    The company is not permitted to:\n\
    - sell what it learns to insurers; or\n\
    - pass records on.";

fn date(text: &str) -> Option<Date> {
    text.parse().ok()
}

fn release(month: &str, dataset: &str, opt_outs: OptOutState, row: u32) -> Release {
    Release {
        kind: ReleaseKind::of(None, dataset, None),
        id: Some(format!("FILE{row}")),
        organisation: None,
        dataset: dataset.into(),
        type_of_data: Some("Identifiable".into()),
        sensitivity: None,
        legal_basis: None,
        confidentiality: None,
        frequency: None,
        opt_outs,
        opt_outs_as_published: None,
        month: date(month),
        place: Place::row(0, "DataReleases", row),
    }
}

fn version(number: &str, start: &str, end: &str, row: u32) -> Version {
    let mut version =
        Version::new(&format!("DARS-NIC-1-AAAAA-v{number}"), "FENLAND INSIGHT LTD", Place::row(0, "Agreements", row));
    version.title = Some("Beds of the county".to_owned());
    version.term = DateRange { start: date(start), end: date(end) };
    version.types_of_data = vec!["Identifiable".to_owned()];
    let dataset = |name: &str| Dataset { name: name.into(), ..Dataset::default() };
    version.datasets = vec![dataset("Births"), dataset("Hospital Episode Statistics Admitted Patient Care")];
    let sections = Sections { objectives: Some(OBJECTIVES.to_owned()), ..Sections::default() };
    version.statements = vec![Statement { sections, place: version.place.clone() }];
    version
}

fn evidence(field: Field, quote: &str, place: Place) -> Evidence {
    Evidence { field, quote: quote.to_owned(), place }
}

fn concern(rule: RuleId, evidence: Vec<Evidence>) -> Concern {
    Concern {
        rule,
        severity: Severity::Medium,
        standing: Standing::Question,
        statement: "The register says what is quoted here.".to_owned(),
        evidence,
        caveat: "It proves nothing else.".to_owned(),
        files: 0,
        organisations: vec!["FENLAND INSIGHT LTD".to_owned()],
        key: rule.to_string(),
    }
}

/// One project with two versions, a gap, files, and a concern for each way that evidence leads.
pub(crate) fn index() -> Arc<Index> {
    let mut first = version("1.0", "2019-03-01", "2020-02-29", 2);
    first.releases = vec![
        release("2019-05", "Births", OptOutState::Applied, 10),
        release("2019-05", "Births", OptOutState::NotApplied, 11),
        release("2019-05", "Births", OptOutState::NotApplied, 12),
        release("2020-06", "Births", OptOutState::NotStated, 40),
    ];
    let mut second = version("2.0", "2020-09-15", "2024-09-14", 3);
    let hes = "Hospital Episode Statistics Admitted Patient Care";
    second.releases = (0..14).map(|number| release("2021-01", hes, OptOutState::NotApplied, 100 + number)).collect();
    second.releases.push(release("2021-02", "HES Data Interrogation System", OptOutState::NotStated, 200));
    let row = |row| Place::row(0, "DataReleases", row);
    let entry = || Place::row(0, "Agreements", 3);
    let objectives = Field::Section(Section::Objectives);
    let concerns = vec![
        concern(
            RuleId::MixedOptOuts,
            vec![
                evidence(Field::Release, "FILE10", row(10)),
                evidence(Field::Release, "FILE11", row(11)),
                evidence(Field::Release, "FILE103", row(103)),
            ],
        ),
        concern(
            RuleId::CommercialWords,
            vec![
                evidence(objectives, "The company is not permitted to:\nsell what it learns to insurers", entry()),
                evidence(Field::TypeOfData, "Identifiable", entry()),
            ],
        ),
        concern(RuleId::FrozenText, vec![evidence(objectives, "words of another version", entry())]),
        concern(RuleId::Orphan, vec![evidence(Field::Release, "FILE900", row(900))]),
    ];
    let register = Register {
        edition: Edition { slug: "2023-06".to_owned(), date: date("2023-06"), ..Edition::default() },
        sources: vec![Source {
            file: "datausesregister_june2023.xlsx".to_owned(),
            sha256: "0".repeat(64),
            layout: Layout::DataUsesRegister,
            date: date("2023-06"),
            lacks: Vec::new(),
        }],
        projects: vec![Project { reference: "DARS-NIC-1-AAAAA".to_owned(), versions: vec![first, second] }],
        ..Register::default()
    };
    let why = "the register does not say who the members are".to_owned();
    let findings =
        Findings { concerns, cannot_tell: vec![CannotTell { rule: RuleId::GpRecords, why }], ..Findings::default() };
    let edition = vec![EditionFinding {
        rule: RuleId::RemovedFromRegister,
        statement: "The edition of May 2023 listed 2 agreements that this one does not.".to_owned(),
        caveat: "The register gives no reason.".to_owned(),
        references: vec!["DARS-NIC-7-GGGGG".to_owned(), "DARS-NIC-8-HHHHH".to_owned()],
    }];
    let examination = Examination { projects: vec![findings], edition };
    Arc::new(Index::in_memory(&register, || examination).unwrap())
}
