use proptest::prelude::*;

use super::*;
use crate::names::{BUILT_IN, Names, SUCCESSORS, spelling};

#[test]
fn the_list_that_comes_with_the_program_is_sound() {
    let (entries, faults) = read(BUILT_IN);
    assert_eq!(faults, []);
    assert_eq!(entries.contradictions(), []);
    // No entry says what the rules know already, and none joins what another has joined.
    for entry in &entries.aliases {
        let keys: std::collections::BTreeSet<String> = entry
            .names
            .iter()
            .map(|name| match entry.kind {
                Kind::Organisation => spelling::organisation(name),
                Kind::Dataset => spelling::dataset(name),
            })
            .collect();
        assert_eq!(keys.len(), entry.names.len(), "{:?}", entry.names);
    }
    assert!(entries.successions.is_empty(), "they stand in a list of their own");
    let (entries, faults) = read(SUCCESSORS);
    assert_eq!((faults, entries.aliases.len() + entries.apart.len()), (Vec::new(), 0));
    // A body does not follow itself, and nobody hands over twice to the same.
    let mut seen = std::collections::BTreeSet::new();
    for succession in &entries.successions {
        for from in &succession.from {
            for to in &succession.to {
                let key = |name: &str| Names::built_in().key(succession.kind, name);
                assert_ne!(key(from), key(to));
                assert!(seen.insert((key(from), key(to))), "{from} to {to}");
            }
        }
    }
}

#[test]
fn every_commissioning_group_leads_on_to_a_board() {
    let (entries, _) = read(SUCCESSORS);
    let names = Names::built_in();
    for succession in &entries.successions {
        for to in succession.to.iter().filter(|to| to.ends_with(" CCG")) {
            let next = names.successors(Kind::Organisation, to);
            assert!(!next.is_empty() && next.iter().all(|link| link.date > succession.date), "{to}");
        }
        if succession.to.iter().any(|to| to.ends_with(" ICB")) {
            assert_eq!(succession.date.to_string(), "2022-07-01", "{:?}", succession.to);
        }
    }
}

#[test]
fn successors_are_links() {
    let names = Names::built_in();
    let to = |name: &str| -> Vec<(String, String)> {
        names.successors(Kind::Organisation, name).into_iter().map(|link| (link.name, link.date.to_string())).collect()
    };
    let link = |name: &str, date: &str| (name.to_owned(), date.to_owned());
    assert_eq!(
        to("PUBLIC HEALTH ENGLAND (PHE)"),
        [
            link("UK Health Security Agency", "2021-10-01"),
            link("Office for Health Improvement and Disparities", "2021-10-01")
        ]
    );
    assert_eq!(to("HSCIC"), [link("NHS Digital", "2016-08-01")]);
    assert_eq!(to("NHS DIGITAL"), [link("NHS England", "2023-02-01")]);
    assert_eq!(to("NHS LIVERPOOL CCG"), [link("NHS Cheshire and Merseyside ICB", "2022-07-01")]);
    assert_eq!(to("NHS BRADFORD CITY CCG"), [link("NHS Bradford District and Craven CCG", "2020-04-01")]);
    assert_eq!(to("NHS Tameside and Glossop CCG").len(), 2);
    assert_eq!(to("UNIVERSITY OF LIVERPOOL"), []);
    let from: Vec<String> =
        names.predecessors(Kind::Organisation, "NHS ENGLAND - X26").into_iter().map(|link| link.name).collect();
    assert_eq!(from, ["Monitor", "NHS Improvement", "NHS Digital"]);
    let dataset = names.successors(Kind::Dataset, "Hospital Episode Statistics Accident and Emergency (HES A and E)");
    assert_eq!(
        (dataset[0].name.as_str(), dataset[0].date.to_string()),
        ("Emergency Care Data Set", "2020-04".to_owned())
    );
    assert_eq!(names.successors(Kind::Organisation, "Emergency Care Data Set"), []);
    assert!(names.successors(Kind::Organisation, "NHS Digital")[0].reason.contains("abolished"));
}

#[test]
fn nothing_follows_itself() {
    let entry = |to: &str| {
        format!(
            "\n[[successor]]\nkind = \"organisation\"\nfrom = [\"S & Y Ltd\"]\nto = [\"{to}\"]\ndate = \"2020-04\"\nreason = \"why\""
        )
    };
    assert!(Names::with(&entry("Sandy Ltd")).is_ok());
    let faults = Names::with(&entry("S AND Y LIMITED")).unwrap_err();
    assert_eq!((faults.len(), faults[0].line), (1, 2));
    assert!(faults[0].message.contains("nothing follows itself"), "{}", faults[0].message);
}

#[test]
fn a_user_joins_and_keeps_apart() {
    let user = r#"
[[alias]]
kind = "organisation"
names = ["Imperial College", "Imperial College London", "ICL"]
reason = "the college leaves the city away"

[[apart]]
kind = "organisation"
names = ["NHS One ICB - 01A", "NHS One ICB - 02B"]
reason = "its places are compared"

[[apart]]
kind = "organisation"
names = ["The University of Manchester", "University of Manchester"]
reason = "an old body is meant"

[[apart]]
kind = "dataset"
names = ["Births (B)", "Births"]
reason = "no rule joins them anyway"

[[successor]]
kind = "organisation"
from = ["IMS HEALTH LTD"]
to = ["IQVIA Ltd"]
date = "2017-11"
reason = "renamed"
"#;
    let names = Names::with(user).unwrap();
    let key = |name: &str| names.organisation_key(name);
    assert_eq!(key("IMPERIAL COLLEGE LONDON"), key("Icl"));
    assert_ne!(key("NHS One ICB - 01A"), key("NHS ONE ICB - 02B"));
    assert_eq!(key("NHS One ICB - 01A"), key("NHS  ONE ICB \u{2013} 01A"));
    assert_eq!(key("NHS One ICB"), key("NHS One ICB - 03C"));
    assert_ne!(key("NHS One ICB"), key("NHS One ICB - 01A"));
    // Against an entry that comes with the program.
    let built_in = |name: &str| Names::built_in().organisation_key(name);
    assert_eq!(built_in("The University of Manchester"), built_in("University of Manchester"));
    assert_ne!(key("The University of Manchester"), key("University of Manchester"));
    assert_eq!(names.successors(Kind::Organisation, "IMS Health Limited")[0].name, "IQVIA Ltd");
    // What the program knows is still known.
    assert_eq!(names.successors(Kind::Organisation, "HSCIC").len(), 1);
}

#[test]
fn what_is_left_of_an_alias_stays_with_its_first_name() {
    let user = r#"
[[apart]]
kind = "dataset"
names = ["One", "Two"]
reason = "r"
[[alias]]
kind = "dataset"
names = ["One", "Three"]
reason = "r"
"#;
    let (apart, faults) = read(user);
    assert_eq!(faults, []);
    let (list, _) = read("[[alias]]\nkind = \"dataset\"\nnames = [\"One\", \"Two\", \"Four\"]\nreason = \"r\"");
    let names = Names::of(&[apart, list]);
    let key = |name: &str| names.dataset_key(name);
    assert_eq!((key("One"), key("One")), (key("Three"), key("Four")));
    assert_ne!(key("One"), key("Two"));
}

#[test]
fn all_faults_of_a_list_are_told_with_their_lines() {
    let user = r#"[[alias]]
kind = "organization"
names = ["One"]

[[alias]]
kind = "dataset"
names = ["One", 2]
reason = " "
why = "because"

[[successor]]
kind = "dataset"
from = []
to = "Two"
date = "last year"
reason = "r"

[aliases]
x = 1

[[apart]]
kind = "dataset"
names = ["Three", "Four"]
reason = "r"

[[alias]]
kind = "dataset"
names = ["Three", "Four"]
reason = "r"
"#;
    let faults = Names::with(user).unwrap_err();
    let lines: Vec<usize> = faults.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [1, 2, 3, 7, 8, 9, 13, 14, 15, 18, 26], "{faults:#?}");
    for (line, part) in [
        (1, "no reason"),
        (2, "organization"),
        (3, "two names"),
        (9, "why"),
        (15, "last year"),
        (18, "aliases"),
        (26, "apart"),
    ] {
        assert!(faults.iter().any(|fault| fault.line == line && fault.message.contains(part)), "{line} {part}");
    }
    let broken = Names::with("[[alias]]\nkind = \"dataset\nnames = [1\n\n[[what]]\n").unwrap_err();
    assert!(broken[0].to_string().starts_with("line 2: "), "{broken:?}");
    assert!(Names::with("").is_ok());
}

proptest! {
    #[test]
    fn any_list_is_read_or_refused(text in "(\\[\\[alias\\]\\]|kind = |\"dataset\"|names = |\\[|\\]|\"a\"|,|\n|reason|=|\\.){0,30}") {
        let _ = Names::with(&text);
    }
}
