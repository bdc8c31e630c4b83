//! Names on the published workbook: what the rules and the list join there, every pair of it read by a person.
//! Skipped where the workbook is not at hand.

use std::collections::BTreeSet;

use crate::support::published;
use outflow::import;
use outflow::names::{Group, Kind, Names};
use outflow::register::{Register, Version};

fn workbook() -> Option<Register> {
    let file = published::file(published::WORKBOOK)?;
    Some(import::read(&[file], None, &mut |_| {}).unwrap().register)
}

fn versions(register: &Register) -> impl Iterator<Item = &Version> {
    register.projects.iter().flat_map(|project| &project.versions)
}

fn groups<'a>(kind: Kind, names: impl Iterator<Item = &'a str>) -> (usize, Vec<Group>) {
    let distinct: BTreeSet<&str> = names.collect();
    let groups = Names::built_in().group(kind, distinct.iter().map(|name| (*name, 1)));
    (distinct.len(), groups)
}

/// The groups of several spellings, each as its spellings.
fn joined(groups: &[Group]) -> Vec<Vec<&str>> {
    let several = groups.iter().filter(|group| group.spellings.len() > 1);
    several.map(|group| group.spellings.iter().map(|spelling| spelling.name.as_str()).collect()).collect()
}

#[test]
fn one_organisation_of_389_has_two_spellings() {
    let Some(register) = workbook() else { return };
    let names = versions(&register).flat_map(|version| {
        let rows = version.releases.iter().filter_map(|release| release.organisation.as_deref());
        rows.chain([version.organisation.as_str()])
    });
    let (published, groups) = groups(Kind::Organisation, names);
    assert_eq!((published, groups.len()), (389, 388));
    assert_eq!(joined(&groups), [["NHS FYLDE & WYRE CCG", "NHS FYLDE AND WYRE CCG"]]);
}

#[test]
fn every_commissioning_group_of_the_workbook_has_a_successor() {
    let Some(register) = workbook() else { return };
    let groups: BTreeSet<&str> =
        versions(&register).map(|version| version.organisation.trim()).filter(|name| name.ends_with(" CCG")).collect();
    assert!(groups.len() > 180);
    for name in groups {
        assert!(!Names::built_in().successors(Kind::Organisation, name).is_empty(), "{name}");
    }
}

#[test]
fn one_dataset_of_62_has_two_spellings() {
    let Some(register) = workbook() else { return };
    let names = versions(&register).flat_map(|version| version.datasets.iter().map(|dataset| dataset.name.as_str()));
    let (published, groups) = groups(Kind::Dataset, names);
    assert_eq!((published, groups.len()), (62, 61));
    assert_eq!(
        joined(&groups),
        [["Local Provider Data - Demand For service", "Local Provider Data - Demand for Service"]]
    );
}
