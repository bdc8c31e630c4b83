//! Grouping published spellings: one group a name, shown by the spelling that is published most.

use std::collections::HashMap;

use super::{Key, Kind, Names};

/// All published spellings of one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// For comparing.
    pub key: Key,
    /// The spelling that is published most, of equal ones the first: what is shown.
    pub name: String,
    /// The spellings, the most published first.
    pub spellings: Vec<Spelling>,
}

/// A name as it is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelling {
    /// Word for word.
    pub name: String,
    /// How often it is published.
    pub count: u64,
}

impl Names {
    /// Groups spellings, each with how often it is published. Groups stand in the order of their first spelling.
    pub fn group<'a>(&self, kind: Kind, published: impl IntoIterator<Item = (&'a str, u64)>) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        let mut by_key: HashMap<Key, usize> = HashMap::new();
        for (name, count) in published {
            let key = self.key(kind, name);
            let at = *by_key.entry(key.clone()).or_insert_with(|| {
                groups.push(Group { key, name: String::new(), spellings: Vec::new() });
                groups.len() - 1
            });
            let spellings = &mut groups[at].spellings;
            match spellings.iter_mut().find(|known| known.name == name) {
                Some(known) => known.count += count,
                None => spellings.push(Spelling { name: name.to_owned(), count }),
            }
        }
        for group in &mut groups {
            // Stable: of equal ones the first stays first.
            group.spellings.sort_by_key(|spelling| std::cmp::Reverse(spelling.count));
            group.name = group.spellings.first().map(|spelling| spelling.name.clone()).unwrap_or_default();
        }
        groups
    }
}
