//! What lies over an edition: what other editions say of it, what the user's own lists and settings find, and what the user
//! has dismissed and marked. An index on disk never changes, and holds what follows from its own edition alone.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use super::marked::LaidMarks;
use super::marks::Marks;
use super::{Header, Index, IndexError, ProjectId, Record, References, Row, tables};
use crate::changes::ProjectFingerprint;
use crate::concerns::{
    CannotTell, Concern, Dismissal, Examination, Findings, Overlay, RuleId, Stand, Tallies, WordingGroups, tally,
};
use crate::register::plain_reference;

/// An overlay, by the projects of the index.
#[derive(Debug, Clone)]
pub(super) struct Laid {
    pub(super) header: Header,
    added: Arc<Added>,
    dismissals: HashMap<ProjectId, Vec<Dismissal>>,
    pub(super) marks: LaidMarks,
}

/// What the rules of the overlay say.
#[derive(Debug, Default)]
struct Added {
    concerns: HashMap<ProjectId, Vec<Concern>>,
    untold: HashMap<ProjectId, Vec<CannotTell>>,
    cannot_tell: Vec<CannotTell>,
    /// What stands in place of the stored findings, of all projects.
    examined: Option<Vec<Findings>>,
}

impl Laid {
    /// Adds to what the rules say of a project, and puts last what is dismissed.
    pub(super) fn add_to(&self, project: ProjectId, record: &mut Record) {
        let Record { findings, dismissals, .. } = record;
        if let Some(examined) = self.examined(project) {
            *findings = examined.clone();
        }
        let found = self.of(project);
        findings.concerns.extend(found.iter().cloned());
        // One neighbour can tell what another cannot.
        let is_untold = |unknown: &&CannotTell| found.iter().all(|concern| concern.rule != unknown.rule);
        let untold = self.added.untold.get(&project).map_or(&[][..], Vec::as_slice);
        findings.cannot_tell.extend(self.added.cannot_tell.iter().chain(untold).filter(is_untold).cloned());
        findings.sort();
        if let Some(dismissed) = self.dismissals.get(&project) {
            dismissals.clone_from(dismissed);
            put_last(record);
        }
        record.marks = self.marks.of(project).cloned().unwrap_or_default();
    }

    /// Adds to the concerns that a list shows.
    pub(super) fn add_to_row(&self, project: ProjectId, row: &mut Row) {
        if let Some(examined) = self.examined(project) {
            row.concerns.clear();
            tables::add_gravest(&mut row.concerns, &examined.concerns);
        }
        tables::add_gravest(&mut row.concerns, self.of(project));
    }

    /// A bit for each rule that found something; `own` are those that are stored.
    pub(super) fn bits(&self, project: ProjectId, own: u64) -> u64 {
        let bits = |concerns: &[Concern]| super::bits(concerns.iter().map(|found| found.rule));
        let own = self.examined(project).map_or(own, |examined| bits(&examined.concerns));
        own | bits(self.of(project))
    }

    /// Whether the rules say something else of a project than what is stored.
    pub(super) fn changes(&self, project: ProjectId) -> bool {
        self.has_dismissed(project) || self.added.examined.is_some() || !self.of(project).is_empty()
    }

    /// Whether the user has dismissed something of a project.
    pub(super) fn has_dismissed(&self, project: ProjectId) -> bool {
        self.dismissals.contains_key(&project)
    }

    /// The groups of nearly equal texts, where they are found anew.
    pub(super) fn wording_groups(&self) -> Option<Vec<WordingGroups>> {
        let examined = self.added.examined.as_ref()?;
        Some(examined.iter().map(|findings| findings.shared.groups.clone()).collect())
    }

    fn examined(&self, project: ProjectId) -> Option<&Findings> {
        self.added.examined.as_ref()?.get(project.0 as usize)
    }

    /// A bit for each rule that cannot tell of a project: one neighbour can tell what another cannot.
    /// `own` are those that are stored.
    pub(super) fn unsure_bits(&self, project: ProjectId, own: u64) -> u64 {
        let bits = |unknown: &[CannotTell]| super::bits(unknown.iter().map(|one| one.rule));
        let own = self.examined(project).map_or(own, |examined| bits(&examined.cannot_tell));
        let of_project = self.added.untold.get(&project).map_or(0, |untold| bits(untold));
        let found = super::bits(self.of(project).iter().map(|found| found.rule));
        own | ((bits(&self.added.cannot_tell) | of_project) & !found)
    }

    fn of(&self, project: ProjectId) -> &[Concern] {
        self.added.concerns.get(&project).map_or(&[], Vec::as_slice)
    }
}

/// Puts the findings that are dismissed behind the others, each part in its order.
fn put_last(record: &mut Record) {
    let is_dismissed: Vec<bool> =
        record.findings.concerns.iter().map(|concern| matches!(record.stand(concern), Stand::Dismissed(_))).collect();
    let concerns = std::mem::take(&mut record.findings.concerns);
    let (last, first): (Vec<_>, Vec<_>) = concerns.into_iter().zip(is_dismissed).partition(|(_, dismissed)| *dismissed);
    record.findings.concerns.extend(first.into_iter().chain(last).map(|(concern, _)| concern));
}

/// What a list shows of a project of which something was dismissed: the rest.
pub(super) fn judge_row(record: &Record, row: &mut Row) {
    let is_open = |concern: &&Concern| !matches!(record.stand(concern), Stand::Dismissed(_));
    row.concerns.clear();
    tables::add_gravest(&mut row.concerns, record.findings.concerns.iter().filter(is_open));
}

impl Index {
    /// For each project the groups of nearly equal texts that its own belong to.
    ///
    /// # Errors
    /// Where the file is damaged.
    pub(super) fn wording_groups(&self) -> Result<Vec<WordingGroups>, IndexError> {
        let anew = self.laid.get().and_then(Laid::wording_groups);
        anew.map_or_else(|| self.kept.wordings.binary(), Ok)
    }

    /// The fingerprints of its projects, in the register's order.
    ///
    /// # Errors
    /// Where the file is damaged.
    pub fn fingerprints(&self) -> Result<Vec<ProjectFingerprint>, IndexError> {
        self.kept.fingerprints.binary()
    }

    /// Lays an overlay over the edition, once, and what the user has marked: its concerns stand among those of the projects
    /// from now on.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn lay_over(&self, overlay: Overlay, marks: &Marks) -> Result<(), IndexError> {
        let Overlay { projects, cannot_tell, edition, sources, untold, lists, examined, settings, dismissals } =
            overlay;
        let names_some = !(projects.is_empty() && untold.is_empty());
        let ids = if names_some { self.projects_by_stem()? } else { BTreeMap::new() };
        let mut header = self.header.clone();
        if let Some(Examination { edition, .. }) = &examined {
            header.findings.clone_from(edition);
        }
        let mut added = Added {
            concerns: by_project(&ids, projects),
            untold: by_project(&ids, untold),
            cannot_tell,
            examined: None,
        };
        header.sources.extend(sources);
        header.findings.extend(edition);
        (header.lists, header.settings) = (lists, settings);
        if let Some(examination) = examined {
            header.tallies = tally(&examination);
            added.examined = Some(examination.projects);
        }
        count(&mut header, &added);
        let laid = Laid { header, added: Arc::new(added), dismissals: HashMap::new(), marks: LaidMarks::default() };
        // Whoever was first has laid the same.
        let _ = self.laid.set(self.marking(self.dismissing(laid, dismissals)?, marks)?);
        Ok(())
    }

    /// The same edition, with what lies over it, as the user judges it who has dismissed this and nothing else.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn judged_anew(&self, dismissals: Vec<Dismissal>) -> Result<Self, IndexError> {
        Ok(self.with_laid(self.dismissing(self.laid_over(), dismissals)?))
    }

    /// What lies over it.
    pub(super) fn laid_over(&self) -> Laid {
        self.laid.get().cloned().unwrap_or_else(|| Laid {
            header: self.header.clone(),
            added: Arc::default(),
            dismissals: HashMap::new(),
            marks: LaidMarks::default(),
        })
    }

    /// The same edition with something else over it.
    pub(super) fn with_laid(&self, laid: Laid) -> Self {
        Self {
            organisations: self.organisations.clone(),
            datasets: self.datasets.clone(),
            searcher: self.searcher.clone(),
            fields: self.fields.clone(),
            header: self.header.clone(),
            records: self.records.clone(),
            rows: self.rows.clone(),
            texts: self.texts.clone(),
            documents: self.documents.clone(),
            concerns: self.concerns.clone(),
            unsure: self.unsure.clone(),
            values: self.values.clone(),
            classes: self.classes.clone(),
            spellings: self.spellings.clone(),
            beginnings: self.beginnings.clone(),
            kept: self.kept.clone(),
            laid: OnceLock::from(laid),
        }
    }

    /// Puts what was dismissed into an overlay, in place of what was there, and counts it.
    fn dismissing(&self, mut laid: Laid, dismissals: Vec<Dismissal>) -> Result<Laid, IndexError> {
        laid.dismissals.clear();
        let ids = if dismissals.is_empty() { BTreeMap::new() } else { self.projects_by_stem()? };
        for dismissal in dismissals {
            if let Some(project) = ids.get(&plain_reference(&dismissal.reference)) {
                laid.dismissals.entry(*project).or_default().push(dismissal);
            }
        }
        let mut counts: HashMap<RuleId, usize> = HashMap::new();
        for project in laid.dismissals.keys() {
            let mut record = self.stored(*project)?;
            laid.add_to(*project, &mut record);
            let dismissed = record.findings.concerns.iter().rev().take(record.dismissed());
            for concern in dismissed {
                *counts.entry(concern.rule).or_default() += 1;
            }
        }
        for tally in &mut laid.header.tallies {
            tally.dismissed = counts.get(&tally.rule).copied().unwrap_or_default();
        }
        Ok(laid)
    }

    /// Its projects by their plain stem references.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn projects_by_stem(&self) -> Result<BTreeMap<String, ProjectId>, IndexError> {
        let references: References = self.kept.references.json()?;
        Ok(references.stems().map(plain_reference).zip((0..).map(ProjectId)).collect())
    }
}

fn by_project<T>(ids: &BTreeMap<String, ProjectId>, stems: BTreeMap<String, T>) -> HashMap<ProjectId, T> {
    stems.into_iter().filter_map(|(stem, found)| Some((*ids.get(&stem)?, found))).collect()
}

/// Counts what the overlay's rules found, and of how many projects they could not tell.
fn count(header: &mut Header, added: &Added) {
    let mut found = Tallies::default();
    added.concerns.values().for_each(|concerns| found.add_concerns(concerns));
    for laid in found.counted() {
        let of_rule = |unknown: &&CannotTell| unknown.rule == laid.rule;
        let is_untold = added.cannot_tell.iter().any(|unknown| of_rule(&unknown));
        let untold = added.untold.values().filter(|unknown| unknown.iter().any(|one| of_rule(&one))).count();
        let told = laid.projects;
        let Some(known) = header.tallies.iter_mut().find(|tally| tally.rule == laid.rule) else { continue };
        if laid.findings > 0 {
            *known = laid;
        }
        if is_untold {
            // Those of which a neighbour can tell are not among them.
            known.cannot_tell = header.counts.projects.saturating_sub(told);
        } else {
            known.cannot_tell += untold;
        }
    }
}
