//! The line on which something is asked for: a reason, a name, or what names hold.

use tui_input::{Input, InputRequest};

use super::query::{can_be_typed, request_of};
use super::{dismissal, export, marks, searches, sheet};
use crate::explorer::actions::Action;
use crate::explorer::keys::Chord;
use crate::explorer::message::Effect;
use crate::explorer::state::{Asked, Asking, State};

/// The longest answer that can be typed, in bytes; the longest that is taken is shorter.
const LONGEST: usize = 4096;

/// Asks for something.
pub(super) fn ask(state: &mut State, asked: Asked, effects: &mut Vec<Effect>) {
    state.asking = Some(Asking { asked, input: Input::default() });
    effects.push(Effect::Pasting(true));
}

/// An action on the line.
pub(super) fn act(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::TakeAnswer => take(state, effects),
        Action::LeaveAnswer => {
            if matches!(state.asking, Some(Asking { asked: Asked::Held, .. })) {
                sheet::narrow(state, "", effects);
            }
            leave(state, effects);
        }
        _ => {}
    }
}

fn take(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(Asking { asked, input }) = state.asking.clone() else { return };
    let taken = match asked {
        Asked::Reason { project, concern } => dismissal::take(state, project, concern, input.value(), effects),
        Asked::Name => searches::take(state, input.value(), effects),
        Asked::File(dossier) => export::take(state, &dossier, input.value(), effects),
        Asked::Note { project, on, before } => marks::take_note(state, project, (on, before), input.value(), effects),
        Asked::Tags { project } => marks::take_tags(state, project, input.value(), effects),
        // It was narrowed while that was typed.
        Asked::Held => Ok(()),
    };
    match taken {
        Ok(()) => leave(state, effects),
        // The line stays, so that nothing that was typed is lost.
        Err(message) => state.notice = Some(message),
    }
}

fn leave(state: &mut State, effects: &mut Vec<Effect>) {
    state.asking = None;
    effects.push(Effect::Pasting(false));
}

/// A key that is no action: text, or editing.
pub(super) fn edit(state: &mut State, chord: Chord, effects: &mut Vec<Effect>) {
    let Some(asking) = &mut state.asking else { return };
    let Some(request) = request_of(chord) else { return };
    if let InputRequest::InsertChar(letter) = request
        && (!can_be_typed(letter) || asking.input.value().len() + letter.len_utf8() > LONGEST)
    {
        return;
    }
    if asking.input.handle(request).is_some() {
        state.notice = None;
        state.redraw = true;
        narrow(state, effects);
    }
}

/// Keeps to the names that hold what has been typed, where that is what is asked for.
fn narrow(state: &mut State, effects: &mut Vec<Effect>) {
    if let Some(Asking { asked: Asked::Held, input }) = &state.asking {
        let text = input.value().to_owned();
        sheet::narrow(state, &text, effects);
    }
}

/// Pasted text goes in as one line.
pub(super) fn paste(state: &mut State, text: &str, effects: &mut Vec<Effect>) {
    let Some(asking) = &mut state.asking else { return };
    for letter in text.chars().map(|letter| if letter.is_whitespace() { ' ' } else { letter }) {
        if can_be_typed(letter) && asking.input.value().len() + letter.len_utf8() <= LONGEST {
            asking.input.handle(InputRequest::InsertChar(letter));
        }
    }
    state.notice = None;
    state.redraw = true;
    narrow(state, effects);
}
