//! Purpose and benefit: the rules of this family.

use super::Rule;
use crate::concerns::{RuleId, Severity, Standing};

const PURPOSE: &str = "Purpose and benefit";

pub(super) static RULES: [Rule; 7] = [
    Rule {
        id: RuleId::NoYieldedBenefits,
        family: PURPOSE,
        title: "Renewed without saying what good came of it",
        condition: "A later term began after 24 July 2019, from when the publisher asks at renewal what good came of \
                    the data, and the entry names no yielded benefits.",
        caveat: "Benefits may have come and not been published.",
        needs: "a field for yielded benefits, and several terms",
        source: "the publisher's standard on benefits, 24 July 2019",
        severities: &[Severity::Medium],
        standing: Standing::Fact,
        settings: &["words.nothing"],
    },
    Rule {
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
        settings: &["thresholds.hardly-filled"],
    },
    Rule {
        id: RuleId::UnmeasurableBenefits,
        family: PURPOSE,
        title: "Expected benefits without a figure or a date",
        condition: "The expected benefits, apart from shared wording, name neither a quantity nor a date.",
        caveat: "A benefit can be real and hard to measure.",
        needs: "expected benefits",
        source: "the register's own text",
        severities: &[Severity::Note],
        standing: Standing::Fact,
        settings: &["thresholds.shared-sentence", "words.quantities", "words.not-quantities"],
    },
    Rule {
        id: RuleId::PromiseOverdue,
        family: PURPOSE,
        title: "A promised date is past",
        condition: "A sentence of the outputs or expected benefits promises something by a year that is past, and no \
                    yielded benefits are published.",
        caveat: "It may have been done and not been published.",
        needs: "a field for yielded benefits, and the edition's month",
        source: "the project's own words",
        severities: &[Severity::Note],
        standing: Standing::Question,
        settings: &[
            "words.future",
            "words.citations",
            "words.denials",
            "words.not-denials",
            "thresholds.shared-sentence",
        ],
    },
    Rule {
        id: RuleId::Boilerplate,
        family: PURPOSE,
        title: "Objectives or benefits in shared wording",
        condition: "The objectives are nearly the same as those of three or more other organisations.",
        caveat: "Identical wording usually comes from the publisher's template, not from the applicant.",
        needs: "objectives",
        source: "compared within the edition: sequences of five words, at least seven in ten of them shared",
        severities: &[Severity::Note],
        standing: Standing::Fact,
        settings: &["thresholds.near-wording", "thresholds.near-organisations"],
    },
    Rule {
        id: RuleId::FrozenText,
        family: PURPOSE,
        title: "The same words over three or more versions",
        condition: "Objectives and expected benefits are the same, but for typography, in three or more major versions on \
                    end.",
        caveat: "A purpose can stay what it was.",
        needs: "several versions",
        source: "the register's own versions",
        severities: &[Severity::Note],
        standing: Standing::Fact,
        settings: &["thresholds.unchanged-versions"],
    },
    Rule {
        id: RuleId::ReIdentification,
        family: PURPOSE,
        title: "Re-identification is spoken of",
        condition: "The text speaks of re-identifying people, other than by a GP or for direct care.",
        caveat: "A sentence can rule re-identification out in words that this rule does not know. Read it in its \
                 place.",
        needs: "the text",
        source: "the project's own words",
        severities: &[Severity::Medium],
        standing: Standing::Question,
        settings: &[
            "words.own-patients",
            "words.re-identification",
            "words.denials",
            "words.not-denials",
            "thresholds.shared-sentence",
        ],
    },
];
