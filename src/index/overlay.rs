//! What other editions say of this one, laid over it: an index on disk never changes, and holds what follows from its own
//! edition alone.

use std::collections::HashMap;

use super::{Header, Index, IndexError, ProjectId, Row, build, files};
use crate::changes::ProjectFingerprint;
use crate::concerns::{CannotTell, Concern, Examination, Findings, Overlay, tally};
use crate::register::plain_reference;

/// An overlay, by the projects of the index.
#[derive(Debug)]
pub(super) struct Laid {
    pub(super) header: Header,
    concerns: HashMap<ProjectId, Vec<Concern>>,
    cannot_tell: Vec<CannotTell>,
}

impl Laid {
    /// Adds to what the rules say of a project.
    pub(super) fn add_to(&self, project: ProjectId, findings: &mut Findings) {
        let found = self.of(project);
        findings.concerns.extend(found.iter().cloned());
        // One neighbour can tell what another cannot.
        let is_untold = |unknown: &&CannotTell| found.iter().all(|concern| concern.rule != unknown.rule);
        findings.cannot_tell.extend(self.cannot_tell.iter().filter(is_untold).cloned());
        findings.sort();
    }

    /// Adds to the concerns that a list shows.
    pub(super) fn add_to_row(&self, project: ProjectId, row: &mut Row) {
        build::add_gravest(&mut row.concerns, self.of(project));
    }

    /// A bit for each rule that found something.
    pub(super) fn bits(&self, project: ProjectId) -> u64 {
        self.of(project).iter().fold(0, |bits, concern| bits | super::bit(concern.rule))
    }

    /// A bit for each rule that cannot tell of a project: one neighbour can tell what another cannot.
    pub(super) fn unsure_bits(&self, project: ProjectId) -> u64 {
        let untold = self.cannot_tell.iter().fold(0, |bits, unknown| bits | super::bit(unknown.rule));
        untold & !self.bits(project)
    }

    fn of(&self, project: ProjectId) -> &[Concern] {
        self.concerns.get(&project).map_or(&[], Vec::as_slice)
    }
}

impl Index {
    /// The fingerprints of its projects, in the register's order.
    ///
    /// # Errors
    /// Where the file is damaged.
    pub fn fingerprints(&self) -> Result<Vec<ProjectFingerprint>, IndexError> {
        files::read_binary(self.directory.as_ref(), super::FINGERPRINTS)
    }

    /// Lays an overlay over the edition, once: its concerns stand among those of the projects from now on.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn lay_over(&self, overlay: Overlay) -> Result<(), IndexError> {
        let Overlay { mut projects, cannot_tell, edition, sources } = overlay;
        let mut concerns = HashMap::new();
        if !projects.is_empty() {
            for (number, fingerprint) in (0..).zip(self.fingerprints()?) {
                if let Some(found) = projects.remove(&plain_reference(&fingerprint.stem)) {
                    concerns.insert(ProjectId(number), found);
                }
            }
        }
        let mut header = self.header.clone();
        header.sources.extend(sources);
        header.findings.extend(edition);
        count(&mut header, &concerns, &cannot_tell);
        // Whoever was first has laid the same.
        let _ = self.laid.set(Laid { header, concerns, cannot_tell });
        Ok(())
    }
}

/// Counts what the overlay's rules found.
fn count(header: &mut Header, concerns: &HashMap<ProjectId, Vec<Concern>>, cannot_tell: &[CannotTell]) {
    let findings = |concerns: &Vec<Concern>| Findings { concerns: concerns.clone(), cannot_tell: Vec::new() };
    let examination = Examination { projects: concerns.values().map(findings).collect(), edition: Vec::new() };
    for laid in tally(&examination) {
        let is_untold = cannot_tell.iter().any(|unknown| unknown.rule == laid.rule);
        let found = laid.projects;
        let Some(known) = header.tallies.iter_mut().find(|tally| tally.rule == laid.rule) else { continue };
        if laid.findings > 0 {
            *known = laid;
        }
        if is_untold {
            known.cannot_tell = header.counts.projects.saturating_sub(found);
        }
    }
}
