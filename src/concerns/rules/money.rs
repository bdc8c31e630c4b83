//! Money, and who else gets the data.

use crate::register::{Field, Repeated, YesNo};
use crate::text::CELLS;

use super::super::case::{Answer, Case, Finding};
use super::super::{Evidence, RuleId, Severity};
use super::opt_outs::says_yes;

pub(super) fn commercial(case: &Case<'_>) -> Answer {
    let said = match case.facts.commercial {
        YesNo::Yes => "The register says that the purposes are commercial.",
        YesNo::Mixed => "The register gives both yes and no for commercial purposes.",
        YesNo::No => return Answer::silent(),
        YesNo::NotStated => {
            return unanswered(case.layout.records_commercial(), RuleId::Commercial, "commercial purposes");
        }
    };
    Answer::one(case.concern(Finding {
        rule: RuleId::Commercial,
        severity: Severity::Medium,
        statement: said.to_owned(),
        evidence: purposes(case),
        files: 0,
    }))
}

pub(super) fn sublicensing(case: &Case<'_>) -> Answer {
    let said = match case.facts.sublicensing {
        YesNo::Yes => "The register says that sublicensing is allowed",
        YesNo::Mixed => "The register says both that sublicensing is allowed and that it is not",
        YesNo::No => return Answer::silent(),
        YesNo::NotStated => {
            return unanswered(case.layout.records_sublicensing(), RuleId::Sublicensing, "sublicensing");
        }
    };
    let identifiable = case.facts.types_of_data.iter().any(|value| value.eq_ignore_ascii_case("identifiable"));
    let commercial = says_yes(case.facts.commercial);
    let (severity, because) = match (commercial, identifiable) {
        (true, true) => {
            (Severity::High, ", for purposes that it calls commercial, and some of the data is identifiable")
        }
        (true, false) => (Severity::High, ", for purposes that it calls commercial"),
        (false, true) => (Severity::High, ", and some of the data is identifiable"),
        (false, false) => (Severity::Medium, ""),
    };
    let mut evidence = sublicensing_field(case);
    if commercial {
        evidence.extend(purposes(case));
    }
    if identifiable {
        evidence.extend(case.types_of_data());
    }
    Answer::one(case.concern(Finding {
        rule: RuleId::Sublicensing,
        severity,
        statement: format!("{said}{because}."),
        evidence,
        files: 0,
    }))
}

pub(super) fn identifiable_sensitive_commercial(case: &Case<'_>) -> Answer {
    let rule = RuleId::IdentifiableSensitiveCommercial;
    let facts = &case.facts;
    let is = |values: &[String], wanted: &str| values.iter().any(|value| value.eq_ignore_ascii_case(wanted));
    let by_entry = !case.layout.lists_files();
    let type_unknown = by_entry && case.is_type_unknown();
    let sensitivity_unknown = by_entry && facts.sensitivity.is_empty();
    let identifiable = type_unknown || is(&facts.types_of_data, "identifiable");
    if !identifiable || !(sensitivity_unknown || is(&facts.sensitivity, "sensitive")) {
        return Answer::silent();
    }
    if !says_yes(facts.commercial) && !says_yes(facts.sublicensing) {
        if facts.commercial == YesNo::No && facts.sublicensing == YesNo::No {
            return Answer::silent();
        }
        if !case.layout.records_commercial() && !case.layout.records_sublicensing() {
            let why = "This layout records neither commercial purposes nor sublicensing.";
            return Answer::cannot_tell(rule, why);
        }
        return Answer::cannot_tell(
            rule,
            "The entry does not answer whether purposes are commercial, or data may be passed on.",
        );
    }
    if type_unknown || sensitivity_unknown {
        return Answer::cannot_tell(rule, "The entry does not give both the type and the sensitivity of its data.");
    }
    let (by_dataset, row) = dataset_row(case);
    let merged = facts.types_of_data.len() > 1 || facts.sensitivity.len() > 1;
    if row.is_none() && !by_dataset && merged {
        return Answer::cannot_tell(
            rule,
            "The page merges types and sensitivities, and does not say which dataset is both.",
        );
    }
    if row.is_none() && by_dataset {
        return Answer::silent();
    }
    let use_made = match (says_yes(facts.commercial), says_yes(facts.sublicensing)) {
        (true, true) => "the purposes are commercial and sublicensing is allowed",
        (true, false) => "the purposes are commercial",
        _ => "sublicensing is allowed",
    };
    let mut evidence: Vec<Evidence> = row.into_iter().collect();
    if evidence.is_empty() {
        evidence.extend(case.types_of_data());
        evidence.extend(case.each(Field::Sensitivity, |version| version.sensitivity.join("; ")));
    }
    evidence.extend(purposes(case));
    evidence.extend(sublicensing_field(case));
    Answer::one(case.concern(Finding {
        rule,
        severity: Severity::High,
        statement: format!("The register calls the data identifiable and sensitive, and says that {use_made}."),
        evidence,
        files: 0,
    }))
}

/// Whether datasets carry type and sensitivity of their own, and the first that is both identifiable and sensitive.
fn dataset_row(case: &Case<'_>) -> (bool, Option<Evidence>) {
    let datasets = &case.facts.datasets;
    let by_dataset = !datasets.is_empty()
        && datasets.iter().all(|dataset| dataset.type_of_data.is_some() && dataset.sensitivity.is_some());
    let is =
        |value: &Option<Repeated>, wanted: &str| value.as_ref().is_some_and(|value| value.eq_ignore_ascii_case(wanted));
    let both = datasets
        .iter()
        .find(|dataset| is(&dataset.type_of_data, "identifiable") && is(&dataset.sensitivity, "sensitive"));
    let row = both.map(|dataset| case.dataset(dataset, format!("{}{CELLS}Identifiable{CELLS}Sensitive", dataset.name)));
    (by_dataset, row)
}

fn unanswered(layout_asks: bool, rule: RuleId, what: &str) -> Answer {
    if layout_asks {
        Answer::cannot_tell(rule, &format!("The entry gives no answer on {what}."))
    } else {
        Answer::cannot_tell(rule, &format!("This layout does not record {what}."))
    }
}

fn purposes(case: &Case<'_>) -> Vec<Evidence> {
    case.each(Field::Purposes, |version| version.commercial.as_published.clone().unwrap_or_default())
}

pub(super) fn sublicensing_field(case: &Case<'_>) -> Vec<Evidence> {
    case.each(Field::Sublicensing, |version| version.sublicensing.as_published.clone().unwrap_or_default())
}
