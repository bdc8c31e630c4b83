//! Rules that need another edition: what was taken out, changed under an unchanged reference, or listed late.
//!
//! An edition holds the findings that follow from it alone. These are worked out when it is opened beside others, and
//! lie over it ([`Overlay`]).

use std::collections::{BTreeMap, BTreeSet};

use crate::changes::{
    AlteredFile, Change, Compared, FieldChange, Role, SharedChange, VersionChange, passages, redline, split_dataset,
};
use crate::names::Names;
use crate::register::{Date, Field, Place, Release, Source};

use super::case::{ROWS_QUOTED, count, distinct, quoted, row};
use super::{CannotTell, Concern, EditionFinding, Evidence, RuleId, Severity, rule};

/// The rules of this file, in the catalogue's order.
pub(super) const BETWEEN: [RuleId; 3] = [RuleId::RemovedFromRegister, RuleId::EditedInPlace, RuleId::BackFilled];

/// References that a finding on the edition names; it says how many there are.
const NAMED: usize = 12;

/// When the publisher's own flows left the register: NHS Digital became part of NHS England on 1 February 2023.
const MERGER: (i16, u8) = (2023, 2);

/// What other editions of the register add to the findings of one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Overlay {
    /// Concerns of projects, by stem reference.
    pub projects: BTreeMap<String, Vec<Concern>>,
    /// What cannot be told of any project of the edition.
    pub cannot_tell: Vec<CannotTell>,
    /// Findings about the edition as a whole.
    pub edition: Vec<EditionFinding>,
    /// Published files of the other edition that evidence points into; their places follow those of the edition's own.
    pub sources: Vec<Source>,
}

/// From where an edition is judged.
#[derive(Debug, Clone, Copy)]
pub struct Standpoint<'a> {
    /// The name of the edition that is judged.
    pub slug: &'a str,
    /// Its month.
    pub date: Option<Date>,
    /// The name of the other edition.
    pub other: &'a str,
    /// The other's month.
    pub other_date: Option<Date>,
    /// How many sources the edition has of its own.
    pub sources: usize,
    /// Whether each of the two lists everything up to its month, and not one period only.
    pub is_cumulative: bool,
}

/// What can be said without another edition: nothing, and why.
pub fn alone() -> Overlay {
    let why = "It compares this edition with the one before, and the library holds none of the same register.";
    let cannot_tell = BETWEEN.map(|rule| CannotTell { rule, why: why.to_owned() });
    Overlay { cannot_tell: cannot_tell.into(), ..Overlay::default() }
}

/// Judges an edition by the one before it. `changes` lead from that one to it; `stems` are the projects that it lists.
pub fn against_earlier(
    at: Standpoint<'_>,
    changes: &[VersionChange],
    shared: &[SharedChange],
    stems: &BTreeSet<&str>,
    sources: Vec<Source>,
) -> Overlay {
    let mut overlay = Overlay { sources, ..Overlay::default() };
    let mut departed: Vec<&VersionChange> = Vec::new();
    for change in changes {
        let mut concerns = Vec::new();
        if at.is_cumulative {
            match change.change {
                Change::Withdrawn if !stems.contains(change.stem.as_str()) => departed.push(change),
                Change::Withdrawn => concerns.push(version_removed(at, change)),
                _ => concerns.extend(back_filled(at, change)),
            }
        }
        concerns.extend(edited(at, change, shared));
        if !concerns.is_empty() {
            overlay.projects.entry(change.stem.clone()).or_default().extend(concerns);
        }
    }
    overlay.edition.extend(departures(at, &departed));
    overlay.edition.extend(shared.iter().map(|change| told_once(at, change)));
    if !at.is_cumulative {
        let why = "Each edition of this register lists what was sent in its own period only.";
        for rule in [RuleId::RemovedFromRegister, RuleId::BackFilled] {
            overlay.cannot_tell.push(CannotTell { rule, why: why.to_owned() });
        }
    } else if at.other_date.is_none() {
        let why = "The edition before has no date, so it cannot be told what it should have listed.";
        overlay.cannot_tell.push(CannotTell { rule: RuleId::BackFilled, why: why.to_owned() });
    }
    overlay
}

/// What the edition after it says of an edition's projects: those that it no longer lists. `changes` lead to that one.
pub fn against_later(
    at: Standpoint<'_>,
    changes: &[VersionChange],
    stems_later: &BTreeSet<&str>,
) -> BTreeMap<String, Vec<Concern>> {
    let mut found: BTreeMap<String, Vec<Concern>> = BTreeMap::new();
    let gone = changes.iter().filter(|change| {
        at.is_cumulative && change.change == Change::Withdrawn && !stems_later.contains(change.stem.as_str())
    });
    for change in gone {
        let concerns = found.entry(change.stem.clone()).or_default();
        if concerns.is_empty() {
            let statement =
                format!("Edition {} no longer lists this agreement, which edition {} lists.", at.other, at.slug);
            let statement = statement + merger(at.date, at.other_date, change).unwrap_or_default();
            concerns.push(concern(RuleId::RemovedFromRegister, Severity::High, change, statement, Vec::new()));
        }
        if let (Some(first), Some(place)) = (concerns.first_mut(), &change.before) {
            first.evidence.push(Evidence {
                field: Field::Entry,
                quote: change.reference.clone(),
                place: place.clone(),
            });
        }
    }
    found
}

/// A concern about the project of a change.
fn concern(
    id: RuleId,
    severity: Severity,
    change: &VersionChange,
    statement: String,
    evidence: Vec<Evidence>,
) -> Concern {
    let about = rule(id);
    Concern {
        rule: id,
        severity,
        standing: about.standing,
        statement,
        evidence,
        caveat: about.caveat.to_owned(),
        files: 0,
        organisations: vec![change.organisation.clone()],
        key: format!("{id}|{}|{severity:?}", change.reference),
    }
}

fn version_removed(at: Standpoint<'_>, change: &VersionChange) -> Concern {
    let statement = format!(
        "{} stood in edition {} and is no longer listed, though the agreement still is.",
        change.reference, at.other
    );
    let evidence = change.before.iter().map(|place| Evidence {
        field: Field::Entry,
        quote: change.reference.clone(),
        place: shifted(place, at),
    });
    concern(RuleId::RemovedFromRegister, Severity::High, change, statement, evidence.collect())
}

/// The departures of an edition, said once: what left cannot say it itself.
fn departures(at: Standpoint<'_>, departed: &[&VersionChange]) -> Option<EditionFinding> {
    let stems: Vec<&str> = distinct(departed.iter().map(|change| change.stem.as_str()));
    let (first, others) = (stems.first()?, stems.len().saturating_sub(NAMED));
    let named = if stems.len() == 1 { (*first).to_owned() } else { stems[..stems.len() - others].join(", ") };
    let more = if others > 0 { format!(" and {others} more") } else { String::new() };
    let internal = departed.iter().find_map(|change| merger(at.other_date, at.date, change)).unwrap_or_default();
    let agreements = count(stems.len(), "agreement", "agreements");
    Some(EditionFinding {
        rule: RuleId::RemovedFromRegister,
        statement: format!("{agreements} that edition {} listed left the register: {named}{more}.{internal}", at.other),
        caveat: rule(RuleId::RemovedFromRegister).caveat.to_owned(),
        references: stems.into_iter().map(str::to_owned).collect(),
    })
}

/// What explains a departure over the merger of February 2023: the agreement was the publisher's own.
fn merger(from: Option<Date>, to: Option<Date>, change: &VersionChange) -> Option<&'static str> {
    let month = |date: Date| (date.year(), date.month_of_year());
    let spans = from.is_some_and(|from| month(from) < MERGER) && to.is_some_and(|to| month(to) >= MERGER);
    let organisation = crate::text::fold(&change.organisation);
    let is_publisher = ["nhs digital", "nhs england", "health and social care information centre"]
        .iter()
        .any(|name| organisation.starts_with(name));
    (spans && is_publisher).then_some(
        " NHS Digital became part of NHS England on 1 February 2023; its own flows became internal then and moved to \
         another record.",
    )
}

/// A change that many entries share, said once for the edition.
fn told_once(at: Standpoint<'_>, change: &SharedChange) -> EditionFinding {
    let role = match change.role {
        Role::Organisation => "The organisation",
        Role::Controller => "The controller",
        Role::Dataset => "The dataset",
    };
    EditionFinding {
        rule: RuleId::EditedInPlace,
        statement: format!(
            "{role} {} of edition {} reads {} now, in {} of {}, under unchanged references.",
            quoted(&[&change.before]),
            at.other,
            quoted(&[&change.after]),
            count(change.references.len(), "version", "versions"),
            count(change.projects, "agreement", "agreements"),
        ),
        caveat: "It can be a renaming, a merger, or agreements that were handed over: the register does not say which."
            .to_owned(),
        references: Vec::new(),
    }
}

/// How much a change under an unchanged reference weighs, if it weighs anything.
pub fn weight_in_place(change: &VersionChange, shared: &[SharedChange]) -> Option<Severity> {
    let fields = change.amended().iter().filter_map(|field| weight(field, shared));
    fields.chain(change.files.altered.iter().map(weight_of_file)).min()
}

/// What reads otherwise under an unchanged reference: a concern for each weight.
fn edited(at: Standpoint<'_>, change: &VersionChange, shared: &[SharedChange]) -> Vec<Concern> {
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
            parts.push(format!("the list of files ({} with another value)", count(files().count(), "row", "rows")));
        }
        if parts.is_empty() {
            continue;
        }
        let mut evidence: Vec<Evidence> = fields().flat_map(|field| sides(field, at)).collect();
        evidence.extend(files().take(ROWS_QUOTED / 2).flat_map(|pair| {
            let before = row(&pair.before);
            [Evidence { place: shifted(&before.place, at), ..before }, row(&pair.after)]
        }));
        let statement =
            format!("{} reads otherwise than in edition {}: {}.", change.reference, at.other, parts.join("; "));
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
        Compared::Section(_) => format!("{name}{of_many}"),
        _ if is_short(&field.before) && is_short(&field.after) => {
            format!("{name} (from {} to {}){of_many}", value(&field.before), value(&field.after))
        }
        _ => format!("{name}{of_many}"),
    }
}

/// How much a change weighs; none where it is a label that reads otherwise in every entry.
fn weight(field: &FieldChange, shared: &[SharedChange]) -> Option<Severity> {
    let is_shared = field.shared.and_then(|number| shared.get(number)).is_some();
    Some(match field.field {
        // The same bodies and datasets, spelled otherwise: a code or an acronym was put at the end.
        Compared::Organisation | Compared::Controllers | Compared::Datasets if names_the_same(field) => return None,
        Compared::Datasets if is_shared => return None,
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

/// Whether both sides name the same, by the safe rules and the list of names.
fn names_the_same(field: &FieldChange) -> bool {
    let names = Names::built_in();
    let key = |line: &str| match field.field {
        Compared::Datasets => {
            let (name, details) = split_dataset(line);
            (names.dataset_key(name), crate::text::fold(details))
        }
        _ => (names.organisation_key(line), String::new()),
    };
    let keys = |text: &Option<String>| -> BTreeSet<_> { lines(text.as_deref()).into_iter().map(key).collect() };
    keys(&field.before) == keys(&field.after)
}

/// Whether a dataset that both lists name has another type or basis, and not only whether one came or went.
fn footing_changed(field: &FieldChange) -> bool {
    let name = |line: &str| crate::text::fold(line.split(" (").next().unwrap_or(line));
    let folded = |text: &Option<String>| -> BTreeSet<String> {
        lines(text.as_deref()).into_iter().map(crate::text::fold).collect()
    };
    let names = |text: &Option<String>| -> BTreeSet<String> { lines(text.as_deref()).into_iter().map(name).collect() };
    let (before, after) = (folded(&field.before), folded(&field.after));
    let gone: BTreeSet<&String> = before.difference(&after).collect();
    let both: BTreeSet<String> = names(&field.before).intersection(&names(&field.after)).cloned().collect();
    gone.into_iter().any(|line| both.contains(line.split(" (").next().unwrap_or(line)))
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
                let own: Vec<&str> = lines.iter().copied().filter(|line| !other.contains(line)).collect();
                own.join("\n")
            };
            let sides = [before(only(&old, &new)), after(only(&new, &old))];
            sides.into_iter().filter(|side| !side.quote.is_empty()).collect()
        }
        _ => vec![before(whole(&change.before)), after(whole(&change.after))],
    }
}

fn lines(text: Option<&str>) -> Vec<&str> {
    text.into_iter().flat_map(str::lines).collect()
}

/// Files that this edition lists for the first time, though the one before came after the month in which they were sent.
fn back_filled(at: Standpoint<'_>, change: &VersionChange) -> Option<Concern> {
    let known = at.other_date?.whole_month();
    let is_late =
        |release: &&Release| release.is_file() && release.month.is_some_and(|month| month.whole_month() < known);
    let late: Vec<&Release> = change.files.added.iter().filter(is_late).collect();
    let months = late.iter().filter_map(|release| release.month);
    let (first, last) = (months.clone().min()?, months.max()?);
    let sent = if first == last { format!("in {first}") } else { format!("from {first} to {last}") };
    let statement = format!(
        "{} of {}, sent {sent}, {} listed for the first time in edition {}; edition {} did not have {}.",
        count(late.len(), "file", "files"),
        change.reference,
        if late.len() == 1 { "is" } else { "are" },
        at.slug,
        at.other,
        if late.len() == 1 { "it" } else { "them" },
    );
    let evidence = late.iter().take(ROWS_QUOTED).map(|release| row(release)).collect();
    let found = concern(RuleId::BackFilled, Severity::Medium, change, statement, evidence);
    Some(Concern { files: late.len(), ..found })
}

/// A place in the other edition, whose sources follow those of the edition that is judged.
fn shifted(place: &Place, at: Standpoint<'_>) -> Place {
    Place { source: place.source + at.sources, position: place.position.clone() }
}
