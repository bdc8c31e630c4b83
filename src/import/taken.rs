//! Taking a file: its bytes as they are at one moment, with their hash. What is read is what is hashed and what is kept,
//! whatever happens to the file meanwhile.

use std::fmt::Write as _;
use std::fs::{self, File, Metadata};
use std::io::{self, Read, Seek, Write};
use std::os::fd::AsRawFd;
use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};
use std::path::Path;

use rustix::fs::OFlags;
use sha2::{Digest, Sha256};

use super::{ImportError, Input};

/// The largest file that is read: seven times the largest that was ever published (29 MB).
pub(super) const LARGEST_FILE: u64 = 200 << 20;

/// How much is copied at a time.
const PIECE: usize = 256 << 10;

/// The bytes of a file.
#[derive(Debug)]
pub(super) struct Taken {
    /// The file's name.
    pub(super) name: String,
    /// SHA-256 of the bytes, in lower-case hexadecimal.
    pub(super) sha256: String,
    /// The bytes.
    pub(super) bytes: Bytes,
}

/// Where bytes are.
#[derive(Debug)]
pub(super) enum Bytes {
    /// In memory.
    Memory(Vec<u8>),
    /// In a file that has no name, so that nothing of it is left behind however the program ends.
    Nameless(File),
}

impl Taken {
    /// Takes a file: into a file without a name in the folder given, else into memory.
    pub(super) fn take(input: &Input, keep: Option<&Path>) -> Result<Self, ImportError> {
        let (mut file, before) = open(input)?;
        let not_kept = |source| {
            let folder = keep.map(Path::to_owned).unwrap_or_default();
            ImportError::NotKept { file: input.name.clone(), folder, source }
        };
        let mut bytes = match keep {
            None => Bytes::Memory(Vec::with_capacity(usize::try_from(before.len()).unwrap_or_default())),
            Some(folder) => Bytes::Nameless(tempfile::tempfile_in(folder).map_err(not_kept)?),
        };
        let sha256 = copy(input, (&mut file, &before), &mut bytes, &not_kept)?;
        Ok(Self { name: input.name.clone(), sha256, bytes })
    }

    /// The bytes, for reading them in this process.
    pub(super) fn whole(&mut self) -> io::Result<Vec<u8>> {
        match &mut self.bytes {
            Bytes::Memory(bytes) => Ok(std::mem::take(bytes)),
            Bytes::Nameless(file) => {
                file.rewind()?;
                let mut bytes = Vec::with_capacity(usize::try_from(file.metadata()?.len()).unwrap_or_default());
                file.read_to_end(&mut bytes)?;
                Ok(bytes)
            }
        }
    }

    /// The bytes as a file that can be read only, for another process; none where they are in memory.
    pub(super) fn readable(&mut self) -> io::Result<Option<File>> {
        let Bytes::Nameless(file) = &mut self.bytes else { return Ok(None) };
        file.rewind()?;
        // Opened anew, so that it cannot be written; a system without this path shares the file as it is.
        match File::open(format!("/proc/self/fd/{}", file.as_raw_fd())) {
            Ok(file) => Ok(Some(file)),
            Err(_) => file.try_clone().map(Some),
        }
    }
}

/// Opens a regular file, and nothing that could block or answer for ever.
fn open(input: &Input) -> Result<(File, Metadata), ImportError> {
    let failed = |source| ImportError::File { path: input.path.clone(), source };
    refuse_irregular(input, &fs::metadata(&input.path).map_err(failed)?)?;
    // What stands there can be another file by now: a pipe would block without the flag.
    let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
    let flags = i32::try_from(flags.bits()).unwrap_or_default();
    let file = File::options().read(true).custom_flags(flags).open(&input.path).map_err(failed)?;
    let kind = file.metadata().map_err(failed)?;
    refuse_irregular(input, &kind)?;
    Ok((file, kind))
}

fn refuse_irregular(input: &Input, metadata: &Metadata) -> Result<(), ImportError> {
    let kind = metadata.file_type();
    let what = if kind.is_file() {
        return Ok(());
    } else if kind.is_dir() {
        "a folder and no file; give it without the others, and the files in it are read"
    } else if kind.is_fifo() || kind.is_socket() {
        "a pipe or socket and no file; save what it gives, and name that file"
    } else {
        "a device and no file; give a file as it was published"
    };
    Err(input.refused(what))
}

/// Copies a file, and returns the hash of what was copied.
fn copy(
    input: &Input,
    (file, before): (&mut File, &Metadata),
    bytes: &mut Bytes,
    not_kept: &dyn Fn(io::Error) -> ImportError,
) -> Result<String, ImportError> {
    let failed = |source| ImportError::File { path: input.path.clone(), source };
    let changed = || input.refused("it changed while it was read; wait until it is complete, and import it again");
    if before.len() > LARGEST_FILE {
        return Err(input.refused(format!("larger than {} MB, which no published register is", LARGEST_FILE >> 20)));
    }
    let mut hash = Sha256::new();
    let mut piece = vec![0; PIECE];
    let mut copied = 0_u64;
    loop {
        let count = match file.read(&mut piece) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(failed(error)),
        };
        copied += count as u64;
        // A file that grows as fast as it is read would never end.
        if copied > before.len() {
            return Err(changed());
        }
        hash.update(&piece[..count]);
        match bytes {
            Bytes::Memory(bytes) => bytes.extend_from_slice(&piece[..count]),
            Bytes::Nameless(kept) => kept.write_all(&piece[..count]).map_err(not_kept)?,
        }
    }
    let after = file.metadata().map_err(failed)?;
    if copied != after.len() || before.modified().ok() != after.modified().ok() {
        return Err(changed());
    }
    Ok(hexadecimal(&hash.finalize()))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}
