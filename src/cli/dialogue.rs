//! `outflow --plain` alone: the explorer as a dialogue of plain lines on the standard input and output.

use std::io::{self, BufRead, IsTerminal};
use std::sync::Arc;

use color_eyre::eyre::Report;

use super::Outcome;
use super::explore::Opened;
use super::printer::Printer;
use crate::explorer::desk::IndexDesk;
use crate::explorer::faulty::Faulty;
use crate::explorer::plain::{Dialogue, Reply};
use crate::explorer::worker::Desk;
use crate::index::Request;
use crate::library::lay_over;

/// The longest line that is read, in bytes: what is longer is no question of a person's.
const LONGEST: u64 = 16 * 1024;

/// What was read.
enum Read {
    /// A line.
    Line(String),
    /// One that is too long.
    TooLong,
    /// The end of the input.
    End,
}

pub(super) fn run(
    opened: Opened,
    request: Option<Request>,
    faulty: Faulty,
    printer: &mut Printer,
) -> Result<Outcome, Report> {
    let Opened { library, index, judging, names, faults, lock, clock } = opened;
    for fault in &faults {
        super::printer::remark(fault);
    }
    // Nothing is painted meanwhile, so that what other editions say of it is known from the first line on.
    lay_over(&index, library.as_ref(), &judging)?;
    let index = Arc::new(index);
    let header = index.header().clone();
    let mut desk = IndexDesk::new(index).judging(judging).naming(names).under(lock);
    if let Some(library) = library {
        desk = desk.beside(library);
    }
    let mut dialogue = Dialogue::new(faulty.desk(desk), header, clock.today());
    converse(&mut dialogue, request, printer)?;
    Ok(Outcome::Done)
}

/// Reads lines and answers them, until the input ends or the person does.
fn converse(dialogue: &mut Dialogue<impl Desk>, request: Option<Request>, printer: &mut Printer) -> io::Result<()> {
    let mut input = io::stdin().lock();
    // A terminal shows itself what is typed.
    let repeats = !io::stdin().is_terminal();
    say(&dialogue.begin(request), printer)?;
    loop {
        let line = match read(&mut input)? {
            Read::Line(line) => line,
            Read::TooLong => {
                say(&["Error: this line is too long to be read".to_owned()], printer)?;
                continue;
            }
            Read::End => return say(&["End: no more input".to_owned()], printer),
        };
        if repeats {
            say(&[format!("You: {}", line.trim())], printer)?;
        }
        match dialogue.answer(&line) {
            Reply::Said(lines) => say(&lines, printer)?,
            Reply::Ended => return say(&["End: closed".to_owned()], printer),
        }
    }
}

/// Prints lines, and sends them at once: nothing is said later than it is known.
fn say(lines: &[String], printer: &mut Printer) -> io::Result<()> {
    for line in lines {
        printer.line(line)?;
    }
    printer.finish()
}

/// Reads a line. Of one that is too long, nothing is kept.
fn read(input: &mut impl BufRead) -> io::Result<Read> {
    let mut bytes = Vec::new();
    let count = io::Read::take(&mut *input, LONGEST).read_until(b'\n', &mut bytes)?;
    if count == 0 {
        return Ok(Read::End);
    }
    if bytes.last() != Some(&b'\n') && count as u64 == LONGEST {
        input.skip_until(b'\n')?;
        return Ok(Read::TooLong);
    }
    Ok(Read::Line(String::from_utf8_lossy(&bytes).into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_with_the_input_and_long_ones_are_passed_over() {
        let long = "x".repeat(40 * 1024);
        let text = format!("home\r\n{long}\nquit");
        let mut input = io::BufReader::new(text.as_bytes());
        assert!(matches!(read(&mut input).unwrap(), Read::Line(line) if line.trim() == "home"));
        assert!(matches!(read(&mut input).unwrap(), Read::TooLong));
        assert!(matches!(read(&mut input).unwrap(), Read::Line(line) if line == "quit"));
        assert!(matches!(read(&mut input).unwrap(), Read::End));
    }
}
