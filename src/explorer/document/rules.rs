//! A rule as it is read, and what is said of the edition as a whole.

use super::{Block, Builder, Document, Kind, LABEL, Lead};
use crate::concerns::{EditionFinding, RuleId, Standing, rule};
use crate::explorer::sheet::{counted, found};
use crate::index::{Header, LastWord, Marker};
use crate::report;

impl Document {
    /// A rule in plain English, with what it found.
    pub fn of_rule(header: &Header, id: RuleId) -> Self {
        let about = rule(id);
        let marker = Marker::new("", LastWord::Whole);
        let mut builder = Builder { marker: &marker, blocks: Vec::new() };
        builder.push(Kind::Title, 0, about.title);
        builder.push(Kind::Plain, 0, format!("{id}, family: {}", about.family));
        builder.gap();
        let standing = match about.standing {
            Standing::Fact => "a fact: it follows from the entry alone",
            Standing::Question => "a question: a person must settle it",
        };
        for (label, text) in [
            ("Says", about.condition),
            ("Standing", standing),
            ("Source", about.source),
            ("Needs", about.needs),
            ("But", about.caveat),
        ] {
            builder.labelled(label, text);
        }
        builder.labelled("False alarms", report::false_alarms(id));
        let tally = header.tallies.iter().find(|tally| tally.rule == id);
        builder.heading(format!("In edition {}", header.edition.slug));
        let mut leads_to = None;
        if let Some(tally) = tally {
            let projects = header.counts.projects;
            if tally.findings == 0 {
                builder.labelled("Found", "nothing");
            } else {
                builder.labelled("Found", format!("{}. Open this to list the projects.", found(tally, projects)));
                let weights = format!("high {}, medium {}, note {}", tally.high, tally.medium, tally.note);
                builder.labelled("Weight", weights);
                leads_to = Some(Lead::Search(format!("concern:{id}")));
            }
            if tally.files > 0 {
                builder.labelled("Files", format!("the findings speak of {}", tally.files));
            }
            builder.labelled(
                "Cannot tell",
                match tally.cannot_tell {
                    0 => "of no project".to_owned(),
                    untold => format!(
                        "of {untold} of {}. The action unsure lists them.",
                        counted(projects, "project", "projects")
                    ),
                },
            );
        }
        Self::told(id.to_string(), builder.blocks, leads_to)
    }

    /// What is said of the edition as a whole.
    pub fn of_finding(finding: &EditionFinding) -> Self {
        let marker = Marker::new("", LastWord::Whole);
        let mut builder = Builder { marker: &marker, blocks: Vec::new() };
        builder.push(Kind::Title, 0, rule(finding.rule).title);
        builder.push(Kind::Plain, 0, finding.rule.to_string());
        builder.gap();
        builder.push(Kind::Plain, 0, &finding.statement);
        builder.push(Kind::Quiet, 0, format!("But: {}", finding.caveat));
        if !finding.references.is_empty() {
            builder.heading(format!("Not in this edition ({})", finding.references.len()));
            finding.references.iter().for_each(|reference| builder.push(Kind::Plain, 0, reference));
        }
        Self::told("The edition as a whole".to_owned(), builder.blocks, None)
    }

    pub(super) fn told(name: String, mut blocks: Vec<Block>, leads_to: Option<Lead>) -> Self {
        let marker = Marker::new("", LastWord::Whole);
        let mut credit = Builder { marker: &marker, blocks: Vec::new() };
        credit.gap();
        credit.push(Kind::Quiet, 0, report::CREDIT);
        blocks.append(&mut credit.blocks);
        Self { name, record: None, leads_to, blocks, timeline: None, files: None }
    }
}

impl Builder<'_> {
    pub(super) fn labelled(&mut self, label: &str, text: impl Into<String>) {
        self.push(Kind::Fact, LABEL, text);
        self.label(label);
    }
}
