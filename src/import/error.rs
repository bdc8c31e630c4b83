//! Why nothing was imported.

use std::io;
use std::path::PathBuf;

use crate::system::{Advice, Wanted};

/// Why nothing was imported. Every message names the file and says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// No file was given, or the folders given hold none.
    #[error("{}: there is no .txt, .html or .xlsx file here; give a published page or workbook", .0.display())]
    NoFiles(PathBuf),
    /// A file that the system does not give.
    #[error("{}: {source}{}", path.display(), Advice::behind("; ", Wanted::Published, source))]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file whose bytes cannot be kept: what is wrong is not in the file, and another file would come to the same.
    #[error(
        "{file} could not be copied into {}: {source}{}; nothing of this import was kept, and what was imported before is \
         as it was",
        folder.display(), Advice::behind("; ", Wanted::Keeping, source)
    )]
    NotKept {
        /// The file's name.
        file: String,
        /// Where it was to be kept.
        folder: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file that is no register, or none that is read yet.
    #[error("{file}: {what}")]
    Refused {
        /// Its name.
        file: String,
        /// What is wrong, and what to do.
        what: String,
    },
    /// The process that reads a file could not be started.
    #[error("files are read in a process of their own, and {} could not be started for it: {source}; is the program \
             still where it was, and is the folder /proc there?", program.display())]
    NoProcess {
        /// The program.
        program: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A name that no edition can have.
    #[error("\"{0}\" cannot name an edition: use letters, digits, - _ and . (not first), and not \"sample\"")]
    Slug(String),
    /// Workbooks that cannot be one edition.
    #[error(
        "these workbooks are of different editions, and each would hide what the others say: {0}; import them one by one, \
         each by a command of its own"
    )]
    SeveralEditions(String),
    /// Files whose edition nothing says.
    #[error(
        "{0}: neither the file's name nor its README sheet says which month this is; name the edition with --edition 2017-11"
    )]
    NoEdition(String),
}

impl ImportError {
    /// What is wrong, without the file's name.
    pub(super) fn what(&self) -> String {
        match self {
            Self::Refused { what, .. } => what.clone(),
            Self::File { source, .. } => format!("{source}{}", Advice::behind("; ", Wanted::Published, source)),
            other => other.to_string(),
        }
    }
}
