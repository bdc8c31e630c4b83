//! The process that reads one file: limits first, then the file, then the answer.

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::AsFd;
use std::time::{Duration, Instant};

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::super::part::Part;
use super::super::taken::LARGEST_FILE;
use super::messages::{Head, Message, Outgoing};
use super::{Amount, Limits};

/// What is left to end in, after the time to compute is over.
const LAST_SECONDS: u64 = 2;

/// Files that may be open beside those that it was started with: no more than a runtime needs.
const OPEN_FILES: u64 = 12;

/// Time between two messages of progress.
const STEP: Duration = Duration::from_millis(50);

impl Limits {
    /// The limits as arguments of the program that calls [`serve`]: bytes of memory, and seconds.
    pub fn arguments(&self) -> [String; 2] {
        [self.memory.to_string(), self.seconds.to_string()]
    }
}

/// Reads the file that is the standard input under limits, and writes what was read to the standard output for the
/// process that asked for it. Nothing else may be written there.
///
/// # Errors
/// Where the limits cannot be set, or nobody takes the answer.
pub fn serve(memory: u64, seconds: u64) -> io::Result<()> {
    limit(memory, seconds)?;
    let answer = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    let mut outgoing = Outgoing::new(answer);
    let mut bytes = Vec::new();
    File::from(io::stdin().as_fd().try_clone_to_owned()?).take(LARGEST_FILE + 1).read_to_end(&mut bytes)?;
    let mut last: Option<Instant> = None;
    let part = Part::read(bytes, &mut |amount: Amount| {
        if last.is_none_or(|last| last.elapsed() >= STEP) {
            last = Some(Instant::now());
            if outgoing.send(&Message::Progress(amount)).is_err() {
                // Nobody wants to know: there is no use in reading on.
                std::process::exit(1);
            }
        }
    });
    match part {
        Ok(part) => answer_with(part, &mut outgoing),
        Err(what) => outgoing.send(&Message::Refused(what)),
    }
}

fn answer_with(part: Part, outgoing: &mut Outgoing<File>) -> io::Result<()> {
    let Part { layout, register, remarks, notes: said, lacks } = part;
    let head = Head {
        layout: Some(layout),
        title: register.edition.title,
        pages: register.pages,
        notes: register.notes,
        remarks,
        said,
        lacks,
    };
    let mut sent = outgoing.send(&Message::Head(head));
    for project in register.projects {
        // Each is let go as soon as it is sent.
        sent = sent.and_then(|()| outgoing.send(&Message::Project(project)));
    }
    match sent {
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            let what = "a single project or page in it holds more than any published register; nothing of it was read";
            outgoing.send(&Message::Refused(what.to_owned()))
        }
        Err(error) => Err(error),
        Ok(()) => outgoing.send(&Message::End),
    }
}

/// Limits this process, and ends it when the one that started it ends.
fn limit(memory: u64, seconds: u64) -> io::Result<()> {
    let at_most = |limit: u64, hard: u64| Rlimit { current: Some(limit), maximum: Some(hard) };
    setrlimit(Resource::As, at_most(memory, memory))?;
    setrlimit(Resource::Cpu, at_most(seconds, seconds + LAST_SECONDS))?;
    let allowed = getrlimit(Resource::Nofile).maximum.unwrap_or(u64::MAX);
    let files = above_open_files().saturating_add(OPEN_FILES).min(allowed);
    setrlimit(Resource::Nofile, at_most(files, files))?;
    setrlimit(Resource::Core, at_most(0, 0))?;
    setrlimit(Resource::Fsize, at_most(0, 0))?;
    // Elsewhere it ends when it next has something to say.
    #[cfg(target_os = "linux")]
    rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL))?;
    Ok(())
}

/// The number above those of all open files, that of the listing included. Who started the program may have left it more
/// than three; the limit is one of numbers, and below theirs nothing could be opened at all.
fn above_open_files() -> u64 {
    let listing = std::fs::read_dir("/proc/self/fd").or_else(|_| std::fs::read_dir("/dev/fd"));
    let names = listing.into_iter().flatten().flatten().map(|entry| entry.file_name());
    let highest = names.filter_map(|name| name.to_str()?.parse::<u64>().ok()).max();
    highest.unwrap_or_default().max(3) + 1
}
