//! The rows of the table of actions.

use crossterm::event::KeyCode;

use super::super::keys::Chord;
use super::{Action, ActionEntry, Place};

const SEARCHING: &str = "Searching";
const MOVING: &str = "Moving";
const READING: &str = "Reading";
const VIEWS: &str = "Views";
const PROGRAM: &str = "The program";

const READ: &[Place] = &[Place::List, Place::Led, Place::Detail];
/// What has parts to go through.
const PARTS: &[Place] = &[Place::Detail, Place::Change, Place::Help];
pub(super) const BROWSE: &[Place] =
    &[Place::Home, Place::List, Place::Led, Place::Sheet, Place::Grid, Place::Detail, Place::Change];
const READY: &[Place] =
    &[Place::Home, Place::List, Place::Led, Place::Facets, Place::Sheet, Place::Grid, Place::Detail, Place::Change];
const SCROLL: &[Place] = &[
    Place::Home,
    Place::List,
    Place::Led,
    Place::Facets,
    Place::Sheet,
    Place::Grid,
    Place::Detail,
    Place::Change,
    Place::Help,
];
/// Where one goes up and down: also where letters are text, by the keys that are none.
const UP_AND_DOWN: &[Place] = &[
    Place::Home,
    Place::List,
    Place::Led,
    Place::Facets,
    Place::Sheet,
    Place::Grid,
    Place::Detail,
    Place::Change,
    Place::Help,
    Place::Palette,
];
const LISTS: &[Place] = &[Place::List, Place::Led];

const fn key(letter: char) -> Chord {
    Chord::plain(KeyCode::Char(letter))
}

const fn control(letter: char) -> Chord {
    Chord::control(letter)
}

const fn named(code: KeyCode) -> Chord {
    Chord::plain(code)
}

const fn entry(action: Action, name: &'static str, group: &'static str, chords: &'static [Chord]) -> ActionEntry {
    ActionEntry { action, name, group, chords, places: &[], label: "", unnamed_in: &[], help: "" }
}

impl ActionEntry {
    const fn at(self, places: &'static [Place]) -> Self {
        Self { places, ..self }
    }

    const fn unnamed_in(self, unnamed_in: &'static [Place]) -> Self {
        Self { unnamed_in, ..self }
    }

    const fn says(self, label: &'static str, help: &'static str) -> Self {
        Self { label, help, ..self }
    }
}

/// All actions. The footer names them in this order.
pub static ACTIONS: [ActionEntry; 69] = [
    entry(Action::Open, "open", MOVING, &[named(KeyCode::Enter), named(KeyCode::Right), key('l')])
        .at(&[Place::Home, Place::List, Place::Led, Place::Facets, Place::Sheet, Place::Change, Place::Detail, Place::Help])
        .says(
            "open",
            "Open the selected project, change or edition; choose the selected value, or take that back; from a rule, the projects that have it; from a change, its project, in the edition that lists it; \
             from a concern, the place of what proves it, and again the next one; in this help, try the example.",
        )
        .unnamed_in(&[Place::Detail, Place::Facets, Place::Help]),
    entry(
        Action::Finish,
        "finish-query",
        SEARCHING,
        &[named(KeyCode::Enter), named(KeyCode::Down)],
    )
    .at(&[Place::Query])
    .says("to the results", "Take the query as complete, its last word too, and go to the results."),
    entry(Action::Leave, "leave-query", SEARCHING, &[named(KeyCode::Esc)])
        .at(&[Place::Query])
        .says("leave", "Leave the search line; what was typed stays."),
    entry(
        Action::Back,
        "back",
        MOVING,
        &[key('q'), named(KeyCode::Esc), named(KeyCode::Backspace), named(KeyCode::Left), key('h')],
    )
    .at(&[Place::Led, Place::Facets, Place::Sheet, Place::Detail, Place::Change, Place::Help])
    .says("back", "Go back to where you came from."),
    entry(Action::OpenCell, "open-cell", MOVING, &[named(KeyCode::Enter)])
        .at(&[Place::Grid])
        .says("projects", "In the table, list the projects of the organisation that name the dataset."),
    entry(Action::LeaveGrid, "leave-table", MOVING, &[key('q'), named(KeyCode::Esc), named(KeyCode::Backspace)])
        .at(&[Place::Grid])
        .says("back", "Leave the table."),
    entry(Action::ColumnLeft, "column-left", MOVING, &[named(KeyCode::Left), key('h')])
        .at(&[Place::Grid])
        .says("", "In the table, go left by one dataset."),
    entry(Action::ColumnRight, "column-right", MOVING, &[named(KeyCode::Right), key('l')])
        .at(&[Place::Grid])
        .says("", "In the table, go right by one dataset."),
    entry(Action::ColumnsLeft, "columns-left", MOVING, &[key('H')])
        .at(&[Place::Grid])
        .says("", "In the table, go left by a screen."),
    entry(Action::ColumnsRight, "columns-right", MOVING, &[key('L')])
        .at(&[Place::Grid])
        .says("", "In the table, go right by a screen."),
    entry(Action::Search, "search", SEARCHING, &[key('/')])
        .at(READY)
        .says("search", "Type what to find: it is searched as you type."),
    entry(Action::Quit, "quit", PROGRAM, &[key('q'), control('c')])
        .at(&[Place::Home, Place::List, Place::Cramped])
        .says("quit", "Quit. Ctrl-C quits from anywhere."),
    entry(Action::Help, "help", PROGRAM, &[key('?'), named(KeyCode::F(1))])
        .at(READY)
        .says("help", "Show the keys of where you are, the query language by examples, and all other keys. A key that is no letter does so where you type, too."),
    entry(Action::NextMatch, "next-match", SEARCHING, &[key('n')])
        .at(READ)
        .says("match", "Go to the next match in the project.")
        .unnamed_in(LISTS),
    entry(Action::PreviousMatch, "previous-match", SEARCHING, &[key('N')]).at(READ).says("", "Go to the match before."),
    entry(Action::NextConcern, "next-concern", READING, &[key('c')])
        .at(READ)
        .says("concern", "Go to the next concern of the project.")
        .unnamed_in(LISTS),
    entry(Action::PreviousConcern, "previous-concern", READING, &[key('C')])
        .at(READ)
        .says("", "Go to the concern before."),
    entry(Action::Evidence, "evidence", READING, &[key('e')])
        .at(READ)
        .says("evidence", "Show or hide what proves the concern you are at.")
        .unnamed_in(LISTS),
    entry(Action::Dismiss, "dismiss", READING, &[key('d')]).at(&[Place::Detail]).says(
        "",
        "Dismiss the concern you are at, with a reason that is kept; it stands last then. There: bring it back.",
    ),
    entry(Action::TakeAnswer, "take-answer", READING, &[named(KeyCode::Enter)])
        .at(&[Place::Answer])
        .says("take", "Take the reason, the name or the note: dismiss the concern, save the search, write the file, keep the note or the tags, keep to the names."),
    entry(Action::LeaveAnswer, "leave-answer", READING, &[named(KeyCode::Esc)])
        .at(&[Place::Answer])
        .says("leave", "Leave the concern or your marks as they are, or the search unsaved, or the file unwritten, or the list whole."),
    entry(Action::Cite, "cite", READING, &[key('y')])
        .at(READ)
        .says("cite", "Send a citation to your terminal's clipboard; of the match or evidence you are at, if any.")
        .unnamed_in(LISTS),
    entry(Action::Export, "export", READING, &[key('x')]).at(READ).says(
        "",
        "Write the project you read, or all that are listed, to a file, with evidence and citations: .html, .md, .csv or .json.",
    ),
    entry(Action::Bookmark, "bookmark", READING, &[key('b')])
        .at(READ)
        .says("", "Bookmark the project, or take its bookmark away; mine:bookmarked finds them, and home leads there."),
    entry(Action::Note, "note", READING, &[key('a')]).at(READ).says(
        "",
        "Write a note on the section you read, else on the project; at a note of yours: change it, or empty it to remove it.",
    ),
    entry(Action::NextNote, "next-note", READING, &[key('A')])
        .at(READ)
        .says("", "Go to your next note on the project."),
    entry(Action::Tags, "tags", READING, &[key('#')])
        .at(READ)
        .says("", "Tag the project with words of your own, or change its tags; tag:WORD finds them."),
    entry(Action::Collect, "collect", READING, &[key('+')])
        .at(READ)
        .says("", "Put the project into your collection, or take it out; mine:collected finds it, to be exported."),
    entry(Action::Sort, "sort", SEARCHING, &[key('s')])
        .at(LISTS)
        .says("sort", "Order the list: by match, newest, ending soonest, concerns, files, organisation, title."),
    entry(Action::Files, "files", READING, &[key('F')])
        .at(READ)
        .says("files", "Show the project's files, month by dataset, with and without opt-outs, and go back from there.")
        .unnamed_in(LISTS),
    entry(Action::History, "history", READING, &[key('v')])
        .at(READ)
        .says("history", "Show what the editions and the versions of the project changed, and go back from there.")
        .unnamed_in(LISTS),
    entry(Action::Facets, "facets", SEARCHING, &[key('f')])
        .at(&[Place::List, Place::Led, Place::Facets])
        .says("values", "Count what is found by value, to choose from, beside the list where there is room; there: close that again.")
        .unnamed_in(&[Place::List, Place::Led]),
    entry(Action::Exclude, "exclude", SEARCHING, &[key('x')])
        .at(&[Place::Facets])
        .says("leave out", "Leave the selected value out of what is found, or take that back."),
    entry(Action::Words, "shared-words", READING, &[key('~')]).at(READ).says(
        "",
        "Dim the sentences that several organisations publish, so that a project's own words stand out; ~ marks their lines.",
    ),
    entry(Action::NextSection, "next-part", READING, &[key(']')])
        .at(PARTS)
        .says("", "Go to the next part: the facts, the timeline, a section of the text, a month of files; of the help."),
    entry(Action::PreviousSection, "previous-part", READING, &[key('[')])
        .at(PARTS)
        .says("", "Go to the part before."),
    entry(Action::Glossary, "glossary", READING, &[key('K')])
        .at(READ)
        .says("", "Explain the words of the law that stand in the project, such as s261(2)(a), and go back from there."),
    entry(Action::Home, "home", VIEWS, &[key('0')])
        .at(BROWSE)
        .says("", "Go home: the edition in figures, your saved searches with what is new, and where to begin."),
    entry(Action::Projects, "projects", VIEWS, &[key('1')])
        .at(BROWSE)
        .says("", "Go to the projects as you last searched for them; nothing leads back from there."),
    entry(Action::Organisations, "organisations", VIEWS, &[key('2')])
        .at(BROWSE)
        .says("", "List the organisations, most files first; from one its concerns, datasets and projects lead on."),
    entry(Action::Datasets, "datasets", VIEWS, &[key('3')])
        .at(BROWSE)
        .says("", "List the datasets, most files first; from one, who has it and which projects name it lead on."),
    entry(Action::Grid, "table", VIEWS, &[key('t')]).at(&[Place::Sheet, Place::Change]).says(
        "table",
        "Show organisations by datasets, with the files that each was sent, at the organisation or dataset you are at.",
    )
    .unnamed_in(&[Place::Change]),
    entry(Action::Narrow, "narrow", VIEWS, &[key('&')]).at(&[Place::Sheet]).says(
        "narrow",
        "Keep to the organisations or datasets whose name, in any spelling, holds what you type.",
    ),
    entry(Action::Counted, "count-months", VIEWS, &[key('m')])
        .at(&[Place::Grid])
        .says("months or files", "In the table, count the months with a file, or the files again."),
    entry(Action::Concerns, "concerns", VIEWS, &[key('4')])
        .at(BROWSE)
        .says("concerns", "List what every rule found, and of how many projects it cannot tell.")
        .unnamed_in(&[Place::Detail, Place::Change, Place::Sheet, Place::Grid]),
    entry(Action::Unsure, "unsure", VIEWS, &[key('u')])
        .at(&[Place::Sheet, Place::Change])
        .says("cannot tell", "From a rule, list the projects of which it cannot tell."),
    entry(Action::Changes, "changes", VIEWS, &[key('5')])
        .at(BROWSE)
        .says("changes", "Show what changed since the edition before.")
        .unnamed_in(&[Place::Detail, Place::Change, Place::Grid]),
    entry(Action::Editions, "editions", VIEWS, &[key('E')])
        .at(BROWSE)
        .says("editions", "List the editions in the library, to open another.")
        .unnamed_in(&[Place::Detail, Place::Change, Place::Grid]),
    entry(Action::OtherPane, "other-pane", MOVING, &[named(KeyCode::Tab)]).at(READY).says("", "Go to the other pane."),
    entry(Action::Down, "down", MOVING, &[named(KeyCode::Down), key('j')])
        .at(UP_AND_DOWN)
        .says("", "Go down by one project, line or action."),
    entry(Action::Up, "up", MOVING, &[named(KeyCode::Up), key('k')])
        .at(UP_AND_DOWN)
        .says("", "Go up by one project, line or action."),
    entry(Action::PageDown, "page-down", MOVING, &[named(KeyCode::PageDown), key(' '), control('f')])
        .at(UP_AND_DOWN)
        .says("", "Go down by a screen."),
    entry(Action::PageUp, "page-up", MOVING, &[named(KeyCode::PageUp), control('b')])
        .at(UP_AND_DOWN)
        .says("", "Go up by a screen."),
    entry(Action::HalfDown, "half-down", MOVING, &[control('d')]).at(SCROLL).says("", "Go down by half a screen."),
    entry(Action::HalfUp, "half-up", MOVING, &[control('u')]).at(SCROLL).says("", "Go up by half a screen."),
    entry(Action::Top, "top", MOVING, &[key('g'), named(KeyCode::Home)]).at(SCROLL).says("", "Go to the top."),
    entry(Action::Bottom, "bottom", MOVING, &[key('G'), named(KeyCode::End)]).at(SCROLL).says("", "Go to the end."),
    entry(Action::Redraw, "redraw", PROGRAM, &[control('l')]).at(Place::ALL).says("", "Draw the screen anew."),
    entry(Action::Suspend, "suspend", PROGRAM, &[control('z')])
        .at(Place::ALL)
        .says("", "Stop the program and go to the shell; fg comes back."),
    entry(Action::Searches, "searches", VIEWS, &[key('w')])
        .at(BROWSE)
        .says("", "List the searches you saved, with what is new in each; opening one marks it as seen."),
    entry(Action::SaveSearch, "save-search", SEARCHING, &[key('W')])
        .at(LISTS)
        .says("", "Save this search under a name, to be told later what is new."),
    entry(Action::RemoveSearch, "remove-search", VIEWS, &[key('x')])
        .at(&[Place::Home, Place::Sheet])
        .says("", "Remove the saved search that is selected."),
    entry(Action::OlderQuery, "older-query", SEARCHING, &[named(KeyCode::Up), control('p')])
        .at(&[Place::Query])
        .says("", "Search again for what you searched for before."),
    entry(Action::NewerQuery, "newer-query", SEARCHING, &[control('n')])
        .at(&[Place::Query])
        .says("", "Go to the next newer query, and at the end to what you were typing."),
    entry(Action::Complete, "complete", SEARCHING, &[named(KeyCode::Tab), named(KeyCode::Right)])
        .at(&[Place::Query])
        .says("", "Take the name of a field, or its value, that is offered behind what you type; else go to the results."),
    entry(Action::Palette, "palette", PROGRAM, &[key(':')])
        .at(SCROLL)
        .says("more", "List all actions, to find one by a few letters of what it does, and do it.")
        .unnamed_in(&[Place::Help]),
    entry(Action::DoAction, "do-action", PROGRAM, &[named(KeyCode::Enter)])
        .at(&[Place::Palette])
        .says("do it", "In the list of all actions, do the selected one."),
    entry(Action::LeavePalette, "leave-palette", PROGRAM, &[named(KeyCode::Esc)])
        .at(&[Place::Palette])
        .says("leave", "Leave the list of all actions, and do nothing."),
    entry(Action::Theme, "theme", PROGRAM, &[key('T')])
        .at(READY)
        .says("", "Draw in the colours of the next theme, until you quit; config.toml keeps one."),
];
