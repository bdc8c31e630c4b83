//! The catalogue: one table of all rules. It drives the filter, the help, `outflow concerns` and the README.

mod flow;
mod law;
mod measured;
mod money;
mod opt_outs;
mod purpose;
mod register;
mod time;

use std::sync::LazyLock;

pub use measured::{Measured, measured, measured_file};

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
    /// What it rests on: a statute, a published policy, a list, or the entry alone.
    pub source: &'static str,
    /// The settings that it goes by, by their keys in `assets/concerns.toml`.
    pub settings: &'static [&'static str],
    /// Severities that it can give, gravest first.
    pub severities: &'static [Severity],
    /// What its findings rest on.
    pub standing: Standing,
}

/// The families, in the order in which they are read.
static FAMILIES: [&[Rule]; 7] =
    [&opt_outs::RULES, &flow::RULES, &time::RULES, &money::RULES, &purpose::RULES, &law::RULES, &register::RULES];

static CATALOGUE: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| FAMILIES.iter().copied().flatten().collect());

/// All rules, in the order of [`RuleId::ALL`].
pub fn catalogue() -> &'static [&'static Rule] {
    &CATALOGUE
}

/// One rule.
pub fn rule(id: RuleId) -> &'static Rule {
    // The table stands in the order of the ids, which a test holds.
    CATALOGUE[id as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_stands_in_the_order_of_the_ids() {
        assert_eq!(catalogue().len(), RuleId::ALL.len());
        for (rule, id) in catalogue().iter().zip(RuleId::ALL.iter().copied()) {
            assert_eq!(rule.id, id);
            assert_eq!(super::rule(id).id, id);
            assert!(!rule.caveat.is_empty() && !rule.severities.is_empty());
            assert!(rule.severities.is_sorted());
            let written = serde_json::to_string(&id).unwrap();
            assert_eq!(written.trim_matches('"'), id.as_str());
        }
    }
}
