//! An edition's index: the sums that its postings carry, then all that it holds.

use std::io;
use std::path::Path;

use super::{Look, Looking, LookingAt};
use crate::index::{Index, IndexError, differing};
use crate::library::Manifest;
use crate::library::manifest;
use crate::library::publish::INDEX;

impl Look<'_> {
    /// Reads the index whole. One of which a file is known to be damaged is not: what would be told of the rest would follow from
    /// that.
    pub(super) fn index(&mut self, manifest: Option<&Manifest>) {
        let folder = self.generation.join(INDEX);
        if self.flaws.iter().any(|flaw| flaw.file.starts_with(&folder)) {
            return;
        }
        match differing(&folder) {
            Ok(wrong) if wrong.is_empty() => {}
            Ok(wrong) => return wrong.into_iter().for_each(|(name, what)| self.flaw(folder.join(name), what)),
            Err(error) => return self.unopened(&folder, &error),
        }
        match Index::open(&folder) {
            Ok(index) => self.read_whole(&folder, &index, manifest),
            Err(error) => self.unopened(&folder, &error),
        }
    }

    fn unopened(&mut self, folder: &Path, error: &IndexError) {
        let file = error.file().map_or_else(|| folder.to_owned(), |file| folder.join(file));
        let what = match error {
            IndexError::Damaged { message, .. } | IndexError::Missing { message, .. } => message.clone(),
            error if error.is_forbidden() => {
                return self.unread(file, &io::ErrorKind::PermissionDenied.into());
            }
            error => error.to_string(),
        };
        self.flaw(file, what);
    }

    fn read_whole(&mut self, folder: &Path, index: &Index, manifest: Option<&Manifest>) {
        let (slug, total) = (self.slug, index.len() as u64);
        let tell = &mut *self.tell;
        let examined = index.examine_whole(&mut |read| {
            tell(Looking { slug, at: LookingAt::Projects, done: read as u64, total });
        });
        self.extent.projects = index.len();
        self.extent.versions = examined.versions;
        self.extent.concerns = examined.concerns;
        let found_whole = examined.faults.is_empty();
        for (name, what) in examined.faults {
            self.flaw(folder.join(name), what);
        }
        let Some(manifest) = manifest else { return };
        let header = index.header();
        let agree = manifest.counts == header.counts
            && manifest.edition == header.edition
            && manifest.sources.len() == header.sources.len()
            && manifest.sources.iter().zip(&header.sources).all(|(one, other)| one.sha256 == other.sha256)
            // What cannot be read was not counted.
            && (!found_whole || manifest.concerns == examined.findings);
        if !agree {
            let path = self.generation.join(manifest::FILE);
            self.flaw(
                path,
                "it is the manifest of another edition, or its counts are not those of the index".to_owned(),
            );
        }
    }
}
