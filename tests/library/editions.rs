//! Editions on disk: published whole or not at all, readable by others, and never disturbed.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use crate::support::disk::{FIXTURE, contents};
use crate::support::program::copy_for_others;
use crate::support::workbook::{sheets, write};
use outflow::index::{LastWord, Request, Sort};
use outflow::library::{Library, LibraryError, SAMPLE};

fn imported(folder: &Path) -> Library {
    let library = Library::at(folder.join("library"));
    library.publish(&[FIXTURE.into()], None, &mut |_| {}).unwrap();
    library
}

fn found(library: &Library, query: &str) -> usize {
    let edition = library.open(None).unwrap();
    let request = Request { query: query.to_owned(), last_word: LastWord::Whole, sort: Sort::Relevance };
    edition.index.search(&request, &|| false).unwrap().projects.len()
}

/// Every file of a folder with its bytes, links with where they lead.
fn set_modes(folder: &Path, folder_mode: u32, file_mode: u32) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            set_modes(&path, folder_mode, file_mode);
        } else {
            fs::set_permissions(&path, fs::Permissions::from_mode(file_mode)).unwrap();
        }
    }
    fs::set_permissions(folder, fs::Permissions::from_mode(folder_mode)).unwrap();
}

#[test]
fn what_is_published_can_be_opened_and_searched() {
    let folder = tempfile::tempdir().unwrap();
    let library = imported(folder.path());
    assert_eq!(found(&library, "frailty"), 1);
    let listed = library.editions().unwrap();
    assert_eq!(listed.len(), 1);
    let manifest = listed[0].manifest.as_ref().unwrap();
    assert_eq!((listed[0].slug.as_str(), manifest.counts.projects, manifest.concerns > 0), ("page", 3, true));
    // The published file is kept as it was.
    let kept = folder.path().join("library/editions/page/current/sources").join(&manifest.sources[0].kept);
    assert_eq!(fs::read(kept).unwrap(), fs::read(FIXTURE).unwrap());
    let edition = library.open(Some("page")).unwrap();
    assert_eq!(edition.index.header().sources[0].sha256, manifest.sources[0].sha256);
}

#[test]
fn importing_again_replaces_and_an_open_reader_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let library = imported(folder.path());
    let old = library.open(None).unwrap();
    for _ in 0..3 {
        library.publish(&[FIXTURE.into()], None, &mut |_| {}).unwrap();
    }
    assert_eq!(library.editions().unwrap().len(), 1);
    assert_eq!(found(&library, "frailty"), 1);
    let request = Request { query: "frailty".to_owned(), ..Request::default() };
    let still = old.index.search(&request, &|| false).unwrap().projects;
    assert_eq!(old.index.record(still[0]).unwrap().project.reference, "DARS-NIC-00001-A1B2C");
    let generations = fs::read_dir(folder.path().join("library/editions/page")).unwrap();
    let names: Vec<String> = generations.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(names.iter().filter(|name| name.starts_with("0000")).count(), 2, "{names:?}");
    assert!(!names.iter().any(|name| name.starts_with(".import-")), "{names:?}");
}

#[test]
fn a_refused_import_leaves_the_library_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let library = imported(folder.path());
    let before = contents(&folder.path().join("library"));
    let bad = folder.path().join("bad.xlsx");
    fs::write(&bad, b"PK\x03\x04 and nothing else").unwrap();
    assert!(library.publish(&[bad], Some("page"), &mut |_| {}).is_err());
    assert!(library.publish(&[folder.path().join("absent")], None, &mut |_| {}).is_err());
    assert!(library.publish(&[FIXTURE.into()], Some("../escape"), &mut |_| {}).is_err());
    assert!(library.publish(&[FIXTURE.into()], Some(SAMPLE), &mut |_| {}).is_err());
    assert_eq!(contents(&folder.path().join("library")), before);
}

#[test]
fn a_library_that_nobody_may_write_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let library = imported(folder.path());
    set_modes(library.root(), 0o555, 0o444);
    let before: BTreeMap<PathBuf, i64> = contents(library.root())
        .into_keys()
        .map(|path| (path.clone(), path.symlink_metadata().unwrap().mtime_nsec()))
        .collect();
    assert_eq!(found(&library, "frailty"), 1);
    let after: BTreeMap<PathBuf, i64> = contents(library.root())
        .into_keys()
        .map(|path| (path.clone(), path.symlink_metadata().unwrap().mtime_nsec()))
        .collect();
    assert_eq!(before, after, "reading wrote something");
    set_modes(library.root(), 0o755, 0o644);
}

#[test]
fn other_users_may_read_everything_that_is_published() {
    let folder = tempfile::tempdir().unwrap();
    let library = imported(folder.path());
    for path in contents(&library.root().join("editions/page/000001")).into_keys() {
        assert_eq!(path.metadata().unwrap().mode() & 0o444, 0o444, "{}", path.display());
        let parent = path.parent().unwrap().metadata().unwrap();
        assert_eq!(parent.mode() & 0o555, 0o555, "{}", path.display());
    }
}

#[test]
fn another_user_reads_it_where_the_system_allows_to_try() {
    // Only root can become somebody else.
    let folder = tempfile::tempdir().unwrap();
    let library = imported(folder.path());
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let program = copy_for_others(folder.path());
    let is_root = rustix::process::geteuid().is_root();
    let mut command = std::process::Command::new(&program);
    if is_root {
        std::os::unix::process::CommandExt::uid(&mut command, 65534);
        std::os::unix::process::CommandExt::gid(&mut command, 65534);
    }
    let output =
        command.args(["search", "frailty"]).env("OUTFLOW_LIBRARY", library.root()).current_dir("/").output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains("Frailty at home"), "{said}");
}

#[test]
fn the_newest_edition_opens_unless_another_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let library = imported(folder.path());
    let workbook = write(folder.path(), "ReleaseRegister-jan-mar-2018.xlsx", &sheets());
    library.publish(&[workbook], None, &mut |_| {}).unwrap();
    let slug = |asked| library.open(asked).unwrap().index.header().edition.slug.clone();
    assert_eq!(slug(None), "page");
    assert_eq!(slug(Some("2018-03")), "2018-03");
    assert_eq!(slug(Some(SAMPLE)), "sample");
    let slugs: Vec<String> = library.editions().unwrap().into_iter().map(|listed| listed.slug).collect();
    assert_eq!(slugs, ["page", "2018-03"]);
    let error = library.open(Some("2019-01")).unwrap_err().to_string();
    for part in ["2019-01", "page", "2018-03", "sample"] {
        assert!(error.contains(part), "{error}");
    }
    assert!(matches!(library.open(Some("../page")), Err(LibraryError::NoEdition { .. })));
}

#[test]
fn an_edition_can_be_chosen_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let library = imported(folder.path());
    let workbook = write(folder.path(), "ReleaseRegister-jan-mar-2018.xlsx", &sheets());
    library.publish(&[workbook], None, &mut |_| {}).unwrap();
    let opens = || library.open(None).unwrap().index.header().edition.slug.clone();
    assert_eq!(opens(), "page");
    library.choose("2018-03").unwrap();
    assert_eq!(opens(), "2018-03");
    library.choose(SAMPLE).unwrap();
    assert_eq!(opens(), SAMPLE);
    assert!(matches!(library.choose("2019-01"), Err(LibraryError::NoEdition { .. })));
    assert!(matches!(library.choose("../page"), Err(LibraryError::NoEdition { .. })));
    library.choose("2018-03").unwrap();
    let reader = library.open(None).unwrap();
    library.remove("2018-03").unwrap();
    // What was chosen is gone, so the newest opens; whoever had it open still reads it.
    assert_eq!(opens(), "page");
    assert_eq!(reader.index.search(&Request::default(), &|| false).unwrap().projects.len(), 4);
    assert!(library.open(Some("2018-03")).is_err());
    assert!(matches!(library.remove("2018-03"), Err(LibraryError::NoEdition { .. })));
    assert!(matches!(library.remove(".."), Err(LibraryError::NoEdition { .. })));
    assert_eq!(library.editions().unwrap().len(), 1);
}

#[test]
fn an_empty_library_opens_the_sample() {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::at(folder.path().join("none"));
    assert!(library.editions().unwrap().is_empty());
    let edition = library.open(None).unwrap();
    assert_eq!((edition.index.header().edition.slug.as_str(), edition.index.len()), (SAMPLE, 42));
    assert!(!folder.path().join("none").exists());
}

#[test]
fn a_damaged_edition_says_which_file_and_that_the_source_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let library = imported(folder.path());
    let index = library.root().join("editions/page/current/index");
    let files: Vec<PathBuf> = fs::read_dir(&index).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(files.len() > 8);
    for file in files {
        let whole = fs::read(&file).unwrap();
        if whole.is_empty() {
            continue;
        }
        for damaged in [&whole[..whole.len() / 2], &b""[..]] {
            fs::write(&file, damaged).unwrap();
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            // A file that is not needed to open is found out when it is used; nothing may break on the way.
            if let Err(error) = library.open(None) {
                assert!(error.to_string().contains("import them again"), "{name}: {error}");
            } else {
                let edition = library.open(None).unwrap();
                let found = edition.index.search(&Request::default(), &|| false);
                for id in found.map(|found| found.projects).unwrap_or_default() {
                    let _ = edition.index.record(id);
                }
            }
        }
        fs::write(&file, &whole).unwrap();
    }
    assert_eq!(found(&library, "frailty"), 1);
}

#[test]
fn an_index_of_another_format_offers_to_import_again() {
    let folder = tempfile::tempdir().unwrap();
    let library = imported(folder.path());
    fs::write(library.root().join("editions/page/current/index/format.json"), "{\"schema\":999}").unwrap();
    let error = library.open(None).unwrap_err().to_string();
    assert!(error.contains("format 999") && error.contains("sources"), "{error}");
}

#[test]
fn two_imports_of_one_edition_do_not_mix() {
    let folder = tempfile::tempdir().unwrap();
    let library = imported(folder.path());
    let lock = fs::File::open(library.root().join("editions/page/.lock")).unwrap();
    rustix::fs::flock(&lock, rustix::fs::FlockOperation::LockExclusive).unwrap();
    let error = library.publish(&[FIXTURE.into()], None, &mut |_| {}).unwrap_err();
    assert!(matches!(error, LibraryError::Busy(_)), "{error}");
    drop(lock);
    library.publish(&[FIXTURE.into()], None, &mut |_| {}).unwrap();
}

#[test]
fn what_a_killed_import_left_is_cleared() {
    let folder = tempfile::tempdir().unwrap();
    let library = imported(folder.path());
    let left = library.root().join("editions/page/.import-abandoned");
    fs::create_dir(&left).unwrap();
    fs::write(left.join("half"), "of an index").unwrap();
    assert_eq!(found(&library, "frailty"), 1);
    library.publish(&[FIXTURE.into()], None, &mut |_| {}).unwrap();
    assert!(!left.exists());
}

#[test]
fn the_generation_that_was_read_until_now_is_kept_and_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let library = imported(folder.path());
    let edition = fs::read_dir(folder.path().join("library/editions")).unwrap().next().unwrap().unwrap().path();
    let names = || {
        let all = fs::read_dir(&edition).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut all: Vec<String> = all.filter(|name| name.parse::<u64>().is_ok()).collect();
        all.sort();
        all
    };
    // An import was killed when its generation had its name, and before any link led to it.
    fs::create_dir(edition.join("000002")).unwrap();
    library.publish(&[FIXTURE.into()], None, &mut |_| {}).unwrap();
    assert_eq!(names(), ["000001", "000003"]);
    library.publish(&[FIXTURE.into()], None, &mut |_| {}).unwrap();
    assert_eq!(names(), ["000003", "000004"]);
    assert_eq!(fs::read_link(edition.join("current")).unwrap(), Path::new("000004"));
}
