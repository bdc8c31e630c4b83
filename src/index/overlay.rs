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
    /// What cannot be told of single projects.
    untold: HashMap<ProjectId, Vec<CannotTell>>,
}

impl Laid {
    /// Adds to what the rules say of a project.
    pub(super) fn add_to(&self, project: ProjectId, findings: &mut Findings) {
        let found = self.of(project);
        findings.concerns.extend(found.iter().cloned());
        // One neighbour can tell what another cannot.
        let is_untold = |unknown: &&CannotTell| found.iter().all(|concern| concern.rule != unknown.rule);
        findings.cannot_tell.extend(self.cannot_tell.iter().filter(is_untold).cloned());
        findings.cannot_tell.extend(self.untold.get(&project).into_iter().flatten().cloned());
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
        let Overlay { mut projects, cannot_tell, untold: mut of_single, edition, sources } = overlay;
        let (mut concerns, mut untold) = (HashMap::new(), HashMap::new());
        if !projects.is_empty() || !of_single.is_empty() {
            for (number, fingerprint) in (0..).zip(self.fingerprints()?) {
                let stem = plain_reference(&fingerprint.stem);
                if let Some(found) = projects.remove(&stem) {
                    concerns.insert(ProjectId(number), found);
                }
                if let Some(why) = of_single.remove(&stem) {
                    untold.insert(ProjectId(number), why);
                }
            }
        }
        let mut header = self.header.clone();
        header.sources.extend(sources);
        header.findings.extend(edition);
        count(&mut header, &concerns, &cannot_tell, &untold);
        // Whoever was first has laid the same.
        let _ = self.laid.set(Laid { header, concerns, cannot_tell, untold });
        Ok(())
    }
}

/// Counts what the overlay's rules found.
fn count(
    header: &mut Header,
    concerns: &HashMap<ProjectId, Vec<Concern>>,
    cannot_tell: &[CannotTell],
    untold: &HashMap<ProjectId, Vec<CannotTell>>,
) {
    let found = concerns.values().map(|found| Findings { concerns: found.clone(), cannot_tell: Vec::new() });
    let untold = untold.values().map(|untold| Findings { concerns: Vec::new(), cannot_tell: untold.clone() });
    let examination = Examination { projects: found.chain(untold).collect(), edition: Vec::new() };
    for laid in tally(&examination) {
        let is_untold = cannot_tell.iter().any(|unknown| unknown.rule == laid.rule);
        let Some(known) = header.tallies.iter_mut().find(|tally| tally.rule == laid.rule) else { continue };
        if laid.findings > 0 || laid.cannot_tell > 0 {
            *known = laid;
        }
        if is_untold {
            known.cannot_tell = header.counts.projects;
        }
    }
}
