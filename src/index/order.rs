//! The order of results.

use std::cmp::{Ordering, Reverse};

use super::{Index, IndexError, ProjectId, Row, Sort};
use crate::register::Date;

impl Index {
    /// Projects that were found, with their scores, in an order.
    pub(super) fn in_order(&self, mut scored: Vec<(ProjectId, f32)>, sort: Sort) -> Result<Vec<ProjectId>, IndexError> {
        if sort == Sort::Relevance {
            // Without words nothing is scored, and the register's order stands.
            if scored.iter().any(|(_, score)| *score > 0.0) {
                let values = self.values()?;
                scored.sort_by_cached_key(|(id, score)| (Reverse(Ranked(*score)), Reverse(values.newest(*id)), *id));
            }
            return Ok(scored.into_iter().map(|(project, _)| project).collect());
        }
        if matches!(sort, Sort::Newest | Sort::Ending) {
            return self.in_order_of_time(scored, sort);
        }
        let mut rows: Vec<(ProjectId, Row)> = scored
            .into_iter()
            .map(|(project, _)| Ok((project, self.row(project)?)))
            .collect::<Result<_, IndexError>>()?;
        match sort {
            Sort::Title => rows.sort_by_cached_key(|(id, row)| (row.title.is_none(), folded(row.title.as_ref()), *id)),
            Sort::Organisation => rows.sort_by_cached_key(|(id, row)| {
                (crate::text::fold(&row.organisation), folded(row.title.as_ref()), *id)
            }),
            Sort::Concerns => rows.sort_by_cached_key(|(id, row)| (Reverse(weights(row)), *id)),
            Sort::Files => rows.sort_by_key(|(id, row)| (Reverse(row.files), *id)),
            // These need no rows.
            Sort::Relevance | Sort::Newest | Sort::Ending => {}
        }
        Ok(rows.into_iter().map(|(project, _)| project).collect())
    }

    fn in_order_of_time(&self, scored: Vec<(ProjectId, f32)>, sort: Sort) -> Result<Vec<ProjectId>, IndexError> {
        let values = self.values()?;
        let mut projects: Vec<ProjectId> = scored.into_iter().map(|(project, _)| project).collect();
        if sort == Sort::Newest {
            projects.sort_by_key(|id| (Reverse(values.newest(*id)), *id));
            return Ok(projects);
        }
        let today = self.header.edition.date.map(Date::first_day);
        projects.sort_by_key(|id| {
            let end = values.end(*id);
            let is_over = end.zip(today).is_some_and(|(end, today)| end.last_day() < today);
            // What is to come first, soonest first; then what is over, latest first; then what is not told.
            let (coming, over) = if is_over { (None, end) } else { (end, None) };
            (coming.is_none(), coming, Reverse(over), *id)
        });
        Ok(projects)
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

/// How many concerns of each severity, gravest first.
fn weights(row: &Row) -> [usize; 3] {
    let mut counts = [0; 3];
    for (_, severity) in &row.concerns {
        counts[*severity as usize] += 1;
    }
    counts
}

fn folded(title: Option<&String>) -> String {
    title.map(|title| crate::text::fold(title)).unwrap_or_default()
}
