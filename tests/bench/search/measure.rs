//! Asking all programs all queries, in turns and in several rounds, and telling what it took.

use std::time::{Duration, Instant};

use crate::fts5::Fts5;
use crate::ours::Ours;
use crate::queries::{Kind, Query};
use crate::ripgrep::Ripgrep;
use crate::scan::Scan;

/// What is timed: outflow whole, its parts, and the peers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    Job,
    Key,
    Search,
    Rows,
    Facets,
    Fts5,
    Scan,
    Ripgrep,
}

const TIMED: [(Of, &str); 8] = [
    (Of::Job, "outflow"),
    (Of::Key, "no facets"),
    (Of::Search, "(search"),
    (Of::Rows, "rows"),
    (Of::Facets, "facets)"),
    (Of::Fts5, "FTS5"),
    (Of::Scan, "scan"),
    (Of::Ripgrep, "ripgrep"),
];

/// What is compared: a peer with outflow's whole job; and what does no more than to find with outflow's search alone.
const COMPARED: [(Of, Of, &str); 5] = [
    (Of::Fts5, Of::Job, "FTS5/whole"),
    (Of::Scan, Of::Job, "scan/whole"),
    (Of::Ripgrep, Of::Job, "ripgrep/whole"),
    (Of::Scan, Of::Search, "scan/search"),
    (Of::Ripgrep, Of::Search, "ripgrep/search"),
];

/// Whose growth is told.
const GROWING: [(Of, &str); 5] =
    [(Of::Job, "outflow"), (Of::Key, "no facets"), (Of::Search, "search"), (Of::Fts5, "FTS5"), (Of::Scan, "scan")];

/// The programs. Outflow is always there.
pub(crate) struct Programs<'a> {
    pub(crate) ours: Ours,
    pub(crate) fts5: Option<Fts5>,
    pub(crate) scan: Scan<'a>,
    pub(crate) ripgrep: Option<Ripgrep>,
}

/// How often it is measured: outflow answers every query in every round, the peers every so-manieth of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pace {
    pub(crate) rounds: usize,
    pub(crate) fts5: usize,
    pub(crate) scan: usize,
    pub(crate) ripgrep: usize,
}

/// What one query took in one round.
#[derive(Debug, Clone, Copy)]
struct Sample {
    kind: Kind,
    round: usize,
    hits: usize,
    took: [Option<Duration>; TIMED.len()],
}

pub(crate) struct Measured {
    samples: Vec<Sample>,
}

/// Asks everything. The first query of the first round is the first that anything here was asked.
pub(crate) fn measure(programs: &Programs<'_>, queries: &[Query], pace: Pace) -> Measured {
    let mut samples = Vec::with_capacity(queries.len() * pace.rounds);
    let step = stride(queries.len());
    for round in 0..pace.rounds {
        let from = round * queries.len() / pace.rounds;
        for turn in 0..queries.len() {
            let query = &queries[(from + turn * step) % queries.len()];
            let (hits, took) = programs.ask(query, turn + round, pace);
            samples.push(Sample { kind: query.kind, round, hits, took });
        }
    }
    Measured { samples }
}

/// A step through the queries that reaches all of them, and mixes their kinds.
fn stride(many: usize) -> usize {
    [101, 103, 107].into_iter().find(|prime| !many.is_multiple_of(*prime)).unwrap_or(1)
}

impl Programs<'_> {
    /// One query, each program once; which begins changes from turn to turn. Returns what outflow found, and what all took.
    fn ask(&self, query: &Query, turn: usize, pace: Pace) -> (usize, [Option<Duration>; TIMED.len()]) {
        let mut took = [None; TIMED.len()];
        let (mut ours, mut scanned) = (0, None);
        for place in 0..4 {
            match (place + turn) % 4 {
                0 => {
                    let cost = self.ours.work(&query.ours, query.last_word);
                    took[Of::Job as usize] = Some(cost.whole());
                    took[Of::Key as usize] = Some(cost.key());
                    took[Of::Search as usize] = Some(cost.search);
                    took[Of::Rows as usize] = Some(cost.rows);
                    took[Of::Facets as usize] = Some(cost.facets);
                    ours = cost.hits;
                }
                1 if turn.is_multiple_of(pace.fts5) => {
                    if let (Some(peer), Some(wanted)) = (&self.fts5, &query.fts5) {
                        took[Of::Fts5 as usize] = Some(timed(|| peer.work(wanted)).1);
                    }
                }
                2 if turn.is_multiple_of(pace.scan) => {
                    if let Some(wanted) = &query.scan {
                        let (hits, time) = timed(|| self.scan.count(wanted));
                        took[Of::Scan as usize] = Some(time);
                        scanned = Some(hits);
                    }
                }
                3 if turn.is_multiple_of(pace.ripgrep) => {
                    if let (Some(peer), Some(wanted)) = (&self.ripgrep, &query.ripgrep) {
                        took[Of::Ripgrep as usize] = Some(timed(|| peer.count(wanted)).1);
                    }
                }
                _ => {}
            }
        }
        if let Some(scanned) = scanned.filter(|_| query.exact.as_ref() == Some(&query.ours)) {
            assert_eq!(ours, scanned, "{} is answered wrongly", query.ours);
        }
        (ours, took)
    }

    /// Holds outflow to the scan wherever a query can be put so that it means the same. Done last, since it asks what nobody
    /// asked before. Returns how many queries were held to it.
    pub(crate) fn check(&self, queries: &[Query]) -> usize {
        let mut checked = 0;
        for query in queries {
            if let (Some(exact), Some(wanted)) = (&query.exact, &query.scan) {
                assert_eq!(self.ours.count(exact), self.scan.count(wanted), "{exact} is answered wrongly");
                checked += 1;
            }
        }
        checked
    }
}

fn timed(work: impl FnOnce() -> usize) -> (usize, Duration) {
    let begun = Instant::now();
    let hits = work();
    (hits, begun.elapsed())
}

/// Milliseconds at a share of many, from the least; none of nothing.
fn at(mut times: Vec<Duration>, percent: usize) -> Option<f64> {
    times.sort_unstable();
    let place = (times.len() * percent).div_ceil(100).saturating_sub(1);
    times.get(place).map(|time| time.as_secs_f64() * 1000.0)
}

impl Measured {
    fn of(&self, kind: Option<Kind>) -> impl Iterator<Item = &Sample> {
        self.samples.iter().filter(move |sample| kind.is_none_or(|kind| sample.kind == kind))
    }

    fn times(&self, kind: Option<Kind>, of: Of) -> Vec<Duration> {
        self.of(kind).filter_map(|sample| sample.took[of as usize]).collect()
    }

    pub(crate) fn print(&self) {
        println!(
            "\n  milliseconds, median / 99th percentile; outflow whole, and its parts; - where a program cannot be asked this"
        );
        print_table(TIMED.map(|(_, name)| name), |kind, column| {
            let times = self.times(kind, TIMED[column].0);
            pair(at(times.clone(), 50), at(times, 99))
        });
        println!("\n  so many times outflow's time a peer takes, median / 99th percentile, over what both were asked");
        print_table(COMPARED.map(|(.., name)| name), |kind, column| self.ratio(kind, column));
        println!(
            "\n  milliseconds, the worst of the first round: nothing was asked before it, and it counts above too"
        );
        print_table(TIMED.map(|(_, name)| name), |kind, column| {
            let first = self.of(kind).filter(|sample| sample.round == 0);
            let worst = first.filter_map(|sample| sample.took[TIMED[column].0 as usize]).max();
            worst.map_or("-".to_owned(), |worst| figures(worst.as_secs_f64() * 1000.0))
        });
        println!("\n  how many answers were timed, and how many projects outflow found: median, most");
        let names: Vec<&str> = TIMED.iter().map(|(_, name)| *name).chain(["median", "most"]).collect();
        let names: [&str; TIMED.len() + 2] = names.try_into().unwrap();
        print_table(names, |kind, column| {
            if let Some((of, _)) = TIMED.get(column) {
                return self.times(kind, *of).len().to_string();
            }
            let mut hits: Vec<usize> = self.of(kind).map(|sample| sample.hits).collect();
            hits.sort_unstable();
            let at = if column == TIMED.len() { hits.len() / 2 } else { hits.len() - 1 };
            hits[at].to_string()
        });
    }

    /// A peer's times by those of outflow for the very same queries of the same rounds.
    fn ratio(&self, kind: Option<Kind>, column: usize) -> String {
        let (peer, ours, _) = COMPARED[column];
        let both = |sample: &Sample| Some((sample.took[peer as usize]?, sample.took[ours as usize]?));
        let (peer, ours): (Vec<Duration>, Vec<Duration>) = self.of(kind).filter_map(both).unzip();
        let ratio = |percent| Some(at(peer.clone(), percent)? / at(ours.clone(), percent)?);
        pair(ratio(50), ratio(99))
    }

    /// How many times the times of another register these are.
    pub(crate) fn print_growth(&self, smaller: &Self) {
        print_table(GROWING.map(|(_, name)| name), |kind, column| {
            let (here, there) = (self.times(kind, GROWING[column].0), smaller.times(kind, GROWING[column].0));
            let ratio = |percent| Some(at(here.clone(), percent)? / at(there.clone(), percent)?);
            pair(ratio(50), ratio(99))
        });
    }
}

/// A line for each kind of query, and one for all of them together last.
fn print_table<const COLUMNS: usize>(names: [&str; COLUMNS], cell: impl Fn(Option<Kind>, usize) -> String) {
    let print = |first: &str, cells: &[String]| {
        print!("  {first:<26}");
        for cell in cells {
            print!("{cell:>16}");
        }
        println!();
    };
    print("", &names.map(str::to_owned));
    for (kind, name) in Kind::ALL.into_iter().map(|kind| (Some(kind), kind.name())).chain([(None, "all")]) {
        let cells: Vec<String> = (0..COLUMNS).map(|column| cell(kind, column)).collect();
        print(name, &cells);
    }
}

fn pair(median: Option<f64>, most: Option<f64>) -> String {
    match (median, most) {
        (Some(median), Some(most)) => format!("{} / {}", figures(median), figures(most)),
        _ => "-".to_owned(),
    }
}

/// A number with two or three figures.
fn figures(number: f64) -> String {
    match number {
        number if number < 1.0 => format!("{number:.3}"),
        number if number < 10.0 => format!("{number:.2}"),
        number if number < 100.0 => format!("{number:.1}"),
        number => format!("{number:.0}"),
    }
}
