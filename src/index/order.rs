//! The order of results.

use std::cmp::{Ordering, Reverse};

use super::{Index, IndexError, ProjectId, Sort};
use crate::concerns::{RuleId, Severity};
use crate::register::Date;

impl Index {
    /// Projects that were found, with their scores, in an order.
    pub(super) fn in_order(&self, mut scored: Vec<(ProjectId, f32)>, sort: Sort) -> Result<Vec<ProjectId>, IndexError> {
        let values = &self.values;
        let is_scored = scored.iter().any(|(_, score)| *score > 0.0);
        let mut projects: Vec<ProjectId> = scored.iter().map(|(project, _)| *project).collect();
        match sort {
            Sort::Relevance if is_scored => {
                scored.sort_by_cached_key(|(id, score)| (Reverse(Ranked(*score)), Reverse(values.newest(*id)), *id));
                projects = scored.into_iter().map(|(project, _)| project).collect();
            }
            // Without words nothing is scored, and the register's order stands.
            Sort::Relevance => {}
            Sort::Title => projects.sort_by_key(|id| (values.title_order(*id), *id)),
            Sort::Organisation => projects.sort_by_key(|id| (values.organisation_order(*id), *id)),
            Sort::Concerns => {
                let mut weighed: Vec<(Reverse<[u8; 3]>, ProjectId)> = projects
                    .into_iter()
                    .map(|id| Ok((Reverse(self.weights(id)?), id)))
                    .collect::<Result<_, IndexError>>()?;
                weighed.sort_unstable();
                projects = weighed.into_iter().map(|(_, project)| project).collect();
            }
            Sort::Files => projects.sort_by_key(|id| (Reverse(values.files(*id)), *id)),
            Sort::Newest => projects.sort_by_key(|id| (Reverse(values.newest(*id)), *id)),
            Sort::Ending => self.sort_by_end(&mut projects),
        }
        Ok(projects)
    }

    /// How many rules found something of each severity in a project, gravest first, with what lies over the edition.
    pub(super) fn weights(&self, project: ProjectId) -> Result<[u8; 3], IndexError> {
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

/// A score as a key to sort by: scores are never without a number.
#[derive(PartialEq)]
struct Ranked(f32);

impl Eq for Ranked {}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// How many rules of each severity, gravest first.
pub(super) fn weights(rules: &[(RuleId, Severity)]) -> [u8; 3] {
    let mut counts = [0; 3];
    for (_, severity) in rules {
        counts[*severity as usize] += 1;
    }
    counts
}
