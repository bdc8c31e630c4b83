//! The user's own list of names, beside the one that comes with the program.

use std::borrow::Cow;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::names::{Fault, Names};

/// Name of the list in the user's configuration folder.
const FILE: &str = "aliases.toml";

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
    let text = match fs::read_to_string(&path) {
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
