//! Two editions of one project.

use super::*;
use crate::register::{Dataset, Date, Place, Section, Sections, Statement};

fn version(reference: &str) -> Version {
    let place = Place::row(0, "Agreements", 2);
    let mut version = Version::new(reference, "A trust", place.clone());
    version.title = Some("Beds".to_owned());
    version.controllers = vec!["A TRUST".to_owned()];
    version.term.end = Date::day(2026, 1, 31);
    version.datasets = vec![dataset("Births"), dataset("Deaths")];
    let sections = Sections { objectives: Some("The King's beds\nare counted.".to_owned()), ..Sections::default() };
    version.statements.push(Statement { sections, place });
    version
}

fn dataset(name: &str) -> Dataset {
    Dataset { name: name.to_owned(), ..Dataset::default() }
}

fn project(versions: Vec<Version>) -> Project {
    Project { reference: "NIC-1-AAAAA".to_owned(), versions }
}

fn changed(change: impl Fn(&mut Version)) -> Vec<VersionChange> {
    let mut new = version("NIC-1-AAAAA-v1.0");
    change(&mut new);
    compare(Some(&project(vec![version("NIC-1-AAAAA-v1.0")])), Some(&project(vec![new])))
}

fn fields(changes: &[VersionChange]) -> Vec<&'static str> {
    match changes {
        [VersionChange { change: Change::Amended(fields), .. }] => fields.iter().map(|change| change.field).collect(),
        other => panic!("no version is amended: {other:?}"),
    }
}

#[test]
fn versions_come_and_go() {
    let before = project(vec![version("NIC-1-AAAAA-v1.0"), version("NIC-1-AAAAA-v2.0")]);
    let after = project(vec![version("NIC-1-AAAAA-v2.0"), version("NIC-1-AAAAA-v3.0")]);
    let told: Vec<(String, Change)> =
        compare(Some(&before), Some(&after)).into_iter().map(|change| (change.reference, change.change)).collect();
    assert_eq!(
        told,
        [("NIC-1-AAAAA-v1.0".to_owned(), Change::Withdrawn), ("NIC-1-AAAAA-v3.0".to_owned(), Change::Added),]
    );
    assert_eq!(compare(None, Some(&after)).len(), 2);
    assert_eq!(compare(Some(&before), None).len(), 2);
    assert!(compare(None, None).is_empty());
}

#[test]
fn every_field_is_compared() {
    assert!(changed(|_| ()).is_empty());
    assert_eq!(fields(&changed(|version| version.controllers.push("B LTD".to_owned()))), ["controllers"]);
    assert_eq!(fields(&changed(|version| version.term.end = Date::day(2027, 1, 31))), ["end"]);
    assert_eq!(fields(&changed(|version| version.datasets.push(dataset("Cancer")))), ["datasets"]);
    assert_eq!(fields(&changed(|version| version.title = None)), ["title"]);
    assert_eq!(
        fields(&changed(|version| {
            let text = "The King's beds\nare counted. Models are trained.".to_owned();
            version.statements[0].sections.set(Section::Objectives, Some(text));
        })),
        ["objectives"]
    );
}

#[test]
fn typography_and_order_are_told_apart() {
    let only = |changes: Vec<VersionChange>| changes.iter().all(|change| change.change == Change::TypographyOnly);
    let curly = changed(|version| {
        let text = "The  King\u{2019}s beds \n\nare counted. ".to_owned();
        version.statements[0].sections.set(Section::Objectives, Some(text));
    });
    assert!(curly.len() == 1 && only(curly));
    assert!(only(changed(|version| version.title = Some("BEDS ".to_owned()))));
    assert!(changed(|version| version.datasets.reverse()).is_empty());
}

#[test]
fn both_sides_are_quoted_as_published() {
    let changes = changed(|version| version.controllers = vec!["B LTD".to_owned(), "C plc".to_owned()]);
    let Change::Amended(fields) = &changes[0].change else { panic!("{changes:?}") };
    assert_eq!(fields[0].before.as_deref(), Some("A TRUST"));
    assert_eq!(fields[0].after.as_deref(), Some("B LTD\nC plc"));
}
