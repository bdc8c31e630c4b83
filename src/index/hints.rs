//! What is said beside the number that a search finds, where it could mislead: that nothing is published of what was asked, that a
//! rule cannot tell, that a name is written otherwise, that words stand apart. Each is worked out by searching.

mod nothing;

use std::time::Duration;

use super::query::{self, Answered, Fields, Node, Query, Test, WordsNode};
use super::runs::{range_of, runs};
use super::search::Evaluation;
use super::{Index, LastWord, Request, SearchError};
use crate::concerns::RuleId;
use crate::glossary::glossary;
use crate::register::{OptOutState, YesNo};
use crate::text::words;

/// How long is spent on them at most: they are said beside a list that is shown already.
const LONGEST: Duration = Duration::from_millis(400);

/// How many are said of a search.
const SAID: usize = 4;

/// How many parts of a query are looked at.
const LOOKED_AT: usize = 16;

/// How many words are told in a row.
const LONGEST_RUN: usize = 5;

/// Something that is said beside what a search finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// What is said.
    pub told: String,
    /// A query that finds what it speaks of.
    pub query: Option<String>,
}

impl Hint {
    /// Both in a line.
    pub fn line(&self) -> String {
        match &self.query {
            Some(query) => format!("{}: {query}", self.told),
            None => self.told.clone(),
        }
    }
}

impl Index {
    /// What is to be said beside what a search found: so many projects. A last word that is still being typed is let be, unless
    /// nothing was found.
    ///
    /// # Errors
    /// [`SearchError::Cancelled`], or where the index cannot be read. What takes too long is left out.
    pub fn hints(
        &self,
        request: &Request,
        found: usize,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Vec<Hint>, SearchError> {
        let is_whole = request.last_word == LastWord::Whole;
        if !is_whole && found > 0 {
            return Ok(Vec::new());
        }
        let query = query::read(&request.query, request.last_word);
        let Some(root) = &query.root else { return Ok(Vec::new()) };
        let mut hinting = Hinting {
            evaluation: Evaluation::new(self, query.versions, LONGEST, cancelled),
            query: &request.query,
            found,
            hints: Vec::new(),
        };
        let parts = match root {
            Node::All(parts) => parts.as_slice(),
            one => std::slice::from_ref(one),
        };
        match hinting.look(&parts[..parts.len().min(LOOKED_AT)], is_whole) {
            Ok(()) | Err(SearchError::TooLong { .. }) => {}
            Err(error) => return Err(error),
        }
        hinting.hints.truncate(SAID);
        Ok(hinting.hints)
    }
}

/// A search that hints are sought for.
struct Hinting<'a> {
    evaluation: Evaluation<'a>,
    query: &'a str,
    /// How many projects it finds.
    found: usize,
    hints: Vec<Hint>,
}

impl Hinting<'_> {
    /// Looks at the parts of a query that must all match.
    fn look(&mut self, parts: &[Node], is_whole: bool) -> Result<(), SearchError> {
        self.of_both_kinds(parts)?;
        if self.found == 0 {
            self.nothing(parts)?;
        }
        if is_whole {
            for part in parts {
                if let Node::Words(words) = part {
                    self.written_with_and(words)?;
                    self.in_full(words)?;
                }
            }
            self.in_a_row(parts)?;
        }
        self.counted_beside(parts);
        Ok(())
    }

    /// How many projects another query finds; 0 for one that cannot be read.
    fn count(&self, query: &str) -> Result<usize, SearchError> {
        let query = query::read(query, LastWord::Whole);
        if query.trouble.is_empty() { self.count_read(&query) } else { Ok(0) }
    }

    fn count_read(&self, query: &Query) -> Result<usize, SearchError> {
        Ok(self.evaluation.projects(query)?.len())
    }

    /// How many projects one part of the query finds.
    fn count_part(&self, part: &Node) -> Result<usize, SearchError> {
        self.count_read(&Query { root: Some(part.clone()), ..Query::default() })
    }

    /// The query with a part of it written otherwise.
    fn with(&self, range: std::ops::Range<usize>, other: &str) -> String {
        let mut query = self.query.to_owned();
        query.replace_range(range, other);
        query.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// A project of which some files had opt-outs applied and others not is neither; the same of what versions answer.
    fn of_both_kinds(&mut self, parts: &[Node]) -> Result<(), SearchError> {
        for part in parts {
            let (field, value, what) = match part {
                Node::Value(Test::OptOuts(states)) => match states.as_slice() {
                    [OptOutState::NotApplied] => {
                        ("optouts:", "not-applied", "opt-outs applied to some and not to others")
                    }
                    [OptOutState::Applied] => ("optouts:", "applied", "opt-outs applied to some and not to others"),
                    _ => continue,
                },
                Node::Value(Test::Answer(answered, answers)) => {
                    let field = match answered {
                        Answered::Commercial => "commercial:",
                        Answered::Sublicensing => "sublicensing:",
                    };
                    match answers.as_slice() {
                        [YesNo::Yes] => (field, "yes", "yes in one version and no in another"),
                        [YesNo::No] => (field, "no", "yes in one version and no in another"),
                        _ => continue,
                    }
                }
                _ => continue,
            };
            // Capital letters and quotation marks are rare in what is asked by value; then nothing is said.
            let Some(at) = self.query.find(&format!("{field}{value}")) else { continue };
            let query = self.with(at + field.len()..at + field.len() + value.len(), "mixed");
            let more = self.count(&query)?;
            if more > 0 {
                self.hints.push(Hint { told: format!("{more} more: {what}"), query: Some(query) });
            }
        }
        Ok(())
    }

    /// A name with `&` is published with "and" as well, and the other way round.
    fn written_with_and(&mut self, words: &WordsNode) -> Result<(), SearchError> {
        let Some(written) = self.query.get(words.written.clone()) else { return Ok(()) };
        if !written.starts_with('"') {
            return Ok(());
        }
        let (other, sign) = if written.contains(" & ") {
            (written.replace(" & ", " and "), "\"and\"")
        } else if let Some(at) = written.to_lowercase().find(" and ") {
            let Some((before, behind)) = written.get(..at).zip(written.get(at + " and ".len()..)) else {
                return Ok(());
            };
            (format!("{before} & {behind}"), "\"&\"")
        } else {
            return Ok(());
        };
        let query = self.with(words.written.clone(), &other);
        let found = self.count(&query)?;
        if found > 0 {
            self.hints.push(Hint { told: format!("{found} written with {sign}"), query: Some(query) });
        }
        Ok(())
    }

    /// Names of datasets are mostly published in full: `HES` is Hospital Episode Statistics.
    fn in_full(&mut self, words: &WordsNode) -> Result<(), SearchError> {
        let ([term], Fields::Dataset) = (words.words.as_slice(), words.fields) else { return Ok(()) };
        let explained = glossary().terms().iter().find(|explained| explained.name.to_lowercase() == term.folded);
        let Some(name) = explained.and_then(|term| term.written.iter().find(|name| name.contains(' '))) else {
            return Ok(());
        };
        let query = self.with(words.written.clone(), &format!("\"{name}\""));
        let found = self.count(&query)?;
        if found > 0 {
            let told = format!("{found} with the name in full");
            self.hints.push(Hint { told, query: Some(query) });
        }
        Ok(())
    }

    /// Plain words that follow one another match wherever they stand; as a phrase they match together.
    fn in_a_row(&mut self, parts: &[Node]) -> Result<(), SearchError> {
        let runs = runs(parts, self.query);
        let [run] = runs.as_slice() else { return Ok(()) };
        let words = range_of(run);
        let Some(written) = self.query.get(words.clone()).filter(|_| run.len() <= LONGEST_RUN) else { return Ok(()) };
        let query = self.with(words, &format!("\"{written}\""));
        let found = self.count(&query)?;
        if found > 0 && found < self.found {
            self.hints.push(Hint { told: format!("{found} with these words in a row"), query: Some(query) });
        }
        Ok(())
    }

    /// What an edition counts beside its projects is found by no search.
    fn counted_beside(&mut self, parts: &[Node]) {
        let written: Vec<&str> = parts
            .iter()
            .filter_map(|part| match part {
                Node::Words(words) if words.fields == Fields::Any => self.query.get(words.written.clone()),
                _ => None,
            })
            .collect();
        if written.is_empty() || written.len() != parts.len() {
            return;
        }
        let sought = folded(&written.join(" "));
        let speaks = |statement: &str| folded(statement).windows(sought.len()).any(|here| here == sought);
        let findings = &self.evaluation.index.header().findings;
        let counts = findings.iter().find(|finding| finding.rule == RuleId::TracingRequests);
        if !sought.is_empty() && counts.is_some_and(|finding| speaks(&finding.statement)) {
            let told =
                format!("the edition counts it beside its projects: see the concern {}", RuleId::TracingRequests);
            self.hints.push(Hint { told, query: None });
        }
    }
}

/// The words of a text, as searching sees them.
fn folded(text: &str) -> Vec<String> {
    words(text).map(|word| word.folded).collect()
}
