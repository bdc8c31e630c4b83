//! What a file lacks is never held against an entry: without a sheet or a column the rules find nothing that they do not find
//! with it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::support::uses::{AGREEMENTS, DATASETS, FILES};
use crate::support::workbook::{RELEASES, STATEMENTS, Sheet, write};
use outflow::concerns::{Examination, RuleId, Severity, examine};
use outflow::import;
use outflow::register::Register;

const LONG: &str = "The trust counts how long patients wait for a bed, by ward and by month. Nobody is named in what it \
                    publishes, and nothing is passed on to anyone.";
const BENEFITS: &str = "By March 2031 the wait for a bed is to fall by 12 per cent in the county's three hospitals, as the \
                        trust's own figures will show.";
const YIELDED: &str =
    "The wait for a bed fell by 7 per cent between 2023 and 2025 in two of the three hospitals of the county.";
const BASIS: &str = "Health and Social Care Act 2012 - s261(2)(a)";
const ANONYMISED: &str = "Anonymised - ICO Code Compliant";
const PLAIN: &str = "Does not include the flow of confidential data";

fn agreement<'a>(reference: &'a str, title: &'a str, who: &'a str, kind: &'a str, term: [&'a str; 2]) -> Vec<&'a str> {
    let [start, end] = term;
    vec![
        reference,
        title,
        who,
        kind,
        who,
        "Sole Data Controller",
        start,
        end,
        "No",
        "No",
        LONG,
        LONG,
        LONG,
        BENEFITS,
        YIELDED,
    ]
}

fn with(mut row: Vec<&'static str>, cells: &[(usize, &'static str)]) -> Vec<&'static str> {
    for (at, cell) in cells {
        row[*at] = cell;
    }
    row
}

/// Entries of which hardly anything is to be said while the file is whole, because of what their columns hold.
fn sheets() -> Vec<Sheet<'static>> {
    vec![("Agreements", agreements()), ("Datasets", datasets()), ("DataReleases", files())]
}

fn agreements() -> Vec<Vec<&'static str>> {
    const LATER: [&str; 2] = ["date:2024-02-01", "date:2027-01-31"];
    const SHARED: &str = "Sub-licences are granted to two universities, as the trust's board decides. It is counted how many \
                          there are, and their names are published each year.";
    vec![
        AGREEMENTS.to_vec(),
        agreement(
            "DARS-NIC-1-AAAAA-v1.0",
            "Beds",
            "FENLAND TRUST",
            "NHS Trust",
            ["date:2023-02-01", "date:2025-01-31"],
        ),
        agreement(
            "DARS-NIC-1-AAAAA-v2.0",
            "Beds",
            "FENLAND TRUST",
            "NHS Trust",
            ["date:2025-02-01", "date:2028-01-31"],
        ),
        // A charity whose name is that of a company.
        agreement("DARS-NIC-2-BBBBB-v1.0", "Care", "FEN HOSPICE LIMITED", "Charity", LATER),
        // Access to the publisher's systems alone.
        agreement("DARS-NIC-3-CCCCC-v1.0", "Looking", "MARSH COLLEGE", "Academic", LATER),
        agreement("DARS-NIC-4-DDDDD-v1.0", "Falls", "MARSH COLLEGE", "Academic", LATER),
        with(
            agreement("DARS-NIC-5-EEEEE-v1.0", "Hearts", "COAST UNIVERSITY", "Academic", LATER),
            &[(8, "Yes"), (12, SHARED)],
        ),
    ]
}

fn datasets() -> Vec<Vec<&'static str>> {
    let dataset =
        |reference, name, kind, frequency| vec![reference, name, kind, "Non-Sensitive", frequency, BASIS, PLAIN];
    let urgent = "Emergency Care Data Set";
    vec![
        DATASETS.to_vec(),
        dataset("DARS-NIC-1-AAAAA-v1.0", urgent, ANONYMISED, "One-Off"),
        dataset("DARS-NIC-1-AAAAA-v2.0", urgent, ANONYMISED, "One-Off"),
        dataset("DARS-NIC-2-BBBBB-v1.0", urgent, ANONYMISED, "One-Off"),
        dataset("DARS-NIC-3-CCCCC-v1.0", urgent, ANONYMISED, "System Access"),
        with(
            dataset("DARS-NIC-4-DDDDD-v1.0", "Civil Registrations of Death", "Identifiable", "One-Off"),
            &[(6, "Section 251 NHS Act 2006")],
        ),
        with(
            dataset("DARS-NIC-5-EEEEE-v1.0", urgent, "Identifiable", "One-Off"),
            &[(6, "Consent (Reasonable Expectation)")],
        ),
    ]
}

fn files() -> Vec<Vec<&'static str>> {
    let file = |id, reference, name, answer, month| {
        vec![id, reference, name, ANONYMISED, "Non-Sensitive", answer, BASIS, "One-Off", month]
    };
    let urgent = "Emergency Care Data Set";
    vec![
        FILES.to_vec(),
        file("F1", "DARS-NIC-1-AAAAA-v1.0", urgent, "Yes", "May-23"),
        file("F2", "DARS-NIC-1-AAAAA-v2.0", urgent, "Yes", "May-25"),
        file("F3", "DARS-NIC-2-BBBBB-v1.0", urgent, "Yes", "May-24"),
        with(file("F4", "DARS-NIC-3-CCCCC-v1.0", urgent, "Yes", "May-24"), &[(7, "System Access")]),
        with(
            file("F5", "DARS-NIC-4-DDDDD-v1.0", "Civil Registrations of Death", "Yes", "May-24"),
            &[(3, "Identifiable")],
        ),
        with(file("F6", "DARS-NIC-5-EEEEE-v1.0", urgent, "No", "May-24"), &[(3, "Identifiable")]),
    ]
}

/// The release register of a quarter of 2017, with three projects of which hardly anything is to be said while it is whole.
fn releases() -> Vec<Sheet<'static>> {
    let row = |id, who, name, kind, basis, reference, answer| {
        vec![id, who, name, kind, "Non Sensitive", basis, "Research", "One Off", reference, "", answer]
    };
    let consent = "Informed Patient consent to permit the receipt, processing and release of data by the HSCIC";
    let statement = |reference, who| vec![reference, who, LONG, LONG, LONG, BENEFITS];
    let mut text = vec![STATEMENTS.to_vec()];
    text.extend([
        statement("NIC-1-AAAAA-v1.0", "FENLAND TRUST"),
        statement("NIC-2-BBBBB-v1.0", "FEN HOSPICE LIMITED"),
        statement("NIC-3-CCCCC-v1.0", "COAST UNIVERSITY"),
    ]);
    vec![
        (
            "DataReleases",
            vec![
                RELEASES.to_vec(),
                row("F1", "FENLAND TRUST", "Births", "Anonymised - ICO code compliant", BASIS, "NIC-1-AAAAA-v1.0", "Y"),
                row(
                    "HDIS1",
                    "FEN HOSPICE LIMITED",
                    "HES Data Interrogation System",
                    "",
                    BASIS,
                    "NIC-2-BBBBB-v1.0",
                    "Y",
                ),
                row("F2", "COAST UNIVERSITY", "Births", "Identifiable", consent, "NIC-3-CCCCC-v1.0", "N"),
            ],
        ),
        ("PurposeStatements", text),
    ]
}

fn read(folder: &Path, sheets: &[Sheet<'_>]) -> Option<(Register, Examination)> {
    let is_quarter = sheets.iter().any(|(name, rows)| *name == "PurposeStatements" || rows[0].contains(&"NIC Number"));
    let name = if is_quarter { "ReleaseRegister-sep-nov-2017.xlsx" } else { "datausesregister_june2026.xlsx" };
    let file = write(folder, name, sheets);
    // Without what nothing can be read without, the file is refused.
    let register = import::read(&[file], None, &mut |_| {}).ok()?.register;
    let examination = examine(&register);
    Some((register, examination))
}

/// What is found of each project: rules with their gravest severity.
fn found(folder: &Path, sheets: &[Sheet<'_>]) -> BTreeMap<String, BTreeMap<RuleId, Severity>> {
    let Some((register, examination)) = read(folder, sheets) else { return BTreeMap::new() };
    let projects = register.projects.iter().zip(&examination.projects);
    projects
        .map(|(project, findings)| {
            let mut rules: BTreeMap<RuleId, Severity> = BTreeMap::new();
            for concern in &findings.concerns {
                let gravest = rules.entry(concern.rule).or_insert(concern.severity);
                *gravest = (*gravest).min(concern.severity);
            }
            (project.reference.clone(), rules)
        })
        .collect()
}

/// What is said without a part of the file that is not said with it, or is said to be graver.
fn held_against(
    folder: &Path,
    part: &str,
    sheets: &[Sheet<'_>],
    whole: &BTreeMap<String, BTreeMap<RuleId, Severity>>,
) -> BTreeSet<String> {
    let mut new = BTreeSet::new();
    for (reference, rules) in found(folder, sheets) {
        let known = whole.get(&reference);
        for (rule, severity) in rules {
            if known.and_then(|known| known.get(&rule)).is_none_or(|before| severity < *before) {
                new.insert(format!("without {part}: {reference} {rule} {severity:?}"));
            }
        }
    }
    new
}

fn without_each_column(all: &[Sheet<'static>]) {
    let folder = tempfile::tempdir().unwrap();
    let whole = found(folder.path(), all);
    assert!(whole.len() > 2, "{whole:?}");
    let mut new = BTreeSet::new();
    for (number, (name, rows)) in all.iter().enumerate() {
        for (column, heading) in rows[0].iter().enumerate() {
            let mut lacking = all.to_vec();
            for row in &mut lacking[number].1 {
                row.remove(column);
            }
            new.extend(held_against(folder.path(), &format!("{name}: {heading}"), &lacking, &whole));
        }
    }
    assert!(new.is_empty(), "{new:#?}\nwhole: {whole:#?}");
}

fn without_each_sheet(all: &[Sheet<'static>]) {
    let folder = tempfile::tempdir().unwrap();
    let whole = found(folder.path(), all);
    let mut new = BTreeSet::new();
    for number in 0..all.len() {
        let mut lacking = all.to_vec();
        let (name, _) = lacking.remove(number);
        new.extend(held_against(folder.path(), name, &lacking, &whole));
    }
    assert!(new.is_empty(), "{new:#?}\nwhole: {whole:#?}");
}

#[test]
fn nothing_is_found_without_a_column_that_is_not_found_with_it() {
    without_each_column(&sheets());
    without_each_column(&releases());
}

#[test]
fn nothing_is_found_without_a_sheet_that_is_not_found_with_it() {
    without_each_sheet(&sheets());
    without_each_sheet(&releases());
}
