//! A project and its versions.

use serde::{Deserialize, Serialize};

use super::{
    Answer, Date, DateRange, Field, OptOuts, Place, Release, ReleaseKind, Repeated, Section, Sections, Statement,
    VersionNumber,
};

/// One data sharing agreement, under its stem reference.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Project {
    /// The reference without its version: `DARS-NIC-00574-V2H1F`.
    pub reference: String,
    /// Its versions in this edition, oldest first by number; never empty once imported.
    pub versions: Vec<Version>,
}

impl Project {
    /// The version with the highest number, of those that have an entry if any has.
    pub fn latest(&self) -> Option<&Version> {
        self.versions.get(self.latest_at()?)
    }

    /// Where the latest version stands among the versions.
    pub fn latest_at(&self) -> Option<usize> {
        let entry = self.versions.iter().rposition(|version| version.listing == Listing::Entry);
        entry.or_else(|| self.versions.len().checked_sub(1))
    }

    /// All releases of all versions, in published order within a version.
    pub fn releases(&self) -> impl Iterator<Item = &Release> {
        self.versions.iter().flat_map(|version| &version.releases)
    }

    /// The files among the releases.
    pub fn files(&self) -> impl Iterator<Item = &Release> {
        self.releases().filter(|release| release.kind == ReleaseKind::File)
    }
}

/// One renewal or amendment of a project: one row, or one block, of the register.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// The reference as published, trimmed: `DARS-NIC-00574-V2H1F-v4.2`.
    pub reference: String,
    /// The number at the reference's end.
    pub number: VersionNumber,
    /// The title, where the layout has one.
    pub title: Option<String>,
    /// Whether the entry itself is published, or only rows that name its reference.
    #[serde(default)]
    pub listing: Listing,
    /// Who applied; empty where the entry itself is not published.
    pub organisation: String,
    /// What kind of organisation it is, as published.
    pub organisation_type: Option<String>,
    /// Who answers for the data.
    pub controllers: Vec<String>,
    /// Whether the controllers are sole or joint, as published.
    pub joint: Option<String>,
    /// The agreement's term.
    pub term: DateRange,
    /// Whether opt-outs were applied.
    pub opt_outs: OptOuts,
    /// The publisher's powers to share, as published.
    pub legal_bases: Vec<String>,
    /// Whether the use is commercial.
    pub commercial: Answer,
    /// Whether data may be passed on.
    pub sublicensing: Answer,
    /// `Sensitive`, `Non-Sensitive` or both, as published.
    pub sensitivity: Vec<String>,
    /// `Identifiable`, `Anonymised - ICO Code Compliant` and so on, as published.
    pub types_of_data: Vec<String>,
    /// How the data is reached and how often: `One-Off`, `Ongoing`, `System Access`.
    pub access: Vec<String>,
    /// A sentence that a page adds about system access.
    pub access_note: Option<String>,
    /// The datasets that are named.
    pub datasets: Vec<Dataset>,
    /// The rows of the list of releases.
    pub releases: Vec<Release>,
    /// The first and last month of release, where a page gives only these.
    pub released: DateRange,
    /// Minutes of the advisory group, by file name.
    pub minutes: Vec<String>,
    /// Statements of purpose that differ, in published order.
    pub statements: Vec<Statement>,
    /// Rows that a later edition adds to an earlier one: shown, and counted nowhere.
    pub amendments: Vec<Amendment>,
    /// Index into [`super::Register::pages`], for a version read from a page.
    pub page: Option<usize>,
    /// Where the entry begins.
    pub place: Place,
    /// Where single fields stand, for layouts that give each a line of its own.
    pub places: Vec<(Field, Place)>,
}

/// How a version stands in the register.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Listing {
    /// It has an entry of its own.
    #[default]
    Entry,
    /// Datasets or files name its reference, and no entry does: nothing says whose they are.
    RowsOnly,
}

impl Version {
    /// An entry that holds only what every layout has.
    pub fn new(reference: &str, organisation: &str, place: Place) -> Self {
        Self {
            reference: reference.trim().to_owned(),
            number: super::version_of(reference),
            title: None,
            listing: Listing::Entry,
            organisation: organisation.trim().to_owned(),
            organisation_type: None,
            controllers: Vec::new(),
            joint: None,
            term: DateRange::default(),
            opt_outs: OptOuts::default(),
            legal_bases: Vec::new(),
            commercial: Answer::default(),
            sublicensing: Answer::default(),
            sensitivity: Vec::new(),
            types_of_data: Vec::new(),
            access: Vec::new(),
            access_note: None,
            datasets: Vec::new(),
            releases: Vec::new(),
            released: DateRange::default(),
            minutes: Vec::new(),
            statements: Vec::new(),
            amendments: Vec::new(),
            page: None,
            place,
            places: Vec::new(),
        }
    }

    /// Where a field stands: its own line if the layout gives it one, else where the entry begins.
    pub fn place_of(&self, field: Field) -> &Place {
        self.places.iter().find(|(named, _)| *named == field).map_or(&self.place, |(_, place)| place)
    }

    /// The text of a section: what its statements say, each different text once, joined by a blank line.
    pub fn section(&self, section: Section) -> Option<String> {
        let mut texts: Vec<&str> = Vec::new();
        for text in self.statements.iter().filter_map(|statement| statement.sections.get(section)) {
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        (!texts.is_empty()).then(|| texts.join("\n\n"))
    }

    /// All sections, as [`Version::section`] joins them.
    pub fn sections(&self) -> Sections {
        let mut sections = Sections::default();
        for section in Section::ALL {
            sections.set(section, self.section(section));
        }
        sections
    }

    /// The first and last month in which something was released, from the rows or from what a page gives.
    pub fn release_months(&self) -> DateRange {
        let months = || self.releases.iter().filter_map(|release| release.month);
        let rows = DateRange { start: months().min(), end: months().max() };
        self.released.union(rows)
    }
}

/// A dataset that an entry names, with what is said of it there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dataset {
    /// Its name as published.
    pub name: Repeated,
    /// Type of data as published.
    pub type_of_data: Option<Repeated>,
    /// Sensitivity as published.
    pub sensitivity: Option<Repeated>,
    /// Frequency as published.
    pub frequency: Option<Repeated>,
    /// Legal basis as published.
    pub legal_basis: Option<Repeated>,
    /// Basis in the law of confidentiality, as published.
    pub confidentiality: Option<Repeated>,
    /// Where it is named.
    pub place: Option<Place>,
}

/// A dataset with what is said of it, on one line: `Births (Identifiable; Sensitive)`.
pub fn described<'a>(name: &str, details: impl IntoIterator<Item = &'a Option<Repeated>>) -> String {
    let details: Vec<&str> = details.into_iter().filter_map(|value| value.as_deref()).collect();
    if details.is_empty() { name.to_owned() } else { format!("{name} ({})", details.join("; ")) }
}

/// A row that amends an earlier edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amendment {
    /// Heading and value of each cell that is not empty, as published.
    pub cells: Vec<(String, String)>,
    /// Why it was added, as published.
    pub reason: Option<String>,
    /// The month, where one is given.
    pub month: Option<Date>,
    /// Where the row stands.
    pub place: Place,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_without_an_entry_do_not_hide_one() {
        let version = |reference: &str, listing| Version { listing, ..Version::new(reference, "", Place::line(0, 1)) };
        let mut project = Project {
            reference: "NIC-1".to_owned(),
            versions: vec![version("NIC-1-v1.0", Listing::Entry), version("NIC-1-v2.0", Listing::RowsOnly)],
        };
        assert_eq!(project.latest().map(|latest| latest.reference.as_str()), Some("NIC-1-v1.0"));
        project.versions.remove(0);
        assert_eq!(project.latest().map(|latest| latest.reference.as_str()), Some("NIC-1-v2.0"));
    }

    #[test]
    fn different_statements_are_joined_and_equal_ones_shown_once() {
        let mut version = Version::new("NIC-1 ", "A council", Place::line(0, 1));
        for objectives in ["One", "Two", "One"] {
            let sections = Sections { objectives: Some(objectives.to_owned()), ..Sections::default() };
            version.statements.push(Statement { sections, place: Place::line(0, 2) });
        }
        assert_eq!(version.reference, "NIC-1");
        assert_eq!(version.section(Section::Objectives).as_deref(), Some("One\n\nTwo"));
        assert_eq!(version.section(Section::Outputs), None);
    }
}
