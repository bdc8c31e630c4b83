//! What organisations and datasets have in common: spellings grouped into names, and a name found as it is written.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;

use crate::index::{Index, IndexError, ProjectId, Sent, VersionId};
use crate::names::{Group, Key, Kind, Link, Names, ods_code};
use crate::register::Date;
use crate::text::{fold, words};

/// One name of an edition.
#[derive(Debug, Clone)]
pub(super) struct Grouped {
    pub(super) key: Key,
    /// The spelling that is published most.
    pub(super) name: String,
    /// All spellings, the most published first.
    pub(super) spellings: Vec<String>,
    /// Their rows in the index.
    pub(super) rows: Vec<usize>,
}

/// The names of an edition, of one kind: its spellings grouped, found as they are written, and linked to others.
#[derive(Debug)]
pub struct Groups<'a> {
    names: &'a Names,
    kind: Kind,
    all: Vec<Grouped>,
}

impl<'a> Groups<'a> {
    /// Groups the spellings of an edition, each with how often it is published.
    pub(super) fn of<'b>(
        names: &'a Names,
        kind: Kind,
        published: impl Iterator<Item = (&'b str, u64)> + Clone,
    ) -> Self {
        let rows: HashMap<&str, usize> = published.clone().enumerate().map(|(row, (name, _))| (name, row)).collect();
        let group = |group: Group| {
            let spellings: Vec<String> = group.spellings.into_iter().map(|spelling| spelling.name).collect();
            let rows = spellings.iter().filter_map(|name| rows.get(name.as_str()).copied()).collect();
            Grouped { key: group.key, name: group.name, spellings, rows }
        };
        Self { names, kind, all: names.group(kind, published).into_iter().map(group).collect() }
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// How many spellings there are of all names.
    pub fn spellings(&self) -> usize {
        self.all.iter().map(|group| group.spellings.len()).sum()
    }

    /// The name that a published spelling is of.
    pub fn of_spelling(&self, name: &str) -> Option<usize> {
        self.all.iter().position(|group| group.spellings.iter().any(|spelling| spelling == name))
    }

    /// Which names something written fits: the one whose spelling it is, else all of which it is a part.
    pub fn find(&self, written: &str) -> Vec<usize> {
        let key = self.names.key(self.kind, written);
        let with_code = ods_code(written).map(|code| key.with_code(&code));
        let position = |key: &Key| self.all.iter().position(|group| group.key == *key);
        if let Some(at) = with_code.as_ref().and_then(position).or_else(|| position(&key)) {
            return vec![at];
        }
        if plain(written).is_empty() {
            return Vec::new();
        }
        let fits = |group: &Grouped| group.spellings.iter().any(|name| holds(name, written));
        (0..self.all.len()).filter(|at| fits(&self.all[*at])).collect()
    }

    /// A name that was found, in the spelling that is published most.
    pub fn name(&self, at: usize) -> &str {
        &self.all[at].name
    }

    /// All of them.
    pub(super) fn all(&self) -> &[Grouped] {
        &self.all
    }

    /// One of them.
    pub(super) fn at(&self, at: usize) -> &Grouped {
        &self.all[at]
    }

    /// What came before a name.
    pub(super) fn predecessors(&self, group: &Grouped) -> Vec<LinkReport> {
        self.links(self.names.predecessors(self.kind, &group.name))
    }

    /// What came after a name.
    pub(super) fn successors(&self, group: &Grouped) -> Vec<LinkReport> {
        self.links(self.names.successors(self.kind, &group.name))
    }

    /// Links, with how the edition spells what they lead to.
    fn links(&self, links: Vec<Link>) -> Vec<LinkReport> {
        let spelled = |link: &Link| {
            let key = self.names.key(self.kind, &link.name);
            self.all.iter().find(|group| group.key == key).map(|group| group.name.clone())
        };
        links.into_iter().map(|link| LinkReport { in_edition: spelled(&link), link }).collect()
    }
}

/// Whether a name holds what is written, letter case and punctuation aside.
pub fn holds(name: &str, written: &str) -> bool {
    plain(name).contains(&plain(written))
}

/// The words of a name, as searching sees them.
fn plain(name: &str) -> String {
    words(name).map(|word| word.folded).collect::<Vec<_>>().join(" ")
}

/// A body or dataset before or after this one. It is another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LinkReport {
    /// When, why and who says so.
    #[serde(flatten)]
    pub link: Link,
    /// How this edition spells it, if it names it.
    pub in_edition: Option<String>,
}

/// What was sent, as JSON gives it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SentReport {
    /// Files sent; null where the layout has no row for each file and the page has no count.
    pub files: Option<u64>,
    /// Files with opt-outs applied; null where the layout has no row for each file.
    pub opt_outs_applied: Option<u64>,
    /// Files without.
    pub opt_outs_not_applied: Option<u64>,
    /// Files whose row does not say.
    pub opt_outs_not_stated: Option<u64>,
    /// Rows that record access to a remote system: no files.
    pub system_access: u64,
    /// First month of release, where months are published.
    pub first: Option<Date>,
    /// Last month of release.
    pub last: Option<Date>,
}

impl SentReport {
    /// The sum of several.
    pub(super) fn of<'a>(sent: impl Iterator<Item = &'a Sent>) -> Self {
        let mut sum = Sent::default();
        sent.for_each(|sent| sum.add(sent));
        Self {
            files: sum.files,
            opt_outs_applied: sum.opt_outs.map(|counts| counts.applied),
            opt_outs_not_applied: sum.opt_outs.map(|counts| counts.not_applied),
            opt_outs_not_stated: sum.opt_outs.map(|counts| counts.not_stated),
            system_access: sum.system_access,
            first: sum.months.start,
            last: sum.months.end,
        }
    }

    /// The order of lists: most files first, then by name; what is not known comes last.
    pub(super) fn order(&self, name: &str) -> (std::cmp::Reverse<Option<u64>>, String) {
        (std::cmp::Reverse(self.files), fold(name))
    }
}

/// The different versions of several lists.
pub(super) fn distinct<'a>(versions: impl Iterator<Item = &'a VersionId>) -> BTreeSet<VersionId> {
    versions.copied().collect()
}

/// The projects of versions.
pub(super) fn projects(index: &Index, versions: &BTreeSet<VersionId>) -> BTreeSet<ProjectId> {
    versions.iter().map(|version| index.project_of_version(*version)).collect()
}

/// The references of projects, in the register's order.
pub(super) fn references(index: &Index, projects: &BTreeSet<ProjectId>) -> Result<Vec<String>, IndexError> {
    projects.iter().map(|project| index.row(*project).map(|row| row.reference)).collect()
}
