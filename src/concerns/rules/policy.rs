//! Files beside secure environments: `files-after-sde-policy` and `tre-in-name-yet-files`.

use crate::register::{Field, Listing, Release, Repeated, Version};
use crate::text::fold;

use super::super::basis::Basis;
use super::super::case::{Answer, Case, Finding, ROWS_QUOTED, count, distinct, quoted, rows};
use super::super::{Evidence, RuleId, Severity};
use super::released::{NO_FILES, Ways, files_are, months};

/// What is known of whether the policy speaks to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// It went to a commissioner or NHS England, or on consent.
    Outside,
    /// It went to somebody else, and not on consent.
    Within,
    /// The entry does not say to what kind of organisation, or on what basis.
    Unknown(&'static str),
}

pub(super) fn files_after(case: &Case<'_>) -> Answer {
    const RULE: RuleId = RuleId::FilesAfterSdePolicy;
    let from = case.settings.thresholds.sde_policy_from;
    if case.layout.is_page() {
        return files_after_on_page(case);
    }
    let mut within: Vec<(&Version, &Release)> = Vec::new();
    let (mut unknown, mut undated): (Vec<&'static str>, usize) = (Vec::new(), 0);
    for (version, release) in case.files() {
        let month = case.credible_month(release);
        // Most files are older than the policy, and nothing more is asked of them.
        if month.is_some_and(|month| month.months_since(from) < 0) {
            continue;
        }
        match (month, reach(case, version, release)) {
            (_, Reach::Outside) => {}
            (None, _) => undated += 1,
            (Some(_), Reach::Unknown(why)) => unknown.push(why),
            (Some(_), Reach::Within) => within.push((version, release)),
        }
    }
    let mut reasons = Vec::new();
    if case.some_file_lacks("datareleases") {
        reasons.push(NO_FILES.to_owned());
    }
    for why in distinct(unknown.iter().copied()) {
        let number = unknown.iter().filter(|other| **other == why).count();
        reasons.push(format!("{} dated in or after {from}, and {why}.", files_are(number)));
    }
    if undated > 0 {
        reasons.push(format!("{} listed without a month that can be meant.", files_are(undated)));
    }
    if within.is_empty() {
        return Answer::partly(RULE, Vec::new(), &reasons);
    }
    let kinds = distinct(within.iter().filter_map(|(version, _)| version.organisation_type.as_deref()));
    let files: Vec<&Release> = within.iter().map(|(_, release)| *release).collect();
    let statement = format!(
        "The register lists {} sent {}, after the policy of 12 October 2023 on secure data environments, to an applicant of \
         the kind {}, on a basis other than consent.",
        count(files.len(), "file", "files"),
        months(case, &files),
        quoted(&kinds),
    );
    let evidence = rows(files.iter().copied());
    let concern =
        case.concern(Finding { rule: RULE, severity: Severity::Note, statement, evidence, files: files.len() });
    Answer::partly(RULE, vec![concern], &reasons)
}

/// A page merges the bases of all that was sent: of what was sent since the policy it tells none.
fn files_after_on_page(case: &Case<'_>) -> Answer {
    const RULE: RuleId = RuleId::FilesAfterSdePolicy;
    let from = case.settings.thresholds.sde_policy_from;
    let is_outside = |version: &Version| {
        recipient(case, version, &version.organisation) == Reach::Outside || is_for_commissioners(case, version)
    };
    if Ways::of(case) == Ways::AccessOnly || case.project.versions.iter().all(is_outside) {
        return Answer::silent();
    }
    match case.facts.releases.last {
        None => Answer::cannot_tell(RULE, "The page shows no last month of release for this project's files."),
        Some(last) if last.months_since(from) < 0 => Answer::silent(),
        Some(_) => {
            let why = "The page merges the bases of all that was sent, so that of what was sent since the policy cannot be \
                       told.";
            Answer::cannot_tell(RULE, why)
        }
    }
}

fn reach(case: &Case<'_>, version: &Version, release: &Release) -> Reach {
    if version.listing == Listing::RowsOnly {
        return Reach::Unknown("no entry says who received them");
    }
    let organisation = release.organisation.as_deref().unwrap_or(&version.organisation);
    let (recipient, footing) = (recipient(case, version, organisation), footing(version, release));
    if recipient == Reach::Outside || footing == Reach::Outside || is_for_commissioners(case, version) {
        Reach::Outside
    } else if recipient == Reach::Within {
        footing
    } else {
        recipient
    }
}

/// Whether the policy speaks to whoever applied, by the kind that the entry gives and by the name.
fn recipient(case: &Case<'_>, version: &Version, organisation: &str) -> Reach {
    let words = &case.settings.words.commissioner_types;
    let kind = version.organisation_type.as_deref();
    if words.are_in(&fold(organisation)) || kind.is_some_and(|kind| words.are_in(&fold(kind))) {
        Reach::Outside
    } else if kind.is_some() {
        Reach::Within
    } else {
        Reach::Unknown("the entry does not give the kind of organisation")
    }
}

/// Data Services for Commissioners: agreements under that name serve commissioners, whoever applied.
fn is_for_commissioners(case: &Case<'_>, version: &Version) -> bool {
    let title = version.title.as_deref().unwrap_or_default();
    case.settings.words.commissioning_titles.are_in(&fold(title))
}

/// Whether a file went out on consent: by the confidentiality basis of its own row, else of its dataset's rows in the same
/// version, else by the words after "No - ". A power to share says nothing of consent, unless it names it.
fn footing(version: &Version, release: &Release) -> Reach {
    const UNKNOWN: Reach = Reach::Unknown("on what confidentiality basis is not given for one file");
    let of = |published: &str| match Basis::of(published) {
        Basis::Consent => Reach::Outside,
        Basis::Mixture | Basis::Empty => UNKNOWN,
        _ => Reach::Within,
    };
    if Basis::of(release.legal_basis.as_deref().unwrap_or_default()) == Basis::Consent {
        return Reach::Outside;
    }
    if let Some(own) = release.confidentiality.as_deref() {
        return of(own);
    }
    let name = fold(&release.dataset);
    let named: Vec<_> = version.datasets.iter().filter(|dataset| fold(&dataset.name) == name).collect();
    let kind = |value: &Option<Repeated>| fold(value.as_deref().unwrap_or_default());
    let alike = named.iter().filter(|dataset| kind(&dataset.type_of_data) == kind(&release.type_of_data));
    let alike: Vec<_> = alike.copied().collect();
    let rows = if alike.is_empty() { named } else { alike };
    let mut footings = rows.iter().map(|dataset| of(dataset.confidentiality.as_deref().unwrap_or_default()));
    let explained = || release.opt_outs_as_published.as_deref().and_then(|answer| answer.strip_prefix("No - "));
    match footings.next() {
        Some(first) if first != UNKNOWN => {
            if footings.all(|other| other == first) {
                first
            } else {
                UNKNOWN
            }
        }
        _ => explained().map_or(UNKNOWN, of),
    }
}

pub(super) fn named_after_one(case: &Case<'_>) -> Answer {
    const RULE: RuleId = RuleId::TreInNameYetFiles;
    if !case.layout.records_title() {
        return Answer::cannot_tell(RULE, "This layout does not give titles.");
    }
    let words = &case.settings.words.secure_environments;
    let is_named = |version: &&Version| version.title.as_deref().is_some_and(|title| words.are_in(&fold(title)));
    let named: Vec<&Version> = case.project.versions.iter().filter(is_named).collect();
    if named.is_empty() {
        let untitled = case.project.versions.iter().all(|version| version.title.is_none());
        return if untitled { Answer::cannot_tell(RULE, "The entry gives no title.") } else { Answer::silent() };
    }
    if case.layout.is_page() {
        return named_on_page(case, &named);
    }
    if case.some_file_lacks("datareleases") {
        return Answer::cannot_tell(RULE, NO_FILES);
    }
    let files: Vec<&Release> =
        named.iter().flat_map(|version| &version.releases).filter(|release| release.is_file()).collect();
    if files.is_empty() {
        return Answer::silent();
    }
    let verb = if files.len() == 1 { "was" } else { "were" };
    let sent = format!("{} {verb} sent under it", count(files.len(), "file", "files"));
    let mut evidence = titles(&named);
    evidence.extend(rows(files.iter().copied().take(ROWS_QUOTED.saturating_sub(evidence.len()))));
    let statement = statement(&named, &sent);
    Answer::one(case.concern(Finding { rule: RULE, severity: Severity::Note, statement, evidence, files: files.len() }))
}

fn named_on_page(case: &Case<'_>, named: &[&Version]) -> Answer {
    const RULE: RuleId = RuleId::TreInNameYetFiles;
    match Ways::of(case) {
        Ways::AccessOnly => Answer::silent(),
        Ways::FilesAndAccess => {
            let why = "The page gives months of release for files and system access together.";
            Answer::cannot_tell(RULE, why)
        }
        Ways::Files if !case.shows_releases() => {
            Answer::cannot_tell(RULE, "The page shows no month of release for this project's files.")
        }
        Ways::Files => {
            let sent = format!("data was released ({})", case.months_released());
            let mut evidence = titles(named);
            evidence.push(case.field(Field::Term, case.months_released()));
            let statement = statement(named, &sent);
            Answer::one(case.concern(Finding { rule: RULE, severity: Severity::Note, statement, evidence, files: 0 }))
        }
    }
}

fn statement(named: &[&Version], sent: &str) -> String {
    let titles = distinct(named.iter().filter_map(|version| version.title.as_deref()));
    let verb = if titles.len() == 1 { "title names" } else { "titles name" };
    format!("The {verb} a secure environment ({}), and {sent}.", quoted(&titles))
}

/// Each title once, where it first stands.
fn titles(named: &[&Version]) -> Vec<Evidence> {
    let field = Field::Title;
    let mut evidence: Vec<Evidence> = Vec::new();
    for version in named {
        let quote = version.title.clone().unwrap_or_default();
        if evidence.len() < ROWS_QUOTED / 2 && !evidence.iter().any(|known| known.quote == quote) {
            evidence.push(Evidence { field, quote, place: version.place_of(field).clone() });
        }
    }
    evidence
}
