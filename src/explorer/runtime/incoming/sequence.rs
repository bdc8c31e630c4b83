//! Sequences that begin with Esc and `[` or `O`: keys, and what the mouse did.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

/// The longest sequence that means something is a third of this.
const LONGEST: usize = 64;

/// The letters of an old report of the mouse: its button and its place, a byte each.
const OLD_REPORT: usize = 3;

/// The most parts that a key's numbers have: which key, what is held beside it, and which letter it stands for.
const PARTS: usize = 3;

/// A sequence, without its Esc.
#[derive(Debug)]
pub(super) struct Sequence {
    bytes: [u8; LONGEST],
    length: usize,
}

/// What a byte makes of a sequence.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// More is to come.
    More,
    /// It is whole, and a paste begins.
    Paste,
    /// It is whole.
    Event(Event),
    /// It is whole, and nothing that is listened to.
    Nothing,
    /// It is none, and the byte not of it.
    Broken,
}

impl Sequence {
    /// A sequence by its first byte after Esc.
    pub(super) fn new(first: u8) -> Self {
        let mut bytes = [0; LONGEST];
        bytes[0] = first;
        Self { bytes, length: 1 }
    }

    /// How many bytes have come, with Esc.
    pub(super) fn len(&self) -> usize {
        self.length + 1
    }

    /// The letter that was pressed with Alt, if nothing follows it. A sequence that breaks off later was none that a person typed.
    pub(super) fn alone(&self) -> Option<char> {
        (self.length == 1).then(|| char::from(self.bytes[0]))
    }

    /// Takes a byte.
    pub(super) fn take(&mut self, byte: u8) -> Taken {
        let is_report = self.so_far().starts_with(b"[M");
        let fits = if is_report { byte >= b' ' } else { (b' '..=b'~').contains(&byte) };
        // A control key, such as Ctrl-C, is heard in the middle of a sequence.
        if !fits {
            return Taken::Broken;
        }
        // One that is longer than any means nothing, but its end has to be found.
        if self.length < LONGEST {
            self.bytes[self.length] = byte;
            self.length += 1;
        }
        match self.so_far() {
            [b'O', ..] => found(of_application(byte)),
            b"[M" | b"[[" => Taken::More,
            [b'[', b'[', ..] => found(of_console(byte)),
            [b'[', b'M', report @ ..] if report.len() < OLD_REPORT => Taken::More,
            [b'[', b'M', report @ ..] => found(old_report(report).map(Event::Mouse)),
            _ if !(b'@'..=b'~').contains(&byte) => Taken::More,
            _ if self.length == LONGEST => Taken::Nothing,
            b"[200~" => Taken::Paste,
            [b'[', b'<', numbers @ .., _] => found(report(numbers, byte).map(Event::Mouse)),
            [b'[', numbers @ .., _] => found(of_numbers(numbers, byte)),
            _ => Taken::Nothing,
        }
    }

    fn so_far(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

fn found(event: Option<Event>) -> Taken {
    event.map_or(Taken::Nothing, Taken::Event)
}

fn plain(code: KeyCode) -> Event {
    Event::Key(KeyEvent::new(code, KeyModifiers::NONE))
}

/// The letter of a key that has one: arrows, the ends of a line, and the first function keys.
fn lettered(letter: u8) -> Option<KeyCode> {
    Some(match letter {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'P'..=b'S' => KeyCode::F(letter - b'P' + 1),
        _ => return None,
    })
}

/// The number of a key that has one.
fn numbered(number: u32) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => KeyCode::F(function(number - 10)?),
        17..=21 => KeyCode::F(function(number - 11)?),
        23..=24 => KeyCode::F(function(number - 12)?),
        _ => return None,
    })
}

fn function(number: u32) -> Option<u8> {
    u8::try_from(number).ok()
}

/// Keys of a terminal whose keypad an application asked for: arrows, and Enter and the figures of the keypad.
fn of_application(letter: u8) -> Option<Event> {
    let code = match letter {
        b'M' => KeyCode::Enter,
        b'j'..=b'y' => KeyCode::Char(char::from(letter - b'j' + b'*')),
        _ => lettered(letter)?,
    };
    Some(plain(code))
}

/// Function keys of the Linux console.
fn of_console(letter: u8) -> Option<Event> {
    (b'A'..=b'E').contains(&letter).then(|| plain(KeyCode::F(letter - b'A' + 1)))
}

/// A key told by numbers: which, and what is held beside it.
fn of_numbers(numbers: &[u8], last: u8) -> Option<Event> {
    if numbers.is_empty() && last == b'Z' {
        return Some(Event::Key(KeyEvent::new(KeyCode::BackTab, KeyModifiers::SHIFT)));
    }
    let mut parts = [0_u32; PARTS];
    let mut kind = 1;
    let mut count = 0;
    if !numbers.is_empty() {
        for part in numbers.split(|byte| *byte == b';') {
            // Behind a colon stands whether the key is pressed, kept down or let go.
            let mut inner = part.split(|byte| *byte == b':');
            let number = number(inner.next()?)?;
            if count == 1 {
                kind = inner.next().and_then(self::number).unwrap_or(kind);
            }
            *parts.get_mut(count)? = number;
            count += 1;
        }
    }
    let modifiers = modifiers(parts[1]);
    let code = match last {
        b'~' if (parts[0], count) == (27, PARTS) => typed(parts[2])?,
        b'~' => numbered(parts[0])?,
        b'u' => typed(parts[0])?,
        // With numbers it is an answer: where the cursor is.
        b'R' if count > 0 => return None,
        _ if parts[0] <= 1 => lettered(last)?,
        _ => return None,
    };
    let is_let_go = kind == 3;
    (!is_let_go).then(|| Event::Key(KeyEvent::new(code, modifiers)))
}

/// The key that types a character, for terminals that another program left telling all keys by numbers.
fn typed(number: u32) -> Option<KeyCode> {
    Some(match number {
        9 => KeyCode::Tab,
        13 => KeyCode::Enter,
        27 => KeyCode::Esc,
        127 => KeyCode::Backspace,
        _ => KeyCode::Char(char::from_u32(number).filter(|letter| !letter.is_control())?),
    })
}

fn modifiers(number: u32) -> KeyModifiers {
    let held = number.saturating_sub(1);
    let all = [
        KeyModifiers::SHIFT,
        KeyModifiers::ALT,
        KeyModifiers::CONTROL,
        KeyModifiers::SUPER,
        KeyModifiers::HYPER,
        KeyModifiers::META,
    ];
    let is_held = |(bit, _): &(usize, KeyModifiers)| held & (1 << bit) != 0;
    all.into_iter().enumerate().filter(is_held).map(|(_, modifier)| modifier).collect()
}

fn number(figures: &[u8]) -> Option<u32> {
    if figures.is_empty() {
        return Some(0);
    }
    let is_number = figures.iter().all(u8::is_ascii_digit);
    is_number.then(|| std::str::from_utf8(figures).ok()?.parse().ok())?
}

/// What the mouse did, as it is told by numbers.
fn report(numbers: &[u8], last: u8) -> Option<MouseEvent> {
    let mut parts = numbers.split(|byte| *byte == b';').map(number);
    let (button, column, row) = (parts.next()??, parts.next()??, parts.next()??);
    let place = |at: u32| u16::try_from(at.checked_sub(1)?).ok();
    let is_down = last == b'M';
    (parts.next().is_none() && (is_down || last == b'm'))
        .then(|| mouse(button, is_down, place(column)?, place(row)?))
        .flatten()
}

/// What the mouse did, as terminals tell it that know the old way alone.
fn old_report(report: &[u8]) -> Option<MouseEvent> {
    let &[button, column, row] = report else { return None };
    let place = |at: u8| at.checked_sub(b' ' + 1).map(u16::from);
    let button = u32::from(button.checked_sub(b' ')?);
    // Which button was let go is not told.
    let is_down = button & 3 != 3;
    mouse(button, is_down, place(column)?, place(row)?)
}

fn mouse(button: u32, is_down: bool, column: u16, row: u16) -> Option<MouseEvent> {
    // Beside the button there are bits for movement and for keys that are held.
    let is_moved = button & 32 != 0;
    let modifiers = modifiers(((button >> 2) & 7) + 1);
    let buttons = [MouseButton::Left, MouseButton::Middle, MouseButton::Right];
    let pressed = button & 3;
    let which = buttons.get(usize::try_from(pressed).ok()?).copied();
    let kind = match (button & 64 != 0, is_moved, is_down) {
        (true, false, true) if pressed == 0 => MouseEventKind::ScrollUp,
        (true, false, true) if pressed == 1 => MouseEventKind::ScrollDown,
        (false, false, true) => MouseEventKind::Down(which?),
        (false, false, false) => MouseEventKind::Up(which.unwrap_or(MouseButton::Left)),
        (false, true, _) => which.map_or(MouseEventKind::Moved, MouseEventKind::Drag),
        _ => return None,
    };
    Some(MouseEvent { kind, column, row, modifiers })
}
