//! Messages change the state and ask for effects. No terminal, no clock, no files.

mod aside;
mod asking;
mod detail;
mod dismissal;
mod evidence;
mod export;
mod facets;
mod frames;
mod grid;
mod help;
mod list;
mod marks;
mod palette;
mod pointer;
mod query;
mod searches;
mod sheet;
mod theme;

use std::sync::Arc;

use super::actions::{Action, Place};
use super::document::Subject;
use super::keys::Chord;
use super::message::{Answer, Effect, Ended, Job, Message, Rows};
use super::state::{Detail, Focus, List, State, Then, View, Wanted};

use crate::index::{Found, Header, ProjectId};

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
                press(state, chord, &mut effects);
            }
        }
        Message::Paste(text) if state.palette.is_some() => palette::paste(state, &text),
        Message::Paste(text) if state.asking.is_some() => asking::paste(state, &text, &mut effects),
        Message::Paste(text) => query::paste(state, &text, &mut effects),
        Message::Pointed(pointed) => pointer::take(state, pointed, &mut effects),
        Message::Resized(columns, rows) => resize(state, columns, rows, &mut effects),
        Message::Answer(answer) => take(state, answer, &mut effects),
        Message::Resumed => take_again(state, Effect::Retake, &mut effects),
        Message::Terminate(signal) => state.ended = Some(Ended::Signal(signal)),
        Message::Fault => state.ended = Some(Ended::Fault),
    }
    // What has the keys may have another width.
    detail::lay_out(state);
    effects
}

fn press(state: &mut State, chord: Chord, effects: &mut Vec<Effect>) {
    let place = state.place();
    let is_waiting = state.is_searching() || state.wanted.is_some() || state.awaited.is_some() || state.going.is_some();
    let is_waiting = is_waiting || state.marking.is_some();
    let means_the_same = [Action::Redraw, Action::Suspend];
    let goes_ahead = chord == Chord::control('c')
        || state.keys.action_for(place, chord).is_some_and(|action| means_the_same.contains(&action));
    if is_waiting && !state.typed_ahead.is_empty() && !goes_ahead {
        // What it means depends on the keys before it.
        state.typed_ahead.push(chord);
        return;
    }
    let Some(action) = state.keys.action_for(place, chord) else {
        match place {
            Place::Query => query::edit(state, chord, effects),
            Place::Answer => asking::edit(state, chord, effects),
            Place::Palette => palette::edit(state, chord),
            _ => {}
        }
        return;
    };
    if must_wait(state, action, place) {
        state.typed_ahead.push(chord);
        return;
    }
    perform(state, action, Some(chord), effects);
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

/// Whether what an action is meant for is still being looked for. Over a slow link several keys come at once, and the
/// second must not act on what stood there before the first.
fn must_wait(state: &State, action: Action, place: Place) -> bool {
    if let (Action::DoAction, Place::Palette) = (action, place) {
        // What waits is what is done.
        let beneath = state.place_beneath();
        let chosen = state.palette.as_ref().and_then(|palette| palette.selected(beneath));
        return chosen.is_some_and(|chosen| must_wait(state, chosen.entry.action, beneath));
    }
    let never = [Action::Quit, Action::Help, Action::Redraw, Action::Suspend, Action::Theme];
    let views = [
        Action::Home,
        Action::Projects,
        Action::Organisations,
        Action::Datasets,
        Action::Concerns,
        Action::Changes,
        Action::Editions,
        Action::Searches,
    ];
    if never.contains(&action) || matches!(place, Place::Help | Place::Palette | Place::Cramped) {
        return false;
    }
    if state.going.is_some() {
        // Whatever it is, it is meant for the other edition.
        return true;
    }
    if views.contains(&action) || matches!(action, Action::Search | Action::Back | Action::LeaveGrid) {
        return false;
    }
    let about_project = [
        Action::NextMatch,
        Action::PreviousMatch,
        Action::NextConcern,
        Action::PreviousConcern,
        Action::Evidence,
        Action::Cite,
        Action::History,
        Action::Files,
        Action::NextNote,
    ];
    if state.marking.is_some() && matches!(action, Action::Bookmark | Action::Note | Action::Tags | Action::Collect) {
        // What is marked already is known once that is kept.
        return true;
    }
    match place {
        Place::Home | Place::Sheet | Place::Named | Place::Grid => state.awaited.is_some(),
        // A value is chosen by what is counted, and counts are of the newest search.
        Place::Facets => state.is_searching() || state.facets.as_ref().is_some_and(|pane| pane.of != Some(state.asked)),
        Place::Change => state.wanted.is_some(),
        Place::Detail => state.is_searching() || state.wanted.is_some(),
        Place::List | Place::Led => state.is_searching() || (state.wanted.is_some() && about_project.contains(&action)),
        // What is offered is known once the search is answered.
        Place::Query => action == Action::Complete && state.is_searching() && state.is_at_end(),
        Place::Answer | Place::Help | Place::Palette | Place::Cramped => false,
    }
}

/// Takes the keys that were pressed too early, until one has to wait again.
fn catch_up(state: &mut State, effects: &mut Vec<Effect>) {
    let typed = std::mem::take(&mut state.typed_ahead);
    for chord in typed {
        press(state, chord, effects);
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

/// Asks for the selected project, with the matches of the newest results, unless it is there already.
fn want(state: &mut State, then: Then, effects: &mut Vec<Effect>) {
    match state.selected() {
        Some(subject) => want_subject(state, subject, then, effects),
        None => state.wanted = None,
    }
}

fn want_subject(state: &mut State, subject: Subject, then: Then, effects: &mut Vec<Effect>) {
    if state.is_searching() {
        // Which project that will be is known once the search is answered.
        state.wanted = Some(Wanted { subject, asked: state.asked, then });
        return;
    }
    let asked = state.list.of;
    let is_there = state.detail.as_ref().is_some_and(|detail| (detail.subject, detail.asked) == (subject, asked));
    if is_there {
        state.wanted = None;
        detail::go(state, then);
        return;
    }
    if aside::lift(state, subject, asked) {
        state.wanted = None;
        detail::go(state, then);
        return;
    }
    state.wanted = Some(Wanted { subject, asked, then });
    effects.push(Effect::Work(Job::Open { asked, subject, request: state.list.request.clone() }));
}

/// Takes what the worker answers; an answer to an older question is dropped.
fn take(state: &mut State, answer: Answer, effects: &mut Vec<Effect>) {
    match answer {
        Answer::Found { asked, found, rows } if asked == state.asked => take_found(state, found, rows, effects),
        Answer::Facets { asked, facets: counted } if asked == state.asked => {
            facets::counted(state, asked, counted, effects);
        }
        Answer::Rows { asked, rows } if asked == state.list.of => {
            state.redraw = true;
            state.list.rows = rows;
            // Meanwhile the list may have been scrolled on.
            list::read_missing(state, effects);
        }
        Answer::Opened { asked, subject, document } => {
            let Some(wanted) = state.wanted.filter(|wanted| (wanted.subject, wanted.asked) == (subject, asked)) else {
                return;
            };
            state.redraw = true;
            state.wanted = None;
            let columns = detail::columns(state);
            let mut opened = Detail::new(subject, asked, *document, columns, state.words);
            if let Some(before) = state.detail.take() {
                aside::keep(&mut opened, before, columns);
            }
            state.detail = Some(opened);
            detail::go(state, wanted.then);
            catch_up(state, effects);
        }
        Answer::LaidOver { header } => laid_over(state, *header, effects),
        Answer::Judged { of, header, notice } => dismissal::judged(state, *header, &of, notice, effects),
        Answer::Marked { of, header, notice } => marks::marked(state, *header, &of, notice, effects),
        Answer::Queries { queries, notice } => {
            state.queries.add_earlier(queries);
            state.redraw |= notice.is_some();
            state.notice = state.notice.take().or(notice);
        }
        Answer::Kept { notice } => searches::kept(state, notice, effects),
        Answer::Sheet { view, sheet } => {
            sheet::take(state, view, sheet, effects);
            catch_up(state, effects);
        }
        Answer::Months if state.view == View::Home => sheet::ask(state, effects),
        Answer::Examples { examples } => help::take(state, examples),
        Answer::Switched { header } => {
            frames::switched(state, *header, effects);
            catch_up(state, effects);
        }
        Answer::Failed { of, message } => fail(state, &of, message, effects),
        Answer::Found { .. } | Answer::Facets { .. } | Answer::Rows { .. } | Answer::Months => {}
    }
}

/// Takes what the newest search found.
fn take_found(state: &mut State, found: Found, rows: Rows, effects: &mut Vec<Effect>) {
    state.redraw = true;
    let is_kept = state.keep_place.take() == Some(state.asked);
    let before = std::mem::take(&mut state.list);
    let (selected, top) = if is_kept { kept_place(&before, &found.projects) } else { (0, 0) };
    state.list = List {
        projects: found.projects,
        trouble: found.trouble,
        offers: found.offers,
        hints: found.hints,
        completions: found.completions,
        rows,
        top,
        ..List::new(state.asked, state.request())
    };
    state.list.select(selected, list::visible(state));
    let then = state.wanted.take().map_or(Then::Stay, |wanted| wanted.then);
    if state.focus == Focus::Detail && state.selected().is_none() {
        // There is nothing to read.
        focus(state, Focus::List, effects);
    }
    if state.is_wide() || state.focus == Focus::Detail {
        match state.shown().map(|detail| detail.subject) {
            Some(subject) if is_kept && subject.is_aside() => want_subject(state, subject, then, effects),
            _ => want(state, then, effects),
        }
    }
    list::read_missing(state, effects);
    facets::ask(state, effects);
    catch_up(state, effects);
}

/// Where one stays in results that were read anew: with the project that was selected, wherever it stands now.
fn kept_place(before: &List, projects: &[ProjectId]) -> (usize, usize) {
    let selected = before.selected_project();
    let at = selected.and_then(|selected| projects.iter().position(|project| *project == selected));
    (at.unwrap_or(before.selected), before.top)
}

/// What other editions and the user's own lists say is known now: the list and the project are read again where they would say it, and the
/// selection stays where it was.
fn laid_over(state: &mut State, header: Header, effects: &mut Vec<Effect>) {
    let found = |header: &Header| {
        let counts = header.tallies.iter().map(|tally| (tally.findings, tally.projects, tally.dismissed));
        counts.collect::<Vec<_>>()
    };
    // By other settings as many can be found, and others.
    let has_more = found(&header) != found(&state.header)
        || header.settings != state.header.settings
        || header.marked != state.header.marked;
    state.header = Arc::new(header);
    if sheet::is_ruled(state.view) || matches!(state.view, View::Home | View::Searches) {
        sheet::ask(state, effects);
    }
    if has_more {
        query::search(state, effects);
        state.keep_place = Some(state.asked);
    } else if state.wanted.is_none()
        && let Some(detail) = &mut state.detail
    {
        // What cannot be told stands in a project too, and in the one below.
        detail.under = None;
        let subject = detail.subject;
        let asked = state.list.of;
        state.wanted = Some(Wanted { subject, asked, then: Then::Stay });
        effects.push(Effect::Work(Job::Open { asked, subject, request: state.list.request.clone() }));
    }
}

/// Says what went wrong. What was asked for is not waited for any longer, and what stood there before is not shown as
/// if it were the answer.
fn fail(state: &mut State, of: &Job, message: String, effects: &mut Vec<Effect>) {
    state.redraw = true;
    state.notice = Some(message);
    state.typed_ahead.clear();
    match of {
        Job::Find { asked, .. } if *asked == state.asked => {
            state.list = List { failed: state.notice.clone(), ..List::new(*asked, state.request()) };
            state.wanted = None;
        }
        Job::Open { .. } => state.wanted = None,
        // They cannot be counted: the list stands there again, with what went wrong.
        Job::Facets { .. } => facets::close(state, effects),
        Job::Sheet(view) if state.awaited == Some(*view) => state.awaited = None,
        Job::Switch(_) => frames::not_switched(state),
        Job::Keep(_) => searches::list_anew(state, effects),
        Job::Mark { project, marking, .. } => marks::not_marked(state, *project, marking, effects),
        Job::Export { dossier, path, .. } => export::ask_again(state, dossier, path, effects),
        Job::Find { .. }
        | Job::Rows { .. }
        | Job::LayOver
        | Job::Judge { .. }
        | Job::Sheet(_)
        | Job::Months
        | Job::Examples
        | Job::Queries => {}
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
