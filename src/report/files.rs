//! A project's files as a list: month by dataset, with and without opt-outs side by side, each line with its rows in the
//! published file. Rows of access to a system stand apart and are no files.

use std::collections::BTreeMap;
use std::fmt;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::index::{Header, Record};
use crate::register::{Date, Layout, OptOutState, Place, Position, Release, ReleaseKind, Source};

/// Columns that the counts take before a dataset.
pub const COUNTS: u16 = 31;

/// The files of a project, and its rows of access.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileList {
    /// Lines, files before access, each newest first.
    pub rows: Vec<FileRow>,
    /// What is said where there is no line.
    pub empty: &'static str,
}

/// The files of one dataset in one month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileRow {
    /// Whether these are files, or rows of access to a system.
    pub kind: ReleaseKind,
    /// When they were sent.
    #[serde(flatten)]
    pub sent: SentIn,
    /// The dataset as published.
    pub dataset: String,
    /// With opt-outs applied.
    pub applied: u64,
    /// Without.
    pub not_applied: u64,
    /// Where the row does not say.
    pub not_stated: u64,
    /// Where the rows stand: runs of them.
    pub rows: Vec<RowRange>,
    #[serde(skip)]
    places: Vec<Place>,
}

/// When files were sent, as far as it is published. The latest sorts last, and what is not known first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SentIn {
    /// No month is published.
    Unknown,
    /// In the period that ends in this month: the layout gives none for a row.
    PeriodTo(Date),
    /// In this month.
    Month(Date),
}

/// Rows that follow each other in a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowRange {
    /// The file's name.
    pub file: String,
    /// The sheet; absent for lines of a text.
    pub sheet: Option<String>,
    /// The first row.
    pub first: u32,
    /// The last.
    pub last: u32,
}

/// A line of the list as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLine {
    /// What it is.
    pub kind: FileLineKind,
    /// What stands in the columns of the counts.
    pub counts: String,
    /// What stands beside them.
    pub text: String,
}

/// What a line of the list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileLineKind {
    /// Files, or access.
    Heading,
    /// The names of the columns.
    Columns,
    /// A month.
    Month,
    /// A dataset with its counts, by its place in [`FileList::rows`].
    Row(usize),
    /// Where its rows stand, by the same place.
    Rows(usize),
    /// Something said in words.
    Note,
}

impl fmt::Display for SentIn {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => out.write_str("no month published"),
            Self::PeriodTo(month) => write!(out, "period to {month}"),
            Self::Month(month) => month.fmt(out),
        }
    }
}

impl Serialize for SentIn {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (month, period_to) = match self {
            Self::Unknown => (None, None),
            Self::PeriodTo(period) => (None, Some(period)),
            Self::Month(month) => (Some(month), None),
        };
        let mut fields = serializer.serialize_struct("SentIn", 2)?;
        fields.serialize_field("month", &month)?;
        fields.serialize_field("period_to", &period_to)?;
        fields.end()
    }
}

impl FileList {
    /// The files of a project.
    pub fn new(header: &Header, record: &Record) -> Self {
        let source = |place: &Place| header.sources.get(place.source);
        let latest = record.project.latest();
        let lists_files = latest.is_some_and(|version| header.lists_files(version));
        let mut groups: BTreeMap<(ReleaseKind, std::cmp::Reverse<SentIn>, &str), Vec<&Release>> = BTreeMap::new();
        for release in record.project.releases() {
            let sent = sent_in(release, source(&release.place), header.edition.date);
            groups.entry((release.kind, std::cmp::Reverse(sent), &release.dataset)).or_default().push(release);
        }
        let rows = groups
            .into_iter()
            .map(|((kind, sent, dataset), releases)| FileRow::new(kind, sent.0, dataset, &releases, &header.sources));
        let empty = if lists_files {
            "No file and no access is recorded for this project."
        } else {
            "A page has no row for each file: it counts files over all its projects only."
        };
        Self { rows: rows.collect(), empty }
    }

    /// The line that a published row stands in.
    pub fn row_at(&self, place: &Place) -> Option<usize> {
        self.rows.iter().position(|row| row.places.contains(place))
    }

    /// The list as lines that are read.
    pub fn lines(&self) -> Vec<FileLine> {
        if self.rows.is_empty() {
            return vec![FileLine::new(FileLineKind::Note, self.empty)];
        }
        let mut lines = Vec::new();
        let sheet = self.only_sheet();
        if let Some((file, sheet)) = sheet {
            lines.push(FileLine::new(FileLineKind::Note, format!("Rows are those of {file}, sheet {sheet}.")));
        }
        let mut before: Option<&FileRow> = None;
        for (number, row) in self.rows.iter().enumerate() {
            if before.is_none_or(|before| before.kind != row.kind) {
                lines.push(FileLine::new(FileLineKind::Heading, self.heading(row.kind)));
                let counts = counts("applied", "not applied", "not stated");
                lines.push(FileLine { kind: FileLineKind::Columns, counts, text: "dataset, as published".to_owned() });
            }
            if before.is_none_or(|before| (before.kind, before.sent) != (row.kind, row.sent)) {
                lines.push(FileLine::new(FileLineKind::Month, row.sent.to_string()));
            }
            let counts = counts(row.applied, row.not_applied, row.not_stated);
            lines.push(FileLine { kind: FileLineKind::Row(number), counts, text: row.dataset.clone() });
            let place = if sheet.is_some() { numbers("row", &row.rows) } else { row.place() };
            lines.push(FileLine::new(FileLineKind::Rows(number), place));
            before = Some(row);
        }
        lines
    }

    /// The file and sheet that all rows stand in, if it is one.
    fn only_sheet(&self) -> Option<(&str, &str)> {
        let mut ranges = self.rows.iter().flat_map(|row| &row.rows);
        let first = ranges.next()?;
        let is_same = ranges.all(|range| (&range.file, &range.sheet) == (&first.file, &first.sheet));
        first.sheet.as_deref().filter(|_| is_same).map(|sheet| (first.file.as_str(), sheet))
    }

    fn heading(&self, kind: ReleaseKind) -> String {
        let of_kind = || self.rows.iter().filter(|row| row.kind == kind);
        let sum = |count: fn(&FileRow) -> u64| of_kind().map(count).sum::<u64>();
        let [applied, not_applied, not_stated] =
            [sum(|row| row.applied), sum(|row| row.not_applied), sum(|row| row.not_stated)];
        let all = applied + not_applied + not_stated;
        let what = match (kind, all) {
            (ReleaseKind::File, 1) => "1 file".to_owned(),
            (ReleaseKind::File, all) => format!("{all} files"),
            (ReleaseKind::SystemAccess, 1) => "Access to a remote system, no file: 1 row".to_owned(),
            (ReleaseKind::SystemAccess, all) => format!("Access to a remote system, no files: {all} rows"),
        };
        format!("{what}, opt-outs applied to {applied}, not applied to {not_applied}, not stated for {not_stated}")
    }
}

impl FileRow {
    fn new(kind: ReleaseKind, sent: SentIn, dataset: &str, releases: &[&Release], sources: &[Source]) -> Self {
        let count = |wanted: &[OptOutState]| {
            let those = releases.iter().filter(|release| wanted.contains(&release.opt_outs));
            those.count() as u64
        };
        let places: Vec<Place> = releases.iter().map(|release| release.place.clone()).collect();
        Self {
            kind,
            sent,
            dataset: dataset.to_owned(),
            applied: count(&[OptOutState::Applied]),
            not_applied: count(&[OptOutState::NotApplied]),
            not_stated: count(&[OptOutState::NotStated, OptOutState::Mixed]),
            rows: ranges(&places, sources),
            places,
        }
    }

    /// Where its rows stand: `a file, sheet DataReleases, rows 17-19, 25`.
    pub fn place(&self) -> String {
        let of_one = self.rows.chunk_by(|one, two| (&one.file, &one.sheet) == (&two.file, &two.sheet));
        let parts = of_one.filter_map(|ranges| {
            let RowRange { file, sheet, .. } = ranges.first()?;
            Some(match sheet {
                Some(sheet) => format!("{file}, sheet {sheet}, {}", numbers("row", ranges)),
                None => format!("{file}, {}", numbers("line", ranges)),
            })
        });
        parts.collect::<Vec<_>>().join("; ")
    }
}

impl FileLine {
    fn new(kind: FileLineKind, text: impl Into<String>) -> Self {
        Self { kind, counts: String::new(), text: text.into() }
    }
}

/// Runs of rows or lines by their numbers: `row 12`, `rows 17-19, 25`.
fn numbers(unit: &str, ranges: &[RowRange]) -> String {
    let written = |range: &RowRange| {
        if range.first == range.last { range.first.to_string() } else { format!("{}-{}", range.first, range.last) }
    };
    let is_one = matches!(ranges, [one] if one.first == one.last);
    let written: Vec<String> = ranges.iter().map(written).collect();
    format!("{unit}{} {}", if is_one { "" } else { "s" }, written.join(", "))
}

/// Three counts side by side, on as many columns as [`COUNTS`] says.
fn counts(applied: impl fmt::Display, not_applied: impl fmt::Display, not_stated: impl fmt::Display) -> String {
    format!("{applied:>7}{not_applied:>12}{not_stated:>11} ")
}

/// When a release was made: in its month, or in the period of its file where the layout gives no month for a row.
fn sent_in(release: &Release, source: Option<&Source>, edition: Option<Date>) -> SentIn {
    let has_periods = source.is_some_and(|source| source.layout == Layout::ReleaseRegister);
    let period = source.and_then(|source| source.date).or(edition).filter(|_| has_periods);
    match (release.month, period) {
        (Some(month), _) => SentIn::Month(month),
        (None, Some(period)) => SentIn::PeriodTo(period),
        (None, None) => SentIn::Unknown,
    }
}

/// Places as runs of rows, in order.
fn ranges(places: &[Place], sources: &[Source]) -> Vec<RowRange> {
    let mut sorted: Vec<(usize, Option<&str>, u32)> = places
        .iter()
        .map(|place| match &place.position {
            Position::Line(line) => (place.source, None, *line),
            Position::Row { sheet, row } => (place.source, Some(sheet.as_str()), *row),
        })
        .collect();
    sorted.sort_unstable();
    let mut ranges: Vec<RowRange> = Vec::new();
    for (source, sheet, row) in sorted {
        let file = sources.get(source).map(|source| source.file.clone()).unwrap_or_default();
        match ranges.last_mut() {
            Some(last) if last.file == file && last.sheet.as_deref() == sheet && last.last + 1 >= row => {
                last.last = row;
            }
            _ => ranges.push(RowRange { file, sheet: sheet.map(str::to_owned), first: row, last: row }),
        }
    }
    ranges
}
