//! The list of projects.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::spans::Pieces;
use super::{bar, place_cursor, put, trail};
use crate::explorer::actions::Action;
use crate::explorer::layout::{INDENT, passage_room};
use crate::explorer::message::Listed;
use crate::explorer::state::{Focus, State, order_told};
use crate::explorer::theme::{Role, Theme};
use crate::index::{Edge, Marker, SearchField, Snippet};
use crate::register::Wording;
use crate::report;
use crate::text;

pub(super) fn draw(state: &State, theme: Theme, frame: &mut Frame<'_>, heading: Rect, area: Rect) {
    draw_heading(state, theme, frame, heading);
    let list = &state.list;
    if list.projects.is_empty() {
        draw_nothing(state, theme, frame, area);
        return;
    }
    for (at, place) in list.places(area) {
        if let Some(listed) = list.row(at) {
            let item = Item { theme, marker: &list.marker, listed, is_selected: at == list.selected };
            item.draw(frame, place);
        }
        if at == list.selected && state.focus == Focus::List {
            place_cursor(frame, place, 0, 0);
        }
    }
}

fn draw_heading(state: &State, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let mut pieces = Pieces::new(theme, usize::from(area.width)).under(bar(state, Focus::List));
    if let Some(trouble) = state.list.trouble.first().filter(|_| state.list.of == state.asked) {
        pieces.push(Role::Plain, &trouble.message);
        pieces.fill();
        put(frame, area, pieces.line());
        return;
    }
    let order = order_told(state.query.value(), state.sort);
    let edition = &state.header.edition;
    let heading = format!("Projects {order}{}{}", theme.dot(), edition.slug);
    pieces.push(Role::Plain, &trail::led(&state.trail(), &heading, theme, usize::from(area.width)));
    if edition.wording == Wording::Summary {
        pieces.group(&[(Role::Plain, theme.dot()), (Role::Plain, report::SUMMARY_NOTICE)]);
    }
    pieces.fill();
    put(frame, area, pieces.line());
}

fn draw_nothing(state: &State, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let mut pieces = Pieces::new(theme, usize::from(area.width));
    if let Some(why) = &state.list.failed {
        pieces.push(Role::Plain, "What matches is not known.");
        let mut reason = Pieces::new(theme, usize::from(area.width));
        reason.push(Role::Plain, why);
        put(frame, Rect { y: area.y + 1, height: 1, ..area }.intersection(area), reason.line());
    } else if state.list.of > 0 {
        pieces.push(Role::Plain, "Nothing in this edition matches.");
    }
    put(frame, Rect { height: 1, ..area }, pieces.line());
    for (y, pieces) in (area.y + 1..area.bottom()).zip(offered(state, theme, usize::from(area.width))) {
        put(frame, Rect { y, height: 1, ..area }, pieces.line());
    }
    if state.focus == Focus::List {
        place_cursor(frame, area, 0, 0);
    }
}

/// What is offered where nothing matches, and said of that. The first query is the one that a key searches for.
fn offered(state: &State, theme: Theme, columns: usize) -> Vec<Pieces> {
    let list = &state.list;
    let first = list.offered();
    let mut lines = Vec::new();
    let searches = |pieces: &mut Pieces, query: &str| {
        if first == Some(query) {
            let key = state.keys.named(Action::Open);
            pieces.group(&[(Role::Plain, "  "), (Role::Key, &key), (Role::Plain, " searches for it")]);
        }
    };
    for offer in &list.offers {
        let mut pieces = Pieces::new(theme, columns);
        pieces.push(Role::Plain, "Spelled nearly so: ");
        pieces.push(Role::Strong, &offer.spelling);
        searches(&mut pieces, &offer.query);
        lines.push(pieces);
    }
    for hint in &list.hints {
        let said = capital(&hint.told);
        let said = if hint.query.is_some() { format!("{said}: ") } else { said };
        let ranges = text::wrap(&said, columns);
        let end = ranges.len().saturating_sub(1);
        for (number, range) in ranges.into_iter().enumerate() {
            let mut pieces = Pieces::new(theme, columns);
            pieces.push(Role::Plain, if number == end { &said[range] } else { said[range].trim_end() });
            if let Some(query) = hint.query.as_deref().filter(|_| number == end) {
                pieces.push(Role::Strong, query);
                searches(&mut pieces, query);
            }
            lines.push(pieces);
        }
    }
    let another = format!("{} opens another edition", state.keys.named(Action::Editions));
    for told in report::elsewhere_told(&list.elsewhere, &another) {
        let said = format!("{}.", capital(&told));
        for range in text::wrap(&said, columns) {
            let mut pieces = Pieces::new(theme, columns);
            pieces.push(Role::Plain, said[range].trim_end());
            lines.push(pieces);
        }
    }
    lines
}

/// A text with a capital letter at its beginning.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A text that is laid on several lines, with what stands out in it.
struct Laid {
    text: String,
    role: Role,
    marks: Vec<(Range<usize>, Role)>,
}

impl Laid {
    /// A passage behind the name of its field, with a mark where it was cut.
    fn passage(snippet: &Snippet, cut: &str) -> Self {
        let mut text = format!("{}: ", snippet.field.name());
        let mut marks = vec![(0..text.len(), Role::Quiet)];
        let mark_cut = |text: &mut String, marks: &mut Vec<(Range<usize>, Role)>, edge| {
            if edge == Edge::Cut {
                marks.push((text.len()..text.len() + cut.len(), Role::Quiet));
                text.push_str(cut);
            }
        };
        text.push_str(&snippet.denied_told(cut));
        mark_cut(&mut text, &mut marks, snippet.begins);
        let at = text.len();
        text.push_str(&snippet.text);
        marks.extend(snippet.matches.iter().map(|range| (at + range.start..at + range.end, Role::Match)));
        mark_cut(&mut text, &mut marks, snippet.ends);
        Self { text, role: Role::Plain, marks }
    }

    /// The lines that there is room for; the last one shows that it is cut where there are more.
    fn lines(&self, theme: Theme, width: u16, rows: usize) -> Vec<Pieces> {
        // A single line shows as much as it can; several are read.
        let room = if rows == 1 { usize::from(width.saturating_sub(INDENT)) } else { passage_room(width).columns };
        let ranges = text::wrap(&self.text, room).into_iter().take(rows).enumerate();
        let drawn = ranges.map(|(number, range)| {
            let end = if number + 1 == rows { self.text.len() } else { range.end };
            let line = self.text[range.start..end].trim_end();
            let inside = self.marks.iter().filter_map(|(mark, role)| {
                let (start, end) = (mark.start.max(range.start), mark.end.min(range.start + line.len()));
                (start < end).then(|| (start - range.start..end - range.start, *role))
            });
            let mut pieces = Pieces::new(theme, usize::from(INDENT) + room);
            pieces.gap(usize::from(INDENT));
            pieces.marked(self.role, line, inside);
            pieces
        });
        drawn.collect()
    }
}

/// A project in the list.
struct Item<'a> {
    theme: Theme,
    marker: &'a Marker,
    listed: &'a Listed,
    is_selected: bool,
}

impl Item<'_> {
    fn draw(&self, frame: &mut Frame<'_>, area: Rect) {
        let mut lines = vec![self.name(area.width), self.concerns(area.width)];
        lines.extend(self.text(area.width, usize::from(area.height).saturating_sub(lines.len())));
        for (y, pieces) in (area.y..area.bottom()).zip(lines) {
            put(frame, Rect { y, height: 1, ..area }, pieces.line());
        }
    }

    fn name(&self, width: u16) -> Pieces {
        let row = &self.listed.row;
        let mut pieces = Pieces::new(self.theme, usize::from(width));
        if self.is_selected {
            pieces = pieces.under(Role::Selected);
        }
        pieces.push(Role::Plain, if self.is_selected { self.theme.pointer() } else { " " });
        pieces.gap(1);
        match row.concerns.first() {
            Some((_, severity)) => pieces.push(Role::Weight(*severity), &format!("{:<2} ", severity.mark())),
            None => pieces.gap(3),
        }
        let organisation = report::organisation_shown(&row.organisation);
        match &row.title {
            Some(title) => {
                self.marked(&mut pieces, Role::Strong, SearchField::Title, title);
                pieces.push(Role::Plain, self.theme.dot());
                self.marked(&mut pieces, Role::Plain, SearchField::Organisation, organisation);
            }
            None => self.marked(&mut pieces, Role::Strong, SearchField::Organisation, organisation),
        }
        if self.is_selected {
            pieces.fill();
        }
        pieces
    }

    fn concerns(&self, width: u16) -> Pieces {
        let row = &self.listed.row;
        let mut pieces = Pieces::new(self.theme, usize::from(width));
        // Letters, so that they mean the same without colour.
        let signs = row.marks.signs();
        pieces.push(Role::Strong, &signs);
        pieces.gap(usize::from(INDENT).saturating_sub(signs.len()));
        self.marked(&mut pieces, Role::Quiet, SearchField::Reference, &row.reference);
        for (number, (rule, severity)) in row.concerns.iter().enumerate() {
            let left = row.concerns.len() - number;
            let named = format!("{} {rule}", severity.mark());
            let more = if left > 1 { format!("  +{}", left - 1) } else { String::new() };
            let fits = named.len() + more.len() + 2 <= pieces.room();
            if !fits {
                pieces.group(&[(Role::Plain, "  "), (Role::Quiet, &format!("+{left}"))]);
                break;
            }
            pieces.gap(2);
            pieces.push(Role::Weight(*severity), &named);
        }
        pieces
    }

    /// The passage that matters most, or how the objectives begin.
    fn text(&self, width: u16, rows: usize) -> Vec<Pieces> {
        let laid = match (&self.listed.snippet, &self.listed.row.begins) {
            (Some(snippet), _) => Laid::passage(snippet, self.theme.cut()),
            (None, begins) => {
                let text = begins.as_deref().unwrap_or("no objectives are published").to_owned();
                Laid { text, role: Role::Quiet, marks: Vec::new() }
            }
        };
        laid.lines(self.theme, width, rows)
    }

    fn marked(&self, pieces: &mut Pieces, role: Role, field: SearchField, text: &str) {
        let marks = self.marker.mark(field, text);
        pieces.marked(role, text, marks.into_iter().map(|range| (range, Role::Match)));
    }
}
