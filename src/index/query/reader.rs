//! Reading: pieces in, a tree out. All words must match; `OR` binds less than that.

use std::iter::Peekable;
use std::ops::ControlFlow;
use std::vec::IntoIter;

use crate::concerns::RuleId;
use crate::text::{nearness, words};

use super::fields::{NAMED_SCOPES, OfRules, SCOPES, Scope};
use super::lexer::{Kind, Token};
use super::values::{self, Listed, Valued, Written};
use super::{Fields, Form, LastWord, Node, Query, Standing, Term, Trouble, Versions, WordsNode, trouble};

pub(super) fn read(query: &str, tokens: Vec<Token<'_>>, last_word: LastWord) -> Query {
    let typed = last_word == LastWord::Beginning && query.chars().next_back().is_some_and(|last| !last.is_whitespace());
    let tokens = tokens.into_iter().peekable();
    let versions = Versions::Latest;
    let mut reader = Reader { tokens, end: query.len(), typed, versions, trouble: Vec::new() };
    let mut parts = Vec::new();
    loop {
        parts.extend(reader.any(Scope::Text(Fields::Any)));
        match reader.tokens.next() {
            Some(token) => reader.trouble.push(trouble(token.range, "a closing bracket without an opening one")),
            None => break,
        }
    }
    Query { root: join(parts, Node::All), versions: reader.versions, trouble: reader.trouble }
}

/// The most other words that `~` lets stand between those of a quotation.
const MOST_BETWEEN: u32 = 100;

/// The most words that are sought near one another.
const MOST_NEAR: usize = 8;

struct Reader<'a> {
    tokens: Peekable<IntoIter<Token<'a>>>,
    end: usize,
    typed: bool,
    versions: Versions,
    trouble: Vec<Trouble>,
}

impl<'a> Reader<'a> {
    /// Parts with `OR` between them, up to a closing bracket or the end.
    fn any(&mut self, scope: Scope) -> Option<Node> {
        let mut alternatives = Vec::new();
        let mut operator = None;
        loop {
            let part = self.all(scope);
            match (&part, operator.take()) {
                (None, Some(range)) => self.trouble.push(trouble(range, "nothing stands after OR")),
                (None, None) if matches!(self.peek(), Some(Kind::Or)) => {
                    let range = self.tokens.peek().map_or(0..0, |token| token.range.clone());
                    self.trouble.push(trouble(range, "nothing stands before OR"));
                }
                _ => {}
            }
            alternatives.extend(part);
            match self.tokens.next_if(|token| token.kind == Kind::Or) {
                Some(token) => operator = Some(token.range),
                None => return join(alternatives, Node::Any),
            }
        }
    }

    /// Parts that must all match.
    fn all(&mut self, scope: Scope) -> Option<Node> {
        let mut parts = Vec::new();
        while !matches!(self.peek(), None | Some(Kind::Or | Kind::Close)) {
            if self.tokens.next_if(|token| token.kind == Kind::And).is_none() {
                parts.extend(self.part(scope));
            }
        }
        join(parts, Node::All)
    }

    /// One part with the signs before it.
    fn part(&mut self, scope: Scope) -> Option<Node> {
        let mut negated = false;
        let mut sign = None;
        while let Some(token) = self.tokens.next_if(|token| token.kind == Kind::Minus) {
            negated = !negated;
            sign = Some(token.range);
        }
        if matches!(self.peek(), None | Some(Kind::Or | Kind::Close | Kind::And)) {
            let range = sign.unwrap_or(self.end..self.end);
            self.trouble.push(trouble(range, "nothing stands after the minus sign"));
            return None;
        }
        let node = self.positive(scope)?;
        Some(if negated { Node::Not(Box::new(node)) } else { node })
    }

    fn positive(&mut self, scope: Scope) -> Option<Node> {
        let token = self.tokens.next()?;
        match token.kind {
            Kind::Open => {
                let inside = self.any(scope);
                if self.tokens.next_if(|token| token.kind == Kind::Close).is_none() {
                    self.trouble.push(trouble(token.range, "the bracket is not closed"));
                }
                inside
            }
            Kind::Field(name) => self.scoped(name, &token, scope),
            Kind::Phrase { text, is_closed } => self.phrase(text, is_closed, &token, scope),
            Kind::Chunk(chunk) => self.chunk(chunk, &token, scope),
            Kind::Close | Kind::Minus | Kind::Or | Kind::And => None,
        }
    }

    /// What follows the name of a field.
    fn scoped(&mut self, name: &str, token: &Token<'a>, outer: Scope) -> Option<Node> {
        let lower = name.to_lowercase();
        let Some((_, scope)) = SCOPES.iter().find(|(known, _)| *known == lower) else {
            let fields: Vec<String> = SCOPES[..NAMED_SCOPES].iter().map(|(name, _)| format!("{name}:")).collect();
            let message = format!("there is no field {lower}: (there are {}); it is read as a word", fields.join(" "));
            self.trouble.push(trouble(token.range.clone(), message));
            return self.chunk(name, token, outer);
        };
        let adjacent = self.tokens.peek().is_some_and(|next| next.range.start == token.range.end);
        if !adjacent {
            self.trouble.push(trouble(token.range.clone(), format!("nothing stands after {lower}:")));
            return None;
        }
        if matches!(self.peek(), Some(Kind::Minus)) {
            return self.part(*scope);
        }
        self.positive(*scope)
    }

    fn phrase(&mut self, text: &str, is_closed: bool, token: &Token<'a>, scope: Scope) -> Option<Node> {
        if !is_closed {
            self.trouble.push(trouble(token.range.clone(), "the quotation mark is not closed"));
        }
        let ends_typed = !is_closed && self.ends_typed(token);
        if let ControlFlow::Break(node) = self.by_value(text.trim(), ends_typed, token, scope) {
            return node;
        }
        let node = self.words(text, Form::Exact, ends_typed.then_some(Form::Beginning), token, scope);
        self.within(node, token)
    }

    fn chunk(&mut self, chunk: &str, token: &Token<'a>, scope: Scope) -> Option<Node> {
        let ends_typed = self.ends_typed(token);
        // `=` before a quotation: the value as a whole.
        let whole = match scope {
            Scope::Valued(Valued::Listed(listed)) => Some(listed),
            Scope::Text(Fields::Organisation) => Some(Listed::Organisation),
            Scope::Text(Fields::Dataset) => Some(Listed::Dataset),
            Scope::Text(Fields::LegalBasis) => Some(Listed::LegalBasis),
            _ => None,
        };
        if let (Some(listed), "=") = (whole, chunk) {
            let is_next =
                |next: &Token<'_>| next.range.start == token.range.end && matches!(next.kind, Kind::Phrase { .. });
            if let Some(next) = self.tokens.next_if(is_next)
                && let Kind::Phrase { text, .. } = next.kind
            {
                let scope = Scope::Valued(Valued::Listed(listed));
                return self.by_value(&format!("={text}"), false, &next, scope).break_value().flatten();
            }
        }
        let beginning = chunk.ends_with('*') || ends_typed;
        if let ControlFlow::Break(node) = self.by_value(chunk.trim_end_matches('*'), beginning, token, scope) {
            return node;
        }
        if let Some(exact) = chunk.strip_prefix('=') {
            return self.words(exact, Form::Exact, ends_typed.then_some(Form::Beginning), token, scope);
        }
        if let Some(near) = chunk.strip_suffix('~') {
            return self.near(near, token, scope);
        }
        let last = match chunk.strip_suffix('*') {
            Some(_) => Some(Form::Beginning),
            None => ends_typed.then_some(Form::Typed),
        };
        self.words(chunk, Form::Class, last, token, scope)
    }

    /// The words of a piece in a row: `opt-out` is two words that follow one another.
    fn words(&mut self, text: &str, form: Form, last: Option<Form>, token: &Token<'a>, scope: Scope) -> Option<Node> {
        let Scope::Text(fields) = scope else { return None };
        let mut terms: Vec<Term> = words(text).map(|word| Term { folded: word.folded, form }).collect();
        if fields == Fields::Reference || is_national_reference(&terms) {
            // References are cut at the same places, are matched as written, and can lack the DARS.
            for term in &mut terms {
                term.form = Form::Exact;
            }
            if terms.len() > 1 && terms[0].folded == "dars" {
                terms.remove(0);
            }
        }
        let Some(end) = terms.last_mut() else {
            self.trouble.push(trouble(token.range.clone(), "holds no word and is left out"));
            return None;
        };
        if let Some(last) = last {
            end.form = if end.form == Form::Exact { Form::Beginning } else { last };
        }
        let written = token.range.clone();
        Some(Node::Words(WordsNode { words: terms, fields, standing: Standing::InARow, written }))
    }

    /// Near spellings of the words of a piece.
    fn near(&mut self, text: &str, token: &Token<'a>, scope: Scope) -> Option<Node> {
        let node = self.words(text, Form::Near, None, token, scope)?;
        if let Node::Words(WordsNode { words, .. }) = &node
            && words.iter().all(|word| nearness(&word.folded) == 0)
        {
            let message = "is too short for near spellings; it is read as written";
            self.trouble.push(trouble(token.range.clone(), message));
        }
        Some(node)
    }

    /// `~3` behind a quotation: its words within three others.
    fn within(&mut self, node: Option<Node>, token: &Token<'a>) -> Option<Node> {
        let written = |next: &Token<'_>| match next.kind {
            Kind::Chunk(chunk) if next.range.start == token.range.end => chunk.strip_prefix('~').map(str::to_owned),
            _ => None,
        };
        let Some(number) = self.tokens.peek().and_then(written) else { return node };
        let sign = self.tokens.next()?;
        let Some(Node::Words(words)) = node else { return node };
        match number.parse::<u32>() {
            Ok(_) if words.words.len() > MOST_NEAR => {
                let message =
                    format!("at most {MOST_NEAR} words can be sought near one another; they are read as a phrase");
                self.trouble.push(trouble(sign.range, message));
                Some(Node::Words(words))
            }
            Ok(others) if others <= MOST_BETWEEN => {
                Some(Node::Words(WordsNode { standing: Standing::Within(others), ..words }))
            }
            _ => {
                let message = format!("write how many other words may stand between, up to {MOST_BETWEEN}: \"…\"~3");
                self.trouble.push(trouble(sign.range, message));
                Some(Node::Words(words))
            }
        }
    }

    /// What is asked otherwise than by words; none in a field of words.
    fn by_value(&mut self, text: &str, beginning: bool, token: &Token<'a>, scope: Scope) -> ControlFlow<Option<Node>> {
        let valued = match scope {
            Scope::Text(_) => return ControlFlow::Continue(()),
            Scope::Rules(asked) => return ControlFlow::Break(Some(self.rules(asked, text, beginning, token))),
            Scope::Alike(section) => return ControlFlow::Break(Some(Node::Alike(section, text.to_owned()))),
            Scope::Versions => {
                match text.to_lowercase().as_str() {
                    "all" => self.versions = Versions::All,
                    "latest" => self.versions = Versions::Latest,
                    _ => {
                        let message = "write version:all, or leave it out for the latest version of each project";
                        self.trouble.push(trouble(token.range.clone(), message));
                    }
                }
                return ControlFlow::Break(None);
            }
            Scope::Missing => Valued::Has,
            Scope::Valued(valued) => valued,
        };
        let tests = match values::read(valued, Written { text, is_beginning: beginning }) {
            Ok(tests) => tests.into_iter().map(Node::Value).collect(),
            Err(message) => {
                self.trouble.push(trouble(token.range.clone(), message));
                vec![Node::Nothing]
            }
        };
        let is_unread = tests == [Node::Nothing];
        let node = join(tests, Node::Any);
        ControlFlow::Break(match scope {
            Scope::Missing if !is_unread => node.map(|node| Node::Not(Box::new(node))),
            _ => node,
        })
    }

    fn rules(&mut self, asked: OfRules, written: &str, beginning: bool, token: &Token<'a>) -> Node {
        let wanted = written.to_lowercase();
        let exact = RuleId::ALL.iter().copied().filter(|rule| rule.as_str() == wanted);
        let begins = RuleId::ALL.iter().copied().filter(|rule| beginning && rule.as_str().starts_with(&wanted));
        let mut rules: Vec<RuleId> = exact.chain(begins).collect();
        rules.sort();
        rules.dedup();
        if rules.is_empty() {
            let message = format!("there is no concern {wanted}; `outflow concerns` lists them all");
            self.trouble.push(trouble(token.range.clone(), message));
            return Node::Nothing;
        }
        match asked {
            OfRules::Found => Node::Concern(rules),
            OfRules::Unsure => Node::Unsure(rules),
        }
    }

    fn ends_typed(&self, token: &Token<'a>) -> bool {
        self.typed && token.range.end == self.end
    }

    fn peek(&mut self) -> Option<Kind<'a>> {
        self.tokens.peek().map(|token| token.kind)
    }
}

/// A reference of the national kind, or its beginning: NIC and figures.
fn is_national_reference(terms: &[Term]) -> bool {
    let at = usize::from(terms.first().is_some_and(|term| term.folded == "dars"));
    let figures = |term: &Term| term.folded.bytes().all(|byte| byte.is_ascii_digit());
    terms.get(at).is_some_and(|term| term.folded == "nic") && terms.get(at + 1).is_some_and(figures)
}

fn join(mut parts: Vec<Node>, several: fn(Vec<Node>) -> Node) -> Option<Node> {
    match parts.len() {
        0 => None,
        1 => parts.pop(),
        _ => Some(several(parts)),
    }
}
