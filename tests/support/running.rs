//! The real binary at work, and what it leaves on the disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rust_xlsxwriter::Workbook;
use rustix::process::Pid;

use super::workbook::RELEASES;

/// How long to wait for anything before a test fails.
const DEADLINE: Duration = Duration::from_secs(60);

pub(crate) const FIXTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/page.txt");

/// What a command came to.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// The program, ready to run on a library.
pub(crate) fn program(library: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_outflow"));
    command.env_clear().env("OUTFLOW_LIBRARY", library).env("TERM", "xterm").args(arguments);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs the program to its end.
pub(crate) fn outflow(library: &Path, arguments: &[&str]) -> Ran {
    ran(program(library, arguments).spawn().unwrap())
}

/// What a program that was started comes to.
pub(crate) fn ran(child: std::process::Child) -> Ran {
    let output = child.wait_with_output().unwrap();
    Ran {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Every file and folder below a folder: files with their bytes, links with where they lead.
pub(crate) fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_symlink() {
            all.insert(path.clone(), fs::read_link(&path).unwrap().into_os_string().into_encoded_bytes());
        } else if path.is_dir() {
            all.extend(contents(&path));
            all.insert(path, Vec::new());
        } else {
            all.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
    all
}

/// Waits until something is there.
pub(crate) fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + DEADLINE;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < deadline, "waited in vain for {what}");
        std::thread::yield_now();
    }
}

/// The process that a process has started to read a file, once it is this program.
pub(crate) fn reader_of(parent: Pid) -> Pid {
    wait_for("the process that reads", || {
        fs::read_dir("/proc").unwrap().flatten().find_map(|entry| {
            let number: i32 = entry.file_name().to_str()?.parse().ok()?;
            let stat = fs::read_to_string(entry.path().join("stat")).ok()?;
            let after_name = stat.rsplit_once(')')?.1;
            let is_child = after_name.split_whitespace().nth(1)? == parent.as_raw_nonzero().to_string();
            let arguments = fs::read(entry.path().join("cmdline")).ok()?;
            let reads = arguments.split(|byte| *byte == 0).any(|argument| argument == b"read-file");
            (is_child && reads).then(|| Pid::from_raw(number)).flatten()
        })
    })
}

/// Waits until a process has ended.
pub(crate) fn wait_until_gone(process: Pid) {
    let stat = format!("/proc/{}/stat", process.as_raw_nonzero());
    wait_for("the end of a process", || match fs::read_to_string(&stat) {
        // One that has ended and that nobody has asked for is a zombie.
        Ok(stat) => stat.rsplit_once(')').is_some_and(|(_, rest)| rest.trim_start().starts_with('Z')).then_some(()),
        Err(_) => Some(()),
    });
}

/// A workbook that takes a while to read and to index.
pub(crate) fn large_workbook(folder: &Path, name: &str) -> PathBuf {
    let mut workbook = Workbook::new();
    let act = "Health and Social Care Act 2012 - s261(1)";
    let releases = workbook.add_worksheet().set_name("DataReleases").unwrap();
    releases.write_row(0, 0, RELEASES).unwrap();
    let reference = |number: u32| format!("DARS-NIC-{number}-ABCDE-v1.0");
    for row in 0..12_000_u32 {
        let (id, reference) = (format!("FILE{row}"), reference(row / 4));
        let cells =
            [&id, "FENLAND TRUST", "Births", "Identifiable", "Sensitive", act, "", "One-Off", &reference, "", "Y"];
        releases.write_row(row + 1, 0, cells).unwrap();
    }
    let statements = workbook.add_worksheet().set_name("PurposeStatements").unwrap();
    statements.write_row(0, 0, super::workbook::STATEMENTS).unwrap();
    for row in 0..3_000_u32 {
        let words: Vec<String> = (0..400).map(|word| format!("word{}", (word * 7919 + row * 31) % 20_000)).collect();
        let text = words.join(" ");
        statements.write_row(row + 1, 0, [&reference(row), "FENLAND TRUST", &text, &text]).unwrap();
    }
    let path = folder.join(name);
    workbook.save(&path).unwrap();
    path
}
