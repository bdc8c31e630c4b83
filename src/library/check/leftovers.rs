//! What imports and removals left that were killed: no harm, but room on the disk.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rustix::fs::FlockOperation;

use super::CURRENT;
use crate::library::choice::REMOVED;
use crate::library::publish::generations;
use crate::library::turn::{BUILDING, LOCK};
use crate::library::{EDITIONS, Library};

/// Something that nobody needs any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leftover {
    /// Of an import that was killed: the next import, of any edition, clears it.
    OfImport(PathBuf),
    /// The same, or of an import that is at work: whoever runs the program cannot tell.
    OfSomeImport(PathBuf),
    /// A generation that no link leads to: the next import of the same edition clears it.
    Generation(PathBuf),
    /// Of a removal that was killed: nothing clears it by itself.
    OfRemoval(PathBuf),
}

/// Whether an import is writing an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Writing {
    No,
    Yes,
    CannotTell,
}

impl Library {
    /// What was left in it.
    pub fn leftovers(&self) -> Vec<Leftover> {
        let mut left = Vec::new();
        for folder in folders(&self.root().join(EDITIONS)) {
            let name = folder.file_name().unwrap_or_default().to_string_lossy();
            if name.starts_with(REMOVED) {
                left.push(Leftover::OfRemoval(folder));
            } else {
                of_edition(&folder, &mut left);
            }
        }
        left
    }
}

fn of_edition(folder: &Path, left: &mut Vec<Leftover>) {
    let mut begun: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(BUILDING)))
        .collect();
    begun.sort();
    let unlinked = unlinked(folder);
    if begun.is_empty() && unlinked.is_empty() {
        return;
    }
    match writing(folder) {
        Writing::Yes => {}
        Writing::No => {
            // An import that has ended since took what it made with it.
            begun.retain(|path| path.symlink_metadata().is_ok());
            left.extend(begun.into_iter().map(Leftover::OfImport));
            left.extend(unlinked.into_iter().filter(|path| path.exists()).map(Leftover::Generation));
        }
        Writing::CannotTell => left.extend(begun.into_iter().map(Leftover::OfSomeImport)),
    }
}

/// Generations beside the current one and the one before it.
fn unlinked(folder: &Path) -> Vec<PathBuf> {
    let named = fs::read_link(folder.join(CURRENT)).ok();
    let number = named.as_deref().and_then(Path::file_name).and_then(OsStr::to_str).and_then(|name| name.parse().ok());
    let Some(current): Option<u64> = number else { return Vec::new() };
    let mut others = generations(folder).unwrap_or_default();
    others.sort_unstable();
    let before = others.iter().copied().filter(|other| *other < current).max();
    others.retain(|other| *other != current && Some(*other) != before);
    // One that was just put into place is named by the link by now.
    if fs::read_link(folder.join(CURRENT)).ok() != named {
        return Vec::new();
    }
    others.into_iter().map(|other| folder.join(format!("{other:06}"))).collect()
}

/// Whether an edition is one that no import is writing, as far as can be told.
pub(super) fn is_free(folder: &Path) -> bool {
    writing(folder) != Writing::Yes
}

/// Asks for the lock that imports take turns on, and gives it back at once; nothing is written, and nothing waits.
fn writing(folder: &Path) -> Writing {
    match File::open(folder.join(LOCK)) {
        Ok(file) => match rustix::fs::flock(&file, FlockOperation::NonBlockingLockShared) {
            Ok(()) => {
                let _ = rustix::fs::flock(&file, FlockOperation::Unlock);
                Writing::No
            }
            Err(rustix::io::Errno::WOULDBLOCK) => Writing::Yes,
            Err(_) => Writing::CannotTell,
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Writing::No,
        Err(_) => Writing::CannotTell,
    }
}

/// The folders in a folder, in the order of their names.
pub(super) fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    found.sort();
    found
}
