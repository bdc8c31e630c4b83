//! The list of all actions: finding one, and doing it.

use tui_input::InputRequest;

use super::query::{can_be_typed, request_of};
use super::{help, moved, perform, takes_text};
use crate::explorer::actions::Action;
use crate::explorer::keys::Chord;
use crate::explorer::message::Effect;
use crate::explorer::palette::{Palette, Reach, areas, works_where};
use crate::explorer::state::State;

/// The longest text that can be typed, in bytes: no action is called more.
const LONGEST: usize = 100;

/// Opens it.
pub(super) fn open(state: &mut State, effects: &mut Vec<Effect>) {
    state.palette = Some(Palette::default());
    effects.push(Effect::Pasting(true));
}

fn close(state: &mut State, effects: &mut Vec<Effect>) {
    state.palette = None;
    effects.push(Effect::Pasting(takes_text(state)));
}

/// An action in it.
pub(super) fn act(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::LeavePalette => close(state, effects),
        Action::DoAction => do_selected(state, effects),
        Action::Help => {
            close(state, effects);
            if state.help.is_none() {
                help::toggle(state, effects);
            }
        }
        _ => go(state, action),
    }
}

/// Does the selected action where one was, as if its key had been pressed there.
fn do_selected(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(chosen) = state.palette.as_ref().and_then(|palette| palette.selected(state.place_beneath(), &state.keys))
    else {
        state.notice = Some("no action is called so: take letters away, or leave".to_owned());
        return;
    };
    if chosen.reach == Reach::Elsewhere {
        state.notice = Some(format!("{} works elsewhere: {}", chosen.entry.name, works_where(chosen.entry)));
        return;
    }
    close(state, effects);
    perform(state, chosen.entry.action, None, effects);
}

fn go(state: &mut State, action: Action) {
    let (place, visible) = (state.place_beneath(), visible(state));
    let Some(palette) = &mut state.palette else { return };
    let offered = palette.offered(place, &state.keys);
    let at = palette.place_of_selected(&offered);
    let to = moved(at, action, visible.saturating_sub(1).max(1), offered.len().saturating_sub(1));
    palette.select(offered.get(to).map(|one| one.entry.action), place, &state.keys, visible);
}

/// A key that is no action: text, or editing.
pub(super) fn edit(state: &mut State, chord: Chord) {
    let Some(request) = request_of(chord) else { return };
    if let InputRequest::InsertChar(letter) = request {
        insert(state, &letter.to_string());
        return;
    }
    let Some(palette) = &mut state.palette else { return };
    let Some(change) = palette.input.handle(request) else { return };
    if change.value {
        (palette.at, palette.top) = (None, 0);
    }
    state.notice = None;
    state.redraw = true;
}

/// Pasted text goes in as one line.
pub(super) fn paste(state: &mut State, text: &str) {
    insert(state, text);
}

fn insert(state: &mut State, text: &str) {
    let Some(palette) = &mut state.palette else { return };
    for letter in text.chars().map(|letter| if letter.is_whitespace() { ' ' } else { letter }) {
        if can_be_typed(letter) && palette.input.value().len() + letter.len_utf8() <= LONGEST {
            palette.input.handle(InputRequest::InsertChar(letter));
        }
    }
    // The best fit is what one is at.
    (palette.at, palette.top) = (None, 0);
    state.notice = None;
    state.redraw = true;
}

/// The screen has another size: what one is at stays on it.
pub(super) fn lay_out(state: &mut State) {
    let (place, visible) = (state.place_beneath(), visible(state));
    if let Some(palette) = &mut state.palette {
        palette.select(palette.at, place, &state.keys, visible);
    }
}

/// Lines of the list that fit on the screen.
fn visible(state: &State) -> usize {
    usize::from(areas(state.columns, state.rows).list.height).max(1)
}
