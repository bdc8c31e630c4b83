//! Words of a query, in one field after another: one by itself, several in a row, or several near one another.
//!
//! A word is expanded to the words of the index that it stands for. An expansion of many is not scored word by word: that is slow,
//! and says little ([`MANY`]).

use tantivy::DocId;
use tantivy::postings::TermInfo;

use super::held::WordHits;
use super::nearby::{has_near, stand_near};
use super::postings::{FieldPostings, Sought};
use super::query::{Standing, WordsNode};
use super::scores::Hits;
use super::search::Evaluation;
use super::{SearchError, SearchField};

/// From this many words on an expansion is matched without scores.
pub(super) const MANY: usize = 64;

impl Evaluation<'_> {
    /// Where words match, in any one of their fields.
    pub(super) fn words(&self, node: &WordsNode) -> Result<Hits, SearchError> {
        let sought: Vec<Sought<'_>> = node.words.iter().map(|word| Sought::new(self.index, word)).collect();
        let mut hits = WordHits::none(self.documents);
        for field in node.fields.list() {
            hits.enter(*field);
            self.go_on()?;
            let Some(postings) = FieldPostings::open(self.index, *field, self.documents)? else { continue };
            match (sought.as_slice(), node.standing) {
                ([word], _) => self.one(&postings, word, *field, &mut hits)?,
                (words, Standing::InARow) => self.in_a_row(&postings, words, weight(*field), &mut hits)?,
                (words, Standing::Within(others)) => {
                    for document in self.near_one_another(&postings, words, others)? {
                        // Each may be read whole.
                        self.go_on()?;
                        // Several names stand in one field, and words of two of them are not near one another.
                        let is_near = is_one_text(*field) || has_near(self.index, node, others, *field, document)?;
                        if is_near {
                            hits.add(document as usize, weight(*field));
                        }
                    }
                }
            }
        }
        Ok(hits.kept_in(&mut self.held.borrow_mut()))
    }

    /// One word.
    fn one(
        &self,
        postings: &FieldPostings<'_>,
        word: &Sought<'_>,
        field: SearchField,
        hits: &mut WordHits,
    ) -> Result<(), SearchError> {
        let weight = weight(field);
        let kept = word.begins().and_then(|begins| self.index.beginnings.find(field, begins));
        let words = if kept.is_some() { postings.forms(word)? } else { postings.words(word)? };
        if kept.is_none() && words.len() < MANY {
            return Ok(postings.score(&words, weight, hits)?);
        }
        let mut marks = vec![false; self.documents];
        match kept {
            Some(row) => {
                self.index.beginnings.mark(row, &mut marks);
                postings.mark(&words, &mut marks)?;
            }
            None => self.mark(postings, words, &mut marks)?,
        }
        for (document, _) in marks.iter().enumerate().filter(|(_, mark)| **mark) {
            hits.add(document, weight);
        }
        Ok(())
    }

    /// Marks the versions in which words stand, the commonest first: they are soon all that have words in the field.
    pub(super) fn mark(
        &self,
        postings: &FieldPostings<'_>,
        mut words: Vec<TermInfo>,
        marks: &mut [bool],
    ) -> Result<(), SearchError> {
        let mut left = postings.written();
        words.sort_by_key(|word| std::cmp::Reverse(word.doc_freq));
        for words in words.chunks(MANY) {
            self.go_on()?;
            left = left.saturating_sub(postings.mark(words, marks)?);
            if left == 0 {
                break;
            }
        }
        Ok(())
    }

    /// Words in a row.
    fn in_a_row(
        &self,
        postings: &FieldPostings<'_>,
        words: &[Sought<'_>],
        weight: f32,
        hits: &mut WordHits,
    ) -> Result<(), SearchError> {
        let Some(mut together) = self.together(postings, words)? else { return Ok(()) };
        // No more than all can have one of several words.
        let all = self.index.documents.len() as u64;
        let entries: Vec<u64> = together.entries().map(|entries| entries.min(all)).collect();
        let (mut rows, mut places) = (Vec::new(), Vec::new());
        while let Some(document) = together.next(self)? {
            together.rows(document, &mut rows, &mut places);
            if !rows.is_empty() {
                let often = u32::try_from(rows.len()).unwrap_or(u32::MAX);
                hits.add(document as usize, postings.fit_of_row(&entries, document, often) * weight);
            }
        }
        Ok(())
    }

    /// Versions in a field of which all these words stand near one another.
    fn near_one_another(
        &self,
        postings: &FieldPostings<'_>,
        words: &[Sought<'_>],
        others: u32,
    ) -> Result<Vec<DocId>, SearchError> {
        let Some(mut together) = self.together(postings, words)? else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        let mut places = vec![Vec::new(); words.len()];
        while let Some(document) = together.next(self)? {
            // Every word may stand at thousands of places in each.
            self.go_on()?;
            together.places(document, &mut places);
            if stand_near(&places, others, || self.go_on())? {
                found.push(document);
            }
        }
        Ok(found)
    }

    /// The words of the index that a word of a query stands for in a field, each with the number of versions in which it stands.
    pub(super) fn expand(&self, word: &Sought<'_>, field: SearchField) -> Result<Vec<(String, u64)>, SearchError> {
        let Some(postings) = FieldPostings::open(self.index, field, self.documents)? else { return Ok(Vec::new()) };
        let mut expanded = Vec::new();
        postings.each_word(word, |word, found| expanded.push((word.to_owned(), u64::from(found.doc_freq))))?;
        Ok(expanded)
    }
}

/// Whether a field holds one text, and not several names.
fn is_one_text(field: SearchField) -> bool {
    matches!(field, SearchField::Title | SearchField::Section(_))
}

/// Names weigh more than prose.
fn weight(field: SearchField) -> f32 {
    match field {
        SearchField::Title | SearchField::Reference => 4.0,
        SearchField::Organisation | SearchField::Controller => 3.0,
        SearchField::Dataset => 2.0,
        SearchField::LegalBasis | SearchField::Section(_) => 1.0,
    }
}
