//! The rules on the published files: every figure that is known of them comes out. Skipped where they are not at hand.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use crate::support::published;
use outflow::concerns::{
    Concern, Examination, Findings, NearText, RuleId, Severity, examine, measured, near_wordings, tally,
};
use outflow::import;
use outflow::register::{OptOutState, Register, Release, Version};

/// A published file and what the rules say of it, once for all tests.
type Published = OnceLock<Option<(Register, Examination)>>;

fn workbook() -> Option<&'static (Register, Examination)> {
    static WORKBOOK: Published = OnceLock::new();
    WORKBOOK.get_or_init(|| read(published::WORKBOOK)).as_ref()
}

fn page() -> Option<&'static (Register, Examination)> {
    static PAGE: Published = OnceLock::new();
    PAGE.get_or_init(|| read(published::PAGE)).as_ref()
}

fn read(name: &str) -> Option<(Register, Examination)> {
    let file = published::file(name)?;
    let register = import::read(&[file], None, &mut |_| {}).unwrap().register;
    let examination = examine(&register);
    Some((register, examination))
}

fn findings<'a>(register: &Register, examination: &'a Examination, reference: &str) -> &'a Findings {
    let at = register.projects.iter().position(|project| project.reference == reference).unwrap();
    &examination.projects[at]
}

/// The findings of a rule, each once.
fn of_rule(examination: &Examination, rule: RuleId) -> Vec<&Concern> {
    let mut keys = BTreeSet::new();
    let concerns = examination.projects.iter().flat_map(|findings| &findings.concerns);
    concerns.filter(|concern| concern.rule == rule && keys.insert(&concern.key)).collect()
}

fn files_by_severity(concerns: &[&Concern]) -> [usize; 3] {
    let mut files = [0; 3];
    for concern in concerns {
        files[concern.severity as usize] += concern.files;
    }
    files
}

#[test]
fn mixed_answers_are_67_pairs_at_23_organisations() {
    let Some((register, examination)) = workbook() else { return };
    let mixed = of_rule(examination, RuleId::MixedOptOuts);
    let organisations: BTreeSet<&str> =
        mixed.iter().flat_map(|concern| &concern.organisations).map(String::as_str).collect();
    assert_eq!((mixed.len(), organisations.len()), (67, 23));
    let of = |severity| mixed.iter().filter(|concern| concern.severity == severity).count();
    assert_eq!((of(Severity::High), of(Severity::Medium), of(Severity::Note)), (5, 25, 37));
    // Both sides are quoted from rows that hold what is claimed.
    for concern in mixed {
        let answers: BTreeSet<&str> =
            concern.evidence.iter().map(|row| row.quote.rsplit(" | ").next().unwrap()).collect();
        assert_eq!(answers, BTreeSet::from(["N", "Y"]), "{}", concern.statement);
        for evidence in &concern.evidence {
            let releases = register.projects.iter().flat_map(outflow::register::Project::releases);
            assert_eq!(releases.filter(|release| release.place == evidence.place).count(), 1);
        }
    }
}

#[test]
fn identifiable_files_are_weighed_by_what_they_went_out_on() {
    let Some((register, examination)) = workbook() else { return };
    let identifiable = of_rule(examination, RuleId::IdentifiableOptOutsNotApplied);
    assert_eq!(files_by_severity(&identifiable), [11, 30, 396]);
    let rows: Vec<_> = register
        .projects
        .iter()
        .flat_map(|project| &project.versions)
        .flat_map(|version| version.releases.iter().map(move |release| (version, release)))
        .filter(|(_, release)| {
            release.is_file() && release.is_identifiable() && release.opt_outs == OptOutState::NotApplied
        })
        .collect();
    let named = |(version, release): &(&'_ Version, &'_ Release)| {
        release.organisation.as_ref().map_or_else(|| version.organisation.clone(), String::from)
    };
    assert_eq!(rows.len(), 437);
    assert_eq!(rows.iter().map(named).collect::<BTreeSet<_>>().len(), 138);
    let on_consent =
        |release: &Release| release.legal_basis.as_deref().unwrap().starts_with("Informed Patient consent");
    assert_eq!(rows.iter().filter(|(_, release)| on_consent(release)).count(), 278);
    let tallied = tally(examination);
    let tallied = tallied.iter().find(|tally| tally.rule == RuleId::IdentifiableOptOutsNotApplied).unwrap();
    assert_eq!((tallied.files, tallied.organisations), (437, 138));
    assert!(identifiable.iter().all(|concern| !concern.statement.contains("reason")));
}

#[test]
fn what_most_entries_say_is_said_once() {
    let Some((_, examination)) = workbook() else { return };
    let said: Vec<RuleId> = examination.edition.iter().map(|finding| finding.rule).collect();
    assert_eq!(said, [RuleId::VagueLegalBasis, RuleId::TracingRequests]);
    assert!(
        examination.edition[0].statement.starts_with("4263 of the 5776 rows"),
        "{}",
        examination.edition[0].statement
    );
    let vague = of_rule(examination, RuleId::VagueLegalBasis);
    assert_eq!(vague.len(), 2);
    assert!(vague.iter().all(|concern| !concern.statement.contains("\"Health and Social Care Act 2012\"")));
}

#[test]
fn four_references_of_the_workbook_lack_a_section() {
    let Some((register, examination)) = workbook() else { return };
    let lacking: Vec<&str> = register
        .projects
        .iter()
        .zip(&examination.projects)
        .filter(|(_, findings)| findings.concerns.iter().any(|concern| concern.rule == RuleId::EmptySection))
        .map(|(project, _)| project.reference.as_str())
        .collect();
    let expected = ["DARS-NIC-147774-MZT95", "DARS-NIC-147867-D8128", "DARS-NIC-147948-6MSGP", "DARS-NIC-291938-R6V3V"];
    assert_eq!(BTreeSet::from_iter(lacking), BTreeSet::from(expected));
}

#[test]
fn the_workbook_cannot_tell_what_it_does_not_record() {
    let Some((register, examination)) = workbook() else { return };
    for findings in &examination.projects {
        let unknown: Vec<RuleId> = findings.cannot_tell.iter().map(|unknown| unknown.rule).collect();
        for rule in [RuleId::ExpiredFateUnknown, RuleId::Commercial, RuleId::Sublicensing] {
            assert!(unknown.contains(&rule), "{rule}");
        }
        assert!(findings.concerns.iter().all(|concern| !unknown.contains(&concern.rule)));
    }
    let sent: usize = of_rule(examination, RuleId::FilesDisseminated).iter().map(|concern| concern.files).sum();
    assert_eq!(sent, 5576);
    assert_eq!(examination.projects.len(), register.projects.len());
}

/// All rows of the sheet of purpose statements: organisation and objectives, as calamine alone reads them.
fn objectives() -> Option<Vec<(String, String)>> {
    use calamine::{Data, Reader};
    let file = published::file(published::WORKBOOK)?;
    let mut workbook = calamine::open_workbook_auto(file).unwrap();
    let sheet = workbook.worksheet_range("PurposeStatements").unwrap();
    let cell = |row: &[Data], at: usize| row.get(at).map(ToString::to_string).unwrap_or_default();
    Some(sheet.rows().skip(1).map(|row| (cell(row, 1).trim().to_lowercase(), cell(row, 2))).collect())
}

#[test]
fn the_objectives_of_608_of_838_statements_are_shared_wording() {
    let Some(rows) = objectives() else { return };
    let owners: BTreeSet<&str> = rows.iter().map(|(organisation, _)| organisation.as_str()).collect();
    let number = |name: &str| u32::try_from(owners.iter().position(|known| *known == name).unwrap()).unwrap();
    let texts: Vec<NearText<'_>> = rows
        .iter()
        .enumerate()
        .map(|(of, (organisation, text))| NearText { of, owner: number(organisation), text })
        .collect();
    let found = near_wordings(&texts, 70, 3);
    assert_eq!((texts.len(), found.shared.iter().flatten().count()), (838, 608));
    // Only commissioners and councils use the publisher's templates.
    for (organisation, _) in rows.iter().zip(&found.shared).filter(|(_, shared)| shared.is_some()).map(|(row, _)| row) {
        let is_commissioner = ["ccg", "council", "borough", "csu", "commissioning", "city of", "nhs "];
        assert!(is_commissioner.iter().any(|part| organisation.contains(part)), "{organisation}");
    }
}

#[test]
fn the_seeds_concerns_are_what_its_entries_show() {
    let Some((register, examination)) = page() else { return };
    let rules = |reference: &str| -> Vec<(RuleId, Severity)> {
        let concerns = &findings(register, examination, reference).concerns;
        concerns.iter().map(|concern| (concern.rule, concern.severity)).collect()
    };
    assert_eq!(
        rules("NIC-791919-T4Y0Y"),
        [
            (RuleId::OptOutsNotApplied, Severity::Note),
            (RuleId::FilesDisseminated, Severity::Note),
            (RuleId::UnmeasurableBenefits, Severity::Note),
        ]
    );
    assert_eq!(
        rules("NIC-615998-S4B4H"),
        [
            (RuleId::Sublicensing, Severity::High),
            (RuleId::SublicensingUnexplained, Severity::Medium),
            (RuleId::EmptySection, Severity::Medium),
            (RuleId::UnmeasurableBenefits, Severity::Note),
            (RuleId::NoOversightRecorded, Severity::Note),
        ]
    );
    let unknown: Vec<RuleId> =
        findings(register, examination, "NIC-615998-S4B4H").cannot_tell.iter().map(|unknown| unknown.rule).collect();
    assert_eq!(
        unknown,
        [
            RuleId::MixedOptOuts,
            RuleId::S251OptOutsNotApplied,
            RuleId::IdentifiableOptOutsNotApplied,
            RuleId::OptOutAnswerChanged,
            RuleId::OptOutsNotApplied,
            RuleId::OptOutsNotStated,
            RuleId::AnonymisedYetS251,
            RuleId::FilesDisseminated,
            RuleId::NeverTre,
            RuleId::MonthlyFiles,
            RuleId::ReleasedAfterExpiry,
            RuleId::ReleasedOutsideTerm,
            RuleId::ExpiredFateUnknown,
            RuleId::GapInAgreement,
            RuleId::TermOverLimit,
            RuleId::ImpossibleDate,
            RuleId::ScopeGrew,
            RuleId::IdentifiableSensitiveCommercial,
            RuleId::NoYieldedBenefits,
            RuleId::Boilerplate,
            RuleId::FrozenText,
            RuleId::DatasetNotInAgreement,
            RuleId::RowContradictsAgreement,
        ]
    );
}

#[test]
fn the_figures_of_false_alarms_are_of_what_the_rules_find() {
    let Some((register, examination)) = workbook() else { return };
    let tallies = tally(examination);
    for tally in &tallies {
        if let Some(measured) = measured(tally.rule) {
            assert_eq!(measured.findings, tally.findings, "{}", tally.rule);
            continue;
        }
        // Rules that compare editions or read the user's list answer elsewhere, and never of this file alone.
        let untold = tally.cannot_tell == register.projects.len() || tally.cannot_tell == 0;
        assert!(tally.findings == 0 && untold, "{} is not measured", tally.rule);
    }
}
