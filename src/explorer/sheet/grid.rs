//! Organisations by datasets, with where every cell leads: to exactly the projects that it is of, as far as a query can say so.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::paths::{Paths, dataset_query, organisation_query};
use super::{Sheet, counted as counted_of};
use crate::explorer::state::{Counted, Grid, GridEntry, GridTable, Sent};
use crate::index::{ProjectId, SearchError};
use crate::report::{GridName, GridReport, organisation_shown};

/// Organisations by datasets.
pub(in crate::explorer) fn of_grid(
    report: GridReport,
    counted: Counted,
    paths: &Paths<'_>,
) -> Result<Sheet, SearchError> {
    let of_names = |names: &[GridName], query: &dyn Fn(&[String]) -> String| -> Vec<GridEntry> {
        let entry = |named: &GridName| GridEntry {
            name: organisation_shown(&named.name).to_owned(),
            at: named.at,
            query: query(&named.spellings),
        };
        names.iter().map(entry).collect()
    };
    let rows = of_names(&report.organisations, &organisation_query);
    let columns = of_names(&report.datasets, &dataset_query);
    let found = |entries: &[GridEntry]| -> Result<Vec<BTreeSet<ProjectId>>, SearchError> {
        entries.iter().map(|entry| paths.found(&entry.query)).collect()
    };
    let (of_rows, of_columns) = (found(&rows)?, found(&columns)?);
    let mut cells = Vec::with_capacity(rows.len());
    for (row, of_row) in report.cells.into_iter().zip(&of_rows) {
        let mut sent = Vec::with_capacity(columns.len());
        for ((cell, of_column), column) in row.into_iter().zip(&of_columns).zip(&columns) {
            let Some(cell) = cell else {
                sent.push(None);
                continue;
            };
            let together = of_row.intersection(of_column);
            let query = if together.eq(cell.projects.iter()) {
                None
            } else {
                let named = format!("{} {}", rows.get(cells.len()).map_or("", |row| &row.query), column.query);
                Some(paths.to_projects(named, &cell.projects)?.query)
            };
            let count = match counted {
                Counted::Files => cell.files,
                Counted::Months => cell.months,
            };
            sent.push(Some(Sent { count, projects: cell.projects.len(), query }));
        }
        cells.push(sent);
    }
    let what = match counted {
        Counted::Files => "Files",
        Counted::Months => "Months with a file",
    };
    let heading = format!(
        "{what}: {} by {}",
        counted_of(rows.len(), "organisation", "organisations"),
        counted_of(columns.len(), "dataset", "datasets")
    );
    let grid = Grid { table: Arc::new(GridTable { rows, columns, cells }), counted, ..Grid::default() };
    let empty = "No organisation of this edition names a dataset.".to_owned();
    Ok(Sheet { heading, empty, grid: Some(grid), ..Sheet::default() })
}
