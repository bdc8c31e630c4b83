//! The archive that a workbook is: looked at before anything of it is unpacked.

use std::fmt::Display;
use std::io::{Cursor, Read};

/// The most that a workbook may hold once unpacked: seven times the largest published.
const LARGEST_UNPACKED: u64 = 1 << 30;

/// How much smaller than its content a packed part may be. Measured on published workbooks: at most 30 times.
const LARGEST_RATIO: u64 = 400;

/// Parts smaller than this are let through whatever their ratio is.
const SMALL_PART: u64 = 4 << 20;

/// The most parts; a published workbook has about twenty.
const MOST_PARTS: usize = 10_000;

/// What an archive says in its part `mimetype` that is a spreadsheet of the OpenDocument format (its part 3, 2.2.4).
const OPEN_DOCUMENT: &[u8] = b"application/vnd.oasis.opendocument";

type Archive<'a> = zip::ZipArchive<Cursor<&'a [u8]>>;

/// Looks at an archive: whether it is whole, is a workbook, and would unpack to what one can hold.
pub(super) fn check(bytes: &[u8]) -> Result<(), String> {
    let mut archive = Archive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    check_kind(&mut archive)?;
    if archive.len() > MOST_PARTS || archive.has_overlapping_entries().map_err(|error| damaged(&error))? {
        return Err("an archive that is made to unpack to more than it holds; it was not opened; \
                    download the workbook again"
            .to_owned());
    }
    let mut unpacked = 0_u64;
    for number in 0..archive.len() {
        let part = archive.by_index_raw(number).map_err(|error| damaged(&error))?;
        unpacked = unpacked.saturating_add(part.size());
        let bomb = part.size() > SMALL_PART && part.size() / part.compressed_size().max(1) > LARGEST_RATIO;
        if bomb || unpacked > LARGEST_UNPACKED {
            return Err("a workbook that would unpack to more than any published register; it was not opened; \
                        download it again"
                .to_owned());
        }
    }
    Ok(())
}

fn damaged(error: &dyn Display) -> String {
    format!("a damaged or incomplete workbook ({error}); download it again")
}

/// Tells a workbook from what else is kept in such archives, by the names of the parts.
fn check_kind(archive: &mut Archive<'_>) -> Result<(), String> {
    let holds =
        |archive: &Archive<'_>, start: &str| archive.file_names_raw().any(|name| name.starts_with(start.as_bytes()));
    let what = if is_open_document(archive) {
        "an OpenDocument file (.ods), which is not read; open it in a spreadsheet program, and save it as .xlsx"
    } else if holds(archive, "xl/workbook.bin") {
        "a binary workbook (.xlsb), which is not read; open it in a spreadsheet program, and save it as .xlsx"
    } else if holds(archive, "word/") {
        "a Word document, which is not read; save it as plain text (.txt) if it is a register page"
    } else if holds(archive, "[Content_Types].xml") {
        return Ok(());
    } else {
        "an archive and no workbook; unpack it, and give the register files in it"
    };
    Err(what.to_owned())
}

fn is_open_document(archive: &mut Archive<'_>) -> bool {
    let mut kind = Vec::new();
    let Ok(part) = archive.by_name("mimetype") else { return false };
    part.take(OPEN_DOCUMENT.len() as u64).read_to_end(&mut kind).is_ok() && kind == OPEN_DOCUMENT
}
