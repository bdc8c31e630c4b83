//! Adding to an edition, and imports that meet.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use crate::support::disk::{FIXTURE, contents};
use crate::support::program::{outflow, program, ran};
use crate::support::workbook::{sheets, write};
use outflow::library::{Library, LibraryError, Manifest};
use rustix::fs::{FlockOperation, flock};

/// A library with the edition `page`, in a folder of its own.
fn prepared() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("library");
    assert_eq!(outflow(&library, &["import", FIXTURE]).code, 0);
    (folder, library)
}

/// The fixture with other references, as another organisation's page.
fn page(folder: &Path, name: &str, number: u32) -> PathBuf {
    let text = fs::read_to_string(FIXTURE).unwrap().replace("DARS-NIC-0000", &format!("DARS-NIC-{number}000"));
    let path = folder.join(name);
    fs::write(&path, text.replace("LM-LOCAL", &format!("LOCAL-{number}"))).unwrap();
    path
}

fn manifest(library: &Path, slug: &str) -> Manifest {
    Manifest::read(&library.join("editions").join(slug).join("current")).unwrap()
}

fn files(library: &Path, slug: &str) -> Vec<String> {
    manifest(library, slug).sources.into_iter().map(|source| source.file).collect()
}

fn lock(library: &Path, slug: &str) -> fs::File {
    let lock = fs::File::open(library.join("editions").join(slug).join(".lock")).unwrap();
    flock(&lock, FlockOperation::LockExclusive).unwrap();
    lock
}

#[test]
fn files_are_added_to_an_edition_and_the_same_one_replaces_itself() {
    let (folder, library) = prepared();
    let other = page(folder.path(), "other.txt", 7);
    let workbook = write(folder.path(), "ReleaseRegister-jan-mar-2018.xlsx", &sheets());
    let add = |path: &Path| outflow(&library, &["import", "--into", "page", path.to_str().unwrap()]);
    assert_eq!(add(&other).code, 0);
    assert_eq!(add(&workbook).code, 0);
    assert_eq!(files(&library, "page"), ["page.txt", "other.txt", "ReleaseRegister-jan-mar-2018.xlsx"]);
    assert_eq!(manifest(&library, "page").counts.projects, 3 + 3 + 4);
    let before = manifest(&library, "page");
    // All three kept files are those that were named, and the edition is whole without the originals.
    let ran = add(&other);
    assert_eq!((ran.code, ran.stderr.contains("replaces")), (0, false), "{}", ran.stderr);
    let after = manifest(&library, "page");
    assert_eq!((&after.sources, &after.counts, &after.warnings), (&before.sources, &before.counts, &before.warnings));
    let whole = outflow(&library, &["show", "--edition", "page", "--json", "DARS-NIC-70001-A1B2C"]);
    assert!(whole.code == 0 && whole.stdout.contains("\"file\": \"other.txt\""), "{}", whole.stdout);
}

#[test]
fn another_file_of_the_same_name_replaces_the_older_which_is_said() {
    let (folder, library) = prepared();
    let other = page(folder.path(), "other.txt", 7);
    assert_eq!(outflow(&library, &["import", "--into", "page", other.to_str().unwrap()]).code, 0);
    page(folder.path(), "page.txt", 8);
    let ran = outflow(&library, &["import", "--into", "page", folder.path().join("page.txt").to_str().unwrap()]);
    assert!(ran.code == 0 && ran.stderr.contains("note: page.txt: replaces the file of this name"), "{}", ran.stderr);
    assert_eq!(files(&library, "page"), ["page.txt", "other.txt"]);
    let shown = |reference: &str| outflow(&library, &["show", "--edition", "page", reference]).code;
    assert_eq!((shown("DARS-NIC-80001-A1B2C"), shown("DARS-NIC-70001-A1B2C")), (0, 0));
    assert_ne!(shown("DARS-NIC-00001-A1B2C"), 0);
}

#[test]
fn what_cannot_be_added_changes_nothing() {
    let (folder, library) = prepared();
    let bad = folder.path().join("page.txt");
    fs::write(&bad, "no register").unwrap();
    let add = |arguments: &[&str], said: &str| {
        let before = contents(&library);
        let ran = outflow(&library, &[&["import"], arguments].concat());
        assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.lines().count()), (2, "", 1), "{}", ran.stderr);
        assert!(ran.stderr.contains(said), "\"{said}\" is not in {}", ran.stderr);
        assert!(contents(&library) == before, "{arguments:?} changed the library");
    };
    let good = page(folder.path(), "good.txt", 7);
    let good = good.to_str().unwrap();
    add(&["--into", "page", bad.to_str().unwrap()], "page.txt: neither");
    add(&["--into", "2019-01", good], "there is no edition \"2019-01\"");
    add(&["--into", "../page", good], "../page");
    add(&["--into", "sample", good], "sample");
    add(&["--into", "page", "--edition", "page", good], "give one of them");
    // A kept file that is no longer what it was.
    let kept = library.join("editions/page/current/sources/page.txt");
    let text = fs::read(&kept).unwrap();
    fs::write(&kept, [&text[..], b"\n"].concat()).unwrap();
    add(&["--into", "page", good], "no longer what was imported");
    fs::write(&kept, b"").unwrap();
    add(&["--into", "page", good], "its own file could not be read again: page.txt: the file is empty");
}

#[test]
fn one_of_two_files_of_a_name_is_not_replaced_by_guess() {
    let (folder, library) = prepared();
    for (part, number) in [("north", 7), ("south", 8), ("west", 9)] {
        fs::create_dir(folder.path().join(part)).unwrap();
        page(&folder.path().join(part), "register.txt", number);
    }
    let path = |part: &str| folder.path().join(part).join("register.txt").to_str().unwrap().to_owned();
    let ran = outflow(&library, &["import", "--edition", "two", &path("north"), &path("south")]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let sources = manifest(&library, "two").sources;
    for (source, part) in sources.iter().zip(["north", "south"]) {
        let kept = library.join("editions/two/current/sources").join(&source.kept);
        assert_eq!(fs::read(kept).unwrap(), fs::read(path(part)).unwrap());
    }
    let again = outflow(&library, &["import", "--into", "two", &path("south")]);
    assert_eq!((again.code, manifest(&library, "two").sources), (0, sources), "{}", again.stderr);
    let third = outflow(&library, &["import", "--into", "two", &path("west")]);
    assert!(third.code == 2 && third.stderr.contains("several files named register.txt"), "{}", third.stderr);
}

#[test]
fn what_is_kept_is_what_was_read_whatever_becomes_of_the_file() {
    let (folder, library) = prepared();
    let path = page(folder.path(), "changing.txt", 7);
    let read = fs::read(&path).unwrap();
    let files = [path.clone()];
    let library = Library::at(&library);
    library
        .publish(&files, None, &mut |step| {
            if step == outflow::library::Step::Examining {
                fs::write(&path, "something else").unwrap();
            }
        })
        .unwrap();
    let sources = manifest(library.root(), "changing").sources;
    let kept = library.root().join("editions/changing/current/sources").join(&sources[0].kept);
    assert_eq!(fs::read(kept).unwrap(), read);
    assert_ne!(fs::read(&path).unwrap(), read);
}

#[test]
fn a_second_import_of_an_edition_waits_and_says_so() {
    let (_folder, library) = prepared();
    let turn = lock(&library, "page");
    let mut second = program(&library, &["import", "--wait", "60", FIXTURE]).spawn().unwrap();
    let mut errors = BufReader::new(second.stderr.take().unwrap());
    let mut line = String::new();
    errors.read_line(&mut line).unwrap();
    assert!(line.contains("another import is writing this edition; waiting up to 60 s"), "{line}");
    drop(turn);
    errors.read_to_string(&mut line).unwrap();
    assert_eq!(ran(second).code, 0);
    assert!(line.contains("another import wrote this edition just before"), "{line}");
}

#[test]
fn a_second_import_that_may_not_wait_is_refused_with_a_sentence() {
    let (_folder, library) = prepared();
    let turn = lock(&library, "page");
    let before = contents(&library);
    for arguments in [["--edition", "page"], ["--into", "page"]] {
        let ran = outflow(&library, &["import", "--wait", "0", arguments[0], arguments[1], FIXTURE]);
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains("another import is writing edition \"page\"; try again"), "{}", ran.stderr);
        assert!(contents(&library) == before);
    }
    let library = Library::at(&library);
    assert!(matches!(library.publish(&[FIXTURE.into()], None, &mut |_| {}), Err(LibraryError::Busy(_))));
    // An import of another edition does not wait.
    assert_eq!(outflow(library.root(), &["import", "--wait", "0", "--edition", "other", FIXTURE]).code, 0);
    drop(turn);
}

#[test]
fn of_many_imports_into_one_edition_none_is_lost() {
    let (folder, library) = prepared();
    let started: Vec<_> = (1..=5)
        .map(|number| {
            let path = page(folder.path(), &format!("{number}.txt"), number);
            program(&library, &["import", "--wait", "120", "--into", "page", path.to_str().unwrap()]).spawn().unwrap()
        })
        .collect();
    for child in started {
        let ran = ran(child);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
    }
    let mut files = files(&library, "page");
    files.sort();
    assert_eq!(files, ["1.txt", "2.txt", "3.txt", "4.txt", "5.txt", "page.txt"]);
    assert_eq!(manifest(&library, "page").counts.projects, 18);
}

#[test]
fn imports_of_different_editions_run_side_by_side_in_a_library_that_is_new() {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("data/library");
    let bad = folder.path().join("bad.txt");
    fs::write(&bad, "no register").unwrap();
    let started: Vec<_> = (0..6)
        .map(|number| {
            let slug = format!("edition-{number}");
            let path = if number % 2 == 0 { FIXTURE } else { bad.to_str().unwrap() };
            program(&library, &["import", "--edition", &slug, path]).spawn().unwrap()
        })
        .collect();
    let codes: Vec<i32> = started.into_iter().map(|child| ran(child).code).collect();
    assert_eq!(codes, [0, 2, 0, 2, 0, 2]);
    let mut left: Vec<_> =
        fs::read_dir(library.join("editions")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["edition-0", "edition-2", "edition-4"]);
}
