//! Saved searches: a query under a name, and what it found when the person last looked at it, so that what is new since
//! then can be told.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::index::{Index, LONGEST_SEARCH, LastWord, ProjectId, Request, SearchError, Sort, Trouble};
use crate::register::plain_reference;

/// The longest name, in characters.
const LONGEST: usize = 80;

/// A search that a person has saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedSearch {
    /// What the person calls it.
    pub name: String,
    /// The query as written.
    pub query: String,
    /// In which order its projects come.
    pub sort: Sort,
    /// What it found at the last visit.
    pub seen: Seen,
}

/// What a search found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// In which edition.
    pub edition: String,
    /// The projects, by their plain stem references.
    pub projects: BTreeSet<String>,
}

/// What a person calls a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchName(String);

/// Why something is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoName {
    /// It says nothing.
    #[error("say what to call it: a saved search needs a name")]
    Empty,
    /// It is too long.
    #[error("the name has {0} characters; it can have {LONGEST}")]
    TooLong(usize),
}

/// A search, and what it finds in an edition.
#[derive(Debug, Clone)]
pub struct Watched {
    /// The search, with what it found at the last visit.
    pub search: SavedSearch,
    /// What it finds now, in its order.
    pub found: Vec<ProjectId>,
    /// Whether that is all.
    pub known: Known,
    /// The same as it is remembered after a visit.
    pub now: Seen,
    /// What it finds now and did not find at the last visit, in its order.
    pub new: Vec<ProjectId>,
}

/// Whether it is known what a search finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// It is.
    Whole,
    /// This of its query could not be read as written.
    Unread(Vec<Trouble>),
    /// It took too long, as is said of it here.
    Stopped(String),
}

impl SearchName {
    /// A name on one line, without the white space around it.
    ///
    /// # Errors
    /// Where it says nothing, or too much.
    pub fn new(text: &str) -> Result<Self, NoName> {
        let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match name.chars().count() {
            0 => Err(NoName::Empty),
            length if length > LONGEST => Err(NoName::TooLong(length)),
            _ => Ok(Self(name)),
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl SavedSearch {
    /// A search at which nobody has looked yet.
    pub fn new(name: &SearchName, query: &str, sort: Sort) -> Self {
        Self { name: name.0.clone(), query: query.to_owned(), sort, seen: Seen::default() }
    }

    /// Whether it has this name, in any case.
    pub fn is_named(&self, name: &str) -> bool {
        let plain = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        plain(&self.name) == plain(name)
    }

    /// The search as the index is asked for it: the last word is whole.
    pub fn request(&self) -> Request {
        Request { query: self.query.clone(), last_word: LastWord::Whole, sort: self.sort }
    }
}

impl Watched {
    /// A search that was stopped. What it found at the last visit stays what was seen.
    fn stopped(search: SavedSearch, why: &SearchError) -> Self {
        let known = Known::Stopped(why.to_string());
        Self { now: search.seen.clone(), search, found: Vec::new(), known, new: Vec::new() }
    }

    /// The search as it stands after a visit. What cannot be read as written was not looked at: all of it would count as new
    /// once it can be read again.
    #[must_use]
    pub fn visited(&self) -> SavedSearch {
        let seen = if self.known == Known::Whole { &self.now } else { &self.search.seen };
        SavedSearch { seen: seen.clone(), ..self.search.clone() }
    }
}

/// What searches find in an edition, and what of it is new.
///
/// # Errors
/// Where the index cannot be read.
pub fn watch(index: &Index, searches: Vec<SavedSearch>) -> Result<Vec<Watched>, SearchError> {
    watch_while(index, searches, &|| false)
}

/// The same, which ends once `cancelled` says yes.
///
/// # Errors
/// [`SearchError::Cancelled`], or where the index cannot be read.
pub fn watch_while(
    index: &Index,
    searches: Vec<SavedSearch>,
    cancelled: &dyn Fn() -> bool,
) -> Result<Vec<Watched>, SearchError> {
    watch_within(LONGEST_SEARCH, index, searches, cancelled)
}

/// The same, for searches that may each take so long. One that takes longer says so, and the others what they find.
fn watch_within(
    longest: Duration,
    index: &Index,
    searches: Vec<SavedSearch>,
    cancelled: &dyn Fn() -> bool,
) -> Result<Vec<Watched>, SearchError> {
    if searches.is_empty() {
        return Ok(Vec::new());
    }
    let stems: BTreeMap<ProjectId, String> =
        index.projects_by_stem()?.into_iter().map(|(stem, project)| (project, stem)).collect();
    let watched = searches.into_iter().map(|search| {
        let found = match index.search_within(longest, &search.request(), cancelled) {
            Err(stopped @ SearchError::TooLong { .. }) => return Ok(Watched::stopped(search, &stopped)),
            found => found?,
        };
        let mut projects = BTreeSet::new();
        let mut new = Vec::new();
        for project in &found.projects {
            let stem = match stems.get(project) {
                Some(stem) => stem.clone(),
                None => plain_reference(&index.row(*project)?.reference),
            };
            if found.trouble.is_empty() && !search.seen.projects.contains(&stem) {
                new.push(*project);
            }
            projects.insert(stem);
        }
        let now = Seen { edition: index.header().edition.slug.clone(), projects };
        let known = if found.trouble.is_empty() { Known::Whole } else { Known::Unread(found.trouble) };
        Ok(Watched { found: found.projects, known, now, new, search })
    });
    watched.collect()
}

/// Puts a search among those that are saved, in the place of one of the same name. What that searched for is given back
/// where it was something else.
pub fn save(all: &mut Vec<SavedSearch>, new: SavedSearch) -> Option<SavedSearch> {
    let Some(known) = all.iter_mut().find(|known| known.is_named(&new.name)) else {
        all.push(new);
        return None;
    };
    let before = std::mem::replace(known, new);
    ((&before.query, before.sort) != (&known.query, known.sort)).then_some(before)
}

/// Remembers what was found at a visit, unless the name stands for another search by now.
pub fn see(all: &mut [SavedSearch], visited: &SavedSearch) {
    let is_same = |known: &&mut SavedSearch| {
        (&known.name, &known.query, known.sort) == (&visited.name, &visited.query, visited.sort)
    };
    if let Some(known) = all.iter_mut().find(is_same) {
        known.seen.clone_from(&visited.seen);
    }
}

/// Takes a search away, and gives it back.
pub fn remove(all: &mut Vec<SavedSearch>, name: &str) -> Option<SavedSearch> {
    let at = all.iter().position(|known| known.is_named(name))?;
    Some(all.remove(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn search(name: &str, query: &str) -> SavedSearch {
        SavedSearch::new(&SearchName::new(name).unwrap(), query, Sort::Relevance)
    }

    #[test]
    fn a_name_is_one_line_and_has_an_end() {
        assert_eq!(SearchName::new(" \n "), Err(NoName::Empty));
        assert_eq!(SearchName::new(" my\nbeds ").unwrap().as_str(), "my beds");
        assert!(SearchName::new(&"é".repeat(LONGEST)).is_ok());
        assert_eq!(SearchName::new(&"é".repeat(LONGEST + 1)), Err(NoName::TooLong(LONGEST + 1)));
    }

    #[test]
    fn one_name_stands_for_one_search_and_what_is_replaced_is_given_back() {
        let mut all = Vec::new();
        assert_eq!(save(&mut all, search("Beds", "bed")), None);
        assert_eq!(save(&mut all, search("Births", "birth")), None);
        assert_eq!(save(&mut all, search("beds", "bed")), None, "the same search is no other");
        assert_eq!(save(&mut all, search("BEDS", "wait")).unwrap().query, "bed");
        assert_eq!(all, [search("BEDS", "wait"), search("Births", "birth")]);
        assert_eq!(remove(&mut all, "beds"), Some(search("BEDS", "wait")));
        assert_eq!(remove(&mut all, " Beds "), None);
    }

    #[test]
    fn what_was_seen_is_of_the_search_that_was_looked_at() {
        let mut all = vec![search("Beds", "bed")];
        let seen = Seen { edition: "2026-09".to_owned(), projects: BTreeSet::from(["nic-1".to_owned()]) };
        see(&mut all, &SavedSearch { seen: seen.clone(), ..search("Beds", "another") });
        assert_eq!(all[0].seen, Seen::default());
        see(&mut all, &SavedSearch { seen: seen.clone(), ..search("Beds", "bed") });
        assert_eq!(all[0].seen, seen);
    }

    #[test]
    fn a_search_that_takes_too_long_says_so_and_the_others_what_they_find() {
        let index = crate::library::Edition::sample().unwrap().index;
        let seen = watch(&index, vec![search("all", "hospital")]).unwrap().remove(0).visited();
        let both = vec![seen.clone(), search("none", "zzzz")];
        let watched = watch_within(Duration::ZERO, &index, both, &|| false).unwrap();
        assert_eq!(watched.len(), 2);
        let is_stopped = |one: &Watched| matches!(&one.known, Known::Stopped(why) if why.contains("stopped after 0 s"));
        assert!(watched.iter().all(|one| is_stopped(one) && one.new.is_empty()));
        assert_eq!(watched[0].visited(), seen, "what was seen is kept");
    }

    #[test]
    fn new_is_what_was_not_found_before_and_a_query_in_trouble_forgets_nothing() {
        let index = crate::library::Edition::sample().unwrap().index;
        let first = watch(&index, vec![search("all", "hospital")]).unwrap().remove(0);
        assert_eq!((first.new.len(), first.now.edition.as_str()), (first.found.len(), "sample"));
        let mut visited = first.visited();
        assert!(watch(&index, vec![visited.clone()]).unwrap()[0].new.is_empty());
        let gone = visited.seen.projects.pop_first().unwrap();
        let again = watch(&index, vec![visited.clone()]).unwrap().remove(0);
        assert_eq!(again.new.len(), 1);
        assert_eq!(plain_reference(&index.row(again.new[0]).unwrap().reference), gone);
        let unread = SavedSearch { query: "concern:no-such-rule OR hospital".to_owned(), ..visited.clone() };
        let unread = watch(&index, vec![unread]).unwrap().remove(0);
        assert!(matches!(&unread.known, Known::Unread(trouble) if !trouble.is_empty()) && unread.new.is_empty());
        assert_eq!(unread.visited().seen, visited.seen);
    }
}
