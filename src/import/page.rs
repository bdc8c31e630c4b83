//! The reformatted page of one organisation, as text or saved HTML, as printed from 2018 on.
//!
//! A label stands at the start of its line. A value may be empty and a block may be missing. Measured on the page of
//! NHS South West London ICB; FORMATS section 1 describes the layout.

mod fields;
mod opt_outs;
mod sections;
mod values;

use std::collections::BTreeMap;

use crate::register::{Flag, Page, Place, Project, Register, Version, stem_of};

use super::Entry;

/// What the title of such a page ends in, on its two sites.
const TITLES: [&str; 2] = ["Data Release Register - reformatted", "Good TREs work"];

/// What follows the organisation's name in the heading.
const HEADING_END: &str = " projects";

/// What a page adds to a title in its list where access was partly within the publisher's systems.
const PARTIAL_ACCESS: &str = "(partially via \"system access\")";

/// What stands between a project's title and its reference.
const DASH: &str = " \u{2014} ";

/// One line that a page shows, with the number of the line of the file that it begins on, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ShownLine {
    pub(super) number: u32,
    pub(super) text: String,
}

/// The lines of a page that was saved as text.
pub(super) fn shown_lines(text: &str) -> Vec<ShownLine> {
    text.lines().zip(1..).map(|(text, number)| ShownLine { number, text: text.to_owned() }).collect()
}

/// One line of a page, trimmed, with its number from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Line<'a> {
    number: u32,
    text: &'a str,
}

/// Whether a line is a label that has a line of its own: what it names stands below.
pub(super) fn stands_alone(line: &str) -> bool {
    let line = line.trim();
    sections::label(line).is_some() || line == "Datasets:"
}

/// Whether a text is such a page: it has the site's title, or a project's head with a label below it.
pub(super) fn is_page(shown: &[ShownLine]) -> bool {
    let lines = lines_of(shown);
    let titled = lines.iter().take(10).any(|line| TITLES.iter().any(|title| line.text.contains(title)));
    titled || lines.windows(2).any(|pair| head(pair[0].text, &[], Some(pair[1].text)).is_some())
}

/// Reads a page into a register.
pub(super) fn read(shown: &[ShownLine], register: &mut Register, entry: &mut Entry<'_>) -> Result<(), String> {
    let lines = lines_of(shown);
    let total = lines.len() as u64;
    let titles = listed_titles(&lines);
    let heads = find_heads(&lines, &titles);
    let preamble = &lines[..heads.first().map_or(lines.len(), |(at, _)| *at)];
    let page = read_preamble(preamble, register, entry);
    if heads.is_empty() {
        return Err(format!(
            "a register page without a single project ({} lines); save the whole page, or name another file",
            lines.len()
        ));
    }
    let index = register.pages.len();
    for (number, (start, head)) in heads.iter().enumerate() {
        let end = heads.get(number + 1).map_or(lines.len(), |(next, _)| *next);
        entry.progress(*start as u64, total);
        let place = Place::line(entry.source, lines[*start].number);
        let mut version = Version::new(head.reference, &page.organisation, place);
        version.title = head.title.map(str::to_owned);
        version.page = Some(index);
        let block: Vec<Line<'_>> = lines[start + 1..end].iter().copied().filter(|line| !line.text.is_empty()).collect();
        read_project(&block, &mut version, entry);
        if number + 1 == heads.len() {
            warn_if_cut(&block, &version, entry);
        }
        add(register, version, entry);
    }
    compare_list(&titles, &heads, entry);
    register.pages.push(page);
    entry.progress(total, total);
    Ok(())
}

/// The head of a project: `TITLE — REFERENCE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Head<'a> {
    title: Option<&'a str>,
    reference: &'a str,
}

/// Reads a line as a project's head. Prose can hold a dash and a reference too, so either the title must be in the
/// page's list, or a label must stand below.
fn head<'a>(line: &'a str, titles: &[&str], below: Option<&str>) -> Option<Head<'a>> {
    let (title, reference) = line.rsplit_once(DASH)?;
    let (title, reference) = (title.trim(), reference.trim());
    let listed = titles.contains(&title) && reference.len() <= 60 && !reference.is_empty();
    let labelled = is_reference(reference) && below.is_some_and(fields::is_label);
    let numbered = title.strip_prefix("Project ").is_some_and(|number| number.parse::<u32>().is_ok());
    (listed || labelled).then_some(Head { title: (!numbered).then_some(title), reference })
}

/// A reference of the national kind, or a local one: short and without the end of a sentence.
fn is_reference(text: &str) -> bool {
    let national = text.starts_with("DARS-NIC-") || text.starts_with("NIC-");
    let local = text.len() <= 40 && !text.ends_with(['.', ',', ':']) && text.split_whitespace().count() <= 5;
    (national && !text.contains(' ')) || (local && !text.is_empty())
}

fn lines_of(shown: &[ShownLine]) -> Vec<Line<'_>> {
    shown.iter().map(|line| Line { number: line.number, text: line.text.trim() }).collect()
}

/// The titles that the page lists at its top: lines with a mark, before anything else.
fn listed_titles<'a>(lines: &[Line<'a>]) -> Vec<&'a str> {
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

fn find_heads<'a>(lines: &[Line<'a>], titles: &[&str]) -> Vec<(usize, Head<'a>)> {
    let below = |at: usize| lines[at + 1..].iter().map(|line| line.text).find(|text| !text.is_empty());
    lines.iter().enumerate().filter_map(|(at, line)| Some((at, head(line.text, titles, below(at))?))).collect()
}

/// What stands above the first project: title, organisation, list, flags, and the count of files.
fn read_preamble(lines: &[Line<'_>], register: &mut Register, entry: &mut Entry<'_>) -> Page {
    let mut page = Page { source: entry.source, organisation: String::new(), files: None, flags: Vec::new() };
    let mut strange: Vec<&Line<'_>> = Vec::new();
    for line in lines.iter().filter(|line| !line.text.is_empty()) {
        let place = Place::line(entry.source, line.number);
        if TITLES.iter().any(|title| line.text.contains(title)) {
            register.edition.title.get_or_insert_with(|| line.text.to_owned());
        } else if line.text.starts_with('\u{1F6A9}') {
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
        entry.warn(None, "the page does not name its organisation (a line that ends in \"projects\")");
    }
    page
}

/// `60 data files in total were disseminated …`
fn file_total(line: &str) -> Option<u64> {
    let (number, rest) = line.split_once(' ')?;
    let counts = rest.starts_with("data files in total") || rest.starts_with("data file in total");
    counts.then(|| number.replace(',', "").parse().ok())?
}

fn read_project(block: &[Line<'_>], version: &mut Version, entry: &mut Entry<'_>) {
    let sections = sections::find(block);
    let facts = &block[..sections.first().map_or(block.len(), |section| section.at)];
    fields::read(facts, version, entry);
    sections::read(block, &sections, version, entry);
}

/// A page that was cut off lacks the end of its last project.
fn warn_if_cut(block: &[Line<'_>], version: &Version, entry: &mut Entry<'_>) {
    let complete =
        version.statements.iter().any(|statement| statement.sections != crate::register::Sections::default())
            && !version.datasets.is_empty();
    if !complete {
        let place = block.last().map_or(version.place.clone(), |line| Place::line(entry.source, line.number));
        let message =
            format!("the page ends inside {}: it may have been cut off; what is there was read", version.reference);
        entry.warn(Some(&place), message);
    }
}

/// Adds a version to its project, which the page may have named before.
fn add(register: &mut Register, version: Version, entry: &mut Entry<'_>) {
    let stem = stem_of(&version.reference).to_owned();
    match register.projects.iter_mut().find(|project| project.reference == stem) {
        None => register.projects.push(Project { reference: stem, versions: vec![version] }),
        Some(project) => {
            if project.versions.iter().any(|known| known.reference == version.reference) {
                entry.warn(
                    Some(&version.place),
                    format!("{} stands in the edition more than once; both are kept", version.reference),
                );
            }
            project.versions.push(version);
            project.versions.sort_by(|one, two| one.number.cmp(&two.number));
        }
    }
}

/// Says which titles of the list have no project below.
fn compare_list(titles: &[&str], heads: &[(usize, Head<'_>)], entry: &mut Entry<'_>) {
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for title in heads.iter().filter_map(|(_, head)| head.title) {
        *found.entry(title).or_default() += 1;
    }
    for title in titles {
        match found.get_mut(title) {
            Some(count) if *count > 0 => *count -= 1,
            _ => {
                entry.warn(None, format!("the page lists \"{title}\", but that project is not on it; was it cut off?"));
            }
        }
    }
}

/// A line for a message: enough of it to be found again.
fn short(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
