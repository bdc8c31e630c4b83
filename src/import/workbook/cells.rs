//! Rows of a sheet, cell by cell: a sheet can claim to be a million rows by sixteen thousand columns in a file of one
//! kilobyte, so nothing is ever allocated for cells that are not there.

use calamine::DataRef;

use super::super::Entry;
use super::Workbook;

/// Columns that are read; the published sheets have at most 15.
const COLUMNS: u32 = 64;

/// The most rows and characters of one sheet.
const ROWS: usize = 2_000_000;
const CHARACTERS: usize = 400 << 20;

/// How many rows pass between two messages of progress.
const PROGRESS_STEP: usize = 250;

/// A row with its cells that hold something, by column from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Row {
    /// Its number, from 1.
    pub(super) number: u32,
    /// Column and text, trimmed, line ends made plain.
    pub(super) cells: Vec<(u32, String)>,
}

impl Row {
    /// The text of a column.
    pub(super) fn get(&self, column: Option<u32>) -> Option<&str> {
        let column = column?;
        self.cells.iter().find(|(at, _)| *at == column).map(|(_, text)| text.as_str())
    }
}

/// Reads the rows of a sheet that hold anything.
pub(super) fn rows(workbook: &mut Workbook, sheet: &str, entry: &mut Entry<'_>) -> Result<Vec<Row>, String> {
    let damaged =
        |error: &dyn std::fmt::Display| format!("sheet {sheet} is damaged ({error}); download the workbook again");
    let mut reader = workbook.worksheet_cells_reader(sheet).map_err(|error| damaged(&error))?;
    let total = u64::from(reader.dimensions().end.0.min(1_048_576));
    let mut rows: Vec<Row> = Vec::new();
    let (mut characters, mut beyond) = (0, None);
    while let Some(cell) = reader.next_cell().map_err(|error| damaged(&error))? {
        let (number, column) = cell.get_position();
        let Some(text) = text_of(cell.get_value()) else { continue };
        if column >= COLUMNS {
            beyond.get_or_insert(number + 1);
            continue;
        }
        if rows.last().is_none_or(|row| row.number != number + 1) {
            rows.push(Row { number: number + 1, cells: Vec::new() });
            if rows.len().is_multiple_of(PROGRESS_STEP) {
                entry.progress(u64::from(number), total);
            }
        }
        characters += text.len();
        if rows.len() > ROWS || characters > CHARACTERS {
            return Err(format!("sheet {sheet} holds more than any published register; nothing was imported"));
        }
        if let Some(row) = rows.last_mut() {
            row.cells.push((column, text));
        }
    }
    if let Some(number) = beyond {
        let place = crate::register::Place::row(entry.source, sheet, number);
        entry.warn(Some(&place), format!("cells beyond column {COLUMNS} were not read"));
    }
    Ok(rows)
}

/// The text of a cell, trimmed; `None` for an empty one.
fn text_of(value: &DataRef<'_>) -> Option<String> {
    let text = match value {
        DataRef::Empty => return None,
        DataRef::String(text) => plain_line_ends(text),
        DataRef::SharedString(text) => plain_line_ends(text),
        DataRef::DateTime(date) if date.is_datetime() => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        other => calamine::Data::from(other.clone()).to_string(),
    };
    let trimmed = text.trim();
    match trimmed.len() {
        0 => None,
        length if length == text.len() => Some(text),
        _ => Some(trimmed.to_owned()),
    }
}

/// Workbooks write a line end as `\n`, `\r\n`, or `_x000D_` before it: the escape of a carriage return that the file
/// format itself defines (ECMA-376, `ST_Xstring`).
fn plain_line_ends(text: &str) -> String {
    if text.contains('\r') || text.contains("_x000D_") {
        text.replace("_x000D_\n", "\n").replace("_x000D_", "\n").replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.to_owned()
    }
}
