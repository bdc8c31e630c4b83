//! Marks and pieces of a query.

use std::ops::Range;

/// A piece of a query, with the bytes it stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::index) struct Token<'a> {
    pub(in crate::index) kind: Kind<'a>,
    pub(in crate::index) range: Range<usize>,
}

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::index) enum Kind<'a> {
    Open,
    Close,
    Minus,
    Or,
    And,
    /// `field:`, as written without the colon.
    Field(&'a str),
    /// What stands between quotation marks, and whether they are closed.
    Phrase {
        text: &'a str,
        is_closed: bool,
    },
    /// Anything else up to white space, a bracket or a quotation mark.
    Chunk(&'a str),
}

/// Cuts a query into its pieces.
pub(in crate::index) fn lex(query: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(letter) = query[at..].chars().next() {
        let end = at + letter.len_utf8();
        match letter {
            space if space.is_whitespace() => at = end,
            '(' => at = push(&mut tokens, Kind::Open, at..end),
            ')' => at = push(&mut tokens, Kind::Close, at..end),
            // A dash between spaces is punctuation: only one that touches a word leaves it out.
            '-' if query[end..].starts_with(|next: char| !next.is_whitespace()) => {
                at = push(&mut tokens, Kind::Minus, at..end);
            }
            '"' | '\u{201C}' | '\u{201D}' => at = lex_phrase(query, at, end, &mut tokens),
            _ => at = lex_chunk(query, at, &mut tokens),
        }
    }
    tokens
}

fn push<'a>(tokens: &mut Vec<Token<'a>>, kind: Kind<'a>, range: Range<usize>) -> usize {
    let end = range.end;
    tokens.push(Token { kind, range });
    end
}

fn lex_phrase<'a>(query: &'a str, at: usize, inside: usize, tokens: &mut Vec<Token<'a>>) -> usize {
    let rest = &query[inside..];
    match rest.char_indices().find(|(_, letter)| is_quote(*letter)) {
        Some((length, quote)) => {
            let end = inside + length + quote.len_utf8();
            push(tokens, Kind::Phrase { text: &rest[..length], is_closed: true }, at..end)
        }
        None => push(tokens, Kind::Phrase { text: rest, is_closed: false }, at..query.len()),
    }
}

/// A chunk, or the name of a field before one.
fn lex_chunk<'a>(query: &'a str, at: usize, tokens: &mut Vec<Token<'a>>) -> usize {
    let rest = &query[at..];
    let ends = |letter: char| letter.is_whitespace() || matches!(letter, '(' | ')') || is_quote(letter);
    let length = rest.find(ends).unwrap_or(rest.len());
    let chunk = &rest[..length];
    match chunk {
        "OR" => return push(tokens, Kind::Or, at..at + length),
        "AND" => return push(tokens, Kind::And, at..at + length),
        "NOT" => return push(tokens, Kind::Minus, at..at + length),
        _ => {}
    }
    if let Some((name, _)) = chunk.split_once(':') {
        let is_name = !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphabetic() || letter == '_');
        if is_name {
            return push(tokens, Kind::Field(name), at..at + name.len() + 1);
        }
    }
    push(tokens, Kind::Chunk(chunk), at..at + length)
}

/// Whether a character opens or closes what is to stand in a row; each closes what any of them opened.
pub(super) fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '\u{201C}' | '\u{201D}')
}
