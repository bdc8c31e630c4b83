//! Faults of the program itself, made on purpose in each of its threads by a hidden option: the terminal is given back or the screen
//! stays whole, and what is said can be read and acted on.

use std::path::Path;

use crate::support::disk::FIXTURE;
use crate::support::terminal::{Start, Terminal};
use outflow::explorer::faulty::PARTS;

fn start(library: &Path, arguments: &[&str]) -> Terminal {
    Terminal::start(&Start { columns: 80, rows: 24, library, arguments, environment: &[("RUST_BACKTRACE", "1")] })
}

/// A fault is told in one line, which says what to do, and after the terminal was given back.
fn is_told(terminal: &Terminal, first: &str) {
    terminal.is_given_back();
    let raw = String::from_utf8_lossy(terminal.raw()).into_owned();
    let told = raw.find(first).unwrap_or_else(|| panic!("{first} is not in {raw:?}"));
    let line = raw[told..].trim_end();
    assert!(line.contains("nothing that was imported is harmed"), "{line:?}");
    assert!(line.contains("report this line") && line.contains("src/"), "{line:?}");
    assert!(line.lines().count() == 1 && !line.contains('\u{1b}'), "{line:?}");
    assert!(!raw[..told].contains("panicked"), "{raw:?}");
}

#[test]
fn a_fault_without_which_the_explorer_cannot_be_used_or_ended_ends_it() {
    let ending = PARTS.iter().map(|(name, _)| *name).filter(|name| !["worker", "import"].contains(name));
    for part in ending {
        let folder = tempfile::tempdir().unwrap();
        let mut terminal = start(folder.path(), &["--mouse", "--test-panic", part]);
        if part == "ui" {
            terminal.wait_for("42 projects");
            terminal.press("/");
            terminal.wait_until("pasting told apart", |terminal| terminal.screen().bracketed_paste());
            terminal.press("\u{c}");
        }
        assert_eq!(terminal.wait_for_end(), 2, "{part}");
        assert!(terminal.raw().starts_with(b"\x1b["), "{part}: the terminal was not taken");
        let told = "outflow: a fault in the program stopped the explorer (panicked at ";
        is_told(&terminal, told);
        // Not behind the screen, which would take it along.
        let raw = String::from_utf8_lossy(terminal.raw()).into_owned();
        assert!(raw.find("\u{1b}[?1049l") < raw.find(told), "{part}: {raw:?}");
    }
}

#[test]
fn a_fault_of_the_worker_is_a_notice_and_the_rest_works() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = start(folder.path(), &["--test-panic", "worker"]);
    terminal.wait_for("42 projects");
    terminal.press("/dementia");
    terminal.wait_for("a fault in the program stopped this; the rest works: try it another way");
    assert!(terminal.screen().alternate_screen());
    terminal.press("\u{1b}");
    terminal.wait_until("the end of typing", |terminal| !terminal.screen().bracketed_paste());
    // It is not said that nothing matches.
    terminal.wait_for("What matches is not known.");
    assert!(!terminal.text().contains("0 of 42"), "{}", terminal.text());
    terminal.press("3");
    terminal.wait_for("54 datasets");
    terminal.press("\r");
    terminal.wait_for("Organisations with an agreement for it");
    terminal.press("\u{3}");
    assert_eq!(terminal.wait_for_end(), 0);
    terminal.is_given_back();
    assert!(!String::from_utf8_lossy(terminal.raw()).contains("panicked"));
}

#[test]
fn a_fault_in_a_dialogue_is_an_error_and_the_rest_works() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = start(folder.path(), &["--plain", "--test-panic", "worker"]);
    terminal.wait_for("At: home");
    terminal.press("dementia\r");
    terminal.wait_for("Error: a fault in the program stopped this; the rest works: try it another way");
    terminal.press("datasets\r");
    terminal.wait_for("At: datasets");
    terminal.press("quit\r");
    assert_eq!(terminal.wait_for_end(), 0);
}

#[test]
fn a_fault_of_an_import_leaves_the_library_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("library");
    std::fs::create_dir(&library).unwrap();
    let mut terminal = start(&library, &["--test-panic", "import", "import", FIXTURE]);
    assert_eq!(terminal.wait_for_end(), 2);
    is_told(&terminal, "outflow: a fault in the program (panicked at ");
    assert_eq!(std::fs::read_dir(library.join("editions")).map_or(0, Iterator::count), 0);
    // And where there was an edition, it is still the one that opens.
    assert_eq!(start(&library, &["import", FIXTURE]).wait_for_end(), 0);
    let before = names(&library);
    assert_eq!(start(&library, &["--test-panic", "import", "import", FIXTURE]).wait_for_end(), 2);
    assert_eq!(names(&library), before);
}

/// Everything below a folder, by its name.
fn names(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.is_symlink() {
            all.extend(names(&path));
        }
        all.push(path);
    }
    all.sort();
    all
}
