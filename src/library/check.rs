//! Whether a library is whole: every file of every edition is read, and held to what is known of it.
//!
//! Nothing is written, and no lock is waited for: a library that others own is looked at like one's own. An edition that is imported
//! anew meanwhile is looked at anew. A fault in one does not keep the rest from being looked at.

mod index;
mod leftovers;
mod own;
mod sources;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::manifest;
use super::publish::SOURCES;
use super::sums::{self, NoSums, Sums};
use super::{CURRENT, EDITIONS, Library, LibraryError, Manifest, OPENED_ANEW};
use crate::import::check_slug;
use crate::system::{Advice, Wanted};
pub use leftovers::Leftover;
pub use own::{OwnFile, own_files};

/// Something of a library that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// Where: a file, or a folder.
    pub file: PathBuf,
    /// What is wrong with it.
    pub what: String,
    /// Of which kind that is.
    pub kind: FlawKind,
}

/// Of which kind a flaw is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlawKind {
    /// It is damaged, or missing.
    Damage,
    /// Whoever runs the program may not read it.
    Forbidden,
}

impl FlawKind {
    fn of(error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::PermissionDenied { Self::Forbidden } else { Self::Damage }
    }
}

/// What was looked at of an edition.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Extent {
    /// Published files.
    pub sources: usize,
    /// Files that were held to a sum, those of the index and the manifest.
    pub summed: usize,
    /// Files of these that have no sum: an older program wrote none.
    pub unsummed: usize,
    /// Bytes of all of them.
    pub bytes: u64,
    /// Projects that were read.
    pub projects: usize,
    /// Versions that were read.
    pub versions: usize,
    /// Concerns that were read, each once.
    pub concerns: usize,
}

/// What to do where an edition is not whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// Its published files are as they were imported: import them anew.
    ImportAgain(PathBuf),
    /// These of its published files are not: they must be had from elsewhere.
    Replace(Vec<String>),
    /// Whoever runs the program may not read it, and this user can change that.
    AskOwner(u32),
    /// Nothing of it can be used: import its published files from elsewhere.
    ImportElsewhere,
}

/// An edition that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Its name.
    pub slug: String,
    /// How much was looked at.
    pub extent: Extent,
    /// What is wrong with it; nothing where it is whole.
    pub flaws: Vec<Flaw>,
    /// What to do about that.
    pub remedy: Option<Remedy>,
}

/// How far a check has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looking<'a> {
    /// Which edition.
    pub slug: &'a str,
    /// What is being looked at.
    pub at: LookingAt,
    /// How much of it is done.
    pub done: u64,
    /// Of how much.
    pub total: u64,
}

/// What of an edition is being looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LookingAt {
    /// The bytes of its files.
    Files,
    /// Its projects.
    Projects,
}

/// What every version of a manifest says first.
#[derive(Debug, Deserialize)]
struct Stamp {
    schema: u32,
}

/// An edition that is being looked at.
struct Look<'a> {
    slug: &'a str,
    generation: PathBuf,
    extent: Extent,
    flaws: Vec<Flaw>,
    /// How many bytes there are to read.
    total: u64,
    tell: &'a mut dyn FnMut(Looking<'_>),
}

impl Library {
    /// The names of all editions that should be here: those that open, newest first, and those that have lost the link by which they
    /// do. One that is being imported for the first time is none yet.
    ///
    /// # Errors
    /// Where the library's folder cannot be read.
    pub fn names_to_check(&self) -> Result<Vec<String>, LibraryError> {
        let mut names: Vec<String> = self.editions()?.into_iter().map(|listed| listed.slug).collect();
        let known: BTreeSet<String> = names.iter().cloned().collect();
        let mut others: Vec<String> = leftovers::folders(&self.root().join(EDITIONS))
            .into_iter()
            .filter_map(|folder| folder.file_name().and_then(|name| name.to_str()).map(str::to_owned))
            .filter(|name| !known.contains(name) && check_slug(Some(name)).is_ok())
            .filter(|name| newest_generation(&self.edition_folder(name)).is_some())
            // An import that is at work has put it into place, and makes the link next.
            .filter(|name| leftovers::is_free(&self.edition_folder(name)))
            .filter(|name| self.edition_folder(name).join(CURRENT).symlink_metadata().is_err())
            .collect();
        others.sort();
        names.extend(others);
        Ok(names)
    }

    /// What is wrong with the file that names the edition that opens, where there is one.
    pub fn check_choice(&self) -> Option<Flaw> {
        let LibraryError::File { path: file, source } = self.chosen().err()? else { return None };
        Some(Flaw { file, what: unread(&source), kind: FlawKind::of(&source) })
    }

    /// Looks at an edition; none where it was removed meanwhile.
    ///
    /// # Errors
    /// Where no edition has that name.
    pub fn check(&self, slug: &str, tell: &mut dyn FnMut(Looking<'_>)) -> Result<Option<Checked>, LibraryError> {
        let folder = self.edition_folder(slug);
        let current = || fs::read_link(folder.join(CURRENT)).ok();
        if folder.symlink_metadata().is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
            return Err(self.no_edition(slug));
        }
        for _ in 1..OPENED_ANEW {
            let before = current();
            let checked = self.check_once(slug, tell);
            if checked.flaws.is_empty() || before == current() {
                return Ok(Some(checked));
            }
            if !folder.exists() {
                return Ok(None);
            }
        }
        Ok(Some(self.check_once(slug, tell)))
    }

    fn check_once(&self, slug: &str, tell: &mut dyn FnMut(Looking<'_>)) -> Checked {
        let folder = self.edition_folder(slug);
        // The link is followed once: all files are of one generation.
        match fs::canonicalize(folder.join(CURRENT)) {
            Ok(generation) => {
                let total = bytes_below(&generation);
                let (extent, flaws) = (Extent::default(), Vec::new());
                Look { slug, generation, extent, flaws, total, tell }.whole(&folder)
            }
            Err(error) => {
                let flaw =
                    Flaw { file: folder.join(CURRENT), what: lost_link(&folder, &error), kind: FlawKind::of(&error) };
                let remedy = match (error.kind(), newest_generation(&folder)) {
                    (io::ErrorKind::PermissionDenied, _) => ask_owner(&folder),
                    (_, Some(generation)) => sources::remedy_of(&generation),
                    (_, None) => Remedy::ImportElsewhere,
                };
                let (slug, extent) = (slug.to_owned(), Extent::default());
                Checked { slug, extent, flaws: vec![flaw], remedy: Some(remedy) }
            }
        }
    }
}

impl Look<'_> {
    fn whole(mut self, folder: &Path) -> Checked {
        let manifest = self.manifest();
        self.sums(manifest.as_ref());
        let sources = self.sources(manifest.as_ref());
        self.index(manifest.as_ref());
        let forbidden = self.flaws.iter().any(|flaw| flaw.kind == FlawKind::Forbidden);
        let remedy = match (self.flaws.is_empty(), forbidden) {
            (true, _) => None,
            (false, true) => Some(ask_owner(folder)),
            (false, false) => Some(sources.remedy(&self.generation)),
        };
        Checked { slug: self.slug.to_owned(), extent: self.extent, flaws: self.flaws, remedy }
    }

    /// The manifest, where it can be read.
    fn manifest(&mut self) -> Option<Manifest> {
        let path = self.generation.join(manifest::FILE);
        let bytes = match sums::bytes_of(&path) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.unread(path, &error);
                return None;
            }
        };
        let stamp = serde_json::from_slice::<Stamp>(&bytes).map_err(|error| error.to_string());
        let read = stamp.and_then(|stamp| match stamp.schema {
            manifest::SCHEMA => serde_json::from_slice(&bytes).map_err(|error| error.to_string()),
            other => Err(format!(
                "it has layout {other}, and this program reads layout {}: another version of the program wrote it",
                manifest::SCHEMA
            )),
        });
        read.map_err(|what| self.flaw(path, what)).ok()
    }

    /// Holds each file but the published ones to its sum.
    fn sums(&mut self, manifest: Option<&Manifest>) {
        let path = self.generation.join(sums::FILE);
        match Sums::read(&self.generation) {
            Ok(sums) => {
                for (name, sum) in sums.files() {
                    self.extent.summed += 1;
                    let file = self.generation.join(name);
                    match self.sum_of(&file) {
                        Ok(found) if found == sum => {}
                        Ok(_) => self.flaw(file, "its bytes are not those that were written".to_owned()),
                        Err(error) => self.unread(file, &error),
                    }
                }
                return;
            }
            Err(NoSums::Absent) if manifest.is_none_or(|manifest| manifest.sums.is_none()) => {}
            Err(NoSums::Absent) => {
                self.flaw(path, "it is missing, and no other file can be held to its sum".to_owned());
            }
            Err(NoSums::Unreadable(error)) => self.unread(path, &error),
            Err(NoSums::Damaged) => {
                self.flaw(path, "it is damaged, and no other file can be held to its sum".to_owned());
            }
            Err(NoSums::Schema(found)) => {
                self.flaw(path, format!("it has layout {found}, which a newer version of the program wrote"));
            }
        }
        // They are read where the index is.
        let files = sums::files_below(&self.generation).unwrap_or_default();
        self.extent.unsummed = files.len();
        self.read(files.iter().filter_map(|file| file.metadata().ok()).map(|file| file.len()).sum());
    }

    fn sum_of(&mut self, file: &Path) -> io::Result<String> {
        sums::sum_of(file, &mut |bytes| self.read(bytes))
    }

    /// Tells that so many bytes were read.
    fn read(&mut self, bytes: u64) {
        self.extent.bytes += bytes;
        let (done, total) = (self.extent.bytes.min(self.total), self.total);
        (self.tell)(Looking { slug: self.slug, at: LookingAt::Files, done, total });
    }

    /// Notes damage of a file.
    fn flaw(&mut self, file: PathBuf, what: String) {
        self.note(Flaw { file, what, kind: FlawKind::Damage });
    }

    /// Notes that a file could not be read.
    fn unread(&mut self, file: PathBuf, error: &io::Error) {
        self.note(Flaw { file, what: unread(error), kind: FlawKind::of(error) });
    }

    /// Notes what is wrong with a file, once.
    fn note(&mut self, flaw: Flaw) {
        if !self.flaws.iter().any(|known| known.file == flaw.file) {
            self.flaws.push(flaw);
        }
    }
}

/// Why a file is not read, in words.
fn unread(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "it is missing".to_owned(),
        io::ErrorKind::PermissionDenied => "it may not be read by you".to_owned(),
        _ => format!("it cannot be read ({error}){}", Advice::behind("; ", Wanted::Library, error)),
    }
}

/// What is wrong where the link does not lead to a generation.
fn lost_link(folder: &Path, error: &io::Error) -> String {
    match fs::read_link(folder.join(CURRENT)) {
        Ok(target) if error.kind() == io::ErrorKind::NotFound => {
            format!("it leads to {}, which is not there", target.display())
        }
        _ if error.kind() == io::ErrorKind::NotFound => "it is missing: no generation opens".to_owned(),
        _ => unread(error),
    }
}

fn ask_owner(folder: &Path) -> Remedy {
    use std::os::unix::fs::MetadataExt;
    Remedy::AskOwner(fs::symlink_metadata(folder).map_or(0, |folder| folder.uid()))
}

/// The newest generation that stands in an edition's folder, whether a link leads there or not.
fn newest_generation(edition: &Path) -> Option<PathBuf> {
    let numbers = super::publish::generations(edition).ok()?;
    Some(edition.join(format!("{:06}", numbers.into_iter().max()?)))
}

/// How many bytes a check reads: the published files are read once, and so are all others.
fn bytes_below(generation: &Path) -> u64 {
    let of =
        |files: Vec<PathBuf>| files.iter().filter_map(|file| file.metadata().ok()).map(|file| file.len()).sum::<u64>();
    let below = |folder: &Path| sums::files_below(folder).map_or(0, of);
    below(generation) + below(&generation.join(SOURCES))
}
