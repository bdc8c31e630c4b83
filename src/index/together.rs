//! Versions in which several words stand together, and where each stands there: for words in a row and words near one another.
//! Whoever asks goes from version to version, and reads no place of a word where another does not stand.

use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::{DocId, DocSet, TERMINATED};

use super::SearchError;
use super::postings::{FieldPostings, Sought};
use super::search::Evaluation;

/// Up to so many words of the index are asked at every version; more of them are read one after another before.
const FEW: usize = 8;

/// Versions between two looks at whether anybody still waits.
const BETWEEN_LOOKS: usize = 1 << 10;

/// Some words of a query in a field.
pub(super) struct Together {
    words: Vec<Word>,
    /// The words, the rarest first.
    order: Vec<usize>,
    /// The versions in which the rarest stands, in order, and which of them comes next.
    documents: Vec<DocId>,
    next: usize,
}

/// A word of a query.
struct Word {
    /// In how many versions the words of the index stand that it stands for, all together.
    entries: u64,
    stands: Stands,
}

/// Where a word stands.
enum Stands {
    /// As the few words of the index say when they are asked.
    Asked(Vec<SegmentPostings>),
    /// In these versions at these places, in order; the version that was asked last begins at the number.
    Known(Vec<(DocId, u32)>, usize),
}

impl Evaluation<'_> {
    /// Some words in a field, if each of them stands anywhere in it.
    pub(super) fn together(
        &self,
        postings: &FieldPostings<'_>,
        words: &[Sought<'_>],
    ) -> Result<Option<Together>, SearchError> {
        let expanded: Vec<Vec<TermInfo>> = words.iter().map(|word| postings.words(word)).collect::<Result<_, _>>()?;
        let is_few = |word: &usize| expanded[*word].len() <= FEW;
        // Reading places takes longest: a word of few is asked before one of many.
        let places = |word: &usize| expanded[*word].iter().map(|word| word.positions_range.len()).sum::<usize>();
        let mut order: Vec<usize> = (0..words.len()).collect();
        order.sort_by_key(|word| (!is_few(word), places(word)));
        let Some((rarest, others)) = order.split_first() else { return Ok(None) };
        if expanded.iter().any(Vec::is_empty) {
            return Ok(None);
        }
        let mut marks = vec![false; self.documents];
        if is_few(rarest) {
            postings.mark(&expanded[*rarest], &mut marks)?;
        } else {
            self.mark(postings, expanded[*rarest].clone(), &mut marks)?;
        }
        let mut documents: Vec<DocId> =
            (0..).zip(marks).filter(|(_, mark)| *mark).map(|(document, _)| document).collect();
        if !order.iter().all(is_few) {
            // What many words are read for must have the few.
            for word in others.iter().filter(|word| is_few(word)) {
                let mut stands = Stands::asked(postings, &expanded[*word])?;
                documents.retain(|document| stands.at(*document));
            }
        }
        let mut known = Vec::new();
        for word in &expanded {
            let entries = word.iter().map(|word| u64::from(word.doc_freq)).sum();
            let is_few = word.len() <= FEW;
            let stands = if is_few { Stands::asked(postings, word)? } else { self.known(postings, word, &documents)? };
            known.push(Word { entries, stands });
        }
        Ok(Some(Together { words: known, order, documents, next: 0 }))
    }

    /// Where the many words of the index stand that a word stands for, in some versions.
    fn known(
        &self,
        postings: &FieldPostings<'_>,
        words: &[TermInfo],
        documents: &[DocId],
    ) -> Result<Stands, SearchError> {
        let (mut known, mut places) = (Vec::new(), Vec::new());
        for word in words {
            self.go_on()?;
            let mut stands = postings.places(word)?;
            let mut read = |stands: &mut SegmentPostings| {
                places.clear();
                stands.append_positions_with_offset(0, &mut places);
                known.extend(places.iter().map(|place| (stands.doc(), *place)));
            };
            if (word.doc_freq as usize) < documents.len() {
                // A rare word is asked where it stands, and a common one whether it stands here.
                while stands.doc() != TERMINATED {
                    if documents.binary_search(&stands.doc()).is_ok() {
                        read(&mut stands);
                    }
                    stands.advance();
                }
                continue;
            }
            for document in documents {
                if goes_to(&mut stands, *document) {
                    read(&mut stands);
                }
            }
        }
        known.sort_unstable();
        Ok(Stands::Known(known, 0))
    }
}

impl Together {
    /// In how many versions the words of the index stand that each word stands for.
    pub(super) fn entries(&self) -> impl Iterator<Item = u64> {
        self.words.iter().map(|word| word.entries)
    }

    /// The next version in which every word stands.
    pub(super) fn next(&mut self, evaluation: &Evaluation<'_>) -> Result<Option<DocId>, SearchError> {
        let Self { words, order, documents, next } = self;
        while let Some(document) = documents.get(*next) {
            *next += 1;
            if next.is_multiple_of(BETWEEN_LOOKS) {
                evaluation.go_on()?;
            }
            if order.iter().all(|word| words[*word].stands.at(*document)) {
                return Ok(Some(*document));
            }
        }
        Ok(None)
    }

    /// Where rows of the words begin in the version that came last; `places` is used again and again.
    pub(super) fn rows(&mut self, document: DocId, rows: &mut Vec<u32>, places: &mut Vec<u32>) {
        rows.clear();
        for (number, word) in self.order.iter().enumerate() {
            self.words[*word].stands.read(document, places);
            // How many words stand in the row before this one.
            let before = u32::try_from(*word).unwrap_or(u32::MAX);
            if number == 0 {
                rows.extend(places.iter().filter_map(|place| place.checked_sub(before)));
            } else {
                let mut places = places.iter().copied().peekable();
                rows.retain(|row| {
                    while places.next_if(|place| *place < row + before).is_some() {}
                    places.peek() == Some(&(row + before))
                });
            }
            if rows.is_empty() {
                return;
            }
        }
    }

    /// Where each of the words stands in the version that came last.
    pub(super) fn places(&mut self, document: DocId, places: &mut [Vec<u32>]) {
        for (word, places) in self.words.iter_mut().zip(places) {
            word.stands.read(document, places);
        }
    }
}

impl Stands {
    fn asked(postings: &FieldPostings<'_>, words: &[TermInfo]) -> Result<Self, SearchError> {
        Ok(Self::Asked(words.iter().map(|word| postings.places(word)).collect::<Result<_, _>>()?))
    }

    /// Whether it stands in a version; who asks goes through them in order.
    fn at(&mut self, document: DocId) -> bool {
        match self {
            Self::Asked(words) => {
                // Each goes on, also behind one that stands there: all of those are read.
                words.iter_mut().filter_map(|word| goes_to(word, document).then_some(())).count() > 0
            }
            Self::Known(places, from) => {
                *from += places[*from..].partition_point(|(other, _)| *other < document);
                places.get(*from).is_some_and(|(other, _)| *other == document)
            }
        }
    }

    /// The places in the version that was asked last, in order.
    fn read(&mut self, document: DocId, read: &mut Vec<u32>) {
        read.clear();
        match self {
            Self::Asked(words) => {
                let here = words.iter_mut().filter(|word| word.doc() == document);
                here.for_each(|word| word.append_positions_with_offset(0, read));
                if words.len() > 1 {
                    read.sort_unstable();
                }
            }
            Self::Known(places, from) => {
                let here = places[*from..].iter().take_while(|(other, _)| *other == document);
                read.extend(here.map(|(_, place)| *place));
            }
        }
    }
}

/// Goes on to a version; whether the word stands there.
fn goes_to(word: &mut SegmentPostings, document: DocId) -> bool {
    if word.doc() < document {
        word.seek(document);
    }
    word.doc() == document
}
