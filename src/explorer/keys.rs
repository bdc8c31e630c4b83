//! Keys as the table of actions names them.

use std::fmt;
use std::str::FromStr;

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

/// Keys that are no letters, as they are shown and as they can be written too.
const NAMED: [(KeyCode, &str, &[&str]); 16] = [
    (KeyCode::Char(' '), "Space", &[]),
    (KeyCode::Enter, "Enter", &["return"]),
    (KeyCode::Esc, "Esc", &["escape"]),
    (KeyCode::Tab, "Tab", &[]),
    (KeyCode::BackTab, "Shift-Tab", &["backtab"]),
    (KeyCode::Backspace, "Backspace", &[]),
    (KeyCode::Delete, "Delete", &["del"]),
    (KeyCode::Insert, "Insert", &["ins"]),
    (KeyCode::Left, "Left", &[]),
    (KeyCode::Right, "Right", &[]),
    (KeyCode::Up, "Up", &[]),
    (KeyCode::Down, "Down", &[]),
    (KeyCode::Home, "Home", &[]),
    (KeyCode::End, "End", &[]),
    (KeyCode::PageUp, "PgUp", &["page-up", "pageup"]),
    (KeyCode::PageDown, "PgDn", &["page-down", "pagedown"]),
];

/// Function keys that terminals have.
const LAST_FUNCTION_KEY: u8 = 12;

impl fmt::Display for Chord {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let has = |modifier| self.modifiers.contains(modifier);
        let control = if has(KeyModifiers::CONTROL) { "Ctrl-" } else { "" };
        let alt = if has(KeyModifiers::ALT) { "Alt-" } else { "" };
        let named = NAMED.iter().find(|(code, ..)| *code == self.code);
        let name = match (self.code, named) {
            (_, Some((_, name, _))) => (*name).to_owned(),
            (KeyCode::Char(letter), _) if has(KeyModifiers::CONTROL) => letter.to_ascii_uppercase().to_string(),
            (KeyCode::Char(letter), _) => letter.to_string(),
            (KeyCode::F(number), _) => format!("F{number}"),
            (other, _) => format!("{other:?}"),
        };
        out.pad(&format!("{control}{alt}{name}"))
    }
}

impl FromStr for Chord {
    type Err = String;

    /// Reads a chord as it is shown, or in small letters: `x`, `X`, `ctrl-f`, `alt-b`, `f2`, `space`, `pgdn`.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut rest = text;
        let mut modifiers = KeyModifiers::NONE;
        loop {
            let (modifier, after) = match rest.split_once('-') {
                Some((name, after)) if !after.is_empty() && name.eq_ignore_ascii_case("ctrl") => {
                    (KeyModifiers::CONTROL, after)
                }
                Some((name, after)) if !after.is_empty() && name.eq_ignore_ascii_case("alt") => {
                    (KeyModifiers::ALT, after)
                }
                _ => break,
            };
            modifiers |= modifier;
            rest = after;
        }
        let code = code_of(rest).ok_or_else(|| {
            format!("\"{text}\" is no key; write \"x\", \"ctrl-f\", \"alt-b\", \"f2\", \"space\", \"enter\", \"pgdn\" and the like")
        })?;
        if !modifiers.contains(KeyModifiers::CONTROL) {
            return Ok(Self { code, modifiers });
        }
        match code {
            KeyCode::Char(letter) => control_with(letter, modifiers).ok_or_else(|| {
                format!("\"{text}\": terminals send another key for it, or none; name a letter, or another key")
            }),
            _ => Ok(Self { code, modifiers }),
        }
    }
}

/// A letter with Control, where terminals tell it from all other keys.
fn control_with(letter: char, modifiers: KeyModifiers) -> Option<Chord> {
    let letter = letter.to_ascii_lowercase();
    // These two are Tab and Enter.
    let is_told = letter.is_ascii_lowercase() && !matches!(letter, 'i' | 'm') || letter == ' ';
    is_told.then_some(Chord { code: KeyCode::Char(letter), modifiers })
}

fn code_of(name: &str) -> Option<KeyCode> {
    let mut letters = name.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return (!letter.is_control() && !letter.is_whitespace()).then_some(KeyCode::Char(letter));
    }
    let is_named = |(_, shown, others): &&(KeyCode, &str, &[&str])| {
        shown.eq_ignore_ascii_case(name) || others.iter().any(|other| other.eq_ignore_ascii_case(name))
    };
    if let Some((code, ..)) = NAMED.iter().find(is_named) {
        return Some(*code);
    }
    let number = name.strip_prefix(['f', 'F'])?.parse().ok()?;
    (1..=LAST_FUNCTION_KEY).contains(&number).then_some(KeyCode::F(number))
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
            assert_eq!(name.parse(), Ok(chord));
        }
    }

    #[test]
    fn keys_are_read_as_they_are_shown_and_in_small_letters() {
        for (written, shown) in [
            ("x", "x"),
            ("X", "X"),
            ("-", "-"),
            ("é", "é"),
            ("ctrl-f", "Ctrl-F"),
            ("Ctrl-F", "Ctrl-F"),
            ("alt-b", "Alt-b"),
            ("alt--", "Alt--"),
            ("ctrl-alt-b", "Ctrl-Alt-B"),
            ("ctrl-left", "Ctrl-Left"),
            ("f12", "F12"),
            ("page-down", "PgDn"),
            ("shift-tab", "Shift-Tab"),
            ("space", "Space"),
            ("ctrl-space", "Ctrl-Space"),
        ] {
            let chord: Chord = written.parse().unwrap();
            assert_eq!(chord.to_string(), shown);
            assert_eq!(shown.parse(), Ok(chord));
        }
        for none in
            ["", " ", "xy", "f0", "f13", "ctrl-", "ctrl-i", "ctrl-m", "ctrl-[", "ctrl-1", "shift-x", "hyper-x", "\t"]
        {
            assert!(none.parse::<Chord>().is_err(), "{none}");
        }
    }

    #[test]
    fn shift_is_in_the_letter() {
        let event = KeyEvent::new(KeyCode::Char('N'), KeyModifiers::SHIFT);
        assert_eq!(Chord::of(&event), Some(Chord::plain(KeyCode::Char('N'))));
    }
}
