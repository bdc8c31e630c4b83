//! Frames as they leave for the terminal: of each only what changes something. The library's own backend sets colours and the
//! cursor anew with every frame, also where nothing was drawn, which over a slow link a typed letter pays for.

use std::io::{self, Write};

use crossterm::QueueableCommand;
use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

use super::event_loop::Screen;

/// Writes frames.
pub(super) struct Frames<W: Write> {
    inner: CrosstermBackend<W>,
    frame: Frame,
    cursor: Cursor,
    at: Option<Position>,
}

/// What was written of the frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frame {
    /// There is none.
    Over,
    /// Nothing.
    Empty,
    /// Something.
    Begun,
}

/// Whether the terminal shows its cursor, as far as that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cursor {
    Unknown,
    Shown,
    Hidden,
}

impl<W: Write> Frames<W> {
    /// Frames that are written there.
    pub(super) fn new(out: W) -> Self {
        Self { inner: CrosstermBackend::new(out), frame: Frame::Over, cursor: Cursor::Unknown, at: None }
    }

    /// Something of the frame is written now.
    fn begin(&mut self) -> io::Result<()> {
        if self.frame == Frame::Empty {
            self.frame = Frame::Begun;
            self.inner.queue(BeginSynchronizedUpdate)?;
        }
        Ok(())
    }
}

impl<W: Write> Screen for Frames<W> {
    fn begin_frame(&mut self) -> io::Result<()> {
        self.frame = Frame::Empty;
        Ok(())
    }

    fn end_frame(&mut self) -> io::Result<()> {
        if self.frame == Frame::Begun {
            self.inner.queue(EndSynchronizedUpdate)?;
        }
        self.frame = Frame::Over;
        Backend::flush(&mut self.inner)
    }
}

impl<W: Write> Backend for Frames<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut content = content.peekable();
        if content.peek().is_none() {
            return Ok(());
        }
        self.begin()?;
        self.at = None;
        self.inner.draw(content)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.cursor != Cursor::Hidden {
            self.begin()?;
            self.cursor = Cursor::Hidden;
            self.inner.queue(Hide)?;
        }
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.cursor != Cursor::Shown {
            self.begin()?;
            self.cursor = Cursor::Shown;
            self.inner.queue(Show)?;
        }
        Ok(())
    }

    /// Where it was put. The terminal itself is never asked.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.at.ok_or_else(|| io::Error::other("the terminal is not asked where its cursor is"))
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let position = position.into();
        if self.at != Some(position) {
            self.begin()?;
            self.at = Some(position);
            self.inner.queue(MoveTo(position.x, position.y))?;
        }
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.begin()?;
        // Others may have had the terminal meanwhile.
        (self.cursor, self.at) = (Cursor::Unknown, None);
        self.inner.clear_region(region)
    }

    /// As the system says it: the library runs another program where it does not.
    fn size(&self) -> io::Result<Size> {
        Ok(super::terminal::size().into())
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.inner.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        // A frame leaves in one piece, at its end.
        if self.frame == Frame::Over { Backend::flush(&mut self.inner) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::rc::Rc;

    use ratatui::layout::Rect;
    use ratatui::{Terminal, TerminalOptions, Viewport};

    use super::*;

    /// What was written, flush by flush.
    #[derive(Clone, Default)]
    struct Wire(Rc<RefCell<Vec<u8>>>);

    impl Wire {
        fn taken(&self) -> String {
            String::from_utf8(self.0.take()).unwrap()
        }
    }

    impl Write for Wire {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.borrow_mut().extend(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn only_what_changes_is_written() {
        let wire = Wire::default();
        let options = TerminalOptions { viewport: Viewport::Fixed(Rect::new(0, 0, 10, 2)) };
        let mut terminal = Terminal::with_options(Frames::new(wire.clone()), options).unwrap();
        let mut draw = |text: &'static str, x| {
            terminal.backend_mut().begin_frame().unwrap();
            terminal
                .draw(|frame| {
                    frame.render_widget(text, frame.area());
                    frame.set_cursor_position((x, 0));
                })
                .unwrap();
            terminal.backend_mut().end_frame().unwrap();
            wire.taken()
        };
        let first = draw("word", 4);
        assert!(
            first.starts_with("\u{1b}[?2026h") && first.ends_with("\u{1b}[?25h\u{1b}[1;5H\u{1b}[?2026l"),
            "{first:?}"
        );
        assert_eq!(draw("word", 4), "");
        assert_eq!(draw("word", 3), "\u{1b}[?2026h\u{1b}[1;4H\u{1b}[?2026l");
        let letter = draw("words", 5);
        assert!(letter.contains('s') && !letter.contains("word") && !letter.contains("?25h"), "{letter:?}");
        // Cleared, everything is written anew, and where the cursor is too.
        terminal.resize(Rect::new(0, 0, 10, 2)).unwrap();
        terminal.backend_mut().begin_frame().unwrap();
        terminal.draw(|frame| frame.render_widget("words", frame.area())).unwrap();
        terminal.backend_mut().end_frame().unwrap();
        let anew = wire.taken();
        assert!(anew.contains("words") && anew.contains("\u{1b}[?25l"), "{anew:?}");
    }
}
