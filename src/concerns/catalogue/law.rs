//! Law and oversight: the rules of this family.

use super::Rule;
use crate::concerns::{RuleId, Severity, Standing};

const LAW: &str = "Law and oversight";

pub(super) static RULES: [Rule; 3] = [
    Rule {
        id: RuleId::NoLegalBasis,
        family: LAW,
        title: "No legal basis is stated",
        condition: "The entry names no legal basis.",
        caveat: "It is the entry that names none; a basis may exist that was not published.",
        needs: "the legal basis",
        source: "the register's own field",
        severities: &[Severity::High],
        standing: Standing::Fact,
    },
    Rule {
        id: RuleId::VagueLegalBasis,
        family: LAW,
        title: "The legal basis names no section",
        condition: "A legal basis names no section, schedule, regulation or consent.",
        caveat: "A legal basis is the publisher's statement of its own power to share, not of the recipient's conduct. \
                 Where over half of an edition says the same, it is said once for the edition and not of each project.",
        needs: "the legal basis",
        source: "the register's own field",
        severities: &[Severity::Note],
        standing: Standing::Fact,
    },
    Rule {
        id: RuleId::VulnerableGroups,
        family: LAW,
        title: "Data about vulnerable groups",
        condition: "A dataset is on the list of those about mental health, learning disability, children, maternity, \
                    sexual health or social care.",
        caveat: "The list goes by the names of datasets; it says whom the data is about, not that anything is wrong.",
        needs: "the datasets' names",
        source: "assets/vulnerable-groups.txt",
        severities: &[Severity::Note],
        standing: Standing::Fact,
    },
];
