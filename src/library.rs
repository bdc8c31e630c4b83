//! The library: the imported editions on this machine.
//!
//! An edition, once published, never changes: `editions/<slug>/<generation>/` holds a manifest, the kept source files
//! and the index, and the symlink `editions/<slug>/current` names the generation that opens. Import builds beside it,
//! syncs, renames into place and switches the symlink by rename. So readers take no lock, many users can read one
//! library on a read-only mount, and a crash leaves the old edition.

mod adding;
mod check;
#[allow(clippy::disallowed_methods, reason = "removes an edition, and keeps which one opens")]
mod choice;
mod comparison;
mod edition;
mod elsewhere;
mod history;
mod judging;
mod manifest;
mod names;
mod overlay;
#[allow(clippy::disallowed_methods, reason = "writes a person's own folder")]
mod own;
#[allow(clippy::disallowed_methods, reason = "writes new editions into the library")]
mod publish;
mod sample;
pub mod saved;
mod sums;
#[allow(clippy::disallowed_methods, reason = "takes turns in the library, and removes what nobody finished")]
mod turn;
mod unfinished;
mod user_file;

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

pub use check::{Checked, Extent, Flaw, FlawKind, Leftover, Looking, LookingAt, OwnFile, Remedy, own_files};
pub use comparison::{Comparison, Relation, compare_editions, relation};
pub use edition::{Edition, Listed};
pub use elsewhere::{Elsewhere, FoundIn};
pub use history::{History, Step as HistoryStep};
pub use judging::{AUDITS, Judging, Named, SETTINGS, lay_over};
pub use manifest::{Manifest, ManifestSource};
pub use names::{ALIASES, UserNames, names};
pub use overlay::judged;
pub use own::{Draft, Own, OwnError, add_query};
pub use publish::{Makes, Order, Published, Step};
pub use sample::sample;
pub use saved::{SavedSearch, SearchName};
pub use unfinished::Unfinished;
pub use user_file::{ListFault, UserFile, find as find_user_file, place as place_of_user_file};

use crate::import::ImportError;
use crate::index::{Index, IndexError};
use crate::system::{Advice, Wanted};

/// The name under which the embedded sample opens.
pub const SAMPLE: &str = "sample";

/// The folder of all editions, in a library.
const EDITIONS: &str = "editions";

/// The symlink to an edition's generation.
const CURRENT: &str = "current";

/// How often an edition is opened anew that is replaced while it is opened.
const OPENED_ANEW: usize = 10;

/// A library: a folder of editions.
#[derive(Debug, Clone)]
pub struct Library {
    root: PathBuf,
}

/// What can go wrong with a library. Every message names the file or edition, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// No folder to keep a library in.
    #[error("there is no home folder to keep a library in; name one with --library DIR or OUTFLOW_LIBRARY")]
    NoHome,
    /// An edition that is not there.
    #[error("there is no edition \"{slug}\" in {}; it has: {known}", library.display())]
    NoEdition {
        /// The name asked for.
        slug: String,
        /// Where it was looked for.
        library: PathBuf,
        /// The names that are there.
        known: String,
    },
    /// An edition whose files cannot be used.
    #[error("edition \"{slug}\" cannot be opened: {source}; its published files are kept in {}, import them again", kept.display())]
    Unreadable {
        /// The edition.
        slug: String,
        /// Where its sources are kept.
        kept: PathBuf,
        /// What is wrong with its index.
        source: IndexError,
    },
    /// An edition that is there, and that whoever runs the program may not read.
    #[error(
        "edition \"{slug}\" may not be read by user {reader}: {what}. Ask its owner, user {owner}, to let others read it with \
         chmod -R a+rX {}, or name another library with --library DIR",
        folder.display()
    )]
    Forbidden {
        /// The edition.
        slug: String,
        /// Its folder.
        folder: PathBuf,
        /// What may not be read.
        what: String,
        /// The number of the user that reads.
        reader: u32,
        /// The number of the user that the edition belongs to.
        owner: u32,
    },
    /// The sample did not build.
    #[error("the embedded sample cannot be opened: {0}")]
    Sample(String),
    /// Another import is writing the same edition.
    #[error("another import is writing edition \"{0}\"; try again when it has finished")]
    Busy(String),
    /// The import was given up before it came to its end.
    #[error("the import was given up")]
    GivenUp,
    /// Files cannot be added to an edition without losing something of it.
    #[error("nothing was added to edition \"{slug}\", which is as it was: {what}")]
    NotAdded {
        /// The edition.
        slug: String,
        /// Why, and what to do.
        what: String,
    },
    /// A published file that could not be read.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The index could not be written.
    #[error("the index could not be written: {}{}", .0, if .0.is_out_of_room() { Advice::NO_ROOM.to_string() } else { String::new() })]
    Index(#[from] IndexError),
    /// A file or folder of the library.
    #[error("{}: {source}{}", path.display(), Advice::behind("; ", Wanted::Library, source))]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A manifest that does not read.
    #[error("{} is damaged ({message}); import the edition again", path.display())]
    Manifest {
        /// Which manifest.
        path: PathBuf,
        /// What is wrong with it.
        message: String,
    },
}

impl Library {
    /// The library in a given folder; it need not exist yet.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The user's own library, under the system's folder for data.
    ///
    /// # Errors
    /// [`LibraryError::NoHome`] where the system has no such folder.
    pub fn of_user() -> Result<Self, LibraryError> {
        let folders = directories::ProjectDirs::from("", "", "outflow").ok_or(LibraryError::NoHome)?;
        Ok(Self::at(folders.data_dir()))
    }

    /// Where it is.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The editions in it, newest first by date; those without a date come last, by name. Damaged ones are listed too.
    ///
    /// # Errors
    /// Only where the folder itself cannot be read; a folder that does not exist is an empty library.
    pub fn editions(&self) -> Result<Vec<Listed>, LibraryError> {
        let folder = self.root.join(EDITIONS);
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(LibraryError::File { path: folder, source }),
        };
        let mut listed = Vec::new();
        for entry in entries {
            let entry = entry.map_err(|source| LibraryError::File { path: folder.clone(), source })?;
            let Ok(slug) = entry.file_name().into_string() else { continue };
            // What begins with a point is no edition: one that is being removed is named so.
            if slug.starts_with('.') {
                continue;
            }
            // One that may not be looked into is named with the reason: left out, another would open in its place.
            let is_there = match entry.path().join(CURRENT).symlink_metadata() {
                Ok(_) => true,
                Err(error) => error.kind() == io::ErrorKind::PermissionDenied,
            };
            if is_there {
                listed.push(Listed { manifest: self.manifest(&slug), slug });
            }
        }
        listed.sort_by(|one, two| two.date().cmp(&one.date()).then_with(|| one.slug.cmp(&two.slug)));
        Ok(listed)
    }

    /// Opens an edition: the one named, else the one chosen, else the newest, else the embedded sample.
    ///
    /// # Errors
    /// Where no edition has that name, or its files cannot be used.
    pub fn open(&self, slug: Option<&str>) -> Result<Edition, LibraryError> {
        match slug {
            Some(SAMPLE) => Edition::sample(),
            Some(slug) => self.open_named(slug),
            None => match self.opens()? {
                Some(slug) if slug != SAMPLE => self.open_named(&slug),
                _ => Edition::sample(),
            },
        }
    }

    /// Opens an edition. One whose files went away meanwhile, because newer ones took its place faster than it could be opened,
    /// is opened anew.
    fn open_named(&self, slug: &str) -> Result<Edition, LibraryError> {
        let current = || fs::read_link(self.edition_folder(slug).join(CURRENT)).ok();
        for _ in 0..OPENED_ANEW {
            let before = current();
            let opened = self.open_once(slug);
            if opened.is_ok() || before == current() {
                return opened;
            }
        }
        self.open_once(slug)
    }

    fn open_once(&self, slug: &str) -> Result<Edition, LibraryError> {
        let folder = self.edition_folder(slug);
        // The symlink is followed once, so that all files are of one generation whatever is published meanwhile.
        let generation = match fs::canonicalize(folder.join(CURRENT)) {
            Ok(generation) => generation,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(self.no_edition(slug)),
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                return Err(self.forbidden(slug, format!("{} is closed to others", folder.display())));
            }
            Err(source) => return Err(LibraryError::File { path: folder.join(CURRENT), source }),
        };
        let index = match Index::open(&generation.join(publish::INDEX)) {
            Ok(index) => index,
            Err(error) if error.is_forbidden() => return Err(self.forbidden(slug, error.to_string())),
            Err(source) => {
                let kept = generation.join(publish::SOURCES);
                return Err(LibraryError::Unreadable { slug: slug.to_owned(), kept, source });
            }
        };
        Ok(Edition { index, manifest: Some(Manifest::read(&generation)?) })
    }

    fn forbidden(&self, slug: &str, what: String) -> LibraryError {
        let folder = self.edition_folder(slug);
        // The owner of what is closed is told by the folder that it stands in, which can be seen.
        let owner = fs::symlink_metadata(&folder).map_or(0, |folder| folder.uid());
        let reader = rustix::process::geteuid().as_raw();
        LibraryError::Forbidden { slug: slug.to_owned(), folder, what, reader, owner }
    }

    fn no_edition(&self, slug: &str) -> LibraryError {
        let mut known: Vec<String> =
            self.editions().unwrap_or_default().into_iter().map(|listed| listed.slug).collect();
        known.push(SAMPLE.to_owned());
        LibraryError::NoEdition { slug: slug.to_owned(), library: self.root.clone(), known: known.join(", ") }
    }

    fn manifest(&self, slug: &str) -> Result<Manifest, LibraryError> {
        Manifest::read(&self.edition_folder(slug).join(CURRENT))
    }

    /// A slug is one plain name: anything that leads elsewhere finds nothing.
    fn edition_folder(&self, slug: &str) -> PathBuf {
        let plain = !slug.is_empty() && !slug.starts_with('.') && !slug.contains(['/', '\0']);
        self.root.join(EDITIONS).join(if plain { slug } else { ".no-such-edition" })
    }
}
