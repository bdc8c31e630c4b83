//! False alarms: how often a rule was right where its findings were read one by one.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::concerns::RuleId;

/// The figures.
const ASSET: &str = include_str!("../../../assets/false-alarms.toml");

static MEASURED: LazyLock<Written> = LazyLock::new(read);

/// What reading a rule's findings showed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measured {
    /// Which rule.
    pub id: RuleId,
    /// How many findings it has in the published file.
    pub findings: usize,
    /// How many of them were read.
    pub read: usize,
    /// How many of those were right: true for a fact, worth asking for a question.
    pub right: usize,
    /// What was seen.
    pub remark: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    edition: String,
    #[serde(default)]
    rule: Vec<Measured>,
}

/// What reading the findings of a rule showed; none where the published file lacks what the rule needs.
pub fn measured(id: RuleId) -> Option<&'static Measured> {
    MEASURED.rule.iter().find(|measured| measured.id == id)
}

/// The published file whose findings were read.
pub fn measured_file() -> &'static str {
    &MEASURED.edition
}

#[allow(clippy::expect_used, reason = "a test reads the asset, which is part of the program")]
fn read() -> Written {
    toml::from_str(ASSET).expect("the asset holds figures")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::concerns::{Standing, rule};

    #[test]
    fn facts_are_always_right_and_questions_worth_asking_four_times_in_five() {
        assert!(!measured_file().is_empty());
        for measured in &MEASURED.rule {
            let Measured { id, findings, read, right, .. } = measured;
            assert!(right <= read && read <= findings, "{id}");
            assert!(*read == *findings || *read >= 30, "{id}");
            match rule(*id).standing {
                Standing::Fact => assert_eq!(right, read, "{id}"),
                Standing::Question => assert!(right * 5 >= read * 4, "{id}"),
            }
        }
    }
}
