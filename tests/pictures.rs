//! The pictures of README are screens of the program: the real loop with scripted keys, drawn as SVG.
//!
//! `OUTFLOW_PICTURES=write cargo test --test pictures` draws them anew; without it the test fails where a picture and the screen
//! differ.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking"
)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::picture;
use crate::support::stage::{Played, keys, play, play_at_home};
use outflow::explorer::theme::{Characters, Colours, Theme};

/// Text on the theme's own white ground, which reads on a light page and on a dark one.
const LIGHT: Theme = Theme { colours: Colours::Light, characters: Characters::Unicode };

/// The largest picture, in bytes: whoever reads the README over a slow line waits for all of them.
const LARGEST: usize = 60_000;

/// A picture: its name, what it shows, and the screen.
fn pictures() -> [(&'static str, &'static str, Played); 5] {
    [
        (
            "home",
            "Outflow at home: the edition in figures, its concerns by weight, and searches worth trying",
            play_at_home(80, 24, LIGHT, keys("")),
        ),
        (
            "search",
            "A search for hospital records: the projects that match on the left, the selected one on the right",
            play(120, 30, LIGHT, keys("/hospital records<Enter>")),
        ),
        (
            "evidence",
            "A project: its concerns, and below the one that files were sent with and without opt-outs the rows that prove it",
            play(80, 24, LIGHT, keys("/concern:mixed-opt-outs<Enter><Enter>ce")),
        ),
        (
            "facets",
            "What a search finds, counted by value, beside the projects and the selected one",
            play(140, 30, LIGHT, keys("/hospital<Enter>f")),
        ),
        ("grid", "Organisations by datasets, with the files that each was sent", play(100, 24, LIGHT, keys("2t"))),
    ]
}

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/pictures").join(format!("{name}.svg"))
}

#[test]
fn the_pictures_are_screens_of_the_program() {
    let is_written = std::env::var_os("OUTFLOW_PICTURES").is_some_and(|value| value == "write");
    let mut differing = Vec::new();
    for (name, title, played) in pictures() {
        let drawn = picture::draw(&played.screen, title);
        assert!(drawn.len() < LARGEST, "{name} is too large: {} bytes", drawn.len());
        if is_written {
            fs::create_dir_all(path(name).parent().unwrap()).unwrap();
            fs::write(path(name), &drawn).unwrap();
        }
        let shown = fs::read_to_string(path(name)).unwrap_or_default();
        if shown != drawn {
            differing.push(name);
        }
    }
    assert!(
        differing.is_empty(),
        "the screens of {} are not as README shows them; look at them, and draw them anew: OUTFLOW_PICTURES=write cargo test \
         --test pictures",
        differing.join(", ")
    );
}

#[test]
fn the_readme_shows_every_picture_and_says_what_it_shows() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let mut shown = 0;
    for entry in fs::read_dir(root.join("assets/pictures")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let (before, _) = readme.split_once(&format!("](assets/pictures/{name})")).expect(&name);
        let words = before.rsplit("![").next().unwrap();
        assert!(words.len() > 40 && !words.contains('\n'), "{name} has no description: {words}");
        shown += 1;
    }
    assert_eq!(shown, 5, "a picture is missing, or one is left over");
}
