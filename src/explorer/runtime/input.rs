//! The keyboard's thread: reads events and passes them on. If it spins on a dead terminal, as the library does, the
//! screen's thread is not in it and ends the program.

use std::io;
use std::thread;
use std::time::Instant;

use crossbeam_channel::Sender;
use crossterm::event::{self, Event, KeyEvent, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use super::escape::Escapes;
use super::faults::essential;
use crate::explorer::faulty::{Faulty, Part};
use crate::explorer::message::{Gesture, Message, Pointed};

/// Starts reading.
pub(super) fn start(messages: Sender<Message>, faulty: Faulty) -> io::Result<()> {
    let is_remote = std::env::var_os("SSH_CONNECTION").is_some();
    let reading = thread::Builder::new().name("keyboard".to_owned());
    let read = move || {
        essential(&messages, || {
            faulty.here(Part::Keyboard);
            read(&messages, Escapes::new(is_remote));
        });
    };
    reading.spawn(read).map(drop)
}

/// Reads until nobody listens, or the terminal is gone.
fn read(messages: &Sender<Message>, mut escapes: Escapes) {
    loop {
        let is_over = match escapes.patience(Instant::now()) {
            None => false,
            Some(patience) => !event::poll(patience).unwrap_or(true),
        };
        if is_over {
            if !send_keys(messages, escapes.let_go()) {
                return;
            }
            continue;
        }
        let goes_on = match event::read() {
            Ok(Event::Key(key)) => send_keys(messages, escapes.take(key, Instant::now())),
            Ok(Event::Paste(text)) => {
                send_keys(messages, escapes.let_go()) && messages.send(Message::Paste(text)).is_ok()
            }
            Ok(Event::Resize(columns, rows)) => messages.send(Message::Resized(columns, rows)).is_ok(),
            Ok(Event::Mouse(mouse)) => match pointed(mouse) {
                Some(pointed) => {
                    send_keys(messages, escapes.let_go()) && messages.send(Message::Pointed(pointed)).is_ok()
                }
                None => true,
            },
            Ok(_) => true,
            Err(_) => {
                let _ = messages.send(Message::Terminate(signal_hook::consts::SIGHUP));
                false
            }
        };
        if !goes_on {
            return;
        }
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

fn send_keys(messages: &Sender<Message>, keys: Vec<KeyEvent>) -> bool {
    keys.into_iter().all(|key| messages.send(Message::Key(key)).is_ok())
}
