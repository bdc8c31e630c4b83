//! What is said beside the number that a search finds, so that it is not taken for what it is not.

use crate::support::agreements::{Agreed, data_uses};
use crate::support::program::{json, outflow_of};
use outflow::concerns::examine;
use outflow::index::{Index, LastWord, Request, Sort};
use outflow::register::{Note, OptOutState, Place, Register, Section, YesNo};

fn hints(register: &Register, query: &str, last_word: LastWord) -> Vec<String> {
    let index = Index::in_memory(register, || examine(register)).unwrap();
    let request = Request { query: query.to_owned(), last_word, sort: Sort::Relevance };
    let found = index.search(&request, &|| false).unwrap();
    let hints = index.hints(&request, found.projects.len(), &|| false).unwrap();
    for query in hints.iter().filter_map(|hint| hint.query.as_ref()) {
        let request = Request { query: query.clone(), ..Request::default() };
        assert!(
            !index.search(&request, &|| false).unwrap().projects.is_empty(),
            "{query} is offered and finds nothing"
        );
    }
    hints.iter().map(outflow::index::Hint::line).collect()
}

fn said(register: &Register, query: &str) -> Vec<String> {
    hints(register, query, LastWord::Whole)
}

/// A page or an old workbook has no answers, terms and kinds of organisation.
fn without_answers() -> Register {
    data_uses(&[Agreed::new("DARS-NIC-1-AAAAA-v1.0", "", "").file("").but(|version| {
        (version.commercial.value, version.sublicensing.value) = (YesNo::NotStated, YesNo::NotStated);
        version.organisation_type = None;
    })])
}

#[test]
fn nothing_is_known_of_what_an_edition_does_not_publish() {
    let register = without_answers();
    for (query, what) in [
        ("commercial:yes", "whether a purpose is commercial"),
        ("bed sublicensing:no", "whether data may be passed on"),
        ("orgtype:commercial", "the kind of organisation that applied"),
        ("started:2017", "when the first term starts"),
        ("ends:2017", "when the last term ends"),
        ("released:2017", "in which months files were sent"),
        ("type:identifiable", "the type of data"),
        ("access:system", "how data is reached"),
    ] {
        let expected = format!("this edition does not publish {what}, so nothing is known of it");
        assert_eq!(said(&register, query), [expected.as_str()], "{query}");
        assert_eq!(hints(&register, query, LastWord::Beginning), [expected.as_str()], "{query}");
    }
    // Of what is published, that nothing is found says all.
    assert_eq!(said(&register, "files:>100"), Vec::<String>::new());
    assert_eq!(said(&register, "severity:high"), Vec::<String>::new());
}

#[test]
fn a_rule_that_cannot_tell_is_not_one_that_found_nothing() {
    let told = "it cannot be told of 1 of 1 projects: unsure:released-after-expiry";
    assert_eq!(said(&without_answers(), "concern:released-after-expiry"), [told]);
    let register = data_uses(&[Agreed::new("DARS-NIC-1-AAAAA-v1.0", "2019-02-01", "2022-01-31").file("2020-05")]);
    assert_eq!(said(&register, "concern:released-after-expiry"), Vec::<String>::new());
}

#[test]
fn projects_of_both_kinds_are_told_where_one_kind_is_sought() {
    let answering = |reference: &str, state: OptOutState| {
        Agreed::new(reference, "", "").but(move |version| version.opt_outs.state = state)
    };
    let one = || answering("DARS-NIC-1-AAAAA-v1.0", OptOutState::NotApplied);
    let mixed = || answering("DARS-NIC-2-BBBBB-v1.0", OptOutState::Mixed);
    let expected = "1 more: opt-outs applied to some and not to others: bed optouts:mixed";
    assert_eq!(said(&data_uses(&[mixed()]), "bed optouts:not-applied"), [expected]);
    // It is told where something is found, too.
    assert_eq!(said(&data_uses(&[one(), mixed()]), "bed  optouts:not-applied"), [expected]);
    assert_eq!(said(&data_uses(&[one()]), "bed optouts:not-applied"), Vec::<String>::new());
    assert_eq!(said(&data_uses(&[mixed()]), "-optouts:not-applied"), Vec::<String>::new());
}

#[test]
fn words_that_stand_in_no_project_together_are_told_one_by_one() {
    let register = data_uses(&[Agreed::new("DARS-NIC-1-AAAAA-v1.0", "", "")]);
    let expected = [
        "all words must stand in a project; alone they find: people 1, sold 0, bed 1",
        "1 with the other words: people bed",
    ];
    assert_eq!(said(&register, "people sold bed"), expected);
    let apart = data_uses(&[
        Agreed::new("DARS-NIC-1-AAAAA-v1.0", "", ""),
        Agreed::new("DARS-NIC-2-BBBBB-v1.0", "", "").but(|version| version.title = Some("Births".to_owned())),
    ]);
    let expected = [
        "all words must stand in a project; alone they find: births 1, bed 1",
        "2 with any of the words: births OR bed",
    ];
    assert_eq!(said(&apart, "births bed"), expected);
}

#[test]
fn words_that_stand_apart_are_told_how_often_they_stand_in_a_row() {
    let entry = |reference: &str, text: &str| {
        let text = text.to_owned();
        Agreed::new(reference, "", "").but(move |version| {
            version.statements[0].sections.set(Section::Objectives, Some(text.clone()));
        })
    };
    let register = data_uses(&[
        entry("DARS-NIC-1-AAAAA-v1.0", "The Home Office asks who came."),
        entry("DARS-NIC-2-BBBBB-v1.0", "People go home and to the office."),
    ]);
    assert_eq!(said(&register, "home office"), ["1 with these words in a row: \"home office\""]);
    assert_eq!(
        said(&register, "home office optouts:not-stated"),
        ["1 with these words in a row: \"home office\" optouts:not-stated"]
    );
    // While it is typed nobody has asked for it yet.
    assert_eq!(hints(&register, "home office", LastWord::Beginning), Vec::<String>::new());
    for query in ["office", "\"home office\"", "home -office", "home OR office", "office home"] {
        assert_eq!(said(&register, query), Vec::<String>::new(), "{query}");
    }
}

#[test]
fn names_are_found_as_they_are_published() {
    let register = data_uses(&[
        Agreed::new("DARS-NIC-1-AAAAA-v1.0", "", "").of("ERNST AND YOUNG LLP").dataset(
            "Hospital Episode Statistics Outpatients",
            "Identifiable",
            "",
            "",
        ),
        Agreed::new("DARS-NIC-2-BBBBB-v1.0", "", "")
            .of("FYLDE & WYRE")
            .but(|version| version.types_of_data = vec!["Identifiable".to_owned()]),
    ]);
    let and = ["1 written with \"and\": org:\"ernst and young\""];
    assert_eq!(said(&register, "org:\"ernst & young\""), and);
    assert_eq!(said(&register, "org:\"fylde and wyre\""), ["1 written with \"&\": org:\"fylde & wyre\""]);
    let full = ["1 with the name in full: dataset:\"Hospital Episode Statistics\""];
    assert_eq!(said(&register, "dataset:HES"), full);
    assert_eq!(said(&register, "org:outpatients"), ["1 in any text or name: outpatients"]);
    assert_eq!(said(&register, "type:insurance"), ["the values here are Identifiable"]);
}

#[test]
fn what_the_edition_counts_beside_its_projects_is_told() {
    let mut register = data_uses(&[Agreed::new("DARS-NIC-1-AAAAA-v1.0", "", "")]);
    register.notes.push(Note {
        title: "Tracing requests to the National Back Office".to_owned(),
        lines: vec!["Total Receipts Processed: Police 5, Home Office 1775, Total 1780".to_owned()],
        place: Place::row(0, "NBO", 1),
    });
    let told = "the edition counts it beside its projects: see the concern tracing-requests";
    for query in ["police", "\"home office\""] {
        assert_eq!(said(&register, query), [told], "{query}");
    }
    assert!(said(&register, "home office").contains(&told.to_owned()));
    assert!(!said(&register, "office bed").contains(&told.to_owned()));
}

#[test]
fn the_command_line_says_it_beside_the_results_and_in_json() {
    let folder = tempfile::tempdir().unwrap();
    let ran = outflow_of(folder.path(), &["search", "dataset:hes"]);
    assert!(ran.stderr.contains("with the name in full: dataset:\"Hospital Episode Statistics\""), "{}", ran.stderr);
    assert!(!ran.stdout.contains("in full"), "{}", ran.stdout);
    let hints = &json(folder.path(), &["search", "dataset:hes", "--json"])["hints"];
    assert!(hints[0]["told"].as_str().unwrap().ends_with("with the name in full"), "{hints}");
    assert_eq!(hints[0]["query"], "dataset:\"Hospital Episode Statistics\"");
}
