//! The rules on law, recipients, renewal and the datasets of agreements: what makes each speak, what leaves it silent,
//! and what it cannot tell.

use crate::support::entitled::{ROW, Row, uses, version, with_dataset, with_file};
use crate::support::entries::{Entry, page, workbook};
use crate::support::published;
use outflow::concerns::{Concern, Examination, Findings, RuleId, Settings, Standing, examine, examine_with, rule};
use outflow::import;
use outflow::register::{
    Date, Field, Layout, Listing, Note, OptOutState, Place, Register, Section, Version, Wording, YesNo,
};

const IDENTIFIABLE: Row<'static> = Row {
    kind: "Identifiable",
    legal_basis: "Health and Social Care Act 2012 - s261(7); National Health Service Act 2006 - s251 - 'Control of \
                  patient information'.",
    confidentiality: "Section 251 NHS Act 2006",
    ..ROW
};

/// What the rules say of the first project of a register.
fn found(register: &Register, rule: RuleId) -> Vec<Concern> {
    of(&examine(register), rule)
}

fn of(examination: &Examination, rule: RuleId) -> Vec<Concern> {
    examination.projects[0].concerns.iter().filter(|concern| concern.rule == rule).cloned().collect()
}

/// The one finding of a rule, which is as a finding must be.
fn one(register: &Register, id: RuleId) -> Concern {
    let mut found = found(register, id);
    assert_eq!(found.len(), 1, "{id}: {found:?}");
    let concern = found.remove(0);
    assert!(concern.statement.ends_with('.') && !concern.evidence.is_empty(), "{concern:?}");
    assert!(concern.key.starts_with(id.as_str()) && rule(id).severities.contains(&concern.severity));
    concern
}

fn cannot_tell(register: &Register, rule: RuleId) -> bool {
    let examination = examine(register);
    let findings = &examination.projects[0];
    let is_told = findings.concerns.iter().any(|concern| concern.rule == rule);
    !is_told && findings.cannot_tell.iter().any(|unknown| unknown.rule == rule)
}

/// Silent, and sure of it.
fn is_silent(register: &Register, rule: RuleId) -> bool {
    found(register, rule).is_empty() && !cannot_tell(register, rule)
}

fn quotes(concern: &Concern) -> Vec<&str> {
    concern.evidence.iter().map(|evidence| evidence.quote.as_str()).collect()
}

fn lacking(mut register: Register, what: &str) -> Register {
    register.sources[0].lacks.push(what.to_owned());
    register
}

fn first() -> Version {
    version("DARS-NIC-1-A1B2C-v1.2")
}

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
fn a_company_that_answered_no_is_told_by_kind_name_or_list() {
    let rule = RuleId::CompanyAnsweredNo;
    let of = |name: &str, kind: &str, answer| {
        let mut version = first();
        name.clone_into(&mut version.organisation);
        version.organisation_type = (!kind.is_empty()).then(|| kind.to_owned());
        version.commercial.value = answer;
        uses(vec![version])
    };
    for (name, kind, because) in [
        ("A NAME", "Commercial", "of the kind \"Commercial\""),
        ("A NAME", "supplier ", "of the kind"),
        ("HEALTH IQ LTD", "Agency/Public Body", "the name of a company"),
        ("HEALTH IQ LIMITED (HIQ) - 8K123", "", "the name of a company"),
        ("MCKINSEY & COMPANY, INC. UNITED KINGDOM", "", "on the list of companies"),
    ] {
        let concern = one(&of(name, kind, YesNo::No), rule);
        assert!(concern.statement.contains(because), "{}", concern.statement);
        assert_eq!(concern.evidence.len(), 2);
        assert!(is_silent(&of(name, kind, YesNo::Yes), rule), "{name}");
        assert!(cannot_tell(&of(name, kind, YesNo::NotStated), rule), "{name}");
    }
    for (name, kind) in [
        ("A CHARITY LIMITED", "Charity"),
        ("IMPERIAL INSTITUTE LTD", "Academic"),
        ("A RESEARCH COUNCIL LTD", "Research"),
        ("LIMITED LIVES TRUST", "NHS Trust"),
        ("NHS SOUTH WEST LONDON ICB - 36L", "ICB - Integrated Care Board"),
    ] {
        assert!(is_silent(&of(name, kind, YesNo::No), rule), "{name}");
    }
    assert!(cannot_tell(&of("A NAME", "", YesNo::No), rule));
    assert!(cannot_tell(&workbook(&[Entry::new("A-1").of("HEALTH IQ LTD")]), rule));
    let page = page(|version| {
        version.organisation_type = Some("Commercial".to_owned());
        version.commercial.value = YesNo::No;
        version.commercial.as_published = Some("No".to_owned());
    });
    one(&page, rule);
}

#[test]
fn a_recipient_outside_care_is_told_by_the_list_in_entries_and_rows() {
    let rule = RuleId::NonCareRecipient;
    let of = |name: &str| workbook(&[Entry::new("A-1").of(name).file("HES", "Identifiable", "Act, section 1", "N")]);
    let concern = one(&of("HOME OFFICE"), rule);
    assert!(concern.statement.starts_with("HOME OFFICE is on the list") && concern.files == 1, "{}", concern.statement);
    for other in ["KENT COUNTY COUNCIL QUALITY ASSURANCE", "POLICY INSTITUTE", "A trust"] {
        assert!(is_silent(&of(other), rule), "{other}");
    }
    assert!(cannot_tell(&of(""), rule));
    let mut named = of("A trust");
    named.projects[0].versions[0].releases[0].organisation = Some("HMRC".to_owned());
    let concern = one(&named, rule);
    assert_eq!((concern.organisations.as_slice(), concern.files), (&["HMRC".to_owned()][..], 1));
    assert!(concern.evidence[0].quote.starts_with("HMRC | HES"), "{concern:?}");
    let settings = Settings::with("[words]\nnot-care = [\"a trust\"]").unwrap();
    assert_eq!(of_settings(&of("A trust"), &settings, rule), 1);
}

fn of_settings(register: &Register, settings: &Settings, rule: RuleId) -> usize {
    of(&examine_with(register, settings), rule).len()
}

#[test]
fn a_renewal_that_names_no_benefits_is_told() {
    let rule = RuleId::NoYieldedBenefits;
    let started = |reference: &str, start: &str, yielded: &str| {
        let mut version = version(reference);
        version.term.start = start.parse().ok();
        let text = (!yielded.is_empty()).then(|| yielded.to_owned());
        version.statements[0].sections.set(Section::YieldedBenefits, text);
        version
    };
    let old = started("DARS-NIC-1-A1B2C-v0.4", "2018-02-01", "");
    let renewed = |start, yielded| uses(vec![old.clone(), started("DARS-NIC-1-A1B2C-v1.2", start, yielded)]);
    for nothing in ["", "None", "TBC.", "n/a", "None to date"] {
        let concern = one(&renewed("2020-02-01", nothing), rule);
        assert!(concern.statement.contains("2018-02-01") && concern.statement.contains("2020-02-01"));
        assert_eq!(concern.evidence.len(), 3);
    }
    assert!(is_silent(&renewed("2020-02-01", "Waits fell by a tenth."), rule));
    assert!(is_silent(&renewed("2019-07-24", ""), rule));
    // A term that begins after the edition has not begun.
    assert!(is_silent(&renewed("2026-10-01", ""), rule));
    assert!(is_silent(&uses(vec![started("DARS-NIC-1-A1B2C-v0.4", "2021-02-01", "")]), rule));
    assert!(cannot_tell(&uses(vec![started("DARS-NIC-1-A1B2C-v3.1", "2021-02-01", "")]), rule));
    assert!(cannot_tell(&renewed("", ""), rule));
    assert!(cannot_tell(&lacking(renewed("2020-02-01", ""), "agreements: Yielded Benefits"), rule));
    assert!(cannot_tell(&workbook(&[Entry::new("A-1")]), rule));
    let page = page(|version| {
        version.term.start = Date::month(2022, 11);
        version.statements[0].sections.set(Section::YieldedBenefits, None);
    });
    assert!(cannot_tell(&page, rule));
}

#[test]
fn words_that_stay_the_same_over_three_major_versions_are_told() {
    let rule = RuleId::FrozenText;
    let numbered = |number: &str, objectives: &str| {
        let mut version = version(&format!("DARS-NIC-1-A1B2C-v{number}"));
        version.statements[0].sections.set(Section::Objectives, Some(objectives.to_owned()));
        version
    };
    let same =
        [numbered("0.3", "To count beds."), numbered("1.1", "To  count BEDS."), numbered("2.4", "To count beds.")];
    let concern = one(&uses(same.to_vec()), rule);
    assert_eq!(quotes(&concern), ["DARS-NIC-1-A1B2C-v0.3", "DARS-NIC-1-A1B2C-v1.1", "DARS-NIC-1-A1B2C-v2.4"]);
    assert!(concern.statement.contains("3 major versions"), "{}", concern.statement);
    let with = |number: &str, objectives: &str| {
        let mut versions = same[..2].to_vec();
        versions.push(numbered(number, objectives));
        uses(versions)
    };
    assert!(is_silent(&with("2.4", "To count wards."), rule));
    assert!(is_silent(&with("1.4", "To count beds."), rule));
    assert!(cannot_tell(&with("4.0", "To count beds."), rule));
    let settings = Settings::with("[thresholds]\nunchanged-versions = 2").unwrap();
    assert_eq!(of_settings(&with("2.4", "To count wards."), &settings, rule), 1);
    assert!(cannot_tell(&lacking(uses(same.to_vec()), "agreements"), rule));
    assert!(cannot_tell(&page(|_| {}), rule) && cannot_tell(&workbook(&[Entry::new("A-1-v1.0")]), rule));
    let mut sample = uses(same.to_vec());
    sample.edition.wording = Wording::Summary;
    assert!(cannot_tell(&sample, rule));
    let mut empty = same.to_vec();
    for version in &mut empty {
        version.statements[0].sections.set(Section::ExpectedBenefits, None);
    }
    assert!(is_silent(&uses(empty), rule));
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

#[test]
fn advice_is_missed_only_where_a_page_lists_it() {
    let rule = RuleId::NoOversightRecorded;
    assert_eq!(one(&page(|_| {}), rule).evidence[0].field, Field::Minutes);
    assert!(is_silent(&page(|version| version.minutes.push("AGD minutes.pdf".to_owned())), rule));
    let mut older = page(|_| {});
    older.sources[0].layout = Layout::Page2021;
    assert!(cannot_tell(&older, rule) && cannot_tell(&uses(vec![first()]), rule));
}

#[test]
fn records_of_general_practice_are_told_by_the_dataset() {
    let rule = RuleId::GpRecords;
    let of = |dataset| uses(vec![with_file(with_dataset(first(), Row { dataset, ..ROW }), ROW, "No", "2021-05")]);
    let gdppr = "COVID-19 General Practice Extraction Service (GPES) Data for Pandemic Planning and Research (GDPPR)";
    assert!(one(&of(gdppr), rule).statement.contains(gdppr));
    let file = Row { dataset: gdppr, ..ROW };
    assert_eq!(one(&uses(vec![with_file(with_dataset(first(), ROW), file, "No", "2021-05")]), rule).files, 1);
    for other in ["Medicines dispensed in Primary Care (NHSBSA data)", "GP Census data", "Primary Care Mortality Data"]
    {
        assert!(is_silent(&of(other), rule), "{other}");
    }
    assert!(cannot_tell(&uses(vec![first()]), rule));
}

#[test]
fn controllers_are_counted_by_body_and_not_by_spelling() {
    let rule = RuleId::JointControllersMany;
    let of = |names: &[&str]| {
        let mut version = first();
        version.controllers = names.iter().map(|&name| name.to_owned()).collect();
        version.joint = Some("Joint Data Controller".to_owned());
        uses(vec![version])
    };
    let six = ["A trust", "B trust", "C trust", "D trust", "E trust", "F trust"];
    assert!(one(&of(&six), rule).statement.starts_with("6 organisations"));
    assert!(is_silent(&of(&["A trust", "A TRUST", "A Trust - RA1", "B trust", "C trust", "D trust"]), rule));
    assert!(cannot_tell(&of(&[]), rule) && cannot_tell(&workbook(&[Entry::new("A-1")]), rule));
    let mut sole = of(&six);
    sole.projects[0].versions[0].joint = Some("Sole Data Controller".to_owned());
    assert!(cannot_tell(&sole, rule));
    let settings = Settings::with("[thresholds]\nmany-controllers = 2").unwrap();
    assert_eq!(of_settings(&of(&six[..3]), &settings, rule), 1);
}

#[test]
fn an_applicant_is_a_controller_in_any_spelling() {
    let rule = RuleId::ApplicantNotController;
    let of = |applicant: &str, controllers: &[&str]| {
        let mut version = first();
        applicant.clone_into(&mut version.organisation);
        version.controllers = controllers.iter().map(|&name| name.to_owned()).collect();
        uses(vec![version])
    };
    let concern = one(&of("IQVIA LTD", &["A trust", "B trust"]), rule);
    assert_eq!(quotes(&concern), ["IQVIA LTD", "A trust; B trust"]);
    for (applicant, controllers) in [
        ("IQVIA LTD", &["IQVIA Limited"][..]),
        ("NHS ENGLAND - X26", &["A trust", "NHS England"]),
        (
            "NHS Bristol, North Somerset and South Gloucestershire ICB",
            &["NHS Bristol", "North Somerset and South Gloucestershire ICB"],
        ),
    ] {
        assert!(is_silent(&of(applicant, controllers), rule), "{applicant}");
    }
    one(&of("NHS KENT ICB - 15C", &["NHS KENT ICB - 92G"]), rule);
    assert!(cannot_tell(&of("IQVIA LTD", &[]), rule) && cannot_tell(&of("", &["A trust"]), rule));
    assert!(cannot_tell(&lacking(of("IQVIA LTD", &["A trust"]), "agreements: Data Controller(s)"), rule));
}

#[test]
fn a_dataset_that_no_version_names_is_asked_about() {
    let rule = RuleId::DatasetNotInAgreement;
    let maternity = Row { dataset: "Maternity Services Data Set", ..ROW };
    let sent = |row, month| with_file(with_dataset(first(), ROW), row, "No", month);
    let concern = one(&uses(vec![sent(maternity, "2021-05")]), rule);
    assert!(concern.statement.contains("\"Maternity Services Data Set\", which no listed version"));
    assert_eq!((concern.files, concern.evidence.len()), (1, 2));
    let spelled = Row { dataset: "Emergency Care Dataset", ..ROW };
    assert!(is_silent(&uses(vec![sent(spelled, "2021-05")]), rule));
    let elsewhere = with_dataset(version("DARS-NIC-1-A1B2C-v2.0"), maternity);
    assert!(is_silent(&uses(vec![sent(maternity, "2021-05"), elsewhere]), rule));
    // Another label, the other side of January 2023, and what is not known of either.
    let label = Row { dataset: "ECDS", ..ROW };
    assert!(cannot_tell(&uses(vec![sent(label, "2021-05")]), rule));
    assert!(cannot_tell(&uses(vec![sent(maternity, "2023-01")]), rule));
    assert!(cannot_tell(&uses(vec![sent(maternity, "")]), rule));
    let mut earlier = uses(vec![sent(maternity, "")]);
    earlier.edition.date = Date::month(2022, 6);
    one(&earlier, rule);
}

#[test]
fn what_is_not_listed_can_name_a_dataset() {
    let rule = RuleId::DatasetNotInAgreement;
    let maternity = Row { dataset: "Maternity Services Data Set", ..ROW };
    let sent = with_file(with_dataset(first(), ROW), maternity, "No", "2021-05");
    let later = |reference: &str| with_dataset(version(reference), ROW);
    one(&uses(vec![sent.clone(), later("DARS-NIC-1-A1B2C-v2.0")]), rule);
    assert!(cannot_tell(&uses(vec![sent.clone(), later("DARS-NIC-1-A1B2C-v3.0")]), rule));
    let mut rows_only = later("DARS-NIC-1-A1B2C-v2.0");
    rows_only.listing = Listing::RowsOnly;
    assert!(cannot_tell(&uses(vec![sent.clone(), rows_only]), rule));
    let mut late = sent.clone();
    late.number = outflow::register::version_of("X-v4.0");
    assert!(cannot_tell(&uses(vec![late]), rule));
    let bare = with_file(first(), maternity, "No", "2021-05");
    assert!(cannot_tell(&uses(vec![bare]), rule));
    assert!(cannot_tell(&lacking(uses(vec![sent]), "datasets"), rule));
    assert!(cannot_tell(&page(|_| {}), rule));
    assert!(cannot_tell(&workbook(&[Entry::new("A-1").file("HES", "Identifiable", "Act", "N")]), rule));
}

#[test]
fn a_row_contradicts_where_no_row_of_its_dataset_agrees() {
    let rule = RuleId::RowContradictsAgreement;
    let sent = |rows: &[Row<'_>], file| {
        let version = rows.iter().fold(first(), |version, row| with_dataset(version, *row));
        uses(vec![with_file(version, file, "No", "2021-05")])
    };
    let concern = one(&sent(&[ROW], Row { kind: "Identifiable", sensitivity: "Sensitive", ..ROW }), rule);
    assert!(concern.statement.ends_with("in type of data, sensitivity."), "{}", concern.statement);
    assert_eq!(concern.evidence.iter().map(|one| one.field).collect::<Vec<_>>(), [Field::Release, Field::Datasets]);
    one(&sent(&[IDENTIFIABLE, ROW], Row { kind: "Identifiable", ..ROW }), rule);
    for (rows, file) in [
        (&[ROW][..], ROW),
        (&[IDENTIFIABLE, ROW], ROW),
        (&[ROW], Row { kind: "anonymised \u{2013} ICO code compliant", sensitivity: "non sensitive", ..ROW }),
        (&[ROW], Row { legal_basis: "Health and Social Care Act 2012 s261(2)(a)", kind: "", ..ROW }),
        (&[Row { legal_basis: "", sensitivity: "", ..ROW }], ROW),
        (&[ROW], Row { dataset: "Maternity Services Data Set", kind: "Identifiable", ..ROW }),
    ] {
        assert!(is_silent(&sent(rows, file), rule), "{file:?}");
    }
    // The same dataset in another spelling.
    one(&sent(&[ROW], Row { dataset: "Emergency Care Dataset", kind: "Identifiable", ..ROW }), rule);
    assert!(cannot_tell(&lacking(sent(&[ROW], IDENTIFIABLE), "datasets"), rule));
    assert!(cannot_tell(&page(|_| {}), rule));
    assert!(cannot_tell(&workbook(&[Entry::new("A-1").file("HES", "Identifiable", "Act", "N")]), rule));
}

#[test]
fn tracing_requests_are_said_of_the_edition() {
    let said = |lines: &[&str]| {
        let mut register = workbook(&[Entry::new("A-1")]);
        register.notes.push(Note {
            title: "Tracing requests to the National Back Office".to_owned(),
            lines: lines.iter().map(|&line| line.to_owned()).collect(),
            place: Place::row(0, "NBO", 1),
        });
        let edition = examine(&register).edition;
        edition.into_iter().find(|finding| finding.rule == RuleId::TracingRequests).unwrap().statement
    };
    let counted =
        said(&["Total Receipts Processed: Police 5, Home Office 1775, Total 1780", "Approved - Trace: Police 4"]);
    assert!(
        counted.contains("1,780 requests to trace people, by body: Home Office 1,775, Police 5; 4 of them"),
        "{counted}"
    );
    let unread = said(&["Total Receipts Processed: Police 5, Home Office 1775, Total 9"]);
    assert!(!unread.contains("1775") && unread.contains("sheet NBO, row 1"), "{unread}");
    assert!(examine(&workbook(&[Entry::new("A-1")])).edition.is_empty());
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
