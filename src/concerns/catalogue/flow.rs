//! How the data left: the rules of this family.

use super::Rule;
use crate::concerns::{RuleId, Severity, Standing};

const FLOW: &str = "How the data left";

pub(super) static RULES: [Rule; 1] = [Rule {
    id: RuleId::FilesDisseminated,
    family: FLOW,
    title: "Files were sent",
    condition: "Copies of data left the publisher's control as files.",
    caveat: "A file is a file: the register does not say how many people it holds, nor what became of it.",
    needs: "a row for each file, or months of release",
    source: "the register's own rows",
    severities: &[Severity::Note],
    standing: Standing::Fact,
}];
