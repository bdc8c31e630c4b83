//! Text that a terminal says is pasted.

use std::time::Duration;

/// What ends a paste.
const END: &[u8] = b"\x1b[201~";

/// How much of it is kept: more than any line takes.
const MOST: usize = 64 * 1024;

/// A paste comes in one flow: after such a silence it is over, though nothing said so.
pub(super) const WAIT: Duration = Duration::from_secs(2);

/// A Ctrl-C after such a silence was pressed, and not pasted.
const PAUSE: Duration = Duration::from_millis(200);

/// The byte that Ctrl-C sends.
const INTERRUPT: u8 = 3;

/// What was pasted so far.
#[derive(Debug, Default)]
pub(super) struct Paste {
    bytes: Vec<u8>,
    /// How much of the end has come.
    ended: usize,
}

/// What a byte makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pasted {
    /// More is to come.
    More,
    /// It is whole.
    Whole,
    /// The byte belongs to it no more.
    Interrupted,
}

impl Paste {
    /// Takes a byte that came after a pause.
    pub(super) fn take(&mut self, byte: u8, pause: Duration) -> Pasted {
        if byte == INTERRUPT && pause >= PAUSE {
            return Pasted::Interrupted;
        }
        if byte == END[self.ended] {
            self.ended += 1;
            return if self.ended == END.len() { Pasted::Whole } else { Pasted::More };
        }
        let begun = std::mem::take(&mut self.ended);
        self.keep(&END[..begun]);
        // Its first byte is nowhere else in the end, so that the end can begin here alone.
        if byte == END[0] {
            self.ended = 1;
        } else {
            self.keep(&[byte]);
        }
        Pasted::More
    }

    /// How many bytes are kept.
    pub(super) fn len(&self) -> usize {
        self.bytes.len() + self.ended
    }

    /// The text, as far as it is one.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for chunk in self.bytes.utf8_chunks() {
            text.push_str(chunk.valid());
        }
        text
    }

    fn keep(&mut self, bytes: &[u8]) {
        let room = MOST - self.bytes.len();
        self.bytes.extend(&bytes[..bytes.len().min(room)]);
    }
}
