//! What is promised of any bytes, a function for each place that reads what strangers wrote. Each panics where the promise is
//! broken. The fuzz targets call them, and so do the package's own tests on the corpus (`tests/fuzzed.rs`).

use std::fs::File;
use std::io::{Cursor, Write};
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::Duration;

use outflow::explorer::Incoming;
use outflow::import::{self, ImportError};
use outflow::index::{Index, LastWord, Marker, Request, SearchError, Sort};
use outflow::library::Edition;
use outflow::text::{fold, safe};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The most that may be held of what a terminal sends: a paste, and the beginning of its end.
const MOST_HELD: usize = 64 * 1024 + 16;

/// Time between two packets.
const GAP: Duration = Duration::from_millis(3);

/// Any text is a query: it is answered, or refused with its trouble. What is said of it names a part of it.
pub fn queries(bytes: &[u8]) {
    static INDEX: OnceLock<Index> = OnceLock::new();
    let index = INDEX.get_or_init(|| Edition::sample().unwrap().index);
    let query = String::from_utf8_lossy(bytes).into_owned();
    for last_word in [LastWord::Whole, LastWord::Beginning] {
        let request = Request { query: query.clone(), last_word, sort: Sort::Relevance };
        match index.search(&request, &|| false) {
            Ok(found) => {
                assert!(found.projects.len() <= index.len());
                assert!(found.trouble.iter().all(|trouble| query.get(trouble.range.clone()).is_some()));
            }
            Err(SearchError::TooLong { .. }) => {}
            Err(error) => panic!("{error}"),
        }
        let _ = Marker::new(&query, last_word);
    }
}

/// Any bytes are a page, or are refused in one sentence that names the file.
pub fn pages(bytes: &[u8]) {
    read("page.html", bytes);
}

/// Any bytes are a workbook, or are refused; what is no archive is put into a good one as the sheet of the releases.
pub fn workbooks(bytes: &[u8]) {
    if bytes.starts_with(b"PK") {
        return read("workbook-mar-2018.xlsx", bytes);
    }
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let parts: [(&str, &[u8]); 5] = [
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELATIONS.as_bytes()),
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", SHEETS.as_bytes()),
        ("xl/worksheets/sheet1.xml", bytes),
    ];
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, part) in parts {
        archive.start_file(name, stored).unwrap();
        archive.write_all(part).unwrap();
    }
    read("workbook-mar-2018.xlsx", archive.finish().unwrap().get_ref());
}

/// Any text is shown without anything that a terminal would obey; what is safe stays as it is.
pub fn display(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let shown = safe(&text).into_owned();
    assert!(!shown.chars().any(char::is_control), "{shown:?}");
    assert!(!shown.contains(['\u{202e}', '\u{2066}', '\u{200b}', '\u{feff}', '\u{e000}']), "{shown:?}");
    assert_eq!(safe(&shown).as_str(), shown);
    let _ = fold(&text);
}

/// Any bytes in any packets are keys, pastes and clicks; what is held is bounded, and nothing is held for ever.
pub fn keys(bytes: &[u8]) {
    for size in [1, 7, bytes.len().max(1)] {
        let mut incoming = Incoming::new(size == 7);
        let mut now = Duration::ZERO;
        for packet in bytes.chunks(size) {
            now += GAP;
            let _ = incoming.take(packet, now);
            assert!(incoming.holds() <= MOST_HELD);
        }
        // Each silence lets go of something; a letter after it is that letter.
        while let Some(patience) = incoming.patience(now) {
            now += patience.max(Duration::from_millis(1));
            let _ = incoming.take(&[], now);
            assert!(now < Duration::from_secs(60) + GAP * u32::try_from(bytes.len()).unwrap(), "held for ever");
        }
        assert_eq!(incoming.take(b"q", now).len(), 1);
    }
}

/// Reads a file in this process.
fn read(name: &str, bytes: &[u8]) {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| tempfile::tempdir().unwrap());
    let path: PathBuf = folder.path().join(format!("{:?}-{name}", std::thread::current().id()));
    File::create(&path).unwrap().write_all(bytes).unwrap();
    match import::read(&[path], Some("any"), &mut |_| {}) {
        Ok(imported) => assert_eq!(imported.register.sources.len(), 1),
        Err(error @ ImportError::Refused { .. }) => {
            let said = error.to_string();
            assert!(said.contains(name) && !said.contains('\n'), "{said:?}");
        }
        Err(error) => panic!("{error}"),
    }
}

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>"#;

const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

const WORKBOOK: &str = r#"<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="DataReleases" sheetId="1" r:id="rId1"/></sheets></workbook>"#;

const SHEETS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
