//! The sheet `Agreements`: a row a version, with its title, organisation, controllers, term, answers and prose.

use crate::register::{Answer, Date, Section, Sections, Statement, Version, YesNo};

use super::super::super::Entry;
use super::super::columns::{self, Column, Columns};
use super::super::dates;
use super::super::{Row, place};
use super::controllers::WholeNames;

/// Columns of the sheet. The kind of organisation stands before the organisation, whose name its heading begins with.
const COLUMNS: [Column; 15] = [
    Column { name: "Reference Number", begins: &["reference"], is: &[] },
    Column { name: "Application Title", begins: &["application title", "title", "project title"], is: &[] },
    Column {
        name: "Applicant Organisation Type",
        begins: &["applicant organisation type", "organisation type", "type of organisation"],
        is: &[],
    },
    Column {
        name: "Applicant Organisation",
        begins: &["applicant organisation", "organisation name"],
        is: &["organisation", "applicant"],
    },
    Column { name: "Data Controller(s)", begins: &["data controller"], is: &["controllers"] },
    Column { name: "Sole/Joint Data Controller", begins: &["sole"], is: &[] },
    Column { name: "DSA Start Date", begins: &["dsa start", "start date", "agreement start"], is: &[] },
    Column { name: "DSA End Date", begins: &["dsa end", "end date", "agreement end"], is: &[] },
    Column { name: "Does Sublicensing Apply", begins: &["does sublicens", "does sub-licens", "sublicens"], is: &[] },
    Column { name: "For Commercial Purposes", begins: &["for commercial", "commercial"], is: &[] },
    Column { name: "Objective for Processing", begins: &["objective"], is: &[] },
    Column { name: "Processing Activities", begins: &["processing"], is: &[] },
    Column { name: "Expected Output", begins: &["expected output", "output", "specific output"], is: &[] },
    Column {
        name: "Expected Measurable Benefits",
        begins: &["expected measurable", "expected benefit", "benefit"],
        is: &[],
    },
    Column { name: "Yielded Benefits", begins: &["yielded"], is: &[] },
];

const REFERENCE: usize = 0;
const TITLE: usize = 1;
const ORGANISATION_TYPE: usize = 2;
const ORGANISATION: usize = 3;
const CONTROLLERS: usize = 4;
const JOINT: usize = 5;
const START: usize = 6;
const END: usize = 7;
const SUBLICENSING: usize = 8;
const COMMERCIAL: usize = 9;

/// The sections, with their columns.
const SECTIONS: [(usize, Section); 5] = [
    (10, Section::Objectives),
    (11, Section::Processing),
    (12, Section::Outputs),
    (13, Section::ExpectedBenefits),
    (14, Section::YieldedBenefits),
];

/// Columns without which a row says nothing.
const NEEDED: [usize; 1] = [REFERENCE];

/// Reads the rows into versions, in the order of the sheet.
///
/// # Errors
/// Where nothing can be read of the sheet.
pub(super) fn read(sheet: &str, rows: &[Row], entry: &mut Entry<'_>) -> Result<Vec<Version>, String> {
    let rows = columns::from_headings(&COLUMNS, &NEEDED, sheet, rows, entry);
    let Some((headings, data)) = rows.split_first() else {
        return Err(format!("sheet {sheet} is empty; download the workbook again"));
    };
    let columns = Columns::find(&COLUMNS, headings);
    columns.need(&COLUMNS, &NEEDED, sheet, headings)?;
    columns.warn_of_missing(&COLUMNS, sheet, headings, entry);
    columns::warn(&columns, &[], sheet, rows, entry);
    let names = WholeNames::of(data.iter().filter_map(|row| row.get(columns.at(ORGANISATION))));
    let mut versions = Vec::with_capacity(data.len());
    for row in data {
        let reader = RowReader { sheet, row, columns: &columns };
        versions.extend(reader.version(&names, entry));
    }
    Ok(versions)
}

/// One row while it is being read.
struct RowReader<'a> {
    sheet: &'a str,
    row: &'a Row,
    columns: &'a Columns,
}

impl RowReader<'_> {
    fn get(&self, column: usize) -> Option<&str> {
        self.row.get(self.columns.at(column))
    }

    fn version(&self, names: &WholeNames, entry: &mut Entry<'_>) -> Option<Version> {
        let at = place(self.sheet, self.row, entry);
        let Some(reference) = self.get(REFERENCE) else {
            entry.warn(Some(&at), "a row without a reference was not read");
            return None;
        };
        let organisation = self.get(ORGANISATION);
        if organisation.is_none() && self.columns.at(ORGANISATION).is_some() {
            let message = format!("{reference} has no {}; it is kept without one", COLUMNS[ORGANISATION].name);
            entry.warn(Some(&at), message);
        }
        let owned = |column: usize| self.get(column).map(str::to_owned);
        let mut version = Version::new(reference, organisation.unwrap_or_default(), at.clone());
        version.title = owned(TITLE);
        version.organisation_type = owned(ORGANISATION_TYPE);
        version.controllers = self.get(CONTROLLERS).map(|value| names.split(value)).unwrap_or_default();
        version.joint = owned(JOINT);
        version.term.start = self.date(START, entry);
        version.term.end = self.date(END, entry);
        version.sublicensing = self.answer(SUBLICENSING, entry);
        version.commercial = self.answer(COMMERCIAL, entry);
        let mut sections = Sections::default();
        for (column, section) in SECTIONS {
            sections.set(section, owned(column));
        }
        if sections != Sections::default() {
            version.statements.push(Statement { sections, place: at });
        }
        Some(version)
    }

    fn date(&self, column: usize, entry: &mut Entry<'_>) -> Option<Date> {
        let value = self.get(column)?;
        let date = dates::day(value);
        if date.is_none() {
            let at = place(self.sheet, self.row, entry);
            let name = COLUMNS[column].name;
            entry.warn(Some(&at), format!("{name} \"{value}\" is no date and is taken as not stated"));
        }
        date
    }

    fn answer(&self, column: usize, entry: &mut Entry<'_>) -> Answer {
        let Some(value) = self.get(column) else { return Answer::default() };
        let answer = match value.to_lowercase().as_str() {
            "yes" | "y" | "true" => YesNo::Yes,
            "no" | "n" | "false" => YesNo::No,
            _ => YesNo::NotStated,
        };
        if answer == YesNo::NotStated {
            let at = place(self.sheet, self.row, entry);
            let name = COLUMNS[column].name;
            entry.warn(Some(&at), format!("{name} \"{value}\" is neither Yes nor No; it is kept as published"));
        }
        Answer { value: answer, as_published: Some(value.to_owned()) }
    }
}
