//! What the other editions of a library have where a search finds nothing in the one that is open.

use std::fs;
use std::time::Duration;

use crate::support::disk::FIXTURE;
use crate::support::editions::library;
use outflow::index::{LastWord, Request};
use outflow::library::{Elsewhere, FoundIn, Library};

fn request(query: &str, last_word: LastWord) -> Request {
    Request { query: query.to_owned(), last_word, ..Request::default() }
}

fn elsewhere(library: &Library, open: &str, query: &str) -> Elsewhere {
    library.elsewhere(open, &request(query, LastWord::Whole), &|| false).unwrap().unwrap()
}

fn found_in(slug: &str, projects: usize) -> FoundIn {
    FoundIn { slug: slug.to_owned(), projects }
}

#[test]
fn the_other_editions_are_asked_newest_first_and_the_open_one_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let library = library(folder.path());
    library.publish(&[FIXTURE.into()], Some("page"), &mut |_| {}).unwrap();
    let without = |slugs: &[&str]| slugs.iter().map(|slug| (*slug).to_owned()).collect::<Vec<_>>();
    let mill = elsewhere(&library, "2026-09", "org:\"old mill\"");
    assert_eq!(mill, Elsewhere { found: vec![found_in("2026-08", 1)], without: without(&["page"]), unknown: vec![] });
    let two = elsewhere(&library, "page", "mill");
    assert_eq!(two.found, [found_in("2026-09", 1), found_in("2026-08", 1)]);
    let none = elsewhere(&library, "page", "org:evenfield xyzzy");
    assert_eq!(none, Elsewhere { without: without(&["2026-09", "2026-08"]), ..Elsewhere::default() });
    // From the sample all of them are others.
    assert_eq!(elsewhere(&library, "sample", "org:evenfield").found, [found_in("2026-08", 2)]);
    // A last word that is being typed is a beginning there, too.
    let typed = library.elsewhere("2026-09", &request("org:evenf", LastWord::Beginning), &|| false).unwrap().unwrap();
    assert_eq!(typed.found, [found_in("2026-08", 2)]);
    assert_eq!(elsewhere(&library, "2026-09", "org:evenf").found, []);
}

#[test]
fn an_edition_that_cannot_tell_is_not_one_that_has_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let library = library(folder.path());
    // What the editions around one say, and what a person keeps, is no part of it.
    for query in ["concern:removed-from-register", "mine:bookmarked", "tag:leak xyzzy", "xyzzy (mill OR severity:note)"]
    {
        let elsewhere = elsewhere(&library, "2026-09", query);
        assert_eq!((elsewhere.without.len(), elsewhere.unknown.len()), (0, 1), "{query}");
    }
    let current = fs::read_link(folder.path().join("library/editions/2026-08/current")).unwrap();
    fs::remove_dir_all(folder.path().join("library/editions/2026-08").join(current).join("index")).unwrap();
    let damaged = elsewhere(&library, "2026-09", "org:evenfield");
    assert_eq!(damaged, Elsewhere { unknown: vec!["2026-08".to_owned()], ..Elsewhere::default() });
}

#[test]
fn it_ends_when_nobody_waits_and_when_its_time_is_over() {
    let folder = tempfile::tempdir().unwrap();
    let library = library(folder.path());
    let request = request("org:evenfield", LastWord::Whole);
    assert_eq!(library.elsewhere("2026-09", &request, &|| true).unwrap(), None);
    // Cancelled in the middle of a search.
    let asked = std::cell::Cell::new(0);
    let second_time = || asked.replace(asked.get() + 1) > 0;
    assert_eq!(library.elsewhere("2026-09", &request, &second_time).unwrap(), None);
    let late = library.elsewhere_within(Duration::ZERO, "sample", &request, &|| false).unwrap().unwrap();
    let unknown = ["2026-09", "2026-08"].map(str::to_owned).to_vec();
    assert_eq!(late, Elsewhere { unknown, ..Elsewhere::default() });
    let nowhere = Library::at(folder.path().join("nowhere"));
    assert_eq!(nowhere.elsewhere("sample", &request, &|| false).unwrap(), Some(Elsewhere::default()));
}
