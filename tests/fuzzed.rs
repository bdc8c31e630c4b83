//! The corpus of the fuzz targets, and what is made of it by chance, through the functions that the targets call: what a fuzzer once
//! found stays mended, with any compiler. `OUTFLOW_FUZZED_SECONDS` says how long each target is tried; otherwise it is a moment.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking"
)]

#[path = "fuzz/src/lib.rs"]
#[allow(unreachable_pub, reason = "the fuzz targets call them from outside")]
mod targets;

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// How long a target is tried where nothing else is said.
const MOMENT: Duration = Duration::from_millis(700);

/// What is put in by chance: marks that some reader takes for something.
const MARKS: [&str; 24] = [
    "\"",
    "(",
    ")",
    "NOT ",
    "~9",
    "*",
    "=",
    ":",
    "..",
    "<",
    ">",
    "</",
    "=\"",
    "<!--",
    "&#x10ffff;",
    "\u{1b}[",
    "\u{1b}[200~",
    "\u{1b}]",
    "\u{202e}",
    "\u{301}",
    "\0",
    "\r\n",
    "\u{fffd}",
    "<c r=\"XFD1048576\">",
];

/// Numbers by chance, the same in every run (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(end.max(1)).unwrap()).unwrap()
    }

    /// A few changes to some bytes: a byte, a mark, a part that is left out or comes twice.
    fn change(&mut self, bytes: &mut Vec<u8>, other: &[u8]) {
        for _ in 0..=self.below(4) {
            let at = self.below(bytes.len() + 1);
            let to = (at + self.below(64)).min(bytes.len());
            match self.below(6) {
                0 => bytes.insert(at, u8::try_from(self.below(256)).unwrap()),
                1 => drop(bytes.splice(at..at, MARKS[self.below(MARKS.len())].bytes())),
                2 => drop(bytes.drain(at..to)),
                3 => drop(bytes.splice(at..at, bytes[at..to].to_vec().repeat(self.below(9)))),
                4 => bytes.truncate(at.max(1)),
                _ => {
                    let from = self.below(other.len() + 1);
                    let until = (from + self.below(200)).min(other.len());
                    drop(bytes.splice(at..to, other[from..until].iter().copied()));
                }
            }
        }
        bytes.truncate(64 << 10);
    }
}

/// Runs a target on its corpus, then on changes of it until the time is over.
fn holds(name: &str, target: fn(&[u8])) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(name);
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let corpus: Vec<Vec<u8>> = files.iter().map(|path| fs::read(path).unwrap()).collect();
    assert!(corpus.len() > 2, "{name} has a corpus");
    for bytes in &corpus {
        target(bytes);
    }
    let seconds = std::env::var("OUTFLOW_FUZZED_SECONDS").ok().and_then(|seconds| seconds.parse().ok());
    let until = Instant::now() + seconds.map_or(MOMENT, Duration::from_secs);
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    while Instant::now() < until {
        let mut bytes = corpus[chance.below(corpus.len())].clone();
        let other = chance.below(corpus.len());
        chance.change(&mut bytes, &corpus[other]);
        let tried = bytes.clone();
        if let Err(broken) = std::panic::catch_unwind(|| target(&tried)) {
            eprintln!("{name} is broken by {:?}", String::from_utf8_lossy(&bytes));
            std::panic::resume_unwind(broken);
        }
    }
}

#[test]
fn any_text_is_a_query() {
    holds("queries", targets::queries);
}

#[test]
fn any_bytes_are_a_page_or_refused() {
    holds("pages", targets::pages);
}

#[test]
fn any_bytes_are_a_workbook_or_refused() {
    holds("workbooks", targets::workbooks);
}

#[test]
fn any_text_is_shown_safely() {
    holds("display", targets::display);
}

#[test]
fn any_bytes_are_keys() {
    holds("keys", targets::keys);
}
