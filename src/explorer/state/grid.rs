//! Organisations by datasets, and where one is among them.

use std::sync::Arc;

/// Organisations by datasets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grid {
    /// What it holds. It is large, and every step keeps the one before.
    pub table: Arc<GridTable>,
    /// What is counted.
    pub counted: Counted,
    /// The organisation that one is at.
    pub row: usize,
    /// The dataset that one is at.
    pub column: usize,
    /// The first organisation on the screen.
    pub top: usize,
    /// The first dataset on the screen.
    pub left: usize,
}

/// What is counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Counted {
    /// Files.
    #[default]
    Files,
    /// Months in which a file was sent.
    Months,
}

/// What a grid holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GridTable {
    /// The organisations.
    pub rows: Vec<GridEntry>,
    /// The datasets.
    pub columns: Vec<GridEntry>,
    /// Of each organisation what it was sent of each dataset; nothing where none of its projects names it.
    pub cells: Vec<Vec<Option<Sent>>>,
}

/// An organisation or a dataset.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GridEntry {
    /// Its name.
    pub name: String,
    /// Its place among those of the edition.
    pub at: usize,
    /// The query for its projects.
    pub query: String,
}

/// What an organisation was sent of a dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// How much; none where that is not published.
    pub count: Option<u64>,
    /// How many projects name the dataset.
    pub projects: usize,
    /// The query for these, where the two of the names together do not find them.
    pub query: Option<String>,
}

/// What fits on the screen: organisations and datasets.
pub type Fitting = (usize, usize);

impl Grid {
    /// What stands where one is.
    pub fn cell(&self) -> Option<&Sent> {
        self.table.cells.get(self.row)?.get(self.column)?.as_ref()
    }

    /// The query for the projects there.
    pub fn query(&self) -> Option<String> {
        let (row, column) = (self.table.rows.get(self.row)?, self.table.columns.get(self.column)?);
        let of_names = || format!("{} {}", row.query, column.query);
        self.cell().map(|cell| cell.query.clone().unwrap_or_else(of_names))
    }

    /// Goes to a place, and scrolls as little as it takes to show it.
    pub fn go(&mut self, row: usize, column: usize, (rows, columns): Fitting) {
        self.row = row.min(self.table.rows.len().saturating_sub(1));
        self.column = column.min(self.table.columns.len().saturating_sub(1));
        self.top = first(self.top, self.row, rows, self.table.rows.len());
        self.left = first(self.left, self.column, columns, self.table.columns.len());
    }
}

/// The first that is shown of so many, where one of them must be.
fn first(before: usize, at: usize, fitting: usize, all: usize) -> usize {
    let fitting = fitting.max(1);
    let first = if at < before { at } else { before.max((at + 1).saturating_sub(fitting)) };
    first.min(all.saturating_sub(fitting))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn going_scrolls_both_ways_as_little_as_it_takes() {
        let entries = |count: usize| vec![GridEntry::default(); count];
        let table = GridTable { rows: entries(30), columns: entries(12), cells: Vec::new() };
        let mut grid = Grid { table: Arc::new(table), ..Grid::default() };
        grid.go(10, 6, (10, 6));
        assert_eq!((grid.top, grid.left), (1, 1));
        grid.go(99, 99, (10, 6));
        assert_eq!((grid.row, grid.column, grid.top, grid.left), (29, 11, 20, 6));
        grid.go(25, 7, (10, 6));
        assert_eq!((grid.top, grid.left), (20, 6));
        grid.go(0, 0, (10, 6));
        assert_eq!((grid.top, grid.left), (0, 0));
        // A larger screen shows more, and no empty rows.
        grid.go(29, 11, (10, 6));
        grid.go(29, 11, (25, 12));
        assert_eq!((grid.top, grid.left), (5, 0));
        assert_eq!((grid.cell(), grid.query()), (None, None));
    }
}
