//! Exporting from the explorer: what one reads, or all that is listed, goes into a file that was not there before.

use std::fs;
use std::path::Path;

use crate::support::stage::{PLAIN, Played, keys, play, play_saving};
use outflow::explorer::actions::Place;
use outflow::index::LastWord;

/// Plays keys, then asks for an export to a file of a folder; the name that is offered is cleared first.
fn export(before: &str, (folder, name): (&Path, &str), after: &str) -> Played {
    play_saving(folder, keys(&format!("{before}x<Ctrl-u>{name}<Enter>{after}")))
}

#[test]
fn a_name_is_offered_and_the_file_is_written() {
    let asked = play(80, 24, PLAIN, keys("/dementia<Enter>x"));
    assert_eq!(asked.state.place(), Place::Answer);
    insta::assert_snapshot!("80x24_file", asked.text());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    let written = export("/dementia<Enter>", (folder.path(), "a.csv"), "");
    let notice = written.state.notice.clone().unwrap();
    assert!(notice.contains("written to") && notice.contains(" bytes)"), "{notice}");
    assert_eq!(written.state.place(), Place::List);
    let table = fs::read_to_string(&path).unwrap();
    let mut rows = csv::Reader::from_reader(table.trim_start_matches('\u{FEFF}').as_bytes());
    assert_eq!(rows.records().count(), written.state.list.projects.len());
    // A project that is read goes alone, with its sections whole.
    let path = folder.path().join("one.md");
    let read = export("/dementia<Enter><Enter>", (folder.path(), "one.md"), "");
    let record = read.state.detail.as_ref().unwrap().document.record.clone().unwrap();
    let dossier = fs::read_to_string(&path).unwrap();
    assert!(dossier.starts_with(&format!("# Data release register: {}\n", record.project.reference)), "{dossier}");
    assert_eq!(dossier.matches("Cite the entry: ").count(), 1);
}

#[test]
fn what_is_there_stays_and_another_name_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.html");
    fs::write(&path, "mine").unwrap();
    let refused = export("", (folder.path(), "a.html"), "");
    assert_eq!(refused.state.place(), Place::Answer, "{}", refused.text());
    assert!(refused.state.notice.as_ref().unwrap().contains("is there already"), "{:?}", refused.state.notice);
    // What was typed stands there still, to be changed.
    let input = refused.state.asking.as_ref().unwrap().input.value().to_owned();
    assert_eq!(input, "a.html");
    let changed = export("", (folder.path(), "a.html"), "x<Enter>");
    assert!(folder.path().join("a.htmlx").symlink_metadata().is_err());
    assert!(changed.state.notice.as_ref().unwrap().contains(".htmlx tells no form"), "{:?}", changed.state.notice);
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    let left = export("", (folder.path(), "a.html"), "<Esc>");
    assert_eq!(left.state.place(), Place::List);
}

#[test]
fn nothing_is_written_outside_the_folder_and_without_one_nothing_at_all() {
    let [folder, other] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let absolute = format!("{}/b.json", other.path().display());
    for name in [&absolute, "../b.json", "below/b.json", ".b.json", "-o.json", "~/b.json"] {
        let refused = export("/dementia<Enter>", (folder.path(), name), "");
        // What was typed stands there still, and where such a file can be written is said.
        assert_eq!(refused.state.asking.as_ref().unwrap().input.value(), name);
        assert!(refused.text().contains("outflow export -o FILE"), "{name}:\n{}", refused.text());
    }
    let of = |folder: &Path| fs::read_dir(folder).unwrap().count();
    assert_eq!((of(folder.path()), of(other.path())), (0, 0));
    assert!(!folder.path().parent().unwrap().join("b.json").exists());
    let refused = play(80, 24, PLAIN, keys("/dementia<Enter>x<Enter>"));
    assert!(refused.state.notice.as_ref().unwrap().contains("no folder"), "{:?}", refused.state.notice);
}

#[test]
fn nothing_and_no_name_write_nothing() {
    let none = play(80, 24, PLAIN, keys("/xyzzyx<Enter>x"));
    assert_eq!(none.state.notice.as_deref(), Some("there is nothing to export"));
    let unnamed = play(80, 24, PLAIN, keys("x<Ctrl-u><Enter>"));
    assert_eq!(unnamed.state.place(), Place::Answer);
    assert!(unnamed.state.notice.as_ref().unwrap().contains("type the name of a file"));
    // A word that is still typed is taken as whole first, so that the dossier's query finds the same.
    let typed = play(80, 24, PLAIN, keys("/dement<Esc>x"));
    assert_eq!((typed.state.last_word, typed.state.place()), (LastWord::Whole, Place::List));
}
