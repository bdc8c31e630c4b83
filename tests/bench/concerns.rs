//! All rules over the full register, and finding shared wording in it at 1, 4 and 16 times its size. Prints medians, and how
//! the cost grows: twice the register should cost twice as much, and not four times.
//!
//! The workbook is made by the script beside the published files, with python3, openpyxl and xlsxwriter; or
//! `OUTFLOW_WORKBOOK` names one. `-- rules` measures the rules alone. Without either the published workbook of 2017 is measured, or one made here.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark prints, and fails by panicking"
)]

#[path = "register.rs"]
mod register;

use std::hint::black_box;
use std::time::{Duration, Instant};

use outflow::concerns::{NearText, examine, near_wordings};
use outflow::register::{Register, Section};

/// How often each is measured.
const ROUNDS: usize = 5;

/// How many times the register.
const TIMES: [usize; 3] = [1, 4, 16];

/// Of so many words one is another in a copy of the register: enough that no two texts are equal, and few enough that those
/// that were alike stay so.
const ALTERED: usize = 40;

fn main() {
    // `cargo test --benches` only asks whether it runs.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (name, file) = register::full(folder.path()).unwrap_or_else(|| register::file(folder.path()));
    let read = outflow::import::read(&[file], None, &mut |_| {}).unwrap().register;
    let files: usize = read.projects.iter().map(|project| project.files().count()).sum();
    let versions: usize = read.projects.iter().map(|project| project.versions.len()).sum();
    println!("{name}: {} projects, {versions} versions, {files} files", read.projects.len());
    let all = median(|| {
        black_box(examine(black_box(&read)));
    });
    println!("  all rules: {:.3} s", all.as_secs_f64());
    if std::env::args().any(|argument| argument == "rules") {
        return;
    }
    let texts = texts(&read);
    let mut once = None;
    for times in TIMES {
        let copies = copies(&texts, times);
        let borrowed: Vec<NearText<'_>> =
            copies.iter().enumerate().map(|(of, (owner, text))| NearText { of, owner: *owner, text }).collect();
        let mut shared = 0;
        let took = median(|| shared = near_wordings(black_box(&borrowed), 70, 3).shared.iter().flatten().count());
        let once = *once.get_or_insert(took.as_secs_f64());
        println!(
            "  shared wording, {times} times the register ({} texts, {} MB, {shared} shared): {:.3} s, {:.1} times that of \
             one",
            copies.len(),
            copies.iter().map(|(_, text)| text.len()).sum::<usize>() >> 20,
            took.as_secs_f64(),
            took.as_secs_f64() / once,
        );
    }
}

fn median(mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            work();
            begun.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[ROUNDS / 2]
}

/// The objectives of the latest versions, each by its organisation.
fn texts(register: &Register) -> Vec<(u32, String)> {
    let mut names: Vec<&str> = Vec::new();
    let mut texts = Vec::new();
    for latest in register.projects.iter().filter_map(|project| project.latest()) {
        let known = names.iter().position(|name| *name == latest.organisation);
        let owner = known.unwrap_or_else(|| {
            names.push(&latest.organisation);
            names.len() - 1
        });
        texts.extend(latest.section(Section::Objectives).map(|text| (u32::try_from(owner).unwrap(), text)));
    }
    texts
}

/// So many times the texts, each copy of organisations of its own and with a few other words.
fn copies(texts: &[(u32, String)], times: usize) -> Vec<(u32, String)> {
    let owners = texts.iter().map(|(owner, _)| owner + 1).max().unwrap_or(0);
    let copy = |copy: usize| {
        texts.iter().map(move |(owner, text)| {
            let owner = owner + owners * u32::try_from(copy).unwrap();
            if copy == 0 {
                return (owner, text.clone());
            }
            let word = |(at, word): (usize, &str)| {
                if (at + copy).is_multiple_of(ALTERED) { format!("{word}{copy}") } else { word.to_owned() }
            };
            (owner, text.split(' ').enumerate().map(word).collect::<Vec<_>>().join(" "))
        })
    };
    (0..times).flat_map(copy).collect()
}
