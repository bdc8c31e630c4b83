//! Which edition files make: its name, its title and its month.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::register::{Date, Layout, Register, Source};

use super::ImportError;
use super::months::month_named;

/// Names that no imported edition can have.
const RESERVED: [&str; 1] = ["sample"];

/// Refuses a name that is no plain name of a folder, or that means something else.
pub(super) fn check_slug(slug: &str) -> Result<(), ImportError> {
    let plain = slug.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.'));
    if plain && !slug.is_empty() && slug.len() <= 100 && !slug.starts_with(['.', '-']) && !RESERVED.contains(&slug) {
        Ok(())
    } else {
        Err(ImportError::Slug(slug.to_owned()))
    }
}

/// Gives a register that was read its edition's name and month.
pub(super) fn name(register: &mut Register, files: &[PathBuf], slug: Option<&str>) -> Result<(), ImportError> {
    check_months(register)?;
    register.edition.date = date(register);
    if let Some(slug) = slug {
        // A name that is a month says which one, where nothing in the file does.
        register.edition.date = register.edition.date.or_else(|| slug.parse().ok().map(Date::whole_month));
        slug.clone_into(&mut register.edition.slug);
        return Ok(());
    }
    let workbook = register.sources.iter().find(|source| !source.layout.is_page());
    register.edition.slug = match (workbook, register.edition.date) {
        (Some(_), Some(date)) => date.whole_month().to_string(),
        (Some(source), None) => return Err(ImportError::NoEdition(source.file.clone())),
        (None, _) => slug_of(&folder_or_file(register, files)),
    };
    check_slug(&register.edition.slug)
}

/// Refuses workbooks that are of different editions: those of different months, and several of the Data Uses Register,
/// each of which holds the whole of it. Parts of one quarter's release register are one edition, and pages go with any.
fn check_months(register: &Register) -> Result<(), ImportError> {
    let workbooks: Vec<&Source> = register.sources.iter().filter(|source| !source.layout.is_page()).collect();
    let months: BTreeSet<Date> = workbooks.iter().filter_map(|source| source.date).map(Date::whole_month).collect();
    let whole = workbooks.iter().filter(|source| source.layout == Layout::DataUsesRegister).count();
    if months.len() <= 1 && (whole == 0 || workbooks.len() == 1) {
        return Ok(());
    }
    let named = workbooks.iter().map(|source| match source.date {
        Some(date) => format!("{} ({})", source.file, date.whole_month()),
        None => format!("{} (no month)", source.file),
    });
    Err(ImportError::SeveralEditions(named.collect::<Vec<_>>().join(", ")))
}

/// The name that [`name`] will give an edition, as far as the files' names tell: workbooks by their month, a page alone
/// by its own name.
pub(super) fn likely_slug(files: &[PathBuf]) -> Option<String> {
    let is_workbook = |file: &&PathBuf| file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
    let months: Vec<Option<Date>> =
        files.iter().filter(is_workbook).map(|file| month_in(&file.file_name()?.to_string_lossy())).collect();
    match (months.as_slice(), files) {
        ([], [page]) => Some(slug_of(&page.file_stem()?.to_string_lossy())),
        ([], _) => None,
        (months, _) => {
            let newest = months.iter().copied().collect::<Option<Vec<Date>>>()?.into_iter().max()?;
            Some(newest.whole_month().to_string())
        }
    }
}

/// The month that a title or a file name ends in: `sep-nov-2017` and `September to November 2017` are November 2017.
pub(super) fn month_in(text: &str) -> Option<Date> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|letter: char| !letter.is_ascii_alphanumeric()).collect();
    let mut found = None;
    for (at, word) in words.iter().enumerate() {
        let Some(year) = year(word) else { continue };
        let month = words[..at].iter().rev().find_map(|word| month_named(word));
        found = month.and_then(|month| Date::month(year, month)).or(found);
    }
    found.or_else(|| words.iter().find_map(|word| month_and_year(word)))
}

fn year(word: &str) -> Option<i16> {
    let digits = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| word.parse().ok())?.filter(|year| (2000..2100).contains(year))
}

/// `september2026`, as the current workbook's file name has it.
fn month_and_year(word: &str) -> Option<Date> {
    let at = word.len().checked_sub(4)?;
    Date::month(year(word.get(at..)?)?, month_named(word.get(..at)?)?)
}

/// The month of a workbook: its file's name says it, or its title does. A page has none of its own.
pub(super) fn month_of(layout: Layout, file: &str, title: Option<&str>) -> Option<Date> {
    match layout {
        Layout::ReleaseRegister | Layout::DataUsesRegister => month_in(file).or_else(|| title.and_then(month_in)),
        Layout::Page2016 | Layout::Page2018 | Layout::Page2021 | Layout::Page2025 => None,
    }
}

/// The edition's month: a workbook's own, else the newest month in which a page says that something was released.
fn date(register: &Register) -> Option<Date> {
    let released = || {
        let versions = register.projects.iter().flat_map(|project| &project.versions);
        versions.filter_map(|version| version.release_months().end).max().map(Date::whole_month)
    };
    let is_of_pages = register.sources.iter().all(|source| source.layout.is_page());
    let of_files = register.sources.iter().filter_map(|source| source.date).max();
    of_files.or_else(|| if is_of_pages { released() } else { None })
}

/// The folder's name where several files of one folder were read, else the file's without its ending.
fn folder_or_file(register: &Register, files: &[PathBuf]) -> String {
    let folder = files.first().and_then(|file| file.parent()).and_then(Path::file_name);
    match (register.sources.as_slice(), folder) {
        ([_, _, ..], Some(folder)) => folder.to_string_lossy().into_owned(),
        (sources, _) => {
            let file = sources.first().map(|source| source.file.as_str()).unwrap_or_default();
            Path::new(file).file_stem().unwrap_or_default().to_string_lossy().into_owned()
        }
    }
}

fn slug_of(name: &str) -> String {
    let mut slug = String::new();
    for letter in name.to_lowercase().chars() {
        if letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.') {
            slug.push(letter);
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_matches(['-', '.']);
    match slug {
        "" => "page".to_owned(),
        reserved if RESERVED.contains(&reserved) => format!("{reserved}-page"),
        slug => slug.chars().take(100).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_is_named_by_its_last_month() {
        let month = |text: &str| month_in(text).map(|date| date.to_string());
        assert_eq!(month("ReleaseRegister-sep-nov-2017.xlsx").as_deref(), Some("2017-11"));
        assert_eq!(month("Data released from NHS Digital - September to November 2017").as_deref(), Some("2017-11"));
        assert_eq!(month("datausesregister_september2026.xlsx").as_deref(), Some("2026-09"));
        assert_eq!(month("Dec 2017 - Feb 2018").as_deref(), Some("2018-02"));
        assert_eq!(month("register.xlsx"), None);
    }

    #[test]
    fn a_name_is_told_before_reading_where_the_files_names_tell_it() {
        let likely = |names: &[&str]| likely_slug(&names.iter().map(PathBuf::from).collect::<Vec<_>>());
        assert_eq!(likely(&["datausesregister_september2026.xlsx"]).as_deref(), Some("2026-09"));
        assert_eq!(likely(&["a/Register-sep-nov-2017.xlsx", "b/Register-dec-2017.XLSX"]).as_deref(), Some("2017-12"));
        assert_eq!(likely(&["register.xlsx", "register-may-2019.xlsx"]), None);
        assert_eq!(likely(&["folder/SWL ICB.txt"]).as_deref(), Some("swl-icb"));
        assert_eq!(likely(&["one.txt", "two.txt"]), None);
    }

    #[test]
    fn a_slug_is_a_plain_name() {
        for slug in ["2017-11", "swl-icb_page.2"] {
            assert!(check_slug(slug).is_ok(), "{slug}");
        }
        for slug in ["", ".hidden", "a/b", "..", "sample", "a b", "-x"] {
            assert!(check_slug(slug).is_err(), "{slug}");
        }
        assert_eq!(slug_of("SWL ICB: page (1)"), "swl-icb-page-1");
        assert_eq!(slug_of("…"), "page");
    }
}
