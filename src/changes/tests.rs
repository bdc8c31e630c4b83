//! Two editions of one project.

use super::*;
use crate::register::{Dataset, Date, Layout, Place, Section, Sections, Statement};

/// The one file that both editions were read from, laid out as a layout says.
fn source(layout: Layout) -> [Source; 1] {
    [Source { file: "register.xlsx".to_owned(), sha256: String::new(), layout, date: None, lacks: Vec::new() }]
}

fn compare_as(layout: Layout, before: Option<&Project>, after: Option<&Project>) -> Vec<VersionChange> {
    let sources = source(layout);
    let side = |project| Side { project, sources: &sources };
    compare(side(before), side(after))
}

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
    Dataset { name: name.into(), ..Dataset::default() }
}

fn project(versions: Vec<Version>) -> Project {
    Project { reference: "NIC-1-AAAAA".to_owned(), versions }
}

fn changed(change: impl Fn(&mut Version)) -> Vec<VersionChange> {
    let mut new = version("NIC-1-AAAAA-v1.0");
    change(&mut new);
    compare_as(Layout::DataUsesRegister, Some(&project(vec![version("NIC-1-AAAAA-v1.0")])), Some(&project(vec![new])))
}

fn changed_fields(changes: &[VersionChange]) -> Vec<&'static str> {
    match changes {
        [VersionChange { change: Change::Amended(fields), .. }] => {
            fields.iter().map(|change| change.field.key()).collect()
        }
        other => panic!("no version is amended: {other:?}"),
    }
}

#[test]
fn versions_come_and_go() {
    let before = project(vec![version("NIC-1-AAAAA-v1.0"), version("NIC-1-AAAAA-v2.0")]);
    let after = project(vec![version("NIC-1-AAAAA-v2.0"), version("NIC-1-AAAAA-v3.0")]);
    let told: Vec<(String, Change)> = compare_as(Layout::DataUsesRegister, Some(&before), Some(&after))
        .into_iter()
        .map(|change| (change.reference, change.change))
        .collect();
    assert_eq!(
        told,
        [("NIC-1-AAAAA-v1.0".to_owned(), Change::Withdrawn), ("NIC-1-AAAAA-v3.0".to_owned(), Change::Added),]
    );
    assert_eq!(compare_as(Layout::DataUsesRegister, None, Some(&after)).len(), 2);
    assert_eq!(compare_as(Layout::DataUsesRegister, Some(&before), None).len(), 2);
    assert!(compare_as(Layout::DataUsesRegister, None, None).is_empty());
}

#[test]
fn every_field_is_compared() {
    assert!(changed(|_| ()).is_empty());
    assert_eq!(changed_fields(&changed(|version| version.controllers.push("B LTD".to_owned()))), ["controllers"]);
    assert_eq!(changed_fields(&changed(|version| version.term.end = Date::day(2027, 1, 31))), ["end"]);
    assert_eq!(changed_fields(&changed(|version| version.datasets.push(dataset("Cancer")))), ["datasets"]);
    assert_eq!(changed_fields(&changed(|version| version.title = None)), ["title"]);
    assert_eq!(
        changed_fields(&changed(|version| {
            let text = "The King's beds\nare counted. Models are trained.".to_owned();
            version.statements[0].sections.set(Section::Objectives, Some(text));
        })),
        ["objectives"]
    );
}

#[test]
fn typography_and_order_are_told_apart() {
    let only =
        |changes: Vec<VersionChange>| changes.iter().all(|change| matches!(change.change, Change::TypographyOnly(_)));
    let curly = changed(|version| {
        let text = "The  King\u{2019}s beds \n\nare counted. ".to_owned();
        version.statements[0].sections.set(Section::Objectives, Some(text));
    });
    assert!(curly.len() == 1 && only(curly));
    assert!(only(changed(|version| version.title = Some("BEDS ".to_owned()))));
    assert!(changed(|version| version.datasets.reverse()).is_empty());
    assert!(only(changed(|version| version.datasets.push(dataset("BIRTHS")))));
    assert!(only(changed(|version| version.reference = "nic-1-aaaaa-V1.0".to_owned())));
}

#[test]
fn both_sides_are_quoted_as_published() {
    let changes = changed(|version| version.controllers = vec!["B LTD".to_owned(), "C plc".to_owned()]);
    let Change::Amended(fields) = &changes[0].change else { panic!("{changes:?}") };
    assert_eq!(fields[0].before.as_deref(), Some("A TRUST"));
    assert_eq!(fields[0].after.as_deref(), Some("B LTD\nC plc"));
}

#[test]
fn what_one_layout_cannot_hold_is_no_change() {
    let mut older = version("NIC-1-AAAAA-v1.0");
    older.title = None;
    older.controllers.clear();
    older.datasets.clear();
    let sources = [source(Layout::ReleaseRegister), source(Layout::DataUsesRegister)];
    let (before, after) = (project(vec![older]), project(vec![version("NIC-1-AAAAA-v1.0")]));
    let side = |project, sources| Side { project: Some(project), sources };
    assert_eq!(compare(side(&before, &sources[0]), side(&after, &sources[1])), []);
    assert_eq!(
        changed_fields(&compare(side(&before, &sources[1]), side(&after, &sources[1]))),
        ["title", "controllers", "datasets"]
    );
}

#[test]
fn one_version_against_the_next_is_compared_field_by_field() {
    let older = version("NIC-1-AAAAA-v1.0");
    let mut newer = version("NIC-1-AAAAA-v2.0");
    newer.term.end = Date::day(2029, 1, 31);
    newer.title = Some("beds".to_owned());
    let told = {
        let [source] = source(Layout::DataUsesRegister);
        between_versions((&older, &source), (&newer, &source))
    };
    let told: Vec<(&str, Option<&str>)> =
        told.iter().map(|change| (change.field.key(), change.after.as_deref())).collect();
    assert_eq!(told, [("end", Some("2029-01-31"))]);
}

#[test]
fn entries_of_one_reference_go_with_those_that_say_the_same() {
    let entry = |title: &str| {
        let mut version = version("NIC-1-AAAAA-v1.0");
        version.title = Some(title.to_owned());
        version
    };
    let before = project(vec![entry("One"), entry("Two")]);
    let swapped = project(vec![entry("Two"), entry("One")]);
    assert_eq!(compare_as(Layout::Page2025, Some(&before), Some(&swapped)), []);
    let other = project(vec![entry("Two"), entry("Three"), entry("Four")]);
    let told = compare_as(Layout::Page2025, Some(&before), Some(&other));
    assert_eq!(told.len(), 2);
    assert_eq!(told[0].amended()[0].after.as_deref(), Some("Three"));
    assert_eq!(told[1].change, Change::Recounted { before: 2, after: 3 });
}

#[test]
fn a_column_that_one_file_lacks_is_not_compared() {
    let with = |lacks: &[&str]| -> [Source; 1] {
        let [mut source] = source(Layout::DataUsesRegister);
        source.lacks = lacks.iter().map(|name| (*name).to_owned()).collect();
        [source]
    };
    let mut older = version("NIC-1-AAAAA-v1.0");
    older.title = None;
    older.datasets[0].confidentiality = None;
    let mut newer = version("NIC-1-AAAAA-v1.0");
    newer.datasets[0].confidentiality = Some("Section 251 NHS Act 2006".into());
    let (before, after) = (project(vec![older]), project(vec![newer]));
    let (lacking, whole) =
        (with(&["agreements: Application Title", "datasets: Common Law Duty of Confidentiality"]), with(&[]));
    let side = |project, sources| Side { project: Some(project), sources };
    assert_eq!(compare(side(&before, &lacking), side(&after, &whole)), []);
    assert_eq!(changed_fields(&compare(side(&before, &whole), side(&after, &whole))), ["title", "datasets"]);
}

#[test]
fn an_entry_that_goes_while_its_rows_stay_is_no_amendment() {
    let entry = project(vec![version("NIC-1-AAAAA-v1.0")]);
    let mut rows = Version::new("NIC-1-AAAAA-v1.0", "", Place::row(0, "DataReleases", 7));
    rows.listing = Listing::RowsOnly;
    let rows = project(vec![rows]);
    let told = |before, after| compare_as(Layout::DataUsesRegister, Some(before), Some(after))[0].change.clone();
    assert_eq!(told(&entry, &rows), Change::EntryRemoved);
    assert_eq!(told(&rows, &entry), Change::EntryAdded);
}

#[test]
fn a_version_that_rows_alone_name_is_missing_only_where_these_rows_could_stand() {
    let named = Version { listing: Listing::RowsOnly, ..version("NIC-1-AAAAA-v1.0") };
    let before = project(vec![named, version("NIC-1-AAAAA-v2.0")]);
    let after = project(vec![version("NIC-1-AAAAA-v2.0")]);
    let whole = source(Layout::DataUsesRegister);
    let gone = |lacks: &str| {
        let mut lacking = whole.clone();
        lacking[0].lacks = vec![lacks.to_owned()];
        let side = |project, sources| Side { project: Some(project), sources };
        let changes = compare(side(&before, &whole), side(&after, &lacking));
        let back = compare(side(&after, &lacking), side(&before, &whole));
        assert_eq!(changes.len(), back.len());
        changes.iter().filter(|change| change.change == Change::Withdrawn).count()
    };
    assert_eq!([gone("datasets"), gone("datareleases"), gone("datasets: Frequency")], [0, 0, 1]);
}
