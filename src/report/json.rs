//! JSON as it leaves the program: it hides nothing and steers nothing.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CharEscape, CompactFormatter, Formatter, PrettyFormatter, Serializer};

use crate::text::is_hidden;

/// How a value is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// On many lines, for people to read as well.
    Lines,
    /// On one line.
    OneLine,
}

/// Writes a value. Characters that steer a terminal or hide are escaped, which changes no value.
///
/// # Errors
/// Where it cannot be written.
pub fn write<T: Serialize>(out: &mut dyn Write, value: &T, layout: Layout) -> io::Result<()> {
    let written = match layout {
        Layout::Lines => value.serialize(&mut Serializer::with_formatter(out, SafeJson(PrettyFormatter::new()))),
        Layout::OneLine => value.serialize(&mut Serializer::with_formatter(out, SafeJson(CompactFormatter))),
    };
    written.map_err(io::Error::from)
}

/// JSON that is safe to print on a terminal: serde_json leaves DEL, C1 controls and direction overrides as they are.
struct SafeJson<F>(F);

impl<F: Formatter> Formatter for SafeJson<F> {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut from = 0;
        for (at, letter) in fragment.char_indices() {
            if letter.is_control() || is_hidden(letter) || matches!(letter, '\u{2028}' | '\u{2029}') {
                out.write_all(&fragment.as_bytes()[from..at])?;
                for unit in letter.encode_utf16(&mut [0; 2]) {
                    write!(out, "\\u{unit:04x}")?;
                }
                from = at + letter.len_utf8();
            }
        }
        out.write_all(&fragment.as_bytes()[from..])
    }

    fn write_char_escape<W: ?Sized + Write>(&mut self, out: &mut W, escape: CharEscape) -> io::Result<()> {
        self.0.write_char_escape(out, escape)
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_array(out)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array(out)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array_value(out)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_value(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_hides_nothing_and_steers_nothing() {
        let text = "a\u{7f}\u{9b}\u{202e}b \u{e0041} \u{1b}[2J é";
        let mut bytes = Vec::new();
        write(&mut bytes, &text, Layout::Lines).unwrap();
        let written = String::from_utf8(bytes).unwrap();
        assert_eq!(written, "\"a\\u007f\\u009b\\u202eb \\udb40\\udc41 \\u001b[2J é\"");
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
    }
}
