//! Another user's library: who may read it reads it and leaves it as it is, and who may not is told so.

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::disk::{FIXTURE, contents};
use crate::support::other_user;
use crate::support::other_user::Other;
use crate::support::program::{outflow, program, ran};
use crate::support::terminal::{Start, Terminal};
use portable_pty::CommandBuilder;

/// A reference of the fixture.
const REFERENCE: &str = "DARS-NIC-00002-D3E4F";

/// What a person does who reads, and what is then said.
const READS: &[(&[&str], &str)] = &[
    (&["search", "bed"], REFERENCE),
    (&["search", "bed", "--facets"], "Opt-outs"),
    (&["show", REFERENCE], REFERENCE),
    (&["show", REFERENCE, "--history"], ""),
    (&["organisations"], "2 organisations"),
    (&["datasets"], ""),
    (&["stats"], "3"),
    (&["concerns"], ""),
    (&["editions"], "page"),
    (&["check"], "page: whole"),
    (&["export", REFERENCE], REFERENCE),
    (&["request", REFERENCE], REFERENCE),
    (&["mark", REFERENCE, "--bookmark"], ""),
    (&["search", "bed", "--save", "Beds"], ""),
    (&["searches"], "Beds"),
];

/// Every file and folder with its times, its rights and what it holds.
fn state(library: &Path) -> BTreeMap<PathBuf, (Vec<u8>, i64, i64, u32)> {
    let told = |path: PathBuf, bytes| {
        let of = fs::symlink_metadata(&path).unwrap();
        (path, (bytes, of.mtime() * 1_000_000_000 + of.mtime_nsec(), of.ctime_nsec(), of.mode()))
    };
    contents(library).into_iter().map(|(path, bytes)| told(path, bytes)).collect()
}

fn set(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// Gives every folder of a library these rights, and every file those.
fn close(library: &Path, folders: u32, files: u32) {
    for path in contents(library).into_keys().chain([library.to_owned()]).filter(|path| !path.is_symlink()) {
        set(&path, if path.is_dir() { folders } else { files });
    }
}

/// A library in a folder that anybody may enter, imported under a mask that closes everything to others.
fn prepared() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    set(folder.path(), 0o755);
    let library = folder.path().join("library");
    let mut command = Command::new("/bin/sh");
    command.args(["-c", "umask 077; exec \"$0\" import \"$1\"", env!("CARGO_BIN_EXE_outflow"), FIXTURE]);
    assert!(command.env_clear().env("OUTFLOW_LIBRARY", &library).output().unwrap().status.success());
    (folder, library)
}

/// Holds the other user to reading, seeing and keeping things of their own, whatever the library allows.
fn reads_all(other: &Other, library: &Path) {
    let named = "--library";
    let library = library.to_str().unwrap();
    for (arguments, said) in READS {
        let ran = other.run(&[&[named, library], *arguments].concat());
        assert_eq!(ran.code, 0, "{arguments:?}: {}{}", ran.stdout, ran.stderr);
        assert!(
            ran.stdout.contains(said) && ran.stderr.matches("denied").count() == 0,
            "{arguments:?}: {}",
            ran.stdout
        );
    }
    let mut command: CommandBuilder = other.in_terminal(&[named, library]);
    command.env("TERM", "xterm");
    let mut terminal = Terminal::run(80, 24, command);
    terminal.wait_for("3 projects");
    terminal.press("1");
    terminal.wait_for("Projects");
    terminal.press("/bed\r");
    terminal.wait_for(REFERENCE);
    terminal.press("\rb");
    terminal.wait_until("a bookmark", |terminal| terminal.text().to_lowercase().contains("bookmark"));
    terminal.press("\u{3}\u{3}");
    assert_eq!(terminal.wait_for_end(), 0, "{}", terminal.text());
}

#[test]
fn a_library_that_was_imported_under_a_closed_mask_is_open_to_others_for_reading() {
    let (_folder, library) = prepared();
    for (path, (_, _, _, mode)) in state(&library) {
        let lock = path.file_name().is_some_and(|name| name == ".lock");
        let wanted = match () {
            () if path.is_symlink() => continue,
            () if lock => 0o600,
            () if path.is_dir() => 0o755,
            () => 0o644,
        };
        assert_eq!(mode & 0o777, wanted, "{}", path.display());
    }
}

#[test]
fn another_user_reads_a_library_that_nobody_may_write_and_leaves_it_as_it_is() {
    let Some(other) = Other::new() else { return };
    let (_folder, library) = prepared();
    close(&library, 0o555, 0o444);
    let before = state(&library);
    reads_all(&other, &library);
    assert!(state(&library) == before, "a reader changed the library");
    assert!(other.has_own(), "the reader's own things were not kept");
    // An import of their own into it is refused with what to do, and into a library of their own it works.
    let page = other.share(FIXTURE);
    let ran = other.run(&["--library", library.to_str().unwrap(), "import", &page]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("name a library of your own with --library"), "{}", ran.stderr);
    assert!(state(&library) == before, "a refused import changed the library");
    let own = other.folder().join("library");
    let ran = other.run(&["--library", own.to_str().unwrap(), "import", &page]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    reads_all(&other, &own);
}

#[test]
fn reading_writes_nothing_into_a_library_even_where_it_could() {
    let (folder, library) = prepared();
    let own = folder.path().join("own");
    let before = state(&library);
    for (arguments, said) in READS {
        let mut command = program(&library, arguments);
        let ran = ran(command.env("OUTFLOW_OWN", &own).env("HOME", folder.path()).spawn().unwrap());
        assert!(ran.code == 0 && ran.stdout.contains(said), "{arguments:?}: {}{}", ran.stdout, ran.stderr);
    }
    let environment = [("OUTFLOW_OWN", own.to_str().unwrap()), ("HOME", folder.path().to_str().unwrap())];
    let start = Start { columns: 80, rows: 24, library: &library, arguments: &[], environment: &environment };
    let mut terminal = Terminal::start(&start);
    terminal.wait_for("3 projects");
    terminal.press("/bed\r");
    terminal.wait_for(REFERENCE);
    terminal.press("\rb");
    terminal.wait_until("a bookmark", |terminal| terminal.text().to_lowercase().contains("bookmark"));
    terminal.press("\u{3}\u{3}");
    assert_eq!(terminal.wait_for_end(), 0, "{}", terminal.text());
    assert!(state(&library) == before, "a reader changed the library");
}

#[test]
fn a_library_on_a_read_only_mount_is_read_by_another_user() {
    let Some(other) = Other::new() else { return };
    let (folder, library) = prepared();
    let mounted = folder.path().join("mounted");
    fs::create_dir(&mounted).unwrap();
    let Some(_mount) = other_user::Mount::read_only(&library, &mounted) else { return };
    let before = state(&library);
    assert!(fs::write(mounted.join("x"), "x").is_err(), "the mount can be written");
    reads_all(&other, &mounted);
    // Its owner, for whom rights are no bar, is refused by the mount alone.
    let ran = outflow(&mounted, &["import", FIXTURE]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("Read-only file system"), "{}", ran.stderr);
    assert!(ran.stderr.contains("name a library that can be written with --library"), "{}", ran.stderr);
    assert!(state(&library) == before, "a reader changed the library");
}

#[test]
fn what_may_not_be_read_is_called_so_and_who_can_change_that_is_named() {
    let Some(other) = Other::new() else { return };
    let (_folder, library) = prepared();
    let edition = library.join("editions/page");
    let generation = edition.join("current").canonicalize().unwrap();
    let index = generation.join("index");
    let first = |ends: &str| {
        let mut files: Vec<PathBuf> = contents(&index).into_keys().collect();
        files.retain(|path| path.to_str().unwrap().ends_with(ends));
        files.remove(0)
    };
    let closed = [edition.clone(), generation, index.clone(), first(".json"), first(".term"), first("meta.json")];
    for path in closed {
        let mode = fs::metadata(&path).unwrap().mode();
        set(&path, 0);
        for arguments in [vec!["search", "bed"], vec!["--edition", "page", "show", REFERENCE], vec!["stats"]] {
            let ran = other.run(&[&["--library", library.to_str().unwrap()], arguments.as_slice()].concat());
            let said = &ran.stderr;
            assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{}: {said}", path.display());
            assert!(said.contains("\"page\" may not be read by user 65534"), "{}: {said}", path.display());
            assert!(said.contains("Ask its owner, user 0") && said.contains("chmod -R a+rX"), "{said}");
            assert!(!said.contains("import"), "{}: {said}", path.display());
        }
        let ran = other.run(&["--library", library.to_str().unwrap(), "check"]);
        assert!(ran.code == 2 && ran.stdout.contains("may not be read by you"), "{}: {}", path.display(), ran.stdout);
        assert!(ran.stdout.contains("Ask its owner, user 0"), "{}: {}", path.display(), ran.stdout);
        assert!(!ran.stdout.contains("import"), "{}: {}", path.display(), ran.stdout);
        set(&path, mode);
    }
    let ran = other.run(&["--library", library.to_str().unwrap(), "search", "bed"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}
