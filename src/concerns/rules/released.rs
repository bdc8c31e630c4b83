//! Files against terms: `released-after-expiry`, `released-outside-term` and `gap-in-agreement`.

use crate::register::{Date, Field, Release, Version};

use super::super::case::{Answer, Case, Finding, ROWS_QUOTED, count, quoted, rows, term};
use super::super::terms::{Doubt, Gap, Stated, When};
use super::super::{Concern, Evidence, RuleId, Severity, Standing};

/// Months after the last known end in which a file is not yet late: one that was made ready in time leaves later.
const GRACE: i32 = 1;

/// Why a layout without terms tells nothing.
const NO_TERMS: &str = "This layout does not give the agreement's term.";

/// Why a workbook without its sheet of files tells nothing of them.
pub(super) const NO_FILES: &str = "The file that was read lacks the sheet of files.";

pub(super) fn after_expiry(case: &Case<'_>) -> Answer {
    const RULE: RuleId = RuleId::ReleasedAfterExpiry;
    if !case.layout.records_term() {
        return Answer::cannot_tell(RULE, NO_TERMS);
    }
    if case.layout.is_page() {
        return after_expiry_on_page(case);
    }
    let mut reasons = untold(case);
    let terms = case.terms();
    let Some((end, version)) = terms.last_end() else {
        if case.files().next().is_some() {
            reasons.push("No version's end is known.".to_owned());
        }
        return Answer::partly(RULE, Vec::new(), &reasons);
    };
    let is_late = |release: &&Release| case.credible_month(release).is_some_and(|month| is_after(month, end));
    let late: Vec<&Release> = case.files().map(|(_, release)| release).filter(is_late).collect();
    if late.is_empty() {
        return Answer::partly(RULE, Vec::new(), &reasons);
    }
    if let Some(doubt) = terms.later_doubt() {
        reasons.push(format!(
            "{} dated more than a month after the last known end ({end}), but {}.",
            files_are(late.len()),
            doubt.why()
        ));
        return Answer::partly(RULE, Vec::new(), &reasons);
    }
    let statement = format!(
        "The register lists {} sent {}, more than a month after the last end that it gives for the agreement: {end}, of {}.",
        count(late.len(), "file", "files"),
        months(case, &late),
        version.reference,
    );
    let evidence = with_rows(vec![term(version)], &late);
    let concern =
        case.concern(Finding { rule: RULE, severity: Severity::High, statement, evidence, files: late.len() });
    Answer::partly(RULE, vec![concern], &reasons)
}

/// A page shows the newest term beside the first and last month of all that was sent: the last month can be told from it.
fn after_expiry_on_page(case: &Case<'_>) -> Answer {
    const RULE: RuleId = RuleId::ReleasedAfterExpiry;
    let ways = Ways::of(case);
    if ways == Ways::AccessOnly {
        return Answer::silent();
    }
    let terms = case.terms();
    let Some((end, version)) = terms.last_end() else {
        return Answer::cannot_tell(RULE, "The page does not give the end of the agreement's term.");
    };
    // Where the page gives one month only, nothing was sent before it, or nothing after it.
    let known = |version: &Version| version.release_months().end.or(version.release_months().start);
    let Some(last) = case.project.versions.iter().filter_map(known).max() else {
        return Answer::cannot_tell(RULE, "The page shows no month of release for this project's files.");
    };
    if !is_after(last, end) {
        let is_known = case.project.versions.iter().any(|version| version.release_months().end == Some(last));
        return if is_known {
            Answer::silent()
        } else {
            Answer::cannot_tell(RULE, "The page shows no last month of release.")
        };
    }
    if let Some(doubt) = terms.later_doubt() {
        let why = format!(
            "The last month of release ({last}) is more than a month after the last known end ({end}), but {}.",
            doubt.why()
        );
        return Answer::cannot_tell(RULE, &why);
    }
    if ways == Ways::FilesAndAccess {
        let why = format!(
            "The last month of release ({last}) is more than a month after the last known end ({end}), but the page gives \
             it for files and system access together."
        );
        return Answer::cannot_tell(RULE, &why);
    }
    let statement = format!(
        "The page shows data released until {last}, more than a month after the end of the newest term that it shows \
         ({end}); how many files that was is not published."
    );
    let released = format!("released {}", case.months_released());
    let evidence = vec![
        term(version),
        Evidence { field: Field::Term, quote: released, place: version.place_of(Field::Term).clone() },
    ];
    Answer::one(case.concern(Finding { rule: RULE, severity: Severity::High, statement, evidence, files: 0 }))
}

pub(super) fn outside_term(case: &Case<'_>) -> Answer {
    const RULE: RuleId = RuleId::ReleasedOutsideTerm;
    if !case.layout.records_term() {
        return Answer::cannot_tell(RULE, NO_TERMS);
    }
    if case.layout.is_page() {
        let why = "The page shows the newest term beside the first and last month of all files: what was sent under \
                   earlier terms cannot be told.";
        return Answer::cannot_tell(RULE, why);
    }
    let terms = case.terms();
    let (mut before_first, mut without_term, mut nowhere) = (0, Vec::new(), 0);
    let mut outside: Vec<(Gap<'_>, Vec<&Release>)> = Vec::new();
    for (version, release) in case.files() {
        let Some(month) = case.credible_month(release) else { continue };
        match terms.when(month) {
            When::Inside | When::AfterLast => {}
            When::Unknown => nowhere += 1,
            When::BeforeFirst => before_first += 1,
            When::Between(_) if !matches!(terms.stated(version), Stated::Whole(_)) => without_term.push(version),
            When::Between(gap) => match outside.iter_mut().find(|(known, _)| known.days == gap.days) {
                Some((_, files)) => files.push(release),
                None => outside.push((gap, vec![release])),
            },
        }
    }
    let mut reasons = untold(case);
    if nowhere > 0 {
        reasons.push("No version's term is known.".to_owned());
    }
    if before_first > 0 {
        reasons.push(format!(
            "{} dated before the first known start: agreements on paper came first.",
            files_are(before_first)
        ));
    }
    if let Some(version) = without_term.first() {
        let (number, reference) = (files_are(without_term.len()), &version.reference);
        reasons.push(format!(
            "{number} dated between two known terms, under a version whose own term is not known ({reference})."
        ));
    }
    let mut concerns = Vec::new();
    for (gap, files) in &outside {
        match weighed(gap) {
            Ok(standing) => concerns.push(between_terms(case, gap, files, standing)),
            Err(why) => reasons.push(format!("{} dated between two known terms, but {why}.", files_are(files.len()))),
        }
    }
    Answer::partly(RULE, concerns, &reasons)
}

fn between_terms(case: &Case<'_>, gap: &Gap<'_>, files: &[&Release], standing: Standing) -> Concern {
    let ((earlier, end), (later, start)) = (gap.after, gap.before);
    let statement = format!(
        "The register lists {} sent {}, in no term that it gives: {} ended ({end}), and {} started ({start}).{}",
        count(files.len(), "file", "files"),
        months(case, files),
        earlier.reference,
        later.reference,
        unless_covered(standing),
    );
    // Where a minor version may be missing, it can have covered the month.
    let severity = if standing == Standing::Fact { Severity::High } else { Severity::Medium };
    let evidence = with_rows(vec![term(earlier), term(later)], files);
    let rule = RuleId::ReleasedOutsideTerm;
    let found = case.concern(Finding { rule, severity, statement, evidence, files: files.len() });
    Concern { standing, key: format!("{}|{}", found.key, gap.days.start), ..found }
}

pub(super) fn gap_in_agreement(case: &Case<'_>) -> Answer {
    const RULE: RuleId = RuleId::GapInAgreement;
    if !case.layout.records_term() {
        return Answer::cannot_tell(RULE, NO_TERMS);
    }
    if case.layout.is_page() {
        return Answer::cannot_tell(RULE, "The page shows the newest term only, and not those of earlier versions.");
    }
    let terms = case.terms();
    let (mut concerns, mut reasons) = (Vec::new(), Vec::new());
    let undated: Vec<&str> = terms.undated().map(|version| version.reference.as_str()).collect();
    if !undated.is_empty() && terms.versions().len() > 1 {
        reasons.push(format!("The register does not give the whole term of {}.", quoted(&undated)));
    }
    for gap in terms.gaps() {
        match weighed(&gap) {
            Ok(standing) => concerns.push(without_term(case, &gap, standing)),
            Err(why) => {
                reasons.push(format!("No known term covers {} to {}, but {why}.", gap.days.start, gap.days.end));
            }
        }
    }
    Answer::partly(RULE, concerns, &reasons)
}

fn without_term(case: &Case<'_>, gap: &Gap<'_>, standing: Standing) -> Concern {
    let ((earlier, end), (later, start)) = (gap.after, gap.before);
    let is_inside = |release: &&Release| case.credible_month(release).is_some_and(|month| gap.holds_month(month));
    let files: Vec<&Release> = case.files().map(|(_, release)| release).filter(is_inside).collect();
    let sent = match files.len() {
        0 => String::new(),
        number => format!(" {} dated in it ({}).", files_are(number), months(case, &files)),
    };
    let statement = format!(
        "{} ended ({end}), and {} starts {start}: no term that the register gives covers {}.{sent}{}",
        earlier.reference,
        later.reference,
        if gap.days.start == gap.days.end {
            gap.days.start.to_string()
        } else {
            format!("{} to {}", gap.days.start, gap.days.end)
        },
        unless_covered(standing),
    );
    let is_grave = !files.is_empty() && standing == Standing::Fact;
    let severity = if is_grave { Severity::High } else { Severity::Medium };
    let evidence = with_rows(vec![term(earlier), term(later)], &files);
    let found =
        case.concern(Finding { rule: RuleId::GapInAgreement, severity, statement, evidence, files: files.len() });
    Concern { standing, key: format!("{}|{}", found.key, gap.days.start), ..found }
}

/// What a gap rests on; or why it cannot be told whether it is one.
fn weighed(gap: &Gap<'_>) -> Result<Standing, String> {
    match gap.doubt {
        None => Ok(Standing::Fact),
        Some(Doubt::MinorMissing(..)) => Ok(Standing::Question),
        Some(doubt) => Err(doubt.why()),
    }
}

fn unless_covered(standing: Standing) -> &'static str {
    match standing {
        Standing::Fact => "",
        Standing::Question => " Minor versions between the two are not listed, and one of them may have covered it.",
    }
}

/// Whether a month is later than an end and the month of grace after it.
fn is_after(month: Date, end: Date) -> bool {
    month.months_since(end) > GRACE
}

/// What a project's rows cannot tell of any term: files that are not listed, or have no month that can be meant.
fn untold(case: &Case<'_>) -> Vec<String> {
    let mut reasons = Vec::new();
    if case.some_file_lacks("datareleases") {
        reasons.push(NO_FILES.to_owned());
    }
    let without = case.files().filter(|(_, release)| case.credible_month(release).is_none()).count();
    if without > 0 {
        let verb = if without == 1 { "has" } else { "have" };
        reasons.push(format!("{} {verb} no month that can be meant.", count(without, "file", "files")));
    }
    reasons
}

/// `1 file is`, `14 files are`.
pub(super) fn files_are(number: usize) -> String {
    let verb = if number == 1 { "is" } else { "are" };
    format!("{} {verb}", count(number, "file", "files"))
}

/// `in 2020-05`, or `from 2020-05 to 2020-07`.
pub(super) fn months(case: &Case<'_>, files: &[&Release]) -> String {
    let months = || files.iter().filter_map(|release| case.credible_month(release));
    match (months().min(), months().max()) {
        (Some(first), Some(last)) if first != last => format!("from {first} to {last}"),
        (Some(month), _) => format!("in {month}"),
        _ => String::new(),
    }
}

/// Terms, and as many rows beside them as are quoted.
fn with_rows(mut evidence: Vec<Evidence>, files: &[&Release]) -> Vec<Evidence> {
    let room = ROWS_QUOTED - evidence.len();
    evidence.extend(rows(files.iter().copied().take(room)));
    evidence
}

/// How data is reached, as far as a page says it of a whole project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ways {
    /// Nothing but access inside the publisher's systems: no file leaves.
    AccessOnly,
    /// Both, so that a month of release can be of either.
    FilesAndAccess,
    /// Files, or nothing that says otherwise.
    Files,
}

impl Ways {
    pub(super) fn of(case: &Case<'_>) -> Self {
        let is_access = |way: &&String| way.eq_ignore_ascii_case("system access");
        let access = case.facts.access.iter().filter(is_access).count();
        let has_note = |version: &Version| version.access_note.is_some();
        if access > 0 && access == case.facts.access.len() {
            Self::AccessOnly
        } else if access > 0 || case.project.versions.iter().any(has_note) {
            Self::FilesAndAccess
        } else {
            Self::Files
        }
    }
}
