//! Saved searches in the explorer, and the queries of before in the search line.

use std::fs;
use std::path::Path;

use crate::support::own::{judging, own};
use crate::support::stage::{Played, burst, keys, play_judged};
use crate::support::uses::publish_named;
use outflow::explorer::actions::Place;
use outflow::explorer::message::{Effect, Message};
use outflow::explorer::sheet::Leads;
use outflow::explorer::state::{Focus, View};
use outflow::index::{LastWord, Sort};
use outflow::library::{Judging, Library};

fn imported() -> (tempfile::TempDir, Library) {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::at(folder.path().join("library"));
    let september = [("DARS-NIC-1-AAAAA-v1.0", "FENLAND TRUST"), ("DARS-NIC-2-BBBBB-v1.0", "MARSH COLLEGE")];
    publish_named(folder.path(), &library, "september2026", &september);
    (folder, library)
}

fn october(folder: &Path, library: &Library) {
    let entries = [
        ("DARS-NIC-1-AAAAA-v1.0", "FENLAND TRUST"),
        ("DARS-NIC-2-BBBBB-v1.0", "MARSH COLLEGE"),
        ("DARS-NIC-3-CCCCC-v1.0", "MOOR TRUST"),
        ("DARS-NIC-4-DDDDD-v1.0", "MOOR COLLEGE"),
    ];
    publish_named(folder, library, "october2026", &entries);
}

fn played(folder: &Path, library: &Library, script: &str) -> Played {
    let judging = judging(folder);
    play_judged(library, judging, (80, 24), keys(script))
}

#[test]
fn a_name_is_asked_for_and_the_search_that_is_shown_is_saved() {
    let (folder, library) = imported();
    let folder = folder.path();
    let asked = played(folder, &library, "/org:trust<Enter>ssssssW");
    assert_eq!((asked.state.place(), asked.effects.last()), (Place::Answer, Some(&Effect::Pasting(true))));
    assert!(asked.text().contains("Name? what to call this search; Enter saves it, Esc does not"), "{}", asked.text());
    let left = played(folder, &library, "/org:trust<Enter>Wtrusts<Esc>");
    assert_eq!((left.state.place(), left.effects.last()), (Place::List, Some(&Effect::Pasting(false))));
    assert!(own(folder).searches().unwrap().is_empty());
    let empty = played(folder, &library, "/org:trust<Enter>W <Enter>");
    assert_eq!(empty.state.place(), Place::Answer);
    assert!(empty.text().contains("say what to call it: a saved search needs a name"), "{}", empty.text());
    let done = played(folder, &library, "/org:trust<Enter>ssssssWtrusts<Enter>");
    assert!(
        done.text().contains("saved as \"trusts\", with 1 project; the action searches lists what"),
        "{}",
        done.text()
    );
    let searches = own(folder).searches().unwrap();
    assert_eq!((searches[0].query.as_str(), searches[0].sort, searches.len()), ("org:trust", Sort::Title, 1));
    assert_eq!(searches[0].seen.projects.iter().collect::<Vec<_>>(), ["nic-1-aaaaa"]);
    // A query that was left while its last word was being typed is shown as it is saved.
    let half = played(folder, &library, "/org:tru<Esc>Whalf<Enter>");
    assert_eq!((half.state.last_word, half.state.list.projects.len()), (LastWord::Whole, 0));
    assert!(half.text().contains("saved as \"half\", with 0 projects"), "{}", half.text());
    let unread = played(folder, &library, "/concern:none<Enter>Wnone<Enter>");
    assert!(unread.text().contains("not saved, because it cannot be read as written"), "{}", unread.text());
    let again = played(folder, &library, "/org:marsh<Enter>WTrusts<Enter>");
    assert!(
        again.text().contains("saved as \"Trusts\", which stood for another search: org:trust"),
        "{}",
        again.text()
    );
    assert_eq!(own(folder).searches().unwrap().len(), 2);
}

#[test]
fn what_is_new_is_listed_until_the_search_was_opened() {
    let (folder, library) = imported();
    let path = folder.path();
    insta::assert_snapshot!("80x24_none_saved", played(path, &library, "w").text());
    played(path, &library, "/org:trust<Enter>ssssssWtrusts<Enter>/<Ctrl-U>births<Enter>Wbirths<Enter>");
    october(path, &library);
    let listed = played(path, &library, "w");
    assert_eq!((listed.state.view, listed.state.place()), (View::Searches, Place::Sheet));
    insta::assert_snapshot!("80x24_saved", listed.text());
    let opened = played(path, &library, "w<Enter>");
    assert_eq!((opened.state.query.value(), opened.state.sort), ("org:trust", Sort::Title));
    assert_eq!((opened.state.place(), opened.state.list.projects.len()), (Place::Led, 2));
    assert!(opened.text().contains("1 new since edition 2026-09: DARS-NIC-3-CCCCC"), "{}", opened.text());
    // Opened once, it has nothing new, and going back leads to the list, which says so.
    let again = played(path, &library, "/before<Enter>w<Enter>q");
    assert_eq!((again.state.view, again.state.sheet.selected), (View::Searches, 0));
    assert!(again.text().contains("2 projects, none new since edition 2026-10"), "{}", again.text());
    let home = played(path, &library, "/before<Enter>w<Enter>qq");
    assert_eq!((home.state.query.value(), home.state.sort), ("before", Sort::Relevance));
    assert_eq!(own(path).searches().unwrap()[0].seen.edition, "2026-10");
    // The other one was not opened, and keeps what is new.
    assert!(again.text().contains("births (2 new)"), "{}", again.text());
}

#[test]
fn a_search_is_removed_and_its_query_told() {
    let (folder, library) = imported();
    let path = folder.path();
    played(path, &library, "/org:trust<Enter>Wtrusts<Enter>/<Ctrl-U>births<Enter>Wbirths<Enter>");
    let removed = played(path, &library, "wx");
    assert!(removed.text().contains("\"trusts\" is removed; its query was: org:trust"), "{}", removed.text());
    assert_eq!(removed.state.sheet.items.len(), 1);
    assert!(matches!(&removed.state.sheet.items[0].leads, Leads::Search { name, .. } if name == "births"));
    let both = played(path, &library, "wxx");
    assert!(both.text().contains("there is no saved search here to remove"), "{}", both.text());
    assert!(own(path).searches().unwrap().is_empty());
    let elsewhere = played(path, &library, "4x");
    assert!(elsewhere.text().contains("there is no saved search here to remove; w lists them"));
}

#[test]
fn keys_that_come_before_the_list_of_searches_wait_for_it() {
    let (folder, library) = imported();
    let path = folder.path();
    burst(&library, judging(path), "/org:trust<Enter>Wtrusts<Enter>/<Ctrl-U>births<Enter>Wbirths<Enter>WBIRTHS<Enter>");
    let names = || own(path).searches().unwrap().into_iter().map(|search| search.name).collect::<Vec<_>>();
    assert_eq!(names(), ["trusts", "BIRTHS"]);
    let opened = burst(&library, judging(path), "w<Down><Enter>");
    assert_eq!((opened.query.value(), opened.place()), ("births", Place::Led));
    let back = burst(&library, judging(path), "w<Down><Enter>qx");
    assert_eq!((back.view, back.sheet.items.len()), (View::Searches, 1));
    assert_eq!(names(), ["trusts"]);
    burst(&library, judging(path), "wxx");
    assert!(names().is_empty());
}

#[test]
fn without_a_folder_or_with_a_damaged_file_it_is_said_and_nothing_is_lost() {
    let (folder, library) = imported();
    let homeless = |script: &str| play_judged(&library, Judging::default(), (80, 24), keys(script));
    let said = "there is no home folder to keep your own things in";
    assert!(homeless("w").text().contains(said), "{}", homeless("w").text());
    assert!(homeless("/trust<Enter>Wtrusts<Enter>").text().contains(said));
    // What was searched for is known to the run.
    let recalled = homeless("/trust<Enter>/<Ctrl-U>moor<Up>");
    assert_eq!(recalled.state.query.value(), "trust");
    let own = folder.path().join("own");
    fs::create_dir(&own).unwrap();
    for file in ["searches.json", "queries.json"] {
        fs::write(own.join(file), "{").unwrap();
    }
    let damaged = played(folder.path(), &library, "w");
    let text = damaged.text().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("it was left as it is: mend it, or move it away"), "{text}");
    let start = played(folder.path(), &library, "");
    assert!(start.state.notice.as_deref().unwrap().contains("queries.json is damaged"), "{:?}", start.state.notice);
    played(folder.path(), &library, "/trust<Enter>Wtrusts<Enter>");
    for file in ["searches.json", "queries.json"] {
        assert_eq!(fs::read_to_string(own.join(file)).unwrap(), "{");
    }
}

#[test]
fn queries_that_were_taken_come_back_in_the_search_line_also_in_the_next_run() {
    let (folder, library) = imported();
    let path = folder.path();
    let first = played(path, &library, "/trust<Enter>/<Ctrl-U>births<Enter>/<Ctrl-U>left<Esc>");
    assert_eq!(first.state.query.value(), "left");
    assert_eq!(own(path).queries().unwrap(), ["trust", "births"]);
    let line = |script: &str| {
        let played = played(path, &library, script);
        assert_eq!(played.state.focus, Focus::Query, "{script}");
        (played.state.query.value().to_owned(), played.state.last_word)
    };
    let taken = |query: &str| (query.to_owned(), LastWord::Whole);
    assert_eq!(line("/be<Up>"), taken("births"));
    assert_eq!(line("/be<Up><Ctrl-P>"), taken("trust"));
    assert_eq!(line("/be<Up><Up><Up>"), taken("trust"));
    assert_eq!(line("/be<Up><Up><Ctrl-N>"), taken("births"));
    assert_eq!(line("/be<Up><Ctrl-N>"), ("be".to_owned(), LastWord::Beginning));
    assert_eq!(line("/<Ctrl-N>be<Ctrl-N>"), ("be".to_owned(), LastWord::Beginning));
    // What is recalled is searched for, and can be typed on.
    let recalled = played(path, &library, "/<Up><Up>");
    assert_eq!(recalled.state.list.projects.len(), 1);
    assert_eq!(line("/<Up> of<Up>"), taken("births"));
    let mut pasted = keys("/<Up>");
    pasted.push(Message::Paste(" wait".to_owned()));
    pasted.extend(keys("<Ctrl-N><Enter>"));
    let judging = judging(path);
    play_judged(&library, judging, (80, 24), pasted);
    // Taken again it is the newest, and stands there once.
    played(path, &library, "/<Up><Up><Up><Enter>");
    assert_eq!(own(path).queries().unwrap(), ["births", "births wait", "trust"]);
}
