//! Escape sequences that came in pieces. Over a slow link an arrow key can arrive as Esc, then `[`, then `A`, and be
//! read as three keys; a person who presses Esc presses nothing else within a twentieth of a second.

use std::time::{Duration, Instant};

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// How long an Esc waits for what may follow it.
const WAIT: Duration = Duration::from_millis(50);

/// The same over SSH, where packets come later.
const WAIT_REMOTE: Duration = Duration::from_millis(100);

/// The longest sequence that is put together: Esc and what the mouse did, with its place.
const LONGEST: usize = 16;

/// Puts keys together again.
#[derive(Debug)]
pub(super) struct Escapes {
    wait: Duration,
    held: Vec<KeyEvent>,
    since: Option<Instant>,
}

impl Escapes {
    pub(super) fn new(is_remote: bool) -> Self {
        Self { wait: if is_remote { WAIT_REMOTE } else { WAIT }, held: Vec::new(), since: None }
    }

    /// How long to wait for the next key before the held ones are let go; `None` if none is held.
    pub(super) fn patience(&self, now: Instant) -> Option<Duration> {
        self.since.map(|since| (since + self.wait).saturating_duration_since(now))
    }

    /// Takes a key; returns the keys that are certain now.
    pub(super) fn take(&mut self, key: KeyEvent, now: Instant) -> Vec<KeyEvent> {
        let mut certain = if self.patience(now) == Some(Duration::ZERO) { self.let_go() } else { Vec::new() };
        if key.kind == KeyEventKind::Release {
            return certain;
        }
        if self.held.is_empty() {
            if key.code == KeyCode::Esc && key.modifiers.is_empty() {
                self.held.push(key);
                self.since = Some(now);
            } else {
                certain.push(key);
            }
            return certain;
        }
        self.held.push(key);
        match self.read() {
            Reading::Whole(whole) => {
                self.let_go();
                certain.push(whole);
            }
            Reading::Pointed => drop(self.let_go()),
            Reading::Begun if self.held.len() < LONGEST => {}
            Reading::Begun | Reading::Other => certain.extend(self.let_go()),
        }
        certain
    }

    /// The held keys as they came: nothing follows them.
    pub(super) fn let_go(&mut self) -> Vec<KeyEvent> {
        self.since = None;
        std::mem::take(&mut self.held)
    }

    fn read(&self) -> Reading {
        let mut letters = String::new();
        for key in &self.held[1..] {
            match key.code {
                KeyCode::Char(letter) if key.modifiers.difference(KeyModifiers::SHIFT).is_empty() => {
                    letters.push(letter);
                }
                _ => return Reading::Other,
            }
        }
        let Some(rest) = letters.strip_prefix(['[', 'O']) else { return Reading::Other };
        let code = match rest {
            "" => return Reading::Begun,
            "A" => KeyCode::Up,
            "B" => KeyCode::Down,
            "C" => KeyCode::Right,
            "D" => KeyCode::Left,
            "H" | "1~" | "7~" => KeyCode::Home,
            "F" | "4~" | "8~" => KeyCode::End,
            "Z" => KeyCode::BackTab,
            "P" | "11~" => KeyCode::F(1),
            "3~" => KeyCode::Delete,
            "5~" => KeyCode::PageUp,
            "6~" => KeyCode::PageDown,
            digits if is_of_numbers(digits) => return Reading::Begun,
            mouse if mouse.strip_prefix('<').is_some_and(is_of_numbers) => return Reading::Begun,
            mouse
                if mouse
                    .strip_prefix('<')
                    .and_then(|rest| rest.strip_suffix(['M', 'm']))
                    .is_some_and(is_of_numbers) =>
            {
                return Reading::Pointed;
            }
            _ => return Reading::Other,
        };
        Reading::Whole(KeyEvent::new(code, KeyModifiers::NONE))
    }
}

/// Whether a text is of figures, and what stands between numbers.
fn is_of_numbers(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || byte == b';')
}

/// What the held keys come to.
enum Reading {
    /// A key.
    Whole(KeyEvent),
    /// The beginning of one.
    Begun,
    /// What the mouse did, which is lost: as keys it would mean something else.
    Pointed,
    /// Keys of their own.
    Other,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<KeyEvent> {
        let code = |letter| if letter == '\u{1b}' { KeyCode::Esc } else { KeyCode::Char(letter) };
        text.chars().map(|letter| KeyEvent::new(code(letter), KeyModifiers::NONE)).collect()
    }

    fn taken(text: &str, gap: Duration) -> Vec<KeyCode> {
        let mut escapes = Escapes::new(false);
        let mut now = Instant::now();
        let mut certain = Vec::new();
        for key in keys(text) {
            certain.extend(escapes.take(key, now));
            now += gap;
        }
        certain.extend(escapes.let_go());
        certain.into_iter().map(|key| key.code).collect()
    }

    #[test]
    fn a_key_in_pieces_is_one_key() {
        let quick = Duration::from_millis(5);
        assert_eq!(taken("\u{1b}[A", quick), [KeyCode::Up]);
        assert_eq!(taken("\u{1b}OB", quick), [KeyCode::Down]);
        assert_eq!(taken("\u{1b}[5~j", quick), [KeyCode::PageUp, KeyCode::Char('j')]);
        assert_eq!(taken("a\u{1b}[Cb", quick), [KeyCode::Char('a'), KeyCode::Right, KeyCode::Char('b')]);
    }

    #[test]
    fn what_the_mouse_did_in_pieces_is_no_key() {
        let quick = Duration::from_millis(1);
        assert_eq!(taken("j\u{1b}[<0;11;4Mk", quick), [KeyCode::Char('j'), KeyCode::Char('k')]);
        assert_eq!(taken("\u{1b}[<65;200;60m", quick), []);
        // What is no place of a mouse is typed.
        assert_eq!(taken("\u{1b}[<q", quick).len(), 4);
    }

    #[test]
    fn esc_and_what_follows_later_are_keys_of_their_own() {
        let slow = Duration::from_millis(60);
        assert_eq!(taken("\u{1b}[A", slow), [KeyCode::Esc, KeyCode::Char('['), KeyCode::Char('A')]);
        let quick = Duration::from_millis(5);
        assert_eq!(taken("\u{1b}q", quick), [KeyCode::Esc, KeyCode::Char('q')]);
        assert_eq!(taken("\u{1b}", quick), [KeyCode::Esc]);
    }

    #[test]
    fn esc_is_held_no_longer_than_it_takes() {
        let mut escapes = Escapes::new(false);
        let now = Instant::now();
        assert_eq!(escapes.patience(now), None);
        assert!(escapes.take(keys("\u{1b}")[0], now).is_empty());
        assert_eq!(escapes.patience(now), Some(WAIT));
        assert_eq!(escapes.patience(now + WAIT * 2), Some(Duration::ZERO));
        assert_eq!(Escapes::new(true).wait, WAIT_REMOTE);
    }

    proptest::proptest! {
        #[test]
        fn no_key_is_lost(text in "[\u{1b}\\[OA1;~xq]{0,30}", gap in 0_u64..80) {
            // Each key comes out, alone or in a sequence, whatever the rhythm.
            let certain = taken(&text, Duration::from_millis(gap));
            let alone = certain.iter().filter(|code| matches!(code, KeyCode::Esc | KeyCode::Char(_))).count();
            let joined = certain.len() - alone;
            proptest::prop_assert!(alone + joined * LONGEST >= text.chars().count());
            proptest::prop_assert!(alone + joined <= text.chars().count());
        }
    }
}
