//! The rules that read the text, on entries of our own: what makes each speak, what leaves it silent, and what it cannot
//! tell.

use crate::support::entries::{Entry, alike, page, workbook};
use crate::support::examined::{cannot_tell, found, is_silent};
use outflow::concerns::{RuleId, Settings, Standing, examine, examine_with, tally};
use outflow::register::{Register, Section, Version, Wording, YesNo};

/// A page whose entry says this in one of its sections.
fn saying(section: Section, text: &str, change: impl Fn(&mut Version)) -> Register {
    page(|version| {
        version.statements[0].sections.set(section, Some(text.to_owned()));
        change(version);
    })
}

fn objectives(text: &str) -> Register {
    saying(Section::Objectives, text, |_| {})
}

/// What a rule quotes of objectives that say this.
fn quotes(rule: RuleId, text: &str) -> Vec<String> {
    let examination = examine(&objectives(text));
    let concerns = found(&examination, rule);
    assert!(concerns.iter().all(|concern| concern.standing == Standing::Question), "a text rule asks");
    concerns.into_iter().flat_map(|concern| &concern.evidence).map(|evidence| evidence.quote.clone()).collect()
}

#[test]
fn marketing_and_insurance_are_asked_about_with_their_sentence() {
    let rule = RuleId::MarketingOrInsuranceWords;
    assert_eq!(
        quotes(rule, "We count beds. Results go to insurers, and to market research firms. Nobody else gets them."),
        ["Results go to insurers, and to market research firms."]
    );
    for other in [
        "Results inform social marketing.",
        "National Insurance numbers are removed.",
        "The marketing authorisation of a drug was granted.",
        "Data will not be used for marketing.",
        "Nobody uses it for sales, nor for insurance.",
        "The study is advertised through leaflets.",
        "Its law says \u{201c}no person shall.\nMarketing is one thing.\u{201d}",
    ] {
        assert!(quotes(rule, other).is_empty(), "{other}");
    }
}

#[test]
fn a_list_that_is_forbidden_forbids_its_items_and_another_list_does_not() {
    let text = "The CLIENT is NOT permitted to use it for:\n\u{2022} analysis for insurance companies\n\u{2022} sales\n\n\
                It is used for:\n\u{2022} work for insurance companies";
    assert_eq!(quotes(RuleId::MarketingOrInsuranceWords, text), ["It is used for:\nwork for insurance companies"]);
}

#[test]
fn re_identification_is_asked_about_unless_it_is_a_gps_own_patients() {
    let rule = RuleId::ReIdentification;
    assert_eq!(quotes(rule, "Trusts may re-identify the records.").len(), 1);
    assert_eq!(quotes(rule, "A service of reidentification is run.").len(), 1);
    for other in [
        "GPs are able to re-identify their own patients.",
        "GPs see the list. They can re-identify it.",
        "They re-identify for direct care.",
        "No attempt will be made to re-identify anyone.",
        "This is to minimise the risk of re-identification.",
        "The children were identified at birth.",
    ] {
        assert!(quotes(rule, other).is_empty(), "{other}");
    }
}

#[test]
fn data_that_goes_abroad_is_asked_about() {
    let rule = RuleId::Abroad;
    for said in ["The data is stored in Ireland.", "Researchers from overseas can access the data."] {
        assert_eq!(quotes(rule, said), [said]);
    }
    for other in [
        "Data is not accessed outside the UK.",
        "The unit holds data from the USA.",
        "Rates are compared with those in France.",
        "The European Union (Withdrawal) Act speaks of data that is stored.",
    ] {
        assert!(quotes(rule, other).is_empty(), "{other}");
    }
}

#[test]
fn words_of_money_count_where_the_register_says_not_commercial() {
    let rule = RuleId::CommercialWords;
    let text = "Reports are sold to our clients, who pay a licence fee.";
    let answered = |answer| saying(Section::Outputs, text, |version| version.commercial.value = answer);
    let examination = examine(&answered(YesNo::No));
    let concerns = found(&examination, rule);
    assert_eq!(concerns.len(), 1);
    assert_eq!(concerns[0].evidence[0].quote, text);
    assert!(concerns[0].statement.contains("\"clients\""), "{}", concerns[0].statement);
    assert!(is_silent(&examine(&answered(YesNo::Yes)), rule));
    assert!(cannot_tell(&examine(&answered(YesNo::NotStated)), rule));
    let denied = saying(Section::Outputs, "It has no clients.", |version| version.commercial.value = YesNo::No);
    assert!(is_silent(&examine(&denied), rule));
    assert!(cannot_tell(&examine(&workbook(&[Entry::new("A-1")])), rule));
}

#[test]
fn sublicensing_that_no_text_speaks_of_is_unexplained() {
    let rule = RuleId::SublicensingUnexplained;
    let with =
        |text: &str, answer| saying(Section::Processing, text, move |version| version.sublicensing.value = answer);
    assert_eq!(found(&examine(&with("Data is linked.", YesNo::Yes)), rule).len(), 1);
    assert!(is_silent(&examine(&with("Ten trusts hold a sub-licence.", YesNo::Yes)), rule));
    assert!(is_silent(&examine(&with("Data is linked.", YesNo::No)), rule));
    assert!(cannot_tell(&examine(&with("Data is linked.", YesNo::NotStated)), rule));
    let silent = page(|version| {
        version.sublicensing.value = YesNo::Yes;
        version.statements.clear();
    });
    assert!(cannot_tell(&examine(&silent), rule));
}

#[test]
fn benefits_without_a_figure_or_date_are_unmeasurable() {
    let rule = RuleId::UnmeasurableBenefits;
    let expected = |text: &str| examine(&saying(Section::ExpectedBenefits, text, |_| {}));
    let vague = "Patients will be better off, and services will be planned with more care than they are at present, \
                 as COVID-19 has shown.";
    let examination = expected(vague);
    assert_eq!(found(&examination, rule)[0].evidence[0].quote, vague);
    for measured in ["Waits fall by 5 days.", "Waits are halved.", "Done by spring 2018.", "It saves a million pounds."]
    {
        assert!(is_silent(&expected(&format!("{vague} {measured}")), rule), "{measured}");
    }
    assert!(is_silent(&expected("Better care."), rule), "what is too short is for another rule");
}

#[test]
fn a_promise_is_overdue_when_its_year_is_past_and_nothing_came_of_it() {
    let rule = RuleId::PromiseOverdue;
    let promising = |text: &str, yielded: &str| {
        examine(&saying(Section::Outputs, text, |version| {
            version.statements[0].sections.set(Section::YieldedBenefits, Some(yielded.to_owned()));
        }))
    };
    let promise = "The report will be published by March 2018.";
    let examination = promising(promise, "None yet");
    assert_eq!(found(&examination, rule)[0].evidence[0].quote, promise);
    assert!(found(&examination, rule)[0].statement.contains("2018"));
    for other in [
        "The report will be published by March 2031.",
        "It will be compared with what was found in 2014.",
        "The Data Protection Act 2018 will apply by law.",
        "It will not be published by 2018.",
        "It was published by 2018.",
    ] {
        assert!(is_silent(&promising(other, ""), rule), "{other}");
    }
    assert!(is_silent(&promising(promise, "It was published, and read by many."), rule));
    assert!(cannot_tell(&examine(&workbook(&[Entry::new("A-1")])), rule));
}

#[test]
fn wording_of_three_other_organisations_is_boilerplate() {
    let examination = examine(&alike(4));
    let concerns = found(&examination, RuleId::Boilerplate);
    assert_eq!(concerns.len(), 1);
    assert!(concerns[0].statement.contains("4 entries of 4 organisations"), "{}", concerns[0].statement);
    let evidence = &concerns[0].evidence;
    assert_eq!(evidence.len(), 4);
    assert!(evidence[1..].iter().all(|other| other.quote.contains(" | Council number ")));
    assert!(is_silent(&examine(&alike(3)), RuleId::Boilerplate));
}

#[test]
fn a_projects_own_words_are_told_from_shared_ones() {
    let register = alike(4);
    let examination = examine(&register);
    let shared = &examination.projects[0].shared;
    assert_eq!(shared.sentences - shared.shared, 3, "one of each section that is its own");
    let text = register.projects[0].versions[0].section(Section::Objectives).unwrap();
    let passages: Vec<&str> = shared
        .passages
        .iter()
        .filter(|passage| passage.section == Section::Objectives)
        .map(|passage| &text[passage.range.clone()])
        .collect();
    assert_eq!(passages.len(), 1);
    assert!(
        passages[0].starts_with("The council shall use record 0") && passages[0].ends_with("section 39 asks it to.")
    );
    assert_eq!(found(&examination, RuleId::ReIdentification).len(), 1, "an own sentence is asked about");
}

#[test]
fn a_shared_sentence_is_one_finding_however_many_have_it() {
    let mut register = alike(5);
    for project in &mut register.projects {
        let text = "Any trust may re-identify the records that it wishes to see.".to_owned();
        project.versions[0].statements[0].sections.set(Section::Processing, Some(text.clone()));
        project.versions[0].statements[0].sections.set(Section::Objectives, Some("Counting.".to_owned()));
    }
    let tallies = tally(&examine(&register));
    let counted = tallies.iter().find(|tally| tally.rule == RuleId::ReIdentification).unwrap();
    assert_eq!((counted.projects, counted.findings), (5, 1));
}

#[test]
fn a_summary_in_our_words_is_never_judged_as_the_registers() {
    let mut register = objectives("Trusts may re-identify the records, and sell them to insurers.");
    register.edition.wording = Wording::Summary;
    let examination = examine(&register);
    for rule in [
        RuleId::MarketingOrInsuranceWords,
        RuleId::ReIdentification,
        RuleId::Abroad,
        RuleId::UnmeasurableBenefits,
        RuleId::PromiseOverdue,
        RuleId::Boilerplate,
    ] {
        assert!(cannot_tell(&examination, rule) && found(&examination, rule).is_empty(), "{rule}");
    }
    assert_eq!(examination.projects[0].shared.sentences, 0);
}

#[test]
fn a_users_settings_steer_the_rules() {
    let register = objectives("Results go to fortune tellers.");
    assert!(is_silent(&examine(&register), RuleId::MarketingOrInsuranceWords));
    let settings = Settings::with("[words]\nmarketing = [\"fortune teller*\"]").unwrap();
    assert_eq!(found(&examine_with(&register, &settings), RuleId::MarketingOrInsuranceWords).len(), 1);
}
