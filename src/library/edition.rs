//! An edition that is open, and one that is listed.

use crate::concerns;
use crate::index::Index;
use crate::register::Date;

use super::{LibraryError, Manifest};

/// An edition, open for reading.
#[derive(Debug)]
pub struct Edition {
    /// Its index, with records and rows.
    pub index: Index,
    /// How it was imported; absent for the sample.
    pub manifest: Option<Manifest>,
}

impl Edition {
    /// The embedded sample, built in memory by the same code that publishes an edition.
    ///
    /// # Errors
    /// Only if the embedded file is damaged, which a test rules out.
    pub fn sample() -> Result<Self, LibraryError> {
        let register = super::sample().map_err(|error| LibraryError::Sample(error.to_string()))?;
        let index = Index::in_memory(&register, || concerns::examine(&register))
            .map_err(|error| LibraryError::Sample(error.to_string()))?;
        Ok(Self { index, manifest: None })
    }
}

/// An edition as a list names it.
#[derive(Debug)]
pub struct Listed {
    /// The name that commands use.
    pub slug: String,
    /// How it was imported, or why that cannot be read.
    pub manifest: Result<Manifest, LibraryError>,
}

impl Listed {
    /// The edition's month, if it is known.
    pub fn date(&self) -> Option<Date> {
        self.manifest.as_ref().ok().and_then(|manifest| manifest.edition.date)
    }
}
