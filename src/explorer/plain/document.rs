//! Texts about something else than a project, said in lines: each begins with what it is.

use std::fmt::Write as _;

use crate::explorer::document::{Block, Document, Edit, Kind, Subject};
use crate::register::ReleaseKind;
use crate::report::CREDIT;
use crate::report::files::{FileLineKind, FileList, FileRow};

/// A text in lines.
pub(super) fn lines(subject: Subject, document: &Document) -> Vec<String> {
    match &document.files {
        Some(files) => files_lines(document, files),
        None => block_lines(subject, &document.blocks),
    }
}

/// What the name of something is called, what stands below that, and what is said of it.
fn labels(subject: Subject) -> (&'static str, &'static str, &'static str) {
    match subject {
        Subject::Change(_) | Subject::History(_) => ("Entry", "About it", "About it"),
        Subject::Rule(_) => ("Rule", "Name", "About it"),
        Subject::Finding(_) => ("Rule", "Finding", "Reference"),
        Subject::Edition => ("Edition", "Name", "About it"),
        Subject::Words(_) => ("Words", "Project", "Meaning"),
        Subject::Project(_) | Subject::Files(_) | Subject::Organisation(_) | Subject::Dataset(_) => {
            ("Title", "Text", "Text")
        }
    }
}

fn block_lines(subject: Subject, blocks: &[Block]) -> Vec<String> {
    let (of_title, mut of_plain, below) = labels(subject);
    let mut lines = Vec::new();
    let mut label = "";
    for block in blocks.iter().filter(|block| !block.text.is_empty() && block.text != CREDIT) {
        let text = edited(block);
        if !block.label.is_empty() {
            label = &block.label;
        }
        if block.kind == Kind::Heading {
            of_plain = below;
        }
        lines.push(match block.kind {
            Kind::Heading => format!("Part: {text}"),
            Kind::Title => format!("{of_title}: {text}"),
            Kind::Fact => format!("{label}: {text}"),
            Kind::Quiet if text.starts_with("But: ") => text,
            Kind::Quiet => format!("Note: {text}"),
            _ => format!("{of_plain}: {text}"),
        });
    }
    lines
}

/// A text with what was taken out and put in told in words: marks of signs are not heard.
fn edited(block: &Block) -> String {
    let mut said = String::new();
    let mut from = 0;
    for (range, edit) in &block.edits {
        let (Some(before), Some(marked)) = (block.text.get(from..range.start), block.text.get(range.clone())) else {
            continue;
        };
        said.push_str(before);
        let told = match edit {
            Edit::Removed => "taken out",
            Edit::Added => "put in",
        };
        if !said.is_empty() && !said.ends_with([' ', '(']) {
            said.push(' ');
        }
        let _ = write!(said, "({told}: {})", unmarked(marked));
        if marked.ends_with(char::is_whitespace) {
            said.push(' ');
        }
        from = range.end;
    }
    said.push_str(block.text.get(from..).unwrap_or_default());
    said
}

/// The words between marks such as `[-` and `-]`.
fn unmarked(marked: &str) -> &str {
    let words = marked.trim_end();
    let signs = words.chars().skip(1).take_while(|sign| matches!(sign, '-' | '+')).count();
    words.get(1 + signs..words.len().saturating_sub(1 + signs)).unwrap_or(words)
}

fn files_lines(document: &Document, files: &FileList) -> Vec<String> {
    let latest = document.record.as_ref().and_then(|record| record.project.latest());
    let title = latest.and_then(|version| version.title.as_deref());
    let mut lines: Vec<String> = title.into_iter().map(|title| format!("Title: {title}")).collect();
    for line in files.lines() {
        match line.kind {
            FileLineKind::Heading => lines.push(format!("Part: {}", line.text)),
            FileLineKind::Row(number) => lines.extend(files.rows.get(number).map(file)),
            FileLineKind::Note => lines.push(format!("Note: {}", line.text)),
            // Each row says these itself.
            FileLineKind::Columns | FileLineKind::Month | FileLineKind::Rows(_) => {}
        }
    }
    lines
}

/// The files of a dataset in a month.
fn file(row: &FileRow) -> String {
    let what = match row.kind {
        ReleaseKind::File => "Files",
        ReleaseKind::SystemAccess => "Access",
    };
    let counts = [(row.applied, "applied to"), (row.not_applied, "not applied to"), (row.not_stated, "not stated for")];
    let counts: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, told)| format!("{told} {count}")).collect();
    format!("{what}, {}: {}; opt-outs {}; {}", row.sent, row.dataset, counts.join(", "), row.place())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(text: &str, edits: Vec<(std::ops::Range<usize>, Edit)>) -> Block {
        Block {
            kind: Kind::Plain,
            indent: 0,
            label: String::new(),
            text: text.to_owned(),
            marks: Vec::new(),
            edits,
            shared: Vec::new(),
        }
    }

    #[test]
    fn what_was_taken_out_and_put_in_is_told_in_words() {
        let text = "count the [-days-]{+hours+}.";
        let both = block(text, vec![(10..18, Edit::Removed), (18..27, Edit::Added)]);
        assert_eq!(edited(&both), "count the (taken out: days) (put in: hours).");
        let text = "Term, end: [--[-2026-]--] {++2027++}";
        let long = block(text, vec![(11..26, Edit::Removed), (26..36, Edit::Added)]);
        assert_eq!(edited(&long), "Term, end: (taken out: [-2026-]) (put in: 2027)");
    }
}
