//! The lists beside that of projects.

use ratatui::layout::Rect;
use tui_input::Input;

use super::{asking, focus, frames, moved, searches, want};
use crate::concerns::RuleId;
use crate::explorer::actions::Action;
use crate::explorer::document::Subject;
use crate::explorer::message::{Effect, Job};
use crate::explorer::sheet::{Leads, Picture, SAVING, Sheet};
use crate::explorer::state::{Asked, Focus, Going, State, Then, View};

/// An action in a list that is not of projects.
pub(super) fn act(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    match action {
        // The oldest steps are forgotten.
        Action::Back if !frames::back(state, effects) => frames::projects(state, effects),
        Action::Back => {}
        Action::Search => frames::search_line(state, effects),
        Action::OtherPane if go_across(state) => {}
        Action::Open | Action::OtherPane => enter(state, action, effects),
        _ => go(state, action, effects),
    }
}

/// Asks for the list of the view.
pub(super) fn ask(state: &mut State, effects: &mut Vec<Effect>) {
    state.awaited = Some(state.view);
    effects.push(Effect::Work(Job::Sheet(state.view)));
}

/// Asks what the names of the list are to hold.
pub(super) fn ask_narrow(state: &mut State, effects: &mut Vec<Effect>) {
    if !state.sheet.is_of_names() {
        state.notice = Some("the lists of organisations (2) and datasets (3) can be narrowed".to_owned());
        return;
    }
    let text = state.sheet.narrowed.as_ref().map(|narrowed| narrowed.text.clone()).unwrap_or_default();
    asking::ask(state, Asked::Held, effects);
    if let Some(asking) = &mut state.asking {
        asking.input = Input::new(text);
    }
}

/// Keeps to the names that hold a text.
pub(super) fn narrow(state: &mut State, text: &str, effects: &mut Vec<Effect>) {
    let visible = visible(state);
    state.sheet.narrow(text, visible);
    state.redraw = true;
    if state.is_wide() {
        want(state, Then::Stay, effects);
    }
}

/// Takes the list of a view, unless one has gone to another meanwhile.
pub(super) fn take(state: &mut State, view: View, sheet: Sheet, effects: &mut Vec<Effect>) {
    if state.awaited != Some(view) || state.view != view {
        return;
    }
    state.awaited = None;
    let mut sheet = sheet;
    super::grid::take(state, &mut sheet);
    let key = state.keys.named(Action::SaveSearch);
    let remarks = sheet.items.iter_mut().filter(|item| item.leads == Leads::Nowhere).map(|item| &mut item.name);
    for text in remarks.chain(std::iter::once(&mut sheet.empty)).filter(|text| text.contains(SAVING)) {
        *text = text.replace(SAVING, &key);
    }
    let before = state.sheet.selected_item().map(|item| item.leads.clone());
    if let Some(narrowed) = &state.sheet.narrowed {
        sheet.narrow(&narrowed.text, usize::MAX);
    }
    state.sheet = sheet;
    // The same list made anew keeps its place.
    if let Some(at) = before.and_then(|before| state.sheet.items.iter().position(|item| item.leads == before)) {
        state.sheet.selected = at;
    }
    reveal(state);
    state.redraw = true;
    // They are counted last, since that takes longest.
    if state.sheet.items.iter().any(|item| matches!(item.picture, Picture::Months(None, _))) {
        effects.push(Effect::Work(Job::Months));
    }
    if state.is_wide() {
        want(state, Then::Stay, effects);
    }
}

/// Goes to the projects of which the rule that is selected or shown cannot tell.
pub(super) fn unsure(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(Subject::Rule(rule)) = state.selected() else { return };
    if state.untold() > 0 {
        frames::to_list(state, format!("unsure:{rule}"), effects);
    } else {
        state.notice = Some(format!("{rule} can tell of every project"));
    }
}

/// What is said where what is shown leads to no list and no project.
pub(super) fn leads_nowhere(state: &State) -> &'static str {
    match state.selected() {
        Some(Subject::Rule(_)) => "no project has this concern",
        _ => "this leads to no single project",
    }
}

/// Whether a list counts what the rules found.
pub(super) fn is_ruled(view: View) -> bool {
    matches!(view, View::Concerns | View::Organisations | View::Organisation(_) | View::Dataset(_))
}

/// Goes to the project that is selected, if one is.
pub(super) fn opens_project(state: &mut State, effects: &mut Vec<Effect>) -> bool {
    let Some(Leads::Project(_, reference)) = state.sheet.selected_item().map(|item| &item.leads) else { return false };
    let reference = reference.clone();
    frames::open_project(state, &reference, effects);
    true
}

/// How many projects have a concern.
fn found(state: &State, rule: RuleId) -> usize {
    state.header.tallies.iter().find(|tally| tally.rule == rule).map_or(0, |tally| tally.projects)
}

/// Scrolls so that the selected item is on the screen.
pub(super) fn reveal(state: &mut State) {
    let (selected, visible) = (state.sheet.selected, visible(state));
    state.sheet.select(selected, visible);
    super::grid::reveal(state);
}

/// Goes to the other column, where the list stands in two.
fn go_across(state: &mut State) -> bool {
    let Some(across) = body(state).and_then(|body| state.sheet.across(body)) else { return false };
    let visible = visible(state);
    state.sheet.select(across, visible);
    true
}

/// How many items fit on the screen.
fn visible(state: &State) -> usize {
    // The list keeps its size while something else covers it.
    body(state).map_or(1, |body| state.sheet.visible(body))
}

/// Where the list stands.
fn body(state: &State) -> Option<Rect> {
    Some(state.areas_for(Focus::List)?.list?.body)
}

fn go(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    let visible = visible(state);
    let to = moved(state.sheet.selected, action, visible, state.sheet.items.len().saturating_sub(1));
    if to != state.sheet.selected {
        go_to(state, to, effects);
    }
}

/// Goes to a place of the list.
pub(super) fn go_to(state: &mut State, place: usize, effects: &mut Vec<Effect>) {
    let visible = visible(state);
    state.sheet.select(place, visible);
    if state.is_wide() {
        want(state, Then::Stay, effects);
    }
}

fn enter(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    let Some(item) = state.sheet.selected_item() else { return };
    match &item.leads {
        Leads::OtherEdition(slug) if action == Action::Open => {
            let slug = slug.clone();
            frames::switch(state, slug, Going::Browsing, effects);
        }
        Leads::View(view) if action == Action::Open => {
            let view = *view;
            frames::show(state, view, effects);
        }
        Leads::Project(..) if action == Action::Open => {
            opens_project(state, effects);
        }
        Leads::Query(query) | Leads::Among(_, query) if action == Action::Open => {
            let query = query.clone();
            frames::to_list(state, query, effects);
        }
        Leads::Search { name, query, sort } if action == Action::Open => {
            let search = (name.clone(), query.clone(), *sort);
            searches::open(state, search, effects);
        }
        _ if state.view == View::Home => {
            focus(state, Focus::Detail, effects);
            want(state, Then::Stay, effects);
        }
        Leads::Rule(rule) if action == Action::Open && found(state, *rule) > 0 => {
            let query = format!("concern:{rule}");
            frames::to_list(state, query, effects);
        }
        // What has nothing to show beside it keeps the keys.
        _ if state.selected().is_some() => {
            focus(state, Focus::Detail, effects);
            want(state, Then::Stay, effects);
        }
        _ => {}
    }
}
