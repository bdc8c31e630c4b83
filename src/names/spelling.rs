//! The safe rules: what two spellings of one name may differ in.
//!
//! - case, spacing, hidden characters and punctuation: `DR. FOSTER LTD`, `Dr Foster Ltd`; `Data Set`, `Dataset`;
//! - `&` and `and`; apostrophes, straight, curly or left out;
//! - a bracketed acronym at the end, if it is one of the words before it;
//! - of organisations: `Ltd` and `Limited`, `plc` in full, and an ODS code at the end (`NHS ENGLAND - X26`).
//!
//! What a name says beyond that keeps it apart: other words, the order of words, `Limited` against nothing, the version
//! of a dataset (`v5.0` is another specification of the records than `v4.1`), any other bracket. Two different ODS codes
//! are two bodies: a key, which is of one name, cannot tell, and who compares several names asks for the codes.

use super::acronym;
use crate::text::{fold, is_hidden};

/// The shortest and the longest code of the Organisation Data Service that the register appends.
const ODS_CODE: std::ops::RangeInclusive<usize> = 3..=6;

/// What is the same of all spellings of an organisation that the rules join.
pub(super) fn organisation(name: &str) -> String {
    let folded = folded(name);
    let mut words = without_acronym(without_ods_code(&folded));
    for word in &mut words {
        if word == "ltd" {
            "limited".clone_into(word);
        }
    }
    if words.len() > 3 && words.ends_with(&["public", "limited", "company"].map(str::to_owned)) {
        words.truncate(words.len() - 3);
        words.push("plc".to_owned());
    }
    joined(&words, &folded)
}

/// What is the same of all spellings of a dataset that the rules join. A version at the end stays, and the acronym
/// before it goes: `Mental Health Services Data Set (MHSDS) v5.0`.
pub(super) fn dataset(name: &str) -> String {
    let folded = folded(name);
    let (name, version) = version(&folded);
    let mut words = without_acronym(name);
    words.extend(version.map(str::to_owned));
    joined(&words, &folded)
}

/// The name of a dataset without the version at its end.
pub(super) fn without_version(name: &str) -> String {
    version(&folded(name)).0.to_owned()
}

/// The name of a dataset without the version at its end, and the version: `v5.0`.
fn version(folded: &str) -> (&str, Option<&str>) {
    let Some((name, last)) = folded.rsplit_once([' ', '_']) else { return (folded, None) };
    let is_number = |number: &str| {
        number.starts_with(|first: char| first.is_ascii_digit())
            && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    };
    match last.strip_prefix('v') {
        Some(number) if is_number(number) => (name.trim_end(), Some(last)),
        _ => (folded, None),
    }
}

/// The code at the end of an organisation's name, in capitals.
pub(super) fn ods_code(name: &str) -> Option<String> {
    split_ods_code(&folded(name)).map(|(_, code)| code.to_uppercase())
}

/// A name without the code at its end.
fn without_ods_code(folded: &str) -> &str {
    split_ods_code(folded).map_or(folded, |(name, _)| name)
}

/// A name and the code at its end, which has a letter and a figure, and a dash with space before it.
fn split_ods_code(folded: &str) -> Option<(&str, &str)> {
    let (name, code) = folded.rsplit_once(" -")?;
    let code = code.trim_start();
    let is_code = ODS_CODE.contains(&code.len())
        && code.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && code.bytes().any(|byte| byte.is_ascii_digit())
        && code.bytes().any(|byte| byte.is_ascii_alphabetic());
    (is_code && !name.trim().is_empty()).then(|| (name.trim_end(), code))
}

/// The words of a name, without a bracketed acronym of them at the end.
fn without_acronym(name: &str) -> Vec<String> {
    if let Some((before, inside)) = bracket_at_end(name) {
        let before = words(before);
        if acronym::is_of(&words(inside), &before) {
            return before;
        }
    }
    words(name)
}

/// A name that ends in a bracket: what stands before it, and in it.
fn bracket_at_end(name: &str) -> Option<(&str, &str)> {
    let inside = name.strip_suffix(')')?;
    let at = inside.rfind('(')?;
    Some((name[..at].trim_end(), &inside[at + 1..]))
}

fn folded(name: &str) -> String {
    let shown: String = name.chars().filter(|letter| !is_hidden(*letter)).collect();
    fold(&shown)
}

/// The words of a folded name. A point stays between figures (`v1.5`) and vanishes elsewhere within a word (`p.l.c.`).
fn words(folded: &str) -> Vec<String> {
    let letters: Vec<char> = folded.chars().collect();
    let mut words = vec![String::new()];
    for (at, letter) in letters.iter().enumerate() {
        let beside = |offset: usize| letters.get(offset).copied().unwrap_or(' ');
        let (before, after) = (beside(at.wrapping_sub(1)), beside(at + 1));
        match letter {
            '\'' | '`' | '\u{B4}' | '\u{2032}' => {}
            '.' if before.is_ascii_digit() && after.is_ascii_digit() => push(&mut words, '.'),
            '.' if before.is_alphanumeric() && after.is_alphanumeric() => {}
            '&' => words.extend(["and".to_owned(), String::new()]),
            mark if mark.is_whitespace() || is_punctuation(*mark) => words.push(String::new()),
            other => push(&mut words, *other),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn push(words: &mut [String], letter: char) {
    if let Some(word) = words.last_mut() {
        word.push(letter);
    }
}

/// Marks that separate words and say nothing themselves. Signs such as `+` and `%` are not among them.
fn is_punctuation(letter: char) -> bool {
    matches!(
        letter,
        '.' | ','
            | ';'
            | ':'
            | '-'
            | '_'
            | '/'
            | '\\'
            | '"'
            | '('
            | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '!'
            | '?'
            | '\u{2022}'
    )
}

/// Words that stay words of their own: `S & Y` is not `Sandy`, and `X UN LTD` is not `X UNLIMITED`.
const OWN_WORDS: [&str; 3] = ["and", "limited", "plc"];

/// Words run together, since spacing is no difference; two figures stay two figures, and some words stay words. A name
/// of marks alone is itself.
fn joined(words: &[String], folded: &str) -> String {
    let mut key = String::with_capacity(folded.len() + 8);
    let mut own = false;
    for word in words {
        let before = own;
        own = OWN_WORDS.contains(&word.as_str());
        let figures = key.ends_with(|last: char| last.is_numeric()) && word.starts_with(char::is_numeric);
        if figures || ((own || before) && !key.is_empty()) {
            key.push(' ');
        }
        key.push_str(word);
    }
    if key.is_empty() { folded.to_owned() } else { key }
}
