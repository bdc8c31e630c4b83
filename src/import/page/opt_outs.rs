//! What the opt-outs field of a page says.

use crate::register::vocabulary::{begins_confidentiality, is_type_of_data, opt_out_answers, opt_out_state};
use crate::register::{OptOutState, OptOuts};

/// An opt-out field that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Read {
    pub(super) opt_outs: OptOuts,
    /// Types of data that stand among the answers, where a column slipped in the source.
    pub(super) types_of_data: Vec<String>,
    /// Parts that are neither an answer nor a type of data.
    pub(super) not_understood: Vec<String>,
}

/// Reads `No (Excuses: REASON, REASON)`, and every other value that is known: `Y`, `N`, `Yes - patient objections
/// upheld`, several values with or without a separator, and kinds of data where a column slipped in the source.
pub(super) fn read(value: &str) -> Read {
    let (answer, reasons) = split_bracket(value);
    let mut state = OptOutState::NotStated;
    let (mut types_of_data, mut not_understood) = (Vec::new(), Vec::new());
    for (part, says) in opt_out_answers(answer) {
        match says {
            OptOutState::NotStated if is_type_of_data(part) => types_of_data.push(part.to_owned()),
            OptOutState::NotStated => not_understood.push(part.to_owned()),
            known => state = state.and(known),
        }
    }
    let kept = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let opt_outs = OptOuts { state, as_published: kept(answer), reasons: reasons.and_then(kept) };
    Read { opt_outs, types_of_data, not_understood }
}

/// The answer, and what the bracket beside it holds.
///
/// Pages of 2025 on say that it is one ("Excuses"). Before, a bracket at the end is one where it begins as a basis in
/// the law of confidentiality does, is empty, or stands beside a bare answer. Another bracket is a part of the answer.
fn split_bracket(value: &str) -> (&str, Option<&str>) {
    let value = value.trim();
    if let Some(start) = value.find("(Excuses:") {
        let inside = &value[start + "(Excuses:".len()..];
        return (value[..start].trim(), Some(without_end(inside)));
    }
    let Some(start) = last_bracket(value) else { return (value, None) };
    let (before, inside) = (value[..start].trim(), without_end(&value[start + 1..]));
    let is_reason = begins_confidentiality(inside) || is_bare(before);
    match inside.is_empty() {
        true => (before, None),
        false if is_reason => (before, Some(inside)),
        false => (value, None),
    }
}

/// A bracket's content without its end, and without the commas of values that are empty: `(, Section 251 …)`.
fn without_end(inside: &str) -> &str {
    let inside = inside.trim_end();
    let empty = |letter: char| letter == ',' || letter == ';' || letter.is_whitespace();
    inside.strip_suffix(')').unwrap_or(inside).trim_matches(empty)
}

/// Where the bracket that a value ends in begins. A page that was cut off can have lost its end.
fn last_bracket(value: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut start = None;
    let mut is_at_end = true;
    for (at, letter) in value.char_indices() {
        match letter {
            '(' => {
                if depth == 0 {
                    (start, is_at_end) = (Some(at), true);
                }
                depth += 1;
            }
            ')' => depth = depth.saturating_sub(1),
            other => is_at_end &= depth > 0 || start.is_none() || other.is_whitespace(),
        }
    }
    start.filter(|_| is_at_end)
}

/// Whether all answers before a bracket are a word each, or a type of data: then the bracket explains none of them.
fn is_bare(answer: &str) -> bool {
    let bare =
        |part: &str| is_type_of_data(part) || (opt_out_state(part) != OptOutState::NotStated && !part.contains(' '));
    let mut parts = opt_out_answers(answer).into_iter().peekable();
    parts.peek().is_some() && parts.all(|(part, _)| bare(part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use OptOutState::{Applied, Mixed, NotApplied, NotStated};

    #[test]
    fn every_known_answer_has_its_state() {
        let table = [
            ("Y", Applied),
            ("N", NotApplied),
            ("Yes", Applied),
            ("No", NotApplied),
            ("Yes - patient objections upheld", Applied),
            ("No - data flow is not identifiable", NotApplied),
            ("No - consent provided by participants of research stud", NotApplied),
            ("No - not applicable for this dataset", NotApplied),
            ("No - flow to PHE under a memorandum of understanding", NotApplied),
            ("No - consent provided by participants of research studYes - patient objections upheld", Mixed),
            ("No, Yes", Mixed),
            ("No - data flow is not identifiable, No", NotApplied),
            ("Yes, No - data flow is not identifiable", Mixed),
        ];
        for (answer, state) in table {
            let read = read(answer);
            assert_eq!(read.opt_outs.state, state, "{answer}");
            assert_eq!((read.types_of_data.len(), read.not_understood.len()), (0, 0), "{answer}");
            assert_eq!(read.opt_outs.as_published.as_deref(), Some(answer));
        }
    }

    #[test]
    fn a_slipped_column_is_no_answer_and_known_for_what_it_is() {
        let table: [(&str, OptOutState, &[&str], &[&str]); 6] = [
            ("Identifiable", NotStated, &["Identifiable"], &[]),
            ("Anonymised - ICO Code Compliant", NotStated, &["Anonymised - ICO Code Compliant"], &[]),
            ("Nothing", NotStated, &[], &["Nothing"]),
            ("Yesterday", NotStated, &[], &["Yesterday"]),
            ("No, Identifiable", NotApplied, &["Identifiable"], &[]),
            ("Aggregated, Identifiable, Yes", Applied, &["Aggregated", "Identifiable"], &[]),
        ];
        for (answer, state, types, strange) in table {
            let read = read(answer);
            assert_eq!(read.opt_outs.state, state, "{answer}");
            assert_eq!((read.types_of_data, read.not_understood), (strings(types), strings(strange)), "{answer}");
            assert_eq!(read.opt_outs.as_published.as_deref(), Some(answer));
        }
    }

    #[test]
    fn the_bracket_is_kept_apart() {
        let table = [
            (
                "No (Excuses: Does not include the flow (of any kind), Consent)",
                Some("No"),
                Some("Does not include the flow (of any kind), Consent"),
            ),
            ("(Excuses: Mixture of flows)", None, Some("Mixture of flows")),
            ("Identifiable (, )", Some("Identifiable"), None),
            ("No ()", Some("No"), None),
            ("No (, Section 251 NHS Act 2006)", Some("No"), Some("Section 251 NHS Act 2006")),
            ("Yes, No (Consent (Reasonable Expectation))", Some("Yes, No"), Some("Consent (Reasonable Expectation)")),
            ("No (A basis of its own)", Some("No"), Some("A basis of its own")),
            ("No - a flow (of some kind)", Some("No - a flow (of some kind)"), None),
            ("No (or not) yet", Some("No (or not) yet"), None),
            ("No (Section 251 NHS A", Some("No"), Some("Section 251 NHS A")),
        ];
        for (value, answer, reasons) in table {
            let read = read(value).opt_outs;
            assert_eq!((read.as_published.as_deref(), read.reasons.as_deref()), (answer, reasons), "{value}");
        }
        let alone = read("(Excuses: Mixture of flows)");
        assert_eq!((alone.opt_outs.state, alone.not_understood.len()), (NotStated, 0));
    }

    fn strings(values: &[&str]) -> Vec<String> {
        values.iter().map(|value| (*value).to_owned()).collect()
    }
}
