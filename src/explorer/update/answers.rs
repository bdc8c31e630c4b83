//! What the worker answers: it is taken where it is still asked for, and dropped where something newer is.

use std::sync::Arc;

use super::super::message::{Answer, Effect, Job, Rows};
use super::super::state::{Detail, Focus, List, State, Then, View, Wanted};
use super::keys::catch_up;
use super::wanted::{read_anew, want, want_subject};
use super::{aside, beside, detail, dismissal, export, facets, focus, frames, help, list, marks, searches, sheet};
use crate::index::{Found, Header, ProjectId};

/// Takes what the worker answers; an answer to an older question is dropped.
pub(super) fn take(state: &mut State, answer: Answer, effects: &mut Vec<Effect>) {
    match answer {
        Answer::Found { asked, found, rows } if asked == state.asked => take_found(state, found, rows, effects),
        Answer::Hints { asked, hints } if asked == state.list.of => beside::hinted(state, hints),
        Answer::Elsewhere { asked, elsewhere } if asked == state.list.of => beside::found_elsewhere(state, elsewhere),
        Answer::Facets { asked, facets: counted } if asked == state.asked => {
            facets::counted(state, asked, counted, effects);
        }
        Answer::Rows { asked, rows } if asked == state.list.of => {
            state.redraw = true;
            state.list.rows = rows;
            // Meanwhile the list may have been scrolled on.
            list::read_missing(state, effects);
            catch_up(state, effects);
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
        Answer::Found { .. }
        | Answer::Hints { .. }
        | Answer::Elsewhere { .. }
        | Answer::Facets { .. }
        | Answer::Rows { .. }
        | Answer::Months => {}
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
        completions: found.completions,
        rows,
        top,
        ..List::new(state.asked, state.request())
    };
    if is_kept {
        // What was said already is no news once it is worked out again.
        (state.list.hints, state.list.elsewhere) = (before.hints, before.elsewhere);
    }
    state.list.select(selected, list::visible(state));
    let wanted = state.wanted.take();
    let then = wanted.map_or(Then::Stay, |wanted| wanted.then);
    if state.focus == Focus::Detail && state.selected().is_none() {
        // There is nothing to read.
        focus(state, Focus::List, effects);
    }
    if state.is_wide() || state.focus == Focus::Detail {
        let stays_with = wanted.map(|wanted| wanted.subject).or_else(|| state.shown().map(|detail| detail.subject));
        match stays_with {
            Some(subject) if is_kept && subject.is_aside() => want_subject(state, subject, then, effects),
            _ => want(state, then, effects),
        }
    }
    list::read_missing(state, effects);
    facets::ask(state, effects);
    beside::ask(state, effects);
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
        read_anew(state, None, effects);
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
        | Job::Hints { .. }
        | Job::Elsewhere { .. }
        | Job::LayOver
        | Job::Judge { .. }
        | Job::Sheet(_)
        | Job::Months
        | Job::Examples
        | Job::Queries => {}
    }
}
