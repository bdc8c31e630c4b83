//! `outflow check`: a library that is whole is called so, and every kind of damage is found and told with its file and what to do.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use outflow::library::Library;
use serde_json::Value;

use crate::support::disk::{FIXTURE, contents};
use crate::support::program::{Ran, outflow, outflow_of, program, ran};
use crate::support::terminal::{Start, Terminal};

/// A library of one page and a workbook, in a folder of its own.
fn prepared() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    crate::support::editions::library(folder.path());
    let library = folder.path().join("library");
    assert_eq!(outflow(&library, &["import", FIXTURE]).code, 0);
    folder
}

/// The same library again, to do damage to.
fn copy(library: &Path, to: &Path) -> PathBuf {
    let to = to.join("copy");
    let _ = fs::remove_dir_all(&to);
    assert!(Command::new("cp").arg("-a").arg(library).arg(&to).status().unwrap().success());
    to
}

fn generation(library: &Path, slug: &str) -> PathBuf {
    library.join("editions").join(slug).join("current").canonicalize().unwrap()
}

fn check(library: &Path, arguments: &[&str]) -> Ran {
    outflow(library, &[&["check"], arguments].concat())
}

fn edition<'a>(report: &'a Value, slug: &str) -> &'a Value {
    let editions = report["editions"].as_array().unwrap();
    editions.iter().find(|edition| edition["edition"] == slug).unwrap_or_else(|| panic!("{slug}: {report}"))
}

/// The files that a check of one edition names.
fn named(ran: &Ran, slug: &str) -> Vec<PathBuf> {
    let report = ran.json();
    let faults = edition(&report, slug)["faults"].as_array().unwrap().clone();
    faults.iter().map(|fault| PathBuf::from(fault["file"].as_str().unwrap())).collect()
}

/// Flips one bit of a file.
fn flip(path: &Path, at: usize) {
    let mut bytes = fs::read(path).unwrap();
    bytes[at] ^= 0x10;
    fs::write(path, bytes).unwrap();
}

/// The files that a generation consists of.
fn files(generation: &Path) -> Vec<PathBuf> {
    contents(generation).into_keys().filter(|path| path.is_file()).collect()
}

#[test]
fn a_library_that_is_whole_is_called_so_with_what_was_looked_at() {
    let folder = prepared();
    let library = folder.path().join("library");
    let before = contents(&library);
    let ran = outflow_of(folder.path(), &["check"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{}", ran.stdout);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert!(
        lines[0].starts_with("2026-09: whole: 1 published file by SHA-256, ") && lines.len() == 4,
        "{}",
        ran.stdout
    );
    assert!(lines[0].contains("other files by sum") && lines[0].contains("5 projects, 6 versions"), "{}", ran.stdout);
    assert!(lines[3].starts_with("your own files: there are none"), "{}", ran.stdout);
    let report = check(&library, &["page", "2026-08", "--json"]).json();
    assert_eq!((&report["whole"], report["editions"].as_array().unwrap().len()), (&Value::Bool(true), 2));
    let page = edition(&report, "page");
    let all = files(&generation(&library, "page"));
    // The sums have none of themselves, and of the published file the manifest has the hash.
    assert_eq!(page["files"], Value::from(all.len() - 2), "{page}");
    assert_eq!((&page["projects"], &page["without_sums"]), (&Value::from(3), &Value::from(0)));
    assert_eq!(check(&library, &["sample"]).code, 0);
    assert!(contents(&library) == before, "a check wrote into the library");
}

#[test]
fn where_nothing_was_imported_there_is_nothing_to_check() {
    let folder = tempfile::tempdir().unwrap();
    let ran = check(folder.path(), &[]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(ran.stdout.starts_with("No edition has been imported into "), "{}", ran.stdout);
    let ran = check(folder.path(), &["2026-09", "sample"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stdout.contains("there is no edition \"2026-09\"") && ran.stdout.contains("sample: a part"),
        "{}",
        ran.stdout
    );
}

#[test]
fn a_bit_that_differs_in_any_file_of_an_edition_is_found_and_its_file_named() {
    let folder = prepared();
    let library = folder.path().join("library");
    let place = generation(&library, "page");
    let whole = Library::at(&library);
    for file in files(&place) {
        let bytes = fs::read(&file).unwrap();
        // At the beginning, at the end, and at places between that differ from file to file.
        let length = bytes.len();
        for at in [0, length / 7, length / 3, length / 2, length * 5 / 7, length.saturating_sub(9), length - 1] {
            flip(&file, at);
            let checked = whole.check("page", &mut |_| {}).unwrap().unwrap();
            let flaws: Vec<&Path> = checked.flaws.iter().map(|flaw| flaw.file.as_path()).collect();
            // A manifest that says something else of the published file puts that in doubt too.
            assert!(flaws.contains(&file.as_path()), "{}, byte {at}: {flaws:?}", file.display());
            assert!(flaws.len() == 1 || file.ends_with("manifest.json"), "{}, byte {at}: {flaws:?}", file.display());
            fs::write(&file, &bytes).unwrap();
        }
    }
    let checked = whole.check("page", &mut |_| {}).unwrap().unwrap();
    assert_eq!(checked.flaws, []);
}

#[test]
fn what_is_missing_cut_off_or_led_astray_is_named_and_the_rest_is_looked_at() {
    let folder = prepared();
    let library = folder.path().join("library");
    for whole in files(&generation(&library, "page")) {
        let name = whole.strip_prefix(&library).unwrap();
        for damage in ["missing", "empty", "cut off", "a folder", "a link to nothing"] {
            let copy = copy(&library, folder.path());
            let file = copy.join(name);
            let length = fs::metadata(&file).unwrap().len();
            match damage {
                "cut off" => fs::File::options().write(true).open(&file).unwrap().set_len(length / 2).unwrap(),
                "empty" => fs::write(&file, "").unwrap(),
                _ => fs::remove_file(&file).unwrap(),
            }
            match damage {
                "a folder" => fs::create_dir(&file).unwrap(),
                "a link to nothing" => symlink("nowhere", &file).unwrap(),
                _ => {}
            }
            let mut told = Vec::new();
            for slug in ["page", "2026-08"] {
                told.push(Library::at(&copy).check(slug, &mut |_| {}).unwrap().unwrap());
            }
            let named = told[0].flaws.iter().any(|flaw| flaw.file == file);
            assert!(named && told[0].remedy.is_some(), "{}, {damage}: {told:?}", file.display());
            assert_eq!(told[1].flaws, [], "{}, {damage}", file.display());
        }
    }
}

#[test]
fn what_to_do_about_damage_does_mend_it() {
    let folder = prepared();
    let library = folder.path().join("library");
    flip(&generation(&library, "2026-08").join("index/rows.table"), 40);
    flip(&generation(&library, "page").join("sources/page.txt"), 40);
    let ran = check(&library, &["--json"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (2, ""), "{}", ran.stdout);
    let report = ran.json();
    assert_eq!((&report["whole"], &edition(&report, "2026-09")["whole"]), (&Value::Bool(false), &Value::Bool(true)));
    let advice = edition(&report, "2026-08")["advice"].as_str().unwrap();
    let (_, line) = advice.split_once("To mend it: outflow ").unwrap();
    let words: Vec<&str> = line.split(' ').collect();
    assert_eq!(outflow(&library, &words).code, 0, "{line}");
    assert_eq!(check(&library, &["2026-08"]).code, 0);
    // A published file that differs must be had from elsewhere.
    let ran = check(&library, &[]);
    assert_eq!(ran.code, 2);
    let said = ran.stdout;
    assert!(
        said.contains("page: not whole") && said.contains("sources/page.txt: this published file is not"),
        "{said}"
    );
    assert!(said.contains("download page.txt from the publisher again"), "{said}");
}

#[test]
fn a_check_that_takes_its_time_tells_how_far_it_is_and_ends_by_ctrl_c() {
    let folder = prepared();
    let library = folder.path().join("library");
    // A hole of so many bytes takes no room, and minutes to read.
    let kept = generation(&library, "page").join("sources/page.txt");
    fs::File::options().write(true).open(kept).unwrap().set_len(256 << 30).unwrap();
    let start = Start { columns: 80, rows: 24, library: &library, arguments: &["check"], environment: &[] };
    let mut terminal = Terminal::start(&start);
    terminal.wait_for("] checking page: ");
    terminal.press("\u{3}");
    assert_eq!(terminal.wait_for_end(), 130);
    assert_eq!(terminal.text().replace("^C", "").trim(), "", "the bar is still there");
}

#[test]
fn a_pipe_in_the_place_of_a_file_holds_nobody_up() {
    let folder = prepared();
    let library = folder.path().join("library");
    for name in ["manifest.json", "sums.json", "sources/page.txt", "index/rows.table", "index/meta.json"] {
        let copy = copy(&library, folder.path());
        let pipe = copy.join("editions/page/000001").join(name);
        fs::remove_file(&pipe).unwrap();
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let ran = check(&copy, &["page"]);
        let said = format!("{}: it cannot be read (it is no regular file)", pipe.display());
        assert!(ran.code == 2 && ran.stdout.contains(&said), "{name}: {}", ran.stdout);
    }
}

#[test]
fn a_choice_that_cannot_be_read_is_named() {
    let folder = prepared();
    let library = folder.path().join("library");
    fs::write(library.join("chosen"), [0xff]).unwrap();
    let ran = check(&library, &[]);
    assert!(ran.code == 2 && ran.stdout.contains("library/chosen: it cannot be read"), "{}", ran.stdout);
    assert!(ran.stdout.contains("page: whole") && ran.stdout.contains("editions --use NAME"), "{}", ran.stdout);
    // What is said to do about it helps.
    assert_eq!(outflow(&library, &["editions", "--use", "page"]).code, 0);
    assert!(!check(&library, &[]).stdout.contains("library/chosen"));
}

#[test]
fn a_link_that_is_lost_or_leads_nowhere_is_told_with_the_published_file_that_is_kept() {
    let folder = prepared();
    let library = folder.path().join("library");
    let edition = library.join("editions/page");
    let current = edition.join("current");
    for (target, said) in [(Some("000009"), "it leads to 000009, which is not there"), (None, "it is missing")] {
        fs::remove_file(&current).unwrap();
        if let Some(target) = target {
            symlink(target, &current).unwrap();
        }
        let ran = check(&library, &[]);
        assert_eq!(ran.code, 2, "{}", ran.stdout);
        let kept = edition.join("000001/sources/page.txt");
        let named = format!("{}: {said}", current.display());
        assert!(ran.stdout.contains(&named), "{}", ran.stdout);
        let advised = format!("import --edition page {}", kept.display());
        assert!(ran.stdout.contains(&advised), "{}", ran.stdout);
        symlink("000001", &current).unwrap_or_default();
    }
}

#[test]
fn an_edition_of_another_layout_says_so() {
    let folder = prepared();
    let library = folder.path().join("library");
    let place = generation(&library, "page");
    let manifest = place.join("manifest.json");
    let written = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, written.replacen("\"schema\": 1", "\"schema\": 9", 1)).unwrap();
    let ran = check(&library, &["page"]);
    assert!(ran.code == 2 && ran.stdout.contains("it has layout 9, and this program reads layout 1"), "{}", ran.stdout);
    fs::write(&manifest, written).unwrap();
    // An index of another format, published whole by another version of the program.
    fs::write(place.join("index/format.json"), "{\"schema\":7}").unwrap();
    fs::remove_file(place.join("sums.json")).unwrap();
    let old = fs::read_to_string(&manifest).unwrap().replace(",\n  \"sums\": \"sums.json\"", "");
    fs::write(&manifest, old).unwrap();
    let ran = check(&library, &["page"]);
    assert!(ran.code == 2 && ran.stdout.contains("its index has format 7"), "{}", ran.stdout);
    assert!(ran.stdout.contains("To mend it: outflow "), "{}", ran.stdout);
}

#[test]
fn an_edition_of_an_older_program_is_held_to_the_sums_that_it_has() {
    let folder = prepared();
    let library = folder.path().join("library");
    let place = generation(&library, "page");
    fs::remove_file(place.join("sums.json")).unwrap();
    let ran = check(&library, &["page"]);
    assert!(
        ran.code == 2 && named(&check(&library, &["page", "--json"]), "page") == [place.join("sums.json")],
        "{}",
        ran.stdout
    );
    let manifest = place.join("manifest.json");
    let old = fs::read_to_string(&manifest).unwrap().replace(",\n  \"sums\": \"sums.json\"", "");
    fs::write(&manifest, old).unwrap();
    let ran = check(&library, &["page"]);
    assert!(ran.code == 0 && ran.stdout.contains("An older program imported it and wrote no sums"), "{}", ran.stdout);
    assert_eq!(outflow(&library, &["--edition", "page", "stats"]).code, 0);
    let whole = Library::at(&library);
    for file in files(&place.join("index")) {
        let bytes = fs::read(&file).unwrap();
        let carries = ["idx", "pos", "term", "fieldnorm", "fast", "store"];
        let carries = file.extension().is_some_and(|ending| carries.contains(&ending.to_str().unwrap()));
        for at in (0..bytes.len()).step_by((bytes.len() / 40).max(1)) {
            flip(&file, at);
            let checked = whole.check("page", &mut |_| {}).unwrap().unwrap();
            // Postings carry a sum of what stands before their last line; other files may hold what nothing contradicts.
            let in_body = carries && at + 200 < bytes.len();
            assert!(!in_body || checked.flaws.iter().any(|flaw| flaw.file == file), "{}, byte {at}", file.display());
            fs::write(&file, &bytes).unwrap();
        }
    }
}

#[test]
fn a_file_of_another_edition_does_not_go_with_the_rest() {
    let folder = prepared();
    let library = folder.path().join("library");
    for slug in ["2026-08", "2026-09"] {
        let place = generation(&library, slug);
        fs::remove_file(place.join("sums.json")).unwrap();
        let manifest = place.join("manifest.json");
        let old = fs::read_to_string(&manifest).unwrap().replace(",\n  \"sums\": \"sums.json\"", "");
        fs::write(&manifest, old).unwrap();
    }
    let (other, place) = (generation(&library, "2026-08"), generation(&library, "2026-09"));
    let whole = Library::at(&library);
    let mut unnoticed = Vec::new();
    for file in files(&place) {
        let name = file.strip_prefix(&place).unwrap();
        let Ok(strange) = fs::read(other.join(name)) else { continue };
        let own = fs::read(&file).unwrap();
        if own == strange {
            continue;
        }
        fs::write(&file, strange).unwrap();
        if whole.check("2026-09", &mut |_| {}).unwrap().unwrap().flaws.is_empty() {
            unnoticed.push(name.display().to_string());
        }
        fs::write(&file, own).unwrap();
    }
    // tantivy's list of its files is for who writes. Values, and which texts are nearly equal, stand there alone.
    let expected = ["index/.managed.json", "index/values.columns", "index/wordings.bin"];
    assert!(unnoticed.iter().all(|name| expected.contains(&name.as_str())), "{unnoticed:?}");
}

#[test]
fn what_killed_imports_left_is_named_and_is_no_damage() {
    let folder = prepared();
    let library = folder.path().join("library");
    let page = library.join("editions/page");
    fs::create_dir(page.join(".import-abc")).unwrap();
    fs::create_dir(page.join("000002")).unwrap();
    let begun = library.join("editions/begun");
    fs::create_dir_all(begun.join(".import-def")).unwrap();
    fs::write(begun.join(".lock"), "").unwrap();
    fs::create_dir(library.join("editions/.removed-old")).unwrap();
    let ran = check(&library, &[]);
    assert_eq!(ran.code, 0, "{}", ran.stdout);
    for (left, said) in [
        ("page/.import-abc", "the next import clears it"),
        ("page/000002", "the next import of the same edition clears it"),
        ("begun/.import-def", "the next import clears it"),
        (".removed-old", "you can delete it"),
    ] {
        let line =
            ran.stdout.lines().find(|line| line.contains(left)).unwrap_or_else(|| panic!("{left}: {}", ran.stdout));
        assert!(line.ends_with(said), "{line}");
    }
    // What is said of the next import is so.
    assert_eq!(outflow(&library, &["import", FIXTURE]).code, 0);
    let left = check(&library, &["--json"]).json()["leftovers"].clone();
    assert_eq!(left.as_array().unwrap().len(), 1, "{left}");
}

#[test]
fn a_file_of_ones_own_that_cannot_be_understood_is_named() {
    let files = [
        ("own/dismissed.json", "[]"),
        ("own/marks.json", "{\"schema\": 1, \"marks\": 7}"),
        ("own/searches.json", "no JSON"),
        ("own/queries.json", "{\"schema\": 99}"),
        ("own/drafts.json", ""),
        ("config/outflow/config.toml", "theme = ["),
        ("config/outflow/concerns.toml", "no TOML"),
        ("config/outflow/aliases.toml", "[[same"),
        ("config/outflow/audits.csv", "no list"),
    ];
    let folder = prepared();
    for (file, text) in files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        let ran = outflow_of(folder.path(), &["check"]);
        assert!(ran.code == 2 && ran.stdout.contains("not all can be used"), "{file}: {}", ran.stdout);
        assert!(ran.stdout.contains(path.to_str().unwrap()), "{file}: {}", ran.stdout);
        assert!(ran.stdout.contains("page: whole"), "{file}: {}", ran.stdout);
        fs::remove_file(&path).unwrap();
        symlink("nowhere", &path).unwrap();
        let ran = outflow_of(folder.path(), &["check"]);
        assert!(!file.starts_with("own") || ran.code == 2 && ran.stdout.contains(file), "{file}: {}", ran.stdout);
        fs::remove_file(&path).unwrap();
    }
    assert_eq!(outflow_of(folder.path(), &["mark", "DARS-NIC-00002-D3E4F", "--edition", "page", "--bookmark"]).code, 0);
    let ran = outflow_of(folder.path(), &["check"]);
    assert!(
        ran.code == 0 && ran.stdout.contains("your own files: 1 file read, and nothing is wrong"),
        "{}",
        ran.stdout
    );
}

#[test]
fn an_edition_that_is_imported_anew_meanwhile_is_no_damage() {
    let folder = prepared();
    let library = folder.path().join("library");
    let importing = (0..6).map(|_| program(&library, &["import", FIXTURE]));
    for child in importing {
        let mut child = { child }.spawn().unwrap();
        while child.try_wait().unwrap().is_none() {
            let checked = check(&library, &["page"]);
            assert_eq!(checked.code, 0, "{}{}", checked.stdout, checked.stderr);
        }
        assert_eq!(ran(child).code, 0);
    }
}
