//! Ctrl-C and other signals that end an import: nothing of it is left behind, whatever it was at.

use std::fs;
use std::io;
use std::thread;
use std::time::Duration;

use crossbeam_channel::bounded;
use indicatif::ProgressBar;
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::library::Unfinished;

/// How long a terminal has to take the clearing of the bar. One that takes nothing must not keep the program alive.
const CLEARING: Duration = Duration::from_millis(300);

/// The watch over signals while files are imported.
pub(super) struct Watch {
    unfinished: Unfinished,
}

impl Watch {
    /// Starts watching. The process that reads a file ends by itself when this one does.
    pub(super) fn start(unfinished: Unfinished, bar: ProgressBar) -> io::Result<Self> {
        let watched = unfinished.clone();
        let mut wanted = vec![SIGINT, SIGTERM, SIGQUIT];
        // Started by nohup, an import goes on when the terminal is gone.
        if !is_ignored(SIGHUP) {
            wanted.push(SIGHUP);
        }
        let mut signals = Signals::new(wanted)?;
        thread::Builder::new().name("signals".to_owned()).spawn(move || {
            let mut signals = signals.forever();
            let Some(mut signal) = signals.next() else { return };
            if !unfinished.give_up() {
                // The edition is in place, and the import ends by itself in a moment; a second signal is for one whose
                // report nobody takes.
                let Some(second) = signals.next() else { return };
                signal = second;
            }
            let (cleared, is_cleared) = bounded(1);
            let clearing = thread::Builder::new().spawn(move || {
                bar.finish_and_clear();
                let _ = cleared.send(());
            });
            if clearing.is_ok() {
                let _ = is_cleared.recv_timeout(CLEARING);
            }
            signal_hook::low_level::exit(i32::from(super::signalled(signal)));
        })?;
        Ok(Self { unfinished: watched })
    }

    /// Holds the thread that imports, if a signal is ending the program: what it would say is not the reason.
    pub(super) fn hold(&self) {
        while self.unfinished.is_given_up() {
            thread::park();
        }
    }
}

/// Whether this process was started with a signal ignored, as the system tells it in a mask of hexadecimal digits.
fn is_ignored(signal: i32) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|digits| u64::from_str_radix(digits.trim(), 16).ok()).unwrap_or_default();
    mask >> (signal - 1) & 1 == 1
}
