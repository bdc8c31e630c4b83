//! Counting: how many of the projects that are found have each value of a facet.

use super::FacetField;
use crate::concerns::{RuleId, Severity};
use crate::index::query::Answered;
use crate::index::values::{ANSWERS, Counted, Counts, FIRST_YEAR, STATES};
use crate::index::{Index, IndexError, ProjectId};
use crate::register::{OptOutState, YesNo};

/// A value, to count by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value {
    Severity(Severity),
    Rule(RuleId),
    OptOuts(OptOutState),
    Answer(YesNo),
    Listed(u32),
    Year(i16),
}

/// Some projects in the register's order, and how many of them have what the columns hold.
pub(super) struct Among {
    pub(super) projects: Vec<ProjectId>,
    counts: Counts,
}

impl Index {
    /// Counts the projects that are marked: they come in the register's order, in which the columns are.
    pub(super) fn among(&self, marked: &[bool]) -> Among {
        let mut projects = Vec::with_capacity(marked.len());
        projects.extend((0..).map(ProjectId).zip(marked).filter(|(_, mark)| **mark).map(|(project, _)| project));
        Among { counts: self.values.count(&projects), projects }
    }

    /// The values of a facet with how many of the projects have each, in the order in which they are shown; those that none has
    /// are left out.
    pub(super) fn counted(&self, field: FacetField, among: &Among) -> Result<Vec<(Value, usize)>, IndexError> {
        let (weights, rules);
        let counts = match (field, field.listed()) {
            (_, Some((listed, _))) => among.counts.of(Counted::Listed(listed)),
            (FacetField::Severity, None) => {
                weights = self.count_weights(&among.projects)?;
                weights.as_slice()
            }
            (FacetField::Concern, None) => {
                rules = self.count_concerns(&among.projects);
                rules.as_slice()
            }
            (FacetField::OptOuts, None) => among.counts.of(Counted::OptOuts),
            (FacetField::Commercial, None) => among.counts.of(Counted::Answer(Answered::Commercial)),
            (FacetField::Sublicensing, None) => among.counts.of(Counted::Answer(Answered::Sublicensing)),
            (FacetField::Started, None) => among.counts.of(Counted::Started),
            _ => among.counts.of(Counted::Released),
        };
        let ranked = ranked(field, counts).into_iter();
        Ok(ranked.filter_map(|(number, count)| Some((value(field, number)?, count as usize))).collect())
    }

    fn count_weights(&self, found: &[ProjectId]) -> Result<[u32; SEVERITIES.len()], IndexError> {
        let mut counts = [0; SEVERITIES.len()];
        let (own, laid) = (self.values.all_weights(), self.laid.get());
        for id in found {
            let changes = laid.is_some_and(|laid| laid.changes(*id));
            let weights =
                if changes { self.weights(*id)? } else { own.get(id.0 as usize).copied().unwrap_or_default() };
            counts.iter_mut().zip(weights).for_each(|(count, weight)| *count += u32::from(weight > 0));
        }
        Ok(counts)
    }

    /// How many of some projects have each bit of a rule. The bits of a byte are counted at once, each in a byte of its own, which
    /// is emptied before it could run over.
    fn count_concerns(&self, found: &[ProjectId]) -> [u32; u64::BITS as usize] {
        let mut counts = [0; u64::BITS as usize];
        for some in found.chunks(u8::MAX as usize) {
            let mut sums = [0_u64; size_of::<u64>()];
            for id in some {
                for (sum, byte) in sums.iter_mut().zip(self.concern_bits(*id).to_le_bytes()) {
                    *sum += SPREAD[usize::from(byte)];
                }
            }
            let sums = sums.iter().flat_map(|sum| sum.to_le_bytes());
            counts.iter_mut().zip(sums).for_each(|(count, sum)| *count += u32::from(sum));
        }
        counts
    }
}

/// Severities, gravest first: the place of each is its number.
const SEVERITIES: [Severity; 3] = [Severity::High, Severity::Medium, Severity::Note];

/// For each byte its bits, each in a byte of its own, the lowest first.
const SPREAD: [u64; 256] = {
    let mut spread = [0; 256];
    let mut byte = 0;
    while byte < spread.len() {
        let mut bit = 0;
        while bit < u8::BITS {
            spread[byte] |= ((byte as u64 >> bit) & 1) << (bit * u8::BITS);
            bit += 1;
        }
        byte += 1;
    }
    spread
};

/// The numbers of the values that any project has, with how many have each, in the order in which the facet shows them.
fn ranked(field: FacetField, counts: &[u32]) -> Vec<(u32, u32)> {
    let counted = (0..).zip(counts.iter().copied()).filter(|(_, count)| *count > 0);
    if field.is_ordered() {
        return counted.collect();
    }
    // Most projects first, as numbers: these are sorted soonest.
    let mut keys: Vec<u64> =
        counted.map(|(number, count): (u32, u32)| u64::from(!count) << u32::BITS | u64::from(number)).collect();
    keys.sort_unstable();
    let halves = |key: u64| {
        let [one, two, three, four, number @ ..] = key.to_be_bytes();
        (u32::from_be_bytes(number), !u32::from_be_bytes([one, two, three, four]))
    };
    keys.into_iter().map(halves).collect()
}

/// The value of a facet by its number.
fn value(field: FacetField, number: u32) -> Option<Value> {
    let at = number as usize;
    Some(match field {
        FacetField::Severity => Value::Severity(*SEVERITIES.get(at)?),
        FacetField::Concern => Value::Rule(*RuleId::ALL.get(at)?),
        FacetField::OptOuts => Value::OptOuts(*STATES.get(at)?),
        FacetField::Commercial | FacetField::Sublicensing => Value::Answer(*ANSWERS.get(at)?),
        FacetField::Started | FacetField::Released => {
            Value::Year(FIRST_YEAR.checked_add_unsigned(u16::try_from(at).ok()?)?)
        }
        _ => Value::Listed(number),
    })
}
