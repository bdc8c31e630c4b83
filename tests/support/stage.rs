//! The real loop with scripted keys: the screen is a buffer, and the worker answers at once.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::{Arc, OnceLock};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use outflow::explorer::desk::IndexDesk;
use outflow::explorer::message::{Effect, Ended, Message};
use outflow::explorer::state::State;
use outflow::explorer::theme::{Characters, Colours, Theme};
use outflow::explorer::update::{start, update};
use outflow::explorer::worker::Desk;
use outflow::explorer::{Outside, run_loop};
use outflow::index::Index;
use outflow::library::Edition;
use outflow::register::Date;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::Modifier;

/// Colours and all characters.
pub(crate) const COLOURED: Theme = Theme { colours: Colours::Sixteen, characters: Characters::Unicode };

/// No colour, and ASCII only.
pub(crate) const PLAIN: Theme = Theme { colours: Colours::None, characters: Characters::Ascii };

/// What came of a script.
pub(crate) struct Played {
    /// The state at the end.
    pub(crate) state: State,
    /// The last screen.
    pub(crate) screen: Buffer,
    /// Where the terminal's own cursor is.
    pub(crate) cursor: (u16, u16),
    /// What was asked of the world, apart from work.
    pub(crate) effects: Vec<Effect>,
    /// How it ended.
    pub(crate) ended: Ended,
}

/// The sample, built once for all tests of a file.
pub(crate) fn sample() -> Arc<Index> {
    static SAMPLE: OnceLock<Arc<Index>> = OnceLock::new();
    Arc::clone(SAMPLE.get_or_init(|| Arc::new(Edition::sample().unwrap().index)))
}

/// Plays a script on an index, without colour and in ASCII.
pub(crate) fn play_on(
    index: &Arc<Index>,
    columns: u16,
    rows: u16,
    script: impl IntoIterator<Item = Message>,
) -> Played {
    play_as(index, (columns, rows), PLAIN, script)
}

/// The same, in other colours or characters.
pub(crate) fn play_as(
    index: &Arc<Index>,
    (columns, rows): (u16, u16),
    theme: Theme,
    script: impl IntoIterator<Item = Message>,
) -> Played {
    let state = State::new(index.header().clone(), columns, rows);
    run(state, IndexDesk::new(Arc::clone(index)), theme, script)
}

/// Plays a script on the sample.
pub(crate) fn play(columns: u16, rows: u16, theme: Theme, script: impl IntoIterator<Item = Message>) -> Played {
    let index = sample();
    let state = State::new(index.header().clone(), columns, rows);
    run(state, IndexDesk::new(index), theme, script)
}

/// Plays a script on the sample, for a user with settings of the explorer.
pub(crate) fn play_set(
    settings: outflow::explorer::settings::Settings,
    (columns, rows): (u16, u16),
    script: impl IntoIterator<Item = Message>,
) -> Played {
    let index = sample();
    let state = State { keys: settings.keys, ..State::new(index.header().clone(), columns, rows) };
    run(state, IndexDesk::new(index), PLAIN, script)
}

/// Plays a script on the sample, from home on.
pub(crate) fn play_at_home(columns: u16, rows: u16, theme: Theme, script: impl IntoIterator<Item = Message>) -> Played {
    let index = sample();
    let state = State::new(index.header().clone(), columns, rows).at_home();
    run(state, IndexDesk::new(index), theme, script)
}

/// Plays a script from home on, on the edition of a library that opens, for a user who has saved searches.
pub(crate) fn play_own_at_home(
    library: &outflow::library::Library,
    judging: outflow::library::Judging,
    script: impl IntoIterator<Item = Message>,
) -> Played {
    let index = Arc::new(library.open(None).unwrap().index);
    let state = State::new(index.header().clone(), 80, 24).at_home();
    run(state, IndexDesk::new(index).beside(library.clone()).judging(judging), PLAIN, script)
}

/// Plays a script on the sample, for a user who may write files into a folder.
pub(crate) fn play_saving(folder: &std::path::Path, script: impl IntoIterator<Item = Message>) -> Played {
    let index = sample();
    let state = State::new(index.header().clone(), 80, 24);
    run(state, IndexDesk::new(index).saving_to(Some(folder.to_owned())), PLAIN, script)
}

/// Plays a script on the edition of a library that opens, without colour and in ASCII.
pub(crate) fn play_in(
    library: &outflow::library::Library,
    columns: u16,
    rows: u16,
    script: impl IntoIterator<Item = Message>,
) -> Played {
    let index = Arc::new(library.open(None).unwrap().index);
    let state = State::new(index.header().clone(), columns, rows);
    run(state, IndexDesk::new(index).beside(library.clone()), PLAIN, script)
}

/// The same, in other colours or characters.
pub(crate) fn play_in_as(
    library: &outflow::library::Library,
    (columns, rows): (u16, u16),
    theme: Theme,
    script: impl IntoIterator<Item = Message>,
) -> Played {
    let index = Arc::new(library.open(None).unwrap().index);
    let state = State::new(index.header().clone(), columns, rows);
    run(state, IndexDesk::new(index).beside(library.clone()), theme, script)
}

/// The same, for a user who brings lists, settings and dismissals.
pub(crate) fn play_judged(
    library: &outflow::library::Library,
    judging: outflow::library::Judging,
    (columns, rows): (u16, u16),
    script: impl IntoIterator<Item = Message>,
) -> Played {
    let index = Arc::new(library.open(None).unwrap().index);
    let state = State::new(index.header().clone(), columns, rows);
    run(state, IndexDesk::new(index).beside(library.clone()).judging(judging), PLAIN, script)
}

fn run(mut state: State, desk: IndexDesk, theme: Theme, script: impl IntoIterator<Item = Message>) -> Played {
    let (columns, rows) = (state.columns, state.rows);
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    let mut world =
        World { desk, answers: VecDeque::new(), script: script.into_iter().collect(), effects: Vec::new(), size: None };
    let ended = run_loop(&mut terminal, &mut world, &mut state, theme).unwrap();
    let cursor = terminal.backend().cursor_position();
    let screen = terminal.backend().buffer().clone();
    Played { state, screen, cursor: (cursor.x, cursor.y), effects: world.effects, ended }
}

/// What a burst of keys leads to that comes before the worker has answered anything, for a user who brings lists, settings and
/// dismissals.
pub(crate) fn burst(library: &outflow::library::Library, judging: outflow::library::Judging, script: &str) -> State {
    let index = Arc::new(library.open(None).unwrap().index);
    let mut state = State::new(index.header().clone(), 80, 24);
    state.today = Date::day(2026, 11, 24);
    let desk = IndexDesk::new(index).beside(library.clone()).judging(judging);
    let mut asked: VecDeque<Effect> = start(&mut state).into();
    for message in keys(script) {
        asked.extend(update(&mut state, message));
    }
    while let Some(effect) = asked.pop_front() {
        if let Effect::Work(job) = effect {
            let answer = desk.work(&job, &|| false).unwrap();
            asked.extend(update(&mut state, Message::Answer(answer)));
        }
    }
    assert!(state.typed_ahead.is_empty(), "keys are left over: {:?}", state.typed_ahead);
    state
}

/// Keys as messages: letters as they are, and names in brackets, as in `/dementia<Enter>n<Esc>`.
pub(crate) fn keys(text: &str) -> Vec<Message> {
    let mut messages = Vec::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|inside| inside.split_once('>'));
        let event = if let Some((name, after)) = named {
            rest = after;
            named_key(name)
        } else {
            rest = &rest[letter.len_utf8()..];
            KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE)
        };
        messages.push(Message::Key(event));
    }
    messages
}

fn named_key(name: &str) -> KeyEvent {
    let code = match name {
        "Enter" => KeyCode::Enter,
        "Esc" => KeyCode::Esc,
        "Tab" => KeyCode::Tab,
        "Left" => KeyCode::Left,
        "Right" => KeyCode::Right,
        "Down" => KeyCode::Down,
        "Up" => KeyCode::Up,
        "PgDn" => KeyCode::PageDown,
        "Home" => KeyCode::Home,
        "End" => KeyCode::End,
        "Backspace" => KeyCode::Backspace,
        "F1" => KeyCode::F(1),
        control => {
            let letter = control.strip_prefix("Ctrl-").unwrap().to_lowercase().chars().next().unwrap();
            return KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL);
        }
    };
    KeyEvent::new(code, KeyModifiers::NONE)
}

impl Played {
    /// The last screen as text.
    pub(crate) fn text(&self) -> String {
        grid(&self.screen, |cell| cell.symbol().to_owned())
    }

    /// How the last screen looks, line by line: the columns of each stretch that is not plain, with its colour and what makes it
    /// stand out.
    pub(crate) fn looks(&self) -> String {
        let mut told = Vec::new();
        for y in 0..self.screen.area.height {
            let look = |x: u16| (self.screen[(x, y)].fg, self.screen[(x, y)].bg, self.screen[(x, y)].modifier);
            let mut stretches = Vec::new();
            let mut start = 0;
            for x in 1..=self.screen.area.width {
                if x < self.screen.area.width && look(x) == look(start) {
                    continue;
                }
                let (text, ground, modifier) = look(start);
                let colours = [text, ground].map(|colour| colour.to_string().to_lowercase());
                let mut words: Vec<String> = colours.into_iter().filter(|name| name != "reset").collect();
                words.extend(modifier.iter_names().map(|(name, _)| name.to_lowercase()));
                if !words.is_empty() {
                    stretches.push(format!("{start}-{} {}", x - 1, words.join(" ")));
                }
                start = x;
            }
            if !stretches.is_empty() {
                told.push(format!("{y}: {}\n", stretches.join(", ")));
            }
        }
        told.concat()
    }

    /// The last screen with a letter for each cell's attributes: what stands out without any colour.
    pub(crate) fn attributes(&self) -> String {
        grid(&self.screen, |cell| {
            let is = |modifier| cell.modifier.contains(modifier);
            let letter = match (is(Modifier::REVERSED), is(Modifier::UNDERLINED), is(Modifier::BOLD)) {
                (true, ..) => 'r',
                (_, true, true) => 'm',
                (_, true, false) => 'u',
                (_, _, true) => 'b',
                _ if is(Modifier::DIM) => 'd',
                _ => '.',
            };
            letter.to_string()
        })
    }
}

fn grid(buffer: &Buffer, shown: impl Fn(&ratatui::buffer::Cell) -> String) -> String {
    let mut text = String::new();
    for y in 0..buffer.area.height {
        let row: String = (0..buffer.area.width).map(|x| shown(&buffer[(x, y)])).collect();
        text.push_str(row.trim_end());
        text.push('\n');
    }
    text
}

/// The world of a test.
struct World {
    desk: IndexDesk,
    answers: VecDeque<Message>,
    script: VecDeque<Message>,
    effects: Vec<Effect>,
    size: Option<(u16, u16)>,
}

impl Outside<TestBackend> for World {
    fn next(&mut self) -> Message {
        // What was asked for is answered before the next key is pressed.
        let next = self.answers.pop_front().or_else(|| self.script.pop_front());
        let next = next.unwrap_or(Message::Terminate(0));
        if let Message::Resized(columns, rows) = next {
            self.size = if columns == 0 || rows == 0 { Some((80, 24)) } else { Some((columns, rows)) };
        }
        next
    }

    fn waiting(&mut self) -> Option<Message> {
        None
    }

    fn today(&self) -> Option<Date> {
        Date::day(2026, 11, 24)
    }

    fn perform(&mut self, effect: Effect, terminal: &mut Terminal<TestBackend>) -> Result<Option<Message>, Infallible> {
        if let Effect::Work(job) = effect {
            self.answers.extend(self.desk.work(&job, &|| false).map(Message::Answer));
            return Ok(None);
        }
        if let Some((columns, rows)) = self.size.take().filter(|_| effect == Effect::Repaint) {
            terminal.backend_mut().resize(columns, rows);
        }
        self.effects.push(effect);
        Ok(None)
    }
}
