//! Which words of the edition are forms of one another, worked out when it is built: stemming every word that begins alike took
//! most of the time of a short one.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::directory::Directory;

use super::IndexError;
use super::columns::{Columns, texts};
use super::examined::apart;
use super::forms::class_of;

/// The name of the file: the classes in order, and the words of each with a space between them.
const CLASSES: &str = "classes.columns";

/// Its columns.
#[derive(Debug, Clone, Copy)]
enum Column {
    ClassStarts,
    Classes,
    WordsStarts,
    Words,
}

/// The words of an edition by their classes.
#[derive(Debug, Clone)]
pub(super) struct Classes(Columns);

impl Classes {
    /// Writes the classes of folded words.
    pub(super) fn write(directory: &dyn Directory, words: &BTreeSet<String>) -> Result<(), IndexError> {
        let mut classes: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for word in words {
            classes.entry(class_of(word)).or_default().push(word);
        }
        let [class_starts, names] = texts(classes.keys());
        let [words_starts, words] = texts(classes.values().map(|words| words.join(" ")));
        Columns::write(directory, CLASSES, &[class_starts, names, words_starts, words])
    }

    pub(super) fn open(directory: &dyn Directory) -> Result<Self, IndexError> {
        let columns = Columns::open(directory, CLASSES)?;
        let rows = columns.rows(Column::ClassStarts as usize);
        columns.check(Column::WordsStarts as usize, rows + 1, super::columns::NUMBER)?;
        Ok(Self(columns))
    }

    /// Reads all of it.
    pub(super) fn examine(&self) -> Result<(), IndexError> {
        self.0.examine_texts(Column::ClassStarts as usize, Column::Classes as usize)?;
        self.0.examine_texts(Column::WordsStarts as usize, Column::Words as usize)
    }

    /// Sees that it has so many words.
    pub(super) fn examine_words(&self, words: usize) -> Result<(), IndexError> {
        let (starts, texts) = (Column::WordsStarts as usize, Column::Words as usize);
        let own = (0..self.0.rows(starts)).map(|row| self.0.text(starts, texts, row).split(' ').count());
        if own.sum::<usize>() == words { Ok(()) } else { Err(apart(CLASSES)) }
    }

    /// The words of a class, in order.
    pub(super) fn words(&self, class: &str) -> impl Iterator<Item = &str> {
        let row = self.0.find(Column::ClassStarts as usize, Column::Classes as usize, class);
        let words = row.map(|row| self.0.text(Column::WordsStarts as usize, Column::Words as usize, row));
        words.into_iter().flat_map(|words| words.split(' '))
    }
}

#[cfg(test)]
mod tests {
    use tantivy::directory::RamDirectory;

    use super::*;

    #[test]
    fn every_word_is_found_by_its_class_and_no_other_is() {
        let directory = RamDirectory::create();
        let words = ["gp", "gps", "die", "dying", "council", "councils", "zebra", "a", "élan"];
        let words: BTreeSet<String> = words.map(str::to_owned).into();
        Classes::write(&directory, &words).unwrap();
        let classes = Classes::open(&directory).unwrap();
        for word in &words {
            let class = class_of(word);
            let same: Vec<&String> = words.iter().filter(|other| class_of(other) == class).collect();
            assert_eq!(classes.words(&class).collect::<Vec<_>>(), same, "{word}");
        }
        for class in ["", "0", "zzz", "counc"] {
            assert_eq!(classes.words(class).next(), None, "{class}");
        }
    }
}
