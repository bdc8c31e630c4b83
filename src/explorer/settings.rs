//! What a user sets for the explorer in `config.toml`: its keys and how it looks. A fault in a line takes away that line and no other, and
//! all faults are told at once.

use std::fmt::Write;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::actions::{ACTIONS, groups};
use super::keymap::{Keymap, Wish, listed};
use super::keys::Chord;
use super::theme::{Characters, Colours, NAMES};
use crate::text::{Fault, Written};

/// Name of the file in the configuration folder.
pub const FILE: &str = "config.toml";

/// The sections that there are.
const SECTIONS: &str = "[keys] and [theme], and mouse above them";

/// What is set, and for the rest what comes with the program.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Which keys do what.
    pub keys: Keymap,
    /// Which colours, if that is said.
    pub colours: Option<Colours>,
    /// Which characters, if that is said.
    pub characters: Option<Characters>,
    /// Whether the mouse is listened to.
    pub mouse: Mouse,
}

/// Whether the mouse is listened to. While it is, the terminal's own way to mark text needs a key held down.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mouse {
    /// It is left to the terminal.
    #[default]
    Left,
    /// Its button and its wheel are told.
    Heard,
}

/// A file while it is read.
struct Reader<'a> {
    written: Written<'a>,
}

impl Settings {
    /// Reads a file. What has a fault is left out.
    pub fn read(text: &str) -> (Self, Vec<Fault>) {
        let (written, document) = match Written::parse(text) {
            Ok(read) => read,
            Err(faults) => return (Self::default(), faults),
        };
        let mut reader = Reader { written };
        let (mut wishes, mut settings) = (Vec::new(), Self::default());
        for (name, section) in document.get_ref() {
            match (name.get_ref().as_ref(), section.get_ref()) {
                ("keys", DeValue::Table(keys)) => wishes = reader.wishes(keys),
                ("theme", DeValue::Table(keys)) => reader.theme(keys, &mut settings),
                ("mouse", DeValue::Boolean(true)) => settings.mouse = Mouse::Heard,
                ("mouse", DeValue::Boolean(false)) => settings.mouse = Mouse::Left,
                ("mouse", _) => reader.written.fault(&section.span(), "mouse must be true or false".to_owned()),
                (name, _) => {
                    let said = format!("\"{name}\" is not known; settings are in {SECTIONS}");
                    reader.written.fault(&section.span(), said);
                }
            }
        }
        let mut faults = reader.written.faults();
        settings.keys = Keymap::with(wishes, &mut faults);
        faults.sort_by_key(|fault| fault.line);
        (settings, faults)
    }

    /// A file with everything that can be set, as the program has it, each line set off as a remark.
    pub fn example() -> String {
        let mut text = String::from(
            "# The explorer's settings. A line without # before it is in force; the others show what the program does by itself.\n\
             # `outflow config check` lists what is wrong with this file, `outflow config` where it is looked for.\n\n\
             # true listens to the mouse, as --mouse does for once: a click goes to what is under it, another opens it\n\
             # mouse = false\n\n[theme]\n\
             # terminal (its own colours), light, dark, high-contrast or mono; --theme says so for once\n\
             # name = \"terminal\"\n\
             # unicode or ascii; what the terminal says, where this is not set\n\
             # characters = \"ascii\"\n\n[keys]\n\
             # Keys are written as they are shown: \"x\", \"X\", \"ctrl-f\", \"alt-b\", \"f2\", \"space\", \"enter\", \"pgdn\"; one,\n\
             # several in brackets, or none: [].\n",
        );
        for (group, entries) in groups() {
            let _ = writeln!(text, "\n# {group}");
            for entry in entries {
                let chords: Vec<String> = entry.chords.iter().map(|chord| format!("\"{chord}\"")).collect();
                let written = if chords.len() == 1 { chords.join("") } else { format!("[{}]", chords.join(", ")) };
                let _ = writeln!(text, "# {} = {written}", entry.name);
            }
        }
        text
    }

    /// The keys that differ from those of the program: the action, its keys, and those of the program.
    pub fn changed_keys(&self) -> Vec<(&'static str, String, String)> {
        let changed = ACTIONS.iter().filter(|entry| self.keys.of(entry.action) != entry.chords);
        changed.map(|entry| (entry.name, self.keys.all_named(entry.action), listed(entry.chords))).collect()
    }
}

impl Reader<'_> {
    /// What the section of the theme asks for.
    fn theme(&mut self, keys: &DeTable<'_>, settings: &mut Settings) {
        for (name, value) in keys {
            let text = match value.get_ref() {
                DeValue::String(text) => text.as_ref(),
                _ => "",
            };
            match name.get_ref().as_ref() {
                "name" => {
                    settings.colours = Colours::named(text);
                    if settings.colours.is_none() {
                        let names = NAMES.map(|(name, _)| format!("\"{name}\"")).join(", ");
                        self.written.fault(&value.span(), format!("theme.name must be one of {names}"));
                    }
                }
                "characters" => {
                    let known = [("unicode", Characters::Unicode), ("ascii", Characters::Ascii)];
                    settings.characters = known.iter().find(|(name, _)| *name == text).map(|(_, known)| *known);
                    if settings.characters.is_none() {
                        let said = "theme.characters must be \"unicode\" or \"ascii\"";
                        self.written.fault(&value.span(), said.to_owned());
                    }
                }
                other => {
                    let said = format!("theme.{other} is not known; there are theme.name and theme.characters");
                    self.written.fault(&name.span(), said);
                }
            }
        }
    }

    /// What the section of keys asks for.
    fn wishes(&mut self, keys: &DeTable<'_>) -> Vec<Wish> {
        let mut wishes = Vec::new();
        for (name, value) in keys {
            let wanted = name.get_ref().as_ref();
            let Some(entry) = ACTIONS.iter().find(|entry| entry.name == wanted) else {
                self.written.fault(&name.span(), unknown_action(wanted));
                continue;
            };
            if let Some(chords) = self.chords(wanted, value) {
                wishes.push(Wish { action: entry.action, chords, line: self.written.line(&name.span()) });
            }
        }
        wishes
    }

    /// One chord, or a list of them; none where one of them cannot be read.
    fn chords(&mut self, name: &str, value: &Spanned<DeValue<'_>>) -> Option<Vec<Chord>> {
        let written: Vec<&Spanned<DeValue<'_>>> = match value.get_ref() {
            DeValue::Array(list) => list.iter().collect(),
            _ => vec![value],
        };
        let mut chords = Some(Vec::new());
        for one in written {
            let read = match one.get_ref() {
                DeValue::String(text) => text.parse::<Chord>(),
                _ => Err("a key is written in quotation marks, such as \"x\"".to_owned()),
            };
            match read {
                Ok(chord) => {
                    if let Some(chords) = chords.as_mut().filter(|chords| !chords.contains(&chord)) {
                        chords.push(chord);
                    }
                }
                Err(message) => {
                    self.written.fault(&one.span(), format!("{name}: {message}"));
                    chords = None;
                }
            }
        }
        chords
    }
}

/// What is said of a name that no action has.
fn unknown_action(name: &str) -> String {
    let distance = |entry: &&super::actions::ActionEntry| strsim::damerau_levenshtein(entry.name, name);
    let near = ACTIONS.iter().min_by_key(distance).filter(|entry| distance(entry) <= 2);
    match near {
        Some(entry) => format!("there is no action \"{name}\"; {} is meant, perhaps", entry.name),
        None => format!("there is no action \"{name}\"; outflow keys lists them"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explorer::actions::Action;

    #[test]
    fn keys_are_set_one_or_several() {
        let (settings, faults) =
            Settings::read("[keys]\ncite = \"Y\"\nnext-match = [\"n\", \"f3\", \"n\"]\nfiles = []\n");
        assert_eq!(faults, []);
        assert_eq!(settings.keys.all_named(Action::Cite), "Y");
        assert_eq!(settings.keys.all_named(Action::NextMatch), "n, F3");
        assert_eq!(settings.keys.all_named(Action::Files), "");
        let changed: Vec<_> = settings.changed_keys().into_iter().map(|(name, ..)| name).collect();
        assert_eq!(changed, ["next-match", "cite", "files"]);
        assert_eq!(Settings::read(""), (Settings::default(), Vec::new()));
    }

    #[test]
    fn a_theme_is_set_by_its_name() {
        for (name, colours) in NAMES {
            let (settings, faults) =
                Settings::read(&format!("theme.name = \"{name}\"\ntheme.characters = \"unicode\""));
            assert_eq!((settings.colours, faults), (Some(colours), Vec::new()));
            assert_eq!(settings.characters, Some(Characters::Unicode));
        }
        let (settings, faults) = Settings::read("[theme]\nname = \"pink\"\ncharacters = 3\nsize = 2\n");
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert!(told[0].starts_with("line 2: theme.name must be one of \"terminal\", \"light\""), "{told:?}");
        assert!(told[1].starts_with("line 3: theme.characters must be") && told[2].starts_with("line 4: theme.size"));
        assert_eq!((settings, told.len()), (Settings::default(), 3));
    }

    #[test]
    fn all_faults_are_told_at_once_with_their_lines_and_the_rest_is_in_force() {
        let text = "colour = 1\n[keys]\ncite = \"Y\"\nfilez = \"X\"\nsort = \"hyper-x\"\nhistory = [\"V\", 3]\nevidence = \"n\"\nnonsense-at-all = \"x\"\n[mouse]\n";
        let (settings, faults) = Settings::read(text);
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        for (fault, said) in told.iter().zip([
            "line 1: \"colour\" is not known",
            "line 4: there is no action \"filez\"; files is meant, perhaps",
            "line 5: sort: \"hyper-x\" is no key",
            "line 6: history: a key is written in quotation marks",
            "line 7: evidence: n is the key of next-match",
            "line 8: there is no action \"nonsense-at-all\"; outflow keys lists them",
            "line 9: mouse must be true or false",
        ]) {
            assert!(fault.starts_with(said), "{said}\n{told:#?}");
        }
        assert_eq!(told.len(), 7);
        assert_eq!(settings.keys.named(Action::Cite), "Y");
        assert_eq!(settings.keys.named(Action::Evidence), "e");
        let (settings, faults) = Settings::read("[keys\ncite = \"Y\"");
        assert_eq!((settings, faults[0].line), (Settings::default(), 1));
    }

    #[test]
    fn the_example_says_what_the_program_does_and_is_read_without_a_fault() {
        let example = Settings::example();
        assert_eq!(Settings::read(&example), (Settings::default(), Vec::new()));
        // In force, too: a line that names a setting loses its mark.
        let set = |line: &str| match line.strip_prefix("# ") {
            Some(setting) if setting.contains(" = ") => setting.to_owned(),
            _ => line.to_owned(),
        };
        let in_force: Vec<String> = example.lines().map(set).collect();
        assert!(in_force.iter().filter(|line| line.contains(" = ")).count() >= ACTIONS.len());
        let (settings, faults) = Settings::read(&in_force.join("\n"));
        assert_eq!((settings.keys, faults), (Keymap::built_in(), Vec::new()));
        assert_eq!((settings.colours, settings.characters), (Some(Colours::Sixteen), Some(Characters::Ascii)));
        assert_eq!(Settings::read("mouse = true\n[keys]\n").0.mouse, Mouse::Heard);
    }
}
