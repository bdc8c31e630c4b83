//! The user's own list of audit findings: which agreements it names, what was sent to them after, and what is wrong with a
//! list.

use std::collections::BTreeMap;
use std::fs;

use crate::support::program::{json, outflow_of};
use crate::support::uses::{Agreement, write_edition};
use outflow::concerns::{AuditList, Audited, Overlay, RuleId, against_audits};
use outflow::library::Library;
use outflow::register::{Date, Layout, Place, Project, Release, ReleaseKind, Source, Version};
use serde_json::Value;

/// An edition of September 2026 with three agreements, one of them with files in July and August 2024.
fn imported() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let agreements = [
        Agreement::new("DARS-NIC-1-AAAAA-v1.0", "FENLAND TRUST").file("F1", "Yes", "Jul-24").file("F2", "No", "Aug-24"),
        Agreement::new("DARS-NIC-2-BBBBB-v1.0", "MARSH COLLEGE").file("F3", "No", "Jul-24"),
        Agreement::new("DARS-NIC-3-CCCCC-v1.0", "OLD MILL"),
    ];
    let library = Library::at(folder.path().join("library"));
    library.publish(&[write_edition(folder.path(), "september2026", &agreements)], None, &mut |_| {}).unwrap();
    folder
}

const LIST: &str = "Reference,Auditor,Finding,Date,URL\n\
    DARS-NIC-1-AAAAA-v0.1,me,\"Data was kept, and copied\",2024-07-09,https://example.org/audit\n\
    nic-2-bbbbb,me,No register of staff,2024-07,\n\
    DARS-NIC-9-ZZZZZ,me,Nobody knows,2020-01,\n";

fn concern<'a>(project: &'a Value, id: &str) -> Vec<&'a Value> {
    project["concerns"].as_array().unwrap().iter().filter(|concern| concern["id"] == id).collect()
}

fn why<'a>(project: &'a Value, id: &str) -> Option<&'a str> {
    let cannot_tell = project["cannot_tell"].as_array().unwrap();
    cannot_tell.iter().find(|unknown| unknown["id"] == id).map(|unknown| unknown["why"].as_str().unwrap())
}

#[test]
fn without_a_list_both_rules_cannot_tell_and_say_what_to_do() {
    let folder = imported();
    let project = json(folder.path(), &["show", "NIC-1-AAAAA", "--json"]);
    for rule in ["audit-finding", "finding-then-files"] {
        assert!(why(&project, rule).unwrap().starts_with("You have named no list of audit findings: "), "{project:#}");
    }
    let counts = json(folder.path(), &["concerns", "audit-finding", "--json"]);
    assert_eq!((&counts["concerns"][0]["projects"], &counts["concerns"][0]["cannot_tell"]), (&0.into(), &3.into()));
    assert_eq!(outflow_of(folder.path(), &["concerns", "audit-finding"]).code, 1);
}

#[test]
fn a_finding_is_quoted_with_its_line_and_files_are_counted_after_its_month() {
    let folder = imported();
    let list = folder.path().join("mine.csv");
    fs::write(&list, LIST).unwrap();
    let list = list.to_str().unwrap();
    let project = json(folder.path(), &["show", "NIC-1-AAAAA", "--json", "--audits", list]);
    let named = concern(&project, "audit-finding");
    assert_eq!(named.len(), 1);
    assert_eq!((&named[0]["severity"], &named[0]["standing"]), (&"high".into(), &"fact".into()));
    assert_eq!(
        named[0]["statement"],
        "Your list of audit findings names this agreement, with a finding of 2024-07-09: Data was kept, and copied. \
         See https://example.org/audit"
    );
    let evidence = &named[0]["evidence"][0];
    assert_eq!(evidence["quote"], "2024-07-09 | Data was kept, and copied | https://example.org/audit");
    assert_eq!((&evidence["source"]["file"], &evidence["source"]["place"]), (&"mine.csv".into(), &"line 2".into()));
    assert_eq!(evidence["source"]["sha256"].as_str().unwrap().len(), 64);
    // The file of July was sent in the month of the finding, which is not after it.
    let after = concern(&project, "finding-then-files");
    assert_eq!(
        after[0]["statement"],
        "1 file was sent in months after the audit finding of 2024-07-09 on your list: in 2024-08."
    );
    assert_eq!(after[0]["files"], 1);
    let places: Vec<&Value> =
        after[0]["evidence"].as_array().unwrap().iter().map(|one| &one["source"]["place"]).collect();
    assert_eq!(places, [&Value::from("line 2"), &Value::from("sheet DataReleases, row 3")]);
    let silent = json(folder.path(), &["show", "NIC-2-BBBBB", "--json", "--audits", list]);
    assert_eq!((concern(&silent, "finding-then-files").len(), why(&silent, "finding-then-files")), (0, None));
    let unnamed = json(folder.path(), &["show", "NIC-3-CCCCC", "--json", "--audits", list]);
    assert_eq!((concern(&unnamed, "audit-finding").len(), why(&unnamed, "audit-finding")), (0, None));
}

#[test]
fn the_list_counts_in_the_catalogue_and_what_it_names_beside_is_told() {
    let folder = imported();
    let list = folder.path().join("config/outflow/audits.csv");
    fs::create_dir_all(list.parent().unwrap()).unwrap();
    fs::write(&list, LIST).unwrap();
    let report = json(folder.path(), &["concerns", "audit-finding", "--json"]);
    let rule = &report["concerns"][0];
    assert_eq!((&rule["projects"], &rule["findings"], &rule["cannot_tell"]), (&2.into(), &2.into(), &0.into()));
    assert_eq!(rule["organisations"], 2);
    assert_eq!(report["matches"].as_array().unwrap().len(), 2);
    assert_eq!(rule["edition_notes"][0]["references"], serde_json::json!(["DARS-NIC-9-ZZZZZ"]));
    let printed = outflow_of(folder.path(), &["concerns", "audit-finding"]);
    assert_eq!((printed.code, printed.stderr.as_str()), (0, ""));
    let said = "names 1 reference that no project of edition 2026-09 has: DARS-NIC-9-ZZZZZ.";
    assert!(printed.stdout.contains(said) && printed.stdout.contains("audits.csv, line 3"), "{}", printed.stdout);
    let found = json(folder.path(), &["search", "concern:finding-then-files", "--json"]);
    assert_eq!((&found["total"], &found["projects"][0]["reference"]), (&1.into(), &"DARS-NIC-1-AAAAA".into()));
    // A citation never passes the user's own words off as the register's.
    let cited = outflow_of(folder.path(), &["show", "NIC-1-AAAAA", "--cite"]);
    assert!(!cited.stdout.contains("audits.csv"), "{}", cited.stdout);
}

#[test]
fn a_list_with_a_fault_is_left_out_whole_and_all_its_faults_are_told() {
    let folder = imported();
    let list = folder.path().join("mine.csv");
    fs::write(&list, format!("{LIST}NIC-1-AAAAA,me,late,soon,\n,me,whose,2024-01,nowhere\n")).unwrap();
    let ran = outflow_of(folder.path(), &["show", "NIC-1-AAAAA", "--audits", list.to_str().unwrap(), "--json"]);
    assert_eq!(ran.code, 0);
    for said in
        ["mine.csv, line 5: \"soon\" is no date", "line 6: this line has no reference", "\"nowhere\" is no address"]
    {
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
    }
    let project: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert!(concern(&project, "audit-finding").is_empty());
    assert!(why(&project, "audit-finding").unwrap().contains("was left out"), "{project:#}");
    let absent = outflow_of(folder.path(), &["concerns", "--audits", "absent.csv"]);
    assert_eq!(absent.code, 0);
    assert!(absent.stderr.contains("absent.csv: No such file"), "{}", absent.stderr);
    fs::write(&list, [0xff, 0xfe, b'r', 0]).unwrap();
    let wide = outflow_of(folder.path(), &["concerns", "--audits", list.to_str().unwrap()]);
    assert!(wide.stderr.contains("save it as UTF-8"), "{}", wide.stderr);
}

/// What a list says of one project, in a file of a layout.
fn said(layout: Layout, list: &str, change: impl Fn(&mut Version)) -> Overlay {
    let source = Source { file: "own".to_owned(), sha256: String::new(), layout, date: None, lacks: Vec::new() };
    let mut version = Version::new("NIC-1-AAAAA-v1.0", "A trust", Place::line(0, 3));
    change(&mut version);
    let project = Project { reference: "NIC-1-AAAAA".to_owned(), versions: vec![version] };
    let list = AuditList::read(&format!("reference,date,finding,url\n{list}")).unwrap();
    let at = Audited { slug: "own", sources: &[source], list: 1 };
    against_audits(at, &list, &BTreeMap::from([("nic-1-aaaaa".to_owned(), project)]))
}

fn of(overlay: &Overlay, rule: RuleId) -> Vec<&str> {
    let concerns = overlay.projects.values().flatten().filter(|concern| concern.rule == rule);
    concerns.map(|concern| concern.statement.as_str()).collect()
}

fn untold(overlay: &Overlay) -> Option<&str> {
    overlay.untold.values().flatten().next().map(|unknown| unknown.why.as_str())
}

fn released(month: Option<&str>) -> Release {
    Release {
        kind: ReleaseKind::File,
        id: None,
        organisation: None,
        dataset: "HES".into(),
        type_of_data: None,
        sensitivity: None,
        legal_basis: None,
        confidentiality: None,
        frequency: None,
        opt_outs: outflow::register::OptOutState::NotStated,
        opt_outs_as_published: None,
        month: month.map(|month| month.parse().unwrap()),
        place: Place::row(0, "DataReleases", 2),
    }
}

#[test]
fn a_page_tells_only_when_data_was_last_released() {
    let until = |month: &'static str| move |version: &mut Version| version.released.end = month.parse().ok();
    let list = "NIC-1-AAAAA,2023-03-10,kept,\n";
    let after = said(Layout::Page2025, list, until("2024-05"));
    assert_eq!(
        of(&after, RuleId::FindingThenFiles),
        ["The register says that data was last released in 2024-05, which is after the month of the audit finding of \
          2023-03-10 on your list; how many files this project was sent then is not published."]
    );
    let same = said(Layout::Page2025, list, until("2023-03"));
    assert_eq!((of(&same, RuleId::FindingThenFiles).len(), untold(&same)), (0, None));
    let silent = said(Layout::Page2025, list, |_| {});
    assert_eq!(untold(&silent), Some("The entry shows no month in which data was last released."));
    // Access to the publisher's systems sends no file.
    let access = said(Layout::Page2025, list, |version| {
        version.access = vec!["System Access".to_owned()];
        version.released.end = Date::month(2024, 5);
    });
    assert_eq!((of(&access, RuleId::FindingThenFiles).len(), untold(&access)), (0, None));
}

#[test]
fn rows_without_months_cannot_tell_and_several_findings_are_counted_apart() {
    let list = "NIC-1-AAAAA,2023-03,second,\nNIC-1-AAAAA,2021-01-02,first,\n";
    let without = said(Layout::ReleaseRegister, list, |version| version.releases = vec![released(None)]);
    assert_eq!(untold(&without), Some("This layout does not give the month in which a file was sent."));
    assert_eq!(of(&without, RuleId::AuditFinding).len(), 2, "each finding is a concern of its own");
    let some = said(Layout::DataUsesRegister, list, |version| version.releases = vec![released(None)]);
    assert_eq!(untold(&some), Some("Some rows give no month in which their file was sent."));
    let after = said(Layout::DataUsesRegister, list, |version| {
        version.releases = ["2021-01", "2022-04", "2023-04"].map(|month| released(Some(month))).into();
        version.releases.push(released(None));
    });
    assert_eq!(
        of(&after, RuleId::FindingThenFiles),
        ["2 files were sent in months after the audit finding of 2021-01-02 on your list, 1 after that of 2023-03: \
          from 2022-04 to 2023-04."]
    );
    assert_eq!(untold(&after), None);
    let none = said(Layout::DataUsesRegister, list, |_| {});
    assert_eq!((of(&none, RuleId::FindingThenFiles).len(), untold(&none)), (0, None));
}

#[test]
fn a_dossier_does_not_cite_the_users_own_list_as_the_register() {
    let folder = imported();
    let list = folder.path().join("mine.csv");
    fs::write(&list, LIST).unwrap();
    let list = list.to_str().unwrap();
    for form in ["md", "html"] {
        let dossier = outflow_of(folder.path(), &["export", "NIC-1-AAAAA", "--format", form, "--audits", list]).stdout;
        let quoted =
            concern(&json(folder.path(), &["show", "NIC-1-AAAAA", "--json", "--audits", list]), "audit-finding")
                .iter()
                .flat_map(|concern| concern["evidence"].as_array().unwrap().clone())
                .filter(|evidence| evidence["source"]["file"] == "mine.csv")
                .count();
        assert!(quoted > 0);
        let told = dossier.replace("&#39;", "'");
        assert!(
            told.matches("From a list of the user's own, not from the register: line ").count() >= quoted,
            "{told}"
        );
        assert!(told.contains("A list of the user's own, and not the register: mine.csv: SHA-256 "), "{told}");
    }
}
