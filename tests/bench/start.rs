//! In a pseudo-terminal: from starting the program to its first painted screen, beside starting `true`; and from a key to
//! its letter on the screen with the results, beside the terminal's own echo in `cat`.

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark fails by panicking")]

mod register;

use std::io::{Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use outflow::library::Library;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// What the first screen has.
const LISTED: &str = "Home: edition";

/// A program in a terminal.
struct Run {
    master: Box<dyn MasterPty + Send>,
    reader: Box<dyn Read + Send>,
    keyboard: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
}

impl Run {
    fn start(program: &str, library: &Path) -> Self {
        let pair =
            native_pty_system().openpty(PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 }).unwrap();
        let mut command = CommandBuilder::new(program);
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.env("OUTFLOW_LIBRARY", library);
        let child = pair.slave.spawn_command(command).unwrap();
        let reader = pair.master.try_clone_reader().unwrap();
        let keyboard = pair.master.take_writer().unwrap();
        Self { master: pair.master, reader, keyboard, child }
    }

    /// Reads until the output holds a text.
    fn until(&mut self, text: &str) {
        let mut seen = Vec::new();
        let mut bytes = [0; 8192];
        while !seen.windows(text.len()).any(|window| window == text.as_bytes()) {
            match self.reader.read(&mut bytes) {
                Ok(count @ 1..) => seen.extend_from_slice(&bytes[..count]),
                _ => return,
            }
        }
    }

    fn press(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    fn end(mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        drop(self.master);
    }
}

/// The time to the first painted list, without that of ending the program.
fn to_first_list(program: &str, library: &Path) -> Duration {
    let started = Instant::now();
    let mut run = Run::start(program, library);
    run.until(LISTED);
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
            let mut run = Run::start("true", &library);
            run.child.wait().unwrap();
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
    let mut cat = Run::start("cat", &library);
    group.bench_function("cat: the terminal's echo of a letter", |bencher| {
        bencher.iter(|| {
            cat.press("d");
            cat.until("d");
        });
    });
    cat.end();
    let mut run = Run::start(outflow, &library);
    run.until(LISTED);
    run.press("/dementix");
    run.until("Nothing in this edition");
    group.bench_function("outflow: a letter taken back and typed again, two results painted", |bencher| {
        bencher.iter(|| {
            run.press("\u{7f}");
            run.until("NIC-");
            run.press("x");
            run.until("Nothing in this edition");
        });
    });
    run.end();
    group.finish();
}

criterion_group!(benches, start);
criterion_main!(benches);
