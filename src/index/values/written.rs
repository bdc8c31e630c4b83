//! Writing the values of an edition as columns.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use tantivy::directory::Directory;

use super::counted::Numbering;
use super::{
    ANSWERS, COLUMNS, Column, Counted, DATE, ListColumn, OF_LIST, STATES, VALUES, Values, Weights, column,
    folded_words, identity, packed, unpacked, year,
};
use crate::index::IndexError;
use crate::index::columns::{Columns, lists, numbers, texts};
use crate::index::query::{Answered, Listed};
use crate::register::{Date, Facts, Layout, Project, Register, Section};
use crate::text::fold;

/// The values of a list: each once, and which of them each project has.
#[derive(Debug, Default)]
struct List {
    names: Vec<String>,
    identities: Vec<String>,
    known: HashMap<String, u32>,
    of_projects: Vec<Vec<u32>>,
}

impl Values {
    /// Writes the values of a register, and how much the rules found in each of its projects.
    pub(in crate::index) fn write(
        directory: &dyn Directory,
        register: &Register,
        weights: &[Weights],
    ) -> Result<(), IndexError> {
        let mut columns = vec![Vec::new(); COLUMNS];
        let mut all: Vec<List> = Listed::ALL.iter().map(|_| List::default()).collect();
        let mut released = Vec::new();
        for project in &register.projects {
            let lists_files =
                project.latest().and_then(|latest| register.layout(latest)).is_some_and(Layout::lists_files);
            let facts = Facts::of(project, lists_files);
            add_facts(&mut columns, project, &facts);
            released.push(months(project, &facts));
            for (list, listed) in all.iter_mut().zip(Listed::ALL) {
                list.add(listed, published(listed, project, &facts));
            }
        }
        columns[Column::Weights as usize] = weights.as_flattened().to_vec();
        let newest = |project: &Project| project.versions.iter().filter_map(|version| version.term.start).max();
        let newest: Vec<Reverse<Option<Date>>> = register.projects.iter().map(newest).map(Reverse).collect();
        columns[Column::NewestOrder as usize] = places(&newest);
        let [titles, organisations] = orders(&register.projects);
        columns[Column::TitleOrder as usize] = titles;
        columns[Column::OrganisationOrder as usize] = organisations;
        let packed = released.iter().map(|months| months.iter().map(|month| number(*month)).collect::<Vec<_>>());
        [columns[Column::ReleasedStarts as usize], columns[Column::Released as usize]] = lists(packed);
        for (list, listed) in all.iter().zip(Listed::ALL) {
            let first = column(listed, ListColumn::Starts);
            for (at, bytes) in list.columns().into_iter().enumerate() {
                columns[first + at] = bytes;
            }
        }
        let numbering = Numbering::new(|listed| all[listed as usize].names.len());
        let counted: Vec<Vec<u32>> =
            (0..register.projects.len()).map(|row| counted(&numbering, row, &columns, &all, &released)).collect();
        columns[Column::Totals as usize] = totals(&counted, numbering.end());
        [columns[Column::CountedStarts as usize], columns[Column::Counted as usize]] = lists(counted);
        Columns::write(directory, VALUES, &columns)
    }
}

/// All that a project is counted by, each once.
fn counted(numbering: &Numbering, row: usize, columns: &[Vec<u8>], lists: &[List], released: &[Vec<Date>]) -> Vec<u32> {
    let code = |column: Column| columns[column as usize].get(row).map(|code| usize::from(*code));
    let [opt_outs, commercial, sublicensing] = [Column::OptOuts, Column::Commercial, Column::Sublicensing].map(code);
    let starts = columns[Column::Start as usize].as_chunks::<DATE>().0;
    let started = starts.get(row).and_then(|packed| unpacked(*packed));
    let released = released.get(row).into_iter().flatten().map(|month| (Counted::Released, year(month.year())));
    let listed = lists.iter().zip(Listed::ALL).flat_map(|(list, listed)| {
        let own = list.of_projects.get(row).into_iter().flatten();
        own.map(move |number| (Counted::Listed(listed), *number as usize))
    });
    let others = [
        opt_outs.map(|code| (Counted::OptOuts, code)),
        commercial.map(|code| (Counted::Answer(Answered::Commercial), code)),
        sublicensing.map(|code| (Counted::Answer(Answered::Sublicensing), code)),
        started.map(|date| (Counted::Started, year(date.year()))),
    ];
    let all = listed.chain(others.into_iter().flatten()).chain(released);
    let mut numbers: Vec<u32> = all.filter_map(|(counted, value)| numbering.number(counted, value)).collect();
    // Months of one year are one year.
    numbers.dedup();
    numbers
}

impl List {
    /// Adds what a project has.
    fn add(&mut self, listed: Listed, published: Vec<String>) {
        let mut numbers = Vec::new();
        for value in published {
            let identity = identity(listed, &value);
            let number = self.known.get(&identity).copied().unwrap_or_else(|| {
                let next = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
                self.names.push(value);
                self.identities.push(identity.clone());
                self.known.insert(identity, next);
                next
            });
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        self.of_projects.push(numbers);
    }

    /// In the order of [`ListColumn`].
    fn columns(&self) -> [Vec<u8>; OF_LIST] {
        let [starts, numbers] = lists(&self.of_projects);
        let [name_starts, names] = texts(&self.names);
        let [identity_starts, identities] = texts(&self.identities);
        let [words_starts, words] = texts(self.names.iter().map(|name| folded_words(name)));
        [starts, numbers, name_starts, names, identity_starts, identities, words_starts, words]
    }
}

fn add_facts(columns: &mut [Vec<u8>], project: &Project, facts: &Facts) {
    let mut add = |column: Column, bytes: &[u8]| columns[column as usize].extend_from_slice(bytes);
    add(Column::OptOuts, &[code(&STATES, facts.opt_outs.state)]);
    add(Column::Commercial, &[code(&ANSWERS, facts.commercial)]);
    add(Column::Sublicensing, &[code(&ANSWERS, facts.sublicensing)]);
    let is_published = |section: &Section| project.latest().is_some_and(|latest| latest.section(*section).is_some());
    let sections = Section::ALL.into_iter().filter(is_published).fold(0, |bits, section| bits | 1 << section as u8);
    add(Column::Sections, &[sections]);
    add(Column::Start, &packed(facts.term.start));
    add(Column::End, &packed(facts.term.end));
    add(Column::Files, &facts.releases.files.map_or(u64::MAX, |files| files as u64).to_le_bytes());
}

/// The byte that stands for one of some values.
fn code<T: PartialEq + Copy>(values: &[T], value: T) -> u8 {
    values.iter().position(|known| *known == value).and_then(|at| u8::try_from(at).ok()).unwrap_or_default()
}

/// The places of projects in the order of titles, where those without one come last, and in that of organisations, and of
/// titles within one. Equal ones have the same place.
fn orders(projects: &[Project]) -> [Vec<u8>; 2] {
    let named: Vec<(Option<String>, String)> = projects
        .iter()
        .map(|project| {
            let latest = project.latest();
            let title = latest.and_then(|version| version.title.as_deref()).map(fold);
            (title, latest.map(|version| fold(&version.organisation)).unwrap_or_default())
        })
        .collect();
    let by_title = named.iter().map(|(title, _)| (title.is_none(), title.as_deref().unwrap_or_default()));
    let by_organisation = named.iter().map(|(title, name)| (name.as_str(), title.as_deref().unwrap_or_default()));
    [places(&by_title.collect::<Vec<_>>()), places(&by_organisation.collect::<Vec<_>>())]
}

/// The place of each key among the different keys in order.
fn places<K: Ord + Clone>(keys: &[K]) -> Vec<u8> {
    let different: BTreeSet<K> = keys.iter().cloned().collect();
    let place: BTreeMap<&K, u32> = different.iter().zip(0..).collect();
    numbers(keys.iter().map(|key| place.get(key).copied().unwrap_or_default()))
}

/// The months in which something was released, in order.
fn months(project: &Project, facts: &Facts) -> Vec<Date> {
    let mut months: Vec<Date> = project.releases().filter_map(|release| release.month).map(Date::whole_month).collect();
    if months.is_empty() {
        months.extend([facts.releases.first, facts.releases.last].into_iter().flatten());
    }
    months.sort_unstable();
    months.dedup();
    months
}

/// How many lists have each of so many numbers.
fn totals(lists: &[Vec<u32>], many: usize) -> Vec<u8> {
    let mut totals = vec![0; many];
    for number in lists.iter().flatten() {
        if let Some(total) = totals.get_mut(*number as usize) {
            *total += 1;
        }
    }
    numbers(totals)
}

/// A date as a number of a column.
fn number(date: Date) -> u32 {
    u32::from_le_bytes(packed(Some(date)))
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
        Listed::Dataset => facts.datasets.iter().map(|dataset| dataset.name.to_string()).collect(),
        Listed::LegalBasis => facts.legal_bases.clone(),
    }
}
