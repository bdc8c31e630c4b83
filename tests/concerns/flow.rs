//! The rules on how the data left: as files since the policy, in every month, and never by access.

use super::time::{is_silent, one, paged, why};
use crate::support::agreements::{Agreed, data_uses, data_uses_without};
use crate::support::entries::{Entry, page, workbook as release_register};
use outflow::concerns::{RuleId, Severity, Standing, examine, tally};
use outflow::register::Version;

#[test]
fn files_since_the_policy_are_asked_about() {
    let rule = RuleId::FilesAfterSdePolicy;
    let section_251 = "Section 251 NHS Act 2006";
    let of = |confidentiality: &str| {
        Agreed::new("N-1-v1.0", "2023-01-01", "2026-12-31")
            .dataset("Births", "Identifiable", "Sensitive", confidentiality)
            .file("2023-10")
            .file("2023-11")
    };
    let (severity, standing, statement) = one(rule, &data_uses(&[of(section_251)]));
    assert_eq!((severity, standing), (Severity::Note, Standing::Question));
    assert!(statement.contains("1 file sent in 2023-11") && statement.contains("\"Academic\""), "{statement}");
    assert!(is_silent(rule, &data_uses(&[of("Consent (Reasonable Expectation)")])));
    let kinds =
        ["ICB - Integrated Care Board", "Sub ICB Location", "Clinical Commissioning Group (CCG)", "NHS England"];
    for kind in kinds {
        let commissioner = of(section_251).but(|version| version.organisation_type = Some(kind.to_owned()));
        assert!(is_silent(rule, &data_uses(&[commissioner])), "{kind}");
    }
    let titled = of(section_251).but(|version| version.title = Some("DSfC - A borough".to_owned()));
    assert!(is_silent(rule, &data_uses(&[titled])));
    assert!(is_silent(rule, &data_uses(&[of(section_251).of("NHS ENGLAND - X26")])));
    let mixture = "Mixture of confidential data flow(s) with consent and non-confidential data flow(s)";
    for unknown in [mixture, ""] {
        assert!(why(rule, &data_uses(&[of(unknown)])).contains("confidentiality basis"), "{unknown}");
    }
    let untyped = of(section_251).but(|version| version.organisation_type = None);
    assert!(why(rule, &data_uses(&[untyped])).contains("kind of organisation"));
    assert!(why(rule, &data_uses(&[Agreed::rows_only("N-1-v1.0").file("2024-01")])).contains("who received"));
    assert!(is_silent(rule, &release_register(&[Entry::new("A-1").file("HES", "Identifiable", "s261", "N")])));
    assert!(why(rule, &page(paged("2022-11", "2025-11", "2018-01", "2025-12"))).contains("merges"));
    assert!(is_silent(rule, &page(paged("2022-11", "2025-11", "2018-01", "2023-10"))));
}

#[test]
fn a_title_that_names_a_secure_environment_and_files_beside_it_are_asked_about() {
    let rule = RuleId::TreInNameYetFiles;
    let titled = |title: &str| {
        let title = title.to_owned();
        move |version: &mut Version| version.title = Some(title.clone())
    };
    let of = |title: &str| Agreed::new("N-1-v1.0", "2023-01-01", "2026-12-31").but(titled(title));
    let (.., statement) = one(rule, &data_uses(&[of("Access in the TRE for beds").file("2024-01")]));
    assert!(statement.contains("1 file was sent under it"), "{statement}");
    assert!(is_silent(rule, &data_uses(&[of("Access in the TRE for beds").access("2024-01")])));
    assert!(is_silent(rule, &data_uses(&[of("Treatment of beds").file("2024-01")])));
    // Files of the time before the title are not of it.
    let before = Agreed::new("N-1-v0.1", "2022-01-01", "2022-12-31").file("2022-05");
    assert!(is_silent(rule, &data_uses(&[before, of("Secure data environment of beds")])));
    assert!(why(rule, &release_register(&[Entry::new("A-1")])).contains("titles"));
    let named = |ways: &'static [&str]| {
        page(move |version: &mut Version| {
            paged("2022-11", "2025-11", "2018-01", "2025-12")(version);
            titled("A TRE")(version);
            version.access = ways.iter().map(|way| (*way).to_owned()).collect();
        })
    };
    assert!(one(rule, &named(&["One-Off"])).2.contains("2018-01 to 2025-12"));
    assert!(why(rule, &named(&["One-Off", "System Access"])).contains("together"));
    assert!(is_silent(rule, &named(&["System Access"])));
}

#[test]
fn files_in_every_month_for_a_year_are_a_flow() {
    let rule = RuleId::MonthlyFiles;
    let of = || Agreed::new("N-1-v1.0", "2018-01-01", "2026-12-31");
    let flow = data_uses(&[of().files_from("2020-03", 7).file("2020-03"), of().files_from("2020-10", 6)]);
    let (severity, _, statement) = one(rule, &flow);
    assert_eq!(severity, Severity::Note);
    assert!(statement.contains("from 2020-03 to 2021-03, 13 months on end: 14 files"), "{statement}");
    let broken = of().files_from("2020-01", 11).files_from("2021-01", 11);
    assert!(is_silent(rule, &data_uses(&[broken])));
    assert!(why(rule, &data_uses(&[of().files_from("2020-01", 11).file("")])).contains("Not every file"));
    assert!(is_silent(rule, &data_uses(&[of().files_from("2020-01", 5).file("")])));
    assert!(why(rule, &data_uses_without("datareleases", &[of()])).contains("sheet of files"));
    assert!(why(rule, &page(|_| {})).contains("first and the last month"));
    assert!(why(rule, &release_register(&[Entry::new("A-1")])).contains("no month"));
}

#[test]
fn an_organisation_that_never_had_system_access_is_told_once_on_each_of_its_agreements() {
    let rule = RuleId::NeverTre;
    let of = |number: usize, end: &str, who: &str| {
        Agreed::new(&format!("N-{number}-v1.0"), "2018-01-01", end).of(who).file("2019-05")
    };
    let others = || Agreed::new("N-9-v1.0", "2018-01-01", "2026-01-01").of("Others").access("2021-04");
    let spellings = ["Fenland Trust", "FENLAND TRUST", "Fenland Trust", "Fenland Trust"];
    let register = |ends: [&str; 3]| {
        let three = (0..3).map(|at| of(at, ends[at], spellings[at]));
        data_uses(&three.chain([others()]).collect::<Vec<_>>())
    };
    let all = register(["2022-01-01"; 3]);
    let (severity, standing, statement) = one(rule, &all);
    assert_eq!((severity, standing), (Severity::Note, Standing::Fact));
    assert!(statement.contains("3 files sent to Fenland Trust") && statement.contains("after 2021-04"), "{statement}");
    let tallies = tally(&examine(&all));
    let told = tallies.iter().find(|tally| tally.rule == rule).unwrap();
    assert_eq!((told.projects, told.findings, told.files, told.organisations), (3, 1, 3, 1));
    // One of the three had ended before there was any access, or had access itself.
    assert!(is_silent(rule, &register(["2022-01-01", "2022-01-01", "2020-01-01"])));
    let with_access = |agreed: Agreed| {
        let three = (0..3).map(|at| of(at, "2022-01-01", spellings[at]));
        data_uses(&three.chain([others(), agreed]).collect::<Vec<_>>())
    };
    let own = Agreed::new("N-5-v1.0", "2018-01-01", "2026-01-01").of("Fenland Trust").access("2022-04");
    assert!(is_silent(rule, &with_access(own)));
    // Two codes are two bodies.
    let coded =
        (0..4).map(|at| of(at, "2022-01-01", if at < 2 { "Fenland Trust - A1B" } else { "Fenland Trust - C2D" }));
    assert!(is_silent(rule, &data_uses(&coded.chain([others()]).collect::<Vec<_>>())));
    let nobody: Vec<Agreed> = (0..3).map(|at| of(at, "2022-01-01", spellings[at])).collect();
    assert!(why(rule, &data_uses(&nobody)).contains("no row of system access"));
    assert!(why(rule, &register(["2022-01-01", "2022-01-01", ""])).contains("Until when"));
    assert!(why(rule, &data_uses_without("datasets", &nobody)).contains("sheet of datasets"));
    assert!(why(rule, &page(|_| {})).contains("page"));
    assert!(why(rule, &release_register(&[Entry::new("A-1")])).contains("term"));
}
