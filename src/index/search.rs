//! Searching: the tree of a query is evaluated over all documents at once, a score for each.
//!
//! A word is expanded to the words of the index that it stands for, and tantivy scores those. An expansion of many
//! words is not scored word by word: that is slow, and says little ([`MANY`]).

use std::time::Instant;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::query::{
    BooleanQuery, Occur, PhraseQuery, Query as TantivyQuery, RegexPhraseQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader, Term as TantivyTerm};

use super::forms::{class_of, shared_beginning};
use super::offers;
use super::query::{self, Form, Node, Standing, Term, Test, Versions, WordsNode, is_near};
use crate::concerns::{RuleId, Severity};
use crate::register::Section;

use super::{Found, Index, IndexError, ProjectId, Request, SearchError, SearchField, schema};

/// From this many words on an expansion is matched without scores.
const MANY: usize = 64;

/// The most words that one place of a phrase may stand for.
const PHRASE_EXPANSIONS: u32 = 1 << 20;

impl Index {
    /// Searches for projects by their latest versions.
    ///
    /// `cancelled` is asked between pieces of work; once it says yes, the search ends.
    ///
    /// # Errors
    /// [`SearchError::Cancelled`], or where the index cannot be read.
    pub fn search(&self, request: &Request, cancelled: &dyn Fn() -> bool) -> Result<Found, SearchError> {
        let started = Instant::now();
        let query = query::read(&request.query, request.last_word);
        let evaluation = Evaluation { index: self, cancelled };
        let mut hits = match &query.root {
            None => Hits::all(self.documents()),
            Some(root) => evaluation.node(root)?,
        };
        let mut scored: Vec<(ProjectId, f32)> = Vec::new();
        for (document, score) in hits.matched() {
            let (project, is_latest) = self.project_of(document);
            match scored.last_mut() {
                // The versions of a project stand side by side.
                Some((known, best)) if *known == project => *best = best.max(score),
                _ if is_latest || query.versions == Versions::All => scored.push((project, score)),
                _ => {}
            }
        }
        hits.scores.clear();
        let projects = self.in_order(scored, request.sort)?;
        let offers = match &query.root {
            Some(root) if projects.is_empty() => offers::offers(&evaluation, root, &request.query)?,
            _ => Vec::new(),
        };
        Ok(Found { projects, trouble: query.trouble, took: started.elapsed(), offers })
    }
}

/// A score for each document; below zero where it does not match.
pub(super) struct Hits {
    scores: Vec<f32>,
}

/// The score of a document that does not match.
const NO_MATCH: f32 = -1.0;

impl Hits {
    fn none(documents: usize) -> Self {
        Self { scores: vec![NO_MATCH; documents] }
    }

    fn all(documents: usize) -> Self {
        Self { scores: vec![0.0; documents] }
    }

    fn matched(&self) -> impl Iterator<Item = (usize, f32)> {
        self.scores.iter().copied().enumerate().filter(|(_, score)| *score >= 0.0)
    }

    fn add(&mut self, document: usize, score: f32) {
        if let Some(known) = self.scores.get_mut(document) {
            *known = known.max(0.0) + score;
        }
    }

    fn or(&mut self, other: &Self) {
        for (document, score) in other.matched() {
            self.add(document, score);
        }
    }

    fn and(&mut self, other: &Self) {
        for (mine, theirs) in self.scores.iter_mut().zip(&other.scores) {
            *mine = if *mine < 0.0 || *theirs < 0.0 { NO_MATCH } else { *mine + *theirs };
        }
    }

    fn invert(&mut self) {
        for score in &mut self.scores {
            *score = if *score < 0.0 { 0.0 } else { NO_MATCH };
        }
    }
}

/// One search under way.
pub(super) struct Evaluation<'a> {
    pub(super) index: &'a Index,
    pub(super) cancelled: &'a dyn Fn() -> bool,
}

impl Evaluation<'_> {
    /// For each project whether a query finds it.
    pub(super) fn projects(&self, query: &query::Query) -> Result<Vec<bool>, SearchError> {
        let mut found = vec![false; self.index.len()];
        let hits = match &query.root {
            None => Hits::all(self.index.documents()),
            Some(root) => self.node(root)?,
        };
        for (document, _) in hits.matched() {
            let (project, is_latest) = self.index.project_of(document);
            if is_latest || query.versions == Versions::All {
                found[project.0 as usize] = true;
            }
        }
        Ok(found)
    }

    pub(super) fn node(&self, node: &Node) -> Result<Hits, SearchError> {
        let documents = self.index.documents();
        match node {
            Node::Nothing => Ok(Hits::none(documents)),
            Node::Concern(rules) => Ok(self.of_rules(rules, Index::concern_bits)),
            Node::Unsure(rules) => Ok(self.of_rules(rules, Index::unsure_bits)),
            Node::Alike(section, reference) => self.alike(*section, reference),
            Node::Value(test) => self.value(test),
            Node::Words(words) => self.words(words),
            Node::Not(inside) => {
                let mut hits = self.node(inside)?;
                hits.invert();
                Ok(hits)
            }
            Node::All(parts) => {
                let mut hits = Hits::all(documents);
                for part in parts {
                    hits.and(&self.node(part)?);
                }
                Ok(hits)
            }
            Node::Any(parts) => {
                let mut hits = Hits::none(documents);
                for part in parts {
                    hits.or(&self.node(part)?);
                }
                Ok(hits)
            }
        }
    }

    /// Documents of projects that have the bit of one of these rules.
    fn of_rules(&self, rules: &[RuleId], bits: fn(&Index, ProjectId) -> u64) -> Hits {
        let wanted = rules.iter().fold(0, |bits, rule| bits | super::bit(*rule));
        let documents = self.index.documents();
        let mut hits = Hits::none(documents);
        for document in 0..documents {
            let (project, _) = self.index.project_of(document);
            if bits(self.index, project) & wanted != 0 {
                hits.add(document, 0.0);
            }
        }
        hits
    }

    /// Documents of projects that are as asked for by value.
    fn value(&self, test: &Test) -> Result<Hits, SearchError> {
        let is = match test {
            Test::Severity(wanted) => self.weighing(wanted)?,
            test => self.index.values()?.test(test),
        };
        let documents = self.index.documents();
        let mut hits = Hits::none(documents);
        for document in 0..documents {
            let (project, _) = self.index.project_of(document);
            if is.get(project.0 as usize) == Some(&true) {
                hits.add(document, 0.0);
            }
        }
        Ok(hits)
    }

    /// For each project whether it has a concern of one of these weights.
    fn weighing(&self, wanted: &[Severity]) -> Result<Vec<bool>, SearchError> {
        let mut is = Vec::with_capacity(self.index.len());
        for number in 0..u32::try_from(self.index.len()).unwrap_or(u32::MAX) {
            let row = self.index.row(ProjectId(number))?;
            is.push(row.concerns.iter().any(|(_, severity)| wanted.contains(severity)));
        }
        Ok(is)
    }

    /// Documents of projects that publish nearly the same in a section as a project, which is one of them.
    fn alike(&self, section: Section, reference: &str) -> Result<Hits, SearchError> {
        let groups = self.index.wording_groups()?;
        let of = |project: ProjectId| groups.get(project.0 as usize).map_or(&[][..], |groups| groups.of(section));
        let named = self.index.find_reference(reference)?;
        // What several texts of a project belong to can be several groups: the rule speaks of the first.
        let wanted: Vec<u32> = named.into_iter().filter_map(|project| of(project).first().copied()).collect();
        let documents = self.index.documents();
        let mut hits = Hits::none(documents);
        for document in 0..documents {
            let (project, _) = self.index.project_of(document);
            if of(project).iter().any(|group| wanted.contains(group)) {
                hits.add(document, 0.0);
            }
        }
        Ok(hits)
    }

    /// Words in a row, in any one of their fields.
    fn words(&self, node: &WordsNode) -> Result<Hits, SearchError> {
        let mut hits = Hits::none(self.index.documents());
        for field in node.fields.list() {
            if (self.cancelled)() {
                return Err(SearchError::Cancelled);
            }
            if let (Standing::Within(others), [_, _, ..]) = (node.standing, node.words.as_slice()) {
                for document in self.near_one_another(&node.words, others, *field)? {
                    hits.add(document as usize, weight(*field));
                }
                continue;
            }
            let query = match node.words.as_slice() {
                [word] => self.word_query(word, *field)?,
                words => self.phrase_query(words, *field)?,
            };
            let Some(query) = query else { continue };
            let scored = self.index.searcher.search(&query, &AllScores).map_err(IndexError::from)?;
            for (document, score) in scored {
                hits.add(document as usize, score * weight(*field));
            }
        }
        Ok(hits)
    }

    fn word_query(&self, word: &Term, field: SearchField) -> Result<Option<Box<dyn TantivyQuery>>, IndexError> {
        let terms = self.expand(word, field)?;
        let as_term = |text: &String| TantivyTerm::from_field_text(schema::field(field), text);
        Ok(match terms.len() {
            0 => None,
            many if many >= MANY => Some(Box::new(TermSetQuery::new(terms.iter().map(as_term)))),
            _ => {
                let scored = |text: &String| -> (Occur, Box<dyn TantivyQuery>) {
                    (Occur::Should, Box::new(TermQuery::new(as_term(text), IndexRecordOption::WithFreqs)))
                };
                Some(Box::new(BooleanQuery::new(terms.iter().map(scored).collect())))
            }
        })
    }

    fn phrase_query(&self, words: &[Term], field: SearchField) -> Result<Option<Box<dyn TantivyQuery>>, IndexError> {
        let of_index = schema::field(field);
        if words.iter().all(|word| word.form == Form::Exact) {
            let terms = words.iter().map(|word| TantivyTerm::from_field_text(of_index, &word.folded));
            return Ok(Some(Box::new(PhraseQuery::new(terms.collect()))));
        }
        let mut patterns = Vec::new();
        for word in words {
            // Words hold letters and figures only, so nothing in them means anything in a pattern.
            patterns.push(match word.form {
                Form::Exact => word.folded.clone(),
                Form::Beginning => format!("{}.*", word.folded),
                Form::Near => {
                    let forms = self.expand(word, field)?;
                    if forms.is_empty() {
                        return Ok(None);
                    }
                    format!("({})", forms.join("|"))
                }
                Form::Class | Form::Typed => {
                    let mut forms = self.expand(&Term { form: Form::Class, ..word.clone() }, field)?;
                    if word.form == Form::Typed {
                        forms.push(format!("{}.*", word.folded));
                    }
                    if forms.is_empty() {
                        return Ok(None);
                    }
                    format!("({})", forms.join("|"))
                }
            });
        }
        let mut query = RegexPhraseQuery::new(of_index, patterns);
        query.set_max_expansions(PHRASE_EXPANSIONS);
        Ok(Some(Box::new(query)))
    }

    /// In how many documents a word of the index stands, in a field.
    pub(super) fn entries(&self, word: &str, field: SearchField) -> Result<u64, SearchError> {
        let term = TantivyTerm::from_field_text(schema::field(field), word);
        Ok(self.index.searcher.doc_freq(&term).map_err(IndexError::from)?)
    }

    /// The words of the index that a word of a query stands for.
    pub(super) fn expand(&self, word: &Term, field: SearchField) -> Result<Vec<String>, IndexError> {
        let class = class_of(&word.folded);
        let begins = match word.form {
            Form::Exact => return Ok(vec![word.folded.clone()]),
            Form::Beginning => word.folded.as_str(),
            // The first letter can be the one that differs.
            Form::Near => "",
            Form::Class => shared_beginning(&class),
            Form::Typed => common_beginning(&word.folded, shared_beginning(&class)),
        };
        let mut expanded = Vec::new();
        for segment in self.index.searcher.segment_readers() {
            let postings = segment.inverted_index(schema::field(field))?;
            let mut terms = postings.terms().range().ge(begins.as_bytes()).into_stream()?;
            while terms.advance() {
                if !terms.key().starts_with(begins.as_bytes()) {
                    break;
                }
                let Ok(term) = std::str::from_utf8(terms.key()) else { continue };
                if stands_for(word, &class, term) {
                    expanded.push(term.to_owned());
                }
            }
        }
        Ok(expanded)
    }
}

/// Whether a word of a query, of a class, stands for a word of a text. Both are folded.
pub(super) fn stands_for(word: &Term, class: &str, text: &str) -> bool {
    match word.form {
        Form::Exact => text == word.folded,
        Form::Beginning => text.starts_with(&word.folded),
        Form::Near => is_near(&word.folded, text).is_some(),
        Form::Class => text == word.folded || is_of_class(text, class),
        Form::Typed => text.starts_with(&word.folded) || is_of_class(text, class),
    }
}

/// Whether a word of a text is of a class. Stemming is slow, so what begins otherwise is told apart first.
fn is_of_class(text: &str, class: &str) -> bool {
    text.starts_with(shared_beginning(class)) && class_of(text) == class
}

fn common_beginning<'a>(one: &'a str, two: &str) -> &'a str {
    let mut end = 0;
    for (mine, theirs) in one.chars().zip(two.chars()) {
        if mine != theirs {
            break;
        }
        end += mine.len_utf8();
    }
    &one[..end]
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

/// Collects every match with its score. tantivy's own collectors keep the best few, and are slow on wide unions.
struct AllScores;

/// The matches of a segment.
struct SegmentScores(Vec<(DocId, Score)>);

impl Collector for AllScores {
    type Fruit = Vec<(DocId, Score)>;
    type Child = SegmentScores;

    fn for_segment(&self, _segment: SegmentOrdinal, _reader: &SegmentReader) -> tantivy::Result<SegmentScores> {
        Ok(SegmentScores(Vec::new()))
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, segments: Vec<Vec<(DocId, Score)>>) -> tantivy::Result<Vec<(DocId, Score)>> {
        Ok(segments.into_iter().flatten().collect())
    }
}

impl SegmentCollector for SegmentScores {
    type Fruit = Vec<(DocId, Score)>;

    fn collect(&mut self, document: DocId, score: Score) {
        self.0.push((document, score));
    }

    fn harvest(self) -> Vec<(DocId, Score)> {
        self.0
    }
}
