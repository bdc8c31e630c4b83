//! Concerns as they leave the program: with their evidence, and what the rules cannot tell.

use std::collections::BTreeSet;

use serde::Serialize;

use super::judged::{DismissalReport, DismissalState};
use super::project::SourceReport;
use crate::concerns::{Concern, Evidence, Measured, RuleId, Severity, Standing, measured, measured_file, rule};
use crate::index::{Header, Record};

/// A concern with its evidence.
#[derive(Debug, Clone, Serialize)]
pub struct ConcernReport {
    /// Rule.
    pub id: RuleId,
    /// Severity.
    pub severity: Severity,
    /// Standing.
    pub standing: Standing,
    /// The sentence.
    pub statement: String,
    /// What proves it.
    pub evidence: Vec<EvidenceReport>,
    /// What it does not prove.
    pub caveat: String,
    /// How many files it speaks of.
    pub files: usize,
    /// What the user has dismissed of it.
    pub dismissed: Option<DismissalReport>,
}

/// One piece of evidence.
#[derive(Debug, Clone, Serialize)]
pub struct EvidenceReport {
    /// Name of the field.
    pub field: &'static str,
    /// What it says, as published; absent where nothing is published there.
    pub quote: Option<String>,
    /// Where.
    pub source: Option<SourceReport>,
}

/// A rule that could not answer.
#[derive(Debug, Clone, Serialize)]
pub struct CannotTellReport {
    /// Rule.
    pub id: RuleId,
    /// What it lacked.
    pub why: String,
}

impl ConcernReport {
    /// Reports on a concern.
    pub fn new(header: &Header, concern: &Concern) -> Self {
        let evidence = |evidence: &Evidence| EvidenceReport {
            field: evidence.field.name(),
            quote: (!evidence.quote.is_empty()).then(|| evidence.quote.clone()),
            source: SourceReport::new(header, &evidence.place),
        };
        Self {
            id: concern.rule,
            severity: concern.severity,
            standing: concern.standing,
            statement: concern.statement.clone(),
            evidence: concern.evidence.iter().map(evidence).collect(),
            caveat: concern.caveat.clone(),
            files: concern.files,
            dismissed: None,
        }
    }

    /// Reports on a concern of a project, and on what the user has dismissed of it.
    pub fn judged(header: &Header, record: &Record, concern: &Concern) -> Self {
        Self { dismissed: DismissalReport::of(record.stand(concern)), ..Self::new(header, concern) }
    }

    /// How much it weighs and what it is, in brackets: `(high, fact)`.
    pub fn weight_told(&self) -> String {
        let dismissed = if self.is_dismissed() { "; dismissed" } else { "" };
        format!("({}, {}{dismissed})", self.severity.as_str(), self.standing.as_str())
    }

    /// Whether it is dismissed, and does not count.
    pub fn is_dismissed(&self) -> bool {
        self.dismissed.as_ref().is_some_and(|dismissed| dismissed.state == DismissalState::Dismissed)
    }
}

/// How many concerns there are, and how many of them are dismissed.
pub fn concerns_counted(concerns: &[ConcernReport]) -> String {
    let dismissed = concerns.iter().filter(|concern| concern.is_dismissed()).count();
    match (concerns.len() - dismissed, dismissed) {
        (open, 0) => format!("Concerns ({open})"),
        (open, dismissed) => format!("Concerns ({open}, and {dismissed} that you dismissed)"),
    }
}

/// The heading above what the rules cannot tell.
pub const UNTOLD: &str = "Cannot tell";

/// How many rules cannot tell; nothing where all can.
pub fn untold_counted(cannot_tell: &[CannotTellReport]) -> Option<String> {
    let rules = match cannot_tell.iter().map(|unknown| unknown.id).collect::<BTreeSet<_>>().len() {
        0 => return None,
        1 => "1 rule cannot tell; what it lacks".to_owned(),
        several => format!("{several} rules cannot tell; what they lack"),
    };
    Some(format!("{rules} is said at the end."))
}

/// Rules that could not answer, those together that lacked the same: what each lacked, and which they are.
pub fn untold(cannot_tell: &[CannotTellReport]) -> Vec<(String, &str)> {
    let mut untold: Vec<(String, &str)> = Vec::new();
    for unknown in cannot_tell {
        match untold.iter_mut().find(|(_, why)| *why == unknown.why) {
            Some((rules, _)) => {
                rules.push_str(", ");
                rules.push_str(unknown.id.as_str());
            }
            None => untold.push((unknown.id.to_string(), &unknown.why)),
        }
    }
    untold
}

/// How often a rule was right where its findings were read one by one, in a sentence.
pub fn false_alarms(id: RuleId) -> String {
    let file = measured_file();
    let Some(Measured { findings, read, right, remark, .. }) = measured(id) else {
        return format!("not measured; {file}, the published file that was read for this, lacks what it needs.");
    };
    let remark = remark.as_deref().map(|remark| format!(" {remark}")).unwrap_or_default();
    let were = match rule(id).standing {
        _ if *findings == 0 => return format!("it has no finding on a project of {file}.{remark}"),
        Standing::Fact => "true",
        Standing::Question => "worth asking",
    };
    format!("of {findings} findings in {file}, {read} were read one by one; {right} were {were}.{remark}")
}
