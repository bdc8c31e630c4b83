//! The manifest of an edition: what was imported, from which files, and what was not understood.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::import::Warning;
use crate::register::{Counts, Edition, Layout};

use super::LibraryError;

/// Name of the file.
pub(super) const FILE: &str = "manifest.json";

/// The version of the folder's layout that this program writes.
pub(super) const SCHEMA: u32 = 1;

/// What one import made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the folder's layout.
    pub schema: u32,
    /// Version of the program that imported it.
    pub program: String,
    /// When, in UTC.
    pub imported: String,
    /// Which edition it is.
    pub edition: Edition,
    /// The published files, which are kept beside it.
    pub sources: Vec<ManifestSource>,
    /// The edition in figures.
    pub counts: Counts,
    /// How many concerns were found.
    pub concerns: usize,
    /// What was not understood.
    pub warnings: Vec<Warning>,
    /// What the import says of itself beside warnings.
    pub notes: Vec<String>,
    /// The file beside this one that has the sums of all others; none where an older program imported it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sums: Option<String>,
}

/// A published file of an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestSource {
    /// Its name.
    pub file: String,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// How it is laid out.
    pub layout: Layout,
    /// Its name in the edition's folder of sources.
    pub kept: String,
}

impl Manifest {
    /// Reads the manifest of a generation.
    ///
    /// # Errors
    /// Where the file is missing, unreadable or damaged.
    pub fn read(generation: &Path) -> Result<Self, LibraryError> {
        let path = generation.join(FILE);
        let bytes = fs::read(&path).map_err(|source| LibraryError::File { path: path.clone(), source })?;
        serde_json::from_slice(&bytes).map_err(|error| LibraryError::Manifest { path, message: error.to_string() })
    }
}
