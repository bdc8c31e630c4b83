//! One edition against another: which versions differ is told by their fingerprints, and only those are read.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::changes::{
    Change, ProjectFingerprint, SharedChange, Side, VersionChange, compare, forget_moved, mark, share,
};
use crate::index::{Index, IndexError, ProjectId, Record};
use crate::register::{Layout, Source, plain_reference};
use crate::text::fold;

/// What changed from one edition to another.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Comparison {
    /// What became of versions, by reference.
    pub changes: Vec<VersionChange>,
    /// Changes that many entries share.
    pub shared: Vec<SharedChange>,
    /// The projects that the older edition lists, by plain stem reference.
    pub listed_before: BTreeSet<String>,
    /// Those that the newer lists.
    pub listed_after: BTreeSet<String>,
}

/// Compares two open editions. Where both were read from pages, only organisations whose page is in both are compared:
/// a page that was not saved again took nothing out of the register.
///
/// # Errors
/// Where an index cannot be read.
pub fn compare_editions(before: &Index, after: &Index) -> Result<Comparison, IndexError> {
    let (old, new) = (before.fingerprints()?, after.fingerprints()?);
    let (in_old, in_new) = (by_stem(&old), by_stem(&new));
    let organisations = in_both(before, after);
    let mut changes = Vec::new();
    for stem in in_old.keys().chain(in_new.keys().filter(|stem| !in_old.contains_key(stem.as_str()))) {
        let (one, other) = (in_old.get(stem), in_new.get(stem));
        if one.zip(other).is_some_and(|((_, one), (_, other))| one.versions == other.versions) {
            continue;
        }
        let one = one.map(|(id, _)| before.record(*id)).transpose()?;
        let other = other.map(|(id, _)| after.record(*id)).transpose()?;
        if organisations.as_ref().is_none_or(|names| is_of(one.as_ref().or(other.as_ref()), names)) {
            changes.extend(compare(side(one.as_ref(), before), side(other.as_ref(), after)));
        }
    }
    forget_moved(&mut changes, &before.header().sources, &after.header().sources);
    changes.retain(|change| change.change != Change::FilesOnly || !change.files.is_empty());
    changes.sort_by(|one, two| (&one.stem, one.number()).cmp(&(&two.stem, two.number())));
    let used: HashSet<u64> = new.iter().flat_map(|project| project.names.iter()).collect();
    let shared = share(&mut changes, &|role, name| used.contains(&mark(role, name)));
    let listed = |stems: &BTreeMap<String, _>| stems.keys().cloned().collect();
    Ok(Comparison { changes, shared, listed_before: listed(&in_old), listed_after: listed(&in_new) })
}

/// Whether every file of an edition is one kind of publication, and which.
pub(super) fn publication(sources: impl Iterator<Item = Layout>) -> Option<Publication> {
    let mut kinds = sources.map(|layout| match layout {
        Layout::ReleaseRegister => Publication::ReleaseRegister,
        Layout::DataUsesRegister => Publication::DataUsesRegister,
        page => Publication::Pages(page),
    });
    let first = kinds.next()?;
    kinds.all(|kind| kind == first).then_some(first)
}

/// What an edition was published as. Only editions of one kind follow one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Publication {
    /// A page an organisation, of one generation: what another generation of pages leaves out, its generator left out.
    Pages(Layout),
    /// The files of one period.
    ReleaseRegister,
    /// All agreements and files up to a month.
    DataUsesRegister,
}

/// How two editions stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// The second follows the first: what is missing from it was taken out of the register.
    Follows,
    /// Of one publication, of which each edition lists one period only.
    Periods,
    /// The second is older.
    Reversed,
    /// Nothing says which is older: a month is not known, or both are of one month.
    Undated,
    /// Pages of several generations.
    Generations,
    /// Publications of different kinds: what one lists, the other can leave out.
    Unlike,
}

/// How one edition stands to another.
pub fn relation(before: &Index, after: &Index) -> Relation {
    let layouts = |index: &Index| index.header().sources.iter().map(|source| source.layout).collect::<Vec<_>>();
    let (old, new) = (layouts(before), layouts(after));
    let kinds = publication(old.iter().copied()).zip(publication(new.iter().copied()));
    let are_pages = old.iter().chain(&new).all(|layout| layout.is_page());
    let month = |index: &Index| index.header().edition.date.map(crate::register::Date::whole_month);
    match (kinds, month(before).zip(month(after))) {
        (Some((one, other)), _) if one != other && !are_pages => Relation::Unlike,
        (None, _) if !are_pages => Relation::Unlike,
        (_, Some((before, after))) if before > after => Relation::Reversed,
        (Some((one, other)), _) if one != other => Relation::Generations,
        (None, _) => Relation::Generations,
        (_, None) => Relation::Undated,
        (_, Some((before, after))) if before == after => Relation::Undated,
        (Some((Publication::ReleaseRegister, _)), _) => Relation::Periods,
        _ => Relation::Follows,
    }
}

/// The projects by their plain stem reference: in which case it is written says nothing.
fn by_stem(fingerprints: &[ProjectFingerprint]) -> BTreeMap<String, (ProjectId, &ProjectFingerprint)> {
    let numbered = (0..).map(ProjectId).zip(fingerprints);
    numbered.map(|(id, fingerprint)| (plain_reference(&fingerprint.stem), (id, fingerprint))).collect()
}

fn side<'a>(record: Option<&'a Record>, index: &'a Index) -> Side<'a> {
    Side { project: record.map(|record| &record.project), sources: &index.header().sources }
}

/// The organisations whose pages are in both editions, folded; none where not both are of pages.
fn in_both(before: &Index, after: &Index) -> Option<BTreeSet<String>> {
    let names = |index: &Index| -> Option<BTreeSet<String>> {
        let is_of_pages = |sources: &[Source]| sources.iter().all(|source| source.layout.is_page());
        let header = index.header();
        is_of_pages(&header.sources).then(|| header.pages.iter().map(|page| fold(&page.organisation)).collect())
    };
    Some(names(before)?.intersection(&names(after)?).cloned().collect())
}

fn is_of(record: Option<&Record>, organisations: &BTreeSet<String>) -> bool {
    let latest = record.and_then(|record| record.project.latest());
    latest.is_some_and(|version| organisations.contains(&fold(&version.organisation)))
}
