//! Which characters drawings and marks of ours are made of.

/// Which characters the program's own marks are made of. What the register says keeps its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Characters {
    /// All.
    Unicode,
    /// Those that every terminal has.
    Ascii,
}
