//! What kind of file this is, told from its bytes and never from its name.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::{ImportError, page};

/// The first bytes of a zip archive, which a workbook is.
const ZIP: &[u8] = b"PK\x03\x04";

/// A published file that can be read.
pub(super) enum Content {
    /// A reformatted page as text.
    Page {
        /// Its text.
        text: String,
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
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) if error.as_bytes().contains(&0) => return Err(no_register()),
        Err(error) => {
            let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = before.split(|byte| *byte == b'\n').count();
            return Err(format!("no UTF-8 text (line {line} breaks it); save the page as UTF-8 text"));
        }
    };
    let text = text.strip_prefix('\u{FEFF}').map_or_else(|| text.clone(), str::to_owned);
    let start = text.trim_start().get(..200).unwrap_or(text.trim_start()).to_lowercase();
    if start.starts_with("<!doctype") || start.starts_with("<html") || start.starts_with("<?xml") {
        return Err("a page saved as HTML, which is not read yet; open it in a browser and save its text".to_owned());
    }
    if text.contains('\0') || !page::is_page(&text) {
        return Err(no_register());
    }
    Ok(Content::Page { text, sha256 })
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
