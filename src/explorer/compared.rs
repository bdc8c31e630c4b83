//! Two editions side by side: what changed, what is said of it, and each change told whole.

use crate::changes::{Change, VersionChange};
use crate::concerns::{EditionFinding, RuleId, Settings, rule};
use crate::index::{Index, IndexError};
use crate::library::{Comparison, compare_editions, judged};
use crate::register::{Source, plain_reference};
use crate::report::changes::{ChangeLine, LineKind, Row, head, shared_change, version_change};

use super::document::{Document, Lead, Told};

/// What changed from one edition to the next.
#[derive(Debug)]
pub(super) struct Compared {
    /// The older edition's name.
    pub(super) from: String,
    /// The newer edition's name.
    pub(super) to: String,
    /// The changes.
    pub(super) comparison: Comparison,
    /// What is said of the projects that left, as a whole.
    pub(super) departures: Vec<EditionFinding>,
    /// Whether each edition lists everything up to its month, so that what is no longer listed was taken out.
    pub(super) is_cumulative: bool,
}

impl Compared {
    /// Compares an edition with the one before it.
    pub(super) fn new(before: &Index, after: &Index) -> Result<Self, IndexError> {
        let comparison = compare_editions(before, after)?;
        let mut departures = judged(before, after, &comparison, Settings::built_in(), &|_, _| false).edition;
        departures.retain(|finding| finding.rule == RuleId::RemovedFromRegister);
        let mut sources = before.header().sources.iter().chain(&after.header().sources);
        let lists_all = |source: &Source| source.layout.is_cumulative() && !source.lacks("agreements");
        Ok(Self {
            from: before.header().edition.slug.clone(),
            to: after.header().edition.slug.clone(),
            is_cumulative: sources.all(lists_all),
            comparison,
            departures,
        })
    }

    /// A change told whole; none where there is none of that number.
    pub(super) fn document(&self, told: Told) -> Option<Document> {
        match told {
            Told::Departures(number) => {
                let lines = self.departure(self.departures.get(number)?);
                Some(Document::of_changes("What left the register", None, &lines))
            }
            Told::Shared(number) => {
                let change = self.comparison.shared.get(number)?;
                Some(Document::of_changes("One change in many entries", None, &shared_change(change)))
            }
            Told::Version(number) => Some(self.version(self.comparison.changes.get(number)?)),
        }
    }

    /// What is said of projects that left, what it does not prove, and which they are.
    fn departure(&self, finding: &EditionFinding) -> Vec<ChangeLine> {
        let mut lines = vec![line(0, finding.statement.clone()), but(0, &finding.caveat)];
        if !finding.references.is_empty() {
            lines.push(ChangeLine::new(LineKind::Heading, 0, format!("Which ({})", finding.references.len())));
        }
        for reference in &finding.references {
            let is_it = |change: &&VersionChange| change.stem == *reference || change.reference == *reference;
            let change = self.comparison.changes.iter().rfind(is_it);
            let title = change.and_then(|change| change.title.as_deref()).unwrap_or_default();
            lines.push(ChangeLine::new(LineKind::Name, 1, format!("{reference}  {title}").trim_end()));
            let organisation = change.map(|change| change.organisation.as_str()).filter(|name| !name.is_empty());
            lines.extend(organisation.map(|name| line(2, name)));
        }
        lines
    }

    fn version(&self, change: &VersionChange) -> Document {
        let mut lines = version_change(change);
        if lines.iter().any(|line| line.rows.is_some()) {
            let (from, to) = (format!("edition {}", self.from), format!("edition {}", self.to));
            let named = ChangeLine::new(LineKind::Quiet, 1, format!("from {from} to {}", self.to));
            lines.insert(head(change).len(), named.in_rows(vec![Row::of(from, to)]));
        }
        let reference = change.stem.clone();
        let mut leads_to = Lead::Project(reference.clone());
        if change.change == Change::Withdrawn {
            let (from, to) = (&self.from, &self.to);
            if self.comparison.listed_after.contains(&plain_reference(&reference)) {
                lines.push(line(1, format!("edition {to} lists other versions of {reference}: open this to read it")));
            } else {
                let said = format!("edition {to} no longer lists {reference}: open this to read it in edition {from}");
                lines.push(line(1, said));
                leads_to = Lead::InEdition { slug: from.clone(), reference };
            }
            if self.is_cumulative {
                lines.push(but(1, self.caveat(change)));
            }
        }
        Document::of_changes(&change.reference, Some(leads_to), &lines)
    }

    /// What it does not prove that a version is no longer listed.
    fn caveat(&self, change: &VersionChange) -> &str {
        let speaks_of_it = |finding: &&EditionFinding| finding.references.contains(&change.stem);
        let finding = self.departures.iter().find(speaks_of_it);
        finding.map_or(rule(RuleId::RemovedFromRegister).caveat, |finding| &finding.caveat)
    }
}

fn line(depth: u16, text: impl Into<String>) -> ChangeLine {
    ChangeLine::new(LineKind::Plain, depth, text)
}

fn but(depth: u16, caveat: &str) -> ChangeLine {
    ChangeLine::new(LineKind::Quiet, depth, format!("But: {caveat}"))
}
