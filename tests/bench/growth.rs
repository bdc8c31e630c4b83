//! Growth: a register up to a hundred times as large, written and searched, beside a plain scan of the same texts and, where it is
//! built in reasonable time, SQLite's FTS5. By hand only, with the sizes: `cargo bench --bench growth -- 4 20 100`.
//!
//! The larger registers are made in memory of the full register, past the workbook, and written by the program's own code. Every
//! copy has references of its own, and some organisations; of 150 words one is another, and of each section another sentence is
//! left out, so that postings and texts grow as many times and no two texts are equal. New words come as they do in prose: so many
//! registers have as many different words as the square root of their number times those of one.
//!
//! One time the register is always measured first. From the bytes on disk and in memory of the size before follows what a larger one
//! needs. Where less than twice that is free on the disk, the size is refused, and both are named. Where there is too little memory
//! to import it, that is said, and it is made thin: with all texts, names and postings, so that it is searched as the whole is, but
//! without what proves each concern, and with a part of the rows of files.
//!
//! Each size is written in a process of its own, whose peak memory is told, and searched in another one. The workbook is made by
//! the script beside the published files, or `OUTFLOW_WORKBOOK` names one; else the published workbook of 2017 is measured.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark prints, and fails by panicking"
)]

mod register;
mod terminal;

#[path = "growth/asked.rs"]
mod asked;
#[path = "search/corpus.rs"]
#[allow(dead_code, reason = "this benchmark uses a part of it")]
mod corpus;
#[path = "search/fts5.rs"]
mod fts5;
#[path = "growth/opened.rs"]
mod opened;
#[path = "search/ours.rs"]
#[allow(dead_code, reason = "this benchmark uses a part of it")]
mod ours;
#[path = "search/queries.rs"]
#[allow(dead_code, reason = "this benchmark uses a part of it")]
mod queries;
#[path = "search/scan.rs"]
mod scan;
#[path = "growth/written.rs"]
mod written;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use outflow::library::Library;
use written::{Made, Written};

/// The argument by which the benchmark starts itself to write an edition, and to search one.
const WRITE: &str = "--write";
const ASK: &str = "--ask";

/// The largest size at which FTS5 is measured: a larger one takes many minutes to build.
const FTS5_UP_TO: usize = 4;

/// Memory that postings take while they are written, at most.
const POSTINGS: u64 = 2 << 30;

/// Free room on the disk for each byte that an edition needs.
const SPARE: u64 = 2;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    // `cargo test --benches` only asks whether it runs.
    if !arguments.iter().any(|argument| argument == "--bench") {
        return;
    }
    let part = |name: &str| arguments.iter().position(|argument| argument == name).map(|at| &arguments[at + 1..]);
    if let Some([times, made, base, folder]) = part(WRITE) {
        let made = serde_json::from_str(made).unwrap();
        return written::write(times.parse().unwrap(), made, Path::new(base), Path::new(folder));
    }
    if let Some([base, folder]) = part(ASK) {
        return asked::ask(Path::new(base), Path::new(folder));
    }
    let sizes: Vec<usize> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    if sizes.is_empty() {
        println!(
            "nothing measured: name sizes, as in `cargo bench --bench growth -- 4 20 100`; 100 takes long, and much room"
        );
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (name, file) = register::full(folder.path()).unwrap_or_else(|| register::file(folder.path()));
    let library = folder.path().join("library");
    let published = Library::at(&library).publish(&[file], None, &mut |_| {}).unwrap();
    let edition = library.join("editions").join(&published.manifest.edition.slug).join("current");
    let base = fs::canonicalize(edition).unwrap();
    println!("growth of the {name}, {} versions", published.manifest.counts.versions);
    let mut before = measure(&base, folder.path(), 1, Made::Whole);
    for times in sizes.into_iter().filter(|times| *times > 1) {
        let Some(made) = made(&before, folder.path(), times) else { continue };
        let written = measure(&base, folder.path(), times, made);
        if made == Made::Whole {
            before = written;
        }
    }
}

/// How a size is made, by what is free; says so where it is not made whole, and where it is not made.
fn made(before: &Written, folder: &Path, times: usize) -> Option<Made> {
    let space = rustix::fs::statvfs(folder).unwrap();
    let free = Needed { disk: space.f_bavail * space.f_frsize / SPARE, memory: available() };
    let mut missing = String::new();
    for made in [Made::Whole, Made::Thin] {
        let needed = needed(before, times, made);
        if needed.disk <= free.disk && needed.memory <= free.memory {
            print!("{missing}");
            return Some(made);
        }
        let [disk, memory, free_disk, available] =
            [needed.disk, needed.memory, free.disk * SPARE, free.memory].map(|bytes| bytes >> 20);
        writeln!(
            missing,
            "\n{times} times the register, {made:?}, takes about {disk} MB on the disk, of which twice that should be free, and \
             {memory} MB of memory; free are {free_disk} MB and {available} MB"
        )
        .unwrap();
    }
    println!("{missing}it is not measured");
    None
}

/// Bytes.
struct Needed {
    disk: u64,
    memory: u64,
}

/// What a size needs, by what a smaller one needed.
fn needed(before: &Written, times: usize, made: Made) -> Needed {
    let [times, smaller] = [times, before.times].map(|times| u64::try_from(times).unwrap());
    let grown = |bytes: u64| bytes / smaller * times;
    let disk = before.needed();
    match made {
        Made::Whole => Needed { disk: grown(disk), memory: grown(before.most_memory) },
        // Rows of files are half of a register in memory, and with what proves concerns two thirds of the records.
        Made::Thin => Needed {
            disk: grown(disk - before.records() / 5 * 3),
            memory: grown(before.register_memory) / 4 * 3 + POSTINGS,
        },
    }
}

/// Memory that a process could take, in bytes.
fn available() -> u64 {
    kilobytes(&fs::read_to_string("/proc/meminfo").unwrap(), "MemAvailable:") << 10
}

/// A number of kB in a file of the system's about memory.
fn kilobytes(told: &str, name: &str) -> u64 {
    let lines = told.lines().filter_map(|line| line.strip_prefix(name));
    lines.filter_map(|line| line.trim().split(' ').next()?.parse::<u64>().ok()).sum()
}

/// Writes a size, searches it, opens it, and takes it away.
fn measure(base: &Path, folder: &Path, times: usize, made: Made) -> Written {
    let folder = folder.join(format!("{times}-times"));
    let library = folder.join("library");
    let edition = library.join("editions").join("grown");
    fs::create_dir_all(edition.join("generation").join("index")).unwrap();
    std::os::unix::fs::symlink("generation", edition.join("current")).unwrap();
    manifest(base, &edition.join("generation"));
    let how = serde_json::to_string(&made).unwrap();
    let written = itself(&[WRITE, &times.to_string(), &how, &path(base), &path(&folder)]);
    let written: Written = serde_json::from_str(written.lines().last().unwrap()).unwrap();
    written.print();
    print!("{}", itself(&[ASK, &path(base), &path(&folder)]));
    opened::print(&library, written.projects);
    fs::remove_dir_all(folder).unwrap();
    written
}

/// The manifest of the edition that was imported, under the name of the grown one.
fn manifest(base: &Path, generation: &Path) {
    let bytes = fs::read(base.join("manifest.json")).unwrap();
    let mut manifest: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    manifest["edition"]["slug"] = "grown".into();
    fs::write(generation.join("manifest.json"), serde_json::to_vec(&manifest).unwrap()).unwrap();
}

/// What this program says when it is started with these arguments.
fn itself(arguments: &[&str]) -> String {
    let program: PathBuf = std::env::current_exe().unwrap();
    let said = Command::new(program).arg("--bench").args(arguments).output().unwrap();
    assert!(said.status.success(), "{arguments:?}: {} {}", said.status, String::from_utf8_lossy(&said.stderr));
    String::from_utf8(said.stdout).unwrap()
}

fn path(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

/// The folders and files of a size.
fn index_of(folder: &Path) -> PathBuf {
    folder.join("library").join("editions").join("grown").join("generation").join("index")
}
