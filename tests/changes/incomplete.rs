//! Editions that lack a sheet, twins of one reference, and files that stand elsewhere: none of these is told as what it is not.

use std::path::Path;

use crate::support::editions::open;
use crate::support::uses;
use crate::support::uses::{Agreement, write_edition_without};
use crate::support::workbook;
use outflow::changes::{Change, VersionChange};
use outflow::concerns::RuleId;
use outflow::index::{Index, Record};
use outflow::library::{HistoryStep, Library, Relation, compare_editions, relation};

/// Imports editions, each with the sheet that it lacks.
fn library(folder: &Path, editions: &[(&str, Vec<Agreement>, Option<&str>)]) -> Library {
    let library = Library::at(folder.join("library"));
    for (month, agreements, missing) in editions {
        let file = write_edition_without(folder, month, agreements, *missing);
        library.publish(&[file], None, &mut |_| {}).unwrap();
    }
    library
}

fn changes(library: &Library) -> Vec<VersionChange> {
    let index = |slug| library.open(Some(slug)).unwrap().index;
    compare_editions(&index("2026-07"), &index("2026-08")).unwrap().changes
}

fn record(index: &Index) -> Record {
    index.stem("DARS-NIC-1-AAAAA").unwrap().unwrap()
}

/// What the rules between editions say of the one project of the newer edition, and what they cannot tell.
fn between(library: &Library) -> (Vec<RuleId>, Vec<RuleId>) {
    const BETWEEN: [RuleId; 3] = [RuleId::RemovedFromRegister, RuleId::EditedInPlace, RuleId::BackFilled];
    let findings = record(&open(library, "2026-08")).findings;
    let found = findings.concerns.iter().map(|concern| concern.rule).filter(|rule| BETWEEN.contains(rule)).collect();
    let unknown = findings.cannot_tell.iter().map(|unknown| unknown.rule).filter(|rule| BETWEEN.contains(rule));
    (found, unknown.collect())
}

fn agreement(version: &str) -> Agreement {
    Agreement::new(&format!("DARS-NIC-1-AAAAA-{version}"), "FENLAND TRUST")
}

#[test]
fn a_file_of_a_version_that_left_is_not_listed_late_under_another() {
    let folder = tempfile::tempdir().unwrap();
    let before = vec![agreement("v1.0").file("F1", "Yes", "May-26")];
    let after = vec![agreement("v2.0").file("F1", "Yes", "May-26")];
    let library = library(folder.path(), &[("july2026", before, None), ("august2026", after, None)]);
    // That v1.0 is no longer listed is one fact; its file is where it was.
    assert_eq!(between(&library), (vec![RuleId::RemovedFromRegister], vec![]));
    let changes = changes(&library);
    assert_eq!(changes.iter().map(|change| &change.change).collect::<Vec<_>>(), [&Change::Withdrawn, &Change::Added]);
    assert!(changes.iter().all(|change| change.files.removed.is_empty() && change.files.added.is_empty()));
    assert_eq!(changes[1].files.moved[0].from, "DARS-NIC-1-AAAAA-v1.0");
}

#[test]
fn a_file_that_moved_with_another_value_is_neither_gone_nor_new() {
    let folder = tempfile::tempdir().unwrap();
    let before = vec![agreement("v1.0").file("F1", "Yes", "May-26"), agreement("v2.0")];
    let after = vec![agreement("v1.0"), agreement("v2.0").file("F1", "No", "May-26")];
    let library = library(folder.path(), &[("july2026", before, None), ("august2026", after, None)]);
    let changes = changes(&library);
    let moved: Vec<_> = changes.iter().flat_map(|change| &change.files.moved).collect();
    assert_eq!(moved.len(), 1);
    assert_eq!(moved[0].before.as_ref().unwrap().opt_outs_as_published.as_deref(), Some("Yes"));
    let told: Vec<String> =
        changes.iter().flat_map(outflow::report::changes::version_change).map(|line| line.text()).collect();
    assert!(told.iter().any(|line| line.contains("stood under DARS-NIC-1-AAAAA-v1.0 before")), "{told:?}");
    assert!(told.iter().any(|line| line.contains("[-opt-outs applied: Yes-]")), "{told:?}");
    assert_eq!(between(&library), (vec![], vec![]));
}

#[test]
fn what_an_edition_without_the_sheet_of_files_could_not_list_is_not_listed_late() {
    let folder = tempfile::tempdir().unwrap();
    let before = vec![agreement("v1.0").file("F1", "Yes", "May-26")];
    let after = vec![before[0].clone(), agreement("v2.0").file("F2", "Yes", "May-26")];
    let editions = [("july2026", before, Some("DataReleases")), ("august2026", after, None)];
    let library = library(folder.path(), &editions);
    assert_eq!(between(&library), (vec![], vec![RuleId::RemovedFromRegister, RuleId::BackFilled]));
}

#[test]
fn an_edition_without_the_sheet_of_agreements_removes_and_adds_no_entry() {
    let whole = || vec![agreement("v1.0").file("F1", "Yes", "May-26")];
    for (first, second) in [(Some("Agreements"), None), (None, Some("Agreements"))] {
        let folder = tempfile::tempdir().unwrap();
        let library = library(folder.path(), &[("july2026", whole(), first), ("august2026", whole(), second)]);
        assert_eq!(changes(&library), []);
        let (found, unknown) = between(&library);
        assert_eq!(found, []);
        assert_eq!(unknown, [RuleId::RemovedFromRegister, RuleId::EditedInPlace, RuleId::BackFilled]);
    }
}

#[test]
fn a_file_without_the_sheet_of_agreements_makes_no_orphans_and_no_empty_sections() {
    let folder = tempfile::tempdir().unwrap();
    let agreements = vec![agreement("v1.0").file("F1", "Yes", "May-26")];
    let library = library(folder.path(), &[("august2026", agreements, Some("Agreements"))]);
    let findings = record(&open(&library, "2026-08")).findings;
    for rule in [RuleId::Orphan, RuleId::EmptySection] {
        assert!(findings.concerns.iter().all(|concern| concern.rule != rule));
        assert!(findings.cannot_tell.iter().any(|unknown| unknown.rule == rule), "{rule}");
    }
}

#[test]
fn twins_of_one_reference_are_told_as_their_number_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let one = agreement("v1.0").file("F1", "Yes", "May-26");
    let twin = Agreement { datasets: Vec::new(), ..agreement("v1.0") };
    let editions = [("july2026", vec![one.clone()], None), ("august2026", vec![one, twin], None)];
    let library = library(folder.path(), &editions);
    let changes = changes(&library);
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert_eq!(changes[0].change, Change::Recounted { before: 1, after: 2 });
    assert!(changes[0].files.is_empty());
    let findings = record(&open(&library, "2026-08")).findings;
    assert!(findings.concerns.iter().all(|concern| concern.rule != RuleId::Orphan));
}

#[test]
fn a_reference_in_two_cases_is_one_agreement() {
    let folder = tempfile::tempdir().unwrap();
    let lower = Agreement::new("dars-nic-1-aaaaa-v2.0", "FENLAND TRUST");
    let agreements = vec![agreement("v1.0").file("F1", "Yes", "May-26"), lower];
    let library = library(folder.path(), &[("august2026", agreements, None)]);
    let index = open(&library, "2026-08");
    assert_eq!(index.header().counts.projects, 1);
    let project = record(&index).project;
    let references: Vec<&str> = project.versions.iter().map(|version| version.reference.as_str()).collect();
    assert_eq!(references, ["DARS-NIC-1-AAAAA-v1.0", "dars-nic-1-aaaaa-v2.0"]);
}

#[test]
fn rows_without_an_agreement_do_not_hide_an_entry_without_a_dataset() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("datausesregister_august2026.xlsx");
    let library = library(folder.path(), &[]);
    let mut bare = vec!["DARS-NIC-1-AAAAA-v1.0", "Beds", "FENLAND TRUST"];
    bare.resize(uses::AGREEMENTS.len(), "");
    let named = vec!["DARS-NIC-1-AAAAA-v2.0", "Births", "", "", "", "", ""];
    let sheets = [
        ("Agreements", vec![uses::AGREEMENTS.to_vec(), bare]),
        ("Datasets", vec![uses::DATASETS.to_vec(), named]),
        ("DataReleases", vec![uses::FILES.to_vec()]),
    ];
    workbook::write(folder.path(), "datausesregister_august2026.xlsx", &sheets);
    library.publish(&[path], None, &mut |_| {}).unwrap();
    let concerns = record(&open(&library, "2026-08")).findings.concerns;
    let orphans: Vec<&str> = concerns
        .iter()
        .filter(|concern| concern.rule == RuleId::Orphan)
        .map(|concern| concern.statement.split(" under ").next().unwrap())
        .collect();
    assert_eq!(orphans.len(), 2, "{orphans:?}");
    assert!(orphans[0].starts_with("The register lists datasets"), "{orphans:?}");
    assert!(orphans[1].contains("v1.0") && orphans[1].contains("names no dataset"), "{orphans:?}");
}

#[test]
fn editions_of_one_month_have_no_order() {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::at(folder.path().join("library"));
    let file = write_edition_without(folder.path(), "august2026", &[agreement("v1.0")], None);
    library.publish(std::slice::from_ref(&file), Some("first"), &mut |_| {}).unwrap();
    library.publish(&[file], Some("second"), &mut |_| {}).unwrap();
    let index = |slug| library.open(Some(slug)).unwrap().index;
    assert_eq!(relation(&index("first"), &index("second")), Relation::Undated);
}

#[test]
fn a_quarter_without_a_file_of_a_project_is_not_the_end_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::at(folder.path().join("library"));
    let mut second = workbook::sheets();
    for row in second.iter_mut().flat_map(|(_, rows)| rows).flatten() {
        if row.starts_with("DARS-NIC-10-AAAAA") {
            *row = "DARS-NIC-99-ZZZZZ-v1.0";
        }
    }
    for (name, sheets) in
        [("ReleaseRegister-mar-2018.xlsx", workbook::sheets()), ("ReleaseRegister-jun-2018.xlsx", second)]
    {
        let file = workbook::write(folder.path(), name, &sheets);
        library.publish(&[file], None, &mut |_| {}).unwrap();
    }
    let history = library.history(&open(&library, "2018-03"), "DARS-NIC-10-AAAAA").unwrap();
    assert_eq!(history.editions[1].step, HistoryStep::OutsidePeriod, "{history:?}");
}

#[test]
fn what_two_quarters_list_under_two_versions_did_not_move() {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::at(folder.path().join("library"));
    let of_version = |number: &'static str| {
        let mut sheets = workbook::sheets();
        for row in sheets.iter_mut().flat_map(|(_, rows)| rows).flatten() {
            if row.starts_with("DARS-NIC-10-AAAAA") {
                *row = number;
            }
        }
        sheets
    };
    let editions = [("mar", "DARS-NIC-10-AAAAA-v1.0"), ("jun", "DARS-NIC-10-AAAAA-v2.0")];
    for (month, number) in editions {
        let name = format!("ReleaseRegister-{month}-2018.xlsx");
        let file = workbook::write(folder.path(), &name, &of_version(number));
        library.publish(&[file], None, &mut |_| {}).unwrap();
    }
    let index = |slug| library.open(Some(slug)).unwrap().index;
    let changes = compare_editions(&index("2018-03"), &index("2018-06")).unwrap().changes;
    assert_eq!(changes.iter().map(|change| &change.change).collect::<Vec<_>>(), [&Change::Withdrawn, &Change::Added]);
    assert!(!changes[1].files.added.is_empty());
    assert!(changes.iter().all(|change| change.files.moved.is_empty()), "{changes:?}");
}
