//! What a user brings to an edition: a list of audit findings, settings of the rules, what was dismissed, and what was marked.
//! None of it is ever written into a library.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::user_file;
use super::{Library, LibraryError, Own};
use crate::concerns::{
    Alone, AuditList, Audited, Dismissal, ListFile, NoAudits, Overlay, Settings, against_audits, alone, examine_with,
    without_audits,
};
use crate::index::marks::Marks;
use crate::index::{Index, IndexError};

/// Name of the user's list of audit findings in the configuration folder.
pub const AUDITS: &str = "audits.csv";

/// Name of the user's settings of the rules in the configuration folder.
pub const SETTINGS: &str = "concerns.toml";

/// What a user brings.
#[derive(Debug, Clone, Default)]
pub struct Judging {
    audits: Audits,
    settings: Option<UserSettings>,
    /// What the user has dismissed.
    pub dismissals: Vec<Dismissal>,
    /// What the user has marked.
    pub marks: Marks,
    /// Where that is kept; nowhere where there is no home folder.
    pub own: Option<Own>,
}

/// The user's list of audit findings.
#[derive(Debug, Clone, Default)]
enum Audits {
    /// None is named.
    #[default]
    NotNamed,
    /// It has a fault.
    LeftOut,
    /// It was read whole.
    Read(AuditList, ListFile),
}

/// The user's settings, and where they stand.
#[derive(Debug, Clone)]
struct UserSettings {
    settings: Settings,
    path: PathBuf,
}

/// Which files the user names; what is not named is looked for in the user's own folders.
#[derive(Debug, Clone, Copy, Default)]
pub struct Named<'a> {
    /// A list of audit findings.
    pub audits: Option<&'a Path>,
    /// Settings of the rules.
    pub settings: Option<&'a Path>,
    /// The folder of the user's own things.
    pub own: Option<&'a Path>,
}

impl Judging {
    /// What a user brings, and all that is wrong with it, a sentence each. A file with a fault is left out whole, so that no
    /// answer rests on half of it.
    pub fn of_user(named: Named<'_>) -> (Self, Vec<String>) {
        let mut faults = Vec::new();
        let audits = read_audits(named.audits, &mut faults);
        let settings = read_settings(named.settings, &mut faults);
        let own = named.own.map_or_else(Own::of_user, |folder| Ok(Own::at(folder))).ok();
        let dismissals = own.as_ref().map_or(Ok(Vec::new()), Own::dismissals).unwrap_or_else(|error| {
            faults.push(error.to_string());
            faults.push("nothing counts as dismissed, as long as that cannot be read".to_owned());
            Vec::new()
        });
        let marks = own.as_ref().map_or(Ok(Marks::default()), Own::marks).unwrap_or_else(|error| {
            faults.push(error.to_string());
            faults.push("nothing counts as marked, as long as that cannot be read".to_owned());
            Marks::default()
        });
        (Self { audits, settings, dismissals, marks, own }, faults)
    }

    /// What the files named bring, and nothing of a user's own: their folders are not looked into. Faults as for a user.
    pub fn of_files(audits: Option<&Path>, settings: Option<&Path>) -> (Self, Vec<String>) {
        let mut faults = Vec::new();
        let audits = audits.map_or(Audits::NotNamed, |list| read_audits(Some(list), &mut faults));
        let settings = settings.and_then(|file| read_settings(Some(file), &mut faults));
        (Self { audits, settings, ..Self::default() }, faults)
    }

    /// The settings that the rules go by.
    pub fn settings(&self) -> &Settings {
        self.settings.as_ref().map_or(Settings::built_in(), |own| &own.settings)
    }

    /// The user's file of settings, if there is one that can be used.
    pub fn settings_file(&self) -> Option<&Path> {
        self.settings.as_ref().map(|own| own.path.as_path())
    }

    /// Adds what the user brings to what other editions say. What an edition has stored follows from the program's settings:
    /// where the user's differ, the edition is examined again, in memory.
    fn add_to(&self, overlay: &mut Overlay, index: &Index) -> Result<(), IndexError> {
        match &self.audits {
            Audits::NotNamed => overlay.cannot_tell.extend(without_audits(NoAudits::NotNamed)),
            Audits::LeftOut => overlay.cannot_tell.extend(without_audits(NoAudits::LeftOut)),
            Audits::Read(list, file) => {
                let header = index.header();
                let list_at = header.sources.len() + overlay.sources.len() + overlay.lists.len();
                let at = Audited { slug: &header.edition.slug, sources: &header.sources, list: list_at };
                let ids = index.projects_by_stem()?;
                let mut projects = BTreeMap::new();
                for stem in list.by_stem().into_keys() {
                    if let Some(id) = ids.get(&stem) {
                        projects.insert(stem, index.record(*id)?.project);
                    }
                }
                overlay.add(against_audits(at, list, &projects));
                overlay.lists.push(file.clone());
            }
        }
        let changes = self.settings().changes();
        if !changes.is_empty() {
            overlay.examined = Some(examine_with(&index.register()?, self.settings()));
            overlay.settings = changes;
        }
        overlay.dismissals.clone_from(&self.dismissals);
        Ok(())
    }
}

/// Lays over an edition what other editions of its library say of it, and what a user brings.
///
/// # Errors
/// Where an edition cannot be read.
pub fn lay_over(index: &Index, library: Option<&Library>, judging: &Judging) -> Result<(), LibraryError> {
    let mut overlay = match library {
        Some(library) if !index.header().edition.is_sample() => library.overlay(index, judging.settings())?,
        // The sample has no other edition beside it.
        _ => alone(Alone::Only),
    };
    judging.add_to(&mut overlay, index)?;
    Ok(index.lay_over(overlay, &judging.marks)?)
}

fn read_audits(named: Option<&Path>, faults: &mut Vec<String>) -> Audits {
    let read = user_file::read_whole(named, AUDITS, |file| {
        let name = file.path.file_name().unwrap_or(file.path.as_os_str()).to_string_lossy().into_owned();
        Ok((AuditList::read(&file.text)?, ListFile { file: name, sha256: hash(&file.text) }))
    });
    match read {
        Ok(None) => Audits::NotNamed,
        Ok(Some((list, file))) => Audits::Read(list, file),
        Err(found) => {
            faults.extend(found.iter().map(ToString::to_string));
            faults.push("your list of audit findings was not used".to_owned());
            Audits::LeftOut
        }
    }
}

fn read_settings(named: Option<&Path>, faults: &mut Vec<String>) -> Option<UserSettings> {
    let read = user_file::read_whole(named, SETTINGS, |file| {
        Ok(UserSettings { settings: Settings::with(&file.text)?, path: file.path.clone() })
    });
    read.unwrap_or_else(|found| {
        faults.extend(found.iter().map(ToString::to_string));
        faults.push("your settings were not used; the rules go by those of the program".to_owned());
        None
    })
}

/// SHA-256 in lower-case hexadecimal.
fn hash(text: &str) -> String {
    use std::fmt::Write;
    Sha256::digest(text.as_bytes()).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
