//! From a key to a painted frame: update, work and drawing to bytes, beside a bare frame of ratatui that fills the same
//! screen with text.

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark fails by panicking")]

mod register;

use std::collections::VecDeque;
use std::convert::Infallible;

use criterion::{Criterion, criterion_group, criterion_main};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use outflow::explorer::desk::IndexDesk;
use outflow::explorer::message::{Effect, Message};
use outflow::explorer::state::State;
use outflow::explorer::theme::{Characters, Colours, Theme};
use outflow::explorer::worker::Desk;
use outflow::explorer::{Outside, run_loop};
use outflow::register::Date;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::widgets::Paragraph;

const THEME: Theme = Theme { colours: Colours::Sixteen, characters: Characters::Unicode };

/// A script whose work is done at once.
struct Script {
    desk: IndexDesk,
    waiting: VecDeque<Message>,
}

impl Outside<TestBackend> for Script {
    fn next(&mut self) -> Message {
        self.waiting.pop_front().unwrap_or(Message::Terminate(0))
    }

    fn waiting(&mut self) -> Option<Message> {
        None
    }

    fn today(&self) -> Option<Date> {
        None
    }

    fn perform(&mut self, effect: Effect, _: &mut Terminal<TestBackend>) -> Result<Option<Message>, Infallible> {
        if let Effect::Work(job) = effect
            && let Some(answer) = self.desk.work(&job, &|| false)
        {
            self.waiting.push_front(Message::Answer(answer));
        }
        Ok(None)
    }
}

fn frame(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let (name, index) = register::index(folder.path());
    for (columns, rows) in [(80, 24), (120, 40)] {
        let mut group = criterion.benchmark_group(format!("frames at {columns}x{rows} on the {name}"));
        group.sample_size(20);
        let mut bare = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        let text = "word ".repeat(usize::from(columns) * usize::from(rows) / 5);
        group.bench_function("ratatui: 9 bare frames full of text", |bencher| {
            bencher.iter(|| {
                for _ in 0..9 {
                    bare.draw(|frame| frame.render_widget(Paragraph::new(text.as_str()), frame.area())).unwrap();
                }
            });
        });
        group.bench_function("outflow: typing /dementia, each key searched and painted", |bencher| {
            bencher.iter(|| {
                let mut state = State::new(index.header().clone(), columns, rows);
                let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
                let keys = "/dementia".chars().map(|letter| KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE));
                let mut script =
                    Script { desk: IndexDesk::new(index.clone()), waiting: keys.map(Message::Key).collect() };
                run_loop(&mut terminal, &mut script, &mut state, THEME).unwrap();
            });
        });
        group.finish();
    }
}

criterion_group!(benches, frame);
criterion_main!(benches);
