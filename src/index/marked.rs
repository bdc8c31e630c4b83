//! What the user has marked, laid over an edition: by project, and counted for the edition as a whole.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::marks::{Marks, Mine, ProjectMarks, Tag};
use super::overlay::Laid;
use super::query::{TagSought, Test};
use super::{Index, IndexError, ProjectId};
use crate::register::plain_reference;

/// How much of an edition the user has marked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marked {
    /// How many projects in each way; those ways are left out in which none is.
    pub counts: Vec<(Mine, usize)>,
    /// The tags, and how many projects have each, most first.
    pub tags: Vec<(Tag, usize)>,
    /// Projects that are marked and that the edition does not list, by their references.
    pub elsewhere: Vec<String>,
}

/// The marks of an edition's projects.
#[derive(Debug, Clone, Default)]
pub(super) struct LaidMarks {
    projects: Arc<HashMap<ProjectId, ProjectMarks>>,
    /// Those with a note below which the text reads otherwise now.
    changed: Arc<BTreeSet<ProjectId>>,
}

impl LaidMarks {
    /// What is marked of a project.
    pub(super) fn of(&self, project: ProjectId) -> Option<&ProjectMarks> {
        self.projects.get(&project)
    }

    fn is(&self, project: ProjectId, mine: Mine) -> bool {
        match mine {
            Mine::Changed => self.changed.contains(&project),
            _ => self.of(project).is_some_and(|marks| marks.is(mine)),
        }
    }

    fn has_tag(&self, project: ProjectId, sought: &TagSought) -> bool {
        let is_sought = |tag: &Tag| {
            let folded = tag.folded();
            if sought.is_beginning { folded.starts_with(&sought.words) } else { folded == sought.words }
        };
        self.of(project).is_some_and(|marks| marks.tags.iter().any(is_sought))
    }

    /// The tags, and how many projects have each, most first.
    fn tags(&self) -> Vec<(Tag, usize)> {
        let mut counted: BTreeMap<String, (ProjectId, Tag, usize)> = BTreeMap::new();
        for (project, marks) in self.projects.iter() {
            for tag in &marks.tags {
                let entry = counted.entry(tag.folded()).or_insert_with(|| (*project, tag.clone(), 0));
                entry.2 += 1;
                // Typed in several ways it is shown as in the first project.
                if *project < entry.0 {
                    (entry.0, entry.1) = (*project, tag.clone());
                }
            }
        }
        let mut tags: Vec<(Tag, usize)> = counted.into_values().map(|(_, tag, count)| (tag, count)).collect();
        tags.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        tags
    }

    fn counted(&self, elsewhere: Vec<String>) -> Marked {
        let count = |mine| self.projects.keys().filter(|project| self.is(**project, mine)).count();
        let counts = Mine::ALL.into_iter().map(|mine| (mine, count(mine))).filter(|(_, count)| *count > 0);
        Marked { counts: counts.collect(), tags: self.tags(), elsewhere }
    }
}

impl Index {
    /// The same edition, with what lies over it, for a user who has marked this and nothing else.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn marked_anew(&self, marks: &Marks) -> Result<Self, IndexError> {
        Ok(self.with_laid(self.marking(self.laid_over(), marks)?))
    }

    /// Puts what is marked into an overlay, in place of what was there, and counts it.
    pub(super) fn marking(&self, mut laid: Laid, marks: &Marks) -> Result<Laid, IndexError> {
        let ids = if marks.projects.is_empty() { BTreeMap::new() } else { self.projects_by_stem()? };
        let (mut projects, mut changed, mut elsewhere) = (HashMap::new(), BTreeSet::new(), Vec::new());
        for marks in &marks.projects {
            let Some(id) = ids.get(&plain_reference(&marks.reference)) else {
                elsewhere.push(marks.reference.clone());
                continue;
            };
            let before = laid.marks.of(*id);
            if before.is_some_and(|before| before.notes == marks.notes) {
                // A bookmark changes nothing of what notes say, and texts need not be read again.
                changed.extend(laid.marks.changed.get(id));
            } else if !marks.notes.is_empty() {
                let project = self.stored(*id)?.project;
                if marks.notes.iter().any(|note| note.has_changed(&project, &self.header.edition)) {
                    changed.insert(*id);
                }
            }
            projects.insert(*id, marks.clone());
        }
        laid.marks = LaidMarks { projects: Arc::new(projects), changed: Arc::new(changed) };
        laid.header.marked = laid.marks.counted(elsewhere);
        Ok(laid)
    }

    /// For each project whether the user has marked it as asked for.
    pub(super) fn is_marked(&self, test: &Test) -> Vec<bool> {
        let ids = (0..u32::try_from(self.len()).unwrap_or(u32::MAX)).map(ProjectId);
        let Some(laid) = self.laid.get() else { return vec![false; self.len()] };
        let is_it = |project| match test {
            Test::Mine(wanted) => wanted.iter().any(|mine| laid.marks.is(project, *mine)),
            Test::Tag(sought) => laid.marks.has_tag(project, sought),
            _ => false,
        };
        ids.map(is_it).collect()
    }
}
