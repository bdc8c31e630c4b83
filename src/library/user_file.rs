//! The user's own files: found where an option names them, else in the user's configuration folder, and read so that
//! nothing blocks or answers for ever.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;

use crate::text::Fault;

/// The largest list or file of settings that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// A user's own file, read whole.
#[derive(Debug)]
pub struct UserFile {
    /// Where it is.
    pub path: PathBuf,
    /// What it says.
    pub text: String,
}

/// What is wrong with a user's list or settings.
#[derive(Debug)]
pub enum ListFault {
    /// It cannot be read.
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// An entry of it cannot be used.
    Entry {
        /// Which list.
        path: PathBuf,
        /// What is wrong with it.
        fault: Fault,
    },
}

impl fmt::Display for ListFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, source } => write!(out, "{}: {source}", path.display()),
            Self::Entry { path, fault } => write!(out, "{}, {fault}", path.display()),
        }
    }
}

impl UserFile {
    /// A fault in one of its lines.
    pub fn fault(&self, fault: Fault) -> ListFault {
        ListFault::Entry { path: self.path.clone(), fault }
    }
}

/// Where such a file is looked for; nowhere where there is no home folder.
pub fn place(named: Option<&Path>, name: &str) -> Option<PathBuf> {
    let own = || directories::ProjectDirs::from("", "", "outflow").map(|folders| folders.config_dir().join(name));
    named.map(Path::to_owned).or_else(own)
}

/// The file that is named, else the one of this name in the user's configuration folder, if it is there.
///
/// # Errors
/// Where it cannot be read; one that is named must be there.
pub fn find(named: Option<&Path>, name: &str) -> Result<Option<UserFile>, ListFault> {
    let Some(path) = place(named, name) else { return Ok(None) };
    match read(&path, LARGEST) {
        Ok(text) => Ok(Some(UserFile { path, text })),
        Err(error) if named.is_none() && error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(ListFault::File { path, source }),
    }
}

/// What a reader makes of the file that [`find`] finds; nothing where there is none. A file with a fault is left out whole, so that
/// no answer rests on half of it.
///
/// # Errors
/// All that is wrong with it.
pub(super) fn read_whole<T>(
    named: Option<&Path>,
    name: &str,
    reader: impl FnOnce(&UserFile) -> Result<T, Vec<Fault>>,
) -> Result<Option<T>, Vec<ListFault>> {
    let Some(file) = find(named, name).map_err(|fault| vec![fault])? else { return Ok(None) };
    let told = |faults: Vec<Fault>| faults.into_iter().map(|fault| file.fault(fault)).collect();
    reader(&file).map(Some).map_err(told)
}

/// Reads a text file of so many bytes at most, and nothing that could block or answer for ever.
pub(super) fn read(path: &Path, largest: u64) -> io::Result<String> {
    let unfit = |what: String| Err(io::Error::new(io::ErrorKind::InvalidInput, what));
    let irregular = || unfit("no regular file; name a list as a text file".to_owned());
    if !fs::metadata(path)?.is_file() {
        return irregular();
    }
    // What stands there can be another file by now: a pipe would block without the flag.
    let flags = i32::try_from((OFlags::NONBLOCK | OFlags::NOCTTY).bits()).unwrap_or_default();
    let file = File::options().read(true).custom_flags(flags).open(path)?;
    if !file.metadata()?.is_file() {
        return irregular();
    }
    let mut bytes = Vec::new();
    let read = file.take(largest + 1).read_to_end(&mut bytes)?;
    if read as u64 > largest {
        return unfit(format!("larger than {} MB, which no such list is; name another file", largest >> 20));
    }
    String::from_utf8(bytes).or_else(|_| unfit("no text in UTF-8; save it as UTF-8".to_owned()))
}
