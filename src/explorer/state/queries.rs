//! The queries that were taken, and which of them stands in the search line again.

use super::State;
use crate::index::LastWord;
use crate::library::add_query;

/// The queries that were taken before, and in this run.
#[derive(Debug, Clone, Default)]
pub struct Queries {
    /// Each once, the newest last.
    taken: Vec<String>,
    /// Which of them stands in the search line, if one does.
    recalled: Option<Recalled>,
}

/// A query that stands in the search line again.
#[derive(Debug, Clone)]
struct Recalled {
    /// Its place among those that were taken.
    at: usize,
    /// What was being typed before.
    typed: String,
    /// Whether its last word was.
    last_word: LastWord,
}

impl Queries {
    /// Puts those of earlier runs before those of this one.
    pub fn add_earlier(&mut self, earlier: Vec<String>) {
        let of_this_run = std::mem::replace(&mut self.taken, earlier);
        let recalled = self.recalled.as_ref().and_then(|recalled| of_this_run.get(recalled.at)).cloned();
        for query in &of_this_run {
            add_query(&mut self.taken, query);
        }
        let at = recalled.and_then(|query| self.taken.iter().position(|taken| *taken == query));
        match (&mut self.recalled, at) {
            (Some(recalled), Some(at)) => recalled.at = at,
            (recalled, _) => *recalled = None,
        }
    }

    /// Takes a query; says whether it is to be remembered, and was not the newest already.
    pub fn take(&mut self, query: &str) -> bool {
        self.recalled = None;
        if query.trim().is_empty() || self.taken.last().is_some_and(|newest| newest == query) {
            return false;
        }
        add_query(&mut self.taken, query);
        true
    }

    /// The next older query, if there is one; `line` is what stands in the search line.
    pub fn older(&mut self, line: &str, last_word: LastWord) -> Option<(String, LastWord)> {
        let (end, typed) = match &self.recalled {
            Some(recalled) => (recalled.at, recalled.typed.as_str()),
            None => (self.taken.len(), line),
        };
        // What stands there already would look as if the key did nothing.
        let at = self.taken.get(..end)?.iter().rposition(|query| query != typed)?;
        match &mut self.recalled {
            Some(recalled) => recalled.at = at,
            recalled => *recalled = Some(Recalled { at, typed: line.to_owned(), last_word }),
        }
        Some((self.taken.get(at)?.clone(), LastWord::Whole))
    }

    /// The next newer query, or after the newest what was being typed.
    pub fn newer(&mut self) -> Option<(String, LastWord)> {
        let recalled = self.recalled.as_mut()?;
        let after = recalled.at + 1;
        let next = self.taken.iter().enumerate().skip(after).find(|(_, query)| **query != recalled.typed);
        if let Some((at, query)) = next {
            recalled.at = at;
            return Some((query.clone(), LastWord::Whole));
        }
        self.recalled.take().map(|recalled| (recalled.typed, recalled.last_word))
    }

    /// What stands in the line is what is being typed from now on.
    pub fn type_on(&mut self) {
        self.recalled = None;
    }
}

impl State {
    /// Whether one writes at the end of the search line.
    pub fn is_at_end(&self) -> bool {
        self.query.cursor() == self.query.value().chars().count()
    }

    /// What is offered behind the query that is being typed, as the query whole.
    pub fn completion(&self) -> Option<&str> {
        let is_current = !self.is_searching() && self.list.request.query == self.query.value();
        self.list.completions.first().filter(|_| is_current && self.is_at_end()).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn older(queries: &mut Queries, line: &str) -> Option<String> {
        queries.older(line, LastWord::Beginning).map(|(query, _)| query)
    }

    fn newer(queries: &mut Queries) -> Option<String> {
        queries.newer().map(|(query, _)| query)
    }

    #[test]
    fn older_and_newer_walk_and_what_was_typed_comes_back() {
        let mut queries = Queries::default();
        assert_eq!((older(&mut queries, "x"), newer(&mut queries)), (None, None));
        assert!(queries.take("a") && queries.take("b") && queries.take("c"));
        assert!(!queries.take("c") && !queries.take(" "));
        assert_eq!(queries.older("x", LastWord::Beginning), Some(("c".to_owned(), LastWord::Whole)));
        assert_eq!((older(&mut queries, "c"), older(&mut queries, "b")), (Some("b".to_owned()), Some("a".to_owned())));
        assert_eq!(older(&mut queries, "a"), None);
        assert_eq!((newer(&mut queries), newer(&mut queries)), (Some("b".to_owned()), Some("c".to_owned())));
        assert_eq!(queries.newer(), Some(("x".to_owned(), LastWord::Beginning)));
        assert_eq!(newer(&mut queries), None);
        // What stands in the line already is passed over.
        assert_eq!((older(&mut queries, "c"), newer(&mut queries)), (Some("b".to_owned()), Some("c".to_owned())));
        // What is typed on is a line of its own.
        assert_eq!(older(&mut queries, "x"), Some("c".to_owned()));
        queries.type_on();
        assert_eq!(older(&mut queries, "cd"), Some("c".to_owned()));
    }

    #[test]
    fn earlier_queries_come_before_those_of_this_run() {
        let mut queries = Queries::default();
        queries.take("b");
        assert_eq!(older(&mut queries, ""), Some("b".to_owned()));
        queries.add_earlier(vec!["b".to_owned(), "a".to_owned()]);
        assert_eq!(older(&mut queries, "b"), Some("a".to_owned()));
        assert_eq!(older(&mut queries, "a"), None);
        assert_eq!((newer(&mut queries), newer(&mut queries)), (Some("b".to_owned()), Some(String::new())));
    }
}
