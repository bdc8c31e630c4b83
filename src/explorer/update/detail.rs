//! The project.

use super::{focus, moved};
use crate::explorer::actions::Action;
use crate::explorer::layout;
use crate::explorer::message::Effect;
use crate::explorer::state::{Detail, Focus, Laid, Spot, State, Then, View, Words};
use crate::report::{self, Quote, Style};

/// The longest citation that is sent to a clipboard, in bytes: terminals cut longer ones, some print the rest.
const LONGEST_CITATION: usize = 8 * 1024;

/// An action in a project.
pub(super) fn act(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::Back if state.shown().is_some_and(|detail| detail.subject.is_aside()) => {
            super::aside::off(state, effects);
        }
        Action::Back if super::evidence::back(state) => {}
        Action::Back if state.is_led_to_project() && state.view == View::Projects => {
            super::frames::back(state, effects);
        }
        Action::OtherPane if state.facets.is_some() => focus(state, Focus::Facets, effects),
        Action::Back | Action::OtherPane => focus(state, Focus::List, effects),
        Action::Open => super::frames::follow(state, effects),
        Action::Search => super::frames::search_line(state, effects),
        Action::NextMatch => step_to(state, Stops::Matches, Step::Next),
        Action::PreviousMatch => step_to(state, Stops::Matches, Step::Previous),
        Action::NextConcern => step_to(state, Stops::Concerns, Step::Next),
        Action::PreviousConcern => step_to(state, Stops::Concerns, Step::Previous),
        Action::NextSection => step_to(state, Stops::Sections, Step::Next),
        Action::PreviousSection => step_to(state, Stops::Sections, Step::Previous),
        Action::NextNote => step_to(state, Stops::Notes, Step::Next),
        Action::Evidence => evidence(state),
        Action::Cite => cite(state, effects),
        _ => scroll(state, action),
    }
}

/// In which direction to walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Next,
    Previous,
}

/// Rows that a project has on the screen.
pub(super) fn rows(state: &State) -> usize {
    state.areas().and_then(|areas| areas.detail).map_or(1, |pane| usize::from(pane.body.height)).max(1)
}

/// Columns that the text of a project has on the screen, or would have.
pub(super) fn columns(state: &State) -> u16 {
    let seen = state.areas().and_then(|areas| areas.detail);
    let pane = seen.or_else(|| state.areas_for(Focus::Detail)?.detail).map_or(state.columns, |pane| pane.body.width);
    layout::reading(pane).0.max(1)
}

/// Cuts the project anew for the screen's width.
pub(super) fn lay_out(state: &mut State) {
    let (columns, rows) = (columns(state), rows(state));
    if let Some(detail) = &mut state.detail {
        if detail.laid.columns != columns || detail.words != state.words {
            detail.words = state.words;
            detail.lay_out(columns);
        }
        detail.top = detail.top.min(detail.last_top(rows));
    }
}

/// Dims the words that several organisations publish, or shows all alike again; in every project from now on.
pub(super) fn toggle_words(state: &mut State) {
    state.words = match state.words {
        Words::Alike => Words::SharedDimmed,
        Words::SharedDimmed => Words::Alike,
    };
    lay_out(state);
    state.notice = Some(match (state.words, state.shown().and_then(|shown| shown.document.record.as_ref())) {
        (Words::Alike, _) => "all words are shown alike".to_owned(),
        (Words::SharedDimmed, None) => "words that several organisations publish are dimmed".to_owned(),
        (Words::SharedDimmed, Some(record)) => report::shared_wording(&record.findings.shared)
            .unwrap_or_else(|| "of this project it is not known which words others publish too".to_owned()),
    });
}

/// Goes where one wanted to be once the project was there.
pub(super) fn go(state: &mut State, then: Then) {
    match then {
        Then::Stay => {}
        Then::FirstMatch => step_to(state, Stops::Matches, Step::Next),
        Then::FirstConcern => step_to(state, Stops::Concerns, Step::Next),
        Then::FirstNote => step_to(state, Stops::Notes, Step::Next),
        Then::Spot(spot) => {
            if let Some(detail) = &mut state.detail {
                detail.spot = spot;
            }
        }
        Then::Note(number) => {
            if let Some(detail) = &mut state.detail {
                detail.spot = detail.place_of_note(number).map_or(Spot::Nowhere, Spot::Note);
            }
        }
        Then::Concern(number) => {
            let rows = rows(state);
            let Some(detail) = &mut state.detail else { return };
            if let Some(line) = detail.laid.concerns.get(number).copied() {
                detail.spot = Spot::Concern(number);
                detail.reveal(line, rows);
            }
        }
        Then::Evidence(concern, evidence) => super::evidence::arrive(state, concern, evidence),
    }
}

fn scroll(state: &mut State, action: Action) {
    let rows = rows(state);
    if let Some(detail) = &mut state.detail {
        // A line of the screen before is kept, so that no line is lost between two screens.
        let page = rows.saturating_sub(1).max(1);
        detail.top = moved(detail.top, action, page, detail.last_top(rows));
        if matches!(detail.spot, Spot::Evidence(_) | Spot::Section(_) | Spot::Note(_)) {
            detail.spot = Spot::Nowhere;
        }
    }
}

/// Where a walk leads from what one is at, or from the top of the screen; and whether it began anew.
fn walk(places: &[usize], at: Option<usize>, top: usize, step: Step) -> Option<(usize, bool)> {
    let count = places.len();
    let last = count.checked_sub(1)?;
    Some(match (at, step) {
        (Some(at), Step::Next) if at >= last => (0, true),
        (Some(at), Step::Next) => (at + 1, false),
        (Some(0), Step::Previous) => (last, true),
        (Some(at), Step::Previous) => (at - 1, false),
        (None, Step::Next) => places.iter().position(|line| *line >= top).map_or((0, true), |at| (at, false)),
        (None, Step::Previous) => places.iter().rposition(|line| *line < top).map_or((last, true), |at| (at, false)),
    })
}

/// Places that one walks in a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stops {
    Matches,
    Concerns,
    Sections,
    Notes,
}

impl Stops {
    /// The lines that they are on.
    fn lines(self, laid: &Laid) -> Vec<usize> {
        match self {
            Self::Matches => laid.matches.iter().map(|found| found.line).collect(),
            Self::Concerns => laid.concerns.clone(),
            Self::Sections => laid.headings.clone(),
            Self::Notes => laid.notes.clone(),
        }
    }

    /// The number of the one that one is at.
    fn at(self, spot: Spot) -> Option<usize> {
        match (self, spot) {
            (Self::Matches, Spot::Match(number))
            | (Self::Concerns, Spot::Concern(number))
            | (Self::Sections, Spot::Section(number))
            | (Self::Notes, Spot::Note(number)) => Some(number),
            _ => None,
        }
    }

    fn spot(self, number: usize) -> Spot {
        match self {
            Self::Matches => Spot::Match(number),
            Self::Concerns => Spot::Concern(number),
            Self::Sections => Spot::Section(number),
            Self::Notes => Spot::Note(number),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Matches => "matches",
            Self::Concerns => "concerns",
            Self::Sections => "parts",
            Self::Notes => "notes",
        }
    }

    /// What is said where there are none.
    fn none(self) -> &'static str {
        match self {
            Self::Matches => "nothing is marked here; / searches",
            Self::Concerns => "no rule found anything here",
            Self::Sections => "this has no parts with headings",
            Self::Notes => "you have written no note on this project",
        }
    }
}

/// Walks to the next place of a kind, or to the one before; round at the ends, which is said.
fn step_to(state: &mut State, stops: Stops, step: Step) {
    let rows = rows(state);
    let Some(detail) = &mut state.detail else { return };
    if detail.subject.is_aside() && stops != Stops::Sections {
        state.notice = Some(format!("{} goes back to the project first", state.keys.named(Action::Back)));
        return;
    }
    let lines = stops.lines(&detail.laid);
    let at = stops.at(detail.spot);
    // A heading that is on top was read from already.
    let top = detail.top + usize::from(stops == Stops::Sections && step == Step::Next && detail.top > 0);
    let Some((number, anew)) = walk(&lines, at, top, step) else {
        state.notice = Some(stops.none().to_owned());
        return;
    };
    detail.spot = stops.spot(number);
    detail.left = None;
    match stops {
        // A part is read from its heading on.
        Stops::Sections => detail.scroll_to(lines[number], rows),
        Stops::Matches | Stops::Concerns | Stops::Notes => detail.reveal(lines[number], rows),
    }
    let end = if step == Step::Next { "first" } else { "last" };
    state.notice = (anew && at.is_some()).then(|| format!("{end} of {} {} again", lines.len(), stops.name()));
}

/// Opens or closes the evidence of the concern one is at, or of the first on the screen.
fn evidence(state: &mut State) {
    if !matches!(state.detail.as_ref().map(|detail| detail.spot), Some(Spot::Concern(_))) {
        step_to(state, Stops::Concerns, Step::Next);
    }
    let rows = rows(state);
    let Some(detail) = &mut state.detail else { return };
    let Spot::Concern(number) = detail.spot else { return };
    if !detail.open.remove(&number) {
        detail.open.insert(number);
    }
    let columns = detail.laid.columns;
    let top = detail.top;
    detail.lay_out(columns);
    detail.scroll_to(top, rows);
    if let Some(line) = detail.spot_line() {
        detail.reveal(line, rows);
    }
}

/// Sends a citation of what one is at to the clipboard of the terminal.
pub(super) fn cite(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(detail) = &state.detail else { return };
    let Some(record) = &detail.document.record else {
        state.notice = Some(format!("cite the project itself: {} opens it", state.keys.named(Action::Open)));
        return;
    };
    let cited = |quote| report::cite(&state.header, record, quote, state.today, Style::Markdown);
    let whole = cited(quote_of(detail));
    let (citation, left_out) = if whole.len() > LONGEST_CITATION { (cited(None), true) } else { (whole, false) };
    if citation.len() > LONGEST_CITATION {
        let reference = &record.project.reference;
        state.notice = Some(format!("too long for a terminal's clipboard: outflow show {reference} --cite prints it"));
        return;
    }
    let mut notice = "citation sent to your terminal".to_owned();
    if left_out {
        notice.push_str(", without the quotation, which is too long");
    }
    if state.in_tmux {
        notice.push_str("; in tmux: set -s set-clipboard on");
    }
    state.notice = Some(notice);
    effects.push(Effect::Copy(citation));
}

/// The words that one is at: the paragraph of the match, or the first evidence of the concern.
fn quote_of(detail: &Detail) -> Option<Quote<'_>> {
    match detail.spot {
        Spot::Nowhere | Spot::Section(_) | Spot::Note(_) => None,
        Spot::Evidence(_) => {
            let left = detail.left?;
            let project = detail.under.as_deref().unwrap_or(detail);
            let evidence = project.document.concern(left.concern)?.evidence.get(left.evidence)?;
            Some(Quote { field: evidence.field, text: &evidence.quote, place: &evidence.place })
        }
        Spot::Match(number) => detail.document.paragraph(detail.laid.matches.get(number)?.block),
        Spot::Concern(number) => detail.document.proof(number),
    }
}
