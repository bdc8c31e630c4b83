//! An edition in figures.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{OptOutState, Register, ReleaseKind, Version};

/// How many of each thing an edition holds. Names are counted as published, so two spellings count twice.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Stem references.
    pub projects: usize,
    /// References as published.
    pub versions: usize,
    /// Names of organisations as published.
    pub organisations: usize,
    /// Names of datasets as published.
    pub datasets: usize,
    /// Names of datasets when case is ignored.
    pub datasets_ignoring_case: usize,
    /// Rows of the list of releases, files and access together; for a page its own count of files.
    pub releases: u64,
    /// Files among the releases.
    pub files: u64,
    /// Rows that record access to a remote system.
    pub system_access: u64,
    /// Release rows by their opt-out answer.
    pub opt_outs: OptOutCounts,
    /// Files that the register calls identifiable.
    pub identifiable_files: u64,
}

/// Release rows by their opt-out answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptOutCounts {
    /// Rows with opt-outs applied.
    pub applied: u64,
    /// Rows without.
    pub not_applied: u64,
    /// Rows without an answer.
    pub not_stated: u64,
}

impl Counts {
    /// Counts an edition.
    pub fn of(register: &Register) -> Self {
        let mut counts = Self { projects: register.projects.len(), ..Self::default() };
        let mut organisations = BTreeSet::new();
        let mut datasets = BTreeSet::new();
        for version in register.projects.iter().flat_map(|project| &project.versions) {
            counts.versions += 1;
            organisations.insert(version.organisation.as_str());
            organisations.extend(version.releases.iter().filter_map(|release| release.organisation.as_deref()));
            datasets.extend(version.datasets.iter().map(|dataset| dataset.name.as_str()));
            counts.add_releases(version);
        }
        for (files, _) in register.pages.iter().filter_map(|page| page.files.as_ref()) {
            counts.releases += files;
            counts.files += files;
        }
        counts.organisations = organisations.len();
        counts.datasets = datasets.len();
        let folded: BTreeSet<String> = datasets.iter().map(|name| name.to_lowercase()).collect();
        counts.datasets_ignoring_case = folded.len();
        counts
    }

    fn add_releases(&mut self, version: &Version) {
        for release in &version.releases {
            self.releases += 1;
            match release.kind {
                ReleaseKind::File => self.files += 1,
                ReleaseKind::SystemAccess => self.system_access += 1,
            }
            match release.opt_outs {
                OptOutState::Applied => self.opt_outs.applied += 1,
                OptOutState::NotApplied => self.opt_outs.not_applied += 1,
                OptOutState::Mixed | OptOutState::NotStated => self.opt_outs.not_stated += 1,
            }
            self.identifiable_files += u64::from(release.is_file() && release.is_identifiable());
        }
    }
}
