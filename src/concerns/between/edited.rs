//! `edited-in-place`: what reads otherwise under an unchanged reference, how much it weighs, and both sides of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::changes::{
    AlteredFile, Compared, FieldChange, Role, SharedChange, VersionChange, passages, redline, split_dataset,
};
use crate::names::{Names, ods_code};
use crate::text::CELLS;

use super::super::case::{ROWS_QUOTED, count, quoted, row};
use super::super::{Concern, EditionFinding, Evidence, RuleId, Severity};
use super::{Standpoint, concern, shifted};

/// A change that many entries share, said once for the edition.
pub(super) fn told_once(at: Standpoint<'_>, change: &SharedChange) -> EditionFinding {
    let (role, caveat) = match change.role {
        Role::Organisation => ("organisation", "It can be a renaming, a merger, or agreements that were handed over"),
        Role::Controller => ("controller", "It can be a renaming, a merger, or data that others answer for now"),
        Role::Dataset => ("dataset", "It can be another label for the same data, or other data"),
    };
    EditionFinding {
        rule: RuleId::EditedInPlace,
        statement: format!(
            "The {role} {} of edition {} reads {} in edition {}, in {} of {}, under unchanged references.",
            quoted(&[&change.before]),
            at.other,
            quoted(&[&change.after]),
            at.slug,
            count(change.references.len(), "version", "versions"),
            count(change.projects, "agreement", "agreements"),
        ),
        caveat: format!("{caveat}: the register does not say which."),
        references: Vec::new(),
    }
}

/// How much a change under an unchanged reference weighs, if it weighs anything.
pub fn weight_in_place(change: &VersionChange, shared: &[SharedChange]) -> Option<Severity> {
    let fields = change.amended().iter().filter_map(|field| weight(field, shared));
    fields.chain(change.files.altered.iter().map(weight_of_file)).min()
}

/// What reads otherwise under an unchanged reference: a concern for each weight.
pub(super) fn edited(at: Standpoint<'_>, change: &VersionChange, shared: &[SharedChange]) -> Vec<Concern> {
    let told: Vec<(Severity, &FieldChange)> =
        change.amended().iter().filter_map(|field| Some((weight(field, shared)?, field))).collect();
    let altered: Vec<(Severity, &AlteredFile)> =
        change.files.altered.iter().map(|pair| (weight_of_file(pair), pair)).collect();
    let mut concerns = Vec::new();
    for severity in [Severity::High, Severity::Medium] {
        let fields = || told.iter().filter(|(weight, _)| *weight == severity).map(|(_, field)| *field);
        let files = || altered.iter().filter(|(weight, _)| *weight == severity).map(|(_, pair)| *pair);
        let mut parts: Vec<String> = fields().map(|field| part(field, shared)).collect();
        if files().count() > 0 {
            let quoted = if files().count() > ROWS_QUOTED / 2 {
                format!(", the first {} quoted", ROWS_QUOTED / 2)
            } else {
                String::new()
            };
            parts.push(format!(
                "the list of files ({} with another value{quoted})",
                count(files().count(), "row", "rows")
            ));
        }
        if parts.is_empty() {
            continue;
        }
        let mut evidence: Vec<Evidence> = fields().flat_map(|field| sides(field, at)).collect();
        evidence.extend(files().take(ROWS_QUOTED / 2).flat_map(|pair| {
            let before = row(&pair.before);
            [Evidence { place: shifted(&before.place, at), ..before }, row(&pair.after)]
        }));
        let statement = format!(
            "{} reads otherwise in edition {} than in {}: {}.",
            change.reference,
            at.slug,
            at.other,
            parts.join("; ")
        );
        let found = concern(RuleId::EditedInPlace, severity, change, statement, evidence);
        concerns.push(Concern { files: files().count(), ..found });
    }
    concerns
}

/// A field that changed, in words; short values are given.
fn part(field: &FieldChange, shared: &[SharedChange]) -> String {
    let name = field.field.name().to_lowercase();
    let of_many = field.shared.and_then(|number| shared.get(number)).map(|change| {
        format!(" (the same change in {} of the register)", count(change.references.len(), "version", "versions"))
    });
    let of_many = of_many.unwrap_or_default();
    let value = |text: &Option<String>| text.clone().unwrap_or_else(|| "not stated".to_owned());
    let is_short = |text: &Option<String>| text.as_deref().is_none_or(|text| text.len() <= 40 && !text.contains('\n'));
    match field.field {
        Compared::Section(_) => format!("{name}{}{of_many}", places(field)),
        _ if is_short(&field.before) && is_short(&field.after) => {
            format!("{name} (from {} to {}){of_many}", value(&field.before), value(&field.after))
        }
        _ => format!("{name}{of_many}"),
    }
}

/// In how many places a text changed, where that is more than is quoted.
fn places(field: &FieldChange) -> String {
    let text = |side: &Option<String>| side.clone().unwrap_or_default();
    let passages = passages(redline(&text(&field.before), &text(&field.after))).len();
    if passages > ROWS_QUOTED / 2 {
        format!(" (in {passages} places, the first {} quoted)", ROWS_QUOTED / 2)
    } else {
        String::new()
    }
}

/// How much a change weighs; none where it is a label that reads otherwise in every entry.
fn weight(field: &FieldChange, shared: &[SharedChange]) -> Option<Severity> {
    let is_shared = field.shared.and_then(|number| shared.get(number)).is_some();
    Some(match field.field {
        // The same bodies and datasets, spelled otherwise: a code or an acronym was put at the end.
        Compared::Organisation | Compared::Controllers | Compared::Datasets if names_the_same(field) => return None,
        Compared::Reference => return None,
        Compared::Datasets if !footing_changed(field) => Severity::Medium,
        Compared::Organisation if is_shared => Severity::Medium,
        // Who answers for the data, on what footing and until when; and who holds it, and whether it can be sold.
        Compared::Controllers
        | Compared::Datasets
        | Compared::OptOuts
        | Compared::LegalBases
        | Compared::TypesOfData
        | Compared::Start
        | Compared::End
        | Compared::Organisation
        | Compared::Commercial
        | Compared::Sublicensing => Severity::High,
        Compared::Title
        | Compared::OrganisationType
        | Compared::Joint
        | Compared::Minutes
        | Compared::Sensitivity
        | Compared::Access
        | Compared::Section(_) => Severity::Medium,
    })
}

/// Whether both sides name the same, by the safe rules and the list of names. Two codes of the Organisation Data Service
/// are two bodies.
fn names_the_same(field: &FieldChange) -> bool {
    let names = Names::built_in();
    let key = |line: &str| match field.field {
        Compared::Datasets => {
            let (name, details) = split_dataset(line);
            (names.dataset_key(name), crate::text::fold(details))
        }
        _ => (names.organisation_key(line), String::new()),
    };
    let side = |text: &Option<String>| -> BTreeMap<_, Vec<String>> {
        let mut found: BTreeMap<_, Vec<String>> = BTreeMap::new();
        for line in lines(text.as_deref()) {
            found.entry(key(line)).or_default().extend(ods_code(line));
        }
        found
    };
    let (before, after) = (side(&field.before), side(&field.after));
    let is_one = |one: &[String], other: &[String]| one.is_empty() || other.is_empty() || one == other;
    before.len() == after.len()
        && before.iter().zip(&after).all(|((one, codes), (other, others))| one == other && is_one(codes, others))
}

/// Whether a dataset that both lists name has another type or basis, and not only whether one came or went.
fn footing_changed(field: &FieldChange) -> bool {
    let name = |line: &str| crate::text::fold(split_dataset(line).0);
    let folded = |text: &Option<String>| -> BTreeSet<String> {
        lines(text.as_deref()).into_iter().map(crate::text::fold).collect()
    };
    let names = |text: &Option<String>| -> BTreeSet<String> { lines(text.as_deref()).into_iter().map(name).collect() };
    let (before, after) = (folded(&field.before), folded(&field.after));
    let gone: BTreeSet<&String> = before.difference(&after).collect();
    let both: BTreeSet<String> = names(&field.before).intersection(&names(&field.after)).cloned().collect();
    gone.into_iter().any(|line| both.contains(split_dataset(line).0))
}

fn weight_of_file(pair: &AlteredFile) -> Severity {
    let AlteredFile { before, after } = pair;
    let is_grave = before.opt_outs_as_published != after.opt_outs_as_published
        || before.legal_basis != after.legal_basis
        || before.type_of_data != after.type_of_data
        || before.month != after.month;
    if is_grave { Severity::High } else { Severity::Medium }
}

/// Both sides of a change, as published: of long texts the passages that differ.
fn sides(change: &FieldChange, at: Standpoint<'_>) -> Vec<Evidence> {
    let field = change.field.field();
    let before = |quote: String| Evidence { field, quote, place: shifted(&change.before_place, at) };
    let after = |quote: String| Evidence { field, quote, place: change.after_place.clone() };
    let whole = |text: &Option<String>| text.clone().unwrap_or_default();
    match change.field {
        Compared::Section(_) => {
            let pieces = redline(&whole(&change.before), &whole(&change.after));
            let passages = passages(pieces);
            let quoted = passages.iter().take(ROWS_QUOTED / 2);
            quoted.flat_map(|passage| [before(passage.before()), after(passage.after())]).collect()
        }
        Compared::Datasets => {
            let (old, new) = (lines(change.before.as_deref()), lines(change.after.as_deref()));
            let only = |lines: &[&str], other: &[&str]| -> String {
                let own = lines.iter().filter(|line| !other.contains(line)).map(|line| as_row(line));
                own.collect::<Vec<_>>().join("\n")
            };
            let sides = [before(only(&old, &new)), after(only(&new, &old))];
            sides.into_iter().filter(|side| !side.quote.is_empty()).collect()
        }
        _ => vec![before(whole(&change.before)), after(whole(&change.after))],
    }
}

/// A dataset as rows are quoted: its cells one after another.
fn as_row(line: &str) -> String {
    let (name, details) = split_dataset(line);
    let details = details.strip_prefix('(').and_then(|details| details.strip_suffix(')')).unwrap_or(details);
    if details.is_empty() { name.to_owned() } else { format!("{name}{CELLS}{}", details.replace("; ", CELLS)) }
}

fn lines(text: Option<&str>) -> Vec<&str> {
    text.into_iter().flat_map(str::lines).collect()
}
