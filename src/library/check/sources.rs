//! The published files that an edition keeps: each is there, and has the SHA-256 that the manifest names.

use std::fmt::Write;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::{Look, Remedy};
use crate::import::Input;
use crate::index::Index;
use crate::library::publish::{INDEX, SOURCES};
use crate::library::{Manifest, sums};

/// How the published files of an edition stand.
#[derive(Debug)]
pub(super) enum Sources {
    /// All of them are as they were imported.
    Whole(Vec<PathBuf>),
    /// These are not.
    Differ(Vec<String>),
    /// Nothing says which there are, and what they hold.
    Unknown,
}

impl Sources {
    /// Of these files, by what is said of each with its SHA-256: whether it is whole.
    fn of(listed: Vec<Listed>, mut is_whole: impl FnMut(&Path, &str) -> bool) -> Self {
        let (mut whole, mut differ) = (Vec::new(), Vec::new());
        for (name, file, sha256) in listed {
            if is_whole(&file, &sha256) {
                whole.push(file);
            } else {
                differ.push(name);
            }
        }
        if differ.is_empty() { Self::Whole(whole) } else { Self::Differ(differ) }
    }

    /// What to do about an edition that is not whole.
    pub(super) fn remedy(self, generation: &Path) -> Remedy {
        match self {
            Self::Whole(files) => match <[PathBuf; 1]>::try_from(files) {
                Ok([file]) => Remedy::ImportAgain(file),
                Err(_) => Remedy::ImportAgain(generation.join(SOURCES)),
            },
            Self::Differ(names) => Remedy::Replace(names),
            Self::Unknown => Remedy::ImportElsewhere,
        }
    }
}

impl Look<'_> {
    /// Holds each kept file to its hash. Without a manifest the index says which there are.
    pub(super) fn sources(&mut self, manifest: Option<&Manifest>) -> Sources {
        let Some(listed) = listed(&self.generation, manifest) else { return Sources::Unknown };
        Sources::of(listed, |file, sha256| {
            self.extent.sources += 1;
            match hash(file, &mut |bytes| self.read(bytes)) {
                Ok(found) if found == sha256 => return true,
                Ok(_) => {
                    let what = "this published file is not what was imported: its SHA-256 is another";
                    self.flaw(file.to_owned(), what.to_owned());
                }
                Err(error) => self.unread(file.to_owned(), &error),
            }
            false
        })
    }
}

/// What to do about a generation to which no link leads.
pub(super) fn remedy_of(generation: &Path) -> Remedy {
    let manifest = Manifest::read(generation).ok();
    let Some(listed) = listed(generation, manifest.as_ref()) else { return Remedy::ImportElsewhere };
    let is_whole = |file: &Path, sha256: &str| hash(file, &mut |_| {}).is_ok_and(|found| found == sha256);
    Sources::of(listed, is_whole).remedy(generation)
}

/// A published file: its name, where it is kept, its SHA-256.
type Listed = (String, PathBuf, String);

/// The published files.
fn listed(generation: &Path, manifest: Option<&Manifest>) -> Option<Vec<Listed>> {
    // Names come from a file on the disk: none leads elsewhere.
    let place = |kept: &str| generation.join(SOURCES).join(Input::of(Path::new(kept)).name);
    if let Some(manifest) = manifest {
        let sources = manifest.sources.iter();
        return Some(sources.map(|one| (one.file.clone(), place(&one.kept), one.sha256.clone())).collect());
    }
    let index = Index::open(&generation.join(INDEX)).ok()?;
    let sources = index.header().sources.iter();
    Some(sources.map(|one| (one.file.clone(), place(&one.file), one.sha256.clone())).collect())
}

/// SHA-256 of a file in lower-case hexadecimal.
fn hash(file: &Path, tell: &mut dyn FnMut(u64)) -> io::Result<String> {
    let mut hash = Sha256::new();
    sums::read_in_pieces(file, &mut |piece| {
        hash.update(piece);
        tell(piece.len() as u64);
    })?;
    Ok(hash.finalize().iter().fold(String::new(), |mut hexadecimal, byte| {
        let _ = write!(hexadecimal, "{byte:02x}");
        hexadecimal
    }))
}
