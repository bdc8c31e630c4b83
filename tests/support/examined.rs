//! What the rules say of the first project of a register.

use outflow::concerns::{Concern, Examination, RuleId, Severity};

/// What a rule found.
pub(crate) fn found(examination: &Examination, rule: RuleId) -> Vec<&Concern> {
    examination.projects[0].concerns.iter().filter(|concern| concern.rule == rule).collect()
}

/// How grave the first of it is.
pub(crate) fn severity(examination: &Examination, rule: RuleId) -> Option<Severity> {
    found(examination, rule).first().map(|concern| concern.severity)
}

/// Whether a rule cannot tell.
pub(crate) fn cannot_tell(examination: &Examination, rule: RuleId) -> bool {
    examination.projects[0].cannot_tell.iter().any(|unknown| unknown.rule == rule)
}

/// Whether a rule is silent, and sure of it.
pub(crate) fn is_silent(examination: &Examination, rule: RuleId) -> bool {
    found(examination, rule).is_empty() && !cannot_tell(examination, rule)
}
