//! Text: folding for comparison, words for searching, safe display, width and wrapping, and what a person writes for the program.
//! Knows nothing of ours.

mod characters;
mod fold;
mod near;
mod safe;
mod sought;
mod words;
mod wrap;
mod written;

pub use characters::Characters;
pub use fold::{fold, fold_into};
pub use near::{is_near, letters, nearness};
pub use safe::{Safe, ends_line, is_hidden, line_number, line_ranges, lines, safe, safe_lines};
pub use sought::{Beginnings, Sought};
pub use words::{Word, Words, fold_word, folded_prefix, words};
pub use wrap::{fit, fit_ends, segments, start_of_segment, width, wrap};
pub use written::{Fault, Written};

/// What stands between published cells in a line that the program puts together. Every terminal has it in every locale, so that
/// nothing in such a line is ever replaced: what looks like it there may be the register's own.
pub const CELLS: &str = " | ";
