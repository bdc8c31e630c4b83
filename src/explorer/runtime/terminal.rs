//! The terminal: taken at the start, given back at every end.

use std::fmt;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};

use crossterm::clipboard::CopyToClipboard;
use crossterm::cursor::Show;
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste};
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{Command, execute, queue};
use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};

use super::ExplorerError;
use crate::explorer::settings::Mouse;

/// A frame leaves in one piece.
const FRAME: usize = 256 * 1024;

/// The size of a terminal that does not know its own.
const UNKNOWN_SIZE: (u16, u16) = (80, 24);

/// Where frames are written.
pub(super) type Out = BufWriter<File>;

/// Asks the terminal to tell of buttons and the wheel, with places beyond column 223; of nothing while the mouse is only moved, as
/// the library's own command would.
struct HearClicks;

impl Command for HearClicks {
    fn write_ansi(&self, out: &mut impl fmt::Write) -> fmt::Result {
        out.write_str("\u{1b}[?1000h\u{1b}[?1006h")
    }
}

/// The terminal while it is ours; dropping it gives it back.
pub(super) struct Guard {
    out: File,
    mouse: Mouse,
}

/// Says why there is no terminal to draw on, if there is none.
pub(super) fn check() -> Result<(), ExplorerError> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(ExplorerError::NoTerminal("input or output is a pipe or a file"));
    }
    match std::env::var_os("TERM") {
        None => Err(ExplorerError::NoTerminal("TERM is not set")),
        Some(term) if term.is_empty() => Err(ExplorerError::NoTerminal("TERM is not set")),
        Some(term) if term == "dumb" => Err(ExplorerError::NoTerminal("TERM says dumb")),
        Some(_) => Ok(()),
    }
}

/// Columns and rows.
pub(super) fn size() -> (u16, u16) {
    match rustix::termios::tcgetwinsize(io::stdout()) {
        Ok(size) if size.ws_col > 0 && size.ws_row > 0 => (size.ws_col, size.ws_row),
        _ => UNKNOWN_SIZE,
    }
}

impl Guard {
    /// Takes the terminal.
    pub(super) fn enter(mouse: Mouse) -> io::Result<Self> {
        // With NO_COLOR the library writes empty styles, which undo reversed text. Which colours there are is the theme's to
        // say, and one that heeds NO_COLOR names none.
        crossterm::style::force_color_output(true);
        let mut guard = Self { out: output()?, mouse };
        guard.take()?;
        Ok(guard)
    }

    /// Takes the terminal, also again after others have used it. Modes that a lost connection may have left on are
    /// set back, and what was on the screen is cleared: some terminals have no second screen.
    pub(super) fn take(&mut self) -> io::Result<()> {
        // Whoever had the terminal meanwhile may have changed its mode, and the library sets it only from its own off.
        let _ = disable_raw_mode();
        enable_raw_mode()?;
        execute!(self.out, DisableMouseCapture, DisableBracketedPaste, EnterAlternateScreen, Clear(ClearType::All))?;
        if self.mouse == Mouse::Heard { execute!(self.out, HearClicks) } else { Ok(()) }
    }

    /// A writer of frames.
    pub(super) fn writer(&self) -> io::Result<Out> {
        Ok(BufWriter::with_capacity(FRAME, self.out.try_clone()?))
    }

    /// Tells pasted text from typed text, or stops doing so.
    pub(super) fn pasting(&mut self, is_on: bool) -> io::Result<()> {
        if is_on { execute!(self.out, EnableBracketedPaste) } else { execute!(self.out, DisableBracketedPaste) }
    }

    /// Sends text to the clipboard of the user's terminal. Nothing tells whether it arrives.
    pub(super) fn copy(&mut self, text: &str) -> io::Result<()> {
        execute!(self.out, CopyToClipboard::to_clipboard_from(text))
    }

    /// Gives the terminal back. There is nobody to tell if that fails.
    pub(super) fn leave(&mut self) {
        let _ = leave(&mut self.out);
        let _ = disable_raw_mode();
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.leave();
    }
}

/// Gives the terminal back as far as it takes output without waiting.
pub(super) fn leave_without_waiting() {
    if let Ok(mut out) = output()
        && let Ok(flags) = fcntl_getfl(&out)
    {
        // The flag is shared with whoever has the terminal next, so it is set back.
        let _ = fcntl_setfl(&out, flags | OFlags::NONBLOCK);
        let _ = leave(&mut out);
        let _ = fcntl_setfl(&out, flags);
    }
    let _ = disable_raw_mode();
}

fn leave(out: &mut File) -> io::Result<()> {
    let mut bytes = Vec::new();
    queue!(bytes, DisableMouseCapture, DisableBracketedPaste, Show, LeaveAlternateScreen)?;
    out.write_all(&bytes)
}

/// The standard output as a file, which holds nothing back.
fn output() -> io::Result<File> {
    Ok(File::from(rustix::io::dup(io::stdout())?))
}
