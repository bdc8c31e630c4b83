//! What the explorer knows: plain data, without a terminal, a clock or a file.

mod asking;
mod detail;
mod facets;
mod frame;
mod grid;
mod list;
mod queries;
mod trail;

use std::sync::Arc;

use tui_input::Input;

pub use asking::{Asked, Asking};
pub use detail::{BETWEEN, Detail, Form, Laid, LaidLine, Left, MatchPlace, Spot, Words};
pub use facets::{FacetPane, FacetRow};
pub use frame::{Frame, Going, Put};
pub use grid::{Counted, Fitting, Grid, GridEntry, GridTable, Sent};
pub use list::{List, order_told, rows_of_project};
pub use queries::Queries;

use crate::index::{Header, LastWord, ProjectId, Request, Sort};
use crate::register::Date;

use super::actions::Place;
use super::document::Subject;
use super::help::HelpPane;
use super::keymap::Keymap;
use super::keys::Chord;
use super::layout::{self, Areas, Opened};
use super::message::Ended;
use super::palette::Palette;
use super::sheet::{self, Sheet};
use super::theme::Colours;

/// All of it.
#[derive(Debug)]
pub struct State {
    /// What is said of the edition as a whole.
    pub header: Arc<Header>,
    /// Columns of the screen.
    pub columns: u16,
    /// Rows of the screen.
    pub rows: u16,
    /// Which list is shown.
    pub view: View,
    /// The list of that view, where it is not that of projects.
    pub sheet: Sheet,
    /// Which part has the keys.
    pub focus: Focus,
    /// What is asked for in a line, if anything is.
    pub asking: Option<Asking>,
    /// The facets of what is found, while they are open.
    pub facets: Option<FacetPane>,
    /// The help, while it is open.
    pub help: Option<HelpPane>,
    /// Which keys do what.
    pub keys: Keymap,
    /// The colours in which the explorer is drawn, where it was not opened with others.
    pub colours: Option<Colours>,
    /// The list of all actions, while it is open.
    pub palette: Option<Palette>,
    /// The search line.
    pub query: Input,
    /// The queries that were taken.
    pub queries: Queries,
    /// Whether the last word of the query is still being typed.
    pub last_word: LastWord,
    /// The order of the list.
    pub sort: Sort,
    /// The number of the newest search.
    pub asked: u64,
    /// The number of a search that is made again, after which the selection stays where it was.
    pub keep_place: Option<u64>,
    /// The results.
    pub list: List,
    /// The project that is shown, or was last.
    pub detail: Option<Detail>,
    /// The project that should be shown, and the search whose matches should be marked in it.
    pub wanted: Option<Wanted>,
    /// The list that was asked for and is not there yet.
    pub awaited: Option<View>,
    /// Another edition that was asked for and is not open yet: where that leads.
    pub going: Option<Going>,
    /// The project of which something is being marked, until that is kept.
    pub marking: Option<ProjectId>,
    /// What was shown before each step that led here, the last step last.
    pub frames: Vec<Frame>,
    /// What the program itself has put into the search line.
    pub put: Option<Put>,
    /// Keys that were pressed before what they are meant for was there; taken once it is.
    pub typed_ahead: Vec<Chord>,
    /// What the program says, until the next key.
    pub notice: Option<String>,
    /// Whether the program runs in tmux, which may keep citations from the clipboard.
    pub in_tmux: bool,
    /// How the words that several organisations publish are shown.
    pub words: Words,
    /// Today, for citations.
    pub today: Option<Date>,
    /// Whether the screen no longer shows this state.
    pub redraw: bool,
    /// How the explorer has ended, once it has.
    pub ended: Option<Ended>,
}

/// Which list is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// The edition in figures, what is new, and where to go from there.
    Home,
    /// The projects that a search found.
    Projects,
    /// What changed since the edition before.
    Changes,
    /// The editions of the library.
    Editions,
    /// The rules, with what they found.
    Concerns,
    /// The searches that the person has saved.
    Searches,
    /// The organisations.
    Organisations,
    /// The datasets.
    Datasets,
    /// An organisation, by its place among those of the edition: what it was sent, and where its names lead.
    Organisation(usize),
    /// A dataset, by its place.
    Dataset(usize),
    /// Organisations by datasets.
    Grid(Counted),
}

impl View {
    /// Whether it is of organisations or datasets.
    pub fn is_of_names(self) -> bool {
        matches!(self, Self::Organisations | Self::Datasets | Self::Organisation(_) | Self::Dataset(_))
    }

    /// What it is about, where it is about one thing.
    pub fn subject(self) -> Option<Subject> {
        match self {
            Self::Organisation(at) => Some(Subject::Organisation(at)),
            Self::Dataset(at) => Some(Subject::Dataset(at)),
            _ => None,
        }
    }
}

/// Which part of the screen has the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// The search line.
    Query,
    /// The list.
    List,
    /// The project.
    Detail,
    /// The facets, while they are open.
    Facets,
}

/// Something that should be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// What.
    pub subject: Subject,
    /// The search whose matches should be marked.
    pub asked: u64,
    /// Where to go once it is there.
    pub then: Then,
}

/// Where to go in a project once it is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// To its top, or where one is if it is the same project.
    Stay,
    /// To its first match.
    FirstMatch,
    /// To its first concern.
    FirstConcern,
    /// To its first note of the user's own.
    FirstNote,
    /// To the concern of this number, if there are so many.
    Concern(usize),
    /// To where one was in it, with the screen as it is.
    Spot(Spot),
    /// To a note of the user's own, by its number in the project, with the screen as it is.
    Note(usize),
    /// To what proves a concern of the project below: a piece of evidence of a concern, both by number.
    Evidence(usize, usize),
}

impl State {
    /// The same, which opens at home.
    #[must_use]
    pub fn at_home(self) -> Self {
        let sheet = sheet::of_home(&self.header, None);
        Self { view: View::Home, sheet, ..self }
    }

    /// The same, at the start of an explorer that opens on what a request finds.
    #[must_use]
    pub fn searching(self, request: &Request) -> Self {
        // A line, as it would be typed.
        let query: String =
            request.query.chars().map(|letter| if letter.is_whitespace() { ' ' } else { letter }).collect();
        Self { query: Input::new(query), last_word: request.last_word, sort: request.sort, ..self }
    }

    /// The state at the start, before anything was searched: it opens at the list of projects.
    pub fn new(header: Header, columns: u16, rows: u16) -> Self {
        Self {
            header: Arc::new(header),
            columns,
            rows,
            view: View::Projects,
            sheet: Sheet::default(),
            focus: Focus::List,
            keep_place: None,
            asking: None,
            facets: None,
            help: None,
            keys: Keymap::built_in(),
            colours: None,
            palette: None,
            query: Input::default(),
            queries: Queries::default(),
            last_word: LastWord::Whole,
            sort: Sort::Relevance,
            asked: 0,
            list: List::default(),
            detail: None,
            wanted: None,
            awaited: None,
            going: None,
            marking: None,
            frames: Vec::new(),
            put: None,
            typed_ahead: Vec::new(),
            notice: None,
            in_tmux: false,
            words: Words::Alike,
            today: None,
            redraw: true,
            ended: None,
        }
    }

    /// The parts of the screen; `None` where it is too small.
    pub fn areas(&self) -> Option<Areas> {
        self.areas_for(self.focus)
    }

    /// The same, with the keys elsewhere.
    pub fn areas_for(&self, focus: Focus) -> Option<Areas> {
        // A redline has two columns, and the list gives way to them.
        let reads_columns = focus == Focus::Detail && self.shown().is_some_and(|shown| shown.document.has_columns());
        let opened = match self.view {
            View::Grid(_) => Opened::ListAlone,
            _ if reads_columns => Opened::Columns,
            // Its parts stand side by side, until one of them is read.
            View::Home if focus != Focus::Detail => Opened::ListAlone,
            _ if self.facets.is_some() => Opened::Facets,
            _ => Opened::ListAndProject,
        };
        layout::areas(self.columns, self.rows, opened, focus)
    }

    /// Whether the list and the project stand side by side.
    pub fn is_wide(&self) -> bool {
        layout::is_wide(self.columns)
    }

    /// Whether a project is to be seen on the screen, if one is selected.
    pub fn shows_project(&self) -> bool {
        self.areas().is_some_and(|areas| areas.detail.is_some())
    }

    /// Where a key is pressed now.
    pub fn place(&self) -> Place {
        match self.place_beneath() {
            Place::Cramped => Place::Cramped,
            _ if self.palette.is_some() => Place::Palette,
            place => place,
        }
    }

    /// The same without the list of all actions, which lies over everything else.
    pub fn place_beneath(&self) -> Place {
        match self.focus {
            _ if self.areas().is_none() => Place::Cramped,
            _ if self.help.is_some() => Place::Help,
            _ if self.asking.is_some() => Place::Answer,
            Focus::Query => Place::Query,
            Focus::Facets => Place::Facets,
            Focus::List if self.view == View::Projects && self.frames.is_empty() => Place::List,
            Focus::List if self.view == View::Projects => Place::Led,
            Focus::List if self.view == View::Home => Place::Home,
            Focus::List if matches!(self.view, View::Grid(_)) => Place::Grid,
            Focus::List if matches!(self.view, View::Organisation(_) | View::Dataset(_)) => Place::Named,
            Focus::List => Place::Sheet,
            Focus::Detail if self.view == View::Projects => Place::Detail,
            Focus::Detail => Place::Change,
        }
    }

    /// The search that the query line asks for.
    pub fn request(&self) -> Request {
        Request { query: self.query.value().to_owned(), last_word: self.last_word, sort: self.sort }
    }

    /// Whether something that was asked for is not there yet: keys that are meant for it wait.
    pub fn is_waiting(&self) -> bool {
        self.is_searching()
            || self.wanted.is_some()
            || self.awaited.is_some()
            || self.going.is_some()
            || self.marking.is_some()
            || self.is_reading_row()
            || self.is_counting()
    }

    /// Whether one is among values of which the newest search is still being counted.
    pub fn is_counting(&self) -> bool {
        let is_counted = self.facets.as_ref().is_none_or(|pane| pane.of == Some(self.asked));
        self.place() == Place::Facets && !is_counted
    }

    /// Whether the row of the project that is selected in the list is still being read.
    pub fn is_reading_row(&self) -> bool {
        let is_listed = matches!(self.place(), Place::List | Place::Led);
        is_listed && self.list.selected_project().is_some() && self.list.row(self.list.selected).is_none()
    }

    /// Whether the newest search has not been answered yet.
    pub fn is_searching(&self) -> bool {
        self.list.of != self.asked
    }

    /// What is selected in the list that is shown.
    pub fn selected(&self) -> Option<Subject> {
        match self.view {
            View::Projects => self.list.selected_project().map(Subject::Project),
            // Whatever leads on from there, the edition's figures stand beside it.
            View::Home => Some(Subject::Edition),
            _ => self.sheet.selected_item().and_then(|item| item.leads.subject()).or_else(|| self.view.subject()),
        }
    }

    /// Whether one can go on from what is shown.
    pub fn leads_on(&self) -> bool {
        let is_project = || matches!(self.selected(), Some(Subject::Project(_)));
        self.shown().is_some_and(|detail| detail.document.leads_to.is_some() || is_project())
    }

    /// Of how many projects the rule that is selected cannot tell.
    pub fn untold(&self) -> usize {
        let Some(Subject::Rule(rule)) = self.selected() else { return 0 };
        self.header.tallies.iter().find(|tally| tally.rule == rule).map_or(0, |tally| tally.cannot_tell)
    }

    /// What is shown now, if it is about what is selected.
    pub fn shown(&self) -> Option<&Detail> {
        let selected = self.selected();
        let shows = |shown: Subject| {
            let is_aside = shown.is_aside() && shown.of_project() == selected.and_then(Subject::of_project);
            is_aside || Some(shown) == selected
        };
        self.detail.as_ref().filter(|detail| shows(detail.subject))
    }
}
