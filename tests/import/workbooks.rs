//! Importing files of our own making: everything is read, and what is not understood is a warning with its place.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::disk::FIXTURE;
use crate::support::workbook::{RELEASES, sheets, write};
use outflow::import::{self, Imported, Progress};
use outflow::register::{OptOutState, Project, ReleaseKind, Section, YesNo};

fn read(path: &Path) -> Imported {
    import::read(&[path.to_owned()], None, &mut |_| {}).unwrap()
}

fn project<'a>(imported: &'a Imported, reference: &str) -> &'a Project {
    imported.register.projects.iter().find(|project| project.reference == reference).unwrap()
}

#[test]
fn a_page_is_read_whole() {
    let imported = read(FIXTURE.as_ref());
    assert_eq!(imported.report.warnings, []);
    let register = &imported.register;
    assert_eq!((register.edition.slug.as_str(), register.projects.len()), ("page", 3));
    assert_eq!(register.edition.date.unwrap().to_string(), "2026-02");
    let page = &register.pages[0];
    assert_eq!(page.organisation, "Lower Marsh Health Partnership");
    assert_eq!((page.files.as_ref().unwrap().0, page.flags.len()), (14, 1));
    let first = project(&imported, "DARS-NIC-00001-A1B2C").latest().unwrap();
    assert_eq!(first.reference, "DARS-NIC-00001-A1B2C-v2.1");
    assert_eq!(first.sensitivity, ["Sensitive", "Non-Sensitive"]);
    assert_eq!(first.legal_bases.len(), 2);
    assert_eq!(first.opt_outs.state, OptOutState::NotApplied);
    assert_eq!(first.section(Section::Outputs).unwrap().lines().count(), 2);
    let second = project(&imported, "DARS-NIC-00002-D3E4F").latest().unwrap();
    assert_eq!((second.commercial.value, second.sublicensing.value), (YesNo::Yes, YesNo::Yes));
    assert_eq!(second.opt_outs.state, OptOutState::NotStated);
    assert_eq!(second.opt_outs.reasons.as_deref(), Some("Does not include the flow of confidential data"));
    let local = project(&imported, "LM-LOCAL-7").latest().unwrap();
    assert!(local.access_note.as_ref().unwrap().starts_with("(System access exclusively"));
    assert_eq!(local.term.end, None);
    assert_eq!(local.section(Section::Processing), None);
}

#[test]
fn a_line_that_is_not_understood_is_named_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("odd.txt");
    let text = fs::read_to_string(FIXTURE).unwrap();
    let text =
        text.replace("Access method: Ongoing", "Colour of the folder: blue").replace("2024-05 – 2027-04", "soon");
    fs::write(&path, text).unwrap();
    let imported = read(&path);
    assert_eq!(imported.register.projects.len(), 3);
    let warnings = &imported.report.warnings;
    let line = |words: &str| {
        let warning = warnings.iter().find(|warning| warning.message.contains(words));
        warning.and_then(|warning| warning.place.clone()).unwrap_or_else(|| panic!("no {words} in {warnings:?}"))
    };
    assert_eq!(line("Colour of the folder"), "line 15");
    assert_eq!(line("soon"), "line 14");
    assert!(warnings.iter().all(|warning| warning.file == "odd.txt"));
}

#[test]
fn a_workbook_is_read_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), "ReleaseRegister-jan-mar-2018.xlsx", &sheets());
    let imported = read(&path);
    assert_eq!(imported.register.edition.slug, "2018-03");
    assert_eq!(imported.register.edition.title.as_deref(), Some("Data released, January to March 2018"));
    let first = project(&imported, "DARS-NIC-10-AAAAA");
    let versions: Vec<&str> = first.versions.iter().map(|version| version.reference.as_str()).collect();
    assert_eq!(versions, ["DARS-NIC-10-AAAAA-v1.0", "DARS-NIC-10-AAAAA-v2.0"]);
    assert_eq!(first.files().count(), 3);
    assert_eq!(first.versions[0].opt_outs.state, OptOutState::Mixed);
    assert_eq!(first.versions[0].releases[0].place.position.to_string(), "sheet DataReleases, row 2");
    assert_eq!(first.versions[0].releases[0].dataset, "Hospital Episode Statistics Outpatients");
    let access = project(&imported, "NIC-30-CCCCC").releases().next().unwrap();
    assert_eq!(access.kind, ReleaseKind::SystemAccess);
    let said: Vec<String> =
        imported.report.warnings.iter().map(|warning| format!("{:?} {}", warning.place, warning.message)).collect();
    assert!(
        said.iter().any(|warning| warning.contains("row 5") && warning.contains("\"Perhaps\" is neither Y nor N")),
        "{said:?}"
    );
    assert!(said.iter().any(|warning| warning.contains("NIC-99-ZZZZZ") || warning.contains("row 5")), "{said:?}");
    let perhaps = project(&imported, "NIC-20-BBBBB").releases().next().unwrap();
    assert_eq!((perhaps.opt_outs, perhaps.opt_outs_as_published.as_deref()), (OptOutState::NotStated, Some("Perhaps")));
}

#[test]
fn an_unknown_sheet_and_a_missing_one_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let mut only: Vec<_> = sheets().into_iter().filter(|(name, _)| *name == "DataReleases").collect();
    only.push(("Holiday plans", vec![vec!["Paris"]]));
    let imported = read(&write(folder.path(), "ReleaseRegister-2018-mar-2018.xlsx", &only));
    let said: Vec<&str> = imported.report.warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert!(said.iter().any(|message| message.contains("Holiday plans")), "{said:?}");
    assert!(said.iter().any(|message| message.contains("PurposeStatements")), "{said:?}");
}

#[test]
fn progress_is_told_while_a_file_is_read() {
    let mut told = Vec::new();
    let read = import::read(&[FIXTURE.into()], None, &mut |progress| {
        let Progress::Reading { file, done, total, .. } = progress;
        told.push((file.to_owned(), done, total));
    });
    assert!(read.is_ok());
    assert!(told.len() > 2 && told.iter().all(|(file, done, total)| file == "page.txt" && done <= total), "{told:?}");
}

#[test]
fn what_is_no_register_is_refused_with_what_and_where() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let whole = fs::read(write(folder.path(), "ReleaseRegister-mar-2018.xlsx", &sheets())).unwrap();
    let no_releases = write(folder.path(), "other.xlsx", &[("Sheet1", vec![vec!["a", "b"]])]);
    let mut headless = sheets();
    headless[1].1[0] = RELEASES.iter().map(|name| if *name == "NIC Number" { "Number" } else { name }).collect();
    let headless = write(folder.path(), "headless-mar-2018.xlsx", &headless);
    let undated = write(folder.path(), "undated.xlsx", &sheets()[1..]);
    let newer = write(folder.path(), "newer.xlsx", &[("Agreements", vec![vec!["a"]])]);
    let table: [(PathBuf, &[&str]); 14] = [
        (file("empty.txt", b""), &["empty.txt", "the file is empty"]),
        (file("binary.bin", &[0, 159, 146, 150, 0, 1]), &["binary.bin", "neither a reformatted register page"]),
        (file("image.png", b"\x89PNG\r\n\x1a\n\0\0"), &["image.png", "neither"]),
        (file("prose.txt", b"A letter about something else.\n"), &["prose.txt", "neither"]),
        (file("latin.txt", b"one\ntwo \xe9\n"), &["latin.txt", "neither"]),
        (file("page.html", b"<!DOCTYPE html><html></html>"), &["page.html", "neither"]),
        (file("old.xls", &[0xD0, 0xCF, 0x11, 0xE0, 0, 0]), &["old.xls", ".xlsx"]),
        (file("cut.xlsx", &whole[..whole.len() / 2]), &["cut.xlsx", "download it again"]),
        (no_releases, &["other.xlsx", "DataReleases"]),
        (headless, &["headless-mar-2018.xlsx", "sheet DataReleases, row 1", "NIC Number"]),
        (undated, &["undated.xlsx", "--edition"]),
        (newer, &["newer.xlsx", "sheet Agreements, row 1", "Reference Number"]),
        (folder.path().join("absent.txt"), &["absent.txt", "No such file"]),
        (
            file("title.txt", b"NHS Digital Data Release Register - reformatted\n"),
            &["title.txt", "without a single project"],
        ),
    ];
    for (path, said) in table {
        let error = import::read(std::slice::from_ref(&path), None, &mut |_| {}).unwrap_err().to_string();
        for part in said {
            assert!(error.contains(part), "\"{part}\" is not in: {error}");
        }
        assert!(!error.contains('\n'), "{error}");
    }
}

#[test]
fn a_folder_stands_for_the_files_in_it() {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(FIXTURE, folder.path().join("b.txt")).unwrap();
    write(folder.path(), "a.xlsx", &sheets());
    fs::write(folder.path().join("notes.md"), "no register").unwrap();
    let files = import::expand(&[folder.path().to_owned()]).unwrap();
    let names: Vec<_> = files.iter().map(|file| file.file_name().unwrap().to_string_lossy().into_owned()).collect();
    assert_eq!(names, ["a.xlsx", "b.txt"]);
    fs::create_dir(folder.path().join("older")).unwrap();
    fs::write(folder.path().join(".hidden"), "").unwrap();
    let files_of = |warnings: &[import::Warning]| warnings.iter().map(|one| one.file.clone()).collect::<Vec<_>>();
    let passed = import::passed_over(&[folder.path().to_owned(), FIXTURE.into()]).unwrap();
    assert_eq!(files_of(&passed), ["notes.md", "older"]);
    assert!(passed[0].message.contains("not read") && passed[1].message.contains("name it"), "{passed:?}");
    for number in 0..25 {
        fs::write(folder.path().join(format!("scan{number}.pdf")), "").unwrap();
    }
    let passed = import::passed_over(&[folder.path().to_owned()]).unwrap();
    assert_eq!((passed.len(), passed[20].message.as_str()), (21, "7 more files and folders were not read"));
    let empty = tempfile::tempdir().unwrap();
    assert!(import::expand(&[empty.path().to_owned()]).is_err());
}

#[test]
fn one_bad_file_among_good_ones_is_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let bad = folder.path().join("bad.txt");
    fs::write(&bad, "nothing").unwrap();
    let imported = import::read(&[bad, FIXTURE.into()], Some("mine"), &mut |_| {}).unwrap();
    assert_eq!((imported.register.projects.len(), imported.register.edition.slug.as_str()), (3, "mine"));
    assert!(imported.report.warnings.iter().any(|warning| warning.file == "bad.txt"), "{:?}", imported.report.warnings);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 64, ..Default::default() })]

    #[test]
    fn no_bytes_break_the_readers(
        bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400),
        start in proptest::sample::select(vec![
            &b""[..], b"PK\x03\x04", b"NHS Digital Data Release Register - reformatted\n", b"T \xe2\x80\x94 NIC-1\nWhen:",
        ]),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("any.txt");
        fs::write(&path, [start, &bytes].concat()).unwrap();
        let _ = import::read(&[path], Some("any"), &mut |_| {});
    }

    #[test]
    fn a_changed_page_is_read_or_refused_and_never_breaks(
        cuts in proptest::collection::vec((0.0_f64..1.0, 0_usize..40, "\\PC{0,12}"), 1..6),
    ) {
        let mut text: Vec<char> = fs::read_to_string(FIXTURE).unwrap().chars().collect();
        for (at, length, inserted) in cuts {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
            let start = (at * text.len() as f64) as usize;
            let end = (start + length).min(text.len());
            text.splice(start..end, inserted.chars());
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("changed.txt");
        fs::write(&path, text.into_iter().collect::<String>()).unwrap();
        let _ = import::read(&[path], None, &mut |_| {});
    }

    #[test]
    fn a_damaged_workbook_is_read_or_refused_and_never_breaks(
        damage in proptest::collection::vec((0.0_f64..1.0, proptest::num::u8::ANY), 1..20),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = write(folder.path(), "ReleaseRegister-mar-2018.xlsx", &sheets());
        let mut bytes = fs::read(&path).unwrap();
        for (at, byte) in damage {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
            let at = (at * bytes.len() as f64) as usize;
            bytes[at] = byte;
        }
        fs::write(&path, bytes).unwrap();
        let _ = import::read(&[path], None, &mut |_| {});
    }
}
