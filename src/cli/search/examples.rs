//! The query language by examples, as one writes them at a shell: for the help of `search` and for its manual page.

/// The name of the command.
pub(in crate::cli) const SEARCH: &str = "search";

/// What is said before them.
pub(in crate::cli) const BEFORE: &str =
    "All that stands side by side must match. Single quotes keep quotation marks, brackets and < > * from the shell.";

/// Lines that find something in the sample, and what each finds.
pub(in crate::cli) const EXAMPLES: [(&str, &str); 9] = [
    ("outflow search insurance", "a word, in any name or text"),
    ("outflow search '\"mental health\"'", "a phrase"),
    ("outflow search org:council", "in the name of who applied"),
    ("outflow search objectives:cancer", "in what the data is for"),
    ("outflow search 'dataset:\"mental health\"'", "a phrase in a dataset's name"),
    ("outflow search concern:mixed-opt-outs", "flagged with this concern"),
    ("outflow search optouts:not-applied", "no opt-outs were applied"),
    ("outflow search cancer -university", "the one without the other"),
    ("outflow search police OR council", "either of them"),
];

/// Columns of the longest line, with what parts it from what it finds.
const COLUMNS: usize = 43;

/// How the help ends.
pub(in crate::cli) fn help() -> String {
    let lines = EXAMPLES.map(|(line, about)| format!("  {line:<COLUMNS$}{about}"));
    format!("Examples:\n{}\n\n{BEFORE}", lines.join("\n"))
}
