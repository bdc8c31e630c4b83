//! Purpose and benefit: the rules of this family.

use super::Rule;
use crate::concerns::{RuleId, Severity, Standing};

const PURPOSE: &str = "Purpose and benefit";

pub(super) static RULES: [Rule; 1] = [Rule {
    id: RuleId::EmptySection,
    family: PURPOSE,
    title: "A section is missing or hardly filled in",
    condition: "Objectives, outputs or expected benefits are missing, or shorter than 80 characters.",
    caveat: "A section that is empty on a reformatted page can be full in the official workbook: check before \
                 quoting.",
    needs: "the sections",
    source: "the register's own text",
    severities: &[Severity::Medium],
    standing: Standing::Fact,
}];
