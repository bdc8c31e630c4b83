//! Turns: imports of one edition write one after another, and what a killed one left is cleared.

use std::fs::{self, DirBuilder, File, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::FlockOperation;

use super::publish::at;
use super::{CURRENT, EDITIONS, Library, LibraryError, Unfinished};

/// Beginning of the name of a folder that an import is still building.
pub(super) const BUILDING: &str = ".import-";

/// File that imports of one edition take turns on; readers never touch it.
pub(super) const LOCK: &str = ".lock";

/// The rights of a folder that others may read and not write.
const OPEN_TO_READ: u32 = 0o755;

/// Time between two looks at whether a turn has come.
const LOOK: Duration = Duration::from_millis(25);

/// The turn to write one edition. When it ends without an edition in place, the folders made for it are removed.
#[derive(Debug)]
pub(super) struct Turn {
    lock: Lock,
    place: Place,
    unfinished: Unfinished,
}

/// An edition's lock, held.
#[derive(Debug)]
struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file does not let go of it where a process that was just started holds it open for a moment too.
        let _ = rustix::fs::flock(&self.0, FlockOperation::Unlock);
    }
}

/// Where an edition is to be, and which folders did not exist before.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// The edition's folder.
    edition: PathBuf,
    /// Folders that were made, the outermost first.
    made: Vec<PathBuf>,
}

/// How a turn came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Came {
    /// At once.
    AtOnce,
    /// After another import had the edition.
    AfterAnother,
}

impl Library {
    /// Takes the turn to write an edition; waits for it as long as is given, and tells once that it does.
    pub(super) fn take_turn(
        &self,
        slug: &str,
        patience: Duration,
        unfinished: &Unfinished,
        waits: &mut dyn FnMut(),
    ) -> Result<(Turn, Came), LibraryError> {
        let deadline = Instant::now() + patience;
        let mut came = Came::AtOnce;
        loop {
            let begun = unfinished.begin(|| {
                let place = self.prepare(slug)?;
                match try_lock(&place.edition) {
                    Ok(lock) => Ok(lock.map(|lock| (lock, place))),
                    // Whoever had the turn before has just removed the folder.
                    Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                    Err(source) => Err(LibraryError::File { path: place.edition.join(LOCK), source }),
                }
            })?;
            if let Some((lock, place)) = begun {
                return Ok((Turn { lock, place, unfinished: unfinished.clone() }, came));
            }
            if Instant::now() >= deadline {
                return Err(LibraryError::Busy(slug.to_owned()));
            }
            if came == Came::AtOnce {
                came = Came::AfterAnother;
                waits();
            }
            thread::sleep(LOOK);
        }
    }

    fn prepare(&self, slug: &str) -> Result<Place, LibraryError> {
        let edition = self.edition_folder(slug);
        let editions = self.root().join(EDITIONS);
        let mut missing: Vec<PathBuf> =
            edition.ancestors().take_while(|folder| !folder.exists()).map(Path::to_owned).collect();
        missing.reverse();
        let mut made = Vec::new();
        for folder in missing.into_iter().filter(|folder| !folder.as_os_str().is_empty()) {
            match DirBuilder::new().mode(OPEN_TO_READ).create(&folder) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                Err(source) => return Err(LibraryError::File { path: folder, source }),
            }
            // Other users read the library too, and write nowhere above it, whatever the importing user's mask is.
            if folder == *self.root() || folder.starts_with(&editions) {
                fs::set_permissions(&folder, Permissions::from_mode(OPEN_TO_READ)).map_err(at(&folder))?;
            }
            made.push(folder);
        }
        Ok(Place { edition, made })
    }

    /// Clears what imports that were killed left in any edition. One that is at work holds the turn, and is passed over.
    pub(super) fn clear_abandoned(&self) {
        for edition in fs::read_dir(self.root().join(EDITIONS)).into_iter().flatten().flatten() {
            let edition = edition.path();
            let is_whole = edition.join(CURRENT).symlink_metadata().is_ok();
            if !edition.join(LOCK).exists() || (is_whole && left_behind(&edition).next().is_none()) {
                continue;
            }
            if let Ok(Some(lock)) = try_lock(&edition) {
                let place = Place { edition, made: Vec::new() };
                place.tidy();
                drop(lock);
            }
        }
    }
}

impl Turn {
    /// The edition's folder.
    pub(super) fn edition(&self) -> &Path {
        &self.place.edition
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        // The folder may have been moved away, and another stand in its place by now.
        self.unfinished.end(|| {
            if is_at(&self.lock.0, &self.place.edition.join(LOCK)) {
                self.place.tidy();
            }
        });
    }
}

impl Place {
    /// Removes what an import leaves that does not come to its end. Only for who has the turn.
    pub(super) fn tidy(&self) {
        for path in left_behind(&self.edition) {
            remove_while_written(&path);
        }
        if self.edition.join(CURRENT).symlink_metadata().is_err() {
            let _ = fs::remove_file(self.edition.join(LOCK));
            // Only folders that are empty go.
            let _ = fs::remove_dir(&self.edition);
            for folder in self.made.iter().rev() {
                let _ = fs::remove_dir(folder);
            }
        }
    }
}

/// What was being built in an edition.
fn left_behind(edition: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir(edition).into_iter().flatten().flatten();
    entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(BUILDING)).map(|entry| entry.path())
}

/// Removes a folder or file, also a folder in which something is still being written: a signal can come at any moment.
fn remove_while_written(path: &Path) {
    for _ in 0..100 {
        let removed =
            if path.is_dir() && !path.is_symlink() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
        match removed {
            Err(error) if error.kind() != io::ErrorKind::NotFound => thread::yield_now(),
            _ => return,
        }
    }
}

/// Takes an edition's lock, if nobody has it.
fn try_lock(edition: &Path) -> io::Result<Option<Lock>> {
    let path = edition.join(LOCK);
    // Whoever can open it could keep every import waiting.
    let file = File::options().create(true).truncate(false).write(true).mode(0o600).open(&path)?;
    match rustix::fs::flock(&file, FlockOperation::NonBlockingLockExclusive) {
        // Who had it before may have removed it, with or without its folder: then this is the lock of nothing.
        Ok(()) if is_at(&file, &path) => Ok(Some(Lock(file))),
        Ok(()) | Err(rustix::io::Errno::WOULDBLOCK) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn is_at(file: &File, path: &Path) -> bool {
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(one), Ok(other)) => (one.dev(), one.ino()) == (other.dev(), other.ino()),
        _ => false,
    }
}
