//! The terminal that a command speaks to, and whether it is still there.

use std::io::{self, IsTerminal};

use color_eyre::eyre::Report;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

/// Which of the standard streams were terminals when the program began: of a lost one the system does not say so any more.
#[derive(Debug, Clone, Copy)]
pub(super) struct Connection {
    input: bool,
    output: bool,
}

impl Connection {
    /// The connection as it is now.
    pub(super) fn begun() -> Self {
        Self { input: io::stdin().is_terminal(), output: io::stdout().is_terminal() }
    }

    /// Whether an error is that of a terminal that is gone. The signal that tells of it ends the program, but not where it is
    /// ignored, and what is read or written can fail before it comes.
    pub(super) fn is_lost(self, error: &Report) -> bool {
        let failed = |error: &io::Error| Errno::from_io_error(error) == Some(Errno::IO);
        let is_told = error.chain().filter_map(|cause| cause.downcast_ref()).any(failed);
        // A broken disk fails in the same way.
        is_told && (self.input && is_hung_up(io::stdin()) || self.output && is_hung_up(io::stdout()))
    }
}

fn is_hung_up(stream: impl std::os::fd::AsFd) -> bool {
    let mut watched = [PollFd::new(&stream, PollFlags::empty())];
    poll(&mut watched, Some(&Timespec::default())).is_ok() && watched[0].revents().contains(PollFlags::HUP)
}
