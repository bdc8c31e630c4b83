//! One edition against another: which versions differ is told by their fingerprints, and only those are read.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::changes::{ProjectFingerprint, SharedChange, Side, VersionChange, compare, mark, share};
use crate::index::{Index, IndexError, ProjectId, Record};
use crate::register::{Layout, Source};
use crate::text::fold;

/// What changed from one edition to another.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Comparison {
    /// What became of versions, by reference.
    pub changes: Vec<VersionChange>,
    /// Changes that many entries share.
    pub shared: Vec<SharedChange>,
    /// The projects that the older edition lists, by stem reference.
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
    for stem in in_old.keys().chain(in_new.keys().filter(|stem| !in_old.contains_key(*stem))) {
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
    changes.sort_by(|one, two| (&one.stem, one.number()).cmp(&(&two.stem, two.number())));
    let used: HashSet<u64> = new.iter().flat_map(|project| project.names.iter()).collect();
    let shared = share(&mut changes, &|role, name| used.contains(&mark(role, name)));
    let listed = |stems: &BTreeMap<&str, _>| stems.keys().map(|stem| (*stem).to_owned()).collect();
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

fn by_stem(fingerprints: &[ProjectFingerprint]) -> BTreeMap<&str, (ProjectId, &ProjectFingerprint)> {
    let numbered = (0..).map(ProjectId).zip(fingerprints);
    numbered.map(|(id, fingerprint)| (fingerprint.stem.as_str(), (id, fingerprint))).collect()
}

fn side<'a>(record: Option<&'a Record>, index: &'a Index) -> Option<Side<'a>> {
    record.map(|record| Side { project: &record.project, sources: &index.header().sources })
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
