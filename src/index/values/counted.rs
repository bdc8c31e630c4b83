//! Counting projects by what they have. All that a project is counted by stands in one list: to go through one list of each project
//! is sooner done than through a dozen, and reads what stands side by side.

use std::ops::Range;

use super::{ANSWERS, Column, STATES, Values, YEARS, row};
use crate::index::ProjectId;
use crate::index::columns::NUMBER;
use crate::index::query::{Answered, Listed};

/// What projects are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::index) enum Counted {
    /// The values of a list, by their numbers.
    Listed(Listed),
    /// The states of opt-outs, in the order of [`super::STATES`].
    OptOuts,
    /// Answers, in the order of [`super::ANSWERS`].
    Answer(Answered),
    /// The years of starts, counted from [`super::FIRST_YEAR`].
    Started,
    /// The years in which something was released, the same.
    Released,
}

impl Counted {
    /// All of them, in the order of their numbers.
    const ALL: [Self; Listed::ALL.len() + 5] = [
        Self::Listed(Listed::ALL[0]),
        Self::Listed(Listed::ALL[1]),
        Self::Listed(Listed::ALL[2]),
        Self::Listed(Listed::ALL[3]),
        Self::Listed(Listed::ALL[4]),
        Self::Listed(Listed::ALL[5]),
        Self::Listed(Listed::ALL[6]),
        Self::OptOuts,
        Self::Answer(Answered::Commercial),
        Self::Answer(Answered::Sublicensing),
        Self::Started,
        Self::Released,
    ];

    fn place(self) -> usize {
        match self {
            Self::Listed(listed) => listed as usize,
            Self::OptOuts => Listed::ALL.len(),
            Self::Answer(Answered::Commercial) => Listed::ALL.len() + 1,
            Self::Answer(Answered::Sublicensing) => Listed::ALL.len() + 2,
            Self::Started => Listed::ALL.len() + 3,
            Self::Released => Listed::ALL.len() + 4,
        }
    }
}

/// Where the numbers of each begin among those of all, and where the last end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numbering([usize; Counted::ALL.len() + 1]);

impl Numbering {
    /// The numbering for lists of so many values.
    pub(super) fn new(values: impl Fn(Listed) -> usize) -> Self {
        let mut starts = [0; Counted::ALL.len() + 1];
        for (place, counted) in Counted::ALL.into_iter().enumerate() {
            let many = match counted {
                Counted::Listed(listed) => values(listed),
                Counted::OptOuts => STATES.len(),
                Counted::Answer(_) => ANSWERS.len(),
                Counted::Started | Counted::Released => YEARS,
            };
            starts[place + 1] = starts[place] + many;
        }
        Self(starts)
    }

    /// How many numbers there are.
    pub(super) fn end(&self) -> usize {
        self.0[Counted::ALL.len()]
    }

    /// The numbers of one of them.
    fn range(&self, counted: Counted) -> Range<usize> {
        let place = counted.place();
        self.0[place]..self.0[place + 1]
    }

    /// The number of a value of one of them; none where it has no such value.
    pub(super) fn number(&self, counted: Counted, value: usize) -> Option<u32> {
        let range = self.range(counted);
        u32::try_from(range.start + value).ok().filter(|_| value < range.len())
    }
}

/// How many of some projects have each value.
#[derive(Debug, Clone)]
pub(in crate::index) struct Counts {
    counts: Vec<u32>,
    numbering: Numbering,
}

impl Counts {
    /// How many have each value of one of them, by its number.
    pub(in crate::index) fn of(&self, counted: Counted) -> &[u32] {
        self.counts.get(self.numbering.range(counted)).unwrap_or_default()
    }
}

impl Values {
    /// Counts some projects, which come in order. Of most projects those are counted that are not among them.
    pub(in crate::index) fn count(&self, projects: &[ProjectId]) -> Counts {
        let numbers_of = |column: Column| self.columns.bytes(column as usize).as_chunks::<NUMBER>().0;
        let number = |bytes: &[u8; NUMBER]| u32::from_le_bytes(*bytes) as usize;
        let (starts, numbers) = (numbers_of(Column::CountedStarts), numbers_of(Column::Counted));
        let mut counts = vec![0_u32; self.numbering.end()];
        let mut add = |project: usize| {
            let span = starts.get(project).zip(starts.get(project + 1));
            let own = span.and_then(|(start, end)| numbers.get(number(start)..number(end)));
            for value in own.unwrap_or_default() {
                if let Some(count) = counts.get_mut(number(value)) {
                    *count += 1;
                }
            }
        };
        if projects.len() <= self.projects / 2 {
            for project in projects {
                add(row(*project));
            }
        } else {
            let mut next = 0;
            for project in projects.iter().map(|project| row(*project)).chain([self.projects]) {
                (next..project).for_each(&mut add);
                next = project + 1;
            }
            let totals = numbers_of(Column::Totals).iter().map(|total| u32::from_le_bytes(*total));
            counts.iter_mut().zip(totals).for_each(|(count, total)| *count = total.saturating_sub(*count));
        }
        Counts { counts, numbering: self.numbering }
    }

    /// How many projects have each value of a list, by its number.
    pub(in crate::index) fn totals(&self, listed: Listed) -> impl Iterator<Item = u32> {
        let range = self.numbering.range(Counted::Listed(listed));
        range.map(|number| self.columns.number(Column::Totals as usize, number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_numbers_of_its_own_in_the_order_of_all() {
        let numbering = Numbering::new(|listed| listed as usize + 1);
        let mut next = 0;
        for counted in Counted::ALL {
            assert_eq!(Counted::ALL[counted.place()], counted);
            let range = numbering.range(counted);
            assert_eq!(range.start, next, "{counted:?}");
            assert_eq!(numbering.number(counted, range.len()), None);
            assert_eq!(numbering.number(counted, range.len() - 1), u32::try_from(range.end - 1).ok());
            next = range.end;
        }
        assert_eq!(numbering.end(), next);
    }
}
