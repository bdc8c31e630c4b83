//! Processes as the system tells of them: how long one goes on, and what it computes meanwhile.

use std::fs;
use std::time::{Duration, Instant};

use rustix::process::Pid;

/// How long to wait for anything before a test fails.
const DEADLINE: Duration = Duration::from_secs(30);

/// Between two looks at what another process does: longer than none, so that looking takes no processor from it.
const LOOK: Duration = Duration::from_millis(1);

/// The unit in which the system counts a process's time on the processor.
const TICK: Duration = Duration::from_millis(10);

/// How a process went on until its end.
pub(crate) struct Ended {
    /// How long.
    pub(crate) after: Duration,
    /// Its time on the processor meanwhile, to a hundredth of a second.
    pub(crate) computed: Duration,
}

/// Waits until a process has ended.
pub(crate) fn end_of(process: Pid) -> Ended {
    let begun = Instant::now();
    let at_first = Looked::at(process).map_or(0, |looked| looked.ticks);
    let mut at_last = at_first;
    wait_for("the end of the program", || {
        let Some(looked) = Looked::at(process) else { return Some(()) };
        at_last = looked.ticks;
        looked.has_ended.then_some(())
    });
    Ended { after: begun.elapsed(), computed: TICK * u32::try_from(at_last - at_first).unwrap() }
}

/// Waits until something is there.
pub(crate) fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + DEADLINE;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < deadline, "waited in vain for {what}");
        std::thread::sleep(LOOK);
    }
}

/// Time on the processor that a process has used, in the system's ticks.
#[allow(dead_code, reason = "not every test counts it")]
pub(crate) fn ticks(process: Pid) -> u64 {
    Looked::at(process).map_or(0, |looked| looked.ticks)
}

/// A process at a moment.
struct Looked {
    ticks: u64,
    /// One that has ended and that nobody has asked for still counts.
    has_ended: bool,
}

impl Looked {
    fn at(process: Pid) -> Option<Self> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", process.as_raw_nonzero())).ok()?;
        // Its name, in brackets, can hold anything.
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        let count = |at: usize| fields.get(at).and_then(|field| field.parse::<u64>().ok());
        Some(Self { ticks: count(11)? + count(12)?, has_ended: matches!(*fields.first()?, "Z" | "X") })
    }
}
