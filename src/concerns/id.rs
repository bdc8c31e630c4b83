//! The names of the rules.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Names rules, and says how each is written.
macro_rules! rules {
    ($($rule:ident = $written:literal,)*) => {
        /// The name of a rule, in kebab case on the screen and in JSON.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[allow(missing_docs, reason = "the catalogue says what each rule means")]
        pub enum RuleId {
            $(#[serde(rename = $written)] $rule,)*
        }

        impl RuleId {
            /// All rules, in the catalogue's order.
            pub const ALL: &[Self] = &[$(Self::$rule,)*];

            /// The name as it is written: `mixed-opt-outs`.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$rule => $written,)*
                }
            }
        }
    };
}

rules! {
    MixedOptOuts = "mixed-opt-outs",
    PageFlag = "page-flag",
    S251OptOutsNotApplied = "s251-opt-outs-not-applied",
    IdentifiableOptOutsNotApplied = "identifiable-opt-outs-not-applied",
    OptOutAnswerChanged = "opt-out-answer-changed",
    OptOutsNotApplied = "opt-outs-not-applied",
    OptOutsNotStated = "opt-outs-not-stated",
    AnonymisedYetS251 = "anonymised-yet-s251",
    ConsentReliedOn = "consent-relied-on",
    FilesDisseminated = "files-disseminated",
    FilesAfterSdePolicy = "files-after-sde-policy",
    TreInNameYetFiles = "tre-in-name-yet-files",
    NeverTre = "never-tre",
    MonthlyFiles = "monthly-files",
    ReleasedAfterExpiry = "released-after-expiry",
    ReleasedOutsideTerm = "released-outside-term",
    ExpiredFateUnknown = "expired-fate-unknown",
    GapInAgreement = "gap-in-agreement",
    TermOverLimit = "term-over-limit",
    Backdated = "backdated",
    ImpossibleDate = "impossible-date",
    ScopeGrew = "scope-grew",
    Commercial = "commercial",
    CompanyAnsweredNo = "company-answered-no",
    CommercialWords = "commercial-words",
    MarketingOrInsuranceWords = "marketing-or-insurance-words",
    Sublicensing = "sublicensing",
    SublicensingUnexplained = "sublicensing-unexplained",
    NonCareRecipient = "non-care-recipient",
    IdentifiableSensitiveCommercial = "identifiable-sensitive-commercial",
    NoYieldedBenefits = "no-yielded-benefits",
    EmptySection = "empty-section",
    UnmeasurableBenefits = "unmeasurable-benefits",
    PromiseOverdue = "promise-overdue",
    Boilerplate = "boilerplate",
    FrozenText = "frozen-text",
    ReIdentification = "re-identification",
    NoLegalBasis = "no-legal-basis",
    VagueLegalBasis = "vague-legal-basis",
    BasisDoesNotFitType = "basis-does-not-fit-type",
    CovidBasisAfterNotice = "covid-basis-after-notice",
    NoOversightRecorded = "no-oversight-recorded",
    VulnerableGroups = "vulnerable-groups",
    GpRecords = "gp-records",
    JointControllersMany = "joint-controllers-many",
    ApplicantNotController = "applicant-not-controller",
    Abroad = "abroad",
    AuditFinding = "audit-finding",
    FindingThenFiles = "finding-then-files",
    TracingRequests = "tracing-requests",
    RemovedFromRegister = "removed-from-register",
    EditedInPlace = "edited-in-place",
    BackFilled = "back-filled",
    Orphan = "orphan",
    MalformedValue = "malformed-value",
    DatasetNotInAgreement = "dataset-not-in-agreement",
    RowContradictsAgreement = "row-contradicts-agreement",
}

impl fmt::Display for RuleId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}
