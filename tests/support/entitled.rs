//! Agreements of our own making, as the Data Uses Register lists them: versions, their rows of datasets, their files.

use super::agreements::{Agreed, data_uses};
use outflow::register::{
    Answer, Dataset, Date, DateRange, OptOutState, Place, Register, Release, ReleaseKind, Repeated, Section, Sections,
    Statement, Version, YesNo,
};

/// A row of the sheet of datasets; what is empty is not published.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'a> {
    pub(crate) dataset: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) sensitivity: &'a str,
    pub(crate) legal_basis: &'a str,
    pub(crate) confidentiality: &'a str,
}

/// An ordinary row, to be changed.
pub(crate) const ROW: Row<'static> = Row {
    dataset: "Emergency Care Data Set (ECDS)",
    kind: "Anonymised - ICO Code Compliant",
    sensitivity: "Non-Sensitive",
    legal_basis: "Health and Social Care Act 2012 - s261(2)(a)",
    confidentiality: "Does not include the flow of confidential data",
};

/// A version of an agreement: started in 2021, not commercial, its applicant the only controller.
pub(crate) fn version(reference: &str) -> Version {
    let mut version = Version::new(reference, "A trust", Place::row(0, "Agreements", 2));
    version.organisation_type = Some("NHS Trust".to_owned());
    version.controllers = vec!["A trust".to_owned()];
    version.term = DateRange { start: Date::day(2021, 2, 1), end: Date::day(2030, 1, 31) };
    version.commercial = Answer { value: YesNo::No, as_published: Some("No".to_owned()) };
    let mut sections = Sections::default();
    for section in [Section::Objectives, Section::ExpectedBenefits] {
        sections.set(section, Some(format!("{}: it is asked how long people wait.", section.name())));
    }
    version.statements.push(Statement { sections, place: Place::row(0, "Agreements", 2) });
    version
}

/// Adds a row of a dataset.
pub(crate) fn with_dataset(mut version: Version, row: Row<'_>) -> Version {
    let published = |value: &str| (!value.is_empty()).then(|| Repeated::from(value));
    version.types_of_data.extend(published(row.kind).as_ref().map(String::from));
    version.legal_bases.extend(published(row.legal_basis).as_ref().map(String::from));
    version.datasets.push(Dataset {
        name: row.dataset.into(),
        type_of_data: published(row.kind),
        sensitivity: published(row.sensitivity),
        frequency: Some("Ongoing".into()),
        legal_basis: published(row.legal_basis),
        confidentiality: published(row.confidentiality),
        place: Some(Place::row(0, "Datasets", 2)),
    });
    version
}

/// Adds a file with the cells of a row, an answer on opt-outs and a month; an empty month is not published.
pub(crate) fn with_file(mut version: Version, row: Row<'_>, answer: &str, month: &str) -> Version {
    let published = |value: &str| (!value.is_empty()).then(|| Repeated::from(value));
    let opt_outs = match answer {
        "Yes" => OptOutState::Applied,
        "No" => OptOutState::NotApplied,
        _ => OptOutState::NotStated,
    };
    let number = u32::try_from(version.releases.len()).unwrap() + 2;
    version.opt_outs.state = version.opt_outs.state.and(opt_outs);
    version.releases.push(Release {
        kind: ReleaseKind::File,
        id: Some(format!("FILE{number}")),
        organisation: None,
        dataset: row.dataset.into(),
        type_of_data: published(row.kind),
        sensitivity: published(row.sensitivity),
        legal_basis: published(row.legal_basis),
        confidentiality: None,
        frequency: Some("Ongoing".into()),
        opt_outs,
        opt_outs_as_published: published(answer),
        month: (!month.is_empty()).then(|| month.parse().unwrap()),
        place: Place::row(0, "DataReleases", number),
    });
    version
}

/// The Data Uses Register of September 2026 with these versions.
pub(crate) fn uses(versions: Vec<Version>) -> Register {
    data_uses(&versions.into_iter().map(|version| Agreed { version }).collect::<Vec<_>>())
}
