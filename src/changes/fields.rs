//! The fields of a version that are compared, each as one text.

use serde::{Serialize, Serializer};

use crate::register::{Dataset, Field, Layout, OptOuts, Place, Section, Source, Version, described};
use crate::text::fold;

use super::FieldChange;

/// A field that is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Compared {
    /// The reference itself, as it is written.
    Reference,
    /// Title of the project.
    Title,
    /// Who applied.
    Organisation,
    /// What kind of organisation it is.
    OrganisationType,
    /// Who answers for the data.
    Controllers,
    /// Whether they are sole or joint.
    Joint,
    /// First day of the term.
    Start,
    /// Last day of the term.
    End,
    /// Whether data may be passed on.
    Sublicensing,
    /// Whether the purposes are commercial.
    Commercial,
    /// Minutes of the advisory group.
    Minutes,
    /// The datasets, with what is said of each.
    Datasets,
    /// Whether opt-outs were applied, where that is a field of the entry and not of each file.
    OptOuts,
    /// The publisher's powers to share, where they are a field of the entry.
    LegalBases,
    /// Sensitive or not, where it is a field of the entry.
    Sensitivity,
    /// Identifiable or not, where it is a field of the entry.
    TypesOfData,
    /// How the data is reached, where it is a field of the entry.
    Access,
    /// A section of text.
    Section(Section),
}

impl Compared {
    /// The key in JSON: `organisation_type`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Reference => "reference",
            Self::Title => "title",
            Self::Organisation => "organisation",
            Self::OrganisationType => "organisation_type",
            Self::Controllers => "controllers",
            Self::Joint => "joint",
            Self::Start => "start",
            Self::End => "end",
            Self::Sublicensing => "sublicensing",
            Self::Commercial => "commercial",
            Self::Minutes => "minutes",
            Self::Datasets => "datasets",
            Self::OptOuts => "opt_outs",
            Self::LegalBases => "legal_bases",
            Self::Sensitivity => "sensitivity",
            Self::TypesOfData => "types_of_data",
            Self::Access => "access",
            Self::Section(section) => section.key(),
        }
    }

    /// The name that people read.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reference => "Reference",
            Self::Title => "Title",
            Self::Organisation => "Organisation",
            Self::OrganisationType => "Kind",
            Self::Controllers => "Controllers",
            Self::Joint => "Sole or joint",
            Self::Start => "Term, start",
            Self::End => "Term, end",
            Self::Sublicensing => "Sublicensing",
            Self::Commercial => "Commercial",
            Self::Minutes => "Minutes",
            Self::Datasets => "Datasets",
            Self::OptOuts => "Opt-outs",
            Self::LegalBases => "Legal basis",
            Self::Sensitivity => "Sensitivity",
            Self::TypesOfData => "Type of data",
            Self::Access => "Access",
            Self::Section(section) => section.name(),
        }
    }

    /// The field of an entry that it is.
    pub fn field(self) -> Field {
        match self {
            Self::Reference => Field::Entry,
            Self::Title => Field::Title,
            Self::Organisation => Field::Organisation,
            Self::OrganisationType => Field::OrganisationType,
            Self::Commercial => Field::Purposes,
            Self::Controllers => Field::Controllers,
            Self::Joint => Field::Joint,
            Self::Start | Self::End => Field::Term,
            Self::Sublicensing => Field::Sublicensing,
            Self::Minutes => Field::Minutes,
            Self::Datasets => Field::Datasets,
            Self::OptOuts => Field::OptOuts,
            Self::LegalBases => Field::LegalBasis,
            Self::Sensitivity => Field::Sensitivity,
            Self::TypesOfData => Field::TypeOfData,
            Self::Access => Field::Access,
            Self::Section(section) => Field::Section(section),
        }
    }

    /// Where it stands in a version: datasets on the first row that the other version does not have.
    fn place_in(self, version: &Version, other: &Version) -> Place {
        let own_row = || {
            let line = |dataset: &Dataset| fold(&line(dataset, DatasetColumns::ALL));
            let known: Vec<String> = other.datasets.iter().map(line).collect();
            version.datasets.iter().find(|dataset| !known.contains(&line(dataset))).and_then(|one| one.place.clone())
        };
        let of_dataset = if self == Self::Datasets { own_row() } else { None };
        let field = match self.field() {
            // On a page both stand on the line of purposes.
            Field::OrganisationType if version.page.is_some() => Field::Purposes,
            field => field,
        };
        of_dataset.unwrap_or_else(|| version.place_of(field).clone())
    }

    /// Whether it is a list, in which the order of values says nothing.
    pub(super) fn is_list(self) -> bool {
        matches!(
            self,
            Self::Controllers
                | Self::Datasets
                | Self::Minutes
                | Self::LegalBases
                | Self::Sensitivity
                | Self::TypesOfData
                | Self::Access
        )
    }

    /// Whether a file can hold it: its layout does, and it does not lack the column. What one of two editions cannot hold
    /// is no change.
    fn is_held_by(self, source: &Source) -> bool {
        self.is_held_by_layout(source.layout) && !self.column().is_some_and(|column| source.lacks(column))
    }

    /// The sheet, or the column of the sheet of agreements, that holds it in the Data Uses Register workbook, as
    /// [`Source::lacks`] names it.
    fn column(self) -> Option<&'static str> {
        Some(match self {
            Self::Title => "agreements: Application Title",
            Self::Organisation => "agreements: Applicant Organisation",
            Self::OrganisationType => "agreements: Applicant Organisation Type",
            Self::Controllers => "agreements: Data Controller(s)",
            Self::Joint => "agreements: Sole/Joint Data Controller",
            Self::Start => "agreements: DSA Start Date",
            Self::End => "agreements: DSA End Date",
            Self::Sublicensing => "agreements: Does Sublicensing Apply",
            Self::Commercial => "agreements: For Commercial Purposes",
            Self::Datasets => "datasets",
            Self::Section(Section::Objectives) => "agreements: Objective for Processing",
            Self::Section(Section::Processing) => "agreements: Processing Activities",
            Self::Section(Section::Outputs) => "agreements: Expected Output",
            Self::Section(Section::ExpectedBenefits) => "agreements: Expected Measurable Benefits",
            Self::Section(Section::YieldedBenefits) => "agreements: Yielded Benefits",
            _ => return None,
        })
    }

    fn is_held_by_layout(self, layout: Layout) -> bool {
        match self {
            Self::Title => layout.records_title(),
            Self::OrganisationType | Self::Commercial => layout.records_commercial(),
            Self::Controllers => layout.records_controllers(),
            Self::Joint => layout == Layout::DataUsesRegister,
            Self::Start | Self::End => layout.records_term(),
            Self::Sublicensing => layout.records_sublicensing(),
            Self::Minutes => layout.records_minutes(),
            // A list of one period's files names the datasets of that period only.
            Self::Datasets => layout.is_cumulative(),
            Self::OptOuts | Self::LegalBases | Self::Sensitivity | Self::TypesOfData | Self::Access => {
                layout.is_cumulative() && !layout.lists_files()
            }
            Self::Section(Section::YieldedBenefits) => layout.records_yielded_benefits(),
            Self::Section(Section::Objectives) | Self::Organisation | Self::Reference => true,
            Self::Section(_) => layout.records_outputs(),
        }
    }
}

impl Serialize for Compared {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

/// The fields in which two versions differ by so much as a space.
pub(super) fn differing((old, before): (&Version, &Source), (new, after): (&Version, &Source)) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    let columns = DatasetColumns::of(before, after);
    for ((field, before_text), (_, after_text)) in fields(old, columns).into_iter().zip(fields(new, columns)) {
        if before_text != after_text && field.is_held_by(before) && field.is_held_by(after) {
            changes.push(FieldChange {
                field,
                before: before_text,
                after: after_text,
                before_place: field.place_in(old, new),
                after_place: field.place_in(new, old),
                shared: None,
            });
        }
    }
    changes
}

/// Which values of datasets are compared: those that both files have a column for.
#[derive(Debug, Clone, Copy)]
pub(super) struct DatasetColumns([bool; 5]);

impl DatasetColumns {
    pub(super) const ALL: Self = Self([true; 5]);

    const NAMES: [&'static str; 5] = [
        "datasets: Type of Data",
        "datasets: Sensitive or Non-Sensitive",
        "datasets: Frequency",
        "datasets: Legal Basis for Provision of Data",
        "datasets: Common Law Duty of Confidentiality",
    ];

    fn of(before: &Source, after: &Source) -> Self {
        Self(Self::NAMES.map(|column| !before.lacks(column) && !after.lacks(column)))
    }
}

/// Every field of a version, in a fixed order.
pub(super) fn fields(version: &Version, columns: DatasetColumns) -> Vec<(Compared, Option<String>)> {
    let mut fields = vec![
        (Compared::Reference, Some(version.reference.clone())),
        (Compared::Title, version.title.clone()),
        (Compared::Organisation, Some(version.organisation.clone())),
        (Compared::OrganisationType, version.organisation_type.clone()),
        (Compared::Controllers, list(&version.controllers)),
        (Compared::Joint, version.joint.clone()),
        (Compared::Start, version.term.start.map(|date| date.to_string())),
        (Compared::End, version.term.end.map(|date| date.to_string())),
        (Compared::Sublicensing, version.sublicensing.as_published.clone()),
        (Compared::Commercial, version.commercial.as_published.clone()),
        (Compared::Minutes, list(&version.minutes)),
        (Compared::Datasets, datasets(version, columns)),
        (Compared::OptOuts, opt_outs(&version.opt_outs)),
        (Compared::LegalBases, list(&version.legal_bases)),
        (Compared::Sensitivity, list(&version.sensitivity)),
        (Compared::TypesOfData, list(&version.types_of_data)),
        (Compared::Access, list(&version.access)),
    ];
    fields.extend(Section::ALL.map(|section| (Compared::Section(section), version.section(section))));
    fields
}

fn list(values: &[String]) -> Option<String> {
    (!values.is_empty()).then(|| values.join("\n"))
}

/// A line for each dataset, in an order of its own: that of the rows says nothing.
fn datasets(version: &Version, columns: DatasetColumns) -> Option<String> {
    let mut lines: Vec<String> = version.datasets.iter().map(|dataset| line(dataset, columns)).collect();
    lines.sort_by_cached_key(|line| fold(line));
    list(&lines)
}

fn line(dataset: &Dataset, columns: DatasetColumns) -> String {
    let Dataset { name, type_of_data, sensitivity, frequency, legal_basis, confidentiality, place: _ } = dataset;
    let details = [type_of_data, sensitivity, frequency, legal_basis, confidentiality];
    described(name, details.into_iter().zip(columns.0).filter(|(_, is_compared)| *is_compared).map(|(value, _)| value))
}

fn opt_outs(opt_outs: &OptOuts) -> Option<String> {
    match (&opt_outs.as_published, &opt_outs.reasons) {
        (None, None) => None,
        (answer, None) => answer.clone(),
        (answer, Some(reasons)) => Some(format!("{} ({reasons})", answer.as_deref().unwrap_or_default())),
    }
}
