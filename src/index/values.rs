//! What each project is, by value: what a query asks for by value, date or number. They follow from a project's facts, over all
//! its versions, as the project itself shows them, and stand in columns.

mod counted;
mod examined;
mod written;

use std::sync::Arc;

use tantivy::directory::Directory;

use super::columns::{Columns, NUMBER};
use super::query::{Answered, Days, Listed, Matching, Moment, Numbers, Test};
use super::{IndexError, ProjectId};
use counted::Numbering;
pub(super) use counted::{Counted, Counts};

use crate::names::Names;
use crate::register::{Date, OptOutState, YesNo};
use crate::text::{fold, words};

/// The name of the file.
pub(super) const VALUES: &str = "values.columns";

/// The columns of the file, in order; those of lists follow.
#[derive(Debug, Clone, Copy)]
enum Column {
    /// A byte: the state of the opt-outs.
    OptOuts,
    /// A byte: the answer.
    Commercial,
    /// A byte: the answer.
    Sublicensing,
    /// A byte: a bit for each section of the latest version that is published.
    Sections,
    /// Three bytes: how many rules found something of each severity, gravest first.
    Weights,
    /// A date.
    Start,
    /// A date.
    End,
    /// A number: the place in the order of the last starts of their versions, latest first, the same for equal ones.
    NewestOrder,
    /// Two numbers: files, low half first; all ones where nothing says how many.
    Files,
    /// A number: the place in the order of titles, the same for equal ones.
    TitleOrder,
    /// A number: the place in the order of organisations.
    OrganisationOrder,
    /// Dates: months in which something was released, as far as they are known one by one, else the first and last.
    ReleasedStarts,
    Released,
    /// Numbers: all that a project is counted by ([`Counted`]), in one list.
    CountedStarts,
    Counted,
    /// Numbers: how many projects have each of these.
    Totals,
}

/// The first year that a register can hold, and how many from there on it can hold.
pub(super) const FIRST_YEAR: i16 = 1800;
const YEARS: usize = 1200;

/// How many columns stand before those of lists.
const FIXED: usize = Column::Totals as usize + 1;

/// The columns of a list: which values each project has, and the values: each once, as published, by its identity and in folded
/// words.
#[derive(Debug, Clone, Copy)]
enum ListColumn {
    Starts,
    Numbers,
    NameStarts,
    Names,
    IdentityStarts,
    Identities,
    WordsStarts,
    Words,
}

/// How many columns a list has.
const OF_LIST: usize = ListColumn::Words as usize + 1;

/// How many columns there are.
const COLUMNS: usize = FIXED + OF_LIST * Listed::ALL.len();

/// Bytes of a date: its year, month and day, with 0 for a day that is not told and for the month of no date.
const DATE: usize = 4;

/// Severities.
const SEVERITIES: usize = 3;

/// How many rules found something of each severity, gravest first.
pub(super) type Weights = [u8; SEVERITIES];

/// The states and answers by their bytes.
pub(super) const STATES: [OptOutState; 4] =
    [OptOutState::Applied, OptOutState::NotApplied, OptOutState::Mixed, OptOutState::NotStated];
pub(super) const ANSWERS: [YesNo; 4] = [YesNo::Yes, YesNo::No, YesNo::Mixed, YesNo::NotStated];

/// The values of all projects, in the register's order.
#[derive(Debug, Clone)]
pub(super) struct Values {
    columns: Arc<Columns>,
    projects: usize,
    numbering: Numbering,
}

fn column(list: Listed, column: ListColumn) -> usize {
    FIXED + list as usize * OF_LIST + column as usize
}

impl Values {
    /// Opens the values of so many projects, and sees that they are whole.
    pub(super) fn open(directory: &dyn Directory, projects: usize) -> Result<Self, IndexError> {
        let columns = Columns::open(directory, VALUES)?;
        for (one, width) in [
            (Column::OptOuts, 1),
            (Column::Commercial, 1),
            (Column::Sublicensing, 1),
            (Column::Sections, 1),
            (Column::Weights, SEVERITIES),
            (Column::Start, DATE),
            (Column::End, DATE),
            (Column::NewestOrder, NUMBER),
            (Column::Files, 2 * NUMBER),
            (Column::TitleOrder, NUMBER),
            (Column::OrganisationOrder, NUMBER),
        ] {
            columns.check(one as usize, projects, width)?;
        }
        columns.check(Column::ReleasedStarts as usize, projects + 1, NUMBER)?;
        for list in Listed::ALL {
            columns.check(column(list, ListColumn::Starts), projects + 1, NUMBER)?;
        }
        let numbering = Numbering::new(|list| columns.rows(column(list, ListColumn::NameStarts)));
        columns.check(Column::CountedStarts as usize, projects + 1, NUMBER)?;
        columns.check(Column::Totals as usize, numbering.end(), NUMBER)?;
        // The last column is there, and so are all before it.
        columns.check(COLUMNS, 0, 0).map_or(Ok(()), |()| columns.check(COLUMNS - 1, 0, 0))?;
        Ok(Self { columns: Arc::new(columns), projects, numbering })
    }

    /// For each project whether it is as asked for.
    pub(super) fn test(&self, test: &Test) -> Vec<bool> {
        let of = |is: &dyn Fn(ProjectId) -> bool| -> Vec<bool> {
            (0..self.projects).map(|row| is(ProjectId(u32::try_from(row).unwrap_or(u32::MAX)))).collect()
        };
        match test {
            Test::OptOuts(states) => of(&|id| states.contains(&self.opt_outs(id))),
            Test::Answer(answered, answers) => of(&|id| answers.contains(&self.answer(*answered, id))),
            Test::Listed(listed, matching) => {
                let fits = self.fitting(*listed, matching);
                of(&|id| self.listed(id, *listed).any(|number| fits.get(number as usize) == Some(&true)))
            }
            Test::Sensitive(wanted) => {
                let list = Listed::Sensitivity;
                let is: Vec<bool> = self.names(list).map(|name| fold(name) == "sensitive").collect();
                let any = |id| self.listed(id, list).any(|number| is.get(number as usize) == Some(&true));
                of(&|id| any(id) == *wanted && self.listed(id, list).next().is_some())
            }
            Test::Within(Moment::Start, days) => of(&|id| self.start(id).is_some_and(|date| is_within(date, *days))),
            Test::Within(Moment::End, days) => of(&|id| self.end(id).is_some_and(|date| is_within(date, *days))),
            Test::Within(Moment::Release, days) => of(&|id| self.released(id).any(|month| is_within(month, *days))),
            Test::Files(Numbers { least, most }) => {
                of(&|id| self.files(id).is_some_and(|files| (*least..=*most).contains(&files)))
            }
            Test::Has(section) => {
                of(&|id| self.columns.byte(Column::Sections as usize, row(id)) & 1 << *section as u8 != 0)
            }
            // These are asked of what lies over the edition.
            Test::Severity(_) | Test::Mine(_) | Test::Tag(_) => vec![false; self.projects],
        }
    }

    /// Whether what is asked for is published of any project: where it is not, nothing is known of it.
    pub(super) fn is_published(&self, test: &Test) -> bool {
        let mut all = (0..self.projects).map(|row| ProjectId(u32::try_from(row).unwrap_or(u32::MAX)));
        match test {
            Test::OptOuts(_) => all.any(|id| self.opt_outs(id) != OptOutState::NotStated),
            Test::Answer(answered, _) => all.any(|id| self.answer(*answered, id) != YesNo::NotStated),
            Test::Listed(listed, _) => self.names(*listed).next().is_some(),
            Test::Sensitive(_) => self.names(Listed::Sensitivity).next().is_some(),
            Test::Within(Moment::Start, _) => all.any(|id| self.start(id).is_some()),
            Test::Within(Moment::End, _) => all.any(|id| self.end(id).is_some()),
            Test::Within(Moment::Release, _) => all.any(|id| self.released(id).next().is_some()),
            Test::Files(_) => all.any(|id| self.files(id).is_some()),
            // Absent is an answer here.
            Test::Has(_) | Test::Severity(_) | Test::Mine(_) | Test::Tag(_) => true,
        }
    }

    /// For each value of a list whether it is meant.
    pub(super) fn fitting(&self, listed: Listed, matching: &Matching) -> Vec<bool> {
        if matching.is_whole {
            let key = identity(listed, &matching.written);
            let (starts, texts) = (ListColumn::IdentityStarts, ListColumn::Identities);
            return self.texts(listed, starts, texts).map(|identity| identity == key).collect();
        }
        self.folded(listed).map(|words| has_words(matching, words)).collect()
    }

    /// The values of a list in folded words, by their numbers.
    pub(super) fn folded(&self, listed: Listed) -> impl Iterator<Item = &str> {
        self.texts(listed, ListColumn::WordsStarts, ListColumn::Words)
    }

    /// The published values of a list, by their numbers.
    pub(super) fn names(&self, listed: Listed) -> impl Iterator<Item = &str> {
        self.texts(listed, ListColumn::NameStarts, ListColumn::Names)
    }

    /// The published value of a number.
    pub(super) fn name(&self, listed: Listed, number: u32) -> &str {
        let (starts, names) = (column(listed, ListColumn::NameStarts), column(listed, ListColumn::Names));
        self.columns.text(starts, names, number as usize)
    }

    fn texts(&self, listed: Listed, starts: ListColumn, texts: ListColumn) -> impl Iterator<Item = &str> {
        let (starts, texts) = (column(listed, starts), column(listed, texts));
        (0..self.columns.rows(starts)).map(move |row| self.columns.text(starts, texts, row))
    }

    /// The values that a project has, by their numbers.
    pub(super) fn listed(&self, project: ProjectId, listed: Listed) -> impl Iterator<Item = u32> {
        self.columns.list(column(listed, ListColumn::Starts), column(listed, ListColumn::Numbers), row(project))
    }

    /// The state of a project's opt-outs.
    pub(super) fn opt_outs(&self, project: ProjectId) -> OptOutState {
        let code = self.columns.byte(Column::OptOuts as usize, row(project));
        STATES.get(usize::from(code)).copied().unwrap_or_default()
    }

    /// What a project answers.
    pub(super) fn answer(&self, answered: Answered, project: ProjectId) -> YesNo {
        let code = self.columns.byte(answers(answered) as usize, row(project));
        ANSWERS.get(usize::from(code)).copied().unwrap_or_default()
    }

    /// How many rules found something of each severity, gravest first, by the edition alone.
    pub(super) fn weights(&self, project: ProjectId) -> Weights {
        self.all_weights().get(row(project)).copied().unwrap_or_default()
    }

    /// The same of each project.
    pub(super) fn all_weights(&self) -> &[Weights] {
        self.columns.bytes(Column::Weights as usize).as_chunks().0
    }

    /// How many files, where the layout says so.
    pub(super) fn files(&self, project: ProjectId) -> Option<u64> {
        let half = |half| u64::from(self.columns.number(Column::Files as usize, row(project) * 2 + half));
        Some(half(0) | half(1) << 32).filter(|files| *files != u64::MAX)
    }

    /// The place in the order of titles; those without one come last.
    pub(super) fn title_order(&self, project: ProjectId) -> u32 {
        self.columns.number(Column::TitleOrder as usize, row(project))
    }

    /// The place in the order of organisations.
    pub(super) fn organisation_order(&self, project: ProjectId) -> u32 {
        self.columns.number(Column::OrganisationOrder as usize, row(project))
    }

    /// When a project's first term starts.
    pub(super) fn start(&self, project: ProjectId) -> Option<Date> {
        self.date(Column::Start, project)
    }

    /// When the last term of a project ends.
    pub(super) fn end(&self, project: ProjectId) -> Option<Date> {
        self.date(Column::End, project)
    }

    /// The place in the order of when the newest version starts, the latest first; those without a date come last.
    pub(super) fn newest_order(&self, project: ProjectId) -> u32 {
        self.columns.number(Column::NewestOrder as usize, row(project))
    }

    /// The months in which something was released for a project, in order.
    pub(super) fn released(&self, project: ProjectId) -> impl Iterator<Item = Date> {
        let (starts, dates) = (Column::ReleasedStarts as usize, Column::Released as usize);
        self.columns.list(starts, dates, row(project)).filter_map(|packed| unpacked(packed.to_le_bytes()))
    }

    fn date(&self, column: Column, project: ProjectId) -> Option<Date> {
        unpacked(self.columns.number(column as usize, row(project)).to_le_bytes())
    }
}

fn answers(answered: Answered) -> Column {
    match answered {
        Answered::Commercial => Column::Commercial,
        Answered::Sublicensing => Column::Sublicensing,
    }
}

/// The place of a year, counted from the first; one that no register holds has none.
fn year(year: i16) -> usize {
    usize::try_from(i32::from(year) - i32::from(FIRST_YEAR)).unwrap_or(usize::MAX)
}

fn row(project: ProjectId) -> usize {
    project.0 as usize
}

/// A date as its bytes.
fn packed(date: Option<Date>) -> [u8; DATE] {
    let Some(date) = date else { return [0; DATE] };
    let [low, high] = date.year().to_le_bytes();
    [low, high, date.month_of_year(), date.day_of_month().unwrap_or(0)]
}

fn unpacked([low, high, month, day]: [u8; DATE]) -> Option<Date> {
    let year = i16::from_le_bytes([low, high]);
    if day == 0 { Date::month(year, month) } else { Date::day(year, month, day) }
}

/// What makes two values one: a name's key, or the words of what is no name.
fn identity(listed: Listed, value: &str) -> String {
    let names = Names::built_in();
    match listed {
        Listed::Organisation => names.organisation_key(value).as_str().to_owned(),
        Listed::Dataset => names.dataset_key(value).as_str().to_owned(),
        _ => folded_words(value),
    }
}

/// The folded words of a value, with a space between them.
fn folded_words(value: &str) -> String {
    words(value).map(|word| word.folded).collect::<Vec<_>>().join(" ")
}

/// Whether a published value, in folded words, has the words that are written, in a row.
fn has_words(matching: &Matching, value: &str) -> bool {
    let found: Vec<&str> = value.split(' ').collect();
    let wanted = &matching.words;
    let Some((last, before)) = wanted.split_last() else { return false };
    found.windows(wanted.len()).any(|here| {
        let Some((end, start)) = here.split_last() else { return false };
        start == before && if matching.is_beginning { end.starts_with(last.as_str()) } else { end == last }
    })
}

/// Whether a date lies in a span for certain: of a month that is not told to the day, all days must.
fn is_within(date: Date, days: Days) -> bool {
    days.from.is_none_or(|from| date.first_day() >= from) && days.to.is_none_or(|to| date.last_day() <= to)
}
