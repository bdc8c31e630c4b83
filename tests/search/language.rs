//! The query language by value, date and number, on entries of our own; orders; and what the command line says of them.

use std::path::Path;

use crate::support::agreements::{Agreed, data_uses};
use crate::support::disk::FIXTURE;
use crate::support::program::{json, outflow_of};
use outflow::concerns::examine;
use outflow::index::{Index, LONGEST_SEARCH, LastWord, Request, SearchError, Sort};
use outflow::register::{Section, YesNo};

/// Three agreements of September 2026: one over, one of two versions, one that ends in 2028 and is commercial.
fn index() -> Index {
    let register = data_uses(&[
        Agreed::new("DARS-NIC-1-AAAAA-v1.0", "2019-02-01", "2022-01-31")
            .dataset("Births", "Identifiable", "Sensitive", "")
            .but(|version| version.types_of_data = vec!["Identifiable".to_owned()])
            .but(|version| version.sensitivity = vec!["Sensitive".to_owned()])
            .file("2020-05"),
        Agreed::new("DARS-NIC-2-BBBBB-v1.0", "2020-02-01", "2023-01-31")
            .of("PALANTIR HOSPITALS")
            .but(|version| version.title = Some("An older name".to_owned())),
        Agreed::new("DARS-NIC-2-BBBBB-v2.0", "2023-02-01", "2026-12-31")
            .of("PALANTIR HOSPITALS")
            .dataset("Births", "Anonymised - ICO Code Compliant", "Non-Sensitive", "")
            .but(|version| version.types_of_data = vec!["Anonymised - ICO Code Compliant".to_owned()])
            .but(|version| version.sensitivity = vec!["Non-Sensitive".to_owned()])
            .files_from("2024-01", 3),
        Agreed::new("DARS-NIC-3-CCCCC-v1.0", "2025-03", "2028-01-31")
            .but(|version| version.commercial.value = YesNo::Yes)
            .but(|version| version.organisation_type = Some("Commercial".to_owned()))
            .but(|version| version.statements[0].sections.set(Section::YieldedBenefits, None)),
    ]);
    Index::in_memory(&register, || examine(&register)).unwrap()
}

fn found(index: &Index, query: &str, sort: Sort) -> Vec<u32> {
    let request = Request { query: query.to_owned(), last_word: LastWord::Whole, sort };
    let found = index.search(&request, &|| false).unwrap();
    assert!(found.trouble.is_empty(), "{query}: {:?}", found.trouble);
    found.projects.into_iter().map(|project| project.0 + 1).collect()
}

#[test]
fn projects_are_found_by_value_date_and_number() {
    let index = index();
    for (query, expected) in [
        ("commercial:yes", &[3][..]),
        ("commercial:no", &[1, 2]),
        ("-commercial:yes", &[1, 2]),
        ("orgtype:commercial", &[3]),
        ("type:identifiable", &[1]),
        ("type:ico*", &[2]),
        ("type:=\"anonymised, ico code compliant\"", &[2]),
        ("type:=\"anonymised\"", &[]),
        ("sensitive:yes", &[1]),
        ("sensitive:no", &[2]),
        ("optouts:not-applied", &[]),
        ("started:2019", &[1]),
        ("started:2019..2020", &[1, 2]),
        // A month that is not told to the day counts where all its days do.
        ("started:2025-03", &[3]),
        ("started:>=2025-03-02", &[]),
        ("started:>=2025-03-01", &[3]),
        ("ends:<2026-01", &[1]),
        ("ends:2026-12-31", &[2]),
        ("ends:>2026", &[3]),
        ("released:2024-03", &[2]),
        ("released:2020..2024-01", &[1, 2]),
        ("files:>2", &[2]),
        ("files:0", &[3]),
        ("files:1..3", &[1, 2]),
        ("missing:yielded", &[3]),
        ("has:yielded", &[1, 2]),
        ("title:older", &[]),
        ("title:older version:all", &[2]),
        ("controller:university", &[1, 2, 3]),
        ("legal:s261", &[1, 2]),
        ("s261", &[]),
        ("org:=\"Palantir Hospitals\"", &[2]),
        ("org:=\"Palantir\"", &[]),
        ("dataset:=\"births\" -type:identifiable", &[2]),
        ("palentir~", &[2]),
        ("(commercial:yes OR type:identifiable)", &[1, 3]),
        ("commercial:(yes OR no) started:2025-03", &[3]),
    ] {
        let mut projects = found(&index, query, Sort::Relevance);
        projects.sort_unstable();
        assert_eq!(projects, expected, "{query}");
    }
}

#[test]
fn what_cannot_be_read_is_named_and_never_widens() {
    let index = index();
    for (query, named) in [
        ("commercial:perhaps", "write yes, no, mixed or not-stated"),
        ("started:soon", "a date is written 2024"),
        ("files:many", "is no number"),
        ("-ends:never", "a date is written 2024"),
        ("missing:nothing", "objectives, processing, outputs, benefits or yielded"),
        ("version:old university", "write version:all"),
        ("\"a b\"~many", "how many other words"),
        ("gp~", "too short for near spellings"),
        ("nosuch:field", "there is no field nosuch:"),
    ] {
        let request = Request { query: query.to_owned(), last_word: LastWord::Whole, sort: Sort::Relevance };
        let found = index.search(&request, &|| false).unwrap();
        let told: Vec<&str> = found.trouble.iter().map(|trouble| trouble.message.as_str()).collect();
        assert!(told.iter().any(|message| message.contains(named)), "{query}: {told:?}");
        if query.contains("perhaps") || query.contains("soon") || query.contains("many") {
            assert!(found.projects.is_empty(), "{query}");
        }
    }
}

#[test]
fn the_newest_and_those_that_end_soonest_come_first() {
    let index = index();
    assert_eq!(found(&index, "", Sort::Newest), [3, 2, 1]);
    // Project 1 was over before the edition's month.
    assert_eq!(found(&index, "", Sort::Ending), [2, 3, 1]);
    // Of equal matches the newest comes first.
    assert_eq!(found(&index, "controller:university", Sort::Relevance), [3, 2, 1]);
}

#[test]
fn words_that_stand_in_a_row_come_first_wherever_they_stand() {
    let says = |reference: &str, title: &str, text: &str| {
        let (title, text) = (title.to_owned(), text.to_owned());
        Agreed::new(reference, "2020-02-01", "2023-01-31").but(move |version| {
            version.title = Some(title.clone());
            version.statements[0].sections.set(Section::Objectives, Some(text.clone()));
        })
    };
    let register = data_uses(&[
        says("DARS-NIC-1-AAAAA-v1.0", "Office of the home", "A home is no office, and an office no home."),
        says("DARS-NIC-2-BBBBB-v1.0", "Names", "What was sent, and to whom, the Home Office asks. Police."),
        says("DARS-NIC-3-CCCCC-v1.0", "Visas", "Visas and visas, of all who came home from the office. Police."),
    ]);
    let index = Index::in_memory(&register, || examine(&register)).unwrap();
    let typed = |query: &str| {
        let request = Request { query: query.to_owned(), last_word: LastWord::Beginning, sort: Sort::Relevance };
        let found = index.search(&request, &|| false).unwrap().projects;
        found.into_iter().map(|project| project.0 + 1).collect::<Vec<_>>()
    };
    for (query, expected) in [
        ("home office", &[2, 1, 3][..]),
        ("homes offices", &[2, 1, 3]),
        ("home office version:all", &[2, 1, 3]),
        ("home office police", &[2, 3]),
        ("police home office", &[2, 3]),
        ("asks OR home office", &[2, 1, 3]),
        // Who writes one word has it in a row wherever it stands.
        ("visas OR home office", &[3, 2, 1]),
        // These ask for no row.
        ("home AND office", &[1, 2, 3]),
        ("(home) office", &[1, 2, 3]),
    ] {
        assert_eq!(found(&index, query, Sort::Relevance), expected, "{query}");
    }
    // So it is while one types, from the end of the last word on.
    assert_eq!(typed("home off"), [1, 2, 3]);
    assert_eq!(typed("home office"), [2, 1, 3]);
    assert_eq!(found(&index, "home office", Sort::Newest), [1, 2, 3]);
}

#[test]
fn the_command_line_offers_spellings_and_counts_by_value() {
    let folder = tempfile::tempdir().unwrap();
    let folder: &Path = folder.path();
    assert_eq!(outflow_of(folder, &["import", FIXTURE]).code, 0);
    let missed = outflow_of(folder, &["search", "fraility"]);
    assert_eq!(missed.code, 1);
    assert!(missed.stderr.contains("spelled nearly so: frailty"), "{}", missed.stderr);
    let offers = json(folder, &["search", "fraility", "--json"]);
    assert_eq!(offers["offers"][0], "frailty");
    let facets = json(folder, &["search", "--facets", "--json"]);
    let field = |name: &str| facets["facets"].as_array().unwrap().iter().find(|facet| facet["field"] == name).cloned();
    let commercial = field("commercial").unwrap();
    for value in commercial["values"].as_array().unwrap() {
        let query = value["query"].as_str().unwrap();
        assert_eq!(json(folder, &["search", query, "--json"])["total"], value["projects"], "{query}");
    }
    let printed = outflow_of(folder, &["search", "--facets", "commercial:yes", "--limit", "2"]);
    assert!(printed.code == 0 && printed.stdout.contains("yes (chosen)"), "{}", printed.stdout);
    assert_eq!(outflow_of(folder, &["search"]).code, 2);
    let newest = json(folder, &["search", "frailty", "--sort", "newest", "--json"]);
    assert_eq!(newest["total"], 1);
}

#[test]
fn a_search_that_takes_too_long_is_stopped_and_says_so() {
    let index = index();
    let request = Request { query: "a* OR b*".to_owned(), last_word: LastWord::Whole, sort: Sort::Relevance };
    let stopped = index.search_within(std::time::Duration::ZERO, &request, &|| false).unwrap_err();
    assert!(matches!(stopped, SearchError::TooLong { .. }));
    let stopped = SearchError::TooLong { longest: LONGEST_SEARCH };
    assert!(stopped.to_string().starts_with("the search was stopped after 2 s"), "{stopped}");
    // A newer one stops it too, and says nothing.
    let asked = std::cell::Cell::new(0);
    let cancelled = || {
        asked.set(asked.get() + 1);
        asked.get() > 3
    };
    assert!(matches!(index.search(&request, &cancelled), Err(SearchError::Cancelled)));
    assert_eq!(asked.get(), 4);
}

#[test]
fn a_beginning_of_very_many_words_finds_what_its_words_find() {
    // So many that they are not read one by one, in several entries and sections.
    let words: Vec<String> = (0..200).map(|number| format!("{}{number}x", ["qa", "qb", "éq"][number % 3])).collect();
    let agreed: Vec<Agreed> = (0..20)
        .map(|at| {
            let text = words[at * 10..(at + 1) * 10].join(" ");
            let section = [Section::Objectives, Section::Outputs][at % 2];
            Agreed::new(&format!("DARS-NIC-{at}-AAAAA-v1.0"), "2020-01-01", "2021-01-01")
                .but(move |version| version.statements[0].sections.set(section, Some(text.clone())))
        })
        .collect();
    let register = data_uses(&agreed);
    let index = Index::in_memory(&register, || examine(&register)).unwrap();
    for (begins, version) in [("q", ""), ("qa", ""), ("e", ""), ("eq", ""), ("objectives:q", ""), ("q", "version:all ")]
    {
        let typed = |query: &str| {
            let request =
                Request { query: format!("{version}{query}"), last_word: LastWord::Beginning, sort: Sort::Relevance };
            let mut projects = index.search(&request, &|| false).unwrap().projects;
            projects.sort_unstable();
            projects
        };
        let (field, letters) = begins.split_once(':').map_or(("", begins), |(_, letters)| ("objectives:", letters));
        let of_word = words.iter().map(|word| word.replace('é', "e")).filter(|word| word.starts_with(letters));
        let mut by_words: Vec<_> = of_word.flat_map(|word| found_in(&index, &format!("{field}={word}"))).collect();
        by_words.sort_unstable();
        by_words.dedup();
        assert!(!by_words.is_empty());
        let others = ["e", "eq"].contains(&letters);
        let found = typed(begins);
        assert!(by_words.iter().all(|project| found.contains(project)), "{begins}");
        assert!(others || found == by_words, "{begins}");
    }
}

fn found_in(index: &Index, query: &str) -> Vec<outflow::index::ProjectId> {
    let request = Request { query: query.to_owned(), last_word: LastWord::Whole, sort: Sort::Relevance };
    index.search(&request, &|| false).unwrap().projects
}
