//! The loop: message, update, effects, draw. Generic over the screen and over what happens, so that the tested loop is
//! the shipped loop.

use ratatui::Terminal;
use ratatui::backend::{Backend, TestBackend};

use crate::explorer::message::{Effect, Ended, Message};
use crate::explorer::state::State;
use crate::explorer::theme::Theme;
use crate::explorer::update::{start, update};
use crate::explorer::view::draw;
use crate::register::Date;

/// Messages that are taken before the screen is drawn: a burst of keys is one frame, and a flood still shows something.
const DRAINED: usize = 256;

/// What the loop needs of the world outside it.
pub trait Outside<B: Backend> {
    /// The next message; waits for it.
    fn next(&mut self) -> Message;

    /// A message that is there already.
    fn waiting(&mut self) -> Option<Message>;

    /// Today, by the system's clock.
    fn today(&self) -> Option<Date>;

    /// Does what the explorer asks for; what follows at once is returned.
    ///
    /// # Errors
    /// Where the terminal fails.
    fn perform(&mut self, effect: Effect, terminal: &mut Terminal<B>) -> Result<Option<Message>, B::Error>;
}

/// A screen that can take a frame whole.
pub trait Screen: Backend {
    /// What follows is one frame.
    ///
    /// # Errors
    /// Where the terminal fails.
    fn begin_frame(&mut self) -> Result<(), Self::Error>;

    /// The frame is whole.
    ///
    /// # Errors
    /// Where the terminal fails.
    fn end_frame(&mut self) -> Result<(), Self::Error>;
}

/// Runs the explorer until it ends.
///
/// # Errors
/// Where the terminal fails.
pub fn run_loop<B: Screen>(
    terminal: &mut Terminal<B>,
    outside: &mut impl Outside<B>,
    state: &mut State,
    theme: Theme,
) -> Result<Ended, B::Error> {
    for effect in start(state) {
        outside.perform(effect, terminal)?;
    }
    let mut next = None;
    loop {
        if state.redraw {
            state.redraw = false;
            terminal.backend_mut().begin_frame()?;
            terminal.draw(|frame| draw(state, theme, frame))?;
            terminal.backend_mut().end_frame()?;
        }
        next = next.or_else(|| Some(outside.next()));
        for _ in 0..DRAINED {
            let Some(message) = next.take() else { break };
            state.today = outside.today();
            let mut follows = None;
            for effect in update(state, message) {
                follows = outside.perform(effect, terminal)?.or(follows);
            }
            if let Some(ended) = state.ended {
                return Ok(ended);
            }
            next = follows.or_else(|| outside.waiting());
        }
    }
}

impl Screen for TestBackend {
    fn begin_frame(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }

    fn end_frame(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }
}
