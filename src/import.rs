//! Import: published files in, a [`Register`] out. Knows no screen, and writes nothing that has a name.
//!
//! A file is taken (`taken`: its bytes at one moment, with their hash), read into a part of its own (`part`), in this
//! process or in one with limits (`apart`), and joined with the parts of other files (`join`).
//!
//! Read are the reformatted pages of every generation (2016 on) as text or saved HTML, the release register workbook of
//! 2016 to 2021, and the Data Uses Register workbook of July 2021 on.
//! Nothing is dropped silently: what was not understood is a [`Warning`] with its file and place.

#[allow(clippy::disallowed_methods, reason = "starts this program again, to read one file in a process of its own")]
mod apart;
mod edition;
mod error;
mod file;
mod html;
mod join;
mod months;
mod page;
mod part;
#[allow(clippy::disallowed_methods, reason = "copies what is read into a file without a name, in the library")]
mod taken;
mod workbook;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::register::Register;

pub use apart::{Apart, Limits, serve};
pub use error::ImportError;

use join::Joining;
use part::{Entry, Part};
use taken::{Bytes, Taken};

/// How many files and folders that are passed over are named.
const PASSED_OVER_NAMED: usize = 20;

/// What an import read.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// The edition.
    pub register: Register,
    /// What was not understood, and what else there is to say.
    pub report: Report,
}

/// What an import says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// What was not read, then what was not understood, in the order of the files.
    pub warnings: Vec<Warning>,
    /// What was understood and kept apart.
    pub notes: Vec<String>,
}

/// Something in a file that was not understood. What could be read is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// The file's name.
    pub file: String,
    /// Where in it: `line 12`, or `sheet DataReleases, row 17`; absent where it is about the whole file.
    pub place: Option<String>,
    /// What was not understood, and what was done.
    pub message: String,
}

/// How far reading has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress<'a> {
    /// A file is being read.
    Reading {
        /// Its name.
        file: &'a str,
        /// Which one it is, from 1.
        number: usize,
        /// How many there are.
        of: usize,
        /// How much of it has been read.
        done: u64,
        /// How much there is; 0 where that is not known yet.
        total: u64,
        /// What is counted.
        unit: Unit,
    },
}

/// What a file is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unit {
    /// Lines of a page.
    Lines,
    /// Rows of a sheet; sheets are counted one after another.
    Rows,
}

/// How much of a file has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Amount {
    done: u64,
    total: u64,
    unit: Unit,
}

/// A file to read, and the name that it has in the edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Where it is.
    pub path: PathBuf,
    /// Its name without folders.
    pub name: String,
}

impl Input {
    /// A file under the name that it has.
    pub fn of(path: &Path) -> Self {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        Self { path: path.to_owned(), name }
    }

    fn refused(&self, what: impl Into<String>) -> ImportError {
        ImportError::Refused { file: self.name.clone(), what: what.into() }
    }
}

/// How files are read.
#[derive(Debug, Clone, Default)]
pub struct Manner {
    /// Which process reads.
    pub process: Process,
    /// A folder in which the bytes are kept as they were read, in files without names; absent where nothing is to be
    /// kept, which [`Process::Apart`] does in the system's folder for temporary files.
    pub keep: Option<PathBuf>,
}

/// Which process reads a file.
#[derive(Debug, Clone, Default)]
pub enum Process {
    /// This one: for files that are trusted.
    #[default]
    Here,
    /// One of its own for each file, with limits: whatever the file does to it, this one goes on.
    Apart(Apart),
}

/// A file that was read, and not yet part of an edition.
#[derive(Debug)]
pub struct Read {
    taken: Taken,
    part: Part,
}

impl Read {
    /// The file's name.
    pub fn name(&self) -> &str {
        &self.taken.name
    }

    /// SHA-256 of the bytes that were read, in lower-case hexadecimal.
    pub fn sha256(&self) -> &str {
        &self.taken.sha256
    }
}

/// A file that was not read, and why.
#[derive(Debug)]
pub struct Unread {
    /// The file's name.
    pub name: String,
    /// Why it was not read.
    pub trouble: ImportError,
}

/// The bytes of the files of an edition as they were read, in the order of its sources; absent where none are kept.
#[derive(Debug)]
pub struct Kept(Vec<Bytes>);

impl Kept {
    /// Writes the bytes of a source.
    ///
    /// # Errors
    /// Where they cannot be read or written.
    pub fn write(&mut self, source: usize, target: &mut fs::File) -> io::Result<()> {
        match self.0.get_mut(source) {
            None => Err(io::ErrorKind::NotFound.into()),
            Some(Bytes::Memory(bytes)) => io::Write::write_all(target, bytes),
            Some(Bytes::Nameless(file)) => {
                io::Seek::rewind(file)?;
                io::copy(file, target).map(|_| ())
            }
        }
    }
}

/// Reads published files into one edition, in this process.
///
/// A file that cannot be read is a warning where others can; where none can, the first trouble is the error.
///
/// # Errors
/// Where nothing could be read, or the edition has no usable name.
pub fn read(
    files: &[PathBuf],
    slug: Option<&str>,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<Imported, ImportError> {
    check_slug(slug)?;
    let inputs: Vec<Input> = files.iter().map(|path| Input::of(path)).collect();
    let (read, unread) = read_each(&inputs, &Manner::default(), progress)?;
    join(read, unread, files, slug).map(|(imported, _)| imported)
}

/// Reads files one by one: those that could be read, and those that could not.
///
/// # Errors
/// Only where no file could be read because of something that is wrong with this system and not with a file.
pub fn read_each(
    inputs: &[Input],
    manner: &Manner,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<(Vec<Read>, Vec<Unread>), ImportError> {
    let (mut read, mut unread) = (Vec::new(), Vec::new());
    for (input, number) in inputs.iter().zip(1..) {
        let mut tell = |amount: Amount| {
            let Amount { done, total, unit } = amount;
            let (file, of) = (input.name.as_str(), inputs.len());
            progress(Progress::Reading { file, number, of, done, total, unit });
        };
        match read_one(input, manner, &mut tell) {
            Ok(file) => read.push(file),
            Err(error @ (ImportError::NoProcess { .. } | ImportError::NotKept { .. })) => return Err(error),
            Err(trouble) => unread.push(Unread { name: input.name.clone(), trouble }),
        }
    }
    Ok((read, unread))
}

fn read_one(input: &Input, manner: &Manner, progress: &mut dyn FnMut(Amount)) -> Result<Read, ImportError> {
    progress(Amount { done: 0, total: 0, unit: Unit::Rows });
    let failed = |source| ImportError::File { path: input.path.clone(), source };
    match &manner.process {
        Process::Here => {
            let mut taken = Taken::take(input, manner.keep.as_deref())?;
            let bytes = taken.whole().map_err(failed)?;
            let part = Part::read(bytes, progress).map_err(|what| input.refused(what))?;
            Ok(Read { taken, part })
        }
        Process::Apart(apart) => {
            let temporary = std::env::temp_dir();
            let mut taken = Taken::take(input, Some(manner.keep.as_deref().unwrap_or(&temporary)))?;
            let bytes = taken.readable().map_err(failed)?;
            let part = apart.read(input, bytes, progress)?;
            Ok(Read { taken, part })
        }
    }
}

/// Joins what was read into an edition, in the given order; what was not read is a warning.
///
/// # Errors
/// Where nothing was read, or the edition has no usable name.
pub fn join(
    read: Vec<Read>,
    unread: Vec<Unread>,
    files: &[PathBuf],
    slug: Option<&str>,
) -> Result<(Imported, Kept), ImportError> {
    if read.is_empty() {
        let first = unread.into_iter().next().map(|unread| unread.trouble);
        return Err(first.unwrap_or_else(|| ImportError::NoFiles(files.first().cloned().unwrap_or_default())));
    }
    let mut joining = Joining::default();
    joining.report.warnings.extend(unread.into_iter().map(|unread| Warning {
        message: format!("not read: {}", unread.trouble.what()),
        file: unread.name,
        place: None,
    }));
    let mut kept = Vec::with_capacity(read.len());
    for Read { taken, part } in read {
        joining.add(&taken.name, taken.sha256, part);
        kept.push(taken.bytes);
    }
    let (mut register, report) = joining.finish();
    edition::name(&mut register, files, slug)?;
    Ok((Imported { register, report }, Kept(kept)))
}

/// Refuses a name that no edition can have.
///
/// # Errors
/// [`ImportError::Slug`].
pub fn check_slug(slug: Option<&str>) -> Result<(), ImportError> {
    slug.map_or(Ok(()), edition::check_slug)
}

/// The name that an edition of these files will most likely have, told before they are read.
pub fn likely_slug(files: &[PathBuf], slug: Option<&str>) -> Option<String> {
    slug.map(str::to_owned).or_else(|| edition::likely_slug(files))
}

/// The files that paths stand for: a folder stands for the pages and workbooks in it, by name.
///
/// # Errors
/// Where a path is not there, or a folder holds nothing that could be read.
pub fn expand(paths: &[PathBuf]) -> Result<Vec<PathBuf>, ImportError> {
    let mut files = Vec::new();
    for path in paths {
        let kind = fs::metadata(path).map_err(|source| ImportError::File { path: path.clone(), source })?;
        if !kind.is_dir() {
            files.push(path.clone());
            continue;
        }
        let failed = |source| ImportError::File { path: path.clone(), source };
        let mut inside = Vec::new();
        for entry in fs::read_dir(path).map_err(failed)? {
            let file = entry.map_err(failed)?.path();
            if is_published(&file) {
                inside.push(file);
            }
        }
        if inside.is_empty() {
            return Err(ImportError::NoFiles(path.clone()));
        }
        inside.sort();
        files.append(&mut inside);
    }
    Ok(files)
}

/// What the folders among paths hold that is not read, each file and folder named, the first few one by one. Hidden files
/// are left out: systems put them there.
///
/// # Errors
/// Where a folder cannot be listed.
pub fn passed_over(paths: &[PathBuf]) -> Result<Vec<Warning>, ImportError> {
    let mut passed = Vec::new();
    for path in paths.iter().filter(|path| path.is_dir()) {
        let failed = |source| ImportError::File { path: path.clone(), source };
        let mut inside = Vec::new();
        for entry in fs::read_dir(path).map_err(failed)? {
            inside.push(entry.map_err(failed)?.path());
        }
        inside.retain(|file| !is_published(file) && !Input::of(file).name.starts_with('.'));
        inside.sort();
        passed.append(&mut inside);
    }
    let warning = |path: &PathBuf| {
        let what = if path.is_dir() {
            "a folder in a folder, which is not read; name it, and the files in it are read"
        } else {
            "not read: neither a page (.txt, .html) nor a workbook (.xlsx) by its name"
        };
        Warning { file: Input::of(path).name, place: None, message: what.to_owned() }
    };
    let mut warnings: Vec<Warning> = passed.iter().take(PASSED_OVER_NAMED).map(warning).collect();
    if let Some(more) = passed.len().checked_sub(PASSED_OVER_NAMED).filter(|more| *more > 0) {
        let file = paths.iter().find(|path| path.is_dir()).map(|path| Input::of(path).name).unwrap_or_default();
        warnings.push(Warning { file, place: None, message: format!("{more} more files and folders were not read") });
    }
    Ok(warnings)
}

/// Whether a file in a folder could be meant: what is read, and other tables, so that those are named as not read. What
/// is no file, or leads nowhere, is named too.
fn is_published(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    let known = ["txt", "html", "htm", "xlsx", "xlsm", "xlsb", "xls", "ods", "csv"];
    !path.is_dir() && extension.is_some_and(|extension| known.contains(&extension.as_str()))
}
