//! The keyboard's thread: reads the terminal and passes on what comes. Changes of size are the signals' thread's to tell.

use std::io;
use std::thread;
use std::time::Instant;

use crossterm::event::{Event, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use super::Messages;
use super::faults::essential;
use super::incoming::Incoming;
use crate::explorer::faulty::{Faulty, Part};
use crate::explorer::message::{Gesture, Message, Pointed};
use crate::explorer::settings::Mouse;

/// What is read at once: what a terminal holds, and more where a paste comes faster than it is taken.
const CHUNK: usize = 16 * 1024;

/// Starts reading.
pub(super) fn start(messages: Messages, mouse: Mouse, faulty: Faulty) -> io::Result<()> {
    let is_remote = std::env::var_os("SSH_CONNECTION").is_some();
    let reading = thread::Builder::new().name("keyboard".to_owned());
    let read = move || {
        essential(&messages, || {
            faulty.here(Part::Keyboard);
            // The terminal is gone, unless nobody listens any more.
            if read(&messages, mouse, Incoming::new(is_remote)).is_err() {
                let _ = messages.send(vec![Message::Terminate(signal_hook::consts::SIGHUP)]);
            }
        });
    };
    reading.spawn(read).map(drop)
}

/// Reads until nobody listens. What comes together is passed on together, so that it is drawn once.
///
/// # Errors
/// Where the terminal is gone.
fn read(messages: &Messages, mouse: Mouse, mut incoming: Incoming) -> Result<(), Errno> {
    let begun = Instant::now();
    let terminal = io::stdin();
    let mut bytes = vec![0; CHUNK];
    loop {
        let patience = incoming.patience(begun.elapsed()).and_then(|patience| Timespec::try_from(patience).ok());
        let mut watched = [PollFd::new(&terminal, PollFlags::IN)];
        let ready = match poll(&mut watched, patience.as_ref()) {
            Err(Errno::INTR) => continue,
            ready => ready?,
        };
        let count = match ready {
            // Nothing came, and what is held has waited long enough.
            0 => 0,
            _ => match rustix::io::read(&terminal, bytes.as_mut_slice()) {
                Err(Errno::INTR | Errno::AGAIN) => continue,
                Ok(0) => return Err(Errno::IO),
                count => count?,
            },
        };
        let events = incoming.take(&bytes[..count], begun.elapsed());
        let happened: Vec<Message> = events.into_iter().filter_map(|event| message(event, mouse)).collect();
        if !happened.is_empty() && messages.send(happened).is_err() {
            return Ok(());
        }
    }
}

/// What an event is to the explorer, if anything.
fn message(event: Event, mouse: Mouse) -> Option<Message> {
    match event {
        Event::Key(key) => Some(Message::Key(key)),
        Event::Paste(text) => Some(Message::Paste(text)),
        // A terminal that another program left telling of it is not heard either.
        Event::Mouse(event) if mouse == Mouse::Heard => pointed(event).map(Message::Pointed),
        _ => None,
    }
}

/// What was done with the mouse, if anything that is listened to.
fn pointed(MouseEvent { kind, column, row, .. }: MouseEvent) -> Option<Pointed> {
    let gesture = match kind {
        MouseEventKind::Down(MouseButton::Left) => Gesture::Click,
        MouseEventKind::ScrollUp => Gesture::Up,
        MouseEventKind::ScrollDown => Gesture::Down,
        _ => return None,
    };
    Some(Pointed { at: Position::new(column, row), gesture })
}
