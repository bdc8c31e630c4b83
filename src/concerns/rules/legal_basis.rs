//! The legal basis: none, or one that names no section.

use std::collections::BTreeMap;

use crate::register::{Field, Register, Release, Version};
use crate::text::fold;

use super::super::basis::names_provision;
use super::super::case::{Answer, Case, Finding, count, distinct, quoted, rows};
use super::super::{EditionFinding, RuleId, Severity, rule};

/// Editions with fewer rows than this have no usual words.
const ROWS_FOR_USUAL: usize = 10;

/// A vague basis that most of an edition gives.
pub(super) struct Usual {
    /// Folded, for comparing.
    folded: String,
    /// As it is first published.
    published: String,
    rows: usize,
    of: usize,
}

impl Usual {
    pub(super) fn finding(&self) -> EditionFinding {
        EditionFinding {
            rule: RuleId::VagueLegalBasis,
            statement: format!(
                "{} of the {} rows of this edition give \"{}\" as their legal basis, which names no section; it is said here \
                 once and not of each project.",
                self.rows, self.of, self.published
            ),
            caveat: rule(RuleId::VagueLegalBasis).caveat.to_owned(),
            references: Vec::new(),
        }
    }
}

/// The vague basis that over half of an edition's rows give, if one does.
pub(super) fn usual(register: &Register) -> Option<Usual> {
    let mut counts: BTreeMap<String, (&str, usize)> = BTreeMap::new();
    let mut of = 0;
    for version in register.projects.iter().flat_map(|project| &project.versions) {
        for basis in stated(version) {
            of += 1;
            counts.entry(fold(basis)).or_insert((basis, 0)).1 += 1;
        }
    }
    let (folded, (published, rows)) = counts.into_iter().max_by_key(|(_, (_, rows))| *rows)?;
    let is_usual = of >= ROWS_FOR_USUAL && rows * 2 > of && !names_provision(published);
    is_usual.then(|| Usual { folded, published: published.to_owned(), rows, of })
}

/// The bases that a version states: one a release row, or those of its entry.
fn stated(version: &Version) -> Vec<&str> {
    if version.releases.is_empty() {
        version.legal_bases.iter().map(String::as_str).collect()
    } else {
        version.releases.iter().filter_map(|release| release.legal_basis.as_deref()).collect()
    }
}

pub(super) fn absent(case: &Case<'_>) -> Answer {
    let without: Vec<&Release> = case.project.releases().filter(|release| release.legal_basis.is_none()).collect();
    let found = |statement: String, evidence, files| {
        let rule = RuleId::NoLegalBasis;
        Answer::one(case.concern(Finding { rule, severity: Severity::High, statement, evidence, files }))
    };
    // The entry's own bases, and those of its rows, stand in columns of their own.
    if case.lacks_column(Field::LegalBasis) {
        return Answer::cannot_tell(RuleId::NoLegalBasis, "The file that was read lacks a column of legal bases.");
    }
    if case.facts.legal_bases.is_empty() {
        let evidence = vec![case.field(Field::LegalBasis, "")];
        return found("The entry names no legal basis.".to_owned(), evidence, case.files().count());
    }
    if case.layout.lists_files() && !without.is_empty() {
        let rows_of = count(without.len(), "row", "rows");
        let files = without.iter().filter(|release| release.is_file()).count();
        return found(format!("{rows_of} of this entry name no legal basis."), rows(without.into_iter()), files);
    }
    Answer::silent()
}

pub(super) fn vague(case: &Case<'_>, usual: Option<&Usual>) -> Answer {
    let is_vague = |basis: &str| {
        !basis.is_empty() && !names_provision(basis) && usual.is_none_or(|usual| usual.folded != fold(basis))
    };
    let vague = distinct(case.legal_bases().filter(|basis| is_vague(basis)));
    if vague.is_empty() {
        return Answer::silent();
    }
    let named: Vec<&Release> = case
        .project
        .releases()
        .filter(|release| release.legal_basis.as_deref().is_some_and(|basis| vague.contains(&basis)))
        .collect();
    let files = named.iter().filter(|release| release.is_file()).count();
    let (bases, name) = if vague.len() == 1 { ("basis", "names") } else { ("bases", "name") };
    let statement = format!("The legal {bases} {} {name} no section, schedule, regulation or consent.", quoted(&vague));
    let mut evidence = rows(named.into_iter());
    if evidence.is_empty() {
        evidence = case.each(Field::LegalBasis, |version| {
            let here = version.legal_bases.iter().map(String::as_str).filter(|basis| vague.contains(basis));
            here.collect::<Vec<_>>().join("; ")
        });
    }
    let rule = RuleId::VagueLegalBasis;
    Answer::one(case.concern(Finding { rule, severity: Severity::Note, statement, evidence, files }))
}
