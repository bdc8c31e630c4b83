//! Columns: the same of every project in one stretch of bytes, mapped and read where it is asked for, so that the first search
//! of a process reads no more than it needs.

use std::ops::Range;
use std::path::Path;

use tantivy::directory::{Directory, OwnedBytes, TerminatingWrite};

use super::IndexError;
use super::files::{damaged, map, number};

/// Bytes of a number in a column.
pub(super) const NUMBER: usize = 4;

/// Bytes of a place in the file.
const PLACE: usize = 8;

/// Many columns in one file: their bytes one after another, then where each ends, then how many there are.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    name: &'static str,
    bytes: OwnedBytes,
    places: Vec<Range<usize>>,
}

impl Columns {
    pub(super) fn write(directory: &dyn Directory, name: &'static str, columns: &[Vec<u8>]) -> Result<(), IndexError> {
        let failed = |source: std::io::Error| IndexError::Write { file: name.to_owned(), source };
        let opened = directory.open_write(Path::new(name));
        let mut file = opened.map_err(|error| failed(std::io::Error::other(error.to_string())))?;
        let (mut ends, mut at) = (Vec::new(), 0_u64);
        for column in columns {
            std::io::Write::write_all(&mut file, column).map_err(failed)?;
            at += column.len() as u64;
            ends.extend(at.to_le_bytes());
        }
        ends.extend((columns.len() as u64).to_le_bytes());
        std::io::Write::write_all(&mut file, &ends).map_err(failed)?;
        file.terminate().map_err(failed)
    }

    /// Opens a file of columns, and sees that it is whole.
    pub(super) fn open(directory: &dyn Directory, name: &'static str) -> Result<Self, IndexError> {
        let cut_off = || damaged(name, &"it is cut off");
        let bytes = map(directory, name)?;
        let end = bytes.len().checked_sub(PLACE).ok_or_else(cut_off)?;
        let count = number(&bytes, end).ok_or_else(cut_off)?;
        let table = count.checked_mul(PLACE).and_then(|taken| end.checked_sub(taken)).ok_or_else(cut_off)?;
        let (mut places, mut start) = (Vec::with_capacity(count), 0);
        for column in 0..count {
            let end = number(&bytes, table + column * PLACE).filter(|end| (start..=table).contains(end));
            let end = end.ok_or_else(cut_off)?;
            places.push(start..end);
            start = end;
        }
        if start != table {
            return Err(cut_off());
        }
        Ok(Self { name, bytes, places })
    }

    /// Sees that a column holds so many entries of so many bytes each.
    pub(super) fn check(&self, column: usize, entries: usize, width: usize) -> Result<(), IndexError> {
        let is_whole = self.places.get(column).is_some_and(|place| place.len() == entries * width);
        if is_whole { Ok(()) } else { Err(damaged(self.name, &"it does not go with the other files")) }
    }

    /// The bytes of a column.
    pub(super) fn bytes(&self, column: usize) -> &[u8] {
        self.places.get(column).and_then(|place| self.bytes.get(place.clone())).unwrap_or_default()
    }

    /// An entry of a column of bytes.
    pub(super) fn byte(&self, column: usize, row: usize) -> u8 {
        self.bytes(column).get(row).copied().unwrap_or_default()
    }

    /// An entry of a column of numbers.
    pub(super) fn number(&self, column: usize, row: usize) -> u32 {
        number_at(self.bytes(column), row)
    }

    /// The entries of a row in a column of numbers; another column says where those of each row begin, and the last end.
    pub(super) fn list(&self, starts: usize, numbers: usize, row: usize) -> impl Iterator<Item = u32> {
        let range = self.span(starts, row);
        let bytes = self.bytes(numbers).get(range.start * NUMBER..range.end * NUMBER).unwrap_or_default();
        bytes.as_chunks::<NUMBER>().0.iter().map(|bytes| u32::from_le_bytes(*bytes))
    }

    /// The text of a row; another column says where that of each row begins, and the last ends.
    pub(super) fn text(&self, starts: usize, texts: usize, row: usize) -> &str {
        let bytes = self.bytes(texts).get(self.span(starts, row)).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    /// The row of a text, where the rows come in the order of their texts.
    pub(super) fn find(&self, starts: usize, texts: usize, wanted: &str) -> Option<usize> {
        let rows = self.rows(starts);
        let row = rows_before(rows, |row| self.text(starts, texts, row) < wanted);
        (row < rows && self.text(starts, texts, row) == wanted).then_some(row)
    }

    /// How many rows such a column of starts tells of.
    pub(super) fn rows(&self, starts: usize) -> usize {
        (self.bytes(starts).len() / NUMBER).saturating_sub(1)
    }

    /// Sees that the texts of a column are text, and that the places of its rows come in order and end where it ends.
    pub(super) fn examine_texts(&self, starts: usize, texts: usize) -> Result<(), IndexError> {
        self.examine_starts(starts, self.bytes(texts).len())?;
        let is_text = (0..self.rows(starts)).all(|row| {
            let bytes = self.bytes(texts).get(self.span(starts, row));
            bytes.is_some_and(|bytes| simdutf8::basic::from_utf8(bytes).is_ok())
        });
        if is_text { Ok(()) } else { Err(damaged(self.name, &"it holds bytes that are no text")) }
    }

    /// Sees that the numbers of a list are below one, and that the places of its rows come in order and end where it ends.
    pub(super) fn examine_list(&self, starts: usize, numbers: usize, below: usize) -> Result<(), IndexError> {
        self.examine_starts(starts, self.bytes(numbers).len() / NUMBER)?;
        let all = self.bytes(numbers).as_chunks::<NUMBER>().0;
        if all.iter().all(|bytes| (u32::from_le_bytes(*bytes) as usize) < below) {
            return Ok(());
        }
        Err(damaged(self.name, &"it names what is not there"))
    }

    fn examine_starts(&self, starts: usize, end: usize) -> Result<(), IndexError> {
        let all = self.bytes(starts).as_chunks::<NUMBER>().0;
        let numbers = all.iter().map(|bytes| u32::from_le_bytes(*bytes) as usize);
        let ends_there = number_at(self.bytes(starts), all.len().saturating_sub(1)) as usize == end;
        if number_at(self.bytes(starts), 0) == 0 && numbers.is_sorted() && ends_there {
            return Ok(());
        }
        Err(damaged(self.name, &"its rows do not follow one another"))
    }

    fn span(&self, starts: usize, row: usize) -> Range<usize> {
        let start = self.number(starts, row) as usize;
        start..(self.number(starts, row + 1) as usize).max(start)
    }
}

/// How many of so many rows, which come in order, stand before what is sought.
pub(super) fn rows_before(rows: usize, is_before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, rows);
    while low < high {
        let middle = usize::midpoint(low, high);
        if is_before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// The number of a row in a column of numbers.
pub(super) fn number_at(column: &[u8], row: usize) -> u32 {
    let bytes = column.get(row * NUMBER..(row + 1) * NUMBER).and_then(|bytes| bytes.try_into().ok());
    u32::from_le_bytes(bytes.unwrap_or_default())
}

/// A column of numbers.
pub(super) fn numbers(numbers: impl IntoIterator<Item = u32>) -> Vec<u8> {
    numbers.into_iter().flat_map(u32::to_le_bytes).collect()
}

/// Rows of several numbers, as a column of starts and one of numbers.
pub(super) fn lists<T: AsRef<[u32]>>(rows: impl IntoIterator<Item = T>) -> [Vec<u8>; 2] {
    let (mut starts, mut all) = (vec![0], Vec::new());
    for row in rows {
        all.extend_from_slice(row.as_ref());
        starts.push(u32::try_from(all.len()).unwrap_or(u32::MAX));
    }
    [numbers(starts), numbers(all)]
}

/// Rows of text, as a column of starts and one of texts.
pub(super) fn texts<T: AsRef<str>>(rows: impl IntoIterator<Item = T>) -> [Vec<u8>; 2] {
    let (mut starts, mut all) = (vec![0], Vec::new());
    for row in rows {
        all.extend_from_slice(row.as_ref().as_bytes());
        starts.push(u32::try_from(all.len()).unwrap_or(u32::MAX));
    }
    [numbers(starts), all]
}

#[cfg(test)]
mod tests {
    use tantivy::directory::RamDirectory;

    use super::*;

    #[test]
    fn columns_come_back_and_cut_off_ones_are_refused() {
        let directory = RamDirectory::create();
        let [starts, items] = lists([vec![7, 8], vec![], vec![9]]);
        let [places, names] = texts(["one", "", "drei"]);
        Columns::write(&directory, "a", &[vec![1, 2, 3], starts, items, places, names, numbers([5, 6])]).unwrap();
        let columns = Columns::open(&directory, "a").unwrap();
        assert_eq!((columns.byte(0, 2), columns.byte(0, 3), columns.number(5, 1)), (3, 0, 6));
        let list = |row| columns.list(1, 2, row).collect::<Vec<_>>();
        assert_eq!((list(0), list(1), list(2), list(3)), (vec![7, 8], vec![], vec![9], vec![]));
        assert_eq!([0, 1, 2, 3].map(|row| columns.text(3, 4, row)), ["one", "", "drei", ""]);
        assert_eq!((columns.rows(1), columns.rows(3)), (3, 3));
        assert!(columns.check(0, 3, 1).is_ok() && columns.check(0, 4, 1).is_err() && columns.check(9, 0, 1).is_err());
        let whole = map(&directory, "a").unwrap();
        for length in 0..whole.len() {
            super::super::files::write(&directory, "cut", &whole[..length]).unwrap();
            assert!(Columns::open(&directory, "cut").is_err(), "{length}");
        }
    }
}
