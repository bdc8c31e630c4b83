//! Every view as it is drawn at the sizes that people have: its text, and how it looks in colour and without.
//!
//! After a change that was meant, look at each screen and accept it: `INSTA_UPDATE=always cargo test --test explorer_views`.

use crate::support::editions::library;
use crate::support::stage::{COLOURED, Played, keys, play, play_at_home, play_in_as};
use outflow::explorer::theme::{Characters, Colours, Theme};
use outflow::library::Library;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 60)];

/// No colour, and all characters.
const MONO: Theme = Theme { colours: Colours::None, characters: Characters::Unicode };

/// Where a view is looked at.
#[derive(Debug, Clone, Copy)]
enum On {
    /// The sample, from home on.
    Home,
    /// The sample, from its projects on.
    Sample,
    /// Two editions of our own making, which differ.
    Editions,
}

/// Every view, and the keys that lead there.
const VIEWS: [(&str, On, &str); 24] = [
    ("home", On::Home, ""),
    ("projects", On::Sample, ""),
    ("typing", On::Sample, "/hospital pay"),
    ("found", On::Sample, "/dementia OR diagnosis<Enter>"),
    ("project", On::Sample, "/dementia<Enter><Enter>"),
    ("match", On::Sample, "/dementia OR diagnosis<Enter><Enter>nnn"),
    ("evidence", On::Sample, "/dementia<Enter><Enter>ce"),
    ("proof", On::Sample, "<Enter>c<Enter>"),
    ("files", On::Sample, "<Enter>F"),
    ("words", On::Sample, "<Enter>K"),
    ("organisations", On::Sample, "2"),
    ("organisation", On::Sample, "2<Enter>"),
    ("datasets", On::Sample, "3"),
    ("dataset", On::Sample, "3<Enter>"),
    ("concerns", On::Sample, "4"),
    ("concern", On::Sample, "4<Tab>"),
    ("table", On::Sample, "2t"),
    ("values", On::Sample, "/hospital<Enter>f"),
    ("searches", On::Sample, "w"),
    ("help", On::Sample, "?"),
    ("palette", On::Sample, ":"),
    ("changes", On::Editions, "5<Down><Down><Down>"),
    ("change", On::Editions, "5<Down><Down><Down><Enter>"),
    ("history", On::Editions, "/ref:AAAAA<Enter><Enter>v"),
];

fn shown(on: On, library: &Library, size: (u16, u16), theme: Theme, script: &str) -> Played {
    match on {
        On::Home => play_at_home(size.0, size.1, theme, keys(script)),
        On::Sample => play(size.0, size.1, theme, keys(script)),
        On::Editions => play_in_as(library, size, theme, keys(script)),
    }
}

#[test]
fn every_view_says_the_same_in_colour_and_without_at_three_sizes() {
    let folder = tempfile::tempdir().unwrap();
    let library = library(folder.path());
    for (columns, rows) in SIZES {
        for (name, on, script) in VIEWS {
            let coloured = shown(on, &library, (columns, rows), COLOURED, script);
            let without = shown(on, &library, (columns, rows), MONO, script);
            assert_eq!(coloured.text(), without.text(), "{name}");
            let (text, looks, plain) = (coloured.text(), coloured.looks(), without.looks());
            let whole = format!("{text}\nIn colour\n{looks}\nWithout\n{plain}");
            insta::assert_snapshot!(format!("{columns}x{rows}_{name}"), whole);
        }
    }
}
