//! Locked mode as the kernel keeps it: for accounts that strangers log in to, whose program must read one library and do
//! nothing else.
//!
//! What the explorer offers in locked mode is its own affair (`explorer::lock`). This is the second wall, which holds where the
//! first one has a hole: before any other thread starts, the process gives up for good
//! - opening anything but the library, and that for reading (Landlock),
//! - every system call that the explorer does not need: starting programs, sockets, other processes (seccomp),
//! - and more of the machine than a reader takes (limits).
//!
//! Nothing here can be taken back, neither by the process nor by what it might start.

mod calls;
mod files;
mod limits;

use std::io;
use std::path::{Path, PathBuf};

/// What a kernel can be asked to refuse a process from now on.
pub trait Kernel {
    /// Refuses to open anything outside a folder, and to write anywhere.
    ///
    /// # Errors
    /// Says what is missing, as a part of a sentence.
    fn confine_files(&self, library: &Path) -> Result<(), String>;

    /// Refuses the system calls that a reader does not need.
    ///
    /// # Errors
    /// Says what is missing, as a part of a sentence.
    fn confine_calls(&self) -> Result<(), String>;

    /// Refuses more of the machine than a reader takes.
    ///
    /// # Errors
    /// Says what is missing, as a part of a sentence.
    fn limit(&self) -> Result<(), String>;
}

/// The kernel that the process runs on.
#[derive(Debug, Clone, Copy)]
pub struct ThisKernel;

impl Kernel for ThisKernel {
    fn confine_files(&self, library: &Path) -> Result<(), String> {
        files::confine(library)
    }

    fn confine_calls(&self) -> Result<(), String> {
        calls::confine()
    }

    fn limit(&self) -> Result<(), String> {
        limits::set()
    }
}

/// What becomes of a start on a kernel that cannot do all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lacking {
    /// It is refused.
    Refused,
    /// It goes on, with as much of it as there is.
    Allowed,
}

/// How far the kernel keeps the lock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// Whole.
    Whole,
    /// Not, or in part: what is missing.
    InPart(String),
}

/// Why locked mode did not start.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// The library is not there, or cannot be read.
    #[error("locked mode cannot start: the library {} cannot be read ({source}); the administrator names another with --library DIR", library.display())]
    Library {
        /// Where it should be.
        library: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The kernel cannot keep the lock.
    #[error(
        "locked mode cannot start: {0}; the administrator mends that, or goes by the list of allowed actions alone with --allow-unsandboxed"
    )]
    Lacking(String),
}

/// Has the kernel lock the process. To be called while it has one thread: those that it starts later are locked too, others
/// would not be.
///
/// # Errors
/// Where the library cannot be read, and where the kernel lacks something and that is not allowed.
pub fn lock(kernel: &impl Kernel, library: &Path, lacking: Lacking) -> Result<Kept, LockError> {
    library.read_dir().map_err(|source| LockError::Library { library: library.to_owned(), source })?;
    // The limits and the files first: the calls that it takes to set them are refused afterwards.
    let asked = [kernel.limit(), kernel.confine_files(library), kernel.confine_calls()];
    let missing: Vec<String> = asked.into_iter().filter_map(Result::err).collect();
    match lacking {
        _ if missing.is_empty() => Ok(Kept::Whole),
        Lacking::Refused => Err(LockError::Lacking(missing.join("; "))),
        Lacking::Allowed => Ok(Kept::InPart(missing.join("; "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A kernel of which it is said what it lacks; it locks nobody.
    struct Told {
        files: Result<(), String>,
        calls: Result<(), String>,
    }

    impl Kernel for Told {
        fn confine_files(&self, _library: &Path) -> Result<(), String> {
            self.files.clone()
        }

        fn confine_calls(&self) -> Result<(), String> {
            self.calls.clone()
        }

        fn limit(&self) -> Result<(), String> {
            Ok(())
        }
    }

    #[test]
    fn a_kernel_that_lacks_something_is_refused_unless_that_is_allowed() {
        let folder = tempfile::tempdir().unwrap();
        let whole = Told { files: Ok(()), calls: Ok(()) };
        for lacking in [Lacking::Refused, Lacking::Allowed] {
            assert_eq!(lock(&whole, folder.path(), lacking).unwrap(), Kept::Whole);
        }
        let without = |what: &str| Err(format!("this kernel has no {what}"));
        for kernel in [
            Told { files: without("files"), calls: Ok(()) },
            Told { files: Ok(()), calls: without("calls") },
            Told { files: without("files"), calls: without("calls") },
        ] {
            let said = lock(&kernel, folder.path(), Lacking::Refused).unwrap_err().to_string();
            let missing: Vec<&String> =
                [&kernel.files, &kernel.calls].into_iter().filter_map(|asked| asked.as_ref().err()).collect();
            assert!(said.contains("--allow-unsandboxed") && missing.iter().all(|what| said.contains(*what)), "{said}");
            assert!(
                matches!(lock(&kernel, folder.path(), Lacking::Allowed).unwrap(), Kept::InPart(told) if missing.iter().all(|what| told.contains(*what)))
            );
        }
    }

    #[test]
    fn a_library_that_is_not_there_is_never_allowed() {
        let folder = tempfile::tempdir().unwrap();
        let kernel = Told { files: Ok(()), calls: Ok(()) };
        for lacking in [Lacking::Refused, Lacking::Allowed] {
            let error = lock(&kernel, &folder.path().join("none"), lacking).unwrap_err();
            assert!(matches!(error, LockError::Library { .. }), "{error}");
        }
    }
}
