//! The rules on law: what makes each speak, what leaves it silent, and what it cannot tell.

use super::findings::{IDENTIFIABLE, cannot_tell, first, is_silent, lacking, one, quotes};
use crate::support::entitled::{ROW, Row, uses, version, with_dataset, with_file};
use crate::support::entries::{Entry, page, workbook};
use crate::support::published;
use outflow::concerns::{Concern, Findings, RuleId, Standing, examine};
use outflow::import;
use outflow::register::{Date, OptOutState};

#[test]
fn an_answer_that_changes_in_a_later_month_shows_both_sides() {
    let rule = RuleId::OptOutAnswerChanged;
    let version = with_dataset(first(), IDENTIFIABLE);
    let other_spelling = Row { dataset: "Emergency Care Dataset", ..IDENTIFIABLE };
    let version = with_file(version, IDENTIFIABLE, "Yes", "2021-03");
    let changed = with_file(with_file(version.clone(), other_spelling, "No", "2021-05"), IDENTIFIABLE, "No", "2021-02");
    let concern = one(&uses(vec![changed]), rule);
    assert_eq!((concern.files, concern.standing), (2, Standing::Fact));
    for part in [
        "national data opt-outs were applied to 1 file",
        "(2021-03, under",
        "not to 1 file of a later month or version",
    ] {
        assert!(concern.statement.contains(part), "{}", concern.statement);
    }
    assert!(!concern.statement.contains("types of data"));
    let quotes = quotes(&concern);
    assert!(quotes.len() == 2 && quotes[0].ends_with("Yes | 2021-03") && quotes[1].ends_with("No | 2021-05"));
    for (row, month) in [
        (IDENTIFIABLE, "2021-03"),
        (IDENTIFIABLE, "2021-02"),
        (Row { dataset: "Maternity Services Data Set", ..IDENTIFIABLE }, "2021-05"),
    ] {
        assert!(is_silent(&uses(vec![with_file(version.clone(), row, "No", month)]), rule), "{} {month}", row.dataset);
    }
}

#[test]
fn an_answer_can_change_between_versions_and_types() {
    let rule = RuleId::OptOutAnswerChanged;
    let old = |month| with_file(first(), IDENTIFIABLE, "Yes", month);
    let new = |row, month| with_file(version("DARS-NIC-1-A1B2C-v2.0"), row, "No", month);
    let concern = one(&uses(vec![old(""), new(ROW, "")]), rule);
    assert!(concern.statement.contains("under DARS-NIC-1-A1B2C-v2.0"), "{}", concern.statement);
    assert!(concern.statement.contains("their types of data differ"), "{}", concern.statement);
    assert!(is_silent(
        &uses(vec![with_file(first(), ROW, "No", ""), { with_file(version("DARS-NIC-1-A1B2C-v2.0"), ROW, "Yes", "") }]),
        rule
    ));
    // Both answers, and nothing tells which came first.
    assert!(cannot_tell(&uses(vec![with_file(old(""), IDENTIFIABLE, "No", "")]), rule));
    let quarter = [
        Entry::new("A-1-v1.0").file("HES", "Identifiable", "Act, section 1", "Y"),
        Entry::new("A-1-v1.0").file("HES", "Identifiable", "Act, section 1", "N"),
        Entry::new("A-1-v2.0").file("HES", "Identifiable", "Act, section 1", "N"),
    ];
    assert!(cannot_tell(&workbook(&quarter[..2]), rule));
    assert_eq!(one(&workbook(&quarter), rule).files, 2);
}

#[test]
fn what_is_outside_the_opt_outs_is_no_change_of_answer() {
    let rule = RuleId::OptOutAnswerChanged;
    let consent = Row { confidentiality: "Consent (Reasonable Expectation)", ..IDENTIFIABLE };
    let version = with_file(with_dataset(first(), consent), consent, "Yes", "2021-03");
    assert!(is_silent(&uses(vec![with_file(version, consent, "No", "2021-05")]), rule));
    let early = with_file(with_file(first(), IDENTIFIABLE, "Yes", "2016-03"), IDENTIFIABLE, "No", "2016-06");
    assert!(is_silent(&uses(vec![early]), rule));
    for (state, told) in [
        (OptOutState::Applied, true),
        (OptOutState::NotApplied, true),
        (OptOutState::Mixed, false),
        (OptOutState::NotStated, false),
    ] {
        let page = page(|version| version.opt_outs.state = state);
        assert_eq!((is_silent(&page, rule), cannot_tell(&page, rule)), (told, !told), "{state:?}");
    }
}

#[test]
fn anonymised_data_on_section_251_is_asked_about() {
    let rule = RuleId::AnonymisedYetS251;
    let row = Row { kind: "Anonymised - ICO code compliant", ..IDENTIFIABLE };
    let concern = one(&uses(vec![with_dataset(first(), row)]), rule);
    assert_eq!((concern.files, concern.standing), (0, Standing::Question));
    assert!(concern.statement.contains("calls 1 dataset anonymised"), "{}", concern.statement);
    let concern = one(&uses(vec![with_file(with_dataset(first(), row), row, "No", "2021-05")]), rule);
    assert!(concern.files == 1 && concern.statement.contains("1 dataset and 1 file"), "{}", concern.statement);
    for other in [ROW, IDENTIFIABLE] {
        assert!(is_silent(&uses(vec![with_file(with_dataset(first(), other), other, "No", "2021-05")]), rule));
    }
    let mixture = Row {
        confidentiality: "Mixture of confidential data flow(s) with support under section 251 NHS Act 2006 and \
                          non-confidential data flow(s)",
        ..row
    };
    assert!(cannot_tell(&uses(vec![with_dataset(first(), mixture)]), rule));
    let bare = Row { confidentiality: "", ..ROW };
    let without = |row| lacking(uses(vec![with_file(first(), row, "No", "2021-05")]), "datasets");
    assert!(cannot_tell(&without(bare), rule) && one(&without(row), rule).files == 1);
    let section_251 = "Section 251 approval is in place for the flow of identifiable data";
    let quarter = |kind, basis| workbook(&[Entry::new("A-1").file("HES", kind, basis, "N")]);
    assert_eq!(one(&quarter("Anonymised - ICO Code Compliant", section_251), rule).files, 1);
    assert!(is_silent(&quarter("Identifiable", section_251), rule));
    assert!(is_silent(&quarter("Anonymised - ICO Code Compliant", "Health and Social Care Act 2012"), rule));
}

#[test]
fn a_page_tells_type_and_basis_together_only_where_each_is_one() {
    let rule = RuleId::AnonymisedYetS251;
    let entry = |types: &[&str], bracket: &str| {
        page(|version| {
            version.types_of_data = types.iter().map(|&kind| kind.to_owned()).collect();
            version.opt_outs.reasons = (!bracket.is_empty()).then(|| bracket.to_owned());
        })
    };
    let anonymised = "Anonymised - ICO Code Compliant";
    let section_251 = "Section 251 NHS Act 2006";
    one(&entry(&[anonymised], section_251), rule);
    for (types, bracket) in [
        (&[anonymised, "Identifiable"][..], section_251),
        (&[anonymised], "Section 251 NHS Act 2006, Does not include the flow of confidential data"),
        (&[], section_251),
    ] {
        assert!(cannot_tell(&entry(types, bracket), rule), "{types:?} {bracket}");
    }
    for (types, bracket) in [
        (&["Identifiable"][..], section_251),
        (&[anonymised], "Does not include the flow of confidential data"),
        (&[anonymised], ""),
        (&[anonymised], "Mixture of confidential data flow(s) with consent and non-confidential data flow(s)"),
    ] {
        assert!(is_silent(&entry(types, bracket), rule), "{types:?} {bracket}");
    }
}

#[test]
fn consent_is_told_by_its_own_field() {
    let rule = RuleId::ConsentReliedOn;
    let of = |confidentiality| with_dataset(first(), Row { confidentiality, ..IDENTIFIABLE });
    let row = Row { confidentiality: "Consent (reasonable expectation)", ..IDENTIFIABLE };
    let concern = one(&uses(vec![with_file(of(row.confidentiality), row, "No", "2021-05")]), rule);
    assert!(concern.files == 1 && concern.statement.contains("\"Consent (reasonable expectation)\""));
    assert!(is_silent(&uses(vec![of("Section 251 NHS Act 2006")]), rule));
    assert!(cannot_tell(&uses(vec![of("")]), rule));
    let mixture = "Mixture of confidential data flow(s) with consent and non-confidential data flow(s)";
    assert!(cannot_tell(&uses(vec![of(mixture)]), rule));
    assert!(cannot_tell(&lacking(uses(vec![of(row.confidentiality)]), "datasets"), rule));
    assert!(cannot_tell(
        &workbook(&[Entry::new("A-1").file("HES", "Identifiable", "Informed Patient consent", "N")]),
        rule
    ));
    let bracket = |words: &str| page(|version| version.opt_outs.reasons = Some(words.to_owned()));
    let several = "Section 251 NHS Act 2006, Consent (Reasonable Expectation)";
    assert!(one(&bracket(several), rule).statement.contains("among others"));
    assert!(is_silent(&bracket("Section 251 NHS Act 2006"), rule));
    assert!(cannot_tell(&page(|_| {}), rule));
}

#[test]
fn identifiable_data_on_a_power_for_no_patient_is_asked_about() {
    let rule = RuleId::BasisDoesNotFitType;
    let row = |legal_basis, confidentiality| Row { kind: "Identifiable", legal_basis, confidentiality, ..ROW };
    let listed = |row| uses(vec![with_dataset(first(), row)]);
    let section_251 = "Section 251 NHS Act 2006";
    for power in [
        "Health and Social Care Act 2012 - s261(2)(a)",
        "Health and Social Care Act 2012 \u{2013} s261(1) and s261(2)(b)(ii)",
    ] {
        let concern = one(&listed(row(power, section_251)), rule);
        assert!(concern.statement.contains(power) && concern.standing == Standing::Question, "{}", concern.statement);
    }
    let other = "Health and Social Care Act 2012 - s261(5)(d)";
    let concern = one(&listed(row(other, "Does not include the flow of confidential data")), rule);
    assert!(!concern.statement.contains("power") && concern.statement.contains("flow of confidential data"));
    assert!(is_silent(&listed(row(other, section_251)), rule));
    assert!(is_silent(&listed(ROW), rule));
    assert!(cannot_tell(&listed(row("Health and Social Care Act 2012", section_251)), rule));
    assert!(cannot_tell(&listed(Row { kind: "", ..ROW }), rule));
    let file = row("Health and Social Care Act 2012 s261(2)(a)", section_251);
    assert_eq!(one(&uses(vec![with_file(with_dataset(first(), IDENTIFIABLE), file, "No", "2021-05")]), rule).files, 1);
    let quarter = |basis| workbook(&[Entry::new("A-1").file("HES", "Identifiable", basis, "N")]);
    assert!(cannot_tell(&quarter("Health and Social Care Act 2012"), rule));
    assert!(is_silent(&quarter("Informed Patient consent to permit the receipt"), rule));
}

#[test]
fn a_page_shows_that_a_basis_does_not_fit_only_with_one_type() {
    let rule = RuleId::BasisDoesNotFitType;
    let entry = |types: &[&str], bases: &[&str]| {
        page(|version| {
            version.types_of_data = types.iter().map(|&kind| kind.to_owned()).collect();
            version.legal_bases = bases.iter().map(|&basis| basis.to_owned()).collect();
        })
    };
    let (none, other) = ("Health and Social Care Act 2012 s261(2)(a)", "Health and Social Care Act 2012 s261(7)");
    one(&entry(&["Identifiable"], &[none]), rule);
    assert!(cannot_tell(&entry(&["Identifiable", "Anonymised - ICO Code Compliant"], &[none]), rule));
    assert!(cannot_tell(&entry(&["Identifiable"], &[none, other]), rule));
    assert!(cannot_tell(&entry(&[], &[none]), rule));
    assert!(is_silent(&entry(&["Identifiable"], &[other]), rule));
    assert!(is_silent(&entry(&["Anonymised - ICO Code Compliant"], &[none]), rule));
}

#[test]
fn a_notice_of_the_pandemic_is_asked_about_after_it_had_expired() {
    let rule = RuleId::CovidBasisAfterNotice;
    let notice = "CV19: Regulation 3 (4) of the Health Service (Control of Patient Information) Regulations 2002";
    let sent = |basis, month| uses(vec![with_file(first(), Row { legal_basis: basis, ..ROW }, "No", month)]);
    let concern = one(&sent(notice, "2022-08"), rule);
    assert!(concern.statement.contains("1 file was sent in 2022-08") && concern.files == 1, "{}", concern.statement);
    one(&sent("COPI Notice issued to NHS Digital", "2023-01"), rule);
    assert!(is_silent(&sent(notice, "2022-07"), rule));
    assert!(is_silent(
        &sent("Health Service (Control of Patient Information) Regulations 2002, regulation 5", "2023-01"),
        rule
    ));
    assert!(cannot_tell(&sent(notice, ""), rule));
    let entry = |bases: &[&str], last: Option<Date>| {
        page(|version| {
            version.legal_bases = bases.iter().map(|&basis| basis.to_owned()).collect();
            version.released.end = last;
        })
    };
    one(&entry(&[notice], Date::month(2023, 1)), rule);
    assert!(is_silent(&entry(&[notice], Date::month(2021, 1)), rule));
    assert!(cannot_tell(&entry(&[notice], None), rule));
    assert!(cannot_tell(&entry(&[notice, "Act, s1"], Date::month(2023, 1)), rule));
    assert!(is_silent(&entry(&["Act, s1"], Date::month(2023, 1)), rule));
}

/// The rules of this file.
const RULES: [RuleId; 15] = [
    RuleId::OptOutAnswerChanged,
    RuleId::AnonymisedYetS251,
    RuleId::ConsentReliedOn,
    RuleId::CompanyAnsweredNo,
    RuleId::NonCareRecipient,
    RuleId::NoYieldedBenefits,
    RuleId::FrozenText,
    RuleId::BasisDoesNotFitType,
    RuleId::CovidBasisAfterNotice,
    RuleId::NoOversightRecorded,
    RuleId::GpRecords,
    RuleId::JointControllersMany,
    RuleId::ApplicantNotController,
    RuleId::DatasetNotInAgreement,
    RuleId::RowContradictsAgreement,
];

#[test]
fn the_published_workbook_has_what_was_read_in_it() {
    let Some(file) = published::file(published::WORKBOOK) else { return };
    let register = import::read(&[file], None, &mut |_| {}).unwrap().register;
    let examination = examine(&register);
    let concerns = || examination.projects.iter().flat_map(|findings| &findings.concerns);
    let unknown = |id| {
        let answered = |findings: &&Findings| findings.cannot_tell.iter().any(|unknown| unknown.rule == id);
        examination.projects.iter().filter(answered).count()
    };
    // Fires, files, and projects for which it cannot tell; each that fires was read.
    let figures: Vec<(RuleId, usize, usize, usize)> = RULES
        .into_iter()
        .map(|id| {
            let of_rule: Vec<&Concern> = concerns().filter(|concern| concern.rule == id).collect();
            (id, of_rule.len(), of_rule.iter().map(|concern| concern.files).sum(), unknown(id))
        })
        .filter(|(_, fires, _, unknown)| *fires > 0 || *unknown < register.projects.len())
        .collect();
    let expected = [
        (RuleId::OptOutAnswerChanged, 0, 0, 7),
        (RuleId::AnonymisedYetS251, 10, 343, 0),
        (RuleId::NonCareRecipient, 1, 1, 0),
        (RuleId::FrozenText, 2, 0, 520),
        (RuleId::BasisDoesNotFitType, 0, 0, 5),
        (RuleId::CovidBasisAfterNotice, 0, 0, 0),
        (RuleId::GpRecords, 0, 0, 0),
    ];
    assert_eq!(figures, expected);
    let tracing = examination.edition.iter().find(|finding| finding.rule == RuleId::TracingRequests).unwrap();
    let statement = &tracing.statement;
    assert!(statement.contains("2,108 requests") && statement.contains("Home Office 1,775"), "{statement}");
    assert!(statement.contains("1,531 of them led to a person (Home Office 1,355"), "{statement}");
}
