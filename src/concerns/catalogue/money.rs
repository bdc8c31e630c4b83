//! Money, and who else gets it: the rules of this family.

use super::Rule;
use crate::concerns::{RuleId, Severity, Standing};

const MONEY: &str = "Money, and who else gets it";

pub(super) static RULES: [Rule; 3] = [
    Rule {
        id: RuleId::Commercial,
        family: MONEY,
        title: "For commercial purposes",
        condition: "The register says that the purposes are commercial.",
        caveat: "\"Yes\" also covers a charity's or a university's project with a fee, a sponsor, or an indirect benefit \
                 to a company.",
        needs: "an answer on commercial purposes",
        source: "the register's own answer",
        severities: &[Severity::Medium],
        standing: Standing::Fact,
    },
    Rule {
        id: RuleId::Sublicensing,
        family: MONEY,
        title: "Data may be passed on",
        condition: "The register says that sublicensing is allowed.",
        caveat: "Allowed is not done: the register does not record what a recipient passes on.",
        needs: "an answer on sublicensing",
        source: "the register's own answer",
        severities: &[Severity::High, Severity::Medium],
        standing: Standing::Fact,
    },
    Rule {
        id: RuleId::IdentifiableSensitiveCommercial,
        family: MONEY,
        title: "Identifiable, sensitive, and commercial or passed on",
        condition: "One dataset is both identifiable and sensitive, and the purposes are commercial or sublicensing is \
                    allowed.",
        caveat: "\"Sensitive\" is the register's word for certain fields, not the law's special category.",
        needs: "type and sensitivity of one dataset, and answers on commercial purposes and sublicensing",
        source: "the register's own answers",
        severities: &[Severity::High],
        standing: Standing::Fact,
    },
];
