//! The order of results.

use std::cmp::Reverse;

use super::values::Weights;
use super::{Index, IndexError, ProjectId, Sort};
use crate::concerns::{RuleId, Severity};
use crate::register::Date;

impl Index {
    /// Projects that were found, with their scores, in an order.
    pub(super) fn in_order(&self, scored: Vec<(ProjectId, f32)>, sort: Sort) -> Result<Vec<ProjectId>, IndexError> {
        let values = &self.values;
        let is_scored = scored.iter().any(|(_, score)| *score > 0.0);
        if sort == Sort::Relevance && is_scored {
            return Ok(self.by_score(&scored));
        }
        let mut projects: Vec<ProjectId> = scored.into_iter().map(|(project, _)| project).collect();
        match sort {
            // Without words nothing is scored, and the register's order stands.
            Sort::Relevance => {}
            Sort::Title => projects.sort_by_key(|id| (values.title_order(*id), *id)),
            Sort::Organisation => projects.sort_by_key(|id| (values.organisation_order(*id), *id)),
            Sort::Concerns => {
                let mut weighed: Vec<(Reverse<Weights>, ProjectId)> = projects
                    .into_iter()
                    .map(|id| Ok((Reverse(self.weights(id)?), id)))
                    .collect::<Result<_, IndexError>>()?;
                weighed.sort_unstable();
                projects = weighed.into_iter().map(|(_, project)| project).collect();
            }
            Sort::Files => projects.sort_by_key(|id| (Reverse(values.files(*id)), *id)),
            Sort::Newest => projects.sort_by_key(|id| (values.newest_order(*id), *id)),
            Sort::Ending => self.sort_by_end(&mut projects),
        }
        Ok(projects)
    }

    /// Projects by their scores, the best first, and of equal ones the newest. Each is one number, as these are sorted soonest; few
    /// have equal scores, so what is newer is asked only of these.
    fn by_score(&self, scored: &[(ProjectId, f32)]) -> Vec<ProjectId> {
        let mut ranked: Vec<u64> = scored.iter().map(|(id, score)| rank(*score, id.0)).collect();
        ranked.sort_unstable();
        for equal in ranked.chunk_by_mut(|one, other| one >> u32::BITS == other >> u32::BITS) {
            if equal.len() > 1 {
                equal.sort_unstable_by_key(|ranked| (self.values.newest_order(ranked_id(*ranked)), *ranked));
            }
        }
        ranked.into_iter().map(ranked_id).collect()
    }

    /// How many rules found something of each severity in a project, gravest first, with what lies over the edition.
    pub(super) fn weights(&self, project: ProjectId) -> Result<Weights, IndexError> {
        let changes = self.laid.get().is_some_and(|laid| laid.changes(project));
        if changes { Ok(weights(&self.row(project)?.concerns)) } else { Ok(self.values.weights(project)) }
    }

    fn sort_by_end(&self, projects: &mut [ProjectId]) {
        let today = self.header.edition.date.map(Date::first_day);
        projects.sort_by_key(|id| {
            let end = self.values.end(*id);
            let is_over = end.zip(today).is_some_and(|(end, today)| end.last_day() < today);
            // What is to come first, soonest first; then what is over, latest first; then what is not told.
            let (coming, over) = if is_over { (None, end) } else { (end, None) };
            (coming.is_none(), coming, Reverse(over), *id)
        });
    }
}

/// A number that is the smaller the better a score is, and for equal ones the smaller another number is. Scores are not below zero,
/// and the bits of such ones are in their order.
fn rank(score: f32, number: u32) -> u64 {
    u64::from(!score.to_bits()) << u32::BITS | u64::from(number)
}

/// The project that was ranked by its own number.
fn ranked_id(ranked: u64) -> ProjectId {
    let [.., one, two, three, four] = ranked.to_be_bytes();
    ProjectId(u32::from_be_bytes([one, two, three, four]))
}

/// How many rules of each severity, gravest first.
pub(super) fn weights(rules: &[(RuleId, Severity)]) -> Weights {
    let mut counts = [0; 3];
    for (_, severity) in rules {
        counts[*severity as usize] += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn better_scores_come_first_and_of_equal_ones_those_of_the_earlier_place() {
        let scores = [9.5e3, 17.0, 1.5, 1.499_999_9, 1.0, f32::MIN_POSITIVE, 0.0];
        let ranks: Vec<u64> =
            scores.iter().flat_map(|score| [0, 1, u32::MAX].map(|place| rank(*score, place))).collect();
        assert!(ranks.is_sorted_by(|one, other| one < other), "{ranks:?}");
    }
}
