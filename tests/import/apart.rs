//! The process that reads a file, from the outside: its limits, and what becomes of one that dies, hangs or lies.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::support::disk::FIXTURE;
use crate::support::processes::wait_for;
use crate::support::program::program;
use crate::support::workbook::large_workbook;
use crate::support::workbook::{sheets, write};
use outflow::import::{self, Apart, ImportError, Input, Limits, Manner, Process};

fn this_program(limits: Limits) -> Apart {
    Apart::program(env!("CARGO_BIN_EXE_outflow"), ["read-file"], limits)
}

fn script(lines: &str, limits: Limits) -> Apart {
    Apart::program("/bin/sh", ["-c", lines], limits)
}

fn read_with(files: &[PathBuf], apart: Apart) -> Result<import::Imported, ImportError> {
    let inputs: Vec<Input> = files.iter().map(|path| Input::of(path)).collect();
    let manner = Manner { process: Process::Apart(apart), keep: None };
    let (read, unread) = import::read_each(&inputs, &manner, &mut |_| {})?;
    import::join(read, unread, files, Some("any")).map(|(imported, _)| imported)
}

fn trouble(apart: Apart) -> String {
    read_with(&[PathBuf::from(FIXTURE)], apart).unwrap_err().to_string()
}

#[test]
fn what_is_read_apart_is_what_is_read_here() {
    let folder = tempfile::tempdir().unwrap();
    // A second file of the same quarter: files of several would be refused.
    let second = sheets();
    let files = [
        PathBuf::from(FIXTURE),
        write(folder.path(), "ReleaseRegister-jan-mar-2018.xlsx", &sheets()),
        write(folder.path(), "ReleaseRegister-jan-mar-2018-part-2.xlsx", &second),
        folder.path().join("absent.txt"),
    ];
    let here = import::read(&files, Some("any"), &mut |_| {}).unwrap();
    let apart = read_with(&files, this_program(Limits::default())).unwrap();
    assert_eq!(here, apart);
    // Three files, of which two name the same projects; every place is in the file that it was read from.
    assert_eq!(here.register.sources.len(), 3);
    let shared = here.register.projects.iter().find(|project| project.reference == "DARS-NIC-10-AAAAA").unwrap();
    let sources: Vec<usize> = shared.versions.iter().map(|version| version.place.source).collect();
    assert_eq!(sources, [1, 2, 1, 2]);
    let said = here.report.warnings.iter().filter(|warning| warning.message.contains("more than once"));
    assert_eq!(said.count(), 5);
    for project in &here.register.projects {
        for version in &project.versions {
            let all = serde_json::to_value(version).unwrap();
            assert!(every_source(&all).iter().all(|source| *source == version.place.source as u64), "{all}");
            assert_eq!(version.page, (version.place.source == 0).then_some(0));
        }
    }
}

/// Every number under a key `source`, however deep.
fn every_source(value: &serde_json::Value) -> Vec<u64> {
    match value {
        serde_json::Value::Array(list) => list.iter().flat_map(every_source).collect(),
        serde_json::Value::Object(map) => {
            let here = map.get("source").and_then(serde_json::Value::as_u64);
            here.into_iter().chain(map.values().flat_map(every_source)).collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn a_page_of_the_second_file_is_the_second_page() {
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("other.txt");
    let text = std::fs::read_to_string(FIXTURE).unwrap().replace("DARS-NIC-0000", "DARS-NIC-1000");
    std::fs::write(&other, text.replace("Lower Marsh Health Partnership", "Upper Marsh Trust")).unwrap();
    let register = import::read(&[PathBuf::from(FIXTURE), other], Some("any"), &mut |_| {}).unwrap().register;
    assert_eq!(register.pages.len(), 2);
    assert_eq!((register.pages[1].source, register.pages[1].files.as_ref().unwrap().1.source), (1, 1));
    assert!(register.pages[1].flags.iter().all(|flag| flag.place.source == 1));
    for version in register.projects.iter().flat_map(|project| &project.versions) {
        let page = &register.pages[version.page.unwrap()];
        assert_eq!((page.source, &page.organisation), (version.place.source, &version.organisation));
    }
}

#[test]
fn every_way_to_die_is_a_sentence() {
    let limits = Limits::default();
    let table = [
        ("kill -9 $$", "was killed from outside"),
        ("kill -ABRT $$", "takes more than 1024 MB of memory"),
        ("echo 'thread main has overflowed its stack' >&2; kill -ABRT $$", "nested more deeply"),
        ("kill -XCPU $$", "takes more than 120 s of computing"),
        ("kill -SEGV $$", "broke down (signal 11)"),
        ("exit 101", "broke down (exit code 101)"),
        ("exit 0", "ended without an answer"),
        ("exec yes", "answered with a message that is too long"),
        ("exec cat /dev/zero", "answered with something that is no message"),
        // Messages in their right form: an end without a beginning; a head without a layout.
        ("printf '\\001\\000\\000\\000\\004'", "answered with an end without a beginning"),
        (
            "printf '\\010\\000\\000\\000\\002\\000\\000\\000\\000\\000\\000\\000'",
            "answered with a file without a layout",
        ),
    ];
    for (lines, said) in table {
        let error = trouble(script(lines, limits));
        assert!(error.starts_with("page.txt: ") && error.contains(said) && !error.contains('\n'), "{lines}: {error}");
    }
}

#[test]
fn one_that_hangs_or_never_ends_is_killed() {
    let started = Instant::now();
    let short = Limits { time: Duration::from_millis(300), ..Limits::default() };
    for lines in ["exec sleep 600", "exec >&-; exec sleep 600", "trap '' TERM INT HUP; while :; do :; done"] {
        let error = trouble(script(lines, short));
        assert!(error.contains("did not end within 0.3 s") || error.contains("without an answer"), "{lines}: {error}");
    }
    let little = Limits { answer: 10_000, ..Limits::default() };
    let progress = "while :; do printf '\\004\\000\\000\\000\\000\\001\\002\\001'; done";
    assert!(trouble(script(progress, little)).contains("it holds more than"));
    assert!(started.elapsed() < Duration::from_secs(60));
}

#[test]
fn a_program_that_is_not_there_is_named_and_no_file_is_blamed() {
    let error = trouble(Apart::program("/nowhere/outflow", ["read-file"], Limits::default()));
    assert!(error.contains("/nowhere/outflow could not be started") && !error.contains("page.txt"), "{error}");
}

#[test]
fn too_little_memory_ends_the_process_and_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let file = large_workbook(folder.path(), "large-mar-2018.xlsx");
    let little = Limits { memory: 40 << 20, ..Limits::default() };
    let error = read_with(&[file], this_program(little)).unwrap_err().to_string();
    assert!(error.contains("large-mar-2018.xlsx: reading it takes more than 40 MB of memory"), "{error}");
}

#[test]
fn the_process_limits_itself_before_it_looks_at_the_file() {
    let mut command = program(Path::new("/"), &["read-file", "268435456", "7"]);
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    let path = format!("/proc/{}/limits", child.id());
    // It waits for the file, which nobody gives it yet.
    let limits = wait_for("the limits", || {
        let limits = std::fs::read_to_string(&path).unwrap();
        let last_is_set = limits.lines().any(|line| line.starts_with("Max file size") && line.contains(" 0 "));
        last_is_set.then_some(limits)
    });
    let limit = |name: &str| {
        let line = limits.lines().find(|line| line.starts_with(name)).unwrap();
        line[name.len()..].split_whitespace().take(2).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(limit("Max address space"), ["268435456", "268435456"]);
    assert_eq!(limit("Max cpu time"), ["7", "9"]);
    // The numbers that whoever runs the tests has left open, and a few more.
    let open = std::fs::read_dir(format!("/proc/{}/fd", child.id())).unwrap().flatten();
    let highest = open.filter_map(|entry| entry.file_name().to_str()?.parse::<u64>().ok()).max().unwrap();
    let most = highest.max(3) + 14;
    let files: Vec<u64> = limit("Max open files").iter().map(|number| number.parse().unwrap()).collect();
    assert!(files[0] == files[1] && (16..=most).contains(&files[0]), "{files:?}");
    assert_eq!(limit("Max file size"), ["0", "0"]);
    assert_eq!(limit("Max core file size"), ["0", "0"]);
    drop(child.stdin.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success() && output.stdout.ends_with(b"download it again"));
}

#[test]
fn files_that_the_caller_left_open_do_not_stand_in_the_way() {
    // A copy made so is inherited, as what a careless shell or service leaves open is.
    let null = std::fs::File::open("/dev/null").unwrap();
    let left: Vec<_> = (0..30).map(|_| rustix::io::dup(&null).unwrap()).collect();
    let read = read_with(&[PathBuf::from(FIXTURE)], this_program(Limits::default()));
    assert!(read.is_ok(), "{read:?}");
    drop(left);
}
