//! Money, and who else gets it: the rules of this family.

use super::Rule;
use crate::concerns::{RuleId, Severity, Standing};

const MONEY: &str = "Money, and who else gets it";

pub(super) static RULES: [Rule; 8] = [
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
        settings: &[],
    },
    Rule {
        id: RuleId::CompanyAnsweredNo,
        family: MONEY,
        title: "A company, and not commercial",
        condition: "The register says that the purposes are not commercial, and the applicant is a company by its \
                    kind or by its name.",
        caveat: "A company can act for the health service, and a charity can have the name of a company.",
        needs: "an answer on commercial purposes",
        source: "the register's own answer, kind of organisation and name",
        severities: &[Severity::Medium],
        standing: Standing::Question,
        settings: &["words.company-types", "words.company-endings", "words.companies", "words.not-company-types"],
    },
    Rule {
        id: RuleId::CommercialWords,
        family: MONEY,
        title: "Not commercial, and yet it speaks of clients",
        condition: "The register says that the purposes are not commercial, and the project's own words speak of \
                    clients, customers, subscribers, licence fees or pharmaceutical companies.",
        caveat: "A sentence can be about somebody else's clients. Read it in its place.",
        needs: "an answer on commercial purposes, and the text",
        source: "the project's own words",
        severities: &[Severity::Medium],
        standing: Standing::Question,
        settings: &[
            "words.commercial",
            "words.not-commercial",
            "thresholds.shared-sentence",
            "words.denials",
            "words.not-denials",
        ],
    },
    Rule {
        id: RuleId::MarketingOrInsuranceWords,
        family: MONEY,
        title: "Marketing or insurance is mentioned",
        condition: "The text speaks of marketing, market research, advertising or insurance, the uses that the \
                    publisher's standard on commercial purposes names.",
        caveat: "To mention is not to do: the sentence may rule the use out, or speak of something else. Read it in \
                 its place.",
        needs: "the text",
        source: "the publisher's standard on commercial purposes; the project's own words",
        severities: &[Severity::Note],
        standing: Standing::Question,
        settings: &[
            "words.marketing",
            "words.not-marketing",
            "thresholds.shared-sentence",
            "words.denials",
            "words.not-denials",
        ],
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
        settings: &[],
    },
    Rule {
        id: RuleId::SublicensingUnexplained,
        family: MONEY,
        title: "Passed on, to whom is not said",
        condition: "The register says that sublicensing is allowed, and no text says to whom, how many, or who \
                    decides.",
        caveat: "The agreement itself may say what the entry does not.",
        needs: "an answer on sublicensing, and the text",
        source: "the register's own answer and text",
        severities: &[Severity::Medium],
        standing: Standing::Question,
        settings: &["words.sublicensing", "words.denials", "words.not-denials"],
    },
    Rule {
        id: RuleId::NonCareRecipient,
        family: MONEY,
        title: "A recipient outside health and care",
        condition: "The organisation, or one that a file's row names, is on the list of those whose business is not \
                    health or care: police and courts, Home Office, defence, tax and benefits, credit reference, \
                    insurers.",
        caveat: "The list goes by names; it says who received data, not what for. It can be data about staff.",
        needs: "the organisation's name",
        source: "the list in assets/concerns.toml",
        severities: &[Severity::Medium],
        standing: Standing::Fact,
        settings: &["words.not-care"],
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
        settings: &[],
    },
];
