//! Grouping published spellings: one group a name, shown by the spelling that is published most.

use std::collections::{BTreeSet, HashMap};

use super::{Key, Kind, Names, ods_code};

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

/// The ODS codes that names have of which the rules alone make one.
#[derive(Debug, Clone, Default)]
pub struct Codes(HashMap<String, BTreeSet<String>>);

impl Names {
    /// Groups spellings, each with how often it is published. Groups stand in the order of their first spelling.
    ///
    /// Where the rules make one name of organisations with different ODS codes, each code is a group of its own, and
    /// so are the spellings without a code, of which nothing says whose they are. The list of aliases can join them.
    pub fn group<'a>(&self, kind: Kind, published: impl IntoIterator<Item = (&'a str, u64)>) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        let mut by_key: HashMap<Key, usize> = HashMap::new();
        let published: Vec<(&str, u64)> = published.into_iter().collect();
        let codes = match kind {
            Kind::Organisation => self.codes(published.iter().map(|(name, _)| *name)),
            Kind::Dataset => Codes::default(),
        };
        for (name, count) in published {
            let key = match kind {
                Kind::Organisation => self.organisation_key_among(&codes, name),
                Kind::Dataset => self.key(kind, name),
            };
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

    /// The ODS codes of names that are compared with each other.
    pub fn codes<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> Codes {
        let mut codes = Codes::default();
        for name in names {
            let Some(code) = ods_code(name) else { continue };
            let key = self.organisations.rules_key(name);
            if !self.organisations.is_one(&key) {
                codes.0.entry(key).or_default().insert(code);
            }
        }
        codes
    }

    /// The key of an organisation among others whose codes are known: the same with a code and without it, unless
    /// several codes share the name.
    pub fn organisation_key_among(&self, codes: &Codes, name: &str) -> Key {
        let key = self.organisation_key(name);
        let code = ods_code(name).filter(|_| {
            let shared = codes.0.get(&self.organisations.rules_key(name));
            shared.is_some_and(|codes| codes.len() > 1)
        });
        code.map_or_else(|| key.clone(), |code| key.with_code(&code))
    }
}
