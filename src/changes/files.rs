//! Files of one version in two editions, row against row.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::names::Names;
use crate::register::{Date, Release, Source};
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
    /// Rows that stood under another version before.
    pub moved: Vec<MovedFile>,
}

/// A row with another value than before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AlteredFile {
    /// As the older edition has it.
    pub before: Release,
    /// As the newer edition has it.
    pub after: Release,
}

/// A row that stands under another version now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MovedFile {
    /// The version that it stood under, by its reference.
    pub from: String,
    /// As the older edition has it, where that is not the same.
    pub before: Option<Release>,
    /// As the newer edition has it.
    pub release: Release,
}

impl FileChanges {
    /// Whether nothing became of any file.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.altered.is_empty() && self.moved.is_empty()
    }
}

/// Compares rows, where both files list them all. The publisher's reference of a file tells which row it is, as long as
/// it is not given to another file; so rows that say the same are the same first, whatever their reference is. What is left is told by
/// it, and last by being about the same dataset and month with one other value. Typography is no difference, nor is another
/// spelling of the same dataset, nor a column that one of the files lacks.
pub(super) fn compare(
    (before, old_source): (&[Release], &Source),
    (after, new_source): (&[Release], &Source),
) -> FileChanges {
    if !lists_all(old_source) || !lists_all(new_source) {
        return FileChanges::default();
    }
    let columns = Columns::of(old_source, new_source);
    let mut old: Vec<&Release> = before.iter().collect();
    let mut new: Vec<&Release> = after.iter().collect();
    pair(&mut old, &mut new, |release| (release.id.as_deref(), columns.of_row(release)));
    pair(&mut old, &mut new, |release| columns.of_row(release));
    if !old.is_empty() && !new.is_empty() {
        pair(&mut old, &mut new, |release| columns.plain(release));
    }
    let mut altered = Vec::new();
    // The same reference, and still about the same: the same dataset, or the same month.
    let by_reference = |release: &Release| release.id.clone();
    pair_altered((&mut old, &mut new), &mut altered, by_reference, |before, after| {
        let is_about = before.dataset == after.dataset || before.month == after.month;
        is_about.then(|| columns.differing(before, after))
    });
    let by_subject = |release: &Release| Some((dataset(release), release.month));
    pair_altered((&mut old, &mut new), &mut altered, by_subject, |before, after| {
        Some(columns.differing(before, after)).filter(|differing| *differing == 1)
    });
    let owned = |rows: Vec<&Release>| rows.into_iter().cloned().collect();
    FileChanges { added: owned(new), removed: owned(old), altered, moved: Vec::new() }
}

/// Tells files that one version of a project lost and another gained: they were moved, and are no new files. Those that say
/// the same come first, then those with the same reference of the file, dataset and month.
pub(super) fn mark_moved(changes: &mut [VersionChange], before: &[Source], after: &[Source]) {
    if !both_list_all(before, after) {
        return;
    }
    let columns = Columns::of_all(before, after);
    take_moved(changes, columns, |release| Some(columns.plain(release)));
    take_moved(changes, columns, |release| Some((release.id.clone()?, dataset(release), release.month)));
}

/// Tells files that one project lost and another gained under the same reference of the file.
pub fn forget_moved(changes: &mut [VersionChange], before: &[Source], after: &[Source]) {
    if !both_list_all(before, after) {
        return;
    }
    let columns = Columns::of_all(before, after);
    take_moved(changes, columns, |release| Some((release.id.clone()?, columns.plain(release))));
    take_moved(changes, columns, |release| Some((release.id.clone()?, dataset(release), release.month)));
}

/// Whether a file lists all that was sent up to its month: only of such is a row that is missing gone.
fn lists_all(source: &Source) -> bool {
    source.layout.is_cumulative() && !source.lacks("datareleases")
}

/// Whether two editions do. What two periods list under two versions was sent twice, and did not move.
fn both_list_all(before: &[Source], after: &[Source]) -> bool {
    before.iter().chain(after).all(lists_all)
}

/// Whether two rows say the same, typography apart, whatever their reference is.
pub fn says_the_same(one: &Release, other: &Release) -> bool {
    Columns::ALL.plain(one) == Columns::ALL.plain(other)
}

fn take_moved<K: Ord>(changes: &mut [VersionChange], columns: Columns, key: impl Fn(&Release) -> Option<K>) {
    // Where the rows that were lost stand: the number of the change, and of the row in it.
    let mut lost: BTreeMap<K, Vec<(usize, usize)>> = BTreeMap::new();
    for (number, change) in changes.iter().enumerate() {
        for (at, release) in change.files.removed.iter().enumerate() {
            if let Some(key) = key(release) {
                lost.entry(key).or_default().push((number, at));
            }
        }
    }
    if lost.is_empty() {
        return;
    }
    let mut found: BTreeSet<(usize, usize)> = BTreeSet::new();
    for number in 0..changes.len() {
        let (mut added, mut moved) = (Vec::new(), Vec::new());
        for release in std::mem::take(&mut changes[number].files.added) {
            let Some(at) = key(&release).and_then(|key| lost.get_mut(&key)).and_then(Vec::pop) else {
                added.push(release);
                continue;
            };
            found.insert(at);
            let from = &changes[at.0];
            let before = Some(&from.files.removed[at.1]).filter(|before| columns.differing(before, &release) > 0);
            moved.push(MovedFile { from: from.reference.clone(), before: before.cloned(), release });
        }
        changes[number].files.added = added;
        changes[number].files.moved.extend(moved);
    }
    for (number, change) in changes.iter_mut().enumerate() {
        let mut at = 0;
        change.files.removed.retain(|_| {
            at += 1;
            !found.contains(&(number, at - 1))
        });
    }
}

/// What a row says, without its reference and place: its cells, and its month.
type Cells<'a> = ([Option<&'a str>; 7], Option<Date>);

/// The same with its typography taken away, its dataset by the name that it is one spelling of.
type Plain = (Vec<String>, Option<Date>);

/// Which cells of rows are compared: those that both files have a column for.
#[derive(Debug, Clone, Copy)]
struct Columns([bool; 8]);

impl Columns {
    const ALL: Self = Self([true; 8]);

    /// The columns as [`Source::lacks`] names them, in the order of the cells; the month is last.
    const NAMES: [Option<&'static str>; 8] = [
        None,
        None,
        Some("datareleases: Type of Data"),
        Some("datareleases: Sensitive or Non-Sensitive"),
        Some("datareleases: Legal Basis for Provision of Data"),
        Some("datareleases: Frequency"),
        Some("datareleases: Patient Opt-Outs Applied"),
        Some("datareleases: Month File Released"),
    ];

    fn of(before: &Source, after: &Source) -> Self {
        let is_held = |column: &str| !before.lacks(column) && !after.lacks(column);
        Self(Self::NAMES.map(|column| column.is_none_or(is_held)))
    }

    /// The columns that every file of two editions has.
    fn of_all(before: &[Source], after: &[Source]) -> Self {
        let is_held = |column: &str| !before.iter().chain(after).any(|source| source.lacks(column));
        Self(Self::NAMES.map(|column| column.is_none_or(is_held)))
    }

    fn of_row(self, release: &Release) -> Cells<'_> {
        let mut words = [
            Some(release.dataset.as_str()),
            release.organisation.as_deref(),
            release.type_of_data.as_deref(),
            release.sensitivity.as_deref(),
            release.legal_basis.as_deref(),
            release.frequency.as_deref(),
            release.opt_outs_as_published.as_deref(),
        ];
        for (cell, is_compared) in words.iter_mut().zip(self.0) {
            *cell = cell.filter(|_| is_compared);
        }
        (words, release.month.filter(|_| self.0[7]))
    }

    fn plain(self, release: &Release) -> Plain {
        let (words, month) = self.of_row(release);
        let mut plain: Vec<String> = words.into_iter().map(|cell| fold(cell.unwrap_or_default())).collect();
        plain[0] = dataset(release);
        (plain, month)
    }

    /// In how many cells two rows differ.
    fn differing(self, one: &Release, other: &Release) -> usize {
        let ((one, month), (other, other_month)) = (self.plain(one), self.plain(other));
        one.iter().zip(&other).filter(|(one, other)| one != other).count() + usize::from(month != other_month)
    }
}

/// The dataset of a row, by the name that it is one spelling of.
fn dataset(release: &Release) -> String {
    Names::built_in().dataset_key(&release.dataset).as_str().to_owned()
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

/// Pairs rows that are the same row with another value, those first that differ least, among rows of one key. `distance`
/// says in how many cells two rows differ, if they can be one.
fn pair_altered<K: Ord>(
    (old, new): (&mut Vec<&Release>, &mut Vec<&Release>),
    altered: &mut Vec<AlteredFile>,
    key: impl Fn(&Release) -> Option<K>,
    distance: impl Fn(&Release, &Release) -> Option<usize>,
) {
    let mut candidates: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    for (at, release) in new.iter().enumerate() {
        if let Some(key) = key(release) {
            candidates.entry(key).or_default().push(at);
        }
    }
    let mut taken = vec![false; new.len()];
    old.retain(|before| {
        let of_key = key(before).and_then(|key| candidates.get(&key)).map_or(&[][..], Vec::as_slice);
        let free = of_key.iter().filter(|at| !taken[**at]);
        let Some((_, at)) = free.filter_map(|at| Some((distance(before, new[*at])?, *at))).min() else { return true };
        taken[at] = true;
        altered.push(AlteredFile { before: (*before).clone(), after: new[at].clone() });
        false
    });
    let mut at = 0;
    new.retain(|_| {
        at += 1;
        !taken[at - 1]
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::{Layout, OptOutState, Place, ReleaseKind};

    fn file(id: &str, row: u32, answer: &str, month: &str) -> Release {
        Release {
            kind: ReleaseKind::File,
            id: (!id.is_empty()).then(|| id.to_owned()),
            organisation: None,
            dataset: "Births".into(),
            type_of_data: None,
            sensitivity: None,
            legal_basis: None,
            confidentiality: None,
            frequency: None,
            opt_outs: OptOutState::NotStated,
            opt_outs_as_published: Some(answer.into()),
            month: month.parse().ok(),
            place: Place::row(0, "DataReleases", row),
        }
    }

    fn source(lacks: &[&str]) -> Source {
        let lacks = lacks.iter().map(|name| (*name).to_owned()).collect();
        Source { file: String::new(), sha256: String::new(), layout: Layout::DataUsesRegister, date: None, lacks }
    }

    fn compare(before: &[Release], after: &[Release]) -> FileChanges {
        super::compare((before, &source(&[])), (after, &source(&[])))
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
        let respelled = |dataset: &str| Release { dataset: dataset.into(), ..file("F1", 2, "YES", "2025-01") };
        assert!(compare(&before, &[respelled("BIRTHS ")]).is_empty());
        assert_eq!(counts(&compare(&before, &[respelled("Deaths")])), (0, 0, 1));
    }

    #[test]
    fn an_answer_that_was_changed_is_found_without_a_reference_too() {
        let changes = compare(&[file("", 2, "Yes", "2025-01")], &[file("", 2, "No", "2025-01")]);
        assert_eq!(counts(&changes), (0, 0, 1));
        let renumbered = compare(&[file("F1", 2, "Yes", "2025-01")], &[file("F9", 2, "No", "2025-01")]);
        assert_eq!(counts(&renumbered), (0, 0, 1));
        // Two cells are too much to say that it is one row.
        let other = Release { type_of_data: Some("Identifiable".into()), ..file("", 2, "No", "2025-01") };
        assert_eq!(counts(&compare(&[file("", 2, "Yes", "2025-01")], &[other])), (1, 1, 0));
    }

    #[test]
    fn rows_of_one_reference_are_not_mixed_up() {
        let deaths = |row, answer| Release { dataset: "Deaths".into(), ..file("F1", row, answer, "2025-01") };
        let before = [file("F1", 2, "Yes", "2025-01"), deaths(3, "Yes")];
        let after = [file("F1", 2, "No", "2025-01"), deaths(3, "No")];
        let changes = compare(&before, &after);
        assert_eq!(counts(&changes), (0, 0, 2));
        assert!(changes.altered.iter().all(|pair| pair.before.dataset == pair.after.dataset));
    }

    #[test]
    fn what_one_file_lacks_is_not_compared() {
        let (before, after) = ([file("F1", 2, "Yes", "2025-01")], [file("F1", 2, "", "2025-01")]);
        let lacking = |name: &str| super::compare((&before, &source(&[])), (&after, &source(&[name])));
        assert!(lacking("datareleases: Patient Opt-Outs Applied").is_empty());
        assert!(lacking("datareleases").is_empty());
        assert_eq!(counts(&lacking("datareleases: Frequency")), (0, 0, 1));
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
        let other = Release { dataset: "Deaths".into(), ..file("F1", 2, "Yes", "2025-05") };
        assert_eq!(counts(&compare(&before, &[other])), (1, 1, 0));
    }
}
