//! Concerns: what in a project's own entry a privacy campaigner would want to see, and what proves it.
//!
//! Each rule is a small function over plain data; one table, [`catalogue`], lists them all. A rule that lacks what it
//! needs answers "cannot tell", never silence and never a guess.

mod basis;
mod between;
mod case;
mod catalogue;
mod examine;
mod rules;
mod tally;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use between::{Alone, Overlay, Standpoint, against_earlier, against_later, alone, weight_in_place};
pub use catalogue::{Rule, catalogue, rule};
pub use examine::examine;
pub use tally::{Tally, tally};

use crate::register::{Field, Place};

/// How much a concern weighs. Sorts with the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Should worry a reader of this entry.
    High,
    /// Worth asking about.
    Medium,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Note => "note",
        }
    }

    /// The mark for it, so that meaning never rests on colour alone.
    pub fn mark(self) -> &'static str {
        match self {
            Self::High => "!!",
            Self::Medium => "!",
            Self::Note => "-",
        }
    }
}

/// What a concern rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Follows from the entry alone.
    Fact,
    /// A person must settle it.
    Question,
}

impl Standing {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fact => "fact",
            Self::Question => "question",
        }
    }
}

/// The name of a rule, in kebab case on the screen and in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the catalogue says what each rule means")]
pub enum RuleId {
    MixedOptOuts,
    PageFlag,
    S251OptOutsNotApplied,
    IdentifiableOptOutsNotApplied,
    OptOutsNotApplied,
    OptOutsNotStated,
    FilesDisseminated,
    ExpiredFateUnknown,
    Commercial,
    Sublicensing,
    IdentifiableSensitiveCommercial,
    EmptySection,
    NoLegalBasis,
    VagueLegalBasis,
    VulnerableGroups,
    RemovedFromRegister,
    EditedInPlace,
    BackFilled,
    Orphan,
    MalformedValue,
}

impl RuleId {
    /// All rules, in the catalogue's order.
    pub const ALL: [Self; 20] = [
        Self::MixedOptOuts,
        Self::PageFlag,
        Self::S251OptOutsNotApplied,
        Self::IdentifiableOptOutsNotApplied,
        Self::OptOutsNotApplied,
        Self::OptOutsNotStated,
        Self::FilesDisseminated,
        Self::ExpiredFateUnknown,
        Self::Commercial,
        Self::Sublicensing,
        Self::IdentifiableSensitiveCommercial,
        Self::EmptySection,
        Self::NoLegalBasis,
        Self::VagueLegalBasis,
        Self::VulnerableGroups,
        Self::RemovedFromRegister,
        Self::EditedInPlace,
        Self::BackFilled,
        Self::Orphan,
        Self::MalformedValue,
    ];

    /// The name as it is written: `mixed-opt-outs`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MixedOptOuts => "mixed-opt-outs",
            Self::PageFlag => "page-flag",
            Self::S251OptOutsNotApplied => "s251-opt-outs-not-applied",
            Self::IdentifiableOptOutsNotApplied => "identifiable-opt-outs-not-applied",
            Self::OptOutsNotApplied => "opt-outs-not-applied",
            Self::OptOutsNotStated => "opt-outs-not-stated",
            Self::FilesDisseminated => "files-disseminated",
            Self::ExpiredFateUnknown => "expired-fate-unknown",
            Self::Commercial => "commercial",
            Self::Sublicensing => "sublicensing",
            Self::IdentifiableSensitiveCommercial => "identifiable-sensitive-commercial",
            Self::EmptySection => "empty-section",
            Self::NoLegalBasis => "no-legal-basis",
            Self::VagueLegalBasis => "vague-legal-basis",
            Self::VulnerableGroups => "vulnerable-groups",
            Self::RemovedFromRegister => "removed-from-register",
            Self::EditedInPlace => "edited-in-place",
            Self::BackFilled => "back-filled",
            Self::Orphan => "orphan",
            Self::MalformedValue => "malformed-value",
        }
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// A finding of one rule about one project.
///
/// A project can have several of one rule (one for each severity, or for each pair of files). A finding that several
/// projects share, such as one organisation's mixed answers for one dataset, stands on each of them under one `key`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Concern {
    /// Which rule found it.
    pub rule: RuleId,
    /// How much it weighs here.
    pub severity: Severity,
    /// What it rests on.
    pub standing: Standing,
    /// One sentence in plain English, in the register's terms.
    pub statement: String,
    /// What proves it, as published.
    pub evidence: Vec<Evidence>,
    /// What it does not prove.
    pub caveat: String,
    /// How many files it speaks of; 0 for concerns about the entry.
    pub files: usize,
    /// The organisations it is about, as published.
    pub organisations: Vec<String>,
    /// The identity of the finding: equal on all projects that share it.
    pub key: String,
}

/// One thing that proves a concern.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Which field says so.
    pub field: Field,
    /// What it says, as published.
    pub quote: String,
    /// Where it says so.
    pub place: Place,
}

/// A rule that could not answer for a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CannotTell {
    /// Which rule.
    pub rule: RuleId,
    /// What it lacked, in plain English.
    pub why: String,
}

/// What the rules say of one project.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findings {
    /// Its concerns, gravest first, then in the catalogue's order.
    pub concerns: Vec<Concern>,
    /// What could not be answered, in the catalogue's order.
    pub cannot_tell: Vec<CannotTell>,
}

/// What the rules say of an edition.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Examination {
    /// One for each project, in the register's order.
    pub projects: Vec<Findings>,
    /// Findings about the edition as a whole, said once and not on each project.
    pub edition: Vec<EditionFinding>,
}

/// A finding about the edition as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionFinding {
    /// Which rule.
    pub rule: RuleId,
    /// One sentence in plain English.
    pub statement: String,
    /// What it does not prove.
    pub caveat: String,
    /// The projects that it speaks of and that this edition does not hold, by reference.
    pub references: Vec<String>,
}
