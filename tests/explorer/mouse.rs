//! The mouse, where one has asked for it: a click goes to what is under it, another opens it, the wheel moves.

use crate::support::stage::{COLOURED, Played, keys, play, play_at_home};
use outflow::explorer::message::{Gesture, Message, Pointed};
use outflow::explorer::state::{Focus, View};
use ratatui::layout::Position;

fn at(column: u16, row: u16, gesture: Gesture) -> Message {
    Message::Pointed(Pointed { at: Position::new(column, row), gesture })
}

fn click(column: u16, row: u16) -> Message {
    at(column, row, Gesture::Click)
}

/// Plays keys, then what the mouse does.
fn after(script: &str, size: (u16, u16), mouse: impl IntoIterator<Item = Message>) -> Played {
    play(size.0, size.1, COLOURED, keys(script).into_iter().chain(mouse))
}

/// The row of the screen on which a text stands.
fn row_of(played: &Played, text: &str) -> u16 {
    let row = played.text().lines().position(|line| line.contains(text));
    u16::try_from(row.unwrap_or_else(|| panic!("no \"{text}\" in\n{}", played.text()))).unwrap()
}

#[test]
fn a_click_selects_a_project_and_another_opens_it() {
    // The second project of the list, whose rows are three.
    let once = after("", (80, 24), [click(10, 6)]);
    assert_eq!((once.state.list.selected, once.state.focus), (1, Focus::List));
    let twice = after("", (80, 24), [click(10, 6), click(40, 7)]);
    assert_eq!((twice.state.list.selected, twice.state.focus), (1, Focus::Detail));
    // As by the keys that do the same.
    assert_eq!(twice.text(), after("j<Enter>", (80, 24), []).text());
    // Beside the project a click gives it the keys, and back in the list the first takes them and no more.
    let beside = after("", (120, 40), [click(100, 20)]);
    assert_eq!((beside.state.list.selected, beside.state.focus), (0, Focus::Detail));
    let back = after("", (120, 40), [click(100, 20), click(5, 3)]);
    assert_eq!((back.state.list.selected, back.state.focus), (0, Focus::List));
    // On the heading, on the keys below and where no project is drawn whole is nothing.
    for nothing in [click(3, 1), click(3, 23), click(3, 400)] {
        let played = after("", (80, 24), [nothing]);
        assert_eq!((played.state.list.selected, played.state.focus), (0, Focus::List));
    }
}

#[test]
fn the_wheel_moves_in_what_is_under_it() {
    let list = after("", (120, 40), [at(5, 9, Gesture::Down), at(5, 9, Gesture::Down), at(5, 9, Gesture::Up)]);
    assert_eq!((list.state.list.selected, list.state.focus), (3, Focus::List));
    let read = after("", (120, 40), [at(100, 9, Gesture::Down)]);
    let detail = read.state.detail.as_ref().unwrap();
    assert_eq!((detail.top, read.state.list.selected, read.state.focus), (3, 0, Focus::Detail));
    let help = after("?", (80, 24), [at(5, 9, Gesture::Down)]);
    assert_eq!(help.text(), after("?jjj", (80, 24), []).text());
}

#[test]
fn a_click_on_the_search_line_lets_one_type_and_one_on_the_list_is_enough() {
    let typing = after("", (80, 24), [click(5, 0)]);
    assert_eq!(typing.state.focus, Focus::Query);
    let typed = [click(5, 0)].into_iter().chain(keys("hospital")).chain([click(5, 7)]);
    let played = play(80, 24, COLOURED, typed);
    assert_eq!((played.state.focus, played.state.query.value()), (Focus::List, "hospital"));
    assert!(!played.state.list.projects.is_empty());
}

#[test]
fn a_value_is_selected_and_chosen() {
    let before = after("f", (80, 24), []);
    let row = row_of(&before, "medium");
    let selected = after("f", (80, 24), [click(5, row)]);
    let (_, value) = selected.state.facets.as_ref().unwrap().selected_value().unwrap();
    assert_eq!((value.label, selected.state.query.value()), ("medium", ""));
    let chosen = after("f", (80, 24), [click(5, row), click(5, row)]);
    assert_eq!(chosen.state.query.value(), "severity:medium");
    // The name of a facet is none.
    let heading = after("f", (80, 24), [click(5, row_of(&before, "Weight of concerns"))]);
    let places = [&heading, &before].map(|played| played.state.facets.as_ref().unwrap().selected);
    assert_eq!(places[0], places[1]);
}

#[test]
fn figures_of_home_and_cells_of_the_table_lead_on() {
    for (columns, rows) in [(80, 24), (120, 40)] {
        let home = play_at_home(columns, rows, COLOURED, keys(""));
        let row = row_of(&home, "type:identifiable");
        let twice = [click(12, row), click(12, row)];
        let once = play_at_home(columns, rows, COLOURED, [click(12, row)]);
        assert_eq!((once.state.view, once.state.sheet.selected != home.state.sheet.selected), (View::Home, true));
        let led = play_at_home(columns, rows, COLOURED, twice);
        assert_eq!(
            (led.state.view, led.state.query.value()),
            (View::Projects, "type:identifiable optouts:not-applied")
        );
    }
    // The second column of home on a wide screen.
    let home = play_at_home(120, 40, COLOURED, keys(""));
    let row = row_of(&home, "projects with a note");
    let led = play_at_home(120, 40, COLOURED, [click(80, row), click(80, row)]);
    assert_eq!(led.state.query.value(), "severity:note");
    // The table of organisations by datasets: the third organisation, the second dataset.
    let table = after("2t", (80, 24), []);
    assert!(matches!(table.state.view, View::Grid(_)), "{}", table.text());
    let names = outflow::explorer::layout::grid_names(80);
    let cell = after("2t", (80, 24), [click(names + 12, 2 + 3 + 2)]);
    let grid = cell.state.sheet.grid.as_ref().unwrap();
    assert_eq!((grid.row, grid.column), (2, 1));
    let by_keys = after("2tjjl", (80, 24), []);
    assert_eq!(cell.text(), by_keys.text());
}

#[test]
fn while_a_reason_is_asked_for_nothing_is_pointed_at() {
    let asked = after("<Enter>cd", (80, 24), [click(5, 3), at(5, 9, Gesture::Down)]);
    assert_eq!(asked.text(), after("<Enter>cd", (80, 24), []).text());
}
