//! An explorer whose work is answered when a test says so.

use std::sync::Arc;

use crate::support::stage::{keys, sample};
use outflow::explorer::desk::IndexDesk;
use outflow::explorer::message::{Answer, Effect, Job, Message};
use outflow::explorer::state::State;
use outflow::explorer::update::{start, update};
use outflow::explorer::worker::Desk;
use outflow::library::Library;

/// An explorer of which one sees what it asks for, and says when that is answered.
pub(super) struct Explorer {
    pub(super) state: State,
    desk: IndexDesk,
    /// What was asked for and is not answered.
    pub(super) asked: Vec<Job>,
}

impl Explorer {
    pub(super) fn open() -> Self {
        let index = sample();
        let (state, desk) = (State::new(index.header().clone(), 80, 24), IndexDesk::new(index));
        Self::started(state, desk)
    }

    pub(super) fn of(library: &Library) -> Self {
        let index = Arc::new(library.open(None).unwrap().index);
        let state = State::new(index.header().clone(), 80, 24);
        Self::started(state, IndexDesk::new(index).beside(library.clone()))
    }

    fn started(state: State, desk: IndexDesk) -> Self {
        let mut explorer = Self { state, desk, asked: Vec::new() };
        let effects = start(&mut explorer.state);
        explorer.heed(effects);
        explorer.answer_all();
        explorer
    }

    fn heed(&mut self, effects: Vec<Effect>) {
        self.asked.extend(effects.into_iter().filter_map(|effect| match effect {
            Effect::Work(job) => Some(job),
            _ => None,
        }));
    }

    pub(super) fn take(&mut self, answer: Answer) {
        let effects = update(&mut self.state, Message::Answer(answer));
        self.heed(effects);
    }

    pub(super) fn press(&mut self, script: &str) {
        for message in keys(script) {
            let effects = update(&mut self.state, message);
            self.heed(effects);
        }
    }

    /// What the work of one kind comes to that is asked for.
    pub(super) fn answers(&mut self, is: fn(&Job) -> bool) -> Vec<Answer> {
        let (wanted, left): (Vec<Job>, Vec<Job>) = self.asked.drain(..).partition(is);
        self.asked = left;
        wanted.iter().filter_map(|job| self.desk.work(job, &|| false)).collect()
    }

    pub(super) fn answer(&mut self, is: fn(&Job) -> bool) {
        for answer in self.answers(is) {
            self.take(answer);
        }
    }

    pub(super) fn answer_all(&mut self) {
        while !self.asked.is_empty() {
            self.answer(|_| true);
        }
    }
}

pub(super) fn is_find(job: &Job) -> bool {
    matches!(job, Job::Find { .. })
}
