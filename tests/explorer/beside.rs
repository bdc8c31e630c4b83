//! What is said beside a list: the list is shown first, and it is said where the list is still of the same search.

use super::asked::{Explorer, is_find};
use crate::support::editions::library;
use crate::support::stage::PLAIN;
use crate::support::stage::{keys, play, play_in};
use outflow::explorer::message::{Answer, Job};

fn is_hints(job: &Job) -> bool {
    matches!(job, Job::Hints { .. })
}

fn is_elsewhere(job: &Job) -> bool {
    matches!(job, Job::Elsewhere { .. })
}

/// A query that finds something in the sample, beside which something is to be said.
const HINTED: &str = "/optouts:not-applied<Enter>";

#[test]
fn the_list_is_shown_before_its_hints_are_worked_out() {
    let mut explorer = Explorer::open();
    explorer.press(HINTED);
    explorer.answer(is_find);
    assert_eq!((explorer.state.list.projects.len(), explorer.state.notice.as_deref()), (32, None));
    assert!(explorer.state.list.hints.is_empty() && !explorer.state.is_waiting());
    explorer.state.redraw = false;
    explorer.answer(is_hints);
    let said = "4 more: opt-outs applied to some and not to others: optouts:mixed";
    assert_eq!((explorer.state.redraw, explorer.state.notice.as_deref()), (true, Some(said)));
    // The next key takes it away.
    explorer.press("<Down>");
    assert_eq!((explorer.state.list.selected, explorer.state.notice.as_deref()), (1, None));
}

#[test]
fn hints_of_another_query_than_the_one_that_is_shown_are_not_said() {
    let mut explorer = Explorer::open();
    explorer.press(HINTED);
    explorer.answer(is_find);
    let late = explorer.answers(is_hints);
    assert!(matches!(late.as_slice(), [Answer::Hints { hints, .. }] if hints.len() == 1), "{late:?}");
    explorer.press("/ hospital<Enter>");
    for answer in late.clone() {
        explorer.take(answer);
    }
    // The older list stands there until the new one is found; then its hints are no longer taken.
    explorer.answer(is_find);
    (explorer.state.notice, explorer.state.redraw) = (None, false);
    for answer in late {
        explorer.take(answer);
    }
    assert_eq!((explorer.state.redraw, explorer.state.notice.as_deref()), (false, None));
    assert!(explorer.state.list.hints.is_empty());
}

#[test]
fn hints_are_said_once_and_where_the_list_is_looked_at() {
    let mut explorer = Explorer::open();
    explorer.press(HINTED);
    explorer.answer(is_find);
    // One looks at the editions meanwhile: the keys there are not covered.
    explorer.press("E");
    explorer.answer_all();
    assert_eq!(explorer.state.notice, None);
    // Back, it is worked out for the list that was left before it was known.
    explorer.press("q");
    explorer.answer_all();
    assert!(explorer.state.notice.as_deref().is_some_and(|said| said.contains("4 more")));
    // Another way out and back, and it is no news.
    explorer.press("Eq");
    explorer.answer_all();
    assert_eq!((explorer.state.notice.as_deref(), explorer.state.list.hints.len()), (None, 1));
}

#[test]
fn a_hint_that_was_read_does_not_come_back_where_the_list_is_searched_for_again() {
    let mut explorer = Explorer::open();
    explorer.press(HINTED);
    explorer.answer_all();
    explorer.press("<Down>");
    // What other editions say is known now, and the list is read again where one is.
    let mut header = (*explorer.state.header).clone();
    header.tallies[0].findings += 1;
    explorer.take(Answer::LaidOver { header: Box::new(header) });
    assert!(explorer.state.is_searching());
    explorer.answer_all();
    assert_eq!((explorer.state.list.selected, explorer.state.list.hints.len()), (1, 1));
    assert_eq!(explorer.state.notice, None);
    // Where it comes before the hints were known they are said after it.
    let mut explorer = Explorer::open();
    explorer.press(HINTED);
    explorer.answer(is_find);
    explorer.asked.clear();
    let mut header = (*explorer.state.header).clone();
    header.tallies[0].findings += 1;
    explorer.take(Answer::LaidOver { header: Box::new(header) });
    explorer.answer_all();
    assert!(explorer.state.notice.as_deref().is_some_and(|said| said.contains("4 more")));
}

#[test]
fn an_empty_list_says_what_other_editions_have_after_it_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let library = library(folder.path());
    let mut explorer = Explorer::of(&library);
    explorer.press("/org:evenf");
    explorer.answer(is_find);
    assert!(explorer.state.list.projects.is_empty() && explorer.state.list.elsewhere.found.is_empty());
    let late = explorer.answers(is_elsewhere);
    explorer.press("i");
    for answer in late {
        explorer.take(answer);
    }
    explorer.answer(is_find);
    assert!(explorer.state.list.elsewhere.found.is_empty(), "what was looked up for another query is said");
    explorer.answer(is_elsewhere);
    assert_eq!(explorer.state.list.elsewhere.found[0].slug, "2026-08");
}

#[test]
fn another_edition_that_has_it_is_named_while_one_types_and_after_enter() {
    let folder = tempfile::tempdir().unwrap();
    let library = library(folder.path());
    let said = "Found in 2026-08 (2 projects); E opens another edition.";
    for script in ["/org:evenf", "/org:evenfield<Enter>"] {
        let played = play_in(&library, 80, 24, keys(script));
        let text = played.text();
        assert!(text.contains("Nothing in this edition matches.") && text.contains(said), "{script}: {text}");
    }
    // What it says leads there, with the query as it is.
    let there = play_in(&library, 80, 24, keys("/org:evenfield<Enter>E<Down><Enter>"));
    assert_eq!((there.state.header.edition.slug.as_str(), there.state.list.projects.len()), ("2026-08", 2));
    let neither = play_in(&library, 80, 24, keys("/xyzzyx<Enter>"));
    assert!(neither.text().contains("Nothing in 2026-08 either."), "{}", neither.text());
    let found = play_in(&library, 80, 24, keys("/fenland<Enter>"));
    assert!(!found.text().contains("2026-08"), "{}", found.text());
    let narrow = play_in(&library, 40, 12, keys("/org:evenfield<Enter>"));
    assert!(narrow.text().contains("Found in 2026-08 (2 projects); E opens\nanother edition."), "{}", narrow.text());
}

#[test]
fn where_there_is_no_other_edition_nothing_is_said_of_others() {
    let text = play(80, 24, PLAIN, keys("/xyzzyx<Enter>")).text();
    assert!(!text.contains("either") && !text.contains("looked in") && !text.contains("Found in"), "{text}");
}

#[test]
fn a_mark_waits_for_the_row_that_says_what_is_marked_already() {
    let mut explorer = Explorer::open();
    explorer.press("/hospital<Enter>");
    explorer.answer_all();
    explorer.press("Gb");
    assert_eq!((explorer.state.notice.as_deref(), explorer.state.typed_ahead.len()), (None, 1));
    explorer.answer(|job| matches!(job, Job::Rows { .. }));
    assert!(explorer.state.typed_ahead.is_empty());
    assert!(explorer.asked.iter().any(|job| matches!(job, Job::Mark { .. })), "{:?}", explorer.asked);
}
