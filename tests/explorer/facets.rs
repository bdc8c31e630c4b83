//! Choosing by value in the explorer: every choice is text in the search line, and every count is that of its list.

use crate::support::stage::{PLAIN, keys, play};
use outflow::explorer::actions::Place;
use outflow::explorer::state::FacetRow;
use outflow::index::{Choice, FacetField};

/// The keys that lead to a value, from the top of the pane.
fn steps_to(field: FacetField, label: &str) -> String {
    let pane = play(80, 24, PLAIN, keys("f")).state.facets.unwrap();
    let rows = pane.rows();
    let wanted = |row: &FacetRow| match row {
        FacetRow::Value(facet, value) => {
            let facet = &pane.facets[*facet];
            facet.field == field && facet.value(*value).is_some_and(|value| value.label == label)
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
    assert_eq!(chosen.state.query.value(), format!("hospital {}", value.query()));
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
fn on_a_wide_screen_the_list_changes_beside_what_is_chosen() {
    let list = play(120, 40, PLAIN, keys("/hospital<Enter>"));
    let opened = play(120, 40, PLAIN, keys("/hospital<Enter>f"));
    assert_eq!(opened.state.place(), Place::Facets);
    // All three stand there: the list, the project that is selected, and the facets.
    let shown = opened.text();
    let selected = &list.state.list.row(0).unwrap().row;
    for part in ["Projects by match", &selected.reference, "Concerns (", "Choose by value", "Weight of concerns"] {
        assert!(shown.contains(part), "{part} is not in:\n{shown}");
    }
    let applied = steps_to(FacetField::OptOuts, "applied");
    let chosen = play(120, 40, PLAIN, keys(&format!("/hospital<Enter>f{applied}<Enter>")));
    assert_eq!(chosen.state.place(), Place::Facets);
    let first = &chosen.state.list.row(0).unwrap().row;
    assert!(chosen.state.list.projects.len() < list.state.list.projects.len());
    assert!(chosen.text().contains(&first.reference), "{}", chosen.text());
    // Its passages are cut for the columns that are left to it, and for all of them once the facets are gone.
    assert_eq!((opened.state.list.rows.columns, list.state.list.rows.columns), (40, 48));
    let closed = play(120, 40, PLAIN, keys("/hospital<Enter>fq"));
    assert_eq!((closed.text(), closed.attributes()), (list.text(), list.attributes()));
}

#[test]
fn tab_goes_round_and_the_facets_stay_open_beside_the_list() {
    let place = |script: &str| {
        let played = play(140, 40, PLAIN, keys(script));
        (played.state.place(), played.state.facets.is_some())
    };
    assert_eq!(place("f<Tab>"), (Place::List, true));
    assert_eq!(place("f<Tab><Tab>"), (Place::Detail, true));
    assert_eq!(place("f<Tab><Tab><Tab>"), (Place::Facets, true));
    assert_eq!(place("f<Tab><Tab>q"), (Place::List, true));
    assert_eq!(place("f<Tab>f"), (Place::Facets, true));
    assert_eq!(place("f<Tab>ff"), (Place::List, false));
    // What is typed is counted beside what it finds.
    let typed = play(140, 40, PLAIN, keys("f/hospital"));
    assert_eq!(typed.state.place(), Place::Query);
    assert_eq!(typed.state.facets.as_ref().unwrap().of, Some(typed.state.asked));
    // Elsewhere they are gone.
    assert_eq!(place("f<Tab>4"), (Place::Sheet, false));
    assert_eq!(place("f<Tab>41"), (Place::List, false));
}

#[test]
fn where_three_do_not_fit_the_facets_take_the_place_of_the_project_or_of_the_list() {
    insta::assert_snapshot!("100x30_facets", play(100, 30, PLAIN, keys("/hospital<Enter>f")).text());
    let project = play(100, 30, PLAIN, keys("/hospital<Enter>f<Tab><Enter>"));
    assert_eq!(project.state.place(), Place::Detail);
    assert!(!project.text().contains("Choose by value"), "{}", project.text());
    assert!(project.text().contains("Concerns ("), "{}", project.text());
    let again = play(100, 30, PLAIN, keys("/hospital<Enter>f<Tab><Enter><Tab>"));
    assert!(again.text().contains("Choose by value"), "{}", again.text());
    // A narrow screen shows one thing, and counts nothing that cannot be seen.
    let narrow = play(80, 24, PLAIN, keys("f<Tab>"));
    assert_eq!((narrow.state.place(), narrow.state.facets), (Place::List, None));
    let mut script = keys("f<Tab>");
    script.push(outflow::explorer::message::Message::Resized(80, 24));
    let narrowed = play(140, 40, PLAIN, script);
    assert_eq!((narrowed.state.place(), narrowed.state.facets), (Place::List, None));
}

#[test]
fn evidence_is_not_opened_behind_the_facets() {
    let played = play(100, 30, PLAIN, keys("/ref:58999<Enter>f<Tab>e"));
    assert_eq!(played.state.place(), Place::Detail);
    assert!(played.text().contains("concern 1 of"), "{}", played.text());
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
