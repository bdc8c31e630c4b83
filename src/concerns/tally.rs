//! Counting findings over an edition.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Concern, Examination, RuleId, Severity};

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
    RuleId::ALL.iter().copied().map(|rule| tally_of(rule, examination)).collect()
}

fn tally_of(rule: RuleId, examination: &Examination) -> Tally {
    let mut tally = Tally {
        rule,
        projects: 0,
        findings: 0,
        files: 0,
        organisations: 0,
        high: 0,
        medium: 0,
        note: 0,
        cannot_tell: 0,
        dismissed: 0,
    };
    let mut counted = BTreeSet::new();
    let mut organisations = BTreeSet::new();
    for findings in &examination.projects {
        let mine: Vec<&Concern> = findings.concerns.iter().filter(|concern| concern.rule == rule).collect();
        tally.projects += usize::from(!mine.is_empty());
        tally.cannot_tell += usize::from(findings.cannot_tell.iter().any(|unknown| unknown.rule == rule));
        for concern in mine {
            organisations.extend(concern.organisations.iter().map(String::as_str));
            if counted.insert(concern.key.as_str()) {
                tally.add(concern);
            }
        }
    }
    tally.organisations = organisations.len();
    tally
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
    use crate::concerns::{Findings, Standing};

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
