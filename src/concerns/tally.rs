//! Counting findings over an edition.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

use super::{Concern, Examination, Findings, RuleId, Severity};

/// How often one rule found something in an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Which rule.
    pub rule: RuleId,
    /// Projects that have it.
    pub projects: usize,
    /// Findings, each counted once however many projects share it.
    pub findings: usize,
    /// Files that the findings speak of.
    pub files: usize,
    /// Organisations that they are about.
    pub organisations: usize,
    /// Findings of high severity.
    pub high: usize,
    /// Findings of medium severity.
    pub medium: usize,
    /// Findings that are notes.
    pub note: usize,
    /// Projects for which the rule could not answer.
    pub cannot_tell: usize,
    /// Findings that the user has dismissed, counted on each project. They are among those counted above.
    #[serde(default)]
    pub dismissed: usize,
}

impl Tally {
    /// The gravest severity among the findings, if there are any.
    pub fn gravest(&self) -> Option<Severity> {
        [(self.high, Severity::High), (self.medium, Severity::Medium), (self.note, Severity::Note)]
            .into_iter()
            .find_map(|(count, severity)| (count > 0).then_some(severity))
    }
}

/// Counts the findings of every rule, in the catalogue's order.
pub fn tally(examination: &Examination) -> Vec<Tally> {
    let mut tallies = Tallies::default();
    for findings in &examination.projects {
        tallies.add(findings);
    }
    tallies.counted()
}

/// Tallies that grow project by project.
#[derive(Debug)]
pub struct Tallies(Vec<OfRule>);

/// The tally of one rule, and what it has counted.
#[derive(Debug)]
struct OfRule {
    tally: Tally,
    /// The keys of its findings. Of a large edition they would take much memory in words.
    keys: HashSet<u128>,
    /// The organisations that those are about.
    organisations: HashSet<u128>,
}

impl Default for Tallies {
    fn default() -> Self {
        let of_rule = |rule: &RuleId| OfRule {
            tally: Tally {
                rule: *rule,
                projects: 0,
                findings: 0,
                files: 0,
                organisations: 0,
                high: 0,
                medium: 0,
                note: 0,
                cannot_tell: 0,
                dismissed: 0,
            },
            keys: HashSet::new(),
            organisations: HashSet::new(),
        };
        Self(RuleId::ALL.iter().map(of_rule).collect())
    }
}

impl Tallies {
    /// Counts what was found of one more project, and which rules cannot tell of it.
    pub fn add(&mut self, findings: &Findings) {
        self.add_concerns(&findings.concerns);
        for OfRule { tally, .. } in &mut self.0 {
            tally.cannot_tell += usize::from(findings.cannot_tell.iter().any(|unknown| unknown.rule == tally.rule));
        }
    }

    /// Counts what was found of one more project.
    pub fn add_concerns(&mut self, concerns: &[Concern]) {
        for OfRule { tally, keys, organisations } in &mut self.0 {
            let rule = tally.rule;
            let mut mine = concerns.iter().filter(|concern| concern.rule == rule).peekable();
            tally.projects += usize::from(mine.peek().is_some());
            for concern in mine {
                organisations.extend(concern.organisations.iter().map(|name| xxh3_128(name.as_bytes())));
                if keys.insert(xxh3_128(concern.key.as_bytes())) {
                    tally.add(concern);
                }
            }
        }
    }

    /// What was counted, in the catalogue's order.
    pub fn counted(self) -> Vec<Tally> {
        let counted = |of_rule: OfRule| Tally { organisations: of_rule.organisations.len(), ..of_rule.tally };
        self.0.into_iter().map(counted).collect()
    }
}

impl Tally {
    fn add(&mut self, concern: &Concern) {
        self.findings += 1;
        self.files += concern.files;
        match concern.severity {
            Severity::High => self.high += 1,
            Severity::Medium => self.medium += 1,
            Severity::Note => self.note += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::concerns::Standing;

    fn concern(key: &str, severity: Severity, organisation: &str) -> Concern {
        Concern {
            rule: RuleId::MixedOptOuts,
            severity,
            standing: Standing::Fact,
            statement: String::new(),
            evidence: Vec::new(),
            caveat: String::new(),
            files: 3,
            organisations: vec![organisation.to_owned()],
            key: key.to_owned(),
        }
    }

    #[test]
    fn a_shared_finding_is_counted_once() {
        let findings = |concerns| Findings { concerns, ..Findings::default() };
        let examination = Examination {
            projects: vec![
                findings(vec![concern("a", Severity::High, "One"), concern("b", Severity::Note, "One")]),
                findings(vec![concern("a", Severity::High, "One")]),
                findings(Vec::new()),
            ],
            edition: Vec::new(),
        };
        let tallies = tally(&examination);
        let mixed = tallies.iter().find(|tally| tally.rule == RuleId::MixedOptOuts).unwrap();
        assert_eq!((mixed.projects, mixed.findings, mixed.files, mixed.organisations), (2, 2, 6, 1));
        assert_eq!((mixed.high, mixed.note, mixed.gravest()), (1, 1, Some(Severity::High)));
        assert_eq!(tallies.len(), RuleId::ALL.len());
    }
}
