//! What kind of file this is, told from its bytes and never from its name.

use super::html;
use super::page::{self, ShownLine};

/// The first bytes of a zip archive, which a workbook is.
const ZIP: &[u8] = b"PK\x03\x04";

/// The first bytes of a compound file: a workbook before 2007, or one that is locked.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0";

/// What is said of a table in a text file.
const TABLE: &str = "a table in a text file (.csv), which is not read: it has lost its sheets; give the workbook as it \
                     was published (.xlsx)";

/// The largest page in HTML that is read. The page that is at hand has 18 kB as text.
const LARGEST_PAGE: usize = 20 << 20;

/// A published file that can be read.
pub(super) enum Content {
    /// A reformatted page, as text or as HTML.
    Page {
        /// The lines that it shows.
        lines: Vec<ShownLine>,
        /// What is said of how it was read.
        note: Option<String>,
    },
    /// A workbook, by its bytes.
    Workbook(Vec<u8>),
}

/// Tells what a file is, or why it cannot be read.
pub(super) fn recognise(bytes: Vec<u8>) -> Result<Content, String> {
    if bytes.is_empty() {
        return Err("the file is empty; download it again".to_owned());
    }
    if bytes.starts_with(ZIP) {
        return Ok(Content::Workbook(bytes));
    }
    if let Some(what) = other_kind(&bytes) {
        return Err(what.to_owned());
    }
    let (text, note) = decode(bytes)?;
    let start = text.trim_start().get(..200).unwrap_or(text.trim_start()).to_lowercase();
    let is_html = start.starts_with("<!doctype") || start.starts_with("<html") || start.starts_with("<?xml");
    if is_html && text.len() > LARGEST_PAGE {
        return Err(format!("a saved page larger than {} MB, which no page of a register is", LARGEST_PAGE >> 20));
    }
    let lines = if is_html { html::shown_lines(&text)? } else { page::shown_lines(&text) };
    if text.contains('\0') || !page::is_page(&lines) {
        return Err(if is_table(&text) { TABLE.to_owned() } else { no_register() });
    }
    Ok(Content::Page { lines, note })
}

/// The text of a page: UTF-8, or UTF-16 with its mark; anything else that could be text is Windows-1252, the encoding
/// that old browsers save in, which is said.
fn decode(bytes: Vec<u8>) -> Result<(String, Option<String>), String> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(&bytes) {
        let (text, had_errors) = encoding.decode_without_bom_handling(&bytes[mark..]);
        let name = encoding.name();
        let note = had_errors.then(|| format!("some characters were no {name} and are shown as \u{FFFD}"));
        return Ok((text.into_owned(), note));
    }
    let error = match String::from_utf8(bytes) {
        Ok(text) => return Ok((text, None)),
        Err(error) => error,
    };
    if error.as_bytes().contains(&0) {
        return Err(no_register());
    }
    let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
    let line = before.split(|byte| *byte == b'\n').count();
    let (text, ..) = encoding_rs::WINDOWS_1252.decode(error.as_bytes());
    let note = format!("line {line} is no UTF-8: the page was read as Windows-1252");
    Ok((text.into_owned(), Some(note)))
}

/// Whether a text looks like a table with commas, semicolons or tabs: the first lines have the same number of them.
fn is_table(text: &str) -> bool {
    [',', ';', '\t'].iter().any(|mark| {
        let mut counts = text.lines().take(3).map(|line| line.matches(*mark).count());
        counts.next().is_some_and(|first| first >= 3 && counts.all(|count| count >= first))
    })
}

fn no_register() -> String {
    "neither a reformatted register page nor a register workbook; give a file of the register as it was downloaded"
        .to_owned()
}

/// What to do with a file of a kind that is known and not read.
fn other_kind(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(COMPOUND) {
        return Some(compound_kind(bytes));
    }
    let kinds: [(&[u8], &str); 4] = [
        (b"%PDF", "a PDF, which is not read; give the workbook (.xlsx), or the page saved as text or HTML"),
        (b"{\\rtf", "a document in RTF, which is not read; save it as plain text (.txt)"),
        (b"PK\x05\x06", "an archive with nothing in it; download the workbook again"),
        (b"\x1f\x8b", "a compressed file; unpack it, and give what is in it"),
    ];
    kinds.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, what)| *what)
}

/// What a compound file of old Office programs holds, told by the names of its streams, which are UTF-16. A workbook
/// with a password is kept in one too ([MS-OFFCRYPTO] 1.3).
fn compound_kind(bytes: &[u8]) -> &'static str {
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &name).is_some()
    };
    if holds("EncryptedPackage") {
        "locked with a password; open it with the password, take that off (in Excel: File, Info, Protect Workbook, \
         Encrypt with Password, and leave it empty), and save it as .xlsx"
    } else if holds("WordDocument") {
        "an old Word document; save it as plain text (.txt) if it is a register page"
    } else {
        "an old Excel workbook (.xls); open it in a spreadsheet program, and save it as .xlsx"
    }
}
