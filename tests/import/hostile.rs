//! Files that are broken, hostile or no register: each is one sentence, exit code 2, and the library is as it was.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::support::disk::{FIXTURE, contents};
use crate::support::processes::reader_of;
use crate::support::program::{copy_for_others, outflow, program, ran};
use crate::support::workbook::large_workbook;
use crate::support::workbook::{sheets, write};
use rustix::fs::{CWD, FileType, Mode, mknodat};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// The second sheet of the workbook of our own making, which is that of the releases.
const RELEASES_SHEET: &str = "xl/worksheets/sheet2.xml";
const STRINGS: &str = "xl/sharedStrings.xml";

struct Trial {
    folder: tempfile::TempDir,
    library: PathBuf,
}

impl Trial {
    /// A library with an edition in it.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let library = folder.path().join("library");
        let ran = outflow(&library, &["import", FIXTURE]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        Self { folder, library }
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    /// A workbook with parts of it written anew.
    fn workbook(&self, name: &str, change: impl Fn(&str, String) -> String) -> PathBuf {
        self.workbook_with(name, |archive| {
            rewrite(archive, &self.good(), &change);
        })
    }

    fn workbook_with(&self, name: &str, make: impl Fn(&mut ZipWriter<Cursor<Vec<u8>>>)) -> PathBuf {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        make(&mut archive);
        self.file(name, archive.finish().unwrap().get_ref())
    }

    fn good(&self) -> Vec<u8> {
        fs::read(write(self.folder.path(), "good-mar-2018.xlsx", &sheets())).unwrap()
    }

    /// The file is refused: alone, and into an edition that is there, with one sentence that names it; and among others
    /// it is skipped.
    fn refuses(&self, path: &Path, said: &[&str]) {
        let before = contents(&self.library);
        let name = path.file_name().unwrap().to_str().unwrap();
        for arguments in [["--edition", "new"], ["--edition", "page"], ["--into", "page"]] {
            let ran = outflow(&self.library, &["import", arguments[0], arguments[1], path.to_str().unwrap()]);
            assert_eq!(
                (ran.code, ran.stdout.as_str(), ran.stderr.lines().count()),
                (2, "", 1),
                "{name}: {}",
                ran.stderr
            );
            let named = ran.stderr.starts_with("outflow: ") && ran.stderr.contains(name);
            assert!(named && said.iter().all(|part| ran.stderr.contains(part)), "{said:?} is not in: {}", ran.stderr);
            assert!(contents(&self.library) == before, "{name} changed the library");
        }
        let ran = outflow(&self.library, &["import", "--edition", "others", path.to_str().unwrap(), FIXTURE]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let warning = format!("warning: {name}: not read: ");
        assert!(ran.stderr.starts_with(&warning) && ran.stderr.contains(said[0]), "{}", ran.stderr);
        assert_eq!(outflow(&self.library, &["editions", "--remove", "others"]).code, 0);
    }
}

/// Writes the parts of an archive, each as the change makes it.
fn rewrite(archive: &mut ZipWriter<Cursor<Vec<u8>>>, good: &[u8], change: &impl Fn(&str, String) -> String) {
    let mut source = ZipArchive::new(Cursor::new(good)).unwrap();
    for number in 0..source.len() {
        let mut part = source.by_index(number).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        archive.start_file(&name, deflated()).unwrap();
        archive.write_all(change(&name, text).as_bytes()).unwrap();
    }
}

fn deflated() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).compression_level(Some(6))
}

/// The good workbook without a part.
fn without(archive: &mut ZipWriter<Cursor<Vec<u8>>>, good: &[u8], left_out: &str) {
    let mut source = ZipArchive::new(Cursor::new(good)).unwrap();
    for number in 0..source.len() {
        let part = source.by_index_raw(number).unwrap();
        if part.name().unwrap() != left_out {
            archive.raw_copy_file(part).unwrap();
        }
    }
}

/// A workbook of which one string is so many megabytes long, and is what the first cell of the releases says.
fn long_string(good: &[u8], archive: &mut ZipWriter<Cursor<Vec<u8>>>, megabyte: &[u8], megabytes: usize) {
    without(archive, good, STRINGS);
    archive.start_file(STRINGS, deflated()).unwrap();
    archive.write_all(b"<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>").unwrap();
    for _ in 0..megabytes {
        archive.write_all(megabyte).unwrap();
    }
    archive.write_all(b"</t></si></sst>").unwrap();
}

/// A megabyte of hexadecimal digits in no order: they pack to about half.
fn digits() -> Vec<u8> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let digit = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        b"0123456789abcdef"[usize::try_from(state >> 60).unwrap()]
    };
    std::iter::repeat_with(digit).take(1 << 20).collect()
}

#[test]
fn files_of_other_kinds_are_named_with_what_to_do() {
    let trial = Trial::new();
    let utf16 = |name: &str| -> Vec<u8> { name.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let compound = |stream: &str| [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), vec![0; 1000], utf16(stream)].concat();
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let archive = |name: &str, parts: &[(&str, &str)]| {
        trial.workbook_with(name, |archive| {
            for (name, text) in parts {
                archive.start_file(*name, stored).unwrap();
                archive.write_all(text.as_bytes()).unwrap();
            }
        })
    };
    let good = trial.good();
    let types = ("[Content_Types].xml", "<Types/>");
    let table: [(PathBuf, &[&str]); 13] = [
        (trial.file("locked.xlsx", &compound("EncryptedPackage")), &["locked with a password", "save it as .xlsx"]),
        (trial.file("old.xls", &compound("Workbook")), &["old Excel workbook", "save it as .xlsx"]),
        (trial.file("old.doc", &compound("WordDocument")), &["old Word document", ".txt"]),
        (
            archive(
                "open.ods",
                &[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<a/>")],
            ),
            &["OpenDocument", "save it as .xlsx"],
        ),
        (archive("letter.docx", &[types, ("word/document.xml", "<a/>")]), &["Word document", ".txt"]),
        (archive("binary.xlsb", &[types, ("xl/workbook.bin", "")]), &["binary workbook", "save it as .xlsx"]),
        (archive("files.zip", &[("a.xlsx", "x"), ("b.txt", "y")]), &["an archive and no workbook", "unpack it"]),
        (trial.file("nothing.zip", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), &["nothing in it", "download"]),
        (trial.file("cut.xlsx", &good[..good.len() / 2]), &["damaged or incomplete", "download it again"]),
        (trial.file("table.csv", b"a,b,c,d\n1,2,3,4\n"), &["table in a text file (.csv)", ".xlsx"]),
        (trial.file("paper.pdf", b"%PDF-1.7\n"), &["a PDF", "give the workbook"]),
        (trial.file("packed.gz", b"\x1f\x8b\x08\0"), &["compressed file", "unpack it"]),
        (trial.file("empty.txt", b""), &["the file is empty", "download it again"]),
    ];
    for (path, said) in table {
        trial.refuses(&path, said);
    }
}

#[test]
fn what_is_no_regular_file_is_refused_and_never_waited_for() {
    let trial = Trial::new();
    let inside = |name: &str| trial.folder.path().join(name);
    mknodat(CWD, inside("pipe.txt"), FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
    trial.refuses(&inside("pipe.txt"), &["a pipe or socket", "save what it gives"]);
    trial.refuses(Path::new("/dev/null"), &["a device", "give a file"]);
    trial.refuses(Path::new("/dev/zero"), &["a device", "give a file"]);
    // A folder that a file is named as holds no register.
    fs::create_dir(inside("folder.xlsx")).unwrap();
    let before = contents(&trial.library);
    symlink("round.txt", inside("about.txt")).unwrap();
    symlink("about.txt", inside("round.txt")).unwrap();
    for (path, said) in
        [("folder.xlsx", "there is no .txt"), ("round.txt", "in a circle"), ("absent.txt", "No such file")]
    {
        let ran = outflow(&trial.library, &["import", inside(path).to_str().unwrap()]);
        assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.lines().count()), (2, "", 1), "{}", ran.stderr);
        assert!(ran.stderr.contains(path) && ran.stderr.contains(said), "{}", ran.stderr);
        assert!(contents(&trial.library) == before);
    }
}

#[test]
fn a_folder_names_what_it_holds_and_cannot_be_read() {
    let trial = Trial::new();
    let folder = trial.folder.path().join("many");
    fs::create_dir(&folder).unwrap();
    fs::copy(FIXTURE, folder.join("good.txt")).unwrap();
    fs::write(folder.join("bad.xlsx"), b"PK\x03\x04").unwrap();
    fs::write(folder.join("old.xls"), b"\xD0\xCF\x11\xE0").unwrap();
    fs::write(folder.join("notes.md"), b"not meant").unwrap();
    symlink("nowhere", folder.join("lost.txt")).unwrap();
    mknodat(CWD, folder.join("pipe.html"), FileType::Fifo, Mode::RUSR, 0).unwrap();
    let ran = outflow(&trial.library, &["import", "--edition", "many", folder.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for name in ["bad.xlsx", "old.xls", "lost.txt", "pipe.html", "notes.md"] {
        assert_eq!(ran.stderr.matches(name).count(), 1, "{name}: {}", ran.stderr);
    }
}

#[test]
fn a_file_that_may_not_be_read_says_so() {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
    let path = folder.path().join("secret.txt");
    fs::copy(FIXTURE, &path).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    let program = copy_for_others(folder.path());
    let mut command = std::process::Command::new(&program);
    if rustix::process::geteuid().is_root() {
        std::os::unix::process::CommandExt::uid(&mut command, 65534);
    }
    let library = folder.path().join("library");
    let output = command.arg("import").arg(&path).env("OUTFLOW_LIBRARY", &library).current_dir("/").output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(2) && said.contains("secret.txt") && said.contains("chmod"), "{said}");
    assert!(!library.exists());
}

#[test]
fn a_file_that_grows_while_it_is_read_is_refused() {
    let trial = Trial::new();
    let path = trial.file("growing.txt", &vec![b'x'; 40 << 20]);
    let grows = AtomicBool::new(true);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut file = fs::File::options().append(true).open(&path).unwrap();
            while grows.load(Ordering::SeqCst) && file.metadata().unwrap().len() < 150 << 20 {
                file.write_all(&[b'x'; 64]).unwrap();
            }
        });
        let ran = outflow(&trial.library, &["import", path.to_str().unwrap()]);
        grows.store(false, Ordering::SeqCst);
        assert!(ran.code == 2 && ran.stderr.contains("it changed while it was read"), "{}", ran.stderr);
    });
}

#[test]
fn bombs_are_not_opened() {
    let trial = Trial::new();
    let good = trial.good();
    let zeros = trial.workbook_with("zeros.xlsx", |archive| {
        without(archive, &good, RELEASES_SHEET);
        archive.start_file(RELEASES_SHEET, deflated()).unwrap();
        for _ in 0..100 {
            archive.write_all(&vec![b' '; 1 << 20]).unwrap();
        }
    });
    trial.refuses(&zeros, &["would unpack to more", "download it again"]);
    let string = trial.workbook_with("string.xlsx", |archive| long_string(&good, archive, &vec![b'a'; 1 << 20], 300));
    trial.refuses(&string, &["would unpack to more"]);
    let many = trial.workbook_with("many.xlsx", |archive| {
        without(archive, &good, "");
        for number in 0..20_000 {
            archive.start_file(format!("xl/{number}"), SimpleFileOptions::default()).unwrap();
        }
    });
    trial.refuses(&many, &["made to unpack to more than it holds"]);
    let overlapping = trial.workbook_with("overlapping.xlsx", |archive| {
        without(archive, &good, "");
        archive.shallow_copy_file(RELEASES_SHEET, "xl/worksheets/sheet9.xml").unwrap();
    });
    trial.refuses(&overlapping, &["made to unpack to more than it holds"]);
}

#[test]
fn a_size_that_lies_ends_only_the_process_that_reads() {
    let trial = Trial::new();
    let good = trial.good();
    let path = trial.workbook_with("lies.xlsx", |archive| long_string(&good, archive, &vec![b'a'; 1 << 20], 800));
    let mut bytes = fs::read(&path).unwrap();
    // The size stands 22 bytes into a part's own header and 24 bytes into its entry in the list.
    let mut patched = 0;
    for (mark, size_at, name_at) in [(b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)] {
        for at in 0..bytes.len() - name_at - STRINGS.len() {
            if bytes[at..].starts_with(mark) && bytes[at + name_at..].starts_with(STRINGS.as_bytes()) {
                bytes[at + size_at..at + size_at + 4].copy_from_slice(&1000_u32.to_le_bytes());
                patched += 1;
            }
        }
    }
    assert_eq!(patched, 2);
    fs::write(&path, bytes).unwrap();
    trial.refuses(&path, &["download it again"]);
}

#[test]
fn a_string_of_300_mb_that_packs_badly_costs_bounded_memory() {
    let trial = Trial::new();
    let good = trial.good();
    let digits = digits();
    let path = trial.workbook_with("long.xlsx", |archive| long_string(&good, archive, &digits, 300));
    assert!((100 << 20..200 << 20).contains(&fs::metadata(&path).unwrap().len()));
    let ran = outflow(&trial.library, &["import", "--edition", "long", path.to_str().unwrap()]);
    assert_eq!((ran.code, ran.stderr.lines().count()), (2, 1), "{}", ran.stderr);
    assert!(ran.stderr.contains("long.xlsx"), "{}", ran.stderr);
}

#[test]
fn a_cell_at_the_far_corner_costs_nothing() {
    let trial = Trial::new();
    let corner = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>";
    let path =
        trial.workbook(
            "corner.xlsx",
            |name, text| {
                if name == RELEASES_SHEET { text.replace("</sheetData>", corner) } else { text }
            },
        );
    let ran = outflow(&trial.library, &["import", "--edition", "corner", path.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("row 1048576: cells beyond column 64 were not read"), "{}", ran.stderr);
}

#[test]
fn tags_that_are_nested_100_000_deep_are_read_past() {
    let trial = Trial::new();
    let nested = format!("{}{}<sheetData>", "<x>".repeat(100_000), "</x>".repeat(100_000));
    let path =
        trial.workbook(
            "nested.xlsx",
            |name, text| {
                if name == RELEASES_SHEET { text.replace("<sheetData>", &nested) } else { text }
            },
        );
    let ran = outflow(&trial.library, &["import", "--edition", "nested", path.to_str().unwrap()]);
    assert!(ran.code == 0 && ran.stdout.contains("nested"), "{}", ran.stderr);
    let text = fs::read_to_string(FIXTURE).unwrap().replace('&', "&amp;");
    let lines = text.lines().map(|line| format!("<p>{line}</p>")).collect::<Vec<_>>().join("\n");
    let html = format!(
        "<!DOCTYPE html><html><body>{}{lines}{}</body></html>",
        "<div>".repeat(100_000),
        "</div>".repeat(100_000)
    );
    let page = trial.file("nested.html", html.as_bytes());
    let ran = outflow(&trial.library, &["import", "--json", page.to_str().unwrap()]);
    let report: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!((ran.code, report["projects"].as_u64()), (0, Some(3)), "{}", ran.stderr);
}

#[test]
fn a_process_that_is_killed_from_outside_is_one_skipped_file() {
    let trial = Trial::new();
    let path = large_workbook(trial.folder.path(), "large-mar-2018.xlsx");
    let arguments = ["import", "--edition", "rest", path.to_str().unwrap(), FIXTURE];
    let import = program(&trial.library, &arguments).spawn().unwrap();
    let parent = rustix::process::Pid::from_child(&import);
    rustix::process::kill_process(reader_of(parent), rustix::process::Signal::KILL).unwrap();
    let ran = ran(import);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("large-mar-2018.xlsx: not read: the process that read it was killed"),
        "{}",
        ran.stderr
    );
}
