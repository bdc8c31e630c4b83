//! Keys under which the spellings of one organisation or dataset are one, for rules that compare projects.

use std::collections::{HashMap, HashSet};

use crate::names::{Codes, Key, Kind, Names};
use crate::register::Register;

/// Keys of names, each worked out once for an edition.
pub(super) struct Keys<'a> {
    kind: Kind,
    /// Of organisations: two codes are two bodies, which one name alone does not tell.
    codes: Codes,
    known: HashMap<&'a str, Key>,
}

impl<'a> Keys<'a> {
    /// Keys of the organisations that the entries and rows of a register name.
    pub(super) fn of_organisations(register: &'a Register) -> Self {
        let versions = register.projects.iter().flat_map(|project| &project.versions);
        let names: HashSet<&str> = versions
            .flat_map(|version| {
                let named = version.releases.iter().filter_map(|release| release.organisation.as_deref());
                named.chain([version.organisation.as_str()])
            })
            .collect();
        Self { kind: Kind::Organisation, codes: Names::built_in().codes(names), known: HashMap::new() }
    }

    /// Keys of datasets.
    pub(super) fn of_datasets() -> Self {
        Self { kind: Kind::Dataset, codes: Codes::default(), known: HashMap::new() }
    }

    /// The key of a name, under which all its spellings are one.
    pub(super) fn key(&mut self, name: &'a str) -> Key {
        let Self { kind, codes, known } = self;
        let names = Names::built_in();
        let key = || match kind {
            Kind::Organisation => names.organisation_key_among(codes, name),
            Kind::Dataset => names.dataset_key(name),
        };
        known.entry(name).or_insert_with(key).clone()
    }
}
