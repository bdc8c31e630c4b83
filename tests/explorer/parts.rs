//! Going from part to part of a long document.

use std::sync::Arc;

use crate::support::stage::{keys, play_on};
use outflow::explorer::document::Kind;
use outflow::index::Index;
use outflow::library::Edition;

fn sample() -> Arc<Index> {
    Arc::new(Edition::sample().unwrap().index)
}

/// The line of the document at which a key leaves the screen, after a project was opened.
fn top(index: &Arc<Index>, pressed: &str) -> usize {
    let played = play_on(index, 80, 24, keys(&format!("1/biobank<Enter><Enter>{pressed}")));
    played.state.shown().unwrap().top
}

#[test]
fn the_keys_walk_every_part_in_order_and_back() {
    let index = sample();
    let opened = play_on(&index, 80, 24, keys("1/biobank<Enter><Enter>gg"));
    let shown = opened.state.shown().unwrap();
    let headings = shown.document.blocks.iter().filter(|block| block.kind == Kind::Heading).count();
    let lines = shown.laid.headings.clone();
    assert_eq!(lines.len(), headings);
    assert!(headings > 3, "{}", opened.text());
    let last = shown.last_top(21);
    for (number, line) in lines.iter().enumerate() {
        let pressed = "]".repeat(number + 1);
        assert_eq!(top(&index, &format!("g{pressed}")), (*line).min(last), "part {number}");
        let played = play_on(&index, 80, 24, keys(&format!("1/biobank<Enter><Enter>g{pressed}")));
        assert!(played.text().contains(&format!("part {} of {headings}", number + 1)), "{}", played.text());
    }
    // Round at the end, which is said; and back from there.
    let all = "]".repeat(headings + 1);
    let round = play_on(&index, 80, 24, keys(&format!("1/biobank<Enter><Enter>g{all}")));
    assert!(round.text().contains(&format!("first of {headings} parts again")), "{}", round.text());
    assert_eq!(top(&index, "g]]["), top(&index, "g]"));
}

#[test]
fn from_the_middle_of_a_part_the_next_and_the_one_before_are_found() {
    let index = sample();
    let opened = play_on(&index, 80, 24, keys("1/biobank<Enter><Enter>g"));
    let shown = opened.state.shown().unwrap();
    let (lines, last) = (shown.laid.headings.clone(), shown.last_top(21));
    let second = lines[1];
    assert!(second + 1 < last);
    // A line below its heading.
    assert_eq!(top(&index, "g]]j]"), lines[2].min(last));
    assert_eq!(top(&index, "g]]j["), second);
}

#[test]
fn the_list_of_files_has_parts_too() {
    let index = sample();
    let opened = play_on(&index, 80, 24, keys("1/biobank<Enter><Enter>F]"));
    assert!(opened.text().contains("part 1 of "), "{}", opened.text());
}
