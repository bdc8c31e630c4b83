//! The reformatted page of one organisation, as text or saved HTML, of every generation since 2016.
//!
//! A label stands at the start of its line. A value may be empty and a block may be missing. From 2018 on each project
//! has a head, `TITLE — REFERENCE`; before, its reference stands inside its block. FORMATS section 1 describes them.

mod fields;
mod generation;
mod oldest;
mod opt_outs;
mod preamble;
mod sections;
mod together;
mod values;

use std::collections::BTreeMap;

use crate::register::{Layout, Page, Place, Register, Sections, Version};

pub(super) use together::{COMPARED, conflicts_told, is_same};

use super::Entry;
use generation::{Found, Sign};

/// What the title of such a page ends in, on its two sites.
const TITLES: [&str; 2] = ["Data Release Register - reformatted", "Good TREs work"];

/// What stands between a project's title and its reference.
const DASH: &str = " \u{2014} ";

/// Marks that a sentence or an item can end in.
const ENDS: [char; 9] = ['.', '!', '?', ')', '"', '\u{201D}', '\u{2019}', '\'', ':'];

/// One line that a page shows, with the number of the line of the file that it begins on, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ShownLine {
    pub(super) number: u32,
    pub(super) text: String,
    /// Whether the file ends inside it, as far as the file's form tells.
    pub(super) is_cut: bool,
}

/// The lines of a page that was saved as text. The last is cut where neither a line nor a sentence ends with it.
pub(super) fn shown_lines(text: &str) -> Vec<ShownLine> {
    let lines = text.lines().zip(1..);
    let mut lines: Vec<ShownLine> = lines.map(|(text, number)| ShownLine::new(number, text.to_owned())).collect();
    if let Some(last) = lines.last_mut() {
        last.is_cut = !text.ends_with('\n') && !last.text.trim_end().ends_with(ENDS);
    }
    lines
}

impl ShownLine {
    /// A line. A label, a head or an item can be set with no-break spaces, which then are spaces; prose keeps them.
    pub(super) fn new(number: u32, text: String) -> Self {
        let text = if text.contains('\u{a0}') { without_fixed_spaces(text) } else { text };
        Self { number, text, is_cut: false }
    }
}

fn without_fixed_spaces(text: String) -> String {
    let plain = text.replace('\u{a0}', " ");
    let line = plain.trim();
    let is_set = fields::is_label(line)
        || oldest::is_label(line)
        || preamble::is_heading(line)
        || line.contains(DASH)
        || line.starts_with("- ")
        || TITLES.iter().any(|title| line.contains(title));
    if is_set { plain } else { text }
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
    sections::label(line).is_some() || line == "Datasets:" || oldest::stands_alone(line)
}

/// Whether a text is such a page: it has the site's title, or a project's head with a label below it, or a project's
/// reference among labels.
pub(super) fn is_page(shown: &[ShownLine]) -> bool {
    let lines = lines_of(shown);
    let titled = lines.iter().take(10).any(|line| TITLES.iter().any(|title| line.text.contains(title)));
    titled
        || lines.windows(2).any(|pair| head(pair[0].text, &[], Some(pair[1].text)).is_some())
        || oldest::is_page(&lines)
}

/// Reads a page into a register. Returns which generation it is of.
pub(super) fn read(shown: &[ShownLine], register: &mut Register, entry: &mut Entry<'_>) -> Result<Layout, String> {
    let lines = lines_of(shown);
    let titles = preamble::listed_titles(&lines);
    let heads = find_heads(&lines, &titles);
    let lines = if heads.is_empty() { oldest::without_numbers(lines) } else { lines };
    let blocks = if heads.is_empty() { oldest::blocks(&lines, entry) } else { Vec::new() };
    let first = heads.first().map(|(at, _)| *at).or_else(|| blocks.first().map(oldest::Block::first_line));
    let preamble = &lines[..first.unwrap_or(lines.len())];
    let page = preamble::read(preamble, register, entry);
    if first.is_none() {
        return Err(format!(
            "a register page without a single project ({} lines); save the whole page, or name another file",
            lines.len()
        ));
    }
    let counted = page.files.is_some() || preamble.iter().any(|line| preamble::is_heading(line.text));
    let mut found = Found::default();
    found.add(Sign::Identifiers, heads.is_empty());
    found.add(Sign::TitleList, !titles.is_empty());
    found.add(Sign::Counted, counted);
    let index = register.pages.len();
    let mut versions = if heads.is_empty() {
        oldest::read(&blocks, &page.organisation, &mut found, entry)
    } else {
        read_headed(&lines, &heads, &page, &mut found, entry)
    };
    for version in &mut versions {
        version.page = Some(index);
    }
    if let (Some(last), Some(version)) = (shown.last().filter(|last| last.is_cut), versions.last()) {
        warn_of_cut(&Place::line(entry.source, last.number), version, entry);
    }
    compare_list(&titles, &heads, entry);
    let layout = found.layout();
    together::add(register, versions, layout, entry);
    register.pages.push(page);
    entry.progress(lines.len() as u64, lines.len() as u64);
    Ok(layout)
}

/// Reads the projects of a page that has heads.
fn read_headed(
    lines: &[Line<'_>],
    heads: &[(usize, Head<'_>)],
    page: &Page,
    found: &mut Found,
    entry: &mut Entry<'_>,
) -> Vec<Version> {
    let mut versions = Vec::with_capacity(heads.len());
    for (number, (start, head)) in heads.iter().enumerate() {
        let end = heads.get(number + 1).map_or(lines.len(), |(next, _)| *next);
        entry.progress(*start as u64, lines.len() as u64);
        let place = Place::line(entry.source, lines[*start].number);
        let mut version = Version::new(head.reference, &page.organisation, place);
        version.title = head.own_title().map(str::to_owned);
        let block: Vec<Line<'_>> = lines[start + 1..end].iter().copied().filter(|line| !line.text.is_empty()).collect();
        read_project(&block, &mut version, found, entry);
        if number + 1 == heads.len() && !is_complete(&version) {
            let last = block.last().map_or(lines[*start].number, |line| line.number);
            warn_of_cut(&Place::line(entry.source, last), &version, entry);
        }
        versions.push(version);
    }
    versions
}

/// The head of a project: `TITLE — REFERENCE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Head<'a> {
    title: &'a str,
    reference: &'a str,
}

impl<'a> Head<'a> {
    /// The title; `Project 3` stands for none.
    fn own_title(self) -> Option<&'a str> {
        let number = self.title.strip_prefix("Project ").and_then(|number| number.parse::<u32>().ok());
        Some(self.title).filter(|_| number.is_none())
    }
}

/// Reads a line as a project's head. Prose can hold a dash and a reference too, so either the title must be in the
/// page's list, or a label must stand below; or it is the page's last line, and its reference a national one.
fn head<'a>(line: &'a str, titles: &[&str], below: Option<&str>) -> Option<Head<'a>> {
    let (title, reference) = line.rsplit_once(DASH)?;
    let (title, reference) = (title.trim(), reference.trim());
    let listed = titles.contains(&title) && reference.len() <= 60 && !reference.is_empty();
    let introduces = match below {
        Some(below) => fields::is_label(below) && is_reference(reference),
        None => is_national(reference),
    };
    let labelled = introduces && !fields::is_label(line) && !oldest::is_label(line);
    (listed || labelled).then_some(Head { title, reference })
}

/// A reference of the national kind, or a local one: short and without the end of a sentence.
fn is_reference(text: &str) -> bool {
    let local = text.len() <= 40 && !text.ends_with(['.', ',', ':']) && text.split_whitespace().count() <= 5;
    is_national(text) || (local && !text.is_empty())
}

/// `DARS-NIC-…` or `NIC-…`.
fn is_national(text: &str) -> bool {
    (text.starts_with("DARS-NIC-") || text.starts_with("NIC-")) && !text.contains(' ')
}

fn lines_of(shown: &[ShownLine]) -> Vec<Line<'_>> {
    shown.iter().map(|line| Line { number: line.number, text: line.text.trim() }).collect()
}

fn find_heads<'a>(lines: &[Line<'a>], titles: &[&str]) -> Vec<(usize, Head<'a>)> {
    let mut heads = Vec::new();
    let mut below = None;
    for (at, line) in lines.iter().enumerate().rev() {
        if let Some(head) = head(line.text, titles, below) {
            heads.push((at, head));
        }
        if !line.text.is_empty() {
            below = Some(line.text);
        }
    }
    heads.reverse();
    heads
}

fn read_project(block: &[Line<'_>], version: &mut Version, found: &mut Found, entry: &mut Entry<'_>) {
    let mut starts = sections::find(block);
    let facts = &block[..starts.first().map_or(block.len(), |start| start.at)];
    let has_objectives = starts.iter().any(|start| start.is_objectives());
    if let Some(at) = fields::read(facts, has_objectives, version, entry) {
        warn_of_lost_label(&block[at], version, entry);
        starts.insert(0, sections::Start::without_label(at));
    }
    sections::read(block, &starts, version, entry);
    found.add_facts(facts);
    found.add_version(version);
    found.add(Sign::OfAgreements, starts.iter().any(|start| start.is_labelled_beyond_objectives()));
}

/// Says that text without a label is read as objectives.
fn warn_of_lost_label(line: &Line<'_>, version: &Version, entry: &mut Entry<'_>) {
    let message = format!(
        "the text of {} has no label and is read as its objectives: \"{}\"",
        version.reference,
        short(line.text)
    );
    entry.warn(Some(&Place::line(entry.source, line.number)), message);
}

/// Whether an entry has text and datasets, as whole ones have. One that was cut off lacks its end.
fn is_complete(version: &Version) -> bool {
    version.statements.iter().any(|statement| statement.sections != Sections::default()) && !version.datasets.is_empty()
}

/// Says that a page ends too early, once.
fn warn_of_cut(place: &Place, version: &Version, entry: &mut Entry<'_>) {
    let message =
        format!("the page ends inside {}: it may have been cut off; what is there was read", version.reference);
    let is_said = entry.warnings.last().is_some_and(|warning| warning.message == message);
    if !is_said {
        entry.warn(Some(place), message);
    }
}

/// Says which titles of the list have no project below.
fn compare_list(titles: &[&str], heads: &[(usize, Head<'_>)], entry: &mut Entry<'_>) {
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, head) in heads {
        *found.entry(head.title).or_default() += 1;
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
