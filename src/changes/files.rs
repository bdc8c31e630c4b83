//! Files of one version in two editions, row against row.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use crate::names::Names;
use crate::register::{Date, Release};
use crate::text::fold;

use super::VersionChange;

/// What became of the files of a version.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FileChanges {
    /// Rows of the newer edition that the older did not list.
    pub added: Vec<Release>,
    /// Rows of the older edition that the newer does not list.
    pub removed: Vec<Release>,
    /// Rows that stand in both, with another value in one of their cells.
    pub altered: Vec<AlteredFile>,
}

/// A row with another value than before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AlteredFile {
    /// As the older edition has it.
    pub before: Release,
    /// As the newer edition has it.
    pub after: Release,
}

impl FileChanges {
    /// Whether nothing became of any file.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.altered.is_empty()
    }
}

/// Compares rows. The publisher's reference of a file tells which row it is, as long as it is not given to another file;
/// so rows that say the same are the same first, whatever their reference is, and what is left is told by it. Typography
/// is no difference, nor is another spelling of the same dataset.
pub(super) fn compare(before: &[Release], after: &[Release]) -> FileChanges {
    let mut old: Vec<&Release> = before.iter().collect();
    let mut new: Vec<&Release> = after.iter().collect();
    pair(&mut old, &mut new, |release| (release.id.as_deref(), cells(release)));
    if !old.is_empty() && !new.is_empty() {
        pair(&mut old, &mut new, plain_cells);
    }
    let altered = pair_altered(&mut old, &mut new);
    let owned = |rows: Vec<&Release>| rows.into_iter().cloned().collect();
    FileChanges { added: owned(new), removed: owned(old), altered }
}

/// A file that one version lost and another of the same project gained was moved, and is no new file.
pub(super) fn forget_moved(changes: &mut [VersionChange]) {
    let removed: Vec<Release> = changes.iter().flat_map(|change| change.files.removed.clone()).collect();
    for lost in removed.iter().filter(|release| release.id.is_some()) {
        let is_same = |release: &Release| release.id == lost.id && cells(release) == cells(lost);
        if changes.iter().any(|change| change.files.added.iter().any(is_same)) {
            for change in changes.iter_mut() {
                change.files.added.retain(|release| !is_same(release));
                change.files.removed.retain(|release| !is_same(release));
            }
        }
    }
}

/// What a row says, without its reference and place: its cells, and its month.
type Cells<'a> = ([Option<&'a str>; 7], Option<Date>);

fn cells(release: &Release) -> Cells<'_> {
    let words = [
        Some(release.dataset.as_str()),
        release.organisation.as_deref(),
        release.type_of_data.as_deref(),
        release.sensitivity.as_deref(),
        release.legal_basis.as_deref(),
        release.frequency.as_deref(),
        release.opt_outs_as_published.as_deref(),
    ];
    (words, release.month)
}

/// What a row says with its typography taken away, and its dataset by the name that it is one spelling of.
fn plain_cells(release: &Release) -> (Vec<String>, Option<Date>) {
    let (words, month) = cells(release);
    let mut plain: Vec<String> = words.into_iter().map(|cell| fold(cell.unwrap_or_default())).collect();
    Names::built_in().dataset_key(&release.dataset).as_str().clone_into(&mut plain[0]);
    (plain, month)
}

/// Takes away rows of both sides that have the same key, one for one.
fn pair<'a, K: Ord + Clone>(old: &mut Vec<&'a Release>, new: &mut Vec<&'a Release>, key: impl Fn(&'a Release) -> K) {
    let mut waiting: BTreeMap<K, usize> = BTreeMap::new();
    for release in new.iter() {
        *waiting.entry(key(release)).or_default() += 1;
    }
    let mut paired: BTreeMap<K, usize> = BTreeMap::new();
    old.retain(|release| {
        let key = key(release);
        let is_paired = take_one(&mut waiting, &key);
        if is_paired {
            *paired.entry(key).or_default() += 1;
        }
        !is_paired
    });
    new.retain(|release| !take_one(&mut paired, &key(release)));
}

fn take_one<K: Ord>(counts: &mut BTreeMap<K, usize>, key: &K) -> bool {
    let left = counts.get_mut(key).filter(|left| **left > 0);
    left.map(|left| *left -= 1).is_some()
}

/// Pairs rows of one reference that still are about the same: the same dataset, or the same month.
fn pair_altered(old: &mut Vec<&Release>, new: &mut Vec<&Release>) -> Vec<AlteredFile> {
    let mut altered = Vec::new();
    let by_reference: HashMap<&str, &Release> =
        new.iter().filter_map(|release| Some((release.id.as_deref()?, *release))).collect();
    old.retain(|before| {
        let Some(after) = before.id.as_deref().and_then(|id| by_reference.get(id)) else { return true };
        let is_about_the_same = before.dataset == after.dataset || before.month == after.month;
        if is_about_the_same {
            altered.push(AlteredFile { before: (*before).clone(), after: (*after).clone() });
        }
        !is_about_the_same
    });
    new.retain(|release| !altered.iter().any(|pair| pair.after.place == release.place));
    altered
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::{OptOutState, Place, ReleaseKind};

    fn file(id: &str, row: u32, answer: &str, month: &str) -> Release {
        Release {
            kind: ReleaseKind::File,
            id: (!id.is_empty()).then(|| id.to_owned()),
            organisation: None,
            dataset: "Births".to_owned(),
            type_of_data: None,
            sensitivity: None,
            legal_basis: None,
            confidentiality: None,
            frequency: None,
            opt_outs: OptOutState::NotStated,
            opt_outs_as_published: Some(answer.to_owned()),
            month: month.parse().ok(),
            place: Place::row(0, "DataReleases", row),
        }
    }

    fn counts(changes: &FileChanges) -> (usize, usize, usize) {
        (changes.added.len(), changes.removed.len(), changes.altered.len())
    }

    #[test]
    fn rows_that_moved_in_the_sheet_are_the_same() {
        let before = [file("F1", 2, "Yes", "2025-01"), file("F2", 3, "No", "2025-02")];
        let after = [file("F2", 2, "No", "2025-02"), file("F1", 3, "Yes", "2025-01")];
        assert!(compare(&before, &after).is_empty());
        // Not even new references make new files of those that say the same.
        let renumbered = [file("F8", 2, "Yes", "2025-01"), file("F9", 3, "No", "2025-02")];
        assert!(compare(&before, &renumbered).is_empty());
    }

    #[test]
    fn an_answer_that_was_changed_is_an_altered_row() {
        let before = [file("F1", 2, "Yes", "2025-01"), file("F2", 3, "No", "2025-02")];
        let after = [file("F1", 2, "No", "2025-01"), file("F2", 3, "No", "2025-02"), file("F3", 4, "No", "2025-02")];
        let changes = compare(&before, &after);
        assert_eq!(counts(&changes), (1, 0, 1));
        assert_eq!(changes.altered[0].after.opt_outs_as_published.as_deref(), Some("No"));
        assert_eq!(changes.added[0].id.as_deref(), Some("F3"));
    }

    #[test]
    fn another_spelling_is_no_other_file() {
        let before = [file("F1", 2, "Yes", "2025-01")];
        let respelled = |dataset: &str| Release { dataset: dataset.to_owned(), ..file("F1", 2, "YES", "2025-01") };
        assert!(compare(&before, &[respelled("BIRTHS ")]).is_empty());
        assert_eq!(counts(&compare(&before, &[respelled("Deaths")])), (0, 0, 1));
    }

    #[test]
    fn equal_rows_are_counted_and_not_merged() {
        let before = [file("", 2, "No", "2025-01"), file("", 3, "No", "2025-01")];
        let after = [file("", 2, "No", "2025-01")];
        assert_eq!(counts(&compare(&before, &after)), (0, 1, 0));
        assert_eq!(counts(&compare(&after, &before)), (1, 0, 0));
    }

    #[test]
    fn a_reference_that_is_given_to_another_file_is_another_file() {
        let before = [file("F1", 2, "Yes", "2025-01")];
        let other = Release { dataset: "Deaths".to_owned(), ..file("F1", 2, "Yes", "2025-05") };
        assert_eq!(counts(&compare(&before, &[other])), (1, 1, 0));
    }
}
