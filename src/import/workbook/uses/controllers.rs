//! Names of controllers, several in one cell. They are separated by `;`, line ends or plain commas, and some names hold
//! commas themselves. The column of applicants holds one organisation a row, so the names there are whole names.

use std::collections::HashSet;

use crate::text::fold;

/// What goes on with a name after a comma.
const CONTINUES: [&str; 8] = ["inc", "inc.", "ltd", "limited", "llp", "llc", "plc", "the"];

/// The most parts that one name is put together from: `NHS Bristol, North Somerset and …` has two.
const PARTS: usize = 5;

/// Whole names of organisations.
pub(super) struct Names {
    folded: HashSet<String>,
}

impl Names {
    pub(super) fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        Self { folded: names.map(fold).collect() }
    }

    /// The names in a cell, each as published. A comma separates where it stands outside brackets, unless what it
    /// joins is a whole name, or what follows it only ends one.
    pub(super) fn split(&self, cell: &str) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for line in cell.split([';', '\n']) {
            let parts = parts(line);
            let mut at = 0;
            while at < parts.len() {
                let longest = (1..=PARTS.min(parts.len() - at)).rev();
                let known =
                    longest.clone().find(|count| self.folded.contains(&fold(&parts[at..at + count].join(", "))));
                let count = known.unwrap_or(1);
                let name = parts[at..at + count].join(", ");
                match names.last_mut() {
                    Some(last) if known.is_none() && at > 0 && only_ends(&name) => {
                        last.push_str(", ");
                        last.push_str(&name);
                    }
                    _ => names.push(name),
                }
                at += count;
            }
        }
        let mut distinct: Vec<String> = Vec::new();
        for name in names {
            if !distinct.contains(&name) {
                distinct.push(name);
            }
        }
        distinct
    }
}

/// The parts of a line between commas outside brackets.
fn parts(line: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut from) = (Vec::new(), 0_usize, 0);
    for (at, letter) in line.char_indices() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(line[from..at].trim());
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(line[from..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

/// Whether a part is no name, but the end of the one before: `INC. UNITED KINGDOM`.
fn only_ends(part: &str) -> bool {
    let first = part.split_whitespace().next().unwrap_or_default().to_lowercase();
    CONTINUES.contains(&first.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_commas_stay_whole() {
        let whole = [
            "NHS Bristol, North Somerset and South Gloucestershire ICB - 15C",
            "UNIVERSITY OF OXFORD",
            "NHS England",
            "IMPERIAL COLLEGE LONDON",
        ];
        let names = Names::of(whole.into_iter());
        let table: [(&str, &[&str]); 7] = [
            (
                "NHS England, NHS Bristol, North Somerset and South Gloucestershire ICB - 15C",
                &["NHS England", "NHS Bristol, North Somerset and South Gloucestershire ICB - 15C"],
            ),
            ("UNIVERSITY OF OXFORD; NHS England", &["UNIVERSITY OF OXFORD", "NHS England"]),
            ("UNIVERSITY OF OXFORD\nNHS England", &["UNIVERSITY OF OXFORD", "NHS England"]),
            (
                "MCKINSEY & COMPANY, INC. UNITED KINGDOM, IMPERIAL COLLEGE LONDON",
                &["MCKINSEY & COMPANY, INC. UNITED KINGDOM", "IMPERIAL COLLEGE LONDON"],
            ),
            ("A Trust (North, South), B Trust", &["A Trust (North, South)", "B Trust"]),
            ("NHS England, nhs england", &["NHS England", "nhs england"]),
            (" ; ,", &[]),
        ];
        for (cell, split) in table {
            assert_eq!(names.split(cell), split, "{cell}");
        }
    }
}
