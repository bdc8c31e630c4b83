//! One search from a query to what is shown of it, beside SQLite's FTS5, ripgrep and a plain scan over the same texts, at 1, 4
//! and 20 times the full register.
//!
//! A job of outflow is what its explorer does: all matches in their order, the first 20 rows with snippets, and all facets
//! with counts. All programs answer the same queries in turns, in one process, in several rounds. Nothing is asked before the
//! first round, and its times count as the others do. Hits are held to those of the scan where a query means the same.
//!
//! The files have just been written, so that they are in the system's cache, as after an import; but nothing of them is mapped.
//! Milliseconds are those of a machine. What can be compared between machines is how many times outflow's time a peer takes, and
//! how many times that of one register outflow takes for 4 and for 20.
//!
//! The workbook is made by the script beside the published files, with python3, openpyxl and xlsxwriter; or
//! `OUTFLOW_WORKBOOK` names one. Without either the published workbook of 2017 is measured, or one made here. `OUTFLOW_TIMES=1,4`
//! chooses the sizes, and `OUTFLOW_FTS5_TIMES=4` the largest at which FTS5 is measured.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark prints, and fails by panicking"
)]

mod register;

#[path = "search/alone.rs"]
mod alone;
#[path = "search/corpus.rs"]
mod corpus;
#[path = "search/fts5.rs"]
mod fts5;
#[path = "search/measure.rs"]
mod measure;
#[path = "search/ours.rs"]
mod ours;
#[path = "search/queries.rs"]
mod queries;
#[path = "search/ripgrep.rs"]
mod ripgrep;
#[path = "search/scan.rs"]
mod scan;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use outflow::concerns::{Examination, Examining, examine};
use outflow::index::Index;
use outflow::library::Library;
use outflow::register::Register;

use measure::{Measured, Pace, Programs};
use queries::Query;

/// What all sizes are made of.
struct Base {
    folder: PathBuf,
    /// The imported edition, as files: every size is a library like it.
    edition: PathBuf,
    register: Register,
    examination: Examination,
    queries: Vec<Query>,
    /// The largest size at which FTS5 is measured.
    fts5_up_to: usize,
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    // `cargo test --benches` only asks whether it runs.
    if !arguments.iter().any(|argument| argument == "--bench") {
        return;
    }
    if let Some(at) = arguments.iter().position(|argument| argument == alone::ALONE) {
        alone::answer(&arguments[at + 1], Path::new(&arguments[at + 2]));
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let base = base(folder.path());
    let mut measured: Vec<(usize, Measured)> = Vec::new();
    for times in sizes("OUTFLOW_TIMES").unwrap_or_else(|| vec![1, 4, 20]) {
        measured.push((times, at_size(&base, times)));
    }
    let Some(((first, smallest), larger)) = measured.split_first() else { return };
    for (times, larger) in larger {
        println!("\nso many times the time of {first} each takes for {times}, median / 99th percentile");
        larger.print_growth(smallest);
    }
}

fn sizes(variable: &str) -> Option<Vec<usize>> {
    let named = std::env::var(variable).ok()?;
    Some(named.split(',').map(|size| size.trim().parse().unwrap()).collect())
}

fn base(folder: &Path) -> Base {
    let (name, file) = register::full(folder).unwrap_or_else(|| register::file(folder));
    let library = folder.join("library");
    let published = Library::at(&library).publish(&[file], None, &mut |_| {}).unwrap();
    let register = published.index().unwrap().register().unwrap();
    let edition = library.join("editions").join(&register.edition.slug).join("current");
    let texts = corpus::folded(&register);
    let frequencies = corpus::frequencies(&texts);
    let queries = queries::queries(&texts, &frequencies, &datasets(&register));
    println!("{name}: {} different words, {} queries", frequencies.len(), queries.len());
    Base {
        folder: folder.to_owned(),
        edition: fs::canonicalize(edition).unwrap(),
        examination: examine(&register),
        register,
        queries,
        fts5_up_to: sizes("OUTFLOW_FTS5_TIMES").map_or(usize::MAX, |sizes| sizes[0]),
    }
}

/// The datasets that most projects hold, those first.
fn datasets(register: &Register) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for dataset in register.projects.iter().filter_map(|project| project.latest()).flat_map(|latest| &latest.datasets) {
        *counts.entry(&dataset.name).or_default() += 1;
    }
    let plain = counts.into_iter().filter(|(name, _)| !name.contains('"'));
    let mut by_count: Vec<(usize, &str)> = plain.map(|(name, count)| (count, name)).collect();
    by_count.sort_by(|one, other| other.cmp(one));
    by_count.into_iter().take(12).map(|(_, name)| name.to_owned()).collect()
}

fn at_size(base: &Base, times: usize) -> Measured {
    let folder = base.folder.join(format!("{times}-times"));
    let library = folder.join("library");
    let slug = &base.register.edition.slug;
    let index = library.join("editions").join(slug).join("generation").join("index");
    fs::create_dir_all(&index).unwrap();
    fs::copy(base.edition.join("manifest.json"), index.with_file_name("manifest.json")).unwrap();
    std::os::unix::fs::symlink("generation", library.join("editions").join(slug).join("current")).unwrap();
    let (database, texts, ripgrep) = {
        let register = corpus::times(&base.register, times);
        let versions: usize = register.projects.iter().map(|project| project.versions.len()).sum();
        let texts = corpus::folded(&register);
        let (projects, vocabulary) = (texts.len(), corpus::frequencies(&texts).len());
        println!(
            "\n{times} times the register: {projects} projects, {versions} versions, {vocabulary} different words"
        );
        let database = write(base, &register, times, &index, &folder.join("fts5.db"));
        (database, texts, ripgrep::Ripgrep::beside(&folder, &register))
    };
    if ripgrep.is_none() {
        println!("  ripgrep is not at hand");
    }
    let programs = Programs {
        ours: ours::Ours::open(&index),
        fts5: database.as_deref().map(fts5::Fts5::open),
        scan: scan::Scan::new(&texts),
        ripgrep,
    };
    let measured = measure::measure(&programs, &base.queries, pace(times));
    measured.print();
    let checked = programs.check(&base.queries);
    println!("\n  {checked} queries found what the scan finds");
    drop(programs);
    alone::print_memory(&index, database.as_deref());
    alone::print_start(&library, database.as_deref());
    fs::remove_dir_all(folder).unwrap();
    measured
}

/// Fewer rounds, and fewer queries for the peers, where these would take many minutes.
fn pace(times: usize) -> Pace {
    match times {
        0..=2 => Pace { rounds: 5, fts5: 1, scan: 1, ripgrep: 23 },
        3..=8 => Pace { rounds: 4, fts5: 2, scan: 1, ripgrep: 97 },
        _ => Pace { rounds: 3, fts5: 5, scan: 2, ripgrep: 241 },
    }
}

/// Writes what outflow and FTS5 search, and prints how long that takes and how large it is.
fn write(base: &Base, register: &Register, times: usize, index: &Path, database: &Path) -> Option<PathBuf> {
    // A copy is said to have what its original has: the rules are measured elsewhere.
    let mut repeated = base.examination.projects.iter().cycle().take(register.projects.len());
    let edition = base.examination.edition.clone();
    let text = corpus::purpose_bytes(register);
    let begun = Instant::now();
    Index::build(index, register, || Examining { projects: Box::new(repeated.clone().cloned()), edition }).unwrap();
    print_written("outflow's index, all versions", begun.elapsed(), text, size(index));
    print_files(index);
    if times > base.fts5_up_to {
        println!("  FTS5 is left out at this size");
        return None;
    }
    let [written, merged] = fts5::Fts5::build(database, register, &mut repeated);
    print_written("FTS5, latest versions only", written, corpus::latest_bytes(register), size(database));
    println!("  {:<32}{:>8.2} s more to merge it", "", merged.as_secs_f64());
    Some(database.to_owned())
}

#[allow(clippy::cast_precision_loss, reason = "two figures are told")]
fn print_written(what: &str, took: Duration, text: u64, size: u64) {
    println!(
        "  {what:<32}{:>8.2} s for {:>5} MB of purpose text, {:>5.1} MB/s; {:>5} MB on disk, {:.2} times the text",
        took.as_secs_f64(),
        text >> 20,
        text as f64 / f64::from(1 << 20) / took.as_secs_f64(),
        size >> 20,
        size as f64 / text as f64
    );
}

/// What the largest files are.
fn print_files(folder: &Path) {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let mut files: Vec<(u64, String)> =
        entries.map(|entry| (size(&entry.path()), entry.file_name().to_string_lossy().into_owned())).collect();
    files.sort_by(|one, other| other.cmp(one));
    let named = |name: &str| {
        name.split_once('.').map_or(name.to_owned(), |(name, kind)| {
            // Postings are named by a number of their own.
            if name.len() == 32 { format!("postings .{kind}") } else { format!("{name}.{kind}") }
        })
    };
    let told: Vec<String> =
        files.iter().take(4).map(|(bytes, name)| format!("{} {} MB", named(name), bytes >> 20)).collect();
    println!("  {:<32}{}", "", told.join(", "));
}

/// The bytes of a file, or of those in a folder.
fn size(path: &Path) -> u64 {
    if path.is_file() {
        return fs::metadata(path).unwrap().len();
    }
    fs::read_dir(path).unwrap().map(|entry| size(&entry.unwrap().path())).sum()
}
