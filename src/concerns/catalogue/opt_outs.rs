//! Opt-outs: the rules of this family.

use super::Rule;
use crate::concerns::{RuleId, Severity, Standing};

const OPT_OUTS: &str = "Opt-outs";

pub(super) static RULES: [Rule; 9] = [
    Rule {
        id: RuleId::MixedOptOuts,
        family: OPT_OUTS,
        title: "Opt-outs applied to one file and not to another",
        condition: "One organisation got files of the same dataset in the same period, some with opt-outs applied and \
                    some without.",
        caveat: "A file called anonymised can count as \"applied\" because of a date of death alone, and files under \
                 consent can be about other people; nobody outside knows whether the two files were ever compared.",
        needs: "a row for each file",
        source: "the register's own answers, file by file",
        severities: &[Severity::High, Severity::Medium, Severity::Note],
        standing: Standing::Fact,
        settings: &[],
    },
    Rule {
        id: RuleId::PageFlag,
        family: OPT_OUTS,
        title: "The page flags the organisation itself",
        condition: "The page that the entry was read from carries a line with a red flag.",
        caveat: "It is the page's own count about the organisation, and not the register's; the page does not say which \
                 project it means.",
        needs: "a reformatted page",
        source: "the page, word for word",
        severities: &[Severity::Medium],
        standing: Standing::Question,
        settings: &[],
    },
    Rule {
        id: RuleId::S251OptOutsNotApplied,
        family: OPT_OUTS,
        title: "Section 251 support, and opt-outs not applied",
        condition: "Data went out on section 251 support, which usually carries opt-outs, and the register says that \
                    they were not applied.",
        caveat: "The Confidentiality Advisory Group can exempt a flow, and support often covers the identifiers going \
                 in rather than the file that came out.",
        needs: "the basis of each file",
        source: "Section 251 of the NHS Act 2006; national data opt-out operational policy, sections 5 and 6",
        severities: &[Severity::High, Severity::Medium],
        standing: Standing::Question,
        settings: &[],
    },
    Rule {
        id: RuleId::IdentifiableOptOutsNotApplied,
        family: OPT_OUTS,
        title: "Identifiable data, and opt-outs not applied",
        condition: "Data that the register calls identifiable went out without opt-outs applied.",
        caveat: "That can be lawful: consent, a legal duty, registered births and deaths, and data about staff are \
                 outside the opt-outs. Files of one study usually hold its own members.",
        needs: "the type of data of each file",
        source: "the register's own answers and types of data",
        severities: &[Severity::High, Severity::Medium, Severity::Note],
        standing: Standing::Fact,
        settings: &["words.outside-opt-outs"],
    },
    Rule {
        id: RuleId::OptOutAnswerChanged,
        family: OPT_OUTS,
        title: "Opt-outs applied at first, and later not",
        condition: "For one dataset of one agreement the register says that opt-outs were applied, and for a later \
                    month or version that they were not. What went out on consent, regulation 3 or for national \
                    statistics is left out.",
        caveat: "The basis of the data, or the people it is about, may have changed too.",
        needs: "a row for each file, and months or several versions",
        source: "the register's own answers, file by file",
        severities: &[Severity::Medium],
        standing: Standing::Fact,
        settings: &[],
    },
    Rule {
        id: RuleId::OptOutsNotApplied,
        family: OPT_OUTS,
        title: "Opt-outs not applied",
        condition: "The register says that opt-outs were not applied.",
        caveat: "A count, not an alarm: it is so for most of what was sent, and lawful for data called anonymous, under \
                 consent, or required by law.",
        needs: "an answer on opt-outs",
        source: "the register's own answers",
        severities: &[Severity::Note],
        standing: Standing::Fact,
        settings: &[],
    },
    Rule {
        id: RuleId::OptOutsNotStated,
        family: OPT_OUTS,
        title: "Nothing is said about opt-outs",
        condition: "Files were sent, and the entry does not say whether opt-outs were applied.",
        caveat: "Silence is the entry's, not proof either way; the official workbook may hold the answer.",
        needs: "files, or months of release",
        source: "the register's own answers",
        severities: &[Severity::Medium],
        standing: Standing::Fact,
        settings: &[],
    },
    Rule {
        id: RuleId::AnonymisedYetS251,
        family: OPT_OUTS,
        title: "Called anonymised, and on section 251 support",
        condition: "Data that the register calls anonymised went out on section 251 support, which is for \
                    confidential patient information.",
        caveat: "The Confidentiality Advisory Group can exempt a flow, and support often covers the identifiers \
                 going in rather than the file that came out. Most entries explain it in their text.",
        needs: "the type and the basis of the data",
        source: "Section 251 of the NHS Act 2006",
        severities: &[Severity::Note],
        standing: Standing::Question,
        settings: &[],
    },
    Rule {
        id: RuleId::ConsentReliedOn,
        family: OPT_OUTS,
        title: "Consent is relied on",
        condition: "The confidentiality basis is \"Consent (Reasonable Expectation)\".",
        caveat: "The register does not show what people agreed to.",
        needs: "the basis in the law of confidentiality",
        source: "the register's own field",
        severities: &[Severity::Note],
        standing: Standing::Fact,
        settings: &[],
    },
];
