//! Processes as the system tells of them: how long one goes on, and what it computes meanwhile.

use std::fs;
use std::time::{Duration, Instant};

use rustix::process::Pid;

/// How long to wait for anything before a test fails.
const DEADLINE: Duration = Duration::from_secs(60);

/// Between two looks at what another process does: longer than none, so that looking takes no processor from it.
const LOOK: Duration = Duration::from_millis(1);

/// The unit in which the system counts a process's time on the processor.
const TICK: Duration = Duration::from_millis(10);

/// How a process went on until its end, since what ended it.
pub(crate) struct Ended {
    /// How long.
    pub(crate) after: Duration,
    /// Its time on the processor meanwhile, to a hundredth of a second.
    pub(crate) computed: Duration,
}

/// What the program starts with, and what then shows that it runs.
pub(crate) const KINDS: [(&str, &str); 3] = [("", "42 projects"), ("--mouse", "42 projects"), ("--plain", "At: home")];

/// How soon a program is to be gone.
pub(crate) const SOON: Duration = Duration::from_secs(1);

impl Ended {
    /// Holds a program that was ended to being gone at once, and to computing next to nothing until then.
    pub(crate) fn is_soon(&self, what: &str) {
        let Self { after, computed } = self;
        eprintln!("{what}: gone after {after:?}, {computed:?} of the processor");
        assert!(*after < SOON, "{what}: {after:?}");
        assert!(*computed < Duration::from_millis(50), "{what}: {computed:?} of the processor");
    }
}

/// Does what is to end a process, and waits until it has ended.
pub(crate) fn end_by(process: Pid, act: impl FnOnce()) -> Ended {
    let at_first = Looked::at(process).map_or(0, |looked| looked.ticks);
    let mut at_last = at_first;
    let begun = Instant::now();
    act();
    wait_for("the end of the program", || {
        let Some(looked) = Looked::at(process) else { return Some(()) };
        at_last = looked.ticks;
        looked.has_ended.then_some(())
    });
    Ended { after: begun.elapsed(), computed: TICK * u32::try_from(at_last - at_first).unwrap() }
}

/// Waits until a process stands still: it computes nothing more, and whoever is to wait in it waits.
pub(crate) fn wait_until_still(process: Pid) {
    const STILL: Duration = Duration::from_millis(50);
    let (mut since, mut before) = (Instant::now(), u64::MAX);
    wait_for("a process that stands still", || {
        let now = Looked::at(process)?;
        if now.is_running || now.ticks != before {
            (since, before) = (Instant::now(), now.ticks);
        }
        (since.elapsed() > STILL).then_some(())
    });
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

/// The process that a process has started to read a file, once it is this program.
pub(crate) fn reader_of(parent: Pid) -> Pid {
    wait_for("the process that reads", || {
        fs::read_dir("/proc").unwrap().flatten().find_map(|entry| {
            let number: i32 = entry.file_name().to_str()?.parse().ok()?;
            let stat = fs::read_to_string(entry.path().join("stat")).ok()?;
            let after_name = stat.rsplit_once(')')?.1;
            let is_child = after_name.split_whitespace().nth(1)? == parent.as_raw_nonzero().to_string();
            let arguments = fs::read(entry.path().join("cmdline")).ok()?;
            let reads = arguments.split(|byte| *byte == 0).any(|argument| argument == b"read-file");
            (is_child && reads).then(|| Pid::from_raw(number)).flatten()
        })
    })
}

/// Waits until a process has ended.
pub(crate) fn wait_until_gone(process: Pid) {
    let stat = format!("/proc/{}/stat", process.as_raw_nonzero());
    wait_for("the end of a process", || match fs::read_to_string(&stat) {
        // One that has ended and that nobody has asked for is a zombie.
        Ok(stat) => stat.rsplit_once(')').is_some_and(|(_, rest)| rest.trim_start().starts_with('Z')).then_some(()),
        Err(_) => Some(()),
    });
}

/// Time on the processor that a process has used, in the system's ticks.
pub(crate) fn ticks(process: Pid) -> u64 {
    Looked::at(process).map_or(0, |looked| looked.ticks)
}

/// How many bytes a process has written, whoever took them.
pub(crate) fn written(process: Pid) -> u64 {
    let counts = fs::read_to_string(format!("/proc/{}/io", process.as_raw_nonzero())).unwrap();
    counts.lines().find_map(|line| line.strip_prefix("wchar: ")?.parse().ok()).unwrap()
}

/// A process at a moment.
struct Looked {
    ticks: u64,
    /// One that has ended and that nobody has asked for still counts.
    has_ended: bool,
    is_running: bool,
}

impl Looked {
    fn at(process: Pid) -> Option<Self> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", process.as_raw_nonzero())).ok()?;
        // Its name, in brackets, can hold anything.
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        let count = |at: usize| fields.get(at).and_then(|field| field.parse::<u64>().ok());
        let state = *fields.first()?;
        let (has_ended, is_running) = (matches!(state, "Z" | "X"), state == "R");
        Some(Self { ticks: count(11)? + count(12)?, has_ended, is_running })
    }
}
