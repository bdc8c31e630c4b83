//! Values that pages merge into one line, taken apart. Every word stays: what is not told apart stays together.

use crate::register::vocabulary::run_together;
use crate::register::{Answer, Date, DateRange, YesNo};

/// Words that tell an organisation's name is whole: `NHS Bristol` has none, `NHS ENGLAND` has.
const ORGANISATION_WORDS: [&str; 36] = [
    "AGENCY",
    "ASSOCIATION",
    "AUTHORITY",
    "BOARD",
    "BOROUGH",
    "CCG",
    "CENTRE",
    "COLLEGE",
    "COMMISSION",
    "COMPANY",
    "CONSORTIUM",
    "COUNCIL",
    "CSU",
    "DEPARTMENT",
    "ENGLAND",
    "EXECUTIVE",
    "FOUNDATION",
    "GROUP",
    "HOSPITAL",
    "HOSPITALS",
    "ICB",
    "INC",
    "INSTITUTE",
    "INSTITUTION",
    "LIMITED",
    "LLP",
    "LTD",
    "OFFICE",
    "PARTNERSHIP",
    "PLC",
    "SCHOOL",
    "SERVICE",
    "SOCIETY",
    "TRUST",
    "UNION",
    "UNIVERSITY",
];

/// Words that go on with a name after a comma.
const NAME_CONTINUES: [&str; 6] = ["INC", "LTD", "LIMITED", "LLP", "PLC", "AND"];

/// File endings of minutes.
const FILE_ENDINGS: [&str; 4] = [".pdf", ".doc", ".docx", ".odt"];

/// What a `When:` line says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct When {
    pub(super) term: DateRange,
    pub(super) released: DateRange,
    /// Whether the first month is given as one "or before".
    pub(super) or_before: bool,
    pub(super) not_understood: Option<String>,
}

/// What stands after a first month before which nothing is known.
const OR_BEFORE: &str = "(or before)";

/// `One-Off, Ongoing, System Access`.
pub(super) fn list(value: &str) -> Vec<String> {
    apart(value.split(','))
}

/// `Sensitive, and Non-Sensitive`.
pub(super) fn sensitivities(value: &str) -> Vec<String> {
    apart(value.replace(", and ", ",").replace(" and ", ",").split(','))
}

/// Single values: those that the page ran together come apart where each of them is known.
fn apart<'a>(parts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let parts = parts.map(str::trim).filter(|part| !part.is_empty());
    parts.flat_map(|part| run_together(part).unwrap_or_else(|| vec![part])).map(str::to_owned).collect()
}

/// Legal bases. They are separated by `;` and `,`, and hold commas and brackets themselves: a comma separates only
/// outside brackets, and where what follows names an Act or regulations, or is about consent.
pub(super) fn statutes(value: &str) -> Vec<String> {
    let pieces = pieces(value, &[',', ';']);
    let mut statutes: Vec<String> = Vec::new();
    for piece in pieces {
        let begins = piece.separator == Some(';') || names_statute(piece.text);
        match statutes.last_mut() {
            Some(last) if !begins || is_bare_section(last) => {
                last.push_str(", ");
                last.push_str(piece.text);
            }
            _ => statutes.push(piece.text.to_owned()),
        }
    }
    statutes
}

/// Names of organisations. A comma separates only where the name before it is whole; otherwise it is part of a name.
pub(super) fn organisations(value: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    // Of the last name, so that a name of many pieces is not gone through again for each.
    let mut wholeness = Wholeness::default();
    for piece in pieces(value, &[',', ';']) {
        let first =
            piece.text.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default().to_uppercase();
        let continues = NAME_CONTINUES.contains(&first.as_str());
        match names.last_mut() {
            Some(last) if piece.separator == Some(',') && (continues || !wholeness.is_whole()) => {
                last.push_str(", ");
                last.push_str(piece.text);
            }
            _ => {
                names.push(piece.text.to_owned());
                wholeness = Wholeness::default();
            }
        }
        wholeness.add(piece.text);
    }
    names
}

/// Names of files: a comma separates after a file's ending.
pub(super) fn file_names(value: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for piece in pieces(value, &[',', ';']) {
        let ended = |name: &String| {
            let tail = |ending: &&str| name.len().checked_sub(ending.len()).and_then(|at| name.get(at..));
            FILE_ENDINGS.iter().any(|ending| tail(ending).is_some_and(|tail| tail.eq_ignore_ascii_case(ending)))
        };
        match names.last_mut() {
            Some(last) if !ended(last) => {
                last.push_str(", ");
                last.push_str(piece.text);
            }
            _ => names.push(piece.text.to_owned()),
        }
    }
    names
}

/// `No (ICB - Integrated Care Board)`: the answer, and the kind of organisation.
pub(super) fn answer_and_bracket(value: &str) -> (&str, Option<&str>) {
    match value.split_once('(') {
        None => (value.trim(), None),
        Some((answer, rest)) => {
            let inside = rest.trim_end().strip_suffix(')').unwrap_or(rest).trim();
            (answer.trim(), (!inside.is_empty()).then_some(inside))
        }
    }
}

/// `Yes`, `No`, or both.
pub(super) fn answer(value: &str) -> Answer {
    let mut answer = YesNo::NotStated;
    for part in value.split(',') {
        answer = answer.and(match part.trim().to_lowercase().as_str() {
            "yes" | "y" => YesNo::Yes,
            "no" | "n" => YesNo::No,
            _ => YesNo::NotStated,
        });
    }
    Answer { value: answer, as_published: (!value.is_empty()).then(|| value.to_owned()) }
}

/// `DSA runs 2026-02 – 2027-02 2026.03 — 2026.03.`: the term with hyphens, then the months of release with points.
pub(super) fn when(value: &str) -> When {
    let mut when = When::default();
    let mut strange: Vec<&str> = Vec::new();
    let mut ends_next = false;
    when.or_before = value.contains(OR_BEFORE);
    let value = value.replace(OR_BEFORE, " ");
    for word in value.strip_prefix("DSA runs").unwrap_or(&value).split_whitespace() {
        let bare = word.trim_end_matches(['.', ',']);
        if matches!(bare, "-" | "\u{2013}" | "\u{2014}") {
            ends_next = true;
            continue;
        }
        // Months of release are written with points, on pages before 2021 with strokes.
        let is_release = bare.contains(['.', '/']);
        let range = if is_release { &mut when.released } else { &mut when.term };
        match date_of(bare) {
            Some(date) if ends_next && range.end.is_none() => range.end = Some(date),
            Some(date) if !ends_next && range.start.is_none() => range.start = Some(date),
            _ if bare == "unknown" => {}
            _ => strange.push(word),
        }
        ends_next = false;
    }
    when.not_understood = (!strange.is_empty()).then(|| strange.join(" "));
    when
}

/// `2026-02`, `2026-02-14`, `2026.03`, `2016/09` or `11/2016`.
fn date_of(word: &str) -> Option<Date> {
    match word.split_once('/') {
        None => word.replace('.', "-").parse().ok(),
        Some((month, year)) if year.len() == 4 => format!("{year}-{month:0>2}").parse().ok(),
        Some((year, month)) => format!("{year}-{month:0>2}").parse().ok(),
    }
}

/// A piece of a value, and what separated it from the piece before.
struct Piece<'a> {
    text: &'a str,
    separator: Option<char>,
}

/// Cuts at separators outside brackets.
fn pieces<'a>(value: &'a str, separators: &[char]) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let (mut depth, mut from, mut separator) = (0_usize, 0, None);
    for (at, letter) in value.char_indices() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            cut if depth == 0 && separators.contains(&cut) => {
                pieces.push(Piece { text: value[from..at].trim(), separator });
                (from, separator) = (at + 1, Some(cut));
            }
            _ => {}
        }
    }
    pieces.push(Piece { text: value[from..].trim(), separator });
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}

/// `Section 36`, before the name of its Act.
fn is_bare_section(text: &str) -> bool {
    let number = text.strip_prefix("Sections ").or_else(|| text.strip_prefix("Section "));
    number.is_some_and(|number| number.len() <= 12 && number.starts_with(|digit: char| digit.is_ascii_digit()))
}

fn names_statute(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let act = words
        .windows(2)
        .any(|pair| pair[0] == "Act" && pair[1].len() >= 4 && pair[1].as_bytes()[..4].iter().all(u8::is_ascii_digit));
    act || text.contains("Regulations 2")
        || (text.starts_with("Section ") && (text.contains(" Act") || text.contains(" approval")))
        || text.starts_with("Consent")
        || text.starts_with("Informed")
        || text.starts_with("Other")
}

/// What tells whether a name is whole, piece by piece.
#[derive(Debug, Default)]
struct Wholeness {
    opened: usize,
    closed: usize,
    has_word: bool,
}

impl Wholeness {
    fn add(&mut self, piece: &str) {
        self.opened += piece.matches('(').count();
        self.closed += piece.matches(')').count();
        let upper = piece.to_uppercase();
        let mut words = upper.split(|letter: char| !letter.is_alphanumeric());
        self.has_word = self.has_word || words.any(|word| ORGANISATION_WORDS.contains(&word));
    }

    fn is_whole(&self) -> bool {
        self.has_word && self.opened <= self.closed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statutes_keep_their_commas() {
        let value = "Health and Social Care Act 2012 - s261(5)(d), Health and Social Care Act 2012 s261(7); National Health \
                     Service Act 2006 - s251 - 'Control of patient information'.";
        assert_eq!(
            statutes(value),
            [
                "Health and Social Care Act 2012 - s261(5)(d)",
                "Health and Social Care Act 2012 s261(7)",
                "National Health Service Act 2006 - s251 - 'Control of patient information'."
            ]
        );
        assert_eq!(statutes("An Act 2012 s261(1), s261(2)(b)(ii)"), ["An Act 2012 s261(1), s261(2)(b)(ii)"]);
        assert_eq!(
            statutes(
                ", Other-A regulation (3), An Act 2012, Section 42(4) of the Counting Act (2007) as amended by another"
            ),
            ["Other-A regulation (3)", "An Act 2012", "Section 42(4) of the Counting Act (2007) as amended by another"]
        );
        assert_eq!(statutes("Section 36, Health Act 2009"), ["Section 36, Health Act 2009"]);
    }

    #[test]
    fn names_keep_their_commas() {
        assert_eq!(
            organisations("NHS Bristol, North Somerset and South Gloucestershire ICB - 15C"),
            ["NHS Bristol, North Somerset and South Gloucestershire ICB - 15C"]
        );
        assert_eq!(
            organisations("MCKINSEY & COMPANY, INC. UNITED KINGDOM"),
            ["MCKINSEY & COMPANY, INC. UNITED KINGDOM"]
        );
        assert_eq!(organisations("UNIVERSITY OF OXFORD, NHS ENGLAND"), ["UNIVERSITY OF OXFORD", "NHS ENGLAND"]);
        assert_eq!(organisations("IQVIA, GSK; ANOTHER"), ["IQVIA, GSK", "ANOTHER"]);
    }

    #[test]
    fn many_names_are_no_more_work_each_than_few() {
        use std::time::Instant;
        let started = Instant::now();
        let value = |count: usize| (0..count).map(|number| format!("Name {number}")).collect::<Vec<_>>().join(", ");
        // No name is whole: all are one. Gone through again for each piece, this would take many minutes.
        assert_eq!(organisations(&value(200_000)).len(), 1);
        assert_eq!(file_names(&value(200_000)).len(), 1);
        assert_eq!(organisations(&value(200_000).replace("Name", "Trust")).len(), 200_000);
        assert!(started.elapsed().as_secs() < 20);
    }

    #[test]
    fn either_part_of_the_dates_can_be_missing() {
        let range = |start: &str, end: &str| DateRange { start: start.parse().ok(), end: end.parse().ok() };
        let read = |value: &str| {
            let when = when(value);
            (when.term, when.released, when.not_understood)
        };
        let none = DateRange::default();
        assert_eq!(
            read("DSA runs 2026-02 \u{2013} 2027-02 2026.03 \u{2014} 2026.03."),
            (range("2026-02", "2027-02"), range("2026-03", "2026-03"), None)
        );
        assert_eq!(read("DSA runs 2022-11 \u{2013} 2025-11"), (range("2022-11", "2025-11"), none, None));
        assert_eq!(read("2018.06 \u{2014} 2021.04."), (none, range("2018-06", "2021-04"), None));
        assert_eq!(read("DSA runs 2018-12-20 \u{2014} 2021-06-10"), (range("2018-12-20", "2021-06-10"), none, None));
        assert_eq!(read("DSA runs soon").2.as_deref(), Some("soon"));
        let last_only = DateRange { start: None, end: "2016-11".parse().ok() };
        assert_eq!(read("unknown \u{2014} 11/2016"), (none, last_only, None));
        assert_eq!(read("2016/04 (or before) \u{2014} 2016/11."), (none, range("2016-04", "2016-11"), None));
        assert!(when("2016/04 (or before) \u{2014} 2016/11.").or_before);
    }

    #[test]
    fn minutes_are_told_by_their_endings() {
        assert_eq!(
            file_names("AGD minutes, 12 February.pdf, IGARD.pdf"),
            ["AGD minutes, 12 February.pdf", "IGARD.pdf"]
        );
    }

    #[test]
    fn answers_can_be_both() {
        assert_eq!(answer("No, Yes").value, YesNo::Mixed);
        assert_eq!(answer("").as_published, None);
        assert_eq!(answer_and_bracket("No (ICB - Integrated Care Board)"), ("No", Some("ICB - Integrated Care Board")));
        assert_eq!(sensitivities("Sensitive, and Non-Sensitive"), ["Sensitive", "Non-Sensitive"]);
    }
}
