//! Names: which spellings of an organisation or a dataset are one, by plain rules and a list with reasons.
//!
//! Two spellings are one where the safe rules make the same of both, or where the list of aliases says so
//! and why. Likeness is never a reason: `NHS Sussex` and `NHS Surrey and Sussex` are two bodies. A body that took over
//! from another is a link between two names, not one name. What is shown is always a spelling that was published.
//!
//! Plain text in, plain answers out: nothing here opens a file.

mod acronym;
mod aliases;
mod groups;
mod joined;
mod spelling;

use std::sync::LazyLock;

use serde::Serialize;

pub use groups::{Codes, Group, Spelling};

use crate::register::Date;
use crate::text::Fault;
use aliases::Entries;
use joined::Joined;

/// The names that are one, as the program knows them.
const BUILT_IN: &str = include_str!("../assets/aliases.toml");

/// Who followed whom, as the program knows it: long, and read only where it is asked for.
const SUCCESSORS: &str = include_str!("../assets/successors.toml");

/// What a name is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Who applied, controls or received.
    Organisation,
    /// What was named or sent.
    Dataset,
}

/// A name for comparing: equal for all spellings of one name. Never for display.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(String);

impl Key {
    /// The key as text, as a part of a longer key.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The key of that body alone among several of one name which has this ODS code. No rule leaves the mark between
    /// the two in a key.
    #[must_use]
    pub fn with_code(&self, code: &str) -> Self {
        Self(format!("{}\u{1}{code}", self.0))
    }
}

/// The code of the Organisation Data Service at the end of an organisation's name, in capitals: `X26` of
/// `NHS ENGLAND - X26`. Names with different codes are of different bodies, however alike they are otherwise.
pub fn ods_code(name: &str) -> Option<String> {
    spelling::ods_code(name)
}

/// A body or dataset that took the place of another, or whose place was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// The other one, as the list names it.
    pub name: String,
    /// When it took over.
    pub date: Date,
    /// What happened.
    pub reason: String,
    /// Who says so.
    pub source: Option<String>,
}

/// Which names are one, and which body or dataset followed which.
#[derive(Debug, Clone)]
pub struct Names {
    organisations: Joined,
    datasets: Joined,
    /// The user's own.
    successions: Vec<Succession>,
}

/// Some bodies or datasets, and those that took their place.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Succession {
    kind: Kind,
    from: Vec<String>,
    to: Vec<String>,
    date: Date,
    reason: String,
    source: Option<String>,
    /// Where it stands in its list, from 1.
    line: usize,
}

impl Names {
    /// The rules with the list that comes with the program.
    pub fn built_in() -> &'static Self {
        static BUILT: LazyLock<Names> = LazyLock::new(|| Names::of(&[aliases::read(BUILT_IN).0]));
        &BUILT
    }

    /// The same with a user's own list, which goes before the one that comes with the program.
    ///
    /// # Errors
    /// All faults of the list, each with its line.
    pub fn with(user: &str) -> Result<Self, Vec<Fault>> {
        let (entries, mut faults) = aliases::read(user);
        faults.extend(entries.contradictions());
        if !faults.is_empty() {
            faults.sort_by_key(|fault| fault.line);
            return Err(faults);
        }
        let names = Self::of(&[entries, aliases::read(BUILT_IN).0]);
        let faults = names.circles();
        if faults.is_empty() { Ok(names) } else { Err(faults) }
    }

    /// Bodies and datasets that are said to follow themselves.
    fn circles(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        for Succession { kind, from, to, line, .. } in &self.successions {
            for one in from {
                let key = self.key(*kind, one);
                faults.extend(to.iter().filter(|two| self.key(*kind, two) == key).map(|two| {
                    let message = format!(
                        "\"{one}\" and \"{two}\" are one name, and nothing follows itself; name another one, or remove this"
                    );
                    Fault { line: *line, message }
                }));
            }
        }
        faults
    }

    /// The names of several lists; an earlier one goes before a later one.
    fn of(lists: &[Entries]) -> Self {
        Self {
            organisations: Joined::new(Kind::Organisation, lists),
            datasets: Joined::new(Kind::Dataset, lists),
            successions: lists.iter().flat_map(|list| list.successions.iter().cloned()).collect(),
        }
    }

    /// The key of a name.
    pub fn key(&self, kind: Kind, name: &str) -> Key {
        Key(match kind {
            Kind::Organisation => self.organisations.key(name),
            Kind::Dataset => self.datasets.key(name),
        })
    }

    /// The key of an organisation.
    pub fn organisation_key(&self, name: &str) -> Key {
        self.key(Kind::Organisation, name)
    }

    /// The key of a dataset.
    pub fn dataset_key(&self, name: &str) -> Key {
        self.key(Kind::Dataset, name)
    }

    /// The key of a dataset whatever its version: equal for `Mental Health Services Data Set (MHSDS) v5.0` and `… v4.1`,
    /// which are related and not one. It is no [`Names::dataset_key`].
    pub fn dataset_key_without_version(&self, name: &str) -> Key {
        Key(self.datasets.key(&spelling::without_version(name)))
    }

    /// What took the place of an organisation or dataset, the earliest first.
    pub fn successors(&self, kind: Kind, name: &str) -> Vec<Link> {
        self.links(kind, name, |succession| (&succession.from, &succession.to))
    }

    /// Whose place an organisation or dataset took, the earliest first.
    pub fn predecessors(&self, kind: Kind, name: &str) -> Vec<Link> {
        self.links(kind, name, |succession| (&succession.to, &succession.from))
    }

    fn links(&self, kind: Kind, name: &str, ends: impl Fn(&Succession) -> (&Vec<String>, &Vec<String>)) -> Vec<Link> {
        static BUILT: LazyLock<Vec<Succession>> = LazyLock::new(|| aliases::read(SUCCESSORS).0.successions);
        let key = self.key(kind, name);
        let mut links = Vec::new();
        let all = self.successions.iter().chain(BUILT.iter());
        for succession in all.filter(|succession| succession.kind == kind) {
            let (near, far) = ends(succession);
            if near.iter().any(|name| self.key(kind, name) == key) {
                links.extend(far.iter().map(|name| Link {
                    name: name.clone(),
                    date: succession.date,
                    reason: succession.reason.clone(),
                    source: succession.source.clone(),
                }));
            }
        }
        links.sort_by_key(|link| link.date);
        links
    }
}

#[cfg(test)]
mod tests;
