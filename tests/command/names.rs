//! Organisations and datasets of an edition: what is listed, what one of them shows, and the user's own list of names.

use std::collections::BTreeMap;
use std::fs;

use crate::support::program::{each_says, json, outflow_of};
use crate::support::published;
use crate::support::workbook::{Sheet, write};
use outflow::concerns;
use outflow::import;
use outflow::index::Index;
use outflow::library;
use outflow::names::Names;
use outflow::register::{OptOutState, Register};
use outflow::report::{Datasets, Organisations};
use serde_json::Value;

const AGREEMENTS: [&str; 7] = [
    "Reference Number",
    "Application Title",
    "Applicant Organisation",
    "Applicant Organisation Type",
    "Data Controller(s)",
    "DSA Start Date",
    "DSA End Date",
];

const DATASETS: [&str; 2] = ["Reference Number", "Dataset"];

const RELEASES: [&str; 6] =
    ["File Reference", "Reference Number", "Dataset", "Patient Opt-Outs Applied", "Frequency", "Month File Released"];

const AREA: &str = "NHS Bristol, North Somerset and South Gloucestershire ICB - 15C";

/// Three organisations in five spellings, one of them only a controller; three datasets in four spellings.
fn sheets() -> Vec<Sheet<'static>> {
    let agreement = |reference, title, who, controllers| {
        vec![reference, title, who, "Academic", controllers, "date:2022-02-01", "date:2025-01-31"]
    };
    let file = |id, reference, dataset, answer, month| vec![id, reference, dataset, answer, "One-Off", month];
    vec![
        (
            "Agreements",
            vec![
                AGREEMENTS.to_vec(),
                agreement("DARS-NIC-1-AAAAA-v1.0", "Waiting", "UNIVERSITY OF FENLAND", "UNIVERSITY OF FENLAND"),
                agreement("DARS-NIC-1-AAAAA-v2.0", "Waiting", "University of Fenland (UoF)", AREA),
                agreement("DARS-NIC-2-BBBBB-v1.0", "Planning", AREA, "NHS England; UNIVERSITY OF FENLAND"),
            ],
        ),
        (
            "Datasets",
            vec![
                DATASETS.to_vec(),
                vec!["DARS-NIC-1-AAAAA-v1.0", "Emergency Care Data Set"],
                vec!["DARS-NIC-1-AAAAA-v2.0", "Emergency Care Data Set (ECDS)"],
                vec!["DARS-NIC-2-BBBBB-v1.0", "Emergency Care Data Set (ECDS)"],
                vec!["DARS-NIC-2-BBBBB-v1.0", "Births"],
                vec!["DARS-NIC-2-BBBBB-v1.0", "Emergency Care Data Set v2"],
            ],
        ),
        (
            "DataReleases",
            vec![
                RELEASES.to_vec(),
                file("F1", "DARS-NIC-1-AAAAA-v1.0", "Emergency Care Data Set", "Yes", "Jul-22"),
                file("F2", "DARS-NIC-1-AAAAA-v1.0", "Emergency Care Data Set", "No", "Aug-22"),
                file("F3", "DARS-NIC-1-AAAAA-v2.0", "Emergency Care Data Set (ECDS)", "No", "Mar-24"),
                file("F4", "DARS-NIC-2-BBBBB-v1.0", "Births", "No", "May-23"),
            ],
        ),
    ]
}

fn imported() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let workbook = write(folder.path(), "datausesregister_june2024.xlsx", &sheets());
    let ran = outflow_of(folder.path(), &["import", workbook.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    folder
}

fn named<'a>(report: &'a Value, list: &str, name: &str) -> &'a Value {
    let list = report[list].as_array().unwrap();
    list.iter().find(|entry| entry["name"] == name).unwrap_or_else(|| panic!("no {name} in {report:#}"))
}

#[test]
fn organisations_are_listed_by_name_and_most_files_first() {
    let folder = imported();
    let report = json(folder.path(), &["organisations", "--json"]);
    assert_eq!((report["edition"].as_str(), report["spellings"].as_u64()), (Some("2024-06"), Some(4)), "{report:#}");
    let names: Vec<&str> =
        report["organisations"].as_array().unwrap().iter().map(|entry| entry["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["UNIVERSITY OF FENLAND", AREA, "NHS England"]);
    let university = named(&report, "organisations", "UNIVERSITY OF FENLAND");
    let expected = serde_json::json!({
        "name": "UNIVERSITY OF FENLAND",
        "spellings": ["UNIVERSITY OF FENLAND", "University of Fenland (UoF)"],
        "projects": 1, "versions": 2, "controller_of": 2,
        "files": 3, "opt_outs_applied": 1, "opt_outs_not_applied": 2, "opt_outs_not_stated": 0, "system_access": 0,
        "first": "2022-07", "last": "2024-03", "high_concerns": university["high_concerns"],
    });
    assert_eq!(*university, expected);
    // Only a controller: no project of its own, and no file.
    let controller = named(&report, "organisations", "NHS England");
    assert_eq!((controller["projects"].as_u64(), controller["controller_of"].as_u64()), (Some(0), Some(1)));
    assert_eq!((&controller["files"], &controller["first"]), (&Value::Null, &Value::Null));
    let ran = outflow_of(folder.path(), &["organisations"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert!(ran.stdout.contains("3 organisations in edition 2024-06, published in 4 spellings"), "{}", ran.stdout);
}

#[test]
fn one_organisation_shows_spellings_projects_and_links() {
    let folder = imported();
    for written in [&["university of fenland (UOF)"][..], &["University", "of", "Fenland"], &["fenland"]] {
        let report = json(folder.path(), &[&["organisations", "--json"], written].concat());
        let university = named(&report, "organisations", "UNIVERSITY OF FENLAND");
        let roles = university["roles"].as_array().unwrap();
        assert_eq!(roles[0]["name"], "UNIVERSITY OF FENLAND");
        assert_eq!((roles[0]["applicant"].as_u64(), roles[0]["controller"].as_u64()), (Some(1), Some(2)));
        assert_eq!((roles[1]["applicant"].as_u64(), roles[1]["controller"].as_u64()), (Some(1), Some(0)));
        let matches: Vec<(&str, &Value)> = university["matches"]
            .as_array()
            .unwrap()
            .iter()
            .map(|project| (project["reference"].as_str().unwrap(), &project["roles"]))
            .collect();
        assert_eq!(matches[0], ("DARS-NIC-1-AAAAA", &serde_json::json!(["applicant", "controller"])));
        assert_eq!(matches[1], ("DARS-NIC-2-BBBBB", &serde_json::json!(["controller"])));
        assert_eq!((&university["datasets"][0]["files"], matches.len()), (&serde_json::json!(3), 2));
    }
    let area = json(folder.path(), &["organisations", "bristol, north somerset", "--json"]);
    let before: Vec<&str> = area["organisations"][0]["predecessors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|link| link["name"].as_str().unwrap())
        .collect();
    assert_eq!(before, ["NHS Bristol, North Somerset and South Gloucestershire CCG"]);
    let england = outflow_of(folder.path(), &["organisations", "NHS ENGLAND - X26"]);
    assert!(england.stdout.contains("before it, another body: NHS Digital (2023-02-01;"), "{}", england.stdout);
    assert!(england.stdout.contains("Open Government Licence"));
}

#[test]
fn a_dataset_shows_who_got_it() {
    let folder = imported();
    let list = json(folder.path(), &["datasets", "--json"]);
    let names: Vec<&str> =
        list["datasets"].as_array().unwrap().iter().map(|entry| entry["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Emergency Care Data Set", "Births", "Emergency Care Data Set v2"]);
    let report = json(folder.path(), &["datasets", "emergency care dataset (ecds)", "--json"]);
    let dataset = &report["datasets"][0];
    assert_eq!(dataset["spellings"], serde_json::json!(["Emergency Care Data Set", "Emergency Care Data Set (ECDS)"]));
    assert_eq!(dataset["other_versions"], serde_json::json!(["Emergency Care Data Set v2"]));
    assert_eq!((dataset["projects"].as_u64(), dataset["versions"].as_u64()), (Some(2), Some(3)));
    let recipients = dataset["recipients"].as_array().unwrap();
    assert_eq!(recipients.len(), 2);
    assert_eq!((&recipients[0]["organisation"], &recipients[0]["files"]), (&"UNIVERSITY OF FENLAND".into(), &3.into()));
    assert_eq!((&recipients[0]["first"], &recipients[0]["last"]), (&"2022-07".into(), &"2024-03".into()));
    assert_eq!((&recipients[0]["opt_outs_applied"], &recipients[0]["opt_outs_not_applied"]), (&1.into(), &2.into()));
    // An agreement without a file is told, and told so.
    assert_eq!((&recipients[1]["organisation"], &recipients[1]["files"]), (&AREA.into(), &0.into()));
    let ran = outflow_of(folder.path(), &["datasets", "Emergency", "Care", "Data", "Set"]);
    assert!(ran.stdout.contains("no file recorded") && ran.stdout.contains("DARS-NIC-2-BBBBB"), "{}", ran.stdout);
    assert!(ran.stdout.contains("another version, another dataset: Emergency Care Data Set v2"), "{}", ran.stdout);
}

#[test]
fn what_fits_nothing_or_several_is_said() {
    let folder = imported();
    let nothing = outflow_of(folder.path(), &["organisations", "Atlantis"]);
    assert_eq!((nothing.code, nothing.stdout.as_str()), (1, ""));
    assert!(nothing.stderr.contains("no organisation of edition 2024-06 is named Atlantis"), "{}", nothing.stderr);
    let several = outflow_of(folder.path(), &["organisations", "nhs"]);
    assert_eq!((several.code, several.stdout.as_str()), (2, ""));
    for part in ["nhs fits 2 organisations, name one:", AREA, "NHS England"] {
        assert!(several.stderr.contains(part), "{}", several.stderr);
    }
    assert_eq!(outflow_of(folder.path(), &["datasets", "?"]).code, 1);
    assert_eq!(outflow_of(folder.path(), &["datasets", "data set"]).code, 2);
    assert_eq!(outflow_of(folder.path(), &["--edition", "1999-01", "datasets"]).code, 2);
}

#[test]
fn the_users_own_list_joins_and_keeps_apart() {
    let folder = imported();
    let list = r#"
[[alias]]
kind = "organisation"
names = ["University of Fenland", "NHS England"]
reason = "for the sake of this test"

[[apart]]
kind = "dataset"
names = ["Emergency Care Data Set", "Emergency Care Data Set (ECDS)"]
reason = "the old cut and the new one are compared"

[[successor]]
kind = "organisation"
from = ["Births Board"]
to = ["University of Fenland"]
date = "2020-01"
reason = "taken in"
"#;
    let own = folder.path().join("config/outflow/aliases.toml");
    fs::create_dir_all(own.parent().unwrap()).unwrap();
    fs::write(&own, list).unwrap();
    let report = json(folder.path(), &["organisations", "--json"]);
    let university = named(&report, "organisations", "UNIVERSITY OF FENLAND");
    assert_eq!(university["spellings"].as_array().unwrap().len(), 3);
    let detail = json(folder.path(), &["organisations", "University of Fenland", "--json"]);
    let before: Vec<&Value> =
        detail["organisations"][0]["predecessors"].as_array().unwrap().iter().map(|link| &link["name"]).collect();
    assert!(before.contains(&&"Births Board".into()), "{before:?}");
    assert_eq!(json(folder.path(), &["datasets", "--json"])["datasets"].as_array().unwrap().len(), 4);
    // Another list can be given instead.
    let other = folder.path().join("other.toml");
    fs::write(&other, "").unwrap();
    let report = json(folder.path(), &["organisations", "--json", "--aliases", other.to_str().unwrap()]);
    assert_eq!(report["organisations"].as_array().unwrap().len(), 3);
}

#[test]
fn all_faults_of_the_users_list_are_told_and_the_program_goes_on() {
    let folder = imported();
    let own = folder.path().join("mine.toml");
    fs::write(&own, "[[alias]]\nkind = \"team\"\nnames = [\"One\"]\n\n[[apart]]\nkind = \"dataset\"\nreason = \"r\"\n")
        .unwrap();
    let ran = outflow_of(folder.path(), &["organisations", "--aliases", own.to_str().unwrap()]);
    assert_eq!(ran.code, 0);
    assert!(ran.stdout.contains("3 organisations"), "{}", ran.stdout);
    let said: Vec<&str> = ran.stderr.lines().collect();
    assert_eq!(said.len(), 5, "{}", ran.stderr);
    for (line, part) in [(0, "line 1: "), (1, "line 2: "), (2, "line 3: "), (3, "line 5: "), (4, "was not used")] {
        assert!(said[line].contains(part), "{}", ran.stderr);
    }
    assert!(said[..4].iter().all(|line| line.contains("mine.toml")), "{}", ran.stderr);
    let absent = outflow_of(folder.path(), &["datasets", "--aliases", "absent.toml"]);
    assert_eq!(absent.code, 0);
    assert!(absent.stderr.contains("absent.toml: No such file"), "{}", absent.stderr);
}

#[test]
fn names_that_steer_a_terminal_are_shown_safely() {
    let folder = tempfile::tempdir().unwrap();
    let mut sheets = sheets();
    sheets[0].1[1][2] = "UNIVERSITY OF \u{202e}FENLAND";
    sheets[0].1[1][4] = "";
    let workbook = write(folder.path(), "datausesregister_june2024.xlsx", &sheets);
    assert_eq!(outflow_of(folder.path(), &["import", workbook.to_str().unwrap()]).code, 0);
    for arguments in
        [&["organisations"][..], &["organisations", "fenland"], &["datasets", "ecds"], &["organisations", "--json"]]
    {
        let ran = outflow_of(folder.path(), arguments);
        assert!(ran.code == 0 && ran.stdout.contains("FENLAND") && !ran.stdout.contains('\u{202e}'), "{}", ran.stdout);
    }
}

/// Files by name as a plain scan of the register counts them.
fn scanned(register: &Register, name: impl Fn(&str, &str) -> String) -> BTreeMap<String, [u64; 3]> {
    let mut counts: BTreeMap<String, [u64; 3]> = BTreeMap::new();
    for version in register.projects.iter().flat_map(|project| &project.versions) {
        for release in version.releases.iter().filter(|release| release.is_file()) {
            let organisation = release.organisation.as_deref().unwrap_or(&version.organisation);
            let [files, applied, not_applied] = counts.entry(name(organisation, &release.dataset)).or_default();
            *files += 1;
            *applied += u64::from(release.opt_outs == OptOutState::Applied);
            *not_applied += u64::from(release.opt_outs == OptOutState::NotApplied);
        }
    }
    counts
}

fn indexed(register: &Register) -> Index {
    Index::in_memory(register, || concerns::examine(register)).unwrap()
}

fn holds_what_a_scan_finds(register: &Register, index: &Index) {
    let names = Names::built_in();
    let key = |name: &str| names.organisation_key(name).as_str().to_owned();
    let mut found = BTreeMap::new();
    for organisation in Organisations::of(index, names).unwrap().list().unwrap() {
        if let Some(counts) = organisation.sent.opt_outs_applied.zip(organisation.sent.opt_outs_not_applied) {
            let files = counts.0 + counts.1 + organisation.sent.opt_outs_not_stated.unwrap();
            if files > 0 {
                found.insert(key(&organisation.name), [files, counts.0, counts.1]);
            }
        }
    }
    assert_eq!(found, scanned(register, |organisation, _| key(organisation)));
    let key = |name: &str| names.dataset_key(name).as_str().to_owned();
    let datasets = Datasets::of(index, names).unwrap();
    let mut found = BTreeMap::new();
    for dataset in datasets.list() {
        let at = datasets.groups().find(&dataset.name);
        assert_eq!(at.len(), 1);
        let detail = datasets.detail(at[0]).unwrap();
        let files: u64 = detail.recipients.iter().filter_map(|recipient| recipient.sent.files).sum();
        assert_eq!(files, dataset.sent.files.unwrap_or(0), "{}", dataset.name);
        if files > 0 {
            let counts = [dataset.sent.opt_outs_applied.unwrap(), dataset.sent.opt_outs_not_applied.unwrap()];
            found.insert(key(&dataset.name), [files, counts[0], counts[1]]);
        }
    }
    assert_eq!(found, scanned(register, |_, dataset| key(dataset)));
}

#[test]
fn the_sample_lists_what_a_scan_finds() {
    let register = library::sample().unwrap();
    let index = indexed(&register);
    holds_what_a_scan_finds(&register, &index);
    // A page's own count of its organisation's files is told, and nothing about opt-outs with it.
    let all = Organisations::of(&index, Names::built_in()).unwrap();
    let found = all.groups().find("NHS South West London ICB");
    let board = all.detail(found[0]).unwrap().summary;
    assert_eq!((board.sent.files, board.sent.opt_outs_not_applied, board.projects), (Some(60), None, 2));
}

#[test]
fn the_published_workbook_lists_what_a_scan_finds() {
    let Some(file) = published::file(published::WORKBOOK) else { return };
    let register = import::read(&[file], None, &mut |_| {}).unwrap().register;
    let index = indexed(&register);
    holds_what_a_scan_finds(&register, &index);
    let organisations = Organisations::of(&index, Names::built_in()).unwrap();
    let list = organisations.list().unwrap();
    assert_eq!((list.len(), organisations.groups().spellings()), (388, 389));
    let sum = |count: &dyn Fn(&outflow::report::OrganisationReport) -> Option<u64>| -> u64 {
        list.iter().filter_map(count).sum()
    };
    // 5,776 rows, of which those of the remote system and of HDIS are no files.
    assert_eq!(sum(&|one| one.sent.files) + sum(&|one| Some(one.sent.system_access)), 5776);
    assert_eq!(list.iter().filter(|one| one.name.contains("LIVERPOOL")).count(), 4);
    let datasets = Datasets::of(&index, Names::built_in()).unwrap();
    assert_eq!((datasets.list().len(), datasets.groups().spellings()), (61, 62));
}

#[test]
fn a_damaged_list_of_names_is_an_error_and_no_wrong_answer() {
    let folder = imported();
    // Lists of versions as they are written: how many, and which.
    let lists: [(&str, &[u8]); 2] = [("organisations.table", &[2, 2, 1]), ("datasets.table", &[1, 1])];
    for (file, versions) in lists {
        let path = folder.path().join("library/editions/2024-06/current/index").join(file);
        let whole = fs::read(&path).unwrap();
        let is_told = |damaged: &[u8]| {
            fs::write(&path, damaged).unwrap();
            let ran = outflow_of(folder.path(), &["datasets", "births"]);
            ran.code == 2 && ran.stderr.contains(file)
        };
        assert!(is_told(&whole[..whole.len() / 2]), "{file} was cut off");
        // A version that the edition does not have; other bytes can look like a list of them.
        let lists = whole.windows(versions.len()).enumerate().filter(|(_, bytes)| *bytes == versions);
        let strange = lists.map(|(at, _)| {
            let mut strange = whole.clone();
            strange[at + versions.len() - 1] = 99;
            strange
        });
        assert!(strange.into_iter().any(|strange| is_told(&strange)), "{file} names a version that is not there");
        fs::write(&path, &whole).unwrap();
    }
}

#[test]
fn a_list_that_is_no_file_or_too_large_is_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let large = folder.path().join("large.toml");
    std::fs::write(&large, vec![b'#'; (1 << 20) + 1]).unwrap();
    let pipe = folder.path().join("pipe.toml");
    rustix::fs::mknodat(
        rustix::fs::CWD,
        &pipe,
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RUSR,
        rustix::fs::makedev(0, 0),
    )
    .unwrap();
    let table = [(pipe, "no regular file"), ("/dev/zero".into(), "no regular file"), (large, "larger than 1 MB")];
    for (list, said) in table {
        let user = outflow::library::names(Some(&list));
        assert_eq!(user.faults.len(), 1);
        assert!(user.faults[0].to_string().contains(said), "{}", user.faults[0]);
    }
}

#[test]
fn a_name_that_is_misspelled_is_offered_as_it_is_published() {
    let folder = tempfile::tempdir().unwrap();
    let asked = [
        (vec!["organisations", "ims", "helth"], 1, "named nearly so: IMS HEALTH LTD"),
        (vec!["datasets", "outpatiens"], 1, "named nearly so: "),
        (vec!["show", "ims"], 1, "no project ims in edition sample; `outflow search ims` finds 4"),
    ];
    each_says(folder.path(), &asked);
    let none = outflow_of(folder.path(), &["organisations", "xyzzyx"]);
    assert!(!none.stderr.contains("nearly"), "{}", none.stderr);
}
