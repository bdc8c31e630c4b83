//! What is drawn beside the words of a row.

use std::sync::Arc;

use crate::report::timeline::FilesByMonth;

/// Rows that the bars of the months take.
pub(in crate::explorer) const ROWS_OF_BARS: usize = 2;

/// What is drawn beside the words of a row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Picture {
    /// Nothing.
    #[default]
    None,
    /// A bar as long as the figure of the row is beside this one.
    Share(usize),
    /// A row of the files by month; before they were counted an empty one.
    Months(Option<Arc<FilesByMonth>>, RowOfMonths),
}

/// A row of the files by month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowOfMonths {
    /// The heading, which says what a column is.
    Heading,
    /// Bars; the highest row is the first.
    Bars(usize),
    /// The years below them.
    Years,
}
