//! How the data left: the rules of this family.

use super::Rule;
use crate::concerns::{RuleId, Severity, Standing};

const FLOW: &str = "How the data left";

pub(super) static RULES: [Rule; 5] = [
    Rule {
        id: RuleId::FilesDisseminated,
        family: FLOW,
        title: "Files were sent",
        condition: "Copies of data left the publisher's control as files.",
        caveat: "A file is a file: the register does not say how many people it holds, nor what became of it.",
        needs: "a row for each file, or months of release",
        source: "the register's own rows",
        severities: &[Severity::Note],
        standing: Standing::Fact,
        settings: &[],
    },
    Rule {
        id: RuleId::FilesAfterSdePolicy,
        family: FLOW,
        title: "Files after the policy of secure data environments",
        condition: "Files were sent in or after November 2023, to an applicant that is no commissioner and not NHS \
                    England, and not on consent.",
        caveat: "The policy of 12 October 2023 is phased: it gives no date on which files stop, and no list of its \
                 exceptions is known to us.",
        needs: "the month and the basis of each file, and the kind of organisation",
        source: "Department of Health and Social Care, data access policy update, 12 October 2023",
        severities: &[Severity::Note],
        standing: Standing::Question,
        settings: &["thresholds.sde-policy-from", "words.commissioner-types", "words.commissioning-titles"],
    },
    Rule {
        id: RuleId::TreInNameYetFiles,
        family: FLOW,
        title: "Named after a secure environment, and files were sent",
        condition: "The title speaks of a TRE, an SDE or a secure data environment, and files were sent.",
        caveat: "It may be the recipient's own environment that the files were sent to.",
        needs: "a title, and whether files were sent",
        source: "the register's own title and rows",
        severities: &[Severity::Note],
        standing: Standing::Question,
        settings: &["words.secure-environments"],
    },
    Rule {
        id: RuleId::NeverTre,
        family: FLOW,
        title: "Files always, the publisher's own systems never",
        condition: "The organisation has three or more projects with files and none with system access, among the \
                    agreements that were active after the edition's first row of system access.",
        caveat: "System access may not have been on offer for what these projects do.",
        needs: "rows of files and of system access, and terms",
        source: "the register's own rows",
        severities: &[Severity::Note],
        standing: Standing::Fact,
        settings: &["thresholds.never-tre-projects"],
    },
    Rule {
        id: RuleId::MonthlyFiles,
        family: FLOW,
        title: "Files in every month for a year",
        condition: "Files were sent in twelve or more months on end.",
        caveat: "A standing flow can be what the agreement is for.",
        needs: "the month of each file",
        source: "the register's own rows",
        severities: &[Severity::Note],
        standing: Standing::Fact,
        settings: &["thresholds.monthly-files"],
    },
];
