//! What is offered behind a query while it is typed: names of fields, and the values that the edition has.

use crate::support::stage::{COLOURED, PLAIN, keys, play, sample};
use outflow::explorer::state::Focus;
use outflow::index::{FacetField, FacetValue, Index, LastWord, Request, Sort};

fn request(query: &str, last_word: LastWord) -> Request {
    Request { query: query.to_owned(), last_word, sort: Sort::Relevance }
}

fn completions(index: &Index, query: &str) -> Vec<String> {
    index.search(&request(query, LastWord::Beginning), &|| false).unwrap().completions
}

#[test]
fn what_is_offered_is_read_without_trouble_and_names_what_the_edition_has() {
    let index = sample();
    let listed = ["org:", "dataset:", "legal:", "type:", "access:"];
    for letters in ["", "a", "h", "un", "the", "health"] {
        for query in listed.map(|field| format!("{field}{letters}")) {
            for offered in completions(&index, &query) {
                assert!(offered.starts_with(query.split_once(':').unwrap().0), "{query} {offered}");
                let found = index.search(&request(&offered, LastWord::Whole), &|| false).unwrap();
                assert!(found.trouble.is_empty() && !found.projects.is_empty(), "{query} {offered}");
            }
        }
    }
    let of_values =
        ["concern:", "unsure:", "severity:", "optouts:", "commercial:", "sublicensing:", "sensitive:", "has:"];
    for query in of_values.into_iter().chain(["missing:", "version:"]) {
        let offered = completions(&index, query);
        assert!(!offered.is_empty(), "{query}");
        for offered in offered {
            assert!(
                index.search(&request(&offered, LastWord::Whole), &|| false).unwrap().trouble.is_empty(),
                "{offered}"
            );
        }
    }
}

#[test]
fn the_value_that_most_projects_have_is_offered_first() {
    let index = sample();
    for (query, field) in [("org:", FacetField::Organisation), ("dataset:", FacetField::Dataset)] {
        let facets = index.facets("", LastWord::Whole, &|| false).unwrap();
        let values: Vec<FacetValue<'_>> = facets.iter().find(|facet| facet.field == field).unwrap().values().collect();
        let most: Vec<usize> = completions(&index, query)
            .iter()
            .map(|offered| values.iter().find(|value| value.query() == *offered).unwrap().projects)
            .collect();
        let wanted: Vec<usize> = values.iter().map(|value| value.projects).take(most.len()).collect();
        assert_eq!(most, wanted, "{query}");
    }
}

#[test]
fn what_begins_so_comes_before_what_has_the_word_later() {
    let index = sample();
    let offered = completions(&index, "org:univ");
    assert!(offered.len() > 1 && offered[0].starts_with("org:=\"UNIV"), "{offered:?}");
    // Inside brackets, behind other words and after a minus sign, what stands before stays.
    for before in ["cancer ", "(police OR ", "-"] {
        let behind: Vec<String> = offered.iter().map(|way| format!("{before}{way}")).collect();
        assert_eq!(completions(&index, &format!("{before}org:univ")), behind);
    }
}

#[test]
fn nothing_is_offered_for_a_whole_query_or_for_plain_words() {
    let index = sample();
    let whole = index.search(&request("optouts:", LastWord::Whole), &|| false).unwrap();
    assert!(whole.completions.is_empty());
    for query in ["dementia", "hospital episode", "files:>1", "title:a", "org:zzzz"] {
        assert_eq!(completions(&index, query), [] as [&str; 0], "{query}");
    }
}

#[test]
fn tab_and_right_take_what_is_offered_and_otherwise_do_what_they_did() {
    let field = play(80, 24, COLOURED, keys("/opto"));
    assert!(field.text().contains("/ optouts:"), "{}", field.text());
    let value = play(80, 24, COLOURED, keys("/opto<Tab>not<Tab>"));
    assert_eq!((value.state.query.value(), value.state.focus), ("optouts:not-applied", Focus::Query));
    let right = play(80, 24, COLOURED, keys("/opto<Right>not<Right><Enter>"));
    assert_eq!((right.state.query.value(), right.state.focus), ("optouts:not-applied", Focus::List));
    assert_eq!(value.state.list.projects, right.state.list.projects);
    assert!(!value.state.list.projects.is_empty());
    // Inside the line Right moves, and where nothing is offered Tab goes to the results.
    let inside = play(80, 24, COLOURED, keys("/opto<Left><Left><Right>x"));
    assert_eq!(inside.state.query.value(), "optxo");
    let none = play(80, 24, COLOURED, keys("/dementia<Tab>"));
    assert_eq!((none.state.query.value(), none.state.focus), ("dementia", Focus::List));
}

#[test]
fn a_name_is_offered_as_the_whole_value_and_other_ways_stand_below() {
    let played = play(80, 24, PLAIN, keys("/org:univ"));
    let text = played.text();
    let first = text.lines().next().unwrap();
    assert!(first.contains("org:univ") && first.contains("org:=\"UNIV"), "{text}");
    let last = text.lines().last().unwrap();
    assert!(last.starts_with("Tab take  org:=\"") && last.contains("UNIVERSITY"), "{text}");
    let taken = play(80, 24, COLOURED, keys("/org:univ<Tab><Enter>"));
    let query = taken.state.query.value();
    assert!(query.starts_with("org:=\"UNIV") && query.ends_with('"'), "{query}");
    assert!(!taken.state.list.projects.is_empty());
}

#[test]
fn what_is_offered_is_told_from_what_is_typed_where_there_is_no_colour() {
    let first = |theme, columns| play(columns, 24, theme, keys("/opto")).text().lines().next().unwrap().to_owned();
    assert!(first(PLAIN, 80).starts_with("/ opto[uts:]  "), "{}", first(PLAIN, 80));
    // By its colour elsewhere.
    let coloured = play(80, 24, COLOURED, keys("/opto"));
    assert!(coloured.text().starts_with("/ optouts:  "), "{}", coloured.text());
    assert_ne!(coloured.screen[(5, 0)].modifier, coloured.screen[(6, 0)].modifier);
    // One writes where the mark stands, and what is typed has none.
    assert_eq!(play(80, 24, PLAIN, keys("/opto")).cursor, (6, 0));
    assert!(play(80, 24, PLAIN, keys("/opto<Tab>applied")).text().starts_with("/ optouts:applied  "));
    // Where there is little room it is cut, and the mark stays.
    let narrow = play(40, 12, PLAIN, keys("/dementia objec")).text();
    let narrow = narrow.lines().next().unwrap();
    assert!(narrow.starts_with("/ dementia objec[t...] ") && narrow.ends_with("projects"), "{narrow}");
    let whole = play(80, 24, PLAIN, keys("/org:univ")).text();
    assert!(whole.starts_with("/ org:univ -> org:=\"UNIV"), "{whole}");
}
