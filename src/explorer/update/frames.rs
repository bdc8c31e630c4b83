//! Steps from one thing to another, and back.

use std::sync::Arc;

use super::{beside, detail, facets, focus, list, query, sheet, want};
use crate::explorer::document::Lead;
use crate::explorer::message::{Effect, Job};
use crate::explorer::sheet::Sheet;
use crate::explorer::state::{Focus, Frame, Going, Put, State, Then, View};
use crate::index::{Header, LastWord, Sort};

/// Goes to the projects as they were last searched for; there is no way back from there.
pub(super) fn projects(state: &mut State, effects: &mut Vec<Effect>) {
    let led = state.is_led();
    // What the program searched for to show one project is not what was typed.
    let typed = std::mem::take(&mut state.frames).into_iter().rfind(|frame| led && frame.is_typed());
    if state.view != View::Projects {
        state.detail = None;
    }
    (state.view, state.sheet, state.awaited, state.wanted) = (View::Projects, Sheet::default(), None, None);
    focus(state, Focus::List, effects);
    if let Some(frame) = typed {
        (state.query, state.last_word, state.sort, state.put) = (frame.query, frame.last_word, frame.sort, None);
        if frame.header.edition.slug == state.header.edition.slug {
            state.list = frame.list;
            search_again(state, effects);
        } else {
            query::search(state, effects);
        }
    } else if state.is_wide() {
        want(state, Then::Stay, effects);
    }
}

/// Goes home; there is no way back from there, and what was searched for stays.
pub(super) fn home(state: &mut State, effects: &mut Vec<Effect>) {
    let is_there = state.view == View::Home;
    projects(state, effects);
    facets::close(state, effects);
    if !is_there {
        state.detail = None;
    }
    (state.view, state.wanted) = (View::Home, None);
    state.sheet = crate::explorer::sheet::of_home(&state.header, None);
    sheet::ask(state, effects);
}

/// Goes to another view, or asks for the list of the same one anew.
pub(super) fn show(state: &mut State, view: View, effects: &mut Vec<Effect>) {
    if state.view != view {
        state.push_frame();
    }
    state.view = view;
    state.wanted = None;
    focus(state, Focus::List, effects);
    sheet::ask(state, effects);
}

/// Goes to the search line, from wherever one is.
pub(super) fn search_line(state: &mut State, effects: &mut Vec<Effect>) {
    if state.view != View::Projects {
        state.push_frame();
        state.view = View::Projects;
    }
    state.wanted = None;
    focus(state, Focus::List, effects);
    if state.is_wide() {
        want(state, Then::Stay, effects);
    }
    focus(state, Focus::Query, effects);
}

/// Goes where a document leads.
pub(super) fn follow(state: &mut State, effects: &mut Vec<Effect>) {
    let leads_to = state.shown().and_then(|detail| detail.document.leads_to.clone());
    match leads_to {
        None if sheet::opens_project(state, effects) => {}
        None => state.notice = Some(sheet::leads_nowhere(state).to_owned()),
        Some(Lead::View(view)) if view == state.view => focus(state, Focus::List, effects),
        Some(Lead::View(view)) => show(state, view, effects),
        Some(Lead::Search(query)) => to_list(state, query, effects),
        Some(Lead::Project(reference)) => open_project(state, &reference, effects),
        Some(Lead::InEdition { slug, reference }) => switch(state, slug, Going::ToProject(reference), effects),
    }
}

/// Goes to a project; going back leads here again.
pub(super) fn open_project(state: &mut State, reference: &str, effects: &mut Vec<Effect>) {
    state.push_frame();
    to_project(state, reference, effects);
}

/// Goes back to what was shown before the last step; says no where there was none.
pub(super) fn back(state: &mut State, effects: &mut Vec<Effect>) -> bool {
    let Some(frame) = state.frames.last() else { return false };
    if frame.header.edition.slug == state.header.edition.slug {
        if let Some(frame) = state.frames.pop() {
            restore(state, frame, effects);
        }
    } else {
        let slug = frame.header.edition.slug.clone();
        switch(state, slug, Going::Back, effects);
    }
    true
}

/// Asks for another edition.
pub(super) fn switch(state: &mut State, slug: String, going: Going, effects: &mut Vec<Effect>) {
    state.going = Some(going);
    effects.push(Effect::Work(Job::Switch(slug)));
}

/// Another edition is open.
pub(super) fn switched(state: &mut State, header: Header, effects: &mut Vec<Effect>) {
    let header = Arc::new(header);
    let slug = header.edition.slug.clone();
    state.redraw = true;
    state.notice = Some(format!("edition {slug} is open"));
    match state.going.take() {
        Some(Going::Back) => {
            state.header = header;
            if let Some(frame) = state.frames.pop() {
                restore(state, frame, effects);
            }
        }
        Some(Going::ToProject(reference)) => {
            let left = state.header.edition.slug.clone();
            state.push_frame();
            state.header = header;
            to_project(state, &reference, effects);
            state.notice = Some(format!("edition {slug} is open; {left} no longer lists this project"));
        }
        Some(Going::Browsing) | None => {
            state.header = header;
            state.frames.clear();
            (state.view, state.sheet, state.awaited) = (View::Projects, Sheet::default(), None);
            (state.detail, state.wanted) = (None, None);
            focus(state, Focus::List, effects);
            query::search(state, effects);
        }
    }
    // After the search, so that it does not wait.
    effects.push(Effect::Work(Job::LayOver));
}

/// The edition could not be opened: the one before stays open.
pub(super) fn not_switched(state: &mut State) {
    if state.going.take() == Some(Going::Back) {
        // There is no way back there any more.
        state.frames.pop();
    }
}

/// Shows one project, by a search for it.
fn to_project(state: &mut State, reference: &str, effects: &mut Vec<Effect>) {
    put(state, Put::Project(format!("ref:{reference}")), effects);
    focus(state, Focus::Detail, effects);
}

/// Goes to the projects that a query finds; going back leads here again.
pub(super) fn to_list(state: &mut State, query: String, effects: &mut Vec<Effect>) {
    to_list_by(state, query, state.sort, effects);
}

/// The same, in an order of its own.
pub(super) fn to_list_by(state: &mut State, query: String, sort: Sort, effects: &mut Vec<Effect>) {
    state.push_frame();
    state.sort = sort;
    put(state, Put::List(query), effects);
    focus(state, Focus::List, effects);
}

/// Searches for what the program puts into the search line.
fn put(state: &mut State, put: Put, effects: &mut Vec<Effect>) {
    state.view = View::Projects;
    state.query = tui_input::Input::new(put.query().to_owned());
    state.put = Some(put);
    state.last_word = LastWord::Whole;
    state.wanted = None;
    query::search(state, effects);
}

/// Shows what a frame holds.
fn restore(state: &mut State, frame: Frame, effects: &mut Vec<Effect>) {
    let is_as_it_was = Arc::ptr_eq(&frame.header, &state.header) && frame.list.of == frame.asked;
    (state.view, state.sheet) = (frame.view, frame.sheet);
    (state.query, state.last_word, state.sort, state.put) = (frame.query, frame.last_word, frame.sort, frame.put);
    (state.list, state.detail) = (frame.list, frame.detail);
    (state.wanted, state.awaited) = (None, None);
    focus(state, frame.focus, effects);
    if is_as_it_was {
        // Answers to what was asked meanwhile are too late, and the results that are shown are the newest.
        let before = state.list.of;
        state.asked += 1;
        state.list.of = state.asked;
        state.keep_place = None;
        let mut shown = state.detail.as_mut().filter(|detail| detail.asked == before);
        while let Some(detail) = shown {
            detail.asked = state.asked;
            shown = detail.under.as_deref_mut().filter(|under| under.asked == before);
        }
    } else {
        search_again(state, effects);
    }
    // What the rules found can be counted anew meanwhile, and what was new in a search has been seen.
    let is_counted_anew =
        (sheet::is_ruled(state.view) && !is_as_it_was) || matches!(state.view, View::Home | View::Searches);
    if frame.awaited.is_some() || is_counted_anew {
        sheet::ask(state, effects);
    }
    // The screen may have another size now.
    detail::lay_out(state);
    sheet::reveal(state);
    state.list.show_selected(list::visible(state));
    if is_as_it_was {
        list::read_missing(state, effects);
        // One may have left before it was known.
        beside::ask(state, effects);
        if (state.is_wide() || state.focus == Focus::Detail) && state.shown().is_none() {
            want(state, Then::Stay, effects);
        }
    }
}

/// Searches for the same again; the selection stays where it was.
fn search_again(state: &mut State, effects: &mut Vec<Effect>) {
    query::search(state, effects);
    state.keep_place = Some(state.asked);
}
