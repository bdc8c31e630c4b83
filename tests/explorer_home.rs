//! Home: the edition in figures, and saved searches with what is new. Every figure leads to what it counts.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking"
)]

#[path = "support/stage.rs"]
mod stage;
#[path = "support/uses.rs"]
#[allow(dead_code, reason = "this test writes whole editions only")]
mod uses;
#[path = "support/workbook.rs"]
#[allow(dead_code, reason = "this test writes whole editions only")]
mod workbook;

use std::path::Path;

use outflow::explorer::actions::Place;
use outflow::explorer::message::{Effect, Ended, Job};
use outflow::explorer::sheet::Leads;
use outflow::explorer::state::{State, View};
use outflow::explorer::update::{start, update};
use outflow::library::{Judging, Library, Named, Own};
use stage::{COLOURED, PLAIN, Played, keys, play, play_at_home, play_own_at_home, sample};
use uses::{Agreement, write_edition};

/// A library, and what a person keeps beside it.
struct Kept {
    folder: tempfile::TempDir,
    library: Library,
}

impl Kept {
    /// Two agreements in September.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let library = Library::at(folder.path().join("library"));
        let kept = Self { folder, library };
        kept.import(
            "september2026",
            &[("DARS-NIC-1-AAAAA-v1.0", "FENLAND TRUST"), ("DARS-NIC-2-BBBBB-v1.0", "MARSH COLLEGE")],
        );
        kept
    }

    /// In October two more, one of them of a trust.
    fn october(&self) {
        let entries = [
            ("DARS-NIC-1-AAAAA-v1.0", "FENLAND TRUST"),
            ("DARS-NIC-2-BBBBB-v1.0", "MARSH COLLEGE"),
            ("DARS-NIC-3-CCCCC-v1.0", "MOOR TRUST"),
            ("DARS-NIC-4-DDDDD-v1.0", "MOOR COLLEGE"),
        ];
        self.import("october2026", &entries);
    }

    fn import(&self, month: &str, entries: &[(&str, &str)]) {
        let agreements: Vec<Agreement> =
            entries.iter().map(|(reference, organisation)| Agreement::new(reference, organisation)).collect();
        let file = write_edition(self.folder.path(), month, &agreements);
        self.library.publish(&[file], None, &mut |_| {}).unwrap();
    }

    fn own(&self) -> std::path::PathBuf {
        self.folder.path().join("own")
    }

    fn played(&self, script: &str) -> Played {
        let own: &Path = &self.own();
        let judging = Judging::of_user(Named { own: Some(own), ..Named::default() }).0;
        play_own_at_home(&self.library, judging, keys(script))
    }
}

/// The keys that lead to an item from the top.
fn steps_to(played: &Played, is_it: impl Fn(&Leads) -> bool) -> String {
    let leads: Vec<&Leads> =
        played.state.sheet.items.iter().map(|item| &item.leads).filter(|leads| **leads != Leads::Nowhere).collect();
    let at = leads.iter().position(|leads| is_it(leads)).expect("it is not at home");
    "j".repeat(at)
}

#[test]
fn the_program_opens_at_home_with_the_edition_in_figures() {
    let home = play_at_home(80, 24, PLAIN, keys(""));
    assert_eq!((home.state.view, home.state.place()), (View::Home, Place::Home));
    insta::assert_snapshot!("80x24_home", home.text() + &home.attributes());
    insta::assert_snapshot!("120x40_home", play_at_home(120, 40, COLOURED, keys("")).text());
    insta::assert_snapshot!("40x10_home", play_at_home(40, 10, COLOURED, keys("jjj")).text());
    let figures = play_at_home(80, 24, PLAIN, keys("j<Enter>"));
    insta::assert_snapshot!("80x24_figures", figures.text());
    let back = play_at_home(80, 24, PLAIN, keys("j<Enter>q"));
    assert_eq!((back.state.place(), back.state.sheet.selected), (Place::Home, home.state.sheet.selected + 1));
}

#[test]
fn every_figure_is_that_of_the_list_to_which_it_leads() {
    let home = play_at_home(80, 24, PLAIN, keys(""));
    let queries: Vec<(String, usize)> = home
        .state
        .sheet
        .items
        .iter()
        .filter_map(|item| match &item.leads {
            Leads::Query(query) => Some((query.clone(), item.figure.unwrap())),
            _ => None,
        })
        .collect();
    // All projects, three weights of concerns, and five searches worth trying.
    assert_eq!(queries.len(), 9);
    for (query, figure) in queries {
        assert!(figure > 0, "{query}");
        let steps = steps_to(&home, |leads| *leads == Leads::Query(query.clone()));
        let list = play_at_home(80, 24, PLAIN, keys(&format!("{steps}<Enter>")));
        assert_eq!((list.state.query.value(), list.state.list.projects.len()), (query.as_str(), figure));
        assert!(list.state.list.trouble.is_empty(), "{query}");
        let back = play_at_home(80, 24, PLAIN, keys(&format!("{steps}<Enter>q")));
        let selected = back.state.sheet.selected_item().map(|item| item.leads.clone());
        assert_eq!((back.state.view, selected), (View::Home, Some(Leads::Query(query))));
    }
    let steps = steps_to(&home, |leads| *leads == Leads::View(View::Concerns));
    assert_eq!(play_at_home(80, 24, PLAIN, keys(&format!("{steps}<Enter>"))).state.view, View::Concerns);
}

#[test]
fn the_first_screen_waits_for_no_search() {
    let index = sample();
    let mut state = State::new(index.header().clone(), 80, 24).at_home();
    // What the edition says of itself stands there before anything was asked for.
    let shown = |state: &State| {
        let items = state.sheet.items.iter().filter(|item| item.leads != Leads::Nowhere);
        items.map(|item| (item.figure, item.name.clone())).collect::<Vec<_>>()
    };
    let before = shown(&state);
    assert_eq!(before[0], (Some(42), "projects".to_owned()));
    assert_eq!(before[2].0, None, "a weight was counted before the first screen");
    let asked: Vec<Job> = start(&mut state)
        .into_iter()
        .filter_map(|effect| if let Effect::Work(job) = effect { Some(job) } else { None })
        .collect();
    assert!(matches!(
        asked.as_slice(),
        [Job::Find { asked: 1, .. }, Job::Sheet(View::Home), Job::Queries, Job::LayOver]
    ));
    // Once it is counted, what stood there stands where it stood.
    let after = shown(&play_at_home(80, 24, PLAIN, keys("")).state);
    assert!(before.iter().zip(&after).all(|((_, one), (_, other))| one == other), "{before:?} {after:?}");
    assert_eq!(before.len() + 5, after.len());
}

#[test]
fn saved_searches_stand_at_home_with_what_is_new_until_they_were_opened() {
    let kept = Kept::new();
    kept.played("/org:trust<Enter>Wtrusts<Enter>/<Ctrl-U>births<Enter>Wbirths<Enter>");
    let listed = |played: &Played| {
        let items = played.state.sheet.items.iter().filter(|item| matches!(item.leads, Leads::Search { .. }));
        items.map(|item| (item.figure.unwrap(), item.name.clone(), item.lines[0].clone())).collect::<Vec<_>>()
    };
    let of = |figure: usize, name: &str, told: &str| (figure, name.to_owned(), told.to_owned());
    assert_eq!(listed(&kept.played("")), [of(1, "trusts", "org:trust; none new"), of(2, "births", "births; none new")]);
    kept.october();
    let home = kept.played("");
    assert_eq!(
        listed(&home),
        [
            of(2, "trusts (1 new)", "org:trust; new since edition 2026-09"),
            of(4, "births (2 new)", "births; new since edition 2026-09")
        ]
    );
    assert!(!home.text().contains("Searches worth trying"), "{}", home.text());
    insta::assert_snapshot!("80x24_home_saved", home.text());
    let steps = steps_to(&home, |leads| matches!(leads, Leads::Search { .. }));
    let opened = kept.played(&format!("{steps}<Enter>"));
    assert_eq!((opened.state.query.value(), opened.state.list.projects.len()), ("org:trust", 2));
    assert!(opened.text().contains("1 new since edition 2026-09: DARS-NIC-3-CCCCC"), "{}", opened.text());
    // It was looked at, here as in the list of saved searches.
    assert_eq!(Own::at(kept.own()).searches().unwrap()[0].seen.edition, "2026-10");
    let back = kept.played(&format!("{steps}j<Enter>q"));
    assert_eq!(back.state.view, View::Home);
    assert_eq!(listed(&back), [of(2, "trusts", "org:trust; none new"), of(4, "births", "births; none new")]);
    let removed = kept.played(&format!("{steps}x"));
    assert!(removed.text().contains("\"trusts\" is removed; its query was: org:trust"), "{}", removed.text());
    assert_eq!(listed(&removed), [of(4, "births", "births; none new")]);
}

#[test]
fn what_changed_since_the_edition_before_is_one_step_away() {
    let kept = Kept::new();
    let alone = kept.played("");
    assert!(alone.text().contains("no edition to compare with"), "{}", alone.text());
    kept.october();
    let home = kept.played("");
    assert!(home.text().contains("since edition 2026-09"), "{}", home.text());
    let steps = steps_to(&home, |leads| *leads == Leads::View(View::Changes));
    let changes = kept.played(&format!("{steps}<Enter>"));
    assert!(changes.text().contains("Changes from 2026-09 to 2026-10"), "{}", changes.text());
    // Once they were compared, home tells how much.
    let back = kept.played(&format!("{steps}<Enter>q"));
    assert!(back.text().contains("0 left, 0 amended, 2 came"), "{}", back.text());
}

#[test]
fn saved_searches_that_cannot_be_read_are_told_at_home() {
    let kept = Kept::new();
    std::fs::create_dir(kept.own()).unwrap();
    std::fs::write(kept.own().join("searches.json"), "{").unwrap();
    let home = kept.played("");
    assert!(home.text().contains("searches.json is damaged"), "{}", home.text());
    assert!(home.text().contains("Searches worth trying"), "{}", home.text());
}

#[test]
fn home_is_one_key_away_and_quits() {
    for script in ["0", "<Enter>0", "40", "4<Enter>0", "w0", "f<Tab>0", "/hospital<Enter>jj<Enter>0"] {
        for columns in [80, 140] {
            let played = play(columns, 40, PLAIN, keys(script));
            assert_eq!((played.state.place(), played.state.frames.len()), (Place::Home, 0), "{script}");
        }
    }
    for (script, ended) in [("q", Ended::Quit), ("<Esc><Esc>", Ended::Signal(0)), ("4q4qq", Ended::Quit)] {
        assert_eq!(play_at_home(80, 24, PLAIN, keys(script)).ended, ended, "{script}");
    }
    // What was searched for is there still.
    let again = play(80, 24, PLAIN, keys("/hospital<Enter>01"));
    assert_eq!((again.state.query.value(), again.state.place()), ("hospital", Place::List));
    let led = play(80, 24, PLAIN, keys("/hospital<Enter>4<Enter>01"));
    assert_eq!((led.state.query.value(), led.state.place()), ("hospital", Place::List));
}

#[test]
fn a_search_from_home_leads_to_projects_and_back() {
    let found = play_at_home(80, 24, PLAIN, keys("/hospital<Enter>"));
    assert_eq!((found.state.view, found.state.list.projects.len()), (View::Projects, 30));
    let back = play_at_home(80, 24, PLAIN, keys("/hospital<Enter>q"));
    assert_eq!((back.state.view, back.state.query.value()), (View::Home, ""));
    let projects = play_at_home(80, 24, PLAIN, keys("1"));
    assert_eq!((projects.state.place(), projects.state.list.projects.len()), (Place::List, 42));
}

#[test]
fn keys_that_come_before_home_is_counted_wait_for_it() {
    let index = sample();
    let desk = outflow::explorer::desk::IndexDesk::new(std::sync::Arc::clone(&index));
    let mut state = State::new(index.header().clone(), 80, 24).at_home();
    let mut asked: std::collections::VecDeque<Effect> = start(&mut state).into();
    for message in keys("jj<Enter>") {
        asked.extend(update(&mut state, message));
    }
    while let Some(effect) = asked.pop_front() {
        if let Effect::Work(job) = effect {
            let answer = outflow::explorer::worker::Desk::work(&desk, &job, &|| false).unwrap();
            asked.extend(update(&mut state, outflow::explorer::message::Message::Answer(answer)));
        }
    }
    assert_eq!((state.query.value(), state.list.projects.len()), ("severity:high", 7));
}

#[test]
fn headings_are_passed_over_in_both_directions_and_come_with_what_is_below_them() {
    let home = play_at_home(80, 24, PLAIN, keys(""));
    let count = home.state.sheet.items.iter().filter(|item| item.leads != Leads::Nowhere).count();
    for (columns, rows) in [(80, 24), (40, 10)] {
        for steps in 0..count {
            let down = play_at_home(columns, rows, PLAIN, keys(&"j".repeat(steps)));
            let up = play_at_home(columns, rows, PLAIN, keys(&format!("G{}", "k".repeat(count - 1 - steps))));
            assert_eq!(down.state.sheet.selected, up.state.sheet.selected, "{steps}");
            for played in [&down, &up] {
                let sheet = &played.state.sheet;
                assert!(sheet.selected_item().unwrap().leads != Leads::Nowhere);
                assert!((sheet.top..sheet.top + usize::from(rows - 3)).contains(&sheet.selected));
            }
        }
        let top = play_at_home(columns, rows, PLAIN, keys("Gg"));
        assert_eq!(top.state.sheet.top, 0, "the first heading is out of sight");
    }
}
