//! Import: published files in, a [`Register`] out. Knows no screen, and writes nothing.
//!
//! Three kinds of files are read: the reformatted pages of every generation as text or saved HTML, the release register
//! workbook of 2016 to 2021, and the Data Uses Register workbook of July 2021 on.
//! Nothing is dropped silently: what was not understood is a [`Warning`] with its file and place.

mod edition;
mod file;
mod html;
mod months;
mod page;
mod workbook;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::register::{Place, Register, Source};

use file::Content;

/// The largest file that is read: four times the largest that was ever published.
const LARGEST_FILE: u64 = 200 * 1024 * 1024;

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
    /// What was not understood, in the order of the files.
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
        /// How much of it has been read, in units of its layout (lines, rows).
        done: u64,
        /// How much there is; 0 where that is not known yet.
        total: u64,
    },
}

/// Why nothing was imported. Every message names the file and says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// No file was given, or the folders given hold none.
    #[error("{}: there is no .txt, .html or .xlsx file here; name a published page or workbook", .0.display())]
    NoFiles(PathBuf),
    /// A file that the system does not give.
    #[error("{}: {source}", path.display())]
    File {
        /// Which.
        path: PathBuf,
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
    /// A name that no edition can have.
    #[error("\"{0}\" cannot name an edition: use letters, digits, - _ and . (not first), and not \"sample\"")]
    Slug(String),
    /// Files whose edition nothing says.
    #[error(
        "{0}: neither the file's name nor its README sheet says which month this is; name the edition with --edition 2017-11"
    )]
    NoEdition(String),
}

/// Reads published files into one edition.
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
    if let Some(slug) = slug {
        edition::check_slug(slug)?;
    }
    let mut reader = Reader { register: Register::default(), report: Report::default(), progress };
    let mut first_trouble = None;
    for path in files {
        if let Err(trouble) = reader.read_file(path) {
            if files.len() > 1 {
                reader.report.warnings.push(Warning {
                    file: file::name_of(path),
                    place: None,
                    message: format!("not read: {trouble}"),
                });
            }
            first_trouble.get_or_insert(trouble);
        }
    }
    if reader.register.sources.is_empty() {
        let empty = || ImportError::NoFiles(files.first().cloned().unwrap_or_default());
        return Err(first_trouble.unwrap_or_else(empty));
    }
    edition::name(&mut reader.register, files, slug)?;
    Ok(Imported { register: reader.register, report: reader.report })
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
        let entries = fs::read_dir(path).map_err(|source| ImportError::File { path: path.clone(), source })?;
        let mut inside: Vec<PathBuf> =
            entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).filter(|file| is_readable(file)).collect();
        if inside.is_empty() {
            return Err(ImportError::NoFiles(path.clone()));
        }
        inside.sort();
        files.append(&mut inside);
    }
    Ok(files)
}

fn is_readable(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    path.is_file() && matches!(extension.as_deref(), Some("txt" | "html" | "htm" | "xlsx"))
}

/// The register that is being read, and what is said on the way.
struct Reader<'a> {
    register: Register,
    report: Report,
    progress: &'a mut dyn FnMut(Progress<'_>),
}

impl Reader<'_> {
    fn read_file(&mut self, path: &Path) -> Result<(), ImportError> {
        let name = file::name_of(path);
        let bytes = file::bytes(path)?;
        let refused = |what: String| ImportError::Refused { file: name.clone(), what };
        if bytes.len() as u64 > LARGEST_FILE {
            return Err(refused(format!("larger than {} MB, which no published register is", LARGEST_FILE >> 20)));
        }
        let content = file::recognise(bytes).map_err(refused)?;
        let sha256 = content.sha256().to_owned();
        let source = self.register.sources.len();
        let mut entry =
            Entry { name: &name, source, warnings: Vec::new(), notes: Vec::new(), progress: &mut *self.progress };
        let layout = match content {
            Content::Page { lines, note, .. } => {
                if let Some(note) = note {
                    entry.note(note);
                }
                page::read(&lines, &mut self.register, &mut entry).map_err(refused)?
            }
            Content::Workbook { bytes, .. } => {
                workbook::read(bytes, &mut self.register, &mut entry).map_err(refused)?
            }
        };
        let Entry { warnings, notes, .. } = entry;
        self.report.warnings.extend(warnings);
        self.report.notes.extend(notes);
        let date = edition::month_of(layout, &name, self.register.edition.title.as_deref());
        self.register.sources.push(Source { file: name, sha256, layout, date });
        Ok(())
    }
}

/// One file while it is being read.
struct Entry<'a> {
    name: &'a str,
    source: usize,
    warnings: Vec<Warning>,
    notes: Vec<String>,
    progress: &'a mut dyn FnMut(Progress<'_>),
}

impl Entry<'_> {
    fn warn(&mut self, place: Option<&Place>, message: impl Into<String>) {
        self.warnings.push(Warning {
            file: self.name.to_owned(),
            place: place.map(|place| place.position.to_string()),
            message: message.into(),
        });
    }

    fn note(&mut self, message: impl Into<String>) {
        self.notes.push(format!("{}: {}", self.name, message.into()));
    }

    fn progress(&mut self, done: u64, total: u64) {
        (self.progress)(Progress::Reading { file: self.name, done, total });
    }
}
