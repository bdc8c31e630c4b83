//! Fingerprints: enough of every version to tell which ones differ between two editions, without reading any whole.
//! Of 5,500 versions of the current register some hundred differ from one month to the next.

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use crate::names::Names;
use crate::register::{Listing, Project, Version};

use super::fields;

/// The fingerprints of a project's versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectFingerprint {
    /// The project's stem reference.
    pub stem: String,
    /// One for each version.
    pub versions: Vec<Fingerprint>,
    /// The names that its versions give.
    pub names: NameMarks,
}

/// The fingerprint of one version: equal where everything that is compared is equal to the letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    reference: String,
    entry: u64,
    files: u64,
}

/// Marks of the names that a project's versions give, each once, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameMarks {
    marks: Vec<u64>,
}

/// What a name is the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Who applied.
    Organisation,
    /// Who answers for the data.
    Controller,
    /// A dataset.
    Dataset,
}

impl NameMarks {
    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = u64> + '_ {
        self.marks.iter().copied()
    }
}

/// The fingerprint of a project.
pub fn fingerprint(project: &Project) -> ProjectFingerprint {
    let mut marks: Vec<u64> = project.versions.iter().flat_map(names).collect();
    marks.sort_unstable();
    marks.dedup();
    ProjectFingerprint {
        stem: project.reference.clone(),
        versions: project.versions.iter().map(of_version).collect(),
        names: NameMarks { marks },
    }
}

/// The mark of a name in a role: the same for all spellings of one name.
pub fn mark(role: Role, name: &str) -> u64 {
    let mut hash = Xxh3::with_seed(role as u64 + 1);
    let names = Names::built_in();
    let key = match role {
        Role::Organisation | Role::Controller => names.organisation_key(name),
        Role::Dataset => names.dataset_key(name),
    };
    hash.update(key.as_str().as_bytes());
    hash.digest()
}

fn names(version: &Version) -> Vec<u64> {
    let mut marks = vec![mark(Role::Organisation, &version.organisation)];
    marks.extend(version.controllers.iter().map(|name| mark(Role::Controller, name)));
    marks.extend(version.datasets.iter().map(|dataset| mark(Role::Dataset, &dataset.name)));
    marks
}

fn of_version(version: &Version) -> Fingerprint {
    let mut entry = Xxh3::new();
    entry.update(&[u8::from(version.listing == Listing::Entry)]);
    for (_, text) in fields::fields(version, fields::DatasetColumns::ALL) {
        // A field that is absent differs from an empty one, and no text runs into the next.
        entry.update(&[u8::from(text.is_some())]);
        entry.update(text.unwrap_or_default().as_bytes());
        entry.update(&[0xFF]);
    }
    // In which order the rows stand says nothing.
    let mut rows: Vec<u64> = version.releases.iter().map(row).collect();
    rows.sort_unstable();
    let mut files = Xxh3::new();
    for row in rows {
        files.update(&row.to_le_bytes());
    }
    Fingerprint { reference: version.reference.clone(), entry: entry.digest(), files: files.digest() }
}

fn row(release: &crate::register::Release) -> u64 {
    let month = release.month.map(|month| month.to_string());
    let cells = [
        release.id.as_deref(),
        Some(release.dataset.as_str()),
        release.organisation.as_deref(),
        release.type_of_data.as_deref(),
        release.sensitivity.as_deref(),
        release.legal_basis.as_deref(),
        release.frequency.as_deref(),
        release.opt_outs_as_published.as_deref(),
        month.as_deref(),
    ];
    let joined: Vec<&str> = cells.into_iter().map(Option::unwrap_or_default).collect();
    xxh3_64(joined.join("\u{1F}").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::Place;

    #[test]
    fn whatever_is_compared_is_in_it_and_nothing_else() {
        let version = |title: &str, row: u32| {
            let mut version = Version::new("NIC-1-v1.0", "A trust", Place::row(0, "Agreements", row));
            version.title = Some(title.to_owned());
            version
        };
        assert_eq!(of_version(&version("Beds", 2)), of_version(&version("Beds", 7)));
        assert_ne!(of_version(&version("Beds", 2)), of_version(&version("Beds ", 2)));
        let mut untitled = version("", 2);
        untitled.title = None;
        assert_ne!(of_version(&version("", 2)), of_version(&untitled));
    }

    #[test]
    fn a_mark_is_of_a_name_in_a_role() {
        assert_eq!(mark(Role::Controller, "NHS  ENGLAND"), mark(Role::Controller, "NHS England"));
        assert_ne!(mark(Role::Controller, "NHS England"), mark(Role::Organisation, "NHS England"));
    }
}
