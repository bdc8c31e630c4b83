//! The rules on who has the data and who answers for it: companies, recipients outside care, controllers.

use super::findings::{cannot_tell, first, is_silent, lacking, of_settings, one, quotes};
use crate::support::entitled::uses;
use crate::support::entries::{Entry, page, workbook};
use outflow::concerns::{RuleId, Settings};
use outflow::register::YesNo;

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
    named.projects[0].versions[0].releases[0].organisation = Some("HMRC".into());
    let concern = one(&named, rule);
    assert_eq!((concern.organisations.as_slice(), concern.files), (&["HMRC".to_owned()][..], 1));
    assert!(concern.evidence[0].quote.starts_with("HMRC | HES"), "{concern:?}");
    let settings = Settings::with("[words]\nnot-care = [\"a trust\"]").unwrap();
    assert_eq!(of_settings(&of("A trust"), &settings, rule), 1);
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
