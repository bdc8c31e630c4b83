//! What stands unfinished at the end of a query that is being typed.

use super::Fields;
use super::fields::{NAMED_SCOPES, SCOPES, Scope};
use super::lexer::{Kind, Token, lex};
use super::values::{self, Listed, Valued};
use crate::concerns::RuleId;

/// From this many letters on the name of a field is completed: one letter begins most words.
const FIELD_FROM: usize = 2;

/// What is unfinished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::index) struct Begun<'a> {
    /// Where it begins, in bytes.
    pub(in crate::index) from: usize,
    /// What it can become, as far as the language alone says.
    pub(in crate::index) ways: Ways<'a>,
}

/// What something unfinished can become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::index) enum Ways<'a> {
    /// One of these.
    Written(Vec<String>),
    /// A published value of a list that has these words, asked for as a whole in a field.
    Published(&'static str, Listed, &'a str),
    /// A tag of the user's own that begins so.
    Tags(&'static str, &'a str),
}

/// What stands unfinished at the end of a query, if anything does that can be completed.
pub(in crate::index) fn begun(query: &str) -> Option<Begun<'_>> {
    if !super::is_read(query) {
        return None;
    }
    let tokens = lex(query);
    let last = tokens.last().filter(|token| token.range.end == query.len())?;
    let before = |behind: usize, next: &Token<'_>| {
        let at = tokens.len().checked_sub(behind + 1)?;
        tokens.get(at).filter(|token| token.range.end == next.range.start)
    };
    match last.kind {
        Kind::Field(name) => value(name, last, ""),
        Kind::Chunk(chunk) => match before(1, last) {
            Some(field) if matches!(field.kind, Kind::Field(_)) => {
                let Kind::Field(name) = field.kind else { return None };
                value(name, field, chunk.strip_prefix('=').unwrap_or(chunk))
            }
            _ => field(chunk, last.range.start),
        },
        Kind::Phrase { text, is_closed: false } => {
            let mut sign = before(1, last)?;
            if sign.kind == Kind::Chunk("=") {
                sign = before(2, sign)?;
            }
            let Kind::Field(name) = sign.kind else { return None };
            value(name, sign, text)
        }
        _ => None,
    }
}

/// Names of fields that begin so.
fn field(begun: &str, from: usize) -> Option<Begun<'_>> {
    if begun.len() < FIELD_FROM || !begun.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_') {
        return None;
    }
    let begun = begun.to_lowercase();
    let names = SCOPES[..NAMED_SCOPES].iter().map(|(name, _)| *name).filter(|name| name.starts_with(&begun));
    written(from, names.map(|name| format!("{name}:")).collect())
}

/// Values of a field that begin so.
fn value<'a>(name: &str, token: &Token<'_>, begun: &'a str) -> Option<Begun<'a>> {
    let lower = name.to_lowercase();
    let (name, scope) = SCOPES.iter().find(|(known, _)| *known == lower)?;
    let from = token.range.start;
    let listed = match scope {
        Scope::Text(Fields::Organisation) => Listed::Organisation,
        Scope::Text(Fields::Dataset) => Listed::Dataset,
        Scope::Text(Fields::LegalBasis) => Listed::LegalBasis,
        Scope::Valued(Valued::Listed(listed)) => *listed,
        Scope::Valued(Valued::Tag) => return Some(Begun { from, ways: Ways::Tags(name, begun) }),
        _ => {
            let begun = begun.to_lowercase();
            let values = values_of(*scope).into_iter().filter(|value| value.starts_with(&begun));
            return written(from, values.map(|value| format!("{name}:{value}")).collect());
        }
    };
    Some(Begun { from, ways: Ways::Published(name, listed, begun) })
}

/// The values that a field has in every edition.
fn values_of(scope: Scope) -> Vec<&'static str> {
    match scope {
        Scope::Rules(_) => RuleId::ALL.iter().map(|rule| rule.as_str()).collect(),
        Scope::Valued(valued) => values::written(valued),
        Scope::Missing => values::written(Valued::Has),
        Scope::Versions => vec!["all"],
        Scope::Text(_) | Scope::Alike(_) => Vec::new(),
    }
}

fn written(from: usize, ways: Vec<String>) -> Option<Begun<'static>> {
    (!ways.is_empty()).then_some(Begun { from, ways: Ways::Written(ways) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ways(query: &str) -> Option<(usize, Vec<String>)> {
        match begun(query)? {
            Begun { from, ways: Ways::Written(ways) } => Some((from, ways)),
            Begun { from, ways: Ways::Published(name, _, begun) | Ways::Tags(name, begun) } => {
                Some((from, vec![format!("{name} {begun}")]))
            }
        }
    }

    #[test]
    fn what_is_begun_at_the_end_can_be_completed() {
        for (query, from, completed) in [
            ("comm", 0, &["commercial:"][..]),
            ("cancer -(op", 9, &["optouts:"]),
            ("optouts:not", 0, &["optouts:not-applied", "optouts:not-stated"]),
            ("police OptOuts:", 7, &["optouts:applied", "optouts:not-applied", "optouts:mixed", "optouts:not-stated"]),
            ("missing:y", 0, &["missing:yielded"]),
            ("version:", 0, &["version:all"]),
            ("concern:mixed", 0, &["concern:mixed-opt-outs"]),
            ("org:imp", 0, &["org imp"]),
            ("a org:=\"imp col", 2, &["org imp col"]),
            ("type:=i", 0, &["type i"]),
            ("mine:", 0, &["mine:bookmarked", "mine:noted", "mine:collected", "mine:tagged", "mine:changed"]),
            ("-tag:mo", 1, &["tag mo"]),
        ] {
            let completed: Vec<String> = completed.iter().map(|way| (*way).to_owned()).collect();
            assert_eq!(ways(query), Some((from, completed)), "{query}");
        }
        for query in
            ["", "c", "zz", "cancer ", "org:\"imp\"", "\"imp", "files:1", "title:a", "optouts: not", "nofield:a"]
        {
            assert_eq!(ways(query), None, "{query}");
        }
    }
}
