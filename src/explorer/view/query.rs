//! The search line.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::spans::Pieces;
use super::{place_cursor, put};
use crate::explorer::actions::Action;
use crate::explorer::state::{Focus, State};
use crate::explorer::theme::{Role, Theme};
use crate::text;

/// What stands before the query.
const PROMPT: &str = "/ ";

pub(super) fn draw(state: &State, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let has_keys = state.focus == Focus::Query;
    let counted = counted(state);
    let width = usize::from(area.width);
    let room = width.saturating_sub(PROMPT.len() + text::width(&counted) + 2);
    let mut pieces = Pieces::new(theme, width);
    pieces.push(if has_keys { Role::Key } else { Role::Quiet }, PROMPT);
    let before = pieces.room();
    let value = state.query.value();
    let scroll = if has_keys { state.query.visual_scroll(room.saturating_sub(1).max(1)) } else { 0 };
    if value.is_empty() && !has_keys {
        pieces.push(
            Role::Quiet,
            text::fit(
                &format!(
                    "press {} and type what to find in objectives, benefits and outputs",
                    state.keys.named(Action::Search)
                ),
                room,
                theme.cut(),
            )
            .as_str(),
        );
    } else {
        let (from, shown) = visible(value, scroll, room);
        let trouble = state.list.trouble.iter().filter(|_| state.list.of == state.asked);
        let marks = trouble.filter_map(|trouble| {
            let start = trouble.range.start.max(from);
            let end = trouble.range.end.min(from + shown.len());
            (start < end).then(|| (start - from..end - from, Role::Trouble))
        });
        pieces.marked(if has_keys { Role::Strong } else { Role::Plain }, shown, marks);
    }
    if let (true, Some(completion)) = (has_keys, state.completion()) {
        let room = room.saturating_sub(before - pieces.room());
        pieces.push(Role::Quiet, &ghost(value, completion, theme, room));
    }
    let used = before - pieces.room();
    pieces.gap((room + 2).saturating_sub(used));
    pieces.push(Role::Quiet, &counted);
    put(frame, area, pieces.line());
    if has_keys {
        let column = PROMPT.len() + state.query.visual_cursor().saturating_sub(scroll);
        place_cursor(frame, area, column, 0);
    }
}

/// What is offered behind a query: the rest of it, or the whole of what it would be.
fn ghost(value: &str, completion: &str, theme: Theme, room: usize) -> String {
    let Some(rest) = completion.strip_prefix(value) else {
        return text::fit(&format!(" {} {completion}", theme.becomes()), room, theme.cut()).as_str().to_owned();
    };
    let [before, behind] = theme.around_offered();
    let Some(room) = room.checked_sub(before.len() + behind.len()) else { return String::new() };
    format!("{before}{}{behind}", text::fit(rest, room, theme.cut()).as_str())
}

/// How many were found, of how many.
fn counted(state: &State) -> String {
    let all = state.header.counts.projects;
    if state.list.of == 0 {
        return String::new();
    }
    if state.list.failed.is_some() {
        return format!("? of {all} projects");
    }
    match state.list.projects.len() {
        found if found == all && all == 1 => "1 project".to_owned(),
        found if found == all => format!("{all} projects"),
        found => format!("{found} of {all} projects"),
    }
}

/// The part of a line from a column on that fits, and where in the line it begins.
pub(super) fn visible(value: &str, scroll: usize, room: usize) -> (usize, &str) {
    let mut column = 0;
    let mut start = value.len();
    let mut end = value.len();
    for (at, letter) in value.char_indices() {
        let taken = text::width(letter.encode_utf8(&mut [0; 4]));
        if column >= scroll && start > at {
            start = at;
        }
        column += taken;
        if column > scroll + room {
            end = at;
            break;
        }
    }
    (start.min(end), value.get(start.min(end)..end).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_query_is_shown_from_where_one_writes() {
        assert_eq!(visible("dementia care", 0, 40), (0, "dementia care"));
        assert_eq!(visible("dementia care", 9, 10), (9, "care"));
        assert_eq!(visible("dementia care", 0, 4), (0, "deme"));
        assert_eq!(visible("", 0, 4), (0, ""));
        assert_eq!(visible("日本語", 2, 4), (3, "本語"));
    }
}
