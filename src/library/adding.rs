//! Adding files to an edition: its kept files and the new ones make a new generation.

use std::path::Path;

use crate::import::{self, Imported, Input, Kept, Read};

use super::publish::{Order, SOURCES, Step};
use super::{CURRENT, Library, LibraryError, Manifest, ManifestSource};

/// What stands in an edition's list of files after the adding.
enum Listed<'a> {
    /// A file that was there before.
    Old(&'a ManifestSource),
    /// One of those just read, by its number.
    New(usize),
}

impl Library {
    /// Reads new files, and the kept ones of an edition that they do not replace. The same file again replaces itself; a
    /// file of the same name with other content replaces the older one, which is said.
    pub(super) fn read_into(
        &self,
        slug: &str,
        order: &Order<'_>,
        progress: &mut dyn FnMut(Step<'_>),
    ) -> Result<(Imported, Kept), LibraryError> {
        // The link is followed once: all files are of one generation.
        let generation = self.edition_folder(slug).join(CURRENT);
        let generation = generation.canonicalize().map_err(|source| LibraryError::File { path: generation, source })?;
        let old = Manifest::read(&generation)?.sources;
        let manner = self.manner(order);
        let mut tell = |reading: import::Progress<'_>| progress(Step::Reading(reading));
        let inputs: Vec<Input> = order.files.iter().map(|path| Input::of(path)).collect();
        let (new, unread) = import::read_each(&inputs, &manner, &mut tell)?;
        if new.is_empty() {
            return Ok(import::join(new, unread, order.files, Some(slug))?);
        }
        let refused = |what: String| LibraryError::NotAdded { slug: slug.to_owned(), what };
        let (listed, replaced) = list(&old, &new).map_err(refused)?;
        let kept: Vec<&ManifestSource> = listed
            .iter()
            .filter_map(|entry| if let Listed::Old(source) = entry { Some(*source) } else { None })
            .collect();
        let inputs: Vec<Input> = kept.iter().map(|source| input(&generation, source)).collect();
        let (again, lost) = import::read_each(&inputs, &manner, &mut tell)?;
        if let Some(lost) = lost.into_iter().next() {
            return Err(refused(format!("its own file could not be read again: {}", lost.trouble)));
        }
        for (source, read) in kept.iter().zip(&again) {
            if source.sha256 != read.sha256() {
                let file = &source.file;
                return Err(refused(format!("the kept file {file} is no longer what was imported; import it anew")));
            }
        }
        let (mut again, mut new) = (again.into_iter(), new.into_iter().map(Some).collect::<Vec<_>>());
        let in_order = listed.iter().filter_map(|entry| match entry {
            Listed::Old(_) => again.next(),
            Listed::New(number) => new[*number].take(),
        });
        let (mut imported, kept) = import::join(in_order.collect(), unread, order.files, Some(slug))?;
        imported.report.notes.extend(replaced);
        Ok((imported, kept))
    }
}

/// A kept file under the name that it was published with. Names come from a file on the disk: none leads elsewhere.
fn input(generation: &Path, source: &ManifestSource) -> Input {
    let kept = Input::of(Path::new(&source.kept)).name;
    Input { path: generation.join(SOURCES).join(kept), name: Input::of(Path::new(&source.file)).name }
}

/// The edition's files in order, the new ones last or in the place of those that they replace; and what is said of that.
fn list<'a>(old: &'a [ManifestSource], new: &[Read]) -> Result<(Vec<Listed<'a>>, Vec<String>), String> {
    let mut listed: Vec<Listed<'a>> = old.iter().map(Listed::Old).collect();
    let mut said = Vec::new();
    for (number, file) in new.iter().enumerate() {
        if new[..number].iter().any(|earlier| earlier.sha256() == file.sha256()) {
            said.push(format!("{}: named twice, and added once", file.name()));
            continue;
        }
        let of_old = |is: &dyn Fn(&ManifestSource) -> bool| -> Vec<usize> {
            let numbers = listed.iter().enumerate();
            numbers.filter(|(_, entry)| matches!(entry, Listed::Old(source) if is(source))).map(|(at, _)| at).collect()
        };
        let same = of_old(&|source| source.sha256 == file.sha256());
        let named = of_old(&|source| source.file == file.name());
        match (same.as_slice(), named.as_slice()) {
            ([at, ..], _) => listed[*at] = Listed::New(number),
            ([], []) => listed.push(Listed::New(number)),
            ([], [at]) => {
                listed[*at] = Listed::New(number);
                said.push(format!("{}: replaces the file of this name that was there before", file.name()));
            }
            ([], _) => {
                let name = file.name();
                return Err(format!(
                    "it has several files named {name}, and which one to replace is not clear; give the new one another name"
                ));
            }
        }
    }
    Ok((listed, said))
}
