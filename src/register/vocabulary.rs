//! The register's own words: the values that its fields have, so that a value in the wrong place is known for what it
//! is. All of them are in FORMATS or in the published files.

use super::OptOutState;

/// The types of data.
const TYPES: [&str; 5] = [
    "Anonymised - ICO Code Compliant",
    "Aggregated - Small Numbers Not Suppressed",
    "Aggregated - Small Numbers Suppressed",
    "Aggregated",
    "Identifiable",
];

/// What pages of 2021 to 2024 print where they do not give the type of data.
const UNDISCLOSED: &str = "information not disclosed for TRE projects";

/// The words for sensitivity.
const SENSITIVITIES: [&str; 2] = ["Non-Sensitive", "Sensitive"];

/// The ways of access and frequencies.
const ACCESS: [&str; 4] = ["Frequent Adhoc Flow", "System Access", "One-Off", "Ongoing"];

/// What the bases in the law of confidentiality are made of, which pages print in a bracket beside the opt-outs. A mixture
/// is described in several ways. None of them may be a part of one after it.
const CONFIDENTIALITY: [&str; 9] = [
    "does not include the flow of confidential data",
    "statutory exemption to flow confidential data without consent",
    "consent (reasonable expectation)",
    "mixture of confidential data flow(s)",
    "and non-confidential data flow(s)",
    "with support under section 251 nhs act 2006",
    "section 251 nhs act 2006",
    "with consent",
    "and flow(s)",
];

/// How such a basis begins.
const BEGINNINGS: [&str; 5] =
    ["does not include", "section 251", "consent (reasonable", "statutory exemption", "mixture of confidential"];

/// A value with more bytes than this is none of them.
const LONGEST: usize = 200;

/// Whether a value is one of the types of data.
pub fn is_type_of_data(value: &str) -> bool {
    is_one_of(value, &TYPES)
}

/// Whether a value says that the type of data is not given.
pub fn is_undisclosed_type(value: &str) -> bool {
    is_one_of(value, &[UNDISCLOSED])
}

/// Whether a value says how sensitive data is.
pub fn is_sensitivity(value: &str) -> bool {
    is_one_of(value, &SENSITIVITIES)
}

/// Whether a value is a way of access or a frequency.
pub fn is_access(value: &str) -> bool {
    is_one_of(value, &ACCESS)
}

/// Whether a bracket beside the opt-outs begins as a basis in the law of confidentiality does.
pub fn begins_confidentiality(bracket: &str) -> bool {
    let begins =
        |beginning: &&str| bracket.get(..beginning.len()).is_some_and(|start| start.eq_ignore_ascii_case(beginning));
    BEGINNINGS.iter().any(begins)
}

/// A bracket beside the opt-outs, where it holds anything beside the known bases.
pub fn unknown_confidentiality(bracket: &str) -> Option<String> {
    let known = |rest: String, part: &&str| rest.replace(part, "");
    let rest = CONFIDENTIALITY.iter().fold(bracket.to_ascii_lowercase(), known);
    rest.contains(char::is_alphanumeric).then(|| bracket.trim().to_owned())
}

/// A type of data and a sensitivity in one value, as pages of 2016 print it: `Identifiable Non Sensitive`. Either may be
/// missing; what is no sensitivity stays in the type.
pub fn split_format(value: &str) -> (Option<&str>, Option<&str>) {
    let value = value.trim();
    let is_break = |letter: char| letter.is_whitespace();
    let starts = std::iter::once(0).chain(value.match_indices(is_break).map(|(at, space)| at + space.len()));
    let cut = starts.into_iter().find(|at| is_sensitivity(&value[*at..]));
    match cut {
        None => ((!value.is_empty()).then_some(value), None),
        Some(at) => {
            let before = value[..at].trim().trim_end_matches([',', '-', '\u{2013}']).trim_end();
            ((!before.is_empty()).then_some(before), Some(&value[at..]))
        }
    }
}

/// Values that a page ran together without a separator, taken apart where each of them is known:
/// `IdentifiableAggregated`. A value that is known, or is not made of known ones alone, is not taken apart.
pub fn run_together(value: &str) -> Option<Vec<&str>> {
    let known = || TYPES.iter().chain(&SENSITIVITIES).chain(&ACCESS).chain(&["Non Sensitive", "One-off"]);
    let mut pieces = Vec::new();
    let mut rest = value.trim();
    while !rest.is_empty() {
        let begins = |word: &&&str| rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        let length = known().filter(begins).map(|word| word.len()).max()?;
        pieces.push(&rest[..length]);
        rest = rest[length..].trim_start();
    }
    (pieces.len() > 1).then_some(pieces)
}

/// The single answers in an opt-out field, each with what it says, in order. A part that is no answer says
/// [`OptOutState::NotStated`].
///
/// Each answer begins with a yes or a no, or is a type of data where a column slipped: at the start, after a comma, or
/// run together with the one before (`…research studYes - patient objections upheld`).
pub fn opt_out_answers(published: &str) -> Vec<(&str, OptOutState)> {
    let mut starts = vec![0];
    for (at, letter) in published.char_indices().skip(1) {
        let before_is_end = published[..at].ends_with([',', ';', '\n', ' ']) || letter == 'Y' || letter == 'N';
        if before_is_end && begins_answer(published, *starts.last().unwrap_or(&0), at) {
            starts.push(at);
        }
    }
    starts.push(published.len());
    let part = |pair: &[usize]| published[pair[0]..pair[1]].trim().trim_end_matches([',', ';']).trim();
    let parts = starts.windows(2).map(part).filter(|part| !part.is_empty());
    parts.map(|part| (part, opt_out_state(part))).collect()
}

/// Whether an answer begins at `at`, when the one before began at `start`.
fn begins_answer(published: &str, start: usize, at: usize) -> bool {
    let (before, rest) = published.split_at(at);
    let is_separated = before.trim_end_matches(' ').ends_with([',', ';', '\n']) && !rest.starts_with(' ');
    if is_separated {
        let part = before[start..].trim_end_matches([',', ';', '\n', ' ']);
        let is_whole = |text: &str| is_type_of_data(text) || (opt_out_state(text) != OptOutState::NotStated);
        let next = rest.split([',', ';', '\n']).next().unwrap_or(rest).trim();
        let bare = is_whole(part) && (is_type_of_data(part) || !part.contains(' '));
        return bare || is_whole(next);
    }
    (rest.starts_with("Yes - ") || rest.starts_with("No - "))
        && before.chars().next_back().is_some_and(char::is_alphanumeric)
}

/// What one opt-out answer says.
pub fn opt_out_state(answer: &str) -> OptOutState {
    let answer = answer.trim();
    let (word, rest) = answer.split_once(char::is_whitespace).unwrap_or((answer, ""));
    let explained = rest.is_empty() || rest.trim_start().starts_with(['-', '\u{2013}', '\u{2014}']);
    match word.to_ascii_lowercase().as_str() {
        "y" | "yes" if explained => OptOutState::Applied,
        "n" | "no" if explained => OptOutState::NotApplied,
        _ => OptOutState::NotStated,
    }
}

/// Whether a value is one of these, whatever its case, spaces and dashes.
fn is_one_of(value: &str, known: &[&str]) -> bool {
    if value.len() > LONGEST {
        return false;
    }
    known.iter().any(|word| plain(word).eq(plain(value)))
}

/// The letters of a value that tell it from others.
fn plain(text: &str) -> impl Iterator<Item = char> {
    let kept = text.chars().filter(|letter| !letter.is_whitespace() && !matches!(letter, '-' | '\u{2013}'));
    kept.flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use OptOutState::{Applied, NotApplied, NotStated};

    #[test]
    fn values_that_were_published_are_known() {
        for value in ["Identifiable", "Anonymised - ICO code compliant", "Aggregated \u{2013} small numbers suppressed"]
        {
            assert!(is_type_of_data(value), "{value}");
        }
        for value in ["Sensitive", "Non-Sensitive", "Non Sensitive", "non sensitive"] {
            assert!(is_sensitivity(value), "{value}");
        }
        for value in ["One-Off", "One-off", "Ongoing", "Frequent Adhoc Flow", "System Access"] {
            assert!(is_access(value), "{value}");
        }
        assert!(is_undisclosed_type("information not disclosed for TRE projects"));
        assert!(!is_type_of_data("information not disclosed for TRE projects") && !is_sensitivity("Identifiable"));
    }

    #[test]
    fn a_format_is_a_type_and_a_sensitivity() {
        assert_eq!(split_format("Identifiable Non Sensitive"), (Some("Identifiable"), Some("Non Sensitive")));
        assert_eq!(
            split_format("Anonymised - ICO code compliant Sensitive"),
            (Some("Anonymised - ICO code compliant"), Some("Sensitive"))
        );
        assert_eq!(split_format("Identifiable\u{a0}Non-Sensitive"), (Some("Identifiable"), Some("Non-Sensitive")));
        assert_eq!(split_format("Identifiable"), (Some("Identifiable"), None));
        assert_eq!(split_format("Non Sensitive"), (None, Some("Non Sensitive")));
        assert_eq!(split_format(""), (None, None));
        assert_eq!(split_format("Nonsense"), (Some("Nonsense"), None));
    }

    #[test]
    fn what_is_run_together_comes_apart_where_every_piece_is_known() {
        assert_eq!(
            run_together("IdentifiableAnonymised - ICO Code Compliant"),
            Some(vec!["Identifiable", "Anonymised - ICO Code Compliant"])
        );
        assert_eq!(run_together("Non-SensitiveSensitive"), Some(vec!["Non-Sensitive", "Sensitive"]));
        assert_eq!(run_together("One-OffOngoing"), Some(vec!["One-Off", "Ongoing"]));
        for whole in ["Identifiable", "Aggregated - Small Numbers Suppressed", "Non Sensitive", "IdentifiableX", ""] {
            assert_eq!(run_together(whole), None, "{whole}");
        }
    }

    #[test]
    fn answers_come_apart() {
        let table: [(&str, &[(&str, OptOutState)]); 8] = [
            ("No, Yes", &[("No", NotApplied), ("Yes", Applied)]),
            (
                "No - consent provided by participants of research studYes - patient objections upheld",
                &[
                    ("No - consent provided by participants of research stud", NotApplied),
                    ("Yes - patient objections upheld", Applied),
                ],
            ),
            ("Identifiable", &[("Identifiable", NotStated)]),
            (
                "Anonymised - ICO Code Compliant, Identifiable, No",
                &[("Anonymised - ICO Code Compliant", NotStated), ("Identifiable", NotStated), ("No", NotApplied)],
            ),
            ("Perhaps, later, No", &[("Perhaps, later", NotStated), ("No", NotApplied)]),
            ("No - a, b and c, N", &[("No - a, b and c", NotApplied), ("N", NotApplied)]),
            ("Nothing, Yesterday", &[("Nothing, Yesterday", NotStated)]),
            ("", &[]),
        ];
        for (published, answers) in table {
            assert_eq!(opt_out_answers(published), answers, "{published}");
        }
    }

    #[test]
    fn bases_in_the_law_of_confidentiality_are_known() {
        let known = [
            "Does not include the flow of confidential data",
            "Section 251 NHS Act 2006, Does not include the flow of confidential data",
            "Consent (Reasonable Expectation)",
            "Statutory exemption to flow confidential data without consent",
            "Mixture of confidential data flow(s) with support under section 251 NHS Act 2006 and non-confidential data flow(s)",
            "Mixture of confidential data flow(s) with consent and flow(s) with support under section 251 NHS Act 2006",
            "Mixture of confidential data flow(s) with consent and non-confidential data flow(s)",
            "",
            ", ",
        ];
        for bracket in known {
            assert_eq!(unknown_confidentiality(bracket), None, "{bracket}");
        }
        assert!(unknown_confidentiality("Approved by the board").is_some());
        assert!(begins_confidentiality("Section 251 NHS Act") && !begins_confidentiality("Sections of it"));
    }
}
