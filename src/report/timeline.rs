//! A project's terms and months with files, drawn as lines: a year axis, a bar for each version's term, the gaps, and
//! the months with files. No meaning rests on colour, and every mark has an ASCII twin.

mod gaps;
mod marks;
mod months;
mod scale;

use std::collections::BTreeMap;

use crate::register::{Date, DateRange, Layout, Project, Source, Version};
use crate::text::Characters;
use gaps::Union;
pub use marks::drawn;
use marks::{Level, Mark};
pub use months::{FilesByMonth, MonthsDrawn, Peak};
use scale::{Month, Scale};

/// Columns that the names of the lines take.
pub const LABEL: u16 = 9;

/// The fewest columns that a timeline is drawn on.
const NARROWEST: usize = 40;

/// The most gaps, and months outside a term, that are written out.
const WRITTEN_OUT: usize = 4;

/// What a timeline shows of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    terms: Vec<Term>,
    union: Union,
    files: BTreeMap<Month, u64>,
    access: BTreeMap<Month, u64>,
    /// Files without a month, where files have months.
    undated: u64,
    /// The first and last month, where an entry gives only these.
    released: DateRange,
    edition: Option<Date>,
}

/// A version's term.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    label: String,
    term: DateRange,
}

/// One line of a timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineLine {
    /// What the line is of; empty for the legend and for notes.
    pub label: String,
    /// What it says.
    pub kind: TimelineKind,
    text: String,
}

/// What a line of a timeline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimelineKind {
    /// Marks on the scale.
    Drawn,
    /// What the marks mean.
    Legend,
    /// Something said in words.
    Note,
}

impl TimelineLine {
    fn note(text: String) -> Self {
        Self { label: String::new(), kind: TimelineKind::Note, text }
    }

    /// What stands beside the label.
    pub fn text(&self, characters: Characters) -> String {
        match self.kind {
            TimelineKind::Note => self.text.clone(),
            TimelineKind::Drawn | TimelineKind::Legend => drawn(&self.text, characters),
        }
    }
}

impl Timeline {
    /// The timeline of a project; none where its layout gives neither terms nor months, or nothing of them is published.
    pub fn new(project: &Project, sources: &[Source], edition: Option<Date>) -> Option<Self> {
        let layout = |version: &Version| sources.get(version.place.source).map(|source| source.layout);
        let has = |version: &Version, what: fn(Layout) -> bool| layout(version).is_some_and(what);
        let with_terms: Vec<&Version> =
            project.versions.iter().filter(|version| has(version, Layout::records_term)).collect();
        let mut timeline = Self {
            terms: with_terms.iter().map(|version| Term { label: label(version), term: version.term }).collect(),
            union: Union::of(with_terms.iter().map(|version| version.term)),
            files: BTreeMap::new(),
            access: BTreeMap::new(),
            undated: 0,
            released: DateRange::default(),
            edition,
        };
        for version in project.versions.iter().filter(|version| has(version, Layout::records_months)) {
            timeline.released = timeline.released.union(version.released);
            for release in &version.releases {
                let counts = if release.is_file() { &mut timeline.files } else { &mut timeline.access };
                match release.month {
                    Some(month) => *counts.entry(Month::of(month)).or_default() += 1,
                    None => timeline.undated += u64::from(release.is_file()),
                }
            }
        }
        timeline.span().map(|_| timeline)
    }

    /// Its lines for a width. How many they are does not depend on it.
    pub fn lines(&self, width: usize) -> Vec<TimelineLine> {
        let room = width.max(NARROWEST) - usize::from(LABEL);
        let Some((first, last)) = self.span() else { return Vec::new() };
        let scale = Scale::new(first, last, self.edition.map(Month::of), room);
        let mut lines = vec![line_of("", scale.axis())];
        for Term { label, term } in &self.terms {
            lines.push(line_of(label, bar(*term, &scale)));
        }
        if !self.union.gaps().is_empty() {
            let mut strip = scale.strip();
            for (from, to) in self.union.gaps() {
                strip.fill(&scale, Month::of(*from), Month::of(*to), Mark::Gap);
            }
            lines.push(line_of("gaps", strip.text()));
        }
        self.releases(&scale, &mut lines);
        if let Some(edition) = self.edition {
            lines.push(line_of("edition", scale.pointer(Month::of(edition), &edition.to_string())));
        }
        lines.extend(self.legend(&scale));
        lines.extend(self.notes().into_iter().map(TimelineLine::note));
        lines
    }

    /// The months with files, with access and outside every term.
    fn releases(&self, scale: &Scale, lines: &mut Vec<TimelineLine>) {
        if let (Some(first), Some(last)) = (self.released.start, self.released.end) {
            let mut strip = scale.strip();
            strip.fill(scale, Month::of(first), Month::of(last), Mark::Between);
            for month in [first, last] {
                strip.fill(scale, Month::of(month), Month::of(month), Mark::Released);
            }
            lines.push(line_of("released", strip.text()));
        } else if let Some(one) = self.released.start.or(self.released.end) {
            let mut strip = scale.strip();
            strip.fill(scale, Month::of(one), Month::of(one), Mark::Released);
            lines.push(line_of("released", strip.text()));
        }
        for (label, months) in [("files", &self.files), ("access", &self.access)] {
            if months.is_empty() {
                continue;
            }
            let mut strip = scale.strip();
            for (column, count) in scale.counts(months) {
                strip.set(column, if label == "files" { Mark::Files(Level::of(count)) } else { Mark::Access });
            }
            lines.push(line_of(label, strip.text()));
        }
        let outside = self.outside();
        if !outside.is_empty() {
            let mut strip = scale.strip();
            for (month, _) in &outside {
                strip.fill(scale, *month, *month, Mark::Outside);
            }
            lines.push(line_of("outside", strip.text()));
        }
    }

    /// The months with files that no listed term holds. Where a term is not known, nothing is outside it.
    fn outside(&self) -> Vec<(Month, u64)> {
        let outside = |month: Month| month.date().is_some_and(|date| self.union.excludes(date));
        self.files.iter().map(|(month, count)| (*month, *count)).filter(|(month, _)| outside(*month)).collect()
    }

    /// What the marks mean: those that are used, on two lines.
    fn legend(&self, scale: &Scale) -> Vec<TimelineLine> {
        let has_unknown = |term: &Term| term.term.start.is_some() != term.term.end.is_some();
        let mut marks = vec![scale.unit()];
        let mut name = |is_used: bool, text: String| marks.extend(is_used.then_some(text));
        name(!self.terms.is_empty(), format!("{} term", marks::BAR));
        name(self.terms.iter().any(has_unknown), format!("{} unknown", Mark::Unknown.glyph()));
        name(!self.union.gaps().is_empty(), format!("{} gap", Mark::Gap.glyph()));
        name(!self.outside().is_empty(), format!("{} outside", Mark::Outside.glyph()));
        let mut lines = vec![legend(marks.join("  "))];
        if !self.files.is_empty() {
            let levels = Level::ALL.map(|level| format!("{} {}", Mark::Files(level).glyph(), level.range()));
            lines.push(legend(format!("{}: {}", scale.counted(), levels.join("  "))));
        }
        lines
    }

    /// What cannot be drawn, in words.
    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        let gaps = self.union.gaps();
        if !gaps.is_empty() {
            let written: Vec<String> =
                gaps.iter().take(WRITTEN_OUT).map(|(from, to)| format!("{from} to {to}")).collect();
            let more = more(gaps.len());
            notes.push(format!(
                "No listed term holds {}{more}. A version that the edition does not list could have held it.",
                written.join(", ")
            ));
        }
        let outside = self.outside();
        if !outside.is_empty() {
            let files: u64 = outside.iter().map(|(_, count)| count).sum();
            let months: Vec<String> = outside
                .iter()
                .take(WRITTEN_OUT)
                .filter_map(|(month, _)| month.date())
                .map(|month| month.to_string())
                .collect();
            let files = if files == 1 { "1 file is".to_owned() } else { format!("{files} files are") };
            notes.push(format!(
                "{files} of months that no listed term holds: {}{}.",
                months.join(", "),
                more(outside.len())
            ));
        }
        if !self.terms.is_empty() && self.union.is_unknown() {
            notes.push("Not every version states its term: what lies outside or between them is not told.".to_owned());
        }
        if self.undated > 0 {
            let files =
                if self.undated == 1 { "1 file has".to_owned() } else { format!("{} files have", self.undated) };
            notes.push(format!("{files} no month and stand nowhere on the line."));
        }
        if self.released.start.or(self.released.end).is_some() {
            notes.push("The entry gives the first and last month of release, and not those between.".to_owned());
        }
        notes
    }

    /// The first and last month that anything stands in.
    fn span(&self) -> Option<(Month, Month)> {
        let terms = self.terms.iter().flat_map(|term| [term.term.start, term.term.end]);
        let dates = terms.chain([self.released.start, self.released.end]).flatten().map(Month::of);
        let months = self.files.keys().chain(self.access.keys()).copied();
        let all = || dates.clone().chain(months.clone());
        let edition = self.edition.map(Month::of);
        let (first, last) = (all().min()?, all().max()?);
        Some((first.min(edition.unwrap_or(first)), last.max(edition.unwrap_or(last))))
    }
}

fn line_of(label: &str, text: String) -> TimelineLine {
    TimelineLine { label: label.to_owned(), kind: TimelineKind::Drawn, text }
}

fn legend(text: String) -> TimelineLine {
    TimelineLine { label: String::new(), kind: TimelineKind::Legend, text }
}

fn more(count: usize) -> String {
    if count > WRITTEN_OUT { format!(" and {} more", count - WRITTEN_OUT) } else { String::new() }
}

/// What a version is called beside its bar.
fn label(version: &Version) -> String {
    let number = version.number.to_string();
    if number.is_empty() { "term".to_owned() } else { number }
}

/// The bar of a term, or in words why there is none.
fn bar(term: DateRange, scale: &Scale) -> String {
    let mut strip = scale.strip();
    match (term.start, term.end) {
        (None, None) => return "term not stated".to_owned(),
        (Some(start), Some(end)) if end.last_day() < start.first_day() => return "ends before it starts".to_owned(),
        (Some(start), Some(end)) => {
            strip.fill(scale, Month::of(start), Month::of(end), Mark::Bar);
            strip.end(scale, Month::of(start), Month::of(end));
        }
        (Some(start), None) => {
            strip.fill(scale, Month::of(start), scale.last(), Mark::Unknown);
            strip.set(scale.column(Month::of(start)), Mark::Start);
        }
        (None, Some(end)) => {
            strip.fill(scale, scale.first(), Month::of(end), Mark::Unknown);
            strip.set(scale.last_column(Month::of(end)), Mark::End);
        }
    }
    strip.text()
}

#[cfg(test)]
mod tests;
