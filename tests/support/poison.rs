//! Registers of which every text is hostile, and what of an output a terminal would obey.

use std::fs;
use std::path::{Path, PathBuf};

use vte::{Params, Parser, Perform};

use super::workbook;

/// What could steer a terminal, hide text or paint over it: controls, those of eight bits, sequences that set colours, titles and
/// the clipboard, direction overrides, characters without width, tags, line ends of every kind, and a heap of marks.
pub(crate) const POISON: &str = "\u{1b}[31m\u{1b}]0;title\u{7}\u{1b}]52;c;eA==\u{1b}\\\u{9b}2J\u{9d}0;t\u{9c}\u{90}q\u{8}\u{7f}\
     \u{202e}evil\u{202c}\u{2066}\u{200e}\u{200f}\u{61c}\u{200b}\u{2060}\u{feff}\u{ad}\u{180e}\u{3164}\u{e0041}\u{fff9}\
     \u{200d}\u{200d}\u{200d}\u{200d}\u{200d}\u{200d}\u{200d}\u{200d}\u{200d}\u{200d}\u{200d}\u{200d}\
     \u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{f0b7}";

/// The same with the ends of lines between words, where a text has several.
pub(crate) fn poisoned(words: &str) -> String {
    format!("{words} {POISON} then\u{85}and\u{2028}\r{words}")
}

/// A hostile text without what a line of a page cannot hold.
pub(crate) fn on_one_line(words: &str) -> String {
    format!("{words} {POISON} then")
}

/// A name of a file that steers a terminal, as a file system takes it.
pub(crate) fn file_name(name: &str) -> String {
    let (stem, ending) = name.rsplit_once('.').unwrap();
    format!("{stem}_\u{1b}[31m\u{1b}]0;t\u{7}\u{202e}\u{9b}2J\n.{ending}")
}

/// The Data Uses Register of a month in which every cell that is no date or reference is hostile; a word of it is another.
pub(crate) fn write_workbook(folder: &Path, month: &str, word: &str) -> PathBuf {
    let words = |text: &str| poisoned(text);
    let reference = "DARS-NIC-1-AAAAA-v1.0";
    let cells = [
        vec![
            reference.to_owned(),
            words("Insurance title"),
            words("FENLAND TRUST"),
            words("Academic"),
            words("FENLAND TRUST"),
            words("Sole"),
            "date:2020-02-01".to_owned(),
            "date:2021-02-01".to_owned(),
            words("Yes"),
            words("Yes"),
            words(&format!("{word} insurance")),
            words("Processing"),
            words("Outputs"),
            words("Benefits"),
            words("Yielded"),
        ],
        [reference]
            .map(str::to_owned)
            .into_iter()
            .chain(["Births", "Identifiable", "Sensitive", "One-Off", "Act", "Duty"].map(words))
            .collect(),
        vec![
            words("FILE1"),
            reference.to_owned(),
            words("Births"),
            words("Identifiable"),
            words("Sensitive"),
            words("No"),
            words("Act"),
            words("One-Off"),
            "Jul-26".to_owned(),
        ],
    ];
    let headings = [&super::uses::AGREEMENTS[..], &super::uses::DATASETS[..], &super::uses::FILES[..]];
    let names = ["Agreements", "Datasets", "DataReleases"];
    let sheets: Vec<workbook::Sheet<'_>> = names
        .iter()
        .zip(headings)
        .zip(&cells)
        .map(|((name, heading), row)| (*name, vec![heading.to_vec(), row.iter().map(String::as_str).collect()]))
        // A sheet that is not known is named in what is said of the file.
        .chain([("Oth\u{202e}er\u{9b}2J\u{200b}", vec![vec!["x"]])])
        .collect();
    let name = format!("datausesregister_{month}.xlsx");
    let path = workbook::write(folder, &name, &sheets);
    let hostile = folder.join(file_name(&name));
    fs::rename(path, &hostile).unwrap();
    hostile
}

/// What of an output a terminal would obey or a reader would not see; line ends of ours apart, and colours where they are allowed.
pub(crate) fn steering(output: &[u8], allowed: Allowed) -> Vec<String> {
    let text = String::from_utf8_lossy(output);
    let mut found: Vec<String> = Vec::new();
    for letter in text.chars() {
        let is_ours = matches!(letter, '\n') || letter == '\u{1b}' && allowed != Allowed::Nothing;
        if !is_ours
            && (letter.is_control() && !(letter == '\r' && allowed == Allowed::Screen)
                || outflow::text::is_hidden(letter))
        {
            found.push(format!("U+{:04X}", u32::from(letter)));
        }
    }
    let mut obeyed = Obeyed { allowed, found: Vec::new() };
    Parser::new().advance(&mut obeyed, output);
    found.extend(obeyed.found);
    found.dedup();
    found
}

/// What an output may hold beside text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Allowed {
    /// Nothing.
    Nothing,
    /// Colours and weights.
    Colours,
    /// What draws a screen: colours, moves of the cursor, clearing, and the modes that the explorer sets.
    Screen,
}

/// The modes that the explorer sets and resets: cursor, mouse, other screen, paste, frames in one piece.
const MODES: [u16; 9] = [25, 1000, 1002, 1003, 1006, 1015, 1049, 2004, 2026];

/// Reads an output as a terminal does.
struct Obeyed {
    allowed: Allowed,
    found: Vec<String>,
}

impl Perform for Obeyed {
    fn execute(&mut self, byte: u8) {
        if byte != b'\n' && !(byte == b'\r' && self.allowed == Allowed::Screen) {
            self.found.push(format!("control {byte:#x}"));
        }
    }

    fn hook(&mut self, _: &Params, _: &[u8], _: bool, action: char) {
        self.found.push(format!("device control {action}"));
    }

    fn osc_dispatch(&mut self, params: &[&[u8]], _: bool) {
        self.found.push(format!("system command {}", String::from_utf8_lossy(&params.concat())));
    }

    fn csi_dispatch(&mut self, params: &Params, intermediates: &[u8], ignored: bool, action: char) {
        let modes = || params.iter().flatten().all(|mode| MODES.contains(mode));
        let is_ours = match (self.allowed, intermediates, action) {
            (Allowed::Nothing, ..) => false,
            (_, b"", 'm') | (Allowed::Screen, b"", 'H' | 'J' | 'K') => true,
            (Allowed::Screen, b"?", 'h' | 'l') => modes(),
            _ => false,
        };
        if !is_ours || ignored {
            self.found.push(format!("sequence {} {action}", String::from_utf8_lossy(intermediates)));
        }
    }

    fn esc_dispatch(&mut self, _: &[u8], _: bool, byte: u8) {
        self.found.push(format!("escape {}", char::from(byte)));
    }
}
