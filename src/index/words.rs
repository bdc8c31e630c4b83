//! Words of a query, in one field after another: one by itself, several in a row, or several near one another.
//!
//! A word is expanded to the words of the index that it stands for. An expansion of many is not scored word by word: that is slow,
//! and says little ([`MANY`]).

use tantivy::DocId;
use tantivy::postings::TermInfo;

use super::nearby::{has_near, windows};
use super::postings::{FieldPostings, Sought};
use super::query::{Standing, WordsNode};
use super::scores::Hits;
use super::search::Evaluation;
use super::{SearchError, SearchField};

/// From this many words on an expansion is matched without scores.
pub(super) const MANY: usize = 64;

/// Versions in which every one of some words stands.
struct Together {
    /// The words of the index that each of them stands for.
    words: Vec<Vec<TermInfo>>,
    /// The versions, in order.
    documents: Vec<DocId>,
}

impl Evaluation<'_> {
    /// Where words match, in any one of their fields.
    pub(super) fn words(&self, node: &WordsNode) -> Result<Hits, SearchError> {
        let sought: Vec<Sought<'_>> =
            node.words.iter().map(|word| Sought::new(self.index, word)).collect::<Result<_, _>>()?;
        let mut hits = Hits::none(self.index.documents());
        for field in node.fields.list() {
            self.go_on()?;
            let Some(postings) = FieldPostings::open(self.index, *field)? else { continue };
            match (sought.as_slice(), node.standing) {
                ([word], _) => self.one(&postings, word, *field, &mut hits)?,
                (words, Standing::InARow) => self.in_a_row(&postings, words, weight(*field), &mut hits)?,
                (words, Standing::Within(others)) => {
                    for document in self.near_one_another(&postings, words, others)? {
                        // Several names stand in one field, and words of two of them are not near one another.
                        let is_near = is_one_text(*field) || has_near(self.index, node, others, *field, document)?;
                        if is_near {
                            hits.add(document as usize, weight(*field));
                        }
                    }
                }
            }
        }
        Ok(hits)
    }

    /// One word.
    fn one(
        &self,
        postings: &FieldPostings,
        word: &Sought<'_>,
        field: SearchField,
        hits: &mut Hits,
    ) -> Result<(), SearchError> {
        let weight = weight(field);
        let looked_at = |document| self.is_looked_at(document);
        let kept = word.begins().and_then(|begins| self.index.beginnings.find(field, begins));
        let words = if kept.is_some() { postings.forms(word)? } else { postings.words(word)? };
        if kept.is_none() && words.len() < MANY {
            return Ok(postings.score(&words, weight, &looked_at, hits)?);
        }
        let mut marks = vec![false; self.index.documents()];
        match kept {
            Some(row) => {
                self.index.beginnings.mark(row, &mut marks);
                for (document, mark) in (0..).zip(&mut marks) {
                    *mark &= looked_at(document);
                }
                postings.mark(&words, &looked_at, &mut marks)?;
            }
            None => self.mark(postings, words, &mut marks)?,
        }
        for (document, _) in marks.iter().enumerate().filter(|(_, mark)| **mark) {
            hits.add(document, weight);
        }
        Ok(())
    }

    /// Marks the versions in which words stand, the commonest first: they are soon all that have words in the field.
    fn mark(&self, postings: &FieldPostings, mut words: Vec<TermInfo>, marks: &mut [bool]) -> Result<(), SearchError> {
        let looked_at = |document| self.is_looked_at(document);
        let mut left = postings.written(&looked_at);
        words.sort_by_key(|word| std::cmp::Reverse(word.doc_freq));
        for words in words.chunks(MANY) {
            self.go_on()?;
            left = left.saturating_sub(postings.mark(words, &looked_at, marks)?);
            if left == 0 {
                break;
            }
        }
        Ok(())
    }

    /// The versions in which every word stands.
    fn together(&self, postings: &FieldPostings, words: &[Sought<'_>]) -> Result<Together, SearchError> {
        let mut together = Together { words: Vec::new(), documents: Vec::new() };
        let mut all: Option<Vec<bool>> = None;
        // Where one word does not stand at all, the others need not be read.
        let expanded: Vec<Vec<TermInfo>> = words.iter().map(|word| postings.words(word)).collect::<Result<_, _>>()?;
        if expanded.iter().any(Vec::is_empty) {
            return Ok(together);
        }
        for words in expanded {
            let mut marks = vec![false; self.index.documents()];
            self.mark(postings, words.clone(), &mut marks)?;
            if let Some(all) = &all {
                marks.iter_mut().zip(all).for_each(|(mark, other)| *mark &= other);
            }
            together.words.push(words);
            all = Some(marks);
        }
        let marks = all.unwrap_or_default();
        together.documents = (0..).zip(&marks).filter(|(_, mark)| **mark).map(|(document, _)| document).collect();
        Ok(together)
    }

    /// Words in a row.
    fn in_a_row(
        &self,
        postings: &FieldPostings,
        words: &[Sought<'_>],
        weight: f32,
        hits: &mut Hits,
    ) -> Result<(), SearchError> {
        let Together { words, mut documents } = self.together(postings, words)?;
        if documents.is_empty() {
            return Ok(());
        }
        // Where the row that was read so far ends in each version.
        let mut ends: Option<Vec<Vec<u32>>> = None;
        for word in &words {
            self.go_on()?;
            let mut places = postings.places(word, &documents)?;
            if let Some(ends) = ends {
                for (places, ends) in places.iter_mut().zip(&ends) {
                    places.retain(|place| place.checked_sub(1).is_some_and(|end| ends.binary_search(&end).is_ok()));
                }
            }
            let mut goes_on = places.iter().map(|places| !places.is_empty());
            documents.retain(|_| goes_on.next().unwrap_or(false));
            places.retain(|places| !places.is_empty());
            ends = Some(places);
        }
        // No more than all can have one of several words.
        let entries = |words: &Vec<TermInfo>| -> u64 { words.iter().map(|word| u64::from(word.doc_freq)).sum() };
        let entries: Vec<u64> = words.iter().map(|words| entries(words).min(self.index.documents() as u64)).collect();
        for (document, ends) in documents.iter().zip(ends.unwrap_or_default()) {
            let often = u32::try_from(ends.len()).unwrap_or(u32::MAX);
            hits.add(*document as usize, postings.fit_of_row(&entries, *document, often) * weight);
        }
        Ok(())
    }

    /// Versions in a field of which all these words stand near one another.
    fn near_one_another(
        &self,
        postings: &FieldPostings,
        words: &[Sought<'_>],
        others: u32,
    ) -> Result<Vec<DocId>, SearchError> {
        let Together { words, documents } = self.together(postings, words)?;
        let mut places = Vec::new();
        for word in &words {
            self.go_on()?;
            places.push(postings.places(word, &documents)?);
        }
        let mut found = Vec::new();
        for (at, document) in documents.iter().enumerate() {
            let here: Vec<&[u32]> = places.iter().map(|places| places[at].as_slice()).collect();
            if !windows(&here, others).is_empty() {
                found.push(*document);
            }
        }
        Ok(found)
    }

    /// The words of the index that a word of a query stands for in a field, each with the number of versions in which it stands.
    pub(super) fn expand(&self, word: &Sought<'_>, field: SearchField) -> Result<Vec<(String, u64)>, SearchError> {
        let Some(postings) = FieldPostings::open(self.index, field)? else { return Ok(Vec::new()) };
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
