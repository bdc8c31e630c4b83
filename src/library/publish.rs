//! Publishing: published files in, an edition in place, or nothing changed at all.

use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use rustix::fs::FlockOperation;

use crate::concerns;
use crate::import::{self, Imported, Progress};
use crate::index::{Index, IndexError};
use crate::register::{Counts, Register};

use super::manifest::{self, Manifest, ManifestSource};
use super::{CURRENT, EDITIONS, Library, LibraryError};

/// Folder of the index, in a generation.
pub(super) const INDEX: &str = "index";

/// Folder of the kept published files, in a generation.
pub(super) const SOURCES: &str = "sources";

/// Beginning of the name of a folder that an import is still building.
const BUILDING: &str = ".import-";

/// File that imports of one edition take turns on; readers never touch it.
const LOCK: &str = ".lock";

/// How far an import has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'a> {
    /// A published file is being read.
    Reading(Progress<'a>),
    /// The rules are being applied.
    Examining,
    /// The index is being built.
    Indexing,
    /// The edition is being put into place.
    Publishing,
}

/// What an import made.
#[derive(Debug)]
pub struct Published {
    /// The new edition's manifest.
    pub manifest: Manifest,
    /// Where it is.
    folder: PathBuf,
}

impl Published {
    /// Opens the new edition's index.
    ///
    /// # Errors
    /// Where its files cannot be read.
    pub fn index(&self) -> Result<Index, IndexError> {
        Index::open(&self.folder.join(INDEX))
    }
}

impl Library {
    /// Reads published files into a new edition and makes it current. Until the last rename nothing that was
    /// imported before is touched; readers of an older generation go on undisturbed.
    ///
    /// # Errors
    /// Where the files cannot be read, or the library cannot be written.
    pub fn publish(
        &self,
        files: &[PathBuf],
        slug: Option<&str>,
        progress: &mut dyn FnMut(Step<'_>),
    ) -> Result<Published, LibraryError> {
        let imported = import::read(files, slug, &mut |reading| progress(Step::Reading(reading)))?;
        let edition = self.prepare(&imported.register.edition.slug)?;
        let lock = take_turn(&edition, &imported.register.edition.slug)?;
        clear_abandoned(&edition);
        let building = tempfile::Builder::new().prefix(BUILDING).tempdir_in(&edition).map_err(at(&edition))?;
        let manifest = build(building.path(), files, &imported, &mut *progress)?;
        progress(Step::Publishing);
        share(building.path())?;
        let generation = next_generation(&edition)?;
        let folder = edition.join(&generation);
        fs::rename(building.path(), &folder).map_err(at(&folder))?;
        switch(&edition, &generation)?;
        // The folder has its new name: there is nothing left to remove.
        let _ = building.keep();
        remove_older(&edition, &generation);
        drop(lock);
        Ok(Published { manifest, folder })
    }

    fn prepare(&self, slug: &str) -> Result<PathBuf, LibraryError> {
        let mut made = Vec::new();
        let edition = self.edition_folder(slug);
        for folder in [self.root().to_owned(), self.root().join(EDITIONS), edition.clone()] {
            if !folder.exists() {
                fs::create_dir_all(&folder).map_err(at(&folder))?;
                made.push(folder);
            }
        }
        // Other users read the library too, whatever the importing user's mask is.
        for folder in made {
            fs::set_permissions(&folder, Permissions::from_mode(0o755)).map_err(at(&folder))?;
        }
        Ok(edition)
    }
}

pub(super) fn take_turn(edition: &Path, slug: &str) -> Result<File, LibraryError> {
    let path = edition.join(LOCK);
    let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(at(&path))?;
    match rustix::fs::flock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(file),
        Err(rustix::io::Errno::WOULDBLOCK) => Err(LibraryError::Busy(slug.to_owned())),
        Err(error) => Err(LibraryError::File { path, source: error.into() }),
    }
}

fn build(
    folder: &Path,
    files: &[PathBuf],
    imported: &Imported,
    progress: &mut dyn FnMut(Step<'_>),
) -> Result<Manifest, LibraryError> {
    let register = &imported.register;
    let index = folder.join(INDEX);
    fs::create_dir(&index).map_err(at(&index))?;
    progress(Step::Examining);
    let examination = Index::build(&index, register, || {
        let examination = concerns::examine(register);
        progress(Step::Indexing);
        examination
    })?;
    let manifest = Manifest {
        schema: manifest::SCHEMA,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        imported: jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        edition: register.edition.clone(),
        sources: keep_sources(folder, files, register)?,
        counts: Counts::of(register),
        concerns: examination.projects.iter().map(|findings| findings.concerns.len()).sum(),
        warnings: imported.report.warnings.clone(),
        notes: imported.report.notes.clone(),
    };
    let path = folder.join(manifest::FILE);
    let mut bytes = serde_json::to_vec_pretty(&manifest)
        .map_err(|error| LibraryError::Manifest { path: path.clone(), message: error.to_string() })?;
    bytes.push(b'\n');
    let mut file = File::create_new(&path).map_err(at(&path))?;
    file.write_all(&bytes).map_err(at(&path))?;
    Ok(manifest)
}

/// Keeps the published files, so that a later schema needs no new download.
fn keep_sources(folder: &Path, files: &[PathBuf], register: &Register) -> Result<Vec<ManifestSource>, LibraryError> {
    let sources = folder.join(SOURCES);
    fs::create_dir(&sources).map_err(at(&sources))?;
    let mut kept = Vec::new();
    for (number, source) in register.sources.iter().enumerate() {
        let named = |path: &&PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy() == source.file);
        let Some(path) = files.iter().filter(named).nth(occurrence(register, number)) else { continue };
        // Two folders can hold a file of the same name.
        let name =
            if occurrence(register, number) == 0 { source.file.clone() } else { format!("{number}-{}", source.file) };
        let target = sources.join(&name);
        fs::copy(path, &target).map_err(at(path))?;
        kept.push(ManifestSource {
            file: source.file.clone(),
            sha256: source.sha256.clone(),
            layout: source.layout,
            kept: name,
        });
    }
    Ok(kept)
}

fn occurrence(register: &Register, number: usize) -> usize {
    let file = &register.sources[number].file;
    register.sources[..number].iter().filter(|earlier| earlier.file == *file).count()
}

/// Opens everything in a folder to other users for reading, and sees that it is on the disk before it gets its name.
fn share(folder: &Path) -> Result<(), LibraryError> {
    for entry in fs::read_dir(folder).map_err(at(folder))? {
        let path = entry.map_err(at(folder))?.path();
        if path.is_dir() {
            share(&path)?;
        } else {
            fs::set_permissions(&path, Permissions::from_mode(0o644)).map_err(at(&path))?;
            File::open(&path).and_then(|file| file.sync_all()).map_err(at(&path))?;
        }
    }
    fs::set_permissions(folder, Permissions::from_mode(0o755)).map_err(at(folder))?;
    sync(folder)
}

/// The name after the newest generation's: `000001`, `000002`.
fn next_generation(edition: &Path) -> Result<String, LibraryError> {
    let newest = generations(edition).map_err(at(edition))?.into_iter().max().unwrap_or(0);
    Ok(format!("{:06}", newest + 1))
}

fn generations(edition: &Path) -> io::Result<Vec<u64>> {
    let mut numbers = Vec::new();
    for entry in fs::read_dir(edition)? {
        numbers.extend(entry?.file_name().to_str().and_then(|name| name.parse::<u64>().ok()));
    }
    Ok(numbers)
}

/// Points `current` at a generation in one step: a reader sees the old one or the new one, never none.
fn switch(edition: &Path, generation: &str) -> Result<(), LibraryError> {
    let beside = edition.join(format!("{BUILDING}{CURRENT}"));
    let current = edition.join(CURRENT);
    let _ = fs::remove_file(&beside);
    symlink(generation, &beside).map_err(at(&beside))?;
    fs::rename(&beside, &current).map_err(at(&current))?;
    sync(edition)
}

/// Removes what imports that were killed left behind. Safe under the lock: no other import is building here.
fn clear_abandoned(edition: &Path) {
    for entry in fs::read_dir(edition).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(BUILDING) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Removes generations older than the one before the current: a reader that had just followed the symlink still finds
/// its files, and one that has them open keeps them in any case.
fn remove_older(edition: &Path, generation: &str) {
    let newest: u64 = generation.parse().unwrap_or(0);
    for number in generations(edition).unwrap_or_default() {
        if number + 1 < newest {
            let _ = fs::remove_dir_all(edition.join(format!("{number:06}")));
        }
    }
}

fn sync(folder: &Path) -> Result<(), LibraryError> {
    File::open(folder).and_then(|file| file.sync_all()).map_err(at(folder))
}

pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> LibraryError + use<> {
    let path = path.to_owned();
    |source| LibraryError::File { path, source }
}
