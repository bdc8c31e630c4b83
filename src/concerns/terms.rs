//! Terms: when an agreement was in force, as far as its versions say, and where they may not say all.
//!
//! An agreement's term is the union of the terms of all its known versions (CONCERNS, "Terms below"). Versions can
//! overlap, and an amendment can start the term anew: the union holds whatever any of them covers, so that nothing is
//! called outside that one version covers. Where only months are known, only months are compared, and a date of which
//! only the month is known is read as what closes a gap: as its last day where it ends a term, as its first where it
//! starts one.

use crate::register::{Date, Listing, Project, Source, Version, VersionNumber};

use super::Settings;

/// The terms of a project's versions, and what they come to together.
#[derive(Debug, Clone)]
pub struct Terms<'a> {
    versions: Vec<VersionTerm<'a>>,
    stretches: Vec<Stretch<'a>>,
    /// A file that the project was read from and that lacks the sheet of agreements.
    without_agreements: Option<&'a Source>,
}

/// A version, and what is known of its term.
#[derive(Debug, Clone, Copy)]
pub struct VersionTerm<'a> {
    /// The version.
    pub version: &'a Version,
    /// Its term.
    pub stated: Stated,
}

/// What is known of the term of one version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stated {
    /// Both ends.
    Whole(Span),
    /// Its start alone.
    Start(Date),
    /// Its end alone.
    End(Date),
    /// Dates that cannot be meant: it ends before it starts, or in a year before all registers.
    Impossible,
    /// Nothing: the entry gives no date.
    Nothing,
    /// Nothing: rows name the version, and it has no entry.
    NoEntry,
}

/// Some time between two dates, both of them included; each a day, or a month of which the day is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first.
    pub start: Date,
    /// The last.
    pub end: Date,
}

/// Known terms that overlap or follow on each other without a day between them.
#[derive(Debug, Clone, Copy)]
pub struct Stretch<'a> {
    /// From the first start to the last end.
    pub span: Span,
    /// The version that starts first.
    pub first: &'a Version,
    /// The version that ends last.
    pub last: &'a Version,
}

/// Time that no known term covers, between two that are known.
#[derive(Debug, Clone)]
pub struct Gap<'a> {
    /// The version that ended last before it, and when.
    pub after: (&'a Version, Date),
    /// The version that starts first after it, and when.
    pub before: (&'a Version, Date),
    /// Its first and last day.
    pub days: Span,
    /// Why there may be no gap, if there is a reason.
    pub doubt: Option<Doubt<'a>>,
}

/// Why something that is not known may cover what the known terms do not.
#[derive(Debug, Clone, Copy)]
pub enum Doubt<'a> {
    /// Minor numbers are left out between two versions: amendments, or drafts that never were in force.
    MinorMissing(&'a Version, &'a Version),
    /// A major number is left out between two versions.
    MajorMissing(&'a Version, &'a Version),
    /// The numbers of two versions do not say which follows which.
    Unordered(&'a Version, &'a Version),
    /// The term of a version is not, or not wholly, known.
    Undated(&'a Version),
    /// Rows name a version that has no entry.
    NoEntry(&'a Version),
    /// A file was read without the sheet of agreements.
    NoAgreements(&'a Source),
}

/// How a month lies to the known terms. A month is in one of these ways only.
#[derive(Debug, Clone)]
pub enum When<'a> {
    /// No version's term is known whole.
    Unknown,
    /// Before the first known start.
    BeforeFirst,
    /// In a known term, be it on its first or last day only.
    Inside,
    /// In none, between two of them.
    Between(Gap<'a>),
    /// After the last end of those that are known whole.
    AfterLast,
}

impl<'a> Terms<'a> {
    /// The terms of a project's versions. `sources` are the files that the edition was read from; the settings say which
    /// year is too long ago to be meant.
    pub fn of(project: &'a Project, sources: &'a [Source], settings: &Settings) -> Self {
        let term = |version: &'a Version| VersionTerm { version, stated: stated(version, settings) };
        let mut versions: Vec<VersionTerm<'a>> = project.versions.iter().map(term).collect();
        // Stable: entries of one number stay as they are published.
        versions.sort_by(|one, other| one.version.number.cmp(&other.version.number));
        let stretches = stretches(&versions);
        let mut files = project.versions.iter().filter_map(|version| sources.get(version.place.source));
        let without_agreements = files.find(|source| source.lacks("agreements"));
        Self { versions, stretches, without_agreements }
    }

    /// All versions, by number, with what is known of the term of each.
    pub fn versions(&self) -> &[VersionTerm<'a>] {
        &self.versions
    }

    /// The union of all terms that are known whole, in the order of time.
    pub fn stretches(&self) -> &[Stretch<'a>] {
        &self.stretches
    }

    /// The time between two stretches, in the order of time, each with the reason why it may be none.
    pub fn gaps(&self) -> Vec<Gap<'a>> {
        self.stretches.windows(2).map(|pair| self.gap(&pair[0], &pair[1])).collect()
    }

    /// How a month lies to the known terms. The month in which a term starts or ends is inside.
    pub fn when(&self, month: Date) -> When<'a> {
        let (Some(first), Some(last)) = (self.stretches.first(), self.stretches.last()) else { return When::Unknown };
        if self.stretches.iter().any(|stretch| stretch.span.holds_month(month)) {
            When::Inside
        } else if month.months_since(first.span.start) < 0 {
            When::BeforeFirst
        } else if month.months_since(last.span.end) > 0 {
            When::AfterLast
        } else {
            let lies = |pair: &&[Stretch<'a>]| month.months_since(pair[1].span.start) < 0;
            let pair = self.stretches.windows(2).find(lies);
            pair.map_or(When::Unknown, |pair| When::Between(self.gap(&pair[0], &pair[1])))
        }
    }

    /// The last end that any version gives, and the version; of several that end together the one with the highest number.
    pub fn last_end(&self) -> Option<(Date, &'a Version)> {
        let ends = self.versions.iter().filter_map(|known| match known.stated {
            Stated::Whole(Span { end, .. }) | Stated::End(end) => Some((end, known.version)),
            _ => None,
        });
        // Of equal ones the last, and so the highest number.
        ends.max_by_key(|(end, _)| end.last_day())
    }

    /// Why there may be a version that ends later than the last known end, if there is a reason.
    pub fn later_doubt(&self) -> Option<Doubt<'a>> {
        if let Some(source) = self.without_agreements {
            return Some(Doubt::NoAgreements(source));
        }
        let is_open =
            |known: &&VersionTerm<'a>| matches!(known.stated, Stated::Start(_) | Stated::Impossible | Stated::Nothing);
        if let Some(open) = self.versions.iter().find(is_open) {
            return Some(Doubt::Undated(open.version));
        }
        let entries = self.versions.iter().filter(|known| known.stated != Stated::NoEntry);
        let highest = entries.map(|known| &known.version.number).max();
        let is_later = |known: &&VersionTerm<'a>| {
            let number = &known.version.number;
            known.stated == Stated::NoEntry && (number.0.is_empty() || highest.is_none_or(|highest| number > highest))
        };
        self.versions.iter().rev().find(is_later).map(|known| Doubt::NoEntry(known.version))
    }

    /// What is known of the term of a version of this project.
    pub fn stated(&self, version: &Version) -> Stated {
        let known = self.versions.iter().find(|known| std::ptr::eq(known.version, version));
        known.map_or(Stated::Nothing, |known| known.stated)
    }

    /// Versions whose terms are not known whole.
    pub fn undated(&self) -> impl Iterator<Item = &'a Version> {
        let undated = self.versions.iter().filter(|known| !matches!(known.stated, Stated::Whole(_)));
        undated.map(|known| known.version)
    }

    fn gap(&self, earlier: &Stretch<'a>, later: &Stretch<'a>) -> Gap<'a> {
        let (end, start) = (earlier.span.end, later.span.start);
        let days = Span { start: end.next_day().unwrap_or(end), end: start.day_before().unwrap_or(start) };
        let doubt = self.doubt_between(earlier.last, later.first, days);
        Gap { after: (earlier.last, end), before: (later.first, start), days, doubt }
    }

    /// Why a version that is not known, or not wholly, may cover the days between two: the gravest reason.
    fn doubt_between(&self, earlier: &'a Version, later: &'a Version, days: Span) -> Option<Doubt<'a>> {
        if let Some(source) = self.without_agreements {
            return Some(Doubt::NoAgreements(source));
        }
        let (from, to) = (&earlier.number, &later.number);
        if let Some(known) = self.versions.iter().find(|known| known.may_cover(days, from, to)) {
            let is_listed = known.stated != Stated::NoEntry;
            return Some(if is_listed { Doubt::Undated(known.version) } else { Doubt::NoEntry(known.version) });
        }
        if from.0.is_empty() || from >= to {
            return Some(Doubt::Unordered(earlier, later));
        }
        let between: Vec<&'a Version> = self.versions.iter().map(|known| known.version).collect();
        let between = between.into_iter().filter(|version| (from..=to).contains(&&version.number));
        let between: Vec<&'a Version> = between.collect();
        let missing: Vec<Doubt<'a>> = between.windows(2).filter_map(|pair| missing(pair[0], pair[1])).collect();
        let major = missing.iter().find(|doubt| matches!(doubt, Doubt::MajorMissing(..)));
        major.or(missing.first()).copied()
    }
}

impl VersionTerm<'_> {
    /// Whether its term, which is not known whole, can cover some of these days, which lie between two versions of these
    /// numbers. A known date tells; else the number does.
    fn may_cover(&self, days: Span, from: &VersionNumber, to: &VersionNumber) -> bool {
        let number = &self.version.number;
        match self.stated {
            Stated::Whole(_) => false,
            Stated::Start(start) => start.first_day() <= days.end,
            Stated::End(end) => end.last_day() >= days.start,
            Stated::Impossible | Stated::Nothing | Stated::NoEntry => {
                number.0.is_empty() || (from <= number && number <= to)
            }
        }
    }
}

impl Span {
    /// Whether it reaches into a month.
    pub fn holds_month(self, month: Date) -> bool {
        month.months_since(self.start) >= 0 && self.end.months_since(month) >= 0
    }

    /// Whether it holds all of another.
    pub fn holds(self, other: Self) -> bool {
        self.start.first_day() <= other.start.first_day() && self.end.last_day() >= other.end.last_day()
    }
}

impl Gap<'_> {
    /// Whether a whole month lies in it, and in no known term.
    pub fn holds_month(&self, month: Date) -> bool {
        month.months_since(self.after.1) > 0 && self.before.1.months_since(month) > 0
    }
}

impl Doubt<'_> {
    /// The reason, as a clause.
    pub fn why(&self) -> String {
        match self {
            Self::MinorMissing(earlier, later) => {
                format!("minor versions between {} and {} are not listed", earlier.reference, later.reference)
            }
            Self::MajorMissing(earlier, later) => {
                format!("a major version between {} and {} is not listed", earlier.reference, later.reference)
            }
            Self::Unordered(earlier, later) if earlier.reference == later.reference => {
                format!("{} has several entries", earlier.reference)
            }
            Self::Unordered(earlier, later) => format!(
                "the numbers of {} and {} do not say that the one follows the other",
                earlier.reference, later.reference
            ),
            Self::Undated(version) => format!("the term of {} is not wholly known", version.reference),
            Self::NoEntry(version) => format!("{} has no entry that gives its term", version.reference),
            Self::NoAgreements(source) => format!("the file {} was read without the sheet of agreements", source.file),
        }
    }
}

/// What a version says of its term.
fn stated(version: &Version, settings: &Settings) -> Stated {
    if version.listing == Listing::RowsOnly {
        return Stated::NoEntry;
    }
    let is_too_old = |date: Option<Date>| date.is_some_and(|date| settings.is_too_old(date));
    if is_too_old(version.term.start) || is_too_old(version.term.end) {
        return Stated::Impossible;
    }
    match (version.term.start, version.term.end) {
        (Some(start), Some(end)) if end.last_day() < start.first_day() => Stated::Impossible,
        (Some(start), Some(end)) => Stated::Whole(Span { start, end }),
        (Some(start), None) => Stated::Start(start),
        (None, Some(end)) => Stated::End(end),
        (None, None) => Stated::Nothing,
    }
}

/// The union of the terms that are known whole.
fn stretches<'a>(versions: &[VersionTerm<'a>]) -> Vec<Stretch<'a>> {
    let whole = |known: &VersionTerm<'a>| match known.stated {
        Stated::Whole(span) => Some(Stretch { span, first: known.version, last: known.version }),
        _ => None,
    };
    let mut known: Vec<Stretch<'a>> = versions.iter().filter_map(whole).collect();
    // Stable: of those that start together the lowest number comes first.
    known.sort_by_key(|stretch| stretch.span.start.first_day());
    let mut joined: Vec<Stretch<'a>> = Vec::new();
    for next in known {
        match joined.last_mut() {
            Some(so_far) if so_far.span.end.next_day().is_none_or(|day| next.span.start.first_day() <= day) => {
                let (end, new) = (so_far.span.end.last_day(), next.span.end.last_day());
                if new > end || (new == end && next.last.number > so_far.last.number) {
                    (so_far.span.end, so_far.last) = (next.span.end, next.last);
                }
            }
            _ => joined.push(next),
        }
    }
    joined
}

/// What the numbers of two versions leave out between them. A new major version that does not begin with .0 had others
/// before it, if only as drafts.
fn missing<'a>(earlier: &'a Version, later: &'a Version) -> Option<Doubt<'a>> {
    let part = |version: &Version, at: usize| version.number.0.get(at).copied().unwrap_or(0);
    let (major, next_major) = (part(earlier, 0), part(later, 0));
    let (minor, next_minor) = (part(earlier, 1), part(later, 1));
    match next_major.saturating_sub(major) {
        0 if next_minor.saturating_sub(minor) > 1 => Some(Doubt::MinorMissing(earlier, later)),
        1 if next_minor > 0 => Some(Doubt::MinorMissing(earlier, later)),
        0 | 1 => None,
        _ => Some(Doubt::MajorMissing(earlier, later)),
    }
}
