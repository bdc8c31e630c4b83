//! Counting: how many of the projects that are found have each value of a facet.

use std::cmp::Reverse;

use super::FacetField;
use crate::concerns::{RuleId, Severity};
use crate::index::query::Answered;
use crate::index::values::{ANSWERS, STATES, Values};
use crate::index::{Index, IndexError, ProjectId};
use crate::register::{Date, OptOutState, YesNo};

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

/// The first year that a register can hold.
const FIRST_YEAR: i16 = 1800;

/// How many years from there on it can hold.
const YEARS: usize = 1200;

impl Index {
    /// The values of a facet with how many of the projects that are found have each, in the order in which they are shown; those
    /// that none has are left out.
    pub(super) fn counted(&self, field: FacetField, found: &[bool]) -> Result<Vec<(Value, usize)>, IndexError> {
        let values = &self.values;
        let found = || (0_u32..).zip(found).filter(|(_, found)| **found).map(|(id, _)| ProjectId(id));
        let of_answers = |answered| {
            let places = found().filter_map(|id| at(&ANSWERS, values.answer(answered, id)));
            count(ANSWERS.into_iter().map(Value::Answer), places)
        };
        let mut counted = match (field, field.listed()) {
            (_, Some((listed, _))) => {
                let counts = values.count(listed, found().map(|id| id.0 as usize));
                let counted = (0..).map(Value::Listed).zip(counts);
                counted.filter(|(_, projects)| *projects > 0).collect()
            }
            (FacetField::Severity, None) => {
                let mut places = Vec::new();
                for id in found() {
                    let weights = self.weights(id)?;
                    places.extend(SEVERITIES.into_iter().filter(|severity| weights[*severity as usize] > 0));
                }
                count(SEVERITIES.map(Value::Severity), places.into_iter().map(|severity| severity as usize))
            }
            (FacetField::Concern, None) => count(
                RuleId::ALL.iter().map(|rule| Value::Rule(*rule)),
                found().flat_map(|id| ones(self.concern_bits(id))),
            ),
            (FacetField::OptOuts, None) => {
                let places = found().filter_map(|id| at(&STATES, values.opt_outs(id)));
                count(STATES.map(Value::OptOuts), places)
            }
            (FacetField::Commercial, None) => of_answers(Answered::Commercial),
            (FacetField::Sublicensing, None) => of_answers(Answered::Sublicensing),
            (FacetField::Started, None) => count(years(), found().filter_map(|id| Some(year(values.start(id)?)))),
            _ => count(years(), found().flat_map(|id| released(values, id))),
        };
        if !field.is_ordered() {
            counted.sort_by_key(|(value, count)| (Reverse(*count), *value));
        }
        Ok(counted)
    }
}

/// Severities, gravest first: the place of each is its number.
const SEVERITIES: [Severity; 3] = [Severity::High, Severity::Medium, Severity::Note];

/// How often the place of each value comes, of those that come.
fn count(all: impl IntoIterator<Item = Value>, places: impl Iterator<Item = usize>) -> Vec<(Value, usize)> {
    let mut counted: Vec<(Value, usize)> = all.into_iter().map(|value| (value, 0)).collect();
    for place in places {
        if let Some((_, count)) = counted.get_mut(place) {
            *count += 1;
        }
    }
    counted.retain(|(_, count)| *count > 0);
    counted
}

fn at<T: PartialEq + Copy>(all: &[T], value: T) -> Option<usize> {
    all.iter().position(|known| *known == value)
}

/// The places of the bits that are set.
fn ones(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = bits.trailing_zeros();
        bits &= bits.wrapping_sub(1);
        (place < u64::BITS).then_some(place as usize)
    })
}

/// Every year that a register can hold, in order.
fn years() -> impl Iterator<Item = Value> {
    (FIRST_YEAR..).map(Value::Year).take(YEARS)
}

/// The place of a date's year among them.
fn year(date: Date) -> usize {
    usize::try_from(date.year() - FIRST_YEAR).unwrap_or(YEARS)
}

/// The places of the years in which something was released for a project, each once.
fn released(values: &Values, id: ProjectId) -> impl Iterator<Item = usize> {
    let mut before = None;
    // The months come in order.
    values.released(id).map(year).filter(move |year| before.replace(*year) != Some(*year))
}
