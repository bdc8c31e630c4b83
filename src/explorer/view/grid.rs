//! Organisations by datasets: the names stay where they are, and the counts scroll both ways.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::spans::Pieces;
use super::{bar, place_cursor, put, trail};
use crate::explorer::layout::{GRID_BELOW, GRID_CELL, GRID_HEAD, grid_fitting, grid_names};
use crate::explorer::sheet::counted;
use crate::explorer::state::{Counted, Focus, Grid, Sent, State};
use crate::explorer::theme::{Role, Theme};
use crate::text;

/// Columns of a count, without the one before it.
const COUNT: usize = GRID_CELL as usize - 1;

/// What stands where no project of an organisation names a dataset, and where it is not published how much was sent.
const NONE: &str = ".";
const UNPUBLISHED: &str = "?";

pub(super) fn draw(state: &State, grid: &Grid, theme: Theme, frame: &mut Frame<'_>, heading: Rect, area: Rect) {
    let mut pieces = Pieces::new(theme, usize::from(heading.width)).under(bar(state, Focus::List));
    pieces.push(Role::Plain, &trail::led(&state.trail(), &state.sheet.heading, theme, usize::from(heading.width)));
    for (sign, meaning) in [(NONE, "no agreement"), (UNPUBLISHED, "not published")] {
        pieces.group(&[(Role::Plain, &format!("  {sign} {meaning}"))]);
    }
    pieces.fill();
    put(frame, heading, pieces.line());
    let (rows, columns) = grid_fitting(area);
    let shown = Shown { grid, theme, width: area.width, columns };
    for (y, pieces) in (area.y..area.bottom()).zip(shown.head()) {
        put(frame, Rect { y, height: 1, ..area }, pieces.line());
    }
    let first = area.y + GRID_HEAD;
    let at = grid.top..(grid.top + rows).min(grid.table.rows.len());
    for (y, row) in (first..area.bottom()).zip(at) {
        put(frame, Rect { y, height: 1, ..area }, shown.row(row).line());
        if row == grid.row && state.focus == Focus::List {
            let column =
                grid_names(area.width) + GRID_CELL * u16::try_from(grid.column - grid.left).unwrap_or_default();
            place_cursor(frame, Rect { y, height: 1, ..area }, usize::from(column), 0);
        }
    }
    let below = area.bottom().saturating_sub(GRID_BELOW);
    for (y, line) in (below..area.bottom()).zip(shown.told()) {
        let mut pieces = Pieces::new(theme, usize::from(area.width));
        pieces.push(Role::Strong, &line);
        put(frame, Rect { y, height: 1, ..area }, pieces.line());
    }
}

/// The part of a grid that is shown.
struct Shown<'a> {
    grid: &'a Grid,
    theme: Theme,
    width: u16,
    columns: usize,
}

impl Shown<'_> {
    fn datasets(&self) -> std::ops::Range<usize> {
        self.grid.left..(self.grid.left + self.columns).min(self.grid.table.columns.len())
    }

    /// The names of the datasets, in short: they stand whole below.
    fn head(&self) -> Vec<Pieces> {
        let names: Vec<(usize, Vec<String>)> =
            self.datasets().map(|column| (column, short(&self.grid.table.columns[column].name, self.theme))).collect();
        let lines = (0..usize::from(GRID_HEAD)).map(|line| {
            let mut pieces = Pieces::new(self.theme, usize::from(self.width));
            pieces.gap(usize::from(grid_names(self.width)));
            for (column, name) in &names {
                // They stand upon the counts.
                let above = usize::from(GRID_HEAD) - name.len();
                let part = line.checked_sub(above).and_then(|part| name.get(part)).map_or("", String::as_str);
                pieces.gap(1 + COUNT.saturating_sub(text::width(part)));
                let role = if *column == self.grid.column { Role::Strong } else { Role::Label };
                pieces.push(role, part);
            }
            pieces
        });
        lines.collect()
    }

    fn row(&self, row: usize) -> Pieces {
        let (grid, theme) = (self.grid, self.theme);
        let mut pieces = Pieces::new(theme, usize::from(self.width));
        let is_here = row == grid.row;
        pieces.push(Role::Plain, if is_here { theme.pointer() } else { " " });
        let room = usize::from(grid_names(self.width)) - 2;
        let name = text::fit_ends(&grid.table.rows[row].name, room, theme.cut());
        pieces.push(if is_here { Role::Strong } else { Role::Plain }, name.as_str());
        pieces.gap(1 + room.saturating_sub(name.columns()));
        for column in self.datasets() {
            let cell = grid.table.cells.get(row).and_then(|cells| cells.get(column)).and_then(Option::as_ref);
            let count = shown(cell);
            if is_here && column == grid.column {
                pieces.push(Role::Selected, &format!("{:>1$}", format!("{}{count}", theme.pointer()), COUNT + 1));
            } else {
                let role = if cell.is_none() { Role::Quiet } else { Role::Plain };
                pieces.push(role, &format!(" {count:>COUNT$}"));
            }
        }
        pieces
    }

    /// Where one is, in words.
    fn told(&self) -> [String; GRID_BELOW as usize] {
        let grid = self.grid;
        let name = |entries: &[crate::explorer::state::GridEntry], at: usize| {
            entries.get(at).map(|entry| entry.name.clone()).unwrap_or_default()
        };
        let sent = match grid.cell() {
            None => "no agreement".to_owned(),
            Some(cell) => {
                format!("{}, {}", how_much(cell, grid.counted), counted(cell.projects, "project", "projects"))
            }
        };
        let dataset = name(&grid.table.columns, grid.column);
        let room = usize::from(self.width).saturating_sub(text::width(&sent) + 2);
        let dataset = text::fit_ends(&dataset, room, self.theme.cut());
        [name(&grid.table.rows, grid.row), format!("{dataset}: {sent}")]
    }
}

fn shown(cell: Option<&Sent>) -> String {
    match cell.map(|cell| cell.count) {
        None => NONE.to_owned(),
        Some(None) => UNPUBLISHED.to_owned(),
        Some(Some(count)) => count.to_string(),
    }
}

fn how_much(cell: &Sent, of: Counted) -> String {
    let count = cell.count.map(|count| usize::try_from(count).unwrap_or(usize::MAX));
    match (count, of) {
        (None, Counted::Files) => "files not published".to_owned(),
        (None, Counted::Months) => "months not published".to_owned(),
        (Some(count), Counted::Files) => counted(count, "file", "files"),
        (Some(count), Counted::Months) => counted(count, "month with a file", "months with a file"),
    }
}

/// A name on as many lines as the head has: the short form that it gives itself in brackets, or its first and last words, by
/// which names that begin alike are told apart.
fn short(name: &str, theme: Theme) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in acronym(name).unwrap_or(name).split_whitespace() {
        match lines.last_mut() {
            Some(line) if text::width(line) + text::width(word) < COUNT => *line = format!("{line} {word}"),
            _ => lines.push(word.to_owned()),
        }
    }
    let most = usize::from(GRID_HEAD);
    if lines.len() > most {
        lines.drain(1..=lines.len() - most);
    }
    lines.iter().map(|line| text::fit(line, COUNT, theme.cut()).into_owned()).collect()
}

/// `HES APC` of `Hospital Episode Statistics Admitted Patient Care (HES APC)`.
fn acronym(name: &str) -> Option<&str> {
    let (_, rest) = name.rsplit_once('(')?;
    let (inside, _) = rest.split_once(')')?;
    let is_short = inside.len() <= COUNT * 2 && !inside.contains(',');
    let capitals = inside.chars().take(2).filter(|letter| letter.is_uppercase()).count();
    (is_short && capitals == 2).then_some(inside)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explorer::theme::{Characters, Colours};

    #[test]
    fn long_names_are_told_apart_in_short() {
        let theme = Theme { colours: Colours::None, characters: Characters::Unicode };
        let short = |name| short(name, theme).join("|");
        assert_eq!(short("Hospital Episode Statistics Admitted Patient Care (HES APC)"), "HES APC");
        assert_eq!(short("Hospital Episode Statistics Admitted Patient Care"), "Hospital|Patient|Care");
        assert_eq!(short("Hospital Episode Statistics Outpatients"), "Hospital|Statist…|Outpati…");
        assert_eq!(short("Demographics"), "Demogra…");
        assert_eq!(short("MRIS - Bespoke"), "MRIS -|Bespoke");
        assert_eq!(short("GP data for all (England, Wales)"), "GP data|(Englan…|Wales)");
    }
}
