//! A program in a pseudo-terminal of 80 columns and 24 rows, with a library of its own.

use std::io::{Read, Write};
use std::path::Path;

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

pub(crate) const ROWS: u16 = 24;
pub(crate) const COLUMNS: u16 = 80;

/// Bytes that are read at once.
const AT_ONCE: usize = 8192;

pub(crate) struct Terminal {
    master: Box<dyn MasterPty + Send>,
    reader: Box<dyn Read + Send>,
    keyboard: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    read: [u8; AT_ONCE],
}

impl Terminal {
    pub(crate) fn start(program: &str, library: &Path) -> Self {
        let size = PtySize { rows: ROWS, cols: COLUMNS, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(program);
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.env("OUTFLOW_LIBRARY", library);
        let child = pair.slave.spawn_command(command).unwrap();
        let reader = pair.master.try_clone_reader().unwrap();
        let keyboard = pair.master.take_writer().unwrap();
        Self { master: pair.master, reader, keyboard, child, read: [0; AT_ONCE] }
    }

    /// What the program writes next; nothing once it has ended.
    pub(crate) fn read(&mut self) -> &[u8] {
        let count = self.reader.read(&mut self.read).unwrap_or_default();
        &self.read[..count]
    }

    pub(crate) fn press(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    /// The number of its process.
    #[allow(dead_code, reason = "not every benchmark looks at its memory")]
    pub(crate) fn process(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    #[allow(dead_code, reason = "not every benchmark waits for an end")]
    pub(crate) fn wait(&mut self) {
        self.child.wait().unwrap();
    }

    pub(crate) fn end(mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        drop(self.master);
    }
}
