//! Where what proves a concern stands in what is shown.

use super::{Document, Kind};
use crate::concerns::{Evidence, RuleId};
use crate::register::{Date, Field, ReleaseKind, Section};
use crate::report::Quote;
use crate::text;

/// A part of a block that one is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spotlight {
    /// The block.
    pub block: usize,
    /// The first byte of its text.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// Where a piece of evidence leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leading {
    /// To a part of what is shown.
    Here(Spotlight),
    /// To where it would stand: the words themselves are not shown there, for another version or edition has them.
    Near(Spotlight),
    /// To a line of the list of files.
    Files {
        /// Files, or access.
        kind: ReleaseKind,
        /// The month.
        month: Option<Date>,
        /// The dataset.
        dataset: String,
    },
    /// To the projects that publish nearly the same in a section.
    Alike(Section),
    /// To nothing of this project.
    Elsewhere,
}

impl Document {
    /// Where the evidence of a concern leads: each place once, with the first piece that leads there.
    pub fn leads_of(&self, concern: usize) -> Vec<(usize, Leading)> {
        let mut leads: Vec<(usize, Leading)> = Vec::new();
        let Some(found) = self.concern(concern) else { return leads };
        for (number, evidence) in found.evidence.iter().enumerate() {
            let leading = match evidence.field {
                // Its own words come first, then those of others.
                Field::Section(section) if found.rule == RuleId::Boilerplate && number > 0 => Leading::Alike(section),
                _ => self.leading(evidence),
            };
            if leads.iter().all(|(_, known)| *known != leading) {
                leads.push((number, leading));
            }
        }
        leads
    }

    /// What proves a concern, to be cited: the first words of it that were published.
    pub fn proof(&self, concern: usize) -> Option<Quote<'_>> {
        // The user's own list is not the register's words, and cannot be cited as them.
        let is_published = |evidence: &&Evidence| !evidence.quote.is_empty() && evidence.field != Field::AuditFinding;
        let evidence = self.concern(concern)?.evidence.iter().find(is_published)?;
        Some(Quote { field: evidence.field, text: &evidence.quote, place: &evidence.place })
    }

    /// A paragraph of a section, to be cited.
    pub fn paragraph(&self, block: usize) -> Option<Quote<'_>> {
        let block = self.blocks.get(block)?;
        let Kind::Paragraph(section) = block.kind else { return None };
        let place = self.place_of(section, &block.text)?;
        Some(Quote { field: Field::Section(section), text: &block.text, place })
    }

    /// Where a piece of evidence leads.
    pub fn leading(&self, evidence: &Evidence) -> Leading {
        match evidence.field {
            Field::Release => self.leading_to_row(evidence),
            Field::Section(section) => self.leading_to_text(section, &evidence.quote),
            field => self.leading_to_fact(field, &evidence.quote),
        }
    }

    fn leading_to_row(&self, evidence: &Evidence) -> Leading {
        if let Some(files) = &self.files {
            let row = files.row_at(&evidence.place);
            let at =
                self.blocks.iter().position(|block| matches!(block.kind, Kind::Files(number) if Some(number) == row));
            return at.map_or(Leading::Elsewhere, |at| Leading::Here(self.whole(at)));
        }
        let mut releases = self.record.iter().flat_map(|record| record.project.releases());
        match releases.find(|release| release.place == evidence.place) {
            Some(release) => {
                Leading::Files { kind: release.kind, month: release.month, dataset: release.dataset.to_string() }
            }
            None => Leading::Elsewhere,
        }
    }

    /// The last line of a quotation stands in the text as it is; what stands before it leads in.
    fn leading_to_text(&self, section: Section, quote: &str) -> Leading {
        let words = text::lines(quote).last().unwrap_or_default().trim();
        let paragraphs = || self.blocks.iter().enumerate().filter(|(_, block)| block.kind == Kind::Paragraph(section));
        if !words.is_empty() {
            for (number, block) in paragraphs() {
                if let Some(start) = block.text.find(words) {
                    return Leading::Here(Spotlight { block: number, start, end: start + words.len() });
                }
            }
        }
        match paragraphs().next() {
            Some((number, _)) => Leading::Near(self.whole(number)),
            None => self.leading_to_entry(),
        }
    }

    /// The line of a fact that holds the words, or else the first one of that name.
    fn leading_to_fact(&self, field: Field, quote: &str) -> Leading {
        let facts: Vec<usize> = match field {
            Field::Title => self.of_kind(Kind::Title),
            Field::Organisation => self.of_kind(Kind::Title).into_iter().chain(self.of_kind(Kind::Plain)).collect(),
            field => self.facts_named(label(field)),
        };
        let words = quote.trim();
        let holds = |number: &&usize| {
            let shown = &self.blocks[**number].text;
            !words.is_empty() && (shown.contains(words) || (shown.len() > 3 && words.contains(shown.as_str())))
        };
        match facts.iter().find(holds).or(facts.first()) {
            Some(number) => Leading::Here(self.whole(*number)),
            None => self.leading_to_entry(),
        }
    }

    /// Where the source of the entry is named: what is not published stands nowhere else.
    fn leading_to_entry(&self) -> Leading {
        let source = self.facts_named(label(Field::Entry));
        source.first().map_or(Leading::Elsewhere, |number| Leading::Near(self.whole(*number)))
    }

    fn of_kind(&self, kind: Kind) -> Vec<usize> {
        let all = self.blocks.iter().enumerate();
        all.filter(|(_, block)| block.kind == kind && !block.text.is_empty()).map(|(number, _)| number).collect()
    }

    /// The lines of a fact: the one with its name, and those that go on from it.
    fn facts_named(&self, label: &str) -> Vec<usize> {
        let mut named = false;
        let mut facts = Vec::new();
        for number in self.of_kind(Kind::Fact) {
            let block = &self.blocks[number];
            named = if block.label.is_empty() { named } else { block.label == label };
            facts.extend(named.then_some(number));
        }
        facts
    }

    fn whole(&self, block: usize) -> Spotlight {
        Spotlight { block, start: 0, end: self.blocks.get(block).map_or(0, |block| block.text.len()) }
    }
}

/// The name of the fact that shows a field.
fn label(field: Field) -> &'static str {
    match field {
        Field::OptOuts => "Opt-outs",
        Field::LegalBasis => "Legal basis",
        Field::Purposes => "Commercial",
        Field::OrganisationType => "Kind",
        Field::Sensitivity => "Sensitivity",
        Field::Term => "Term",
        Field::Access => "Access",
        Field::Controllers | Field::Joint => "Controllers",
        Field::Sublicensing => "Sublicensing",
        Field::Minutes => "Minutes",
        Field::Datasets => "Datasets",
        Field::TypeOfData => "Type of data",
        // What has no line of its own stands in the entry.
        Field::Title
        | Field::Organisation
        | Field::Release
        | Field::Section(_)
        | Field::PageFlag
        | Field::FileTotal
        | Field::AuditFinding
        | Field::Entry => "Source",
    }
}
