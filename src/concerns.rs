//! Concerns: what in a project's own entry a privacy campaigner would want to see, and what proves it.
//!
//! Each rule is a small function over plain data; one table, [`catalogue`], lists them all. A rule that lacks what it
//! needs answers "cannot tell", never silence and never a guess.

mod audits;
mod basis;
mod between;
mod boilerplate;
mod case;
mod catalogue;
mod columns;
mod denied;
mod dismissal;
mod examine;
mod id;
mod keys;
mod parallel;
mod phrases;
mod prose;
mod rules;
mod settings;
mod tally;
pub mod terms;

use std::ops::Range;

use serde::{Deserialize, Serialize};

pub use audits::{AuditFinding, AuditList, Audited, ListFile, NoAudits, against_audits, without_audits};
pub use basis::names_section_251;
pub use between::{Alone, Lists, Overlay, Standpoint, against_earlier, against_later, alone, weight_in_place};
pub use boilerplate::{NearText, Wordings, near_wordings};
pub use catalogue::{Measured, Rule, catalogue, measured, measured_file, rule};
pub use denied::{Denied, denied_before};
pub use dismissal::{Dismissal, NoReason, Reason, Stand, dismiss, restore, stand};
pub use examine::{Examining, examine, examine_with, examining};
pub use id::RuleId;
pub use prose::after_mark;
pub use settings::{Setting, SettingChange, Settings};
pub use tally::{Tallies, Tally, tally};

use crate::register::{Field, Place, Section};
use phrases::Phrases;

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
    /// What of its latest version's words several organisations use.
    pub shared: SharedWording,
}

/// What of an entry's words several organisations use: usually the publisher's template, and not the applicant's words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedWording {
    /// How many sentences its sections have.
    pub sentences: usize,
    /// How many of them are shared.
    pub shared: usize,
    /// Where those stand.
    pub passages: Vec<Passage>,
    /// The groups of nearly equal texts that its objectives and expected benefits belong to.
    pub groups: WordingGroups,
}

/// Groups of texts, each nearly the same as another of its group, that several organisations publish. Their numbers tell
/// them apart within one edition.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordingGroups {
    /// Those of its objectives. That of which the rule `boilerplate` speaks comes first.
    pub objectives: Vec<u32>,
    /// Those of its expected benefits, the same.
    pub benefits: Vec<u32>,
}

impl WordingGroups {
    /// Those of a section: none but for objectives and expected benefits, which alone are compared whole.
    pub fn of(&self, section: Section) -> &[u32] {
        match section {
            Section::Objectives => &self.objectives,
            Section::ExpectedBenefits => &self.benefits,
            Section::Processing | Section::Outputs | Section::YieldedBenefits => &[],
        }
    }
}

/// A passage of a section, as a range of bytes of its text, which joins all its statements.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Which section.
    pub section: Section,
    /// Which bytes.
    pub range: Range<usize>,
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
