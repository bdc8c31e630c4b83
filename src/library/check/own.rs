//! A person's own files: each can be read and understood.

use std::path::{Path, PathBuf};

use crate::concerns::{AuditList, Settings};
use crate::library::user_file::{self, ListFault};
use crate::library::{ALIASES, AUDITS, Named, Own, SETTINGS};
use crate::names::Names;

/// A file of a person's own that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnFile {
    /// Where it is.
    pub file: PathBuf,
    /// What is wrong with it, a sentence each that names it.
    pub faults: Vec<String>,
}

/// The files of a person's own that are there: what they keep, and what they wrote for the rules and names. Those that an option
/// names must be there.
pub fn own_files(named: Named<'_>, aliases: Option<&Path>) -> Vec<OwnFile> {
    let own = named.own.map_or_else(Own::of_user, |folder| Ok(Own::at(folder))).ok();
    let kept = own.map(|own| own.examine()).unwrap_or_default().into_iter();
    let kept = kept.map(|(file, fault)| OwnFile { file, faults: fault.iter().map(ToString::to_string).collect() });
    let written = [
        written(named.audits, AUDITS, |file| AuditList::read(&file.text).map(drop)),
        written(named.settings, SETTINGS, |file| Settings::with(&file.text).map(drop)),
        written(aliases, ALIASES, |file| Names::with(&file.text).map(drop)),
    ];
    kept.chain(written.into_iter().flatten()).collect()
}

fn written(
    named: Option<&Path>,
    name: &str,
    reader: impl FnOnce(&user_file::UserFile) -> Result<(), Vec<crate::text::Fault>>,
) -> Option<OwnFile> {
    let file = user_file::place(named, name)?;
    match user_file::read_whole(named, name, reader) {
        Ok(read) => read.map(|()| OwnFile { file, faults: Vec::new() }),
        Err(faults) => Some(OwnFile { file, faults: faults.iter().map(ListFault::to_string).collect() }),
    }
}
