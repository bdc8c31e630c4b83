//! Searching an edition: what the benchmark of searching asks, with the whole job and a keystroke, and the peers in turns.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use outflow::index::{Index, LastWord};

use crate::fts5::Fts5;
use crate::ours::Ours;
use crate::queries::Kind;
use crate::scan::Scan;
use crate::written::{DATABASE, TEXTS, counted};
use crate::{corpus, index_of, queries};

/// Rounds over all queries.
const ROUNDS: usize = 2;

/// A plain scan reads every text, so that it is asked only so many queries.
const SCANNED: usize = 60;

/// What was measured, in milliseconds.
#[derive(Default)]
struct Times {
    job: Vec<f64>,
    key: Vec<f64>,
    search: Vec<f64>,
    facets: Vec<f64>,
    /// Times of a peer, and of outflow's whole job for the same queries.
    scan: Vec<(f64, f64)>,
    fts5: Vec<(f64, f64)>,
    /// Queries that were stopped because they took too long.
    stopped: Vec<String>,
    /// The longest jobs, with their queries.
    longest: Vec<(f64, String)>,
}

/// Opens an edition, searches it, and prints what that took.
pub(crate) fn ask(base: &Path, folder: &Path) {
    let texts = corpus::folded(&Index::open(&base.join("index")).unwrap().register().unwrap());
    let frequencies = corpus::frequencies(&texts);
    let queries = queries::queries(&texts, &frequencies, &[]);
    drop(frequencies);
    drop(texts);
    let begun = Instant::now();
    let ours = Ours::open(&index_of(folder));
    let opened = milliseconds(begun.elapsed());
    let begun = Instant::now();
    let first = ours.work("", LastWord::Beginning);
    println!(
        "  opened in {opened:.1} ms, the list of all {} in {:.1} ms ({:.1} ms to its first rows, {:.1} ms of counts)",
        first.hits,
        milliseconds(begun.elapsed()),
        milliseconds(first.key()),
        milliseconds(first.facets)
    );
    let read = fs::read_to_string(folder.join(TEXTS)).unwrap();
    let lines: Vec<String> = read.lines().map(str::to_owned).collect();
    drop(read);
    let scan = Scan::new(&lines);
    let database = folder.join(DATABASE);
    let fts5 = database.is_file().then(|| Fts5::open(&database));
    let mut times = Times::default();
    let every = queries.len().div_ceil(SCANNED);
    let before = read_from_disk();
    for round in 0..ROUNDS {
        for turn in 0..queries.len() {
            // A step that reaches all of them, and mixes their kinds.
            let query = &queries[(turn * 101 + round) % queries.len()];
            let cost = match ours.attempt(&query.ours, query.last_word) {
                Ok(cost) => cost,
                Err(why) => {
                    times.stopped.push(format!("{} ({why})", query.ours));
                    continue;
                }
            };
            let job = milliseconds(cost.whole());
            times.add(cost, job, &query.ours);
            if round == 0
                && turn.is_multiple_of(every)
                && let Some(wanted) = &query.scan
            {
                let begun = Instant::now();
                let hits = scan.count(wanted);
                times.scan.push((milliseconds(begun.elapsed()), job));
                assert!(
                    query.exact.as_ref() != Some(&query.ours) || hits == cost.hits,
                    "{} is answered wrongly",
                    query.ours
                );
            }
            if round == 0
                && query.kind != Kind::Value
                && let (Some(fts5), Some(wanted)) = (&fts5, &query.fts5)
            {
                let begun = Instant::now();
                fts5.work(wanted);
                times.fts5.push((milliseconds(begun.elapsed()), job));
            }
        }
    }
    times.print();
    println!("  {} times a page had to be read from the disk meanwhile", read_from_disk() - before);
}

/// How often this process waited for a page that was not in memory.
fn read_from_disk() -> u64 {
    counted(9)
}

fn milliseconds(took: Duration) -> f64 {
    took.as_secs_f64() * 1000.0
}

impl Times {
    fn add(&mut self, cost: crate::ours::Cost, job: f64, query: &str) {
        self.job.push(job);
        self.key.push(milliseconds(cost.key()));
        self.search.push(milliseconds(cost.search));
        self.facets.push(milliseconds(cost.facets));
        self.longest.push((job, query.to_owned()));
    }

    fn print(mut self) {
        println!("  {} searches, milliseconds: median, 99th percentile, most", self.job.len());
        for (name, times) in [
            ("the whole job, with facets", &mut self.job),
            ("a key: search and rows", &mut self.key),
            ("search alone", &mut self.search),
            ("facets", &mut self.facets),
        ] {
            times.sort_by(f64::total_cmp);
            println!("    {name:<28}{:>10.2}{:>10.2}{:>10.2}", at(times, 50), at(times, 99), at(times, 100));
        }
        for (name, pairs) in [("plain scan", &self.scan), ("FTS5", &self.fts5)] {
            if pairs.is_empty() {
                continue;
            }
            let mut theirs: Vec<f64> = pairs.iter().map(|(theirs, _)| *theirs).collect();
            let mut ours: Vec<f64> = pairs.iter().map(|(_, ours)| *ours).collect();
            theirs.sort_by(f64::total_cmp);
            ours.sort_by(f64::total_cmp);
            println!(
                "    {name:<28}{:>10.2}{:>10.2}{:>10.2}   {:.1} / {:.1} times the whole job, median / 99th, {} queries",
                at(&theirs, 50),
                at(&theirs, 99),
                at(&theirs, 100),
                at(&theirs, 50) / at(&ours, 50),
                at(&theirs, 99) / at(&ours, 99),
                pairs.len()
            );
        }
        self.longest.sort_by(|one, other| other.0.total_cmp(&one.0));
        let longest: Vec<String> =
            self.longest.iter().take(4).map(|(took, query)| format!("{query} {took:.0} ms")).collect();
        println!("  the longest: {}", longest.join("; "));
        if !self.stopped.is_empty() {
            let some: Vec<&str> = self.stopped.iter().take(4).map(String::as_str).collect();
            println!("  {} searches were stopped, for they took too long: {} ...", self.stopped.len(), some.join("; "));
        }
    }
}

/// The value at a share of ordered ones.
fn at(times: &[f64], percent: usize) -> f64 {
    times[(times.len() * percent).div_ceil(100).saturating_sub(1)]
}
