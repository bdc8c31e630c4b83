//! The keyboard's thread: reads events and passes them on. If it spins on a dead terminal, as the library does, the
//! screen's thread is not in it and ends the program.

use std::io;
use std::thread;
use std::time::Instant;

use crossbeam_channel::Sender;
use crossterm::event::{self, Event, KeyEvent};

use super::escape::Escapes;
use crate::explorer::message::Message;

/// Starts reading.
pub(super) fn start(messages: Sender<Message>) -> io::Result<()> {
    let is_remote = std::env::var_os("SSH_CONNECTION").is_some();
    let reading = thread::Builder::new().name("keyboard".to_owned());
    reading.spawn(move || read(&messages, Escapes::new(is_remote))).map(drop)
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

fn send_keys(messages: &Sender<Message>, keys: Vec<KeyEvent>) -> bool {
    keys.into_iter().all(|key| messages.send(Message::Key(key)).is_ok())
}
