//! The fields of a version that are compared, each as one text.

use crate::register::{Dataset, OptOuts, Section, Version, described};
use crate::text::fold;

use super::FieldChange;

/// The fields in which two versions differ by so much as a space.
pub(super) fn differing(old: &Version, new: &Version) -> Vec<FieldChange> {
    let pairs = fields(old).into_iter().zip(fields(new));
    pairs
        .filter(|((_, before), (_, after))| before != after)
        .map(|((field, before), (_, after))| FieldChange { field, before, after })
        .collect()
}

impl FieldChange {
    /// Whether the values differ once typography is ignored.
    pub(super) fn is_more_than_typography(&self) -> bool {
        let folded = |value: &Option<String>| {
            let mut lines: Vec<String> = value.iter().flat_map(|text| text.lines()).map(fold).collect();
            lines.retain(|line| !line.is_empty());
            lines.join(" ")
        };
        folded(&self.before) != folded(&self.after)
    }
}

fn fields(version: &Version) -> Vec<(&'static str, Option<String>)> {
    let mut fields = vec![
        ("title", version.title.clone()),
        ("organisation", Some(version.organisation.clone())),
        ("organisation_type", version.organisation_type.clone()),
        ("controllers", list(&version.controllers)),
        ("joint", version.joint.clone()),
        ("start", version.term.start.map(|date| date.to_string())),
        ("end", version.term.end.map(|date| date.to_string())),
        ("sublicensing", version.sublicensing.as_published.clone()),
        ("commercial", version.commercial.as_published.clone()),
        ("minutes", list(&version.minutes)),
        ("datasets", datasets(version)),
    ];
    if version.page.is_some() {
        // On a page these are fields of their own; in workbooks they follow from datasets and files.
        fields.extend([
            ("opt_outs", opt_outs(&version.opt_outs)),
            ("legal_bases", list(&version.legal_bases)),
            ("sensitivity", list(&version.sensitivity)),
            ("types_of_data", list(&version.types_of_data)),
            ("access", list(&version.access)),
        ]);
    }
    fields.extend(Section::ALL.map(|section| (section.key(), version.section(section))));
    fields
}

fn list(values: &[String]) -> Option<String> {
    (!values.is_empty()).then(|| values.join("\n"))
}

/// A line for each dataset, in an order of its own: that of the rows says nothing.
fn datasets(version: &Version) -> Option<String> {
    let mut lines: Vec<String> = version.datasets.iter().map(line).collect();
    lines.sort();
    list(&lines)
}

fn line(dataset: &Dataset) -> String {
    let Dataset { name, type_of_data, sensitivity, frequency, legal_basis, confidentiality, place: _ } = dataset;
    described(name, [type_of_data, sensitivity, frequency, legal_basis, confidentiality])
}

fn opt_outs(opt_outs: &OptOuts) -> Option<String> {
    match (&opt_outs.as_published, &opt_outs.reasons) {
        (None, None) => None,
        (answer, None) => answer.clone(),
        (answer, Some(reasons)) => Some(format!("{} ({reasons})", answer.as_deref().unwrap_or_default())),
    }
}
