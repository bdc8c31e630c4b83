//! The real binary in a pseudo-terminal: keys in, a screen out.
//!
//! A thread reads all the time, since a program whose output nobody takes stands still. Waiting is for a condition with
//! a deadline, never for a time.

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// How long to wait for anything before a test fails.
const DEADLINE: Duration = Duration::from_secs(30);

/// A terminal with the program in it.
pub(crate) struct Terminal {
    master: Option<Box<dyn MasterPty + Send>>,
    keyboard: Option<Box<dyn Write + Send>>,
    child: Box<dyn Child + Send + Sync>,
    output: Receiver<Vec<u8>>,
    reading: Arc<AtomicBool>,
    screen: vt100::Parser,
    raw: Vec<u8>,
    /// The terminal's own settings, such as whether it shows what is typed, before anything ran in it.
    settings: String,
    ended: Option<ExitStatus>,
}

/// How to start the program.
pub(crate) struct Start<'a> {
    pub(crate) columns: u16,
    pub(crate) rows: u16,
    pub(crate) library: &'a Path,
    pub(crate) arguments: &'a [&'a str],
    pub(crate) environment: &'a [(&'a str, &'a str)],
}

impl Start<'_> {
    /// A command that has what the program is to have, with its arguments.
    pub(crate) fn command(&self, program: &str) -> CommandBuilder {
        let mut command = CommandBuilder::new(program);
        command.env_clear();
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.env("OUTFLOW_LIBRARY", self.library);
        for (name, value) in self.environment {
            command.env(name, value);
        }
        command.args(self.arguments);
        command.cwd(self.library);
        command
    }
}

impl Terminal {
    /// Starts the program in a terminal.
    pub(crate) fn start(start: &Start<'_>) -> Self {
        Self::run(start.columns, start.rows, start.command(env!("CARGO_BIN_EXE_outflow")))
    }

    /// Starts any command in a terminal.
    pub(crate) fn run(columns: u16, rows: u16, command: CommandBuilder) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let settings = settings(&*pair.master);
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        let reading = Arc::new(AtomicBool::new(true));
        let still_reading = Arc::clone(&reading);
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if sender.send(bytes[..count].to_vec()).is_err() || !still_reading.load(Ordering::SeqCst) {
                    break;
                }
            }
        });
        let keyboard = pair.master.take_writer().unwrap();
        let screen = vt100::Parser::new(cells(rows), cells(columns), 0);
        let (master, keyboard, raw) = (Some(pair.master), Some(keyboard), Vec::new());
        Self { master, keyboard, child, output, reading, screen, raw, settings, ended: None }
    }

    /// Presses keys, given as the bytes that a terminal sends.
    pub(crate) fn press(&mut self, keys: &str) {
        self.send(keys.as_bytes());
    }

    /// Sends bytes, whatever they are.
    pub(crate) fn send(&mut self, bytes: &[u8]) {
        let keyboard = self.keyboard.as_mut().unwrap();
        keyboard.write_all(bytes).unwrap();
        keyboard.flush().unwrap();
    }

    /// What the screen shows.
    pub(crate) fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// The screen itself, with its attributes and modes.
    pub(crate) fn screen(&self) -> &vt100::Screen {
        self.screen.screen()
    }

    /// All bytes that the program has written.
    pub(crate) fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// Waits until the screen shows a text.
    pub(crate) fn wait_for(&mut self, text: &str) {
        self.wait_until(&format!("\"{text}\" on the screen"), |terminal| terminal.text().contains(text));
    }

    /// Waits until a condition holds.
    pub(crate) fn wait_until(&mut self, what: &str, condition: impl Fn(&Self) -> bool) {
        let deadline = Instant::now() + DEADLINE;
        while !condition(self) {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.take(&bytes),
                Err(error) => panic!("waited for {what} ({error}); the screen shows:\n{}", self.text()),
            }
        }
    }

    /// Reads until nothing has come for a while; returns how many bytes came.
    pub(crate) fn settle(&mut self, quiet: Duration) -> usize {
        let before = self.raw.len();
        while let Ok(bytes) = self.output.recv_timeout(quiet) {
            self.take(&bytes);
        }
        self.raw.len() - before
    }

    /// Changes the size of the terminal.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.master.as_ref().unwrap().resize(size).unwrap();
        self.screen.screen_mut().set_size(cells(rows), cells(columns));
    }

    /// Takes no more output, as a stalled link does: the thread ends with the next piece, which a redrawing brings.
    pub(crate) fn stall(&mut self) {
        self.reading.store(false, Ordering::SeqCst);
        self.press("\u{c}");
        let deadline = Instant::now() + DEADLINE;
        while self.output.recv_timeout(deadline.saturating_duration_since(Instant::now())).is_ok() {}
    }

    /// Cuts the connection, as a dropped network link does.
    ///
    /// The reading thread holds the terminal open too: a last key, which the terminal shows, or a last change of size, which
    /// makes the program write, lets the thread see that it is over.
    pub(crate) fn hang_up(&mut self, columns: u16, rows: u16) {
        self.reading.store(false, Ordering::SeqCst);
        self.press(" ");
        self.resize(columns, rows);
        let deadline = Instant::now() + DEADLINE;
        while self.output.recv_timeout(deadline.saturating_duration_since(Instant::now())).is_ok() {}
        self.keyboard = None;
        self.master = None;
    }

    /// The program's process.
    pub(crate) fn process(&self) -> rustix::process::Pid {
        let number = i32::try_from(self.child.process_id().unwrap()).unwrap();
        rustix::process::Pid::from_raw(number).unwrap()
    }

    /// Sends a signal to the program.
    pub(crate) fn signal(&self, signal: rustix::process::Signal) {
        rustix::process::kill_process(self.process(), signal).unwrap();
    }

    /// Waits until the program has ended, and returns its exit code.
    pub(crate) fn wait_for_end(&mut self) -> u32 {
        let deadline = Instant::now() + DEADLINE;
        loop {
            match self.output.recv_timeout(Duration::from_millis(10)) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
            }
            if let Some(status) = self.child.try_wait().unwrap() {
                self.settle(Duration::from_millis(50));
                let code = status.exit_code();
                self.ended = Some(status);
                return code;
            }
            assert!(Instant::now() < deadline, "the program did not end; the screen shows:\n{}", self.text());
        }
    }

    /// Whether a signal of this name has ended the program, and it did not end by itself.
    pub(crate) fn was_ended_by(&self, signal: &str) -> bool {
        self.ended.as_ref().and_then(ExitStatus::signal) == Some(signal)
    }

    /// The terminal is as it was before: its own settings, the first screen, a cursor, and no mode left on.
    pub(crate) fn is_given_back(&self) {
        let screen = self.screen();
        assert!(!screen.alternate_screen(), "the second screen is still on");
        assert!(!screen.hide_cursor(), "the cursor is still hidden");
        assert!(!screen.bracketed_paste(), "pasting is still told apart");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        assert_eq!(settings(&**self.master.as_ref().unwrap()), self.settings);
    }

    fn take(&mut self, bytes: &[u8]) {
        self.screen.process(bytes);
        self.raw.extend_from_slice(bytes);
    }
}

/// The settings of a terminal, to be compared.
fn settings(terminal: &dyn MasterPty) -> String {
    format!("{:?}", terminal.get_termios().unwrap())
}

/// A number of rows or columns, as the emulator wants it.
fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap()
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
