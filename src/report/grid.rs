//! Organisations by datasets: who was sent how much of what, from the same groups of names as the lists.

use std::collections::{BTreeSet, HashMap};

use super::datasets::Datasets;
use super::grouped::{self, SentReport};
use super::organisations::Organisations;
use crate::index::{Index, IndexError, ProjectId};
use crate::register::Date;

/// Organisations by datasets, both with most files first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridReport {
    /// The organisations that have a dataset, or may have it.
    pub organisations: Vec<GridName>,
    /// The datasets.
    pub datasets: Vec<GridName>,
    /// Of each organisation what it was sent of each dataset; nothing where none of its projects names it.
    pub cells: Vec<Vec<Option<GridCell>>>,
}

/// An organisation or a dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridName {
    /// The spelling that is published most.
    pub name: String,
    /// All published spellings.
    pub spellings: Vec<String>,
    /// Its place among those of the edition.
    pub at: usize,
}

/// What an organisation was sent of a dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridCell {
    /// Files; none where the layout has no row for each file.
    pub files: Option<u64>,
    /// Months with a file, once they were counted; none where they are not published.
    pub months: Option<u64>,
    /// The projects, in the register's order.
    pub projects: Vec<ProjectId>,
}

impl GridReport {
    /// Organisations by datasets, with the files.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn of(index: &Index, organisations: &Organisations, datasets: &Datasets) -> Result<Self, IndexError> {
        let rows: Vec<GridName> = organisations
            .list()?
            .into_iter()
            .filter_map(|report| named(report.spellings, organisations.groups().of_spelling(&report.name)))
            .collect();
        let columns: Vec<GridName> = datasets
            .list()
            .into_iter()
            .filter_map(|report| named(report.spellings, datasets.groups().of_spelling(&report.name)))
            .collect();
        let row_of: HashMap<&str, usize> = rows.iter().enumerate().map(|(row, named)| (&*named.name, row)).collect();
        let mut cells = vec![vec![None; columns.len()]; rows.len()];
        for (column, dataset) in columns.iter().enumerate() {
            for (organisation, recipients) in datasets.recipients_of(dataset.at) {
                let Some(row) = row_of.get(organisation) else { continue };
                let versions = grouped::distinct(recipients.iter().flat_map(|recipient| &recipient.versions));
                cells[*row][column] = Some(GridCell {
                    files: SentReport::of(recipients.iter().map(|recipient| &recipient.sent)).files,
                    months: None,
                    projects: grouped::projects(index, &versions).into_iter().collect(),
                });
            }
        }
        let mut report = Self { organisations: rows, datasets: columns, cells };
        report.leave_out_empty();
        Ok(report)
    }

    /// An organisation that has no dataset, as one that only answers for data, has no row.
    fn leave_out_empty(&mut self) {
        let has_any: Vec<bool> = self.cells.iter().map(|row| row.iter().any(Option::is_some)).collect();
        let mut kept = has_any.iter();
        self.organisations.retain(|_| kept.next() == Some(&true));
        let mut kept = has_any.iter();
        self.cells.retain(|_| kept.next() == Some(&true));
    }

    /// Counts the months with a file, from the rows of all projects. Says no where nobody waits for it any more.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn count_months(&mut self, index: &Index, cancelled: &dyn Fn() -> bool) -> Result<bool, IndexError> {
        let places = |names: &[GridName]| -> HashMap<String, usize> {
            let spelled =
                |(at, named): (usize, &GridName)| named.spellings.clone().into_iter().map(move |name| (name, at));
            names.iter().enumerate().flat_map(spelled).collect()
        };
        let (rows, columns) = (places(&self.organisations), places(&self.datasets));
        let mut months: HashMap<(usize, usize), BTreeSet<Date>> = HashMap::new();
        for number in (0..).take(index.len()) {
            if cancelled() {
                return Ok(false);
            }
            for version in index.record(ProjectId(number))?.project.versions {
                for release in version.releases.iter().filter(|release| release.is_file()) {
                    let organisation = release.organisation.as_deref().unwrap_or(&version.organisation);
                    let (row, column) = (rows.get(organisation), columns.get(release.dataset.as_str()));
                    if let (Some(row), Some(column), Some(month)) = (row, column, release.month) {
                        months.entry((*row, *column)).or_default().insert(month);
                    }
                }
            }
        }
        for (row, cells) in self.cells.iter_mut().enumerate() {
            for (column, cell) in cells.iter_mut().enumerate() {
                let Some(cell) = cell else { continue };
                let counted = months.get(&(row, column)).map_or(0, |months| months.len() as u64);
                // Files without a month are not told by month.
                cell.months = cell.files.and_then(|files| (counted > 0 || files == 0).then_some(counted));
            }
        }
        Ok(true)
    }
}

fn named(spellings: Vec<String>, at: Option<usize>) -> Option<GridName> {
    Some(GridName { name: spellings.first()?.clone(), at: at?, spellings })
}
