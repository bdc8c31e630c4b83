//! Keys as the table of actions names them.

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// A key with what is held beside it. Shift is left out: it is in the letter already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Chord {
    code: KeyCode,
    modifiers: KeyModifiers,
}

impl Chord {
    /// A key alone.
    pub const fn plain(code: KeyCode) -> Self {
        Self { code, modifiers: KeyModifiers::NONE }
    }

    /// A letter with Control.
    pub const fn control(letter: char) -> Self {
        Self { code: KeyCode::Char(letter), modifiers: KeyModifiers::CONTROL }
    }

    /// The chord of a key event; none for a key that is let go.
    pub fn of(event: &KeyEvent) -> Option<Self> {
        let modifiers = event.modifiers.difference(KeyModifiers::SHIFT);
        (event.kind != KeyEventKind::Release).then_some(Self { code: event.code, modifiers })
    }

    /// Whether it is a letter, digit or sign alone, which is text where one types.
    pub fn is_text(self) -> bool {
        matches!(self.code, KeyCode::Char(_)) && self.modifiers.is_empty()
    }

    /// The event that a terminal sends for it.
    pub fn event(self) -> KeyEvent {
        KeyEvent::new(self.code, self.modifiers)
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.code {
            KeyCode::Char(' ') => "Space".to_owned(),
            KeyCode::Char(letter) if self.modifiers.contains(KeyModifiers::CONTROL) => {
                format!("Ctrl-{}", letter.to_ascii_uppercase())
            }
            KeyCode::Char(letter) => letter.to_string(),
            KeyCode::F(number) => format!("F{number}"),
            KeyCode::PageDown => "PgDn".to_owned(),
            KeyCode::PageUp => "PgUp".to_owned(),
            other => format!("{other:?}"),
        };
        out.pad(&name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_named_as_people_name_them() {
        let names = [
            (Chord::plain(KeyCode::Char('n')), "n"),
            (Chord::plain(KeyCode::Char(' ')), "Space"),
            (Chord::control('l'), "Ctrl-L"),
            (Chord::plain(KeyCode::PageDown), "PgDn"),
            (Chord::plain(KeyCode::Esc), "Esc"),
            (Chord::plain(KeyCode::F(1)), "F1"),
        ];
        for (chord, name) in names {
            assert_eq!(chord.to_string(), name);
        }
    }

    #[test]
    fn shift_is_in_the_letter() {
        let event = KeyEvent::new(KeyCode::Char('N'), KeyModifiers::SHIFT);
        assert_eq!(Chord::of(&event), Some(Chord::plain(KeyCode::Char('N'))));
    }
}
