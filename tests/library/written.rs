//! What the program writes: an export where it was told and nowhere else, a person's own things for that person alone, and
//! nothing in locked mode.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use crate::support::disk::{FIXTURE, contents};
use crate::support::other_user::{Mount, Other};
use crate::support::program::{Ran, outflow, ran};
use crate::support::terminal::Terminal;
use portable_pty::CommandBuilder;
use rustix::fs::{CWD, Mode, mkfifoat};

/// A project of the sample.
const REFERENCE: &str = "NIC-38002-S3K0V";

/// What a file holds that is not to be touched.
const MINE: &str = "mine";

/// A folder with a file beside it that nothing may reach, and everything in it that is no place for an export.
fn traps() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let exports = folder.path().join("exports");
    fs::create_dir(&exports).unwrap();
    fs::write(folder.path().join("victim.md"), MINE).unwrap();
    symlink("../victim.md", exports.join("link.md")).unwrap();
    symlink("nowhere.md", exports.join("dangling.md")).unwrap();
    symlink("/dev/null", exports.join("null.md")).unwrap();
    mkfifoat(CWD, exports.join("pipe.md"), Mode::from_raw_mode(0o666)).unwrap();
    fs::create_dir(exports.join("folder.md")).unwrap();
    fs::write(exports.join("there.md"), MINE).unwrap();
    (folder, exports)
}

/// What stands in the way of a name, and what is said of it.
const IN_THE_WAY: [(&str, &str); 6] = [
    ("link.md", "is a symbolic link"),
    ("dangling.md", "is a symbolic link"),
    ("null.md", "is a symbolic link"),
    ("pipe.md", "is no plain file"),
    ("folder.md", "is a folder"),
    ("there.md", "one is there already"),
];

/// The names, kinds and sizes of what is in a folder, and where links lead.
fn listed(folder: &Path) -> Vec<(PathBuf, u32, u64, Option<PathBuf>)> {
    let mut all: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let of = path.symlink_metadata().unwrap();
            (path.clone(), of.mode(), of.len(), fs::read_link(path).ok())
        })
        .collect();
    all.sort();
    all
}

fn export(file: &Path, more: &[&str]) -> Ran {
    // The sample is exported: there is no library.
    let library = Path::new("/nonexistent");
    outflow(library, &[&["export", REFERENCE, "-o", file.to_str().unwrap()], more].concat())
}

#[test]
fn the_command_writes_through_nothing_and_over_nothing() {
    let (folder, exports) = traps();
    let before = listed(&exports);
    for (name, said) in IN_THE_WAY {
        for more in [&[][..], &["--overwrite"]] {
            if name == "there.md" && !more.is_empty() {
                continue;
            }
            let ran = export(&exports.join(name), more);
            assert_eq!(
                (ran.code, ran.stdout.as_str(), ran.stderr.lines().count()),
                (2, "", 1),
                "{name}: {}",
                ran.stderr
            );
            assert!(ran.stderr.contains(said), "{name}: {}", ran.stderr);
            assert_eq!(listed(&exports), before, "{name} {more:?}");
        }
    }
    // A folder that is not there, and a file in the place of one.
    for name in ["none/a.md", "there.md/a.md", "dangling.md/a.md"] {
        let ran = export(&exports.join(name), &[]);
        assert_eq!((ran.code, ran.stderr.lines().count()), (2, 1), "{name}: {}", ran.stderr);
        assert!(ran.stderr.contains("nothing was written"), "{name}: {}", ran.stderr);
    }
    assert_eq!(listed(&exports), before);
    // Where a person says so, it goes elsewhere, for them alone, and nothing lies beside it.
    for name in ["../up.md", "folder.md/in.md"] {
        let path = exports.join(name);
        assert_eq!(export(&path, &[]).code, 0);
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
    }
    assert_eq!(export(&exports.join("there.md"), &["--overwrite"]).code, 0);
    assert_ne!(fs::read_to_string(exports.join("there.md")).unwrap(), MINE);
    assert_eq!(fs::read_to_string(folder.path().join("victim.md")).unwrap(), MINE);
    assert_eq!(listed(&exports).len(), before.len());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
}

#[test]
fn the_explorer_writes_into_the_folder_it_was_started_in_and_nowhere_else() {
    let (folder, exports) = traps();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_outflow"));
    command.env_clear();
    for (name, value) in [("TERM", "xterm"), ("LANG", "C.UTF-8")] {
        command.env(name, value);
    }
    command.env("OUTFLOW_LIBRARY", folder.path().join("no-library"));
    command.env("OUTFLOW_OWN", folder.path().join("own"));
    command.args(["--query", "dementia"]);
    command.cwd(&exports);
    let mut terminal = Terminal::run(150, 30, command);
    terminal.wait_for("Projects");
    let before = listed(&exports);
    let elsewhere = folder.path().join("b.md").display().to_string();
    let plain = "plain names only";
    let led_elsewhere = [&elsewhere, "../b.md", "folder.md/b.md", ".b.md", "-b.md", "~/b.md"].map(|name| (name, plain));
    terminal.press("x");
    for (name, said) in IN_THE_WAY.into_iter().chain(led_elsewhere) {
        terminal.press(&format!("\u{15}{name}"));
        terminal.wait_for(name);
        terminal.press("\r");
        terminal.wait_for(said);
        assert_eq!(listed(&exports), before, "{name}");
        // The next trouble is to be told from this one.
        terminal.press("\u{15}none.xyz\r");
        terminal.wait_for(".xyz tells no form");
    }
    terminal.press("\u{15}good.md\r");
    terminal.wait_for("written to");
    assert_eq!(fs::metadata(exports.join("good.md")).unwrap().mode() & 0o777, 0o600);
    terminal.press("\u{3}\u{3}");
    terminal.wait_for_end();
    assert_eq!(listed(&exports).len(), before.len() + 1);
    assert_eq!(fs::read_to_string(folder.path().join("victim.md")).unwrap(), MINE);
    assert!(!folder.path().join("b.md").exists());
}

#[test]
fn a_full_disk_and_a_folder_that_takes_nothing_leave_nothing_and_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let disk = folder.path().join("disk");
    fs::create_dir(&disk).unwrap();
    if let Some(_mount) = Mount::small(64, &disk) {
        let whole = folder.path().join("whole.html");
        let query = ["export", "severity:note", "-o"];
        assert_eq!(outflow(&disk, &[&query[..], &[whole.to_str().unwrap()]].concat()).code, 0);
        assert!(fs::metadata(&whole).unwrap().len() > 64 << 10);
        let ran = outflow(&disk, &[&query[..], &[disk.join("a.html").to_str().unwrap()]].concat());
        assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.lines().count()), (2, "", 1), "{}", ran.stderr);
        assert!(ran.stderr.contains("No space left on device") && ran.stderr.contains("a.html"), "{}", ran.stderr);
        assert_eq!(fs::read_dir(&disk).unwrap().count(), 0);
        // What stood there stands there still.
        fs::write(disk.join("b.html"), MINE).unwrap();
        let file = disk.join("b.html");
        assert_eq!(outflow(&disk, &[&query[..], &[file.to_str().unwrap(), "--overwrite"]].concat()).code, 2);
        assert_eq!(fs::read_to_string(&file).unwrap(), MINE);
        assert_eq!(fs::read_dir(&disk).unwrap().count(), 1);
    }
    let Some(other) = Other::new() else { return };
    let closed = folder.path().join("closed");
    fs::create_dir(&closed).unwrap();
    for path in [folder.path(), &closed] {
        fs::set_permissions(path, Permissions::from_mode(0o555)).unwrap();
    }
    let ran = other.run(&["export", REFERENCE, "-o", closed.join("a.md").to_str().unwrap()]);
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.lines().count()), (2, "", 1), "{}", ran.stderr);
    assert!(ran.stderr.contains("Permission denied") && ran.stderr.contains("nothing was written"), "{}", ran.stderr);
    assert_eq!(fs::read_dir(&closed).unwrap().count(), 0);
}

#[test]
fn in_locked_mode_nothing_is_written_whatever_is_tried() {
    let folder = tempfile::tempdir().unwrap();
    let (home, library) = (folder.path().join("home"), folder.path().join("library"));
    fs::create_dir(&home).unwrap();
    assert_eq!(outflow(&library, &["import", FIXTURE]).code, 0);
    let before = contents(folder.path());
    let mut command = CommandBuilder::new("/bin/sh");
    command.args(["-c", "umask 000; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_outflow"), "--locked", "--library"]);
    command.arg(&library);
    command.env_clear();
    command.env("HOME", &home);
    command.env("TERM", "xterm");
    command.cwd(&home);
    let mut terminal = Terminal::run(80, 24, command);
    terminal.wait_until("the explorer, or why there is none", |terminal| {
        terminal.text().contains("3 projects") || terminal.text().contains("no Landlock")
    });
    if terminal.text().contains("no Landlock") {
        eprintln!("skipped: this kernel has no Landlock");
        return;
    }
    terminal.press("/bed\r");
    terminal.wait_for("1 of 3 projects");
    // Every key that writes elsewhere, in a list and in a project, with an answer to what might be asked.
    for key in ["W", "x", "b", "a", "#", "+", "d", "\rb", "x", "a", "#", "+", "d"] {
        terminal.press(&format!("{key}name.md\r\u{1b}\u{1b}"));
        terminal.settle(std::time::Duration::from_millis(20));
    }
    terminal.press("\u{3}\u{3}");
    terminal.wait_for_end();
    assert!(contents(folder.path()) == before, "something was written");
}

#[test]
fn a_persons_own_things_are_theirs_alone_whatever_the_mask_and_a_library_is_for_all_to_read() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    fs::create_dir(&home).unwrap();
    let in_shell = |arguments: &[&str]| {
        let mut command = std::process::Command::new("/bin/sh");
        command.args(["-c", "umask 000; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_outflow")]).args(arguments);
        command.env_clear().env("HOME", &home).current_dir(&home).stdin(std::process::Stdio::null());
        command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
        ran(command.spawn().unwrap())
    };
    for arguments in [
        &["mark", REFERENCE, "--bookmark"][..],
        &["search", "dementia", "--save", "Dementia"],
        &["export", REFERENCE, "-o", "a.md"],
    ] {
        let ran = in_shell(arguments);
        assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.stderr);
    }
    let mut terminal = {
        let mut command = CommandBuilder::new("/bin/sh");
        command.args(["-c", "umask 000; exec \"$0\"", env!("CARGO_BIN_EXE_outflow")]);
        command.env_clear();
        command.env("HOME", &home);
        command.env("TERM", "xterm");
        command.cwd(&home);
        Terminal::run(80, 24, command)
    };
    terminal.wait_for("42 projects");
    terminal.press("/hospital\r");
    terminal.wait_for("Projects by match");
    terminal.press("b");
    terminal.wait_until("a bookmark", |terminal| terminal.text().to_lowercase().contains("bookmark"));
    terminal.press("\u{3}\u{3}");
    terminal.wait_for_end();
    let own = home.join(".local/share/outflow/own");
    let written: Vec<PathBuf> = contents(&own).into_keys().collect();
    for name in ["marks.json", "searches.json", "queries.json"] {
        assert!(written.contains(&own.join(name)), "{name} was not written: {written:?}");
    }
    let mode = |path: &Path| fs::metadata(path).unwrap().mode() & 0o777;
    assert_eq!(mode(&own), 0o700);
    // Who could write above it could put another folder in its place.
    for above in own.ancestors().skip(1).take_while(|above| **above != home) {
        assert_eq!(mode(above), 0o755, "{}", above.display());
    }
    for path in written.iter().chain(&[home.join("a.md")]) {
        assert_eq!(mode(path), if path.is_dir() { 0o700 } else { 0o600 }, "{}", path.display());
    }
    // The library beside it may be read by all, and written by nobody else.
    let ran = in_shell(&["import", FIXTURE]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let library = home.join(".local/share/outflow/editions");
    for path in contents(&library).into_keys().chain([library.clone()]).filter(|path| !path.is_symlink()) {
        let name = path.file_name().unwrap();
        let wanted = if path.is_dir() {
            0o755
        } else if name == ".lock" {
            0o600
        } else {
            0o644
        };
        assert_eq!(mode(&path), wanted, "{}", path.display());
    }
    assert_eq!(mode(&own), 0o700);
}
