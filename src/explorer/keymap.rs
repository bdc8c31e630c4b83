//! Which keys do what: those of the table, or those that the user has set in their place. What is shown anywhere, and what
//! a key does, both come from here.

use crossterm::event::KeyCode;

use super::actions::{ACTIONS, Action, ActionEntry, Place};
use super::keys::Chord;
use super::lock::Lock;
use crate::text::Fault;

/// The key that quits from anywhere. It cannot be taken away.
const QUIT: Chord = Chord::control('c');

/// The key that leaves what one is in. It cannot be taken away.
const LEAVE: Chord = Chord::plain(KeyCode::Esc);

/// The keys of all actions, in the order of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    chords: Vec<Vec<Chord>>,
    lock: Lock,
}

/// The keys that a user wants for an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// The action.
    pub action: Action,
    /// Its keys.
    pub chords: Vec<Chord>,
    /// The line in which that is said.
    pub line: usize,
}

impl Keymap {
    /// The keys of the table.
    pub fn built_in() -> Self {
        Self { chords: ACTIONS.iter().map(|entry| entry.chords.to_vec()).collect(), lock: Lock::Open }
    }

    /// The keys of the table, with a user's in their place. A wish that cannot be fulfilled is left out: that action keeps
    /// the keys of the table.
    pub fn with(mut wishes: Vec<Wish>, faults: &mut Vec<Fault>) -> Self {
        wishes.retain(|wish| {
            let found = faults_of(wish);
            let is_sound = found.is_empty();
            faults.extend(found.into_iter().map(|message| Fault { line: wish.line, message }));
            is_sound
        });
        loop {
            let mut keymap = Self::built_in();
            for wish in &wishes {
                keymap.set(wish.action, &wish.chords);
            }
            // What falls back to its own keys can stand in the way of another, so that is looked at again.
            let Some((clashing, message)) = keymap.clash(&wishes) else { return keymap };
            faults.push(Fault { line: wishes[clashing].line, message });
            wishes.remove(clashing);
        }
    }

    /// The same keys, for as much as a lock leaves of the explorer.
    #[must_use]
    pub fn under(self, lock: Lock) -> Self {
        Self { lock, ..self }
    }

    /// The lock that the explorer is under.
    pub fn lock(&self) -> Lock {
        self.lock
    }

    /// Whether an action is there at all.
    pub fn has(&self, action: Action) -> bool {
        self.lock.has(action)
    }

    /// The keys of an action, the usual one first; none where it is not there.
    pub fn of(&self, action: Action) -> &[Chord] {
        let at = ACTIONS.iter().position(|entry| entry.action == action).filter(|_| self.has(action));
        at.and_then(|at| self.chords.get(at)).map_or(&[], Vec::as_slice)
    }

    /// The usual key of an action as it is shown; its name where it has none.
    pub fn named(&self, action: Action) -> String {
        let name = || ACTIONS.iter().find(|entry| entry.action == action).map_or("", |entry| entry.name);
        self.of(action).first().map_or_else(|| name().to_owned(), ToString::to_string)
    }

    /// All keys of an action as they are shown.
    pub fn all_named(&self, action: Action) -> String {
        listed(self.of(action))
    }

    /// The action of a chord in a place.
    pub fn action_for(&self, place: Place, chord: Chord) -> Option<Action> {
        if chord == QUIT {
            return Some(Action::Quit);
        }
        let has = |(entry, chords): &(&ActionEntry, &Vec<Chord>)| {
            self.has(entry.action) && chords.contains(&chord) && reaches(entry, place, chord)
        };
        ACTIONS.iter().zip(&self.chords).find(has).map(|(entry, _)| entry.action)
    }

    /// Whether a chord would do something in a place that the lock took away.
    pub fn is_locked_away(&self, place: Place, chord: Chord) -> bool {
        let open = || Self { lock: Lock::Open, ..self.clone() };
        self.lock != Lock::Open && open().action_for(place, chord).is_some_and(|action| !self.has(action))
    }

    /// The keys of an action in a place; where it cannot be done there, those that it has elsewhere.
    pub fn chords_in(&self, entry: &ActionEntry, place: Place) -> Vec<Chord> {
        let all = self.of(entry.action);
        let here: Vec<Chord> =
            all.iter().copied().filter(|chord| self.action_for(place, *chord) == Some(entry.action)).collect();
        if here.is_empty() { all.to_vec() } else { here }
    }

    fn set(&mut self, action: Action, chords: &[Chord]) {
        let Some(at) = ACTIONS.iter().position(|entry| entry.action == action) else { return };
        let mut chords = chords.to_vec();
        let kept = kept_key(action).filter(|kept| !chords.contains(kept));
        chords.extend(kept);
        if let Some(before) = self.chords.get_mut(at) {
            *before = chords;
        }
    }

    /// A wish for a key that another action has in the same place, by its number; of two wishes the later one.
    fn clash(&self, wishes: &[Wish]) -> Option<(usize, String)> {
        for (at, wish) in wishes.iter().enumerate() {
            let entry = ACTIONS.iter().find(|entry| entry.action == wish.action)?;
            for (other, chords) in ACTIONS.iter().zip(&self.chords).filter(|(other, _)| other.action != wish.action) {
                let other_wish = wishes.iter().find(|wish| wish.action == other.action);
                if other_wish.is_some_and(|other| other.line > wish.line) {
                    continue;
                }
                let mut shared = wish.chords.iter().filter(|chord| chords.contains(chord));
                let place_of = |chord: &Chord| {
                    let both = |place: &&Place| reaches(entry, **place, *chord) && reaches(other, **place, *chord);
                    Place::ALL.iter().find(both)
                };
                let Some((chord, place)) = shared.find_map(|chord| Some((chord, place_of(chord)?))) else {
                    continue;
                };
                let other_line = other_wish.map_or(String::new(), |other| format!(" by line {}", other.line));
                return Some((
                    at,
                    format!(
                        "{}: {chord} is the key of {}{other_line} in {}; give that another key too, or this one",
                        entry.name,
                        other.name,
                        place.name()
                    ),
                ));
            }
        }
        None
    }
}

impl Default for Keymap {
    fn default() -> Self {
        Self::built_in()
    }
}

/// Chords as they are shown.
pub fn listed(chords: &[Chord]) -> String {
    chords.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// Whether a chord of an action does it in a place. Letters are text where one types; what is no letter opens the help even
/// there.
fn reaches(entry: &ActionEntry, place: Place, chord: Chord) -> bool {
    match entry.action {
        Action::Help if !chord.is_text() => place != Place::Cramped,
        _ => entry.places.contains(&place) && !(place.takes_text() && chord.is_text()),
    }
}

/// The key that an action keeps whatever is set.
fn kept_key(action: Action) -> Option<Chord> {
    match action {
        Action::Quit => Some(QUIT),
        Action::Back | Action::Leave | Action::LeaveAnswer | Action::LeaveGrid | Action::LeavePalette => Some(LEAVE),
        _ => None,
    }
}

/// What is wrong with a wish in itself.
fn faults_of(wish: &Wish) -> Vec<String> {
    let Some(entry) = ACTIONS.iter().find(|entry| entry.action == wish.action) else { return Vec::new() };
    let name = entry.name;
    let is_typed = entry.places.iter().all(|place| place.takes_text());
    let kept = kept_key(wish.action);
    let mut faults = Vec::new();
    for chord in &wish.chords {
        if *chord == QUIT && kept != Some(QUIT) {
            faults.push(format!("{name}: {chord} quits from anywhere, and stays so; name another key"));
        } else if *chord == LEAVE && kept != Some(LEAVE) {
            faults.push(format!("{name}: {chord} leaves what you are in, and stays so; name another key"));
        } else if is_typed && chord.is_text() {
            faults.push(format!(
                "{name}: {chord} is text where this works; name a key that is none, such as \"ctrl-t\" or \"f5\""
            ));
        }
    }
    if wish.chords.is_empty() && is_typed && kept.is_none() {
        faults.push(format!("{name} needs a key: the list of actions cannot do it"));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn wish(name: &str, chords: &[&str], line: usize) -> Wish {
        let action = ACTIONS.iter().find(|entry| entry.name == name).map(|entry| entry.action).unwrap();
        Wish { action, chords: chords.iter().map(|chord| chord.parse().unwrap()).collect(), line }
    }

    fn with(wishes: Vec<Wish>) -> (Keymap, Vec<String>) {
        let mut faults = Vec::new();
        let keymap = Keymap::with(wishes, &mut faults);
        (keymap, faults.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_chord_means_one_thing_in_one_place() {
        for place in Place::ALL {
            let mut seen = BTreeSet::new();
            for entry in &ACTIONS {
                for chord in entry.chords.iter().filter(|chord| reaches(entry, *place, **chord)) {
                    assert!(seen.insert(chord.to_string()), "{chord} means two things in {place:?}");
                    let does = Keymap::built_in().action_for(*place, *chord);
                    assert_eq!(does, Some(entry.action), "{} by {chord} in {place:?}", entry.name);
                }
            }
        }
        for place in Place::ALL {
            assert_eq!(Keymap::built_in().action_for(*place, QUIT), Some(Action::Quit));
        }
    }

    #[test]
    fn letters_are_text_where_one_types() {
        let keymap = Keymap::built_in();
        for place in [Place::Query, Place::Answer, Place::Palette] {
            for letter in ' '..='~' {
                assert_eq!(keymap.action_for(place, Chord::plain(KeyCode::Char(letter))), None, "{letter}");
            }
            assert_eq!(keymap.action_for(place, Chord::plain(KeyCode::F(1))), Some(Action::Help));
        }
    }

    #[test]
    fn what_a_user_sets_takes_the_place_of_what_was() {
        let (keymap, faults) =
            with(vec![wish("cite", &["Y", "f2"], 2), wish("back", &["~"], 3), wish("shared-words", &[], 4)]);
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(keymap.all_named(Action::Cite), "Y, F2");
        assert_eq!(keymap.action_for(Place::Detail, "y".parse().unwrap()), None);
        assert_eq!(keymap.action_for(Place::Detail, "f2".parse().unwrap()), Some(Action::Cite));
        // What leaves keeps Esc, what has no key is called by its name, and what quits keeps Ctrl-C.
        assert_eq!(keymap.all_named(Action::Back), "~, Esc");
        assert_eq!(keymap.named(Action::Words), "shared-words");
        let (quitting, _) = with(vec![wish("quit", &["Q"], 1)]);
        assert_eq!(quitting.all_named(Action::Quit), "Q, Ctrl-C");
        assert_eq!(quitting.action_for(Place::List, "q".parse().unwrap()), None);
        // Two can change places.
        let (swapped, faults) = with(vec![wish("next-match", &["N"], 1), wish("previous-match", &["n"], 2)]);
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(swapped.action_for(Place::Detail, "n".parse().unwrap()), Some(Action::PreviousMatch));
        // The same key does different things in different places.
        assert!(with(vec![wish("sort", &["u"], 1)]).1.is_empty());
    }

    #[test]
    fn what_cannot_be_is_told_and_the_tables_keys_stay() {
        let (keymap, faults) = with(vec![
            wish("cite", &["n"], 2),
            wish("sort", &["ctrl-c"], 3),
            wish("files", &["esc"], 4),
            wish("finish-query", &["x"], 5),
            wish("take-answer", &[], 6),
            wish("history", &["%"], 7),
            wish("evidence", &["%"], 8),
        ]);
        assert_eq!(keymap, with(vec![wish("history", &["%"], 7)]).0);
        for said in [
            "line 2: cite: n is the key of next-match in a list of projects; give that another key too, or this one",
            "line 3: sort: Ctrl-C quits from anywhere",
            "line 4: files: Esc leaves what you are in",
            "line 5: finish-query: x is text where this works",
            "line 6: take-answer needs a key",
            "line 8: evidence: % is the key of history by line 7 in a list of projects",
        ] {
            assert!(faults.iter().any(|fault| fault.starts_with(said)), "{said}\n{faults:#?}");
        }
        assert_eq!(faults.len(), 6);
        // Who keeps its own key after all can be in the way of another.
        let (kept, faults) = with(vec![wish("cite", &["n"], 1), wish("next-match", &["esc"], 2)]);
        assert_eq!((kept, faults.len()), (Keymap::built_in(), 2));
    }
}
