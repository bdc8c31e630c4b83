//! Files that are made to cost time or memory: each is read past or refused in bounded time, and named where it is refused. Archives
//! that unpack to more than they hold are tried in `import_hostile`, and the limits of the process that reads in `import_apart`.

use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::support::disk::FIXTURE;
use crate::support::program::{Ran, outflow};
use crate::support::workbook::{sheets, write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// How long one of these may take to import: quadratic ones took from half a minute to many.
const LONGEST: Duration = Duration::from_secs(20);

/// The second sheet of the workbook of our own making, which is that of the releases.
const RELEASES_SHEET: &str = "xl/worksheets/sheet2.xml";
const STRINGS: &str = "xl/sharedStrings.xml";

struct Trial(tempfile::TempDir);

impl Trial {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    /// A page as it is saved by a browser, with something at the end of its body.
    fn html(&self, name: &str, more: &str) -> PathBuf {
        let text = fs::read_to_string(FIXTURE).unwrap().replace('&', "&amp;");
        let lines = text.lines().map(|line| format!("<p>{line}</p>")).collect::<Vec<_>>().join("\n");
        self.file(name, format!("<!DOCTYPE html><html><body>\n{lines}\n{more}</body></html>").as_bytes())
    }

    /// A workbook of which one part is changed.
    fn workbook(&self, name: &str, part: &str, change: impl Fn(String) -> String) -> PathBuf {
        let good = fs::read(write(self.0.path(), "good-mar-2018.xlsx", &sheets())).unwrap();
        let mut source = ZipArchive::new(Cursor::new(good)).unwrap();
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for number in 0..source.len() {
            let mut read = source.by_index(number).unwrap();
            let known = read.name().unwrap().into_owned();
            let mut text = String::new();
            read.read_to_string(&mut text).unwrap();
            archive.start_file(&known, SimpleFileOptions::default()).unwrap();
            let text = if known == part { change(text) } else { text };
            archive.write_all(text.as_bytes()).unwrap();
        }
        self.file(name, archive.finish().unwrap().get_ref())
    }

    /// Imports files as an edition of their own.
    fn import(&self, files: &[&Path]) -> Ran {
        let begun = Instant::now();
        let mut arguments = vec!["import", "--edition", "new"];
        arguments.extend(files.iter().map(|path| path.to_str().unwrap()));
        let ran = outflow(&self.0.path().join("library"), &arguments);
        assert!(begun.elapsed() < LONGEST, "{files:?} took {:?}", begun.elapsed());
        assert!(!ran.stderr.contains("panicked"), "{files:?}: {}", ran.stderr);
        ran
    }

    /// The file is read.
    fn reads(&self, path: &Path) -> Ran {
        let ran = self.import(&[path]);
        assert_eq!(ran.code, 0, "{}: {}", path.display(), ran.stderr);
        ran
    }

    /// The file is skipped and named, and the one beside it is read.
    fn skips(&self, path: &Path, said: &str) {
        let ran = self.import(&[path, Path::new(FIXTURE)]);
        assert_eq!(ran.code, 0, "{}: {}", path.display(), ran.stderr);
        let named = format!("warning: {}: not read: ", path.file_name().unwrap().to_str().unwrap());
        assert!(ran.stderr.contains(&named) && ran.stderr.contains(said), "{said:?} is not in: {}", ran.stderr);
    }
}

#[test]
fn a_tag_of_100_000_attributes_is_named_and_the_next_file_is_read() {
    let trial = Trial::new();
    let attributes: String = (0..100_000).fold(String::new(), |mut all, number| {
        let _ = write!(all, " a{number}");
        all
    });
    for (name, tag) in
        [("start.html", format!("<p{attributes}>")), ("end.html", format!("<script></script{attributes}>"))]
    {
        trial.skips(&trial.html(name, &tag), "a tag with more than 1000 attributes");
    }
    // Many tags that each have as many as may be.
    let (some, _) = attributes.split_at(5_000);
    trial.reads(&trial.html("many.html", &format!("<p{some}>").repeat(100)));
}

#[test]
fn what_is_hidden_a_hundred_thousand_deep_is_read_past() {
    let trial = Trial::new();
    let hidden = format!("{}{}", "<svg>".repeat(100_000), "</style>".repeat(100_000));
    trial.reads(&trial.html("hidden.html", &hidden));
    // A term that is added to again and again would be copied each time.
    let terms = format!("<dl><dt>{}{}</dl>", "x".repeat(1 << 20), "</dt><dd>".repeat(10_000));
    trial.reads(&trial.html("terms.html", &terms));
    trial.reads(&trial.html("cells.html", &format!("<table><tr>{}", "<td>".repeat(100_000))));
    trial.reads(&trial.html("comment.html", &format!("<!--{}", "<a b=c ".repeat(100_000))));
}

#[test]
fn a_page_of_10_000_datasets_and_values_takes_no_square_of_their_number() {
    let trial = Trial::new();
    let text = fs::read_to_string(FIXTURE).unwrap();
    let names: String = (0..10_000).fold(String::new(), |mut all, number| {
        let _ = writeln!(all, "- Maternity Services Data Set {number}");
        all
    });
    let mark = "- Emergency Care Data Set (ECDS)\n";
    assert!(text.contains(mark));
    trial.reads(&trial.file("datasets.txt", text.replacen(mark, &names, 1).as_bytes()));
    let values: String = (0..5_000).fold(String::new(), |mut all, number| {
        let _ = writeln!(all, "Legal basis: Act {number} of Parliament");
        all
    });
    let mark = "Sensitive: Sensitive, and Non-Sensitive\n";
    assert!(text.contains(mark));
    trial.reads(&trial.file("values.txt", text.replacen(mark, &format!("{values}{mark}"), 1).as_bytes()));
}

#[test]
fn sizes_that_a_sheet_lies_about_cost_nothing() {
    let trial = Trial::new();
    for (name, dimension) in [
        ("turned.xlsx", "A2:C1"),
        ("turned-columns.xlsx", "C1:A2"),
        ("far.xlsx", "A1:XFD1048576"),
        ("farther.xlsx", "A1:ZZZZZ4294967295"),
        ("none.xlsx", ""),
        ("three.xlsx", "A1:B2:C3"),
        ("words.xlsx", "from here:to there"),
    ] {
        let lying = format!("<dimension ref=\"{dimension}\"/>");
        let path = trial.workbook(name, RELEASES_SHEET, |sheet| {
            let from = sheet.find("<dimension ").unwrap();
            let to = from + sheet[from..].find("/>").unwrap() + 2;
            format!("{}{lying}{}", &sheet[..from], &sheet[to..])
        });
        // Read as if it were not there, or skipped and named.
        let ran = trial.import(&[&path, Path::new(FIXTURE)]);
        assert_eq!(ran.code, 0, "{name}: {}", ran.stderr);
        let is_read = !ran.stderr.contains("not read: ");
        assert!(is_read || ran.stderr.contains(&format!("warning: {name}: not read: ")), "{}", ran.stderr);
        if name.starts_with("turned") || name == "far.xlsx" {
            assert!(is_read, "{name}: {}", ran.stderr);
        }
    }
}

#[test]
fn a_million_tags_nested_and_entities_of_its_own_are_bounded() {
    let trial = Trial::new();
    let nested = format!("{}{}<sheetData>", "<x>".repeat(1_000_000), "</x>".repeat(1_000_000));
    let path = trial.workbook("nested.xlsx", RELEASES_SHEET, |sheet| sheet.replacen("<sheetData>", &nested, 1));
    trial.reads(&path);
    // Each entity is ten of the one before: the last would be a billion laughs.
    let mut laughs = "<!DOCTYPE sst [<!ENTITY l0 \"ha\">".to_owned();
    for number in 1..10 {
        let _ = write!(laughs, "<!ENTITY l{number} \"{}\">", format!("&l{};", number - 1).repeat(10));
    }
    laughs.push_str("]>");
    let path = trial.workbook("entities.xlsx", STRINGS, |strings| {
        let at = strings.find("<sst").unwrap();
        let mut strings = format!("{}{laughs}{}", &strings[..at], &strings[at..]);
        let text = strings.find("<t>").unwrap() + 3;
        strings.insert_str(text, "&l9;");
        strings
    });
    let ran = trial.import(&[&path, Path::new(FIXTURE)]);
    assert!(ran.code == 0 && ran.stderr.contains("entities.xlsx"), "{}", ran.stderr);
    assert!(!ran.stdout.contains("haha"), "{}", ran.stdout);
}

#[test]
fn strings_that_are_named_again_and_again_cost_what_the_limit_allows() {
    let trial = Trial::new();
    // A megabyte that two thousand cells each say: 2 GB, of a file of a few kilobytes.
    let path = trial.workbook("shared.xlsx", STRINGS, |strings| {
        let at = strings.find("<t>").unwrap() + 3;
        format!("{}{}{}", &strings[..at], "a".repeat(1 << 20), &strings[at..])
    });
    let bytes = fs::read(&path).unwrap();
    let mut source = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let rows = (100..2100).fold(String::new(), |mut rows, row| {
        let _ = write!(rows, "<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>");
        rows
    });
    for number in 0..source.len() {
        let mut part = source.by_index(number).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        archive.start_file(&name, SimpleFileOptions::default()).unwrap();
        let text =
            if name == RELEASES_SHEET { text.replace("</sheetData>", &format!("{rows}</sheetData>")) } else { text };
        archive.write_all(text.as_bytes()).unwrap();
    }
    let path = trial.file("shared.xlsx", archive.finish().unwrap().get_ref());
    assert!(fs::metadata(&path).unwrap().len() < 100 << 10);
    trial.skips(&path, "more");
}

#[test]
fn a_table_of_one_unclosed_quote_is_refused() {
    let trial = Trial::new();
    let table = format!("a,b,c,d\n1,2,3,4\n1,2,3,\"{}", "x,\n".repeat(4 << 20));
    trial.skips(&trial.file("quote.csv", table.as_bytes()), "table in a text file (.csv)");
    let audits = trial.file("audits.csv", format!("organisation,date,finding\n\"{}", "x".repeat(8 << 20)).as_bytes());
    let ran = outflow(&trial.0.path().join("library"), &["--audits", audits.to_str().unwrap(), "concerns"]);
    assert!(ran.code == 0 && ran.stderr.contains("audits.csv: larger than 1 MB"), "{}: {}", ran.code, ran.stderr);
}
