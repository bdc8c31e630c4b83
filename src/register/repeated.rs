//! Values that many rows of a register repeat: dataset, type of data, legal basis, the name of the sheet.

use std::collections::HashSet;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Dataset, Place, Position, Project, Release};

/// A published value of which a register has far fewer than rows that give it: equal ones can stand in memory once. A register of
/// 104,000 rows of files, kept as texts of their own, took a third more memory than with these.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Repeated(Arc<str>);

impl Repeated {
    /// The value itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Repeated {
    fn default() -> Self {
        Self(Arc::from(""))
    }
}

impl Deref for Repeated {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Repeated {
    fn from(value: &str) -> Self {
        Self(Arc::from(value))
    }
}

impl From<String> for Repeated {
    fn from(value: String) -> Self {
        Self(Arc::from(value))
    }
}

impl From<&Repeated> for String {
    fn from(value: &Repeated) -> Self {
        value.0.as_ref().to_owned()
    }
}

impl PartialEq<str> for Repeated {
    fn eq(&self, other: &str) -> bool {
        &*self.0 == other
    }
}

impl PartialEq<&str> for Repeated {
    fn eq(&self, other: &&str) -> bool {
        &*self.0 == *other
    }
}

impl PartialEq<String> for Repeated {
    fn eq(&self, other: &String) -> bool {
        &*self.0 == other.as_str()
    }
}

impl fmt::Debug for Repeated {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl fmt::Display for Repeated {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

// As text, so that files and messages hold what they would of a `String`.
impl Serialize for Repeated {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Repeated {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

/// The values that a register repeats, each once.
#[derive(Debug, Default)]
pub struct Sharing(HashSet<Repeated>);

impl Sharing {
    /// Lets equal values of a project stand where those of projects before it stand.
    pub fn project(&mut self, project: &mut Project) {
        for version in &mut project.versions {
            self.place(&mut version.place);
            for statement in &mut version.statements {
                self.place(&mut statement.place);
            }
            for dataset in &mut version.datasets {
                self.dataset(dataset);
            }
            for release in &mut version.releases {
                self.release(release);
            }
        }
    }

    /// The same for a dataset.
    pub fn dataset(&mut self, dataset: &mut Dataset) {
        self.value(&mut dataset.name);
        let Dataset { type_of_data, sensitivity, frequency, legal_basis, confidentiality, .. } = dataset;
        let values = [type_of_data, sensitivity, frequency, legal_basis, confidentiality];
        values.into_iter().flatten().for_each(|value| self.value(value));
        dataset.place.iter_mut().for_each(|place| self.place(place));
    }

    /// The same for a row of the list of releases.
    pub fn release(&mut self, release: &mut Release) {
        self.value(&mut release.dataset);
        let Release { organisation, type_of_data, sensitivity, legal_basis, confidentiality, .. } = release;
        let values = [organisation, type_of_data, sensitivity, legal_basis, confidentiality];
        let answers = [&mut release.frequency, &mut release.opt_outs_as_published];
        values.into_iter().chain(answers).flatten().for_each(|value| self.value(value));
        self.place(&mut release.place);
    }

    fn place(&mut self, place: &mut Place) {
        if let Position::Row { sheet, .. } = &mut place.position {
            self.value(sheet);
        }
    }

    fn value(&mut self, value: &mut Repeated) {
        if let Some(known) = self.0.get(value) {
            value.clone_from(known);
        } else {
            self.0.insert(value.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::{OptOutState, ReleaseKind, Version};

    fn release(row: u32) -> Release {
        Release {
            kind: ReleaseKind::File,
            id: Some(format!("FILE#{row}")),
            organisation: Some("A trust".into()),
            dataset: "HES APC".into(),
            type_of_data: Some("Identifiable".into()),
            sensitivity: Some("Sensitive".into()),
            legal_basis: Some("Health and Social Care Act 2012".into()),
            confidentiality: Some("Consent".into()),
            frequency: Some("One-Off".into()),
            opt_outs: OptOutState::Applied,
            opt_outs_as_published: Some("Yes".into()),
            month: None,
            place: Place::row(0, "DataReleases", row),
        }
    }

    fn project(number: u32) -> Project {
        let mut version = Version::new(&format!("NIC-{number}-v1"), "A trust", Place::row(0, "Agreements", number));
        let dataset = Dataset {
            name: "HES APC".into(),
            type_of_data: Some("Identifiable".into()),
            place: Some(Place::row(0, "Datasets", number)),
            ..Dataset::default()
        };
        version.datasets.push(dataset);
        version.releases = vec![release(number), release(number + 1)];
        Project { reference: format!("NIC-{number}"), versions: vec![version] }
    }

    /// Where each value of a project stands in memory.
    fn addresses(project: &Project) -> Vec<*const u8> {
        let version = &project.versions[0];
        let mut all = Vec::new();
        let mut place = |place: &Place| match &place.position {
            Position::Row { sheet, .. } => all.push(sheet.as_ptr()),
            Position::Line(_) => {}
        };
        place(&version.place);
        version.datasets.iter().filter_map(|dataset| dataset.place.as_ref()).for_each(&mut place);
        version.releases.iter().for_each(|release| place(&release.place));
        for dataset in &version.datasets {
            all.push(dataset.name.as_ptr());
            all.extend(dataset.type_of_data.iter().map(|value| value.as_ptr()));
        }
        for release in &version.releases {
            all.push(release.dataset.as_ptr());
            let values = [
                &release.organisation,
                &release.type_of_data,
                &release.sensitivity,
                &release.legal_basis,
                &release.confidentiality,
                &release.frequency,
                &release.opt_outs_as_published,
            ];
            all.extend(values.into_iter().flatten().map(|value| value.as_ptr()));
        }
        all
    }

    #[test]
    fn equal_values_of_a_register_stand_in_memory_once() {
        let published = [project(1), project(2)];
        let mut shared = published.clone().map(|project| {
            // Read anew, so that nothing is shared yet.
            serde_json::from_str::<Project>(&serde_json::to_string(&project).unwrap()).unwrap()
        });
        assert_ne!(addresses(&shared[0]), addresses(&shared[1]));
        let mut sharing = Sharing::default();
        for project in &mut shared {
            sharing.project(project);
        }
        assert_eq!(shared, published);
        assert_eq!(addresses(&shared[0]), addresses(&shared[1]));
        let [row, next] = shared[0].versions[0].releases.as_slice() else { panic!("two rows") };
        assert_eq!(row.dataset.as_ptr(), next.dataset.as_ptr());
        assert_eq!(row.dataset.as_ptr(), shared[0].versions[0].datasets[0].name.as_ptr());
    }

    #[test]
    fn a_value_is_written_as_text() {
        let value = Repeated::from("Sensitive");
        assert_eq!(serde_json::to_string(&value).unwrap(), "\"Sensitive\"");
        assert_eq!(postcard::to_stdvec(&value).unwrap(), postcard::to_stdvec("Sensitive").unwrap());
    }
}
