//! Signals and hang-ups. Both ask the screen's thread to end; if it does not within a moment, because the terminal
//! takes no output or is gone, the program ends without it. A dropped connection must never leave a program spinning.

use std::io::{self, IsTerminal};
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded};
use rustix::event::{PollFd, PollFlags, poll};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGWINCH};
use signal_hook::iterator::Signals;

use super::faults::essential;
use super::{Messages, terminal};
use crate::explorer::faulty::{Faulty, Part};
use crate::explorer::message::Message;

/// How long a new size has to stand before it is told. One that is pulled with the mouse changes dozens of times.
const SETTLING: Duration = Duration::from_millis(30);

/// How often a size that goes on changing is waited for.
const CHANGES: usize = 6;

/// How long the screen's thread has to end.
const DEADLINE: Duration = Duration::from_millis(400);

/// The watch over signals and the connection.
pub(super) struct Watch {
    done: Sender<()>,
}

impl Watch {
    /// Starts watching.
    pub(super) fn start(messages: &Messages, faulty: Faulty) -> io::Result<Self> {
        let (done, is_done) = bounded(2);
        let ending = Ending { messages: messages.clone(), is_done };
        let hang_up = ending.clone();
        let mut ends = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT])?;
        watch("signals", messages, move || {
            faulty.here(Part::Signals);
            ends.forever().for_each(|signal| ending.end(signal));
        })?;
        let mut changes = Signals::new([SIGCONT, SIGWINCH])?;
        let told = messages.clone();
        // A thread of its own: where the screen's thread stands still these wait for it, and no signal that ends may.
        watch("changes", messages, move || {
            faulty.here(Part::Changes);
            loop {
                let mut waiting: Vec<i32> = changes.wait().collect();
                if waiting.contains(&SIGWINCH) {
                    waiting.retain(|signal| *signal != SIGWINCH);
                    waiting.extend(settled(&mut changes));
                    let (columns, rows) = terminal::size();
                    let _ = told.send(vec![Message::Resized(columns, rows)]);
                }
                if waiting.contains(&SIGCONT) {
                    let _ = told.send(vec![Message::Resumed]);
                }
            }
        })?;
        watch("connection", messages, move || {
            faulty.here(Part::Connection);
            if wait_for_hang_up() {
                hang_up.end(SIGHUP);
            }
        })?;
        Ok(Self { done })
    }

    /// The screen's thread has ended in good order.
    pub(super) fn done(&self) {
        // One for each thread that may be waiting.
        for _ in 0..2 {
            let _ = self.done.try_send(());
        }
    }
}

/// Starts a thread that watches.
fn watch(name: &str, messages: &Messages, run: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let messages = messages.clone();
    thread::Builder::new().name(name.to_owned()).spawn(move || essential(&messages, run)).map(drop)
}

/// Waits until the size has changed and stays, or something else happens, which is returned.
fn settled(signals: &mut Signals) -> Vec<i32> {
    for _ in 0..CHANGES {
        thread::sleep(SETTLING);
        let (changes, others): (Vec<i32>, Vec<i32>) = signals.pending().partition(|signal| *signal == SIGWINCH);
        if changes.is_empty() || !others.is_empty() {
            return others;
        }
    }
    Vec::new()
}

/// Ends the program, if it must without the screen's thread.
#[derive(Clone)]
struct Ending {
    messages: Messages,
    is_done: Receiver<()>,
}

impl Ending {
    fn end(&self, signal: i32) {
        let _ = self.messages.try_send(vec![Message::Terminate(signal)]);
        if self.is_done.recv_timeout(DEADLINE).is_err() {
            terminal::leave_without_waiting();
            signal_hook::low_level::exit(128 + signal);
        }
    }
}

/// Waits until the terminal is gone; says no if that cannot be watched.
fn wait_for_hang_up() -> bool {
    let stdin = io::stdin();
    if !stdin.is_terminal() {
        return false;
    }
    loop {
        // No event is asked for: what is always told is a hang-up or an error.
        let mut watched = [PollFd::new(&stdin, PollFlags::empty())];
        match poll(&mut watched, None) {
            Ok(_) if watched[0].revents().intersects(PollFlags::HUP | PollFlags::ERR) => return true,
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(_) => return false,
        }
        if watched[0].revents().contains(PollFlags::NVAL) {
            return false;
        }
    }
}
