//! Which generation of pages a page is of, told from its labels alone: a date in it can be of any time.

use std::collections::BTreeSet;

use crate::register::{Layout, Version};

use super::{Line, fields};

/// Labels that no page before 2021 prints.
const OF_AGREEMENTS: [&str; 5] =
    ["Purposes:", "Access method:", "Data-controller type:", "Sublicensing allowed:", "Type of data:"];

/// Something that a page prints and only some generations do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sign {
    /// References on lines of their own instead of heads.
    Identifiers,
    /// The list of titles at the top.
    TitleList,
    /// The count of files, or a heading that ends in "projects".
    Counted,
    /// What describes an agreement, and not only what was sent under it.
    OfAgreements,
    /// The type of data below the datasets.
    TypeBelow,
    /// The minutes of the advisory group.
    Minutes,
    /// The bracket beside the opt-outs under the name "Excuses".
    Excuses,
}

/// The signs that a page shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Found(BTreeSet<Sign>);

impl Found {
    /// Adds a sign where it is shown.
    pub(super) fn add(&mut self, sign: Sign, is_shown: bool) {
        if is_shown {
            self.0.insert(sign);
        }
    }

    /// Adds what the facts of a project show.
    pub(super) fn add_facts(&mut self, facts: &[Line<'_>]) {
        let mut datasets = false;
        for labelled in facts.iter().filter_map(|line| fields::labelled(line.text)) {
            self.add(Sign::Minutes, labelled.label == "AGD/predecessor discussions:");
            self.add(Sign::Excuses, labelled.label == "Opt outs honoured:" && labelled.value.contains("(Excuses:"));
            self.add(Sign::OfAgreements, OF_AGREEMENTS.contains(&labelled.label));
            self.add(Sign::TypeBelow, datasets && labelled.label == "Type of data:");
            datasets |= labelled.label == "Datasets:";
        }
    }

    /// Adds what was read of a project.
    pub(super) fn add_version(&mut self, version: &Version) {
        let has_term = version.term.start.or(version.term.end).is_some();
        self.add(Sign::OfAgreements, has_term || version.opt_outs.reasons.is_some());
    }

    /// The generation: the one that holds everything that was found. Where two do, the earlier, which claims to hold
    /// less.
    pub(super) fn layout(&self) -> Layout {
        let shows = |sign: Sign| self.0.contains(&sign);
        if shows(Sign::Minutes) || shows(Sign::Excuses) || (shows(Sign::TitleList) && shows(Sign::TypeBelow)) {
            Layout::Page2025
        } else if shows(Sign::OfAgreements) || shows(Sign::TitleList) || shows(Sign::Counted) {
            Layout::Page2021
        } else if shows(Sign::Identifiers) {
            Layout::Page2016
        } else {
            Layout::Page2018
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::Place;

    fn layout(lines: &[&str], signs: &[Sign]) -> Layout {
        let lines: Vec<Line<'_>> = lines.iter().zip(1..).map(|(text, number)| Line { number, text }).collect();
        let mut found = Found(signs.iter().copied().collect());
        found.add_facts(&lines);
        found.layout()
    }

    #[test]
    fn labels_tell_the_generation() {
        let table: [(&[&str], &[Sign], Layout); 12] = [
            (&["Opt outs honoured: N", "Repeats: Ongoing", "Categories: x"], &[], Layout::Page2018),
            (&["Opt outs honoured: N"], &[Sign::Identifiers], Layout::Page2016),
            (&["Opt outs honoured: N", "Purposes: No"], &[], Layout::Page2021),
            (&["Type of data: x", "Datasets:"], &[Sign::TitleList], Layout::Page2021),
            (&["Datasets:", "Type of data: x"], &[], Layout::Page2021),
            (&["Datasets:", "Type of data: x"], &[Sign::TitleList], Layout::Page2025),
            (&["Opt outs honoured: No (Excuses: x)"], &[], Layout::Page2025),
            (&["AGD/predecessor discussions:"], &[], Layout::Page2025),
            (&["Opt outs honoured: N"], &[Sign::Counted], Layout::Page2021),
            // Between two generations: the one that holds all of it.
            (&["Repeats: Ongoing", "Sublicensing allowed: No"], &[], Layout::Page2021),
            (&["Repeats: Ongoing", "AGD/predecessor discussions: a.pdf"], &[], Layout::Page2025),
            (&["Basis: x", "Sublicensing allowed: No"], &[Sign::Identifiers], Layout::Page2021),
        ];
        for (lines, signs, wanted) in table {
            assert_eq!(layout(lines, signs), wanted, "{lines:?} {signs:?}");
        }
    }

    #[test]
    fn what_was_read_tells_it_too() {
        let mut version = Version::new("X", "Y", Place::line(0, 1));
        let mut found = Found::default();
        found.add_version(&version);
        assert_eq!(found.layout(), Layout::Page2018);
        version.term.end = "2020-01".parse().ok();
        found.add_version(&version);
        assert_eq!(found.layout(), Layout::Page2021);
    }
}
