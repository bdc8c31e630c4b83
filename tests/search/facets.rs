//! Facets: every count is that of the search which the choice makes.

use crate::support::published;
use outflow::concerns;
use outflow::import;
use outflow::index::{Choice, Facet, FacetField, Index, LastWord, Request, Sort, choose};
use outflow::library::Edition;

fn found(index: &Index, query: &str) -> usize {
    let request = Request { query: query.to_owned(), last_word: LastWord::Whole, sort: Sort::Relevance };
    let found = index.search(&request, &|| false).unwrap();
    assert!(found.trouble.is_empty(), "{query}: {:?}", found.trouble);
    found.projects.len()
}

fn facets(index: &Index, query: &str) -> Vec<Facet> {
    index.facets(query, LastWord::Whole, &|| false).unwrap()
}

/// A query without any choice in a facet.
fn without(index: &Index, query: &str, field: FacetField) -> String {
    let own = facets(index, query).into_iter().filter(|facet| facet.field == field);
    own.fold(query.to_owned(), |query, facet| {
        let chosen = facet.values().filter(|value| value.choice != Choice::None);
        chosen.fold(query, |query, value| choose(&query, field, &value.query(), Choice::None))
    })
}

/// Every count, held to the search that its choice makes; every so-manieth value of long lists.
fn every_count_opens_its_list(index: &Index, query: &str) {
    let request = Request { query: query.to_owned(), last_word: LastWord::Whole, sort: Sort::Relevance };
    let known = index.search(&request, &|| false).unwrap().projects;
    let of_known = index.facets_of(query, LastWord::Whole, Some(&known), &|| false).unwrap();
    assert_eq!(of_known, facets(index, query), "{query}");
    for facet in facets(index, query) {
        let bare = without(index, query, facet.field);
        let step = facet.len().div_ceil(12);
        for value in facet.values().step_by(step) {
            let chosen = choose(&bare, facet.field, &value.query(), Choice::Taken);
            assert_eq!(found(index, &chosen), value.projects, "{chosen}");
            let excluded = choose(&bare, facet.field, &value.query(), Choice::Excluded);
            assert_eq!(found(index, &excluded), found(index, &bare) - value.projects, "{excluded}");
        }
    }
}

const QUERIES: [&str; 7] = [
    "",
    "hospital",
    "hospital optouts:not-applied",
    "-optouts:mixed (type:identifiable OR type:anonymised)",
    "(concern:mixed-opt-outs OR concern:vulnerable-groups) severity:note",
    "police OR council",
    "version:all data -org:council",
];

#[test]
fn every_count_on_the_sample_opens_its_list() {
    let index = Edition::sample().unwrap().index;
    for query in QUERIES {
        every_count_opens_its_list(&index, query);
    }
}

#[test]
fn every_count_on_the_published_workbook_opens_its_list() {
    let Some(file) = published::file(published::WORKBOOK) else { return };
    let register = import::read(&[file], None, &mut |_| {}).unwrap().register;
    let index = Index::in_memory(&register, || concerns::examine(&register)).unwrap();
    for query in &QUERIES[..4] {
        every_count_opens_its_list(&index, query);
    }
}

#[test]
fn a_facet_is_counted_as_if_its_own_choice_were_not_made() {
    let index = Edition::sample().unwrap().index;
    let of = |query: &str, field| facets(&index, query).into_iter().find(|facet| facet.field == field).unwrap();
    let plain = of("", FacetField::OptOuts);
    let chosen = of("optouts:applied", FacetField::OptOuts);
    let counts =
        |facet: &Facet| facet.values().map(|value| (value.label.to_owned(), value.projects)).collect::<Vec<_>>();
    assert_eq!(counts(&plain), counts(&chosen));
    assert!(plain.len() > 1);
    let marked: Vec<&str> =
        chosen.values().filter(|value| value.choice == Choice::Taken).map(|value| value.label).collect();
    assert_eq!(marked, ["applied"]);
    // Others are counted among what is chosen.
    let all: usize = of("optouts:applied", FacetField::Organisation).values().map(|value| value.projects).sum();
    assert!(all < index.len());
    // What is chosen and found nowhere is shown with no project.
    let nowhere = of("orgtype:=\"A kind of our own\"", FacetField::OrganisationType);
    let last = nowhere.values().last().unwrap();
    assert_eq!((last.label, last.projects), ("A kind of our own", 0));
}

#[test]
fn years_and_weights_stand_in_their_own_order() {
    let index = Edition::sample().unwrap().index;
    for facet in facets(&index, "") {
        let labels: Vec<&str> = facet.values().map(|value| value.label).collect();
        match facet.field {
            FacetField::Started | FacetField::Released => assert!(labels.is_sorted(), "{labels:?}"),
            FacetField::Severity => assert_eq!(labels, ["high", "medium", "note"]),
            _ => assert!(facet.values().is_sorted_by(|one, next| one.projects >= next.projects), "{labels:?}"),
        }
    }
}
