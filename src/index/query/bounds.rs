//! Bounds, checked on the bare text before a query is read: a query of a few kilobytes must not cost seconds, memory
//! or the stack.

use super::super::Trouble;
use super::lexer::is_quote;
use super::trouble;

/// The longest query, in bytes.
const LONGEST: usize = 4096;

/// The deepest nesting of brackets.
const DEEPEST: usize = 32;

/// The most parts: words, phrases, brackets and operators.
const MOST_PARTS: usize = 256;

/// Why a query is not read, if it exceeds a bound.
pub(super) fn exceeded(query: &str) -> Option<Trouble> {
    let refuse = |message: String| Some(trouble(0..query.len(), message));
    if query.len() > LONGEST {
        return refuse(format!("the query is longer than {LONGEST} characters and was not read; shorten it"));
    }
    let (mut depth, mut deepest, mut parts, mut quoted, mut in_word) = (0_usize, 0, 0_usize, false, false);
    for letter in query.chars() {
        match letter {
            quote if is_quote(quote) => quoted = !quoted,
            '(' if !quoted => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            ')' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        let separates = letter.is_whitespace() || is_quote(letter) || matches!(letter, '(' | ')' | '-' | ':');
        parts += usize::from(matches!(letter, '(' | '-')) + usize::from(!separates && !in_word);
        in_word = !separates;
    }
    if deepest > DEEPEST {
        return refuse(format!("brackets are nested more than {DEEPEST} deep; the query was not read"));
    }
    if parts > MOST_PARTS {
        return refuse(format!("the query has more than {MOST_PARTS} parts and was not read; shorten it"));
    }
    None
}
