//! Reading a file in a process of its own, which limits itself before it looks at the file. Published files come from
//! anywhere: one that is broken or hostile ends that process, and costs this one a sentence.
//!
//! The process is this program itself with a hidden command. It is given the bytes as its standard input, and sends
//! messages (`messages`) to its standard output. Nothing that it sends is trusted: lengths are bounded before anything
//! is allocated for them, and what is said to be read is checked (`check`).

mod check;
mod child;
mod ending;
mod messages;

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read};
use std::os::fd::AsFd;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

pub use child::serve;

use super::part::Part;
use super::{Amount, ImportError, Input};
use check::Checked;
use ending::Ending;
use messages::{Incoming, Message};

/// How much is taken from the pipe at a time.
const PIECE: usize = 256 << 10;

/// How long a process that has closed its output has to end.
const GRACE: Duration = Duration::from_secs(2);

/// How much of what the process says to people is looked at.
const COMPLAINT: usize = 4096;

/// A program that reads one file, and the limits that it sets itself.
#[derive(Debug, Clone)]
pub struct Apart {
    program: PathBuf,
    arguments: Vec<OsString>,
    limits: Limits,
}

/// What reading one file may cost.
///
/// Measured on a look-alike of the register of September 2026 (20 MB packed, 93 MB in its cells): 383 MB of address
/// space, of which 357 MB are used, 1.2 s of computing, and an answer of 97 MB. The register itself holds 1.4 to 1.9
/// times as much; one of twice the size takes less than 750 MB, 2.4 s and 191 MB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Address space, in bytes.
    pub memory: u64,
    /// Time that it may compute, in seconds.
    pub seconds: u64,
    /// Time until it has ended, waiting included.
    pub time: Duration,
    /// What it may send back, in bytes.
    pub answer: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { memory: 1 << 30, seconds: 120, time: Duration::from_secs(600), answer: 512 << 20 }
    }
}

impl Apart {
    /// This program itself, with a command of its own that calls [`serve`].
    ///
    /// # Errors
    /// Where the system does not say which program this is.
    pub fn this_program(command: &str, limits: Limits) -> Result<Self, ImportError> {
        // The program that runs, even where its file has been replaced or removed meanwhile.
        let running = PathBuf::from("/proc/self/exe");
        let program = if running.exists() {
            running
        } else {
            let unknown = |source| ImportError::NoProcess { program: running.clone(), source };
            std::env::current_exe().map_err(unknown)?
        };
        Ok(Self::program(program, [command], limits))
    }

    /// Another program, with arguments before those of [`Limits::arguments`].
    pub fn program<A: Into<OsString>>(
        program: impl Into<PathBuf>,
        arguments: impl IntoIterator<Item = A>,
        limits: Limits,
    ) -> Self {
        Self { program: program.into(), arguments: arguments.into_iter().map(Into::into).collect(), limits }
    }

    /// Reads a file whose bytes were taken.
    pub(super) fn read(
        &self,
        input: &Input,
        bytes: Option<File>,
        progress: &mut dyn FnMut(Amount),
    ) -> Result<Part, ImportError> {
        let deadline = Instant::now() + self.limits.time;
        let stdin = bytes.map_or_else(Stdio::null, Stdio::from);
        let mut child =
            self.start(stdin).map_err(|source| ImportError::NoProcess { program: self.program.clone(), source })?;
        let told = self.listen(&mut child, deadline, progress);
        let told = match told {
            Err(Ending::Silent) => Err(how_it_ended(&mut child, deadline)),
            told => told,
        };
        let _ = child.kill();
        let _ = child.wait();
        match told {
            Ok(Told::Read(part)) => Ok(*part),
            Ok(Told::Refused(what)) => Err(input.refused(what)),
            Err(ending) => Err(input.refused(ending.sentence(&self.limits))),
        }
    }

    fn start(&self, stdin: Stdio) -> io::Result<Child> {
        let child = Command::new(&self.program)
            .args(&self.arguments)
            .args(self.limits.arguments())
            .env_clear()
            .stdin(stdin)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            // Ctrl-C at the terminal is for this process, which ends the other.
            .process_group(0)
            .spawn()?;
        #[cfg(target_os = "linux")]
        if let Some(output) = &child.stdout {
            // A larger pipe means fewer turns; where the system allows none, the usual one does.
            let _ = rustix::pipe::fcntl_setpipe_size(output, 1 << 20);
        }
        Ok(child)
    }

    /// Takes what the process sends, until it has sent everything or something is wrong.
    fn listen(&self, child: &mut Child, deadline: Instant, progress: &mut dyn FnMut(Amount)) -> Result<Told, Ending> {
        let Some(mut output) = child.stdout.take() else { return Err(Ending::Silent) };
        let mut incoming = Incoming::default();
        let mut checked = Checked::default();
        let mut piece = vec![0; PIECE];
        let mut taken = 0_u64;
        loop {
            wait_for(&output, deadline)?;
            let count = match output.read(&mut piece) {
                Ok(0) => return Err(Ending::Silent),
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(_) => return Err(Ending::Silent),
            };
            taken += count as u64;
            if taken > self.limits.answer {
                return Err(Ending::TooMuch);
            }
            incoming.take(&piece[..count]);
            while let Some(message) = incoming.next().map_err(Ending::Nonsense)? {
                match message {
                    Message::Progress(amount) => progress(amount),
                    Message::Refused(what) => return Ok(Told::Refused(what)),
                    Message::Head(head) => checked.head(head).map_err(Ending::Nonsense)?,
                    Message::Project(project) => checked.project(project).map_err(Ending::Nonsense)?,
                    Message::End => {
                        return checked.finish().map(|part| Told::Read(Box::new(part))).map_err(Ending::Nonsense);
                    }
                }
            }
        }
    }
}

/// What the process came to.
enum Told {
    Read(Box<Part>),
    Refused(String),
}

/// Waits until there is something to read, or the time is up.
fn wait_for(output: impl AsFd, deadline: Instant) -> Result<(), Ending> {
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(Ending::TooLong);
        }
        let left = Timespec::try_from(left).ok();
        let mut watched = [PollFd::new(&output, PollFlags::IN)];
        match poll(&mut watched, left.as_ref()) {
            Ok(0) | Err(rustix::io::Errno::INTR) => {}
            Ok(_) => return Ok(()),
            Err(_) => return Err(Ending::Silent),
        }
    }
}

/// How a process that says nothing more has ended.
fn how_it_ended(child: &mut Child, deadline: Instant) -> Ending {
    let until = deadline.min(Instant::now() + GRACE);
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ending::of(status, &complaint(child)),
            Ok(None) if Instant::now() < until => thread::sleep(Duration::from_millis(2)),
            _ => return Ending::of(ExitStatus::default(), ""),
        }
    }
}

/// The beginning of what a process that has ended said on its error output, without waiting for more.
fn complaint(child: &mut Child) -> String {
    let Some(mut errors) = child.stderr.take() else { return String::new() };
    let mut watched = [PollFd::new(&errors, PollFlags::IN)];
    let mut said = vec![0; COMPLAINT];
    let has_some = poll(&mut watched, Some(&Timespec::default())).is_ok_and(|ready| ready > 0);
    let count = if has_some { errors.read(&mut said).unwrap_or_default() } else { 0 };
    String::from_utf8_lossy(&said[..count]).into_owned()
}
