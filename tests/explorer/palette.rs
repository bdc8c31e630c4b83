//! The list of all actions: every one of the table is in it, is found by a few letters, and is done as by its key.

use crate::support::stage::{COLOURED, PLAIN, Played, keys, play, play_at_home};
use outflow::explorer::actions::{ACTIONS, Action, Place};
use outflow::explorer::message::{Effect, Ended, Message};
use outflow::explorer::palette::Reach;
use outflow::explorer::state::View;

#[test]
fn it_is_drawn_at_the_sizes_that_people_have() {
    insta::assert_snapshot!("80x24_palette", play(80, 24, COLOURED, keys(":")).text());
    insta::assert_snapshot!("80x24_palette_typed", play(80, 24, COLOURED, keys("<Enter>:sa<Down><Down><Down>")).text());
    insta::assert_snapshot!("120x40_palette", play(120, 40, COLOURED, keys("<Enter>:")).text());
    insta::assert_snapshot!("40x10_palette", play(40, 10, COLOURED, keys(":save")).text());
    let plain = play(80, 24, PLAIN, keys(":evid"));
    insta::assert_snapshot!("plain_palette", plain.text() + &plain.attributes());
    assert!(plain.text().is_ascii());
    // Too small for anything, and back again.
    let script = [keys(":ev"), vec![Message::Resized(20, 5), Message::Resized(80, 24)]].concat();
    assert_eq!(play(80, 24, PLAIN, script).text(), play(80, 24, PLAIN, keys(":ev")).text());
}

#[test]
fn an_action_is_done_by_its_name_as_by_its_key() {
    for (place, name, key) in [
        ("", "sort", "s"),
        ("", "concerns", "4"),
        ("", "editions", "E"),
        ("<Enter>", "next-con", "c"),
        ("<Enter>", "back", "q"),
        ("<Enter>", "files", "F"),
        ("/births<Enter>n", "next-ma", "n"),
        ("", "page-down", " "),
        ("", "values", "f"),
        ("", "help", "?"),
        ("?", "bottom", "G"),
        ("", "search", "/"),
    ] {
        let by_name = play(80, 24, PLAIN, keys(&format!("{place}:{name}<Enter>")));
        let by_key = play(80, 24, PLAIN, keys(&format!("{place}{key}")));
        assert_eq!(by_name.text(), by_key.text(), "{name}");
        assert_eq!(by_name.state.place(), by_key.state.place(), "{name}");
    }
    assert_eq!(play(80, 24, PLAIN, keys("<Enter>:quit<Enter>")).ended, Ended::Quit);
    assert_eq!(play_at_home(80, 24, PLAIN, keys(":projects<Enter>")).state.view, View::Projects);
}

#[test]
fn what_cannot_be_done_here_is_listed_last_and_says_where_it_can() {
    let played = play(80, 24, PLAIN, keys(":exclude<Enter>"));
    assert_eq!(played.state.place(), Place::Palette);
    let text = played.text();
    assert!(text.contains("Not here") && text.contains("exclude works elsewhere: the values to choose from"), "{text}");
    // The next key takes the notice away.
    assert!(!play(80, 24, PLAIN, keys(":exclude<Enter>s")).text().contains("works elsewhere"));
    let nothing = play(80, 24, PLAIN, keys(":xyzzy<Enter>"));
    assert!(nothing.text().contains("no action is called so"), "{}", nothing.text());
    assert_eq!(nothing.state.place(), Place::Palette);
}

#[test]
fn every_action_of_the_table_can_be_come_to() {
    let all = play(80, 24, PLAIN, keys(":"));
    let offered = all.state.palette.as_ref().unwrap().offered(Place::List, &all.state.keys);
    assert_eq!(offered.len(), ACTIONS.len());
    for (steps, one) in offered.iter().enumerate() {
        let played = play(80, 24, PLAIN, keys(&format!(":{}", "<Down>".repeat(steps))));
        let selected = played.state.palette.as_ref().unwrap().selected(Place::List, &all.state.keys).unwrap();
        assert_eq!(selected.entry.name, one.entry.name);
        let row = row_of_selected(&played);
        assert!(row.starts_with(&format!("> {}", one.entry.name)), "{row}");
        assert_eq!(one.reach == Reach::Elsewhere, played.text().contains("Not here, but in"), "{row}");
    }
    // Up goes back, and Page Down to the end.
    let up = play(80, 24, PLAIN, keys(":<Down><Down><Up>"));
    assert!(row_of_selected(&up).starts_with(&format!("> {}", offered[1].entry.name)));
    let end = play(80, 24, PLAIN, keys(&format!(":{}", "<PgDn>".repeat(ACTIONS.len()))));
    assert!(row_of_selected(&end).starts_with(&format!("> {}", offered.last().unwrap().entry.name)));
}

#[test]
fn it_is_left_as_it_was_come_to() {
    for place in ["", "<Enter>", "4", "f", "?"] {
        let before = play(80, 24, PLAIN, keys(place));
        let after = play(80, 24, PLAIN, keys(&format!("{place}:ci<Esc>")));
        assert_eq!((after.state.place(), after.text()), (before.state.place(), before.text()), "{place}");
        assert_eq!(after.effects.last(), Some(&Effect::Pasting(false)));
    }
    // Help comes from it too, and takes its place.
    let helped = play(80, 24, PLAIN, keys(":ci<F1>"));
    assert_eq!((helped.state.place(), helped.state.palette.is_some()), (Place::Help, false));
    assert_eq!(play(80, 24, PLAIN, keys(":ci<Ctrl-C>")).ended, Ended::Quit);
    // Text that is pasted is one line, and is no key.
    let pasted = play(80, 24, PLAIN, [keys(":"), vec![Message::Paste("next\nmatch\u{1b}".to_owned())]].concat());
    let palette = pasted.state.palette.unwrap();
    assert_eq!(palette.input.value(), "next match");
    assert_eq!(palette.selected(Place::List, &pasted.state.keys).map(|one| one.entry.action), Some(Action::NextMatch));
}

fn row_of_selected(played: &Played) -> String {
    let is_reversed = |line: &&str| line.starts_with("rrr");
    let attributes = played.attributes();
    let rows: Vec<usize> =
        attributes.lines().enumerate().skip(2).filter(|(_, line)| is_reversed(line)).map(|(y, _)| y).collect();
    assert_eq!(rows.len(), 1, "{}", played.text());
    played.text().lines().nth(rows[0]).unwrap().to_owned()
}
