//! What a person writes for the program, lists and settings, and what of it cannot be used, by its line.

use std::fmt;
use std::ops::Range;

use toml::Spanned;
use toml::de::DeTable;

use super::line_number;

/// Something that a person wrote and that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "line {}: {}", self.line, self.message)
    }
}

/// TOML that a person wrote, while it is read: whoever reads it goes on behind a fault, so that all are told at once.
#[derive(Debug)]
pub struct Written<'a> {
    text: &'a str,
    faults: Vec<Fault>,
}

impl<'a> Written<'a> {
    /// A text and what it says, with where that stands.
    ///
    /// # Errors
    /// Where it is no TOML. Nothing else is looked for then: what else seems to be wrong can follow from that.
    pub fn parse(text: &'a str) -> Result<(Self, Spanned<DeTable<'a>>), Vec<Fault>> {
        let mut written = Self { text, faults: Vec::new() };
        let (document, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            written.fault(&error.span().unwrap_or_default(), format!("this is no TOML: {}", error.message()));
        }
        if errors.is_empty() { Ok((written, document)) } else { Err(written.faults) }
    }

    /// The line in which something stands, counted from 1.
    pub fn line(&self, at: &Range<usize>) -> usize {
        line_number(self.text, at.start)
    }

    /// Keeps what is wrong there.
    pub fn fault(&mut self, at: &Range<usize>, message: impl Into<String>) {
        let line = self.line(at);
        self.faults.push(Fault { line, message: message.into() });
    }

    /// All that was wrong, by its line.
    pub fn faults(mut self) -> Vec<Fault> {
        self.faults.sort_by_key(|fault| fault.line);
        self.faults
    }
}
