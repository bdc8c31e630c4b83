//! Workbooks. The sheets tell which of two layouts it is: with `Agreements` or `Datasets` it is the Data Uses Register of
//! July 2021 on ([`uses`]); else the release register of 2016 to 2021, one row a file in `DataReleases` and the prose in
//! `PurposeStatements`.
//!
//! The older one is measured on the workbook of September to November 2017; FORMATS section 2 describes it. There is
//! no month in it: the edition's period stands for it.

mod archive;
mod cells;
mod columns;
mod dates;
mod others;
mod releases;
mod statements;
mod uses;

use std::collections::{HashMap, HashSet};
use std::io::Cursor;

use calamine::{Reader, Xlsx};

use crate::register::{Layout, Place, Project, Register, Release, Version, plain_reference, stem_of};

use super::Entry;
use cells::Row;

/// A workbook that is open.
type Workbook = Xlsx<Cursor<Vec<u8>>>;

/// The sheets that are known, by their folded names without spaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sheet {
    Readme,
    Title,
    DataReleases,
    PurposeStatements,
    TracingRequests,
    Amendments,
    Agreements,
    Datasets,
}

/// Reads a workbook into a register, and says how it is laid out.
pub(super) fn read(bytes: Vec<u8>, register: &mut Register, entry: &mut Entry<'_>) -> Result<Layout, String> {
    archive::check(&bytes)?;
    let mut workbook: Workbook = Xlsx::new(Cursor::new(bytes))
        .map_err(|error| format!("no workbook that can be read ({error}); download it again"))?;
    let sheets = sheets(&workbook, entry);
    read_title(&mut workbook, &sheets, register, entry)?;
    let agreements = named(&sheets, Sheet::Agreements);
    if agreements.is_some() || named(&sheets, Sheet::Datasets).is_some() {
        uses::read(&mut workbook, agreements, &sheets, register, entry)?;
        return Ok(Layout::DataUsesRegister);
    }
    read_release_register(&mut workbook, &sheets, register, entry)?;
    Ok(Layout::ReleaseRegister)
}

/// Reads a release register of 2016 to 2021.
fn read_release_register(
    workbook: &mut Workbook,
    sheets: &[(String, Sheet)],
    register: &mut Register,
    entry: &mut Entry<'_>,
) -> Result<(), String> {
    let Some(data_releases) = named(sheets, Sheet::DataReleases) else {
        return Err(no_releases(workbook));
    };
    let rows = cells::rows(workbook, data_releases, entry)?;
    let mut versions = releases::read(data_releases, &rows, entry)?;
    if let Some(name) = named(sheets, Sheet::PurposeStatements) {
        let rows = cells::rows(workbook, name, entry)?;
        statements::read(name, &rows, &mut versions, entry);
    } else {
        entry.lacks("purposestatements");
        entry.warn(None, "there is no sheet PurposeStatements: the projects have no text");
    }
    if let Some(name) = named(sheets, Sheet::Amendments) {
        let rows = cells::rows(workbook, name, entry)?;
        others::read_amendments(name, &rows, &mut versions, register, entry);
    }
    if let Some(name) = named(sheets, Sheet::TracingRequests) {
        let rows = cells::rows(workbook, name, entry)?;
        others::read_tracing_requests(name, &rows, register, entry);
    }
    group(versions, register, entry);
    Ok(())
}

/// Reads the title of the edition from the sheet `README`, if there is one.
fn read_title(
    workbook: &mut Workbook,
    sheets: &[(String, Sheet)],
    register: &mut Register,
    entry: &mut Entry<'_>,
) -> Result<(), String> {
    let Some(name) = named(sheets, Sheet::Readme) else { return Ok(()) };
    let rows = cells::rows(workbook, name, entry)?;
    let title = rows.first().and_then(|row| row.cells.first()).map(|(_, text)| text.lines().next().unwrap_or_default());
    register.edition.title = title.map(|title| title.trim().to_owned()).or(register.edition.title.take());
    Ok(())
}

/// The name of a sheet of a kind.
fn named(sheets: &[(String, Sheet)], wanted: Sheet) -> Option<&str> {
    sheets.iter().find(|(_, sheet)| *sheet == wanted).map(|(name, _)| name.as_str())
}

/// The sheets of a workbook; one that is not known is named in a warning.
fn sheets(workbook: &Workbook, entry: &mut Entry<'_>) -> Vec<(String, Sheet)> {
    let mut known = Vec::new();
    for name in workbook.sheet_names() {
        let sheet = match columns::plain_sheet(&name).as_str() {
            "readme" => Sheet::Readme,
            "titlesheet" | "title" => Sheet::Title,
            "datareleases" => Sheet::DataReleases,
            "purposestatements" => Sheet::PurposeStatements,
            "nbo" => Sheet::TracingRequests,
            "amendmentstopreviousregisters" | "amendments" => Sheet::Amendments,
            "agreements" => Sheet::Agreements,
            "datasets" => Sheet::Datasets,
            _ => {
                entry.warn(None, format!("the sheet \"{name}\" is not known and was not read"));
                continue;
            }
        };
        known.push((name, sheet));
    }
    known
}

fn no_releases(workbook: &Workbook) -> String {
    let names = workbook.sheet_names();
    format!(
        "a workbook without a sheet DataReleases (it has: {}); give a register workbook as it was published",
        names.join(", ")
    )
}

/// Groups versions into projects, in the order in which the sheet first names them, versions by number.
fn group(versions: Vec<Version>, register: &mut Register, entry: &mut Entry<'_>) {
    let mut at: HashMap<String, usize> =
        register.projects.iter().enumerate().map(|(at, project)| (plain_reference(&project.reference), at)).collect();
    let versions_before = register.projects.iter().flat_map(|project| &project.versions);
    let mut known_versions: HashSet<String> =
        versions_before.map(|version| plain_reference(&version.reference)).collect();
    for version in versions {
        let stem = stem_of(&version.reference).to_owned();
        let known = *at.entry(plain_reference(&stem)).or_insert(register.projects.len());
        if known == register.projects.len() {
            register.projects.push(Project { reference: stem, versions: Vec::new() });
        }
        let project = &mut register.projects[known];
        if !known_versions.insert(plain_reference(&version.reference)) {
            let message = format!("{} stands in the edition more than once; both are kept", version.reference);
            entry.warn(Some(&version.place), message);
        }
        project.versions.push(version);
    }
    for project in &mut register.projects {
        project.versions.sort_by(|one, two| one.number.cmp(&two.number));
    }
}

/// A row's place.
fn place(sheet: &str, row: &Row, entry: &Entry<'_>) -> Place {
    Place::row(entry.source, sheet, row.number)
}

/// Adds what a release says of its version as a whole.
fn add_values(version: &mut Version, release: &Release) {
    version.opt_outs.state = version.opt_outs.state.and(release.opt_outs);
    if let Some(answer) = &release.opt_outs_as_published {
        let words = version.opt_outs.as_published.get_or_insert_default();
        if !words.split(", ").any(|known| *answer == known) {
            if !words.is_empty() {
                words.push_str(", ");
            }
            words.push_str(answer);
        }
    }
    add_new(&mut version.legal_bases, release.legal_basis.as_deref());
    add_new(&mut version.sensitivity, release.sensitivity.as_deref());
    add_new(&mut version.types_of_data, release.type_of_data.as_deref());
    add_new(&mut version.access, release.frequency.as_deref());
}

/// Adds a value to a list that does not hold it.
fn add_new(list: &mut Vec<String>, value: Option<&str>) {
    if let Some(value) = value.filter(|value| !list.iter().any(|known| known == value)) {
        list.push(value.to_owned());
    }
}
