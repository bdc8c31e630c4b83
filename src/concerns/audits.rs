//! Rules that need the user's own list of audit findings: which agreements it names, and what was sent to them after.
//!
//! The list is no part of an edition. What it says is worked out when an edition is opened, and lies over it
//! ([`Overlay`]).

mod list;

use std::collections::BTreeMap;

use crate::register::{Date, Field, Place, Project, Release, Source, Version, plain_reference, stem_of};
use crate::text::CELLS;

use super::case::{ROWS_QUOTED, count, row};
use super::{CannotTell, Concern, EditionFinding, Evidence, Overlay, RuleId, Severity, rule};
pub use list::{AuditFinding, AuditList};

/// The rules of this file, in the catalogue's order.
const AUDITED: [RuleId; 2] = [RuleId::AuditFinding, RuleId::FindingThenFiles];

/// A list of the user's own that evidence points into, beside the published files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListFile {
    /// Its name, without its folders.
    pub file: String,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
}

/// Why no list says anything of an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoAudits {
    /// The user has named none.
    NotNamed,
    /// It has a fault, and was left out whole.
    LeftOut,
}

impl NoAudits {
    /// The reason, in a sentence, and what to do.
    pub fn why(self) -> &'static str {
        match self {
            Self::NotNamed => {
                "You have named no list of audit findings: keep one as audits.csv in your configuration folder, or name \
                 one with --audits FILE."
            }
            Self::LeftOut => {
                "Your list of audit findings was left out, because it could not be used whole; any command with \
                 --audits FILE names its faults."
            }
        }
    }
}

/// What can be said without a list: nothing, and why.
pub fn without_audits(reason: NoAudits) -> Vec<CannotTell> {
    AUDITED.map(|rule| CannotTell { rule, why: reason.why().to_owned() }).into()
}

/// Where an edition's projects are judged by a list.
#[derive(Debug, Clone, Copy)]
pub struct Audited<'a> {
    /// The edition's name.
    pub slug: &'a str,
    /// The published files that its places point into.
    pub sources: &'a [Source],
    /// The number of the list among all that evidence points into.
    pub list: usize,
}

/// Judges the projects of an edition by a list. `projects` are those that the list names, by plain stem reference.
pub fn against_audits(at: Audited<'_>, list: &AuditList, projects: &BTreeMap<String, Project>) -> Overlay {
    let mut overlay = Overlay::default();
    let mut unknown: Vec<String> = Vec::new();
    for (stem, findings) in list.by_stem() {
        let Some(project) = projects.get(&stem) else {
            unknown.extend(findings.first().map(|finding| stem_of(&finding.reference).to_owned()));
            continue;
        };
        let organisation = project.latest().map(|version| version.organisation.clone()).unwrap_or_default();
        let mut concerns: Vec<Concern> = findings.iter().map(|finding| named(at, &stem, finding)).collect();
        match sent_after(at, &stem, &findings, project) {
            Ok(found) => concerns.extend(found),
            Err(unknown) => overlay.untold.entry(stem.clone()).or_default().push(unknown),
        }
        for concern in &mut concerns {
            concern.organisations = vec![organisation.clone()];
        }
        overlay.projects.insert(stem, concerns);
    }
    overlay.edition.extend(not_listed(at, unknown));
    overlay
}

/// A finding on the list that names a project.
fn named(at: Audited<'_>, stem: &str, finding: &AuditFinding) -> Concern {
    let see = finding.url.as_ref().map(|url| format!(" See {url}")).unwrap_or_default();
    let stop = if finding.finding.ends_with(['.', '!', '?']) { "" } else { "." };
    let statement = format!(
        "Your list of audit findings names this agreement, with a finding of {}: {}{stop}{see}",
        finding.date, finding.finding
    );
    let key = format!("{}|{stem}|{}|{}", RuleId::AuditFinding, finding.date, finding.finding);
    concern(RuleId::AuditFinding, key, statement, vec![line_of(at, finding)])
}

/// Files in months after the month of a finding: one concern with all of them, counted after each finding. The month of
/// the finding itself is not after it.
fn sent_after(
    at: Audited<'_>,
    stem: &str,
    findings: &[&AuditFinding],
    project: &Project,
) -> Result<Option<Concern>, CannotTell> {
    let Some(first) = findings.first() else { return Ok(None) };
    let known = first.date.whole_month();
    let mut files: Vec<&Release> = Vec::new();
    let mut pages: Vec<(&Version, Date)> = Vec::new();
    let mut why = None;
    for version in &project.versions {
        match after(at, version, known) {
            Sent::Files(found, untold) => {
                files.extend(found);
                why = why.or(untold);
            }
            Sent::Until(month) => pages.push((version, month)),
            Sent::Nothing => {}
            Sent::CannotTell(reason) => why = why.or(Some(reason)),
        }
    }
    let lines = findings.iter().map(|finding| line_of(at, finding));
    let key = format!("{}|{stem}", RuleId::FindingThenFiles);
    if !files.is_empty() {
        files.sort_by_key(|release| release.month);
        let statement = files_after(findings, &files);
        let evidence = lines.chain(files.iter().take(ROWS_QUOTED).map(|release| row(release))).collect();
        let found = concern(RuleId::FindingThenFiles, key, statement, evidence);
        return Ok(Some(Concern { files: files.len(), ..found }));
    }
    if let Some((_, last)) = pages.iter().max_by_key(|(_, month)| *month) {
        let statement = format!(
            "The register says that data was last released in {last}, which is after the month of the audit finding of {} \
             on your list; how many files this project was sent then is not published.",
            first.date
        );
        let released = pages.iter().map(|(version, month)| Evidence {
            field: Field::Term,
            quote: format!("last released {month}"),
            place: version.place_of(Field::Term).clone(),
        });
        let evidence = lines.chain(released).collect();
        return Ok(Some(concern(RuleId::FindingThenFiles, key, statement, evidence)));
    }
    match why {
        Some(why) => Err(CannotTell { rule: RuleId::FindingThenFiles, why: why.to_owned() }),
        None => Ok(None),
    }
}

/// What a version was sent in months after one.
enum Sent<'a> {
    /// These files; and why others may be missing from them.
    Files(Vec<&'a Release>, Option<&'static str>),
    /// Data, up to a month that is later; how many files is not published.
    Until(Date),
    /// Nothing.
    Nothing,
    /// What the register does not tell.
    CannotTell(&'static str),
}

fn after<'a>(at: Audited<'_>, version: &'a Version, known: Date) -> Sent<'a> {
    let Some(source) = at.sources.get(version.place.source) else { return Sent::Nothing };
    if !source.layout.lists_files() {
        return until(version, known);
    }
    let files = || version.releases.iter().filter(|release| release.is_file());
    let is_after = |release: &&Release| release.month.is_some_and(|month| month.whole_month() > known);
    let untold = if source.lacks("datareleases") {
        Some("The file of this edition was read without its sheet of files.")
    } else if files().all(|release| release.month.is_some()) {
        None
    } else if source.layout.records_months() {
        Some("Some rows give no month in which their file was sent.")
    } else {
        Some("This layout does not give the month in which a file was sent.")
    };
    Sent::Files(files().filter(is_after).collect(), untold)
}

/// A page gives the first and the last month for the whole project; access to the publisher's systems is no file.
fn until(version: &Version, known: Date) -> Sent<'static> {
    let is_access = |way: &String| way.eq_ignore_ascii_case("system access");
    if !version.access.is_empty() && version.access.iter().all(is_access) {
        return Sent::Nothing;
    }
    match version.release_months().end.map(Date::whole_month) {
        Some(last) if last > known => Sent::Until(last),
        Some(_) => Sent::Nothing,
        None => Sent::CannotTell("The entry shows no month in which data was last released."),
    }
}

/// The statement on files after findings, which stand oldest first.
fn files_after(findings: &[&AuditFinding], files: &[&Release]) -> String {
    let after = |date: Date| {
        let is_after =
            |release: &&&Release| release.month.is_some_and(|month| month.whole_month() > date.whole_month());
        files.iter().filter(is_after).count()
    };
    let mut dates: Vec<Date> = findings.iter().map(|finding| finding.date).collect();
    dates.dedup();
    let since: Vec<String> =
        dates.iter().skip(1).map(|date| format!(", {} after that of {date}", after(*date))).collect();
    let first = dates.first().map(Date::to_string).unwrap_or_default();
    let months = files.iter().filter_map(|release| release.month).map(Date::whole_month);
    let (start, end) = (months.clone().min(), months.max());
    let when = match (start, end) {
        (Some(start), Some(end)) if start == end => format!("in {start}"),
        (Some(start), Some(end)) => format!("from {start} to {end}"),
        _ => String::new(),
    };
    let were = if files.len() == 1 { "was" } else { "were" };
    let quoted =
        if files.len() > ROWS_QUOTED { format!(" The first {ROWS_QUOTED} are quoted.") } else { String::new() };
    format!(
        "{} {were} sent in months after the audit finding of {first} on your list{}: {when}.{quoted}",
        count(files.len(), "file", "files"),
        since.concat(),
    )
}

/// References on the list that no project of the edition has.
fn not_listed(at: Audited<'_>, references: Vec<String>) -> Option<EditionFinding> {
    let number = references.len();
    (number > 0).then(|| EditionFinding {
        rule: RuleId::AuditFinding,
        statement: format!(
            "Your list of audit findings names {} that no project of edition {} has: {}.",
            count(number, "reference", "references"),
            at.slug,
            references.join(", ")
        ),
        caveat: "Another edition may list it, or the register writes the reference in another way.".to_owned(),
        references,
    })
}

/// The line of the list that names a finding.
fn line_of(at: Audited<'_>, finding: &AuditFinding) -> Evidence {
    let date = finding.date.to_string();
    let parts = [Some(&date), Some(&finding.finding), finding.url.as_ref()];
    let quote = parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(CELLS);
    Evidence { field: Field::AuditFinding, quote, place: Place::line(at.list, finding.line) }
}

fn concern(id: RuleId, key: String, statement: String, evidence: Vec<Evidence>) -> Concern {
    let about = rule(id);
    Concern {
        rule: id,
        severity: Severity::High,
        standing: about.standing,
        statement,
        evidence,
        caveat: about.caveat.to_owned(),
        files: 0,
        organisations: Vec::new(),
        key,
    }
}

/// The stem of a reference, for joining.
fn plain_stem(reference: &str) -> String {
    plain_reference(stem_of(reference))
}
