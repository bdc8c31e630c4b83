//! Examining: every rule over every project of an edition.

use crate::register::Register;

use super::case::Case;
use super::prose::proses;
use super::rules::{Around, RULES};
use super::{Examination, Findings, Passage, Settings, SharedWording, parallel};

/// Applies the whole catalogue to an edition.
///
/// Every project is judged by its own entry; what compares entries with one another (mixed answers for one
/// organisation, the words that most entries share) is worked out once beforehand.
pub fn examine(register: &Register) -> Examination {
    examine_with(register, Settings::built_in())
}

/// The same, by settings of the user's own.
pub fn examine_with(register: &Register, settings: &Settings) -> Examination {
    let proses = proses(register);
    let around = Around::new(register, &proses, settings);
    let projects = parallel::map(&register.projects, |number, project| {
        let case = Case::new(register, settings, number, project).map(|case| case.reading(&proses[number]));
        case.map_or_else(Findings::default, |case| findings(&case, &around))
    });
    Examination { projects, edition: around.edition_findings() }
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
