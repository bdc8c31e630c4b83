//! Examining: every rule over every project of an edition.

use crate::register::{Project, Register};

use super::case::Case;
use super::prose::Prose;
use super::rules::{Around, RULES};
use super::{EditionFinding, Examination, Findings, Passage, Settings, SharedWording, parallel};

/// So many projects are examined side by side before their findings are given away. What is found takes as much memory as the
/// register itself, and of a large one would not fit beside it.
const SHARE: usize = 256;

/// An examination that goes on while its findings are taken.
pub struct Examining<'a> {
    /// Findings about the edition as a whole.
    pub edition: Vec<EditionFinding>,
    /// Those of each project, in the register's order.
    pub projects: Box<dyn Iterator<Item = Findings> + 'a>,
}

impl<'a> Examining<'a> {
    /// The same, with something that is done once all findings have been taken.
    #[must_use]
    pub fn then(self, after: impl FnOnce() + 'a) -> Self {
        let end = std::iter::once_with(after).filter_map(|()| None);
        Self { projects: Box::new(self.projects.chain(end)), ..self }
    }
}

impl From<Examination> for Examining<'_> {
    fn from(known: Examination) -> Self {
        Self { edition: known.edition, projects: Box::new(known.projects.into_iter()) }
    }
}

/// Applies the whole catalogue to an edition.
///
/// Every project is judged by its own entry; what compares entries with one another (mixed answers for one
/// organisation, the words that most entries share) is worked out once beforehand.
pub fn examine(register: &Register) -> Examination {
    examine_with(register, Settings::built_in())
}

/// The same, by settings of the user's own.
pub fn examine_with(register: &Register, settings: &Settings) -> Examination {
    let Examining { edition, projects } = examining(register, settings);
    Examination { projects: projects.collect(), edition }
}

/// The same, with the findings of each project worked out as they are taken.
pub fn examining<'a>(register: &'a Register, settings: &'a Settings) -> Examining<'a> {
    let around = Around::new(register, settings);
    let edition = around.edition_findings();
    let shares = (0..).step_by(SHARE).zip(register.projects.chunks(SHARE));
    let projects = shares.flat_map(move |(first, share)| {
        parallel::map(share, |at, project| findings_of(register, settings, first + at, project, &around))
    });
    Examining { edition, projects: Box::new(projects) }
}

fn findings_of(
    register: &Register,
    settings: &Settings,
    number: usize,
    project: &Project,
    around: &Around,
) -> Findings {
    // Cut anew for each project, and not kept from when its sentences were counted: those of all take much memory.
    let prose = Prose::of_latest(register, project);
    let case = Case::new(register, settings, number, project).map(|case| case.reading(&prose));
    case.map_or_else(Findings::default, |case| findings(&case, around))
}

fn findings(case: &Case<'_>, around: &Around) -> Findings {
    let mut findings = Findings::default();
    for (id, rule) in RULES {
        let answer = rule(case, around);
        debug_assert!(answer.concerns.iter().all(|concern| concern.rule == *id), "{id} answers under another name");
        debug_assert!(answer.cannot_tell.iter().all(|unknown| unknown.rule == *id), "{id} answers under another name");
        findings.concerns.extend(answer.concerns);
        findings.cannot_tell.extend(answer.cannot_tell);
    }
    findings.shared = shared_wording(case, around);
    findings.sort();
    findings
}

/// What of the entry's words others use too: sentences that stand side by side are one passage.
fn shared_wording(case: &Case<'_>, around: &Around) -> SharedWording {
    if case.why_unread().is_some() || !around.can_share(case.settings) {
        return SharedWording::default();
    }
    let prose = case.prose();
    let groups = around.wording_groups(case.number);
    let mut wording = SharedWording { sentences: prose.sentences.len(), groups, ..SharedWording::default() };
    let mut before = None;
    for (at, sentence) in prose.numbered().filter(|(_, sentence)| sentence.is_shared(&around.shared)) {
        wording.shared += 1;
        match wording.passages.last_mut() {
            Some(last) if before.is_some_and(|before| before + 1 == at) && last.section == sentence.section => {
                last.range.end = sentence.range.end;
            }
            _ => wording.passages.push(Passage { section: sentence.section, range: sentence.range.clone() }),
        }
        before = Some(at);
    }
    wording
}

impl Findings {
    /// Concerns gravest first, then in the catalogue's order; so too what could not be answered.
    pub(crate) fn sort(&mut self) {
        self.concerns.sort_by_key(|concern| (concern.severity, concern.rule));
        self.cannot_tell.sort_by_key(|unknown| unknown.rule);
    }
}
