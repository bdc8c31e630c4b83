//! Reports as files: a file is there whole or not at all, nothing is written through a link, and nothing is replaced unasked.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::system::{Advice, Wanted};

/// What becomes of a file that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// It stays, and nothing is written.
    Kept,
    /// It is replaced, if it is a file.
    Replaced,
}

/// Why a report was not saved. What stood there before stands there still.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// Something has that name.
    #[error("name another file, for one is there already: {} (`outflow export --overwrite` replaces it)", path.display())]
    Exists {
        /// Which.
        path: PathBuf,
    },
    /// What has that name is no file.
    #[error("{} is {what}, and is not written to: name another file", path.display())]
    NoFile {
        /// Which.
        path: PathBuf,
        /// What it is.
        what: &'static str,
    },
    /// The folder, or the file.
    #[error("{}: {source}; nothing was written{}", path.display(), Advice::behind(": ", Wanted::Saved, source))]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// A file that remembers what the system answered: what is written into it may hand on no more than that it failed.
struct Heard<'a> {
    file: &'a File,
    answer: Option<i32>,
}

impl Write for Heard<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes);
        if let Err(error) = &written {
            self.answer = error.raw_os_error();
        }
        written
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Saves what is written as a file, and says how many bytes it has. It is written beside, readable for its owner alone, since a
/// server is shared and what somebody looks into is their own affair; it gets its name when it is whole.
///
/// # Errors
/// [`SaveError`], or the error of what is written; the file is not there then.
pub fn save<E: From<SaveError>>(
    path: &Path,
    existing: Existing,
    write: impl FnOnce(&mut dyn Write) -> Result<(), E>,
) -> Result<u64, E> {
    let failed = |source: io::Error| E::from(SaveError::File { path: path.to_owned(), source });
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    refuse(path, existing)?;
    let beside = NamedTempFile::new_in(folder).map_err(failed)?;
    let mut out = BufWriter::new(Heard { file: beside.as_file(), answer: None });
    let written = write(&mut out).and_then(|()| out.flush().map_err(failed));
    if let Some(answer) = out.get_ref().answer {
        return Err(failed(io::Error::from_raw_os_error(answer)));
    }
    written?;
    drop(out);
    beside.as_file().sync_all().map_err(failed)?;
    let bytes = beside.as_file().metadata().map_err(failed)?.len();
    let placed = match existing {
        Existing::Kept => beside.persist_noclobber(path),
        Existing::Replaced => beside.persist(path),
    };
    match placed {
        Ok(_) => Ok(bytes),
        // Something took the name meanwhile.
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
            Err(SaveError::Exists { path: path.to_owned() }.into())
        }
        Err(error) => Err(failed(error.error)),
    }
}

/// Refuses what must not be written to, before anything is made.
fn refuse(path: &Path, existing: Existing) -> Result<(), SaveError> {
    let found = match fs::symlink_metadata(path) {
        Ok(found) => found.file_type(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(source) => return Err(SaveError::File { path: path.to_owned(), source }),
    };
    let path = path.to_owned();
    let no_file = |what| Err(SaveError::NoFile { path: path.clone(), what });
    match existing {
        _ if found.is_symlink() => no_file("a symbolic link"),
        _ if found.is_dir() => no_file("a folder"),
        _ if !found.is_file() => no_file("no plain file"),
        Existing::Kept => Err(SaveError::Exists { path }),
        Existing::Replaced => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn put(path: &Path, existing: Existing, text: &str) -> Result<u64, SaveError> {
        save(path, existing, |out| {
            out.write_all(text.as_bytes()).map_err(|source| SaveError::File { path: path.to_owned(), source })
        })
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_there_whole_for_its_owner_alone_and_is_not_replaced_unasked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        assert_eq!(put(&path, Existing::Kept, "one").unwrap(), 3);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(matches!(put(&path, Existing::Kept, "two"), Err(SaveError::Exists { .. })));
        assert_eq!(fs::read_to_string(&path).unwrap(), "one");
        put(&path, Existing::Replaced, "two").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(names(folder.path()), ["a.md"]);
    }

    #[test]
    fn nothing_is_written_through_a_link_or_into_what_is_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("target"), folder.path().join("link"));
        fs::write(&target, "mine").unwrap();
        symlink(&target, &link).unwrap();
        symlink(folder.path().join("nowhere"), folder.path().join("dangling")).unwrap();
        fs::create_dir(folder.path().join("folder")).unwrap();
        rustix::fs::mkfifoat(rustix::fs::CWD, folder.path().join("pipe"), rustix::fs::Mode::from_raw_mode(0o600))
            .unwrap();
        for existing in [Existing::Kept, Existing::Replaced] {
            for name in ["link", "dangling", "folder", "pipe"] {
                let refused = put(&folder.path().join(name), existing, "x");
                assert!(matches!(refused, Err(SaveError::NoFile { .. })), "{name}");
            }
        }
        assert_eq!(fs::read_to_string(&target).unwrap(), "mine");
        assert_eq!(names(folder.path()), ["dangling", "folder", "link", "pipe", "target"]);
    }

    #[test]
    fn what_fails_on_the_way_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        let failed: Result<u64, SaveError> = save(&path, Existing::Kept, |out| {
            let source = out.write_all(b"half").err().unwrap_or_else(|| io::Error::other("no more"));
            Err(SaveError::File { path: path.clone(), source })
        });
        assert!(failed.is_err());
        assert!(names(folder.path()).is_empty());
        assert!(matches!(put(&folder.path().join("no/a.md"), Existing::Kept, "x"), Err(SaveError::File { .. })));
    }
}
