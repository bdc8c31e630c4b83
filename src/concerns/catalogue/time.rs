//! Time: the rules of this family.

use super::Rule;
use crate::concerns::{RuleId, Severity, Standing};

const TIME: &str = "Time";

pub(super) static RULES: [Rule; 8] = [
    Rule {
        id: RuleId::ReleasedAfterExpiry,
        family: TIME,
        title: "Sent after the agreement had ended",
        condition: "A file was sent later than a month after the last known end of the agreement.",
        caveat: "The term is the agreement's. An extension may exist that was not published.",
        needs: "the agreement's terms and the months of release",
        source: "the register's own dates",
        severities: &[Severity::High],
        standing: Standing::Fact,
        settings: &[],
    },
    Rule {
        id: RuleId::ReleasedOutsideTerm,
        family: TIME,
        title: "Sent between two terms",
        condition: "A file was sent in a month that lies in no known term, between one version's end and the start \
                    of a later one.",
        caveat: "A version in between may not have been published; before the first known start nothing is said, \
                 since agreements on paper came first.",
        needs: "the terms of several versions and the month of each file",
        source: "the register's own dates",
        severities: &[Severity::High, Severity::Medium],
        standing: Standing::Fact,
        settings: &[],
    },
    Rule {
        id: RuleId::ExpiredFateUnknown,
        family: TIME,
        title: "Expired, and what became of the data is not recorded",
        condition: "Files were sent, the agreement ended before this edition, and no newer version is listed.",
        caveat: "The term is the agreement's: its end does not show that data was still held, nor that it was destroyed.",
        needs: "the agreement's term, and whether files were sent",
        source: "the register's own dates",
        severities: &[Severity::Medium],
        standing: Standing::Question,
        settings: &[],
    },
    Rule {
        id: RuleId::GapInAgreement,
        family: TIME,
        title: "A gap between two terms",
        condition: "A version starts more than a day after the one before it ended.",
        caveat: "A gap does not show that anyone went on using data in it.",
        needs: "the terms of several versions",
        source: "the register's own dates",
        severities: &[Severity::High, Severity::Medium],
        standing: Standing::Fact,
        settings: &[],
    },
    Rule {
        id: RuleId::TermOverLimit,
        family: TIME,
        title: "Longer than the standard allowed",
        condition: "The agreement started while the publisher's standard on length was in force (24 July 2019 to 16 \
                    April 2021), and runs longer by a month or more than it allowed: one year where commercial or \
                    sublicensed, five where data is archived, three otherwise.",
        caveat: "The standard knew exceptions, and the entry does not say whether one was made.",
        needs: "the term, and answers on commercial purposes and sublicensing",
        source: "the publisher's standard on the length of agreements, 24 July 2019 to 16 April 2021",
        severities: &[Severity::Note],
        standing: Standing::Question,
        settings: &["words.archiving"],
    },
    Rule {
        id: RuleId::Backdated,
        family: TIME,
        title: "Listed long after it started",
        condition: "A first version starts more than three months before the edition that lists it first.",
        caveat: "Drafting, signing and publishing take time, and the publisher may simply have been late.",
        needs: "an edition before it in the library, and the start of the term",
        source: "compared with the edition before in the library",
        severities: &[Severity::Note],
        standing: Standing::Question,
        settings: &["thresholds.backdated-months"],
    },
    Rule {
        id: RuleId::ImpossibleDate,
        family: TIME,
        title: "A date that cannot be",
        condition: "A term ends before it starts, a file is dated after the edition, or a date lies before 1990.",
        caveat: "A slip of the publisher's pen, most likely; which date is meant is not known.",
        needs: "dates",
        source: "the register's own dates",
        severities: &[Severity::Note],
        standing: Standing::Fact,
        settings: &["thresholds.oldest-year"],
    },
    Rule {
        id: RuleId::ScopeGrew,
        family: TIME,
        title: "A later version asks for more",
        condition: "A later version adds identifiable data, sensitive data, commercial purposes, sublicensing, or \
                    three or more datasets.",
        caveat: "A renewal is reviewed, and a new label for the same data is no growth.",
        needs: "several versions",
        source: "the register's own versions",
        severities: &[Severity::Medium],
        standing: Standing::Fact,
        settings: &["thresholds.grown-datasets"],
    },
];
