//! The themes: in each of them every view shows the same signs, and what stands out stands out without its colour. With
//! ASCII characters nothing else is drawn where the register says nothing else.

use crate::support::stage::{COLOURED, Played, keys, play, play_at_home, play_in};
use crate::support::uses::{Agreement, write_edition};
use outflow::explorer::theme::{Characters, Colours, NAMES, Theme};
use outflow::library::Library;
use ratatui::style::{Color, Modifier};

/// Every view, and what can be open over it.
const VIEWS: [&str; 20] = [
    "",
    "/hospital pay",
    "/hospital pay<Enter>",
    "/hospitl<Enter>",
    "/a AND (b",
    "<Enter>",
    "<Enter>ce",
    "<Enter>c<Enter>",
    "/births<Enter>n",
    "<Enter>F",
    "<Enter>v",
    "<Enter>b",
    "f",
    "4",
    "4<Enter>",
    "5",
    "E",
    "w",
    "?",
    ":sa",
];

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (40, 10)];

fn themes() -> impl Iterator<Item = Theme> {
    NAMES.into_iter().map(|(_, colours)| Theme { colours, characters: Characters::Unicode })
}

/// What stands out of a screen without its colour: all but dimming and striking out, which a theme can do without.
fn standing_out(played: &Played) -> Vec<Modifier> {
    let kept = Modifier::REVERSED | Modifier::UNDERLINED;
    played.screen.content().iter().map(|cell| cell.modifier.intersection(kept)).collect()
}

#[test]
fn every_theme_shows_the_same_signs() {
    for (columns, rows) in SIZES {
        for script in VIEWS {
            let terminal = play(columns, rows, COLOURED, keys(script));
            for theme in themes() {
                let themed = play(columns, rows, theme, keys(script));
                let name = theme.colours.name();
                assert_eq!(themed.text(), terminal.text(), "{script} in {name}");
                assert_eq!(standing_out(&themed), standing_out(&terminal), "{script} in {name}");
                assert_eq!(themed.cursor, terminal.cursor, "{script} in {name}");
            }
        }
        for theme in themes() {
            let home = play_at_home(columns, rows, theme, keys(""));
            assert_eq!(home.text(), play_at_home(columns, rows, COLOURED, keys("")).text());
        }
    }
}

#[test]
fn a_theme_with_a_ground_of_its_own_covers_the_whole_screen() {
    for theme in themes() {
        for script in VIEWS {
            let themed = play(80, 24, theme, keys(script));
            let mut grounds: Vec<Color> = themed.screen.content().iter().map(|cell| cell.bg).collect();
            grounds.dedup();
            assert_eq!(grounds.len(), 1, "{script} in {}", theme.colours.name());
            let is_own = matches!(theme.colours, Colours::Light | Colours::Dark | Colours::HighContrast);
            assert_eq!(grounds[0] != Color::Reset, is_own);
            let texts = themed.screen.content().iter().map(|cell| cell.fg);
            assert!(!is_own || texts.into_iter().all(|colour| matches!(colour, Color::Indexed(16..))));
        }
    }
}

#[test]
fn the_next_theme_is_one_key_away_and_after_the_last_comes_the_first() {
    for place in ["", "<Enter>", "4", "f", "?"] {
        let leave = if place == "?" { "<Esc>" } else { "" };
        let mut script = format!("{place}{leave}");
        let before = play(80, 24, COLOURED, keys(&script));
        for (name, colours) in NAMES.into_iter().cycle().skip(1).take(NAMES.len()) {
            script.push('T');
            let played = play(80, 24, COLOURED, keys(&script));
            assert_eq!(played.state.colours, Some(colours));
            assert!(played.text().contains(&format!("theme {name}: until you quit")), "{}", played.text());
            let ground = Theme { colours, characters: Characters::Unicode }.ground().bg.unwrap_or(Color::Reset);
            assert!(played.screen.content().iter().all(|cell| cell.bg == ground), "{name}");
        }
        // What it says goes with the next key.
        assert_eq!(play(80, 24, COLOURED, keys(&format!("{script}<Ctrl-L>"))).screen, before.screen);
    }
    assert_eq!(play(80, 24, COLOURED, keys(":theme<Enter>")).state.colours, Some(Colours::Light));
}

#[test]
fn the_terminals_own_cursor_is_where_the_reader_is() {
    for (columns, rows) in SIZES {
        for script in VIEWS {
            let played = play(columns, rows, COLOURED, keys(script));
            let (x, y) = played.cursor;
            let attributes = played.attributes();
            let row: String = attributes.lines().nth(usize::from(y)).unwrap_or_default().to_owned();
            let text = played.text();
            let shown = text.lines().nth(usize::from(y)).unwrap_or_default().to_owned();
            let types = script.starts_with(':') || (script.starts_with('/') && !script.contains("<Enter>"));
            if types {
                assert_eq!(y, 0, "{script} at {columns}x{rows}");
                let width = u16::try_from(shown.trim_end().chars().count()).unwrap();
                assert!(x >= 2 && x <= width.max(2), "{script}: {shown}");
            } else {
                assert!(y > 0 && y < rows, "{script} at {columns}x{rows}: {row}\n{text}");
            }
        }
    }
}

#[test]
fn in_ascii_nothing_else_is_drawn() {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::at(folder.path().join("library"));
    let mut agreements = vec![
        Agreement::new("DARS-NIC-1-AAAAA-v1.0", "FENLAND TRUST").file("F1", "Yes", "Jul-25").file("F2", "No", "Aug-25"),
        Agreement::new("DARS-NIC-2-BBBBB-v1.0", "MARSH COLLEGE").file("F3", "No", "Jul-25"),
    ];
    for month in ["august2026", "september2026"] {
        library.publish(&[write_edition(folder.path(), month, &agreements)], None, &mut |_| {}).unwrap();
        agreements.pop();
    }
    for (columns, rows) in [(80, 24), (120, 40), (40, 10)] {
        for script in VIEWS.into_iter().chain(["/trust<Enter>n", "/fenlnd", "5<Enter>", "5<Down><Enter>", "<Enter>y"]) {
            let played = play_in(&library, columns, rows, keys(script));
            let text = played.text();
            let other = text.chars().find(|letter| !letter.is_ascii());
            assert_eq!(other, None, "{script} at {columns}x{rows}:\n{text}");
        }
    }
}
