//! The sections of an entry: what is said of a project in prose.

use serde::{Deserialize, Serialize};

/// A section, in the order in which the program shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Section {
    /// What the data is for.
    Objectives,
    /// What is done with it.
    Processing,
    /// What comes out.
    Outputs,
    /// What good is expected.
    ExpectedBenefits,
    /// What good came of it.
    YieldedBenefits,
}

impl Section {
    /// All of them, in order.
    pub const ALL: [Self; 5] =
        [Self::Objectives, Self::Processing, Self::Outputs, Self::ExpectedBenefits, Self::YieldedBenefits];

    /// The name that people read.
    pub fn name(self) -> &'static str {
        match self {
            Self::Objectives => "Objectives",
            Self::Processing => "Processing",
            Self::Outputs => "Outputs",
            Self::ExpectedBenefits => "Expected benefits",
            Self::YieldedBenefits => "Yielded benefits",
        }
    }

    /// The key in JSON: `expected_benefits`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Objectives => "objectives",
            Self::Processing => "processing",
            Self::Outputs => "outputs",
            Self::ExpectedBenefits => "expected_benefits",
            Self::YieldedBenefits => "yielded_benefits",
        }
    }
}

/// The text of every section; absent where nothing is published.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sections {
    /// What the data is for.
    pub objectives: Option<String>,
    /// What is done with it.
    pub processing: Option<String>,
    /// What comes out.
    pub outputs: Option<String>,
    /// What good is expected.
    pub expected_benefits: Option<String>,
    /// What good came of it.
    pub yielded_benefits: Option<String>,
}

impl Sections {
    /// The text of one section.
    pub fn get(&self, section: Section) -> Option<&str> {
        match section {
            Section::Objectives => self.objectives.as_deref(),
            Section::Processing => self.processing.as_deref(),
            Section::Outputs => self.outputs.as_deref(),
            Section::ExpectedBenefits => self.expected_benefits.as_deref(),
            Section::YieldedBenefits => self.yielded_benefits.as_deref(),
        }
    }

    /// Sets the text of one section.
    pub fn set(&mut self, section: Section, text: Option<String>) {
        let slot = match section {
            Section::Objectives => &mut self.objectives,
            Section::Processing => &mut self.processing,
            Section::Outputs => &mut self.outputs,
            Section::ExpectedBenefits => &mut self.expected_benefits,
            Section::YieldedBenefits => &mut self.yielded_benefits,
        };
        *slot = text;
    }
}

/// One statement of purpose: the sections that were published together, on one row or in one block.
///
/// A version can have several that differ; equal ones are kept once, under the first place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Its text.
    pub sections: Sections,
    /// Where it stands.
    pub place: super::Place,
}
