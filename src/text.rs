//! Text: folding for comparison, words for searching, safe display, width and wrapping. Knows nothing of ours.

mod fold;

pub use fold::fold;
