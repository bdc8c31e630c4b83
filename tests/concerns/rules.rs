//! Each rule on entries of our own: what makes it speak, what leaves it silent, and what it cannot tell.

use crate::support::entries::{Entry, page, workbook};
use crate::support::examined::{cannot_tell, found, is_silent, severity};
use outflow::concerns::{RuleId, Severity, Standing, examine, tally};
use outflow::register::{Flag, OptOutState, Page, Place, Section, YesNo};

#[test]
fn every_rule_answers_under_its_own_name() {
    let flagged = workbook(&[
        Entry::new("A-1").file("HES", "Identifiable", "Health and Social Care Act 2012", "N"),
        Entry::new("A-1").file("HES", "Identifiable", "Health and Social Care Act 2012", "Y"),
    ]);
    let examination = examine(&flagged);
    for findings in &examination.projects {
        assert!(findings.concerns.is_sorted_by_key(|concern| (concern.severity, concern.rule)));
        assert!(findings.cannot_tell.is_sorted_by_key(|unknown| unknown.rule));
        for concern in &findings.concerns {
            assert!(concern.statement.ends_with('.') && !concern.caveat.is_empty() && !concern.evidence.is_empty());
            assert!(concern.key.starts_with(concern.rule.as_str()));
        }
    }
}

#[test]
fn mixed_answers_of_one_agreement_and_type_are_high() {
    let register = workbook(&[
        Entry::new("A-1").file("HES", "Identifiable", "Act, section 1", "N"),
        Entry::new("A-1").file("hes", "identifiable", "Act, section 1", "Y"),
    ]);
    let examination = examine(&register);
    let mixed = found(&examination, RuleId::MixedOptOuts);
    assert_eq!((mixed.len(), mixed[0].severity, mixed[0].files), (1, Severity::High, 2));
    assert_eq!(mixed[0].standing, Standing::Fact);
    assert!(mixed[0].statement.contains("type 2 objections"), "{}", mixed[0].statement);
    assert_eq!(mixed[0].evidence.len(), 2);
}

#[test]
fn mixed_answers_of_one_organisation_in_two_spellings_are_found_and_both_are_shown() {
    let spelled = |organisation: &str, dataset: &str| {
        let file = |dataset| Entry::new("A-1").of("NHS England").file(dataset, "Identifiable", "Act, section 1", "N");
        workbook(&[
            file("Emergency Care Data Set (ECDS)"),
            Entry::new("B-2").of(organisation).file(dataset, "Identifiable", "Act, section 1", "Y"),
        ])
    };
    let examination = examine(&spelled("NHS ENGLAND - X26", "Emergency Care Dataset"));
    let mixed = found(&examination, RuleId::MixedOptOuts);
    assert_eq!((mixed.len(), mixed[0].files), (1, 2));
    let statement = &mixed[0].statement;
    for part in [
        "\"Emergency Care Dataset\" (also published as \"Emergency Care Data Set (ECDS)\")",
        "NHS ENGLAND - X26 (also published as NHS England)",
    ] {
        assert!(statement.contains(part), "{statement}");
    }
    let tallies = tally(&examination);
    let mixed = tallies.iter().find(|tally| tally.rule == RuleId::MixedOptOuts).unwrap();
    assert_eq!((mixed.projects, mixed.findings, mixed.organisations), (2, 1, 1));
    for (organisation, dataset) in [
        ("NHS Digital", "Emergency Care Data Set"),
        ("NHS England South", "Emergency Care Data Set"),
        ("NHS England", "Emergency Care Data Set (linkable to HES)"),
        ("NHS England", "Emergency Care Data Set v2"),
    ] {
        assert!(is_silent(&examine(&spelled(organisation, dataset)), RuleId::MixedOptOuts), "{organisation} {dataset}");
    }
}

#[test]
fn mixed_answers_weigh_less_across_types_agreements_and_consent() {
    let consent = "Informed Patient consent to permit the receipt";
    let cases = [
        (("A-1", "Anonymised", "Act, section 1"), Severity::Medium),
        (("B-2", "Identifiable", "Act, section 1"), Severity::Note),
        (("A-1", "Identifiable", consent), Severity::Note),
    ];
    for ((reference, kind, basis), expected) in cases {
        let register = workbook(&[
            Entry::new("A-1").file("HES", "Identifiable", "Act, section 1", "Y"),
            Entry::new(reference).file("HES", kind, basis, "N"),
        ]);
        assert_eq!(severity(&examine(&register), RuleId::MixedOptOuts), Some(expected), "{reference} {kind} {basis}");
    }
}

#[test]
fn one_finding_stands_on_every_project_that_shares_it() {
    let register = workbook(&[
        Entry::new("A-1").file("HES", "Identifiable", "Act, section 1", "Y"),
        Entry::new("B-2").file("HES", "Identifiable", "Act, section 1", "N"),
    ]);
    let examination = examine(&register);
    let tallies = tally(&examination);
    let mixed = tallies.iter().find(|tally| tally.rule == RuleId::MixedOptOuts).unwrap();
    assert_eq!((mixed.projects, mixed.findings, mixed.organisations, mixed.files), (2, 1, 1, 2));
}

#[test]
fn other_organisations_datasets_and_equal_answers_are_not_mixed() {
    let one = || Entry::new("A-1").file("HES", "Identifiable", "Act, section 1", "Y");
    for other in [
        Entry::new("A-1").file("HES", "Identifiable", "Act, section 1", "Y"),
        Entry::new("A-1").file("Mortality", "Identifiable", "Act, section 1", "N"),
        Entry::new("B-2").of("Another trust").file("HES", "Identifiable", "Act, section 1", "N"),
        Entry::new("A-1").access("HES", "N"),
    ] {
        assert!(is_silent(&examine(&workbook(&[one(), other])), RuleId::MixedOptOuts));
    }
    assert!(cannot_tell(&examine(&page(|_| {})), RuleId::MixedOptOuts));
}

#[test]
fn a_pages_flag_stands_on_its_projects_once() {
    let mut register = page(|version| version.page = Some(0));
    let second = register.projects[0].clone();
    register.projects.push(second);
    let flag = Flag { text: "\u{1F6A9} 3 files without opt-outs".to_owned(), place: Place::line(0, 2) };
    register.pages.push(Page { source: 0, organisation: "A trust".to_owned(), files: None, flags: vec![flag] });
    let examination = examine(&register);
    let flags = found(&examination, RuleId::PageFlag);
    assert_eq!((flags.len(), flags[0].severity, flags[0].standing), (1, Severity::Medium, Standing::Question));
    assert_eq!(flags[0].evidence[0].quote, "\u{1F6A9} 3 files without opt-outs");
    let tallies = tally(&examination);
    let flagged = tallies.iter().find(|tally| tally.rule == RuleId::PageFlag).unwrap();
    assert_eq!((flagged.projects, flagged.findings), (2, 1));
    register.pages[0].flags.clear();
    assert!(is_silent(&examine(&register), RuleId::PageFlag));
}

#[test]
fn section_251_without_opt_outs_is_a_question() {
    let basis = "Section 251 approval is in place";
    let rule = RuleId::S251OptOutsNotApplied;
    let severity_of = |kind: &str, basis: &str, answer: &str| {
        severity(&examine(&workbook(&[Entry::new("A-1").file("HES", kind, basis, answer)])), rule)
    };
    assert_eq!(severity_of("Identifiable", basis, "N"), Some(Severity::High));
    assert_eq!(severity_of("Anonymised", basis, "N"), Some(Severity::Medium));
    assert_eq!(severity_of("Identifiable", basis, "Y"), None);
    assert_eq!(severity_of("Identifiable", "Regulation 3 of the Regulations", "N"), None);
    assert_eq!(severity_of("Identifiable", "Mixture of flows under section 251 and others", "N"), None);
}

#[test]
fn a_page_tells_of_section_251_only_where_it_is_alone() {
    let rule = RuleId::S251OptOutsNotApplied;
    let entry = |reasons: &str, bases: &[&str], state| {
        examine(&page(|version| {
            version.opt_outs.state = state;
            version.opt_outs.reasons = Some(reasons.to_owned());
            version.legal_bases = bases.iter().map(|basis| (*basis).to_owned()).collect();
            version.types_of_data = vec!["Identifiable".to_owned()];
        }))
    };
    let alone = entry("Section 251 NHS Act 2006", &["NHS Act 2006 - s251"], OptOutState::NotApplied);
    assert_eq!(severity(&alone, rule), Some(Severity::High));
    let merged = entry("Section 251 NHS Act 2006", &["NHS Act 2006 - s251", "Act s261(7)"], OptOutState::NotApplied);
    assert!(cannot_tell(&merged, rule));
    let mixture = entry("Mixture of confidential data flow(s)", &["NHS Act 2006 - s251"], OptOutState::NotApplied);
    assert!(cannot_tell(&mixture, rule));
    assert!(is_silent(&entry("Section 251 NHS Act 2006", &[], OptOutState::Applied), rule));
    assert!(cannot_tell(&entry("Section 251 NHS Act 2006", &[], OptOutState::NotStated), rule));
}

#[test]
fn identifiable_files_weigh_by_their_basis() {
    let rule = RuleId::IdentifiableOptOutsNotApplied;
    let table = [
        ("HES", "Identifiable", "Health and Social Care Act 2012", "N", Some(Severity::High)),
        ("HES", "Identifiable", "", "N", Some(Severity::High)),
        ("HES", "Identifiable", "Health and Social Care Act 2012 - s261(5)(d)", "N", Some(Severity::Medium)),
        ("HES", "Identifiable", "Informed Patient consent to permit the receipt", "N", Some(Severity::Note)),
        ("HES", "Identifiable", "Regulation 3 (4) of the Regulations 2002", "N", Some(Severity::Note)),
        ("ONS Mortality", "Identifiable", "Health and Social Care Act 2012", "N", Some(Severity::Note)),
        ("Admissions by day", "Identifiable", "Health and Social Care Act 2012", "N", Some(Severity::High)),
        ("Registered births", "Identifiable", "Health and Social Care Act 2012", "N", Some(Severity::Note)),
        ("Screening - FOR DIRECT CARE", "Identifiable", "Health and Social Care Act 2012", "N", Some(Severity::Note)),
        ("HES", "Anonymised - ICO Code Compliant", "Health and Social Care Act 2012", "N", None),
        ("HES", "Identifiable", "Health and Social Care Act 2012", "Y", None),
    ];
    for (dataset, kind, basis, answer, expected) in table {
        let examination = examine(&workbook(&[Entry::new("A-1").file(dataset, kind, basis, answer)]));
        assert_eq!(severity(&examination, rule), expected, "{dataset} {kind} {basis} {answer}");
    }
}

#[test]
fn months_before_may_2016_raise_no_opt_out_concern() {
    for (month, expected) in [("2016-04", 0), ("2016-05", 1), ("2018-06", 1)] {
        let register = workbook(&[Entry::new("A-1").file("HES", "Identifiable", "", "N").in_month(month)]);
        let examination = examine(&register);
        assert_eq!(found(&examination, RuleId::IdentifiableOptOutsNotApplied).len(), expected, "{month}");
        assert_eq!(found(&examination, RuleId::OptOutsNotApplied).len(), expected, "{month}");
        let named = found(&examination, RuleId::OptOutsNotApplied);
        let name = if month == "2018-06" { "national data opt-outs" } else { "type 2 objections" };
        assert!(named.iter().all(|concern| concern.statement.contains(name)), "{month}");
    }
}

#[test]
fn a_page_tells_of_identifiable_data_only_where_nothing_is_merged() {
    let rule = RuleId::IdentifiableOptOutsNotApplied;
    let entry = |types: &[&str], reasons: Option<&str>, bases: &[&str], state| {
        examine(&page(|version| {
            version.opt_outs.state = state;
            version.opt_outs.reasons = reasons.map(str::to_owned);
            version.types_of_data = types.iter().map(|kind| (*kind).to_owned()).collect();
            version.legal_bases = bases.iter().map(|basis| (*basis).to_owned()).collect();
        }))
    };
    let not = OptOutState::NotApplied;
    let section = ["Health and Social Care Act 2012 - s261(5)(d)"];
    let consent = Some("Consent (Reasonable Expectation)");
    assert_eq!(severity(&entry(&["Identifiable"], None, &section, not), rule), Some(Severity::High));
    assert_eq!(severity(&entry(&["Identifiable"], consent, &section, not), rule), Some(Severity::Note));
    let duty = Some("Statutory exemption to flow confidential data without consent");
    assert_eq!(severity(&entry(&["Identifiable"], duty, &section, not), rule), Some(Severity::Medium));
    assert_eq!(severity(&entry(&["Identifiable"], duty, &["An Act"], not), rule), Some(Severity::High));
    assert!(cannot_tell(&entry(&["Identifiable", "Anonymised"], consent, &section, not), rule));
    assert!(cannot_tell(&entry(&["Identifiable"], Some("Mixture of flows"), &section, not), rule));
    assert!(cannot_tell(&entry(&["Identifiable"], consent, &section, OptOutState::NotStated), rule));
    assert!(is_silent(&entry(&["Anonymised"], None, &section, not), rule));
    assert!(is_silent(&entry(&["Identifiable"], None, &section, OptOutState::Applied), rule));
}

#[test]
fn the_words_beside_an_answer_are_quoted_and_not_called_a_reason() {
    let rule = RuleId::OptOutsNotApplied;
    let examination = examine(&page(|version| {
        version.opt_outs.state = OptOutState::NotApplied;
        version.opt_outs.reasons = Some("Does not include the flow".to_owned());
    }));
    let concern = found(&examination, rule)[0];
    assert!(concern.statement.contains("\"Does not include the flow\""), "{}", concern.statement);
    assert!(!concern.statement.contains("because") && !concern.statement.contains("reason"));
    assert_eq!(concern.severity, Severity::Note);
    assert!(cannot_tell(&examine(&page(|_| {})), rule));
    assert!(is_silent(&examine(&page(|version| version.opt_outs.state = OptOutState::Applied)), rule));
}

#[test]
fn silence_on_opt_outs_is_told_only_where_data_was_released() {
    let rule = RuleId::OptOutsNotStated;
    let released = examine(&page(|version| version.released.start = "2026-03".parse().ok()));
    assert_eq!(severity(&released, rule), Some(Severity::Medium));
    assert!(cannot_tell(&examine(&page(|_| {})), rule));
    let file = examine(&workbook(&[Entry::new("A-1").file("HES", "Identifiable", "Act, section 1", "")]));
    assert_eq!(severity(&file, rule), Some(Severity::Medium));
    assert!(is_silent(&examine(&workbook(&[Entry::new("A-1").file("HES", "", "Act, section 1", "Y")])), rule));
}

#[test]
fn files_are_counted_and_access_is_not() {
    let rule = RuleId::FilesDisseminated;
    let register = workbook(&[
        Entry::new("A-1").file("HES", "", "Act, section 1", "Y"),
        Entry::new("A-1").file("ONS", "", "Act, section 1", "Y"),
        Entry::new("A-1").access("HES", "N"),
    ]);
    let examination = examine(&register);
    assert_eq!(found(&examination, rule)[0].files, 2);
    assert!(found(&examination, rule)[0].statement.starts_with("2 files of \"HES\" and \"ONS\" left"));
    assert!(is_silent(&examine(&workbook(&[Entry::new("A-1").access("HES", "N")])), rule));
    assert!(cannot_tell(&examine(&page(|_| {})), rule));
    let released = examine(&page(|version| version.released.start = "2026-03".parse().ok()));
    assert_eq!(found(&released, rule)[0].files, 0);
}

#[test]
fn what_became_of_the_data_is_asked_once_the_term_is_over() {
    let rule = RuleId::ExpiredFateUnknown;
    let entry = |end: &str, released: &str| {
        examine(&page(|version| {
            version.term.end = end.parse().ok();
            version.released.start = released.parse().ok();
        }))
    };
    assert_eq!(severity(&entry("2025-11", "2024-02"), rule), Some(Severity::Medium));
    assert!(is_silent(&entry("2026-03", "2024-02"), rule), "the edition is of 2026-03");
    assert!(is_silent(&entry("2027-01", "2024-02"), rule));
    assert!(cannot_tell(&entry("2025-11", ""), rule));
    assert!(cannot_tell(&entry("", "2024-02"), rule));
    assert!(cannot_tell(&examine(&workbook(&[Entry::new("A-1").access("HES", "N")])), rule));
}

#[test]
fn commercial_and_sublicensing_are_what_the_register_says() {
    let entry = |commercial, sublicensing, kind: &str| {
        examine(&page(|version| {
            version.commercial.value = commercial;
            version.sublicensing.value = sublicensing;
            version.types_of_data = vec![kind.to_owned()];
        }))
    };
    let plain = entry(YesNo::Yes, YesNo::No, "Anonymised");
    assert_eq!(severity(&plain, RuleId::Commercial), Some(Severity::Medium));
    assert!(is_silent(&plain, RuleId::Sublicensing));
    let passed_on = entry(YesNo::No, YesNo::Yes, "Anonymised");
    assert!(is_silent(&passed_on, RuleId::Commercial));
    assert_eq!(severity(&passed_on, RuleId::Sublicensing), Some(Severity::Medium));
    assert_eq!(severity(&entry(YesNo::Yes, YesNo::Yes, "Anonymised"), RuleId::Sublicensing), Some(Severity::High));
    assert_eq!(severity(&entry(YesNo::No, YesNo::Mixed, "Identifiable"), RuleId::Sublicensing), Some(Severity::High));
    let silent = entry(YesNo::NotStated, YesNo::NotStated, "Anonymised");
    assert!(cannot_tell(&silent, RuleId::Commercial) && cannot_tell(&silent, RuleId::Sublicensing));
    let workbook = examine(&workbook(&[Entry::new("A-1").access("HES", "N")]));
    assert!(cannot_tell(&workbook, RuleId::Commercial) && cannot_tell(&workbook, RuleId::Sublicensing));
}

#[test]
fn identifiable_sensitive_and_commercial_must_be_one_dataset() {
    let rule = RuleId::IdentifiableSensitiveCommercial;
    let entry = |types: &[&str], sensitivity: &[&str], commercial| {
        examine(&page(|version| {
            version.types_of_data = types.iter().map(|kind| (*kind).to_owned()).collect();
            version.sensitivity = sensitivity.iter().map(|kind| (*kind).to_owned()).collect();
            version.commercial.value = commercial;
            version.sublicensing.value = YesNo::No;
        }))
    };
    assert_eq!(severity(&entry(&["Identifiable"], &["Sensitive"], YesNo::Yes), rule), Some(Severity::High));
    assert!(cannot_tell(&entry(&["Identifiable", "Anonymised"], &["Sensitive"], YesNo::Yes), rule));
    assert!(cannot_tell(&entry(&["Identifiable"], &["Sensitive"], YesNo::NotStated), rule));
    assert!(is_silent(&entry(&["Identifiable"], &["Sensitive"], YesNo::No), rule));
    assert!(is_silent(&entry(&["Anonymised"], &["Sensitive"], YesNo::Yes), rule));
    assert!(is_silent(&entry(&["Identifiable"], &["Non-Sensitive"], YesNo::Yes), rule));
}

#[test]
fn a_section_is_empty_or_hardly_filled_in() {
    let rule = RuleId::EmptySection;
    let entry = |objectives: Option<&str>| {
        examine(&page(|version| {
            let sections = &mut version.statements[0].sections;
            sections.set(Section::Objectives, objectives.map(str::to_owned));
        }))
    };
    let missing = entry(None);
    assert_eq!(severity(&missing, rule), Some(Severity::Medium));
    assert_eq!(found(&missing, rule)[0].evidence[0].quote, "");
    assert_eq!(
        found(&entry(Some("Too short to say anything")), rule)[0].evidence[0].quote,
        "Too short to say anything"
    );
    assert!(is_silent(&entry(Some(&"Long enough. ".repeat(8))), rule));
    let old_form = workbook(&[Entry::new("A-1").access("HES", "N").objective_only()]);
    assert!(is_silent(&examine(&old_form), rule));
}

#[test]
fn a_legal_basis_can_be_absent_or_vague() {
    let absent = examine(&page(|version| version.legal_bases.clear()));
    assert_eq!(severity(&absent, RuleId::NoLegalBasis), Some(Severity::High));
    assert!(is_silent(&absent, RuleId::VagueLegalBasis));
    let vague = examine(&page(|version| version.legal_bases = vec!["Health and Social Care Act 2012".to_owned()]));
    assert_eq!(severity(&vague, RuleId::VagueLegalBasis), Some(Severity::Note));
    assert!(is_silent(&vague, RuleId::NoLegalBasis));
    let named = examine(&page(|version| version.legal_bases = vec!["Act 2012 - s261(7)".to_owned()]));
    assert!(is_silent(&named, RuleId::VagueLegalBasis));
    let row = examine(&workbook(&[
        Entry::new("A-1").file("HES", "", "Act, section 1", "Y"),
        Entry::new("A-1").file("HES", "", "", "Y"),
    ]));
    assert_eq!(found(&row, RuleId::NoLegalBasis)[0].files, 1);
}

#[test]
fn a_vague_basis_that_most_rows_give_is_said_once() {
    let mut entries: Vec<Entry> = (0..10)
        .map(|number| Entry::new(&format!("A-{number}")).file("HES", "", "Health and Social Care Act 2012", "Y"))
        .collect();
    entries.push(Entry::new("B-1").file("HES", "", "Another Act 1983", "Y"));
    let examination = examine(&workbook(&entries));
    assert!(is_silent(&examination, RuleId::VagueLegalBasis));
    assert_eq!(examination.edition.len(), 1);
    assert!(examination.edition[0].statement.starts_with("10 of the 11 rows"), "{}", examination.edition[0].statement);
    let other = &examination.projects[10].concerns;
    assert!(other.iter().any(|concern| concern.rule == RuleId::VagueLegalBasis));
}

#[test]
fn vulnerable_groups_go_by_the_datasets_name() {
    let rule = RuleId::VulnerableGroups;
    for (dataset, flagged) in [
        ("Mental Health Services Data Set", true),
        ("Maternity Services Dataset", true),
        ("Children and Young People's Health Services", true),
        ("Adult Social Care Survey", true),
        ("Hospital Episode Statistics Outpatients", false),
        ("Environmental health survey", false),
    ] {
        let examination = examine(&workbook(&[Entry::new("A-1").file(dataset, "", "Act, section 1", "Y")]));
        assert_eq!(severity(&examination, rule), flagged.then_some(Severity::Note), "{dataset}");
        assert_eq!(is_silent(&examination, rule), !flagged);
    }
}

#[test]
fn values_outside_the_vocabulary_are_named() {
    let rule = RuleId::MalformedValue;
    let entry = |kind: &str| examine(&page(|version| version.types_of_data = vec![kind.to_owned()]));
    assert!(is_silent(&entry("Anonymised - ICO code compliant"), rule));
    assert!(is_silent(&entry("Identifiable"), rule));
    let odd = entry("Identfiable");
    assert_eq!(severity(&odd, rule), Some(Severity::Note));
    assert!(found(&odd, rule)[0].statement.contains("\"Identfiable\""));
    let answer = examine(&workbook(&[Entry::new("A-1").file("HES", "", "Act, section 1", "Maybe")]));
    assert_eq!(found(&answer, rule)[0].evidence[0].field.name(), "Release");
}
