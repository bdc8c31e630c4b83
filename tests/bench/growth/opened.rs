//! The program itself on an edition, in a terminal: how soon it shows something, and how much memory is its own.

use std::fs;
use std::num::NonZero;
use std::path::Path;
use std::time::Instant;

use crate::kilobytes;
use crate::terminal::{COLUMNS, ROWS, Terminal};

/// What is looked for.
const WORD: &str = "dementia";

/// Prints how long the program takes to its first screen and to what a word finds, and its memory then.
pub(crate) fn print(library: &Path, projects: usize) {
    let begun = Instant::now();
    let mut run = Terminal::start(env!("CARGO_BIN_EXE_outflow"), library);
    let mut screen = vt100::Parser::new(NonZero::new(ROWS).unwrap(), NonZero::new(COLUMNS).unwrap(), 0);
    let mut until = |run: &mut Terminal, is_shown: &dyn Fn(&str) -> bool| {
        while !is_shown(&screen.screen().contents()) {
            let read = run.read();
            assert!(!read.is_empty(), "the program ended:\n{}", screen.screen().contents());
            screen.process(read);
        }
    };
    until(&mut run, &|shown| shown.contains("Home: edition"));
    let home = begun.elapsed();
    until(&mut run, &|shown| shown.contains("organisations"));
    let counted = begun.elapsed();
    run.press("/");
    until(&mut run, &|shown| shown.starts_with('/'));
    let begun = Instant::now();
    run.press(WORD);
    let (word, all) = (format!("/ {WORD}"), format!(" of {projects} projects"));
    until(&mut run, &|shown| shown.starts_with(&word) && shown.lines().next().is_some_and(|line| line.ends_with(&all)));
    let found = begun.elapsed();
    let smaps = fs::read_to_string(format!("/proc/{}/smaps_rollup", run.process())).unwrap();
    let own = kilobytes(&smaps, "Private_Clean:") + kilobytes(&smaps, "Private_Dirty:");
    let files = kilobytes(&smaps, "Rss:") - kilobytes(&smaps, "Anonymous:");
    println!(
        "  in a terminal: home after {:.0} ms, counted after {:.0} ms, {WORD} typed and found in {:.0} ms; then {} MB of its own \
         ({} MB anonymous), {} MB of files mapped",
        home.as_secs_f64() * 1000.0,
        counted.as_secs_f64() * 1000.0,
        found.as_secs_f64() * 1000.0,
        own >> 10,
        kilobytes(&smaps, "Anonymous:") >> 10,
        files >> 10
    );
    run.end();
}
