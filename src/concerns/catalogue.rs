//! The catalogue: one table of all rules. It drives the filter, the help, `outflow concerns` and the README.

use super::{RuleId, Severity, Standing};

/// What a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its name.
    pub id: RuleId,
    /// The family it belongs to.
    pub family: &'static str,
    /// A short label.
    pub title: &'static str,
    /// When it speaks, in one sentence.
    pub condition: &'static str,
    /// What it does not prove.
    pub caveat: &'static str,
    /// What an entry must hold for the rule to answer.
    pub needs: &'static str,
    /// Severities that it can give, gravest first.
    pub severities: &'static [Severity],
    /// What its findings rest on.
    pub standing: Standing,
}

const OPT_OUTS: &str = "Opt-outs";
const FLOW: &str = "How the data left";
const TIME: &str = "Time";
const MONEY: &str = "Money, and who else gets it";
const PURPOSE: &str = "Purpose and benefit";
const LAW: &str = "Law and oversight";
const REGISTER: &str = "The register itself";

/// All rules, in the order of [`RuleId::ALL`].
static CATALOGUE: [Rule; 20] = [
    Rule {
        id: RuleId::MixedOptOuts,
        family: OPT_OUTS,
        title: "Opt-outs applied to one file and not to another",
        condition: "One organisation got files of the same dataset in the same period, some with opt-outs applied and \
                    some without.",
        caveat: "A file called anonymised can count as \"applied\" because of a date of death alone, and files under \
                 consent can be about other people; nobody outside knows whether the two files were ever compared.",
        needs: "a row for each file",
        severities: &[Severity::High, Severity::Medium, Severity::Note],
        standing: Standing::Fact,
    },
    Rule {
        id: RuleId::PageFlag,
        family: OPT_OUTS,
        title: "The page flags the organisation itself",
        condition: "The page that the entry was read from carries a line with a red flag.",
        caveat: "It is the page's own count about the organisation, and not the register's; the page does not say which \
                 project it means.",
        needs: "a reformatted page",
        severities: &[Severity::Medium],
        standing: Standing::Question,
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
        severities: &[Severity::High, Severity::Medium],
        standing: Standing::Question,
    },
    Rule {
        id: RuleId::IdentifiableOptOutsNotApplied,
        family: OPT_OUTS,
        title: "Identifiable data, and opt-outs not applied",
        condition: "Data that the register calls identifiable went out without opt-outs applied.",
        caveat: "That can be lawful: consent, a legal duty, registered births and deaths, and data about staff are \
                 outside the opt-outs. Files of one study usually hold its own members.",
        needs: "the type of data of each file",
        severities: &[Severity::High, Severity::Medium, Severity::Note],
        standing: Standing::Fact,
    },
    Rule {
        id: RuleId::OptOutsNotApplied,
        family: OPT_OUTS,
        title: "Opt-outs not applied",
        condition: "The register says that opt-outs were not applied.",
        caveat: "A count, not an alarm: it is so for most of what was sent, and lawful for data called anonymous, under \
                 consent, or required by law.",
        needs: "an answer on opt-outs",
        severities: &[Severity::Note],
        standing: Standing::Fact,
    },
    Rule {
        id: RuleId::OptOutsNotStated,
        family: OPT_OUTS,
        title: "Nothing is said about opt-outs",
        condition: "Files were sent, and the entry does not say whether opt-outs were applied.",
        caveat: "Silence is the entry's, not proof either way; the official workbook may hold the answer.",
        needs: "files, or months of release",
        severities: &[Severity::Medium],
        standing: Standing::Fact,
    },
    Rule {
        id: RuleId::FilesDisseminated,
        family: FLOW,
        title: "Files were sent",
        condition: "Copies of data left the publisher's control as files.",
        caveat: "A file is a file: the register does not say how many people it holds, nor what became of it.",
        needs: "a row for each file, or months of release",
        severities: &[Severity::Note],
        standing: Standing::Fact,
    },
    Rule {
        id: RuleId::ExpiredFateUnknown,
        family: TIME,
        title: "Expired, and what became of the data is not recorded",
        condition: "Files were sent, the agreement ended before this edition, and no newer version is listed.",
        caveat: "The term is the agreement's: its end does not show that data was still held, nor that it was destroyed.",
        needs: "the agreement's term, and whether files were sent",
        severities: &[Severity::Medium],
        standing: Standing::Question,
    },
    Rule {
        id: RuleId::Commercial,
        family: MONEY,
        title: "For commercial purposes",
        condition: "The register says that the purposes are commercial.",
        caveat: "\"Yes\" also covers a charity's or a university's project with a fee, a sponsor, or an indirect benefit \
                 to a company.",
        needs: "an answer on commercial purposes",
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
        severities: &[Severity::High],
        standing: Standing::Fact,
    },
    Rule {
        id: RuleId::EmptySection,
        family: PURPOSE,
        title: "A section is missing or hardly filled in",
        condition: "Objectives, outputs or expected benefits are missing, or shorter than 80 characters.",
        caveat: "A section that is empty on a reformatted page can be full in the official workbook: check before \
                 quoting.",
        needs: "the sections",
        severities: &[Severity::Medium],
        standing: Standing::Fact,
    },
    Rule {
        id: RuleId::NoLegalBasis,
        family: LAW,
        title: "No legal basis is stated",
        condition: "The entry names no legal basis.",
        caveat: "It is the entry that names none; a basis may exist that was not published.",
        needs: "the legal basis",
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
        severities: &[Severity::Note],
        standing: Standing::Fact,
    },
    Rule {
        id: RuleId::RemovedFromRegister,
        family: REGISTER,
        title: "Taken out of the register",
        condition: "An edition lists the agreement, one of its versions or one of its files, and the next edition in the \
                    library does not.",
        caveat: "The register does not say why. In February 2023 NHS Digital became part of NHS England, and its own \
                 internal flows moved to another record.",
        needs: "another edition of the same register in the library",
        severities: &[Severity::High],
        standing: Standing::Question,
    },
    Rule {
        id: RuleId::EditedInPlace,
        family: REGISTER,
        title: "Changed under an unchanged reference",
        condition: "A field of a version reads otherwise than in the edition before, though the version is the same. \
                    Spacing, quotes, bullets and case are no change.",
        caveat: "A correction by the publisher looks the same as a change of what is done with the data.",
        needs: "the edition before in the library",
        severities: &[Severity::High, Severity::Medium],
        standing: Standing::Fact,
    },
    Rule {
        id: RuleId::BackFilled,
        family: REGISTER,
        title: "Files listed long after they were sent",
        condition: "Files are listed that the edition before in the library did not have, though that edition is later \
                    than the month in which they were sent.",
        caveat: "It is the publisher who left them out, not the recipient. Editions that this library does not hold can \
                 have listed them.",
        needs: "the edition before in the library, and the months of files",
        severities: &[Severity::Medium],
        standing: Standing::Fact,
    },
    Rule {
        id: RuleId::Orphan,
        family: REGISTER,
        title: "Files without an agreement, or an entry without a dataset",
        condition: "Files or datasets are listed under a reference that has no agreement, or an agreement names no dataset.",
        caveat: "Usually an omission of the publisher's; an agreement that is not listed may still exist.",
        needs: "a list of agreements, or of their datasets",
        severities: &[Severity::Medium],
        standing: Standing::Fact,
    },
    Rule {
        id: RuleId::MalformedValue,
        family: REGISTER,
        title: "A value outside the known ones",
        condition: "A field holds a value that the publisher's vocabulary does not have.",
        caveat: "Usually a slip of the publisher's; the value is kept and shown as it was published.",
        needs: "the values",
        severities: &[Severity::Note],
        standing: Standing::Fact,
    },
];

/// All rules.
pub fn catalogue() -> &'static [Rule] {
    &CATALOGUE
}

/// One rule.
pub fn rule(id: RuleId) -> &'static Rule {
    // The table stands in the order of the ids, which a test holds.
    &CATALOGUE[id as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_stands_in_the_order_of_the_ids() {
        for (rule, id) in catalogue().iter().zip(RuleId::ALL) {
            assert_eq!(rule.id, id);
            assert_eq!(super::rule(id).id, id);
            assert!(!rule.caveat.is_empty() && !rule.severities.is_empty());
            assert!(rule.severities.is_sorted());
            let written = serde_json::to_string(&id).unwrap();
            assert_eq!(written.trim_matches('"'), id.as_str());
        }
    }
}
