//! Finding a project by its reference, however it is written.

use serde::{Deserialize, Serialize};

use super::{Index, IndexError, ProjectId};
use crate::register::{Project, plain_reference};

/// The references of an edition: of each project its stem, then its versions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct References(Vec<(String, Vec<String>)>);

impl References {
    pub(super) fn of(projects: &[Project]) -> Self {
        let versions = |project: &Project| project.versions.iter().map(|version| version.reference.clone()).collect();
        Self(projects.iter().map(|project| (project.reference.clone(), versions(project))).collect())
    }

    /// The stem of each project, in the register's order.
    pub(super) fn stems(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(stem, _)| stem.as_str())
    }

    fn find(&self, written: &str) -> Vec<ProjectId> {
        let wanted = plain_reference(written);
        if wanted.is_empty() {
            return Vec::new();
        }
        let matching = |fits: &dyn Fn(&str) -> bool| -> Vec<ProjectId> {
            let fit = self.0.iter().enumerate().filter(|(_, (stem, versions))| {
                fits(&plain_reference(stem)) || versions.iter().any(|version| fits(&plain_reference(version)))
            });
            fit.filter_map(|(number, _)| u32::try_from(number).ok().map(ProjectId)).collect()
        };
        // As written, then without the version's number, then as a beginning that ends where a part ends.
        let whole = matching(&|reference| reference == wanted);
        if !whole.is_empty() {
            return whole;
        }
        let stem = without_version(&wanted);
        let stems = matching(&|reference| reference == stem);
        if !stems.is_empty() {
            return stems;
        }
        matching(&|reference| reference.strip_prefix(wanted.as_str()).is_some_and(|rest| rest.starts_with('-')))
    }
}

impl Index {
    /// The projects that a reference fits: in any case, with or without `DARS-` and `-vN.N`, or its beginning.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn find_reference(&self, written: &str) -> Result<Vec<ProjectId>, IndexError> {
        let references: References = self.kept.references.json()?;
        Ok(references.find(written))
    }
}

impl Index {
    /// The project of this stem reference, in any case and with or without `DARS-`, if the edition lists it.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn stem(&self, stem: &str) -> Result<Option<super::Record>, IndexError> {
        let references: References = self.kept.references.json()?;
        let stem = plain_reference(stem);
        let at = references.0.iter().position(|(known, _)| plain_reference(known) == stem);
        at.and_then(|at| u32::try_from(at).ok()).map(|id| self.record(ProjectId(id))).transpose()
    }
}

fn without_version(plain: &str) -> &str {
    let Some((stem, number)) = plain.rsplit_once("-v") else { return plain };
    let is_number = !number.is_empty() && number.split('.').all(|part| part.parse::<u32>().is_ok());
    if is_number { stem } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn references() -> References {
        let project = |stem: &str, versions: &[&str]| {
            (stem.to_owned(), versions.iter().map(|version| (*version).to_owned()).collect())
        };
        References(vec![
            project("DARS-NIC-1-AAAAA", &["DARS-NIC-1-AAAAA-v0.2", "DARS-NIC-1-AAAAA-v1.2"]),
            project("NIC-1-BBBBB", &["NIC-1-BBBBB"]),
            project("CASEMIX_MONITOR", &["CASEMIX_MONITOR"]),
            project("NIC-12-CCCCC", &["NIC-12-CCCCC"]),
        ])
    }

    #[test]
    fn a_reference_is_found_however_it_is_written() {
        let found = |written: &str| references().find(written).into_iter().map(|id| id.0).collect::<Vec<u32>>();
        for written in ["DARS-NIC-1-AAAAA", "nic-1-aaaaa", " dars-nic-1-aaaaa-V0.2 ", "NIC-1-AAAAA-v9"] {
            assert_eq!(found(written), [0], "{written}");
        }
        assert_eq!(found("dars-nic-1-bbbbb"), [1]);
        assert_eq!(found("casemix_monitor"), [2]);
        assert_eq!(found("NIC-1"), [0, 1]);
        assert_eq!(found("NIC"), [0, 1, 3]);
        for written in ["", "NIC-1-A", "NIC-9", "MONITOR"] {
            assert_eq!(found(written), [] as [u32; 0], "{written}");
        }
    }
}
