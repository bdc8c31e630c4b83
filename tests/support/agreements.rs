//! Data Uses Registers of our own making, in memory: versions with terms, their datasets, and files with months.

use outflow::register::{
    Dataset, Date, Edition, Layout, Listing, OptOutState, Place, Project, Register, Release, ReleaseKind, Repeated,
    Section, Sections, Source, Statement, Version, YesNo, stem_of,
};

/// One version of an agreement: its entry, datasets and files.
#[derive(Debug, Clone)]
pub(crate) struct Agreed {
    pub(crate) version: Version,
}

impl Agreed {
    /// An academic version with these dates; what is empty is not published.
    pub(crate) fn new(reference: &str, start: &str, end: &str) -> Self {
        let mut version = Version::new(reference, "A university", Place::row(0, "Agreements", 2));
        version.title = Some("How long people wait for a bed".to_owned());
        version.organisation_type = Some("Academic".to_owned());
        version.controllers = vec!["A university".to_owned()];
        (version.term.start, version.term.end) = (start.parse().ok(), end.parse().ok());
        for answer in [&mut version.commercial, &mut version.sublicensing] {
            (answer.value, answer.as_published) = (YesNo::No, Some("No".to_owned()));
        }
        let mut sections = Sections::default();
        for section in Section::ALL {
            sections.set(section, Some("What this entry says of itself is long enough to be read. ".repeat(3)));
        }
        version.statements.push(Statement { sections, place: version.place.clone() });
        Self { version }
    }

    /// A version that rows alone name.
    pub(crate) fn rows_only(reference: &str) -> Self {
        let listing = Listing::RowsOnly;
        Self { version: Version { listing, ..Version::new(reference, "", Place::row(0, "DataReleases", 2)) } }
    }

    /// The organisation that applied.
    pub(crate) fn of(mut self, organisation: &str) -> Self {
        organisation.clone_into(&mut self.version.organisation);
        self
    }

    /// Any other change of the entry.
    pub(crate) fn but(mut self, change: impl Fn(&mut Version)) -> Self {
        change(&mut self.version);
        self
    }

    /// A row of the sheet of datasets, by name, type, sensitivity and confidentiality.
    pub(crate) fn dataset(mut self, name: &str, kind: &str, sensitivity: &str, confidentiality: &str) -> Self {
        let number = u32::try_from(self.version.datasets.len()).unwrap() + 2;
        self.version.datasets.push(Dataset {
            name: name.into(),
            type_of_data: published(kind),
            sensitivity: published(sensitivity),
            frequency: Some("Ongoing".into()),
            legal_basis: Some("Health and Social Care Act 2012 - s261(2)(a)".into()),
            confidentiality: published(confidentiality),
            place: Some(Place::row(0, "Datasets", number)),
        });
        self
    }

    /// A file of the first dataset, or of "Births", in a month; `""` is a row without one.
    pub(crate) fn file(mut self, month: &str) -> Self {
        let dataset = self.version.datasets.first().map_or("Births", |dataset| dataset.name.as_str());
        let kind = self.version.datasets.first().and_then(|dataset| dataset.type_of_data.clone());
        let number = u32::try_from(self.version.releases.len()).unwrap() + 2;
        self.version.releases.push(Release {
            kind: ReleaseKind::File,
            id: Some(format!("FILE{number}")),
            organisation: None,
            dataset: dataset.into(),
            type_of_data: kind,
            sensitivity: Some("Sensitive".into()),
            legal_basis: Some("Health and Social Care Act 2012 - s261(2)(a)".into()),
            confidentiality: None,
            frequency: Some("Ongoing".into()),
            opt_outs: OptOutState::NotApplied,
            opt_outs_as_published: Some("No".into()),
            month: (!month.is_empty()).then(|| month.parse().unwrap()),
            place: Place::row(0, "DataReleases", number),
        });
        self
    }

    /// A file in each of so many months on end.
    pub(crate) fn files_from(self, month: &str, months: i32) -> Self {
        let first: Date = month.parse().unwrap();
        (0..months).fold(self, |agreed, later| agreed.file(&first.after_months(later).unwrap().to_string()))
    }

    /// A row of access to the publisher's systems in a month.
    pub(crate) fn access(mut self, month: &str) -> Self {
        self = self.file(month);
        if let Some(release) = self.version.releases.last_mut() {
            release.kind = ReleaseKind::SystemAccess;
            release.frequency = Some("System Access".into());
        }
        self.version.access.push("System Access".to_owned());
        self
    }
}

/// The Data Uses Register of September 2026 with these versions, in this order.
pub(crate) fn data_uses(agreed: &[Agreed]) -> Register {
    let date = Date::month(2026, 9);
    let source = Source {
        file: "datausesregister_september2026.xlsx".to_owned(),
        sha256: "0".repeat(64),
        layout: Layout::DataUsesRegister,
        date,
        lacks: Vec::new(),
    };
    let edition = Edition { slug: "2026-09".to_owned(), date, ..Edition::default() };
    let mut register = Register { edition, sources: vec![source], ..Register::default() };
    for Agreed { version } in agreed {
        let stem = stem_of(&version.reference).to_owned();
        let at = register.projects.iter().position(|project| project.reference == stem);
        let at = at.unwrap_or_else(|| {
            register.projects.push(Project { reference: stem, versions: Vec::new() });
            register.projects.len() - 1
        });
        register.projects[at].versions.push(version.clone());
        register.projects[at].versions.sort_by(|one, other| one.number.cmp(&other.number));
    }
    register
}

/// The same as read of a file that lacks a sheet.
pub(crate) fn data_uses_without(sheet: &str, agreed: &[Agreed]) -> Register {
    let mut register = data_uses(agreed);
    register.sources[0].lacks.push(sheet.to_owned());
    register
}

fn published(value: &str) -> Option<Repeated> {
    (!value.is_empty()).then(|| value.into())
}
