//! Editions one after another: what came, went and was changed, and what the rules between editions say of it.

use crate::support::editions::open;
use crate::support::uses::{Agreement, write_edition};
use crate::support::workbook;
use outflow::changes::Change;
use outflow::concerns::{Concern, RuleId, Severity};
use outflow::index::Index;
use outflow::library::{Comparison, HistoryStep, Library, compare_editions};
use std::path::Path;

/// Imports editions of our own, each under the month that its file name says.
fn library(folder: &Path, editions: &[(&str, Vec<Agreement>)]) -> Library {
    let library = Library::at(folder.join("library"));
    for (month, agreements) in editions {
        let file = write_edition(folder, month, agreements);
        library.publish(&[file], None, &mut |_| {}).unwrap();
    }
    library
}

pub(super) fn compared(library: &Library, from: &str, to: &str) -> Comparison {
    let (before, after) = (library.open(Some(from)).unwrap().index, library.open(Some(to)).unwrap().index);
    compare_editions(&before, &after).unwrap()
}

pub(super) fn concerns(index: &Index, stem: &str, rule: RuleId) -> Vec<Concern> {
    let record = index.stem(stem).unwrap().unwrap();
    record.findings.concerns.into_iter().filter(|concern| concern.rule == rule).collect()
}

fn first() -> Vec<Agreement> {
    vec![
        Agreement::new("DARS-NIC-1-AAAAA-v1.0", "FENLAND TRUST").file("F1", "Yes", "Jul-26"),
        Agreement::new("DARS-NIC-2-BBBBB-v1.0", "MARSH COLLEGE").file("F2", "No", "Jul-26"),
        Agreement::new("DARS-NIC-3-CCCCC-v1.0", "OLD MILL CCG"),
        Agreement::new("DARS-NIC-3-CCCCC-v2.0", "OLD MILL CCG"),
    ]
}

#[test]
fn what_came_went_and_was_changed_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut second = first();
    second[0].end = "date:2031-01-31".to_owned();
    second[0].objectives = second[0].objectives.replace("the days", "the hours");
    second[1].objectives = second[1].objectives.replace("It counts", "It  COUNTS");
    second.remove(2);
    second.push(Agreement::new("DARS-NIC-4-DDDDD-v1.0", "NEW MILL ICB"));
    let library = library(folder.path(), &[("august2026", first()), ("september2026", second)]);
    let changes = compared(&library, "2026-08", "2026-09").changes;
    let told: Vec<(&str, String)> = changes
        .iter()
        .map(|change| {
            let fields: Vec<&str> = change.amended().iter().map(|field| field.field.key()).collect();
            let kind = match &change.change {
                Change::Added => "added".to_owned(),
                Change::Withdrawn => "withdrawn".to_owned(),
                Change::Amended(_) => fields.join(" "),
                Change::TypographyOnly(_) => "typography".to_owned(),
                Change::FilesOnly => "files".to_owned(),
                other => format!("{other:?}"),
            };
            (change.reference.as_str(), kind)
        })
        .collect();
    assert_eq!(
        told,
        [
            ("DARS-NIC-1-AAAAA-v1.0", "end objectives".to_owned()),
            ("DARS-NIC-2-BBBBB-v1.0", "typography".to_owned()),
            ("DARS-NIC-3-CCCCC-v1.0", "withdrawn".to_owned()),
            ("DARS-NIC-4-DDDDD-v1.0", "added".to_owned()),
        ]
    );
}

#[test]
fn a_change_in_place_is_a_concern_with_both_sides() {
    let folder = tempfile::tempdir().unwrap();
    let mut second = first();
    second[0].controllers = "FENLAND TRUST; SOMEBODY LTD".to_owned();
    second[0].objectives = second[0].objectives.replace("the days", "the hours");
    second[1].files[0].1 = "Yes".to_owned();
    second[1].objectives = second[1].objectives.replace('.', ". ");
    let library = library(folder.path(), &[("august2026", first()), ("september2026", second)]);
    let index = open(&library, "2026-09");
    let edited = concerns(&index, "DARS-NIC-1-AAAAA", RuleId::EditedInPlace);
    assert_eq!(edited.iter().map(|concern| concern.severity).collect::<Vec<_>>(), [Severity::High, Severity::Medium]);
    assert!(
        edited[0]
            .statement
            .contains("DARS-NIC-1-AAAAA-v1.0 reads otherwise in edition 2026-09 than in 2026-08: controllers")
    );
    let quotes: Vec<(&str, &str)> = edited[0]
        .evidence
        .iter()
        .map(|evidence| (evidence.quote.as_str(), index.header().sources[evidence.place.source].file.as_str()))
        .collect();
    assert_eq!(
        quotes,
        [
            ("FENLAND TRUST", "datausesregister_august2026.xlsx"),
            ("FENLAND TRUST\nSOMEBODY LTD", "datausesregister_september2026.xlsx"),
        ]
    );
    let (before, after) = (&edited[1].evidence[0].quote, &edited[1].evidence[1].quote);
    assert!(before.contains("counts the days") && after.contains("counts the hours"), "{before} {after}");
    let answer = concerns(&index, "DARS-NIC-2-BBBBB", RuleId::EditedInPlace);
    assert_eq!((answer.len(), answer[0].severity, answer[0].files), (1, Severity::High, 1), "{answer:#?}");
    assert!(answer[0].evidence[0].quote.contains("F2") && answer[0].evidence[0].quote.contains("No"));
    assert!(concerns(&index, "DARS-NIC-3-CCCCC", RuleId::EditedInPlace).is_empty());
    // The filter, the list and the counts know it too.
    let row = index.row(index.find_reference("NIC-1-AAAAA").unwrap()[0]).unwrap();
    assert!(row.concerns.contains(&(RuleId::EditedInPlace, Severity::High)));
    let tally = index.header().tallies.iter().find(|tally| tally.rule == RuleId::EditedInPlace).unwrap();
    assert_eq!((tally.projects, tally.cannot_tell), (2, 0));
    let request = outflow::index::Request { query: "concern:edited-in-place".to_owned(), ..Default::default() };
    assert_eq!(index.search(&request, &|| false).unwrap().projects.len(), 2);
}

#[test]
fn a_name_that_reads_otherwise_everywhere_is_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let named = |name: &str| -> Vec<Agreement> {
        let references = ["DARS-NIC-1-AAAAA-v1.0", "DARS-NIC-2-BBBBB-v1.0", "DARS-NIC-3-CCCCC-v1.0"];
        references.iter().map(|reference| Agreement::new(reference, name)).collect()
    };
    let mut second = named("ODDFIELD HEALTH TRUST");
    second[2].end = "date:2031-01-31".to_owned();
    let library = library(folder.path(), &[("august2026", named("EVENFIELD TRUST")), ("september2026", second)]);
    let Comparison { changes, shared, .. } = compared(&library, "2026-08", "2026-09");
    // As the applicant and as the controller.
    assert_eq!(shared.len(), 2);
    assert!(shared.iter().all(|change| change.before == "EVENFIELD TRUST" && change.references.len() == 3));
    let own: Vec<&str> =
        changes.iter().filter(|change| !change.is_shared_only()).map(|change| change.reference.as_str()).collect();
    assert_eq!(own, ["DARS-NIC-3-CCCCC-v1.0"]);
    let index = open(&library, "2026-09");
    let told: Vec<&str> = index.header().findings.iter().map(|finding| finding.statement.as_str()).collect();
    assert!(told.iter().any(|told| told.contains("The controller \"EVENFIELD TRUST\" of edition 2026-08 reads \"ODDFIELD HEALTH TRUST\" in edition 2026-09, in 3 versions of 3 agreements")), "{told:#?}");
    let concern = &concerns(&index, "DARS-NIC-1-AAAAA", RuleId::EditedInPlace)[0];
    assert!(concern.statement.contains("the same change in 3 versions of the register"), "{}", concern.statement);
}

#[test]
fn what_left_the_register_is_told_on_both_sides_and_explained_where_it_can_be() {
    let folder = tempfile::tempdir().unwrap();
    let mut before = first();
    before.push(Agreement::new("DARS-NIC-9-ZZZZZ-v1.0", "NHS DIGITAL"));
    let mut after = first();
    after.remove(1);
    after.remove(1);
    let library = library(folder.path(), &[("january2023", before), ("february2023", after)]);
    let index = open(&library, "2023-02");
    let departed = index.header().findings.iter().find(|one| one.rule == RuleId::RemovedFromRegister).unwrap();
    assert_eq!(departed.references, ["DARS-NIC-2-BBBBB", "DARS-NIC-9-ZZZZZ"]);
    assert!(departed.statement.contains("2 agreements") && departed.statement.contains("1 February 2023"));
    // A version is gone, and its agreement is not.
    let version = concerns(&index, "DARS-NIC-3-CCCCC", RuleId::RemovedFromRegister);
    assert!(version[0].statement.contains("DARS-NIC-3-CCCCC-v1.0 stood in edition 2023-01"), "{version:#?}");
    let older = open(&library, "2023-01");
    let own = concerns(&older, "DARS-NIC-9-ZZZZZ", RuleId::RemovedFromRegister);
    assert!(own[0].statement.contains("its own flows became internal"), "{own:#?}");
    let other = concerns(&older, "DARS-NIC-2-BBBBB", RuleId::RemovedFromRegister);
    assert!(!other[0].statement.contains("internal"), "{other:#?}");
    assert!(concerns(&older, "DARS-NIC-1-AAAAA", RuleId::RemovedFromRegister).is_empty());
}

#[test]
fn files_that_are_listed_late_are_told_from_new_ones() {
    let folder = tempfile::tempdir().unwrap();
    let second = vec![
        first()[0].clone().file("F8", "No", "Aug-26").file("F9", "No", "Sep-26"),
        first()[1].clone().file("F7", "No", "Mar-24").file("F6", "No", "Jul-26"),
        first()[2].clone(),
        first()[3].clone(),
    ];
    let library = library(folder.path(), &[("august2026", first()), ("september2026", second)]);
    let index = open(&library, "2026-09");
    assert!(concerns(&index, "DARS-NIC-1-AAAAA", RuleId::BackFilled).is_empty());
    let late = concerns(&index, "DARS-NIC-2-BBBBB", RuleId::BackFilled);
    assert_eq!((late.len(), late[0].files, late[0].severity), (1, 2, Severity::Medium));
    assert!(late[0].statement.contains("2 files of DARS-NIC-2-BBBBB-v1.0, sent from 2024-03 to 2026-07"), "{late:#?}");
    let changes = compared(&library, "2026-08", "2026-09").changes;
    let added: Vec<usize> = changes.iter().map(|change| change.files.added.len()).collect();
    assert_eq!((added.as_slice(), changes[0].change.clone()), (&[2, 2][..], Change::FilesOnly));
}

#[test]
fn an_edition_alone_cannot_tell() {
    let folder = tempfile::tempdir().unwrap();
    let library = library(folder.path(), &[("august2026", first())]);
    let index = open(&library, "2026-08");
    let record = index.stem("DARS-NIC-1-AAAAA").unwrap().unwrap();
    for rule in [RuleId::EditedInPlace, RuleId::RemovedFromRegister, RuleId::BackFilled] {
        assert!(record.findings.cannot_tell.iter().any(|unknown| unknown.rule == rule), "{rule}");
    }
}

#[test]
fn an_edition_of_another_publication_is_no_neighbour() {
    let folder = tempfile::tempdir().unwrap();
    let library = library(folder.path(), &[("august2026", first())]);
    let older = workbook::write(folder.path(), "register-mar-2018.xlsx", &workbook::sheets());
    library.publish(&[older], None, &mut |_| {}).unwrap();
    let index = open(&library, "2026-08");
    assert!(index.header().findings.iter().all(|finding| finding.rule != RuleId::RemovedFromRegister));
    let record = index.stem("DARS-NIC-1-AAAAA").unwrap().unwrap();
    assert!(record.findings.cannot_tell.iter().any(|unknown| unknown.rule == RuleId::EditedInPlace));
}

#[test]
fn the_history_of_a_project_runs_through_the_editions() {
    let folder = tempfile::tempdir().unwrap();
    let mut third = first();
    third[0].end = "date:2031-01-31".to_owned();
    let without = first().split_off(1);
    let editions =
        [("june2026", without.clone()), ("july2026", first()), ("august2026", third), ("september2026", without)];
    let library = library(folder.path(), &editions);
    let index = library.open(None).unwrap().index;
    let history = library.history(&index, "DARS-NIC-1-AAAAA").unwrap();
    let steps: Vec<&str> = history
        .editions
        .iter()
        .map(|edition| match &edition.step {
            HistoryStep::Absent => "absent",
            HistoryStep::First(_) => "first",
            HistoryStep::Back(_) => "back",
            HistoryStep::Same => "same",
            HistoryStep::Changed(_) => "changed",
            HistoryStep::Gone => "gone",
            HistoryStep::NoPage => "no page",
            HistoryStep::OutsidePeriod => "outside the period",
            HistoryStep::Undated(_) => "undated",
        })
        .collect();
    assert_eq!(steps, ["absent", "first", "changed", "gone"]);
}

#[test]
fn a_name_that_is_only_spelled_otherwise_is_no_concern() {
    let folder = tempfile::tempdir().unwrap();
    let mut second = first();
    second[0].controllers = "Fenland Trust - X26".to_owned();
    second[0].datasets = vec!["BIRTHS".to_owned()];
    second[1].controllers = "MARSH COLLEGE LONDON".to_owned();
    let library = library(folder.path(), &[("august2026", first()), ("september2026", second)]);
    // It is shown as the change that it is.
    let fields = |stem: &str| -> Vec<&str> {
        let changes = compared(&library, "2026-08", "2026-09").changes;
        let of_stem = changes.iter().find(|change| change.stem == stem).unwrap();
        of_stem.amended().iter().map(|field| field.field.key()).collect()
    };
    assert_eq!(fields("DARS-NIC-1-AAAAA"), ["controllers"]);
    let index = open(&library, "2026-09");
    assert!(concerns(&index, "DARS-NIC-1-AAAAA", RuleId::EditedInPlace).is_empty());
    assert_eq!(concerns(&index, "DARS-NIC-2-BBBBB", RuleId::EditedInPlace).len(), 1);
}

/// Statements of one rule on the projects of an edition, by stem.
fn statements(index: &Index, rule: RuleId) -> Vec<String> {
    let mut told = Vec::new();
    for number in 0..u32::try_from(index.len()).unwrap() {
        let record = index.record(outflow::index::ProjectId(number)).unwrap();
        let concerns = record.findings.concerns.into_iter().filter(|concern| concern.rule == rule);
        told.extend(concerns.map(|concern| concern.statement));
    }
    told
}

#[test]
fn what_comes_back_or_moves_is_not_listed_late() {
    let folder = tempfile::tempdir().unwrap();
    let trust = |reference: &str| Agreement::new(reference, "FENLAND TRUST");
    let one = || trust("DARS-NIC-1-AAAAA-v1.0").file("F1", "No", "Jan-26").file("F2", "No", "Feb-26");
    let other = || trust("DARS-NIC-2-BBBBB-v1.0").file("F3", "No", "Mar-26");
    let june = vec![one(), other()];
    // The first is gone in July and back in August; the file of the other is under a later version, without its reference.
    let july = vec![other()];
    let mut later = trust("DARS-NIC-2-BBBBB-v2.0").file("", "No", "Mar-26");
    later.objectives = other().objectives;
    let august = vec![one(), trust("DARS-NIC-2-BBBBB-v1.0"), later];
    let library = library(folder.path(), &[("june2026", june), ("july2026", july), ("august2026", august)]);
    let index = open(&library, "2026-08");
    assert_eq!(statements(&index, RuleId::BackFilled), Vec::<String>::new());
    let changes = compared(&library, "2026-07", "2026-08").changes;
    let moved: Vec<&str> =
        changes.iter().flat_map(|change| &change.files.moved).map(|moved| moved.from.as_str()).collect();
    assert_eq!(moved, ["DARS-NIC-2-BBBBB-v1.0"]);
    assert_eq!(statements(&index, RuleId::RemovedFromRegister), Vec::<String>::new());
}

#[test]
fn a_file_that_is_gone_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut second = first();
    second[0].files.clear();
    let library = library(folder.path(), &[("august2026", first()), ("september2026", second)]);
    let told = statements(&open(&library, "2026-09"), RuleId::RemovedFromRegister);
    assert_eq!(told, ["1 file of DARS-NIC-1-AAAAA-v1.0 that edition 2026-08 lists is not listed in 2026-09."]);
}

#[test]
fn the_publishers_departure_is_not_hung_on_others() {
    let folder = tempfile::tempdir().unwrap();
    let mut before = first();
    before.push(Agreement::new("DARS-NIC-9-ZZZZZ-v1.0", "NHS Digital"));
    before.push(Agreement::new("DARS-NIC-8-YYYYY-v1.0", "NHS ENGLAND AND NHS IMPROVEMENT LONDON"));
    let near = vec![("january2023", before.clone()), ("february2023", vec![first()[0].clone()])];
    let library = library(folder.path(), &near);
    let index = open(&library, "2023-02");
    let told: Vec<&str> = index.header().findings.iter().map(|finding| finding.statement.as_str()).collect();
    assert!(told[0].contains("4 agreements that edition 2023-01 lists are not listed in 2023-02"), "{told:#?}");
    assert!(told[0].contains("1 of them (DARS-NIC-9-ZZZZZ): The applicant is NHS Digital"), "{told:#?}");
    let older = open(&library, "2023-01");
    let explained: Vec<String> = statements(&older, RuleId::RemovedFromRegister);
    assert_eq!(explained.iter().filter(|told| told.contains("became internal")).count(), 1, "{explained:#?}");
    // Editions that lie years apart do not tell.
    let apart = tempfile::tempdir().unwrap();
    let library = self::library(apart.path(), &[("may2021", before), ("september2026", vec![first()[0].clone()])]);
    let index = open(&library, "2026-09");
    assert!(index.header().findings.iter().all(|finding| !finding.statement.contains("internal")));
}

#[test]
fn codes_and_other_data_are_changes_and_spellings_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let mut before = first();
    before[0].controllers = "NHS CHESHIRE AND MERSEYSIDE ICB - 01F".to_owned();
    before[1].datasets = vec!["Births".to_owned()];
    before[2].datasets = vec!["Births".to_owned()];
    before[3].datasets = vec!["Births".to_owned()];
    before[0].datasets = vec!["Cancer".to_owned()];
    let mut after = before.clone();
    after[0].controllers = "NHS CHESHIRE AND MERSEYSIDE ICB - 12F".to_owned();
    for agreement in &mut after[1..] {
        agreement.datasets = vec!["Mental Health Services Data Set".to_owned()];
    }
    let library = library(folder.path(), &[("august2026", before), ("september2026", after)]);
    let index = open(&library, "2026-09");
    assert_eq!(concerns(&index, "DARS-NIC-1-AAAAA", RuleId::EditedInPlace).len(), 1);
    // A dataset in place of another, everywhere: told once for the edition, and on each project.
    assert_eq!(concerns(&index, "DARS-NIC-2-BBBBB", RuleId::EditedInPlace).len(), 1);
    let told: Vec<&str> = index.header().findings.iter().map(|finding| finding.caveat.as_str()).collect();
    assert!(told.iter().any(|caveat| caveat.contains("or other data")), "{told:#?}");
}

#[test]
fn an_edition_that_cannot_be_placed_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let library = library(folder.path(), &[("august2026", first()), ("september2026", first())]);
    let undated = write_edition(folder.path(), "latest", &first());
    library.publish(&[undated], Some("odd"), &mut |_| {}).unwrap();
    let why = |slug: &str| {
        let record = open(&library, slug).stem("DARS-NIC-1-AAAAA").unwrap().unwrap();
        let unknown = record.findings.cannot_tell.into_iter().find(|unknown| unknown.rule == RuleId::EditedInPlace);
        unknown.map(|unknown| unknown.why).unwrap_or_default()
    };
    assert!(why("2026-08").contains("holds none that is older"), "{}", why("2026-08"));
    assert!(why("odd").contains("month is not known"), "{}", why("odd"));
    assert_eq!(why("2026-09"), "");
    let index = library.open(Some("2026-09")).unwrap().index;
    let last = library.history(&index, "DARS-NIC-1-AAAAA").unwrap().editions.pop().unwrap();
    assert_eq!((last.slug.as_str(), last.step), ("odd", HistoryStep::Undated(Some(1))));
}
