//! Importing the Data Uses Register workbook, of our own making: every column, and what is known to go wrong with it.

use std::path::Path;

use crate::support::disk::FIXTURE;
use crate::support::uses::{AGREEMENTS, DATASETS, FILES as RELEASES};
use crate::support::workbook::{Sheet, write};
use outflow::concerns::{self, RuleId};
use outflow::import::{self, Imported};
use outflow::register::{Layout, Listing, OptOutState, Project, ReleaseKind, Section, YesNo};

const OLD: &str = "DARS-NIC-00574-V2H1F-v2.9";
const NEW: &str = "DARS-NIC-00574-V2H1F-v2.10";
const ACT: &str = "Health and Social Care Act 2012 – s261(7)";
const ICB: &str = "NHS Bristol, North Somerset and South Gloucestershire ICB - 15C";
const HES: &str = "Hospital Episode Statistics Outpatients (HES OP)";

fn sheets() -> Vec<Sheet<'static>> {
    let long = "The study asks how long people wait for an appointment, and why some of them never come to it at all.";
    let newer = vec![
        NEW,
        "Waiting times",
        "UNIVERSITY OF FENLAND",
        "Academic",
        "UNIVERSITY OF FENLAND, NHS Bristol, North Somerset and South Gloucestershire ICB - 15C; ACME & SONS, INC.",
        "Joint Data Controller",
        "date:2023-02-01",
        "date:2024-01-31",
        "Yes",
        "Yes",
        long,
        long,
        long,
        long,
        "It worked.",
    ];
    let older = vec![
        OLD,
        "Waiting times",
        "UNIVERSITY OF FENLAND",
        "Academic",
        "UNIVERSITY OF FENLAND",
        "Sole Data Controller",
        "01/02/2021",
        "31/01/2023",
        "No",
        "No",
        long,
        long,
        long,
        long,
        "",
    ];
    let other = vec![
        "NIC-77777-AAAAA-v0.1",
        "Beds",
        ICB,
        "ICB - Integrated Care Board",
        ICB,
        "Sole Data Controller",
        "whenever",
        "",
        "Perhaps",
        "",
        long,
        "",
        "",
        "",
        "",
    ];
    let dataset =
        |reference, kind, confidentiality| vec![reference, HES, kind, "Sensitive", "One-Off", ACT, confidentiality];
    let file = |id, reference, kind, answer, frequency, month| {
        vec![id, reference, HES, kind, "Sensitive", answer, ACT, frequency, month]
    };
    vec![
        // The newer version stands first: order is by number.
        ("Agreements", vec![AGREEMENTS.to_vec(), newer, older, other]),
        (
            "Datasets",
            vec![
                DATASETS.to_vec(),
                dataset(NEW, "Identifiable", "Section 251 NHS Act 2006"),
                dataset(NEW, "Anonymised - ICO Code Compliant", "Does not include the flow of confidential data"),
                dataset(OLD, "Identifiable", "By word of mouth"),
                dataset("NIC-99999-ZZZZZ-v1.0", "Identifiable", ""),
            ],
        ),
        (
            "DataReleases",
            vec![
                RELEASES.to_vec(),
                file("FILE1", NEW, "Identifiable", "No", "One-Off", "Mar-23"),
                file("FILE2", NEW, "Identifiable", "Yes", "One-Off", "Mar-23"),
                file("FILE3", OLD, "Identifiable", "No", "System Access", "date:2021-07-01"),
                file("FILE4", OLD, "Identifiable", "Maybe", "One-Off", "Julember"),
                file("FILE5", "NIC-99999-ZZZZZ-v1.0", "Identifiable", "No", "One-Off", "Mar-23"),
                file("FILE6", "NIC-99999-ZZZZZ-v1.0", "Identifiable", "No", "One-Off", "Mar-23"),
            ],
        ),
    ]
}

fn read(folder: &Path, name: &str, sheets: &[Sheet<'_>]) -> Imported {
    import::read(&[write(folder, name, sheets)], None, &mut |_| {}).unwrap()
}

fn imported() -> Imported {
    read(tempfile::tempdir().unwrap().path(), "datausesregister_september2026.xlsx", &sheets())
}

fn project<'a>(imported: &'a Imported, reference: &str) -> &'a Project {
    imported.register.projects.iter().find(|project| project.reference == reference).unwrap()
}

fn said(imported: &Imported) -> Vec<String> {
    let warnings = imported.report.warnings.iter();
    warnings.map(|warning| format!("{}: {}", warning.place.clone().unwrap_or_default(), warning.message)).collect()
}

#[test]
fn every_column_of_an_agreement_is_read() {
    let imported = imported();
    let register = &imported.register;
    assert_eq!((register.edition.slug.as_str(), register.projects.len()), ("2026-09", 3));
    assert_eq!(register.sources[0].layout, Layout::DataUsesRegister);
    let waiting = project(&imported, "DARS-NIC-00574-V2H1F");
    let references: Vec<&str> = waiting.versions.iter().map(|version| version.reference.as_str()).collect();
    assert_eq!(references, [OLD, NEW]);
    let newest = waiting.latest().unwrap();
    assert_eq!(newest.title.as_deref(), Some("Waiting times"));
    assert_eq!(newest.organisation, "UNIVERSITY OF FENLAND");
    assert_eq!(newest.organisation_type.as_deref(), Some("Academic"));
    assert_eq!(newest.controllers, ["UNIVERSITY OF FENLAND", ICB, "ACME & SONS, INC."]);
    assert_eq!(newest.joint.as_deref(), Some("Joint Data Controller"));
    assert_eq!(newest.term.start.unwrap().to_string(), "2023-02-01");
    assert_eq!(newest.term.end.unwrap().to_string(), "2024-01-31");
    assert_eq!((newest.sublicensing.value, newest.commercial.value), (YesNo::Yes, YesNo::Yes));
    assert_eq!(newest.section(Section::YieldedBenefits).as_deref(), Some("It worked."));
    assert_eq!(waiting.versions[0].term.start.unwrap().to_string(), "2021-02-01");
    assert_eq!(newest.place.position.to_string(), "sheet Agreements, row 2");
}

#[test]
fn datasets_and_files_keep_their_own_values() {
    let imported = imported();
    let waiting = project(&imported, "DARS-NIC-00574-V2H1F");
    let newest = waiting.latest().unwrap();
    let kinds: Vec<_> = newest.datasets.iter().map(|dataset| dataset.type_of_data.as_deref().unwrap()).collect();
    assert_eq!(kinds, ["Identifiable", "Anonymised - ICO Code Compliant"]);
    assert_eq!(newest.datasets[0].confidentiality.as_deref(), Some("Section 251 NHS Act 2006"));
    assert_eq!(newest.datasets[0].place.as_ref().unwrap().position.to_string(), "sheet Datasets, row 2");
    assert_eq!(newest.opt_outs.state, OptOutState::Mixed);
    assert_eq!(newest.releases[0].month.unwrap().to_string(), "2023-03");
    assert_eq!(newest.releases[0].place.position.to_string(), "sheet DataReleases, row 2");
    let access = &waiting.versions[0].releases[0];
    assert_eq!((access.kind, access.month.unwrap().to_string()), (ReleaseKind::SystemAccess, "2021-07".to_owned()));
    assert_eq!(waiting.files().count(), 3);
}

#[test]
fn what_was_not_understood_is_named_with_its_row() {
    let imported = imported();
    let said = said(&imported);
    for part in [
        "sheet Agreements, row 4: DSA Start Date \"whenever\" is no date",
        "sheet Agreements, row 4: Does Sublicensing Apply \"Perhaps\" is neither Yes nor No",
        "sheet Datasets, row 4: the confidentiality basis \"By word of mouth\" is not known",
        "sheet Datasets, row 5: 1 row names NIC-99999-ZZZZZ-v1.0, which has no agreement",
        "sheet DataReleases, row 5: the opt-out answer \"Maybe\"",
        "sheet DataReleases, row 5: \"Julember\" is no month",
        "sheet DataReleases, row 6: 2 rows name NIC-99999-ZZZZZ-v1.0",
    ] {
        assert!(said.iter().any(|warning| warning.starts_with(part)), "{part} is not in {said:#?}");
    }
    assert_eq!(said.len(), 7, "{said:#?}");
    let other = project(&imported, "NIC-77777-AAAAA").latest().unwrap();
    assert_eq!(other.sublicensing.as_published.as_deref(), Some("Perhaps"));
}

#[test]
fn headings_are_read_as_people_read_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut sheets = sheets();
    sheets[0].1[0][0] = "REFERENCE  number (as agreed)";
    sheets[0].1[0][8] = "Does Sub-licensing Apply?";
    sheets[0].1[0][11] = "Colour";
    sheets.push(("Notes", vec![vec!["nothing"]]));
    let imported = read(folder.path(), "datausesregister_july2024.xlsx", &sheets);
    let newest = project(&imported, "DARS-NIC-00574-V2H1F").latest().unwrap().clone();
    assert_eq!((imported.register.edition.slug.as_str(), newest.sublicensing.value), ("2024-07", YesNo::Yes));
    assert_eq!(newest.section(Section::Processing), None);
    let said = said(&imported);
    for part in ["no column headed Processing Activities", "the heading \"colour\" was not understood", "\"Notes\""] {
        assert!(said.iter().any(|warning| warning.contains(part)), "{part} is not in {said:#?}");
    }
}

#[test]
fn a_missing_sheet_is_named_and_the_rest_is_read() {
    let folder = tempfile::tempdir().unwrap();
    for missing in ["Agreements", "Datasets", "DataReleases"] {
        let rest: Vec<Sheet<'_>> = sheets().into_iter().filter(|(name, _)| *name != missing).collect();
        let imported = read(folder.path(), "datausesregister_july2024.xlsx", &rest);
        assert_eq!(imported.register.projects.len(), if missing == "Agreements" { 2 } else { 3 });
        assert!(said(&imported).iter().any(|warning| warning.contains(&format!("no sheet {missing}"))));
    }
    let nameless = write(folder.path(), "latest.xlsx", &sheets());
    let error = import::read(std::slice::from_ref(&nameless), None, &mut |_| {}).unwrap_err().to_string();
    assert!(error.contains("latest.xlsx") && error.contains("--edition"), "{error}");
    let named = import::read(&[nameless], Some("2026-09"), &mut |_| {}).unwrap();
    let edition = named.register.edition;
    assert_eq!((edition.slug.as_str(), edition.date.unwrap().to_string()), ("2026-09", "2026-09".to_owned()));
}

#[test]
fn rows_without_an_agreement_are_kept_and_are_a_concern() {
    let imported = imported();
    let unlisted = project(&imported, "NIC-99999-ZZZZZ").latest().unwrap();
    assert_eq!((unlisted.listing, unlisted.organisation.as_str()), (Listing::RowsOnly, ""));
    assert_eq!((unlisted.releases.len(), unlisted.datasets.len()), (2, 1));
    let examination = concerns::examine(&imported.register);
    let orphans: Vec<_> = examination
        .projects
        .iter()
        .flat_map(|findings| &findings.concerns)
        .filter(|concern| concern.rule == RuleId::Orphan)
        .collect();
    // The agreement NIC-77777-AAAAA names no dataset.
    let told: Vec<(usize, usize)> = orphans.iter().map(|concern| (concern.files, concern.evidence.len())).collect();
    assert_eq!(told, [(0, 1), (2, 2)], "{orphans:#?}");
    assert!(orphans[1].statement.contains("2 files under \"NIC-99999-ZZZZZ-v1.0\""), "{}", orphans[1].statement);
    assert!(orphans[1].evidence[0].quote.contains("FILE5"));
}

#[test]
fn the_rules_speak_of_this_layout_too() {
    let imported = imported();
    let examination = concerns::examine(&imported.register);
    let of = |reference: &str| {
        let at = imported.register.projects.iter().position(|project| project.reference == reference).unwrap();
        &examination.projects[at]
    };
    let waiting = of("DARS-NIC-00574-V2H1F");
    let found = |rule: RuleId| waiting.concerns.iter().find(|concern| concern.rule == rule);
    for rule in [
        RuleId::MixedOptOuts,
        RuleId::S251OptOutsNotApplied,
        RuleId::IdentifiableOptOutsNotApplied,
        RuleId::FilesDisseminated,
        RuleId::Commercial,
        RuleId::Sublicensing,
        RuleId::IdentifiableSensitiveCommercial,
        RuleId::ExpiredFateUnknown,
    ] {
        assert!(found(rule).is_some(), "{rule} finds nothing: {:#?}", waiting.concerns);
    }
    assert!(found(RuleId::MixedOptOuts).unwrap().statement.contains("in 2023-03"), "the month of release is known");
    let section251 = found(RuleId::S251OptOutsNotApplied).unwrap();
    assert!(section251.evidence[0].quote.contains("FILE1"), "{section251:#?}");
}

#[test]
fn nothing_stands_for_the_month_of_a_file_that_has_none() {
    let folder = tempfile::tempdir().unwrap();
    let mut sheets = sheets();
    sheets[2].1[2][8] = "";
    let imported = read(folder.path(), "datausesregister_september2026.xlsx", &sheets);
    let at = imported.register.projects.iter().position(|project| project.reference == "DARS-NIC-00574-V2H1F").unwrap();
    let concerns = &concerns::examine(&imported.register).projects[at].concerns;
    let files = concerns.iter().find(|concern| concern.rule == RuleId::FilesDisseminated).unwrap();
    assert!(files.statement.contains("2023-03") && !files.statement.contains("2026"), "{}", files.statement);
    // One answer is of March, and nobody knows of when the other is.
    assert!(concerns.iter().all(|concern| concern.rule != RuleId::MixedOptOuts), "{concerns:#?}");
}

#[test]
fn answers_of_two_bodies_are_not_mixed() {
    let folder = tempfile::tempdir().unwrap();
    let mixed = |first, second| {
        let mut sheets = sheets();
        (sheets[0].1[1][2], sheets[0].1[3][2]) = (first, second);
        sheets[2].1[1][1] = "NIC-77777-AAAAA-v0.1";
        let imported = read(folder.path(), "datausesregister_september2026.xlsx", &sheets);
        let examination = concerns::examine(&imported.register);
        let all = examination.projects.iter().flat_map(|findings| &findings.concerns);
        all.filter(|concern| concern.rule == RuleId::MixedOptOuts).count()
    };
    assert_eq!(mixed("NHS ABC - 01A", "NHS ABC - 01B"), 0);
    assert_ne!(mixed("NHS ABC - 01A", "NHS ABC"), 0);
}

#[test]
fn an_agreement_without_an_applicant_is_kept_and_is_no_orphan() {
    let folder = tempfile::tempdir().unwrap();
    let mut sheets = sheets();
    sheets[0].1[1][2] = "";
    sheets[0].1[3][0] = "";
    let imported = read(folder.path(), "datausesregister_july2024.xlsx", &sheets);
    let newest = project(&imported, "DARS-NIC-00574-V2H1F").latest().unwrap();
    assert_eq!((newest.reference.as_str(), newest.organisation.as_str(), newest.listing), (NEW, "", Listing::Entry));
    assert_eq!(outflow::report::organisation_shown(&newest.organisation), "(no applicant is stated)");
    let said = said(&imported);
    for part in [format!("row 2: {NEW} has no Applicant Organisation"), "row 4: a row without a reference".to_owned()] {
        assert!(said.iter().any(|warning| warning.contains(&part)), "{part} is not in {said:#?}");
    }
    let at = imported.register.projects.iter().position(|project| project.reference == "DARS-NIC-00574-V2H1F").unwrap();
    let concerns = &concerns::examine(&imported.register).projects[at].concerns;
    assert!(concerns.iter().all(|concern| concern.rule != RuleId::Orphan), "{concerns:#?}");
}

#[test]
fn a_missing_column_costs_no_more_than_it_must() {
    let folder = tempfile::tempdir().unwrap();
    let without = |heading: &str| {
        let mut sheets = sheets();
        let at = AGREEMENTS.iter().position(|known| *known == heading).unwrap();
        for row in &mut sheets[0].1 {
            row.remove(at);
        }
        sheets
    };
    let imported = read(folder.path(), "datausesregister_july2024.xlsx", &without("Applicant Organisation"));
    let newest = project(&imported, "DARS-NIC-00574-V2H1F").latest().unwrap();
    assert_eq!((newest.title.as_deref(), newest.organisation.as_str()), (Some("Waiting times"), ""));
    assert!(said(&imported).iter().any(|warning| warning.contains("no column headed Applicant Organisation;")));
    let nameless = without("Reference Number");
    let imported = read(folder.path(), "datausesregister_july2024.xlsx", &nameless);
    assert_eq!(imported.register.projects.len(), 2);
    let told = said(&imported);
    assert!(told.iter().any(|warning| warning.contains("no column headed Reference Number; download")), "{told:#?}");
    let alone = write(folder.path(), "datausesregister_may2024.xlsx", &nameless[..1]);
    let error = import::read(&[alone], None, &mut |_| {}).unwrap_err().to_string();
    assert!(error.contains("sheet Agreements, row 1: no column headed Reference Number; download"), "{error}");
}

#[test]
fn headings_can_stand_below_a_title() {
    let folder = tempfile::tempdir().unwrap();
    let mut sheets = sheets();
    for (_, rows) in &mut sheets {
        rows.insert(0, vec!["Data Uses Register"]);
        rows.insert(1, vec![]);
        rows.insert(2, vec!["Reference numbers are explained in the README."]);
    }
    let imported = read(folder.path(), "datausesregister_july2024.xlsx", &sheets);
    let newest = project(&imported, "DARS-NIC-00574-V2H1F").latest().unwrap();
    assert_eq!(newest.title.as_deref(), Some("Waiting times"));
    assert_eq!(newest.place.position.to_string(), "sheet Agreements, row 5");
    let told = said(&imported);
    let above = told.iter().filter(|warning| warning.contains("row 1: 2 rows stand above the headings in row 4"));
    assert_eq!(above.count(), 3, "{told:#?}");
}

#[test]
fn cells_that_lost_their_format_are_understood() {
    let folder = tempfile::tempdir().unwrap();
    let mut sheets = sheets();
    (sheets[0].1[1][6], sheets[0].1[1][8], sheets[0].1[1][9]) = ("number:44378", "bool:true", "bool:false");
    (sheets[2].1[1][5], sheets[2].1[2][5], sheets[2].1[1][8]) = ("bool:false", "bool:true", "number:44378");
    let imported = read(folder.path(), "datausesregister_july2024.xlsx", &sheets);
    let newest = project(&imported, "DARS-NIC-00574-V2H1F").latest().unwrap();
    assert_eq!(newest.term.start.unwrap().to_string(), "2021-07-01");
    assert_eq!((newest.sublicensing.value, newest.commercial.value), (YesNo::Yes, YesNo::No));
    assert!(newest.sublicensing.as_published.as_deref().unwrap().eq_ignore_ascii_case("true"));
    assert_eq!(newest.releases[0].month.unwrap().to_string(), "2021-07");
    let states: Vec<OptOutState> = newest.releases.iter().map(|release| release.opt_outs).collect();
    assert_eq!(states, [OptOutState::NotApplied, OptOutState::Applied]);
}

#[test]
fn workbooks_of_different_editions_are_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| write(folder.path(), name, &sheets());
    let (june, july) = (file("datausesregister_june2024.xlsx"), file("datausesregister_july2024.xlsx"));
    let again = file("datausesregister_july2024_corrected.xlsx");
    for (files, slug) in [(vec![june, july.clone()], None), (vec![july.clone(), again], Some("mine"))] {
        let error = import::read(&files, slug, &mut |_| {}).unwrap_err().to_string();
        assert!(error.contains("datausesregister_july2024.xlsx (2024-07)") && error.contains("one by one"), "{error}");
    }
    let page = Path::new(FIXTURE).to_owned();
    for files in [[july.clone(), page.clone()], [page, july]] {
        let edition = import::read(&files, None, &mut |_| {}).unwrap().register.edition;
        // The workbook has no title, and the page's is not its.
        assert_eq!((edition.slug.as_str(), edition.title), ("2024-07", None));
    }
}
