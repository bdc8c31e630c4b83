//! Who gets the data: companies that are not commercial by their own answer, and bodies outside health and care.

use crate::names::ods_code;
use crate::register::{Field, Release, Version, YesNo};
use crate::text::{CELLS, fold};

use super::super::case::{Answer, Case, Finding, ROWS_QUOTED, count, distinct, evidence, row};
use super::super::{Concern, Evidence, RuleId, Settings, Severity};

/// What makes an applicant a company.
enum Company<'a> {
    /// Its kind, as the register writes it.
    Kind(&'a str),
    /// The end of its name.
    Ending,
    /// The list of companies.
    Listed,
}

impl<'a> Company<'a> {
    fn of(version: &'a Version, settings: &Settings) -> Option<Self> {
        let words = &settings.words;
        let kind = version.organisation_type.as_deref();
        if kind.is_some_and(|kind| words.not_company_types.are_in(&fold(kind))) {
            return None;
        }
        if let Some(kind) = kind.filter(|kind| words.company_types.is(&fold(kind))) {
            return Some(Self::Kind(kind));
        }
        let name = bare(&version.organisation);
        if words.company_endings.find_all(&name).any(|range| range.start > 0 && range.end == name.len()) {
            return Some(Self::Ending);
        }
        words.companies.are_in(&fold(&version.organisation)).then_some(Self::Listed)
    }

    fn said(&self) -> String {
        match self {
            Self::Kind(kind) => format!("is of the kind \"{kind}\""),
            Self::Ending => "has the name of a company".to_owned(),
            Self::Listed => "is on the list of companies".to_owned(),
        }
    }
}

/// A folded name without what is appended to it: a code of the Organisation Data Service, brackets, a full stop.
fn bare(name: &str) -> String {
    let mut bare = fold(name);
    if let Some(code) = ods_code(name) {
        let kept = bare.strip_suffix(&code.to_lowercase()).map(|rest| rest.trim_end_matches([' ', '-']).len());
        bare.truncate(kept.unwrap_or(bare.len()));
    }
    loop {
        let rest = bare.trim_end_matches(['.', ' ']);
        let opened = rest.strip_suffix(')').and_then(|rest| rest.rfind('('));
        let kept = opened.unwrap_or(rest.len());
        if kept == bare.len() {
            return bare;
        }
        bare.truncate(kept);
    }
}

pub(super) fn company_answered_no(case: &Case<'_>) -> Answer {
    let rule = RuleId::CompanyAnsweredNo;
    let cannot_tell = |why: &str| Answer::cannot_tell(rule, why);
    if !case.layout.records_commercial() {
        return cannot_tell("This layout does not record commercial purposes.");
    }
    // A charity can bear the name of a company.
    if case.lacks_column(Field::OrganisationType) {
        return cannot_tell("The file that was read lacks the kinds of organisations.");
    }
    let companies: Vec<(&Version, Company<'_>)> = case
        .project
        .versions
        .iter()
        .filter_map(|version| Company::of(version, case.settings).map(|company| (version, company)))
        .collect();
    // The latest version that says so speaks for the entry.
    let Some((version, company)) = companies.iter().rev().find(|(version, _)| version.commercial.value == YesNo::No)
    else {
        if companies.iter().any(|(version, _)| version.commercial.value == YesNo::NotStated) {
            return cannot_tell("The applicant is a company, and the entry gives no answer on commercial purposes.");
        }
        let untold = |version: &Version| {
            version.organisation_type.is_none()
                && companies.is_empty()
                && matches!(version.commercial.value, YesNo::No | YesNo::NotStated)
        };
        return if untold(case.latest) {
            cannot_tell("The entry does not give the kind of its organisation.")
        } else {
            Answer::silent()
        };
    };
    let statement = format!(
        "The register says that the purposes are not commercial, and the applicant, {}, {}.",
        version.organisation,
        company.said()
    );
    let said = version.commercial.as_published.as_deref().unwrap_or_default();
    let mut found = vec![evidence(Field::Purposes, said, version.place_of(Field::Purposes))];
    found.push(match company {
        // A page gives the kind on the line of the answer.
        Company::Kind(kind) if case.layout.is_page() => {
            evidence(Field::OrganisationType, kind, version.place_of(Field::Purposes))
        }
        Company::Kind(kind) => evidence(Field::OrganisationType, kind, version.place_of(Field::OrganisationType)),
        _ => evidence(Field::Organisation, &version.organisation, version.place_of(Field::Organisation)),
    });
    Answer::one(case.concern(Finding { rule, severity: Severity::Medium, statement, evidence: found, files: 0 }))
}

pub(super) fn not_care(case: &Case<'_>) -> Answer {
    let rule = RuleId::NonCareRecipient;
    let is_listed = |name: &str| case.settings.words.not_care.are_in(&fold(name));
    let versions = &case.project.versions;
    let applicants: Vec<&Version> = versions.iter().filter(|version| is_listed(&version.organisation)).collect();
    let named = |release: &Release| release.organisation.as_deref().is_some_and(is_listed);
    let rows: Vec<&Release> = case.project.releases().filter(|release| named(release)).collect();
    if applicants.is_empty() && rows.is_empty() {
        let in_rows =
            || versions.iter().flat_map(|version| version.releases.iter().filter_map(|row| row.organisation.as_ref()));
        let is_nameless = versions.iter().all(|version| version.organisation.is_empty()) && in_rows().next().is_none();
        let why = "The entry does not name the organisation.";
        return if is_nameless { Answer::cannot_tell(rule, why) } else { Answer::silent() };
    }
    let of_rows = rows.iter().filter_map(|release| release.organisation.as_deref());
    let organisations = distinct(applicants.iter().map(|version| version.organisation.as_str()).chain(of_rows));
    let sent = |release: &Release, version: &Version| {
        release.is_file() && release.organisation.as_deref().map_or(is_listed(&version.organisation), is_listed)
    };
    let files =
        versions.iter().flat_map(|version| version.releases.iter().filter(move |row| sent(row, version))).count();
    let listed = if organisations.len() == 1 { "is on the list" } else { "are on the list" };
    let received = if files == 0 { String::new() } else { format!("; {} sent", was(files)) };
    let statement =
        format!("{} {listed} of bodies whose business is not health or care{received}.", organisations.join(" and "));
    let mut evidence: Vec<Evidence> = Vec::new();
    for version in applicants {
        if !evidence.iter().any(|known| known.quote == version.organisation) {
            let place = version.place_of(Field::Organisation).clone();
            evidence.push(Evidence { field: Field::Organisation, quote: version.organisation.clone(), place });
        }
    }
    evidence.extend(rows.into_iter().take(ROWS_QUOTED).map(row_of));
    let found = case.concern(Finding { rule, severity: Severity::Medium, statement, evidence, files });
    let organisations = organisations.into_iter().map(str::to_owned).collect();
    Answer::one(Concern { organisations, ..found })
}

fn was(files: usize) -> String {
    let verb = if files == 1 { "was" } else { "were" };
    format!("{} {verb}", count(files, "file", "files"))
}

/// The row, with the organisation that it names.
fn row_of(release: &Release) -> Evidence {
    let row = row(release);
    let organisation = release.organisation.as_deref().unwrap_or_default();
    Evidence { quote: format!("{organisation}{CELLS}{}", row.quote), ..row }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_appended_to_a_name_is_no_part_of_its_end() {
        for (name, end) in [
            ("HEALTH IQ LTD", "health iq ltd"),
            ("A Company Limited (ACL)", "a company limited"),
            ("A COMPANY LTD. - 8K123", "a company ltd"),
            ("A Company Ltd (UK) (Group).", "a company ltd"),
            ("NORTHGATE PUBLIC SERVICES (UK) LIMITED", "northgate public services (uk) limited"),
            ("(A)", ""),
        ] {
            assert_eq!(bare(name), end, "{name}");
        }
    }

    #[test]
    fn the_list_of_bodies_outside_care_knows_them_by_name() {
        let not_care = &Settings::built_in().words.not_care;
        for listed in [
            "HMRC",
            "HOME OFFICE",
            "Metropolitan Police Service",
            "Dyfed-Powys Constabulary",
            "Department for Work & Pensions (DWP)",
            "Aviva plc",
            "Royal London Mutual Insurance Society",
            "HM Prison and Probation Service",
        ] {
            assert!(not_care.are_in(&fold(listed)), "{listed}");
        }
        for other in [
            "NHS Quality Assurance",
            "Kent County Council - Assurance Department",
            "POLICY RESEARCH UNIT",
            "The Health Assurance Foundation",
            "HEALTH AND SAFETY EXECUTIVE",
            "Prudhoe Medical Centre",
        ] {
            assert!(!not_care.are_in(&fold(other)), "{other}");
        }
    }
}
