//! Pieces of a line: safe, styled, and never wider than there is room.

use std::ops::Range;

use ratatui::text::{Line, Span};

use crate::explorer::theme::{Role, Theme};
use crate::text::{self, Safe};

/// A line that is being put together.
pub(super) struct Pieces {
    theme: Theme,
    room: usize,
    spans: Vec<Span<'static>>,
    under: Option<Role>,
}

impl Pieces {
    /// An empty line with room for so many columns.
    pub(super) fn new(theme: Theme, room: usize) -> Self {
        Self { theme, room, spans: Vec::new(), under: None }
    }

    /// The same, in a role that lies under all the others: a bar or a selection.
    pub(super) fn under(mut self, role: Role) -> Self {
        self.under = Some(role);
        self
    }

    /// Columns that are left.
    pub(super) fn room(&self) -> usize {
        self.room
    }

    /// Adds a text, cut where the room ends.
    pub(super) fn push(&mut self, role: Role, text: &str) {
        if self.room == 0 {
            return;
        }
        let fitted = text::fit(text, self.room, self.theme.cut());
        self.room = self.room.saturating_sub(fitted.columns());
        self.add(role, fitted);
    }

    /// Adds texts that belong together, all or none.
    pub(super) fn group(&mut self, parts: &[(Role, &str)]) -> bool {
        let needed: usize = parts.iter().map(|(_, text)| text::width(text)).sum();
        // White space at the end may fall away.
        let least = needed - parts.last().map_or(0, |(_, text)| text.len() - text.trim_end().len());
        if least > self.room {
            return false;
        }
        for (role, text) in parts {
            self.push(*role, if self.room < text::width(text) { text.trim_end() } else { text });
        }
        true
    }

    /// Adds empty columns.
    pub(super) fn gap(&mut self, columns: usize) {
        let columns = columns.min(self.room);
        self.room -= columns;
        self.add(Role::Plain, Safe::spaces(columns));
    }

    /// Adds a text with what matched in another role. The text is cut where the room ends, the marks with it.
    pub(super) fn marked(&mut self, role: Role, text: &str, marks: impl Iterator<Item = (Range<usize>, Role)>) {
        let mut from = 0;
        for (mark, marked) in marks {
            let (Some(before), Some(inside)) = (text.get(from..mark.start), text.get(mark.clone())) else { continue };
            // Where the line ends within what follows, the cut must be seen: it is fitted with all that follows.
            if text::width(&text[from..]) > self.room && text::width(before) + text::width(inside) + 1 > self.room {
                break;
            }
            self.push(role, before);
            self.push(marked, inside);
            from = mark.end;
        }
        self.push(role, text.get(from..).unwrap_or_default());
    }

    /// Fills the rest of the line, so that a bar reaches its end.
    pub(super) fn fill(&mut self) {
        self.gap(self.room);
    }

    /// The line.
    pub(super) fn line(self) -> Line<'static> {
        Line::from(self.spans)
    }

    fn add(&mut self, role: Role, text: Safe<'static>) {
        let style = self.under.map_or_else(|| self.theme.style(role), |under| self.theme.style_on(under, role));
        self.spans.push(Span::styled(text.into_owned(), style));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explorer::theme::{Characters, Colours};

    const THEME: Theme = Theme { colours: Colours::Sixteen, characters: Characters::Unicode };

    fn text(pieces: Pieces) -> String {
        pieces.line().spans.iter().map(|span| span.content.as_ref()).collect()
    }

    #[test]
    fn a_line_is_never_wider_than_its_room() {
        let mut pieces = Pieces::new(THEME, 8);
        pieces.push(Role::Plain, "one ");
        pieces.push(Role::Plain, "two three");
        assert_eq!(text(pieces), "one two…");
        let mut pieces = Pieces::new(THEME, 6);
        assert!(!pieces.group(&[(Role::Key, "Enter"), (Role::Plain, " open")]));
        assert!(pieces.group(&[(Role::Key, "q"), (Role::Plain, " quit  ")]));
        assert_eq!(text(pieces), "q quit");
    }

    #[test]
    fn marks_are_drawn_where_they_are() {
        let mut pieces = Pieces::new(THEME, 20);
        let marks = [(4..7, Role::Match), (8..13, Role::CurrentMatch)];
        pieces.marked(Role::Plain, "one two three four five", marks.into_iter());
        let spans = pieces.line().spans;
        let drawn: Vec<&str> = spans.iter().map(|span| span.content.as_ref()).collect();
        assert_eq!(drawn, ["one ", "two", " ", "three", " four …"]);
    }

    #[test]
    fn what_steers_a_terminal_is_never_drawn() {
        let mut pieces = Pieces::new(THEME, 40);
        pieces.marked(Role::Plain, "a\u{1b}[31mb\u{202e}c", std::iter::once((1..2, Role::Match)));
        assert_eq!(text(pieces), "a␛[31mb\u{fffd}c");
    }
}
