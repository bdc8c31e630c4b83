//! The bar that tells how far an import has come, on a terminal only.

use std::io::{self, IsTerminal};
use std::time::Duration;

use console::Term;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle, TermLike};

use super::printer::is_dumb;
use crate::text::safe;

/// Columns left free at the end of the bar's line. The terminal writes `^C` there: on a line of its own it would push
/// the bar out of reach, and it could not be cleared.
const FREE: u16 = 3;

/// Time between two drawings while nothing new is told, so that it is seen to be alive.
const TICK: Duration = Duration::from_millis(200);

/// A bar on stderr where that is a terminal, and nothing elsewhere.
pub(super) fn on_stderr() -> ProgressBar {
    if !io::stderr().is_terminal() || is_dumb() {
        return ProgressBar::hidden();
    }
    let target = ProgressDrawTarget::term_like(Box::new(Narrow(Term::buffered_stderr())));
    let bar = ProgressBar::with_draw_target(Some(0), target);
    set_style(&bar, 0);
    bar.enable_steady_tick(TICK);
    bar
}

/// Clears a bar when it is dropped: also where a fault ends what it tells of, and another thread still has the bar.
pub(super) struct Clearing(pub(super) ProgressBar);

impl Drop for Clearing {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// Shows a step of which so much is to be done; 0 where that is not known.
pub(super) fn tell(bar: &ProgressBar, length: u64, message: &str) {
    // Another style only where it is another kind of step: it costs a drawing.
    if bar.length() != Some(length) {
        bar.set_length(length);
        set_style(bar, length);
    }
    bar.set_message(safe(message).into_owned());
}

/// A bar where it is known how much there is, and a mark that turns where it is not.
fn set_style(bar: &ProgressBar, length: u64) {
    let template = if length == 0 { "{spinner} {wide_msg}" } else { "[{bar:20}] {wide_msg}" };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.progress_chars("=> ").tick_chars("-\\|/ "));
    }
}

/// A terminal that says it is a little narrower than it is.
#[derive(Debug)]
struct Narrow(Term);

impl TermLike for Narrow {
    fn width(&self) -> u16 {
        self.0.size().1.saturating_sub(FREE).max(1)
    }

    fn height(&self) -> u16 {
        self.0.size().0
    }

    fn move_cursor_up(&self, lines: usize) -> io::Result<()> {
        self.0.move_cursor_up(lines)
    }

    fn move_cursor_down(&self, lines: usize) -> io::Result<()> {
        self.0.move_cursor_down(lines)
    }

    fn move_cursor_right(&self, columns: usize) -> io::Result<()> {
        self.0.move_cursor_right(columns)
    }

    fn move_cursor_left(&self, columns: usize) -> io::Result<()> {
        self.0.move_cursor_left(columns)
    }

    fn write_line(&self, text: &str) -> io::Result<()> {
        self.0.write_line(text)
    }

    fn write_str(&self, text: &str) -> io::Result<()> {
        self.0.write_str(text)
    }

    fn clear_line(&self) -> io::Result<()> {
        self.0.clear_line()
    }

    fn flush(&self) -> io::Result<()> {
        self.0.flush()
    }
}
