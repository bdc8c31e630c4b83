//! The postings of a field: which of its words a word of a query stands for, in which versions they stand, and where.

use std::array;
use std::sync::{Arc, OnceLock};

use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::InvertedIndexReader;
use tantivy::postings::{BlockSegmentPostings, SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Searcher, TERMINATED};

use super::forms::class_of;
use super::held::WordHits;
use super::query::{Form, Term};
use super::scores::Fit;
use super::{Index, IndexError, SearchField, schema};

/// A word of a query, with what is worked out once for all fields.
pub(super) struct Sought<'a> {
    term: &'a Term,
    /// The words of the edition of its class, where it stands for those.
    of_class: Vec<&'a str>,
    /// The words of the edition that are spelt nearly so, where it stands for those.
    near: Vec<&'a str>,
}

impl<'a> Sought<'a> {
    pub(super) fn new(index: &'a Index, term: &'a Term) -> Self {
        let of_class = match term.form {
            Form::Class | Form::Typed => index.classes.words(&class_of(&term.folded)).collect(),
            Form::Exact | Form::Beginning | Form::Near => Vec::new(),
        };
        let near = match term.form {
            Form::Near => index.spellings.near(&term.folded).collect(),
            _ => Vec::new(),
        };
        Self { term, of_class, near }
    }

    /// What every word that it stands for begins with, but for forms of it.
    pub(super) fn begins(&self) -> Option<&'a str> {
        matches!(self.term.form, Form::Beginning | Form::Typed).then_some(self.term.folded.as_str())
    }
}

/// The fields of an index, each opened when it is first asked for: a start asks for none, and a query may ask for a field at each
/// of its words.
#[derive(Clone)]
pub(super) struct Fields(Arc<[OnceLock<Opened>; SearchField::ALL.len()]>);

/// A field that is open.
struct Opened {
    inverted: Arc<InvertedIndexReader>,
    lengths: FieldNormReader,
    fit: Fit,
}

impl Fields {
    /// None is open yet.
    pub(super) fn new() -> Self {
        Self(Arc::new(array::from_fn(|_| OnceLock::new())))
    }

    fn open(&self, searcher: &Searcher, field: SearchField) -> Result<Option<&Opened>, IndexError> {
        // An index is built as one segment: a version's number in it is its number.
        let Some(segment) = searcher.segment_readers().first() else { return Ok(None) };
        let field = schema::field(field);
        let Some(kept) = self.0.get(field.field_id() as usize) else { return Ok(None) };
        if let Some(opened) = kept.get() {
            return Ok(Some(opened));
        }
        let inverted = segment.inverted_index(field)?;
        let fit = Fit::new(u64::from(segment.max_doc()), inverted.total_num_tokens());
        let lengths = segment.get_fieldnorms_reader(field)?;
        Ok(Some(kept.get_or_init(|| Opened { inverted, lengths, fit })))
    }
}

/// The postings of a field.
pub(super) struct FieldPostings<'a> {
    field: &'a Opened,
    /// The first version that is not looked at.
    end: DocId,
}

impl<'a> FieldPostings<'a> {
    /// The postings of a field, of the first so many versions; an edition without a version has none.
    pub(super) fn open(index: &'a Index, field: SearchField, versions: usize) -> Result<Option<Self>, IndexError> {
        let end = DocId::try_from(versions).unwrap_or(TERMINATED);
        Ok(index.fields.open(&index.searcher, field)?.map(|field| Self { field, end }))
    }

    /// Visits the words of the field that a word of a query stands for, each once.
    pub(super) fn each_word(
        &self,
        sought: &Sought<'_>,
        mut visit: impl FnMut(&str, &TermInfo),
    ) -> Result<(), IndexError> {
        let Sought { term, near, .. } = sought;
        let words = self.field.inverted.terms();
        match term.form {
            Form::Exact => {
                if let Some(found) = words.get(&term.folded)? {
                    visit(&term.folded, &found);
                }
            }
            Form::Near => {
                for word in near {
                    if let Some(found) = words.get(word)? {
                        visit(word, &found);
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
            if let Some(found) = self.field.inverted.terms().get(word)? {
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
    pub(super) fn score(&self, words: &[TermInfo], weight: f32, hits: &mut WordHits) -> Result<(), IndexError> {
        for word in words {
            let rarity = self.field.fit.rarity(u64::from(word.doc_freq)) * weight;
            let mut block =
                self.field.inverted.read_block_postings_from_terminfo(word, IndexRecordOption::WithFreqs)?;
            while let Some(documents) = self.looked_at(&block) {
                for (document, often) in documents.iter().zip(block.freqs()) {
                    let length = self.field.lengths.fieldnorm_id(*document);
                    hits.add(*document as usize, self.field.fit.score(rarity, length, *often));
                }
                block.advance();
            }
        }
        Ok(())
    }

    /// The versions of a block that are looked at; none in it or behind it where there are none.
    fn looked_at<'b>(&self, block: &'b BlockSegmentPostings) -> Option<&'b [DocId]> {
        let documents = block.docs();
        let all_are = documents.last().is_some_and(|last| *last < self.end);
        let looked_at = if all_are { documents.len() } else { documents.partition_point(|one| *one < self.end) };
        documents.get(..looked_at).filter(|looked_at| !looked_at.is_empty())
    }

    /// How many versions have words in this field.
    pub(super) fn written(&self) -> usize {
        (0..self.end).filter(|document| self.field.lengths.fieldnorm_id(*document) > 0).count()
    }

    /// Marks the versions in which words stand; says how many were not marked before.
    pub(super) fn mark(&self, words: &[TermInfo], marks: &mut [bool]) -> Result<usize, IndexError> {
        let mut marked = 0;
        for word in words {
            let mut block = self.field.inverted.read_block_postings_from_terminfo(word, IndexRecordOption::Basic)?;
            while let Some(documents) = self.looked_at(&block) {
                for document in documents {
                    if let Some(mark) = marks.get_mut(*document as usize) {
                        marked += usize::from(!*mark);
                        *mark = true;
                    }
                }
                block.advance();
            }
        }
        Ok(marked)
    }

    /// A word of the field, to be asked where it stands.
    pub(super) fn places(&self, word: &TermInfo) -> Result<SegmentPostings, IndexError> {
        Ok(self.field.inverted.read_postings_from_terminfo(word, IndexRecordOption::WithFreqsAndPositions)?)
    }

    /// The score of words in a row that stand so often in a version, each in so many.
    pub(super) fn fit_of_row(&self, entries: &[u64], document: DocId, often: u32) -> f32 {
        let rarity: f32 = entries.iter().map(|entries| self.field.fit.rarity(*entries)).sum();
        self.field.fit.score(rarity, self.field.lengths.fieldnorm_id(document), often)
    }
}
