//! Names of controllers, several in one cell. They are separated by `;`, line ends or plain commas, and some names hold
//! these marks themselves. The column of applicants holds one organisation a row, so the names there are whole names.

use std::collections::HashSet;

use crate::names::Names;
use crate::text::fold;

/// Words that end a company's name after a comma: `MCKINSEY & COMPANY, INC. UNITED KINGDOM`.
const ENDS: [&str; 7] = ["inc", "inc.", "ltd", "limited", "llp", "llc", "plc"];

/// Marks that can separate names.
const SEPARATORS: [char; 4] = [',', ';', '\n', '\r'];

/// Whole names of organisations.
pub(super) struct WholeNames {
    folded: HashSet<String>,
    /// Keys of those that hold a mark, so that a controller's other spelling of one is found whole too.
    keys: HashSet<crate::names::Key>,
    /// The most pieces between marks that one of them has.
    pieces: usize,
}

/// A piece of a cell between marks.
struct Piece<'a> {
    /// Where it begins and ends in the cell.
    range: std::ops::Range<usize>,
    text: &'a str,
    /// The mark before it.
    mark: Option<char>,
    /// Whether it stands in one bracket with the piece before it.
    in_bracket: bool,
}

impl WholeNames {
    pub(super) fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut whole = Self { folded: HashSet::new(), keys: HashSet::new(), pieces: 1 };
        for name in names {
            let pieces = name.split(SEPARATORS).count();
            if whole.folded.insert(fold(name)) && pieces > 1 {
                whole.keys.insert(Names::built_in().organisation_key(name));
                whole.pieces = whole.pieces.max(pieces);
            }
        }
        whole
    }

    /// The names in a cell, each as published and once. The longest run of pieces that is a whole name is one; elsewhere
    /// a mark separates, unless it stands in brackets, or a comma and what follows it only ends a company's name.
    pub(super) fn split(&self, cell: &str) -> Vec<String> {
        let pieces = pieces(cell);
        let mut names: Vec<String> = Vec::new();
        let mut at = 0;
        while at < pieces.len() {
            let known = self.longest(cell, &pieces[at..]);
            let count = known.unwrap_or_else(|| 1 + pieces[at + 1..].iter().take_while(|next| next.in_bracket).count());
            let name = text(cell, &pieces[at..at + count]);
            at += count;
            match names.last_mut() {
                Some(last) if known.is_none() && pieces[at - count].mark == Some(',') && only_ends(&name) => {
                    last.push_str(", ");
                    last.push_str(&name);
                }
                _ => names.push(name),
            }
        }
        let mut seen = HashSet::new();
        names.retain(|name| seen.insert(name.clone()));
        names
    }

    /// How many pieces from the first on are the longest whole name, if any are.
    fn longest(&self, cell: &str, pieces: &[Piece<'_>]) -> Option<usize> {
        let most = self.pieces.min(pieces.len());
        (1..=most).rev().find(|count| {
            let name = text(cell, &pieces[..*count]);
            self.folded.contains(&fold(&name))
                || (*count > 1 && self.keys.contains(&Names::built_in().organisation_key(&name)))
        })
    }
}

/// The text of some pieces, with the marks between them.
fn text(cell: &str, pieces: &[Piece<'_>]) -> String {
    match pieces {
        [] => String::new(),
        [one] => one.text.to_owned(),
        [first, .., last] => cell[first.range.start..last.range.end].to_owned(),
    }
}

/// The pieces of a cell. A bracket that is not closed in the cell is none.
fn pieces(cell: &str) -> Vec<Piece<'_>> {
    let (mut pieces, mut from, mut depth, mut mark, mut in_bracket) = (Vec::new(), 0, 0_usize, None, false);
    let ends = cell.char_indices().map(Some).chain([None]);
    for end in ends {
        let at = end.map_or(cell.len(), |(at, _)| at);
        match end.map(|(_, letter)| letter) {
            Some('(' | '[') if closes(&cell[at..]) => depth += 1,
            Some(')' | ']') => depth = depth.saturating_sub(1),
            Some(letter) if !SEPARATORS.contains(&letter) => {}
            separator => {
                let whole = &cell[from..at];
                let text = whole.trim();
                if !text.is_empty() {
                    let start = from + (whole.len() - whole.trim_start().len());
                    pieces.push(Piece { range: start..start + text.len(), text, mark, in_bracket });
                    mark = None;
                }
                // Of several marks in a row, a comma is the weakest.
                mark = mark.filter(|mark| *mark != ',').or(separator);
                in_bracket = depth > 0;
                from = at + separator.map_or(0, char::len_utf8);
            }
        }
    }
    pieces
}

/// Whether the bracket that a text begins with is closed in it.
fn closes(text: &str) -> bool {
    let mut depth = 0_usize;
    text.chars().any(|letter| {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => return false,
        }
        depth == 0
    })
}

/// Whether a piece is no name, but the end of the one before: `INC. UNITED KINGDOM`, `The`.
fn only_ends(piece: &str) -> bool {
    let first = piece.split_whitespace().next().unwrap_or_default().to_lowercase();
    ENDS.contains(&first.as_str()) || piece.eq_ignore_ascii_case("the")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_with_commas_stay_whole() {
        let whole = [
            "NHS Bristol, North Somerset and South Gloucestershire ICB - 15C",
            "UNIVERSITY OF OXFORD",
            "NHS England",
            "IMPERIAL COLLEGE LONDON",
            "A; B, C, D, E, F and G",
        ];
        let names = WholeNames::of(whole.into_iter());
        let table: [(&str, &[&str]); 16] = [
            (
                "NHS England, NHS Bristol, North Somerset and South Gloucestershire ICB - 15C",
                &["NHS England", "NHS Bristol, North Somerset and South Gloucestershire ICB - 15C"],
            ),
            // As the applicants write it, but for case, `&` and the code.
            (
                "NHS BRISTOL, NORTH SOMERSET & SOUTH GLOUCESTERSHIRE ICB, NHS England",
                &["NHS BRISTOL, NORTH SOMERSET & SOUTH GLOUCESTERSHIRE ICB", "NHS England"],
            ),
            ("UNIVERSITY OF OXFORD; NHS England", &["UNIVERSITY OF OXFORD", "NHS England"]),
            ("UNIVERSITY OF OXFORD\r\nNHS England\n", &["UNIVERSITY OF OXFORD", "NHS England"]),
            ("UNIVERSITY OF OXFORD,\nNHS England;, ", &["UNIVERSITY OF OXFORD", "NHS England"]),
            (
                "MCKINSEY & COMPANY, INC. UNITED KINGDOM, IMPERIAL COLLEGE LONDON",
                &["MCKINSEY & COMPANY, INC. UNITED KINGDOM", "IMPERIAL COLLEGE LONDON"],
            ),
            ("NHS England, THE HEALTH FOUNDATION", &["NHS England", "THE HEALTH FOUNDATION"]),
            ("Health Foundation, The; NHS England", &["Health Foundation, The", "NHS England"]),
            ("NHS England; Limited Access Group", &["NHS England", "Limited Access Group"]),
            ("A Trust (North, South), B Trust", &["A Trust (North, South)", "B Trust"]),
            ("A Trust (North; South [East, West]); B Trust", &["A Trust (North; South [East, West])", "B Trust"]),
            ("A Trust (North, B Trust", &["A Trust (North", "B Trust"]),
            ("A Trust), B Trust", &["A Trust)", "B Trust"]),
            ("A; B, C, D, E, F and G; NHS England", &["A; B, C, D, E, F and G", "NHS England"]),
            ("NHS England, nhs england, NHS England", &["NHS England", "nhs england"]),
            (" ; ,", &[]),
        ];
        for (cell, split) in table {
            assert_eq!(names.split(cell), split, "{cell}");
        }
    }

    #[test]
    fn two_names_are_not_one_because_together_they_spell_it() {
        let names = WholeNames::of(["North Trust", "NHS Sussex"].into_iter());
        assert_eq!(names.split("North, Trust, NHS, Sussex"), ["North", "Trust", "NHS", "Sussex"]);
    }

    /// A name as applicants have them: words, now and then a comma, a bracket or an ending.
    fn name() -> impl Strategy<Value = String> {
        let word = "[A-Z][a-z']{1,7}";
        let ending =
            prop::sample::select(vec!["", " (North, South)", ", Inc. UK", " (a; b)", " - 15C", " & Co", ", The"]);
        (prop::collection::vec(word, 1..4), prop::sample::select(vec![" ", ", ", " and "]), ending)
            .prop_map(|(words, between, ending)| words.join(between) + ending)
    }

    proptest! {
        #[test]
        fn known_names_joined_by_any_mark_come_apart_again(
            all in prop::collection::hash_set(name(), 1..7),
            marks in prop::collection::vec(prop::sample::select(vec![", ", ",", "; ", ";", "\n", "\r\n", " ;\n"]), 6),
        ) {
            let all: Vec<String> = all.into_iter().collect();
            // Where one name is the beginning of another up to a mark, a cell can be read in two ways.
            let begins = |one: &String, two: &String| one != two && two.split(SEPARATORS).next() == one.split(SEPARATORS).next();
            prop_assume!(!all.iter().any(|one| all.iter().any(|two| begins(one, two))));
            let mut cell = String::new();
            for (name, mark) in all.iter().zip(&marks) {
                cell.push_str(name);
                cell.push_str(mark);
            }
            let names = WholeNames::of(all.iter().map(String::as_str));
            prop_assert_eq!(names.split(&cell), all);
        }

        #[test]
        fn nothing_of_a_cell_is_lost(cell in "[A-C(),;\n \\[\\]]{0,40}") {
            let letters = |text: &str| text.chars().filter(|letter| letter.is_alphabetic()).collect::<String>();
            let names = WholeNames::of(["A", "B, C", "C (A, B)"].into_iter());
            let split = names.split(&cell);
            for name in &split {
                prop_assert!(!name.is_empty() && cell.contains(name.split(',').next().unwrap().trim()));
            }
            // Names that are listed twice are kept once, and nothing else goes.
            let distinct: String = split.iter().map(|name| letters(name)).collect();
            prop_assert!(letters(&cell).len() >= distinct.len());
            for piece in cell.split(SEPARATORS).map(str::trim).filter(|piece| !piece.is_empty()) {
                prop_assert!(split.iter().any(|name| name.contains(piece)), "{} is not in {:?}", piece, split);
            }
        }
    }
}
