//! Where the words stand that begin with a letter or two: asked at every first keystroke, and too many to read one by one then.

use std::collections::BTreeMap;

use tantivy::DocId;
use tantivy::directory::Directory;

use super::columns::{Columns, texts};
use super::{IndexError, SearchField};

/// The name of the file: the beginnings in order, and for each a bit for every version.
const BEGINNINGS: &str = "beginnings.columns";

/// Beginnings of so many letters are kept.
const LETTERS: usize = 2;

/// Its columns.
#[derive(Debug, Clone, Copy)]
enum Column {
    NameStarts,
    Names,
    Bits,
}

/// Where words stand by their beginnings, for those that many words begin with.
#[derive(Debug, Clone)]
pub(super) struct Beginnings {
    columns: Columns,
    documents: usize,
}

/// What is gathered of beginnings while the words of the edition are gone through.
#[derive(Debug)]
pub(super) struct Gathered {
    documents: usize,
    /// How many words a beginning must have.
    least: usize,
    beginnings: BTreeMap<String, Vec<u8>>,
}

/// The beginnings of one field that words are being added to.
#[derive(Debug, Default)]
struct Open {
    beginning: String,
    words: usize,
    bits: Vec<u8>,
}

/// What a field's beginnings are kept under.
fn name(field: SearchField, beginning: &str) -> String {
    format!("{}:{beginning}", field.key())
}

impl Gathered {
    pub(super) fn new(documents: usize, least: usize) -> Self {
        Self { documents, least, beginnings: BTreeMap::new() }
    }

    /// Goes through the words of a field, which come in order; `read` gives the versions in which one stands.
    pub(super) fn add(
        &mut self,
        field: SearchField,
        mut next: impl FnMut(&mut Vec<DocId>) -> Result<Option<String>, IndexError>,
    ) -> Result<(), IndexError> {
        let mut open: [Open; LETTERS] = Default::default();
        let mut documents = Vec::new();
        while let Some(word) = next(&mut documents)? {
            for (letters, open) in (1..).zip(&mut open) {
                let Some(end) = word.char_indices().map(|(at, letter)| at + letter.len_utf8()).nth(letters - 1) else {
                    continue;
                };
                if open.beginning != word[..end] {
                    self.close(field, std::mem::take(open));
                    *open =
                        Open { beginning: word[..end].to_owned(), words: 0, bits: vec![0; self.documents.div_ceil(8)] };
                }
                open.words += 1;
                for document in &documents {
                    if let Some(byte) = open.bits.get_mut(*document as usize / 8) {
                        *byte |= 1 << (document % 8);
                    }
                }
            }
            documents.clear();
        }
        for open in open {
            self.close(field, open);
        }
        Ok(())
    }

    fn close(&mut self, field: SearchField, open: Open) {
        if open.words >= self.least {
            self.beginnings.insert(name(field, &open.beginning), open.bits);
        }
    }

    pub(super) fn write(self, directory: &dyn Directory) -> Result<(), IndexError> {
        let [starts, names] = texts(self.beginnings.keys());
        let bits = self.beginnings.into_values().flatten().collect();
        Columns::write(directory, BEGINNINGS, &[starts, names, bits])
    }
}

impl Beginnings {
    /// Opens the beginnings of an edition of so many versions.
    pub(super) fn open(directory: &dyn Directory, documents: usize) -> Result<Self, IndexError> {
        let columns = Columns::open(directory, BEGINNINGS)?;
        columns.check(Column::Bits as usize, columns.rows(Column::NameStarts as usize), documents.div_ceil(8))?;
        Ok(Self { columns, documents })
    }

    /// Reads all of it.
    pub(super) fn examine(&self) -> Result<(), IndexError> {
        self.columns.examine_texts(Column::NameStarts as usize, Column::Names as usize)
    }

    /// The row of a beginning in a field; none where its words must be read one by one.
    pub(super) fn find(&self, field: SearchField, beginning: &str) -> Option<usize> {
        let is_short = beginning.chars().nth(LETTERS).is_none();
        let (starts, names) = (Column::NameStarts as usize, Column::Names as usize);
        if is_short { self.columns.find(starts, names, &name(field, beginning)) } else { None }
    }

    /// Marks the versions in which a word begins as a row says.
    pub(super) fn mark(&self, row: usize, marks: &mut [bool]) {
        let width = self.documents.div_ceil(8);
        let bits = self.columns.bytes(Column::Bits as usize).get(row * width..(row + 1) * width).unwrap_or_default();
        for (marks, bits) in marks.chunks_mut(8).zip(bits) {
            for (at, mark) in marks.iter_mut().enumerate() {
                *mark |= bits & (1 << at) != 0;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use tantivy::directory::RamDirectory;

    use super::*;

    #[test]
    fn beginnings_of_many_words_are_marked_and_others_are_left_to_be_read() {
        let directory = RamDirectory::create();
        let words =
            [("ab", vec![0, 9]), ("abc", vec![3]), ("ad", vec![8]), ("b", vec![1]), ("éa", vec![2]), ("éb", vec![4])];
        let mut gathered = Gathered::new(10, 2);
        for field in [SearchField::Title, SearchField::Dataset] {
            let mut rest = words.iter();
            let next = |documents: &mut Vec<DocId>| {
                Ok(rest.next().map(|(word, of)| {
                    documents.extend(of);
                    (*word).to_owned()
                }))
            };
            gathered.add(field, next).unwrap();
        }
        gathered.write(&directory).unwrap();
        let beginnings = Beginnings::open(&directory, 10).unwrap();
        let marked = |beginning: &str| {
            let mut marks = [false; 10];
            let row = beginnings.find(SearchField::Dataset, beginning)?;
            beginnings.mark(row, &mut marks);
            Some((0..10).filter(|at| marks[*at]).collect())
        };
        assert_eq!(marked("a"), Some(vec![0, 3, 8, 9]));
        assert_eq!(marked("ab"), Some(vec![0, 3, 9]));
        assert_eq!(marked("é"), Some(vec![2, 4]));
        for beginning in ["b", "ad", "c", "abc", ""] {
            assert_eq!(marked(beginning), None, "{beginning}");
        }
    }
}
