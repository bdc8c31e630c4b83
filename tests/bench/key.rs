//! In a pseudo-terminal: from a key to the screen with its results, key by key of what people type, beside the terminal's own
//! echo of the same keys in `cat`. Medians and 99th percentiles.
//!
//! The full register is made by the script beside the published files, or `OUTFLOW_WORKBOOK` names its workbook; else a smaller
//! one is measured. A key counts as answered when the screen shows what was typed with the number that the index finds for it; keys
//! that leave this number as it was are not counted, since nothing tells when their results are there.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark prints, and fails by panicking"
)]

mod register;
mod terminal;

use std::num::NonZero;
use std::path::Path;
use std::time::{Duration, Instant};

use outflow::index::{Index, LastWord, Request, Sort};
use outflow::library::Library;
use terminal::{COLUMNS, ROWS, Terminal};

/// How often everything is typed.
const ROUNDS: usize = 5;

/// What people type.
const TYPED: [&str; 12] = [
    "dementia",
    "machine learning",
    "insurance",
    "police immigration",
    "opt outs not applied",
    "diabetes audit",
    "pharmaceutical company",
    "maternity outcomes",
    "imperial college",
    "commercial purpose",
    "mental health services",
    "artificial intelligence",
];

/// A program in a terminal, and what its screen shows.
struct Run {
    terminal: Terminal,
    screen: vt100::Parser,
}

impl Run {
    fn start(program: &str, library: &Path) -> Self {
        Self { terminal: Terminal::start(program, library), screen: screen() }
    }

    /// Reads until the screen is as wanted.
    fn until(&mut self, is_shown: impl Fn(&vt100::Screen) -> bool) {
        while !is_shown(self.screen.screen()) {
            let read = self.terminal.read();
            assert!(!read.is_empty(), "the program ended:\n{}", self.screen.screen().contents());
            self.screen.process(read);
        }
    }
}

fn screen() -> vt100::Parser {
    vt100::Parser::new(NonZero::new(ROWS).unwrap(), NonZero::new(COLUMNS).unwrap(), 0)
}

fn main() {
    // `cargo test --benches` only asks whether it runs.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (name, file) = register::full(folder.path()).unwrap_or_else(|| register::file(folder.path()));
    let library = folder.path().join("library");
    let index = Library::at(&library).publish(&[file], None, &mut |_| {}).unwrap().index().unwrap();
    let ours = typed_in_outflow(&library, &index);
    let theirs = typed_in_cat(&library);
    println!("from a key to its results on the screen, on the {name}, {} keys", ours.len());
    print("outflow", ours);
    print("cat: the terminal's echo", theirs);
}

fn typed_in_outflow(library: &Path, index: &Index) -> Vec<Duration> {
    let mut run = Run::start(env!("CARGO_BIN_EXE_outflow"), library);
    run.until(|screen| screen.contents().contains("Home: edition"));
    run.terminal.press("/");
    run.until(|screen| screen.contents().starts_with('/'));
    let all = format!("{} projects", index.len());
    let mut took = Vec::new();
    for _ in 0..ROUNDS {
        for typed in TYPED {
            // From the list of all, with nothing asked for.
            run.terminal.press("\u{15}");
            run.until(|screen| is_answered(screen, "", &all));
            let mut before = all.clone();
            for end in 1..=typed.len() {
                let query = &typed[..end];
                let answer = format!("{} of {} projects", found(index, query), index.len());
                let begun = Instant::now();
                run.terminal.press(&query[end - 1..]);
                run.until(|screen| is_answered(screen, query, &answer));
                if answer != before {
                    took.push(begun.elapsed());
                }
                before = answer;
            }
        }
    }
    run.terminal.end();
    took
}

/// Whether the first line shows what was typed and how many were found; all are told by their number alone.
fn is_answered(screen: &vt100::Screen, query: &str, answer: &str) -> bool {
    let line = screen.contents_between(0, 0, 0, COLUMNS);
    let shown = line.trim_start_matches(['/', ' ']);
    let all = answer.split_once(" of ").filter(|(found, all)| all.starts_with(&format!("{found} ")));
    let answer = all.map_or(answer, |(_, all)| all);
    shown.starts_with(query.trim_end()) && line.trim_end().ends_with(answer)
}

fn found(index: &Index, query: &str) -> usize {
    let request = Request { query: query.to_owned(), last_word: LastWord::Beginning, sort: Sort::Relevance };
    index.search(&request, &|| false).unwrap().projects.len()
}

fn typed_in_cat(library: &Path) -> Vec<Duration> {
    let mut run = Run::start("cat", library);
    let mut took = Vec::new();
    for _ in 0..ROUNDS {
        for typed in TYPED {
            for end in 1..=typed.len() {
                let begun = Instant::now();
                run.terminal.press(&typed[end - 1..end]);
                run.until(|screen| screen.cursor_position().1 == u16::try_from(end).unwrap());
                took.push(begun.elapsed());
            }
            run.terminal.press("\n");
            run.until(|screen| screen.contents().matches(typed).count() == 2 && screen.cursor_position() == (2, 0));
            run.screen = screen();
        }
    }
    run.terminal.end();
    took
}

fn print(what: &str, mut took: Vec<Duration>) {
    took.sort_unstable();
    let at = |share: usize| took[(took.len() - 1) * share / 100].as_secs_f64() * 1e3;
    println!("  {what:<28}{:>8.3} ms median, {:>8.3} ms 99th percentile", at(50), at(99));
}
