//! Answers that a register gives: yes or no, applied or not.

use serde::{Deserialize, Serialize};

/// A question that a register answers with yes, no, both or not at all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// What the published words mean.
    pub value: YesNo,
    /// The published words; absent where the field is empty or the layout lacks it.
    pub as_published: Option<String>,
}

/// What an [`Answer`] comes to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum YesNo {
    /// Every value says yes.
    Yes,
    /// Every value says no.
    No,
    /// Both are published, as in `No, Yes`.
    Mixed,
    /// Nothing is published, or nothing that was understood.
    #[default]
    NotStated,
}

impl YesNo {
    /// Both answers taken together; `NotStated` adds nothing.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::NotStated, answer) | (answer, Self::NotStated) => answer,
            (one, two) if one == two => one,
            _ => Self::Mixed,
        }
    }
}

/// Whether patients' opt-outs were applied, as an entry states it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptOuts {
    /// What the published words mean.
    pub state: OptOutState,
    /// The published words without the bracket; absent where nothing stands there.
    pub as_published: Option<String>,
    /// The bracket beside the answer, which pages call "Excuses": a confidentiality basis, not always a reason.
    pub reasons: Option<String>,
}

/// What an opt-out answer comes to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OptOutState {
    /// Every answer says that opt-outs were applied.
    Applied,
    /// Every answer says that they were not.
    NotApplied,
    /// Some files with, some without.
    Mixed,
    /// No answer, or none that was understood.
    #[default]
    NotStated,
}

impl OptOutState {
    /// Both states taken together; `NotStated` adds nothing.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::NotStated, state) | (state, Self::NotStated) => state,
            (one, two) if one == two => one,
            _ => Self::Mixed,
        }
    }

    /// The word for it, on the command line and in JSON: `not-applied`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::NotApplied => "not-applied",
            Self::Mixed => "mixed",
            Self::NotStated => "not-stated",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_adds_nothing_and_disagreement_is_mixed() {
        assert_eq!(YesNo::NotStated.and(YesNo::Yes), YesNo::Yes);
        assert_eq!(YesNo::Yes.and(YesNo::No), YesNo::Mixed);
        assert_eq!(YesNo::Mixed.and(YesNo::No), YesNo::Mixed);
        assert_eq!(OptOutState::Applied.and(OptOutState::NotStated), OptOutState::Applied);
        assert_eq!(OptOutState::Applied.and(OptOutState::NotApplied), OptOutState::Mixed);
    }
}
