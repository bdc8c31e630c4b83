//! Files of an index: tantivy's directory for readers, and our own files beside it.
//!
//! tantivy's reader wants a lock file, and so a folder that it may write. An index that is published never changes, so
//! there is nothing to lock: the directory here forwards reads and refuses everything else. Our own files are read
//! through a directory too, which gives mapped bytes without unsafe code.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, INDEX_WRITER_LOCK, Lock, META_LOCK, MmapDirectory, OwnedBytes,
    TerminatingWrite, WatchCallback, WatchHandle, WritePtr,
};

use super::IndexError;

/// A published index: read-only, for any number of users at once, without locks.
#[derive(Debug, Clone)]
pub(super) struct Published(MmapDirectory);

impl Published {
    pub(super) fn open(folder: &Path) -> Result<Self, IndexError> {
        let file = || folder.display().to_string();
        MmapDirectory::open(folder).map(Self).map_err(|error| match error {
            OpenDirectoryError::IoError { io_error, .. } if io_error.kind() == io::ErrorKind::PermissionDenied => {
                IndexError::Forbidden { file: file() }
            }
            error => IndexError::Missing { file: file(), message: error.to_string() },
        })
    }
}

impl Directory for Published {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.0.get_file_handle(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.0.exists(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.0.atomic_read(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError { io_error: Arc::new(read_only()), filepath: path.to_owned() })
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::wrap_io_error(read_only(), path.to_owned()))
    }

    fn atomic_write(&self, _path: &Path, _data: &[u8]) -> io::Result<()> {
        Err(read_only())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        if lock.filepath == META_LOCK.filepath {
            return Ok(DirectoryLock::from(Box::new(())));
        }
        debug_assert_eq!(lock.filepath, INDEX_WRITER_LOCK.filepath);
        Err(LockError::LockBusy)
    }

    fn watch(&self, _callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}

fn read_only() -> io::Error {
    io::Error::new(io::ErrorKind::ReadOnlyFilesystem, "a published index is never changed")
}

/// Writes a value as JSON.
pub(super) fn write_json<T: Serialize>(directory: &dyn Directory, name: &str, value: &T) -> Result<(), IndexError> {
    let bytes = serde_json::to_vec(value).map_err(|error| damaged(name, &error))?;
    write(directory, name, &bytes)
}

/// Reads a JSON value.
pub(super) fn read_json<T: DeserializeOwned>(directory: &dyn Directory, name: &str) -> Result<T, IndexError> {
    let bytes = map(directory, name)?;
    serde_json::from_slice(&bytes).map_err(|error| damaged(name, &error))
}

/// Writes a value in its binary form.
pub(super) fn write_binary<T: Serialize>(directory: &dyn Directory, name: &str, value: &T) -> Result<(), IndexError> {
    let bytes = postcard::to_stdvec(value).map_err(|error| damaged(name, &error))?;
    write(directory, name, &bytes)
}

/// A file that is read when it is asked for. It is mapped from the beginning: who has an edition open goes on reading it when
/// another has taken its place.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    name: &'static str,
    bytes: OwnedBytes,
}

impl Kept {
    pub(super) fn open(directory: &dyn Directory, name: &'static str) -> Result<Self, IndexError> {
        Ok(Self { name, bytes: map(directory, name)? })
    }

    /// Reads a value in its binary form.
    pub(super) fn binary<T: DeserializeOwned>(&self) -> Result<T, IndexError> {
        postcard::from_bytes(&self.bytes).map_err(|error| damaged(self.name, &error))
    }

    /// Reads a value as JSON.
    pub(super) fn json<T: DeserializeOwned>(&self) -> Result<T, IndexError> {
        serde_json::from_slice(&self.bytes).map_err(|error| damaged(self.name, &error))
    }
}

/// Writes bytes.
pub(super) fn write(directory: &dyn Directory, name: &str, bytes: &[u8]) -> Result<(), IndexError> {
    directory.atomic_write(Path::new(name), bytes).map_err(|source| IndexError::Write { file: name.to_owned(), source })
}

/// Maps a file's bytes.
pub(super) fn map(directory: &dyn Directory, name: &str) -> Result<OwnedBytes, IndexError> {
    let missing = |message: String| IndexError::Missing { file: name.to_owned(), message };
    let slice = directory.open_read(&PathBuf::from(name)).map_err(|error| match &error {
        OpenReadError::IoError { io_error, .. } if io_error.kind() == io::ErrorKind::PermissionDenied => {
            IndexError::Forbidden { file: name.to_owned() }
        }
        _ => missing(error.to_string()),
    })?;
    slice.read_bytes().map_err(|error| missing(error.to_string()))
}

pub(super) fn damaged(file: &str, error: &dyn std::fmt::Display) -> IndexError {
    IndexError::Damaged { file: file.to_owned(), message: error.to_string() }
}

/// Many values in one file, read one at a time: the values in postcard's binary form, then where each begins and ends, then
/// how many there are. In JSON the records of the full register took a third more space, and importing it a fifth more
/// time. Values are written as they come: the records of an edition would not fit beside the register that they are of.
#[derive(Debug, Clone)]
pub(super) struct Table {
    name: &'static str,
    bytes: OwnedBytes,
    rows: usize,
    /// Where the offsets begin.
    offsets: usize,
}

/// Bytes of an offset, and of the number of rows at the end.
const OFFSET: usize = 8;

/// A table that is being written.
pub(super) struct TableWriter {
    name: &'static str,
    file: WritePtr,
    /// The value that is written.
    bytes: Vec<u8>,
    offsets: Vec<u8>,
    /// Bytes of values, and their number.
    at: u64,
    rows: u64,
}

impl TableWriter {
    pub(super) fn new(directory: &dyn Directory, name: &'static str) -> Result<Self, IndexError> {
        let file = directory
            .open_write(Path::new(name))
            .map_err(|error| not_written(name)(io::Error::other(error.to_string())))?;
        Ok(Self { name, file, bytes: Vec::new(), offsets: 0_u64.to_le_bytes().to_vec(), at: 0, rows: 0 })
    }

    pub(super) fn add<T: Serialize>(&mut self, value: &T) -> Result<(), IndexError> {
        self.bytes.clear();
        let bytes = std::mem::take(&mut self.bytes);
        self.bytes = postcard::to_extend(value, bytes).map_err(|error| damaged(self.name, &error))?;
        self.file.write_all(&self.bytes).map_err(not_written(self.name))?;
        self.at += self.bytes.len() as u64;
        self.offsets.extend(self.at.to_le_bytes());
        self.rows += 1;
        Ok(())
    }

    pub(super) fn end(mut self) -> Result<(), IndexError> {
        self.file.write_all(&self.offsets).map_err(not_written(self.name))?;
        self.file.write_all(&self.rows.to_le_bytes()).map_err(not_written(self.name))?;
        self.file.terminate().map_err(not_written(self.name))
    }
}

fn not_written(name: &'static str) -> impl FnOnce(io::Error) -> IndexError {
    |source| IndexError::Write { file: name.to_owned(), source }
}

impl Table {
    /// Writes values as a table.
    pub(super) fn write<T: Serialize>(
        directory: &dyn Directory,
        name: &'static str,
        values: impl Iterator<Item = T>,
    ) -> Result<(), IndexError> {
        let mut table = TableWriter::new(directory, name)?;
        for value in values {
            table.add(&value)?;
        }
        table.end()
    }

    /// Opens a table, and sees that it is whole.
    pub(super) fn open(directory: &dyn Directory, name: &'static str) -> Result<Self, IndexError> {
        let cut_off = || damaged(name, &"it is cut off");
        let bytes = map(directory, name)?;
        let end = bytes.len().checked_sub(OFFSET).ok_or_else(cut_off)?;
        let rows = number(&bytes, end).ok_or_else(cut_off)?;
        let taken = rows.checked_add(1).and_then(|count| count.checked_mul(OFFSET));
        let offsets = taken.and_then(|taken| end.checked_sub(taken)).ok_or_else(cut_off)?;
        // The last value ends where the offsets begin.
        if number(&bytes, end - OFFSET) != Some(offsets) {
            return Err(cut_off());
        }
        Ok(Self { name, bytes, rows, offsets })
    }

    /// How many values it holds.
    pub(super) fn len(&self) -> usize {
        self.rows
    }

    /// Reads one value.
    pub(super) fn get<T: DeserializeOwned>(&self, row: usize) -> Result<T, IndexError> {
        let at = self.offsets + row.min(self.rows) * OFFSET;
        let range = number(&self.bytes, at).zip(number(&self.bytes, at + OFFSET)).filter(|_| row < self.rows);
        let bytes = range.and_then(|(start, end)| self.bytes.get(start..end));
        let bytes = bytes.ok_or_else(|| damaged(self.name, &format!("it has no entry {row}")))?;
        postcard::from_bytes(bytes).map_err(|error| damaged(self.name, &error))
    }
}

/// The number that stands at a place.
pub(super) fn number(bytes: &OwnedBytes, start: usize) -> Option<usize> {
    let bytes = bytes.get(start..start.checked_add(OFFSET)?)?;
    usize::try_from(u64::from_le_bytes(bytes.try_into().ok()?)).ok()
}
