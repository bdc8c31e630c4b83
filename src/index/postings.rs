//! The postings of a field: which of its words a word of a query stands for, in which versions they stand, and where.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::InvertedIndexReader;
use tantivy::postings::{Postings, TermInfo};
use tantivy::query::{DfaWrapper, FuzzyTermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TERMINATED, Term as TantivyTerm};

use super::forms::class_of;
use super::query::{Form, Term, is_near, nearness};
use super::scores::{Fit, Hits};
use super::{Index, IndexError, SearchField, schema};

/// The most that tantivy's automaton lets differ.
const MOST_DIFFERING: u8 = 2;

/// A word of a query, with what is worked out once for all fields.
pub(super) struct Sought<'a> {
    term: &'a Term,
    /// The words of the edition of its class, where it stands for those.
    of_class: Vec<&'a str>,
    /// What reads near spellings out of a dictionary.
    near: Option<DfaWrapper>,
}

impl<'a> Sought<'a> {
    pub(super) fn new(index: &'a Index, term: &'a Term) -> Result<Self, IndexError> {
        let of_class = match term.form {
            Form::Class | Form::Typed => index.classes.words(&class_of(&term.folded)).collect(),
            Form::Exact | Form::Beginning | Form::Near => Vec::new(),
        };
        let near = match term.form {
            Form::Near => {
                let differing = u8::try_from(nearness(&term.folded)).unwrap_or(MOST_DIFFERING);
                // Any field will do: the automaton knows letters only.
                let term = TantivyTerm::from_field_text(schema::field(SearchField::Title), &term.folded);
                Some(FuzzyTermQuery::new(term, differing, true).automaton()?)
            }
            _ => None,
        };
        Ok(Self { term, of_class, near })
    }

    /// What every word that it stands for begins with, but for forms of it.
    pub(super) fn begins(&self) -> Option<&'a str> {
        matches!(self.term.form, Form::Beginning | Form::Typed).then_some(self.term.folded.as_str())
    }
}

/// The postings of a field.
pub(super) struct FieldPostings {
    inverted: Arc<InvertedIndexReader>,
    lengths: FieldNormReader,
    fit: Fit,
}

/// Which versions are looked at.
pub(super) type LookedAt<'a> = &'a dyn Fn(DocId) -> bool;

impl FieldPostings {
    /// The postings of a field; an edition without a version has none.
    pub(super) fn open(index: &Index, field: SearchField) -> Result<Option<Self>, IndexError> {
        // An index is built as one segment: a version's number in it is its number.
        let Some(segment) = index.searcher.segment_readers().first() else { return Ok(None) };
        let inverted = segment.inverted_index(schema::field(field))?;
        let fit = Fit::new(u64::from(segment.max_doc()), inverted.total_num_tokens());
        let lengths = segment.get_fieldnorms_reader(schema::field(field))?;
        Ok(Some(Self { inverted, lengths, fit }))
    }

    /// Visits the words of the field that a word of a query stands for, each once.
    pub(super) fn each_word(
        &self,
        sought: &Sought<'_>,
        mut visit: impl FnMut(&str, &TermInfo),
    ) -> Result<(), IndexError> {
        let Sought { term, near, .. } = sought;
        let words = self.inverted.terms();
        match term.form {
            Form::Exact => {
                if let Some(found) = words.get(&term.folded)? {
                    visit(&term.folded, &found);
                }
            }
            Form::Near => {
                let Some(near) = near else { return Ok(()) };
                let mut stream = words.search(near).into_stream()?;
                while let Some((word, found)) = stream.next() {
                    let Ok(word) = std::str::from_utf8(word) else { continue };
                    if is_near(&term.folded, word).is_some() {
                        visit(word, found);
                    }
                }
            }
            Form::Class | Form::Beginning | Form::Typed => self.each_form(sought, &mut visit)?,
        }
        let Some(begins) = sought.begins() else { return Ok(()) };
        let mut stream = words.range().ge(begins.as_bytes()).into_stream()?;
        while let Some((word, found)) = stream.next() {
            if !word.starts_with(begins.as_bytes()) {
                break;
            }
            let Ok(word) = std::str::from_utf8(word) else { continue };
            visit(word, found);
        }
        Ok(())
    }

    /// Visits the words of the field that are forms of a word of a query, but for those that begin with it as it is written.
    fn each_form(&self, sought: &Sought<'_>, visit: &mut dyn FnMut(&str, &TermInfo)) -> Result<(), IndexError> {
        let begins = sought.begins();
        for word in sought.of_class.iter().filter(|word| begins.is_none_or(|begins| !word.starts_with(begins))) {
            if let Some(found) = self.inverted.terms().get(word)? {
                visit(word, &found);
            }
        }
        Ok(())
    }

    /// The words of [`Self::each_form`].
    pub(super) fn forms(&self, sought: &Sought<'_>) -> Result<Vec<TermInfo>, IndexError> {
        let mut words = Vec::new();
        self.each_form(sought, &mut |_, found| words.push(found.clone()))?;
        Ok(words)
    }

    /// The words of the field that a word of a query stands for.
    pub(super) fn words(&self, sought: &Sought<'_>) -> Result<Vec<TermInfo>, IndexError> {
        let mut words = Vec::new();
        self.each_word(sought, |_, found| words.push(found.clone()))?;
        Ok(words)
    }

    /// Scores the versions in which words stand.
    pub(super) fn score(
        &self,
        words: &[TermInfo],
        weight: f32,
        looked_at: LookedAt<'_>,
        hits: &mut Hits,
    ) -> Result<(), IndexError> {
        for word in words {
            let rarity = self.fit.rarity(u64::from(word.doc_freq)) * weight;
            let mut block = self.inverted.read_block_postings_from_terminfo(word, IndexRecordOption::WithFreqs)?;
            while !block.docs().is_empty() {
                for (document, often) in block.docs().iter().zip(block.freqs()) {
                    if looked_at(*document) {
                        let length = self.lengths.fieldnorm_id(*document);
                        hits.add(*document as usize, self.fit.score(rarity, length, *often));
                    }
                }
                block.advance();
            }
        }
        Ok(())
    }

    /// How many versions have words in this field.
    pub(super) fn written(&self, looked_at: LookedAt<'_>) -> usize {
        let is_written = |document: &DocId| looked_at(*document) && self.lengths.fieldnorm_id(*document) > 0;
        (0..self.lengths.num_docs()).filter(is_written).count()
    }

    /// Marks the versions in which words stand; says how many were not marked before.
    pub(super) fn mark(
        &self,
        words: &[TermInfo],
        looked_at: LookedAt<'_>,
        marks: &mut [bool],
    ) -> Result<usize, IndexError> {
        let mut marked = 0;
        for word in words {
            let mut block = self.inverted.read_block_postings_from_terminfo(word, IndexRecordOption::Basic)?;
            while !block.docs().is_empty() {
                for document in block.docs() {
                    if let Some(mark) = marks.get_mut(*document as usize)
                        && !*mark
                        && looked_at(*document)
                    {
                        *mark = true;
                        marked += 1;
                    }
                }
                block.advance();
            }
        }
        Ok(marked)
    }

    /// Where words stand in some versions, which come in order: for each of these its places, in order.
    pub(super) fn places(&self, words: &[TermInfo], documents: &[DocId]) -> Result<Vec<Vec<u32>>, IndexError> {
        let mut places = vec![Vec::new(); documents.len()];
        for word in words {
            let option = IndexRecordOption::WithFreqsAndPositions;
            let mut postings = self.inverted.read_postings_from_terminfo(word, option)?;
            if (word.doc_freq as usize) < documents.len() {
                // A rare word is asked where it stands, and a common one whether it stands here.
                while postings.doc() != TERMINATED {
                    if let Ok(at) = documents.binary_search(&postings.doc()) {
                        postings.append_positions_with_offset(0, &mut places[at]);
                    }
                    postings.advance();
                }
                continue;
            }
            for (document, places) in documents.iter().zip(&mut places) {
                if postings.doc() < *document {
                    postings.seek(*document);
                }
                if postings.doc() == *document {
                    postings.append_positions_with_offset(0, places);
                }
            }
        }
        if words.len() > 1 {
            for places in &mut places {
                places.sort_unstable();
            }
        }
        Ok(places)
    }

    /// The score of words in a row that stand so often in a version, each in so many.
    pub(super) fn fit_of_row(&self, entries: &[u64], document: DocId, often: u32) -> f32 {
        let rarity: f32 = entries.iter().map(|entries| self.fit.rarity(*entries)).sum();
        self.fit.score(rarity, self.lengths.fieldnorm_id(document), often)
    }
}
