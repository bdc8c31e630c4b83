//! The published files, where they are at hand beside the project.

use std::path::PathBuf;

/// The reformatted page of NHS South West London ICB.
pub(crate) const PAGE: &str = "swl-icb-page.txt";

/// The release register of September to November 2017.
pub(crate) const WORKBOOK: &str = "ReleaseRegister-sep-nov-2017.xlsx";

/// A published file; says so where it is absent.
pub(crate) fn file(name: &str) -> Option<PathBuf> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/register")).join(name);
    if path.is_file() {
        return Some(path);
    }
    eprintln!("skipped: {name} is not at hand");
    None
}
