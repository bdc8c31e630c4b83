//! What stands above the first project of a page: title, organisation, list of projects, flags, and the count of files.

use crate::register::{Flag, Page, Place, Register};

use super::super::Entry;
use super::{Line, TITLES, fields, short};

/// What follows the organisation's name in the heading.
const HEADING_END: &str = " projects";

/// What a page adds to a title in its list where access was partly within the publisher's systems.
const PARTIAL_ACCESS: &str = "(partially via \"system access\")";

/// What the line with a red flag says: the flag itself is lost in an encoding that does not have it.
const FLAGGED: &str = "multiple files from the same dataset";

/// The titles that the page lists at its top: lines with a mark, before anything else.
pub(super) fn listed_titles<'a>(lines: &[Line<'a>]) -> Vec<&'a str> {
    let mut titles = Vec::new();
    for line in lines {
        match line.text.strip_prefix("- ") {
            Some(title) => titles.push(title.trim().trim_end_matches(PARTIAL_ACCESS).trim()),
            None if !titles.is_empty() && !line.text.is_empty() => break,
            None if fields::is_label(line.text) => break,
            None => {}
        }
    }
    titles
}

/// Reads the lines above the first project.
pub(super) fn read(lines: &[Line<'_>], register: &mut Register, entry: &mut Entry<'_>) -> Page {
    let mut page = Page { source: entry.source, organisation: String::new(), files: None, flags: Vec::new() };
    let mut strange: Vec<&Line<'_>> = Vec::new();
    for line in lines.iter().filter(|line| !line.text.is_empty()) {
        let place = Place::line(entry.source, line.number);
        if TITLES.iter().any(|title| line.text.contains(title)) {
            register.edition.title.get_or_insert_with(|| line.text.to_owned());
        } else if line.text.starts_with('\u{1F6A9}') || line.text.contains(FLAGGED) {
            page.flags.push(Flag { text: line.text.to_owned(), place });
        } else if line.text.starts_with("- ") {
            // A title of the list; it comes again as a project's head.
        } else if let Some(files) = file_total(line.text) {
            page.files = Some((files, place));
        } else if let (Some(name), true) = (line.text.strip_suffix(HEADING_END), page.organisation.is_empty()) {
            name.trim().clone_into(&mut page.organisation);
        } else {
            strange.push(line);
        }
    }
    if let ([only], true) = (strange.as_slice(), page.organisation.is_empty()) {
        // Before 2021 the heading is the name alone. Where more than it is not understood, nothing tells which it is.
        only.text.clone_into(&mut page.organisation);
        strange.clear();
    }
    for line in strange {
        let place = Place::line(entry.source, line.number);
        let message = format!("a line above the first project was not understood: \"{}\"", short(line.text));
        entry.warn(Some(&place), message);
    }
    if page.organisation.is_empty() {
        entry.warn(None, "the page does not name its organisation (in a heading of its own above the first project)");
    }
    page
}

/// Whether a heading is one of 2021 on: `NAME projects`.
pub(super) fn is_heading(line: &str) -> bool {
    line.ends_with(HEADING_END)
}

/// `60 data files in total were disseminated …`
fn file_total(line: &str) -> Option<u64> {
    let (number, rest) = line.split_once(' ')?;
    let counts = rest.starts_with("data files in total") || rest.starts_with("data file in total");
    counts.then(|| number.replace(',', "").parse().ok())?
}
