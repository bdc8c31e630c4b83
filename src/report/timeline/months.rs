//! The files of a whole edition by month: bars on the scale of a timeline, and in words.

use std::collections::BTreeMap;

use super::marks::drawn;
use super::scale::{Month, Scale};
use crate::index::{Index, IndexError, ProjectId};
use crate::register::Date;
use crate::text::Characters;

/// Parts of a row that a bar fills, from one on: eighths, and four steps where there are no other characters.
const EIGHTHS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const STEPS: [char; 4] = ['.', ':', '+', '#'];

/// The fewest columns that bars are drawn on.
const NARROWEST: usize = 12;

/// How many files of an edition tell which month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilesByMonth {
    files: BTreeMap<Month, u64>,
    edition: Option<Date>,
}

/// Bars, drawn for a width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthsDrawn {
    /// The rows of the bars, the highest first.
    pub bars: Vec<String>,
    /// The years below them.
    pub years: String,
    /// What a column is.
    pub unit: String,
}

/// The month with most files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peak {
    /// The month; of several with as many, the first.
    pub month: Date,
    /// Its files.
    pub files: u64,
}

impl FilesByMonth {
    /// Counts the files of an edition; none where nobody waits for it any more.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn of(index: &Index, cancelled: &dyn Fn() -> bool) -> Result<Option<Self>, IndexError> {
        let mut files = BTreeMap::new();
        for number in (0..).take(index.len()) {
            if cancelled() {
                return Ok(None);
            }
            let record = index.record(ProjectId(number))?;
            for month in record.project.files().filter_map(|file| file.month) {
                *files.entry(Month::of(month)).or_default() += 1;
            }
        }
        Ok(Some(Self { files, edition: index.header().edition.date }))
    }

    /// How many files tell their month.
    pub fn told(&self) -> u64 {
        self.files.values().sum()
    }

    /// The first and the last month with a file; none where no file tells its month.
    pub fn span(&self) -> Option<(Date, Date)> {
        let (first, last) = (self.files.first_key_value()?, self.files.last_key_value()?);
        Some((first.0.date()?, last.0.date()?))
    }

    /// The month with most files.
    pub fn peak(&self) -> Option<Peak> {
        let files = *self.files.values().max()?;
        let month = self.files.iter().find(|(_, count)| **count == files)?.0;
        Some(Peak { month: month.date()?, files })
    }

    /// Bars for so many columns and rows. A month with a single file is seen, however many another has.
    pub fn drawn(&self, columns: usize, rows: usize, characters: Characters) -> MonthsDrawn {
        let months = self.files.first_key_value().zip(self.files.last_key_value());
        let Some(((first, _), (last, _))) = months else {
            return MonthsDrawn { bars: vec![String::new(); rows], years: String::new(), unit: String::new() };
        };
        let scale = Scale::new(*first, *last, self.edition.map(Month::of), columns.max(NARROWEST));
        let counts = scale.counts(&self.files);
        let most = counts.values().copied().max().unwrap_or(1).max(1);
        let steps: &[char] = match characters {
            Characters::Unicode => &EIGHTHS,
            Characters::Ascii => &STEPS,
        };
        let last = counts.keys().next_back().map_or(0, |column| column + 1);
        let full = (rows * steps.len()) as u64;
        let bars = (0..rows).rev().map(|row| {
            let below = (row * steps.len()) as u64;
            let cell = |column: usize| {
                let height = (counts.get(&column).copied().unwrap_or(0) * full).div_ceil(most);
                let filled = usize::try_from(height.saturating_sub(below)).unwrap_or(usize::MAX).min(steps.len());
                filled.checked_sub(1).and_then(|step| steps.get(step)).copied().unwrap_or(' ')
            };
            (0..last).map(cell).collect::<String>().trim_end().to_owned()
        });
        MonthsDrawn { bars: bars.collect(), years: drawn(&scale.axis(), characters), unit: scale.unit() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn months(files: &[(i16, u8, u64)]) -> FilesByMonth {
        let month = |(year, month, count): &(i16, u8, u64)| (Month::of(Date::month(*year, *month).unwrap()), *count);
        FilesByMonth { files: files.iter().map(month).collect(), edition: Date::month(2021, 1) }
    }

    #[test]
    fn one_file_is_seen_beside_a_thousand_and_no_file_is_not() {
        let files = months(&[(2020, 1, 1000), (2020, 3, 1), (2020, 12, 500)]);
        let drawn = files.drawn(12, 2, Characters::Unicode);
        assert_eq!(drawn.bars, ["█", "█ ▁        █"]);
        assert_eq!((drawn.years.as_str(), drawn.unit.as_str()), ("╷2020", "a column: 1 month"));
        let ascii = files.drawn(12, 2, Characters::Ascii);
        assert_eq!(ascii.bars, ["#", "# .        #"]);
        assert!(ascii.years.is_ascii());
        assert_eq!(files.told(), 1501);
        assert_eq!(files.peak(), Some(Peak { month: Date::month(2020, 1).unwrap(), files: 1000 }));
        assert_eq!(files.span(), Date::month(2020, 1).zip(Date::month(2020, 12)));
    }

    #[test]
    fn a_column_holds_several_months_where_there_are_many() {
        let files = months(&[(2010, 5, 3), (2010, 6, 4), (2019, 12, 7)]);
        let drawn = files.drawn(40, 1, Characters::Ascii);
        assert_eq!(drawn.unit, "a column: 3 months");
        assert_eq!(drawn.bars, [format!(" #{}#", " ".repeat(37))]);
        assert!(drawn.bars.iter().all(|row| row.chars().count() <= 40));
    }

    #[test]
    fn nothing_is_drawn_of_no_month() {
        let files = months(&[]);
        assert_eq!((files.span(), files.peak(), files.told()), (None, None, 0));
        assert_eq!(files.drawn(20, 2, Characters::Unicode).bars, ["", ""]);
    }
}
