//! Text: folding for comparison, words for searching, safe display, width and wrapping. Knows nothing of ours.

mod fold;
mod safe;

pub use fold::fold;
pub use safe::{Safe, ends_line, is_hidden, lines, safe, safe_lines};
