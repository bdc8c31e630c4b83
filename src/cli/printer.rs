//! Printing: for people with or without colour, for programs as JSON. Beside the explorer's runtime the only place
//! that writes escape sequences.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::ops::Range;

use serde::Serialize;

use super::arguments::{ColourWhen, Global};
use crate::concerns::Severity;
use crate::report::json;
use crate::text::{Characters, safe};

/// Width to wrap at where the terminal does not say, and the widest that reads well.
const WIDEST: usize = 100;

/// How a piece of text is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A heading or a name.
    Strong,
    /// Something beside the point.
    Quiet,
    /// What matched.
    Match,
    /// A concern's weight.
    Weight(Severity),
}

/// A piece of a line as it is printed: safe texts and our own marks. Only the printer makes one.
#[derive(Debug, Default)]
pub(super) struct Painted(String);

impl Painted {
    /// Adds a text as it is.
    pub(super) fn plain(mut self, text: &str) -> Self {
        self.0.push_str(safe(text).as_str());
        self
    }

    /// Adds what is painted.
    pub(super) fn then(mut self, other: &Self) -> Self {
        self.0.push_str(&other.0);
        self
    }
}

/// Where a command's output goes.
pub(super) struct Printer {
    out: Box<dyn Write>,
    coloured: bool,
    wrap: Option<usize>,
    characters: Characters,
}

impl Printer {
    /// Prints to the standard output.
    pub(super) fn stdout(global: &Global) -> Self {
        let terminal = io::stdout().is_terminal();
        let coloured = match global.color {
            _ if global.plain => false,
            ColourWhen::Always => true,
            ColourWhen::Never => false,
            ColourWhen::Auto => {
                terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()) && !is_dumb()
            }
        };
        let wrap = (terminal && !global.plain).then(terminal_width);
        let characters = super::explore::characters(global);
        Self { out: Box::new(BufWriter::new(io::stdout())), coloured, wrap, characters }
    }

    /// The mark where text was cut.
    pub(super) fn cut(&self) -> &'static str {
        match self.characters {
            Characters::Unicode => "…",
            Characters::Ascii => "...",
        }
    }

    /// Columns to print on, where a terminal says.
    pub(super) fn width(&self) -> Option<usize> {
        self.wrap
    }

    /// Prints one line; the text is made safe.
    pub(super) fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{}", safe(text))
    }

    /// Prints one line in a role.
    pub(super) fn line_as(&mut self, role: Role, text: &str) -> io::Result<()> {
        let painted = self.paint(role, text);
        self.painted(&painted)
    }

    /// Prints a line of painted pieces.
    pub(super) fn painted(&mut self, line: &Painted) -> io::Result<()> {
        writeln!(self.out, "{}", line.0)
    }

    /// Prints a text of many lines, indented, wrapped on a terminal.
    pub(super) fn block(&mut self, indent: usize, text: &str) -> io::Result<()> {
        for line in crate::text::lines(text) {
            match self.wrap {
                None => writeln!(self.out, "{:indent$}{}", "", safe(line))?,
                Some(width) => self.wrapped(indent, line, width.saturating_sub(indent).max(20))?,
            }
        }
        Ok(())
    }

    fn wrapped(&mut self, indent: usize, line: &str, width: usize) -> io::Result<()> {
        for range in crate::text::wrap(line, width) {
            writeln!(self.out, "{:indent$}{}", "", safe(line[range].trim_end()))?;
        }
        Ok(())
    }

    /// Prints a value beside its label; the lines of a long value stand under one another.
    pub(super) fn labelled(&mut self, label: &str, column: usize, value: &str) -> io::Result<()> {
        let mut label = label;
        for line in crate::text::lines(value) {
            // Without a width to wrap at a line is one piece.
            let room = self.wrap.map_or(usize::MAX, |width| width.saturating_sub(column).max(20));
            for range in crate::text::wrap(line, room) {
                let name = self.paint(Role::Quiet, label);
                let gap = column.saturating_sub(crate::text::width(label));
                writeln!(self.out, "{}{:gap$}{}", name.0, "", safe(line[range].trim_end()))?;
                label = "";
            }
        }
        Ok(())
    }

    /// A safe text in a role, as a piece of a line.
    pub(super) fn paint(&self, role: Role, text: &str) -> Painted {
        let text = safe(text);
        if !self.coloured {
            return Painted(text.into_owned());
        }
        let code = match role {
            Role::Strong => "1",
            Role::Quiet => "2",
            Role::Match => "1;4",
            Role::Weight(Severity::High) => "1;31",
            Role::Weight(Severity::Medium) => "33",
            Role::Weight(Severity::Note) => "36",
        };
        Painted(format!("\u{1b}[{code}m{text}\u{1b}[0m"))
    }

    /// A text with what matched marked, as a piece of a line.
    pub(super) fn marked(&self, text: &str, ranges: &[Range<usize>]) -> Painted {
        let mut line = Painted::default();
        let mut from = 0;
        for range in ranges {
            let (Some(before), Some(matched)) = (text.get(from..range.start), text.get(range.clone())) else {
                continue;
            };
            line = line.plain(before).then(&self.paint(Role::Match, matched));
            from = range.end;
        }
        line.plain(text.get(from..).unwrap_or_default())
    }

    /// Prints one JSON value. Characters that steer a terminal or hide are escaped, which changes no value.
    pub(super) fn json<T: Serialize>(&mut self, value: &T) -> io::Result<()> {
        json::write(&mut self.out, value, json::Layout::Lines)?;
        self.out.write_all(b"\n")
    }

    /// Where a report is written that makes its own text safe, such as a dossier.
    pub(super) fn out(&mut self) -> &mut dyn Write {
        &mut self.out
    }

    /// Sends what is still held back.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Prints a message to people, on stderr. If that cannot be written there is nobody to tell.
pub(super) fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "outflow: {}", safe(message));
}

/// Prints a remark to people, on stderr.
pub(super) fn remark(message: &str) {
    let _ = writeln!(io::stderr(), "{}", safe(message));
}

/// Whether the terminal is one that only prints.
pub(super) fn is_dumb() -> bool {
    std::env::var_os("TERM").is_none_or(|term| term == "dumb")
}

fn terminal_width() -> usize {
    let columns = rustix::termios::tcgetwinsize(io::stdout()).map_or(0, |size| usize::from(size.ws_col));
    if columns == 0 { WIDEST } else { columns.min(WIDEST) }
}
