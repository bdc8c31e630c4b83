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
    OptOutsNotApplied = "opt-outs-not-applied",
    OptOutsNotStated = "opt-outs-not-stated",
    FilesDisseminated = "files-disseminated",
    ExpiredFateUnknown = "expired-fate-unknown",
    Commercial = "commercial",
    Sublicensing = "sublicensing",
    IdentifiableSensitiveCommercial = "identifiable-sensitive-commercial",
    EmptySection = "empty-section",
    NoLegalBasis = "no-legal-basis",
    VagueLegalBasis = "vague-legal-basis",
    VulnerableGroups = "vulnerable-groups",
    RemovedFromRegister = "removed-from-register",
    EditedInPlace = "edited-in-place",
    BackFilled = "back-filled",
    Orphan = "orphan",
    MalformedValue = "malformed-value",
}

impl fmt::Display for RuleId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}
