//! What can be wrong with an index, and why a search gives no answer.

use std::io;

use super::SCHEMA;
use crate::system::is_out_of_room;

/// What can be wrong with an index.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// A file that is not there, or cannot be opened.
    #[error("{file} cannot be opened ({message})")]
    Missing {
        /// Which.
        file: String,
        /// What the system said.
        message: String,
    },
    /// A file that is there, and that whoever runs the program may not read.
    #[error("{file} may not be read by you")]
    Forbidden {
        /// Which.
        file: String,
    },
    /// A file that cannot be written.
    #[error("{file} cannot be written ({source})")]
    Write {
        /// Which.
        file: String,
        /// What the system said.
        source: io::Error,
    },
    /// A file that does not hold what it should.
    #[error("{file} is damaged ({message})")]
    Damaged {
        /// Which.
        file: String,
        /// What is wrong.
        message: String,
    },
    /// An index of another version of the program.
    #[error("its index has format {found}, and this program reads format {SCHEMA}")]
    Schema {
        /// The format it has.
        found: u32,
    },
    /// Findings of another register.
    #[error("{projects} projects do not go with findings on {findings}")]
    Unequal {
        /// Projects of the register.
        projects: usize,
        /// Projects with findings.
        findings: usize,
    },
    /// What tantivy says.
    #[error("the postings cannot be used ({})", plain(.0))]
    Postings(#[from] tantivy::TantivyError),
    /// What the system says.
    #[error("the postings cannot be read ({0})")]
    Read(#[from] io::Error),
}

/// Why a search gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// A newer one is wanted.
    #[error("the search was cancelled")]
    Cancelled,
    /// It takes longer than a search may.
    #[error("the search was stopped after {} s: fewer words, or longer ones, are found sooner", .longest.as_secs_f32())]
    TooLong {
        /// How long it may take.
        longest: std::time::Duration,
    },
    /// The index cannot be read.
    #[error(transparent)]
    Index(#[from] IndexError),
}

impl IndexError {
    /// The file that it is about, where there is one.
    pub fn file(&self) -> Option<String> {
        use tantivy::TantivyError;
        use tantivy::directory::error::OpenReadError;
        match self {
            Self::Missing { file, .. }
            | Self::Forbidden { file }
            | Self::Write { file, .. }
            | Self::Damaged { file, .. } => Some(file.clone()),
            Self::Postings(TantivyError::OpenReadError(
                OpenReadError::FileDoesNotExist(filepath) | OpenReadError::IoError { filepath, .. },
            )) => Some(filepath.display().to_string()),
            _ => None,
        }
    }

    /// Whether nothing is wrong with the index but that whoever runs the program may not read it.
    pub fn is_forbidden(&self) -> bool {
        use tantivy::TantivyError::OpenReadError;
        use tantivy::directory::error::OpenReadError::IoError;
        match self {
            Self::Forbidden { .. } => true,
            Self::Postings(OpenReadError(IoError { io_error, .. })) => {
                io_error.kind() == io::ErrorKind::PermissionDenied
            }
            _ => false,
        }
    }

    /// Whether the disk has no room left for it.
    pub fn is_out_of_room(&self) -> bool {
        use tantivy::TantivyError;
        use tantivy::directory::error::OpenWriteError;
        match self {
            Self::Write { source, .. } | Self::Read(source) => is_out_of_room(source),
            Self::Postings(TantivyError::IoError(source)) => is_out_of_room(source),
            Self::Postings(TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, .. })) => {
                is_out_of_room(io_error)
            }
            _ => false,
        }
    }
}

/// What tantivy says, without the inside of its errors: which file, and what the system said of it.
fn plain(error: &tantivy::TantivyError) -> String {
    use tantivy::TantivyError;
    use tantivy::directory::error::OpenReadError;
    match error {
        TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(path)) => format!("{} is missing", path.display()),
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath }) => {
            format!("{}: {io_error}", filepath.display())
        }
        TantivyError::IoError(source) => source.to_string(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_of_the_postings_names_the_file_and_what_the_system_said() {
        use tantivy::directory::error::OpenReadError;
        let io_error = std::sync::Arc::new(io::Error::other("no such luck"));
        let error = OpenReadError::IoError { io_error, filepath: "meta.json".into() };
        let said = IndexError::from(tantivy::TantivyError::from(error)).to_string();
        assert_eq!(said, "the postings cannot be used (meta.json: no such luck)");
    }
    #[test]
    fn a_full_disk_is_told_by_the_error_wherever_the_postings_came_upon_it() {
        use tantivy::TantivyError;
        use tantivy::directory::error::OpenWriteError;
        let full = || io::Error::from(io::ErrorKind::StorageFull);
        let opening = OpenWriteError::wrap_io_error(full(), "meta.json".into());
        for error in [TantivyError::from(full()), TantivyError::from(opening)] {
            assert!(IndexError::from(error).is_out_of_room());
        }
        let words = TantivyError::ErrorInThread("os error 28".to_owned());
        assert!(!IndexError::from(words).is_out_of_room(), "words are no error of the system");
    }
}
