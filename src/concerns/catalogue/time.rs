//! Time: the rules of this family.

use super::Rule;
use crate::concerns::{RuleId, Severity, Standing};

const TIME: &str = "Time";

pub(super) static RULES: [Rule; 1] = [Rule {
    id: RuleId::ExpiredFateUnknown,
    family: TIME,
    title: "Expired, and what became of the data is not recorded",
    condition: "Files were sent, the agreement ended before this edition, and no newer version is listed.",
    caveat: "The term is the agreement's: its end does not show that data was still held, nor that it was destroyed.",
    needs: "the agreement's term, and whether files were sent",
    source: "the register's own dates",
    severities: &[Severity::Medium],
    standing: Standing::Question,
}];
