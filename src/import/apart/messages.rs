//! What passes between the process that reads a file and the one that wants it: messages, each with its length before
//! it (four bytes, the lowest first), in postcard, a compact form without names.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use super::super::part::Remark;
use super::Amount;
use crate::register::{Layout, Note, Page, Project};

/// The longest message. A message of one project can be many times as large once it is in memory, since a list of
/// nothing takes one byte: this bounds that too. The largest project published has about 2 MB.
pub(super) const LONGEST: usize = 16 << 20;

/// How much is held back before it is sent.
const HELD_BACK: usize = 256 << 10;

/// Bytes of the length before a message.
const LENGTH: usize = 4;

/// One message.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Message {
    /// How much of the file has been read.
    Progress(Amount),
    /// The file cannot be read, and what to do.
    Refused(String),
    /// What was read beside the projects; before them.
    Head(Head),
    /// A project.
    Project(Project),
    /// That was all.
    End,
}

/// What was read of a file beside its projects.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Head {
    pub(super) layout: Option<Layout>,
    pub(super) title: Option<String>,
    pub(super) pages: Vec<Page>,
    pub(super) notes: Vec<Note>,
    pub(super) remarks: Vec<Remark>,
    pub(super) said: Vec<String>,
    pub(super) lacks: Vec<String>,
}

/// Sends messages.
pub(super) struct Outgoing<W> {
    out: W,
    held: Vec<u8>,
}

impl<W: Write> Outgoing<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out, held: Vec::with_capacity(2 * HELD_BACK) }
    }

    /// Sends a message, at once where it is about what is going on.
    pub(super) fn send(&mut self, message: &Message) -> io::Result<()> {
        let start = self.held.len();
        self.held.extend([0; LENGTH]);
        postcard::to_io(message, &mut self.held).map_err(io::Error::other)?;
        let length = self.held.len() - start - LENGTH;
        if length > LONGEST {
            self.held.truncate(start);
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let length = u32::try_from(length).map_err(io::Error::other)?;
        self.held[start..start + LENGTH].copy_from_slice(&length.to_le_bytes());
        if self.held.len() > HELD_BACK || !matches!(message, Message::Project(_) | Message::Head(_)) {
            self.out.write_all(&self.held)?;
            self.out.flush()?;
            self.held.clear();
        }
        Ok(())
    }
}

/// Takes messages out of bytes as they come.
#[derive(Default)]
pub(super) struct Incoming {
    bytes: Vec<u8>,
    /// Up to where they have been used.
    used: usize,
}

impl Incoming {
    /// Adds bytes. No more is kept than the longest message and one piece.
    pub(super) fn take(&mut self, piece: &[u8]) {
        self.bytes.drain(..self.used);
        self.used = 0;
        self.bytes.extend_from_slice(piece);
    }

    /// The next message, if it is there whole; or what is wrong with it.
    pub(super) fn next(&mut self) -> Result<Option<Message>, &'static str> {
        let left = &self.bytes[self.used..];
        let Some((length, rest)) = left.split_first_chunk::<LENGTH>() else { return Ok(None) };
        let length = u32::from_le_bytes(*length) as usize;
        if length > LONGEST {
            return Err("a message that is too long");
        }
        let Some(message) = rest.get(..length) else { return Ok(None) };
        match postcard::take_from_bytes(message) {
            Ok((message, [])) => {
                self.used += LENGTH + length;
                Ok(Some(message))
            }
            _ => Err("something that is no message"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Unit;

    fn sent(messages: &[Message]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut outgoing = Outgoing::new(&mut bytes);
        for message in messages {
            outgoing.send(message).unwrap();
        }
        bytes
    }

    fn received(pieces: &[&[u8]]) -> Result<Vec<Message>, &'static str> {
        let mut incoming = Incoming::default();
        let mut messages = Vec::new();
        for piece in pieces {
            incoming.take(piece);
            while let Some(message) = incoming.next()? {
                messages.push(message);
            }
        }
        Ok(messages)
    }

    #[test]
    fn messages_arrive_however_they_are_cut() {
        let project = Project { reference: "DARS-NIC-1".to_owned(), versions: Vec::new() };
        let amount = Amount { done: 3, total: 9, unit: Unit::Rows };
        let messages =
            [Message::Head(Head::default()), Message::Project(project), Message::Progress(amount), Message::End];
        let bytes = sent(&messages);
        for cut in 0..bytes.len() {
            let got = received(&[&bytes[..cut], &bytes[cut..]]).unwrap();
            assert_eq!(format!("{got:?}"), format!("{messages:?}"));
        }
    }

    #[test]
    fn a_length_that_lies_allocates_nothing() {
        assert!(received(&[&u32::MAX.to_le_bytes()]).is_err());
        // A message that says it holds a list of 2^60 projects, in six bytes.
        let mut bytes = 12_u32.to_le_bytes().to_vec();
        bytes.extend([3, 1, b'x', 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f]);
        assert!(received(&[&bytes]).is_err());
    }

    #[test]
    fn what_is_too_long_is_not_sent() {
        let mut bytes = Vec::new();
        let mut outgoing = Outgoing::new(&mut bytes);
        assert!(outgoing.send(&Message::Refused("x".repeat(LONGEST + 1))).is_err());
        outgoing.send(&Message::End).unwrap();
        assert!(matches!(received(&[&bytes]).unwrap()[..], [Message::End]));
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_break_it(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            let _ = received(&[&bytes]);
            let mut framed = u32::try_from(bytes.len()).unwrap().to_le_bytes().to_vec();
            framed.extend(&bytes);
            let _ = received(&[&framed]);
        }
    }
}
