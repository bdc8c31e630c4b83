//! The runtime: terminal, signals, event loop. The only part of the explorer that touches the world outside it.

mod event_loop;
mod faults;
mod frames;
mod incoming;
mod input;
mod signals;
mod terminal;

use std::borrow::Cow;
use std::collections::VecDeque;
use std::io;
use std::sync::Arc;

use crossbeam_channel::{Receiver, Sender, bounded};
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};

pub use event_loop::{Outside, Screen, run_loop};
pub use faults::Faults;
pub use incoming::Incoming;

use super::desk::IndexDesk;
use super::faulty::{Faulty, Part};
use super::keymap::Keymap;
use super::lock::Lock;
use super::message::{Effect, Ended, Message};
use super::settings::Mouse;
use super::state::State;
use super::theme::Theme;
use super::worker::Worker;
use crate::index::{Index, Request};
use crate::library::{Judging, Library};
use crate::names::Names;
use crate::register::Date;
use crate::report::Clock;
use faults::guarded;
use frames::Frames;
use terminal::{Guard, Out};

/// How many batches of messages wait at most: whoever floods the program waits too.
const WAITING: usize = 256;

/// Where messages are sent. Those that come together are one batch, so that they are drawn once.
type Messages = Sender<Vec<Message>>;

/// Why the explorer did not open, or stopped.
#[derive(Debug, thiserror::Error)]
pub enum ExplorerError {
    /// There is no terminal to draw on.
    #[error(
        "the explorer needs a terminal ({0}); without one use `outflow --plain`, or `outflow search WORDS` and `outflow show REFERENCE`"
    )]
    NoTerminal(&'static str),
    /// The terminal cannot be used.
    #[error("the terminal cannot be used: {0}")]
    Terminal(#[from] io::Error),
    /// A fault in the program.
    #[error(
        "a fault in the program stopped the explorer ({0}); nothing that was imported is harmed: start it again, and if it comes back report this line"
    )]
    Fault(String),
}

/// How the explorer opens.
#[derive(Debug, Clone, Default)]
pub struct Opening {
    /// On what this finds; else at home.
    pub request: Option<Request>,
    /// Which keys do what.
    pub keys: Keymap,
    /// What is said first.
    pub notice: Option<String>,
    /// Whether the mouse is listened to.
    pub mouse: Mouse,
    /// Which spellings are one name, where that is not as the program knows it.
    pub names: Option<Cow<'static, Names>>,
    /// Which part of it fails on purpose.
    pub faulty: Faulty,
    /// How much of the explorer is there.
    pub lock: Lock,
    /// What tells the date.
    pub clock: Clock,
}

/// Opens the explorer on an edition, beside the library that it is from, for a user who brings lists, settings and
/// dismissals, and stays until it ends.
///
/// # Errors
/// Where there is no terminal, or it fails.
pub fn explore(
    index: Index,
    library: Option<Library>,
    judging: Judging,
    opening: Opening,
    theme: Theme,
) -> Result<Ended, ExplorerError> {
    terminal::check()?;
    let (sender, messages) = bounded(WAITING);
    let index = Arc::new(index);
    let answers = sender.clone();
    let desk = IndexDesk::new(Arc::clone(&index)).judging(judging).under(opening.lock);
    let desk = match opening.lock {
        Lock::Open => desk.saving_to(std::env::current_dir().ok()),
        Lock::Locked => desk,
    };
    let desk = match opening.names {
        Some(names) => desk.naming(names),
        None => desk,
    };
    let desk = match library {
        Some(library) => desk.beside(library),
        None => desk,
    };
    let faulty = opening.faulty;
    guarded(|| {
        let worker =
            Worker::start(faulty.desk(desk), move |answer| answers.send(vec![Message::Answer(answer)]).is_ok())?;
        let watch = signals::Watch::start(&sender, faulty)?;
        let mut guard = Guard::enter(opening.mouse)?;
        let (columns, rows) = terminal::size();
        input::start(sender, opening.mouse, faulty)?;
        let options = TerminalOptions { viewport: Viewport::Fixed(Rect::new(0, 0, columns, rows)) };
        let mut screen = Terminal::with_options(Frames::new(guard.writer()?), options)?;
        let state = State::new(index.header().clone(), columns, rows);
        let mut state = match opening.request {
            Some(request) => state.searching(&request),
            None => state.at_home(),
        };
        (state.notice, state.keys) = (opening.notice, opening.keys.under(opening.lock));
        state.colours = Some(theme.colours);
        state.in_tmux = std::env::var_os("TMUX").is_some();
        let next = VecDeque::new();
        let mut outside = World { messages, next, worker, guard: &mut guard, faulty, clock: opening.clock };
        let ended = run_loop(&mut screen, &mut outside, &mut state, theme);
        drop(guard);
        watch.done();
        ended.or_else(hung_up)
    })
}

/// A terminal that fails because it is gone is a hang-up, which ends the program as the signal would.
fn hung_up(error: io::Error) -> Result<Ended, ExplorerError> {
    match error.raw_os_error() {
        Some(number) if number == rustix::io::Errno::IO.raw_os_error() => {
            Ok(Ended::Signal(signal_hook::consts::SIGHUP))
        }
        _ => Err(error.into()),
    }
}

/// The real world.
struct World<'a> {
    messages: Receiver<Vec<Message>>,
    /// What is left of the last batch.
    next: VecDeque<Message>,
    worker: Worker,
    guard: &'a mut Guard,
    faulty: Faulty,
    clock: Clock,
}

impl Outside<Frames<Out>> for World<'_> {
    fn next(&mut self) -> Message {
        loop {
            if let Some(message) = self.next.pop_front() {
                return message;
            }
            match self.messages.recv() {
                Ok(batch) => self.next.extend(batch),
                // The keyboard's thread ends with the terminal, which is a hang-up.
                Err(_) => return Message::Terminate(signal_hook::consts::SIGHUP),
            }
        }
    }

    fn waiting(&mut self) -> Option<Message> {
        if self.next.is_empty() {
            self.next.extend(self.messages.try_recv().ok()?);
        }
        self.next.pop_front()
    }

    fn today(&self) -> Option<Date> {
        self.clock.today()
    }

    fn perform(&mut self, effect: Effect, terminal: &mut Terminal<Frames<Out>>) -> io::Result<Option<Message>> {
        match effect {
            Effect::Work(job) => self.worker.give(job),
            Effect::Copy(text) => self.guard.copy(&text)?,
            Effect::Pasting(is_on) => self.guard.pasting(is_on)?,
            Effect::Repaint => {
                self.faulty.here(Part::Screen);
                return repaint(terminal);
            }
            Effect::Retake => {
                self.guard.take()?;
                return repaint(terminal);
            }
            Effect::Suspend => {
                self.guard.leave();
                // The default action stops the process, or does nothing where no shell could let it go on. As the terminal's
                // own Ctrl-Z does, it goes to all that the shell started as one job: a script that runs this stops too.
                rustix::process::kill_current_process_group(rustix::process::Signal::TSTP)?;
                self.guard.take()?;
                return repaint(terminal);
            }
        }
        Ok(None)
    }
}

/// Draws everything anew; the terminal's size may have changed meanwhile.
fn repaint(terminal: &mut Terminal<Frames<Out>>) -> io::Result<Option<Message>> {
    let (columns, rows) = terminal::size();
    let area = Rect::new(0, 0, columns, rows);
    let is_new = terminal.get_frame().area() != area;
    // Unlike clearing, this asks the terminal nothing.
    terminal.resize(area)?;
    Ok(is_new.then_some(Message::Resized(columns, rows)))
}
