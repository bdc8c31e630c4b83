//! What the operating system answers where a file cannot be had, and what a person can do about it: one table for all that the
//! program reads and writes.

use std::fmt;
use std::io;

/// What was wanted of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// A published file, to be read.
    Published,
    /// A folder of a library, to keep a published file in.
    Keeping,
    /// Anything else of a library, or of what a person keeps.
    Library,
    /// A file of one's own naming, to be written.
    Saved,
}

/// An answer of the system about which something can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Forbidden,
    ReadOnly,
    NoRoom,
    NotThere,
    NotAFolder,
    Circle,
}

impl Answer {
    fn of(error: &io::Error) -> Option<Self> {
        Some(match error.kind() {
            io::ErrorKind::PermissionDenied => Self::Forbidden,
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::NoRoom,
            io::ErrorKind::NotFound => Self::NotThere,
            io::ErrorKind::NotADirectory => Self::NotAFolder,
            _ if error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error()) => Self::Circle,
            _ => return None,
        })
    }
}

/// Whether the disk has no room left, or none for this user.
pub fn is_out_of_room(error: &io::Error) -> bool {
    Answer::of(error) == Some(Answer::NoRoom)
}

/// What to do, behind the sign that leads to it; empty where nothing is known.
#[derive(Debug, Clone, Copy)]
pub struct Advice {
    sign: &'static str,
    what: Option<&'static str>,
}

impl Advice {
    /// What to do about an answer of the system, behind a sign such as `"; "`.
    pub fn behind(sign: &'static str, wanted: Wanted, error: &io::Error) -> Self {
        Self { sign, what: Answer::of(error).and_then(|answer| advice(wanted, answer)) }
    }

    /// What to do where a library has no room.
    pub const NO_ROOM: Self = Self { sign: "; ", what: advice(Wanted::Library, Answer::NoRoom) };
}

impl fmt::Display for Advice {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.what {
            Some(what) => write!(out, "{}{what}", self.sign),
            None => Ok(()),
        }
    }
}

/// The table.
const fn advice(wanted: Wanted, answer: Answer) -> Option<&'static str> {
    Some(match (answer, wanted) {
        (Answer::Forbidden, Wanted::Published) => "let yourself read it (chmod u+r), or ask its owner to",
        (Answer::Forbidden | Answer::ReadOnly, Wanted::Keeping) => {
            "name a library that you can write with --library DIR"
        }
        (Answer::Forbidden, Wanted::Library) => {
            "ask its owner to let you, or name a library of your own with --library DIR"
        }
        (Answer::Forbidden | Answer::ReadOnly, Wanted::Saved) => "name a file in a folder that you can write",
        (Answer::ReadOnly, Wanted::Library) => "name a library that can be written with --library DIR",
        (Answer::NoRoom, Wanted::Published | Wanted::Keeping) => "make room on the disk, and import again",
        (Answer::NoRoom, Wanted::Library) => "make room on the disk, and try again",
        (Answer::NoRoom, Wanted::Saved) => "make room on the disk, or name a file on another one",
        (Answer::NotThere, Wanted::Published | Wanted::Keeping) => {
            "look whether the path is written as it is, and give a file or folder that is there"
        }
        (Answer::NotThere | Answer::NotAFolder, Wanted::Saved) => "name a file in a folder that is there",
        (Answer::NotAFolder, Wanted::Published | Wanted::Keeping) => {
            "a part of the path is a file and no folder: write the path as it is"
        }
        (Answer::NotAFolder, Wanted::Library) => {
            "a part of the path is a file and no folder: name another library with --library DIR"
        }
        (Answer::Circle, Wanted::Published | Wanted::Keeping) => "links lead round in a circle: give the file itself",
        (Answer::ReadOnly, Wanted::Published)
        | (Answer::NotThere, Wanted::Library)
        | (Answer::Circle, Wanted::Library | Wanted::Saved) => return None,
    })
}

#[cfg(test)]
mod tests {
    use rustix::io::Errno;

    use super::*;

    #[test]
    fn what_to_do_depends_on_what_was_wanted() {
        let told = |wanted, errno: Errno| Advice::behind("; ", wanted, &errno.into()).to_string();
        assert_eq!(told(Wanted::Saved, Errno::NOSPC), "; make room on the disk, or name a file on another one");
        assert_eq!(told(Wanted::Library, Errno::DQUOT), "; make room on the disk, and try again");
        assert!(
            told(Wanted::Published, Errno::LOOP).contains("circle") && told(Wanted::Library, Errno::LOOP).is_empty()
        );
        assert!(
            told(Wanted::Keeping, Errno::ROFS).contains("--library") && told(Wanted::Published, Errno::ROFS).is_empty()
        );
        assert_eq!(told(Wanted::Published, Errno::IO), "");
        assert!(is_out_of_room(&Errno::NOSPC.into()) && !is_out_of_room(&Errno::ACCESS.into()));
    }
}
