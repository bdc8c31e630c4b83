//! Choices as text: the parts of a query, and what taking or leaving out a value makes of it.

use super::FacetField;
use crate::index::LastWord;
use crate::index::query::{self, Answered, Kind, Listed, Moment, Node, Test, Token};

/// What is chosen of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Nothing.
    None,
    /// It is asked for.
    Taken,
    /// It is left out.
    Excluded,
}

/// A part of a query that must match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part<'a> {
    /// As written.
    pub(super) text: &'a str,
    /// The facet that it chooses in, if it does nothing else.
    pub(super) facet: Option<FacetField>,
    /// Whether it asks for its values or leaves them out.
    pub(super) choice: Choice,
    /// The values, as written.
    pub(super) leaves: Vec<String>,
}

/// The parts of a query. One with OR outside of brackets is one part, and so is one that is not read.
pub(super) fn parts(query: &str) -> Vec<Part<'_>> {
    let whole = || vec![Part { text: query, facet: None, choice: Choice::None, leaves: Vec::new() }];
    if !query::is_read(query) {
        return whole();
    }
    let tokens = query::lex(query);
    if tokens.is_empty() {
        return Vec::new();
    }
    if outside(&tokens).any(|token| token.kind == Kind::Or) {
        return whole();
    }
    let mut parts = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let end = end_of_part(&tokens, at);
        let text = &query[tokens[at].range.start..tokens[end - 1].range.end];
        if tokens[at].kind != Kind::And {
            parts.push(part(text));
        }
        at = end;
    }
    parts
}

/// A query with a value chosen otherwise than it was.
pub fn choose(query: &str, field: FacetField, value: &str, choice: Choice) -> String {
    let parts = parts(query);
    let (own, others): (Vec<Part<'_>>, Vec<Part<'_>>) = parts.into_iter().partition(|part| part.facet == Some(field));
    let leaves = |wanted: Choice| -> Vec<String> {
        let of_choice = own.iter().filter(|part| part.choice == wanted).flat_map(|part| &part.leaves);
        let mut leaves: Vec<String> = of_choice.filter(|leaf| *leaf != value).cloned().collect();
        if choice == wanted {
            leaves.push(value.to_owned());
        }
        leaves
    };
    // What has OR outside of brackets stays together.
    let is_single = others.len() == 1 && outside(&query::lex(others[0].text)).any(|token| token.kind == Kind::Or);
    let kept =
        others.iter().map(|part| if is_single { format!("({})", part.text.trim()) } else { part.text.to_owned() });
    let mut written: Vec<String> = kept.collect();
    match leaves(Choice::Taken).as_slice() {
        [] => {}
        [one] => written.push(one.clone()),
        several => written.push(format!("({})", several.join(" OR "))),
    }
    written.extend(leaves(Choice::Excluded).into_iter().map(|leaf| format!("-{leaf}")));
    written.join(" ")
}

/// What a value that no project has is called: as it is written, without its field and quotation marks.
pub(super) fn label(leaf: &str) -> String {
    let value = leaf.split_once(':').map_or(leaf, |(_, value)| value);
    value.trim_start_matches('=').trim_matches('"').to_owned()
}

/// Pieces outside of brackets.
fn outside<'t>(tokens: &'t [Token<'t>]) -> impl Iterator<Item = &'t Token<'t>> {
    let mut depth = 0_usize;
    tokens.iter().filter(move |token| match token.kind {
        Kind::Open => {
            depth += 1;
            false
        }
        Kind::Close => {
            depth = depth.saturating_sub(1);
            false
        }
        _ => depth == 0,
    })
}

/// Where a part ends that begins at a piece: its signs and field, what these stand before, and what touches that.
fn end_of_part(tokens: &[Token<'_>], from: usize) -> usize {
    let mut at = from;
    while matches!(tokens.get(at).map(|token| token.kind), Some(Kind::Minus | Kind::Field(_))) {
        at += 1;
    }
    if matches!(tokens.get(at).map(|token| token.kind), Some(Kind::Open)) {
        let mut depth = 0_usize;
        while let Some(token) = tokens.get(at) {
            at += 1;
            match token.kind {
                Kind::Open => depth += 1,
                Kind::Close => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    } else if at < tokens.len() {
        at += 1;
        // `="a value"`, and `"words"~3`.
        while tokens.get(at).is_some_and(|next| {
            next.range.start == tokens[at - 1].range.end && matches!(next.kind, Kind::Phrase { .. } | Kind::Chunk(_))
        }) {
            at += 1;
        }
    }
    at.clamp(from + 1, tokens.len())
}

fn part(text: &str) -> Part<'_> {
    let (inner, choice) = match text.strip_prefix('-') {
        Some(rest) => (rest, Choice::Excluded),
        None => (text, Choice::Taken),
    };
    let bare = inner.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
    let leaves: Vec<String> = bare.map_or_else(|| vec![inner.to_owned()], alternatives);
    let fields: Vec<Option<FacetField>> = leaves.iter().map(|leaf| facet_of(leaf)).collect();
    match fields.split_first() {
        Some((Some(field), rest)) if rest.iter().all(|other| *other == Some(*field)) => {
            Part { text, facet: Some(*field), choice, leaves }
        }
        _ => Part { text, facet: None, choice: Choice::None, leaves: Vec::new() },
    }
}

/// The alternatives between which OR stands; a text without it is one.
fn alternatives(text: &str) -> Vec<String> {
    let tokens = query::lex(text);
    let mut found = Vec::new();
    let mut start = 0;
    for token in outside(&tokens).filter(|token| token.kind == Kind::Or) {
        found.push(text[start..token.range.start].trim().to_owned());
        start = token.range.end;
    }
    found.push(text[start..].trim().to_owned());
    found
}

/// The facet of one value, as written.
fn facet_of(leaf: &str) -> Option<FacetField> {
    let read = query::read(leaf, LastWord::Whole);
    if !read.trouble.is_empty() {
        return None;
    }
    Some(match read.root? {
        Node::Concern(_) => FacetField::Concern,
        Node::Value(test) => match test {
            Test::OptOuts(_) => FacetField::OptOuts,
            Test::Answer(Answered::Commercial, _) => FacetField::Commercial,
            Test::Answer(Answered::Sublicensing, _) => FacetField::Sublicensing,
            Test::Severity(_) => FacetField::Severity,
            Test::Sensitive(_) => FacetField::Sensitivity,
            Test::Listed(listed, _) => match listed {
                Listed::TypeOfData => FacetField::TypeOfData,
                Listed::Sensitivity => FacetField::Sensitivity,
                Listed::Access => FacetField::Access,
                Listed::OrganisationType => FacetField::OrganisationType,
                Listed::Organisation => FacetField::Organisation,
                Listed::Dataset => FacetField::Dataset,
                Listed::LegalBasis => FacetField::LegalBasis,
            },
            Test::Within(Moment::Start, _) => FacetField::Started,
            Test::Within(Moment::Release, _) => FacetField::Released,
            Test::Within(Moment::End, _) | Test::Files(_) | Test::Has(_) | Test::Mine(_) | Test::Tag(_) => return None,
        },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_made_widened_and_taken_back_in_the_text() {
        let field = FacetField::OptOuts;
        let one = choose("data linkage", field, "optouts:applied", Choice::Taken);
        assert_eq!(one, "data linkage optouts:applied");
        let two = choose(&one, field, "optouts:mixed", Choice::Taken);
        assert_eq!(two, "data linkage (optouts:applied OR optouts:mixed)");
        assert_eq!(choose(&two, field, "optouts:applied", Choice::None), "data linkage optouts:mixed");
        let without = choose(&one, field, "optouts:applied", Choice::Excluded);
        assert_eq!(without, "data linkage -optouts:applied");
        assert_eq!(choose(&without, field, "optouts:applied", Choice::None), "data linkage");
        // Another facet and what was typed are left alone.
        let other = choose("(police OR council) -title:beds severity:high", field, "optouts:mixed", Choice::Taken);
        assert_eq!(other, "(police OR council) -title:beds severity:high optouts:mixed");
        assert_eq!(
            choose("police OR council", field, "optouts:mixed", Choice::Taken),
            "(police OR council) optouts:mixed"
        );
        assert_eq!(choose("", field, "optouts:mixed", Choice::Taken), "optouts:mixed");
    }

    #[test]
    fn a_whole_value_and_words_near_one_another_are_one_part() {
        let texts = |query| parts(query).into_iter().map(|part| part.text.to_owned()).collect::<Vec<_>>();
        assert_eq!(texts("org:=\"A TRUST\" \"a b\"~3 x"), ["org:=\"A TRUST\"", "\"a b\"~3", "x"]);
        assert_eq!(parts("org:=\"A TRUST\"")[0].facet, Some(FacetField::Organisation));
        assert_eq!(texts("a AND b"), ["a", "b"]);
    }
}
