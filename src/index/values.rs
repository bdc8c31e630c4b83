//! What each project is, by value: what a query asks for by value, date or number. They follow from a project's facts, over all
//! its versions, as the project itself shows them.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::query::{Answered, Days, Listed, Matching, Moment, Numbers, Test};
use super::{Index, IndexError, ProjectId};
use crate::names::Names;
use crate::register::{Date, Facts, Layout, OptOutState, Project, Register, Section, YesNo};
use crate::text::{fold, words};

/// The values of all projects, in the register's order.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Values {
    /// The published values of each list, each once: projects name them by their number.
    names: [Vec<String>; Listed::ALL.len()],
    projects: Vec<ProjectValues>,
}

/// The values of a project.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct ProjectValues {
    opt_outs: OptOutState,
    commercial: YesNo,
    sublicensing: YesNo,
    listed: [Vec<u32>; Listed::ALL.len()],
    start: Option<Date>,
    end: Option<Date>,
    /// The last start of a version.
    newest: Option<Date>,
    /// Months in which something was released, as far as they are known one by one, else the first and last.
    released: Vec<StoredDate>,
    files: Option<u64>,
    /// The sections of the latest version that are published.
    sections: Vec<Section>,
}

/// A date as its numbers, with 0 for a day that is not told: there are tens of thousands, and the first search of a process
/// reads them all.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct StoredDate(i16, u8, u8);

impl StoredDate {
    fn of(date: Date) -> Self {
        Self(date.year(), date.month_of_year(), date.day_of_month().unwrap_or(0))
    }

    fn date(self) -> Option<Date> {
        let Self(year, month, day) = self;
        if day == 0 { Date::month(year, month) } else { Date::day(year, month, day) }
    }
}

impl Values {
    pub(super) fn of(register: &Register) -> Self {
        let mut values = Self::default();
        let mut numbers: [HashMap<String, u32>; Listed::ALL.len()] = Default::default();
        for project in &register.projects {
            let lists_files =
                project.latest().and_then(|latest| register.layout(latest)).is_some_and(Layout::lists_files);
            let facts = Facts::of(project, lists_files);
            let mut of_project = ProjectValues {
                opt_outs: facts.opt_outs.state,
                commercial: facts.commercial,
                sublicensing: facts.sublicensing,
                start: facts.term.start,
                end: facts.term.end,
                newest: project.versions.iter().filter_map(|version| version.term.start).max(),
                released: released(project, &facts).into_iter().map(StoredDate::of).collect(),
                files: facts.releases.files.map(|files| files as u64),
                sections: sections(project),
                ..ProjectValues::default()
            };
            for (at, listed) in Listed::ALL.into_iter().enumerate() {
                for value in published(listed, project, &facts) {
                    let next = values.names[at].len();
                    let key = identity(listed, &value);
                    let number = *numbers[at].entry(key).or_insert_with(|| {
                        values.names[at].push(value);
                        u32::try_from(next).unwrap_or(u32::MAX)
                    });
                    if !of_project.listed[at].contains(&number) {
                        of_project.listed[at].push(number);
                    }
                }
            }
            values.projects.push(of_project);
        }
        values
    }

    /// For each project whether it is as asked for.
    pub(super) fn test(&self, test: &Test) -> Vec<bool> {
        let of = |is: &dyn Fn(&ProjectValues) -> bool| self.projects.iter().map(is).collect();
        match test {
            Test::OptOuts(states) => of(&|one| states.contains(&one.opt_outs)),
            Test::Answer(Answered::Commercial, answers) => of(&|one| answers.contains(&one.commercial)),
            Test::Answer(Answered::Sublicensing, answers) => of(&|one| answers.contains(&one.sublicensing)),
            Test::Listed(listed, matching) => {
                let at = *listed as usize;
                let key = matching.is_whole.then(|| identity(*listed, &matching.written));
                let fits = |name: &String| match &key {
                    Some(key) => identity(*listed, name) == *key,
                    None => has_words(matching, name),
                };
                let fits: Vec<bool> = self.names[at].iter().map(fits).collect();
                of(&|one| one.listed[at].iter().any(|number| fits.get(*number as usize) == Some(&true)))
            }
            Test::Sensitive(wanted) => {
                let at = Listed::Sensitivity as usize;
                let is: Vec<bool> = self.names[at].iter().map(|name| fold(name) == "sensitive").collect();
                let any = |one: &ProjectValues| one.listed[at].iter().any(|number| is[*number as usize]);
                of(&|one| any(one) == *wanted && !one.listed[at].is_empty())
            }
            Test::Within(Moment::Start, days) => of(&|one| one.start.is_some_and(|date| is_within(date, *days))),
            Test::Within(Moment::End, days) => of(&|one| one.end.is_some_and(|date| is_within(date, *days))),
            Test::Within(Moment::Release, days) => {
                of(&|one| one.released.iter().filter_map(|month| month.date()).any(|month| is_within(month, *days)))
            }
            Test::Files(Numbers { least, most }) => {
                of(&|one| one.files.is_some_and(|files| (*least..=*most).contains(&files)))
            }
            Test::Has(section) => of(&|one| one.sections.contains(section)),
            Test::Severity(_) => vec![false; self.projects.len()],
        }
    }

    /// The published values of a list, by their numbers.
    pub(super) fn names(&self, listed: Listed) -> &[String] {
        &self.names[listed as usize]
    }

    /// The values that a project has, by their numbers.
    pub(super) fn listed(&self, project: ProjectId, listed: Listed) -> &[u32] {
        self.projects.get(project.0 as usize).map_or(&[], |one| &one.listed[listed as usize])
    }

    /// What a project answers, on opt-outs, commercial purposes and sublicensing.
    pub(super) fn answers(&self, project: ProjectId) -> Option<(OptOutState, YesNo, YesNo)> {
        let one = self.projects.get(project.0 as usize)?;
        Some((one.opt_outs, one.commercial, one.sublicensing))
    }

    /// The years in which a project's term starts and in which something was released for it.
    pub(super) fn years(&self, project: ProjectId) -> (Option<i16>, Vec<i16>) {
        let Some(one) = self.projects.get(project.0 as usize) else { return (None, Vec::new()) };
        let mut released: Vec<i16> = one.released.iter().map(|month| month.0).collect();
        released.dedup();
        (one.start.map(Date::year), released)
    }

    /// When the newest version of a project starts.
    pub(super) fn newest(&self, project: ProjectId) -> Option<Date> {
        self.projects.get(project.0 as usize).and_then(|one| one.newest)
    }

    /// When the last term of a project ends.
    pub(super) fn end(&self, project: ProjectId) -> Option<Date> {
        self.projects.get(project.0 as usize).and_then(|one| one.end)
    }
}

impl Index {
    /// The values of its projects, read once.
    pub(super) fn values(&self) -> Result<&Values, IndexError> {
        if let Some(values) = self.values.get() {
            return Ok(values);
        }
        let read = self.kept.values.binary()?;
        Ok(self.values.get_or_init(|| read))
    }
}

/// What makes two values one: a name's key, or the words of what is no name.
fn identity(listed: Listed, value: &str) -> String {
    let names = Names::built_in();
    match listed {
        Listed::Organisation => names.organisation_key(value).as_str().to_owned(),
        Listed::Dataset => names.dataset_key(value).as_str().to_owned(),
        _ => words(value).map(|word| word.folded).collect::<Vec<_>>().join(" "),
    }
}

/// Whether a published value has the words that are written, in a row.
fn has_words(matching: &Matching, name: &str) -> bool {
    let found: Vec<String> = words(name).map(|word| word.folded).collect();
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

fn released(project: &Project, facts: &Facts) -> Vec<Date> {
    let mut months: Vec<Date> = project.releases().filter_map(|release| release.month).map(Date::whole_month).collect();
    if months.is_empty() {
        months.extend([facts.releases.first, facts.releases.last].into_iter().flatten());
    }
    months.sort_unstable();
    months.dedup();
    months
}

fn sections(project: &Project) -> Vec<Section> {
    let latest = project.latest();
    Section::ALL.into_iter().filter(|section| latest.is_some_and(|latest| latest.section(*section).is_some())).collect()
}

fn published(listed: Listed, project: &Project, facts: &Facts) -> Vec<String> {
    match listed {
        Listed::TypeOfData => facts.types_of_data.clone(),
        Listed::Sensitivity => facts.sensitivity.clone(),
        Listed::Access => facts.access.clone(),
        Listed::OrganisationType => {
            project.versions.iter().filter_map(|version| version.organisation_type.clone()).collect()
        }
        Listed::Organisation => project.versions.iter().map(|version| version.organisation.clone()).collect(),
        Listed::Dataset => facts.datasets.iter().map(|dataset| dataset.name.clone()).collect(),
        Listed::LegalBasis => facts.legal_bases.clone(),
    }
}
