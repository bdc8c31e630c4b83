//! Choosing by value in the explorer: every choice is text in the search line, and every count is that of its list.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking"
)]

#[path = "support/stage.rs"]
mod stage;

use outflow::explorer::actions::Place;
use outflow::explorer::state::FacetRow;
use outflow::index::{Choice, FacetField};
use stage::{PLAIN, keys, play};

/// The keys that lead to a value, from the top of the pane.
fn steps_to(field: FacetField, label: &str) -> String {
    let pane = play(80, 24, PLAIN, keys("f")).state.facets.unwrap();
    let rows = pane.rows();
    let wanted = |row: &FacetRow| match row {
        FacetRow::Value(facet, value) => {
            let facet = &pane.facets[*facet];
            facet.field == field && facet.values[*value].label == label
        }
        _ => false,
    };
    let at = rows.iter().position(wanted).unwrap_or_else(|| panic!("{label} is not shown"));
    // The first row is a heading, and headings are passed over.
    let values = rows[1..at].iter().filter(|row| !matches!(row, FacetRow::Heading(_))).count();
    "j".repeat(values)
}

#[test]
fn values_are_counted_and_lead_back_to_the_list() {
    let opened = play(80, 24, PLAIN, keys("f"));
    assert_eq!(opened.state.place(), Place::Facets);
    insta::assert_snapshot!("80x24_facets", opened.text() + &opened.attributes());
    insta::assert_snapshot!("120x40_facets", play(120, 40, PLAIN, keys("f")).text());
    let list = play(80, 24, PLAIN, keys(""));
    for back in ["fq", "ff", "f<Esc>", "fjjjq"] {
        let played = play(80, 24, PLAIN, keys(back));
        assert_eq!((played.state.place(), played.text()), (Place::List, list.text()), "{back}");
    }
    // The search line is one key away.
    let typed = play(80, 24, PLAIN, keys("f/dementia<Enter>"));
    assert_eq!((typed.state.query.value(), typed.state.place()), ("dementia", Place::List));
}

#[test]
fn a_choice_is_made_in_the_query_widened_left_out_and_taken_back() {
    let applied = steps_to(FacetField::OptOuts, "applied");
    let chosen = play(80, 24, PLAIN, keys(&format!("/hospital<Enter>f{applied}<Enter>")));
    let pane = chosen.state.facets.as_ref().unwrap();
    let (field, value) = pane.selected_value().unwrap();
    assert_eq!(field, FacetField::OptOuts, "{}", chosen.text());
    assert_eq!(chosen.state.query.value(), format!("hospital {}", value.query));
    assert_eq!(value.choice, Choice::Taken);
    assert_eq!(chosen.state.list.projects.len(), value.projects);
    // The others of the facet keep their counts, and one of them is added.
    let two = play(80, 24, PLAIN, keys(&format!("/hospital<Enter>f{applied}<Enter>j<Enter>")));
    assert!(two.state.query.value().starts_with("hospital (optouts:"), "{}", two.state.query.value());
    assert!(two.state.query.value().contains(" OR optouts:"), "{}", two.state.query.value());
    let out = play(80, 24, PLAIN, keys(&format!("/hospital<Enter>f{applied}x")));
    assert!(out.state.query.value().starts_with("hospital -optouts:"), "{}", out.state.query.value());
    for (again, query) in [("<Enter><Enter>", "hospital"), ("xx", "hospital")] {
        let played = play(80, 24, PLAIN, keys(&format!("/hospital<Enter>f{applied}{again}")));
        assert_eq!(played.state.query.value(), query, "{again}");
    }
    // Back in the list stands what was chosen.
    let list = play(80, 24, PLAIN, keys(&format!("/hospital<Enter>f{applied}<Enter>q")));
    assert_eq!((list.state.place(), list.state.list.projects.len()), (Place::List, chosen.state.list.projects.len()));
}

#[test]
fn all_values_of_a_facet_are_shown_when_asked_for() {
    let pane = play(80, 24, PLAIN, keys("f")).state.facets.unwrap();
    let rows = pane.rows();
    let more = rows.iter().position(|row| matches!(row, FacetRow::More(..))).unwrap();
    let values = rows[1..more].iter().filter(|row| !matches!(row, FacetRow::Heading(_))).count();
    let opened = play(80, 24, PLAIN, keys(&format!("f{}<Enter>", "j".repeat(values))));
    let after = opened.state.facets.unwrap().rows();
    let FacetRow::More(facet, hidden) = rows[more] else { panic!("not a row that stands for others") };
    assert_eq!(after.len(), rows.len() + hidden - 1);
    assert!(!after.iter().any(|row| matches!(row, FacetRow::More(other, _) if *other == facet)));
}
