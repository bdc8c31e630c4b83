//! Which edition opens unless another is named, and taking an edition away.

use std::fs::{self, DirBuilder, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::time::Duration;

use super::publish::at;
use super::{EDITIONS, Library, LibraryError, SAMPLE, Unfinished};

/// File of a library that names the chosen edition.
const CHOSEN: &str = "chosen";

/// Beginning of the name of an edition that is being removed.
pub(super) const REMOVED: &str = ".removed-";

impl Library {
    /// The edition that opens unless another is named: the one chosen, as long as it is there, else the newest. None in
    /// an empty library.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn opens(&self) -> Result<Option<String>, LibraryError> {
        let editions = self.editions()?;
        let is_there = |slug: &String| slug == SAMPLE || editions.iter().any(|listed| listed.slug == *slug);
        if let Some(chosen) = self.chosen()?.filter(is_there) {
            return Ok(Some(chosen));
        }
        Ok(editions.into_iter().next().map(|listed| listed.slug))
    }

    /// Chooses the edition that opens from now on, for all users of this library.
    ///
    /// # Errors
    /// Where no edition has that name, or the library cannot be written.
    pub fn choose(&self, slug: &str) -> Result<(), LibraryError> {
        if slug != SAMPLE && !self.editions()?.iter().any(|listed| listed.slug == slug) {
            return Err(self.no_edition(slug));
        }
        let path = self.root().join(CHOSEN);
        DirBuilder::new().recursive(true).mode(0o755).create(self.root()).map_err(at(self.root()))?;
        // Written beside and renamed, so that no reader sees half a name.
        let mut file = tempfile::NamedTempFile::new_in(self.root()).map_err(at(self.root()))?;
        writeln!(file, "{slug}").map_err(at(&path))?;
        file.as_file().set_permissions(Permissions::from_mode(0o644)).map_err(at(&path))?;
        file.persist(&path).map_err(|error| LibraryError::File { path, source: error.error })?;
        Ok(())
    }

    /// Removes an edition with its published files. Readers that have it open keep it until they end.
    ///
    /// # Errors
    /// Where no edition has that name, an import is writing it, or the library cannot be written.
    pub fn remove(&self, slug: &str) -> Result<(), LibraryError> {
        if !self.editions()?.iter().any(|listed| listed.slug == slug) {
            return Err(self.no_edition(slug));
        }
        let edition = self.edition_folder(slug);
        let _turn = self.take_turn(slug, Duration::ZERO, &Unfinished::default(), &mut || {})?;
        // Gone in one step for everybody who opens it from now on.
        let removed = self.root().join(EDITIONS).join(format!("{REMOVED}{slug}"));
        let _ = fs::remove_dir_all(&removed);
        fs::rename(&edition, &removed).map_err(at(&edition))?;
        fs::remove_dir_all(&removed).map_err(at(&removed))
    }

    pub(super) fn chosen(&self) -> Result<Option<String>, LibraryError> {
        let path = self.root().join(CHOSEN);
        match fs::read_to_string(&path) {
            Ok(slug) => Ok(Some(slug.trim().to_owned())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(LibraryError::File { path, source }),
        }
    }
}
