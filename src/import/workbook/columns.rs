//! Headings of a sheet. They vary between quarters, so they are matched by what they begin with.

use crate::register::Place;
use crate::text::fold;

use super::super::Entry;
use super::Row;

/// How many of a sheet's first rows can be its headings.
const HEADINGS_WITHIN: usize = 10;

/// As many known headings as no other row than that of the headings holds.
const SEVERAL_HEADINGS: usize = 3;

/// A column that a sheet can have: what it is called here, and what its published heading begins with.
#[derive(Debug)]
pub(super) struct Column {
    /// What messages call it.
    pub(super) name: &'static str,
    /// Folded beginnings of its heading.
    pub(super) begins: &'static [&'static str],
    /// Folded headings that are too short to be a beginning.
    pub(super) is: &'static [&'static str],
}

/// Where each column of a list stands in a sheet.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    at: Vec<Option<u32>>,
    /// Headings that were not understood, with their columns.
    pub(super) strange: Vec<(u32, String)>,
}

impl Columns {
    /// Finds columns in a heading row. Each heading is one column, the first in the list that it fits.
    pub(super) fn find(known: &[Column], headings: &Row) -> Self {
        let mut columns = Self { at: vec![None; known.len()], strange: Vec::new() };
        for (position, heading) in &headings.cells {
            let folded = fold(heading);
            let fits = |column: &Column| {
                column.is.contains(&folded.as_str()) || column.begins.iter().any(|begin| folded.starts_with(begin))
            };
            let free = known.iter().enumerate().find(|(number, column)| columns.at[*number].is_none() && fits(column));
            match free {
                Some((number, _)) => columns.at[number] = Some(*position),
                None => columns.strange.push((*position, heading.clone())),
            }
        }
        columns
    }

    /// Refuses a sheet that lacks columns without which its rows say nothing.
    pub(super) fn need(&self, known: &[Column], needed: &[usize], sheet: &str, headings: &Row) -> Result<(), String> {
        let missing: Vec<&str> =
            needed.iter().filter(|number| self.at(**number).is_none()).map(|number| known[*number].name).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let row = headings.number;
        Err(format!(
            "sheet {sheet}, row {row}: no column headed {}; download the workbook again, or give the column its \
             published heading",
            missing.join(", ")
        ))
    }

    /// Names the columns that a sheet lacks.
    pub(super) fn warn_of_missing(&self, known: &[Column], sheet: &str, headings: &Row, entry: &mut Entry<'_>) {
        let all: Vec<usize> = (0..known.len()).collect();
        self.warn_of(&all, known, sheet, headings, entry);
    }

    /// Names those of some columns that a sheet lacks.
    pub(super) fn warn_of(
        &self,
        numbers: &[usize],
        known: &[Column],
        sheet: &str,
        headings: &Row,
        entry: &mut Entry<'_>,
    ) {
        let place = Place::row(entry.source, sheet, headings.number);
        for number in numbers.iter().copied() {
            let Some(column) = known.get(number) else { continue };
            if self.at(number).is_none() {
                let message = format!("there is no column headed {}; its values are not stated", column.name);
                entry.lacks(&lacking(sheet, column.name));
                entry.warn(Some(&place), message);
            }
        }
    }

    /// Where a column stands, by its number in the list.
    pub(super) fn at(&self, number: usize) -> Option<u32> {
        self.at.get(number).copied().flatten()
    }
}

/// A column that a sheet lacks, as [`crate::register::Source::lacks`] names it. Several sheets have columns of one name.
fn lacking(sheet: &str, column: &str) -> String {
    format!("{}: {column}", plain_sheet(sheet))
}

/// A sheet's name without what its spellings differ in.
pub(super) fn plain_sheet(name: &str) -> String {
    fold(name).chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// The rows of a sheet from its headings on. They can stand below a title: the heading row is the first of the sheet's
/// beginning that holds several known headings, else the first that holds those without which nothing can be read.
pub(super) fn from_headings<'r>(
    known: &[Column],
    needed: &[usize],
    sheet: &str,
    rows: &'r [Row],
    entry: &mut Entry<'_>,
) -> &'r [Row] {
    let found: Vec<Columns> = rows.iter().take(HEADINGS_WITHIN).map(|row| Columns::find(known, row)).collect();
    let several = |columns: &Columns| columns.at.iter().flatten().count() >= SEVERAL_HEADINGS.min(known.len());
    let enough = |columns: &Columns| needed.iter().all(|number| columns.at(*number).is_some());
    let at = found.iter().position(several).or_else(|| found.iter().position(enough)).unwrap_or(0);
    if let Some(above) = rows[..at].first() {
        let place = Place::row(entry.source, sheet, above.number);
        let count = if at == 1 { "a row stands".to_owned() } else { format!("{at} rows stand") };
        entry.warn(Some(&place), format!("{count} above the headings in row {}, not read", rows[at].number));
    }
    &rows[at..]
}

/// Finds the columns of a sheet, and says what is wrong with its headings. `None` where nothing can be read of it, which
/// is said too; the rest of the workbook is read.
pub(super) fn open<'r>(
    known: &[Column],
    needed: &[usize],
    sheet: &str,
    rows: &'r [Row],
    entry: &mut Entry<'_>,
) -> Option<(Columns, &'r [Row])> {
    let rows = from_headings(known, needed, sheet, rows, entry);
    let Some((headings, data)) = rows.split_first() else {
        entry.lacks(&plain_sheet(sheet));
        entry.warn(None, format!("the sheet {sheet} is empty"));
        return None;
    };
    let columns = Columns::find(known, headings);
    if let Err(missing) = columns.need(known, needed, sheet, headings) {
        entry.lacks(&plain_sheet(sheet));
        entry.warn(None, format!("{missing}; the sheet was not read"));
        return None;
    }
    columns.warn_of_missing(known, sheet, headings, entry);
    warn(&columns, &[], sheet, rows, entry);
    Some((columns, data))
}

/// Says which headings were not understood, and which columns hold values that are not read.
pub(super) fn warn(
    columns: &Columns,
    unread: &[(&str, Option<u32>)],
    sheet: &str,
    rows: &[Row],
    entry: &mut Entry<'_>,
) {
    let heading_row = rows.first().map_or(1, |row| row.number);
    let place = Place::row(entry.source, sheet, heading_row);
    for (position, heading) in &columns.strange {
        let values = rows.iter().skip(1).filter(|row| row.get(Some(*position)).is_some()).count();
        entry.warn(
            Some(&place),
            format!("the heading \"{}\" was not understood; its {values} values were not read", fold(heading)),
        );
    }
    for (name, position) in unread {
        let values = rows.iter().skip(1).filter(|row| row.get(*position).is_some()).count();
        if values > 0 {
            entry.warn(Some(&place), format!("the column {name} holds {values} values, which were not read"));
        }
    }
    let unheaded = |row: &&Row| {
        let headed = |position: u32| rows.first().is_some_and(|headings| headings.get(Some(position)).is_some());
        row.cells.iter().any(|(position, _)| !headed(*position))
    };
    if let Some(row) = rows.iter().skip(1).find(unheaded) {
        let place = Place::row(entry.source, sheet, row.number);
        entry.warn(Some(&place), "a cell in a column without a heading was not read");
    }
}
