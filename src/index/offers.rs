//! Near spellings that are offered where nothing was found.

use super::postings::Sought;
use super::query::{Form, Node, Term, WordsNode};
use super::search::Evaluation;
use super::{Offer, SearchError, SearchField};
use crate::text::nearness;

/// How many queries are offered.
const OFFERED: usize = 3;

/// How many parts of a query are looked at: who writes more did not misspell one of them.
const LOOKED_AT: usize = 16;

/// A word that stands nowhere, with the spellings that do.
struct Unknown<'a> {
    node: &'a WordsNode,
    /// The nearest first; of those that are equally near the one that stands in most entries.
    spellings: Vec<String>,
}

/// The query with its unknown words spelled as the register spells them, the likeliest first. None where all words are known,
/// or none is near.
pub(super) fn offers(evaluation: &Evaluation<'_>, root: &Node, query: &str) -> Result<Vec<Offer>, SearchError> {
    let mut nodes = Vec::new();
    collect(root, &mut nodes);
    let mut unknown = Vec::new();
    for node in nodes.into_iter().take(LOOKED_AT) {
        evaluation.go_on()?;
        let [word] = node.words.as_slice() else { continue };
        let fields = node.fields.list();
        let sought = Sought::new(evaluation.index, word);
        let mut is_known = false;
        for field in fields {
            is_known = is_known || !evaluation.expand(&sought, *field)?.is_empty();
        }
        if !is_known || word.form == Form::Exact {
            let spellings = spellings(evaluation, word, fields)?;
            if !spellings.is_empty() {
                unknown.push(Unknown { node, spellings });
            }
        }
    }
    let Some(first) = unknown.first() else { return Ok(Vec::new()) };
    // The first unknown word varies; the others are spelled as is likeliest.
    let offered = first.spellings.iter().take(OFFERED).map(|spelling| {
        let (mut offer, mut words) = (query.to_owned(), Vec::new());
        for (at, one) in unknown.iter().enumerate().rev() {
            let word = if at == 0 { spelling } else { &one.spellings[0] };
            offer.replace_range(one.node.written.clone(), word);
            words.push(word.as_str());
        }
        words.reverse();
        Offer { spelling: words.join(" "), query: offer }
    });
    Ok(offered.collect())
}

/// The parts of a query that must match.
fn collect<'a>(node: &'a Node, found: &mut Vec<&'a WordsNode>) {
    match node {
        Node::Words(words) => found.push(words),
        Node::All(parts) | Node::Any(parts) => parts.iter().for_each(|part| collect(part, found)),
        Node::Not(_) | Node::Concern(_) | Node::Unsure(_) | Node::Alike(..) | Node::Value(_) | Node::Nothing => {}
    }
}

fn spellings(evaluation: &Evaluation<'_>, word: &Term, fields: &[SearchField]) -> Result<Vec<String>, SearchError> {
    if nearness(&word.folded) == 0 {
        return Ok(Vec::new());
    }
    let near = Term { form: Form::Near, ..word.clone() };
    let near = Sought::new(evaluation.index, &near);
    let mut found: Vec<(usize, u64, String)> = Vec::new();
    for field in fields {
        for (spelling, entries) in evaluation.expand(&near, *field)? {
            if spelling == word.folded {
                continue;
            }
            if let Some((_, count, _)) = found.iter_mut().find(|(_, _, known)| *known == spelling) {
                *count += entries;
            } else {
                found.push((strsim::osa_distance(&word.folded, &spelling), entries, spelling));
            }
        }
    }
    found.sort_by(|one, other| {
        (one.0, std::cmp::Reverse(one.1), &one.2).cmp(&(other.0, std::cmp::Reverse(other.1), &other.2))
    });
    Ok(found.into_iter().map(|(_, _, spelling)| spelling).collect())
}
