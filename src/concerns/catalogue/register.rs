//! The register itself: the rules of this family.

use super::Rule;
use crate::concerns::{RuleId, Severity, Standing};

const REGISTER: &str = "The register itself";

pub(super) static RULES: [Rule; 7] = [
    Rule {
        id: RuleId::RemovedFromRegister,
        family: REGISTER,
        title: "Taken out of the register",
        condition: "An edition lists the agreement, one of its versions or one of its files, and the next edition in the \
                    library does not.",
        caveat: "The register does not say why. In February 2023 NHS Digital became part of NHS England, and its own \
                 internal flows moved to another record.",
        needs: "another edition of the same register in the library",
        source: "compared with the editions in the library",
        severities: &[Severity::High],
        standing: Standing::Question,
        settings: &[],
    },
    Rule {
        id: RuleId::EditedInPlace,
        family: REGISTER,
        title: "Changed under an unchanged reference",
        condition: "A field of a version reads otherwise than in the edition before, though the version is the same. \
                    Spacing, quotes, bullets and case are no change.",
        caveat: "A correction by the publisher looks the same as a change of what is done with the data.",
        needs: "the edition before in the library",
        source: "compared with the edition before in the library",
        severities: &[Severity::High, Severity::Medium],
        standing: Standing::Fact,
        settings: &[],
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
        source: "compared with the edition before in the library",
        severities: &[Severity::Medium],
        standing: Standing::Fact,
        settings: &[],
    },
    Rule {
        id: RuleId::Orphan,
        family: REGISTER,
        title: "Files without an agreement, or an entry without a dataset",
        condition: "Files or datasets are listed under a reference that has no agreement, or an agreement names no dataset.",
        caveat: "Usually an omission of the publisher's; an agreement that is not listed may still exist.",
        needs: "a list of agreements, or of their datasets",
        source: "the register's own rows",
        severities: &[Severity::Medium],
        standing: Standing::Fact,
        settings: &[],
    },
    Rule {
        id: RuleId::MalformedValue,
        family: REGISTER,
        title: "A value outside the known ones",
        condition: "A field holds a value that the publisher's vocabulary does not have.",
        caveat: "Usually a slip of the publisher's; the value is kept and shown as it was published.",
        needs: "the values",
        source: "the values that the publisher uses",
        severities: &[Severity::Note],
        standing: Standing::Fact,
        settings: &[],
    },
    Rule {
        id: RuleId::DatasetNotInAgreement,
        family: REGISTER,
        title: "A file of a dataset that no version names",
        condition: "A file is of a dataset that no known version of the agreement names.",
        caveat: "Two labels can mean one dataset. Most datasets got new ones in January 2023, so a version that began on the \
                 one side of it and a file sent on the other are not compared; nor are labels that differ in brackets, \
                 an acronym or a version's number.",
        needs: "a list of datasets apart from the files",
        source: "the register's own rows",
        severities: &[Severity::Medium],
        standing: Standing::Question,
        settings: &[],
    },
    Rule {
        id: RuleId::RowContradictsAgreement,
        family: REGISTER,
        title: "A file that its agreement contradicts",
        condition: "A file's row and the row of its dataset in the agreement, or each of them where it has several, \
                    differ on type of data, sensitivity or legal basis.",
        caveat: "It may be clerical: which of the two is right is not known.",
        needs: "a list of datasets apart from the files",
        source: "the register's own rows",
        severities: &[Severity::Medium],
        standing: Standing::Fact,
        settings: &[],
    },
];
