//! The sections of a project on a page, and the trouble with their labels: the same words stand as headings in the
//! text itself.

use crate::register::{Field, Place, Section, Sections, Statement, Version};

use super::super::Entry;
use super::Line;

/// Labels in the order in which the pages print their sections.
const LABELS: [(&str, Section); 5] = [
    ("Objectives:", Section::Objectives),
    ("Expected Benefits:", Section::ExpectedBenefits),
    ("Outputs:", Section::Outputs),
    ("Processing:", Section::Processing),
    ("Yielded Benefits:", Section::YieldedBenefits),
];

/// A line that begins a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Start {
    /// Index into the project's lines.
    pub(super) at: usize,
    section: Section,
    /// Whether the line is a label; else the text begins with it.
    is_labelled: bool,
}

impl Start {
    /// Text that has lost its label: pages print the objectives first, so these they are.
    pub(super) fn without_label(at: usize) -> Self {
        Self { at, section: Section::Objectives, is_labelled: false }
    }

    /// Whether it begins the objectives.
    pub(super) fn is_objectives(self) -> bool {
        self.section == Section::Objectives
    }

    /// Whether it begins a section that pages before 2021 do not print.
    pub(super) fn is_labelled_beyond_objectives(self) -> bool {
        self.is_labelled && !self.is_objectives()
    }
}

/// The section whose label a line is: the label alone, so that a sentence which begins with the word ends nothing.
pub(super) fn label(line: &str) -> Option<Section> {
    LABELS.iter().find(|(label, _)| line == *label).map(|(_, section)| *section)
}

/// Tells the lines that begin sections from headings with the same words.
///
/// The pages print their sections in one order, each once. So of all lines that are just a label, the longest run in
/// that order is taken; of several equally long the one whose lines come last, because a heading inside a section
/// stands before the section that it is named after.
pub(super) fn find(block: &[Line<'_>]) -> Vec<Start> {
    let candidates: Vec<Start> = block
        .iter()
        .enumerate()
        .filter_map(|(at, line)| Some(Start { at, section: label(line.text)?, is_labelled: true }))
        .collect();
    let mut best: Vec<Vec<Start>> = Vec::new();
    for (number, candidate) in candidates.iter().enumerate() {
        let before = (0..number).filter(|earlier| rank(candidates[*earlier].section) < rank(candidate.section));
        let chain = before.map(|earlier| &best[earlier]).max_by_key(|chain| weight(chain));
        let mut chain = chain.cloned().unwrap_or_default();
        chain.push(*candidate);
        best.push(chain);
    }
    best.into_iter().max_by_key(|chain| weight(chain)).unwrap_or_default()
}

/// Reads the sections that were found into a statement.
pub(super) fn read(block: &[Line<'_>], starts: &[Start], version: &mut Version, entry: &mut Entry<'_>) {
    let Some(first) = starts.first() else { return };
    let mut sections = Sections::default();
    for (number, start) in starts.iter().enumerate() {
        let end = starts.get(number + 1).map_or(block.len(), |next| next.at);
        let lines = &block[start.at + usize::from(start.is_labelled)..end];
        let place = Place::line(entry.source, block[start.at].number);
        for line in lines {
            if label(line.text).is_some() {
                let place = Place::line(entry.source, line.number);
                let message = format!(
                    "\"{}\" stands inside {} of {}, and is read as a heading there",
                    line.text,
                    start.section.name(),
                    version.reference
                );
                entry.warn(Some(&place), message);
            }
        }
        let text: Vec<&str> = lines.iter().map(|line| line.text).collect();
        sections.set(start.section, (!text.is_empty()).then(|| text.join("\n")));
        version.places.push((Field::Section(start.section), place));
    }
    let place = Place::line(entry.source, block[first.at].number);
    version.statements.push(Statement { sections, place });
}

fn rank(section: Section) -> usize {
    LABELS.iter().position(|(_, known)| *known == section).unwrap_or(LABELS.len())
}

/// Longer is better; of equals, later.
fn weight(chain: &[Start]) -> (usize, usize) {
    (chain.len(), chain.iter().map(|start| start.at).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(lines: &[&str]) -> Vec<(usize, Section)> {
        let lines: Vec<Line<'_>> = lines.iter().zip(1..).map(|(text, number)| Line { number, text }).collect();
        find(&lines).into_iter().map(|start| (start.at, start.section)).collect()
    }

    #[test]
    fn a_heading_inside_a_section_ends_nothing() {
        let lines = [
            "Objectives:",
            "Outputs:",
            "a heading above",
            "Expected Benefits:",
            "x",
            "Outputs:",
            "y",
            "Outputs: of it",
        ];
        assert_eq!(found(&lines), [(0, Section::Objectives), (3, Section::ExpectedBenefits), (5, Section::Outputs)]);
    }

    #[test]
    fn a_lone_heading_out_of_order_is_no_section() {
        let lines = ["Objectives:", "Processing:", "x", "Expected Benefits:", "y", "Outputs:", "z"];
        assert_eq!(found(&lines), [(0, Section::Objectives), (3, Section::ExpectedBenefits), (5, Section::Outputs)]);
    }

    #[test]
    fn sections_can_be_missing() {
        assert_eq!(
            found(&["Expected Benefits:", "x", "Outputs:"]),
            [(0, Section::ExpectedBenefits), (2, Section::Outputs)]
        );
        assert_eq!(found(&["Outputs", "Processing of data"]), []);
    }
}
