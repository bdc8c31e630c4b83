//! Every word of the edition with the letters in it: near spellings are found among them by what letters they have, before any
//! word is compared letter by letter.

use std::collections::BTreeSet;

use tantivy::directory::Directory;

use super::IndexError;
use super::columns::{Columns, NUMBER, texts};
use super::examined::apart;
use crate::text::{is_near, letters, nearness};

/// The name of the file: the words in order, and a bit for each letter of each.
const SPELLINGS: &str = "spellings.columns";

/// Bytes of the letters of a word.
const LETTERS: usize = 8;

/// Its columns.
#[derive(Debug, Clone, Copy)]
enum Column {
    WordStarts,
    Words,
    Letters,
}

/// The words of an edition by their letters.
#[derive(Debug, Clone)]
pub(super) struct Spellings(Columns);

impl Spellings {
    /// Writes folded words.
    pub(super) fn write(directory: &dyn Directory, words: &BTreeSet<String>) -> Result<(), IndexError> {
        let [starts, all] = texts(words);
        let letters = words.iter().flat_map(|word| letters(word).to_le_bytes()).collect();
        Columns::write(directory, SPELLINGS, &[starts, all, letters])
    }

    pub(super) fn open(directory: &dyn Directory) -> Result<Self, IndexError> {
        let columns = Columns::open(directory, SPELLINGS)?;
        let words = columns.rows(Column::WordStarts as usize);
        columns.check(Column::WordStarts as usize, words + 1, NUMBER)?;
        columns.check(Column::Letters as usize, words, LETTERS)?;
        Ok(Self(columns))
    }

    /// Reads all of it.
    pub(super) fn examine(&self) -> Result<(), IndexError> {
        self.0.examine_texts(Column::WordStarts as usize, Column::Words as usize)
    }

    /// Sees that it has these words and no others.
    pub(super) fn examine_words(&self, words: &BTreeSet<String>) -> Result<(), IndexError> {
        let (starts, texts) = (Column::WordStarts as usize, Column::Words as usize);
        let own = (0..self.0.rows(starts)).map(|row| self.0.text(starts, texts, row));
        if own.eq(words.iter().map(String::as_str)) { Ok(()) } else { Err(apart(SPELLINGS)) }
    }

    /// The words that are spelt nearly so, in order; that itself is among them.
    pub(super) fn near(&self, folded: &str) -> impl Iterator<Item = &str> {
        let (wanted, most) = (letters(folded), nearness(folded));
        let has = move |letters: &[u8; LETTERS]| {
            let letters = u64::from_le_bytes(*letters);
            (wanted & !letters).count_ones() as usize <= most && (letters & !wanted).count_ones() as usize <= most
        };
        let all = self.0.bytes(Column::Letters as usize).as_chunks::<LETTERS>().0;
        let alike = all.iter().enumerate().filter(move |(_, letters)| has(letters));
        let words = alike.map(|(row, _)| self.0.text(Column::WordStarts as usize, Column::Words as usize, row));
        words.filter(move |word| is_near(folded, word).is_some())
    }
}

#[cfg(test)]
mod tests {
    use tantivy::directory::RamDirectory;

    use super::*;

    proptest::proptest! {
        #[test]
        fn near_spellings_are_those_that_a_look_at_every_word_finds(
            words in proptest::collection::btree_set("[a-dé]{1,9}", 0..40),
            wanted in "[a-dé]{0,9}",
        ) {
            let directory = RamDirectory::create();
            Spellings::write(&directory, &words).unwrap();
            let spellings = Spellings::open(&directory).unwrap();
            let near: Vec<&String> = words.iter().filter(|word| is_near(&wanted, word).is_some()).collect();
            proptest::prop_assert_eq!(spellings.near(&wanted).collect::<Vec<_>>(), near);
        }
    }
}
