//! What one rule comes to on the first project of a register, and what the registers are made of that it is asked about.

use crate::support::entitled::{ROW, Row, version};
use outflow::concerns::{Concern, Examination, RuleId, Settings, examine, examine_with, rule};
use outflow::register::{Register, Version};

pub(super) const IDENTIFIABLE: Row<'static> = Row {
    kind: "Identifiable",
    legal_basis: "Health and Social Care Act 2012 - s261(7); National Health Service Act 2006 - s251 - 'Control of \
                  patient information'.",
    confidentiality: "Section 251 NHS Act 2006",
    ..ROW
};

/// What the rules say of the first project of a register.
pub(super) fn found(register: &Register, rule: RuleId) -> Vec<Concern> {
    of(&examine(register), rule)
}

pub(super) fn of(examination: &Examination, rule: RuleId) -> Vec<Concern> {
    examination.projects[0].concerns.iter().filter(|concern| concern.rule == rule).cloned().collect()
}

/// The one finding of a rule, which is as a finding must be.
pub(super) fn one(register: &Register, id: RuleId) -> Concern {
    let mut found = found(register, id);
    assert_eq!(found.len(), 1, "{id}: {found:?}");
    let concern = found.remove(0);
    assert!(concern.statement.ends_with('.') && !concern.evidence.is_empty(), "{concern:?}");
    assert!(concern.key.starts_with(id.as_str()) && rule(id).severities.contains(&concern.severity));
    concern
}

pub(super) fn cannot_tell(register: &Register, rule: RuleId) -> bool {
    let examination = examine(register);
    let findings = &examination.projects[0];
    let is_told = findings.concerns.iter().any(|concern| concern.rule == rule);
    !is_told && findings.cannot_tell.iter().any(|unknown| unknown.rule == rule)
}

/// Silent, and sure of it.
pub(super) fn is_silent(register: &Register, rule: RuleId) -> bool {
    found(register, rule).is_empty() && !cannot_tell(register, rule)
}

pub(super) fn quotes(concern: &Concern) -> Vec<&str> {
    concern.evidence.iter().map(|evidence| evidence.quote.as_str()).collect()
}

pub(super) fn lacking(mut register: Register, what: &str) -> Register {
    register.sources[0].lacks.push(what.to_owned());
    register
}

pub(super) fn first() -> Version {
    version("DARS-NIC-1-A1B2C-v1.2")
}

pub(super) fn of_settings(register: &Register, settings: &Settings, rule: RuleId) -> usize {
    of(&examine_with(register, settings), rule).len()
}
