//! In a pseudo-terminal: from starting the program to its first painted screen, beside starting `true`; and from a key to
//! its letter on the screen with the results, beside the terminal's own echo in `cat`.

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark fails by panicking")]

mod register;
mod terminal;

use std::path::Path;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use outflow::library::Library;
use terminal::Terminal;

/// What the first screen has.
const LISTED: &str = "Home: edition";

/// Reads until the output holds a text.
fn until(terminal: &mut Terminal, text: &str) {
    let mut seen = Vec::new();
    while !seen.windows(text.len()).any(|window| window == text.as_bytes()) {
        match terminal.read() {
            [] => return,
            read => seen.extend_from_slice(read),
        }
    }
}

/// The time to the first painted list, without that of ending the program.
fn to_first_list(program: &str, library: &Path) -> Duration {
    let started = Instant::now();
    let mut run = Terminal::start(program, library);
    until(&mut run, LISTED);
    let took = started.elapsed();
    run.end();
    took
}

/// Asks the system to drop the files of a folder from its page cache, as after a long time without use.
fn forget(folder: &Path) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            forget(&path);
        } else {
            let file = std::fs::File::open(&path).unwrap();
            file.sync_all().unwrap();
            rustix::fs::fadvise(&file, 0, None, rustix::fs::Advice::DontNeed).unwrap();
        }
    }
}

fn start(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let (name, file) = register::file(folder.path());
    let library = folder.path().join("library");
    Library::at(&library).publish(&[file], None, &mut |_| {}).unwrap();
    let empty = folder.path().join("empty");
    let outflow = env!("CARGO_BIN_EXE_outflow");
    let mut group = criterion.benchmark_group("start");
    group.sample_size(20);
    group.bench_function("true, to its end", |bencher| {
        bencher.iter(|| {
            let mut run = Terminal::start("true", &library);
            run.wait();
        });
    });
    group.bench_function(format!("outflow on the {name}, to the first painted list"), |bencher| {
        bencher.iter_custom(|times| (0..times).map(|_| to_first_list(outflow, &library)).sum());
    });
    group.bench_function(format!("outflow on the {name}, its files no longer in memory"), |bencher| {
        bencher.iter_custom(|times| {
            let once = |_| {
                forget(&library);
                to_first_list(outflow, &library)
            };
            (0..times).map(once).sum()
        });
    });
    group.bench_function("outflow on the sample, to the first painted list", |bencher| {
        bencher.iter_custom(|times| (0..times).map(|_| to_first_list(outflow, &empty)).sum());
    });
    group.finish();
    let mut group = criterion.benchmark_group(format!("a key in a terminal, on the {name}"));
    let mut cat = Terminal::start("cat", &library);
    group.bench_function("cat: the terminal's echo of a letter", |bencher| {
        bencher.iter(|| {
            cat.press("d");
            until(&mut cat, "d");
        });
    });
    cat.end();
    let mut run = Terminal::start(outflow, &library);
    until(&mut run, LISTED);
    run.press("/dementix");
    until(&mut run, "Nothing in this edition");
    group.bench_function("outflow: a letter taken back and typed again, two results painted", |bencher| {
        bencher.iter(|| {
            run.press("\u{7f}");
            until(&mut run, "NIC-");
            run.press("x");
            until(&mut run, "Nothing in this edition");
        });
    });
    run.end();
    group.finish();
}

criterion_group!(benches, start);
criterion_main!(benches);
