//! The user's own list of names, beside the one that comes with the program.

use std::borrow::Cow;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;

use crate::names::{Fault, Names};

/// Name of the list in the user's configuration folder.
const FILE: &str = "aliases.toml";

/// The largest list that is read; the one that comes with the program has a twentieth of that.
const LARGEST: u64 = 1 << 20;

/// The names to use, and what is wrong with the user's own list.
#[derive(Debug)]
pub struct UserNames {
    /// With the user's own list; without it if it has a fault.
    pub names: Cow<'static, Names>,
    /// All faults of the list.
    pub faults: Vec<ListFault>,
}

/// What is wrong with a user's list.
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
        /// What is wrong, and in which line.
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

/// The names with the user's own list: the one given, else `aliases.toml` in the user's configuration folder if there is
/// one. A list with a fault is left out whole, so that no answer rests on half of it.
pub fn names(list: Option<&Path>) -> UserNames {
    let built_in = |faults| UserNames { names: Cow::Borrowed(Names::built_in()), faults };
    let folders = directories::ProjectDirs::from("", "", "outflow");
    let own = || folders.map(|folders| folders.config_dir().join(FILE));
    let Some(path) = list.map(Path::to_owned).or_else(own) else { return built_in(Vec::new()) };
    let text = match read(&path) {
        Ok(text) => text,
        Err(error) if list.is_none() && error.kind() == io::ErrorKind::NotFound => return built_in(Vec::new()),
        Err(source) => return built_in(vec![ListFault::File { path, source }]),
    };
    match Names::with(&text) {
        Ok(names) => UserNames { names: Cow::Owned(names), faults: Vec::new() },
        Err(faults) => {
            built_in(faults.into_iter().map(|fault| ListFault::Entry { path: path.clone(), fault }).collect())
        }
    }
}

/// Reads a list, and nothing that could block or answer for ever.
fn read(path: &Path) -> io::Result<String> {
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
    let mut text = String::new();
    let read = file.take(LARGEST + 1).read_to_string(&mut text)?;
    if read as u64 > LARGEST {
        return unfit(format!("larger than {} MB, which no list of names is; name another file", LARGEST >> 20));
    }
    Ok(text)
}
