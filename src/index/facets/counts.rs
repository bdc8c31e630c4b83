//! Counting: how many of the projects that are found have each value of a facet.

use std::cmp::Reverse;

use super::FacetField;
use crate::concerns::{RuleId, Severity};
use crate::index::query::Answered;
use crate::index::values::{ANSWERS, FIRST_YEAR, STATES};
use crate::index::{Index, IndexError, ProjectId};
use crate::register::{OptOutState, YesNo};

/// A value, to count by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Value {
    Severity(Severity),
    Rule(RuleId),
    OptOuts(OptOutState),
    Answer(YesNo),
    Listed(u32),
    Year(i16),
}

impl Index {
    /// The values of a facet with how many of the projects that are found have each, in the order in which they are shown; those
    /// that none has are left out.
    pub(super) fn counted(&self, field: FacetField, found: &[ProjectId]) -> Result<Vec<(Value, usize)>, IndexError> {
        let values = &self.values;
        let answers = |answered| with(ANSWERS.map(Value::Answer), values.count_answers(answered, found));
        let mut counted = match (field, field.listed()) {
            (_, Some((listed, _))) => with((0..).map(Value::Listed), values.count(listed, found)),
            (FacetField::Severity, None) => with(SEVERITIES.map(Value::Severity), self.count_weights(found)?),
            (FacetField::Concern, None) => {
                with(RuleId::ALL.iter().map(|rule| Value::Rule(*rule)), self.count_concerns(found))
            }
            (FacetField::OptOuts, None) => with(STATES.map(Value::OptOuts), values.count_opt_outs(found)),
            (FacetField::Commercial, None) => answers(Answered::Commercial),
            (FacetField::Sublicensing, None) => answers(Answered::Sublicensing),
            (FacetField::Started, None) => with(years(), values.count_started(found)),
            _ => with(years(), values.count_released(found)),
        };
        if !field.is_ordered() {
            counted.sort_unstable_by_key(|(value, count)| (Reverse(*count), *value));
        }
        Ok(counted)
    }

    fn count_weights(&self, found: &[ProjectId]) -> Result<[usize; SEVERITIES.len()], IndexError> {
        let mut counts = [0; SEVERITIES.len()];
        for id in found {
            let weights = self.weights(*id)?;
            counts.iter_mut().zip(weights).for_each(|(count, weight)| *count += usize::from(weight > 0));
        }
        Ok(counts)
    }

    fn count_concerns(&self, found: &[ProjectId]) -> [usize; u64::BITS as usize] {
        let mut counts = [0; u64::BITS as usize];
        for id in found {
            let mut bits = self.concern_bits(*id);
            while bits != 0 {
                counts[bits.trailing_zeros() as usize] += 1;
                bits &= bits - 1;
            }
        }
        counts
    }
}

/// Severities, gravest first: the place of each is its number.
const SEVERITIES: [Severity; 3] = [Severity::High, Severity::Medium, Severity::Note];

/// The values that any project has, with how many have it.
fn with(values: impl IntoIterator<Item = Value>, counts: impl IntoIterator<Item = usize>) -> Vec<(Value, usize)> {
    values.into_iter().zip(counts).filter(|(_, count)| *count > 0).collect()
}

/// Every year that a register can hold, in order.
fn years() -> impl Iterator<Item = Value> {
    (FIRST_YEAR..).map(Value::Year)
}
