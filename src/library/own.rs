//! A person's own things, which no other user of a library sees: what they have dismissed, the searches they have saved,
//! what they searched for, what they marked, and the requests for information that they drafted.
//!
//! They live in a folder of the person's own, beside the library or away from it. They are written beside and renamed into
//! place, by one writer after another, and never through a symbolic link.

mod dismissed;
mod drafts;
mod marks;
mod queries;
mod searches;

use std::fs::{self, DirBuilder, File};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::{FlockOperation, OFlags};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

pub use drafts::Draft;
pub use queries::add_query;

use super::user_file;

/// Name of the folder, in the user's folder for data.
const FOLDER: &str = "own";

/// File that writers take turns on.
const LOCK: &str = ".lock";

/// The version of the files' layout.
const SCHEMA: u32 = 1;

/// The largest file that is read or written, in bytes: thousands of dismissals with their reasons, or fifty searches that each
/// find a whole register. Every start reads it, and one takes up to ten times as much memory.
const LARGEST: u64 = 8 << 20;

/// How long to wait for another writer, and the time between two looks.
const PATIENCE: Duration = Duration::from_secs(5);
const LOOK: Duration = Duration::from_millis(20);

/// A person's own folder; it need not exist yet.
#[derive(Debug, Clone)]
pub struct Own {
    folder: PathBuf,
}

/// What can go wrong with a person's own things. Nothing was written then.
#[derive(Debug, thiserror::Error)]
pub enum OwnError {
    /// No folder to keep them in.
    #[error("there is no home folder to keep your own things in; name a folder with --own DIR or OUTFLOW_OWN")]
    NoHome,
    /// A file or folder of it.
    #[error("{}: {source}; your own things can be kept elsewhere with --own DIR", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file that does not hold what it should.
    #[error("{} is damaged ({message}); it was left as it is: mend it, or move it away to begin anew", path.display())]
    Damaged {
        /// Which.
        path: PathBuf,
        /// What is wrong with it.
        message: String,
    },
    /// A file of another version of the program.
    #[error("{} was written by a newer version of this program; it was left as it is", path.display())]
    Newer {
        /// Which.
        path: PathBuf,
    },
    /// A symbolic link where a file should be.
    #[error("{} is a symbolic link, and is not written through; put the file itself there, or name another folder with --own DIR", path.display())]
    Link {
        /// Which.
        path: PathBuf,
    },
    /// Another program is writing.
    #[error("another Outflow is writing {}; try again when it has finished", path.display())]
    Busy {
        /// What.
        path: PathBuf,
    },
}

/// What one file of the folder holds.
trait Kept: Clone + Default + PartialEq + Serialize + DeserializeOwned {
    /// The name of the file.
    const FILE: &'static str;
}

/// A file as it is written.
#[derive(Debug, Serialize)]
struct Whole<'a, T> {
    schema: u32,
    #[serde(flatten)]
    kept: &'a T,
}

/// What every version of a file says first.
#[derive(Debug, Deserialize)]
struct Stamp {
    schema: u32,
}

/// Reads one file of a folder, for what is wrong with it.
type Reader = fn(&Own) -> Result<(), OwnError>;

impl Own {
    /// Reads every file of it that is there: where each is, and what is wrong with it.
    pub(super) fn examine(&self) -> Vec<(PathBuf, Option<OwnError>)> {
        let files: [(&str, Reader); 5] = [
            reader::<dismissed::Dismissed>(),
            reader::<marks::Marks>(),
            reader::<searches::Searches>(),
            reader::<queries::Queries>(),
            reader::<drafts::Drafts>(),
        ];
        let there = files.into_iter().filter(|(name, _)| fs::symlink_metadata(self.folder.join(name)).is_ok());
        let read = |(name, read): (&str, Reader)| {
            let path = self.folder.join(name);
            // A link that leads nowhere reads as no file at all.
            let fault = fs::metadata(&path).map_err(at(&path)).err().or_else(|| read(self).err());
            (path, fault)
        };
        there.map(read).collect()
    }

    /// In a given folder.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// In the system's folder for the user's data, whichever library is read.
    ///
    /// # Errors
    /// [`OwnError::NoHome`] where the system has no such folder.
    pub fn of_user() -> Result<Self, OwnError> {
        let folders = directories::ProjectDirs::from("", "", "outflow").ok_or(OwnError::NoHome)?;
        Ok(Self::at(folders.data_dir().join(FOLDER)))
    }

    /// What a file holds; nothing where it is not there. Takes no lock: a file is replaced whole.
    fn read<T: Kept>(&self) -> Result<T, OwnError> {
        let path = self.folder.join(T::FILE);
        let text = match user_file::read(&path, LARGEST) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(T::default()),
            Err(source) => return Err(OwnError::File { path, source }),
        };
        let damaged = |error: serde_json::Error| OwnError::Damaged { path: path.clone(), message: error.to_string() };
        let stamp: Stamp = serde_json::from_str(&text).map_err(damaged)?;
        if stamp.schema > SCHEMA {
            return Err(OwnError::Newer { path });
        }
        serde_json::from_str(&text).map_err(damaged)
    }

    /// Changes what a file holds, and says what it holds then. It is read anew under a lock, so that nothing is lost that
    /// another program of the same person wrote meanwhile. On an error, what was there is there still.
    fn rewrite<T: Kept>(&self, change: impl FnOnce(&mut T)) -> Result<T, OwnError> {
        self.rewrite_with(change).map(|(kept, ())| kept)
    }

    /// The same, and what the change says of itself.
    fn rewrite_with<T: Kept, R>(&self, change: impl FnOnce(&mut T) -> R) -> Result<(T, R), OwnError> {
        self.make_folder()?;
        let path = self.folder.join(T::FILE);
        let _turn = self.take_turn()?;
        if fs::symlink_metadata(&path).is_ok_and(|found| found.is_symlink()) {
            return Err(OwnError::Link { path });
        }
        let mut kept: T = self.read()?;
        let before = kept.clone();
        let said = change(&mut kept);
        if kept != before {
            self.write(&path, &kept)?;
        }
        Ok((kept, said))
    }

    fn make_folder(&self) -> Result<(), OwnError> {
        if self.folder.is_dir() {
            return Ok(());
        }
        // Only this folder is closed to others: the shared library can stand beside it. Above it nobody else may write either,
        // who could put another folder in its place.
        if let Some(parent) = self.folder.parent() {
            DirBuilder::new().recursive(true).mode(0o755).create(parent).map_err(at(parent))?;
        }
        match DirBuilder::new().mode(0o700).create(&self.folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(at(&self.folder)(error)),
            _ => Ok(()),
        }
    }

    /// Waits until no other program writes; the lock ends with the file.
    fn take_turn(&self) -> Result<File, OwnError> {
        let path = self.folder.join(LOCK);
        let flags = i32::try_from(OFlags::NOFOLLOW.bits()).unwrap_or_default();
        let mut options = File::options();
        let opened = options.create(true).truncate(false).write(true).mode(0o600).custom_flags(flags).open(&path);
        let file = match opened {
            Err(error) if error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error()) => {
                return Err(OwnError::Link { path });
            }
            opened => opened.map_err(at(&path))?,
        };
        let deadline = Instant::now() + PATIENCE;
        loop {
            match rustix::fs::flock(&file, FlockOperation::NonBlockingLockExclusive) {
                Ok(()) => return Ok(file),
                Err(rustix::io::Errno::WOULDBLOCK) if Instant::now() < deadline => thread::sleep(LOOK),
                Err(rustix::io::Errno::WOULDBLOCK) => return Err(OwnError::Busy { path: self.folder.clone() }),
                Err(error) => return Err(at(&path)(error.into())),
            }
        }
    }

    /// Writes the file beside and renames it into place. A temporary file is its owner's alone, and stays so.
    fn write<T: Kept>(&self, path: &Path, kept: &T) -> Result<(), OwnError> {
        let mut bytes = serde_json::to_vec_pretty(&Whole { schema: SCHEMA, kept })
            .map_err(|error| OwnError::Damaged { path: path.to_owned(), message: error.to_string() })?;
        bytes.push(b'\n');
        if bytes.len() as u64 > LARGEST {
            // It could not be read again.
            let full = format!("it would be larger than {} MB; remove something from it first", LARGEST >> 20);
            return Err(at(path)(io::Error::new(io::ErrorKind::FileTooLarge, full)));
        }
        let mut file = tempfile::NamedTempFile::new_in(&self.folder).map_err(at(&self.folder))?;
        file.write_all(&bytes).map_err(at(path))?;
        file.as_file().sync_all().map_err(at(path))?;
        file.persist(path).map_err(|error| at(path)(error.error))?;
        File::open(&self.folder).and_then(|folder| folder.sync_all()).map_err(at(&self.folder))
    }
}

fn reader<T: Kept>() -> (&'static str, Reader) {
    (T::FILE, |own| own.read::<T>().map(drop))
}

fn at(path: &Path) -> impl Fn(io::Error) -> OwnError {
    let path = path.to_owned();
    move |source| OwnError::File { path: path.clone(), source }
}
