//! What kind of file this is, told from its bytes and never from its name.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::page::{self, ShownLine};
use super::{ImportError, html};

/// The first bytes of a zip archive, which a workbook is.
const ZIP: &[u8] = b"PK\x03\x04";

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
        /// SHA-256 of its bytes.
        sha256: String,
    },
    /// A workbook.
    Workbook {
        /// Its bytes.
        bytes: Vec<u8>,
        /// SHA-256 of its bytes.
        sha256: String,
    },
}

impl Content {
    pub(super) fn sha256(&self) -> &str {
        match self {
            Self::Page { sha256, .. } | Self::Workbook { sha256, .. } => sha256,
        }
    }
}

/// A file's name without its folders.
pub(super) fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// Reads a file whole.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, ImportError> {
    fs::read(path).map_err(|source| ImportError::File { path: path.to_owned(), source })
}

/// Tells what a file is, or why it cannot be read.
pub(super) fn recognise(bytes: Vec<u8>) -> Result<Content, String> {
    let sha256 = hexadecimal(&Sha256::digest(&bytes));
    if bytes.is_empty() {
        return Err("the file is empty; download it again".to_owned());
    }
    if bytes.starts_with(ZIP) {
        return Ok(Content::Workbook { bytes, sha256 });
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err("an old Excel workbook (.xls) or a locked one; open it, and save it as .xlsx".to_owned());
    }
    let (text, note) = decode(bytes)?;
    let start = text.trim_start().get(..200).unwrap_or(text.trim_start()).to_lowercase();
    let is_html = start.starts_with("<!doctype") || start.starts_with("<html") || start.starts_with("<?xml");
    if is_html && text.len() > LARGEST_PAGE {
        return Err(format!("a saved page larger than {} MB, which no page of a register is", LARGEST_PAGE >> 20));
    }
    let lines = if is_html { html::shown_lines(&text) } else { page::shown_lines(&text) };
    if text.contains('\0') || !page::is_page(&lines) {
        return Err(no_register());
    }
    Ok(Content::Page { lines, note, sha256 })
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

fn no_register() -> String {
    "neither a reformatted register page nor a register workbook; name a file as it was published".to_owned()
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}
