//! Keys of one kind of name: the safe rules, then what the lists join and keep apart.

use std::collections::{HashMap, HashSet};

use super::aliases::{Entries, Entry};
use super::{Kind, spelling};
use crate::text::fold;

/// What the key of a name begins with that is compared by its spelling alone. No rule leaves it in a key.
const ALONE: char = '\0';

/// Which names of a kind are one.
#[derive(Debug, Clone)]
pub(super) struct Joined {
    kind: Kind,
    /// Of a key of the rules, that of the name to which a list joins it.
    aliases: HashMap<String, String>,
    /// Names, folded, that the rules would join and a list keeps apart.
    alone: HashMap<String, String>,
    /// Keys of the rules of which a list says that names with different codes are one.
    one: HashSet<String>,
}

impl Joined {
    /// Joins what the lists say, the earlier ones first; what one keeps apart stays so.
    pub(super) fn new(kind: Kind, lists: &[Entries]) -> Self {
        let mut joined = Self { kind, aliases: HashMap::new(), alone: HashMap::new(), one: HashSet::new() };
        let of_kind = |entry: &&Entry| entry.kind == kind;
        let apart: Vec<&Entry> = lists.iter().flat_map(|list| &list.apart).filter(of_kind).collect();
        for entry in &apart {
            joined.keep_alone(&entry.names);
        }
        let apart: Vec<Vec<String>> =
            apart.iter().map(|entry| entry.names.iter().map(|name| joined.rules_key(name)).collect()).collect();
        let mut sets: Vec<Vec<String>> = Vec::new();
        for entry in lists.iter().flat_map(|list| &list.aliases).filter(of_kind) {
            let keys: Vec<String> = entry.names.iter().map(|name| joined.rules_key(name)).collect();
            let repeated = keys.iter().enumerate().filter(|(at, key)| keys[..*at].contains(key));
            joined.one.extend(repeated.map(|(_, key)| key.clone()));
            let mut keys = keys.into_iter();
            let Some(first) = keys.next() else { continue };
            for key in keys {
                join(&mut sets, &first, key, &apart);
            }
        }
        for set in sets {
            let first = set[0].clone();
            joined.aliases.extend(set.into_iter().map(|key| (key, first.clone())));
        }
        joined
    }

    /// The key of a name.
    pub(super) fn key(&self, name: &str) -> String {
        let key = self.rules_key(name);
        self.aliases.get(&key).cloned().unwrap_or(key)
    }

    /// Whether a list says that names of this key of the rules are one whatever their codes.
    pub(super) fn is_one(&self, rules_key: &str) -> bool {
        self.one.contains(rules_key)
    }

    /// The key by the rules alone.
    pub(super) fn rules_key(&self, name: &str) -> String {
        // Most lists keep nothing apart that the rules join: then no name is folded twice.
        if !self.alone.is_empty()
            && let Some(alone) = self.alone.get(&fold(name))
        {
            return alone.clone();
        }
        match self.kind {
            Kind::Organisation => spelling::organisation(name),
            Kind::Dataset => spelling::dataset(name),
        }
    }

    /// Keeps those names of an entry apart that are one by the rules: each is compared by its spelling alone.
    fn keep_alone(&mut self, names: &[String]) {
        let keys: Vec<String> = names.iter().map(|name| self.rules_key(name)).collect();
        for (name, key) in names.iter().zip(&keys) {
            if keys.iter().filter(|other| *other == key).count() > 1 {
                let folded = fold(name);
                self.alone.insert(folded.clone(), format!("{ALONE}{folded}"));
            }
        }
    }
}

/// Puts two keys into one set, unless that would join what is to stay apart.
fn join(sets: &mut Vec<Vec<String>>, one: &str, two: String, apart: &[Vec<String>]) {
    let find = |key: &str| sets.iter().position(|set| set.iter().any(|known| known == key));
    let (first, second) = (find(one), find(&two));
    if one == two || (first.is_some() && first == second) {
        return;
    }
    let mut whole = first.map_or_else(|| vec![one.to_owned()], |at| sets[at].clone());
    whole.extend(second.map_or_else(|| vec![two], |at| sets[at].clone()));
    let broken = apart.iter().any(|keys| keys.iter().filter(|key| whole.contains(key)).count() > 1);
    if broken {
        return;
    }
    let mut gone: Vec<usize> = first.into_iter().chain(second).collect();
    gone.sort_unstable_by(|one, two| two.cmp(one));
    for at in gone {
        sets.swap_remove(at);
    }
    sets.push(whole);
}
