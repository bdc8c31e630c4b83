//! `boilerplate`: objectives or expected benefits in words that several organisations publish.

use std::collections::{BTreeSet, HashMap};

use crate::register::{Register, Section};
use crate::text::CELLS;

use super::super::boilerplate::wordings;
use super::super::case::{Answer, Case, Finding, count};
use super::super::prose::Prose;
use super::super::{Concern, Evidence, RuleId, Settings, Severity, parallel};
use super::Around;

/// The wordings of one section over an edition, by project.
pub(super) struct Shared {
    section: Section,
    groups: Vec<Group>,
    /// For each project its group, and a few others that publish nearly the same.
    of_project: Vec<Option<(usize, Vec<usize>)>>,
    /// How the texts of those others begin.
    quotes: HashMap<usize, Evidence>,
    /// For each project all groups that a text of its own belongs to, in order.
    members: Vec<Vec<u32>>,
}

/// Projects whose texts are nearly the same, each as another of them.
struct Group {
    projects: usize,
    organisations: usize,
}

impl Shared {
    pub(super) fn new(register: &Register, owners: &[u32], section: Section, settings: &Settings) -> Self {
        let found = wordings(register, owners, section, settings);
        let distinct = |places: &[usize], what: &dyn Fn(usize) -> usize| {
            let mut all: Vec<usize> = places.iter().map(|place| what(*place)).collect();
            all.sort_unstable();
            all.dedup();
            all.len()
        };
        let groups = found.groups.iter().map(|places| Group {
            projects: distinct(places, &|place| found.of[place]),
            organisations: distinct(places, &|place| owners[found.of[place]] as usize),
        });
        let groups = groups.collect();
        let mut of_project = vec![None; register.projects.len()];
        let mut shown = BTreeSet::new();
        for (place, group) in found.shared.iter().enumerate() {
            let project = found.of[place];
            if let (Some(group), None) = (group, &of_project[project]) {
                let others: Vec<usize> = found.neighbours[place].iter().map(|other| found.of[*other]).collect();
                shown.extend(others.iter().copied());
                of_project[project] = Some((*group, others));
            }
        }
        let mut members = vec![Vec::new(); register.projects.len()];
        for (number, places) in (0..).zip(&found.groups) {
            for place in places {
                let of_one: &mut Vec<u32> = &mut members[found.of[*place]];
                if of_one.last() != Some(&number) {
                    of_one.push(number);
                }
            }
        }
        let shown: Vec<usize> = shown.into_iter().collect();
        let quotes = parallel::map(&shown, |_, other| quote(register, *other, section));
        let quotes = shown.into_iter().zip(quotes).filter_map(|(other, quote)| Some((other, quote?))).collect();
        Self { section, groups, of_project, quotes, members }
    }

    /// The groups that a project belongs to, that of which the rule speaks first.
    pub(super) fn groups_of(&self, project: usize) -> Vec<u32> {
        let mut groups = self.members.get(project).cloned().unwrap_or_default();
        let told = self.of_project.get(project).and_then(Option::as_ref).map(|(number, _)| *number);
        groups.sort_by_key(|number| told != usize::try_from(*number).ok());
        groups
    }

    fn concern(&self, case: &Case<'_>) -> Option<Concern> {
        let (number, others) = self.of_project.get(case.number)?.as_ref()?;
        let group = self.groups.get(*number)?;
        let mut evidence: Vec<Evidence> = first(case.prose(), self.section).into_iter().collect();
        evidence.extend(others.iter().filter_map(|other| self.quotes.get(other)).cloned());
        let found = case.concern(Finding {
            rule: RuleId::Boilerplate,
            severity: Severity::Note,
            statement: format!(
                "The {} are nearly the same as those of {} or more other organisations. The wording runs through {} of \
                 {}, each nearly the same as another of them.",
                self.section.name().to_lowercase(),
                case.settings.thresholds.near_organisations,
                count(group.projects, "entry", "entries"),
                count(group.organisations, "organisation", "organisations"),
            ),
            evidence,
            files: 0,
        });
        Some(Concern { key: format!("{}|{}", found.key, self.section.key()), ..found })
    }
}

pub(super) fn answer(case: &Case<'_>, around: &Around) -> Answer {
    if let Some(why) = case.why_unread() {
        return Answer::cannot_tell(RuleId::Boilerplate, why);
    }
    // A page is about one organisation: what others publish stands on other pages.
    if case.is_of_one_organisation() {
        let why = "The edition holds the entries of one organisation, so there are no others to compare with.";
        return Answer::cannot_tell(RuleId::Boilerplate, why);
    }
    let found = [&around.objectives, &around.benefits].into_iter().filter_map(|shared| shared.concern(case));
    Answer { concerns: found.collect(), cannot_tell: None }
}

/// How another's text begins, below its reference and organisation.
fn quote(register: &Register, project: usize, section: Section) -> Option<Evidence> {
    let latest = register.projects.get(project)?.latest()?;
    let first = first(&Prose::of_section(latest, register.layout(latest)?, section), section)?;
    let quote = format!("{}{CELLS}{}\n{}", latest.reference, latest.organisation, first.quote);
    Some(Evidence { quote, ..first })
}

/// The first sentence of a section that is more than a heading, or the first of all.
fn first(prose: &Prose<'_>, section: Section) -> Option<Evidence> {
    let mut of_section = prose.numbered().filter(|(_, sentence)| sentence.section == section).peekable();
    let heading = of_section.peek().map(|(at, _)| *at);
    let sentence = of_section.find(|(_, sentence)| sentence.mark.is_some()).map(|(at, _)| at);
    prose.evidence(sentence.or(heading)?)
}
