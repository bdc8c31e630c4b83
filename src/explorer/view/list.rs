//! The list of projects.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::spans::Pieces;
use super::{bar, place_cursor, put};
use crate::explorer::layout::ROWS_OF_ITEM;
use crate::explorer::message::Listed;
use crate::explorer::state::{Focus, State};
use crate::explorer::theme::{Role, Theme};
use crate::index::{Marker, SearchField, Snippet, Sort};
use crate::register::Wording;
use crate::report;
use crate::text;

/// Columns before the second and third row of a project.
const INDENT: usize = 5;

/// Characters that a snippet shows beside its first match.
const BESIDE: usize = 12;

pub(super) fn draw(state: &State, theme: Theme, frame: &mut Frame<'_>, heading: Rect, area: Rect) {
    draw_heading(state, theme, frame, heading);
    let list = &state.list;
    if list.projects.is_empty() {
        draw_nothing(state, theme, frame, area);
        return;
    }
    let marker = Marker::new(&list.request.query, list.request.last_word);
    let visible = usize::from(area.height / ROWS_OF_ITEM).max(1);
    for (row, at) in (list.top..list.projects.len()).take(visible).enumerate() {
        let y = u16::try_from(row).unwrap_or_default() * ROWS_OF_ITEM;
        let place = Rect::new(area.x, area.y + y, area.width, ROWS_OF_ITEM).intersection(area);
        if let Some(listed) = list.row(at) {
            let item = Item { theme, marker: &marker, listed, is_selected: at == list.selected };
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
    let order = match state.sort {
        Sort::Relevance if state.query.value().trim().is_empty() => "as published",
        Sort::Relevance => "by match",
        Sort::Concerns => "by concerns",
        Sort::Files => "by files",
        Sort::Organisation => "by organisation",
        Sort::Title => "by title",
        Sort::Newest => "newest first",
        Sort::Ending => "ending soonest",
    };
    let edition = &state.header.edition;
    pieces.push(Role::Plain, &format!("Projects {order}{}{}", theme.dot(), edition.slug));
    if edition.wording == Wording::Summary {
        pieces.group(&[(Role::Plain, theme.dot()), (Role::Plain, report::SUMMARY_NOTICE)]);
    }
    pieces.fill();
    put(frame, area, pieces.line());
}

fn draw_nothing(state: &State, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let mut pieces = Pieces::new(theme, usize::from(area.width));
    if state.list.of > 0 {
        pieces.push(Role::Plain, "Nothing in this edition matches.");
    }
    put(frame, Rect { height: 1, ..area }, pieces.line());
    let lines = (area.y + 1..area.bottom()).zip(&state.list.offers);
    for (number, (y, offer)) in lines.enumerate() {
        let mut pieces = Pieces::new(theme, usize::from(area.width));
        pieces.push(Role::Plain, "Spelled nearly so: ");
        pieces.push(Role::Strong, &offer.spelling);
        if number == 0 {
            pieces.group(&[(Role::Plain, "  "), (Role::Key, "Enter"), (Role::Plain, " searches for it")]);
        }
        put(frame, Rect { y, height: 1, ..area }, pieces.line());
    }
    if state.focus == Focus::List {
        place_cursor(frame, area, 0, 0);
    }
}

/// Where to begin showing a snippet so that its first match is seen: at its start if there is room, else at a word
/// near the match.
fn beginning(snippet: &Snippet, room: usize) -> usize {
    let Some(first) = snippet.matches.first() else { return 0 };
    if text::width(&snippet.text[..first.end]) + BESIDE <= room {
        return 0;
    }
    let near = snippet.text[..first.start].char_indices().rev().nth(BESIDE).map_or(0, |(at, _)| at);
    snippet.text[near..first.start].find(' ').map_or(first.start, |space| near + space + 1)
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
        let lines = [self.name(area.width), self.concerns(area.width), self.text(area.width)];
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
        pieces.gap(INDENT);
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

    fn text(&self, width: u16) -> Pieces {
        let mut pieces = Pieces::new(self.theme, usize::from(width));
        pieces.gap(INDENT);
        match (&self.listed.snippet, &self.listed.row.begins) {
            (Some(snippet), _) => {
                pieces.push(Role::Quiet, &format!("{}: ", snippet.field.name()));
                let from = beginning(snippet, pieces.room());
                if from > 0 {
                    pieces.push(Role::Quiet, self.theme.cut());
                }
                let marks = snippet.matches.iter().filter(|range| range.start >= from);
                let marks = marks.map(|range| (range.start - from..range.end - from, Role::Match));
                pieces.marked(Role::Plain, &snippet.text[from..], marks);
            }
            (None, Some(begins)) => pieces.push(Role::Quiet, begins),
            (None, None) => pieces.push(Role::Quiet, "no objectives are published"),
        }
        pieces
    }

    fn marked(&self, pieces: &mut Pieces, role: Role, field: SearchField, text: &str) {
        let marks = self.marker.mark(field, text);
        pieces.marked(role, text, marks.into_iter().map(|range| (range, Role::Match)));
    }
}
