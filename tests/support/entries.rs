//! Registers of our own making, for rules and searches.

use outflow::register::{
    Dataset, Date, Edition, Layout, OptOutState, Place, Project, Register, Release, ReleaseKind, Repeated, Section,
    Sections, Source, Statement, Version, stem_of,
};

/// A workbook's row, and whose it is.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    reference: String,
    organisation: String,
    release: Option<Release>,
    objective_only: bool,
}

impl Entry {
    /// An entry without a row yet.
    pub(crate) fn new(reference: &str) -> Self {
        let organisation = "A trust".to_owned();
        Self { reference: reference.to_owned(), organisation, release: None, objective_only: false }
    }

    /// The organisation that the entry is of.
    pub(crate) fn of(mut self, organisation: &str) -> Self {
        organisation.clone_into(&mut self.organisation);
        self
    }

    /// A file: dataset, type of data, legal basis and answer on opt-outs; what is empty is not published.
    pub(crate) fn file(mut self, dataset: &str, kind: &str, basis: &str, answer: &str) -> Self {
        let published = |value: &str| (!value.is_empty()).then(|| Repeated::from(value));
        self.release = Some(Release {
            kind: ReleaseKind::File,
            id: None,
            organisation: None,
            dataset: dataset.into(),
            type_of_data: published(kind),
            sensitivity: None,
            legal_basis: published(basis),
            confidentiality: None,
            frequency: None,
            opt_outs: match answer {
                "Y" => OptOutState::Applied,
                "N" => OptOutState::NotApplied,
                _ => OptOutState::NotStated,
            },
            opt_outs_as_published: published(answer),
            month: None,
            place: Place::row(0, "DataReleases", 2),
        });
        self
    }

    /// Access to the publisher's systems: no file.
    pub(crate) fn access(self, dataset: &str, answer: &str) -> Self {
        let mut entry = self.file(dataset, "Identifiable", "Act, section 1", answer);
        if let Some(release) = &mut entry.release {
            release.kind = ReleaseKind::SystemAccess;
        }
        entry
    }

    /// The month of the row.
    pub(crate) fn in_month(mut self, month: &str) -> Self {
        if let Some(release) = &mut self.release {
            release.month = Some(month.parse().unwrap());
        }
        self
    }

    /// An old entry, which holds everything in its objective.
    pub(crate) fn objective_only(mut self) -> Self {
        self.objective_only = true;
        self
    }
}

/// A workbook of 2017 with these rows.
pub(crate) fn workbook(entries: &[Entry]) -> Register {
    let mut register = register(Layout::ReleaseRegister, "ReleaseRegister-sep-nov-2017.xlsx", Date::month(2017, 11));
    for entry in entries {
        let at = register.projects.iter().position(|project| project.reference == stem_of(&entry.reference));
        let at = at.unwrap_or_else(|| {
            register.projects.push(Project { reference: stem_of(&entry.reference).to_owned(), versions: Vec::new() });
            register.projects.len() - 1
        });
        let versions = &mut register.projects[at].versions;
        if !versions.iter().any(|version| version.reference == entry.reference) {
            let place = Place::row(0, "PurposeStatements", 2);
            let mut version = Version::new(&entry.reference, &entry.organisation, place.clone());
            let mut sections = filled();
            if entry.objective_only {
                sections = Sections { objectives: sections.objectives, ..Sections::default() };
            }
            version.statements.push(Statement { sections, place });
            versions.push(version);
        }
        let version = versions.iter_mut().find(|version| version.reference == entry.reference).unwrap();
        let Some(release) = entry.release.clone() else { continue };
        version.legal_bases.extend(release.legal_basis.as_ref().map(String::from));
        version.types_of_data.extend(release.type_of_data.as_ref().map(String::from));
        version.opt_outs.state = version.opt_outs.state.and(release.opt_outs);
        version.datasets.push(Dataset { name: release.dataset.clone(), ..Dataset::default() });
        version.releases.push(release);
    }
    register
}

/// A page of March 2026 with one project, whose entry can be changed.
pub(crate) fn page(change: impl Fn(&mut Version)) -> Register {
    let mut register = register(Layout::Page2025, "page.txt", None);
    register.edition.date = Date::month(2026, 3);
    let place = Place::line(0, 5);
    let mut version = Version::new("NIC-1-A", "A trust", place.clone());
    version.legal_bases = vec!["Health and Social Care Act 2012 - s261(7)".to_owned()];
    version.statements.push(Statement { sections: filled(), place });
    change(&mut version);
    register.projects.push(Project { reference: "NIC-1-A".to_owned(), versions: vec![version] });
    register
}

fn register(layout: Layout, file: &str, date: Option<Date>) -> Register {
    let source = Source { file: file.to_owned(), sha256: "0".repeat(64), layout, date, lacks: Vec::new() };
    let edition = Edition { slug: "own".to_owned(), date, ..Edition::default() };
    Register { edition, sources: vec![source], ..Register::default() }
}

fn filled() -> Sections {
    let mut sections = Sections::default();
    for section in Section::ALL {
        sections.set(section, Some("What this entry says of itself is long enough to be read. ".repeat(3)));
    }
    sections
}

/// Projects of so many organisations with the same words, each with a sentence of its own.
pub(crate) fn alike(organisations: usize) -> Register {
    let entries: Vec<Entry> =
        (0..organisations).map(|at| Entry::new(&format!("A-{at}")).of(&format!("Council number {at}"))).collect();
    let mut register = workbook(&entries);
    let sentence = |at: usize| format!("The council shall use record {at} for planning as section {at} asks it to. ");
    let template = (0..40).map(sentence).collect::<Vec<_>>().concat();
    for (at, project) in register.projects.iter_mut().enumerate() {
        let own = format!("{template}Only council {at} does this, with re-identification of matter {at}.");
        for section in [Section::Objectives, Section::Outputs, Section::ExpectedBenefits] {
            let text = if section == Section::Objectives { own.clone() } else { format!("Own words {at} of its own.") };
            project.versions[0].statements[0].sections.set(section, Some(text));
        }
    }
    register
}
