//! The help: examples of the query language with what they find in the edition that is open, each of which can be tried.

use std::sync::Arc;

use crate::support::stage::{COLOURED, PLAIN, Played, keys, play, play_at_home, play_in, sample};
use crate::support::uses::{Agreement, write_edition};
use outflow::explorer::actions::{ACTIONS, Place, footer, works_in};
use outflow::explorer::help::{Example, HelpPane};
use outflow::explorer::message::{Effect, Job, Message};
use outflow::explorer::state::{State, View};
use outflow::explorer::update::{start, update};
use outflow::index::{Index, LastWord, Request};
use outflow::library::Library;

fn examples(played: &Played) -> &[Example] {
    &played.state.help.as_ref().unwrap().examples
}

fn assert_counted(index: &Index, examples: &[Example]) {
    for example in examples {
        let request = Request { query: example.query.clone(), last_word: LastWord::Whole, ..Request::default() };
        let found = index.search(&request, &|| false).unwrap();
        assert_eq!(example.projects, Some(found.projects.len()), "{}", example.query);
        assert!(found.trouble.is_empty(), "{}: {:?}", example.query, found.trouble);
    }
}

#[test]
fn every_example_shows_how_many_projects_it_finds() {
    let index = sample();
    let helped = play(80, 24, COLOURED, keys("?"));
    assert_counted(&index, examples(&helped));
    // In the sample every one finds something: where the usual one does not, another stands in its place.
    for (example, usual) in examples(&helped).iter().zip(HelpPane::new(Place::List).examples) {
        assert!(example.projects.unwrap() > 0, "{}", example.query);
        assert_eq!(example.about, usual.about);
    }
    assert_eq!(examples(&helped).len(), HelpPane::new(Place::List).examples.len());
    // The count stands beside the example on the screen.
    for (steps, example) in examples(&helped).iter().enumerate() {
        let shown = play(80, 24, PLAIN, keys(&format!("?]{}", "j".repeat(steps))));
        let line = shown.text().lines().nth(usize::from(shown.cursor.1)).unwrap().to_owned();
        let projects = example.projects.unwrap();
        let counted = if projects == 1 { "1 project ".to_owned() } else { format!("{projects} projects") };
        assert!(line.starts_with(&example.query) && line.contains(&counted), "{line}");
    }
}

#[test]
fn the_help_begins_with_the_keys_of_where_one_was() {
    for (place, script) in [
        (Place::Home, "0?"),
        (Place::Query, "/<F1>"),
        (Place::List, "?"),
        (Place::Led, "0<Enter>?"),
        (Place::Facets, "f?"),
        (Place::Sheet, "4?"),
        (Place::Named, "2<Enter>?"),
        (Place::Grid, "2t?"),
        (Place::Detail, "<Enter>?"),
        (Place::Change, "4<Tab>?"),
        (Place::Answer, "W<F1>"),
    ] {
        let helped = play(80, 24, PLAIN, keys(script));
        assert_eq!(helped.state.help.as_ref().map(|pane| pane.place), Some(place), "{script}");
        let lines: Vec<String> = helped.text().lines().map(str::to_owned).collect();
        assert_eq!(lines[1], format!("Keys here: {}", place.name()));
        // What the footer names there stands first, by its key there.
        let first = footer(place).find(|entry| works_in(entry, place)).unwrap();
        let chord = helped.state.keys.chords_in(first, place)[0];
        assert!(lines[2].starts_with(&chord.to_string()), "{script}: {}", lines[2]);
        // Each action stands in the help once, whatever the place.
        let whole = play(80, 300, PLAIN, keys(script)).text();
        for entry in &ACTIONS {
            let said: String = entry.help.chars().take(30).collect();
            assert_eq!(whole.matches(&said).count(), 1, "{} from {script}\n{whole}", entry.name);
        }
        // Going from part to part leads to the examples next, and back.
        let next = play(80, 24, PLAIN, keys(&format!("{script}]")));
        assert!(next.state.help.as_ref().unwrap().selected_example(&next.state.keys).is_some(), "{script}");
        assert_eq!(play(80, 24, PLAIN, keys(&format!("{script}]]][[["))).state.help.unwrap().selected, 0);
    }
    insta::assert_snapshot!("80x24_help_of_a_project", play(80, 24, PLAIN, keys("<Enter>?")).text());
}

/// From the list of projects or from home, where the program opens, the keys that lead to each place.
const WAYS: [(Place, &str); 13] = [
    (Place::Home, ""),
    (Place::Query, "/"),
    (Place::List, "1"),
    (Place::Led, "<Enter>"),
    (Place::Facets, "1f"),
    (Place::Sheet, "4"),
    (Place::Named, "2<Enter>"),
    (Place::Grid, "2t"),
    (Place::Detail, "1<Enter>"),
    (Place::Change, "4<Tab>"),
    (Place::Answer, "1W"),
    (Place::Help, "?"),
    (Place::Palette, ":"),
];

/// What is counted is every key that is pressed, from home on: those that lead to a place where the action can be done, and
/// that of the action itself. The list of actions is not needed for any.
#[test]
fn every_action_is_within_three_keys_of_home_by_a_key_of_its_own() {
    for (place, way) in WAYS {
        assert_eq!(play_at_home(80, 24, PLAIN, keys(way)).state.place(), place, "{way}");
    }
    assert_eq!(WAYS.len() + 1, Place::ALL.len(), "only a screen that is too small has no way to it");
    let keymap = outflow::explorer::keymap::Keymap::built_in();
    for entry in &ACTIONS {
        let steps = WAYS.iter().filter(|(place, _)| {
            entry.places.contains(place)
                && keymap.of(entry.action).iter().any(|chord| keymap.action_for(*place, *chord) == Some(entry.action))
        });
        let fewest = steps.map(|(_, way)| keys(way).len() + 1).min();
        assert!(fewest.is_some_and(|fewest| fewest <= 3), "{} takes {fewest:?} keys", entry.name);
        // And where it can be done, one key does it.
        for place in entry.places {
            let is_there =
                keymap.of(entry.action).iter().any(|chord| keymap.action_for(*place, *chord) == Some(entry.action));
            assert!(is_there, "{} has no key in {}", entry.name, place.name());
        }
    }
}

#[test]
fn an_edition_without_much_in_it_has_examples_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::at(folder.path().join("library"));
    let agreements = [
        Agreement::new("DARS-NIC-1-AAAAA-v1.0", "FENLAND TRUST"),
        Agreement::new("DARS-NIC-2-BBBBB-v1.0", "MARSH COLLEGE"),
    ];
    library.publish(&[write_edition(folder.path(), "september2026", &agreements)], None, &mut |_| {}).unwrap();
    let helped = play_in(&library, 80, 24, keys("?"));
    assert_counted(&library.open(None).unwrap().index, examples(&helped));
    let organisation = examples(&helped).iter().find(|example| example.query.starts_with("org:="));
    let organisation = organisation.expect("no example names an organisation");
    assert!(["FENLAND", "MARSH"].iter().any(|name| organisation.query.contains(name)), "{}", organisation.query);
}

#[test]
fn an_example_is_tried_with_enter_and_q_leads_back() {
    let helped = play(80, 24, PLAIN, keys("?"));
    let count = examples(&helped).len();
    for steps in 0..count {
        let example = &examples(&helped)[steps];
        let script = format!("/births<Enter>?]{}<Enter>", "j".repeat(steps));
        let tried = play(80, 24, PLAIN, keys(&script));
        assert_eq!((tried.state.query.value(), tried.state.place()), (example.query.as_str(), Place::Led));
        assert_eq!(Some(tried.state.list.projects.len()), example.projects, "{}", example.query);
        let back = play(80, 24, PLAIN, keys(&format!("{script}q")));
        assert_eq!((back.state.query.value(), back.state.place()), ("births", Place::List));
    }
    let from_home = play_at_home(80, 24, PLAIN, keys("?]j<Enter>q"));
    assert_eq!(from_home.state.view, View::Home);
    // From where one types, pasting is told apart no longer.
    for typing in ["/dem<F1>]<Enter>", "/hospital<Enter>WName<F1>]<Enter>"] {
        let tried = play(80, 24, PLAIN, keys(typing));
        assert_eq!((tried.state.place(), tried.state.asking.is_some()), (Place::Led, false), "{typing}");
        assert_eq!(tried.effects.last(), Some(&Effect::Pasting(false)), "{typing}");
    }
    // A key is no example.
    let key = play(80, 24, PLAIN, keys(&format!("?]{}<Enter>", "j".repeat(count))));
    assert_eq!(key.state.place(), Place::Help);
    assert!(key.text().contains("Enter tries an example of a query"), "{}", key.text());
}

#[test]
fn what_one_is_at_stays_on_the_screen() {
    insta::assert_snapshot!("40x10_help", play(40, 10, PLAIN, keys("?jj")).text());
    for (columns, rows) in [(80, 24), (40, 10), (120, 40)] {
        for script in [
            "?",
            "?jjjj",
            "?]jj",
            "?]]][",
            "?<PgDn>",
            "?<PgDn><PgDn><Ctrl-U>",
            "?G",
            "?Gkkkk",
            "?G<PgDn>g",
            "?<End><Up>",
        ] {
            let played = play(columns, rows, PLAIN, keys(script));
            let pane = played.state.help.as_ref().unwrap();
            let lines: Vec<String> = played.text().lines().map(str::to_owned).collect();
            assert!(played.cursor.1 > 0 && played.cursor.1 < rows - 1, "{script} at {columns}x{rows}");
            assert_eq!(played.attributes().lines().nth(usize::from(played.cursor.1)).map(|line| &line[..1]), Some("r"));
            if let Some(example) = pane.selected_example(&played.state.keys) {
                let shown = &lines[usize::from(played.cursor.1)];
                assert!(shown.starts_with(&example.query), "{script}: {shown}");
            }
        }
        let top = play(columns, rows, PLAIN, keys("?Gg"));
        assert_eq!(top.text(), play(columns, rows, PLAIN, keys("?")).text());
    }
    let mut script = keys("?<PgDn>jjj");
    let before = play(80, 24, PLAIN, script.clone()).state.help.unwrap().selected;
    script.push(Message::Resized(40, 10));
    let resized = play(80, 24, PLAIN, script);
    assert_eq!(resized.state.help.as_ref().unwrap().selected, before);
    assert!(resized.cursor.1 > 0);
}

#[test]
fn examples_are_counted_when_the_help_opens_and_not_before() {
    let index = sample();
    let mut state = State::new(index.header().clone(), 80, 24).at_home();
    let is_counting = |effect: &Effect| *effect == Effect::Work(Job::Examples);
    assert!(!start(&mut state).iter().any(is_counting));
    let opened = keys("?").into_iter().flat_map(|message| update(&mut state, message)).collect::<Vec<_>>();
    assert!(opened.iter().any(is_counting));
    // The help is there before they are counted, and can be tried.
    assert!(state.help.as_ref().unwrap().examples.iter().all(|example| example.projects.is_none()));
    for message in keys("]jjj<Enter>") {
        update(&mut state, message);
    }
    assert_eq!((state.query.value(), state.help), ("police OR council", None));
    // An answer that comes once it is closed changes nothing.
    let mut state = State::new(Arc::clone(&index).header().clone(), 80, 24);
    state.redraw = false;
    let answer = outflow::explorer::message::Answer::Examples { examples: HelpPane::new(Place::List).examples };
    assert_eq!(update(&mut state, Message::Answer(answer)), []);
    assert!(!state.redraw && state.help.is_none());
}
