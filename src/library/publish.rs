//! Publishing: published files in, an edition in place, or nothing changed at all.

use std::collections::HashSet;
use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::concerns::{self, Settings};
use crate::import::{self, Imported, Input, Kept, Manner, Process, Progress};
use crate::index::{Index, IndexError};
use crate::register::{Counts, Register};

use super::manifest::{self, Manifest, ManifestSource};
use super::sums::{self, Sums};
use super::turn::{BUILDING, Came, Turn};
use super::{CURRENT, EDITIONS, Library, LibraryError, Unfinished};

/// Folder of the index, in a generation.
pub(super) const INDEX: &str = "index";

/// Folder of the kept published files, in a generation.
pub(super) const SOURCES: &str = "sources";

/// How far an import has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'a> {
    /// Another import is writing the same edition; this one waits for it.
    Waiting,
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

/// What an import is to do.
#[derive(Debug)]
pub struct Order<'a> {
    /// The published files.
    pub files: &'a [PathBuf],
    /// Which edition they make.
    pub makes: Makes<'a>,
    /// Which process reads them.
    pub process: Process,
    /// How long to wait for another import that is writing the same edition.
    pub patience: Duration,
    /// What has to be undone if the import is to end early.
    pub unfinished: Unfinished,
}

/// The edition that an import makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Makes<'a> {
    /// One with the name that follows from the files.
    NamedByFiles,
    /// One with this name.
    Named(&'a str),
    /// The one with this name, which must be there, with the files added to its own.
    Into(&'a str),
}

impl<'a> Makes<'a> {
    fn slug(self) -> Option<&'a str> {
        match self {
            Self::NamedByFiles => None,
            Self::Named(slug) | Self::Into(slug) => Some(slug),
        }
    }
}

impl Library {
    /// Reads published files in this process into a new edition and makes it current, without waiting for another
    /// import; see [`Library::import`].
    ///
    /// # Errors
    /// As there.
    pub fn publish(
        &self,
        files: &[PathBuf],
        slug: Option<&str>,
        progress: &mut dyn FnMut(Step<'_>),
    ) -> Result<Published, LibraryError> {
        let order = Order {
            files,
            makes: slug.map_or(Makes::NamedByFiles, Makes::Named),
            process: Process::Here,
            patience: Duration::ZERO,
            unfinished: Unfinished::default(),
        };
        self.import(&order, progress)
    }

    /// Reads published files into a new edition and makes it current. Until the last rename nothing that was
    /// imported before is touched; readers of an older generation go on undisturbed.
    ///
    /// # Errors
    /// Where the files cannot be read, the library cannot be written, or another import is writing the edition.
    pub fn import(&self, order: &Order<'_>, progress: &mut dyn FnMut(Step<'_>)) -> Result<Published, LibraryError> {
        let slug = order.makes.slug();
        import::check_slug(slug)?;
        self.clear_abandoned();
        if let Makes::Into(slug) = order.makes
            && !self.edition_folder(slug).join(CURRENT).exists()
        {
            return Err(self.no_edition(slug));
        }
        // Whose turn it is shows before the work where the name can be told, and after it where it cannot.
        let foretold = import::likely_slug(order.files, slug);
        let turn = foretold.as_deref().map(|slug| self.turn(slug, order, progress)).transpose()?;
        let (mut imported, kept) = match order.makes {
            Makes::Into(slug) => self.read_into(slug, order, progress)?,
            Makes::NamedByFiles | Makes::Named(_) => self.read_new(slug, order, progress)?,
        };
        let slug = imported.register.edition.slug.clone();
        let (turn, came) = match turn {
            Some(turn) if foretold.as_ref() == Some(&slug) => turn,
            other => {
                drop(other);
                self.turn(&slug, order, progress)?
            }
        };
        if came == Came::AfterAnother && !matches!(order.makes, Makes::Into(_)) {
            let said = "another import wrote this edition just before; this one has taken its place";
            imported.report.notes.push(said.to_owned());
        }
        publish(&turn, &order.unfinished, Made { imported, kept }, progress)
    }

    fn turn(
        &self,
        slug: &str,
        order: &Order<'_>,
        progress: &mut dyn FnMut(Step<'_>),
    ) -> Result<(Turn, Came), LibraryError> {
        self.take_turn(slug, order.patience, &order.unfinished, &mut || progress(Step::Waiting))
    }

    fn read_new(
        &self,
        slug: Option<&str>,
        order: &Order<'_>,
        progress: &mut dyn FnMut(Step<'_>),
    ) -> Result<(Imported, Kept), LibraryError> {
        let inputs: Vec<Input> = order.files.iter().map(|path| Input::of(path)).collect();
        let (read, unread) =
            import::read_each(&inputs, &self.manner(order), &mut |reading| progress(Step::Reading(reading)))?;
        Ok(import::join(read, unread, order.files, slug)?)
    }

    /// How files are read: their bytes are kept, without a name, where the library is or will be.
    pub(super) fn manner(&self, order: &Order<'_>) -> Manner {
        let editions = self.root().join(EDITIONS);
        let there = editions.ancestors().find(|folder| folder.is_dir());
        // A relative path to nothing that exists is below the folder that one is in.
        let keep = there.unwrap_or(Path::new("."));
        Manner { process: order.process.clone(), keep: Some(keep.to_owned()) }
    }
}

/// What an import has made, before it is on the disk.
struct Made {
    imported: Imported,
    kept: Kept,
}

/// Builds an edition beside the old one, and puts it into place.
fn publish(
    turn: &Turn,
    unfinished: &Unfinished,
    made: Made,
    progress: &mut dyn FnMut(Step<'_>),
) -> Result<Published, LibraryError> {
    let edition = turn.edition();
    let building =
        unfinished.step(|| tempfile::Builder::new().prefix(BUILDING).tempdir_in(edition).map_err(at(edition)))?;
    let manifest = build(building.path(), made, progress)?;
    progress(Step::Publishing);
    share(building.path())?;
    let generation = next_generation(edition)?;
    let folder = edition.join(&generation);
    let before = fs::read_link(edition.join(CURRENT)).ok();
    // A signal finds the old edition or the new one, and undoes nothing once it is the new one.
    unfinished.put_into_place(|| {
        fs::rename(building.path(), &folder).map_err(at(&folder))?;
        switch(edition, &generation)
    })?;
    // The folder has its new name: there is nothing left to remove.
    let _ = building.keep();
    remove_others(edition, [Some(Path::new(&generation)), before.as_deref()]);
    Ok(Published { manifest, folder })
}

fn build(folder: &Path, made: Made, progress: &mut dyn FnMut(Step<'_>)) -> Result<Manifest, LibraryError> {
    let Made { imported, kept } = made;
    let Imported { register, report } = imported;
    let index = folder.join(INDEX);
    fs::create_dir(&index).map_err(at(&index))?;
    progress(Step::Examining);
    let concerns = Index::build(&index, &register, || {
        concerns::examining(&register, Settings::built_in()).then(|| progress(Step::Indexing))
    })?;
    let manifest = Manifest {
        schema: manifest::SCHEMA,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        imported: jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        sources: keep_sources(folder, kept, &register)?,
        counts: Counts::of(&register),
        concerns,
        edition: register.edition,
        warnings: report.warnings,
        notes: report.notes,
        sums: Some(sums::FILE.to_owned()),
    };
    let path = folder.join(manifest::FILE);
    let mut bytes = serde_json::to_vec_pretty(&manifest)
        .map_err(|error| LibraryError::Manifest { path: path.clone(), message: error.to_string() })?;
    bytes.push(b'\n');
    let mut file = File::create_new(&path).map_err(at(&path))?;
    file.write_all(&bytes).map_err(at(&path))?;
    drop(file);
    // Behind all others, of which it has the sums.
    let path = folder.join(sums::FILE);
    let sums = Sums::of(folder).map_err(at(folder))?;
    let mut file = File::create_new(&path).map_err(at(&path))?;
    file.write_all(&sums.to_bytes()).map_err(at(&path))?;
    Ok(manifest)
}

/// Keeps the published files as they were read, so that a later schema needs no new download.
fn keep_sources(folder: &Path, mut kept: Kept, register: &Register) -> Result<Vec<ManifestSource>, LibraryError> {
    let sources = folder.join(SOURCES);
    fs::create_dir(&sources).map_err(at(&sources))?;
    let mut names = HashSet::new();
    let mut listed = Vec::new();
    for (number, source) in register.sources.iter().enumerate() {
        // Two folders can hold a file of the same name.
        let mut name = source.file.clone();
        while !names.insert(name.clone()) {
            name = format!("{number}-{name}");
        }
        let target = sources.join(&name);
        let mut file = File::create_new(&target).map_err(at(&target))?;
        kept.write(number, &mut file).map_err(at(&target))?;
        listed.push(ManifestSource {
            file: source.file.clone(),
            sha256: source.sha256.clone(),
            layout: source.layout,
            kept: name,
        });
    }
    Ok(listed)
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

pub(super) fn generations(edition: &Path) -> io::Result<Vec<u64>> {
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

/// Removes all generations but the current one and the one that was current before it: a reader that had just followed the
/// symlink still finds its files, and one that has them open keeps them in any case. What goes too is a generation that no link
/// ever led to, of an import that was killed at its very end.
fn remove_others(edition: &Path, kept: [Option<&Path>; 2]) {
    for number in generations(edition).unwrap_or_default() {
        let name = format!("{number:06}");
        if !kept.contains(&Some(Path::new(&name))) {
            let _ = fs::remove_dir_all(edition.join(name));
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
