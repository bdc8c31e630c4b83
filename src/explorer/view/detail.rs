//! The project.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::spans::Pieces;
use super::{bar, place_cursor, put, scroll_bar, trail};
use crate::explorer::document::{Block, Edit, Kind, Spotlight};
use crate::explorer::state::{BETWEEN, Detail, Focus, Form, LaidLine, Spot, State, Words};
use crate::explorer::theme::{Role, Theme};
use crate::report::timeline::drawn;

pub(super) fn draw(state: &State, theme: Theme, frame: &mut Frame<'_>, heading: Rect, area: Rect) {
    let shown = state.shown();
    let mut pieces = Pieces::new(theme, usize::from(heading.width)).under(bar(state, Focus::Detail));
    if let Some(detail) = shown {
        draw_heading(state, detail, theme, &mut pieces, usize::from(area.height));
    }
    pieces.fill();
    put(frame, heading, pieces.line());
    let Some(detail) = shown else { return };
    scroll_bar::draw(detail, theme, frame, area);
    let lines = detail.laid.lines.iter().enumerate().skip(detail.top).take(usize::from(area.height));
    for (y, (number, line)) in (area.y..area.bottom()).zip(lines) {
        let is_spot = detail.spot_line() == Some(number);
        let row = Rect { y, width: detail.laid.columns.min(area.width), height: 1, ..area };
        put(frame, row, draw_line(detail, line, theme, row.width).line());
        if let (Some(beside), Form::Beside(each)) = (&line.beside, detail.laid.form) {
            let right = Rect { x: row.x + each + BETWEEN, width: each, ..row }.intersection(row);
            put(frame, right, draw_line(detail, beside, theme, right.width).line());
        }
        if is_spot && state.focus == Focus::Detail {
            place_cursor(frame, area, 0, usize::from(y - area.y));
        }
    }
    let spot_is_seen =
        detail.spot_line().is_some_and(|line| (detail.top..detail.top + usize::from(area.height)).contains(&line));
    if state.focus == Focus::Detail && !spot_is_seen {
        place_cursor(frame, area, 0, 0);
    }
}

/// Which project, and where in it one is.
fn draw_heading(state: &State, detail: &Detail, theme: Theme, pieces: &mut Pieces, rows: usize) {
    let matches = detail.laid.matches.len();
    let mut at = match detail.spot {
        Spot::Match(number) => format!("match {} of {matches}", number + 1),
        Spot::Concern(number) => format!("concern {} of {}", number + 1, detail.document.concerns()),
        Spot::Note(number) => format!("note {} of {}", number + 1, detail.laid.notes.len()),
        Spot::Evidence(_) => "evidence".to_owned(),
        Spot::Section(number) => format!("part {} of {}", number + 1, detail.laid.headings.len()),
        Spot::Nowhere if matches == 1 => "1 match".to_owned(),
        Spot::Nowhere if matches > 1 => format!("{matches} matches"),
        Spot::Nowhere => String::new(),
    };
    if !at.is_empty() {
        at.push_str("  ");
    }
    let last = detail.last_top(rows);
    let how_far = match detail.top {
        _ if last == 0 => "all".to_owned(),
        0 => "top".to_owned(),
        top if top >= last => "end".to_owned(),
        top => format!("{}%", top * 100 / last),
    };
    at.push_str(&how_far);
    let room = pieces.room().saturating_sub(at.len() + 1);
    // Beside the list the way stands above that.
    let is_alone = state.areas().is_some_and(|areas| areas.list.is_none());
    let way = if is_alone { state.trail_into() } else { Vec::new() };
    let name = crate::text::fit(&trail::led(&way, &detail.document.name, theme, room), room, "");
    pieces.push(Role::Plain, name.as_str());
    pieces.gap(pieces.room().saturating_sub(at.len()));
    pieces.push(Role::Plain, &at);
}

fn draw_line(detail: &Detail, line: &LaidLine, theme: Theme, width: u16) -> Pieces {
    let mut pieces = Pieces::new(theme, usize::from(width));
    let Some(block) = detail.document.blocks.get(line.block) else { return pieces };
    let is_spot = match (detail.spot, block.kind) {
        (Spot::Concern(at), Kind::ConcernHead(number, _) | Kind::DismissedHead(number)) => at == number,
        (Spot::Note(_), Kind::Note(number)) => detail.note_at() == Some(number),
        _ => false,
    };
    if is_spot {
        pieces = pieces.under(Role::Selected);
    }
    let role = role_of(block.kind);
    if block.indent > 0 {
        let is_shared = detail.words == Words::SharedDimmed && !shared(block, line, &[]).is_empty();
        let label = match block.kind {
            Kind::Paragraph(_) if is_shared => "~",
            _ if line.range.start == 0 => block.label.as_str(),
            _ => "",
        };
        let label_role = if matches!(block.kind, Kind::Fact | Kind::Timeline(_) | Kind::Mine | Kind::Note(_)) {
            Role::Label
        } else {
            role
        };
        let before = pieces.room();
        pieces.push(label_role, label);
        pieces.gap(usize::from(block.indent).saturating_sub(before - pieces.room()));
    }
    pieces.gap(usize::from(line.hang));
    let text = block.text.get(line.range.clone()).unwrap_or_default();
    if matches!(block.kind, Kind::Timeline(_) | Kind::Legend(_)) {
        pieces.push(role, drawn(text, theme.characters).trim_end());
        return pieces;
    }
    let mut marks = marks(detail, block, line);
    marks.extend(edits(block, line));
    if let Spot::Evidence(spotlight) = detail.spot
        && spotlight.block == line.block
    {
        marks = lit(spotlight, line, marks);
    }
    if detail.words == Words::SharedDimmed {
        marks.extend(shared(block, line, &marks).into_iter().map(|range| (range, Role::Quiet)));
        marks.sort_by_key(|(range, _)| range.start);
    }
    pieces.marked(role, text.trim_end(), marks.into_iter());
    if is_spot {
        pieces.fill();
    }
    pieces
}

/// What matched on a line, the match that one is at apart from the others.
fn marks(detail: &Detail, block: &Block, line: &LaidLine) -> Vec<(Range<usize>, Role)> {
    let current = match detail.spot {
        Spot::Match(number) => detail.laid.matches.get(number).filter(|found| found.block == line.block),
        Spot::Nowhere | Spot::Concern(_) | Spot::Section(_) | Spot::Note(_) | Spot::Evidence(_) => None,
    };
    let marks = block.marks.iter().enumerate().filter_map(|(number, mark)| {
        let (start, end) = (mark.start.max(line.range.start), mark.end.min(line.range.end));
        let is_current = current.is_some_and(|found| found.mark == number);
        let role = if is_current { Role::CurrentMatch } else { Role::Match };
        (start < end).then(|| (start - line.range.start..end - line.range.start, role))
    });
    marks.collect()
}

/// What proves a concern stands out as the match that one is at; what matched beside it stays marked.
fn lit(spotlight: Spotlight, line: &LaidLine, marks: Vec<(Range<usize>, Role)>) -> Vec<(Range<usize>, Role)> {
    let (start, end) = (spotlight.start.max(line.range.start), spotlight.end.min(line.range.end));
    if start >= end {
        return marks;
    }
    let (start, end) = (start - line.range.start, end - line.range.start);
    let mut all: Vec<_> = marks.into_iter().filter(|(mark, _)| mark.end <= start || mark.start >= end).collect();
    all.push((start..end, Role::CurrentMatch));
    all.sort_by_key(|(mark, _)| mark.start);
    all
}

/// What of a line several organisations publish, but for what is marked.
fn shared(block: &Block, line: &LaidLine, marks: &[(Range<usize>, Role)]) -> Vec<Range<usize>> {
    let mut left = Vec::new();
    for passage in &block.shared {
        // White space at the end of a line is not drawn.
        let drawn = block.text.get(line.range.clone()).unwrap_or_default().trim_end().len();
        let end = passage.end.saturating_sub(line.range.start).min(drawn);
        let mut start = passage.start.saturating_sub(line.range.start);
        for (mark, _) in marks.iter().filter(|(mark, _)| mark.start < end) {
            if start < mark.start {
                left.push(start..mark.start);
            }
            start = start.max(mark.end);
        }
        if start < end {
            left.push(start..end);
        }
    }
    left
}

/// What was taken out of a line and put into it.
fn edits(block: &Block, line: &LaidLine) -> Vec<(Range<usize>, Role)> {
    let inside = block.edits.iter().filter_map(|(range, edit)| {
        let (start, end) = (range.start.max(line.range.start), range.end.min(line.range.end));
        let role = match edit {
            Edit::Removed => Role::Removed,
            Edit::Added => Role::Added,
        };
        (start < end).then(|| (start - line.range.start..end - line.range.start, role))
    });
    inside.collect()
}

fn role_of(kind: Kind) -> Role {
    match kind {
        Kind::Title => Role::Strong,
        Kind::Plain
        | Kind::Fact
        | Kind::ConcernText(_)
        | Kind::Evidence(_)
        | Kind::Paragraph(_)
        | Kind::Timeline(_)
        | Kind::Mine
        | Kind::Note(_)
        | Kind::Files(_) => Role::Plain,
        Kind::Quiet | Kind::NoteTold | Kind::DismissedHead(_) | Kind::Legend(_) => Role::Quiet,
        Kind::Heading => Role::Heading,
        Kind::ConcernHead(_, severity) => Role::Weight(severity),
    }
}
