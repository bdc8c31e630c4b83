//! What is said beside a value wherever it is shown, because the value alone misleads.

use crate::register::{Date, OptOutState};
use crate::text::fold;

use super::WordingReport;
use super::project::{AnswerReport, DatasetReport};

const COMMERCIAL: &str =
    "also a charity's or university's project with a fee, a sponsor or indirect benefit to a company";
const ANONYMISED: &str = "\"Anonymised\" is the publisher's label; most such files hold one row a visit";
const SENSITIVE: &str = "\"Sensitive\" is the register's word for certain fields, not the law's special category";
const APPLIED: &str =
    "that does not mean every objector is missing: for three years some practices' objections never arrived";
const COHORT: &str =
    "MRIS and other cohort files hold a study's own members: two files usually concern different people";
const TERM: &str = "the agreement's term, not proof of when data was used or destroyed";
const WORDING: &str = "shared wording usually comes from the publisher's template, not from the applicant";
const LEGAL_BASIS: &str = "the publisher's statement of its power to share, not of the recipient's conduct";

/// Words in the names of datasets that hold the members of one study.
const COHORTS: [&str; 2] = ["mris", "cohort"];

/// Beside an answer on commercial purposes.
pub(super) fn commercial(answer: AnswerReport) -> Option<&'static str> {
    matches!(answer, AnswerReport::Plain(true) | AnswerReport::Mixed(_)).then_some(COMMERCIAL)
}

/// Beside types of data.
pub(super) fn types(types: &[String]) -> Option<&'static str> {
    types.iter().any(|value| fold(value).starts_with("anonymised")).then_some(ANONYMISED)
}

/// Beside sensitivity.
pub(super) fn sensitivity(values: &[String]) -> Option<&'static str> {
    values.iter().any(|value| fold(value).contains("sensitive")).then_some(SENSITIVE)
}

/// Beside the state of the opt-outs.
pub(super) fn opt_outs(state: OptOutState) -> Option<&'static str> {
    matches!(state, OptOutState::Applied | OptOutState::Mixed).then_some(APPLIED)
}

/// Beside the datasets.
pub(super) fn datasets(datasets: &[DatasetReport]) -> Option<&'static str> {
    let is_cohort = |dataset: &DatasetReport| {
        let name = fold(&dataset.name);
        name.split(|letter: char| !letter.is_alphanumeric()).any(|word| COHORTS.contains(&word))
    };
    datasets.iter().any(is_cohort).then_some(COHORT)
}

/// Beside a term.
pub(super) fn term(start: Option<Date>, end: Option<Date>) -> Option<&'static str> {
    start.or(end).map(|_| TERM)
}

/// Beside the legal bases.
pub(super) fn legal_bases(bases: &[String]) -> Option<&'static str> {
    (!bases.is_empty()).then_some(LEGAL_BASIS)
}

/// Beside how much is the project's own wording.
pub(super) fn wording(wording: &WordingReport) -> Option<&'static str> {
    (wording.shared > 0).then_some(WORDING)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_stands_beside_the_values_that_mislead_and_no_others() {
        assert!(commercial(AnswerReport::Plain(true)).is_some() && commercial(AnswerReport::Plain(false)).is_none());
        assert!(types(&["Anonymised - ICO Code Compliant".to_owned()]).is_some());
        assert!(types(&["Identifiable".to_owned()]).is_none());
        assert!(sensitivity(&["Non-Sensitive".to_owned()]).is_some() && sensitivity(&[]).is_none());
        assert!(opt_outs(OptOutState::Applied).is_some() && opt_outs(OptOutState::NotApplied).is_none());
        assert!(term(None, None).is_none() && term(Date::month(2026, 2), None).is_some());
    }
}
