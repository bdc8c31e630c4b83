//! What a process of its own takes: the memory of one that answers 200 keystrokes, and the time from its start to its end.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::fts5::Fts5;
use crate::ours::Ours;
use crate::queries;

/// The argument by which the benchmark starts itself as such a process.
pub(crate) const ALONE: &str = "--alone";

/// How many keystrokes it answers.
const KEYS: usize = 200;

/// How often a start is measured, in turns.
const STARTS: usize = 25;

/// What is looked for at a start.
const WORD: &str = "dementia";

/// Answers keystrokes and tells its memory: `--alone outflow FOLDER` or `--alone fts5 FILE`.
pub(crate) fn answer(program: &str, path: &Path) {
    let queries: Vec<_> = queries::typing().into_iter().take(KEYS).collect();
    let empty = memory();
    if program == "outflow" {
        let ours = Ours::open(path);
        for query in &queries {
            ours.work(&query.ours, query.last_word);
        }
        tell(empty);
    } else {
        let fts5 = Fts5::open(path);
        for wanted in queries.iter().filter_map(|query| query.fts5.as_ref()) {
            fts5.work(wanted);
        }
        tell(empty);
    }
}

fn tell([anonymous_before, _]: [u64; 2]) {
    let [anonymous, files] = memory();
    println!(
        "{:.1} MB of its own (of which {:.1} before it opened anything), {:.1} MB of files that all users share",
        megabytes(anonymous),
        megabytes(anonymous_before),
        megabytes(files)
    );
}

fn megabytes(kilobytes: u64) -> f64 {
    f64::from(u32::try_from(kilobytes).unwrap_or(u32::MAX)) / 1024.0
}

/// Memory of this process in kB: its own, and that of files.
fn memory() -> [u64; 2] {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    ["RssAnon:", "RssFile:"].map(|name| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|line| line.trim().split(' ').next()?.parse().ok()).unwrap_or(0)
    })
}

/// Prints the memory of a process for each program.
pub(crate) fn print_memory(index: &Path, database: Option<&Path>) {
    println!("\n  memory of a process after {KEYS} keystrokes, each with facets");
    for (program, path) in [("outflow", Some(index)), ("fts5", database)] {
        let Some(path) = path else { continue };
        let itself = std::env::current_exe().unwrap();
        let said = Command::new(itself).args(["--bench", ALONE, program]).arg(path).output().unwrap();
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
        print!("  {program:<10}{}", String::from_utf8_lossy(&said.stdout));
    }
}

/// Prints how long a search takes as a process, beside one that does nothing and SQLite's own shell.
pub(crate) fn print_start(library: &Path, database: Option<&Path>) {
    let select = format!(
        "SELECT title, organisation, snippet(text, -1, '[', ']', '...', 24) FROM text WHERE text MATCH '{WORD}' ORDER BY rank LIMIT 20"
    );
    let mut commands = vec![("true", Command::new("true"))];
    let mut search = Command::new(env!("CARGO_BIN_EXE_outflow"));
    search.arg("--library").arg(library).args(["search", WORD, "--limit", "20"]);
    commands.push(("outflow search", search));
    if let Some(database) = database {
        let mut shell = Command::new("sqlite3");
        shell.arg(database).arg(select);
        commands.push(("sqlite3 (FTS5), ranked with snippets", shell));
    }
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); commands.len()];
    for _ in 0..STARTS {
        for ((name, command), times) in commands.iter_mut().zip(&mut times) {
            let begun = Instant::now();
            let Ok(done) = command.stdin(Stdio::null()).output() else { continue };
            times.push(begun.elapsed());
            assert!(done.status.success(), "{name}: {}", String::from_utf8_lossy(&done.stderr));
            assert_eq!(done.stdout.is_empty(), *name == "true", "{name}");
        }
    }
    println!("\n  a whole process that looks for {WORD}, from start to end, median of {STARTS}");
    for ((name, _), mut times) in commands.into_iter().zip(times) {
        times.sort_unstable();
        match times.get(times.len() / 2) {
            Some(median) => println!("  {name:<40}{:>8.2} ms", median.as_secs_f64() * 1000.0),
            None => println!("  {name:<40} is not at hand"),
        }
    }
}
