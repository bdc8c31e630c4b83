//! The screens as they are drawn, at the sizes that people have, with colours and without.

use crate::support::stage::{COLOURED, PLAIN, keys, play};
use outflow::explorer::message::Message;
use proptest::prelude::*;

#[test]
fn a_screen_of_80_by_24_shows_lists_and_projects_one_at_a_time() {
    insta::assert_snapshot!("80x24_list", play(80, 24, COLOURED, keys("")).text());
    insta::assert_snapshot!("80x24_typing", play(80, 24, COLOURED, keys("/hospital pay")).text());
    insta::assert_snapshot!("80x24_detail", play(80, 24, COLOURED, keys("/dementia<Enter><Enter>")).text());
    insta::assert_snapshot!("80x24_match", play(80, 24, COLOURED, keys("/dementia<Enter>n")).text());
    insta::assert_snapshot!("80x24_evidence", play(80, 24, COLOURED, keys("/dementia<Enter><Enter>ce")).text());
    insta::assert_snapshot!("80x24_help", play(80, 24, COLOURED, keys("?")).text());
    insta::assert_snapshot!("80x24_nothing", play(80, 24, COLOURED, keys("/xyzzy<Enter>")).text());
}

#[test]
fn a_screen_of_120_by_40_shows_the_project_beside_the_list() {
    insta::assert_snapshot!("120x40_list", play(120, 40, COLOURED, keys("")).text());
    insta::assert_snapshot!("120x40_match", play(120, 40, COLOURED, keys("/births AND<Enter>n")).text());
}

#[test]
fn the_smallest_screens_show_what_they_can() {
    insta::assert_snapshot!("40x10_list", play(40, 10, COLOURED, keys("")).text());
    insta::assert_snapshot!("40x10_detail", play(40, 10, COLOURED, keys("<Enter>c")).text());
    insta::assert_snapshot!(
        "40x10_typing",
        play(40, 10, COLOURED, keys("/a query that is longer than the line is")).text()
    );
    insta::assert_snapshot!("20x5", play(20, 5, COLOURED, keys("")).text());
    insta::assert_snapshot!("1x1", play(1, 1, COLOURED, keys("")).text());
}

#[test]
fn without_colour_and_in_ascii_no_colour_is_left() {
    let list = play(80, 24, PLAIN, keys("/dementia<Enter>"));
    insta::assert_snapshot!("plain_list", list.text() + &list.attributes());
    let matched = play(80, 24, PLAIN, keys("/dementia<Enter>n"));
    insta::assert_snapshot!("plain_match", matched.text() + &matched.attributes());
    for x in 0..80 {
        for y in 0..24 {
            let cell = &matched.screen[(x, y)];
            assert_eq!((cell.fg, cell.bg), (ratatui::style::Color::Reset, ratatui::style::Color::Reset));
        }
    }
}

/// Anything that can happen to the explorer.
fn anything() -> impl Strategy<Value = Message> {
    let pressed = prop_oneof![
        Just("j"),
        Just("k"),
        Just("<PgDn>"),
        Just("<Ctrl-D>"),
        Just("<Ctrl-U>"),
        Just("g"),
        Just("G"),
        Just("n"),
        Just("N"),
        Just("c"),
        Just("C"),
        Just("e"),
        Just("y"),
        Just("s"),
        Just("f"),
        Just("x"),
        Just("F"),
        Just("v"),
        Just("1"),
        Just("4"),
        Just("u"),
        Just("?"),
        Just("/"),
        Just("<Enter>"),
        Just("<Esc>"),
        Just("<Tab>"),
        Just("d"),
        Just("\""),
        Just("("),
        Just("-"),
        Just("*"),
        Just("<Backspace>"),
        Just("<Ctrl-W>"),
        Just("<Ctrl-L>"),
        Just("é"),
        Just("日"),
        Just("<Home>"),
        Just("<Up>"),
        Just("<Down>"),
    ];
    prop_oneof![
        20 => pressed.prop_map(|name| keys(name).remove(0)),
        1 => (0_u16..200, 0_u16..60).prop_map(|(columns, rows)| Message::Resized(columns, rows)),
        1 => "\\PC{0,40}".prop_map(Message::Paste),
        1 => Just(Message::Resumed),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_pressed_the_screen_is_drawn_and_ctrl_c_quits(script in prop::collection::vec(anything(), 0..60)) {
        let played = play(80, 24, COLOURED, script.into_iter().chain(keys("<Ctrl-C>")));
        prop_assert_eq!(played.ended, outflow::explorer::message::Ended::Quit);
        let list = &played.state.list;
        prop_assert!(list.selected < list.projects.len().max(1));
        prop_assert!(list.top <= list.selected || list.projects.is_empty());
        if let Some(detail) = played.state.shown() {
            prop_assert!(detail.top < detail.laid.lines.len().max(1));
        }
    }
}
