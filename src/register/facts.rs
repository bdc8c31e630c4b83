//! A project's facts, taken over all its versions.

use std::collections::HashSet;

use super::{Dataset, Date, DateRange, OptOuts, Project, ReleaseKind, Version, YesNo};

/// What a project's entry comes to over all its versions in this edition. Values keep their published spelling; each
/// is listed once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// Whether opt-outs were applied, with the words of every version.
    pub opt_outs: OptOuts,
    /// Legal bases of entries and release rows.
    pub legal_bases: Vec<String>,
    /// Whether the use is commercial.
    pub commercial: YesNo,
    /// Whether data may be passed on.
    pub sublicensing: YesNo,
    /// Sensitivity values.
    pub sensitivity: Vec<String>,
    /// Types of data.
    pub types_of_data: Vec<String>,
    /// Ways of access.
    pub access: Vec<String>,
    /// Controllers.
    pub controllers: Vec<String>,
    /// The span from the first start to the last end.
    pub term: DateRange,
    /// What was released.
    pub releases: ReleaseSpan,
    /// Datasets; entries that differ in any value are listed apart.
    pub datasets: Vec<Dataset>,
    /// Advisory minutes.
    pub minutes: Vec<String>,
}

/// How much was released, and when.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReleaseSpan {
    /// Files sent; unknown where the layout lists none (a page counts files only over all its projects).
    pub files: Option<usize>,
    /// Rows that record access to a remote system.
    pub system_access: Option<usize>,
    /// First month of release.
    pub first: Option<Date>,
    /// Last month of release.
    pub last: Option<Date>,
}

impl Facts {
    /// The facts of a project.
    ///
    /// `lists_files` says whether its layout has a row for each file ([`super::Layout::lists_files`]).
    pub fn of(project: &Project, lists_files: bool) -> Self {
        let mut facts = Self {
            legal_bases: each_once(project, |version| &version.legal_bases),
            sensitivity: each_once(project, |version| &version.sensitivity),
            types_of_data: each_once(project, |version| &version.types_of_data),
            access: each_once(project, |version| &version.access),
            controllers: each_once(project, |version| &version.controllers),
            minutes: each_once(project, |version| &version.minutes),
            datasets: each_dataset_once(project),
            ..Self::default()
        };
        for version in &project.versions {
            facts.add(version);
        }
        if lists_files {
            let files = project.files().count();
            facts.releases.files = Some(files);
            let access = project.releases().filter(|release| release.kind == ReleaseKind::SystemAccess);
            facts.releases.system_access = Some(access.count());
        }
        facts
    }

    fn add(&mut self, version: &Version) {
        self.add_opt_outs(&version.opt_outs);
        self.commercial = self.commercial.and(version.commercial.value);
        self.sublicensing = self.sublicensing.and(version.sublicensing.value);
        self.term = self.term.union(version.term);
        let months = version.release_months();
        let released = DateRange { start: self.releases.first, end: self.releases.last }.union(months);
        (self.releases.first, self.releases.last) = (released.start, released.end);
    }

    fn add_opt_outs(&mut self, opt_outs: &OptOuts) {
        self.opt_outs.state = self.opt_outs.state.and(opt_outs.state);
        append_new(&mut self.opt_outs.as_published, opt_outs.as_published.as_deref());
        append_new(&mut self.opt_outs.reasons, opt_outs.reasons.as_deref());
    }
}

/// The different values of a field in order of first appearance. A hostile file can name tens of thousands.
fn each_once(project: &Project, values: impl Fn(&Version) -> &Vec<String>) -> Vec<String> {
    let mut known = HashSet::new();
    project.versions.iter().flat_map(values).filter(|value| known.insert(value.as_str())).cloned().collect()
}

/// The datasets, of which two are the same that differ only in where they are named.
fn each_dataset_once(project: &Project) -> Vec<Dataset> {
    let mut known = HashSet::new();
    let datasets = project.versions.iter().flat_map(|version| &version.datasets).filter(|dataset| {
        let Dataset { name, type_of_data, sensitivity, frequency, legal_basis, confidentiality, place: _ } = *dataset;
        known.insert((name, type_of_data, sensitivity, frequency, legal_basis, confidentiality))
    });
    datasets.cloned().collect()
}

/// Adds a published value to those of other versions, one a line, unless it is there.
fn append_new(known: &mut Option<String>, value: Option<&str>) {
    let Some(value) = value else { return };
    match known {
        None => *known = Some(value.to_owned()),
        Some(text) if text.lines().any(|line| line == value) => {}
        Some(text) => {
            text.push('\n');
            text.push_str(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::{OptOutState, Place};

    #[test]
    fn versions_that_disagree_are_mixed_and_both_are_quoted() {
        let mut versions = Vec::new();
        for (reference, state, words) in [("X-v1", OptOutState::Applied, "Y"), ("X-v2", OptOutState::NotApplied, "N")] {
            let mut version = Version::new(reference, "A trust", Place::line(0, 1));
            version.opt_outs = OptOuts { state, as_published: Some(words.to_owned()), reasons: None };
            versions.push(version);
        }
        let facts = Facts::of(&Project { reference: "X".to_owned(), versions }, true);
        assert_eq!(facts.opt_outs.state, OptOutState::Mixed);
        assert_eq!(facts.opt_outs.as_published.as_deref(), Some("Y\nN"));
        assert_eq!(facts.releases.files, Some(0));
    }
}
