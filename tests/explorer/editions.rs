//! Several editions in the explorer: what changed, a project's history, and opening another edition.

use crate::support::editions::library;
use crate::support::stage::{COLOURED, keys, play, play_in};
use outflow::explorer::actions::Place;
use outflow::explorer::document::Subject;
use outflow::explorer::state::{Focus, View};

#[test]
fn the_changes_since_the_edition_before_are_a_list_with_a_detail() {
    let folder = tempfile::tempdir().unwrap();
    let library = library(folder.path());
    let list = play_in(&library, 80, 24, keys("5"));
    assert_eq!((list.state.view, list.state.place()), (View::Changes, Place::Sheet));
    insta::assert_snapshot!("80x24_changes", list.text());
    let wide = play_in(&library, 120, 40, keys("5<Down><Down><Down>"));
    insta::assert_snapshot!("120x40_changes", wide.text());
    // What left comes before what was amended.
    let leaving = play_in(&library, 80, 24, keys("5<Down><Down><Enter>"));
    assert_eq!(leaving.state.focus, Focus::Detail);
    assert!(leaving.text().contains("DARS-NIC-3-CCCCC-v1.0") && leaving.text().contains("no longer listed"));
    let amended = play_in(&library, 80, 24, keys("5<Down><Down><Down><Enter>"));
    // A line can break within a redline.
    let text: Vec<String> = amended.text().split_whitespace().map(str::to_owned).collect();
    let text = text.join(" ");
    assert!(text.contains("[-2030-01-31-] {+2031-01-31+}"), "{text}");
    assert!(text.contains("[-days-]{+hours of every night+}."), "{text}");
}

#[test]
fn a_change_leads_to_its_project_and_back_leads_out() {
    let folder = tempfile::tempdir().unwrap();
    let library = library(folder.path());
    let project = play_in(&library, 80, 24, keys("5<Down><Down><Down><Enter><Enter>"));
    assert_eq!((project.state.view, project.state.focus), (View::Projects, Focus::Detail));
    assert_eq!(project.state.query.value(), "ref:DARS-NIC-1-AAAAA");
    let text = project.text();
    assert!(text.contains("edited-in-place"), "{text}");
    // A change that is longer than the screen scrolls.
    let scrolled = play_in(&library, 80, 10, keys("5<Down><Down><Down><Enter><PgDn>"));
    assert!(scrolled.state.detail.unwrap().top > 0);
    let out = play_in(&library, 80, 24, keys("5<Down><Down><Down><Enter>qq"));
    assert_eq!((out.state.view, out.state.focus), (View::Projects, Focus::List));
    let searching = play_in(&library, 80, 24, keys("5/fenland"));
    assert_eq!((searching.state.view, searching.state.focus), (View::Projects, Focus::Query));
    assert_eq!(searching.state.list.projects.len(), 1);
    // What is not of one project leads to none, and says so.
    let shared = play_in(&library, 80, 24, keys("5<Down><Enter><Enter>"));
    assert!(shared.text().contains("leads to no single project"), "{}", shared.text());
}

#[test]
fn a_projects_history_is_one_key_away() {
    let folder = tempfile::tempdir().unwrap();
    let library = library(folder.path());
    let history = play_in(&library, 80, 24, keys("/ref:AAAAA<Enter><Enter>v"));
    let text = history.text();
    for part in [
        "Through the editions in the library",
        "2026-08  listed, with 1 version",
        "2026-09  2 versions changed",
        "From version to version",
        "DARS-NIC-1-AAAAA-v1.0 to DARS-NIC-1-AAAAA-v2.0",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert!(matches!(history.state.shown().unwrap().subject, Subject::History(_)));
    for back in ["q", "v"] {
        let played = play_in(&library, 80, 24, keys(&format!("/ref:AAAAA<Enter><Enter>v{back}")));
        assert!(matches!(played.state.shown().unwrap().subject, Subject::Project(_)), "{back}");
        assert_eq!(played.state.focus, Focus::Detail);
    }
    let from_list = play_in(&library, 120, 40, keys("v"));
    assert!(from_list.text().contains("Through the editions"), "{}", from_list.text());
}

#[test]
fn another_edition_opens_with_the_query_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let library = library(folder.path());
    let listed = play_in(&library, 80, 24, keys("E"));
    let text = listed.text();
    assert!(text.contains("2026-09 (open)") && text.contains("2026-08") && text.contains("sample"), "{text}");
    let older = play_in(&library, 80, 24, keys("/evenfield<Enter>E<Down><Enter>"));
    assert_eq!(older.state.header.edition.slug, "2026-08");
    assert_eq!((older.state.view, older.state.query.value()), (View::Projects, "evenfield"));
    assert_eq!(older.state.list.projects.len(), 2);
    assert!(older.text().contains("edition 2026-08 is open"), "{}", older.text());
    let sample = play_in(&library, 80, 24, keys("E<Down><Down><Enter>"));
    assert_eq!(sample.state.list.projects.len(), 42);
    // What the edition after it says is known there too.
    let gone = play_in(&library, 80, 24, keys("E<Down><Enter>/concern:removed-from-register<Enter>"));
    assert_eq!(gone.state.list.projects.len(), 1, "{}", gone.text());
}

#[test]
fn where_nothing_can_be_compared_that_is_said() {
    let alone = play(80, 24, COLOURED, keys("5"));
    assert!(alone.text().contains("No earlier edition of this register is in the library"), "{}", alone.text());
    let editions = play(80, 24, COLOURED, keys("E"));
    assert!(editions.text().contains("sample (open)"), "{}", editions.text());
    let history = play(80, 24, COLOURED, keys("/ref:791919<Enter><Enter>v"));
    assert!(history.text().contains("this edition lists one version only"), "{}", history.text());
}
