//! What a terminal sends, as keys, pastes and clicks: bytes and the time they come at in, events out. Nothing here reads a terminal
//! or a clock, so that any bytes at any rhythm can be tried.
//!
//! The library's own reader takes the beginning of a sequence for keys when the rest comes in another packet, swallows everything
//! after a paste that never ends, types what a terminal answers too late, and can hold a key back that comes together with a change
//! of size. Its events are kept, since the line that one types in understands them. No crate was found that knows of time and
//! bounds what it holds.

mod paste;
mod sequence;
#[cfg(test)]
mod tests;

use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

use paste::{Paste, Pasted};
use sequence::Sequence;

/// How long an Esc waits for what may follow it: a person who presses Esc presses nothing else within a twentieth of a second.
const WAIT: Duration = Duration::from_millis(50);

/// The same over SSH, where packets come later.
const WAIT_REMOTE: Duration = Duration::from_millis(100);

/// How long the rest of what is no key of a person any more is waited for, after each of its bytes.
const WAIT_FOR_REST: Duration = Duration::from_millis(500);

/// The longest answer of a terminal that is passed over. The program asks nothing; what comes was asked by another before it.
const LONGEST_ANSWER: usize = 4096;

/// The byte that begins every sequence.
const ESCAPE: u8 = 27;

/// The byte that ends an answer, beside Esc and a backslash.
const BELL: u8 = 7;

/// Turns bytes into events. What it holds is bounded, whatever comes.
#[derive(Debug)]
pub struct Incoming {
    wait: Duration,
    held: Held,
    /// When the last byte came.
    last: Duration,
}

/// What came so far, and is not whole.
#[derive(Debug)]
enum Held {
    Nothing,
    /// The first bytes of a letter, and what is held beside it.
    Letter([u8; 4], usize, KeyModifiers),
    Escape,
    /// A key, or what the mouse did.
    Sequence(Sequence),
    /// An answer of the terminal to another program, by its first letter, how long it is, and whether Esc came last.
    Answer(u8, usize, Ending),
    Paste(Paste),
}

/// How near an answer is to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    Open,
    Escaped,
}

impl Incoming {
    /// Nothing has come yet. A remote terminal is given more time.
    pub fn new(is_remote: bool) -> Self {
        Self { wait: if is_remote { WAIT_REMOTE } else { WAIT }, held: Held::Nothing, last: Duration::ZERO }
    }

    /// How long to wait for more bytes before what is held is let go; `None` if nothing is held. Times count from any moment, but
    /// always the same.
    pub fn patience(&self, now: Duration) -> Option<Duration> {
        let wait = match &self.held {
            Held::Nothing => return None,
            Held::Escape => self.wait,
            Held::Paste(_) => paste::WAIT,
            Held::Letter(..) | Held::Sequence(_) | Held::Answer(..) => WAIT_FOR_REST,
        };
        Some((self.last + wait).saturating_sub(now))
    }

    /// Takes bytes; returns what is certain now. Without bytes it says what the time alone made certain.
    pub fn take(&mut self, bytes: &[u8], now: Duration) -> Vec<Event> {
        let mut certain = Vec::new();
        if self.patience(now) == Some(Duration::ZERO) {
            self.let_go(&mut certain);
        }
        let pause = now.saturating_sub(self.last);
        for (at, byte) in bytes.iter().enumerate() {
            self.take_byte(*byte, if at == 0 { pause } else { Duration::ZERO }, &mut certain);
        }
        if !bytes.is_empty() {
            self.last = now;
        }
        certain
    }

    /// How many bytes are held.
    pub fn holds(&self) -> usize {
        match &self.held {
            Held::Nothing => 0,
            Held::Escape | Held::Answer(..) => 1,
            Held::Letter(_, count, _) => *count,
            Held::Sequence(sequence) => sequence.len(),
            Held::Paste(paste) => paste.len(),
        }
    }

    /// Nothing follows what is held: a key that begins sequences was pressed, or the rest is lost.
    fn let_go(&mut self, certain: &mut Vec<Event>) {
        match std::mem::replace(&mut self.held, Held::Nothing) {
            Held::Escape | Held::Answer(_, _, Ending::Escaped) => certain.push(key(KeyCode::Esc)),
            Held::Sequence(sequence) => certain.extend(sequence.alone().map(with_alt)),
            Held::Answer(first, 0, Ending::Open) => certain.push(with_alt(char::from(first))),
            Held::Paste(paste) => certain.push(Event::Paste(paste.text())),
            // The rest of these would be typed as what it is not.
            Held::Nothing | Held::Letter(..) | Held::Answer(..) => {}
        }
    }

    fn take_byte(&mut self, byte: u8, pause: Duration, certain: &mut Vec<Event>) {
        match std::mem::replace(&mut self.held, Held::Nothing) {
            Held::Nothing => self.begin(byte, certain),
            Held::Letter(bytes, count, beside) => self.go_on_letter((bytes, count, beside), byte, certain),
            Held::Escape => self.after_escape(byte, certain),
            Held::Sequence(mut sequence) => match sequence.take(byte) {
                sequence::Taken::More => self.held = Held::Sequence(sequence),
                sequence::Taken::Paste => self.held = Held::Paste(Paste::default()),
                sequence::Taken::Event(event) => certain.push(event),
                sequence::Taken::Nothing => {}
                sequence::Taken::Broken => self.begin(byte, certain),
            },
            Held::Answer(first, length, ending) => self.go_on_answer(first, length, ending, byte, certain),
            Held::Paste(mut paste) => match paste.take(byte, pause) {
                Pasted::More => self.held = Held::Paste(paste),
                Pasted::Whole => certain.push(Event::Paste(paste.text())),
                Pasted::Interrupted => {
                    certain.push(Event::Paste(paste.text()));
                    self.begin(byte, certain);
                }
            },
        }
    }

    fn begin(&mut self, byte: u8, certain: &mut Vec<Event>) {
        match byte {
            ESCAPE => self.held = Held::Escape,
            b'\r' => certain.push(key(KeyCode::Enter)),
            b'\t' => certain.push(key(KeyCode::Tab)),
            127 => certain.push(key(KeyCode::Backspace)),
            0 => certain.push(with(KeyModifiers::CONTROL, ' ')),
            1..=26 => certain.push(with(KeyModifiers::CONTROL, char::from(byte - 1 + b'a'))),
            28..=31 => certain.push(with(KeyModifiers::CONTROL, char::from(byte - 28 + b'4'))),
            32..=126 => certain.push(with(KeyModifiers::NONE, char::from(byte))),
            128.. => self.go_on_letter(([0; 4], 0, KeyModifiers::NONE), byte, certain),
        }
    }

    /// Letters beyond ASCII come in several bytes; what is none is passed over.
    fn go_on_letter(
        &mut self,
        (mut bytes, count, beside): ([u8; 4], usize, KeyModifiers),
        byte: u8,
        certain: &mut Vec<Event>,
    ) {
        let Some(place) = bytes.get_mut(count) else { return self.begin(byte, certain) };
        *place = byte;
        match std::str::from_utf8(&bytes[..=count]) {
            Ok(whole) => {
                certain.extend(whole.chars().filter(|letter| !letter.is_control()).map(|letter| with(beside, letter)));
            }
            Err(error) if error.error_len().is_none() => self.held = Held::Letter(bytes, count + 1, beside),
            Err(_) if count > 0 => self.begin(byte, certain),
            Err(_) => {}
        }
    }

    fn after_escape(&mut self, byte: u8, certain: &mut Vec<Event>) {
        match byte {
            b'[' | b'O' => self.held = Held::Sequence(Sequence::new(byte)),
            b']' | b'P' | b'X' | b'^' | b'_' => self.held = Held::Answer(byte, 0, Ending::Open),
            127 => certain.push(Event::Key(KeyEvent::new(KeyCode::Backspace, KeyModifiers::ALT))),
            32..=126 => certain.push(with_alt(char::from(byte))),
            128.. => self.go_on_letter(([0; 4], 0, KeyModifiers::ALT), byte, certain),
            // A control key is pressed after Esc.
            _ => {
                certain.push(key(KeyCode::Esc));
                self.begin(byte, certain);
            }
        }
    }

    fn go_on_answer(&mut self, first: u8, length: usize, ending: Ending, byte: u8, certain: &mut Vec<Event>) {
        match (ending, byte) {
            (Ending::Open, BELL) | (Ending::Escaped, b'\\') => {}
            (Ending::Open, ESCAPE) => self.held = Held::Answer(first, length, Ending::Escaped),
            // Another sequence, which the answer was not over before.
            (Ending::Escaped, _) => self.after_escape(byte, certain),
            // No answer holds a control key: Ctrl-C is heard in the middle of one.
            (Ending::Open, 0..=31) => self.begin(byte, certain),
            (Ending::Open, _) if length < LONGEST_ANSWER => self.held = Held::Answer(first, length + 1, Ending::Open),
            (Ending::Open, _) => {}
        }
    }
}

fn key(code: KeyCode) -> Event {
    Event::Key(KeyEvent::new(code, KeyModifiers::NONE))
}

fn with(modifiers: KeyModifiers, letter: char) -> Event {
    let shift = if letter.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    Event::Key(KeyEvent::new(KeyCode::Char(letter), modifiers | shift))
}

fn with_alt(letter: char) -> Event {
    with(KeyModifiers::ALT, letter)
}
