//! Sums of an edition's files, written when it is published, so that a byte that differs later is found. Published files are not
//! among them: the manifest has their SHA-256.
//!
//! The sums guard against disks and copies, not against people: who can write a library can write its sums. So they are of XXH3, 128
//! bits: 158 MB of index take less than a tenth of a second.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Component, Path, PathBuf};

use rustix::fs::OFlags;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use super::publish::SOURCES;

/// Name of the file, beside the manifest.
pub(super) const FILE: &str = "sums.json";

/// The version of its layout.
const SCHEMA: u32 = 1;

/// Bytes that are read at a time.
const PIECE: usize = 256 << 10;

/// The sums of a generation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sums {
    schema: u32,
    /// The files, by their paths in the generation.
    files: BTreeMap<String, String>,
    /// The sum of the above: a sum that is damaged itself is not taken for a damaged file.
    sum: String,
}

/// Why there are no sums to hold files to.
#[derive(Debug)]
pub(super) enum NoSums {
    /// There is no such file.
    Absent,
    /// It cannot be read.
    Unreadable(io::Error),
    /// It does not hold what it should.
    Damaged,
    /// It is of another version of the program, with this layout.
    Schema(u32),
}

/// What every version of the file says first.
#[derive(Debug, Deserialize)]
struct Stamp {
    schema: u32,
}

impl Sums {
    /// The sums of all files below a folder but the published ones.
    pub(super) fn of(folder: &Path) -> io::Result<Self> {
        let mut files = BTreeMap::new();
        for path in files_below(folder)? {
            let Ok(name) = path.strip_prefix(folder) else { continue };
            files.insert(name.to_string_lossy().into_owned(), sum_of(&path, &mut |_| {})?);
        }
        let sum = own_sum(&files);
        Ok(Self { schema: SCHEMA, files, sum })
    }

    /// As they are written.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        // Texts under texts: nothing of it can fail.
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// Reads the sums of a generation.
    pub(super) fn read(generation: &Path) -> Result<Self, NoSums> {
        let bytes = bytes_of(&generation.join(FILE)).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => NoSums::Absent,
            _ => NoSums::Unreadable(error),
        })?;
        let stamp: Stamp = serde_json::from_slice(&bytes).map_err(|_| NoSums::Damaged)?;
        let sums = serde_json::from_slice::<Self>(&bytes).ok();
        let whole =
            sums.filter(|sums| sums.schema == SCHEMA && sums.sum == own_sum(&sums.files) && sums.to_bytes() == bytes);
        match whole {
            Some(sums) => Ok(sums),
            None if stamp.schema > SCHEMA => Err(NoSums::Schema(stamp.schema)),
            None => Err(NoSums::Damaged),
        }
    }

    /// The files with their sums. Paths come from a file on the disk: none leads out of the generation.
    pub(super) fn files(&self) -> impl Iterator<Item = (&Path, &str)> {
        let is_below = |name: &Path| name.components().all(|part| matches!(part, Component::Normal(_)));
        let files = self.files.iter().map(|(name, sum)| (Path::new(name.as_str()), sum.as_str()));
        files.filter(move |(name, _)| is_below(name))
    }
}

/// All files below a folder that sums are of, in the order of their names.
pub(super) fn files_below(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next)? {
            let entry = entry?;
            let (path, kind) = (entry.path(), entry.file_type()?);
            if path == folder.join(SOURCES) || path == folder.join(FILE) {
                continue;
            }
            if kind.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The sum of a file's bytes; tells of each piece that was read how many bytes it has.
pub(super) fn sum_of(path: &Path, tell: &mut dyn FnMut(u64)) -> io::Result<String> {
    let mut sum = Xxh3::new();
    read_in_pieces(path, &mut |piece| {
        sum.update(piece);
        tell(piece.len() as u64);
    })?;
    Ok(hexadecimal(sum.digest128()))
}

/// Reads a file piece by piece, so that one of any size takes little memory. A pipe in its place, which would block, is none.
pub(super) fn read_in_pieces(path: &Path, take: &mut dyn FnMut(&[u8])) -> io::Result<()> {
    let flags = i32::try_from((OFlags::NONBLOCK | OFlags::NOCTTY).bits()).unwrap_or_default();
    let mut file = File::options().read(true).custom_flags(flags).open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no regular file"));
    }
    let mut piece = vec![0; PIECE];
    loop {
        match file.read(&mut piece) {
            Ok(0) => return Ok(()),
            Ok(count) => take(&piece[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// A file's bytes, all at once.
pub(super) fn bytes_of(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    read_in_pieces(path, &mut |piece| bytes.extend_from_slice(piece))?;
    Ok(bytes)
}

fn own_sum(files: &BTreeMap<String, String>) -> String {
    let lines: String = files.iter().flat_map(|(name, sum)| [name, "\0", sum, "\n"]).collect();
    hexadecimal(xxh3_128(lines.as_bytes()))
}

fn hexadecimal(sum: u128) -> String {
    format!("{sum:032x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_that_differ_in_any_byte_are_not_read() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("index")).unwrap();
        fs::create_dir_all(folder.path().join(SOURCES)).unwrap();
        for (file, text) in [("index/a", "one"), ("manifest.json", "two"), ("sources/register.xlsx", "three")] {
            fs::write(folder.path().join(file), text).unwrap();
        }
        let bytes = Sums::of(folder.path()).unwrap().to_bytes();
        let path = folder.path().join(FILE);
        fs::write(&path, &bytes).unwrap();
        let read = Sums::read(folder.path()).unwrap();
        assert_eq!(
            read.files().map(|(name, _)| name.to_str().unwrap()).collect::<Vec<_>>(),
            ["index/a", "manifest.json"]
        );
        assert_eq!(read, Sums::of(folder.path()).unwrap(), "the sums are none of themselves");
        for at in 0..bytes.len() {
            let mut other = bytes.clone();
            other[at] ^= 1;
            fs::write(&path, &other).unwrap();
            assert!(Sums::read(folder.path()).is_err(), "byte {at}");
        }
        fs::write(&path, "{\"schema\": 7, \"more\": 1}").unwrap();
        assert!(matches!(Sums::read(folder.path()), Err(NoSums::Schema(7))));
        fs::remove_file(&path).unwrap();
        assert!(matches!(Sums::read(folder.path()), Err(NoSums::Absent)));
    }
}
