//! The ways in which a process that reads a file can end without an answer, each as a sentence.

use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;

use rustix::process::Signal;

use super::Limits;

/// What to do where the file is at fault.
const ADVICE: &str = "it was not read; download it again, or give a file as it was published";

/// How a process ended that was to read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// It closed its output; how it ended is not known yet.
    Silent,
    /// It wanted more memory than it may have.
    NoMemory,
    /// Its stack overflowed: something in the file is nested too deeply.
    TooDeep,
    /// It computed longer than it may.
    TooSlow,
    /// It did not end in time.
    TooLong,
    /// It sent more than any register holds.
    TooMuch,
    /// It sent something that cannot be: what.
    Nonsense(&'static str),
    /// It was killed from outside.
    Killed,
    /// Another signal ended it.
    Signal(i32),
    /// It ended by itself.
    Code(i32),
}

impl Ending {
    /// How a process ended, from its status and from what it said on its error output.
    pub(super) fn of(status: ExitStatus, complaint: &str) -> Self {
        let Some(signal) = status.signal() else { return Self::Code(status.code().unwrap_or_default()) };
        let is = |known: Signal| signal == known.as_raw();
        if is(Signal::XCPU) {
            Self::TooSlow
        } else if is(Signal::KILL) {
            Self::Killed
        } else if complaint.contains("overflowed its stack") {
            Self::TooDeep
        } else if is(Signal::ABORT) {
            // Rust aborts where there is no memory, and says so; where even that fails, nothing is said.
            Self::NoMemory
        } else {
            Self::Signal(signal)
        }
    }

    /// What happened, and what to do.
    pub(super) fn sentence(self, limits: &Limits) -> String {
        let Limits { memory, seconds, time, answer } = limits;
        match self {
            Self::NoMemory => {
                format!(
                    "reading it takes more than {} MB of memory, which no published register does; {ADVICE}",
                    memory >> 20
                )
            }
            Self::TooDeep => format!("something in it is nested more deeply than in any published register; {ADVICE}"),
            Self::TooSlow => {
                format!(
                    "reading it takes more than {seconds} s of computing, which no published register does; {ADVICE}"
                )
            }
            Self::TooLong => {
                format!(
                    "reading it did not end within {} s; {ADVICE}, or import it again when this machine is less busy",
                    time.as_secs_f64()
                )
            }
            Self::TooMuch => {
                format!("it holds more than {} MB, which no published register does; {ADVICE}", answer >> 20)
            }
            Self::Nonsense(what) => {
                format!("the process that read it answered with {what}; nothing of it was used; download it again")
            }
            Self::Killed => "the process that read it was killed from outside, perhaps because the system is short of \
                             memory; it was not read; import it again"
                .to_owned(),
            Self::Signal(signal) => format!("the process that read it broke down (signal {signal}); {ADVICE}"),
            Self::Silent | Self::Code(0) => {
                format!("the process that read it ended without an answer; {ADVICE}")
            }
            Self::Code(code) => format!("the process that read it broke down (exit code {code}); {ADVICE}"),
        }
    }
}
