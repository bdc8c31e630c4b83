//! Boilerplate: texts that several organisations publish in nearly the same words, and sentences that they share.
//!
//! Texts are compared by their sequences of five words. Which pairs are worth comparing is told by MinHash signatures in
//! bands (A. Broder, "On the resemblance and containment of documents", 1997), so that the cost grows with the register
//! and not with its square; whether a pair is nearly the same is then counted exactly.

mod near;
mod shingles;

use std::collections::{HashMap, HashSet};

pub use near::{NearText, Wordings, near_wordings};

use super::prose::{Prose, SharedSentences};
use super::{Settings, parallel};
use crate::names::Names;
use crate::register::{Register, Section};

/// Who publishes each project, as a number: equal for all spellings of one organisation.
pub(super) fn owners(register: &Register) -> Vec<u32> {
    let names = Names::built_in();
    let applicant = |project: &crate::register::Project| {
        project.latest().map(|version| version.organisation.clone()).unwrap_or_default()
    };
    let applicants: Vec<String> = register.projects.iter().map(applicant).collect();
    let spellings: HashSet<&str> = applicants.iter().map(String::as_str).collect();
    let codes = names.codes(spellings);
    let mut numbers = HashMap::new();
    let mut known: HashMap<&str, u32> = HashMap::new();
    let mut owners = Vec::with_capacity(applicants.len());
    for applicant in &applicants {
        let number = known.get(applicant.as_str()).copied().unwrap_or_else(|| {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            *numbers.entry(names.organisation_key_among(&codes, applicant)).or_insert(next)
        });
        known.insert(applicant, number);
        owners.push(number);
    }
    owners
}

/// The wordings of one section over the latest versions of an edition, each text by the number of its project.
pub(super) fn wordings(register: &Register, owners: &[u32], section: Section, settings: &Settings) -> Wordings {
    let mut texts = Vec::new();
    for (number, project) in register.projects.iter().enumerate() {
        let Some(latest) = project.latest() else { continue };
        let mut seen: Vec<&str> = Vec::new();
        for text in latest.statements.iter().filter_map(|statement| statement.sections.get(section)) {
            if !seen.contains(&text) {
                seen.push(text);
                texts.push(NearText { of: number, owner: owners[number], text });
            }
        }
    }
    let thresholds = &settings.thresholds;
    near_wordings(&texts, thresholds.near_wording, thresholds.near_organisations)
}

/// The sentences of an edition's latest versions that so many organisations use as the settings say.
pub(super) fn shared_sentences(register: &Register, owners: &[u32], settings: &Settings) -> SharedSentences {
    let enough = settings.thresholds.shared_sentence;
    let marks = parallel::map(&register.projects, |_, project| -> Vec<u64> {
        let prose = Prose::of_latest(register, project);
        prose.sentences.iter().filter_map(|sentence| sentence.mark).collect()
    });
    // Pairs in order: what one sentence's users are, side by side.
    let mut used: Vec<(u64, u32)> = Vec::with_capacity(marks.iter().map(Vec::len).sum());
    for (marks, owner) in marks.into_iter().zip(owners) {
        used.extend(marks.into_iter().map(|mark| (mark, *owner)));
    }
    used.sort_unstable();
    used.dedup();
    used.chunk_by(|one, other| one.0 == other.0).filter(|users| users.len() >= enough).map(|users| users[0].0).collect()
}
