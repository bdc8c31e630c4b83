//! The search line.

use crossterm::event::{Event, KeyCode, KeyModifiers};
use tui_input::backend::crossterm::to_input_request;
use tui_input::{Input, InputRequest};

use super::focus;
use crate::explorer::actions::Action;
use crate::explorer::keys::Chord;
use crate::explorer::message::{Effect, Job, Keep};
use crate::explorer::state::{Focus, State};
use crate::index::LastWord;
use crate::text::is_hidden;

/// The longest query, in bytes: longer ones are refused before they are read.
pub(super) const LONGEST: usize = 4096;

/// An action in the search line.
pub(super) fn act(state: &mut State, action: Action, by: Option<Chord>, effects: &mut Vec<Effect>) {
    match action {
        Action::Complete => complete(state, by, effects),
        Action::Finish => finish(state, effects),
        Action::Leave => {
            state.queries.type_on();
            focus(state, Focus::List, effects);
        }
        Action::OlderQuery => {
            let older = state.queries.older(state.query.value(), state.last_word);
            recall(state, older, effects);
        }
        Action::NewerQuery => {
            let newer = state.queries.newer();
            recall(state, newer, effects);
        }
        _ => {}
    }
}

/// Takes the query as complete, and goes to the results.
fn finish(state: &mut State, effects: &mut Vec<Effect>) {
    if state.last_word == LastWord::Beginning {
        state.last_word = LastWord::Whole;
        search(state, effects);
    }
    focus(state, Focus::List, effects);
    let query = state.query.value();
    if state.queries.take(query) {
        effects.push(Effect::Work(Job::Keep(Keep::Query(query.to_owned()))));
    }
}

/// Takes what is offered behind the query; where nothing is, the key does what it does elsewhere.
fn complete(state: &mut State, by: Option<Chord>, effects: &mut Vec<Effect>) {
    if let Some(completion) = state.completion().map(str::to_owned) {
        state.queries.type_on();
        (state.query, state.last_word) = (Input::new(completion), LastWord::Beginning);
        search(state, effects);
        return;
    }
    match by {
        // A key that moves within the line still does.
        Some(chord) if request_of(chord).is_some() => edit(state, chord, effects),
        _ => finish(state, effects),
    }
}

/// Puts a query of before into the line, and searches for it.
fn recall(state: &mut State, recalled: Option<(String, LastWord)>, effects: &mut Vec<Effect>) {
    let Some((query, last_word)) = recalled else { return };
    (state.query, state.last_word) = (Input::new(query), last_word);
    search(state, effects);
}

/// A key that is no action: text, or editing.
pub(super) fn edit(state: &mut State, chord: Chord, effects: &mut Vec<Effect>) {
    let Some(request) = request_of(chord) else { return };
    if let InputRequest::InsertChar(letter) = request {
        let at_start = state.query.value().is_empty() && letter == '/';
        if at_start || !can_be_typed(letter) || state.query.value().len() + letter.len_utf8() > LONGEST {
            return;
        }
    }
    let before = state.query.value().to_owned();
    if state.query.handle(request).is_some() {
        state.redraw = true;
        state.notice = None;
    }
    if state.query.value() != before {
        state.queries.type_on();
        state.last_word = LastWord::Beginning;
        search(state, effects);
    }
}

/// Pasted text goes in as one line, and as one search.
pub(super) fn paste(state: &mut State, text: &str, effects: &mut Vec<Effect>) {
    if state.focus != Focus::Query || state.help.is_some() {
        return;
    }
    let mut room = LONGEST.saturating_sub(state.query.value().len());
    let mut pasted = false;
    for letter in text.chars().map(|letter| if letter.is_whitespace() { ' ' } else { letter }) {
        if !can_be_typed(letter) || room < letter.len_utf8() {
            continue;
        }
        room -= letter.len_utf8();
        state.query.handle(InputRequest::InsertChar(letter));
        pasted = true;
    }
    if pasted {
        state.queries.type_on();
        state.redraw = true;
        state.last_word = LastWord::Beginning;
        search(state, effects);
    }
}

/// Asks for a new search; the answer to any older one will be dropped.
pub(super) fn search(state: &mut State, effects: &mut Vec<Effect>) {
    state.asked += 1;
    effects.push(Effect::Work(Job::Find {
        asked: state.asked,
        request: state.request(),
        rows: super::list::visible_next(state),
        columns: super::list::columns(state),
    }));
}

pub(super) fn can_be_typed(letter: char) -> bool {
    !letter.is_control() && !is_hidden(letter)
}

/// What a key does to the line. Beside the library's own keys those of readline that it lacks.
pub(super) fn request_of(chord: Chord) -> Option<InputRequest> {
    let event = chord.event();
    match (event.code, event.modifiers) {
        (KeyCode::Char('d'), KeyModifiers::CONTROL) => Some(InputRequest::DeleteNextChar),
        (KeyCode::Char('b'), KeyModifiers::ALT) => Some(InputRequest::GoToPrevWord),
        (KeyCode::Char('f'), KeyModifiers::ALT) => Some(InputRequest::GoToNextWord),
        (KeyCode::Char('d'), KeyModifiers::ALT) => Some(InputRequest::DeleteNextWord),
        _ => to_input_request(&Event::Key(event)),
    }
}
