//! Messages change the state and ask for effects. No terminal, no clock, no files.

mod answers;
mod aside;
mod asking;
mod beside;
mod detail;
mod dismissal;
mod evidence;
mod export;
mod facets;
mod frames;
mod grid;
mod help;
mod keys;
mod list;
mod marks;
mod palette;
mod pointer;
mod query;
mod searches;
mod sheet;
mod theme;
mod wanted;

use super::actions::{Action, Place};
use super::document::Subject;
use super::keys::Chord;
use super::message::{Effect, Ended, Job, Message};
use super::state::{Focus, State, Then, View};
use wanted::want;

/// Rows of the list that are read beyond the visible ones, on both sides.
const MARGIN: usize = 20;

/// What the explorer asks for at the start.
pub fn start(state: &mut State) -> Vec<Effect> {
    let mut effects = Vec::new();
    query::search(state, &mut effects);
    if state.view == View::Home {
        sheet::reveal(state);
        sheet::ask(state, &mut effects);
    }
    effects.push(Effect::Work(Job::Queries));
    // After the first search, so that nothing waits for it.
    effects.push(Effect::Work(Job::LayOver));
    effects
}

/// Takes a message. What changed on the screen is said by `state.redraw`.
pub fn update(state: &mut State, message: Message) -> Vec<Effect> {
    let mut effects = Vec::new();
    match message {
        Message::Key(event) => {
            if let Some(chord) = Chord::of(&event) {
                keys::press(state, chord, &mut effects);
            }
        }
        Message::Paste(text) if state.palette.is_some() => palette::paste(state, &text),
        Message::Paste(text) if state.asking.is_some() => asking::paste(state, &text, &mut effects),
        Message::Paste(text) => query::paste(state, &text, &mut effects),
        Message::Pointed(pointed) => pointer::take(state, pointed, &mut effects),
        Message::Resized(columns, rows) => resize(state, columns, rows, &mut effects),
        Message::Answer(answer) => answers::take(state, answer, &mut effects),
        Message::Resumed => take_again(state, Effect::Retake, &mut effects),
        Message::Terminate(signal) => state.ended = Some(Ended::Signal(signal)),
        Message::Fault => state.ended = Some(Ended::Fault),
    }
    // What has the keys may have another width.
    detail::lay_out(state);
    effects
}

/// Does an action where one is, by its key or by its name.
fn perform(state: &mut State, action: Action, by: Option<Chord>, effects: &mut Vec<Effect>) {
    if !state.keys.has(action) {
        // However one came to ask for it: it is not there.
        return;
    }
    let place = state.place();
    state.redraw = true;
    state.notice = None;
    match (action, place) {
        (Action::Quit, _) => state.ended = Some(Ended::Quit),
        (Action::Redraw, _) => effects.push(Effect::Repaint),
        (Action::Suspend, _) => take_again(state, Effect::Suspend, effects),
        (_, Place::Palette) => palette::act(state, action, effects),
        (Action::Help, _) => help::toggle(state, effects),
        (_, Place::Cramped) => {}
        (Action::Palette, _) => palette::open(state, effects),
        (_, Place::Help) => help::act(state, action, effects),
        (_, Place::Query) => query::act(state, action, by, effects),
        (_, Place::Answer) => asking::act(state, action, effects),
        (Action::Theme, _) => theme::next(state),
        (Action::Dismiss, _) => dismissal::ask(state, effects),
        (Action::Export, _) => export::ask(state, effects),
        (Action::Bookmark | Action::Note | Action::Tags | Action::Collect, _) => marks::act(state, action, effects),
        (Action::Home, _) => frames::home(state, effects),
        (Action::Projects, _) => frames::projects(state, effects),
        (Action::Organisations, _) => frames::show(state, View::Organisations, effects),
        (Action::Datasets, _) => frames::show(state, View::Datasets, effects),
        (Action::Concerns, _) => frames::show(state, View::Concerns, effects),
        (Action::Unsure, _) => sheet::unsure(state, effects),
        (Action::Changes, _) => frames::show(state, View::Changes, effects),
        (Action::Editions, _) => frames::show(state, View::Editions, effects),
        (Action::Searches | Action::SaveSearch | Action::RemoveSearch, _) => searches::act(state, action, effects),
        (Action::History, _) => aside::lay(state, Subject::History, effects),
        (Action::Files, _) => aside::lay(state, Subject::Files, effects),
        (Action::Glossary, _) => aside::lay(state, Subject::Words, effects),
        (Action::Words, _) => detail::toggle_words(state),
        (Action::Facets, _) => facets::toggle(state, effects),
        (_, Place::Facets) => facets::act(state, action, effects),
        (Action::Grid, _) => grid::open(state, effects),
        (Action::Narrow, _) => sheet::ask_narrow(state, effects),
        (_, Place::Grid) => grid::act(state, action, effects),
        (_, Place::Home | Place::Sheet | Place::Named) => sheet::act(state, action, effects),
        (_, Place::List | Place::Led) => list::act(state, action, effects),
        (Action::Open, Place::Detail) => evidence::follow(state, effects),
        (_, Place::Detail | Place::Change) => detail::act(state, action, effects),
    }
}

/// Where a movement leads from a place, among those up to `last`.
fn moved(at: usize, action: Action, page: usize, last: usize) -> usize {
    let half = (page / 2).max(1);
    match action {
        Action::Down => at.saturating_add(1),
        Action::Up => at.saturating_sub(1),
        Action::PageDown => at + page,
        Action::PageUp => at.saturating_sub(page),
        Action::HalfDown => at + half,
        Action::HalfUp => at.saturating_sub(half),
        Action::Top => 0,
        Action::Bottom => last,
        _ => at,
    }
    .min(last)
}

/// The terminal is given away and taken again, which sets its modes back: the one that depends on the focus too.
fn take_again(state: &mut State, by: Effect, effects: &mut Vec<Effect>) {
    effects.push(by);
    if takes_text(state) {
        effects.push(Effect::Pasting(true));
    }
    state.redraw = true;
}

/// Whether one types: pasted text is told from typed text there.
fn takes_text(state: &State) -> bool {
    state.focus == Focus::Query || state.asking.is_some() || state.palette.is_some()
}

fn resize(state: &mut State, columns: u16, rows: u16, effects: &mut Vec<Effect>) {
    // A terminal that does not know its size says 0 by 0.
    let size = if columns == 0 || rows == 0 { (80, 24) } else { (columns, rows) };
    if size == (state.columns, state.rows) {
        return;
    }
    (state.columns, state.rows) = size;
    state.redraw = true;
    effects.push(Effect::Repaint);
    help::lay_out(state);
    palette::lay_out(state);
    facets::close_if_covered(state, effects);
    state.list.show_selected(list::visible(state));
    sheet::reveal(state);
    list::read_missing(state, effects);
    detail::lay_out(state);
    // What is laid over the project stays.
    if state.is_wide() && state.shown().is_none() {
        want(state, Then::Stay, effects);
    }
}

/// Gives the keys to a part of the screen.
fn focus(state: &mut State, focus: Focus, effects: &mut Vec<Effect>) {
    // Pasted text is told from typed text only where text is typed: an unterminated paste swallows every later key.
    if (state.focus == Focus::Query) != (focus == Focus::Query) {
        effects.push(Effect::Pasting(focus == Focus::Query));
    }
    state.focus = focus;
    state.redraw = true;
}
