//! Entries of several pages together: each agreement under its reference, every page's words kept.

use std::collections::HashMap;

use crate::register::vocabulary::is_undisclosed_type;
use crate::register::{Date, Field, Layout, OptOutState, Project, Register, Version, YesNo, stem_of};
use crate::text::fold;

use super::super::Entry;

/// How many entries of one reference a new one is compared with: an agreement stands on a handful of pages.
pub(in crate::import) const COMPARED: usize = 8;

/// Adds the versions of one page to the register, linear in both.
///
/// The same agreement can stand on the pages of several organisations, and on an organisation's pages of several years.
/// An entry that is there word for word is kept once. Others are kept each with its own words, and a warning says
/// where two contradict each other.
pub(super) fn add(register: &mut Register, versions: Vec<Version>, layout: Layout, entry: &mut Entry<'_>) {
    let mut known: HashMap<String, usize> =
        register.projects.iter().enumerate().map(|(at, project)| (project.reference.clone(), at)).collect();
    let mut entries: HashMap<String, Vec<usize>> = HashMap::new();
    let mut grown: Vec<usize> = Vec::new();
    let mut repeated = 0_usize;
    for version in versions {
        let stem = stem_of(&version.reference);
        let at = *known.entry(stem.to_owned()).or_insert_with(|| {
            register.projects.push(Project { reference: stem.to_owned(), versions: Vec::new() });
            register.projects.len() - 1
        });
        let project = &mut register.projects[at];
        if !entries.contains_key(&version.reference) {
            let same = project.versions.iter().enumerate().filter(|(_, one)| one.reference == version.reference);
            entries.insert(version.reference.clone(), same.map(|(number, _)| number).collect());
        }
        let same = entries.entry(version.reference.clone()).or_default();
        let others: Vec<&Version> = same.iter().take(COMPARED).map(|number| &project.versions[*number]).collect();
        if others.iter().any(|other| is_same(other, &version)) {
            repeated += 1;
            continue;
        }
        for message in conflicts_told(&others, &version, &|_| "the page".to_owned()) {
            entry.warn(Some(&version.place), message);
        }
        same.push(project.versions.len());
        project.versions.push(version);
        grown.push(at);
    }
    if repeated > 0 {
        let entries = if repeated == 1 { "1 entry".to_owned() } else { format!("{repeated} entries") };
        entry.note(format!("{entries} had been read word for word before, and each is kept once"));
    }
    let since =
        |version: &Version| register.sources.get(version.place.source).map_or(layout, |source| source.layout).since();
    grown.sort_unstable();
    grown.dedup();
    for at in grown {
        // What a later generation of pages says is newer, whatever the number: pages from 2018 on print none.
        register.projects[at].versions.sort_by(|one, two| (since(one), &one.number).cmp(&(since(two), &two.number)));
    }
}

/// Whether two entries say the same, word for word, of the same organisation.
pub(in crate::import) fn is_same(one: &Version, other: &Version) -> bool {
    let bare = |version: &Version| {
        let mut bare = version.clone();
        bare.place = one.place.clone();
        bare.places.clear();
        bare.page = None;
        for dataset in &mut bare.datasets {
            dataset.place = None;
        }
        for statement in &mut bare.statements {
            statement.place = one.place.clone();
        }
        bare
    };
    one.organisation == other.organisation && bare(one) == bare(other)
}

/// What two entries of one agreement say otherwise, in a sentence for each other entry; `file_of` names the file of one.
pub(in crate::import) fn conflicts_told(
    others: &[&Version],
    version: &Version,
    file_of: &dyn Fn(&Version) -> String,
) -> Vec<String> {
    let mut told = Vec::new();
    for other in others {
        let fields = conflicts(other, version);
        if fields.is_empty() {
            continue;
        }
        let names: Vec<String> = fields.iter().map(|field| field.name().to_lowercase()).collect();
        told.push(format!(
            "{} stands in {} too ({}), and says otherwise there on: {}; both are kept, each with its own words",
            version.reference,
            file_of(other),
            other.place.position,
            names.join(", ")
        ));
    }
    told
}

/// Fields on which two entries of one agreement contradict each other: both state them, and not the same. Months of
/// release and texts grow from year to year, and are no contradiction.
fn conflicts(one: &Version, other: &Version) -> Vec<Field> {
    let differ = |one: &[String], other: &[String]| {
        let folded = |values: &[String]| {
            let mut folded: Vec<String> = values.iter().map(|value| fold(value)).collect();
            folded.sort_unstable();
            folded
        };
        !one.is_empty() && !other.is_empty() && folded(one) != folded(other)
    };
    let types = |version: &Version| -> Vec<String> {
        version.types_of_data.iter().filter(|value| !is_undisclosed_type(value)).cloned().collect()
    };
    let answers = |one: YesNo, other: YesNo| one != other && one != YesNo::NotStated && other != YesNo::NotStated;
    let differs = |one: Option<String>, other: Option<String>| one.is_some() && other.is_some() && one != other;
    let month = |date: Option<Date>| date.map(|date| date.whole_month().to_string());
    let of = |field: Field| match field {
        Field::OptOuts => {
            let (one, other) = (one.opt_outs.state, other.opt_outs.state);
            one != other && one != OptOutState::NotStated && other != OptOutState::NotStated
        }
        Field::LegalBasis => differ(&one.legal_bases, &other.legal_bases),
        Field::Purposes => answers(one.commercial.value, other.commercial.value),
        Field::Sublicensing => answers(one.sublicensing.value, other.sublicensing.value),
        Field::Sensitivity => differ(&one.sensitivity, &other.sensitivity),
        Field::TypeOfData => differ(&types(one), &types(other)),
        Field::Controllers => differ(&one.controllers, &other.controllers),
        Field::Term => {
            differs(month(one.term.start), month(other.term.start))
                || differs(month(one.term.end), month(other.term.end))
        }
        _ => false,
    };
    let compared = [
        Field::OptOuts,
        Field::LegalBasis,
        Field::Purposes,
        Field::Sensitivity,
        Field::Term,
        Field::Controllers,
        Field::Sublicensing,
        Field::TypeOfData,
    ];
    compared.into_iter().filter(|field| of(*field)).collect()
}
