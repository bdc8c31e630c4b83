//! Screens of any size, keys, pastes and changes of size in any order, and answers that come late: nothing makes the explorer fail,
//! what is selected is there, quitting is near, and the terminal's own cursor stands where one reads or types.

use std::collections::VecDeque;
use std::convert::Infallible;

use crate::support::stage;
use crate::support::stage::{COLOURED, PLAIN, keys, play, play_at_home, sample};
use outflow::explorer::actions::Place;
use outflow::explorer::desk::IndexDesk;
use outflow::explorer::message::{Answer, Effect, Ended, Gesture, Job, Message, Pointed};
use outflow::explorer::state::State;
use outflow::explorer::worker::Desk;
use outflow::explorer::{Outside, run_loop};
use outflow::register::Date;
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Position;
use ratatui::style::Modifier;

/// Every view, from the list of projects on.
const VIEWS: [&str; 24] = [
    "0",
    "",
    "/hospital pay",
    "/hospital<Enter>",
    "/xyzzy",
    "<Enter>",
    "/dementia<Enter><Enter>n",
    "<Enter>ce",
    "<Enter>c<Enter>",
    "<Enter>F",
    "<Enter>K",
    "<Enter>v",
    "2",
    "2<Enter>",
    "2t",
    "3",
    "3<Enter>",
    "4",
    "4<Enter>",
    "5",
    "E",
    "w",
    "f",
    "?",
];

const SIZES: [(u16, u16); 9] = [(0, 0), (1, 1), (20, 5), (39, 9), (40, 10), (41, 3), (3, 60), (100, 10), (500, 200)];

#[test]
fn every_view_is_drawn_at_every_size() {
    for (columns, rows) in SIZES {
        // The largest takes long to draw.
        let is_large = columns > 400;
        let moves = if is_large { "<Down>" } else { "<Down><PgDn><End><Home>" };
        for view in VIEWS.into_iter().chain([":"]) {
            let changed = [Message::Resized(columns, rows)];
            // Changed there, moved about in, and left.
            let script = keys(view).into_iter().chain(changed.clone()).chain(keys(moves));
            let script = script.chain([Message::Resized(80, 24), Message::Resized(columns, rows)]);
            let played = play(80, 24, PLAIN, script.chain(keys("<Ctrl-C>")));
            assert_eq!(played.ended, Ended::Quit, "{view} at {columns}x{rows}");
            // And begun there.
            if columns > 0 && !is_large {
                let played = play(columns, rows, COLOURED, keys(view).into_iter().chain(keys("<Ctrl-C>")));
                assert_eq!(played.ended, Ended::Quit, "{view} begun at {columns}x{rows}");
                let is_small = columns < 40 || rows < 10;
                assert!(!is_small || columns < 9 || played.text().starts_with("Too small"), "{}", played.text());
            }
        }
    }
}

#[test]
fn the_terminals_cursor_stands_on_what_is_selected_after_every_move() {
    let moves =
        ["", "j", "jj", "jjk", "<PgDn>", "<PgDn><PgDn>k", "<Ctrl-D>", "G", "Gk", "Gg", "<Down><Down><Down><Up>"];
    // Lists: the row is reversed and has the pointer.
    for view in ["", "/hospital<Enter>", "2", "2<Enter>", "3", "3<Enter>", "4", "E", "f"] {
        for moved in moves {
            for (columns, rows) in [(120, 40), (40, 10)] {
                let played = play(columns, rows, COLOURED, keys(&format!("{view}{moved}")));
                assert_selected(&played, &format!("{view}{moved} at {columns}x{rows}"));
            }
        }
    }
    for moved in moves {
        assert_selected(&play_at_home(80, 24, COLOURED, keys(moved)), &format!("home, {moved}"));
    }
    // Texts: somewhere in the text, and on the concern that one is at.
    for moved in moves.into_iter().chain(["n", "nn", "c", "cc", "ccC", "]", "ce"]) {
        let played = play(80, 24, COLOURED, keys(&format!("/hospital<Enter><Enter>{moved}")));
        let (_, y) = played.cursor;
        assert!((2..23).contains(&y), "{moved}: {y}\n{}", played.text());
        if moved.starts_with('c') && !moved.ends_with('e') {
            assert!(is_reversed(&played, y), "{moved}: {y}\n{}", played.attributes());
        }
    }
    // A table: on the cell.
    for moved in ["", "j", "l", "jjll", "G", "h", "ljlk"] {
        let played = play(80, 24, COLOURED, keys(&format!("2t{moved}")));
        let (x, y) = played.cursor;
        let cell = &played.screen[(x, y)];
        assert!(cell.modifier.contains(Modifier::REVERSED), "{moved}: {x},{y}\n{}", played.attributes());
    }
    // Where one types: behind what was typed, and before what one went back over.
    for (typed, column) in [("/", 2), ("/ab", 4), ("/ab<Left>", 3), ("/ab<Home>", 2), ("/日", 4), (":", 2), (":so", 4)]
    {
        for rest in ["", "<Down>"] {
            let played =
                play(80, 24, COLOURED, keys(&format!("{typed}{}", if typed.starts_with(':') { rest } else { "" })));
            assert_eq!(played.cursor, (column, 0), "{typed}{rest}\n{}", played.text());
        }
    }
}

fn is_reversed(played: &stage::Played, y: u16) -> bool {
    (0..played.screen.area.width).any(|x| played.screen[(x, y)].modifier.contains(Modifier::REVERSED))
}

fn assert_selected(played: &stage::Played, what: &str) {
    let (_, y) = played.cursor;
    let text = played.text();
    let row = text.lines().nth(usize::from(y)).unwrap_or_default();
    assert!(
        y > 0 && (row.starts_with('>') || row.contains(" > ")) && is_reversed(played, y),
        "{what}: row {y}: {row}\n{text}"
    );
}

/// A step of a session in which answers come when they come.
#[derive(Debug, Clone)]
enum Step {
    Happens(Box<Message>),
    /// The oldest piece of work that is not answered yet is.
    Answered,
    /// The newest is, before the older ones.
    AnsweredNewest,
}

fn happens(message: Message) -> Step {
    Step::Happens(Box::new(message))
}

/// A world in which work waits until a step answers it.
struct Late {
    desk: IndexDesk,
    jobs: VecDeque<Job>,
    steps: VecDeque<Step>,
    size: Option<(u16, u16)>,
}

impl Late {
    fn answer(&self, job: Option<Job>) -> Option<Message> {
        let mut answer = self.desk.work(&job?, &|| false)?;
        if let Answer::LaidOver { header } = &mut answer {
            // Something was found with it, so that all is read anew.
            header.tallies[0].findings += 1;
        }
        Some(Message::Answer(answer))
    }
}

impl Outside<TestBackend> for Late {
    fn next(&mut self) -> Message {
        while let Some(step) = self.steps.pop_front() {
            let message = match step {
                Step::Happens(message) => Some(*message),
                Step::Answered => {
                    let job = self.jobs.pop_front();
                    self.answer(job)
                }
                Step::AnsweredNewest => {
                    let job = self.jobs.pop_back();
                    self.answer(job)
                }
            };
            if let Some(message) = message {
                if let Message::Resized(columns, rows) = message {
                    self.size = Some(if columns == 0 || rows == 0 { (80, 24) } else { (columns, rows) });
                }
                return message;
            }
        }
        Message::Terminate(0)
    }

    fn waiting(&mut self) -> Option<Message> {
        None
    }

    fn today(&self) -> Option<Date> {
        Date::day(2026, 11, 24)
    }

    fn perform(&mut self, effect: Effect, terminal: &mut Terminal<TestBackend>) -> Result<Option<Message>, Infallible> {
        match effect {
            Effect::Work(job) => self.jobs.push_back(job),
            Effect::Repaint => {
                if let Some((columns, rows)) = self.size.take() {
                    terminal.backend_mut().resize(columns, rows);
                }
            }
            _ => {}
        }
        Ok(None)
    }
}

/// What can be pressed: every key that does something somewhere, and others.
fn names() -> Vec<String> {
    let letters = "jkgGhlnNcCeyYsfxXFKvVwWba#+tduTmM&012345/?:;[]~>\"(-*. é日".chars().map(String::from);
    let named = [
        "Enter",
        "Esc",
        "Tab",
        "Left",
        "Right",
        "Up",
        "Down",
        "PgDn",
        "Home",
        "End",
        "Backspace",
        "F1",
        "Ctrl-D",
        "Ctrl-U",
        "Ctrl-L",
        "Ctrl-W",
        "Ctrl-P",
        "Ctrl-N",
        "Ctrl-Z",
    ];
    letters.chain(named.map(|name| format!("<{name}>"))).collect()
}

fn pressed() -> impl Strategy<Value = Vec<Message>> {
    prop::sample::select(names()).prop_map(|name| keys(&name))
}

fn step() -> impl Strategy<Value = Vec<Step>> {
    let all = |messages: Vec<Message>| messages.into_iter().map(happens).collect::<Vec<_>>();
    let one = move |message| vec![happens(message)];
    let gesture = prop::sample::select(vec![Gesture::Click, Gesture::Up, Gesture::Down]);
    prop_oneof![
        20 => pressed().prop_map(all),
        10 => Just(vec![Step::Answered]),
        3 => Just(vec![Step::AnsweredNewest]),
        2 => (0_u16..250, 0_u16..80).prop_map(move |(columns, rows)| one(Message::Resized(columns, rows))),
        2 => (0_u16..250, 0_u16..80, gesture)
            .prop_map(move |(x, y, gesture)| one(Message::Pointed(Pointed { at: Position::new(x, y), gesture }))),
        1 => "\\PC{0,40}".prop_map(move |text| one(Message::Paste(text))),
        1 => Just(one(Message::Resumed)),
    ]
}

/// Plays steps, ending with keys; the state at the end, and how it ended.
fn late(steps: &[Step], ending: &str) -> (State, Ended) {
    let index = sample();
    let mut state = State::new(index.header().clone(), 80, 24).at_home();
    let steps = steps.iter().cloned().chain(keys(ending).into_iter().map(happens)).collect();
    let mut world = Late { desk: IndexDesk::new(index), jobs: VecDeque::new(), steps, size: None };
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
    let ended = run_loop(&mut terminal, &mut world, &mut state, COLOURED).unwrap();
    (state, ended)
}

fn cases() -> u32 {
    std::env::var("OUTFLOW_MONKEYS").ok().and_then(|count| count.parse().ok()).unwrap_or(8)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_and_whenever_it_is_answered(steps in prop::collection::vec(step(), 0..80)) {
        let steps = steps.concat();
        // The last search and what it leads to are answered, so that a selection can be looked at.
        let answered: Vec<Step> = steps.iter().cloned().chain(vec![Step::Answered; 200]).collect();
        let (state, ended) = late(&answered, "");
        if ended != Ended::Quit {
            let list = &state.list;
            prop_assert!(list.selected < list.projects.len().max(1), "{} of {}", list.selected, list.projects.len());
            prop_assert!(list.top <= list.selected || list.projects.is_empty());
            if let Some(detail) = state.shown() {
                prop_assert!(detail.top < detail.laid.lines.len().max(1));
            }
        }
        // One key quits from everywhere, whatever is still waited for.
        prop_assert_eq!(late(&steps, "<Ctrl-C>").1, Ended::Quit);
    }

    #[test]
    fn it_lives_with_any_size_between_any_keys(
        script in prop::collection::vec((pressed(), any::<u16>(), any::<u16>()), 0..12),
    ) {
        let size = |columns: u16, rows: u16| Message::Resized(columns % 700, rows % 300);
        let script = script.into_iter().flat_map(|(pressed, columns, rows)| {
            pressed.into_iter().chain([size(columns, rows)]).collect::<Vec<_>>()
        });
        let played = play(80, 24, COLOURED, script.chain(keys("<Ctrl-C>")));
        prop_assert_eq!(played.ended, Ended::Quit);
    }
}

/// Keys that lead to the same wherever one waits. What goes back leaves what is waited for, the help is gone through as it stands there,
/// and what cannot be kept, as nothing can here, drops the keys behind it.
fn alike() -> Vec<String> {
    let unlike = ["h", "<Left>", "<Esc>", "<Backspace>", "?", "<F1>", "b", "a", "#", "+", "W", "x", "d"];
    names().into_iter().filter(|name| !unlike.contains(&name.as_str())).collect()
}

/// Where keys have led: what does not depend on when they were answered.
fn led_to(state: &State) -> String {
    let place = state.place();
    // What is beside a list on a narrow screen is not seen.
    let shown = state.shown().filter(|_| place == Place::Detail).map(|detail| detail.subject);
    let list = (state.list.projects.len(), state.list.selected_project(), state.sort);
    let panes = (state.asking.is_some(), state.facets.is_some(), state.palette.is_some(), state.frames.len());
    format!("{:?} {place:?} {:?} {list:?} {shown:?} {panes:?}", state.view, state.query.value())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn keys_lead_to_the_same_however_late_they_are_answered(
        script in prop::collection::vec((prop::sample::select(alike()), 0_usize..4), 1..14),
        before in 0_usize..6,
    ) {
        let all = vec![Step::Answered; 60];
        let each = |answers: &dyn Fn(usize) -> Vec<Step>| -> Vec<Step> {
            script.iter().flat_map(|(name, late)| {
                keys(name).into_iter().map(happens).chain(answers(*late)).collect::<Vec<_>>()
            }).collect()
        };
        let soon = [all.clone(), each(&|_| all.clone())].concat();
        let slow = [vec![Step::Answered; before], each(&|late| vec![Step::Answered; late]), vec![Step::Answered; 300]];
        let ((soon, _), (slow, _)) = (late(&soon, ""), late(&slow.concat(), ""));
        // What is offered where nothing is found is taken once it is said, which is after the list.
        prop_assume!(!slow.list.projects.is_empty());
        prop_assert_eq!(led_to(&soon), led_to(&slow), "{} {:?}", before, script);
    }
}
