//! What the opt-outs field of a page says.

use crate::register::{OptOutState, OptOuts};

/// An opt-out field that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Read {
    pub(super) opt_outs: OptOuts,
    /// Whether every part of the answer is a yes or a no.
    pub(super) is_understood: bool,
}

/// Reads `No (Excuses: REASON, REASON)`, and every other value that is known: `Y`, `N`, `Yes - patient objections
/// upheld`, several values with or without a separator, and kinds of data where a column slipped in the source.
pub(super) fn read(value: &str) -> Read {
    let (answer, reasons) = split_bracket(value);
    let mut state = OptOutState::NotStated;
    let mut is_understood = true;
    for part in parts(answer) {
        match state_of(part) {
            OptOutState::NotStated => is_understood = false,
            known => state = state.and(known),
        }
    }
    let kept = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Read { opt_outs: OptOuts { state, as_published: kept(answer), reasons: reasons.and_then(kept) }, is_understood }
}

/// What a bracket beside the answer begins with where no word says what it is, as on pages of 2021 to 2024: the bases
/// in the law of confidentiality. Another bracket is a part of the answer.
const REASONS: [&str; 5] =
    ["(Does not include", "(Section 251", "(Consent (", "(Statutory exemption", "(Mixture of confidential"];

/// The answer, and what the bracket beside it holds.
fn split_bracket(value: &str) -> (&str, Option<&str>) {
    let named = value.find("(Excuses:").map(|start| (start, "(Excuses:".len()));
    let unnamed = || REASONS.iter().filter_map(|reason| value.find(reason)).min().map(|start| (start, 1));
    let Some((start, opening)) = named.or_else(unnamed) else { return (value.trim(), None) };
    let inside = &value[start + opening..];
    let inside = inside.trim_end().strip_suffix(')').unwrap_or(inside);
    (value[..start].trim(), Some(inside.trim()))
}

/// The single answers in a value: each begins with a yes or a no, at the start, after a comma, or run together with
/// the one before (`…research studYes - patient objections upheld`).
fn parts(answer: &str) -> Vec<&str> {
    let mut starts = vec![0];
    for (at, _) in answer.char_indices().skip(1) {
        let (before, rest) = answer.split_at(at);
        let part = before[starts.last().copied().unwrap_or(0)..].trim_end_matches(", ");
        let answers = |text: &str| state_of(text) != OptOutState::NotStated;
        let bare = answers(part) && !part.contains(' ');
        let after_comma = before.ends_with(", ") && (bare || answers(rest.split(',').next().unwrap_or(rest)));
        let run_together = (rest.starts_with("Yes - ") || rest.starts_with("No - "))
            && before.chars().next_back().is_some_and(char::is_alphanumeric);
        if after_comma || run_together {
            starts.push(at);
        }
    }
    starts.push(answer.len());
    let part = |pair: &[usize]| answer[pair[0]..pair[1]].trim().trim_end_matches(',').trim();
    starts.windows(2).map(part).filter(|part| !part.is_empty()).collect()
}

fn state_of(part: &str) -> OptOutState {
    let part = part.trim().to_lowercase();
    let (word, rest) = part.split_once(' ').unwrap_or((&part, ""));
    let explained = rest.is_empty() || rest.starts_with(['-', '\u{2013}', '\u{2014}']);
    match word {
        "y" | "yes" if explained => OptOutState::Applied,
        "n" | "no" if explained => OptOutState::NotApplied,
        _ => OptOutState::NotStated,
    }
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
            assert!(read.is_understood, "{answer}");
            assert_eq!(read.opt_outs.as_published.as_deref(), Some(answer));
        }
    }

    #[test]
    fn a_slipped_column_is_no_answer() {
        for answer in ["Identifiable", "Anonymised - ICO Code Compliant", "Nothing", "Yesterday"] {
            let read = read(answer);
            assert_eq!((read.opt_outs.state, read.is_understood), (NotStated, false), "{answer}");
            assert_eq!(read.opt_outs.as_published.as_deref(), Some(answer));
        }
        let slipped = read("No, Identifiable");
        assert_eq!((slipped.opt_outs.state, slipped.is_understood), (NotApplied, false));
    }

    #[test]
    fn the_bracket_is_kept_apart() {
        let both = read("No (Excuses: Does not include the flow (of any kind), Consent)");
        assert_eq!(both.opt_outs.as_published.as_deref(), Some("No"));
        assert_eq!(both.opt_outs.reasons.as_deref(), Some("Does not include the flow (of any kind), Consent"));
        let alone = read("(Excuses: Mixture of flows)");
        assert_eq!(alone.opt_outs.state, NotStated);
        assert_eq!(alone.opt_outs.as_published, None);
        assert!(alone.is_understood);
        assert_eq!(alone.opt_outs.reasons.as_deref(), Some("Mixture of flows"));
    }
}
