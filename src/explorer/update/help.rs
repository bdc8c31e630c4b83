//! The help: moving through it, and trying what it shows.

use super::{focus, frames, moved};
use crate::explorer::actions::Action;
use crate::explorer::help::{Example, HelpPane, entries, parts};
use crate::explorer::message::{Effect, Job};
use crate::explorer::state::{Focus, State};

/// Opens the help, or closes it. What its examples find is counted meanwhile.
pub(super) fn toggle(state: &mut State, effects: &mut Vec<Effect>) {
    if state.help.take().is_none() {
        state.help = Some(HelpPane::new(state.place_beneath()));
        effects.push(Effect::Work(Job::Examples));
    }
}

/// An action in the help.
pub(super) fn act(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::Back => state.help = None,
        Action::Open => try_example(state, effects),
        _ => go(state, action),
    }
}

/// Takes the examples with what they find.
pub(super) fn take(state: &mut State, examples: Vec<Example>) {
    let columns = state.columns;
    let visible = visible(state);
    let Some(pane) = &mut state.help else { return };
    pane.examples = examples;
    // A query can take more lines now.
    pane.select(pane.selected, &state.keys, columns, visible);
    state.redraw = true;
}

/// The screen has another size: what one is at stays on it.
pub(super) fn lay_out(state: &mut State) {
    let (columns, visible) = (state.columns, visible(state));
    if let Some(pane) = &mut state.help {
        pane.select(pane.selected, &state.keys, columns, visible);
    }
}

/// Takes the example into the search line, and goes to what it finds.
fn try_example(state: &mut State, effects: &mut Vec<Effect>) {
    let example = state.help.as_ref().and_then(|pane| pane.selected_example(&state.keys));
    let Some(query) = example.map(|example| example.query.clone()) else {
        state.notice = Some(format!(
            "{} tries an example of a query; keys work where they belong",
            state.keys.named(Action::Open)
        ));
        return;
    };
    state.help = None;
    if state.asking.take().is_some() {
        effects.push(Effect::Pasting(false));
    }
    focus(state, Focus::List, effects);
    frames::to_list(state, query, effects);
}

fn go(state: &mut State, action: Action) {
    let (columns, visible) = (state.columns, visible(state));
    let Some(pane) = &mut state.help else { return };
    let lines = pane.lines(&state.keys, columns);
    let (entries, parts) = (entries(&lines), parts(&lines));
    let last = entries.len().saturating_sub(1);
    let to = match action {
        Action::NextSection => parts.iter().copied().find(|part| *part > pane.selected).unwrap_or(pane.selected),
        Action::PreviousSection => parts.iter().copied().rfind(|part| *part < pane.selected).unwrap_or(0),
        Action::Down | Action::Up | Action::Top | Action::Bottom => moved(pane.selected, action, 1, last),
        _ => {
            let line = entries.get(pane.selected).map_or(0, |lines| lines.start);
            let line = moved(line, action, visible.saturating_sub(1).max(1), usize::MAX);
            // The entry there, or the next one beyond a heading.
            entries.iter().position(|lines| lines.end > line).unwrap_or(last)
        }
    };
    pane.select(to, &state.keys, columns, visible);
}

/// Lines that fit on the screen.
fn visible(state: &State) -> usize {
    usize::from(state.rows.saturating_sub(2)).max(1)
}
