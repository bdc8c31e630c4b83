//! Opt-outs: the page's own flag, section 251, and what the entry says or leaves unsaid.

use crate::register::vocabulary::opt_out_answers;
use crate::register::{Field, OptOutState, Release, YesNo};
use crate::text::CELLS;

use super::super::basis::{self, Basis};
use super::super::case::{Answer, Case, Finding, count, distinct, evidence, quoted, rows};
use super::super::{Evidence, RuleId, Severity};

/// How many different values a statement quotes.
const VALUES_QUOTED: usize = 4;

pub(super) fn page_flag(case: &Case<'_>) -> Answer {
    let Some(page) = case.page else {
        let why = "Only the reformatted page of an organisation has a flag of its own.";
        return Answer::cannot_tell(RuleId::PageFlag, why);
    };
    if page.flags.is_empty() {
        return Answer::silent();
    }
    let statement = format!(
        "The page itself flags its organisation, {}, without naming a project: {}",
        page.organisation,
        page.flags.iter().map(|flag| flag.text.as_str()).collect::<Vec<_>>().join(" "),
    );
    let evidence = page.flags.iter().map(|flag| evidence(Field::PageFlag, &flag.text, &flag.place)).collect();
    let mut concern =
        case.concern(Finding { rule: RuleId::PageFlag, severity: Severity::Medium, statement, evidence, files: 0 });
    // One claim about one organisation, however many of its projects are listed.
    concern.organisations = vec![page.organisation.clone()];
    concern.key = format!("{}|page {}", RuleId::PageFlag, page.source);
    Answer::one(concern)
}

pub(super) fn section_251(case: &Case<'_>) -> Answer {
    if case.layout.lists_files() { section_251_by_file(case) } else { section_251_by_entry(case) }
}

fn section_251_by_file(case: &Case<'_>) -> Answer {
    let without: Vec<&Release> = not_applied_files(case)
        .filter(|(version, release)| Basis::of(basis::of_file(version, release)) == Basis::Section251)
        .map(|(_, release)| release)
        .collect();
    let (identifiable, other): (Vec<&Release>, Vec<&Release>) =
        without.into_iter().partition(|release| release.is_identifiable());
    let mut answer = Answer::silent();
    for (severity, files, called) in
        [(Severity::High, identifiable, " that it calls identifiable"), (Severity::Medium, other, "")]
    {
        let Some(first) = files.first() else { continue };
        let statement = format!(
            "The register says that {} were not applied to {}{called}, sent on section 251 support.",
            Case::opt_outs_of(case.month(first)),
            count(files.len(), "file", "files"),
        );
        answer.concerns.push(case.concern(Finding {
            rule: RuleId::S251OptOutsNotApplied,
            severity,
            statement,
            files: files.len(),
            evidence: rows(files.into_iter()),
        }));
    }
    answer
}

fn section_251_by_entry(case: &Case<'_>) -> Answer {
    let cannot_tell = |why: &str| Answer::cannot_tell(RuleId::S251OptOutsNotApplied, why);
    let opt_outs = &case.facts.opt_outs;
    let given: Vec<&str> = opt_outs.reasons.iter().map(String::as_str).chain(case.legal_bases()).collect();
    let bases: Vec<Basis> = given.iter().map(|value| Basis::of(value)).collect();
    let names_251 = bases.contains(&Basis::Section251);
    if bases.contains(&Basis::Mixture) && opt_outs.state != OptOutState::Applied {
        return cannot_tell("The entry gives a mixture of bases, and does not say which file went out on which.");
    }
    if !names_251 || opt_outs.state == OptOutState::Applied {
        return Answer::silent();
    }
    if opt_outs.state != OptOutState::NotApplied {
        return cannot_tell("The entry names section 251 and does not give one answer on opt-outs.");
    }
    if bases.iter().any(|basis| *basis != Basis::Section251 && *basis != Basis::Empty) {
        return cannot_tell(
            "The entry names section 251 among other bases, and does not say which file went out on which.",
        );
    }
    let identifiable = case.facts.types_of_data.iter().all(|value| value.eq_ignore_ascii_case("identifiable"));
    let severity = if identifiable && !case.facts.types_of_data.is_empty() { Severity::High } else { Severity::Medium };
    let statement = "The register says that opt-outs were not applied to data that went out on section 251 support.";
    Answer::one(case.concern(Finding {
        rule: RuleId::S251OptOutsNotApplied,
        severity,
        statement: statement.to_owned(),
        evidence: [opt_outs_field(case), legal_basis_field(case)].concat(),
        files: 0,
    }))
}

pub(super) fn not_applied(case: &Case<'_>) -> Answer {
    if !case.layout.lists_files() {
        return not_applied_by_entry(case);
    }
    let without: Vec<_> = not_applied_files(case).collect();
    let Some((_, first)) = without.first() else { return Answer::silent() };
    let beside = distinct(without.iter().map(|(version, release)| basis::of_file(version, release)));
    let beside: Vec<&str> = beside.into_iter().filter(|words| !words.is_empty()).collect();
    let named = quoted(&beside[..beside.len().min(VALUES_QUOTED)]);
    let more = beside.len().saturating_sub(VALUES_QUOTED);
    let basis = match (beside.len(), more) {
        (0, _) => "; no basis is given".to_owned(),
        (_, 0) => format!("; the basis given is {named}"),
        (_, more) => format!("; the bases given are {named} and {more} more"),
    };
    let statement = format!(
        "The register says that {} were not applied to {} of {}{basis}.",
        Case::opt_outs_of(case.month(first)),
        without.len(),
        count(case.files().count(), "file", "files"),
    );
    Answer::one(case.concern(Finding {
        rule: RuleId::OptOutsNotApplied,
        severity: Severity::Note,
        statement,
        files: without.len(),
        evidence: rows(without.into_iter().map(|(_, release)| release)),
    }))
}

fn not_applied_by_entry(case: &Case<'_>) -> Answer {
    let opt_outs = &case.facts.opt_outs;
    let said = match opt_outs.state {
        OptOutState::NotApplied => "The register says that opt-outs were not applied",
        OptOutState::Mixed => "The register says that opt-outs were applied to some of the data and not to other data",
        OptOutState::Applied => return Answer::silent(),
        OptOutState::NotStated => {
            return Answer::cannot_tell(RuleId::OptOutsNotApplied, "The entry says nothing about opt-outs.");
        }
    };
    let published = opt_outs.as_published.as_deref().unwrap_or_default();
    let is_explained = opt_out_answers(published)
        .iter()
        .any(|(answer, says)| *says != OptOutState::NotStated && answer.contains(" - "));
    let beside = match &opt_outs.reasons {
        Some(words) => format!("; the words given beside it are \"{}\"", words.replace('\n', "; ")),
        None if is_explained => format!("; its words are \"{}\"", published.replace('\n', "; ")),
        None => "; nothing is given beside it".to_owned(),
    };
    Answer::one(case.concern(Finding {
        rule: RuleId::OptOutsNotApplied,
        severity: Severity::Note,
        statement: format!("{said}{beside}."),
        evidence: opt_outs_field(case),
        files: 0,
    }))
}

pub(super) fn not_stated(case: &Case<'_>) -> Answer {
    if case.lacks_column(Field::OptOuts) {
        let why = "The file that was read lacks the answers on opt-outs.";
        return Answer::cannot_tell(RuleId::OptOutsNotStated, why);
    }
    if case.layout.lists_files() {
        let silent: Vec<&Release> = case
            .files()
            .map(|(_, release)| release)
            .filter(|release| release.opt_outs == OptOutState::NotStated && case.could_opt_out(release))
            .collect();
        if silent.is_empty() {
            return Answer::silent();
        }
        let statement = format!(
            "The register does not say whether opt-outs were applied to {}.",
            count(silent.len(), "file", "files")
        );
        return Answer::one(case.concern(Finding {
            rule: RuleId::OptOutsNotStated,
            severity: Severity::Medium,
            statement,
            files: silent.len(),
            evidence: rows(silent.into_iter()),
        }));
    }
    if case.facts.opt_outs.state != OptOutState::NotStated {
        return Answer::silent();
    }
    if !case.shows_releases() {
        let why = "The entry says nothing about opt-outs, and does not show whether files were sent.";
        return Answer::cannot_tell(RuleId::OptOutsNotStated, why);
    }
    Answer::one(case.concern(Finding {
        rule: RuleId::OptOutsNotStated,
        severity: Severity::Medium,
        statement: format!(
            "The register says that data was released ({}), and nothing about opt-outs.",
            case.months_released()
        ),
        evidence: [opt_outs_field(case), vec![case.field(Field::Term, case.months_released())]].concat(),
        files: 0,
    }))
}

/// Files whose row says that opt-outs were not applied, from the time on when there were opt-outs to apply.
pub(super) fn not_applied_files<'a, 'b>(
    case: &'b Case<'a>,
) -> impl Iterator<Item = (&'a crate::register::Version, &'a Release)> + use<'a, 'b> {
    case.files().filter(|(_, release)| release.opt_outs == OptOutState::NotApplied && case.could_opt_out(release))
}

/// The entry's answers on opt-outs, with the words beside them, as published.
pub(super) fn opt_outs_field(case: &Case<'_>) -> Vec<Evidence> {
    case.each(Field::OptOuts, |version| {
        let words = [&version.opt_outs.as_published, &version.opt_outs.reasons];
        words.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(CELLS)
    })
}

/// The entry's legal bases, as published.
pub(super) fn legal_basis_field(case: &Case<'_>) -> Vec<Evidence> {
    case.each(Field::LegalBasis, |version| version.legal_bases.join("; "))
}

/// Whether an answer says yes at all.
pub(super) fn says_yes(answer: YesNo) -> bool {
    matches!(answer, YesNo::Yes | YesNo::Mixed)
}
