//! Home: the edition in figures, and saved searches with what is new. Every figure leads to what it counts.

use std::path::Path;

use crate::support::stage::{COLOURED, PLAIN, Played, keys, play, play_at_home, play_own_at_home, sample};
use crate::support::uses::{Agreement, write_edition};
use outflow::explorer::actions::Place;
use outflow::explorer::message::{Effect, Ended, Job};
use outflow::explorer::sheet::Leads;
use outflow::explorer::state::{State, View};
use outflow::explorer::update::{start, update};
use outflow::library::{Judging, Library, Named, Own};

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
    // All projects, five searches worth trying, three weights of concerns, and the one kind of organisation that is published.
    let kinds = queries.iter().filter(|(query, _)| query.starts_with("orgtype:=")).count();
    assert!(kinds == 1 && queries.len() == 10, "{queries:?}");
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
    for view in [View::Organisations, View::Datasets, View::Concerns] {
        let steps = steps_to(&home, |leads| *leads == Leads::View(view));
        let list = play_at_home(80, 24, PLAIN, keys(&format!("{steps}<Enter>")));
        assert_eq!(list.state.view, view);
        let figure =
            home.state.sheet.items.iter().find(|item| item.leads == Leads::View(view)).unwrap().figure.unwrap();
        let listed = if view == View::Concerns {
            list.state.header.tallies.iter().filter(|tally| tally.findings > 0).count()
        } else {
            // What the figures mean stands below them.
            list.state.sheet.items.iter().filter(|item| item.leads != Leads::Nowhere).count()
        };
        assert_eq!(figure, listed, "{view:?}");
    }
}

#[test]
fn the_first_screen_of_a_new_user_says_what_this_is_how_to_import_and_what_to_try() {
    for (columns, rows) in [(80, 24), (120, 40), (200, 60)] {
        let text = play_at_home(columns, rows, PLAIN, keys("")).text();
        for said in ["Who was given patients' data in England", "outflow import FILE", "this is a sample", "Concerns"] {
            assert!(text.contains(said), "{said} is not to be seen at {columns}x{rows}:\n{text}");
        }
        for tried in
            ["concern:mixed-opt-outs", "insurance OR insurers", "missing:yielded files:>12", "hospital  in any"]
        {
            assert!(text.contains(tried), "{tried} is not to be seen at {columns}x{rows}:\n{text}");
        }
    }
    assert!(play_at_home(40, 10, PLAIN, keys("")).text().contains("outflow import FILE"));
}

#[test]
fn files_by_month_are_drawn_and_told_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::at(folder.path().join("library"));
    let mut agreements = vec![Agreement::new("DARS-NIC-1-AAAAA-v1.0", "FENLAND TRUST")];
    for (number, month) in ["2020-03", "2020-03", "2020-03", "2021-11", "2022-01"].into_iter().enumerate() {
        let last = agreements.pop().unwrap();
        agreements.push(last.file(&format!("FILE#{number}"), "Yes", &format!("date:{month}-01")));
    }
    agreements.push(Agreement::new("DARS-NIC-2-BBBBB-v1.0", "MARSH COLLEGE").file("FILE#9", "No", ""));
    library.publish(&[write_edition(folder.path(), "september2026", &agreements)], None, &mut |_| {}).unwrap();
    let home = play_own_at_home(&library, Judging::default(), keys(""));
    let text = home.text();
    assert!(text.contains("Files by month, 2020-03 to 2022-01; 1 of 6 tell none  a month: 2 columns"), "{text}");
    assert!(text.contains("1  project with a release in 2020  most files in March 2020: 3"), "{text}");
    // Three files fill both rows of a bar, and one file is seen in the lower.
    assert!(text.lines().any(|line| line == "      ##"), "{text}");
    assert!(text.lines().any(|line| line == format!("      ##{}++  ++", " ".repeat(38))), "{text}");
    assert!(text.lines().any(|line| line.trim_start().starts_with("|2020") && line.contains("|2022")), "{text}");
    let steps = steps_to(&home, |leads| *leads == Leads::Query("released:2020".to_owned()));
    let list = play_own_at_home(&library, Judging::default(), keys(&format!("{steps}<Enter>")));
    assert_eq!((list.state.query.value(), list.state.list.projects.len()), ("released:2020", 1));
    // Where no file is listed there is nothing to draw.
    let without = play_own_at_home(&Kept::new().library, Judging::default(), keys(""));
    assert!(!without.text().contains("Files by month"), "{}", without.text());
}

#[test]
fn parts_stand_beside_each_other_on_a_wide_screen() {
    insta::assert_snapshot!("200x60_home", play_at_home(200, 60, COLOURED, keys("")).text());
    // Both columns are walked through in turn, and Tab goes across.
    let count = play_at_home(120, 40, PLAIN, keys(""))
        .state
        .sheet
        .items
        .iter()
        .filter(|item| item.leads != Leads::Nowhere)
        .count();
    let mut columns = Vec::new();
    for steps in 0..count {
        columns.push(play_at_home(120, 40, PLAIN, keys(&"j".repeat(steps))).cursor.0);
    }
    assert!(columns.is_sorted() && columns[0] == 0 && columns[count - 1] > 59, "{columns:?}");
    let across = play_at_home(120, 40, PLAIN, keys("<Tab>"));
    assert!(across.cursor.0 > 59 && across.state.place() == Place::Home, "{}", across.text());
    assert_eq!(play_at_home(120, 40, PLAIN, keys("<Tab><Tab>")).cursor.0, 0);
    // What is read of the edition stands beside one column.
    let read = play_at_home(120, 40, PLAIN, keys("j<Enter>"));
    assert!(read.text().contains("In figures") && read.text().contains("Home: edition"), "{}", read.text());
    // A low screen is scrolled, as a narrow one is.
    let low = play_at_home(120, 12, PLAIN, keys("G"));
    assert!(low.state.sheet.top > 0 && low.cursor.0 == 0, "{}", low.text());
}

#[test]
fn the_first_screen_waits_for_no_search() {
    let index = sample();
    let mut state = State::new(index.header().clone(), 80, 24).at_home();
    // What the edition says of itself stands there before anything was asked for.
    let shown = |state: &State| {
        let items = state.sheet.items.iter().enumerate().filter(|(_, item)| item.leads != Leads::Nowhere);
        items.map(|(row, item)| (row, item.figure, item.name.clone())).collect::<Vec<_>>()
    };
    let before = shown(&state);
    assert_eq!((before[0].1, before[0].2.as_str()), (Some(42), "projects"));
    assert_eq!(before[2].1, None, "organisations were counted before the first screen");
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
    for (row, _, name) in &before {
        assert!(after.iter().any(|(other, _, other_name)| (row, name) == (other, other_name)), "{name}: {after:?}");
    }
    assert!(after.iter().all(|(_, figure, _)| figure.is_some()));
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
    for message in keys("jjjj<Enter>") {
        asked.extend(update(&mut state, message));
    }
    while let Some(effect) = asked.pop_front() {
        if let Effect::Work(job) = effect {
            let answer = outflow::explorer::worker::Desk::work(&desk, &job, &|| false).unwrap();
            asked.extend(update(&mut state, outflow::explorer::message::Message::Answer(answer)));
        }
    }
    assert_eq!((state.query.value(), state.list.projects.len()), ("concern:mixed-opt-outs", 8));
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
