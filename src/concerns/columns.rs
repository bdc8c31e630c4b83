//! What a workbook lacks: the sheets and columns in which a field would stand, as [`Source::lacks`] names them. What a file
//! lacks is never held against an entry.
//!
//! [`Source::lacks`]: crate::register::Source::lacks

use crate::register::{Field, Layout, Section};

use super::case::Case;

impl Case<'_> {
    /// Whether one of the files that the project was read from lacks a column of a field, or its sheet.
    pub(super) fn lacks_column(&self, field: Field) -> bool {
        columns(self.layout, field).iter().any(|column| self.some_file_lacks(column))
    }
}

/// The columns that hold a field in a layout; none where nothing tells whether a file lacks it, as on a page.
fn columns(layout: Layout, field: Field) -> &'static [&'static str] {
    match layout {
        Layout::DataUsesRegister => of_data_uses(field),
        Layout::ReleaseRegister => of_releases(field),
        _ => &[],
    }
}

fn of_data_uses(field: Field) -> &'static [&'static str] {
    match field {
        Field::OrganisationType => &["agreements: Applicant Organisation Type"],
        Field::OptOuts => &["datareleases: Patient Opt-Outs Applied"],
        Field::LegalBasis => {
            &["datareleases: Legal Basis for Provision of Data", "datasets: Legal Basis for Provision of Data"]
        }
        // What a file's dataset is, and on what footing it went out.
        Field::Datasets => &["datasets: Type of Data", "datasets: Common Law Duty of Confidentiality"],
        Field::TypeOfData => &["datareleases: Type of Data"],
        Field::Section(Section::Objectives) => &["agreements: Objective for Processing"],
        Field::Section(Section::Processing) => &["agreements: Processing Activities"],
        Field::Section(Section::Outputs) => &["agreements: Expected Output"],
        Field::Section(Section::ExpectedBenefits) => &["agreements: Expected Measurable Benefits"],
        Field::Section(Section::YieldedBenefits) => &["agreements: Yielded Benefits"],
        _ => &[],
    }
}

fn of_releases(field: Field) -> &'static [&'static str] {
    match field {
        Field::OptOuts => &["datareleases: Patient Opt-Outs applied"],
        Field::LegalBasis => &["datareleases: Legal Basis for Provision of Data"],
        Field::TypeOfData => &["datareleases: Data provided to customer"],
        Field::Section(Section::Objectives) => &["purposestatements: Objective for Processing"],
        Field::Section(Section::Processing) => &["purposestatements: Processing Activities"],
        Field::Section(Section::Outputs) => &["purposestatements: Expected Output"],
        Field::Section(Section::ExpectedBenefits) => &["purposestatements: Expected Measurable Benefits"],
        _ => &[],
    }
}
