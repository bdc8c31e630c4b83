//! Many readers of one library at once, while its edition is imported over and over: each sees one whole edition.
//!
//! `OUTFLOW_READERS` says how many explorers there are, and `OUTFLOW_READERS_FILE` names a published workbook to read in the
//! place of a small one.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking"
)]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::disk::FIXTURE;
use crate::support::processes::wait_for;
use crate::support::program::{outflow, program, ran};
use crate::support::terminal::{Start, Terminal};
use crate::support::uses::{Agreement, write_edition};
use outflow::library::Library;
use rustix::process::Pid;

/// How many explorers read unless the environment says.
const READERS: usize = 12;

/// How often an edition comes while all of them read, at least.
const IMPORTS: u32 = 3;

/// How long a person looks at a screen.
const LOOKED_AT: Duration = Duration::from_millis(100);

/// How many projects a search finds, and how many there are.
type Figures = (usize, usize);

/// A reader's explorer: how soon it showed its figures, what memory is its own, and its share of what is not, in kilobytes.
struct Measured {
    start: Duration,
    own: u64,
    share: u64,
}

/// Two ways to make the same edition, each a list of files, and the word that is searched for.
fn prepared(folder: &Path) -> ([Vec<PathBuf>; 2], &'static str) {
    if let Some(file) = std::env::var_os("OUTFLOW_READERS_FILE").map(PathBuf::from) {
        return ([vec![file.clone()], vec![file, PathBuf::from(FIXTURE)]], "bed");
    }
    let workbook = |count: u32| {
        let agreements: Vec<Agreement> = (0..count)
            .map(|number| {
                let mut agreement = Agreement::new(&format!("DARS-NIC-{number}-AAAAA-v1.0"), "FENLAND TRUST");
                if number % 2 == 0 {
                    agreement.objectives = format!("{} One of {count} meadows.", agreement.objectives);
                }
                agreement.file("F1", "No", "Jul-26")
            })
            .collect();
        let below = folder.join(count.to_string());
        fs::create_dir(&below).unwrap();
        vec![write_edition(&below, "september2026", &agreements)]
    };
    ([workbook(40), workbook(60)], "meadow")
}

/// Imports an edition; whoever reads meanwhile reads on.
fn import(library: &Path, files: &[PathBuf]) {
    let named = ["import", "--wait", "60", "--edition", "2026-09"];
    let files = files.iter().map(|file| file.to_str().unwrap());
    let ran = ran(program(library, &named.into_iter().chain(files).collect::<Vec<_>>()).spawn().unwrap());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

/// What a search says on the command line.
fn searched(library: &Path, word: &str) -> usize {
    let ran = outflow(library, &["search", word, "--json", "--limit", "1"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{}", ran.stdout);
    let answer: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    usize::try_from(answer["total"].as_u64().unwrap_or_else(|| panic!("{answer}"))).unwrap()
}

/// The figures of the first line, `8 of 42 projects`, once they stand there.
fn figures(screen: &str) -> Option<Figures> {
    let (before, after) = screen.lines().next()?.split_once(" of ")?;
    let number = |text: &str| text.replace(',', "").parse().ok();
    let found = number(before.split_whitespace().last()?)?;
    after.contains("projects").then(|| Some((found, number(after.split_whitespace().next()?)?))).flatten()
}

/// A number of kilobytes of a process.
fn kilobytes(process: Pid, of: &[&str]) -> u64 {
    let told = fs::read_to_string(format!("/proc/{}/smaps_rollup", process.as_raw_nonzero())).unwrap_or_default();
    let lines = told.lines().filter(|line| of.iter().any(|name| line.starts_with(name)));
    lines.filter_map(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok()).sum()
}

/// No screen tells of anything that went wrong.
fn is_well(screen: &str) {
    for word in [
        "cannot be opened",
        "is damaged",
        "import it again",
        "import them again",
        "No such file",
        "a fault",
        "os error",
    ] {
        assert!(!screen.contains(word), "{screen}");
    }
}

/// The number on the screen before a word.
fn search(terminal: &mut Terminal, word: &str) -> Figures {
    terminal.press(&format!("/\u{15}{word}\r"));
    terminal.wait_until("figures", |terminal| {
        figures(&terminal.text()).is_some() && terminal.text().contains("Projects by match")
    });
    is_well(&terminal.text());
    figures(&terminal.text()).unwrap()
}

/// One person: opens the explorer, searches, reads, waits until everybody is there and editions came, and does it again.
fn read(library: &Path, word: &str, whole: &[Figures; 2], meeting: &Meeting, imports: &AtomicU32) -> Measured {
    let begun = Instant::now();
    let own = library.parent().unwrap().join("own");
    let environment = [("OUTFLOW_OWN", own.to_str().unwrap())];
    let mut terminal =
        Terminal::start(&Start { columns: 80, rows: 24, library, arguments: &[], environment: &environment });
    let home = |terminal: &Terminal| {
        let said = terminal.text().replace(',', "");
        whole.iter().find(|(_, total)| said.contains(&format!("{total} projects"))).copied()
    };
    terminal.wait_until("the figures of an edition", |terminal| home(terminal).is_some());
    let start = begun.elapsed();
    let figures = home(&terminal).unwrap();
    assert_eq!(search(&mut terminal, word), figures, "the search found other than what the whole edition holds");
    meeting.wait();
    let process = terminal.process();
    let (private, share) = (kilobytes(process, &["Private_Clean:", "Private_Dirty:"]), kilobytes(process, &["Pss:"]));
    let measured = Measured { start, own: private, share };
    meeting.wait();
    let before = imports.load(Ordering::SeqCst);
    while imports.load(Ordering::SeqCst) < before + IMPORTS {
        // Its own generation is taken away meanwhile; what it holds open stays.
        assert_eq!(search(&mut terminal, word), figures, "another edition came in between");
        terminal.press("\r");
        terminal.wait_until("a project", |terminal| terminal.text().contains("Objective"));
        is_well(&terminal.text());
        terminal.press("q2");
        terminal.wait_for("published in");
        is_well(&terminal.text());
        terminal.press("0");
        let of_whole = |terminal: &Terminal| home(terminal) == Some(figures);
        terminal.wait_until("home", of_whole);
        // A person looks at it; fifty that never do would leave nothing of the machine for the import.
        terminal.settle(LOOKED_AT);
    }
    terminal.press("\u{3}\u{3}");
    assert_eq!(terminal.wait_for_end(), 0, "{}", terminal.text());
    measured
}

#[test]
fn every_reader_sees_one_whole_edition_whatever_is_imported_meanwhile() {
    let readers: usize = std::env::var("OUTFLOW_READERS").map_or(READERS, |readers| readers.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("library");
    let (editions, word) = prepared(folder.path());
    let whole = [0, 1].map(|which: usize| {
        import(&library, &editions[which]);
        let total = Library::at(&library).open(None).unwrap().index.len();
        (searched(&library, word), total)
    });
    assert!(whole[0] != whole[1] && whole[0].0 > 0 && whole[0].0 < whole[0].1, "{whole:?}");
    let (stop, imports, answers) = (AtomicBool::new(false), AtomicU32::new(0), AtomicU32::new(0));
    let meeting = Meeting { of: readers, came: AtomicUsize::new(0) };
    let measured: Vec<Measured> = thread::scope(|scope| {
        let stopping = Stopping(&stop);
        scope.spawn(|| {
            for which in (0..2).cycle().take_while(|_| !stop.load(Ordering::SeqCst)) {
                import(&library, &editions[which]);
                imports.fetch_add(1, Ordering::SeqCst);
            }
        });
        scope.spawn(|| {
            while !stop.load(Ordering::SeqCst) {
                let found = searched(&library, word);
                assert!(whole.iter().any(|figures| figures.0 == found), "{found} is of no whole edition: {whole:?}");
                answers.fetch_add(1, Ordering::SeqCst);
            }
        });
        let started: Vec<_> =
            (0..readers).map(|_| scope.spawn(|| read(&library, word, &whole, &meeting, &imports))).collect();
        let measured = started.into_iter().map(|reader| reader.join().unwrap()).collect();
        drop(stopping);
        measured
    });
    report(&measured, imports.into_inner(), answers.into_inner());
}

/// Says what was measured, and holds it to what a machine with other people on it can bear.
fn report(measured: &[Measured], imports: u32, answers: u32) {
    let spread = |figure: &dyn Fn(&Measured) -> u64| {
        let mut all: Vec<u64> = measured.iter().map(figure).collect();
        all.sort_unstable();
        (all[all.len() / 2], all[all.len() - 1])
    };
    let (own, share) = (spread(&|one| one.own), spread(&|one| one.share));
    let start = spread(&|one| u64::try_from(one.start.as_millis()).unwrap());
    eprintln!(
        "{} explorers at once, median and most: {own:?} KB of their own, {share:?} KB with their part of what is shared, \
         first figures after {start:?} ms; {imports} imports and {answers} searches meanwhile",
        measured.len()
    );
    let distinct: BTreeSet<u64> = measured.iter().map(|one| one.own).collect();
    assert!(!distinct.contains(&0), "memory was not measured");
    assert!(own.1 < 100_000, "{own:?} KB are one reader's own");
    assert!(answers > 0 && imports >= IMPORTS);
}

/// Where all wait for one another; one that does not come fails the test, and does not hold it up.
struct Meeting {
    of: usize,
    came: AtomicUsize,
}

impl Meeting {
    fn wait(&self) {
        let round = self.came.fetch_add(1, Ordering::SeqCst) / self.of + 1;
        wait_for("all readers", || (self.came.load(Ordering::SeqCst) >= round * self.of).then_some(()));
    }
}

/// Tells the others to stop, also where a test fails.
struct Stopping<'a>(&'a AtomicBool);

impl Drop for Stopping<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}
